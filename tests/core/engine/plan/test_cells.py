"""Cells: lines summed by subject, day and what tells them apart; nothing is lost, nothing is read twice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.engine.plan.cells import bucket_of, buckets_of
from staffel.core.programme.model import (
    AtOnce,
    Different,
    EachUnit,
    Incentive,
    Is,
    Lines,
    Never,
    Not,
    Review,
    Test,
    Who,
)
from tests.core.engine.plan.world import Ledger, calculated, coins, day, running, world, year
from tests.forms.conftest import calculate, incentive, ladder, steps, take, use

GOLD = Is(column="partner.level", values=("gold",))
TIN = Is(column="partner.level", values=("tin",))
BOXES = Is(column="product.family", values=("boxes",))


def buckets(*incentives: Incentive, on: str = "2026-03-31", **values: Any) -> set[str]:
    """The days under which the cells of a world keep its sales of 10 and 20 February."""
    ledger = world(a=1, b=1)
    ledger.sale("a", day("2026-02-20"), 2)
    with running(year(*incentives, **values), ledger, on) as found:
        (name,) = [cells.name for cells in found.assembly.cells.values()]
        rows = found.db.sql(f"select distinct bucket from {name}").fetchall()
    return {str(bucket) for (bucket,) in rows}


class TestBucket:
    """The coarsest bucket into which all windows divide: months, unless one begins within one."""

    @pytest.mark.parametrize(
        ("days", "bucket"),
        [
            ([], "quarter"),
            (["2026-01-01", "2026-04-01"], "quarter"),
            (["2026-01-01", "2026-05-01"], "month"),
            (["2026-01-01", "2026-01-02"], "day"),
            (["2026-04-06"], "day"),
        ],
    )
    def test_of_days(self, days: list[str], bucket: str) -> None:
        assert bucket_of([day(one) for one in days]) == bucket

    QUARTER, MONTH, DAYS = {"2026-01-01"}, {"2026-02-01"}, {"2026-02-10", "2026-02-20"}

    def test_of_quarters(self) -> None:
        assert buckets(incentive()) == self.QUARTER

    def test_of_years_from_february(self) -> None:
        assert buckets(incentive(), calendar=Calendar(starts_month=2)) == self.MONTH

    @pytest.mark.parametrize(
        ("bucket", "days"),
        [
            ("month", ["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"]),
            ("quarter", ["2026-01-01"]),
        ],
    )
    def test_of_a_span(self, bucket: str, days: list[str]) -> None:
        span = Span(day("2025-12-01"), day("2026-04-01"))
        assert buckets_of(span, bucket) == [day(one) for one in days]

    def test_a_window_that_still_runs(self) -> None:
        """Last year's run is cut at the same day, which lies within a month."""
        assert buckets(incentive(), on="2026-02-25") == self.DAYS

    def test_a_year_from_the_sixth(self) -> None:
        assert buckets(incentive(), calendar=Calendar(starts_month=4, starts_day=6)) == self.DAYS


class TestSums:
    def test_every_counted_row_is_in_one_cell(self) -> None:
        """Sums and rows of the cells are those of the lines, reason by reason."""
        ledger = world(a=1, b=2)
        for net, product in ((10, "box"), (20, "pen"), (30, "pen"), (None, "box"), (-5, "box")):
            ledger.sale(
                "a", day("2026-03-05"), net, product_id=product, kind="return" if net == -5 else "sale"
            )
        programme = year(incentive(base=take(where=BOXES)))
        with running(programme, ledger, "2026-03-31") as found:
            query = "select subject, bucket, r0, s_net, rows from cells_sell_out_0 order by all"
            rows = found.db.sql(query).fetchall()
        january = date(2026, 1, 1)  # the quarter's first day
        codes = {code for _, _, code, *_ in rows}
        assert len(codes) == 3  # counted, wrong-product, amount-missing
        counted = [(who, when, net, count) for who, when, code, net, count in rows if code == 0]
        assert counted == [("a", january, Decimal(6), 3), ("b", january, Decimal(2), 1)]  # 1 + 10 − 5
        assert sum(count for *_, count in rows) == 7

    def test_rows_are_counted_where_that_is_asked(self) -> None:
        """A return does not stand for itself."""
        ledger = world(a=1)
        ledger.sale("a", day("2026-03-05"), -5, kind="return")
        one = incentive(driver=take(aggregate=Lines()), base=take())
        with running(year(one), ledger, "2026-03-31") as found:
            query = "select sum(own)::int, sum(rows)::int, sum(s_net)::int from cells_sell_out_0"
            assert found.db.sql(query).fetchall() == [(1, 2, -4)]

    def test_by_key(self) -> None:
        """A key parts the cells; what has none is one value together, and counts as no key."""
        ledger = world(a=None, b=None)
        for net, customer in ((1, "smith"), (2, "smith"), (4, "jones"), (8, None)):
            ledger.sale("a", day("2026-02-10"), net, end_customer_id=customer)
        ledger.sale("b", day("2026-02-10"), 16, end_customer_id="smith")
        different = take(aggregate=Different(key="end_customer_id"))
        with running(year(incentive(driver=different)), ledger, "2026-03-31") as found:
            (name,) = [cells.name for cells in found.assembly.cells.values() if cells.key]
            rows = found.db.sql(f"select subject, key, s_net::int, rows from {name} order by all").fetchall()
        assert rows == [("a", "jones", 4, 1), ("a", "smith", 3, 2), ("a", None, 8, 1), ("b", "smith", 16, 1)]


