"""Incentives in SQL: factors, caps, coins, sequences, select, what is expected. Rules 30 to 35 and 39."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.plan.incentives import is_filter, slug
from staffel.core.programme.model import (
    ALWAYS,
    Agreed,
    All,
    Baseline,
    Before,
    By,
    Cap,
    Case,
    Cases,
    Earner,
    Growth,
    Holds,
    InSequence,
    Is,
    LastYear,
    Lump,
    Never,
    Newcomers,
    Not,
    Percent,
    PerUnit,
    Review,
    Share,
    Stacking,
    Test,
    Trait,
    Who,
)
from staffel.core.programme.model import (
    Any as Either,
)
from tests.core.engine.plan.world import (
    FIRST,
    Q2,
    SECOND,
    Ledger,
    calculated,
    coins,
    column,
    day,
    earned,
    money,
    world,
    year,
)
from tests.forms.conftest import amount, calculate, incentive, ladder, steps, take, use

BOXES, PENS = (Is(column="product.family", values=(one,)) for one in ("boxes", "pens"))
GOLD = Is(column="partner.level", values=("gold",))
BIG = Test(measure=use("revenue"), comparison="at_least", figure=Decimal(1000))


def by(when: Any, factor: object) -> By:
    """A factor."""
    return By(when=when, factor=Decimal(str(factor)))


def lump(figure: object) -> Lump:
    return Lump(money=Decimal(str(figure)))


class TestForms:
    @pytest.mark.parametrize(
        ("form", "row"),
        [
            (BOXES, True),
            (Not(of=BOXES), True),
            (All(of=(BOXES, GOLD)), True),
            (BIG, False),
            (Holds(trait=Trait.KIND, values=("dealer",)), False),
            (All(of=(BOXES, BIG)), False),
            (ALWAYS, False),  # an empty one asks the subject
            (Either(of=(Not(of=GOLD),)), True),
        ],
    )
    def test_a_when_asks_a_row_or_the_subject(self, form: Any, row: bool) -> None:
        assert is_filter(form) is row

    @pytest.mark.parametrize(
        ("name", "said"), [("bonus", "bonus"), ("solution-bonus", "solution_bonus"), ("ä-1", "__1_faa7ece9")]
    )
    def test_names_in_names_of_tables(self, name: str, said: str) -> None:
        assert slug(name) == said


class TestAdjust:
    """Rule 33. Factors multiply the rate, several that hold all act; a lump takes the subject's only."""

    def test_factors(self) -> None:
        """a: boxes 1,000 at 4 % × 1.2 × 1.5, pens 500 at 4 % × 1.5; lump 100 × 1.5. b has no thousand."""
        ledger = world(a=1000, b="600")
        ledger.sale("a", day("2026-02-10"), 500, product_id="pen")
        adjust = (by(BOXES, "1.2"), by(BIG, "1.5"))
        programme = year(
            incentive("rate", scale=steps((0, "0.04")), adjust=adjust),
            incentive("lump", scale=steps((0, lump(100))), adjust=adjust, base=None, driver=use("revenue")),
            incentive(
                "unit", scale=steps((0, PerUnit(money=Decimal(10)))), base=take("quantity"), adjust=adjust
            ),
        )
        results = calculated(programme, ledger, "2026-03-31")
        assert coins(results, incentive="rate") == {"a": Decimal(102), "b": Decimal("28.80")}
        assert coins(results, incentive="lump") == {"a": Decimal(150), "b": Decimal(100)}
        assert coins(results, incentive="unit") == {"a": Decimal(33), "b": Decimal(12)}

    def test_each_product_has_ten_decimals(self) -> None:
        """Two factors on a rate, each product half up to 10 decimals, then a base of 10^6 and one of 3."""
        third = "0.333333"
        one = incentive(scale=steps((0, third)), adjust=(by(ALWAYS, third), by(ALWAYS, third)))
        results = calculated(year(one), world(a=1_000_000, b=3), "2026-03-31")
        # 0.333333² = 0.111110888889 → 0.1111108889; × 0.333333 = 0.0370369259299… → 0.0370369259
        assert earned(results, "exact") == {"a": Decimal("37036.9259"), "b": Decimal("0.1111107777")}


