"""Tables of a kit as CSV: what a spreadsheet opens and computes nothing of, and back without a loss."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core.engine.kit.sheet import LEFT_OUT, Row, columns_of, read, written
from staffel.core.sources import TABLES, Column, ColumnType

LINE: Row = {
    "line_id": "L1",
    "revision": 1,
    "report_id": "r",
    "distributor_id": "d",
    "vendor_id": "v",
    "product_id": "box",
    "kind": "sale",
    "sold_on": date(2026, 3, 31),
    "quantity": Decimal("1.5000"),
    "net": Decimal("-12345678901234567.8901"),
    "currency": "EUR",
    "commit_no": 1,
}


def back(table: str, rows: list[Row]) -> list[Row]:
    """Written and read; empty cells are no keys."""
    found = read(table, written(table, rows), "file.csv")
    return [{name: value for name, value in row.items() if value is not None} for row in found]


class TestCells:
    """Semicolons, a byte order mark, days as 2026-03-31, figures with a point."""

    def test_a_line(self) -> None:
        content = written("sell_out", [LINE], {"bonus": ["2026-Q1"]})
        assert content.startswith(b"\xef\xbb\xbf")
        head, line = content.decode("utf-8-sig").splitlines()
        assert head == (
            "line_id;revision;report_id;distributor_id;vendor_id;product_id;kind;sold_on;quantity;net;"
            "currency;commit_no;receipt: bonus"
        )
        assert line == "L1;1;r;d;v;box;sale;2026-03-31;1.5000;-12345678901234567.8901;EUR;1;2026-Q1"

    def test_a_receipt_is_no_column(self) -> None:
        assert read("sell_out", written("sell_out", [LINE], {"bonus": ["2026-Q1"]}), "lines.csv") == [LINE]

    @pytest.mark.parametrize(
        ("text", "cell"),
        [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-12", "'-12"),
            ("@sum", "'@sum"),
            ("\tx", "'\tx"),
            ("'quoted'", "''quoted'"),
            ("", "'"),
            ("plain", "plain"),
            ("a;b", '"a;b"'),
            ('say "x"', '"say ""x"""'),
        ],
    )
    def test_no_text_is_a_formula(self, text: str, cell: str) -> None:
        row = LINE | {"order_no": text}
        line = written("sell_out", [row]).decode("utf-8-sig").splitlines()[1]
        assert f";EUR;{cell};1" in line
        assert back("sell_out", [row]) == [row]

    def test_a_line_break_within_a_text(self) -> None:
        row = LINE | {"order_no": "one\r\ntwo\nthree"}
        assert back("sell_out", [row]) == [row]

    def test_no_rows(self) -> None:
        assert read("sell_out", written("sell_out", []), "lines.csv") == []

    def test_empty_lines_are_none(self) -> None:
        assert read("sell_out", written("sell_out", [LINE]) + b"\r\n\r\n", "lines.csv") == [LINE]

    @pytest.mark.parametrize("flag", [True, False])
    def test_a_flag(self, flag: bool) -> None:
        row: Row = {"programme": "p", "partner_id": "a", "holds_from": date(2026, 1, 1), "withdrawn": flag}
        assert back("enrolments", [row | {"commit_no": 1}]) == [row | {"commit_no": 1}]


def values_of(column: Column) -> st.SearchStrategy[object]:
    """Any value that the ledger may hold in a column."""
    digits = {ColumnType.MONEY: (22, 4), ColumnType.PIECES: (16, 4), ColumnType.SHARE: (9, 6)}
    match column.type:
        case ColumnType.TEXT:
            return st.text(
                st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=9
            )
        case ColumnType.DATE:
            return st.dates(date(1900, 1, 1), date(2999, 12, 31))
        case ColumnType.WHOLE:
            return st.integers(0, 2**53)
        case ColumnType.FLAG:
            return st.booleans()
        case ColumnType.RATE:
            return st.integers(1, 10**20 - 1).map(lambda of: Decimal(of).scaleb(-10))
        case _:
            size, places = digits[column.type]
            return st.integers(1 - 10**size, 10**size - 1).map(lambda of: Decimal(of).scaleb(-places))


def rows_of(table: str) -> st.SearchStrategy[list[Row]]:
    """Rows of a table; what is not needed may be empty."""
    cells = {
        one.name: values_of(one) if one.needed else st.none() | values_of(one) for one in columns_of(table)
    }
    return st.lists(st.fixed_dictionaries(cells), max_size=3)  # type: ignore[arg-type]


class TestBack:
    """Whatever the ledger holds is read back as it was."""

    @pytest.mark.parametrize("table", ["sell_out", "settled", "rates", "memberships", "decisions"])
    def test_any_rows(self, table: str) -> None:
        @settings(max_examples=25, deadline=None)
        @given(rows_of(table))
        def check(rows: list[Row]) -> None:
            known = [{name: value for name, value in row.items() if value is not None} for row in rows]
            assert back(table, rows) == known

        check()

    @settings(max_examples=50, deadline=None)
    @given(rows_of("sell_out"))
    def test_a_spreadsheet_sees_the_same_cells(self, rows: list[Row]) -> None:
        text = written("sell_out", rows).decode("utf-8-sig")
        sheet = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert len(sheet) == len(rows) + 1 or not rows
        assert {len(cells) for cells in sheet} <= {len(sheet[0])}


def test_no_table_keeps_the_moment_of_recording() -> None:
    for table in TABLES:
        assert {one.name for one in columns_of(table)} & LEFT_OUT == set()
