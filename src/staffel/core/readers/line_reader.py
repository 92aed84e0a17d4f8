"""One record of the data → rows, a refused row, or what else the line is: nothing is lost.

A cell's text is read once and remembered. A line with all its keys is a row at once; one without is looked
at, whether it is empty, a totals line or a remark.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from staffel.core.findings import Place
from staffel.core.readers.cells import FigureReader, Memo, figure_reader, reader_of
from staffel.core.readers.columns import Layout
from staffel.core.readers.delimited import Record
from staffel.core.readers.figures import Figures
from staffel.core.readers.lines import LineKind, LineSorter
from staffel.core.readers.mapping import (
    DATE_COLUMNS,
    FACT_COLUMN,
    PARTNER_KEYS,
    PRODUCT_KEYS,
    Column,
    DateOrder,
    Mapping,
    ShortLines,
)
from staffel.core.readers.refusals import CellRefused, Trouble, find_trouble
from staffel.core.readers.rows import RefusedRow, ReportedRow, StockRow
from staffel.core.readers.texts import Cell, read_text
from staffel.core.readers.told import heading_told

_LONGEST_KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A line that became rows, with what each of them counts."""

    rows: Sequence[ReportedRow | StockRow]
    figures: Sequence[Figures]


Outcome = Taken | RefusedRow | LineKind


class Builder(Protocol):
    """Makes rows of the values of one line. Raises CellRefused."""

    def build(self, values: dict[str, Any], cells: Sequence[Cell], place: Place) -> Taken:
        """The rows of a line. values: of every mapped column."""
        ...


