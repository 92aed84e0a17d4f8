"""An incentive in its order: rules 28 and 30 to 35, worked by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    Add,
    AtOnce,
    By,
    Cap,
    Case,
    Cases,
    Floor,
    Holds,
    InSequence,
    Is,
    Lines,
    Lump,
    Minimum,
    Never,
    Percent,
    PerUnit,
    Review,
    Share,
    Stacking,
    Step,
    Test,
    Trait,
    When,
)
from tests.forms.conftest import (
    amount,
    calculate,
    earned,
    incentive,
    ladder,
    programme,
    quarter,
    record,
    said,
    selling,
    steps,
    take,
    use,
)
from tests.laws.facts import Ledger, day
from tests.laws.oracle import exact

Q1, FIRST = "2026-01-01", quarter(2026, 1)


def rate(value: Any) -> Any:
    """A flat percentage."""
    return steps((0, Percent(rate=value)))


class TestAllOrNothing:
    """Rule 28. All or nothing is retroactive with one step."""

    @pytest.mark.parametrize(("part", "paid"), [("999", 0), ("1000", 30)])
    def test_from_100_percent(self, part: str, paid: int) -> None:
        """From 100 % 3 %: at 99.9 % nothing."""
        facts = selling(("2026-02-10", part), route="shop")
        facts.sale("a", day("2026-02-11"), Decimal(1000) - Decimal(part), route="portal")
        by_shop = {"shop": take(where=Is(column="route", values=("shop",)))}
        bonus = incentive(driver=Share(part=use("shop"), whole=use()), scale=steps((1, "0.03")))
        assert earned(calculate(programme(bonus, measures=by_shop), facts, "2026-03-31"), "a", Q1) == paid


class TestRounding:
    """Rule 30. Rounding comes before the minimum, so that the figure tested is the figure printed."""

    def test_the_coin_before_the_minimum(self) -> None:
        """Minimum 200: 199.996 is 200.00 and is paid."""
        bonus = incentive(scale=rate(Decimal("0.01")), minimum=Minimum(money=Decimal(200)))
        book = calculate(programme(bonus), selling(("2026-02-10", "19999.60")), "2026-03-31", FIRST)
        assert amount(book, "a", Q1) == Decimal("199.996")
        assert said(book, "a", FIRST).paid == Decimal("200.00")

    def test_half_up_and_away_from_zero(self) -> None:
        """10.005 is 10.01, and −10.005 is −10.01."""
        for net, paid in ((1000.5, "10.01"), (-1000.5, "-10.01")):
            book = calculate(
                programme(incentive(scale=rate(Decimal("0.01")))), selling(("2026-02-10", net)), "2026-03-31"
            )
            assert earned(book, "a", Q1) == Decimal(paid)

    @pytest.mark.parametrize(
        ("total", "shares"), [("10.00", ["3.34", "3.33", "3.33"]), ("-10.00", ["-3.34", "-3.33", "-3.33"])]
    )
    def test_largest_remainder(self, total: str, shares: list[str]) -> None:
        """10.00 in three: 3.34, 3.33, 3.33; a negative sum mirrors."""
        assert exact.shared_out(Decimal(total), [Decimal(1)] * 3) == [Decimal(one) for one in shares]


class TestCuts:
    """Rule 31. A rate that varies by something of the row cuts the base by it; the step comes from the
    driver.
    """

    @staticmethod
    def facts() -> Ledger:
        """10,000 of solutions and 5,000 of others."""
        facts = selling(("2026-02-10", 10000), route="shop")
        facts.sale("a", day("2026-02-11"), 5000, route="portal")
        return facts

    def test_each_cut_takes_its_rate(self) -> None:
        """Step 2 reached: 10,000 at 3 %, 5,000 at 1 %: 350.00."""
        by_shop = Is(column="route", values=("shop",))
        table = Cases(rows=(Case(when=by_shop, use=Decimal("0.03")),), otherwise=Decimal("0.01"))
        bonus = incentive(scale=steps((0, "0.001"), (15000, Percent(rate=table))))
        book = calculate(programme(bonus), self.facts(), "2026-03-31")
        assert (record(book, "a", Q1).step, earned(book, "a", Q1)) == (1, Decimal("350.00"))

    def test_select_narrows_the_driver_only_where_none_is_written(self) -> None:
        by_shop = Is(column="route", values=("shop",))
        bonuses = [
            incentive("own", select=by_shop, driver=use(), scale=steps((15000, "0.01"))),
            incentive("bonus", select=by_shop, scale=steps((15000, "0.01"))),
        ]
        book = calculate(programme(*bonuses), self.facts(), "2026-03-31")
        assert (earned(book, "a", Q1, "own"), earned(book, "a", Q1)) == (100, 0)


AT_ONCE = Review(up=AtOnce(), down=Never())
LEVELS = ladder(
    ("select", ()),
    ("premier", (Test(measure=use(), comparison="at_least", figure=Decimal(40000)),)),
    review=AT_ONCE,
)


class TestLevelOfTheRate:
    """Rule 32. All levels of an incentive are read by its `level_on`; the day of sale unless it says
    otherwise.
    """

    @staticmethod
    def facts() -> Ledger:
        """40,000 as select, then 10,000 as premier."""
        return selling(("2026-02-10", 40000), ("2026-02-11", 10000))

    def test_day_of_sale(self) -> None:
        """40,000 as select (2 %), then 10,000 as premier (4 %): 1,200.00."""
        table = Cases(
            rows=(Case(when=Is(column="partner.level", values=("premier",)), use=Decimal("0.04")),),
            otherwise=Decimal("0.02"),
        )
        book = calculate(
            programme(incentive(scale=rate(table)), ladders=(LEVELS,)), self.facts(), "2026-03-31"
        )
        assert earned(book, "a", Q1) == Decimal("1200.00")

    @pytest.mark.parametrize(
        ("when", "paid"), [(When.START, 1000), (When.END, 2000), (When.SETTLEMENT, 2000)]
    )
    def test_one_level_for_the_whole_window(self, when: When, paid: int) -> None:
        """By `end`: 2,000.00."""
        premier = Holds(trait=Trait.LEVEL, values=("premier",), when=when)
        table = Cases(rows=(Case(when=premier, use=Decimal("0.04")),), otherwise=Decimal("0.02"))
        bonus = incentive(scale=rate(table), level_on=when)
        book = calculate(programme(bonus, ladders=(LEVELS,)), self.facts(), "2026-04-15")
        assert earned(book, "a", Q1) == paid


class TestAdjust:
    """Rule 33. Factors multiply what results; lumps take the factors of the subject only; several all act."""

    def test_factors_on_rate_and_lump(self) -> None:
        """4 % × 1.2 × 1.5 on 1,000 = 72.00; the lump 100 takes only the factor of the subject: 120.00."""
        own = By(when=Holds(trait=Trait.KIND, values=("dealer",)), factor=Decimal("1.2"))
        by_rows = By(when=Is(column="route", values=("shop",)), factor=Decimal("1.5"))
        pays = (Percent(rate=Decimal("0.04")), Lump(money=Decimal(100)))
        bonus = incentive(scale=steps((0, pays)), adjust=(own, by_rows))
        book = calculate(programme(bonus), selling(("2026-02-10", 1000), route="shop"), "2026-03-31")
        assert earned(book, "a", Q1) == Decimal("192.00")

    def test_points_are_added_first(self) -> None:
        """4 %, +2 points, × 1.2: 7.2 %; 5.00 for a piece and a lump take no points."""
        always = Holds(trait=Trait.KIND, values=("dealer",))
        adjust = (By(when=always, factor=Decimal("1.2")), Add(when=always, rate=Decimal("0.02")))
        pays = (Percent(rate=Decimal("0.04")), Lump(money=Decimal(100)))
        bonus = incentive(scale=steps((0, pays)), adjust=adjust)
        book = calculate(programme(bonus), selling(("2026-02-10", 1000)), "2026-03-31")
        assert earned(book, "a", Q1) == Decimal("192.00")

    def test_points_for_rows_cut_the_base(self) -> None:
        """2 % of 1,000.00, and 1.5 points more on the 600.00 of the shop: 29.00; below too."""
        points = Add(when=Is(column="route", values=("shop",)), rate=Decimal("0.015"))
        facts = selling(("2026-02-10", 600), route="shop")
        facts.sale("a", day("2026-02-11"), 400)
        below = replace(steps((5000, "0.05")), below=(Percent(rate=Decimal("0.02")),))
        for scale in (rate(Decimal("0.02")), below):
            book = calculate(programme(incentive(scale=scale, adjust=(points,))), facts, "2026-03-31")
            assert earned(book, "a", Q1) == Decimal("29.00")

    def test_each_product_is_cast_at_once(self) -> None:
        """3.3333 % × 1.333333 × 1.333333: 0.0444439889, then 0.0592586371; uncast it would end in 70."""
        always = Holds(trait=Trait.KIND, values=("dealer",))
        twice = (By(when=always, factor=Decimal("1.333333")), By(when=always, factor=Decimal("1.333333")))
        bonus = incentive(scale=rate(Decimal("0.033333")), adjust=twice)
        book = calculate(programme(bonus), selling(("2026-02-10", 1)), "2026-03-31")
        assert amount(book, "a", Q1) == Decimal("0.0592586371")


class TestBounds:
    """Rule 34. With `each` the amount is cut by that key, then summed, then held as a whole."""

    @staticmethod
    def facts() -> Ledger:
        """Customers earn 6,000 and 1,000."""
        facts = selling(("2026-02-10", 60000), end_customer_id="c")
        facts.sale("a", day("2026-02-11"), 10000, end_customer_id="d")
        return facts

    @pytest.mark.parametrize(("whole", "paid"), [(None, 6000), (5500, 5500)])
    def test_per_end_customer_and_in_all(self, whole: int | None, paid: int) -> None:
        """5,000 per end customer: 6,000; 5,500 in all: 5,500."""
        caps = [Cap(money=Decimal(5000), each="end_customer_id")]
        caps += [] if whole is None else [Cap(money=Decimal(whole))]
        bonus = incentive(scale=rate(Decimal("0.10")), caps=tuple(caps))
        assert earned(calculate(programme(bonus), self.facts(), "2026-03-31"), "a", Q1) == paid

    def test_rows_without_the_key_are_one_value(self) -> None:
        caps = (Cap(money=Decimal(15), each="end_customer_id"),)
        bonus = incentive(scale=rate(Decimal("0.10")), caps=caps)
        book = calculate(programme(bonus), selling(("2026-02-10", 100), ("2026-02-11", 100)), "2026-03-31")
        assert earned(book, "a", Q1) == 15

    def test_a_lump_is_outside_of_a_keyed_cap(self) -> None:
        pays = (Percent(rate=Decimal("0.10")), Lump(money=Decimal(100)))
        bonus = incentive(scale=steps((0, pays)), caps=(Cap(money=Decimal(5), each="end_customer_id"),))
        book = calculate(programme(bonus), selling(("2026-02-10", 1000), end_customer_id="c"), "2026-03-31")
        assert earned(book, "a", Q1) == 105


class TestFloor:
    """Rule 34. What is above 0 is at least the floor; at_least before at_most."""

    @pytest.mark.parametrize(
        ("net", "cap", "paid"),
        [
            ("2000", None, "500.00"),  # 200 is lifted
            ("6000", None, "600.00"),
            ("0", None, "0.00"),  # nothing is not
            ("-100", None, "-10.00"),  # nor what is taken back
            ("2000", "500", "500.00"),
            ("9000", "550", "550.00"),
        ],
    )
    def test_lifts_what_is_above_0(self, net: str, cap: str | None, paid: str) -> None:
        """10 %, floor 500."""
        caps = () if cap is None else (Cap(money=Decimal(cap)),)
        bonus = incentive(scale=rate(Decimal("0.10")), caps=caps, floor=Floor(money=Decimal(500)))
        kind = "return" if net.startswith("-") else "sale"
        book = calculate(programme(bonus), selling(("2026-02-10", net), kind=kind), "2026-03-31", FIRST)
        assert earned(book, "a", Q1) == Decimal(paid)

    def test_of_each_customer_first(self) -> None:
        """Customers earn 300 and 10, 50 for each at most: 60; lifted to 80."""
        facts = selling(("2026-02-10", "3000"), end_customer_id="x")
        facts.sale("a", day("2026-02-11"), 100, end_customer_id="y")
        caps = (Cap(money=Decimal(50), each="end_customer_id"),)
        bonus = incentive(scale=rate(Decimal("0.10")), caps=caps, floor=Floor(money=Decimal(80)))
        assert earned(calculate(programme(bonus), facts, "2026-03-31", FIRST), "a", Q1) == Decimal("80.00")

    def test_a_gate_that_does_not_hold_has_no_floor(self) -> None:
        gate = Test(measure=use(), comparison="at_least", figure=Decimal(5000))
        bonus = incentive(scale=rate(Decimal("0.10")), gate=gate, floor=Floor(money=Decimal(500)))
        book = calculate(programme(bonus), selling(("2026-02-10", "4999")), "2026-03-31", FIRST)
        assert earned(book, "a", Q1) == 0


class TestStacking:
    """Rule 35. Added: each on its own base. In sequence: each on the base less the exact amounts before
    it.
    """

    BONUSES = (
        incentive("first", scale=rate(Decimal("0.10"))),
        incentive("second", scale=rate(Decimal("0.05"))),
    )

    @pytest.mark.parametrize(("in_sequence", "second"), [(True, "27.00"), (False, "30.00")])
    def test_600(self, in_sequence: bool, second: str) -> None:
        """600: 10 % then 5 % of what is left: 60 + 27; added: 60 + 30."""
        sequences = (InSequence(incentives=("first", "second")),) if in_sequence else ()
        of = programme(*self.BONUSES, stacking=Stacking(said=True, sequences=sequences))
        book = calculate(of, selling(("2026-02-10", 600)), "2026-03-31")
        assert (earned(book, "a", Q1, "first"), earned(book, "a", Q1, "second")) == (60, Decimal(second))

    def test_exact_amounts_are_taken_not_coins(self) -> None:
        """10 % of 333.35 is 33.335, printed 33.34; the second takes 5 % of 300.015: 15.00075."""
        of = programme(
            *self.BONUSES, stacking=Stacking(sequences=(InSequence(incentives=("first", "second")),))
        )
        book = calculate(of, selling(("2026-02-10", "333.35")), "2026-03-31")
        assert (earned(book, "a", Q1, "first"), amount(book, "a", Q1, "second")) == (
            Decimal("33.34"),
            Decimal("15.00075"),
        )

    def test_what_is_taken_is_spread_over_the_cuts(self) -> None:
        """Of 600, 400 by shop: 60 take 40 there; 10 % of 360 and 5 % of 180: 45.00."""
        table = Cases(
            rows=(Case(when=Is(column="route", values=("shop",)), use=Decimal("0.10")),),
            otherwise=Decimal("0.05"),
        )
        of = programme(
            self.BONUSES[0],
            incentive("second", scale=rate(table)),
            stacking=Stacking(sequences=(InSequence(incentives=("first", "second")),)),
        )
        facts = selling(("2026-02-10", 400), route="shop")
        facts.sale("a", day("2026-02-11"), 200, route="portal")
        assert earned(calculate(of, facts, "2026-03-31"), "a", Q1, "second") == 45


class TestWindowsOfAnIncentive:
    """Rules 30 and 41. Every window of `per` that meets the programme's days and has begun."""

    def test_each_month(self) -> None:
        bonus = incentive(
            per=Unit.MONTH, base=take(aggregate=Lines()), scale=steps((0, PerUnit(money=Decimal(5))))
        )
        book = calculate(programme(bonus), selling(("2026-01-31", 1), ("2026-02-01", 1)), "2026-02-10")
        assert [earned(book, "a", start) for start in (Q1, "2026-02-01")] == [5, 5]

    def test_a_step_above(self) -> None:
        step = Step(start=Decimal(100), pays=(Lump(money=Decimal(7)),), reached="above")
        bonus = incentive(
            scale=steps((0, "0")).__class__(kind=incentive().scale.kind, steps=(step,)), base=use()
        )
        assert earned(calculate(programme(bonus), selling(("2026-02-10", 100)), "2026-03-31"), "a", Q1) == 0
