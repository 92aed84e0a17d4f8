"""Measures in SQL: each form as the driver of an incentive of its own, asked at once. Rules 7, 9 to 17."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.results import Results
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Different,
    GrownPart,
    Growth,
    Is,
    Last,
    LastYear,
    Lines,
    Measure,
    Named,
    Newcomers,
    Part,
    Percent,
    Scale,
    ScaleKind,
    Score,
    Share,
    Step,
    SumOf,
    Take,
    ToDate,
    Who,
)
from tests.core.engine.plan.world import Q2, Ledger, calculated, coins, day, earned, world, year
from tests.forms.conftest import incentive, steps, take, use

BOXES = Is(column="product.family", values=("boxes",))
PRO = Take(
    aggregate=Different(key="person_id"),
    source="certifications",
    where=Is(column="certification", values=("pro",)),
    date="holds_from",
)
NAMED = {
    "boxes": take(where=BOXES),
    "pieces": take("quantity"),
    "lines": take(aggregate=Lines()),
    "customers": take(aggregate=Different(key="end_customer_id")),
    "engineers": PRO,
    "team": take(who=Who.ALLIANCE),
}
Pair = tuple[Decimal | None, Decimal | None]


def nothing_paid() -> Scale:
    """A scale that any unit may drive."""
    return Scale(
        kind=ScaleKind.RETROACTIVE, steps=(Step(start=Decimal(0), pays=(Percent(rate=Decimal("0.01")),)),)
    )


def asking(ledger: Ledger, on: str, measures: dict[str, Measure], **values: Any) -> Results:
    """Each measure as a driver, asked by everybody in the quarter that runs on a day."""
    incentives = [incentive(name, driver=of, scale=nothing_paid(), **values) for name, of in measures.items()]
    return calculated(year(*incentives, measures=NAMED), ledger, on)


def pairs(results: Results, name: str, start: str) -> dict[str, Pair]:
    """A measure's figure of each subject, its second part where it is a pair."""
    num, den = (earned(results, one, start, name) for one in ("driver_num", "driver_den"))
    return {partner: (num[partner], den[partner]) for partner in num}


def figure(*values: object) -> dict[str, Pair]:
    """Figures of a, b, …, each a number, a pair of both parts, or none."""
    made = {}
    for partner, value in zip("abcdefg", values, strict=False):
        num, den = value if isinstance(value, tuple) else (value, None)
        made[partner] = tuple(None if one is None else Decimal(str(one)) for one in (num, den))
    return made  # type: ignore[return-value]


class TestTakes:
    """Sums, rows and different keys, of one's own and of one's alliance; no rows: 0, no alliance: none."""

    TAKES: dict[str, Measure] = {
        "sum": use("revenue"),
        "boxes": use("boxes"),
        "pieces": use("pieces"),
        "rows": use("lines"),
        "customers": use("customers"),
        "team": use("team"),
        "lent": use("revenue", who=Who.ALLIANCE),
        "team-customers": use("customers", who=Who.ALLIANCE),
        "engineers": use("engineers"),
        "team-engineers": use("engineers", who=Who.ALLIANCE),
        "average-box": Share(part=use("boxes"), whole=use("pieces")),
    }

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls) -> Results:
        """a and b are one alliance; c is alone and sold nothing; d left it before the last day."""
        ledger = world(a=None, b=None, c=None, d=None)
        for partner in "ab":
            ledger.membership("g", partner)
        ledger.membership("g", "d", until=day("2026-05-01"))
        sales = [
            ("a", "2026-04-01", 100, 2, "box", "smith"),
            ("a", "2026-04-02", "0.5", 1, "pen", "smith"),
            ("a", "2026-05-14", 40, 1, "box", None),  # the day asked; no customer
            ("a", "2026-03-31", 7, 1, "box", "jones"),  # the quarter before
            ("b", "2026-04-30", -3, 4, "pen", "smith"),
            ("d", "2026-04-30", 10, 1, "pen", "king"),
            ("d", "2026-05-01", 1000, 1, "pen", "duke"),  # no member any more
        ]
        for partner, sold_on, net, quantity, product, customer in sales:
            values = {"product_id": product, "end_customer_id": customer}
            ledger.sale(partner, day(sold_on), net, quantity, **values)
        for partner, person, until in (
            ("a", "anna", None),
            ("a", "bert", "2026-05-15"),  # still in force on the 14th
            ("a", "carl", "2026-05-14"),
            ("b", "anna", None),  # of two members: one person
            ("b", None, None),  # the firm's own
        ):
            ledger.certificate(partner, "pro", person, until=day(until) if until else None)
        ledger.certificate("c", "other", "emil")
        return asking(ledger, "2026-05-14", cls.TAKES)

    @pytest.mark.parametrize(
        ("name", "figures"),
        [
            ("sum", figure("140.5", -3, 0, 1010)),
            ("boxes", figure(140, 0, 0, 0)),
            ("pieces", figure(4, 4, 0, 2)),
            ("rows", figure(3, 1, 0, 2)),
            ("customers", figure(1, 1, 0, 2)),  # a missing key is not counted
            ("team", figure("147.5", "147.5", None, None)),  # d's rows of the days of its membership
            ("lent", figure("147.5", "147.5", None, None)),
            ("team-customers", figure(2, 2, None, None)),  # smith once for the group, and king
            ("engineers", figure(2, 1, 0, 0)),
            ("team-engineers", figure(2, 2, None, None)),
            ("average-box", figure((140, 4), (0, 4), None, (0, 2))),  # of no piece: none
        ],
    )
    def test_figures(self, results: Results, name: str, figures: dict[str, Pair]) -> None:
        assert pairs(results, name, "2026-04-01") == figures


