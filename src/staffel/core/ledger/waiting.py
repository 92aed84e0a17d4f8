"""Lines that wait for a partner or a product to be known: counted nowhere, shown everywhere, taken in
once.

They stand in the core's database, not in the tables: no state has them. A line enters in the commit that
takes it from the waiting ones, so it can do so once only. When a table of references is loaded all are
looked up again.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from staffel.core.calendar import Span
from staffel.core.ledger.database import REFUSED, REPORTS, WAITING
from staffel.core.ledger.store import Store


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
