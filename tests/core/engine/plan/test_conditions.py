"""Conditions in SQL: each as the gate of an incentive of its own, asked at once. Rules 9, 19, 32, 45, 51."""

from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.engine.plan import conditions as plan
from staffel.core.engine.results import Results
from staffel.core.programme.model import (
    ALWAYS,
    All,
    Any,
    Before,
    Condition,
    Holds,
    Kept,
    Never,
    Newcomers,
    Not,
    Part,
    Review,
    Score,
    Share,
    Test,
    Trait,
    When,
    Who,
)
from tests.core.engine.plan.world import SECOND, Ledger, calculated, day, earned, world, year
from tests.forms.conftest import incentive, ladder, take, use


def at_least(figure: object, measure: object = None, comparison: str = "at_least") -> Test:
    """A test on the revenue, or on another measure."""
    of = use("revenue") if measure is None else measure
    return Test(measure=of, comparison=comparison, figure=Decimal(str(figure)))  # type: ignore[arg-type]


THOUSAND = at_least(1000)
HALF = Share(part=take("dealer"), whole=take("list"))


def holding(condition: Condition, results: Results, name: str, start: str = "2026-01-01") -> str:
    """The subjects of whom a gate holds, as one word."""
    gates = earned(results, "gate", start, name)
    assert set(gates.values()) <= {True, False}, f"{condition} is neither"
    return "".join(sorted(one for one, holds in gates.items() if holds))


def gates(
    conditions: dict[str, Condition], ledger: Ledger, on: str, start: str = "2026-01-01", **values: object
) -> dict[str, str]:
    """For each condition the subjects of whom it holds in the window that begins on a day."""
    incentives = [incentive(name, gate=one) for name, one in conditions.items()]
    results = calculated(year(*incentives, **values), ledger, on)
    return {name: holding(one, results, name, start) for name, one in conditions.items()}


class TestComparing:
    """Rule 19. Exact: at_least ≥, above >, at_most ≤, below <; on none no test holds, its denial does."""

    # revenue of a, b, c: 999.9999, 1000, 1000.0001; share of boxes: 39.99999 %, 40 %, none
    WHO = {
        "at_least": ("bc", "b"),
        "above": ("c", ""),
        "at_most": ("ab", "ab"),
        "below": ("a", "a"),
    }

    def test_at_the_edge(self) -> None:
        ledger = world()
        for partner, net, dealer, list_ in (
            ("a", "999.9999", "39999.99", "100000"),
            ("b", "1000", "40000", "100000"),
            ("c", "1000.0001", "1", "0"),
        ):
            ledger.enrolled(partner)
            ledger.sale(partner, day("2026-02-10"), net, dealer=Decimal(dealer), list=Decimal(list_))
        asked: dict[str, Condition] = {}
        expected = {}
        for one, (money, share) in self.WHO.items():
            test = at_least("0.4", HALF, one)
            asked |= {f"money {one}": at_least(1000, comparison=one), one: test, f"not {one}": Not(of=test)}
            denied = "".join(partner for partner in "abc" if partner not in share)
            expected |= {f"money {one}": money, one: share, f"not {one}": denied}
        assert gates(asked, ledger, "2026-03-31") == expected

    def test_missed_least_of_a_score_holds_no_test(self) -> None:
        """a has 2 × 4 = 8 points but less than the least of 10; b has 12."""
        ledger = world()
        for partner, pieces in (("a", 4), ("b", 6)):
            ledger.enrolled(partner)
            ledger.sale(partner, day("2026-02-10"), 1, quantity=pieces)
        part = Part(measure=take("quantity"), points=Decimal(2), least=Decimal(10))
        low = at_least(1, Score(parts=(part,)))
        found = gates({"low": low, "below": at_least(99, low.measure, "below")}, ledger, "2026-03-31")
        assert found == {"low": "b", "below": "b"}


