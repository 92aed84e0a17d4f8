"""A report file into the ledger: the reader's rows as reported lines, what no file names told by the call.

Here alone readers and ledger meet. A number or name that the mapping does not call a key is kept to recognise
the line by, but finds no partner and no product.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from staffel.core.calendar import Calendar, Span
from staffel.core.findings import Finding, Place, Text
from staffel.core.ledger import ImportOutcome, RefusedRow, ReportedLine, ReportHeader, Store, import_report
from staffel.core.readers import (
    Mapping,
    ReadReport,
    ReportedRow,
    ReportKind,
    ReportRefused,
    StockRow,
    read,
)
from staffel.core.readers.mapping import PRODUCT_KEYS, Column

_CALENDAR = Calendar()


class HeaderMissing(Exception):
    """The file does not say whose report it is, and nobody was told. findings: what is missing."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.say() for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the caller says of a report; None: the file says it, or nobody."""

    kind: ReportKind = ReportKind.SELL_OUT
    distributor: str | None = None
    vendor: str | None = None
    period: Span | None = None
    number: str | None = None
    currency: str | None = None
    replaces: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a report: the file as it was named, what was read, the ledger's answer."""

    file: str
    period: Span
    sums: dict[str, Decimal]
    lines: int
    dropped_columns: tuple[str, ...]
    findings: tuple[Finding, ...]
    outcome: ImportOutcome


def import_file(store: Store, path: Path, *, mapping: Mapping, told: Told, at: datetime) -> Imported:
    """Read a file and take it in; findings name it as it was given. Raises ReportRefused, HeaderMissing."""
    try:
        report = read(path, mapping=mapping, kind=told.kind, name=path.name)
        header = header_of(report, told)
    except ReportRefused as refusal:
        raise ReportRefused(_as_given(refusal.findings, path)) from refusal
    except HeaderMissing as refusal:
        raise HeaderMissing(_as_given(refusal.findings, path)) from refusal
    outcome = import_report(
        store,
        report=header,
        lines=lines_of(report, told.currency),
        refused=refused_of(report),
        dropped_columns=report.dropped_columns,
        at=at,
        strict=told.strict,
    )
    refused = [replace(row, finding=_as_given([row.finding], path)[0]) for row in outcome.refused_rows]
    found = (*_of_reading(report, told, outcome), *_doubts(report, told), *outcome.findings)
    return Imported(
        file=str(path),
        period=header.period,
        sums=_sums(report, told.currency),
        lines=len(report.rows) + len(report.stock),
        dropped_columns=report.dropped_columns,
        findings=_as_given(found, path),
        outcome=replace(outcome, refused_rows=tuple(refused)),
    )


def header_of(report: ReadReport, told: Told) -> ReportHeader:
    """Whose report it is: what the call says goes before what the file says. Raises HeaderMissing."""
    distributor = told.distributor or report.header.distributor
    vendor = told.vendor or report.header.vendor
    period = told.period or report.header.period
    if distributor is None or vendor is None or period is None:
        options = {"--distributor": distributor, "--vendor": vendor, "--period": period}
        missing = [option for option, value in options.items() if value is None]
        raise HeaderMissing((_missing(report.name, missing),))
    return ReportHeader(
        distributor_id=distributor,
        vendor_id=vendor,
        kind=told.kind.value,
        period_start=period.start,
        period_until=period.until,
        digest=report.digest,
        number=told.number or report.header.number,
        issued=report.header.issued,
        replaces=told.replaces,
    )


def lines_of(report: ReadReport, currency: str | None) -> Iterator[ReportedLine]:
    """Every row as the ledger takes it. currency: of rows that name none."""
    keys = {column: column if column in report.keys.product else "" for column in PRODUCT_KEYS}
    named_by_number = Column.PARTNER_NUMBER in report.keys.partner
    for row in report.rows:
        yield _sold(row, keys, named_by_number, row.currency or currency)
    for stock in report.stock:
        yield _stocked(stock, keys, stock.currency or currency)


def refused_of(report: ReadReport) -> Iterator[RefusedRow]:
    """The rows that could not be read, with the cells that are kept."""
    for row in report.refused:
        yield RefusedRow(
            row=row.place.line, finding=row.finding, cells=row.cells, cells_in_place=row.cells_in_place
        )


def span_of(text: str) -> Span | None:
    """A period as one types it: `2026-03`, `2026-Q1`, `2026`, `2026-03-01..2026-03-15`; None: none of these.

    >>> span_of("2026-03").last_day
    datetime.date(2026, 3, 31)
    """
    first, parted, last = text.partition("..")
    try:
        if not parted:
            return _CALENDAR.named(first)[0]
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
        return Span(start, date.fromordinal(end.toordinal() + 1)) if start <= end else None
    except (ValueError, OverflowError):
        return None


