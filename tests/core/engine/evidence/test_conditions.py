"""Why a gate holds or not: actual, required, missing, and the day on which it was met."""

from dataclasses import replace
from datetime import date

import pytest

from staffel.core.calendar import Unit
from staffel.core.engine.evidence import Kind, adds_up
from staffel.core.programme.model import (
    All,
    Any,
    Condition,
    Different,
    Holds,
    Incentive,
    Kept,
    Last,
    Lines,
    Measure,
    Not,
    Share,
    Take,
    Test,
    ToDate,
    Trait,
)
from tests.core.engine.evidence.retraced import SECOND, every, money, retraced, the
from tests.forms.conftest import incentive, programme, take, use
from tests.laws.facts import Ledger

JANUARY, MARCH, MAY = date(2025, 1, 8), date(2025, 3, 3), date(2025, 5, 5)


def at_least(figure: str, measure: Measure | None = None) -> Test:
    of = use("revenue") if measure is None else measure
    return Test(measure=of, comparison="at_least", figure=money(figure))


def gated(gate: Condition) -> Incentive:
    return incentive(gate=gate)


@pytest.fixture
def facts() -> Ledger:
    made = Ledger()
    made.enrolled("a", kind="dealer")
    made.sale("a", JANUARY, 600)
    made.sale("a", MARCH, 500)
    return made


class TestTests:
    def test_the_day_on_which_it_was_met(self, facts: Ledger) -> None:
        test = the(retraced(programme(gated(at_least("1000"))), facts), Kind.TEST)
        assert (test.holds, test.figure, test.says["missing"]) == (True, 1100, 0)
        assert test.says["met_on"] == MARCH

    def test_a_day_with_more_returned_than_sold_meets_nothing(self, facts: Ledger) -> None:
        facts.sale("a", JANUARY, 500)
        facts.sale("a", JANUARY, -400, kind="return")
        test = the(retraced(programme(gated(at_least("1000"))), facts), Kind.TEST)
        assert (test.figure, test.says["met_on"]) == (1200, MARCH)

    @pytest.mark.parametrize(
        ("figure", "met_on"),
        [
            ("1000", None),  # reached on 3 March: but on that day the two quarters began in October
            ("1200", MAY),  # reached in the last of the two quarters, so that they were the same
        ],
    )
    def test_no_day_is_claimed_whose_window_was_another(
        self, facts: Ledger, figure: str, met_on: date | None
    ) -> None:
        facts.sale("a", MAY, 300)
        rolling = replace(use("revenue"), over=Last(count=2, unit=Unit.QUARTER))
        test = the(retraced(programme(gated(at_least(figure, rolling))), facts, window=SECOND), Kind.TEST)
        assert (test.holds, test.figure, test.says["met_on"]) == (True, 1400, met_on)

    def test_what_is_missing(self, facts: Ledger) -> None:
        test = the(retraced(programme(gated(at_least("1500.50"))), facts), Kind.TEST)
        assert (test.holds, test.says["required"], test.says["missing"]) == (
            False,
            money("1500.5"),
            money("400.5"),
        )
        assert test.says["met_on"] is None

    def test_an_upper_limit_says_what_is_too_much(self, facts: Ledger) -> None:
        gate = Test(measure=use("revenue"), comparison="below", figure=money("1000"))
        test = the(retraced(programme(gated(gate)), facts), Kind.TEST)
        assert (test.holds, test.says["missing"]) == (False, 100)

    def test_a_share_shows_its_two_sides_and_is_not_divided(self, facts: Ledger) -> None:
        gate = at_least("0.6", Share(part=take("net", date="sold_on"), whole=use("revenue")))
        tree = retraced(programme(gated(gate)), facts)
        share = the(tree, Kind.SHARE)
        assert (share.figure, share.whole, len(share.grounds)) == (1100, 1100, 2)
        assert the(tree, Kind.TEST).says["missing"] == 0


class TestTogether:
    def test_all_any_and_not(self, facts: Ledger) -> None:
        low, high = at_least("1000"), at_least("2000")
        gate = All(of=(Any(of=(high, low)), Not(of=high)))
        tree = retraced(programme(gated(gate)), facts)
        assert [(one.kind, one.holds) for one in the(tree, Kind.ALL).children] == [
            ("any", True),
            ("not", True),
        ]
        assert [one.holds for one in every(tree, Kind.TEST)] == [False, True, False]


class TestTraits:
    def test_what_the_partner_is(self, facts: Ledger) -> None:
        gate = Holds(trait=Trait.KIND, values=("system_house",))
        holds = the(retraced(programme(gated(gate)), facts), Kind.HOLDS)
        assert (holds.holds, holds.says["actual"]) == (False, "dealer")

    def test_a_certificate_of_the_firm(self, facts: Ledger) -> None:
        facts.certificate("a", "gold", None)
        gate = Holds(trait=Trait.HOLDS, values=("gold",))
        assert the(retraced(programme(gated(gate)), facts), Kind.HOLDS).holds is True


class TestMemory:
    def test_once_met_shows_the_first_day_and_how_it_stood_then(self, facts: Ledger) -> None:
        gate = Kept(of=at_least("1000", use("revenue", ToDate(unit=Unit.QUARTER))))
        facts.sale("a", MAY, 10)
        kept = the(retraced(programme(gated(gate)), facts, window=SECOND), Kind.KEPT)
        assert (kept.holds, kept.says["met_on"]) == (True, MARCH)
        assert the(kept, Kind.TEST).figure == 1100
        assert adds_up(kept) == []

    def test_never_met(self, facts: Ledger) -> None:
        kept = the(retraced(programme(gated(Kept(of=at_least("9999")))), facts), Kind.KEPT)
        assert (kept.holds, kept.says["met_on"], kept.children) == (False, None, ())


class TestCounts:
    def test_lines_count_as_one(self, facts: Ledger) -> None:
        gate = at_least("2", Take(aggregate=Lines(), source="sell_out", date="sold_on"))
        tree = retraced(programme(gated(gate)), facts)
        assert (the(tree, Kind.TEST).figure, the(tree, Kind.TEST).says["met_on"]) == (2, MARCH)

    def test_of_a_key_one_row_stands_for_it(self, facts: Ledger) -> None:
        for customer in ("e1", "e1", None):
            facts.sale("a", MARCH, 1, end_customer_id=customer)
        measure = Take(aggregate=Different(key="end_customer_id"), source="sell_out", date="sold_on")
        tree = retraced(programme(gated(at_least("1", measure))), facts)
        counted = the(tree, Kind.TEST).children[0]
        assert [one.figure for one in counted.parts] == [1]
        assert [(one.note, one.says["rows"]) for one in counted.grounds] == [
            ("key-missing", 3),
            ("counted-once", 1),
        ]
