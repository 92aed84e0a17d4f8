"""Lines: each row with its subject, day, amount and reason. Rules 1 to 6, 44 and 47; `language.md`, 4."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.engine.plan.cores import (
    Basis,
    Core,
    code_of,
    conjuncts,
    level_part,
    reads_level,
    reasons_of,
)
from staffel.core.engine.plan.marks import leaves
from staffel.core.programme.model import All, Different, Filter, Group, Is, Late, Lines, Not, Take
from staffel.core.programme.model import Any as Either
from staffel.core.sources import REASONS
from tests.core.engine.plan.world import Q1, Q2, Ledger, day, running, year
from tests.forms.conftest import NAMED, incentive, take

REOPEN = Late()
FEBRUARY = date(2026, 2, 10)
SALE, BOXES = Is(column="kind", values=("sale",)), Is(column="product.group", values=("boxes",))
GOLD = Is(column="partner.level", values=("gold",))


def asked(
    of: Take, ledger: Ledger, on: str = "2026-06-30", late: Late = REOPEN, **values: Any
) -> list[dict[str, Any]]:
    """Each line as the plan sees it for a measure: its id, subject, day, amount and reason."""
    programme = year(incentive(base=of, late=late), **values)
    with running(programme, ledger, on, kept=True) as found:
        lines = found.assembly.lines["sell_out"]
        basis = Basis(date=of.date, returns=late.returns, moves_on=late.lines == "next")
        reason = lines.core(Core(source="sell_out", aggregate=of.aggregate, where=of.where, basis=basis))
        number = lines.basis(basis)
        amount = getattr(of.aggregate, "column", None)
        columns = f"line_id, commit_no, revision, subject, day_{number} as day, {reason} as code"
        amounts = f", a_{amount} as amount" if amount else ""
        rows = found.db.sql(f"select {columns}{amounts} from lines_sell_out order by all").to_arrow_table()
    told = ("counted", *REASONS)
    return [row | {"reason": told[row.pop("code")]} for row in rows.to_pylist()]


def reasons(of: Take, ledger: Ledger, **values: Any) -> list[str]:
    """The reason of each line, in the order of the lines."""
    return [row["reason"] for row in asked(of, ledger, **values)]


def market() -> Ledger:
    """Two partners and two products; of `a` little is known before March."""
    ledger = Ledger()
    ledger.product("box", "boxes")
    ledger.product("pen", "pens")
    ledger.enrolled("a", country="DE")
    ledger.enrolled("b", country="AT")
    return ledger


GROUPS = (Group(name="boxes", title=NAMED, where=Is(column="product.family", values=("boxes",))),)


class TestForms:
    """What the plan asks of a filter's form."""

    NESTED: Filter = All(of=(All(of=(SALE,)), Not(of=Either(of=(GOLD, BOXES)))))

    def test_leaves_in_the_order_written(self) -> None:
        assert leaves(self.NESTED) == [SALE, GOLD, BOXES]
        assert leaves(All()) == []

    def test_conjuncts_are_what_must_all_hold(self) -> None:
        assert conjuncts(self.NESTED) == (SALE, Not(of=Either(of=(GOLD, BOXES))))
        assert conjuncts(Either(of=(SALE, GOLD))) == (Either(of=(SALE, GOLD)),)

    @pytest.mark.parametrize(
        ("where", "reads", "parts"),
        [
            (SALE, False, ()),
            (GOLD, True, (GOLD,)),
            (All(of=(SALE, GOLD)), True, (GOLD,)),
            (Either(of=(SALE, GOLD)), True, (Either(of=(SALE, GOLD)),)),
            (All(), False, ()),
        ],
    )
    def test_the_part_that_reads_the_level(self, where: Filter, reads: bool, parts: Sequence[Filter]) -> None:
        assert (reads_level(where), level_part(where)) == (reads, parts)

    @pytest.mark.parametrize(
        ("where", "reason"),
        [
            (SALE, "wrong-kind"),
            (Not(of=BOXES), "wrong-product"),
            (Either(of=(GOLD, SALE)), "level-that-day"),
            (Is(column="route", values=("x",)), "wrong-place"),
            (Is(column="partner.size", values=("x",)), "wrong-customer"),
        ],
    )
    def test_a_filters_reason_is_its_first_columns(self, where: Filter, reason: str) -> None:
        assert reasons_of(where) == (reason,)

    def test_codes_count_from_1(self) -> None:
        assert [code_of(one) for one in REASONS] == list(range(1, len(REASONS) + 1))