class TestCuts:
    """Rules 31 and 32. What rates and factors ask of rows cuts the base; the level is the day of sale's."""

    def test_by_the_level_of_the_day(self) -> None:
        """40,000 as tin (2 %), then 10,000 as gold (4 %): 1,200.00; b is gold all along."""
        rungs = ladder(("tin", ()), ("gold", (BIG,)), review=Review(up=Never(), down=Never()))
        table = Cases(rows=(Case(when=GOLD, use=Decimal("0.04")),), otherwise=Decimal("0.02"))
        ledger = world(a=40000, b=10000)
        ledger.decision("a", "gold", day("2026-02-11"))
        ledger.decision("b", "gold", day("2026-01-01"))
        ledger.sale("a", day("2026-02-11"), 10000)
        programme = year(incentive(scale=steps((0, Percent(rate=table)))), ladders=(rungs,))
        assert coins(calculated(programme, ledger, "2026-03-31")) == {"a": Decimal(1200), "b": Decimal(400)}

    def test_no_row_of_a_table_holds_no_rate(self) -> None:
        table = Cases(rows=(Case(when=PENS, use=Decimal("0.04")),))
        results = calculated(
            year(incentive(scale=steps((0, Percent(rate=table))))), world(a=5, b=7), "2026-03-31"
        )
        assert coins(results) == {"a": Decimal(0), "b": Decimal(0)}

    def test_a_row_of_the_subject(self) -> None:
        """Cases on what the subject is do not cut: a is a dealer, b is not."""
        dealer = Holds(trait=Trait.KIND, values=("dealer",))
        table = Cases(rows=(Case(when=dealer, use=Decimal("0.04")),), otherwise=Decimal("0.01"))
        ledger = world(a=100, b=100)
        ledger.partner("b", day("2020-01-02"), kind="shop")
        results = calculated(year(incentive(scale=steps((0, Percent(rate=table))))), ledger, "2026-03-31")
        assert coins(results) == {"a": Decimal(4), "b": Decimal(1)}

    @pytest.mark.parametrize(
        ("driver", "paid"),
        [
            (None, "0.00"),  # narrows the driver too, if none is written: 900 of boxes reach nothing
            (use("revenue"), "90.00"),  # 1,100 reach the step; it pays on 900
        ],
    )
    def test_select(self, driver: Any, paid: str) -> None:
        ledger = world(a=900, b=None)
        ledger.sale("a", day("2026-02-10"), 200, product_id="pen")
        one = incentive(scale=steps((1000, "0.1")), select=BOXES, driver=driver)
        assert coins(calculated(year(one), ledger, "2026-03-31")) == {"a": Decimal(paid), "b": Decimal(0)}


