"""What reading a report gives: its header, its rows, what was refused and found, and what it all comes to."""

from dataclasses import dataclass
from datetime import date

from staffel.core.calendar import Span
from staffel.core.findings import Finding
from staffel.core.readers.mapping import Keys, ReportKind
from staffel.core.readers.rows import RefusedRow, ReportedRow, StockRow
from staffel.core.readers.totals import ControlTotal, Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    """What the report says of itself; None: nothing, so `import` is told.

    currency: that of all amounts; None also where it varies.
    """

    number: str | None = None
    period: Span | None = None
    issued: date | None = None
    distributor: str | None = None
    vendor: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCounts:
    """What became of every record of the file. data: those that became rows; head: titles and headings."""

    head: int
    data: int
    refused: int
    totals: int
    empty: int
    remarks: int

    @property
    def all(self) -> int:
        """All records."""
        return self.head + self.data + self.refused + self.totals + self.empty + self.remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """A report as read. rows: of sold goods; stock: of a stock report; each in the file's order.

    digest: SHA-256 of the bytes. dropped_columns: the headings of what no source knows. keys: what names
    partner and product in this layout.
    """

    name: str
    kind: ReportKind
    digest: str
    sheet: str
    header: ReportHeader
    keys: Keys
    rows: list[ReportedRow]
    stock: list[StockRow]
    refused: list[RefusedRow]
    findings: tuple[Finding, ...]
    dropped_columns: tuple[str, ...]
    control_totals: tuple[ControlTotal, ...]
    sums: Sums
    counts: LineCounts
