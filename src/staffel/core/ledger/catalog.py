"""The Iceberg catalog of a store, whose pointers move only when we say so.

A commit of ours may write several tables, claims and waiting lines, and all of it must be seen at once.
An Iceberg commit is one pointer in the catalog, from a table to its metadata file; pyiceberg moves it as
soon as a table is written. Here `commit_table` writes every file and *keeps the pointer back*; `confirm`
moves all of them inside the caller's transaction, together with the claims. A process killed before that
leaves files that nothing names, and nothing to repair.

Files are named by the folder in which the store was made. A store that was moved or copied reads and
writes its own files: the recorded folder is exchanged for the present one on the way in and out.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pyiceberg.catalog import Catalog, MetastoreCatalog
from pyiceberg.catalog.sql import IcebergTables, SqlCatalog, SqlCatalogBaseTable
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.io import FileIO, InputFile, OutputFile
from pyiceberg.io.pyarrow import PyArrowFile, PyArrowFileIO
from pyiceberg.serializers import FromInputFile
from pyiceberg.table import CommitTableResponse, Table
from pyiceberg.table.locations import load_location_provider
from pyiceberg.table.metadata import TableMetadata, new_table_metadata
from pyiceberg.table.sorting import UNSORTED_SORT_ORDER
from pyiceberg.table.update import TableRequirement, TableUpdate
from pyiceberg.typedef import EMPTY_DICT, Identifier, Properties
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy import Table as SqlTable

from staffel.core.ledger.metadata import remember_metadata
from staffel.core.ledger.tables import NAMESPACE, PROPERTIES, iceberg_schema, partition_spec

CATALOG = "staffel"
POINTERS = cast("SqlTable", IcebergTables.__table__)
_REMEMBERED_FILES = 64
_WRITERS = 16


class LostUpdate(RuntimeError):
    """A pointer was moved by somebody who did not hold the store's lock. table: whose."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the table {table} was changed by another writer")
        self.table = table


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Where the warehouse lies now, and where it lay when it was made."""

    here: Path
    recorded: str

    @property
    def root(self) -> str:
        """The beginning of every location in the metadata."""
        return f"file://{self.recorded}"

    def path_of(self, location: str) -> str:
        """The file that a location in the metadata means."""
        if not location.startswith(self.root):
            raise ValueError(f"{location} lies outside the store")
        return f"{self.here}{location[len(self.root) :]}"


class FolderIO(PyArrowFileIO):
    """Reads and writes the files of one warehouse, wherever it lies now."""

    def __init__(self, folder: Folder) -> None:
        super().__init__({})
        self._folder = folder
        self._written: list[str] = []

    def new_input(self, location: str) -> PyArrowFile:
        """The file to read; it is known by its location in the metadata, not by its path."""
        return self._file(location)

    def new_output(self, location: str) -> PyArrowFile:
        """The file to write."""
        self._written.append(self._folder.path_of(location))
        return self._file(location)

    def harden(self) -> None:
        """Have the disk keep what was written, so that nothing that is named goes with the power.

        All at once, for the disk then writes once: fifteen files in 10 ms, one by one in 120.
        """
        paths = {path for path in self._written if os.path.exists(path)}
        paths |= {os.path.dirname(path) for path in paths}
        if paths:
            with ThreadPoolExecutor(_WRITERS) as writers:
                list(writers.map(_hardened, sorted(paths)))
        self._written.clear()

    def delete(self, location: str | InputFile | OutputFile) -> None:
        """Remove a file."""
        text = location if isinstance(location, str) else location.location
        Path(self._folder.path_of(text)).unlink()

    def _file(self, location: str) -> PyArrowFile:
        return PyArrowFile(
            location=location, path=self._folder.path_of(location), fs=self.fs_by_scheme("file", "")
        )


def _hardened(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A table's pointer that was kept back. before: None for a table that is new."""

    before: str | None
    after: str
    metadata: TableMetadata


@dataclass(slots=True)
class _Metadata:
    """Metadata files never change, so what was read once is kept."""

    by_location: dict[str, TableMetadata] = field(default_factory=dict)

    def put(self, location: str, metadata: TableMetadata) -> None:
        self.by_location.pop(location, None)
        self.by_location[location] = metadata
        while len(self.by_location) > _REMEMBERED_FILES:
            del self.by_location[next(iter(self.by_location))]


