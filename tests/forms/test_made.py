"""Figures made of others: rules 9 and 13, worked by hand."""

from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme import read_programme
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Best,
    Between,
    Const,
    Growth,
    IfNone,
    Is,
    LastYear,
    Lump,
    Measure,
    Not,
    Share,
    Signed,
    Sum,
    Test,
    Times,
    ToDate,
)
from tests.forms.conftest import (
    calculate,
    earned,
    incentive,
    programme,
    quarter,
    record,
    selling,
    steps,
    take,
    use,
)
from tests.forms.showing import HEAD, REVENUE
from tests.laws.facts import Ledger, day
from tests.laws.oracle import Book

FIRST = quarter(2026, 1)
Q1 = "2026-01-01"
TARGET = Agreed(target="quarterly")


def fixed(figure: object) -> Const:
    """A figure by itself."""
    return Const(figure=Decimal(str(figure)))


def facts() -> Ledger:
    """1,000.00 sold in the first quarter, 300.00 of it by the portal."""
    made = selling(("2026-02-10", 700))
    made.sale("a", day("2026-02-11"), 300, route="portal")
    return made


def driven(measure: Measure, of: Ledger, *gate: Test | Not) -> Book:
    """An incentive that the measure drives, in the first quarter."""
    named = {"portal": take(where=Is(column="route", values=("portal",)))}
    own = {"gate": gate[0]} if gate else {}
    bonus = incentive(driver=measure, base=None, scale=steps((0, Lump(money=Decimal(1)))), **own)
    return calculate(programme(bonus, measures=named), of, "2026-03-31")


class TestSums:
    """Rule 9. Parts are added or taken off; where one is none, the sum is."""

    def test_less(self) -> None:
        """1,000.00 + 300.00 − 150.00: 1,150.00."""
        parts = (Signed(measure=use()), Signed(measure=use("portal")), Signed(measure=fixed(150), less=True))
        assert record(driven(Sum(parts=parts), facts()), "a", Q1).driver == 1150

    def test_none_passes_through(self) -> None:
        """No target is agreed: revenue less target is none, pays nothing, and no test on it holds."""
        short = Sum(parts=(Signed(measure=TARGET), Signed(measure=use(), less=True)))
        assert record(driven(short, facts()), "a", Q1).reason == "no-figure"
        test = Test(measure=short, comparison="below", figure=Decimal(5))
        assert earned(driven(use(), facts(), test), "a", Q1) == 0
        assert earned(driven(use(), facts(), Not(of=test)), "a", Q1) == 1


class TestTimes:
    """A product has 10 decimals; of a share its part is multiplied."""

    def test_by_a_factor(self) -> None:
        """1,000.00 × 1.05 = 1,050.00; × 0.333333 = 333.333."""
        assert record(driven(Times(of=use(), factor=Decimal("1.05")), facts()), "a", Q1).driver == 1050
        third = Times(of=use(), factor=Decimal("0.333333"))
        assert record(driven(third, facts()), "a", Q1).driver == Decimal("333.333")

    def test_of_a_share(self) -> None:
        """300 of 1,000 are 30 %, by 1.5 they are 45 %."""
        share = Times(of=Share(part=use("portal"), whole=use()), factor=Decimal("1.5"))
        assert record(driven(share, facts()), "a", Q1).driver == (450, 1000)


