"""Lines that wait for a partner or a product to be known: counted nowhere, shown everywhere, taken in
once.

They stand in the core's database, not in the tables: no state has them. A line enters in the commit that
takes it from the waiting ones, so it can do so once only. When a table of references is loaded all are
looked up again.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from staffel.core.calendar import Span
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.database import REFUSED, REPORTS, WAITING
from staffel.core.ledger.entries import Arrival, enter
from staffel.core.ledger.known import known_lines
from staffel.core.ledger.lines import Lines, ReportHeader, from_contents
from staffel.core.ledger.persons import Keys
from staffel.core.ledger.references import TABLES_READ, Found, references_of
from staffel.core.ledger.state import State, current_state
from staffel.core.ledger.store import Store
from staffel.core.sources import STOCK, TABLES

REFERENCES = TABLES_READ
LINES_TABLES = tuple(name for name, table in TABLES.items() if table.shape == "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """A line that waits. key: the number or name that is not known. content: what it says, names as keys."""

    table: str
    line_id: str
    report_id: str
    distributor_id: str
    vendor_id: str
    row: int
    reason: str
    key: str
    commit_no: int
    content: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSum:
    """What waits for one number or name. net: by currency. partner_names: as reported, to recognise it by."""

    distributor_id: str
    vendor_id: str
    table: str
    reason: str
    key: str
    lines: int
    quantity: Decimal
    net: dict[str, Decimal]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A row that was refused. cells: as read, names of persons as keys. replaced: a later version of its
    report was taken.
    """

    report_id: str
    distributor_id: str
    vendor_id: str
    kind: str
    period: Span
    replaced: bool
    row: str
    code: str
    reason: dict[str, str]
    way_out: dict[str, str]
    cells: tuple[tuple[str, str], ...]


def waiting_lines(store: Store) -> tuple[WaitingLine, ...]:
    """All lines that wait, by distributor, reason, key and line."""
    joined = select(WAITING, REPORTS).join(REPORTS, REPORTS.c.report_no == WAITING.c.report_no)
    with store.engine.connect() as connection:
        rows = [row._mapping for row in connection.execute(joined)]
    lines = [
        WaitingLine(
            table=row["table_name"],
            line_id=row["line_id"],
            report_id=row["report_id"],
            distributor_id=row["distributor_id"],
            vendor_id=row["vendor_id"],
            row=int(row["content"]["row"]),
            reason=row["reason"],
            key=row["key"],
            commit_no=row[WAITING.c.commit_no],
            content=row["content"],
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda each: (each.distributor_id, each.reason, each.key, each.line_id)))


def waiting_sums(store: Store) -> tuple[WaitingSum, ...]:
    """What waits, summed by distributor, vendor, table, reason and key."""
    groups: dict[tuple[str, ...], list[WaitingLine]] = {}
    for line in waiting_lines(store):
        key = (line.distributor_id, line.vendor_id, line.table, line.reason, line.key)
        groups.setdefault(key, []).append(line)
    return tuple(_summed(key, groups[key]) for key in sorted(groups))


def refused_rows(store: Store) -> tuple[RefusedLine, ...]:
    """All rows that were refused, by report and row."""
    headers = [REPORTS.c[name] for name in ("report_id", "distributor_id", "vendor_id", "kind")]
    headers += [REPORTS.c.period_start, REPORTS.c.period_until]
    joined = select(REFUSED, *headers).join(REPORTS, REPORTS.c.report_no == REFUSED.c.report_no)
    newest = select(REPORTS.c.report_id, func.max(REPORTS.c.report_no)).group_by(REPORTS.c.report_id)
    with store.engine.connect() as connection:
        rows = list(connection.execute(joined.order_by(REPORTS.c.report_id, REFUSED.c.refused_no)))
        standing = {row[0]: row[1] for row in connection.execute(newest)}
    return tuple(
        RefusedLine(
            report_id=row.report_id,
            distributor_id=row.distributor_id,
            vendor_id=row.vendor_id,
            kind=row.kind,
            period=Span(row.period_start, row.period_until),
            replaced=standing[row.report_id] != row.report_no,
            row=row.row,
            code=row.code,
            reason=row.content["reason"],
            way_out=row.content["way_out"],
            cells=tuple((name, text) for name, text in row.content["cells"]),
        )
        for row in rows
    )


