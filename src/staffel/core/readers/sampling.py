"""The first lines of an unmapped file, and its headings: they stand where the vocabulary knows most."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from staffel.core.readers.columns import SEARCHED_LINES, Header, Parts, candidates, columns_for, header_at
from staffel.core.readers.delimited import guess_delimiter
from staffel.core.readers.encoding import decide_encoding, lines_of
from staffel.core.readers.files import ReportFile
from staffel.core.readers.formulas import At
from staffel.core.readers.guessing import by_values, values_of
from staffel.core.readers.headings import Meaning, Recognised, Role, recognise, speaks_of_stock
from staffel.core.readers.mapping import MOST_HEADER_ROWS, Encoding, Format, ReportKind
from staffel.core.readers.opening import delimited_records
from staffel.core.readers.texts import Cell
from staffel.core.readers.workbook import visible_sheets

_MOST_LINES = 500
_HEADING = re.compile(r"(?=.*[^\W\d_]{2})[^\d\x00-\x1f]{2,60}")
_UNIT = re.compile(r"[^\d]{1,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The first lines of a CSV or of one sheet, and the header found in them.

    without_result: where formulas stand of which the file holds no result; row and column, from 0.
    """

    format: Format
    encoding: Encoding = Encoding.AUTO
    delimiter: str | None = None
    sheet: str | None = None
    lines: Sequence[Sequence[Cell]]
    header: Header
    kind: ReportKind = ReportKind.SELL_OUT
    without_result: Sequence[At] = ()

    @property
    def sample(self) -> Sequence[Sequence[Cell]]:
        """The lines behind the header."""
        return self.lines[self.header.data_from :]

    def meanings(self) -> dict[int, Meaning]:
        """What each column means; where two mean the same column, the surer one does."""
        found = {
            at: recognised
            for at, parts in enumerate(self.header.columns)
            if (recognised := self._recognised(at, parts)) is not None
        }
        best: dict[Meaning, int] = {}
        for at, recognised in found.items():
            other = best.setdefault(recognised.meaning, at)
            if recognised.rank < found[other].rank:
                best[recognised.meaning] = at
        return {
            at: recognised.meaning
            for at, recognised in found.items()
            if best[recognised.meaning] == at or recognised.meaning in _MAY_REPEAT
        }

    def _recognised(self, column: int, parts: Parts) -> Recognised | None:
        """By the heading, and where that may be a number or a name, by the values, which is less sure."""
        by_heading = recognise(parts, self.kind)
        if by_heading is None:
            return None
        meaning = by_values(by_heading.meaning, values_of(self.sample, column))
        if meaning == by_heading.meaning:
            return by_heading
        return Recognised(meaning=meaning, rank=by_heading.rank + _LESS_SURE)

    def reference(self, column: int) -> str:
        """The shortest reference that means this column and no other."""
        parts = self.header.columns[column]
        for count in range(1, len(parts) + 1):
            reference = " / ".join(parts[:count])
            if columns_for(self.header, reference) == [column]:
                return reference
        return f"#{column + 1}"


_LESS_SURE = 1_000
_MAY_REPEAT = {Role.PRICE_OR_NET, Role.QUANTITY_OR_PRICE, Role.DROPPED}


def best_stretch(file: ReportFile, most_megabytes: int) -> Stretch:
    """The stretch of a file with the most headings that are known. Raises ReportRefused."""
    if file.format() is Format.CSV:
        return _delimited(file)
    sheets = visible_sheets(file.data(), file.place, most_megabytes)
    found = []
    for sheet in sheets:
        lines = sheet.rows[:_MOST_LINES]
        header, kind = _header_in(lines)
        found.append(
            Stretch(
                format=Format.XLSX,
                sheet=sheet.name,
                lines=lines,
                header=header,
                kind=kind,
                without_result=sheet.without_result,
            )
        )
    empty = Stretch(format=Format.XLSX, lines=[], header=Header(rows=(), columns=()))
    return max(found, key=lambda stretch: _worth(stretch.header, stretch.kind), default=empty)


def _delimited(file: ReportFile) -> Stretch:
    with file.open() as stream:
        decoding = decide_encoding(stream, Encoding.AUTO, file.place)
    with lines_of(file.open(), decoding) as text:
        delimiter = guess_delimiter(list(islice(text, _MOST_LINES)))
    records = islice(delimited_records(file, decoding, delimiter), _MOST_LINES)
    lines = [record.cells for record in records if not record.broken]
    header, kind = _header_in(lines)
    return Stretch(
        format=Format.CSV,
        encoding=decoding.encoding,
        delimiter=delimiter,
        lines=lines,
        header=header,
        kind=kind,
    )


def _header_in(lines: Sequence[Sequence[Cell]]) -> tuple[Header, ReportKind]:
    """The header whose headings are known best, with the row of units below it."""
    is_stock = any(speaks_of_stock([str(cell) for cell in line]) for line in lines[:SEARCHED_LINES])
    kind = ReportKind.STOCK if is_stock else ReportKind.SELL_OUT
    best = max(candidates(lines), key=lambda header: _worth(header, kind), default=None)
    if best is None or _worth(best, kind) < 2:
        return _unknown_headings(lines), kind
    after = best.data_from
    if len(best.rows) < MOST_HEADER_ROWS and after < len(lines) and _are_units(lines[after]):
        return header_at(lines, (*best.rows, after)), kind
    return best, kind


def _unknown_headings(lines: Sequence[Sequence[Cell]]) -> Header:
    """The first line of several words, none twice and none with a digit: headings that nobody knows."""
    for row, line in enumerate(lines[:SEARCHED_LINES]):
        filled = [str(cell).strip() for cell in line if str(cell).strip()]
        if len(filled) < 2:
            continue
        if len(set(filled)) == len(filled) and all(map(_HEADING.fullmatch, filled)):
            return header_at(lines, (row,))
        break
    return header_at(lines[:1], ())


def _worth(header: Header, kind: ReportKind) -> int:
    found: list[Recognised | None] = [recognise(parts, kind) for parts in header.columns]
    meanings = [each.meaning for each in found if each is not None]
    columns = {meaning for meaning in meanings if meaning is not Role.DROPPED}
    return 2 * len(columns) + min(len(meanings) - len(columns), 3)


def _are_units(line: Sequence[Cell]) -> bool:
    """Whether a line holds nothing but short words over some of its columns: `Stk.`, `EUR`, `TT.MM.JJJJ`."""
    filled = [cell for cell in line if str(cell).strip()]
    return 0 < len(filled) * 2 <= len(line) and all(
        isinstance(cell, str) and _UNIT.fullmatch(cell.strip()) for cell in filled
    )