class TestCaps:
    """Rule 34. Per key first, then the sum, then the whole; what lies below 0 is not capped."""

    KEYED, WHOLE = Cap(money=Decimal(50), each="end_customer_id"), Cap(money=Decimal(120))

    @pytest.mark.parametrize(
        ("caps", "uncapped", "exact"),
        [
            ((), 200, 200),
            ((KEYED,), 120, 120),  # 50 + 50 + 40 − 20
            ((WHOLE,), 200, 120),
            ((KEYED, Cap(money=Decimal(100))), 120, 100),
            ((Cap(money=Decimal(200)),), 200, 200),
        ],
    )
    def test_of_customers(self, caps: tuple[Cap, ...], uncapped: int, exact: int) -> None:
        """a at 10 %: smith 80, jones 100, nobody 40 (no key is one value together), duke −20."""
        ledger = world(a=None, b=None)
        for net, customer in (
            *((600, "smith"), (200, "smith"), (1200, "jones"), (-200, "jones"), (100, None), (300, None)),
            (-200, "duke"),
        ):
            ledger.sale("a", day("2026-02-10"), net, end_customer_id=customer)
        ledger.sale("b", day("2026-02-10"), 10, end_customer_id="smith")
        one = incentive(scale=steps((0, "0.1")), caps=caps)
        results = calculated(year(one), ledger, "2026-03-31")
        assert earned(results, "uncapped") == {"a": Decimal(uncapped), "b": Decimal(1)}
        assert earned(results, "exact") == {"a": Decimal(exact), "b": Decimal(1)}

    def test_a_cut_is_put_together_before_the_cap_of_its_key(self) -> None:
        """smith: boxes 300 at 10 % and pens 300 at 20 % are 90 together, capped at 50."""
        table = Cases(rows=(Case(when=PENS, use=Decimal("0.2")),), otherwise=Decimal("0.1"))
        ledger = world(a=None, b=7)
        for product in ("box", "pen"):
            ledger.sale("a", day("2026-02-10"), 300, product_id=product, end_customer_id="smith")
        one = incentive(scale=steps((0, Percent(rate=table))), caps=(self.KEYED,))
        assert earned(calculated(year(one), ledger, "2026-03-31"), "exact") == {
            "a": Decimal(50),
            "b": Decimal("0.7"),
        }

    def test_lumps_are_in_no_keyed_cap(self) -> None:
        pays = (Percent(rate=Decimal("0.1")), lump(30))
        ledger = world(a=None, b=None)
        ledger.sale("a", day("2026-02-10"), 900, end_customer_id="smith")
        one = incentive(scale=steps((0, pays)), caps=(self.KEYED,))
        assert earned(calculated(year(one), ledger, "2026-03-31"), "exact") == {
            "a": Decimal(80),
            "b": Decimal(30),
        }

    def test_of_large_amounts(self) -> None:
        """10^15 less a ten-thousandth at 10 %, capped at 10^14 less a cent, and by customer at 10^13."""
        half = Decimal("499999999999999.9999")
        ledger = world(a=2 * half, b=None)
        for customer in ("smith", "jones"):
            ledger.sale("b", day("2026-02-10"), half, end_customer_id=customer)
        whole = Cap(money=Decimal("99999999999999.99"))
        keyed = Cap(money=Decimal("10000000000000.01"), each="end_customer_id")
        programme = year(
            incentive("whole", scale=steps((0, "0.1")), caps=(whole,)),
            incentive("keyed", scale=steps((0, "0.1")), caps=(keyed,)),
        )
        results = calculated(programme, ledger, "2026-03-31")
        assert coins(results, incentive="whole") == dict.fromkeys("ab", whole.money)
        assert coins(results, incentive="keyed") == {"a": keyed.money, "b": 2 * keyed.money}


class TestCoins:
    """Rule 30, step 11. Half up to the currency's smallest coin, once, per subject and window."""

    @pytest.mark.parametrize(
        ("currency", "net", "paid"),
        [
            ("EUR", "199.995", "200.00"),
            ("EUR", "-199.995", "-200.00"),
            ("EUR", "199.9949", "199.99"),
            ("JPY", "199.4999", "199"),
            ("JPY", "199.5", "200"),
            ("KWD", "199.9995", "200.000"),
            ("KWD", "199.9994", "199.999"),
        ],
    )
    def test_smallest_coin(self, currency: str, net: str, paid: str) -> None:
        ledger = Ledger()
        ledger.enrolled("a")
        ledger.enrolled("b")
        ledger.sale("a", day("2026-02-10"), net, currency=currency)
        programme = year(incentive(scale=steps((0, "1"))), currency=currency)
        assert coins(calculated(programme, ledger, "2026-03-31")) == {"a": Decimal(paid), "b": Decimal(0)}

    def test_nothing_is_rounded_per_line(self) -> None:
        """Three lines of 0.005 at 100 % are 0.015: 0.02, where rounded lines would come to 0.03."""
        ledger = world(a="0.005", b="0.005")
        for _ in range(2):
            ledger.sale("a", day("2026-02-10"), "0.005")
        found = coins(calculated(year(incentive(scale=steps((0, "1")))), ledger, "2026-03-31"))
        assert found == {"a": Decimal("0.02"), "b": Decimal("0.01")}


