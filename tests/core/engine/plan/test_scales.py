"""Scales in SQL: steps at their edges, what they pay, and amounts of 10^15. Rules 20 to 23, 26 and 31."""

from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Unit
from staffel.core.engine.results import Results
from staffel.core.programme.model import (
    Baseline,
    Case,
    Cases,
    Growth,
    Is,
    LastYear,
    Lines,
    Lump,
    Newcomers,
    Percent,
    PerUnit,
    Scale,
    ScaleKind,
    Step,
)
from tests.core.engine.plan.world import calculated, coins, day, earned, money, world, year
from tests.forms.conftest import incentive, steps, take, use

# One partner at each edge; b-… are the strangers of each case.
SOLD: dict[str, object] = {
    "nothing": None,
    "back": "-300",
    "zero": 0,
    "cent": "0.01",
    "below": "49999.99",
    "at": "50000",
    "over": "50000.01",
    "inside": "75000",
    "edge": "150000",
    "beyond": "200000",
}


def scale(kind: str, *rows: tuple[object, Any], reached: str = "from") -> Scale:
    """Steps: (start, rate as text or pays)."""
    made = steps(*rows, kind=kind)
    return Scale(
        kind=made.kind,
        steps=tuple(Step(start=one.start, pays=one.pays, reached=reached) for one in made.steps),
    )


def lump(money_: object) -> Lump:
    return Lump(money=Decimal(str(money_)))


SCALES: dict[str, Scale] = {
    "retroactive": scale("retroactive", (0, "0.02"), (50000, "0.04"), (150000, "0.035")),
    "marginal": scale("marginal", (0, "0.02"), (50000, "0.04"), (150000, "0.035")),
    "from": scale("retroactive", (50000, "0.02")),
    "above": scale("retroactive", (50000, "0.02"), reached="above"),
    "marginal-from": scale("marginal", (50000, "0.02"), (150000, "0.04")),
    "lump": scale("retroactive", (50000, lump(500)), (150000, lump(700))),
    "lumps-entered": scale("marginal", (0, "0.01"), (50000, lump(500)), (150000, lump(700))),
    "marginal-above": scale("marginal", (0, "0.02"), (50000, "0.04"), reached="above"),
}


@pytest.fixture(scope="module")
def results() -> Results:
    """All scales on all partners, in one calculation."""
    programme = year(*(incentive(name, scale=one) for name, one in SCALES.items()))
    return calculated(programme, world(**SOLD), "2026-03-31")


class TestAmounts:
    """Per scale: what each of the ten partners is paid."""

    @pytest.mark.parametrize(
        ("name", "paid"),
        [
            # nothing, back, zero, cent, below, at, over, inside, edge, beyond
            ("retroactive", money(0, -6, 0, 0, "1000.00", 2000, "2000.00", 3000, 5250, 7000)),
            ("marginal", money(0, -6, 0, 0, "1000.00", 1000, "1000.00", 2000, 5000, 6750)),
            ("from", money(0, 0, 0, 0, 0, 1000, "1000.00", 1500, 3000, 4000)),
            ("above", money(0, 0, 0, 0, 0, 0, "1000.00", 1500, 3000, 4000)),
            ("marginal-from", money(0, 0, 0, 0, 0, 0, 0, 500, 2000, 4000)),
            ("lump", money(0, 0, 0, 0, 0, 500, 500, 500, 700, 700)),
            ("lumps-entered", money(0, -3, 0, 0, "500.00", 1000, 1000, 1000, 1700, 1700)),
            ("marginal-above", money(0, 0, 0, 0, "1000.00", 1000, "1000.00", 2000, 5000, 7000)),
        ],
    )
    def test_coins(self, results: Results, name: str, paid: tuple[Decimal, ...]) -> None:
        assert coins(results, incentive=name) == dict(zip(SOLD, paid, strict=True))

    @pytest.mark.parametrize(
        ("name", "step"),
        [
            ("retroactive", (1, 1, 1, 1, 1, 2, 2, 2, 3, 3)),  # a first step at 0 has no lower end
            ("from", (0, 0, 0, 0, 0, 1, 1, 1, 1, 1)),
            ("above", (0, 0, 0, 0, 0, 0, 1, 1, 1, 1)),
            ("marginal-above", (0, 0, 0, 1, 1, 1, 2, 2, 2, 2)),  # above 0: nothing reached at 0 and below
        ],
    )
    def test_steps(self, results: Results, name: str, step: tuple[int, ...]) -> None:
        assert earned(results, "step", incentive=name) == dict(zip(SOLD, step, strict=True))

    def test_exact_before_coins(self, results: Results) -> None:
        """49,999.99 at 2 % = 999.9998; 50,000.01: 1,000 and a cent at 4 % = 1,000.0004."""
        exact = earned(results, "exact", incentive="marginal")
        assert (exact["below"], exact["over"]) == money("999.9998", "1000.0004")
        assert exact["cent"] == Decimal("0.0002")