class TestReasons:
    """The first reason of the closed list that applies, and no other; 0 where the row counts."""

    WHERE = All(
        of=(
            BOXES,
            Is(column="kind", values=("sale", "return")),
            Is(column="partner.country", values=("DE",)),
            Is(column="route", values=("portal",)),
        )
    )

    def line(self, ledger: Ledger, **values: Any) -> None:
        own = {"partner": "a", "sold_on": FEBRUARY, "net": 100, "route": "portal"}
        ledger.sale(**(own | values))

    CASES = [
        ({}, "counted"),
        ({"partner": "z"}, "not-enrolled"),  # nobody takes part under this name
        ({"partner": "b"}, "wrong-place"),  # from Austria
        ({"product_id": "pen"}, "wrong-product"),
        ({"product_id": "unknown"}, "wrong-product"),
        ({"kind": "correction"}, "wrong-kind"),
        ({"route": None}, "wrong-place"),  # an empty column has none of the values
        ({"net": None}, "amount-missing"),
        ({"net": 0}, "counted"),
        ({"currency": "USD"}, "amount-missing"),  # no rate
        ({"kind": "correction", "product_id": "pen", "route": "shop", "net": None}, "wrong-kind"),
        ({"product_id": "pen", "route": "shop", "net": None}, "wrong-product"),
        ({"partner": "z", "product_id": "pen"}, "not-enrolled"),
        ({"kind": "return", "net": -5}, "counted"),
    ]

    def test_one_reason_each(self) -> None:
        ledger = market()
        for values, _ in self.CASES:
            self.line(ledger, **values)
        found = reasons(take(where=self.WHERE), ledger, products=GROUPS)
        assert found == [reason for _, reason in self.CASES]

    def test_what_is_no_row_of_this_programme(self) -> None:
        """Another vendor's lines, and lines after the day asked, are not even looked at."""
        ledger = market()
        self.line(ledger, vendor_id="w")
        self.line(ledger, sold_on=date(2026, 6, 30))
        self.line(ledger, sold_on=date(2026, 7, 1))
        assert [row["line_id"] for row in asked(take(), ledger)] == ["L0002"]

    def test_a_line_of_nobody_counts_for_nobody(self) -> None:
        ledger = market()
        self.line(ledger, partner=None)
        self.line(ledger)
        assert [row["line_id"] for row in asked(take(), ledger)] == ["L0002"]


class TestEnrolled:
    """Rule 6. Joined 10 May: a line of 9 May is not enrolled, one of 10 May counts; so with the last day."""

    def test_days(self) -> None:
        ledger = Ledger()
        ledger.product("box", "boxes")
        ledger.enrolled("a", day("2026-05-10"), day("2026-05-20"))
        ledger.enrolled("b")
        for number in (9, 10, 19, 20):
            ledger.sale("a", date(2026, 5, number), 1)
        ledger.sale("b", date(2026, 5, 9), 1)
        assert reasons(take(), ledger) == [
            "not-enrolled",
            "counted",
            "counted",
            "not-enrolled",
            "counted",
        ]


class TestDates:
    """Rule 2. The date that the measure names picks the window; a row without it is not counted."""

    def test_invoiced(self) -> None:
        ledger = market()
        ledger.sale("a", date(2026, 3, 30), 1, invoiced_on=date(2026, 4, 2))
        ledger.sale("b", date(2026, 3, 30), 1)
        rows = asked(take(date="invoiced_on"), ledger)
        assert [(row["subject"], row["day"], row["reason"]) for row in rows] == [
            ("a", date(2026, 4, 2), "counted"),
            ("b", date(2026, 3, 30), "date-missing"),  # belongs, uncounted, to its main date
        ]


class TestAttributes:
    """An attribute is read on the day of the row; the first one known reaches back."""

    def test_a_product_changes_its_family(self) -> None:
        ledger = market()
        ledger.product("box", "pens", date(2026, 3, 1))
        for sold_on in (date(2019, 1, 1), date(2026, 2, 28), date(2026, 3, 1)):
            ledger.sale("a", sold_on, 1)
        ledger.sale("b", date(2026, 2, 28), 1)
        ledger.enrolment("a", date(2018, 1, 1), date(2020, 1, 1))
        found = reasons(take(where=BOXES), ledger, products=GROUPS)
        assert found == ["counted", "counted", "wrong-product", "counted"]


