"""Natural persons and end customers: random keys in the ledger, their names in one table that can be
erased.

The same name in the same scope (the distributor whose word for them it is; `*` for names of our own)
gives the same key. Names are compared without regard to case and width of blanks. After an erasure no
file of the store holds the name: it stood in this one table, in rows that wait or were refused, and in what
lines were reported under. There each part is covered for itself, so a partner's number stays unless it holds
the name too;
the database overwrites what it deletes and its log is folded in at once. What a key stood for can then no
longer be told by anybody.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, or_, select, update

from staffel.core.findings import Finding
from staffel.core.ledger.database import BUSY_MS, ERASURES, NAMINGS, PERSONS, REFUSED, WAITING
from staffel.core.ledger.lines import PARTED_BY
from staffel.core.ledger.originals import remove_originals
from staffel.core.ledger.sentences import find
from staffel.core.ledger.state import current_state
from staffel.core.ledger.store import Store, as_utc

Each = TypeVar("Each")

ANYBODY = "*"
ERASED = "(erased)"
_LETTERS = {"end_customer": "e", "person": "p"}
_KEY = re.compile(r"[ep]-[0-9a-f]{16}")
_CHUNK = 2_000
_PATIENCE_MS = 2_000  # with readers of the log, before it is said that they read
# Facts in which a name could stand although it should not: they are never changed.
_NAMED_FACTS = (
    ("partners", "name"),
    ("partner_references", "number"),
    ("distributors", "name"),
    ("decisions", "decided_by"),
)


class PersonUnknown(Exception):
    """Nobody is known under a name or key. finding: what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.say())
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a key stands for. name: None after an erasure."""

    key: str
    kind: str
    scope: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure did. namings: what lines were reported under, covered where the name stood in it.

    findings: where the name stands in facts that are never changed, what its lines can no longer do.
    """

    keys: tuple[str, ...]
    waiting: int
    refused: int
    namings: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Exchanges names for keys while a commit is made; `write` keeps the new ones with it."""

    store: Store
    _known: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _new: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, store: Store) -> "Keys":
        """The keys of this store."""
        return cls(store=store)

    def keys_of(self, kind: str, scope: str, names: Sequence[str | None]) -> list[str | None]:
        """The key of each name, None for None. A key that we gave stays itself."""
        wanted = {name for name in names if name}
        if not wanted:
            return [None] * len(names)
        self._look_up(kind, scope, wanted)
        return [self._key(kind, scope, name) if name else None for name in names]

    def key_of(self, kind: str, scope: str, name: str) -> str:
        """The key of one name."""
        return str(self.keys_of(kind, scope, [name])[0])

    def write(self, connection: Connection) -> None:
        """Keep the new keys."""
        if self._new:
            connection.execute(insert(PERSONS), self._new)

    def _key(self, kind: str, scope: str, name: str) -> str:
        if is_key(name):
            return name
        sought = compared(name)
        for whose in (scope, ANYBODY):
            found = self._known.get((kind, whose, sought))
            if found is not None:
                return found
        key = f"{_LETTERS[kind]}-{self.store.new_key()}"
        self._known[kind, scope, sought] = key
        self._new.append({"key": key, "kind": kind, "scope": scope, "name": name, "sought": sought})
        return key

    def _look_up(self, kind: str, scope: str, names: set[str]) -> None:
        scopes = {scope, ANYBODY}
        sought = {compared(name) for name in names if not is_key(name)}
        missing = sorted(name for name in sought if (kind, scope, name) not in self._known)
        with self.store.engine.connect() as connection:
            for chunk in chunks(missing):
                rows = connection.execute(
                    select(PERSONS.c.scope, PERSONS.c.sought, PERSONS.c.key).where(
                        PERSONS.c.kind == kind, PERSONS.c.scope.in_(scopes), PERSONS.c.sought.in_(chunk)
                    )
                )
                self._known.update({(kind, whose, name): key for whose, name, key in rows})


def is_key(text: str) -> bool:
    """Whether this looks like a key that we gave."""
    return _KEY.fullmatch(text) is not None


def compared(name: str) -> str:
    """A name as it is compared.

    >>> compared("  Müller,  ANNA ")
    'müller, anna'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def chunks(values: Sequence[Each], size: int = _CHUNK) -> Iterator[Sequence[Each]]:
    """Parts small enough for one question to the database."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def person_of(store: Store, key: str) -> Person | None:
    """Whom a key stands for."""
    with store.engine.connect() as connection:
        row = connection.execute(select(PERSONS).where(PERSONS.c.key == key)).one_or_none()
    return Person(key=row.key, kind=row.kind, scope=row.scope, name=row.name) if row else None


def names_of(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """The names behind keys, those that were not erased."""
    wanted = sorted(set(keys))
    found: dict[str, str] = {}
    with store.engine.connect() as connection:
        for chunk in chunks(wanted):
            rows = connection.execute(
                select(PERSONS.c.key, PERSONS.c.name).where(
                    PERSONS.c.key.in_(chunk), PERSONS.c.name.is_not(None)
                )
            )
            found.update({row.key: row.name for row in rows})
    return found


def erase_person(store: Store, who: str, *, at: datetime) -> Erasure:
    """Erase a name, given by itself (in every scope) or by a key, from all that the store keeps. Raises
    PersonUnknown.
    """
    with store.writing():
        with store.engine.connect() as connection:
            rows = list(
                connection.execute(
                    select(PERSONS.c.key, PERSONS.c.sought).where(
                        or_(PERSONS.c.key == who, PERSONS.c.sought == compared(who)),
                        PERSONS.c.sought.is_not(None),
                    )
                )
            )
        sought = {row.sought for row in rows} | (set() if is_key(who) else {compared(who)})
        with store.engine.begin() as connection:
            waiting = _cover(connection, WAITING, sought)
            refused = _cover(connection, REFUSED, sought)
            namings = _cover(connection, NAMINGS, sought)
            if not rows and not waiting and not refused and not namings:
                raise PersonUnknown(find("person-unknown"))
            for row in rows:
                connection.execute(
                    update(PERSONS).where(PERSONS.c.key == row.key).values(name=None, sought=None)
                )
                connection.execute(
                    insert(ERASURES).values(
                        key=row.key, erased_at=as_utc(at), waiting=waiting, refused=refused
                    )
                )
        remove_originals(store)
        folded = _fold_log(store)
    keys = tuple(sorted(row.key for row in rows))
    findings = [] if folded else [find("log-in-use")]
    findings += [find("name-of-lines", count=namings)] if namings else []
    findings += _in_facts(store, sought)
    return Erasure(keys=keys, waiting=waiting, refused=refused, namings=namings, findings=tuple(findings))


def _cover(connection: Connection, table: Any, sought: set[str]) -> int:
    """Put a sign in the place of these names wherever a kept row holds them; how many rows that were."""
    key = list(table.primary_key.columns)
    changed = 0
    for row in list(connection.execute(select(table))):
        before = row._mapping
        after = {name: _covered(before[name], sought) for name in ("content", "key") if name in before}
        if table is NAMINGS:
            after["content"] = PARTED_BY.join(_covered(before["content"].split(PARTED_BY), sought))
        if any(after[name] != before[name] for name in after):
            same = [column == before[column.name] for column in key]
            connection.execute(update(table).where(*same).values(**after))
            changed += 1
    return changed


def _covered(value: Any, sought: set[str]) -> Any:
    if isinstance(value, str):
        text = compared(value)
        held = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in sought)
        return ERASED if held else value
    if isinstance(value, dict):
        return {_covered(name, sought): _covered(each, sought) for name, each in value.items()}
    if isinstance(value, list):
        return [_covered(each, sought) for each in value]
    return value


def _fold_log(store: Store) -> bool:
    """Leave no copy of what was deleted, in free pages or in the log; False while others read it."""
    if store.engine.dialect.name != "sqlite":
        return True
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MS}")
    return not busy


def _in_facts(store: Store, sought: set[str]) -> tuple[Finding, ...]:
    state = current_state(store)
    found = []
    for table, column in _NAMED_FACTS:
        values = store.duck().execute(f'select distinct "{column}" from {state.relation(table)}').fetchall()
        if any(value and compared(value) in sought for (value,) in values):
            found.append(find("name-in-facts", table=table, column=column))
    return tuple(found)
