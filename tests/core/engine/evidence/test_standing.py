"""A level retraced: since when, by which decision, every hurdle down to its rows, what comes next."""

from dataclasses import replace
from datetime import date

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.evidence import (
    Kind,
    Node,
    NoLadder,
    adds_up,
    explain_standing,
    key_day_of,
    with_review,
)
from staffel.core.programme.model import (
    Any,
    AtOnce,
    Different,
    EachUnit,
    Ladder,
    Last,
    Length,
    Path,
    Review,
    Take,
    Test,
)
from tests.core.engine.evidence.retraced import computed, every, money, the
from tests.forms.conftest import incentive, ladder, programme, use
from tests.laws.facts import Ledger

JANUARY, MARCH = date(2025, 1, 10), date(2025, 3, 3)
REVENUE = Test(measure=use("revenue"), comparison="at_least", figure=money("1000"))
MUCH = Test(measure=use("revenue"), comparison="at_least", figure=money("5000"))
PEOPLE = Test(
    measure=Take(aggregate=Different(key="person_id"), source="certifications", date="holds_from"),
    comparison="at_least",
    figure=money("2"),
)
PATHS = (Path(name="volume", requirements=(MUCH,)), Path(name="competence", requirements=(PEOPLE, REVENUE)))


def levels(review: Review | None = None) -> Ladder:
    made = review or Review(up=AtOnce(), down=EachUnit(unit=Unit.YEAR))
    return ladder(("basic", ()), ("select", (REVENUE,)), ("premier", PATHS), review=made)


def standing(
    facts: Ledger, day: date = date(2025, 3, 10), partner: str = "a", of: Ladder | None = None
) -> Node:
    with computed(programme(ladders=(of or levels(),)), facts, day) as running:
        return explain_standing(running, partner=partner)


@pytest.fixture
def facts() -> Ledger:
    made = Ledger()
    made.enrolled("a")
    made.sale("a", JANUARY, 400)
    made.sale("a", MARCH, 800)
    return made


def test_level_since_and_why(facts: Ledger) -> None:
    tree = standing(facts)
    assert (tree.says["level"], tree.says["since"], tree.says["cause"]) == (
        "select",
        date(2025, 3, 4),
        "replay",
    )
    assert adds_up(tree) == []


def test_a_recorded_decision_is_named(facts: Ledger) -> None:
    facts.decision("a", "premier", MARCH, cause="grant", decided_by="the board")
    tree = standing(facts)
    said = [tree.says[name] for name in ("level", "since", "cause", "decided_by")]
    assert said == ["premier", MARCH, "grant", "the board"]


def test_every_hurdle_down_to_its_rows(facts: Ledger) -> None:
    held, following = every(standing(facts), Kind.LEVEL)
    assert (held.says["relation"], held.holds, following.says["relation"], following.holds) == (
        "held",
        True,
        "next",
        False,
    )
    test = the(held, Kind.TEST)
    assert (test.figure, test.says["met_on"]) == (1200, MARCH)
    assert [row.figure for row in every(test, Kind.ROW)] == [400, 800]


def test_the_next_level_says_what_is_missing_on_the_nearest_path(facts: Ledger) -> None:
    facts.certificate("a", "server", "p1")
    following = every(standing(facts), Kind.LEVEL)[1]
    assert following.says["nearest"] == "competence"
    fulfilled = [path.says["fulfilled"] for path in every(following, Kind.PATH)]
    assert fulfilled == [money("0.24"), money("0.5")]
    assert [one.says["missing"] for one in every(following, Kind.TEST)] == [3800, 1, 0]


def test_a_fall_that_waits_for_its_grace(facts: Ledger) -> None:
    review = Review(
        up=EachUnit(unit=Unit.QUARTER),
        down=EachUnit(unit=Unit.QUARTER),
        grace=Length(count=1, unit=Unit.QUARTER),
    )
    facts.decision("a", "premier", JANUARY)
    tree = standing(facts, date(2025, 4, 10), of=levels(review))
    fall = the(tree, Kind.FALL)
    assert (fall.says["falls_to"], fall.says["falls_after"]) == ("select", date(2025, 6, 30))


