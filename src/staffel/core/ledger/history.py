"""What was recorded, commit by commit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from staffel.core.ledger.database import COMMIT_TABLES, COMMITS, REPORTS
from staffel.core.ledger.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCounts:
    """What one version of a report came to when it was taken."""

    report_id: str
    version: int
    taken: int
    waiting: int
    refused: int
    repeated: int
    withdrawn: int
    dropped_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One commit. kind: report, withdrawal, load, waiting, record or upkeep. rows: added, by table."""

    commit_no: int
    kind: str
    reason: str
    recorded_at: datetime
    rows: dict[str, int]
    report: ReportCounts | None

    @property
    def state_id(self) -> str:
        """The state after it."""
        return f"s-{self.commit_no:06d}"


def log(store: Store) -> tuple[Entry, ...]:
    """All commits, the oldest first."""
    with store.engine.connect() as connection:
        commits = list(connection.execute(select(COMMITS).order_by(COMMITS.c.commit_no)))
        tables = list(connection.execute(select(COMMIT_TABLES).order_by(COMMIT_TABLES.c.table_name)))
        reports = {row.commit_no: row for row in connection.execute(select(REPORTS))}
    rows: dict[int, dict[str, int]] = {}
    for each in tables:
        if each.rows:
            rows.setdefault(each.commit_no, {})[each.table_name] = each.rows
    return tuple(
        Entry(
            commit_no=each.commit_no,
            kind=each.kind,
            reason=each.reason,
            recorded_at=each.recorded_at,
            rows=rows.get(each.commit_no, {}),
            report=_counts(reports[each.commit_no]) if each.commit_no in reports else None,
        )
        for each in commits
    )


def _counts(row: object) -> ReportCounts:
    said = row._mapping  # type: ignore[attr-defined]
    names = ("report_id", "version", "taken", "waiting", "refused", "repeated", "withdrawn")
    return ReportCounts(
        **{name: said[name] for name in names}, dropped_columns=tuple(said["dropped_columns"])
    )
