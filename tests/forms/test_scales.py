"""Scales: rules 20 to 26, worked by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Case,
    Cases,
    Count,
    Group,
    Growth,
    Holds,
    Is,
    Lines,
    Lump,
    Newcomers,
    PartAbove,
    Percent,
    PerUnit,
    Scale,
    ScaleKind,
    Share,
    Step,
    Test,
    Trait,
)
from tests.forms.conftest import (
    NAMED,
    calculate,
    earned,
    incentive,
    programme,
    record,
    steps,
    take,
    use,
)
from tests.laws.facts import Ledger, day


def sold(*amounts: object, **values: object) -> Ledger:
    """One partner with these sales in February 2026."""
    facts = Ledger()
    facts.product("box", "boxes")
    facts.enrolled("a")
    for net in amounts:
        facts.sale("a", day("2026-02-10"), net, **values)
    return facts


class TestSteps:
    """Rule 20. Steps are reached from or above their start; nothing is reached below the first; a first step
    at 0
    has no lower end, so a window of returns pays back at its rate.
    """

    @pytest.mark.parametrize(
        ("reached", "net", "paid"),
        [
            ("from", "49999.99", "0.00"),
            ("from", "50000", "1000.00"),
            ("above", "50000", "0.00"),
            ("above", "50000.01", "1000.00"),
        ],
    )
    def test_from_50_000_has_it_above_has_not(self, reached: str, net: str, paid: str) -> None:
        """From 50,000: 50,000.00 is in; above 50,000: 50,000.01 is."""
        step = Step(start=Decimal(50000), pays=(Percent(rate=Decimal("0.02")),), reached=reached)
        bonus = incentive(scale=Scale(kind=ScaleKind.RETROACTIVE, steps=(step,)))
        assert earned(calculate(programme(bonus), sold(net), "2026-03-31"), "a", "2026-01-01") == Decimal(
            paid
        )

    def test_a_first_step_at_0_has_no_lower_end(self) -> None:
        """Rate 2 % from 0, base −300: −6.00."""
        book = calculate(programme(incentive()), sold("-300", kind="return"), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("-6.00")

    def test_nothing_is_reached_below_the_first(self) -> None:
        bonus = incentive(scale=steps((100, "0.02")))
        book = calculate(programme(bonus), sold("99.99"), "2026-03-31")
        assert record(book, "a", "2026-01-01").reason == "below-first-step"


class TestStartsThatVary:
    """Rules 31 and 20. A step's start varies by the subject; where no row of its table holds, it is not
    reached.
    """

    @pytest.mark.parametrize(
        ("before", "net", "paid"),
        [
            (100, "110", "11.00"),  # 10 % growth, and below 50,000.00 10 % are asked
            (100, "109.99", "0.00"),
            (100_000, "103000", "10300.00"),  # from 100,000.00 on 3 % are enough
            (60_000, "62000", "0.00"),  # 3.3 %, and at 62,000.00 5 % are asked
            (60_000, "63000", "6300.00"),
        ],
    )
    def test_by_another_measure(self, before: int, net: str, paid: str) -> None:
        """10 %; from 50,000.00 5 %, from 100,000.00 3 % growth over the quarter before: 10 % of the whole."""
        rows = tuple(
            Case(
                when=Test(measure=use(), comparison="at_least", figure=Decimal(figure)),
                use=Decimal(start),
            )
            for figure, start in ((100_000, "0.03"), (50_000, "0.05"), (0, "0.1"))
        )
        step = Step(start=Cases(rows=rows), pays=(Percent(rate=Decimal("0.1")),))
        scale = Scale(kind=ScaleKind.RETROACTIVE, steps=(step,))
        growth = Growth(of=use(), against=(Baseline(window=Before(unit=Unit.QUARTER)),))
        facts = sold(net)
        facts.sale("a", day("2025-11-10"), before)
        book = calculate(programme(incentive(scale=scale, driver=growth)), facts, "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    @pytest.mark.parametrize(("pieces", "paid"), [(4, "0.00"), (5, "25.00")])
    def test_by_kind(self, pieces: int, paid: str) -> None:
        """Dealers from the first once five are sold, all others from one: 5.00 each."""
        dealers = Case(when=Holds(trait=Trait.KIND, values=("dealer",)), use=Decimal(5))
        step = Step(start=Cases(rows=(dealers,), otherwise=Decimal(1)), pays=(PerUnit(money=Decimal(5)),))
        bonus = incentive(scale=Scale(kind=ScaleKind.RETROACTIVE, steps=(step,)), base=take("quantity"))
        book = calculate(programme(bonus), sold("1", quantity=pieces), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    def test_without_a_row_it_is_not_reached(self) -> None:
        """2 % from 0, and 4 % from 100.00 for etailers alone: a dealer has 2 % of 500.00."""
        etailers = Cases(rows=(Case(when=Holds(trait=Trait.KIND, values=("etailer",)), use=Decimal(100)),))
        first = Step(start=Decimal(0), pays=(Percent(rate=Decimal("0.02")),))
        second = Step(start=etailers, pays=(Percent(rate=Decimal("0.04")),))
        bonus = incentive(scale=Scale(kind=ScaleKind.RETROACTIVE, steps=(first, second)))
        book = calculate(programme(bonus), sold("500"), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("10.00")


class TestRetroactive:
    """Rule 21. The reached step's pay on the whole base."""

    @pytest.mark.parametrize(("net", "paid"), [("49999.99", "1000.00"), ("50000", "2000.00")])
    def test_the_whole_base(self, net: str, paid: str) -> None:
        """2 %, from 50,000 4 %: 49,999.99 → 1,000.00; 50,000 → 2,000.00."""
        bonus = incentive(scale=steps((0, "0.02"), (50000, "0.04")))
        assert earned(calculate(programme(bonus), sold(net), "2026-03-31"), "a", "2026-01-01") == Decimal(
            paid
        )


