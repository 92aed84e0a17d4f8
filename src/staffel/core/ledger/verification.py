"""Whether a store holds what it says: each commit's rows once and unchanged, each claim kept, each file
there.

What is found is damage from outside, since commits are seen whole or not at all; the way out is a copy.
Reading is left to DuckDB, once over every table; claims are compared range by range, so that memory stays
small.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import select

from staffel.core.findings import Finding, Place, in_order
from staffel.core.ledger.commit import Written, chained, digest_sql
from staffel.core.ledger.database import (
    COMMIT_TABLES,
    COMMITS,
    EXPIRED_SNAPSHOTS,
    KNOWN_LINES,
    REPORT_ROWS,
)
from staffel.core.ledger.entries import as_sum
from staffel.core.ledger.lines import Standing
from staffel.core.ledger.sentences import find
from staffel.core.ledger.state import State, StateUnknown, current_state, quoted
from staffel.core.ledger.store import Store
from staffel.core.sources import TABLES

_EVENTS = tuple(name for name, table in TABLES.items() if table.shape == "event")
_RANGE = 200_000


def verify(store: Store) -> tuple[Finding, ...]:
    """All that is wrong with a store; nothing if it is whole."""
    state = current_state(store)
    found = [*_chain(store), *_snapshots(store, state)]
    for table in TABLES:
        paths = _paths(state, table)
        missing = [path for path in paths if not path.is_file()]
        found += [find("file-missing", _place(table), table=table, file=path.name) for path in missing]
        if paths and not missing:
            found += [
                *_rows(store, state, table),
                *(_events(store, state, table) if table in _EVENTS else ()),
            ]
    return in_order(found)


def _chain(store: Store) -> Iterator[Finding]:
    """Each commit says of itself and of the one before what it said when it was written."""
    with store.engine.connect() as connection:
        commits = list(connection.execute(select(COMMITS).order_by(COMMITS.c.commit_no)))
        tables = list(connection.execute(select(COMMIT_TABLES).order_by(COMMIT_TABLES.c.table_name)))
    written: dict[int, list[Written]] = {}
    for each in tables:
        made = Written(table=each.table_name, rows=each.rows, digest=each.digest)
        written.setdefault(each.commit_no, []).append(made)
    before = ""
    for expected, row in enumerate(commits, start=1):
        if row.commit_no != expected:
            yield find("commit-missing", _place("commits"), commit=expected)
            return
        if chained(before, dict(row._mapping), written.get(row.commit_no, [])) != row.digest:
            yield find("chain-broken", _place("commits"), commit=row.commit_no)
        before = row.digest


def _snapshots(store: Store, state: State) -> Iterator[Finding]:
    """Every snapshot that a commit names is there, unless it was let go."""
    with store.engine.connect() as connection:
        named = list(connection.execute(select(COMMIT_TABLES).order_by(COMMIT_TABLES.c.commit_no)))
        expired = set(connection.scalars(select(EXPIRED_SNAPSHOTS.c.snapshot_id)))
    for row in named:
        if row.snapshot_id not in expired and not _is_readable(store, state, row.table_name, row.snapshot_id):
            place = _place(row.table_name)
            yield find("snapshot-unreadable", place, table=row.table_name, commit=row.commit_no)


def _is_readable(store: Store, state: State, table: str, snapshot_id: int) -> bool:
    try:
        snapshot = state.metadata(table).snapshot_by_id(snapshot_id)
        return snapshot is not None and bool(snapshot.manifests(store.catalog.io))
    except (OSError, KeyError, ValueError):
        return False


def _paths(state: State, table: str) -> tuple[Path, ...]:
    try:
        return state.files(table)
    except (StateUnknown, OSError):
        return ()


def _rows(store: Store, state: State, table: str) -> Iterator[Finding]:
    """Each commit's rows are there, as many and the same; no others are."""
    with store.engine.connect() as connection:
        asked = select(COMMIT_TABLES).where(COMMIT_TABLES.c.table_name == table, COMMIT_TABLES.c.rows > 0)
        written = {row.commit_no: (row.rows, row.digest) for row in connection.execute(asked)}
    sql = f"select commit_no, count(*), {digest_sql(table)} from {state.relation(table)} group by 1"
    found = {commit: (count, str(digest)) for commit, count, digest in store.duck().execute(sql).fetchall()}
    place = _place(table)
    for commit in sorted({*written, *found}):
        if commit not in written:
            yield find("rows-of-no-commit", place, table=table, commit=commit, found=found[commit][0])
            continue
        count, digest = found.get(commit, (0, ""))
        if count != written[commit][0]:
            yield find(
                "rows-differ", place, table=table, commit=commit, found=count, written=written[commit][0]
            )
        elif digest != written[commit][1]:
            yield find("content-differs", place, table=table, commit=commit)