class TestGate:
    """A gate that does not hold pays nothing; what would be paid without it is not lost to the eye."""

    def test_closed(self) -> None:
        one = incentive(scale=steps((0, (Percent(rate=Decimal("0.1")), lump(5)))), gate=BIG)
        results = calculated(year(one), world(a=1000, b="999.99"), "2026-03-31")
        assert earned(results, "gate") == {"a": True, "b": False}
        assert earned(results, "step") == {"a": 1, "b": 1}
        assert earned(results, "base") == {"a": Decimal(1000), "b": Decimal("999.99")}
        assert coins(results) == {"a": Decimal(105), "b": Decimal(0)}

    def test_no_figure_pays_nothing(self) -> None:
        """A driver that is none reaches no step, not even one from 0."""
        driver = Share(part=use("revenue"), whole=take("list"))
        one = incentive(scale=steps((0, lump(5))), driver=driver, base=None)
        ledger = world(a=1)
        ledger.enrolled("b")
        ledger.sale("b", day("2026-02-10"), 1, list=Decimal(4))
        results = calculated(year(one), ledger, "2026-03-31")
        assert (earned(results, "step"), coins(results)) == ({"a": 0, "b": 1}, {"a": 0, "b": 5})


class TestSequence:
    """Rule 35. Each takes the base less the exact amounts before it, spread evenly over its parts."""

    ORDER = Stacking(said=True, sequences=(InSequence(incentives=("one", "two", "three")),))

    def paid(
        self, ledger: Ledger, *incentives: Any, stacking: Stacking = ORDER
    ) -> dict[str, dict[str, Decimal]]:
        programme = year(*incentives, stacking=stacking)
        results = calculated(programme, ledger, "2026-03-31")
        return {one.name: earned(results, "exact", incentive=one.name) for one in incentives}

    def test_of_what_is_left(self) -> None:
        """600: 10 % then 5 % of what is left, then 10 % of that: 60, 27, 51.3; added 60, 30, 60."""
        made = [
            incentive(name, scale=steps((0, rate)))
            for name, rate in (("one", "0.1"), ("two", "0.05"), ("three", "0.1"))
        ]
        ledger = world(a=600, b=100, back=-600, zero=0)
        assert self.paid(ledger, *made) == {
            "one": dict(zip(("a", "b", "back", "zero"), money(60, 10, -60, 0), strict=True)),
            "two": dict(zip(("a", "b", "back", "zero"), money(27, "4.5", -30, 0), strict=True)),
            "three": dict(zip(("a", "b", "back", "zero"), money("51.3", "8.55", -60, 0), strict=True)),
        }
        added = self.paid(ledger, *made, stacking=Stacking(said=True))
        assert {name: one["a"] for name, one in added.items()} == {"one": 60, "two": 30, "three": 60}

    def test_spread_over_the_cuts(self) -> None:
        """boxes 200, pens 100; one takes 30: 20 off the boxes, 10 off the pens: 180 × 10 % + 90 × 20 %."""
        table = Cases(rows=(Case(when=PENS, use=Decimal("0.2")),), otherwise=Decimal("0.1"))
        ledger = world(a=200, b=30)
        ledger.sale("a", day("2026-02-10"), 100, product_id="pen")
        found = self.paid(
            ledger,
            incentive("one", scale=steps((0, "0.1"))),
            incentive("two", scale=steps((0, Percent(rate=table)))),
        )
        assert found["two"] == {"a": Decimal(36), "b": Decimal("2.7")}

    def test_of_large_amounts(self) -> None:
        """Parts of 6 and 3 × 10^13, of which a half is taken: 3 and 1.5 × 10^13 are left, at 10 and 20 %."""
        table = Cases(rows=(Case(when=PENS, use=Decimal("0.2")),), otherwise=Decimal("0.1"))
        ledger = world(a=6 * 10**13, b="0.0001")
        ledger.sale("a", day("2026-02-10"), 3 * 10**13, product_id="pen")
        found = self.paid(
            ledger,
            incentive("one", scale=steps((0, "0.5"))),
            incentive("two", scale=steps((0, Percent(rate=table)))),
        )
        assert found == {
            "one": {"a": Decimal(45 * 10**12), "b": Decimal("0.00005")},
            "two": {"a": Decimal(6 * 10**12), "b": Decimal("0.000005")},
        }

    def test_written_in_another_order(self) -> None:
        """The sequence says who comes first, not the file."""
        two, one = (incentive(name, scale=steps((0, "0.5"))) for name in ("two", "one"))
        assert self.paid(world(a=100, b=8), two, one) == {
            "two": {"a": Decimal(25), "b": Decimal(2)},
            "one": {"a": Decimal(50), "b": Decimal(4)},
        }

    def test_the_driver_is_never_reduced(self) -> None:
        """1,000 reach the second's step, though only 500 of base are left."""
        found = self.paid(
            world(a=1000, b=999),
            incentive("one", scale=steps((0, "0.5"))),
            incentive("two", scale=steps((1000, "0.1"))),
        )
        assert found["two"] == {"a": Decimal(50), "b": Decimal(0)}

    def test_after_caps(self) -> None:
        """What the first pays after its cap is what the second goes without."""
        found = self.paid(
            world(a=1000, b=10),
            incentive("one", scale=steps((0, "0.5")), caps=(Cap(money=Decimal(100)),)),
            incentive("two", scale=steps((0, "0.1"))),
        )
        assert found == {"one": {"a": 100, "b": 5}, "two": {"a": 90, "b": Decimal("0.5")}}