class LedgerCatalog(SqlCatalog):
    """pyiceberg's SQL catalog in the store's database, with pointers kept back until `confirm`."""

    def __init__(self, engine: Engine, folder: Folder) -> None:
        MetastoreCatalog.__init__(self, CATALOG, warehouse=folder.root)
        remember_metadata()
        self.engine = engine
        self._schema_version = "v1"
        self.io = FolderIO(folder)
        self._kept_back: dict[str, Pointer] = {}
        self._read = _Metadata()

    def create(self, name: str) -> None:
        """A new, empty table; its pointer is kept back like any other."""
        location = f"{self.properties['warehouse']}/{name}"
        properties: dict[str, str] = dict(PROPERTIES)
        metadata = new_table_metadata(
            location=location,
            schema=iceberg_schema(name),
            partition_spec=partition_spec(name),
            sort_order=UNSORTED_SORT_ORDER,
            properties=properties,
        )
        file = load_location_provider(location, metadata.properties).new_table_metadata_file_location()
        self._write_metadata(metadata, self.io, file)
        self._kept_back[name] = Pointer(before=None, after=file, metadata=metadata)

    def load_table(self, identifier: str | Identifier) -> Table:
        """The table as this writer left it, or as it was last confirmed."""
        name = Catalog.table_name_from(identifier)
        kept = self._kept_back.get(name)
        if kept is not None:
            return self._table(name, kept.after, kept.metadata)
        with self.engine.connect() as connection:
            location = pointers(connection).get(name)
        if location is None:
            raise NoSuchTableError(f"Table does not exist: {name}")
        return self._table(name, location, self.metadata_at(location))

    def metadata_at(self, location: str) -> TableMetadata:
        """The content of a metadata file. Raises FileNotFoundError for one that was cleared away."""
        found = self._read.by_location.get(location)
        if found is None:
            found = FromInputFile.table_metadata(self.io.new_input(location))
            self._read.put(location, found)
        return found

    def commit_table(
        self, table: Table, requirements: tuple[TableRequirement, ...], updates: tuple[TableUpdate, ...]
    ) -> CommitTableResponse:
        """Write the new metadata and keep the pointer back."""
        name = Catalog.table_name_from(table.name())
        current = self.load_table(table.name())
        staged = self._update_and_stage_table(current, table.name(), requirements, updates)
        if staged.metadata != current.metadata:
            self._write_metadata(staged.metadata, staged.io, staged.metadata_location)
            kept = self._kept_back.get(name)
            before = kept.before if kept else current.metadata_location
            self._kept_back[name] = Pointer(
                before=before, after=staged.metadata_location, metadata=staged.metadata
            )
        return CommitTableResponse.model_construct(
            metadata=staged.metadata, metadata_location=staged.metadata_location
        )

    def snapshot_of(self, name: str) -> int | None:
        """The newest snapshot of a table, kept back or not."""
        snapshot = self.load_table((NAMESPACE, name)).current_snapshot()
        return snapshot.snapshot_id if snapshot else None

    def confirm(self, connection: Connection) -> None:
        """Move every pointer that was kept back, within the caller's transaction. Raises LostUpdate."""
        self.io.harden()
        for name, pointer in sorted(self._kept_back.items()):
            if pointer.before is None:
                connection.execute(insert(POINTERS).values(**_row(name, pointer.after)))
                continue
            moved = connection.execute(
                update(POINTERS)
                .where(POINTERS.c.table_name == name, POINTERS.c.metadata_location == pointer.before)
                .values(metadata_location=pointer.after, previous_metadata_location=pointer.before)
            )
            if moved.rowcount != 1:
                raise LostUpdate(name)

    def settle(self) -> None:
        """Forget the pointers that were kept back, after they were moved."""
        for pointer in self._kept_back.values():
            self._read.put(pointer.after, pointer.metadata)
        self._kept_back.clear()

    def drop(self) -> None:
        """Forget the pointers that were kept back; what was written lies there, named by nothing."""
        self._kept_back.clear()

    def _load_file_io(self, properties: Properties = EMPTY_DICT, location: str | None = None) -> FileIO:
        return self.io

    def _table(self, name: str, location: str, metadata: TableMetadata) -> Table:
        return Table(
            identifier=(NAMESPACE, name),
            metadata=metadata,
            metadata_location=location,
            io=self.io,
            catalog=self,
        )


def make_tables(connection: Connection) -> None:
    """The catalog's own two tables."""
    SqlCatalogBaseTable.metadata.create_all(connection)


def pointers(connection: Connection) -> dict[str, str]:
    """The metadata file of every table, as confirmed."""
    rows = connection.execute(select(POINTERS.c.table_name, POINTERS.c.metadata_location))
    return {row.table_name: row.metadata_location for row in rows}


def _row(name: str, location: str) -> dict[str, Any]:
    return {
        "catalog_name": CATALOG,
        "table_namespace": NAMESPACE,
        "table_name": name,
        "metadata_location": location,
        "previous_metadata_location": None,
        "iceberg_type": "TABLE",
    }
