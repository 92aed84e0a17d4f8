"""What a store needs now and then: small files put together, old snapshots let go, files that nothing
names removed.

No content changes. A state that a close names is kept for good: its snapshots bear a tag, so that other
readers of the tables see it too. Others can be let go, beside the newest; a file that no snapshot names
any more is removed when it is older than the grace that is given to whoever still reads it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pyiceberg.table import Table
from sqlalchemy import insert, select

from staffel.core.calendar import Span, add_months
from staffel.core.ledger.commit import Commit, snapshots_at, writable
from staffel.core.ledger.database import COMMITS, EXPIRED_SNAPSHOTS
from staffel.core.ledger.facts import rows_of
from staffel.core.ledger.state import State, current_state
from staffel.core.ledger.store import Store, as_utc
from staffel.core.ledger.tables import NAMESPACE, arrow_schema, sort_keys
from staffel.core.sources import TABLES

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What was removed. bytes: how much room that made."""

    files: int
    bytes: int


def compact(store: Store, *, at: datetime, from_files: int = 8) -> int | None:
    """Put the files of every month of lines together that has this many; the commit, None if there was
    nothing to do.
    """
    with store.writing():
        state = current_state(store)
        months = {
            table: found
            for table in TABLES
            if TABLES[table].shape == "event" and (found := _crowded(state, table, from_files))
        }
        if not months:
            return None
        count = sum(map(len, months.values()))
        commit = Commit.begin(store, at=at, kind="upkeep", reason=f"{count} months put together")
        for table, found in months.items():
            _rewrite(state, table, found, commit.number)
            commit.touch(table)
        return commit.confirm()


def let_go(store: Store, *, at: datetime, keep_newest: int = 50) -> int:
    """Let go of snapshots that neither a close nor one of the newest commits names; how many."""
    with store.writing():
        state = current_state(store)
        closed = _closed_commits(state)
        newest = range(max(1, state.commit_no - keep_newest + 1), state.commit_no + 1)
        with store.engine.connect() as connection:
            kept = {number: snapshots_at(connection, number) for number in {*closed, *newest}}
        gone = {table: _expire(store, table, kept, closed) for table in sorted(state.snapshots)}
        if not any(gone.values()):
            return 0
        rows = [
            {"table_name": table, "snapshot_id": snapshot, "expired_at": as_utc(at)}
            for table, found in gone.items()
            for snapshot in found
        ]
        with store.engine.begin() as connection:
            store.catalog.confirm(connection)
            connection.execute(insert(EXPIRED_SNAPSHOTS), rows)
        store.catalog.settle()
    return len(rows)


def clear_orphans(store: Store, *, at: datetime, grace: timedelta = timedelta(days=7)) -> Cleared:
    """Remove files of the warehouse that no snapshot names and that are older than `grace`."""
    with store.writing():
        state = current_state(store)
        named = {path for table in state.locations for path in _named(store, state, table)}
        before = at.astimezone(UTC) - grace
        orphans = [
            path
            for path in sorted(store.folder.here.rglob("*"))
            if path.is_file() and str(path) not in named and _changed_at(path) < before
        ]
        size = sum(path.stat().st_size for path in orphans)
        for path in orphans:
            path.unlink()
    return Cleared(files=len(orphans), bytes=size)


def _crowded(state: State, table: str, from_files: int) -> list[Span]:
    """The months of a table that lie in many files."""
    files = Counter(each.month for each in state.planned(table))
    starts = [add_months(_EPOCH, month) for month in sorted(month for month in files if month is not None)]
    counts = [files[month] for month in sorted(month for month in files if month is not None)]
    return [
        Span(start, add_months(start, 1))
        for start, count in zip(starts, counts, strict=True)
        if count >= from_files
    ]


def _rewrite(state: State, table: str, months: list[Span], number: int) -> None:
    target = writable(state.store, table)
    day = TABLES[table].main_date
    names = ", ".join(f'"{name}"' for name in arrow_schema(table).names)
    order = ", ".join(f'"{name}" nulls last' for name, _ in sort_keys(table))
    with target.transaction() as transaction:
        for month in months:
            cursor = state.store.duck()
            rows = cursor.sql(
                f"select {names} from {state.relation(table, month)} where {day} >= '{month.start}'"
                f" and {day} < '{month.until}' order by {order}"
            ).to_arrow_table()
            transaction.overwrite(
                rows.cast(arrow_schema(table)),
                overwrite_filter=f"{day} >= '{month.start}' and {day} < '{month.until}'",
                snapshot_properties={"staffel.commit": str(number)},
            )


def _closed_commits(state: State) -> set[int]:
    """The commits whose states a close names."""
    with state.store.engine.connect() as connection:
        known = set(connection.scalars(select(COMMITS.c.commit_no)))
    named = {int(str(row["state_id"]).removeprefix("s-")) for row in rows_of(state, "closes")}
    return named & known


def _expire(store: Store, table: str, kept: dict[int, dict[str, int]], closed: set[int]) -> list[int]:
    """Tag what a close names, let go of what nobody names; the snapshots that are gone."""
    target = store.catalog.load_table((NAMESPACE, table))
    named = {snapshots[table] for snapshots in kept.values() if table in snapshots}
    _tag(target, {number: kept[number][table] for number in sorted(closed) if table in kept[number]})
    current = target.current_snapshot()
    named |= {current.snapshot_id} if current else set()
    gone = [each.snapshot_id for each in target.metadata.snapshots if each.snapshot_id not in named]
    if gone:
        target.maintenance.expire_snapshots().by_ids(gone).commit()
    return gone


def _tag(target: Table, snapshots: dict[int, int]) -> None:
    for number, snapshot in snapshots.items():
        name = f"close-{number:06d}"
        if name not in target.metadata.refs:
            target.manage_snapshots().create_tag(snapshot, name).commit()


def _named(store: Store, state: State, table: str) -> Iterator[str]:
    """Every file that the metadata of a table leads to."""
    io, path_of = store.catalog.io, store.folder.path_of
    metadata = state.metadata(table)
    yield path_of(state.locations[table])
    yield from (path_of(entry.metadata_file) for entry in metadata.metadata_log)
    seen: set[str] = set()
    for snapshot in metadata.snapshots:
        yield path_of(snapshot.manifest_list)
        for manifest in snapshot.manifests(io):
            if manifest.manifest_path in seen:
                continue
            seen.add(manifest.manifest_path)
            yield path_of(manifest.manifest_path)
            entries = manifest.fetch_manifest_entry(io, discard_deleted=False)
            yield from (path_of(entry.data_file.file_path) for entry in entries)


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