class TestAnotherBase:
    """Rule 23. The driver's average rate, times the base; per unit as well."""

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls) -> Results:
        ledger = world()
        for partner, net, pieces in (
            ("a", 10000, 100),
            ("b", 10000, 30),
            ("none", 10000, 0),
            ("back", 10000, -10),
            ("none-sold", 0, 100),
        ):
            ledger.enrolled(partner)
            ledger.sale(partner, day("2026-02-10"), net, quantity=pieces)
        by_pieces = steps((0, "0.01"), (50, "0.03"), kind="marginal")
        unit = steps((0, PerUnit(money=Decimal(2))), (50, PerUnit(money=Decimal(5))), kind="marginal")
        programme = year(
            incentive("percent", scale=by_pieces, driver=take("quantity")),
            incentive("unit", scale=unit, driver=take("net"), base=take("quantity")),
            incentive("same", scale=unit, base=take("quantity")),
        )
        return calculated(programme, ledger, "2026-03-31")

    @pytest.mark.parametrize(
        ("name", "paid"),
        [
            # 100 pieces: (50 × 1 % + 50 × 3 %) ÷ 100 = 2 %; 30: 1 %; none: the first step's 1 %
            ("percent", {"a": 200, "b": 100, "none": 100, "back": 100, "none-sold": 0}),
            # 10,000 of driver: (50 × 2 + 9,950 × 5) ÷ 10,000 = 4.985 a piece; a driver of 0: 2 a piece
            ("unit", {"a": "498.50", "b": "149.55", "none": 0, "back": "-49.85", "none-sold": 200}),
            ("same", {"a": 350, "b": 60, "none": 0, "back": -20, "none-sold": 350}),
        ],
    )
    def test_coins(self, results: Results, name: str, paid: dict[str, object]) -> None:
        expected = {partner: Decimal(str(one)) for partner, one in paid.items()}
        assert coins(results, incentive=name) == expected

    def test_an_average_that_does_not_end(self) -> None:
        """Driver 3 pieces, 1 % to 1, then 2 %: 5/3 % = 1.6666666667 %; of 1,000,000: 16,666.6667."""
        ledger = world()
        for partner, pieces in (("a", 3), ("b", 1)):
            ledger.enrolled(partner)
            ledger.sale(partner, day("2026-02-10"), 1_000_000, quantity=pieces)
        by_pieces = steps((0, "0.01"), (1, "0.02"), kind="marginal")
        programme = year(incentive(scale=by_pieces, driver=take("quantity")))
        found = calculated(programme, ledger, "2026-03-31")
        assert earned(found, "exact") == {"a": Decimal("16666.6667"), "b": Decimal(10000)}


class TestGrowthOfAlmostNothing:
    """A baseline of a euro makes a growth of two million percent: a figure that stops nobody."""

    @pytest.mark.parametrize(
        ("kind", "paid"),
        [
            ("retroactive", ("600.03", "0.02")),  # 3 % of 20,001; 2 % of 1.20
            # a: (0.9 × 2 % + 19,999 × 3 %) ÷ 20,000 = 2.99994 %; b: (0.1 × 2 %) ÷ 0.2 = 1 %
            ("marginal", ("600.02", "0.01")),
        ],
    )
    def test_pays_by_its_step(self, kind: str, paid: tuple[str, str]) -> None:
        growth = Growth(of=use("revenue"), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),))
        ledger = world(a=20001, b="1.20")
        for partner in "ab":
            ledger.sale(partner, day("2025-02-10"), 1)
        scale = steps(("0.1", "0.02"), ("1", "0.03"), kind=kind)
        results = calculated(year(incentive(driver=growth, scale=scale)), ledger, "2026-03-31")
        assert coins(results) == dict(zip("ab", money(*paid), strict=True))


class TestMuchForAPiece:
    """A piece may be paid 10,000 and more: yen, won, forints."""

    @pytest.mark.parametrize("prorate", ["none", "months"])
    def test_by_steps(self, prorate: str) -> None:
        """25,000 a piece to 10 pieces, then 40,000: of 15 it is 250,000 + 200,000; on money, the average."""
        unit = steps(
            *((start, PerUnit(money=Decimal(each))) for start, each in ((0, 25000), (10, 40000))),
            kind="marginal",
        )
        newcomers = Newcomers(prorate=prorate)  # type: ignore[arg-type]
        ledger = world(a=None, b=None)
        ledger.sale("a", day("2026-02-10"), 20, quantity=15)
        ledger.sale("b", day("2026-02-10"), 5, quantity=2)
        programme = year(
            incentive("own", scale=unit, base=take("quantity"), newcomers=newcomers),
            incentive("other", scale=unit, driver=take("net"), base=take("quantity"), newcomers=newcomers),
        )
        results = calculated(programme, ledger, "2026-03-31")
        assert coins(results, incentive="own") == {"a": Decimal(450_000), "b": Decimal(50_000)}
        # a: (10 × 25,000 + 10 × 40,000) ÷ 20 = 32,500 a piece
        assert coins(results, incentive="other") == {"a": Decimal(487_500), "b": Decimal(50_000)}