class TestExpected:
    """Rule 39. To date × last year's window : its part to this day; without last year by days."""

    SCALE = steps((0, "0.01"), (1000, "0.02"))

    def test_by_last_year_else_by_days(self) -> None:
        """On 10 May, day 40 of 91. By then last year a had 200 of 400, b and c nothing, d a return."""
        ledger = world(a=None, b=None, c=None, d=None)
        for partner, sold_on, net in (
            ("a", "2025-05-10", 200),
            ("a", "2025-05-11", 200),
            ("c", "2025-05-11", 200),
            ("d", "2025-05-10", -200),
        ):
            ledger.sale(partner, day(sold_on), net)
        for partner in "abcd":
            ledger.sale(partner, day("2026-05-10"), 500)
        results = calculated(year(incentive(scale=self.SCALE)), ledger, "2026-05-10")
        by_days = Decimal("1137.5")  # 500 × 91 ÷ 40
        assert earned(results, "driver_expected", SECOND) == {
            "a": 1000,
            "b": by_days,
            "c": by_days,
            "d": by_days,
        }
        assert earned(results, "step", SECOND) == dict.fromkeys("abcd", 1)
        assert earned(results, "step_expected", SECOND) == dict.fromkeys("abcd", 2)
        # The base to date at the rate that is expected: 500 at 2 %, not at 1 %
        assert coins(results, SECOND) == dict.fromkeys("abcd", Decimal(5))
        assert column(
            results, "entitled", "coins_expected", "partner_id", window_start=day(SECOND)
        ) == dict.fromkeys("abcd", Decimal(10))

    def test_a_window_that_ended_expects_what_it_was(self) -> None:
        ledger = world(a=500, b=999)
        for on in ("2026-03-31", "2026-05-10"):
            results = calculated(year(incentive(scale=self.SCALE)), ledger, on)
            assert earned(results, "driver_expected", FIRST) == {"a": Decimal(500), "b": Decimal(999)}
            assert earned(results, "step_expected", FIRST) == {"a": 1, "b": 1}

    def test_growth_is_not_extrapolated(self) -> None:
        growth = Growth(of=use("revenue"), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),))
        ledger = world(a=150, b=110)
        for partner in "ab":
            ledger.sale(partner, day("2025-01-05"), 100)
        one = incentive(driver=growth, scale=steps(("0.2", "0.01")))
        results = calculated(year(one), ledger, "2026-02-10")
        assert earned(results, "driver_expected") == {"a": None, "b": None}
        assert earned(results, "step") == {"a": 1, "b": 0}
        assert earned(results, "step_expected") == {"a": 1, "b": 0}

    def test_of_large_amounts(self) -> None:
        """Two figures of 10^15 are multiplied on the way: twice of what half the quarter brought."""
        top = Decimal("499999999999999.9999")
        ledger = world(a=None, b=None)
        for partner, net in (("a", top), ("b", 10**12)):
            for sold_on in ("2025-05-10", "2025-05-11", "2026-05-10"):
                ledger.sale(partner, day(sold_on), net)
        results = calculated(year(incentive(scale=self.SCALE)), ledger, "2026-05-10")
        assert earned(results, "driver_expected", SECOND) == {"a": 2 * top, "b": Decimal(2 * 10**12)}


