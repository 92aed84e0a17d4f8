"""Measures retraced: the rows that count and those that do not, scores, targets, openings, baselines."""

from datetime import date

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.evidence import Kind, Node, adds_up
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Earner,
    Growth,
    Is,
    LastYear,
    Measure,
    Newcomers,
    Part,
    Score,
    Share,
    Test,
    Who,
)
from tests.core.engine.evidence.retraced import QUARTER, SECOND, every, money, retraced, the
from tests.forms.conftest import incentive, programme, steps, take, use
from tests.laws.facts import Ledger

MARCH, MAY = date(2025, 3, 3), date(2025, 5, 5)


def asked(measure: Measure, facts: Ledger, figure: str = "1", window: Span = QUARTER) -> Node:
    """The test on a measure in the gate of a bonus."""
    gate = Test(measure=measure, comparison="at_least", figure=money(figure))
    tree = retraced(programme(incentive(gate=gate)), facts, window=window)
    assert adds_up(tree) == []
    return every(tree, Kind.TEST)[0]


@pytest.fixture
def facts() -> Ledger:
    made = Ledger()
    made.enrolled("a", date(2025, 1, 15))
    made.product("box", "boxes")
    made.product("bag", "bags")
    made.sale("a", MARCH, 100)
    return made


class TestReasons:
    def test_what_did_not_count_stands_beside_by_reason_in_the_order_of_the_list(self, facts: Ledger) -> None:
        facts.sale("a", date(2025, 1, 14), 7)
        facts.sale("a", MARCH, 30, product_id="bag")
        facts.sale("a", MARCH, None)
        boxes = take(where=Is(column="product.family", values=("boxes",)))
        node = the(asked(boxes, facts), Kind.TAKE)
        assert [(one.note, one.figure) for one in node.grounds] == [
            ("not-enrolled", 7),
            ("wrong-product", 30),
            ("amount-missing", 0),
        ]
        assert (node.says["counted"], node.says["not_counted"]) == (1, 3)

    def test_rows_of_other_windows_are_none_of_it(self, facts: Ledger) -> None:
        facts.sale("a", MAY, 30)
        node = the(asked(take(), facts), Kind.TAKE)
        assert (node.figure, node.says["not_counted"]) == (100, 0)


class TestScores:
    def test_each_part_with_its_points(self, facts: Ledger) -> None:
        parts = (
            Part(measure=use("revenue"), points=money("0.5"), most=money("20")),
            Part(measure=take("quantity"), points=money("2"), least=money("5")),
        )
        score = the(asked(Score(parts=parts), facts), Kind.SCORE)
        assert [(one.says["actual"], one.figure, one.says["reached"]) for one in score.parts] == [
            (100, 20, True),
            (1, 2, False),
        ]
        assert (score.figure, score.note) == (22, "least-missed")


class TestAgreed:
    def test_a_share_of_an_agreed_target(self, facts: Ledger) -> None:
        facts.target("a", "plan", QUARTER.start, QUARTER.until, 400)
        share = Share(part=use("revenue"), whole=Agreed(target="plan"))
        node = the(asked(share, facts, "0.5"), Kind.SHARE)
        assert (node.figure, node.whole) == (100, 400)

    def test_no_target(self, facts: Ledger) -> None:
        share = Share(part=use("revenue"), whole=Agreed(target="plan"))
        test = asked(share, facts, "0.5")
        assert (test.figure, test.says["missing"], the(test, Kind.AGREED).note) == (None, None, "no-target")


class TestOpenings:
    def test_a_figure_of_an_older_system_stands_where_no_lines_are(self, facts: Ledger) -> None:
        facts.opening("a", "revenue", date(2024, 10, 1), date(2025, 1, 1), 5000)
        test = asked(use("revenue", Before(unit=Unit.QUARTER)), facts)
        assert (test.figure, the(test, Kind.OPENING).figure) == (5000, 5000)
        assert the(test, Kind.TAKE).adds is False

    def test_lines_are_stronger(self, facts: Ledger) -> None:
        facts.opening("a", "revenue", QUARTER.start, QUARTER.until, 5000)
        test = asked(use("revenue", Before(unit=Unit.QUARTER)), facts, window=SECOND)
        assert (test.figure, every(test, Kind.OPENING)) == (100, [])


class TestGrowth:
    def test_the_baseline_that_won_is_taken_off_the_other_stands_beside(self) -> None:
        facts = Ledger()
        facts.enrolled("a")
        for day, net in [(date(2024, 5, 5), 100), (MARCH, 90), (MAY, 120)]:
            facts.sale("a", day, net)
        against = (Baseline(window=LastYear(unit=Unit.QUARTER)), Baseline(window=Before(unit=Unit.QUARTER)))
        node = the(
            asked(Growth(of=use("revenue"), against=against), facts, "0.3", window=SECOND), Kind.GROWTH
        )
        assert (node.figure, node.whole) == (30, 90)
        assert [(one.figure, one.adds, one.says["wins"]) for one in every(node, Kind.BASELINE)] == [
            (-90, True, True),
            (100, False, False),
        ]


def test_an_alliances_baseline_asks_no_newcomers_target() -> None:
    """A group does not join: 300 against 100, whatever is agreed with newcomers."""
    facts = Ledger()
    for partner in ("a", "b"):
        facts.enrolled(partner)
        facts.membership("g", partner)
        facts.sale(partner, date(2024, 12, 3), 50)
        facts.sale(partner, MARCH, 150)
    growth = Growth(of=use(), against=(Baseline(window=Before(unit=Unit.QUARTER)),))
    bonus = incentive(
        driver=growth,
        scale=steps((1, "0.02")),
        earner=Earner(who=Who.ALLIANCE, driver_of="group", base_of="member"),
        newcomers=Newcomers(baseline=Agreed(target="start")),
    )
    tree = retraced(programme(bonus), facts)
    assert (tree.figure, the(tree, Kind.BASELINE).figure) == (3, -100)
