"""A store: one folder with the warehouse (Iceberg) and the core's own database.

Whoever writes holds the store's lock, a file lock that the system takes back when a process dies; two
writers wait for each other, readers wait for nobody. What a reader may see is decided by one transaction
of the database.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Engine, func, insert, inspect, select, update

from staffel.core.findings import Finding
from staffel.core.ledger.catalog import Folder, LedgerCatalog, make_tables
from staffel.core.ledger.database import (
    COMMITS,
    LAYOUT,
    SETTINGS,
    connect,
    make_schema,
    renew_schema,
    sqlite_url,
)
from staffel.core.ledger.sentences import find

WAREHOUSE = "warehouse"
DATABASE = "store.db"
LOCK = "lock"


class StoreRefused(Exception):
    """A store cannot be made or opened. finding: why, and the way out."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.say())
        self.finding = finding


def random_key() -> str:
    """Sixteen hexadecimal digits that nobody can guess: what a person's name is exchanged for."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store. manifests: what was read of files that never change, by location."""

    path: Path
    engine: Engine
    catalog: LedgerCatalog
    folder: Folder
    new_key: Callable[[], str] = random_key
    manifests: dict[str, Any] = field(default_factory=dict, repr=False)
    _duck: list[duckdb.DuckDBPyConnection] = field(default_factory=list, repr=False)

    @classmethod
    def create(
        cls, path: Path, *, at: datetime, database: str = "", new_key: Callable[[], str] = random_key
    ) -> "Store":
        """A new, empty store in this folder. database: its address; SQLite in the folder if none. Raises
        StoreRefused.
        """
        path = path.resolve()
        path.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            engine = connect(database or sqlite_url(path / DATABASE))
            if _layout_of(engine) is not None:
                raise StoreRefused(find("store-exists", path=path))
            (path / WAREHOUSE).mkdir(exist_ok=True)
            make_schema(engine)
            with engine.begin() as connection:
                make_tables(connection)
                settings = {
                    "layout": str(LAYOUT),
                    "made_at": as_utc(at).isoformat(),
                    "warehouse": str(path / WAREHOUSE),
                    "secret": secrets.token_hex(16),
                }
                rows = [{"name": name, "value": value} for name, value in settings.items()]
                connection.execute(insert(SETTINGS), rows)
            engine.dispose()
        return cls.open(path, database=database, new_key=new_key)

    @classmethod
    def open(cls, path: Path, *, database: str = "", new_key: Callable[[], str] = random_key) -> "Store":
        """The store of this folder. Raises StoreRefused."""
        path = path.resolve()
        if not database and not (path / DATABASE).is_file():
            raise StoreRefused(find("store-missing", path=path))
        engine = connect(database or sqlite_url(path / DATABASE))
        layout = _layout_of(engine)
        if layout is None:
            raise StoreRefused(find("store-missing", path=path))
        if layout > LAYOUT:
            raise StoreRefused(find("store-newer", layout=layout, known=LAYOUT))
        if layout < LAYOUT:
            _renew(path, engine)
        folder = Folder(here=path / WAREHOUSE, recorded=_setting(engine, "warehouse"))
        catalog = LedgerCatalog(engine, folder)
        return cls(path=path, engine=engine, catalog=catalog, folder=folder, new_key=new_key)

    def setting(self, name: str, default: str = "") -> str:
        """A setting of this store, or `default` where nothing is said."""
        return _setting(self.engine, name, default)

    @property
    def last_commit_no(self) -> int:
        """The newest commit; 0 before the first one."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.max(COMMITS.c.commit_no))) or 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer. Waits for whoever is at it."""
        with _locked(self.path):
            try:
                yield
            finally:
                self.catalog.drop()

    def duck(self) -> duckdb.DuckDBPyConnection:
        """A cursor of the store's own DuckDB, which fetches no extension from anywhere."""
        if not self._duck:
            settings: dict[str, Any] = {
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
            self._duck.append(duckdb.connect(config=settings))
        return self._duck[0].cursor()

    def close(self) -> None:
        """Let go of the database; SQLite then folds its log into the file."""
        for connection in self._duck:
            connection.close()
        self._duck.clear()
        self.engine.dispose()


def as_utc(at: datetime) -> datetime:
    """A moment as it is kept: UTC, without a zone. Raises ValueError for one of no zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).replace(tzinfo=None)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _renew(path: Path, engine: Engine) -> None:
    """Bring an older store to this layout."""
    with _locked(path):
        renew_schema(engine)
        with engine.begin() as connection:
            connection.execute(update(SETTINGS).where(SETTINGS.c.name == "layout").values(value=str(LAYOUT)))


def _layout_of(engine: Engine) -> int | None:
    """The layout of the store in this database; None where there is none, or its making was broken off."""
    if not inspect(engine).has_table(SETTINGS.name):
        return None
    layout = _setting(engine, "layout")
    return int(layout) if layout else None


def _setting(engine: Engine, name: str, default: str = "") -> str:
    with engine.connect() as connection:
        found = connection.scalar(select(SETTINGS.c.value).where(SETTINGS.c.name == name))
    return default if found is None else found