class ColumnReader:
    """Reads the mapped columns of a line. figures: the readers of figures, by column."""

    def __init__(self, mapping: Mapping, layout: Layout, orders: dict[str, DateOrder]) -> None:
        self.texts: list[tuple[str, int, Memo[object]]] = []
        self.figures: dict[str, tuple[int, Memo[Any], FigureReader]] = {}
        for name, at in layout.at.items():
            reader = figure_reader(name, mapping.signs)
            if reader is not None:
                self.figures[name] = (at, Memo(reader.read), reader)
            else:
                read = reader_of(name, mapping, orders.get(name, mapping.dates))
                self.texts.append((name, at, Memo(read)))
        figures = [(name, at, memo) for name, (at, memo, _) in self.figures.items()]
        self._all: list[tuple[str, int, Memo[Any]]] = sorted(
            [*self.texts, *figures], key=lambda each: each[1]
        )
        self._figures = [(at, reader) for at, _, reader in self.figures.values()]

    def values(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """The values of all mapped columns. Raises CellRefused."""
        return {name: memo[cells[at]] for name, at, memo in self._all}

    def rounded(self, cells: Sequence[Cell]) -> int:
        """How many of a line's figures had to be rounded."""
        count = 0
        for at, reader in self._figures:
            if reader.rounded and cells[at] in reader.rounded:
                count += 1
        return count

    def trouble(self, cells: Sequence[Cell]) -> tuple[str, Trouble] | None:
        """The first column that cannot be read, and why."""
        for name, at, memo in self._all:
            try:
                memo[cells[at]]
            except CellRefused as refusal:
                return name, refusal.trouble
        return None


class LineReader:
    """Reads line after line of one report. facts: of each fact by column, the values seen."""

    def __init__(
        self, mapping: Mapping, layout: Layout, place: Place, columns: ColumnReader, builder: Builder
    ) -> None:
        self.facts: dict[str, set[str | None]] = {name: set() for name in layout.at if is_fact(name)}
        self._file = place.file
        self._layout = layout
        self._width = len(layout.header.columns)
        self._fills = mapping.short_lines is ShortLines.FILL
        self._columns = columns
        self._builder = builder
        self._sorter = LineSorter(mapping, layout.header, layout.at)
        self._suspects: set[Cell] = set()
        self._dates = [name for name in layout.at if name in DATE_COLUMNS]
        self._keys = [name for name in (*PARTNER_KEYS, *PRODUCT_KEYS, Column.INVOICE_NO) if name in layout.at]
        self._watch()

    def read(self, record: Record) -> Outcome:
        """What a record is."""
        cells = record.cells
        place = Place(file=self._file, line=record.line)
        if record.broken or len(cells) != self._width:
            squared = self._squared(record, place)
            if not isinstance(squared, list):
                return squared
            cells = squared
        try:
            values = self._columns.values(cells)
            if self._is_doubtful(values, cells):
                kind = self._sorter.kind_of(cells)
                if kind is not None:
                    return kind
            for name, seen in self.facts.items():
                seen.add(values.pop(name))
            return self._builder.build(values, cells, place)
        except CellRefused as refusal:
            return self._sorter.kind_of(cells) or self._refused(cells, place, refusal.trouble)

    def _is_doubtful(self, values: dict[str, Any], cells: Sequence[Cell]) -> bool:
        if self._suspects and not self._suspects.isdisjoint(cells):
            return True
        dated = not self._dates or any(map(values.get, self._dates))
        return not dated or not any(map(values.get, self._keys))

    def _squared(self, record: Record, place: Place) -> list[Cell] | RefusedRow | LineKind:
        """The cells of a line that has not as many as there are headings, or what it is instead of a row."""
        cells = list(record.cells)
        if record.broken:
            longest = (("value", csv.field_size_limit()),)
            return self._out_of_place(cells, place, Trouble(code=record.broken, quotes=longest))
        kind = self._sorter.kind_of(cells)
        if kind is not None:
            return kind
        if len(cells) > self._width and not any(str(cell).strip() for cell in cells[self._width :]):
            return cells[: self._width]
        if len(cells) < self._width and self._fills:
            return cells + [""] * (self._width - len(cells))
        counts = (("found", len(cells)), ("expected", self._width))
        code = "row-short" if len(cells) < self._width else "row-long"
        return self._out_of_place(cells, place, Trouble(code=code, quotes=counts))

    def _refused(self, cells: Sequence[Cell], place: Place, trouble: Trouble) -> RefusedRow:
        found = self._columns.trouble(cells)
        column, trouble = found or ("", trouble)
        heading = self._layout.header.heading(self._layout.at[column]) if column else ""
        where = (
            Place(file=place.file, line=place.line, column=self._layout.at[column] + 1) if column else place
        )
        kept = sorted((at, name) for name, at in self._layout.at.items())
        return RefusedRow(
            place=place,
            cells=tuple((name, _cut(cells[at])) for at, name in kept),
            cells_in_place=True,
            finding=find_trouble(trouble, where, column=heading_told(heading or column or "×")),
        )

    def _out_of_place(self, cells: Sequence[Cell], place: Place, trouble: Trouble) -> RefusedRow:
        numbered = tuple((str(number), _cut(cell)) for number, cell in enumerate(cells, start=1))
        return RefusedRow(
            place=place, cells=numbered, cells_in_place=False, finding=find_trouble(trouble, place)
        )

    def _watch(self) -> None:
        """Lets the columns of names and numbers tell which cells begin with a totals word."""

        def watched(cell: Cell) -> str | None:
            if self._sorter.is_suspect(cell):
                self._suspects.add(cell)
            return read_text(cell)

        for _, _, memo in self._columns.texts:
            if memo.read is read_text:
                memo.read = watched


def is_fact(name: str) -> bool:
    """Whether a mapped column says something of the report as a whole."""
    return name.startswith(FACT_COLUMN)


def _cut(cell: Cell) -> str:
    return str(cell)[:_LONGEST_KEPT]


def day_of(values: dict[str, Any], main: str | None, otherwise: date | None) -> date:
    """The day of business of a line. Raises CellRefused where there is none."""
    day: date | None = values[main] if main else otherwise
    if day is None:
        raise CellRefused("date-missing")
    return day