def retry_waiting(store: Store, *, at: datetime) -> int:
    """Look all waiting lines up again; how many were taken in."""
    with store.writing():
        return take_in(store, at=at)


def take_in(store: Store, *, at: datetime) -> int:
    """The same for whoever holds the store already."""
    state = current_state(store)
    ready = [line for line in waiting_lines(store) if not _unknown(state, line).reason]
    if not ready:
        return 0
    commit = Commit.begin(store, at=at, kind="waiting", reason=f"{len(ready)} lines no longer wait")
    for table in LINES_TABLES:
        lines = [line for line in ready if line.table == table]
        if lines:
            _enter(state, commit, table, lines)
    commit.confirm()
    return len(ready)


def _enter(state: State, commit: Commit, table: str, lines: list[WaitingLine]) -> None:
    with state.store.engine.connect() as connection:
        before = known_lines(connection, table, sorted(line.line_id for line in lines))
    by_report: dict[int, list[WaitingLine]] = {}
    for line in lines:
        by_report.setdefault(before[line.line_id].report_no, []).append(line)
    arrivals = [
        Arrival(
            header=header,
            report_no=number,
            lines=_as_lines(by_report[number], before),
            after=[before[line.line_id].revision for line in by_report[number]],
        )
        for number, header in _headers(state.store, sorted(by_report))
    ]
    keys = Keys.of(state.store)
    enter(state, commit, table, arrivals, keys=keys, before=before)
    commit.note(keys.write)


def _as_lines(lines: Iterable[WaitingLine], before: dict[str, Any]) -> Lines:
    ids = [line.line_id for line in lines]
    return from_contents(ids, [before[line_id].digest for line_id in ids], [line.content for line in lines])


def _headers(store: Store, numbers: list[int]) -> list[tuple[int, ReportHeader]]:
    with store.engine.connect() as connection:
        rows = connection.execute(select(REPORTS).where(REPORTS.c.report_no.in_(numbers)))
        return [(row.report_no, header_of(row)) for row in rows]


def header_of(row: Any) -> ReportHeader:
    """The header of a report that was taken."""
    return ReportHeader(
        distributor_id=row.distributor_id,
        vendor_id=row.vendor_id,
        kind=row.kind,
        period_start=row.period_start,
        period_until=row.period_until,
        digest=row.digest,
        number=row.number,
        issued=row.issued,
    )


def _unknown(state: State, line: WaitingLine) -> Found:
    """What the line still waits for; no reason if nothing."""
    said = line.content
    references = references_of(state, line.distributor_id, line.vendor_id)
    day = datetime.fromisoformat(said["counted_on" if line.table == STOCK.name else "sold_on"]).date()
    if line.table == "sell_out":
        partner = references.partner(said.get("partner_number"), said.get("partner_name"), day)
        if partner.reason:
            return partner
    numbers = ("product_distributor_number", "product_vendor_number", "product_ean")
    return references.product([said.get(name) for name in numbers], day)


def _summed(key: tuple[str, ...], lines: list[WaitingLine]) -> WaitingSum:
    net: Counter[str] = Counter()
    for line in lines:
        amount = line.content.get("net") or line.content.get("value") or "0"
        net[line.content.get("currency", "")] += Decimal(amount)  # type: ignore[assignment]
    named = "partner_name" if key[3].startswith("partner") else "product_name"
    names = {line.content[named] for line in lines if named in line.content}
    return WaitingSum(
        distributor_id=key[0],
        vendor_id=key[1],
        table=key[2],
        reason=key[3],
        key=key[4],
        lines=len(lines),
        quantity=sum((Decimal(line.content.get("quantity", "0")) for line in lines), Decimal(0)),
        net={currency: Decimal(net[currency]) for currency in sorted(net)},
        names=tuple(sorted(names)),
    )
