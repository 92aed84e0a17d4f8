"""One report, one commit: accepted lines, waiting lines, refused rows and the claim of the report
together.

A report is told by distributor, vendor, kind and number, or else period. What it says is told by a digest
of its lines, whatever the format of the file: the same again is nothing new; something else under the
same name is refused unless it says that it replaces, and then takes back the lines of the version before
that it changes or leaves out. A report of which no row can be taken is refused whole, as one that was read
by the wrong mapping: nothing is noted of it, and it can be imported again.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from staffel.core.findings import Finding, Place, in_order
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.database import REFUSED, REPORTS, WITHDRAWN
from staffel.core.ledger.entries import Arrival, Desk, Entered, enter
from staffel.core.ledger.known import (
    KnownLine,
    known_lines,
    lines_of_reports,
    note_repeated,
    others_naming,
    write_known,
)
from staffel.core.ledger.lines import (
    Lines,
    RefusedRow,
    ReportedLine,
    ReportHeader,
    Standing,
    escaped,
    typed_lines,
)
from staffel.core.ledger.persons import Keys
from staffel.core.ledger.references import Register
from staffel.core.ledger.sentences import find
from staffel.core.ledger.state import current_state
from staffel.core.ledger.store import Store
from staffel.core.ledger.strangers import doubtful_header

# Cells of a refused row that name a person, and as whom.
_NAMED_CELLS = {"end_customer": "end_customer", "seller": "person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What an import did. commit_no: None if the report was refused whole; that of the first import if it
    was known.

    taken, waiting: lines that entered or wait; repeated: known and the same; withdrawn: taken back by a
    replacement.
    """

    report_id: str
    commit_no: int | None
    taken: int = 0
    waiting: int = 0
    refused: int = 0
    repeated: int = 0
    withdrawn: int = 0
    findings: tuple[Finding, ...] = ()
    already_known: bool = False
    refused_rows: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A version of a report that was taken."""

    report_no: int
    version: int
    commit_no: int
    digest: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A report's lines told apart. entering, after: lines and the revision each had; taken_back, gone: of
    before.
    """

    entering: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    kept: list[KnownLine] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    conflicts: list[int] = field(default_factory=list)
    taken_back: list[KnownLine] = field(default_factory=list)

    @property
    def brings_nothing(self) -> bool:
        """Whether not one of its lines can be taken or was known."""
        return not (self.entering or self.repeated or self.kept or self.again)


def import_report(
    store: Store,
    *,
    report: ReportHeader,
    lines: Iterable[ReportedLine],
    refused: Iterable[RefusedRow] = (),
    dropped_columns: Sequence[str] = (),
    at: datetime,
    strict: bool = False,
) -> ImportOutcome:
    """Take a report in. refused: rows that the reader could not read. strict: all of it or nothing."""
    typed, misfits = typed_lines(report, lines, bytes.fromhex(store.setting("secret")))
    unread = [*refused, *misfits]
    if report.period_until <= report.period_start:
        return _refused_whole(report, [find("period-empty", _place(report))], unread)
    content = content_of(typed)
    with store.writing():
        with store.engine.connect() as connection:
            versions = _versions(connection, report)
            before = known_lines(connection, report.kind, typed.ids)
            told = _tell_apart(typed, before, {version.report_no for version in versions})
            unread += [_conflict(report, typed, each) for each in told.conflicts]
            if versions and versions[-1].content == content:
                return _known_outcome(report, versions[-1], unread)
            by_row = f"{report.report_id}/"
            named_by_row = any(line.startswith(by_row) for line in typed.ids)
            findings = _doubts(connection, report, versions, content if named_by_row else "")
            if any(finding.severity == "error" for finding in findings):
                return _refused_whole(report, findings, unread)
            own = _own_lines(connection, report, versions)
            others = others_naming(
                connection, report.kind, report.report_id, sorted(set(own) - set(typed.ids))
            )
        findings += doubtful_header(current_state(store), report, typed)
        if unread and (strict or told.brings_nothing):
            code = "report-refused-whole" if strict else "report-none-taken"
            whole = find(code, _place(report), count=len(unread))
            return _refused_whole(report, [*findings, whole], unread)
        return _commit(store, _Draft(
            report=report, typed=typed, told=told, before=before, own=own, others=others, versions=versions,
            unread=unread, dropped=tuple(dropped_columns), content=content, findings=findings, at=at,
        ))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """All that the commit of a report is made of."""

    report: ReportHeader
    typed: Lines
    told: _Told
    before: dict[str, KnownLine]
    own: dict[str, KnownLine]
    others: dict[str, int]
    versions: list[_Version]
    unread: list[RefusedRow]
    dropped: tuple[str, ...]
    content: str
    findings: list[Finding]
    at: datetime