def _sold(
    row: ReportedRow, keys: dict[Column, str], named_by_number: bool, currency: str | None
) -> ReportedLine:
    return ReportedLine(
        row=row.place.line,
        part=row.part,
        invoice_no=row.invoice_no,
        document_row=row.document_row,
        returns_document=row.returns_document,
        partner_number=row.partner_number if named_by_number else None,
        partner_name=row.partner_name,
        end_customer=row.end_customer,
        seller=row.seller,
        product_distributor_number=_key(row, keys[Column.PRODUCT_DISTRIBUTOR_NUMBER]),
        product_vendor_number=_key(row, keys[Column.PRODUCT_VENDOR_NUMBER]),
        product_ean=_key(row, keys[Column.PRODUCT_EAN]),
        product_name=row.product_name,
        kind=row.kind.value,
        business=row.business,
        sold_on=row.sold_on,
        ordered_on=row.ordered_on,
        shipped_on=row.shipped_on,
        invoiced_on=row.invoiced_on,
        paid_on=row.paid_on,
        quantity=row.quantity,
        net=row.net,
        list=row.list,
        dealer=row.dealer,
        cost=row.cost,
        currency=currency,
        order_no=row.order_no,
        route=row.route,
        deal=row.deal,
        special_price=row.special_price,
    )


def _stocked(row: StockRow, keys: dict[Column, str], currency: str | None) -> ReportedLine:
    return ReportedLine(
        row=row.place.line,
        product_distributor_number=_key(row, keys[Column.PRODUCT_DISTRIBUTOR_NUMBER]),
        product_vendor_number=_key(row, keys[Column.PRODUCT_VENDOR_NUMBER]),
        product_ean=_key(row, keys[Column.PRODUCT_EAN]),
        product_name=row.product_name,
        counted_on=row.counted_on,
        quantity=row.quantity,
        value=row.value,
        currency=currency,
        warehouse=row.warehouse,
    )


def _key(row: ReportedRow | StockRow, column: str) -> str | None:
    found: str | None = getattr(row, column) if column else None
    return found


def _sums(report: ReadReport, currency: str | None) -> dict[str, Decimal]:
    """The net of all rows read, by currency; of stock its value."""
    found: dict[str, Decimal] = {}
    rows: Sequence[ReportedRow | StockRow] = [*report.rows, *report.stock]
    for row in rows:
        amount = row.net if isinstance(row, ReportedRow) else row.value
        code = row.currency or currency or ""
        found[code] = found.get(code, Decimal(0)) + (amount or Decimal(0))
    return dict(sorted(found.items()))


def _as_given(findings: Iterable[Finding], path: Path) -> tuple[Finding, ...]:
    """Findings whose places name the file by its whole path; its name alone is what the mapping reads."""
    return tuple(
        replace(finding, places=tuple(_place_as_given(place, path) for place in finding.places))
        for finding in findings
    )


def _place_as_given(place: Place, path: Path) -> Place:
    if not place.file.startswith(path.name):
        return place
    return replace(place, file=f"{path}{place.file.removeprefix(path.name)}")


def _of_reading(report: ReadReport, told: Told, outcome: ImportOutcome) -> Iterator[Finding]:
    """What the reader found, and the call did not answer; refused rows are kept only with their report."""
    answered = {
        "rows-refused": outcome.commit_no is None,
        "currency-missing": told.currency is not None,
    }
    yield from (finding for finding in report.findings if not answered.get(finding.code, False))


def _doubts(report: ReadReport, told: Told) -> Iterator[Finding]:
    said, called = report.header.period, told.period
    if said is not None and called is not None and said != called:
        yield Finding(
            code="period-differs",
            severity="warning",
            places=(Place(file=report.name),),
            reason=Text(
                en=f"The file reports {said.start} to {said.last_day}, the call says otherwise.",
                de=f"Die Datei meldet {said.start} bis {said.last_day}, der Aufruf sagt anderes.",
            ),
            way_out=Text(
                en="The call was followed; look at --period.", de="Es gilt der Aufruf; prüfen Sie --period."
            ),
        )


def _missing(name: str, options: list[str]) -> Finding:
    listed = ", ".join(options)
    return Finding(
        code="report-unnamed",
        places=(Place(file=name),),
        reason=Text(
            en=f"The file does not say whose report it is: {listed} is missing.",
            de=f"Die Datei sagt nicht, wessen Meldung sie ist: Es fehlt {listed}.",
        ),
        way_out=Text(
            en="Say it with the option, or tell the mapping under `report:` where the file says it.",
            de="Sagen Sie es mit der Option, oder der Zuordnung unter `report:`, wo die Datei es sagt.",
        ),
    )