class TestReturns:
    """Rule 5. A return that names its sale takes its dates; with nothing left, both count nowhere."""

    def ledger(self, net: object, quantity: object = 1, **values: Any) -> Ledger:
        ledger = market()
        sale = ledger.sale("a", date(2026, 3, 10), 1000, quantity=2)
        ledger.back(sale, date(2026, 5, 5), net, quantity, **values)
        ledger.sale("b", date(2026, 3, 10), 1000)
        return ledger

    def seen(self, of: Take, ledger: Ledger, late: Late = REOPEN) -> list[tuple[Any, str]]:
        return [(row["day"], row["reason"]) for row in asked(of, ledger, late=late)]

    MARCH, MAY = date(2026, 3, 10), date(2026, 5, 5)

    @pytest.mark.parametrize(
        ("net", "quantity", "sale", "back"),
        [
            (400, 1, "counted", "counted"),
            (1000, 2, "returned", "returned"),  # nothing left
            (1000, 1, "counted", "counted"),  # a piece is left
            (999, 2, "counted", "counted"),  # a euro is left
        ],
    )
    def test_amounts(self, net: object, quantity: object, sale: str, back: str) -> None:
        seen = self.seen(take(), self.ledger(net, quantity))
        assert seen == [(self.MARCH, sale), (self.MARCH, back), (self.MARCH, "counted")]

    @pytest.mark.parametrize(("net", "quantity", "sale"), [(400, 1, "counted"), (1000, 2, "returned")])
    def test_rows(self, net: object, quantity: object, sale: str) -> None:
        """A return never is a row of its own; its sale is one as long as something is left."""
        for aggregate in (Lines(), Different(key="order_no")):
            seen = self.seen(take(aggregate=aggregate), self.ledger(net, quantity))
            assert seen == [(self.MARCH, sale), (self.MARCH, "returned"), (self.MARCH, "counted")]

    def test_by_its_own_dates(self) -> None:
        own = Late(returns="own")
        seen = self.seen(take(), self.ledger(1000, 2), own)
        assert seen == [(self.MARCH, "counted"), (self.MAY, "counted"), (self.MARCH, "counted")]
        seen = self.seen(take(aggregate=Lines()), self.ledger(1000, 2), own)
        assert seen == [(self.MARCH, "counted"), (self.MAY, "returned"), (self.MARCH, "counted")]

    @pytest.mark.parametrize(
        "values",
        [
            {"returns": "L9999"},  # nobody knows this sale
            {"returns": None},
            {"partner_id": "b"},  # another's sale
        ],
    )
    def test_that_names_no_sale_of_its_own_partner_stands_alone(self, values: dict[str, Any]) -> None:
        seen = self.seen(take(), self.ledger(1000, 2, **values))
        assert sorted(seen) == sorted(
            [(self.MARCH, "counted"), (self.MAY, "counted"), (self.MARCH, "counted")]
        )

    def test_after_the_day_asked_it_is_not_known(self) -> None:
        rows = asked(take(), self.ledger(1000, 2), on="2026-05-04")
        assert [(row["day"], row["reason"]) for row in rows] == [(self.MARCH, "counted")] * 2


class TestCorrections:
    """Rule 1. A corrected row and the one that takes it back count nowhere; the new one does."""

    def test_taken_back(self) -> None:
        ledger = market()
        wrong = ledger.sale("a", FEBRUARY, 1200)
        ledger.sale("b", FEBRUARY, 7)
        ledger.commit()
        ledger.reversal(wrong)
        ledger.sale("a", FEBRUARY, 900, line_id=wrong["line_id"], revision=2)
        rows = asked(take(), ledger)
        assert [(row["line_id"], row["amount"], row["reason"]) for row in rows] == [
            ("L0001", Decimal(1200), "withdrawn"),
            ("L0001", Decimal(-1200), "withdrawn"),
            ("L0001", Decimal(900), "counted"),
            ("L0002", Decimal(7), "counted"),
        ]

    def test_a_return_that_was_taken_back_takes_nothing(self) -> None:
        ledger = market()
        sale = ledger.sale("a", FEBRUARY, 1000)
        back = ledger.back(sale, date(2026, 3, 1), 1000)
        assert reasons(take(), ledger) == ["returned", "returned"]
        ledger.reversal(back)
        assert reasons(take(), ledger) == ["counted", "withdrawn", "withdrawn"]