def content_of(lines: Lines) -> str:
    """A digest of all that a report says, in any order and format."""
    text = ",".join(map(str, sorted(lines.digests)))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _commit(store: Store, draft: _Draft) -> ImportOutcome:
    report, table, told = draft.report, draft.report.kind, draft.told
    state = current_state(store)
    commit = Commit.begin(store, at=draft.at, kind="report", reason=report.report_id)
    report_no = _next_report_no(store)
    left_out = [line for line_id, line in sorted(draft.own.items()) if line_id not in set(draft.typed.ids)]
    handed_on = [line for line in left_out if line.line_id in draft.others]
    gone = [line for line in left_out if line.line_id not in draft.others]
    arrival = Arrival(
        header=report, report_no=report_no, lines=draft.typed.take(told.entering), after=told.after
    )
    back = [*told.taken_back, *(line for line in gone if line.standing is Standing.LIVE)]
    before = {**draft.before, **draft.own}
    concerned = {
        each: before[each]
        for each in (*arrival.lines.ids, *(line.line_id for line in gone))
        if each in before
    }
    desk = Desk.over(Register(state=state))
    entered = enter(state, commit, table, [arrival], desk=desk, before=concerned, taken_back=back, gone=gone)
    kept = [replace(line, report_no=report_no) for line in told.kept]
    kept += [replace(line, report_no=draft.others[line.line_id]) for line in handed_on]
    commit.note(lambda connection: write_known(connection, table, kept, before))
    commit.note(lambda connection: note_repeated(connection, table, report.report_id, told.repeated))
    outcome = _outcome(draft, commit.number, entered, len(back))
    commit.note(lambda connection: _claim(connection, draft, report_no, outcome))
    rows = [_refused_content(report, report_no, row, desk.keys) for row in draft.unread]
    commit.note(lambda connection: _write_refused(connection, rows))
    desk.close(commit)
    commit.confirm()
    return outcome


def _tell_apart(typed: Lines, before: dict[str, KnownLine], own: set[int]) -> _Told:
    """Which lines enter, which are known. own: the earlier versions of the same report."""
    told = _Told()
    seen: dict[str, int] = {}
    for at, (line_id, digest) in enumerate(zip(typed.ids, typed.digests, strict=True)):
        if line_id in seen:
            _tell_again(told, at, same=seen[line_id] == digest)
            continue
        seen[line_id] = digest
        known = before.get(line_id)
        if known is None or known.standing is Standing.WITHDRAWN:
            _let_enter(told, at, known)
        elif known.digest == digest and known.report_no in own:
            told.kept.append(known)
        elif known.digest == digest:
            told.repeated.append(line_id)
        elif known.report_no in own:
            _let_enter(told, at, known)
            if known.standing is Standing.LIVE:
                told.taken_back.append(known)
        else:
            told.conflicts.append(at)
    return told


def _tell_again(told: _Told, at: int, *, same: bool) -> None:
    """A line that stands twice in one report."""
    if same:
        told.again.append(at)
    else:
        told.conflicts.append(at)


def _let_enter(told: _Told, at: int, known: KnownLine | None) -> None:
    told.entering.append(at)
    told.after.append(known.revision if known else 0)


def _versions(connection: Connection, report: ReportHeader) -> list[_Version]:
    """The versions of this report that were taken, in their order."""
    rows = connection.execute(
        select(REPORTS).where(REPORTS.c.report_id == report.report_id).order_by(REPORTS.c.version)
    )
    return [
        _Version(
            report_no=row.report_no,
            version=row.version,
            commit_no=row.commit_no,
            digest=row.digest,
            content=row.content,
        )
        for row in rows
    ]


def _doubts(
    connection: Connection, report: ReportHeader, versions: list[_Version], content: str
) -> list[Finding]:
    """What speaks against this report, beside its rows. content: empty if another name for it does no
    harm.
    """
    place = _place(report)
    stands = bool(versions) and versions[-1].content != WITHDRAWN
    if stands and not report.replaces:
        return [find("report-known-otherwise", place, report=report.report_id)]
    found = []
    if report.replaces and not stands:
        found.append(find("nothing-to-replace", place, report=report.report_id))
    for row in _others(connection, report):
        if content and row.content == content:
            return [find("report-under-other-name", place, report=row.report_id)]
        if row.period_start < report.period_until and report.period_start < row.period_until:
            found.append(find("periods-overlap", place, report=row.report_id))
    return found