def _events(store: Store, state: State, table: str) -> Iterator[Finding]:
    yield from _sums(store, state, table)
    yield from _doubled(store, state, table)
    yield from _astray(store, state, table)


def _sums(store: Store, state: State, table: str) -> Iterator[Finding]:
    """What each commit brought of each report adds up to what it noted."""
    amount = "net" if any(column.name == "net" for column in TABLES[table].columns) else "value"
    with store.engine.connect() as connection:
        asked = select(REPORT_ROWS).where(REPORT_ROWS.c.table_name == table)
        written = {
            (row.commit_no, row.report_id): (row.rows, row.quantity, row.amount)
            for row in connection.execute(asked)
        }
    sql = (
        f"select commit_no, report_id, count(*), sum(quantity), sum({amount}) from {state.relation(table)}"
        " group by all"
    )
    found = {
        (commit, report): (count, as_sum(quantity), as_sum(net))
        for commit, report, count, quantity, net in store.duck().execute(sql).fetchall()
    }
    for commit, report in sorted({*written, *found}):
        there, noted = found.get((commit, report)), written.get((commit, report))
        if there != noted:
            place = _place(table)
            yield find("sums-differ", place, report=report, commit=commit, written=noted, found=there)


def _doubled(store: Store, state: State, table: str) -> Iterator[Finding]:
    """No line stands twice with one revision, taken back or not."""
    sql = (
        f"select line_id, count(*) from {state.relation(table)}"
        " group by line_id, revision, coalesce(reverses, 0) having count(*) > 1 order by all"
    )
    for line_id, count in store.duck().execute(sql).fetchall():
        yield find("line-doubled", _place(table), line=line_id, count=count, table=table)


def _astray(store: Store, state: State, table: str) -> Iterator[Finding]:
    """Every line that is claimed to count does, in that revision, and no other does."""
    first = ""
    for last, claimed in _claims(store, table):
        until = f" and line_id <= {quoted(last)}" if last is not None else ""
        cursor = store.duck()
        cursor.register("claimed_lines", claimed)
        rows = cursor.execute(
            f"""with counting as (select line_id, max(revision) as revision, sum(case when reverses is null
                then 1 else -1 end) as left_over from {state.relation(table)}
                where line_id > {quoted(first)}{until} group by line_id having left_over <> 0)
            select coalesce(counting.line_id, claimed_lines.line_id), claimed_lines.revision from counting
            full join claimed_lines on counting.line_id = claimed_lines.line_id
            where claimed_lines.revision is distinct from counting.revision or left_over <> 1 order by all"""
        ).fetchall()
        cursor.unregister("claimed_lines")
        for line_id, revision in rows:
            said = f"counting in revision {revision}" if revision else "not counting"
            yield find("line-astray", _place(table), line=line_id, claimed=said, table=table)
        first = last or first


def _claims(store: Store, table: str) -> Iterator[tuple[str | None, pa.Table]]:
    """Lines claimed to count, in ranges of ids: the last id of the range, None for the one without end."""
    asked = (
        select(KNOWN_LINES.c.line_id, KNOWN_LINES.c.revision)
        .where(KNOWN_LINES.c.table_name == table, KNOWN_LINES.c.standing == Standing.LIVE)
        .order_by(KNOWN_LINES.c.line_id)
    )
    with store.engine.connect() as connection:
        found = connection.execution_options(yield_per=_RANGE).execute(asked)
        for part in found.partitions(_RANGE):
            last = part[-1].line_id if len(part) == _RANGE else None
            yield last, _as_table(part)
            if last is None:
                return
    yield None, _as_table([])


def _as_table(rows: Any) -> pa.Table:
    return pa.table(
        {
            "line_id": pa.array([row.line_id for row in rows], pa.string()),
            "revision": pa.array([row.revision for row in rows], pa.int64()),
        }
    )


def _place(table: str) -> Place:
    return Place(file=table)