class TestLate:
    """Rule 4. With `next` a late line counts as if dated on the first day of the window then open."""

    def closed(self) -> Ledger:
        """Both first quarters are closed, one in commit 2, the other in commit 4."""
        ledger = market()
        for window in (Q1, Q2):
            ledger.commit()
            ledger.close(window.start, window.until, window.until)
            ledger.commit()
        return ledger

    @pytest.mark.parametrize(
        ("commit_no", "sold_on", "counts_on"),
        [
            (1, "2026-03-31", "2026-03-31"),  # in time
            (2, "2026-03-31", "2026-03-31"),  # in the commit of the close itself
            (3, "2026-03-31", "2026-04-01"),  # the second quarter was open
            (4, "2026-03-31", "2026-04-01"),
            (5, "2026-03-31", "2026-07-01"),  # closed too
            (5, "2026-04-01", "2026-07-01"),
            (5, "2025-12-31", "2025-12-31"),  # of a window that nobody closed
            (5, "2026-07-05", "2026-07-05"),
        ],
    )
    def test_next(self, commit_no: int, sold_on: str, counts_on: str) -> None:
        ledger = self.closed()
        ledger.sale("a", day(sold_on), 1, commit_no=commit_no)
        ledger.sale("b", date(2026, 3, 31), 1, commit_no=1)
        rows = asked(take(), ledger, on="2026-09-30", late=Late(lines="next"))
        assert {row["subject"]: str(row["day"]) for row in rows} == {"a": counts_on, "b": "2026-03-31"}

    def test_reopen_leaves_it_where_it_was_sold(self) -> None:
        ledger = self.closed()
        ledger.sale("a", date(2026, 3, 31), 1)
        rows = asked(take(), ledger, on="2026-09-30")
        assert [row["day"] for row in rows] == [date(2026, 3, 31)]


class TestMerged:
    """Rule 44. From the day on, the rows of the old id are the new one's, all of history."""

    @pytest.mark.parametrize(("on", "subjects"), [("2026-04-30", "ab"), ("2026-05-01", "bb")])
    def test_rows(self, on: str, subjects: str) -> None:
        ledger = market()
        ledger.partner("a", date(2026, 5, 1), same_as="b")
        ledger.sale("a", FEBRUARY, 1)
        ledger.sale("b", FEBRUARY, 2)
        assert [row["subject"] for row in asked(take(), ledger, on=on)] == list(subjects)


class TestCurrency:
    """Rule 47. Row by row, 4 decimals, by the rate of the row's day, of a return its sale's day."""

    def ledger(self) -> Ledger:
        ledger = market()
        ledger.rate("USD", "EUR", "0.91237", day("2026-01-01"))
        ledger.rate("USD", "EUR", "0.5", day("2026-03-01"))
        return ledger

    def amounts(self, ledger: Ledger, **values: Any) -> list[Decimal | None]:
        return [row["amount"] for row in asked(take(), ledger, **values)]

    def test_by_the_day_of_sale(self) -> None:
        """850 × 0.91237 = 775.5145; 0.0001 × 0.5 = 0.00005, half up."""
        ledger = self.ledger()
        for partner, sold_on, net in (
            ("a", "2026-02-28", 850),
            ("a", "2026-03-01", "0.0001"),
            ("b", "2025-12-31", 1),  # before the first rate
        ):
            ledger.sale(partner, day(sold_on), net, currency="USD")
        ledger.sale("b", day("2026-02-28"), 850)
        assert self.amounts(ledger) == [Decimal("775.5145"), Decimal("0.0001"), None, Decimal(850)]

    @pytest.mark.parametrize("late", [Late(), Late(returns="own")])
    def test_a_return_takes_its_sales_rate_whatever_its_date(self, late: Late) -> None:
        ledger = self.ledger()
        sale = ledger.sale("a", day("2026-02-28"), 850, quantity=2, currency="USD")
        ledger.back(sale, day("2026-04-01"), 850)
        assert self.amounts(ledger, late=late) == [Decimal("775.5145"), Decimal("-775.5145")]

    def test_pieces_are_not_converted(self) -> None:
        ledger = self.ledger()
        ledger.sale("a", day("2026-02-28"), 850, quantity="2.5", currency="USD")
        rows = asked(take("quantity"), ledger)
        assert [row["amount"] for row in rows] == [Decimal("2.5")]
