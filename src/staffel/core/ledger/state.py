"""A state: one snapshot of every table, by name. What a result came from, and can be asked again.

A state names the commit after which it holds; nothing recorded later is in it. Reading is left to DuckDB:
a state gives the files of a table as a table function in SQL, by the numbers of the fields, so that a
table which got a column or a new name for one reads right. Planning reads the manifests, which never
change, once a store.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pyiceberg.conversions import from_bytes
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.types import IntegerType, LongType, StringType

from staffel.core.calendar import Span
from staffel.core.findings import Finding
from staffel.core.ledger.catalog import pointers
from staffel.core.ledger.commit import snapshots_at
from staffel.core.ledger.sentences import find
from staffel.core.ledger.store import Store
from staffel.core.ledger.tables import duckdb_type, iceberg_schema
from staffel.core.sources import TABLES

# No file has a field of such a number: what is read by it is empty.
_LATER = 100_000
_NAME = re.compile(r"s-(\d{6,})")


class StateUnknown(Exception):
    """There is no such state, or its files are gone. finding: why, and the way out."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.say())
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file of a table. month: months since 1970 of the main date, None where a table has no months.

    filled: numbers of the fields that have a value in some row. lowest, highest: bounds of a field, by
    number.
    """

    path: Path
    month: int | None
    rows: int
    filled: frozenset[int]
    lowest: dict[int, Any]
    highest: dict[int, Any]

    def may_hold(self, number: int, values: Collection[Any]) -> bool:
        """Whether the bounds of this field admit one of the values."""
        if number not in self.lowest or number not in self.highest:
            return number in self.filled
        return any(self.lowest[number] <= value <= self.highest[number] for value in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of a store. snapshots: by table, those without rows are missing."""

    store: Store
    commit_no: int
    snapshots: dict[str, int]
    locations: dict[str, str]
    _planned: dict[str, tuple[PlannedFile, ...]] = field(default_factory=dict, repr=False)

    @property
    def state_id(self) -> str:
        """Its name, `s-000042`: the state after commit 42."""
        return f"s-{self.commit_no:06d}"

    def planned(self, table: str) -> tuple[PlannedFile, ...]:
        """All files of a table, by path. Raises StateUnknown when they are no longer kept."""
        if table not in self._planned:
            self._planned[table] = _plan(self, table)
        return self._planned[table]

    def files(
        self, table: str, span: Span | None = None, *, partners: Collection[str] | None = None
    ) -> tuple[Path, ...]:
        """The files that may hold rows of these days and partners; others are left out by month and
        bounds.
        """
        found = self.planned(table)
        if span is not None:
            first, last = _month_of(span.start), _month_of(span.last_day)
            found = tuple(each for each in found if each.month is None or first <= each.month <= last)
        if partners is not None:
            number = self.schema(table).find_field("partner_id").field_id
            found = tuple(each for each in found if each.may_hold(number, partners))
        return tuple(each.path for each in found)

    def files_of_commits(self, table: str, commits: Collection[int]) -> tuple[Path, ...]:
        """The files that may hold rows of these commits."""
        number = self.schema(table).find_field("commit_no").field_id
        return tuple(each.path for each in self.planned(table) if each.may_hold(number, commits))

    def has_any(self, table: str, column: str) -> bool:
        """Whether some row may have a value in this column, by the counts in the manifests."""
        fields = {each.name: each.field_id for each in self.schema(table).fields}
        return any(fields.get(column) in each.filled for each in self.planned(table))

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return sum(each.rows for each in self.planned(table))

    def schema(self, table: str) -> Schema:
        """The columns that the files are read by: those of the newest metadata, older files have nulls
        there.
        """
        return self.metadata(table).schema() if table in self.locations else iceberg_schema(table)

    def metadata(self, table: str) -> TableMetadata:
        """The metadata of a table as this state found it; the newest where that file was cleared away
        meanwhile.
        """
        try:
            return self.store.catalog.metadata_at(self.locations[table])
        except FileNotFoundError:
            with self.store.engine.connect() as connection:
                self.locations.update(pointers(connection))
            return self.store.catalog.metadata_at(self.locations[table])

    def columns(self, table: str) -> tuple[tuple[int, str, str], ...]:
        """Number, name and DuckDB's type of every column: the files' own, then those that none has yet."""
        own = [(each.field_id, each.name, duckdb_type(each.field_type)) for each in self.schema(table).fields]
        names, last = {name for _, name, _ in own}, max(number for number, _, _ in own)
        later = [each for each in iceberg_schema(table).fields if each.name not in names]
        own += [
            (_LATER + last + at, each.name, duckdb_type(each.field_type)) for at, each in enumerate(later)
        ]
        return tuple(own)

    def schema_map(self, table: str) -> str:
        """What `read_parquet(schema = …)` takes: the columns by the numbers of their fields."""
        fields = (
            f"{number}: {{name: '{name}', type: '{type_}', default_value: NULL}}"
            for number, name, type_ in self.columns(table)
        )
        return f"MAP {{{', '.join(fields)}}}"

    def relation(self, table: str, span: Span | None = None) -> str:
        """SQL for the rows of a table, to stand after FROM. span: leaves out files of other months, no
        rows.
        """
        return relation_over(self, table, self.files(table, span))


