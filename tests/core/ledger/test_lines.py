"""Who a line is, what it says, and what of it cannot be kept."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.ledger import ReportedLine, ReportHeader
from staffel.core.ledger.lines import (
    Lines,
    as_content,
    document_line,
    from_contents,
    line_id_of,
    period_name,
    typed_lines,
)
from tests.core.ledger.market import APRIL, MARCH, header, line

SECRET = b"0123456789abcdef"


def typed(*lines: ReportedLine, secret: bytes = SECRET) -> Lines:
    """Lines of which none may be refused."""
    found, refused = typed_lines(header(), lines, secret)
    assert refused == []
    return found


@pytest.mark.parametrize(
    ("start", "until", "name"),
    [
        (MARCH, APRIL, "2026-03"),
        (date(2026, 12, 1), date(2027, 1, 1), "2026-12"),
        (date(2028, 2, 1), date(2028, 3, 1), "2028-02"),
        (date(2026, 3, 2), date(2026, 4, 2), "2026-03-02..2026-04-02"),
        (MARCH, date(2026, 5, 1), "2026-03-01..2026-05-01"),
        (date(2026, 3, 2), date(2026, 3, 9), "2026-03-02..2026-03-09"),
    ],
)
def test_a_report_is_named_by_its_period(start: date, until: date, name: str) -> None:
    assert period_name(start, until) == name
    assert header(period_start=start, period_until=until).report_id == f"rhein/aurora/sell_out/{name}"


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"number": "2026/7"}, "rhein/aurora/sell_out/2026%2F7"),
        ({"number": "100 %"}, "rhein/aurora/sell_out/100 %25"),
        ({"kind": "stock"}, "rhein/aurora/stock/2026-03"),
    ],
)
def test_or_by_its_number(changed: dict[str, str], name: str) -> None:
    assert header(**changed).report_id == name


@pytest.mark.parametrize(
    ("reported", "name"),
    [
        (line(1), "rhein/D1/1"),
        (line(1, part=1), "rhein/D1/1+1"),
        (line(9, document_row=None), "rhein/aurora/sell_out/2026-03/9"),
        (line(9, invoice_no=None), "rhein/aurora/sell_out/2026-03/9"),
        (line(9, invoice_no=None, part=1), "rhein/aurora/sell_out/2026-03/9+1"),
        (line(9, invoice_no="A/1", document_row="%"), "rhein/A%2F1/%25"),
    ],
)
def test_a_line_is_named_by_its_document(reported: ReportedLine, name: str) -> None:
    assert line_id_of(header(), reported) == name


def test_no_report_can_be_taken_for_a_document() -> None:
    assert document_line("rhein", "aurora/sell_out/2026-03", "9") != line_id_of(
        header(), line(9, invoice_no=None)
    )


class TestDigest:
    def test_is_of_all_that_a_line_says_but_its_row(self) -> None:
        one, other = typed(line(1), line(7, document_row="1")).digests
        assert one == other

    @pytest.mark.parametrize(
        ("said", "again"),
        [
            (Decimal("1"), Decimal("1.0000")),
            (Decimal("1e2"), Decimal("100")),
            (Decimal("-0.5"), Decimal("-.50")),
        ],
    )
    def test_is_of_a_figure_not_of_its_spelling(self, said: Decimal, again: Decimal) -> None:
        assert typed(line(1, net=said)).digests == typed(line(1, net=again)).digests

    @pytest.mark.parametrize("name", ["net", "list", "order_no", "route", "end_customer", "paid_on", "deal"])
    def test_moves_with_every_column(self, name: str) -> None:
        value = {"net": Decimal(1), "list": Decimal(1), "paid_on": MARCH}.get(name, "x")
        assert typed(line(1)).digests != typed(line(1, **{name: value})).digests

    def test_a_text_in_another_column_is_another_line(self) -> None:
        assert typed(line(1, route="x")).digests != typed(line(1, deal="x")).digests

    def test_cannot_be_tried_out_without_the_secret(self) -> None:
        assert typed(line(1)).digests != typed(line(1), secret=b"another").digests


class TestWhatCannotBeKept:
    @pytest.mark.parametrize(
        ("changed", "code", "column"),
        [
            ({"net": Decimal("1e18")}, "number-too-large", "net"),
            ({"quantity": Decimal("1e12")}, "number-too-large", "quantity"),
            ({"net": Decimal("1e400")}, "number-too-large", "net"),
            ({"net": Decimal("sNaN")}, "number-unreadable", "net"),
            ({"net": Decimal("-Infinity")}, "number-unreadable", "net"),
            ({"route": "x" * 501}, "text-too-long", "route"),
            ({"end_customer": "a\x00b"}, "text-unprintable", "end_customer"),
            ({"sold_on": None}, "value-missing", "sold_on"),
            ({"currency": ""}, "value-missing", "currency"),
        ],
    )
    def test_is_said_by_column_and_row(self, changed: dict[str, object], code: str, column: str) -> None:
        found, (refused,) = typed_lines(header(), [line(1), line(2, **changed)], SECRET)
        assert (len(found), refused.row, refused.finding.code) == (1, 2, code)
        assert column in refused.finding.reason.en
        assert all(len(text) <= 200 for _, text in refused.cells)

    def test_more_decimals_are_rounded_once_half_up(self) -> None:
        found = typed(line(1, "0.00005"), line(2, "-0.00005"), line(3, "1.23444999"))
        assert found.column("net") == [Decimal("0.0001"), Decimal("-0.0001"), Decimal("1.2344")]


def test_what_waits_says_the_same_when_it_is_read_again() -> None:
    found = typed(line(1, end_customer="e-1", paid_on=MARCH, list=Decimal("-3.5")), line(2, part=1))
    contents = [as_content(found, at) for at in range(2)]
    again = from_contents(found.ids, found.digests, contents)
    assert again.reported.equals(found.reported)
    assert again.ids == found.ids


def test_stock_is_dated_by_its_count() -> None:
    report = ReportHeader(
        distributor_id="rhein",
        vendor_id="aurora",
        kind="stock",
        period_start=MARCH,
        period_until=APRIL,
        digest="",
    )
    found, _ = typed_lines(report, [line(1, currency=None)], SECRET)
    assert found.column("counted_on") == [date(2026, 3, 5)]