class TestWindows:
    """Rule 7. A measure over other days than its asker's; a window inside a window."""

    LAST_YEAR = Span(date(2025, 4, 10), date(2025, 4, 12))
    MEASURES: dict[str, Measure] = {
        "current": use("revenue"),
        "year-to-date": use("revenue", ToDate(unit=Unit.YEAR)),
        "last-4": use("revenue", Last(count=4, unit=Unit.QUARTER)),
        "last-4-closed": use("revenue", Last(count=4, unit=Unit.QUARTER, closed=True)),
        "before": use("revenue", Before(unit=Unit.QUARTER)),
        "last-year": use("revenue", LastYear(unit=Unit.QUARTER)),
        "last-year-to-date": use("revenue", LastYear(unit=Unit.QUARTER, to_date=True)),
        "named": use("revenue", Named(span=LAST_YEAR)),
        "own": use("before_last", LastYear(unit=Unit.QUARTER)),
    }

    def test_days(self) -> None:
        """Of each power of 2 one day: a figure tells which days it holds. b sold on days that none holds."""
        days = {
            1: "2026-05-14",
            2: "2026-04-01",
            4: "2026-03-31",
            8: "2026-01-01",
            16: "2025-07-01",
            32: "2025-06-30",
            64: "2025-05-14",
            128: "2025-04-11",
            256: "2025-01-01",
        }
        ledger = world(a=None, b=None)
        for net, sold_on in days.items():
            ledger.sale("a", day(sold_on), net)
        for sold_on in ("2026-05-15", "2024-12-31"):
            ledger.sale("b", day(sold_on), 1000)
        measures = NAMED | {"before_last": take(over=Before(unit=Unit.QUARTER))}
        incentives = [incentive(name, driver=of) for name, of in self.MEASURES.items()]
        results = calculated(year(*incentives, measures=measures), ledger, "2026-05-14")
        found = {name: earned(results, "driver_num", "2026-04-01", name) for name in self.MEASURES}
        assert {name: int(one["a"]) for name, one in found.items()} == {
            "current": 1 + 2,
            "year-to-date": 1 + 2 + 4 + 8,
            "last-4": 1 + 2 + 4 + 8 + 16,
            "last-4-closed": 4 + 8 + 16 + 32 + 64 + 128,
            "before": 4 + 8,
            "last-year": 32 + 64 + 128,
            "last-year-to-date": 64 + 128,
            "named": 128,
            "own": 256,  # its own window stands: the quarter before the same quarter last year
        }
        assert {int(one["b"]) for one in found.values()} == {0}


class TestShares:
    """Rule 13. A pair travels undivided; of a whole of 0 or less it is none."""

    @pytest.mark.parametrize(
        ("boxes", "pens", "share"),
        [
            ("39999.99", "60000.01", ("39999.99", "100000")),
            (0, 5, (0, 5)),
            (5, -5, None),
            (5, "-5.0001", None),
            (-5, 10, (-5, 5)),
            (None, None, None),
        ],
    )
    def test_of_boxes(self, boxes: object, pens: object, share: object) -> None:
        ledger = world(a=boxes, b=8)
        if pens is not None:
            ledger.sale("a", day("2026-02-10"), pens, product_id="pen")
        results = asking(ledger, "2026-03-31", {"share": Share(part=use("boxes"), whole=use("revenue"))})
        assert pairs(results, "share", "2026-01-01") == figure(share, (8, 8))