def test_who_takes_no_part(facts: Ledger) -> None:
    assert standing(facts, partner="z").note == "not-enrolled"


def test_either_of_two_hurdles() -> None:
    facts = Ledger()
    facts.enrolled("a")
    facts.certificate("a", "server", "p1")
    either = ladder(
        ("basic", ()), ("select", (Any(of=(REVENUE, PEOPLE)),)), review=Review(up=AtOnce(), down=AtOnce())
    )
    tree = standing(facts, of=either)
    assert the(tree, Kind.PATH).says["fulfilled"] == money("0.5")


def test_without_levels_there_is_nothing_to_explain(facts: Ledger) -> None:
    with computed(programme(incentive()), facts) as running, pytest.raises(NoLadder):
        explain_standing(running, partner="a")


class TestWhatDecided:
    """The figures of the day asked do not prove a level that was reached earlier: those of that day do."""

    ROLLING = Test(
        measure=replace(use("revenue"), over=Last(count=2, unit=Unit.QUARTER)),
        comparison="at_least",
        figure=money("1000"),
    )

    def reviewed(self, facts: Ledger, day: date) -> Node:
        """A standing with its review, where one decided it."""
        review = Review(up=AtOnce(), down=EachUnit(unit=Unit.QUARTER))
        of = ladder(("basic", ()), ("select", (self.ROLLING,)), review=review)
        tree = standing(facts, day, of=of)
        key_day = key_day_of(tree)
        return tree if key_day is None else with_review(tree, standing(facts, key_day, of=of))

    def test_the_figures_of_its_key_day(self, facts: Ledger) -> None:
        facts.sale("a", date(2025, 5, 1), 900)
        facts.sale("a", date(2025, 8, 1), 500)
        tree = self.reviewed(facts, date(2025, 8, 20))
        assert tree.says["since"] == date(2025, 3, 4)
        review = the(tree, Kind.REVIEW)
        assert (review.holds, review.says) == (True, {"key_day": MARCH, "fell": False})
        test = the(review, Kind.TEST)
        assert (test.figure, test.window) == (1200, Span(date(2024, 10, 1), date(2025, 3, 4)))
        assert adds_up(tree) == []

    def test_a_fall_shows_the_level_that_was_lost(self, facts: Ledger) -> None:
        tree = self.reviewed(facts, date(2025, 10, 10))
        assert (tree.says["level"], tree.says["since"]) == ("basic", date(2025, 10, 1))
        review = the(tree, Kind.REVIEW)
        assert (review.holds, review.says) == (True, {"key_day": date(2025, 9, 30), "fell": True})
        (lost,) = review.children
        assert (lost.says["level"], lost.holds, the(lost, Kind.TEST).figure) == ("select", False, 0)

    def test_a_recorded_level_whose_line_was_taken_back_since(self, facts: Ledger) -> None:
        facts.decision("a", "select", date(2025, 3, 4), key_day=MARCH)
        facts.reversal(facts.tables["sell_out"][1])
        review = the(self.reviewed(facts, date(2025, 3, 20)), Kind.REVIEW)
        assert (review.holds, the(review, Kind.TEST).figure) == (False, 400)

    def test_nothing_proves_what_somebody_granted(self, facts: Ledger) -> None:
        facts.decision("a", "select", date(2025, 3, 4), cause="grant")
        assert every(self.reviewed(facts, date(2025, 3, 20)), Kind.REVIEW) == []

    def test_nor_the_level_that_asks_nothing(self) -> None:
        facts = Ledger()
        facts.enrolled("a", date(2025, 2, 1))
        assert every(self.reviewed(facts, date(2025, 3, 20)), Kind.REVIEW) == []


def test_before_the_programme_there_is_nothing_to_explain(facts: Ledger) -> None:
    with pytest.raises(NoLadder):
        standing(facts, date(2019, 6, 1))
