"""Rows of stock: one quantity is the stock."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.readers import ReadReport
from tests.core.readers.layouts import as_csv, codes, notes, read_bytes

HEADINGS = ["Artikel", "EAN", "Lager", "Bestand", "Reserviert", "Lagerwert (EUR)", "Stichtag"]
MAPPING = """
delimiter: ";"
decimal: ","
dates: dmy
currency: heading
columns:
  product_vendor_number: Artikel
  product_ean: EAN
  warehouse: Lager
  quantity: Bestand
  value: Lagerwert (EUR)
  counted_on: Stichtag
"""
LINE = ["AN-1", "4049992001011", "BRE1", "-3", "58", "-37,50", "02.08.2026"]


def read_lines(*lines: list[str], mapping: str = MAPPING) -> ReadReport:
    return read_bytes(as_csv(lines, HEADINGS), mapping, kind="stock")


def test_a_row() -> None:
    (row,) = read_lines(LINE).stock
    assert (row.product_vendor_number, row.product_ean, row.warehouse) == ("AN-1", "4049992001011", "BRE1")
    assert (row.quantity, row.value, row.currency) == (Decimal(-3), Decimal("-37.50"), "EUR")
    assert row.counted_on == date(2026, 8, 2)


def test_a_negative_stock_is_no_return() -> None:
    assert read_lines(LINE).sums.returns == 0


def test_zero_lines_are_kept() -> None:
    assert read_lines([*LINE[:3], "0", *LINE[4:]]).sums.lines == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({3: ""}, "row-without-figures"),
        ({6: ""}, "date-missing"),
        ({3: "viele"}, "number-unreadable"),
        ({0: "", 1: "4,04999E+12"}, "ean-lost-digits"),
    ],
)
def test_refused(changes: dict[int, str], code: str) -> None:
    line = [changes.get(at, cell) for at, cell in enumerate(LINE)]
    assert codes(read_lines(line)) == [code]


def test_an_ean_without_digits_beside_another_number() -> None:
    report = read_lines([LINE[0], "4,04999E+12", *LINE[2:]])
    assert report.stock[0].product_ean is None
    assert report.stock[0].product_vendor_number == "AN-1"
    assert "ean-no-key" in notes(report)


def test_the_day_of_the_report_where_no_column_says_it() -> None:
    mapping = MAPPING.replace("  counted_on: Stichtag\n", "") + "report: {issued: {fixed: 03.08.2026}}"
    assert read_lines(LINE, mapping=mapping).stock[0].counted_on == date(2026, 8, 3)


def test_columns_of_sold_goods_are_not_looked_for() -> None:
    mapping = MAPPING + "  partner_name: Kunde\n  net: Netto\n"
    assert read_lines(LINE, mapping=mapping).sums.lines == 1