class TestBest:
    """Rule 9. What is none is left out; if all are, the best is none."""

    @pytest.mark.parametrize(
        ("of", "worst", "best"),
        [
            ((use(), use("portal"), TARGET), False, 1000),
            ((use(), use("portal"), TARGET), True, 300),
            ((use("portal"), fixed(400)), False, 400),
            ((TARGET,), False, None),
        ],
    )
    def test_of_figures(self, of: Any, worst: bool, best: int | None) -> None:
        assert record(driven(Best(of=of, worst=worst), facts()), "a", Q1).driver == best

    def test_of_two_growths_each_over_its_own_window(self) -> None:
        """On 30 June: the quarter 150 against 100, 50 %; the year to date 300 against 240, 25 %."""
        of = selling(("2025-03-31", 140), ("2025-05-10", 100), ("2026-02-10", 150), ("2026-05-10", 150))
        year = use(over=ToDate(unit=Unit.YEAR))
        growths = (
            Growth(of=year, against=(Baseline(window=LastYear(unit=Unit.YEAR, to_date=True)),)),
            Growth(of=use(), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),)),
        )
        bonus = incentive(driver=Best(of=growths), base=use(), scale=steps(("0.30", "0.10")))
        book = calculate(programme(bonus), of, "2026-06-30")
        assert record(book, "a", "2026-04-01").driver == (50, 100)
        assert earned(book, "a", "2026-04-01") == Decimal("15.00")

    def test_of_shares_each_side_is_compared(self) -> None:
        """39.999999999 % and 40 % have one quotient to 10 decimals; the second reaches 40 % all the same."""
        of = selling(("2026-02-10", 39_999_999_999), route="phone")
        of.sale("a", day("2026-02-11"), 1, route="portal")
        of.sale("a", day("2026-02-11"), 60_000_000_000, route="post")
        routes = (("phone",), ("phone", "portal"))
        shares = tuple(Share(part=take(where=Is(column="route", values=one)), whole=use()) for one in routes)
        test = Test(measure=Best(of=shares), comparison="at_least", figure=Decimal("0.40"))
        book = driven(use(), of, test)
        assert earned(book, "a", Q1) == 1

    @pytest.mark.parametrize(
        ("comparison", "figure", "worst", "holds"),
        [
            ("at_least", "0.30", False, True),
            ("below", "0.30", False, False),
            ("at_least", "0.30", True, False),
            ("below", "0.30", True, True),
            ("at_most", "0.10", True, True),
        ],
    )
    def test_a_condition_on_shares(self, comparison: Any, figure: str, worst: bool, holds: bool) -> None:
        """30 % and 10 %: the greatest is at least 30 %, the smallest is below it."""
        shares = tuple(Share(part=one, whole=use()) for one in (use("portal"), fixed(100), TARGET))
        test = Test(measure=Best(of=shares, worst=worst), comparison=comparison, figure=Decimal(figure))
        assert earned(driven(use(), facts(), test), "a", Q1) == holds


class TestBounds:
    """A figure between bounds, and a figure that stands in for none."""

    @pytest.mark.parametrize(
        ("least", "most", "held"),
        [(1200, 5000, 1200), (100, 800, 800), (None, 2000, 1000), (1500, None, 1500)],
    )
    def test_between(self, least: int | None, most: int | None, held: int) -> None:
        bounds = [None if one is None else fixed(one) for one in (least, most)]
        made = Between(of=use(), at_least=bounds[0], at_most=bounds[1])
        assert record(driven(made, facts()), "a", Q1).driver == held

    def test_of_a_share(self) -> None:
        """30 % lifted to 40 %: 400 of 1,000."""
        made = Between(of=Share(part=use("portal"), whole=use()), at_least=fixed("0.4"))
        assert record(driven(made, facts()), "a", Q1).driver == (400, 1000)

    def test_none_has_no_bounds(self) -> None:
        assert record(driven(Between(of=TARGET, at_least=fixed(5)), facts()), "a", Q1).driver is None

    @pytest.mark.parametrize(
        ("of", "figure"),
        [(TARGET, 7), (use(), 1000), (Share(part=use(), whole=TARGET), 7), (Best(of=(TARGET,)), 7)],
    )
    def test_if_none(self, of: Any, figure: int) -> None:
        driver = record(driven(IfNone(of=of, figure=fixed(7)), facts()), "a", Q1).driver
        assert driver in (figure, (figure, 1))

    def test_a_target_by_formula_as_a_file_says_it(self) -> None:
        """`{target: {…}}` is the measure by a factor, between bounds, and so is the same without it."""
        formula = "{measure: revenue, over: quarter before, times: 1.05, at_least: 8_000}"
        text = "incentives: [{incentive: b, driver: goal, per: quarter, lump: 5}]"
        read = [
            read_programme(
                HEAD + REVENUE.replace("}}", "}, goal: " + one + "}") + text, file="a.yaml"
            ).programme
            for one in (formula, "{target: " + formula + "}")
        ]
        times = Times(of=use(over=Before(unit=Unit.QUARTER)), factor=Decimal("1.05"))
        made = [one.measure("goal") for one in read if one is not None]
        assert made == [Between(of=times, at_least=fixed(8000))] * 2

    def test_a_target_by_formula(self) -> None:
        """The best quarter is 20,000.00, by 1.05, at least 8,000.00: 21,000.00; 25,200.00 are 120 %."""
        of = selling(("2025-02-10", 20000), ("2025-11-10", 9000), ("2026-02-10", 25200))
        best = Best(of=(use(over=Before(unit=Unit.QUARTER)), use(over=LastYear(unit=Unit.QUARTER))))
        target = Between(of=Times(of=best, factor=Decimal("1.05")), at_least=fixed(8000))
        book = driven(Share(part=use(), whole=target), of)
        assert record(book, "a", Q1).driver == (25200, 21000)
