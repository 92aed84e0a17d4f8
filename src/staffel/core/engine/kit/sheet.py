"""Tables of a kit as CSV that a spreadsheet opens, and back, typed.

UTF-8 with a byte order mark, by which spreadsheets tell it; parted by semicolons, by which those of most
of Europe split a file when it is opened; days as 2026-03-31, figures with a point and no grouping, so that
the same file reads the same everywhere. A text that a spreadsheet would take for a formula begins with an
apostrophe, which goes when it is read. Columns in which no row has a value are left out.

`recorded_at` is left out: what was recorded after what stands in `commit_no`, and nothing else rests on it.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import assert_never

from staffel.core.engine.kit.sentences import KitRefused, find
from staffel.core.findings import Finding, Place
from staffel.core.money import AMOUNT, MONEY, PIECES, RATE, DecimalType
from staffel.core.programme.model import DAY_AFTER_ALL, DAY_BEFORE_ALL
from staffel.core.sources import TABLES, Column, ColumnType

Row = dict[str, object]
RECEIPT = "receipt: "
LEFT_OUT = frozenset({"recorded_at"})
# What a cell may not begin with, so that no spreadsheet computes it.
_FORMULA = tuple("=+-@\t\r'")
_TYPES = {
    ColumnType.MONEY: MONEY,
    ColumnType.PIECES: PIECES,
    ColumnType.RATE: DecimalType(20, AMOUNT.places),
    ColumnType.SHARE: RATE,
}
_MOST_FINDINGS = 20
_WHOLE_DIGITS = 18


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table that a kit may hold."""
    return tuple(one for one in TABLES[table].all_columns if one.name not in LEFT_OUT)


# ------------------------------------------------------------------------------------------- writing


def written(table: str, rows: Sequence[Row], receipts: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """The rows as CSV. receipts: by incentive, what became of each row."""
    columns = [one for one in columns_of(table) if any(row.get(one.name) is not None for row in rows)]
    more = receipts or {}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([one.name for one in columns] + [f"{RECEIPT}{name}" for name in more])
    for number, row in enumerate(rows):
        cells = [as_text(row.get(one.name)) for one in columns]
        writer.writerow(cells + [of[number] for of in more.values()])
    return text.getvalue().encode("utf-8-sig")


def as_text(value: object) -> str:
    """A cell."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case _:
            return guarded(str(value))


def guarded(text: str) -> str:
    """A text as no formula; an empty one as no empty cell."""
    return f"'{text}" if not text or text.startswith(_FORMULA) else text


# ------------------------------------------------------------------------------------------- reading


def read(table: str, content: bytes, file: str) -> list[Row]:
    """The rows of a table, typed; columns that the file leaves out are empty. Raises KitRefused."""
    lines = _lines(content, file)
    head = next(lines, (0, []))[1]
    columns = {one.name: one for one in columns_of(table)}
    named = [columns.get(name) for name in head]
    unknown = [name for name, one in zip(head, named, strict=True) if one is None and not _is_receipt(name)]
    if unknown or len(set(head)) < len(head):
        raise KitRefused([find("kit-column-unknown", Place(file=file, line=1), column=", ".join(unknown))])
    rows, findings = [], []
    for number, cells in lines:
        row, found = _typed(table, named, cells, Place(file=file, line=number))
        rows.append(row)
        findings += found
        if len(findings) >= _MOST_FINDINGS:
            break
    if findings:
        raise KitRefused(findings[:_MOST_FINDINGS])
    return rows


def _is_receipt(name: str) -> bool:
    return name.startswith(RECEIPT)


def _lines(content: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line, the head first; empty lines are none."""
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise KitRefused([find("kit-broken", Place(file=file), name=file, why=error)]) from error


def _typed(
    table: str, columns: Sequence[Column | None], cells: Sequence[str], place: Place
) -> tuple[Row, list[Finding]]:
    row: Row = {}
    if len(cells) != len(columns):
        why = f"{len(cells)} cells in line {place.line} instead of {len(columns)}"
        return row, [find("kit-broken", place, name=place.file, why=why)]
    findings = []
    for column, cell in zip(columns, cells, strict=True):
        if column is None:
            continue
        try:
            row[column.name] = _value(column, cell)
        except (ValueError, InvalidOperation):
            findings.append(find("kit-value-wrong", place, value=repr(cell), column=column.name))
    missing = [one.name for one in columns_of(table) if _is_bare(one) and row.get(one.name) is None]
    findings += [find("kit-value-wrong", place, value="''", column=name) for name in missing if not findings]
    return row, findings


def _is_bare(column: Column) -> bool:
    """Whether a plan cannot do without a value there."""
    return column.needed and column.type is not ColumnType.TEXT and column.name not in LEFT_OUT


def _value(column: Column, cell: str) -> object:
    """Raises ValueError for what is no value of the column."""
    if not cell:
        return None
    match column.type:
        case ColumnType.TEXT:
            return cell[1:] if cell.startswith("'") else cell
        case ColumnType.DATE:
            return _day(cell)
        case ColumnType.WHOLE:
            if len(cell) > _WHOLE_DIGITS:
                raise ValueError(cell)
            return int(cell)
        case ColumnType.FLAG:
            return _flag(cell)
        case ColumnType.MONEY | ColumnType.PIECES | ColumnType.RATE | ColumnType.SHARE:
            return _figure(cell, _TYPES[column.type], above_zero=column.type is ColumnType.RATE)
        case ColumnType.MOMENT:
            raise ValueError(cell)
        case _:
            assert_never(column.type)


def _flag(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(cell)
    return cell == "true"


def _day(cell: str) -> date:
    """A day that a calendar of ours can count with."""
    day = date.fromisoformat(cell)
    if not DAY_BEFORE_ALL <= day <= DAY_AFTER_ALL:
        raise ValueError(cell)
    return day


def _figure(cell: str, type_: DecimalType, *, above_zero: bool) -> Decimal:
    """A figure that the named type holds without rounding."""
    figure = Decimal(cell)
    if not figure.is_finite() or abs(figure) >= type_.limit or (above_zero and figure <= 0):
        raise ValueError(cell)
    if figure != figure.quantize(type_.unit):
        raise ValueError(cell)
    return figure