class TestPuttingTogether:
    """All, any and not, over a (sold 500), b (1,500) and c (2,500)."""

    HIGH = at_least(2000)
    WHO: list[tuple[Condition, str]] = [
        (ALWAYS, "abc"),
        (Any(), ""),
        (THOUSAND, "bc"),
        (All(of=(THOUSAND, HIGH)), "c"),
        (Any(of=(THOUSAND, HIGH)), "bc"),
        (Not(of=THOUSAND), "a"),
        (All(of=(THOUSAND, Not(of=HIGH))), "b"),
        (Any(of=(Not(of=THOUSAND), HIGH)), "ac"),
        (Not(of=Any(of=(Not(of=THOUSAND), HIGH))), "b"),
    ]

    def test_holds(self) -> None:
        asked = {f"gate-{number}": condition for number, (condition, _) in enumerate(self.WHO)}
        found = gates(asked, world(a=500, b=1500, c=2500), "2026-03-31")
        assert list(found.values()) == [who for _, who in self.WHO]


class TestTraits:
    """Attributes are read on the window's first day, or on the enrolment's where that is later."""

    TRAITS: dict[str, Condition] = {
        "dealer": Holds(trait=Trait.KIND, values=("dealer",)),
        "dealer-or-shop": Holds(trait=Trait.KIND, values=("dealer", "shop")),
        "german": Holds(trait=Trait.COUNTRY, values=("DE",)),
        "small": Holds(trait=Trait.SIZE, values=("small",)),
        "public": Holds(trait=Trait.SEGMENT, values=("public",)),
        "specialist": Holds(trait=Trait.HOLDS, values=("storage-specialist", "server-specialist")),
        "newcomer": Holds(trait=Trait.NEWCOMER, values=("true",)),
        "old": Holds(trait=Trait.NEWCOMER, values=("false",)),
    }

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls) -> dict[str, str]:
        ledger = Ledger()
        ledger.enrolled("a", size="small")
        ledger.partner("a", day("2026-04-02"), kind="shop", country="AT", size="large")  # a day too late
        ledger.enrolled("b", kind="shop")
        ledger.partner("b", day("2026-04-01"), kind="dealer", segment="public")  # the window's first day
        ledger.enrolled("c", day("2026-05-10"), kind="shop")
        ledger.partner("c", day("2026-05-10"), kind="dealer", country=None)  # the enrolment's first day
        ledger.enrolled("d", day("2026-04-01"), kind=None, country="CH")
        for partner, which, person, since, until in (
            ("a", "storage-specialist", None, "2026-06-30", None),  # from the day asked on
            ("b", "server-specialist", None, "2026-01-01", "2026-06-30"),  # no longer
            ("c", "server-specialist", "anna", "2026-01-01", None),  # a person's, not the firm's
            ("d", "storage-specialist", None, "2026-07-01", None),
        ):
            ledger.certificate(partner, which, person, day(since), day(until) if until else None)
        return gates(cls.TRAITS, ledger, "2026-06-30", SECOND)

    @pytest.mark.parametrize(
        ("name", "who"),
        [
            ("dealer", "abc"),
            ("dealer-or-shop", "abc"),
            ("german", "ab"),
            ("small", "a"),
            ("public", "b"),
            ("specialist", "a"),
            ("newcomer", "c"),  # d joined on the window's first day
            ("old", "abd"),
        ],
    )
    def test_of_whom(self, found: dict[str, str], name: str, who: str) -> None:
        assert found[name] == who


class TestLevels:
    """Rule 32. The level of the window's first day, of its last, or of the day of settlement."""

    def test_by_when(self) -> None:
        """a was gold on 1 April and no more on 30 June; b the other way round; c on the day asked alone."""
        rungs = ladder(("tin", ()), ("gold", (at_least(10**9),)), review=Review(up=Never(), down=Never()))
        ledger = world(a=1, b=1, c=1, d=1)
        for partner, level, since in (
            ("a", "gold", "2026-04-01"),
            ("a", "tin", "2026-06-30"),
            ("b", "gold", "2026-04-02"),
            ("c", "gold", "2026-07-15"),
        ):
            ledger.decision(partner, level, day(since))
        conditions: dict[str, Condition] = {
            when.value: Holds(trait=Trait.LEVEL, values=("gold",), when=when)
            for when in (When.START, When.END, When.SETTLEMENT)
        }
        conditions["any"] = Holds(trait=Trait.LEVEL, values=("gold", "tin"), when=When.END)
        found = gates(conditions, ledger, "2026-07-15", SECOND, ladders=(rungs,))
        assert found == {"start": "a", "end": "b", "settlement": "bc", "any": "abcd"}


