"""A report file → typed rows and findings, by a mapping: the room's main door.

`read` hands over all at once; `ReportReader` chunk by chunk, so that a CSV of any length needs the memory of
one chunk. Bad input is refused row by row, and whole only where no row can be told: `ReportRefused`.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import assert_never

from staffel.core.findings import Finding, Place, in_order
from staffel.core.readers.date_orders import decide_orders
from staffel.core.readers.delimited import Record
from staffel.core.readers.facts import Facts, Surroundings, find_facts
from staffel.core.readers.files import report_file
from staffel.core.readers.line_reader import ColumnReader, LineReader, Taken
from staffel.core.readers.lines import LineKind
from staffel.core.readers.mapping import DATE_COLUMNS, Column, Fact, Mapping, ReportKind
from staffel.core.readers.opening import open_report, texts_of
from staffel.core.readers.refusals import CellRefused, ReportRefused, find
from staffel.core.readers.report import ReadReport, ReportHeader
from staffel.core.readers.rows import RefusedRow, ReportedRow, StockRow
from staffel.core.readers.sold_rows import SoldRows
from staffel.core.readers.stock_rows import StockRows
from staffel.core.readers.tally import Tally
from staffel.core.readers.workbook import DEFAULT_MOST_MEGABYTES

CHUNK = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What a stretch of the file gave, in the file's order."""

    rows: list[ReportedRow] = field(default_factory=list)
    stock: list[StockRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def read(
    file: bytes | Path,
    *,
    mapping: Mapping,
    kind: ReportKind | str,
    name: str | None = None,
    most_megabytes: int = DEFAULT_MOST_MEGABYTES,
) -> ReadReport:
    """The whole report. name: what findings call the file. Raises ReportRefused."""
    reader = ReportReader(file, mapping=mapping, kind=kind, name=name, most_megabytes=most_megabytes)
    whole = Chunk()
    for chunk in reader.chunks():
        whole.rows.extend(chunk.rows)
        whole.stock.extend(chunk.stock)
        whole.refused.extend(chunk.refused)
    return reader.report(whole)


class ReportReader:
    """Reads one report: take all `chunks()`, then ask for the `report()`. Raises ReportRefused.

    most_megabytes: what a workbook may come to, unpacked.
    """

    def __init__(
        self,
        file: bytes | Path,
        *,
        mapping: Mapping,
        kind: ReportKind | str,
        name: str | None = None,
        most_megabytes: int = DEFAULT_MOST_MEGABYTES,
    ) -> None:
        self._file = report_file(file, name)
        self._digest = self._file.digest()
        self._kind = ReportKind(kind)
        self._mapping = mapping = mapping.of_kind(self._kind)
        self._tally = Tally()
        try:
            self._open = open_report(self._file, mapping, most_megabytes)
            orders, self._mixed = decide_orders(self._open, mapping)
        except ReportRefused as refusal:
            raise ReportRefused(refusal.findings, self._digest) from None
        layout = self._open.layout
        self._is_dated = any(column in layout.at for column in DATE_COLUMNS)
        self._columns = ColumnReader(mapping, layout, orders)
        facts = self._facts({})
        otherwise = facts.period.last_day if facts.period else facts.issued
        build = StockRows if self._kind is ReportKind.STOCK else SoldRows
        builder = build(mapping, layout, self._columns, self._tally.notes, otherwise)
        self._lines = LineReader(mapping, layout, self._open.place, self._columns, builder)

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """All lines of the file in order, `size` of them at a time."""
        records = self._open.records()
        self._tally.head = sum(1 for _ in islice(records, self._open.layout.header.data_from))
        for first in records:
            chunk = Chunk()
            with no_collection():
                for record in chain([first], islice(records, size - 1)):
                    self._take(record, chunk)
            yield chunk

    def report(self, chunk: Chunk | None = None) -> ReadReport:
        """What the report comes to, with the rows of `chunk`."""
        rows = chunk or Chunk()
        facts = self._facts(self._lines.facts)
        dropped = self._open.layout.dropped
        return ReadReport(
            name=self._file.name,
            kind=self._kind,
            digest=self._digest,
            sheet=self._open.sheet,
            header=self._header(facts),
            keys=self._mapping.keys,
            rows=rows.rows,
            stock=rows.stock,
            refused=rows.refused,
            findings=in_order(
                [*self._findings(facts), *self._tally.findings(self._open.place, self._kind, len(dropped))]
            ),
            dropped_columns=dropped,
            control_totals=self._tally.account.totals,
            sums=self._tally.account.sums,
            counts=self._tally.counts,
        )

    def _take(self, record: Record, chunk: Chunk) -> None:
        outcome = self._lines.read(record)
        match outcome:
            case Taken(rows=rows):
                self._tally.take(outcome, self._is_dated)
                for row in rows:
                    if isinstance(row, StockRow):
                        chunk.stock.append(row)
                    else:
                        chunk.rows.append(row)
            case RefusedRow():
                self._tally.refuse()
                chunk.refused.append(outcome)
            case LineKind():
                self._tally.pass_by(outcome)
                self._look_at(outcome, record)
            case _:
                assert_never(outcome)

    def _look_at(self, kind: LineKind, record: Record) -> None:
        """Keeps what a remark says, and holds a totals line against the rows before it."""
        if kind is LineKind.REMARK:
            self._tally.remarks.extend(texts_of([record.cells]))
        if kind is LineKind.TOTALS:
            self._hold_against(record)

    def _hold_against(self, totals: Record) -> None:
        """A totals line, against the rows before it."""
        figures: dict[Column, Decimal | None] = {}
        unread = []
        amount = Column.VALUE if self._kind is ReportKind.STOCK else Column.NET
        for column in (Column.QUANTITY, amount):
            try:
                figures[column] = self._total(column, totals)
            except CellRefused:
                unread.append(column)
        place = Place(file=self._open.place.file, line=totals.line)
        quantity, net = figures.get(Column.QUANTITY), figures.get(amount)
        self._tally.account.check(place, quantity, net, tuple(unread))

    def _total(self, column: Column, record: Record) -> Decimal | None:
        """What a totals line states for a column; None: nothing. Raises CellRefused."""
        found = self._columns.figures.get(column)
        if found is None or found[0] >= len(record.cells):
            return None
        total: Decimal | None = found[1][record.cells[found[0]]]
        return total

    def _facts(self, seen: dict[str, set[str | None]]) -> Facts:
        around = Surroundings(
            file_name=self._file.name,
            sheet_name=self._open.sheet,
            titles=self._open.titles,
            last_lines=tuple(self._tally.remarks),
            columns={name: frozenset(filter(None, values)) for name, values in seen.items()},
        )
        return find_facts(self._mapping, around, self._open.place)

    def _header(self, facts: Facts) -> ReportHeader:
        return ReportHeader(
            number=facts.texts.get(Fact.NUMBER),
            period=facts.period,
            issued=facts.issued,
            distributor=facts.texts.get(Fact.DISTRIBUTOR),
            vendor=facts.texts.get(Fact.VENDOR),
            currency=self._tally.currency,
        )

    def _findings(self, facts: Facts) -> Iterator[Finding]:
        yield from self._open.findings
        yield from self._mixed
        yield from facts.findings
        if not self._open.ends_with_line_end:
            yield find("last-line-open", self._open.place)


@contextmanager
def no_collection() -> Iterator[None]:
    """Without Python's search for cycles: rows have none, and it would walk all of them again and again.

    Measured on 300,000 lines: a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
