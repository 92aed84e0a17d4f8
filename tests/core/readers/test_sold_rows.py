"""Rows of sold goods: currency, other amounts, dates and keys."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.readers import AmountFrom, Column, ReportedRow
from staffel.core.sources import SELL_OUT
from tests.core.readers.layouts import COLUMNS, HEADINGS, as_csv, codes, notes, read_bytes, read_rows, sale

SIGNS = 'delimiter: ";"\ndecimal: ","\ndates: dmy\n'


def with_column(heading: str, cell: str, mapping: str, **cells: str) -> ReportedRow:
    """The row of a line with one column more."""
    (row,) = read_bytes(as_csv([[*sale(**cells), cell]], [*HEADINGS, heading]), mapping).rows
    return row


class TestCurrency:
    def test_of_a_column(self) -> None:
        assert (
            with_column("Währung", "gbp", f"{SIGNS}currency: {{column: Währung}}{COLUMNS}").currency == "GBP"
        )

    def test_of_the_heading(self) -> None:
        columns = COLUMNS.replace("net: Netto", "net: Umsatz in CHF")
        content = as_csv([sale()], [*HEADINGS[:-1], "Umsatz in CHF"])
        assert read_bytes(content, f"{SIGNS}currency: heading{columns}").rows[0].currency == "CHF"

    def test_marked_in_the_cell(self) -> None:
        report = read_rows(sale(Netto="18.450,00 €"), mapping=f"{SIGNS}{COLUMNS}")
        assert (report.rows[0].currency, report.header.currency) == ("EUR", "EUR")

    def test_nowhere(self) -> None:
        report = read_rows(sale(), mapping=f"{SIGNS}{COLUMNS}")
        assert (report.rows[0].currency, report.header.currency) == (None, None)
        assert "currency-missing" in notes(report)

    def test_unknown(self) -> None:
        content = as_csv([[*sale(), "Taler"]], [*HEADINGS, "Währung"])
        report = read_bytes(content, f"{SIGNS}currency: {{column: Währung}}{COLUMNS}")
        assert codes(report) == ["currency-unknown"]

    def test_several_in_one_file(self) -> None:
        content = as_csv([[*sale(), "EUR"], [*sale(), "USD"]], [*HEADINGS, "Währung"])
        report = read_bytes(content, f"{SIGNS}currency: {{column: Währung}}{COLUMNS}")
        assert set(report.sums.net) == {"EUR", "USD"}
        assert report.header.currency is None


class TestOtherAmounts:
    @pytest.mark.parametrize(
        ("column", "cell", "menge", "amount"),
        [
            ("list_price", "7.000,00", "3", "21000.00"),
            ("list", "21.000,00", "3", "21000.00"),
            ("list", "21.000,00", "-3", "-21000.00"),  # a return's list value is one too
            ("cost_price", "0,33335", "-3", "-1.0001"),  # exact, then rounded once
            ("dealer", "-5,00", "-3", "-5.00"),
        ],
    )
    def test_have_the_sign_of_their_line(self, column: str, cell: str, menge: str, amount: str) -> None:
        mapping = f"{SIGNS}{COLUMNS}  {column}: Weiteres\n"
        row = with_column("Weiteres", cell, mapping, Menge=menge)
        assert getattr(row, column.removesuffix("_price")) == Decimal(amount)

    def test_price_times_quantity_where_no_amount_stands(self) -> None:
        (row,) = read_rows(sale(Netto="")).rows
        assert (row.net, row.net_from) == (Decimal("18450.00"), AmountFrom.COMPUTED)


class TestDates:
    def test_one_date_is_the_main_one(self) -> None:
        mapping = f"{SIGNS}{COLUMNS.replace('sold_on', 'shipped_on')}"
        (row,) = read_rows(sale(), mapping=mapping).rows
        assert (row.sold_on, row.shipped_on) == (date(2026, 7, 28), date(2026, 7, 28))

    def test_of_two_dates_that_nearest_to_the_sale(self) -> None:
        mapping = f"{SIGNS}{COLUMNS.replace('sold_on', 'ordered_on')}  invoiced_on: Rechnung am\n"
        row = with_column("Rechnung am", "30.07.2026", mapping)
        assert (row.sold_on, row.ordered_on) == (date(2026, 7, 30), date(2026, 7, 28))


class TestKeys:
    def test_a_name_where_no_number_stands(self) -> None:
        report = read_rows(sale(Kunde=""), sale())
        assert [(row.partner_number, row.partner_name) for row in report.rows] == [
            (None, "Systemhaus Weser GmbH"),
            ("10021", "Systemhaus Weser GmbH"),
        ]
        assert report.keys.partner == (Column.PARTNER_NUMBER, Column.PARTNER_NAME)

    def test_by_the_mappings_choice(self) -> None:
        report = read_rows(sale(), mapping=f"{SIGNS}keys: {{partner: name}}\n{COLUMNS}")
        assert report.keys.partner == (Column.PARTNER_NAME,)

    def test_lines_without_keys_wait_elsewhere(self) -> None:
        report = read_rows(sale(Kunde="", Name=""), sale(Artikel=""))
        assert (report.rows[0].partner_number, report.rows[0].partner_name) == (None, None)
        assert report.rows[1].product_vendor_number is None
        assert {"partner-missing", "product-missing"} <= notes(report)

    def test_an_ean_alone_that_has_lost_its_digits(self) -> None:
        columns = COLUMNS.replace("product_vendor_number", "product_ean")
        lines = sale(Artikel="4,04999E+12"), sale(Artikel="4049992001011")
        report = read_rows(*lines, mapping=f"{SIGNS}{columns}")
        assert codes(report) == ["ean-lost-digits"]
        assert report.rows[0].product_ean == "4049992001011"


def test_columns_that_a_source_knows_have_its_names() -> None:
    """Whoever imports copies these by name."""
    same = {"invoice_no", "order_no", "document_row", "route", "deal", "special_price", "business"}
    same |= {"quantity", "net", "list", "dealer", "cost", "currency"}
    same |= {"sold_on", "ordered_on", "shipped_on", "invoiced_on", "paid_on"}
    assert same <= {column.name for column in SELL_OUT.columns}
    assert same <= set(ReportedRow.__dataclass_fields__)