def current_state(store: Store) -> State:
    """The state after the newest commit."""
    return _state(store, None)


def state_at(store: Store, which: int | str) -> State:
    """The state after a commit, by its number or the state's name. Raises StateUnknown."""
    if isinstance(which, int):
        return _state(store, which)
    match = _NAME.fullmatch(which)
    if match is None:
        raise StateUnknown(find("state-unknown", state=which[:40]))
    return _state(store, int(match[1]))


def relation_over(state: State, table: str, files: Collection[Path]) -> str:
    """SQL for the rows in these files of a table; none at all where there are no files."""
    if not files:
        nulls = ", ".join(f'CAST(NULL AS {type_}) AS "{name}"' for _, name, type_ in state.columns(table))
        return f"(SELECT {nulls} WHERE FALSE)"
    listed = ", ".join(quoted(str(path)) for path in files)
    return f"read_parquet([{listed}], schema = {state.schema_map(table)}, hive_partitioning = FALSE)"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _state(store: Store, commit_no: int | None) -> State:
    with store.engine.connect() as connection, connection.begin():
        newest = store.last_commit_no if commit_no is None else commit_no
        snapshots = snapshots_at(connection, newest)
        locations = pointers(connection)
    if not 0 <= newest <= store.last_commit_no:
        raise StateUnknown(find("state-unknown", state=f"s-{newest:06d}"))
    return State(store=store, commit_no=newest, snapshots=snapshots, locations=locations)


def _plan(state: State, table: str) -> tuple[PlannedFile, ...]:
    if table not in TABLES:
        raise KeyError(table)
    if table not in state.snapshots:
        return ()
    catalog = state.store.catalog
    snapshot = state.metadata(table).snapshot_by_id(state.snapshots[table])
    if snapshot is None:
        raise StateUnknown(find("state-expired", table=table, commit=state.commit_no))
    found: list[PlannedFile] = []
    for manifest in snapshot.manifests(catalog.io):
        known = state.store.manifests.get(manifest.manifest_path)
        if known is None:
            known = [
                _planned_file(state, table, entry.data_file)
                for entry in manifest.fetch_manifest_entry(catalog.io)
            ]
            state.store.manifests[manifest.manifest_path] = known
        found += known
    return tuple(sorted(found, key=lambda each: each.path))


def _planned_file(state: State, table: str, file: Any) -> PlannedFile:
    nulls, values = file.null_value_counts or {}, file.value_counts or {}
    types = {
        each.field_id: each.field_type
        for each in state.schema(table).fields
        if isinstance(each.field_type, StringType | LongType | IntegerType)
    }
    bounds = [
        {number: from_bytes(types[number], raw) for number, raw in (found or {}).items() if number in types}
        for found in (file.lower_bounds, file.upper_bounds)
    ]
    return PlannedFile(
        path=Path(state.store.folder.path_of(file.file_path)),
        month=file.partition[0] if len(file.partition) else None,
        rows=file.record_count,
        filled=frozenset(number for number, count in values.items() if count > nulls.get(number, 0)),
        lowest=bounds[0],
        highest=bounds[1],
    )


def _month_of(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1