class TestGrowth:
    """Rules 14 and 15, by the quarter before (B) and the same quarter last year (Y)."""

    BEFORE, YEAR_AGO = (
        Baseline(window=Before(unit=Unit.QUARTER)),
        Baseline(window=LastYear(unit=Unit.QUARTER)),
    )
    WHOLE = Baseline(window=LastYear(unit=Unit.QUARTER), whole=True)
    GROWTHS: dict[str, Measure] = {
        "percent": Growth(of=use("revenue"), against=(BEFORE,)),
        "best": Growth(of=use("revenue"), against=(YEAR_AGO, BEFORE)),
        "amount": Growth(of=use("revenue"), against=(BEFORE,), shown_as="amount"),
        "best-amount": Growth(of=use("revenue"), against=(YEAR_AGO, BEFORE), shown_as="amount"),
        "given": Growth(of=use("revenue"), against=(BEFORE,), given=Decimal(50)),
    }
    # of each: this quarter, the quarter before, the same quarter last year
    SOLD = {"a": (120, 90, 100), "b": (120, 0, 100), "c": (0, 90, 100), "d": (120, -5, 0), "e": (80, 100, 90)}

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls) -> Results:
        ledger = world()
        for partner, sold in cls.SOLD.items():
            ledger.enrolled(partner)
            for net, sold_on in zip(sold, ("2026-05-05", "2026-02-02", "2025-05-05"), strict=True):
                ledger.sale(partner, day(sold_on), net)
        return asking(ledger, "2026-06-30", cls.GROWTHS)

    @pytest.mark.parametrize(
        ("name", "figures"),
        [
            ("percent", figure((30, 90), None, (-90, 90), None, (-20, 100))),
            ("best", figure((30, 90), (20, 100), (-90, 90), None, (-10, 90))),
            ("amount", figure(30, 120, 0, 120, 0)),  # a baseline of 0 or less counts as 0
            ("best-amount", figure(30, 120, 0, 120, 0)),
            ("given", figure((70, 50), (70, 50), (-50, 50), (70, 50), (30, 50))),
        ],
    )
    def test_figures(self, results: Results, name: str, figures: dict[str, Pair]) -> None:
        assert pairs(results, name, "2026-04-01") == figures

    def test_cut_at_the_same_day_of_the_run(self) -> None:
        """On day 40 of the quarter it compares with days 1 to 40; `whole`, and on the last day, with all."""
        ledger = world(a=None, b=None)
        for sold_on, net in (("2025-05-10", 10), ("2025-05-11", 20), ("2026-05-10", 60)):
            ledger.sale("a", day(sold_on), net)
        ledger.sale("b", day("2025-06-30"), 5)
        measures = {
            "cut": Growth(of=use("revenue"), against=(self.YEAR_AGO,)),
            "whole": Growth(of=use("revenue"), against=(self.WHOLE,)),
        }
        results = asking(ledger, "2026-05-10", measures)
        assert pairs(results, "cut", "2026-04-01") == figure((50, 10), None)
        assert pairs(results, "whole", "2026-04-01") == figure((30, 30), (-5, 5))
        results = asking(ledger, "2026-06-30", measures)
        assert pairs(results, "cut", "2026-04-01") == figure((30, 30), (-5, 5))

    @pytest.mark.parametrize(
        ("joined", "newcomers", "growth", "grown"),
        [
            ("2026-01-01", Newcomers(), (20, 100), 20),  # on the baseline's first day: no newcomer
            ("2026-01-02", Newcomers(), None, 0),
            ("2026-01-02", Newcomers(baseline=Decimal(40)), (80, 40), 80),
            ("2026-01-02", Newcomers(baseline=Decimal(0)), None, 0),  # a percent of 0 is still none
        ],
    )
    def test_newcomers(self, joined: str, newcomers: Newcomers, growth: object, grown: int) -> None:
        ledger = world(b=None)
        ledger.enrolled("a", day(joined))
        for sold_on, net in (("2026-03-02", 100), ("2026-05-05", 120)):
            ledger.sale("a", day(sold_on), net)
            ledger.sale("b", day(sold_on), net)
        of = Growth(of=use("revenue"), against=(self.BEFORE,))
        one = incentive(
            driver=of, base=GrownPart(of=use("revenue")), scale=steps((0, "1")), newcomers=newcomers
        )
        results = calculated(year(one, measures=NAMED), ledger, "2026-06-30")
        assert pairs(results, "bonus", "2026-04-01") == figure(growth, (20, 100))
        assert coins(results, "2026-04-01") == {"a": Decimal(grown), "b": Decimal(20)}

    def test_the_winners_baseline_serves_the_base(self) -> None:
        """120 against 100 last year and 90 the quarter before: the latter wins; boxes grew from 10 to 30."""
        ledger = world(a=None, b=None)
        for sold_on, box, pen in (("2026-05-05", 30, 90), ("2026-02-02", 10, 80), ("2025-05-05", 25, 75)):
            ledger.sale("a", day(sold_on), box)
            ledger.sale("a", day(sold_on), pen, product_id="pen")
        of = Growth(of=use("revenue"), against=(self.YEAR_AGO, self.BEFORE))
        one = incentive(driver=of, base=GrownPart(of=use("boxes")), scale=steps(("0.1", "0.5")))
        results = calculated(year(one, measures=NAMED), ledger, "2026-06-30")
        assert coins(results, "2026-04-01") == {"a": Decimal(10), "b": Decimal(0)}