class TestNewcomers:
    """Rule 45. A start is cut to the months enrolled; rates and lumps stay."""

    def test_steps(self) -> None:
        """From 30,000; joined in the second month: from 20,000. c joined before the window."""
        ledger = Ledger()
        for partner, net, joined in (
            ("a", "20000", "2026-05-10"),
            ("b", "19999.99", "2026-05-10"),
            ("c", "29999.99", "2026-03-31"),
        ):
            ledger.enrolled(partner, day(joined))
            ledger.sale(partner, day("2026-06-01"), net)
        one = incentive(scale=steps((30000, "0.02")), newcomers=Newcomers(prorate="months"))
        found = coins(calculated(year(one), ledger, "2026-06-30"), SECOND)
        assert found == {"a": Decimal(400), "b": Decimal(0), "c": Decimal(0)}

    def test_a_named_span_is_cut_by_days(self) -> None:
        """Though it is three whole months: 52 of 91 days of 30,000 are 17,142.86."""
        ledger = Ledger()
        for partner, net in (("a", "17142.86"), ("b", "17142.85")):
            ledger.enrolled(partner, day("2026-05-10"))
            ledger.sale(partner, day("2026-06-01"), net)
        scale, newcomers = steps((30000, "0.02")), Newcomers(prorate="months")
        one = incentive(per=Q2, settle=Q2, scale=scale, newcomers=newcomers)
        calculate(year(one), ledger, "2026-06-30")
        found = coins(calculated(year(one), ledger, "2026-06-30"), SECOND)
        assert found == {"a": Decimal("342.86"), "b": Decimal(0)}

    def test_parts_of_a_marginal_scale(self) -> None:
        """2 % to 10,000 (of 30,000), then 4 %: 10,000 × 2 % + 5,000 × 4 % = 400."""
        ledger = Ledger()
        for partner, joined in (("a", "2026-06-30"), ("b", "2026-04-01")):
            ledger.enrolled(partner, day(joined))
            ledger.sale(partner, day("2026-06-30"), 15000)
        scale = steps((0, "0.02"), (30000, "0.04"), kind="marginal")
        one = incentive(scale=scale, newcomers=Newcomers(prorate="months"))
        assert coins(calculated(year(one), ledger, "2026-06-30"), SECOND) == {
            "a": Decimal(400),
            "b": Decimal(300),
        }