class TestAlliance:
    """`or_alliance` lends the hurdle only; who has no alliance has no figure of one."""

    def test_lent(self) -> None:
        ledger = world(a=600, b=400, c=999, d=1000)
        for partner in "ab":
            ledger.membership("g", partner)
        team = at_least(1000, use("revenue", who=Who.ALLIANCE))
        found = gates({"team": team, "either": Any(of=(THOUSAND, team))}, ledger, "2026-03-31")
        assert found == {"team": "ab", "either": "abd"}


class TestMemory:
    """Rule 51. `once met: stays`: it held on a day since the enrolment."""

    def test_once_met(self) -> None:
        """a reached it and returned; b never did; c did before it left and came back; d a quarter ago."""
        ledger = world(a=None, b=999, d=None)
        for net, on in ((1000, "2026-02-10"), (-1, "2026-02-11")):
            ledger.sale("a", day(on), net)
        ledger.enrolled("c", day("2025-01-01"), day("2025-12-31"))
        ledger.enrolment("c", day("2026-01-05"))
        ledger.sale("c", day("2025-12-30"), 5000)
        ledger.sale("d", day("2025-12-31"), 5000)
        found = gates({"kept": Kept(of=THOUSAND), "now": THOUSAND}, ledger, "2026-03-31")
        assert found == {"kept": "ad", "now": ""}

    def test_on_the_day_itself(self) -> None:
        ledger = world(a=1000, b=1)
        for on, who in (("2026-02-09", ""), ("2026-02-10", "a"), ("2026-02-11", "a")):
            assert gates({"kept": Kept(of=THOUSAND)}, ledger, on) == {"kept": who}


class TestProrating:
    """Rule 45. Months from the month of joining on; days exactly; for who joined within the window alone."""

    @pytest.mark.parametrize(
        ("prorate", "joined", "needed"),
        [
            ("none", "2026-05-10", "3000"),
            ("months", "2026-04-01", "3000"),  # on the first day: not within
            ("months", "2026-04-02", "3000"),  # all three months
            ("months", "2026-05-01", "2000"),
            ("months", "2026-05-31", "2000"),
            ("months", "2026-06-30", "1000"),
            ("days", "2026-05-02", "1978.021978022"),  # 60 of 91 days
            ("days", "2026-06-30", "32.967032967"),  # 1 of 91
        ],
    )
    def test_thresholds(self, prorate: str, joined: str, needed: str) -> None:
        """a sold what is needed, to the next ten-thousandth; b a ten-thousandth less; c is no newcomer."""
        up = Decimal(needed).quantize(Decimal("0.0001"), rounding="ROUND_UP")
        ledger = Ledger()
        for partner, net in (("a", up), ("b", up - Decimal("0.0001")), ("c", "2999.9999")):
            ledger.enrolled(partner, day("2020-01-01" if partner == "c" else joined))
            ledger.sale(partner, day("2026-06-30"), net)
        newcomers = Newcomers(prorate=prorate)  # type: ignore[arg-type]
        results = calculated(year(incentive(gate=at_least(3000), newcomers=newcomers)), ledger, "2026-06-30")
        assert earned(results, "gate", SECOND) == {"a": True, "b": False, "c": False}


class TestForms:
    KEPT: Condition = All(of=(THOUSAND, Any(of=(Not(of=Kept(of=at_least(5))), ALWAYS))))

    def test_tests_in_the_order_written(self) -> None:
        assert plan.tests_in(self.KEPT) == [THOUSAND, at_least(5)]
        assert plan.tests_in(Holds(trait=Trait.KIND, values=("dealer",))) == []

    @pytest.mark.parametrize(
        ("condition", "reads"),
        [(KEPT, True), (THOUSAND, False), (Not(of=Kept(of=THOUSAND)), True), (ALWAYS, False)],
    )
    def test_only_memory_reads_every_day(self, condition: Condition, reads: bool) -> None:
        assert plan.reads_days(condition) is reads


def test_a_test_over_another_window() -> None:
    """The quarter before: a sold then, b only now."""
    ledger = world(a=5000, b=None)
    ledger.sale("b", day("2026-04-01"), 5000)
    before = at_least(1000, use("revenue", Before(unit=Unit.QUARTER)))
    assert gates({"before": before}, ledger, "2026-06-30", SECOND) == {"before": "a"}