class TestMarginal:
    """Rule 22. Each step's rate on the part of the base inside it; a lump when its step is entered."""

    def test_parts(self) -> None:
        """2 %, from 50,000 4 %, base 75,000: 1,000 + 1,000 = 2,000.00."""
        bonus = incentive(scale=steps((0, "0.02"), (50000, "0.04"), kind="marginal"))
        book = calculate(programme(bonus), sold("75000"), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("2000.00")

    def test_a_lump_when_its_step_is_entered(self) -> None:
        """Second step lump 700: 1,000 + 700."""
        bonus = incentive(scale=steps((0, "0.02"), (50000, Lump(money=Decimal(700))), kind="marginal"))
        book = calculate(programme(bonus), sold("75000"), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("1700.00")


class TestMarginalOnAnotherBase:
    """Rule 23. The driver's average rate, times the base."""

    def test_average_rate(self) -> None:
        """Driver 100 pieces, 1 % to 50, then 3 %: average 2 %; base 10,000: 200.00."""
        scale = steps((0, "0.01"), (50, "0.03"), kind="marginal")
        bonus = incentive(scale=scale, driver=use("pieces"))
        book = calculate(
            programme(bonus, measures={"pieces": take("quantity")}), sold("10000", quantity=100), "2026-03-31"
        )
        assert earned(book, "a", "2026-01-01") == Decimal("200.00")


class TestLinear:
    """Rule 24. A straight line between the steps' pays; nothing below the first, the last one's pay beyond
    it.
    """

    KNOTS = ((80, Lump(money=Decimal(0))), (100, Lump(money=Decimal(5000))))

    @pytest.mark.parametrize(
        ("pieces", "paid"),
        [
            (79, "0.00"),  # below the first
            (80, "0.00"),  # the first one's pay
            (92, "3000.00"),  # 12 of 20 pieces on the way: 5,000 × 12 ÷ 20
            (100, "5000.00"),
            (130, "5000.00"),  # beyond the last
        ],
    )
    def test_lumps_on_a_line(self, pieces: int, paid: str) -> None:
        """80 → 0, 100 → 5,000: 92 → 3,000.00; 130 → 5,000.00."""
        bonus = incentive(scale=steps(*self.KNOTS, kind="linear"), driver=use("pieces"), base=None)
        rules = programme(bonus, measures={"pieces": take("quantity")})
        book = calculate(rules, sold("1", quantity=pieces), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    @pytest.mark.parametrize(
        ("net", "paid"),
        [
            ("10000", "100.00"),  # 1 % of the whole
            ("20000", "300.00"),  # halfway to 30,000: 1.5 %
            ("13333.33", "155.56"),  # 1.1666666500 % of 13,333.33 is 155.5555...
            ("40000", "800.00"),  # 2 % beyond the last
        ],
    )
    def test_rates_on_a_line(self, net: str, paid: str) -> None:
        """From 10,000 1 %, from 30,000 2 %, on the whole base."""
        bonus = incentive(scale=steps((10_000, "0.01"), (30_000, "0.02"), kind="linear"))
        assert earned(calculate(programme(bonus), sold(net), "2026-03-31"), "a", "2026-01-01") == Decimal(
            paid
        )


class TestIncrement:
    """Rule 25. The number of full (or started) `every` in driver − `free`, never below 0 unless the driver
    is, times the reached step's pay.
    """

    @pytest.mark.parametrize(
        ("pieces", "counting", "free", "paid"),
        [
            (170, "full", 0, "12.00"),  # three full 50
            (170, "started", 0, "16.00"),  # the fourth is begun
            (170, "full", 60, "8.00"),  # two full 50 in 110
            (170, "started", 60, "12.00"),
            (150, "started", 0, "12.00"),  # none begun beyond the third
            (49, "full", 0, "0.00"),
            (40, "started", 60, "0.00"),  # never below 0
            (-170, "full", 0, "-12.00"),  # taken back as it was paid
            (-170, "started", 60, "-12.00"),
        ],
    )
    def test_every_50(self, pieces: int, counting: Any, free: int, paid: str) -> None:
        """170, every 50, 4.00: 12.00; started: 16.00; free 60: 8.00; started and free: 12.00."""
        scale = replace(
            steps((0, Lump(money=Decimal(4))), kind="increment"),
            count=Count(every=Decimal(50), counting=counting, free=Decimal(free)),
        )
        rules = programme(incentive(scale=scale, base=use("pieces")), measures={"pieces": take("quantity")})
        book = calculate(rules, sold("1", quantity=pieces), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    @pytest.mark.parametrize(("pieces", "paid"), [(99, "4.00"), (100, "12.00")])
    def test_the_reached_step_pays(self, pieces: int, paid: str) -> None:
        """4.00 for each full 50, from 100 on 6.00."""
        pays = ((0, Lump(money=Decimal(4))), (100, Lump(money=Decimal(6))))
        scale = replace(steps(*pays, kind="increment"), count=Count(every=Decimal(50)))
        rules = programme(incentive(scale=scale, base=use("pieces")), measures={"pieces": take("quantity")})
        book = calculate(rules, sold("1", quantity=pieces), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    def test_a_share_is_multiplied_out(self) -> None:
        """2 of 3 pieces are 66.67 %: two full thirds of 33.3333 %, whatever is rounded."""
        share = Share(
            part=take("quantity", where=Is(column="route", values=("portal",))), whole=use("pieces")
        )
        scale = replace(
            steps((0, Lump(money=Decimal(10))), kind="increment"), count=Count(every=Decimal("0.333333"))
        )
        bonus = incentive(scale=scale, driver=share, base=None)
        facts = sold("1", quantity=2, route="portal")
        facts.sale("a", day("2026-02-11"), "1", quantity=1)
        book = calculate(programme(bonus, measures={"pieces": take("quantity")}), facts, "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(20)


class TestBelow:
    """Rules 20 and 28. Nothing is reached below the first step, and `below` pays; on none it pays nothing."""

    FALLBACK = Cases(rows=(Case(when=Is(column="product.group", values=("boxes",)), use=Decimal("0.02")),))

    @pytest.mark.parametrize(
        ("net", "paid"),
        [("999", "19.98"), ("1000", "30.00")],  # 2 % of 999.00; 3 % of the whole
    )
    def test_all_or_nothing_with_a_fall_back(self, net: str, paid: str) -> None:
        """From 100 % of 1,000.00 3 %, else 2 % of the boxes: 99.9 % pays the 2 %."""
        scale = replace(steps((1, "0.03")), below=(Percent(rate=self.FALLBACK),))
        attained = Share(part=use(), whole=Agreed(target="quarterly"))
        facts = sold(net)
        facts.target("a", "quarterly", day("2026-01-01"), day("2026-04-01"), 1000)
        boxes = Group(name="boxes", title=NAMED, where=Is(column="product.family", values=("boxes",)))
        rules = programme(incentive(scale=scale, driver=attained), products=(boxes,))
        assert earned(calculate(rules, facts, "2026-03-31"), "a", "2026-01-01") == Decimal(paid)

    def test_a_driver_that_is_none_pays_nothing(self) -> None:
        scale = replace(steps((1, "0.03")), below=(Lump(money=Decimal(50)),))
        bonus = incentive(scale=scale, driver=Share(part=use(), whole=Agreed(target="quarterly")))
        found = record(calculate(programme(bonus), sold("999"), "2026-03-31"), "a", "2026-01-01")
        assert (found.amount, found.reason) == (Decimal(0), "no-figure")

    @pytest.mark.parametrize("kind", list(ScaleKind))
    def test_whatever_the_scale(self, kind: ScaleKind) -> None:
        """50.00 below 100.00, on 99.99."""
        pays = (Lump(money=Decimal(60)),)
        scale = replace(steps((100, pays), kind=kind.value), below=(Lump(money=Decimal(50)),))
        book = calculate(programme(incentive(scale=scale)), sold("99.99"), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(50)


class TestAbove:
    """Rule 29. What lies above the step reached, the first step, or another measure; 0 if nothing."""

    STEPS = steps((10_000, "0.02"), (50_000, "0.04"))

    @pytest.mark.parametrize(
        ("over", "net", "paid"),
        [
            ("step", "75000", "1000.00"),  # reached 50,000: 25,000 at 4 %
            ("step", "50000", "0.00"),
            ("step", "49999.99", "800.00"),  # 39,999.99 above 10,000 at 2 %
            ("step", "9999.99", "0.00"),  # no step, and so nothing above one
            ("first_step", "75000", "2600.00"),  # 65,000 at 4 %
            ("first_step", "9999", "0.00"),
        ],
    )
    def test_above_a_step(self, over: Any, net: str, paid: str) -> None:
        """Reached 50,000 with 75,000 at 4 %: 1,000.00."""
        bonus = incentive(base=PartAbove(of=use(), over=over), scale=self.STEPS)
        book = calculate(programme(bonus), sold(net), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    @pytest.mark.parametrize(("before", "paid"), [("60000", "600.00"), ("80000", "0.00"), ("-5", "3000.20")])
    def test_above_another_measure(self, before: str, paid: str) -> None:
        """75,000 over the quarter before's 60,000 at 4 %; the whole 75,000 picks the step."""
        base = PartAbove(of=use(), over=use(over=Before(unit=Unit.QUARTER)))
        facts = sold("75000")
        facts.sale("a", day("2025-11-10"), before)
        book = calculate(programme(incentive(base=base, scale=self.STEPS)), facts, "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    def test_with_a_driver_of_its_own_and_select(self) -> None:
        """2,000 by shop of 5,000; the driver of all sales reaches 4,000, so 0 of 2,000 lie above."""
        facts = sold("3000", route="portal")
        facts.sale("a", day("2026-02-11"), 2000, route="shop")
        bonus = incentive(
            base=PartAbove(of=use(), over="step"),
            driver=use(),
            select=Is(column="route", values=("shop",)),
            scale=steps((1000, "0.1"), (4000, "0.2")),
        )
        book = calculate(programme(bonus), facts, "2026-03-31")
        assert earned(book, "a", "2026-01-01") == 0
        book = calculate(programme(replace(bonus, driver=None)), facts, "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("100.00")  # the shop's 2,000 over 1,000

    def test_a_newcomers_start_is_cut_first(self) -> None:
        """Joined with 45 of 90 days left: the step from 10,000 begins at 5,000."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-02-15"))
        facts.sale("a", day("2026-02-20"), 6000)
        bonus = incentive(
            base=PartAbove(of=use(), over="step"),
            scale=steps((10_000, "0.1")),
            newcomers=Newcomers(prorate="days"),
        )
        book = calculate(programme(bonus), facts, "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("100.00")


class TestSeveralPays:
    """Rule 26. Several pays in a step are added."""

    def test_per_unit_and_lump(self) -> None:
        """Step from 500: per unit 2, lump 100, 600 pieces: 1,300.00."""
        pays = (PerUnit(money=Decimal(2)), Lump(money=Decimal(100)))
        bonus = incentive(scale=steps((500, pays)), base=take("quantity"))
        book = calculate(programme(bonus), sold("1", quantity=600), "2026-03-31")
        assert earned(book, "a", "2026-01-01") == Decimal("1300.00")

    def test_per_line(self) -> None:
        """Three lines at 5.00 each: 15.00."""
        bonus = incentive(scale=steps((0, PerUnit(money=Decimal(5)))), base=take(aggregate=Lines()))
        assert earned(calculate(programme(bonus), sold(1, 2, 3), "2026-03-31"), "a", "2026-01-01") == Decimal(
            15
        )