class TestCutTargets:
    """Rules 13, 30 and 45. A target cut by quotient has 10 decimals, and keeps them wherever it is divided.

    Joined in the second month of the quarter: of a target of 1,000.00 it is 666.6666666667. Engine and
    oracle are both asked.
    """

    QUARTERLY = Agreed(target="quarterly")
    ATTAINED = Share(part=use("revenue"), whole=QUARTERLY)
    BEFORE = (Baseline(window=Before(unit=Unit.QUARTER)),)
    GROWN = Growth(of=QUARTERLY, against=BEFORE, shown_as="amount")

    @pytest.mark.parametrize(
        ("driver", "scale", "exact"),
        [
            # 1,000 of 666.6666666667 are 1.5000000000, of 666.6667 they were 1.4999999250
            (ATTAINED, steps((1, lump(0)), (2, lump(1_000_000)), kind="linear"), "500000"),
            # 0.5 × 3 % ÷ 1.5 = 1 %, of 1,000
            (ATTAINED, steps((1, "0.03"), kind="marginal"), "10"),
            # of 666.6666666667 lies 466.6666666667 above a start of 300, cut to 200: × 3 %, 2.1 %
            (QUARTERLY, steps((300, "0.03"), kind="marginal"), "21"),
            # over a baseline of 100 it is 566.6666666667, above 200 366.6666666667: 0.0194117647
            (GROWN, steps((300, "0.03"), kind="marginal"), "19.4117647"),
            # 566.6666666667 of 100 are 5.6666666667, 4.6666666667 above 1: 0.0247058824
            (replace(GROWN, shown_as="percent"), steps((1, "0.03"), kind="marginal"), "24.7058824"),
        ],
    )
    def test_divided(self, driver: Any, scale: Any, exact: str) -> None:
        newcomers = Newcomers(prorate="months", baseline=Decimal(100))
        bonus = incentive(driver=driver, scale=scale, newcomers=newcomers)
        book = calculate(year(bonus), self.joined("2026-05-10", "1000"), "2026-06-30")
        assert amount(book, "a", SECOND) == Decimal(exact)

    def test_of_large_amounts(self) -> None:
        """Nearly 10^15, the most that the ledger takes, of a third of it: 300 %, halfway from 100 to 500."""
        scale = steps((1, lump(0)), (5, lump(100)), kind="linear")
        bonus = incentive(driver=self.ATTAINED, scale=scale, newcomers=Newcomers(prorate="months"))
        book = calculate(year(bonus), self.joined("2026-06-30", "999999999999999.9999"), "2026-06-30")
        assert amount(book, "a", SECOND) == 50

    @staticmethod
    def joined(since: str, net: str) -> Ledger:
        """A partner that sold, since it joined, just what was agreed for the quarter."""
        ledger = Ledger()
        ledger.enrolled("a", day(since))
        ledger.target("a", "quarterly", day(SECOND), day("2026-07-01"), net)
        ledger.sale("a", day("2026-06-30"), net)
        return ledger


class TestWindows:
    def test_each_window_by_itself(self) -> None:
        ledger = world(a=100, b=7)
        ledger.sale("a", day("2026-04-01"), 50)
        results = calculated(year(incentive()), ledger, "2026-05-14")
        assert column(results, "entitled", "coins", "partner_id", "window_start") == {
            ("a", day(FIRST)): Decimal(2),
            ("a", day(SECOND)): Decimal(1),
            ("b", day(FIRST)): Decimal("0.14"),
            ("b", day(SECOND)): Decimal(0),
        }

    def test_only_who_was_enrolled_in_it(self) -> None:
        ledger = world(a=100)
        ledger.enrolled("b", day("2026-04-01"))
        ledger.enrolled("c", until=day("2026-04-01"))
        results = calculated(year(incentive()), ledger, "2026-05-14")
        assert (sorted(coins(results)), sorted(coins(results, SECOND))) == (["a", "c"], ["a", "b"])

    def test_a_named_span(self) -> None:
        spring = Span(day("2026-03-01"), day("2026-04-15"))
        ledger = world(a=100, b=1)
        for on in ("2026-03-01", "2026-04-14", "2026-04-15"):
            ledger.sale("a", day(on), 1000)
        results = calculated(year(incentive(per=spring)), ledger, "2026-06-30")
        assert coins(results, "2026-03-01") == {"a": Decimal(40), "b": Decimal(0)}


class TestEarners:
    """Rule 42. Whose driver, whose base."""

    def ledger(self) -> Ledger:
        ledger = world(a=40000, b=20000, c=60000, d=59999)
        for partner in "ab":
            ledger.membership("g", partner)
        ledger.membership("h", "d")
        return ledger

    def test_driver_of_the_group_base_of_the_member(self) -> None:
        """a 40,000 and b 20,000 reach 60,000 = 3 %: 1,200 and 600; c has no group: no figure."""
        one = incentive(
            scale=steps((0, "0.01"), (60000, "0.03")),
            driver=use("revenue"),
            earner=Earner(who=Who.ALLIANCE, driver_of="group"),
        )
        found = coins(calculated(year(one), self.ledger(), "2026-03-31"))
        assert found == dict(zip("abcd", money(1200, 600, 0, "599.99"), strict=True))

    def test_only_where_it_is_said(self) -> None:
        found = coins(calculated(year(incentive(scale=steps((60000, "0.03")))), self.ledger(), "2026-03-31"))
        assert found == dict(zip("abcd", money(0, 0, 1800, 0), strict=True))