def _others(connection: Connection, report: ReportHeader) -> list[Any]:
    """The newest version of every other report of this distributor, vendor and kind, if not withdrawn."""
    newest = (
        select(func.max(REPORTS.c.report_no))
        .where(
            REPORTS.c.distributor_id == report.distributor_id,
            REPORTS.c.vendor_id == report.vendor_id,
            REPORTS.c.kind == report.kind,
            REPORTS.c.report_id != report.report_id,
        )
        .group_by(REPORTS.c.report_id)
    )
    standing = REPORTS.c.report_no.in_(newest) & (REPORTS.c.content != WITHDRAWN)
    return list(connection.execute(select(REPORTS).where(standing).order_by(REPORTS.c.report_id)))


def _own_lines(
    connection: Connection, report: ReportHeader, versions: list[_Version]
) -> dict[str, KnownLine]:
    """The lines that earlier versions of this report answer for."""
    if not versions:
        return {}
    numbers = [version.report_no for version in versions]
    return lines_of_reports(connection, report.kind, escaped(report.distributor_id), numbers)


def _next_report_no(store: Store) -> int:
    with store.engine.connect() as connection:
        return (connection.scalar(select(func.max(REPORTS.c.report_no))) or 0) + 1


def _outcome(draft: _Draft, commit_no: int, entered: Entered, withdrawn: int) -> ImportOutcome:
    findings = [*draft.findings]
    if entered.unresolved:
        findings.append(find("return-unresolved", _place(draft.report), count=entered.unresolved))
    told = draft.told
    return ImportOutcome(
        report_id=draft.report.report_id,
        commit_no=commit_no,
        taken=entered.taken,
        waiting=entered.waiting,
        refused=len(draft.unread),
        repeated=len(told.repeated) + len(told.kept) + len(told.again),
        withdrawn=withdrawn,
        findings=in_order(findings),
        refused_rows=tuple(draft.unread),
    )


def _claim(connection: Connection, draft: _Draft, report_no: int, outcome: ImportOutcome) -> None:
    report = draft.report
    connection.execute(
        insert(REPORTS).values(
            report_no=report_no,
            report_id=report.report_id,
            version=len(draft.versions) + 1,
            commit_no=outcome.commit_no,
            distributor_id=report.distributor_id,
            vendor_id=report.vendor_id,
            kind=report.kind,
            number=report.number,
            period_start=report.period_start,
            period_until=report.period_until,
            issued=report.issued,
            digest=report.digest,
            content=draft.content,
            taken=outcome.taken,
            waiting=outcome.waiting,
            refused=outcome.refused,
            repeated=outcome.repeated,
            withdrawn=outcome.withdrawn,
            dropped_columns=list(draft.dropped),
        )
    )


def _conflict(report: ReportHeader, typed: Lines, at: int) -> RefusedRow:
    row = typed.reported.slice(at, 1).to_pylist()[0]
    finding = find("line-known-otherwise", Place(file=report.report_id, line=row["row"]), line=typed.ids[at])
    cells = tuple((name, str(value)) for name, value in row.items() if value is not None)
    return RefusedRow(row=row["row"], part=row["part"], finding=finding, cells=cells)


def _refused_content(report: ReportHeader, report_no: int, row: RefusedRow, keys: Keys) -> dict[str, Any]:
    """The row as it is kept: names of persons as keys where their cells are known."""
    cells = []
    for name, text in row.cells:
        kind = _NAMED_CELLS.get(name) if row.cells_in_place else None
        cells.append([name, keys.key_of(kind, report.distributor_id, text) if kind and text else text])
    finding = row.finding
    return {
        "report_no": report_no,
        "row": f"{row.row}+{row.part}" if row.part else str(row.row),
        "code": finding.code,
        "content": {
            "reason": {"en": finding.reason.en, "de": finding.reason.de},
            "way_out": {"en": finding.way_out.en, "de": finding.way_out.de},
            "cells": cells,
        },
    }


def _write_refused(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(REFUSED), rows)


def _known_outcome(report: ReportHeader, version: _Version, unread: list[RefusedRow]) -> ImportOutcome:
    """Nothing new; the rows that cannot be taken are said again."""
    return ImportOutcome(
        report_id=report.report_id,
        commit_no=version.commit_no,
        refused=len(unread),
        already_known=True,
        refused_rows=tuple(unread),
    )


def _refused_whole(report: ReportHeader, findings: list[Finding], unread: list[RefusedRow]) -> ImportOutcome:
    return ImportOutcome(
        report_id=report.report_id,
        commit_no=None,
        refused=len(unread),
        findings=in_order(findings),
        refused_rows=tuple(unread),
    )


def _place(report: ReportHeader) -> Place:
    return Place(file=report.report_id)