class TestLevels:
    """Rule 32. A level of the day is joined to cells; a filter may put it together with others."""

    RUNGS = ladder(
        ("tin", ()),
        ("gold", (Test(measure=use("revenue"), comparison="at_least", figure=Decimal(1000)),)),
        review=Review(up=AtOnce(), down=Never()),
    )

    @pytest.mark.parametrize(
        ("where", "paid"),
        [
            (GOLD, (50, 0)),
            (Not(of=GOLD), (1100, 900)),
            (Is(column="partner.level", values=("tin", "gold")), (1150, 900)),
        ],
    )
    def test_from_the_day_after(self, where: Any, paid: tuple[int, int]) -> None:
        """a reaches gold on 10 February; 100 more of that day are still tin, 50 of the next are gold."""
        ledger = world(a=1000, b=900)
        ledger.sale("a", day("2026-02-10"), 100)
        ledger.sale("a", day("2026-02-11"), 50, product_id="pen")
        one = incentive(select=where, scale=steps((0, "1")))
        assert coins(calculated(year(one, ladders=(self.RUNGS,)), ledger, "2026-03-31")) == dict(
            zip("ab", map(Decimal, paid), strict=True)
        )

    QUARTERLY = ladder(
        ("tin", ()),
        ("gold", (Test(measure=use("revenue"), comparison="at_least", figure=Decimal(1000)),)),
        review=Review(up=EachUnit(unit=Unit.QUARTER), down=Never()),
    )

    def test_where_reviews_are_quarterly_quarters_are_enough(self) -> None:
        assert buckets(incentive(select=GOLD), ladders=(self.QUARTERLY,)) == TestBucket.QUARTER

    @pytest.mark.parametrize("since", ["2026-01-01", "2026-02-01", "2026-02-10", "2026-03-15"])
    def test_of_who_begins_within_a_bucket(self, since: str) -> None:
        """900 of 15 March at 10 %, of a tin partner whenever in the quarter it began."""
        ledger = world()
        ledger.enrolled("a")
        ledger.enrolled("b", day(since))
        for partner in "ab":
            ledger.sale(partner, day("2026-03-15"), 900)
        one = incentive(select=TIN, scale=steps((0, "0.1")))
        found = calculated(year(one, ladders=(self.QUARTERLY,)), ledger, "2026-03-31")
        assert coins(found) == {"a": Decimal(90), "b": Decimal(90)}

    @pytest.mark.parametrize("where", [GOLD, TIN])
    @pytest.mark.parametrize(("left", "again"), [("2026-05-01", "2026-06-01"), ("2026-05-10", "2026-05-20")])
    def test_of_who_leaves_as_gold_and_comes_back_as_tin(self, where: Is, left: str, again: str) -> None:
        ledger = world()
        ledger.enrolled("b")
        ledger.enrolled("a", until=day(left))
        ledger.enrolment("a", day(again))
        for partner in "ab":
            for sold_on, net in (
                ("2026-02-05", 2000),
                ("2026-04-02", 100),
                ("2026-05-25", 30),
                ("2026-06-20", 40),
            ):
                ledger.sale(partner, day(sold_on), net)
        one = incentive(select=where, scale=steps((0, "1")))
        calculate(year(one, ladders=(self.QUARTERLY,)), ledger, "2026-06-30")

    def test_of_firms_that_became_one(self) -> None:
        """The spells of both are one's."""
        ledger = world()
        ledger.enrolled("a", day("2026-01-10"), day("2026-02-20"))
        ledger.enrolled("b", day("2026-03-05"))
        ledger.partner("a", day("2026-03-20"), same_as="b")
        for partner, sold_on in (("a", "2026-02-10"), ("a", "2026-02-25"), ("b", "2026-03-10")):
            ledger.sale(partner, day(sold_on), 900)
        one = incentive(select=TIN, scale=steps((0, "0.1")))
        calculate(year(one, ladders=(self.QUARTERLY,)), ledger, "2026-06-30")


class TestGroups:
    """Rule 42. A member's cells are its group's on the days of its membership."""

    def test_days_of_membership(self) -> None:
        ledger = Ledger()
        for partner in "ab":
            ledger.enrolled(partner)
        ledger.membership("g", "a", day("2026-02-10"), day("2026-02-20"))
        ledger.membership("g", "b")
        for sold_on, net in (("2026-02-09", 1), ("2026-02-10", 2), ("2026-02-19", 4), ("2026-02-20", 8)):
            ledger.sale("a", day(sold_on), net)
        ledger.sale("b", day("2026-02-09"), 16)
        rows = take(aggregate=Lines(), who=Who.ALLIANCE)
        results = calculated(
            year(incentive(driver=take(who=Who.ALLIANCE)), incentive("rows", driver=rows)),
            ledger,
            "2026-03-31",
        )
        driver = {(row["incentive"], row["subject"]): row["driver_num"] for row in results.rows("earned")}
        assert driver == {
            ("bonus", "a"): None,  # no member on the last day
            ("bonus", "b"): Decimal(22),
            ("rows", "a"): None,
            ("rows", "b"): Decimal(3),
        }
