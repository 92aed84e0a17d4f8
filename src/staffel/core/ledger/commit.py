"""One commit: rows for some tables and notes for the database, seen all at once or not at all.

The number is given before anything is written. Rows go to Iceberg first, where nobody sees them yet
(`catalog`); then one transaction of the database moves the tables' pointers and writes commit, claims,
waiting and refused rows. Each commit carries a digest of what it brought and of the commit before it, so
that a later change of any of them shows (`verify`).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.table import Table
from sqlalchemy import Connection, func, insert, select

from staffel.core.ledger.database import COMMIT_TABLES, COMMITS
from staffel.core.ledger.store import Store, as_utc
from staffel.core.ledger.tables import NAMESPACE, arrow_schema, iceberg_schema, sort_keys

Note = Callable[[Connection], None]
# Columns of bookkeeping that stay out of a row's digest: the commit is what the digest belongs to.
_UNDIGESTED = {"commit_no", "recorded_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a commit added to one table."""

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit in the making. number: given before the write. Held only while `store.writing()` is."""

    store: Store
    number: int
    kind: str
    reason: str
    recorded_at: datetime
    _written: dict[str, Written] = field(default_factory=dict)
    _notes: list[Note] = field(default_factory=list)

    @classmethod
    def begin(cls, store: Store, *, at: datetime, kind: str, reason: str) -> "Commit":
        """The next commit. kind: report, withdrawal, load, waiting, record or upkeep."""
        number = store.last_commit_no + 1
        return cls(store=store, number=number, kind=kind, reason=reason, recorded_at=as_utc(at))

    def append(self, table: str, columns: dict[str, Any]) -> pa.Table:
        """Write rows of one table, at most once a table; the rows as they stand there. columns: lists or
        arrays of one length, missing ones empty.
        """
        if table in self._written:
            raise ValueError(f"{table} was written in this commit")
        rows = self._as_rows(table, columns)
        if not rows.num_rows:
            return rows
        target = writable(self.store, table)
        target.append(rows, snapshot_properties={"staffel.commit": str(self.number)})
        self._written[table] = Written(table=table, rows=rows.num_rows, digest=self._digest(table, rows))
        return rows

    def touch(self, table: str) -> None:
        """Name the newest snapshot of a table that was laid out anew, without new rows."""
        self._written[table] = Written(table=table, rows=0, digest="")

    def note(self, note: Note) -> None:
        """Do this in the transaction that makes the commit seen."""
        self._notes.append(note)

    def confirm(self) -> int:
        """Make all of it seen at once; its number."""
        written = [self._written[name] for name in sorted(self._written)]
        snapshots = {each.table: self.store.catalog.snapshot_of(each.table) for each in written}
        with self.store.engine.begin() as connection:
            self.store.catalog.confirm(connection)
            connection.execute(insert(COMMITS).values(**self._row(connection, written)))
            for each in written:
                connection.execute(
                    insert(COMMIT_TABLES).values(
                        commit_no=self.number,
                        table_name=each.table,
                        snapshot_id=snapshots[each.table],
                        rows=each.rows,
                        digest=each.digest,
                    )
                )
            for note in self._notes:
                note(connection)
        self.store.catalog.settle()
        return self.number

    def _as_rows(self, table: str, columns: dict[str, Any]) -> pa.Table:
        """The rows in file order of columns, typed and sorted. Raises pyarrow.ArrowException for others."""
        schema = arrow_schema(table)
        count = len(next(iter(columns.values()))) if columns else 0
        given = dict(columns, commit_no=[self.number] * count, recorded_at=[self.recorded_at] * count)
        arrays = [_array(given.get(field.name), field.type, count) for field in schema]
        return pa.Table.from_arrays(arrays, schema=schema).sort_by(sort_keys(table))

    def _digest(self, table: str, rows: pa.Table) -> str:
        cursor = self.store.duck()
        cursor.register("written_rows", rows)
        try:
            return str(cursor.execute(f"select {digest_sql(table)} from written_rows").fetchall()[0][0])
        finally:
            cursor.unregister("written_rows")

    def _row(self, connection: Connection, written: list[Written]) -> dict[str, Any]:
        before = connection.scalar(select(COMMITS.c.digest).where(COMMITS.c.commit_no == self.number - 1))
        row: dict[str, Any] = {
            "commit_no": self.number,
            "kind": self.kind,
            "reason": self.reason,
            "recorded_at": self.recorded_at,
        }
        return row | {"digest": chained(before or "", row, written)}


def chained(before: str, row: dict[str, Any], written: list[Written]) -> str:
    """The digest of a commit: of the one before, of what it says of itself, of the rows of each table."""
    parts = [before, str(row["commit_no"]), row["kind"], row["reason"], row["recorded_at"].isoformat()]
    parts += [f"{each.table} {each.rows} {each.digest}" for each in written]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def digest_sql(table: str) -> str:
    """DuckDB's text for a digest of rows in any order; a column that is empty leaves it as it is."""
    named = sorted(name for name in arrow_schema(table).names if name not in _UNDIGESTED)
    parts = ", ".join(f"'{name}=' || \"{name}\"::varchar" for name in named)
    return f"bit_xor(md5_number(concat_ws(chr(31), {parts})))"


def _array(values: Any, type_: Any, count: int) -> Any:
    if values is None:
        return pa.nulls(count, type_)
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values if values.type == type_ else pc.cast(values, type_)
    return pa.array(values, type_)


def writable(store: Store, name: str) -> Table:
    """The table to write to: made when it is first needed, widened when `sources` has new columns."""
    try:
        table = store.catalog.load_table((NAMESPACE, name))
    except NoSuchTableError:
        store.catalog.create(name)
        return store.catalog.load_table((NAMESPACE, name))
    missing = set(iceberg_schema(name).column_names) - set(table.schema().column_names)
    if missing:
        with table.update_schema() as change:
            change.union_by_name(iceberg_schema(name))
    return table


def snapshots_at(connection: Connection, commit_no: int) -> dict[str, int]:
    """The snapshot of every table that has rows, after this commit."""
    newest = (
        select(COMMIT_TABLES.c.table_name, func.max(COMMIT_TABLES.c.commit_no).label("commit_no"))
        .where(COMMIT_TABLES.c.commit_no <= commit_no)
        .group_by(COMMIT_TABLES.c.table_name)
        .subquery()
    )
    rows = connection.execute(
        select(COMMIT_TABLES.c.table_name, COMMIT_TABLES.c.snapshot_id).join(
            newest,
            (COMMIT_TABLES.c.table_name == newest.c.table_name)
            & (COMMIT_TABLES.c.commit_no == newest.c.commit_no),
        )
    )
    return {row.table_name: row.snapshot_id for row in rows}
