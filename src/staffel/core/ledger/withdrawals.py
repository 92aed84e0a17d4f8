"""A report that is taken back: handed in under the wrong distributor or month, it is as if it had never come.

Its lines are reversed, those of it that wait no longer do, and its claim is followed by one that says so, all
in one commit; earlier states keep what they said. A line that another report named too stays, and is that
report's. The report may be handed in again, rightly.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, func, insert, select

from staffel.core.findings import Finding, Place
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.database import REPORTS, WITHDRAWN
from staffel.core.ledger.entries import Desk, enter, written_rows
from staffel.core.ledger.facts import effective, rows_of
from staffel.core.ledger.known import KnownLine, lines_of_reports, note_repeated, others_naming, write_known
from staffel.core.ledger.lines import Standing, escaped
from staffel.core.ledger.references import Register
from staffel.core.ledger.sentences import find
from staffel.core.ledger.state import State, current_state
from staffel.core.ledger.store import Store
from staffel.core.sources import TABLES


class WithdrawalRefused(Exception):
    """A report cannot be taken back. finding: why, and the way out."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.say())
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWindow:
    """A window that was settled and holds days of lines that were taken back."""

    programme: str
    start: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What was taken back. before: the state that still has it. lines: reversed, net: their sums by currency.

    waiting: that no longer do; handed_on: lines that are another report's now. days: of the reversed lines.
    """

    report_id: str
    before: str
    commit_no: int
    lines: int
    waiting: int
    handed_on: int
    net: dict[str, Decimal]
    first_day: date | None
    last_day: date | None
    closed: tuple[ClosedWindow, ...]

    @property
    def state_id(self) -> str:
        """The state without it."""
        return f"s-{self.commit_no:06d}"


def withdraw_report(store: Store, report_id: str, *, reason: str, at: datetime) -> Withdrawal:
    """Take a report back. Raises WithdrawalRefused where there is none, or it was taken back already."""
    with store.writing():
        state = current_state(store)
        with store.engine.connect() as connection:
            versions = _versions(connection, report_id)
            if not versions:
                raise WithdrawalRefused(_unknown(connection, report_id))
            last = versions[-1]
            if last.content == WITHDRAWN:
                raise WithdrawalRefused(find("report-withdrawn-already", Place(file=report_id)))
            numbers = [version.report_no for version in versions]
            own = lines_of_reports(connection, last.kind, escaped(last.distributor_id), numbers)
            others = others_naming(connection, last.kind, report_id, sorted(own))
            next_no = int(connection.scalar(select(func.max(REPORTS.c.report_no))) or 0) + 1
        gone = [line for line_id, line in sorted(own.items()) if line_id not in others]
        back = [line for line in gone if line.standing is Standing.LIVE]
        handed_on = [replace(own[line], report_no=number) for line, number in sorted(others.items())]
        commit = Commit.begin(store, at=at, kind="withdrawal", reason=f"{report_id}: {reason}")
        _take_back(state, commit, last, own, back, gone, handed_on)
        commit.note(lambda connection: _claim(connection, last, next_no, commit.number, len(back)))
        commit.confirm()
        rows = written_rows(state, last.kind, back)
        days = rows.column(TABLES[last.kind].main_date).to_pylist()
        return Withdrawal(
            report_id=report_id,
            before=state.state_id,
            commit_no=commit.number,
            lines=len(back),
            waiting=sum(line.standing is Standing.WAITING for line in gone),
            handed_on=len(handed_on),
            net=_sums(rows),
            first_day=min(days, default=None),
            last_day=max(days, default=None),
            closed=_closed(state, days),
        )


def _take_back(
    state: State,
    commit: Commit,
    last: Any,
    own: dict[str, KnownLine],
    back: list[KnownLine],
    gone: list[KnownLine],
    handed_on: list[KnownLine],
) -> None:
    desk = Desk.over(Register(state=state))
    before = {line.line_id: line for line in gone}
    enter(state, commit, last.kind, [], desk=desk, before=before, taken_back=back, gone=gone)
    commit.note(lambda connection: write_known(connection, last.kind, handed_on, own))
    commit.note(lambda connection: note_repeated(connection, last.kind, last.report_id, []))


def _versions(connection: Connection, report_id: str) -> list[Any]:
    asked = select(REPORTS).where(REPORTS.c.report_id == report_id).order_by(REPORTS.c.version)
    return list(connection.execute(asked))


def _unknown(connection: Connection, report_id: str) -> Finding:
    known = sorted(set(connection.scalars(select(REPORTS.c.report_id))))
    place = Place(file=report_id)
    near = get_close_matches(report_id, known, n=1)
    return find("report-unknown-meant", place, near=near[0]) if near else find("report-unknown", place)


def _claim(connection: Connection, last: Any, report_no: int, commit_no: int, lines: int) -> None:
    """Another version of the report, of which nothing is left."""
    said = dict(last._mapping)
    said |= {"report_no": report_no, "version": last.version + 1, "commit_no": commit_no}
    said |= {"content": WITHDRAWN, "taken": 0, "waiting": 0, "refused": 0, "repeated": 0, "withdrawn": lines}
    connection.execute(insert(REPORTS).values(**said))


def _sums(rows: pa.Table) -> dict[str, Decimal]:
    amount = "net" if "net" in rows.column_names else "value"
    found: Counter[str] = Counter()
    for currency, money in zip(rows["currency"].to_pylist(), rows[amount].to_pylist(), strict=True):
        found[currency or ""] += money or Decimal(0)  # type: ignore[assignment]
    return {currency: Decimal(found[currency]) for currency in sorted(found)}


def _closed(state: State, days: Iterable[date]) -> tuple[ClosedWindow, ...]:
    """The settled windows of any programme that hold one of these days."""
    held = set(days)
    rows = effective(TABLES["closes"], rows_of(state, "closes"))
    found: set[tuple[str, Any, Any]] = {
        (str(row["programme"]), row["settle_start"], row["settle_until"]) for row in rows
    }
    return tuple(
        ClosedWindow(programme=programme, start=start, until=until)
        for programme, start, until in sorted(found)
        if any(start <= day < until for day in held)
    )