class TestSeveralPays:
    """Rule 26. Several pays in a step are added."""

    def test_unit_lump_and_lines(self) -> None:
        ledger = world()
        for partner, pieces in (("a", 600), ("b", 499)):
            ledger.enrolled(partner)
            for part in (pieces - 1, 1):
                ledger.sale(partner, day("2026-02-10"), 1, quantity=part)
        both = (PerUnit(money=Decimal(2)), lump(100))
        programme = year(
            incentive("unit", scale=steps((500, both)), base=take("quantity")),
            incentive("line", scale=steps((0, PerUnit(money=Decimal("2.5")))), base=take(aggregate=Lines())),
        )
        found = calculated(programme, ledger, "2026-03-31")
        assert coins(found, incentive="unit") == {"a": Decimal(1300), "b": Decimal(0)}
        assert coins(found, incentive="line") == {"a": Decimal(5), "b": Decimal(5)}


class TestRatesOfRows:
    """Rule 31. A rate that varies by the row cuts the base; the step comes from the whole driver."""

    def test_each_cut_its_own(self) -> None:
        """15,000 reach step 2: boxes 10,000 at 3 %, pens 5,000 at 1 %: 350.00; b stays in step 1."""
        boxes = Is(column="product.family", values=("boxes",))
        table = Cases(rows=(Case(when=boxes, use=Decimal("0.03")),), otherwise=Decimal("0.01"))
        two = Scale(
            kind=ScaleKind.RETROACTIVE,
            steps=(
                Step(start=Decimal(0), pays=(Percent(rate=Decimal("0.005")),)),
                Step(start=Decimal(15000), pays=(Percent(rate=table),)),
            ),
        )
        ledger = world()
        for partner, box, pen in (("a", 10000, 5000), ("b", 10000, "4999.99")):
            ledger.enrolled(partner)
            ledger.sale(partner, day("2026-02-10"), box)
            ledger.sale(partner, day("2026-02-10"), pen, product_id="pen")
        found = calculated(year(incentive(scale=two)), ledger, "2026-03-31")
        assert coins(found) == {"a": Decimal(350), "b": Decimal("75.00")}


class TestLargeAmounts:
    """Up to 10^15 with 4 decimals: no cent is lost on the way."""

    TOP = Decimal("999999999999999.9999")

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls) -> Results:
        ledger = world(top=cls.TOP, small="0.0001", back=-cls.TOP)
        programme = year(
            incentive("percent", scale=steps((0, "0.999999"))),
            incentive(
                "marginal",
                scale=steps((0, "0.000001"), ("0.0001", "0.02"), (10**14, "0.05"), kind="marginal"),
            ),
            incentive("unit", scale=steps((0, PerUnit(money=Decimal("123456.7891")))), base=take("quantity")),
            incentive(
                "average",
                scale=steps((0, "0.01"), (10**14, "0.05"), kind="marginal"),
                driver=take("net"),
                select=Is(column="product.family", values=("boxes",)),
            ),
        )
        return calculated(programme, ledger, "2026-03-31")

    @pytest.mark.parametrize(
        ("name", "exact"),
        [
            # 10^15 − 0.0001 − (10^9 − 0.0000000001)
            ("percent", money("999998999999999.9999000001", "-999998999999999.9999000001", "0.0000999999")),
            # 10^-10; (10^14 − 0.0001) × 2 %; 899,999,999,999,999.9999 × 5 %; below 0 all at the first rate
            ("marginal", money("46999999999999.9999930001", "-999999999.9999999999", "0.0000000001")),
            ("unit", money("123456.7891", "123456.7891", "123456.7891")),
            # 10^12 + 44,999,999,999,999.999995 of TOP: an average rate of 4.6 %, 10 decimals
            ("average", money("45999999999999.9999954", "-9999999999999.999999", "0.000001")),
        ],
    )
    def test_exact(self, results: Results, name: str, exact: tuple[Decimal, ...]) -> None:
        found = earned(results, "exact", incentive=name)
        assert (found["top"], found["back"], found["small"]) == exact

    def test_coins_hold_the_last_cent(self, results: Results) -> None:
        found = coins(results, incentive="percent")
        assert found == {
            "top": Decimal(999_999_000_000_000),
            "back": Decimal(-999_999_000_000_000),
            "small": Decimal(0),
        }
