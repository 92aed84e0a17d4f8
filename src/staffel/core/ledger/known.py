"""What the store knows of each line that was ever reported: what became of it, in which revision, who
answers for it.

One row a line in the core's database, by its identity. A report may ask for ten thousand at once; those
of a distributor come in rising order, so most reports find by one look that none of theirs is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from staffel.core.ledger.database import KNOWN_LINES, REPEATED_LINES, REPORTS
from staffel.core.ledger.lines import Standing
from staffel.core.ledger.persons import chunks

_COLUMNS = (
    "table_name", "line_id", "standing", "revision", "digest", "report_no", "commit_no", "row",
    "partner_naming", "product_naming",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """revision: of the newest row written, 0 for none. commit_no: that wrote it. row: in the file.

    partner_naming, product_naming: under which it was reported (`namings`); None of lines of older stores.
    """

    line_id: str
    standing: Standing
    revision: int
    digest: int
    report_no: int
    commit_no: int
    row: int | None = None
    partner_naming: int | None = None
    product_naming: int | None = None


def known_lines(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, KnownLine]:
    """Those of these lines that are known."""
    if not ids or not _any_between(connection, table, min(ids), max(ids)):
        return {}
    found: dict[str, KnownLine] = {}
    for chunk in chunks(ids):
        same = (KNOWN_LINES.c.table_name == table) & KNOWN_LINES.c.line_id.in_(chunk)
        found |= {row.line_id: _known(row) for row in connection.execute(select(KNOWN_LINES).where(same))}
    return found


def lines_of_reports(
    connection: Connection, table: str, distributor: str, report_nos: Iterable[int]
) -> dict[str, KnownLine]:
    """All lines that these versions of a report answer for, the withdrawn ones left out. distributor: as
    in line ids.
    """
    rows = connection.execute(
        select(KNOWN_LINES).where(
            KNOWN_LINES.c.table_name == table,
            KNOWN_LINES.c.line_id.between(f"{distributor}/", f"{distributor}0"),
            KNOWN_LINES.c.report_no.in_(list(report_nos)),
            KNOWN_LINES.c.standing != Standing.WITHDRAWN,
        )
    )
    return {row.line_id: _known(row) for row in rows}


def live_under(
    connection: Connection, table: str, distributor: str, namings: Sequence[int]
) -> dict[str, KnownLine]:
    """The lines of a distributor that count and were reported under one of these namings.

    distributor: as in line ids.
    """
    found: dict[str, KnownLine] = {}
    for chunk in chunks(namings):
        named = KNOWN_LINES.c.partner_naming.in_(chunk) | KNOWN_LINES.c.product_naming.in_(chunk)
        asked = select(KNOWN_LINES).where(
            KNOWN_LINES.c.table_name == table,
            KNOWN_LINES.c.line_id.between(f"{distributor}/", f"{distributor}0"),
            KNOWN_LINES.c.standing == Standing.LIVE,
            named,
        )
        found |= {row.line_id: _known(row) for row in connection.execute(asked)}
    return found


def live_with_prefix(connection: Connection, table: str, prefix: str) -> dict[str, int]:
    """The lines of a document that count, and the commit that wrote each. prefix: ends with a slash."""
    rows = connection.execute(
        select(KNOWN_LINES.c.line_id, KNOWN_LINES.c.commit_no).where(
            KNOWN_LINES.c.table_name == table,
            KNOWN_LINES.c.line_id > prefix,
            KNOWN_LINES.c.line_id < prefix[:-1] + "0",
            KNOWN_LINES.c.standing == Standing.LIVE,
        )
    )
    return {row.line_id: row.commit_no for row in rows}


def write_known(
    connection: Connection, table: str, lines: Sequence[KnownLine], before: Mapping[str, KnownLine]
) -> None:
    """Keep what became of these lines. before: those that were known."""
    new = [_row(table, line) for line in lines if line.line_id not in before]
    changed = [_row(table, line) for line in lines if line.line_id in before]
    if new:
        # Ten thousand at a time: the driver's own way takes a fifth of the time.
        sign = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        signs = ", ".join([sign] * len(_COLUMNS))
        names = ", ".join(f'"{name}"' for name in _COLUMNS)
        text = f"INSERT INTO {KNOWN_LINES.name} ({names}) VALUES ({signs})"
        connection.exec_driver_sql(text, new)
    if changed:
        same = (KNOWN_LINES.c.table_name == bindparam("of_table")) & (
            KNOWN_LINES.c.line_id == bindparam("of_line")
        )
        connection.execute(
            update(KNOWN_LINES).where(same).values({name: bindparam(name) for name in _COLUMNS[2:]}),
            [dict(zip(("of_table", "of_line", *_COLUMNS[2:]), row, strict=True)) for row in changed],
        )


def _row(table: str, line: KnownLine) -> tuple[str | int | None, ...]:
    """What is kept of a line, in the order of `_COLUMNS`."""
    return (
        table, line.line_id, int(line.standing), line.revision, line.digest, line.report_no, line.commit_no,
        line.row, line.partner_naming, line.product_naming,
    )  # fmt: skip


def note_repeated(connection: Connection, table: str, report_id: str, ids: Sequence[str]) -> None:
    """Keep that this report, too, named these lines; what it named before is forgotten."""
    same = (REPEATED_LINES.c.table_name == table) & (REPEATED_LINES.c.report_id == report_id)
    connection.execute(delete(REPEATED_LINES).where(same))
    if ids:
        rows = [{"table_name": table, "line_id": line, "report_id": report_id} for line in sorted(set(ids))]
        connection.execute(insert(REPEATED_LINES), rows)


def others_naming(connection: Connection, table: str, report_id: str, ids: Sequence[str]) -> dict[str, int]:
    """Of these lines those that another report named too, and the newest version of that report."""
    found: dict[str, int] = {}
    for chunk in chunks(ids):
        rows = connection.execute(
            select(REPEATED_LINES.c.line_id, REPORTS.c.report_no)
            .join(REPORTS, REPORTS.c.report_id == REPEATED_LINES.c.report_id)
            .where(
                REPEATED_LINES.c.table_name == table,
                REPEATED_LINES.c.line_id.in_(chunk),
                REPEATED_LINES.c.report_id != report_id,
            )
            .order_by(REPORTS.c.report_no)
        )
        found |= {row.line_id: row.report_no for row in rows}
    return found


def _any_between(connection: Connection, table: str, first: str, last: str) -> bool:
    asked = select(KNOWN_LINES.c.line_id).where(
        KNOWN_LINES.c.table_name == table, KNOWN_LINES.c.line_id.between(first, last)
    )
    return connection.execute(asked.limit(1)).first() is not None


def _known(row: Any) -> KnownLine:
    return KnownLine(
        line_id=row.line_id,
        standing=Standing(row.standing),
        revision=row.revision,
        digest=row.digest,
        report_no=row.report_no,
        commit_no=row.commit_no,
        row=row.row,
        partner_naming=row.partner_naming,
        product_naming=row.product_naming,
    )