class TestScores:
    """Rule 16. Points held to `most`; below `least` the sum is shown, but as a driver it is none."""

    PARTS = (
        Part(measure=use("pieces"), points=Decimal(2)),
        Part(measure=use("engineers"), points=Decimal(5), most=Decimal(10), least=Decimal(1)),
        Part(measure=Share(part=use("boxes"), whole=use("revenue")), points=Decimal(3)),
    )

    def test_points(self) -> None:
        """a: 8 + 10 (of 15) + 1/3 × 3 = 1.0000; b has no engineer; c sold nothing: its share gives 0."""
        ledger = world(a=100, b=8, c=None)
        ledger.sale("a", day("2026-02-10"), 200, 3, product_id="pen")
        for partner, person in (("a", "x"), ("a", "y"), ("a", "z"), ("c", "w")):
            ledger.certificate(partner, "pro", person)
        results = asking(ledger, "2026-03-31", {"score": Score(parts=self.PARTS)})
        # 0.3333333333 × 3 = 0.9999999999, to 4 decimals 1.0000
        assert pairs(results, "score", "2026-01-01") == figure(19, None, 5)


class TestAgreed:
    """Rule 17. The figure given for the asker's own window; none where there is none."""

    def test_targets(self) -> None:
        ledger = world(a=1, b=1, c=1, d=1)
        ledger.target("a", "quarterly", Q2.start, Q2.until, 21000)
        ledger.target("b", "quarterly", Q2.start, day("2026-06-30"), 5)  # another window
        ledger.target("c", "yearly", Q2.start, Q2.until, 5)  # another target
        ledger.target("d", "quarterly", Q2.start, Q2.until, 5)
        ledger.commit()
        ledger.target("d", "quarterly", Q2.start, Q2.until, 7)  # agreed anew
        results = asking(ledger, "2026-05-14", {"target": Agreed(target="quarterly")})
        assert pairs(results, "target", "2026-04-01") == figure(21000, None, None, 7)
        assert pairs(results, "target", "2026-01-01") == figure(None, None, None, None)


class TestOpenings:
    """An opening figure stands where no lines are."""

    def test_instead_of_no_lines_and_never_beside_them(self) -> None:
        ledger = world(a=None, b=None, c=None)
        for partner in "ab":
            ledger.opening(partner, "revenue", day("2026-01-01"), day("2026-04-01"), 90)
        ledger.sale("b", day("2026-02-02"), 1)
        measures: dict[str, Measure] = {
            "before": use("revenue", Before(unit=Unit.QUARTER)),
            "growth": Growth(of=use("revenue"), against=(TestGrowth.BEFORE,)),
        }
        for partner in "abc":
            ledger.sale(partner, day("2026-05-05"), 100)
        results = asking(ledger, "2026-06-30", measures)
        assert pairs(results, "before", "2026-04-01") == figure(90, 1, 0)
        assert pairs(results, "growth", "2026-04-01") == figure((10, 90), (99, 1), None)
        # On 5 May 35 of 91 days have run: 90 × 35 of the quarter's 90 days = 35
        results = asking(ledger, "2026-05-05", measures)
        assert pairs(results, "growth", "2026-04-01") == figure((65, 35), (99, 1), None)


def test_a_sum_takes_any_amount_column() -> None:
    ledger = world()
    for partner, cost in (("a", "12.3456"), ("b", None)):
        ledger.enrolled(partner)
        ledger.sale(partner, day("2026-02-10"), 100, cost=None if cost is None else Decimal(cost))
    results = asking(ledger, "2026-03-31", {"cost": take(aggregate=SumOf(column="cost"))})
    assert pairs(results, "cost", "2026-01-01") == figure("12.3456", 0)
