"""Facts that hold from a day: loaded from files, or recorded by a review and a close.

A row takes the place of an earlier one with its key and its day; nothing is edited, and a row that says
what is known already is not written again. If one row of a file is wrong nothing of it is taken, unless
one asks for the others. `record` is the door for rows that the core made itself: several tables in one
commit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from itertools import combinations
from pathlib import PurePath
from typing import Any

from staffel.core.findings import Finding, Place, in_order, refuses
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.corrections import LookedUp, look_up_anew
from staffel.core.ledger.facts_file import ROW_COLUMN, FactsRefused
from staffel.core.ledger.persons import Keys
from staffel.core.ledger.references import TABLES_READ
from staffel.core.ledger.sentences import find
from staffel.core.ledger.state import State, current_state
from staffel.core.ledger.store import Store
from staffel.core.ledger.strangers import unknown_ids
from staffel.core.ledger.values import Value, ValueRefused, typed
from staffel.core.sources import TABLES, Table

FactRow = dict[str, Value]
LOADABLE = tuple(name for name, table in TABLES.items() if table.shape != "event")
_CARRIED = {"commit_no", "recorded_at"}
# Columns whose value is a person's name until it is exchanged for a key, and whose word for them it is.
_PERSONS = {
    ("certifications", "person_id"): ("person", "partner_id"),
    ("end_customers", "end_customer_id"): ("end_customer", "distributor_id"),
    ("deals", "end_customer_id"): ("end_customer", "distributor_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOutcome:
    """What a load did. commit_no: None if nothing was written. taken_in: lines that no longer wait.

    moved: lines that counted and stand for another partner or product now. waiting_again: for nobody now.
    """

    commit_no: int | None
    written: int
    unchanged: int
    findings: tuple[Finding, ...] = ()
    taken_in: int = 0
    moved: int = 0
    waiting_again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Typed rows with the places they came from, and what is wrong with others. missing: columns that no row
    has.
    """

    table: Table
    rows: list[FactRow]
    places: list[Place]
    findings: list[Finding]
    missing: tuple[str, ...] = ()


def load(
    store: Store,
    table: str,
    rows: Iterable[Mapping[str, object]],
    *,
    at: datetime,
    file: str = "",
    lenient: bool = False,
) -> LoadOutcome:
    """Take rows into a table of facts. file: what findings name. lenient: take the right ones of a file
    with wrong ones.

    Row numbers count the first line of a file, which names the columns. Tables may be loaded in any order: an
    id that no table knows is a warning, and the row is taken (`strangers`). Lines that a reference concerns
    are looked up anew in the same commit (`corrections`).
    """
    if table not in LOADABLE:
        return _nothing([table_unknown(table)])
    with store.writing():
        keys = Keys.of(store)
        batch = _typed_batch(TABLES[table], rows, file, keys)
        state = current_state(store)
        fresh, unchanged = _fresh(batch, _known(state, TABLES[table]))
        clashes = _clashes(state, TABLES[table], fresh, file)
        findings = [*batch.findings, *clashes]
        findings += unknown_ids(state, TABLES[table], batch.rows, batch.places)
        if clashes or (refuses(tuple(batch.findings)) and not lenient):
            return _nothing(findings)
        if not fresh:
            return LoadOutcome(commit_no=None, written=0, unchanged=unchanged, findings=in_order(findings))
        commit = Commit.begin(store, at=at, kind="load", reason=_reason(table, file))
        brought = commit.append(table, as_columns(TABLES[table], fresh))
        commit.note(keys.write)
        lines = look_up_anew(state, commit, table, brought) if table in TABLES_READ else LookedUp()
        return LoadOutcome(
            commit_no=commit.confirm(),
            written=len(fresh),
            unchanged=unchanged,
            findings=in_order(findings),
            taken_in=lines.taken_in,
            moved=lines.moved,
            waiting_again=lines.waiting_again,
        )


def record(
    store: Store,
    rows_by_table: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    at: datetime,
    reason: str,
    after: int | None = None,
) -> int:
    """Write rows of several tables in one commit, all or nothing; its number. Raises FactsRefused.

    Tables by which lines are looked up are loaded, not recorded. after: the commit that must still be the
    newest one, for rows that were computed from its state.
    """
    findings: list[Finding] = []
    with store.writing():
        if after is not None and store.last_commit_no != after:
            raise FactsRefused([find("state-moved", commit=after, newest=store.last_commit_no)])
        commit = Commit.begin(store, at=at, kind="record", reason=reason)
        for name in sorted(rows_by_table):
            if name not in LOADABLE:
                raise FactsRefused([table_unknown(name)])
            if name in TABLES_READ:
                raise FactsRefused([find("table-looked-up", table=name)])
            batch = _typed_batch(TABLES[name], rows_by_table[name], name, None)
            fresh, _ = _fresh(batch, None)
            findings += batch.findings
            if not findings and fresh:
                commit.append(name, as_columns(TABLES[name], fresh))
        if refuses(tuple(findings)):
            raise FactsRefused(findings)
        return commit.confirm()


def rows_of(state: State, table: str) -> list[FactRow]:
    """All rows of a table in this state, in the order in which they were recorded."""
    order = ", ".join(f'"{name}"' for name in ("commit_no", *TABLES[table].key))
    cursor = state.store.duck()
    found = cursor.sql(f"select * from {state.relation(table)} order by {order}")
    rows: list[FactRow] = found.to_arrow_table().to_pylist()
    return rows


def table_unknown(name: str) -> Finding:
    """That there is no such table, and which was meant where one is spelled alike."""
    tables = ", ".join(LOADABLE)
    near = get_close_matches(name, LOADABLE, n=1)
    if near:
        return find("table-unknown-meant", table=name, near=near[0], tables=tables)
    return find("table-unknown", table=name, tables=tables)


def effective(table: Table, rows: Iterable[FactRow]) -> list[FactRow]:
    """What holds of these rows: of each key and day the one recorded last, unless it withdraws."""
    newest = {_identity(table, row): row for row in rows}
    return [row for row in newest.values() if not row["withdrawn"]]


def as_columns(table: Table, rows: Sequence[FactRow]) -> dict[str, list[Any]]:
    """Rows as lists of values, by column."""
    names = [column.name for column in table.all_columns if column.name not in _CARRIED]
    return {name: [row.get(name) for row in rows] for name in names}


def _nothing(findings: list[Finding]) -> LoadOutcome:
    return LoadOutcome(commit_no=None, written=0, unchanged=0, findings=in_order(findings))


def _reason(table: str, file: str) -> str:
    """What the log says of a load. file: its folder is nobody's business there."""
    return f"{table}: {PurePath(file).name}" if file else table


def _typed_batch(table: Table, rows: Iterable[Mapping[str, object]], file: str, keys: Keys | None) -> _Batch:
    given_rows = list(rows)
    missing = _missing(table, given_rows)
    batch = _Batch(table=table, rows=[], places=[], findings=[], missing=missing)
    if missing:
        place = Place(file=file or table.name)
        batch.findings.append(find("columns-missing", place, table=table.name, columns=", ".join(missing)))
    strangers: set[str] = set()
    for number, row in enumerate(given_rows, start=2):
        given = row.get(ROW_COLUMN, number)
        place = Place(file=file or table.name, line=given if isinstance(given, int) else number)
        fact = _typed_row(batch, row, place)
        strangers |= set(row) - _taken(table)
        if fact is not None:
            if keys is not None:
                _exchange_names(table, row, fact, keys)
            batch.rows.append(fact)
            batch.places.append(place)
    names = ", ".join(column.name for column in table.all_columns if column.name not in _CARRIED)
    for column in sorted(strangers):
        place = Place(file=file or table.name)
        batch.findings.append(
            find("column-unknown", place, column=column[:40], table=table.name, columns=names)
        )
    return batch


def _missing(table: Table, rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """The columns that every row needs and none has."""
    there = {name for row in rows for name in row}
    needed = [column.name for column in table.all_columns if column.needed and column.name not in _CARRIED]
    return tuple(name for name in needed if name not in there) if rows else ()


def scope_columns(table: Table) -> list[str]:
    """Columns of a file that no table has: whose word for a person a name is."""
    own = {column.name for column in table.all_columns}
    scopes = {scope for (name, _), (_, scope) in _PERSONS.items() if name == table.name}
    return sorted(scopes - own)


def _taken(table: Table) -> set[str]:
    """The columns that a file may have."""
    return {column.name for column in table.all_columns} | {*scope_columns(table), ROW_COLUMN}


def _typed_row(batch: _Batch, row: Mapping[str, object], place: Place) -> FactRow | None:
    """The row as it is kept; None, with findings, if it cannot be."""
    fact: FactRow = {}
    before = len(batch.findings)
    for column in batch.table.all_columns:
        if column.name in _CARRIED or column.name in batch.missing:
            continue
        try:
            fact[column.name] = typed(row.get(column.name), column)
        except ValueRefused as refusal:
            batch.findings.append(refusal.finding(place, column.name))
            continue
        if column.needed and fact[column.name] is None:
            batch.findings.append(find("value-missing", place, column=column.name, table=batch.table.name))
    start, until = fact.get("holds_from"), fact.get("holds_until")
    if isinstance(start, date) and isinstance(until, date) and until <= start:
        batch.findings.append(find("span-empty", place))
    return fact if len(batch.findings) == before and not batch.missing else None


def _exchange_names(table: Table, given: Mapping[str, object], fact: FactRow, keys: Keys) -> None:
    for (name, column), (kind, scope_column) in _PERSONS.items():
        person = fact.get(column)
        if name == table.name and isinstance(person, str):
            scope = given.get(scope_column)
            fact[column] = keys.key_of(kind, str(scope) if scope else "*", person)


def _fresh(batch: _Batch, known: Mapping[tuple[Value, ...], FactRow] | None) -> tuple[list[FactRow], int]:
    """The rows that say something new, and how many do not. Contradictions become findings. known: None
    to ask none.
    """
    seen: dict[tuple[Value, ...], int] = {}
    fresh: list[FactRow] = []
    unchanged = 0
    for at, row in enumerate(batch.rows):
        identity = _identity(batch.table, row)
        if identity in seen:
            if _content(row) != _content(batch.rows[seen[identity]]):
                other = batch.places[seen[identity]].line
                batch.findings.append(find("key-twice", batch.places[at], other=other))
            continue
        seen[identity] = at
        before = known.get(identity) if known is not None else None
        if row["withdrawn"] and known is not None and (before is None or before["withdrawn"]):
            batch.findings.append(find("nothing-to-withdraw", batch.places[at]))
        elif before is not None and _content(before) == _content(row):
            unchanged += 1
        else:
            fresh.append(row)
    return fresh, unchanged


def _known(state: State, table: Table) -> dict[tuple[Value, ...], FactRow]:
    """Of each key and day the row recorded last."""
    return {_identity(table, row): row for row in rows_of(state, table.name)}


def _identity(table: Table, row: FactRow) -> tuple[Value, ...]:
    return (*(row[name] for name in table.key), row["holds_from"])


def _content(row: FactRow) -> FactRow:
    said = {name: value for name, value in row.items() if name not in _CARRIED}
    return said | {"withdrawn": bool(row["withdrawn"])}


def _clashes(state: State, table: Table, fresh: list[FactRow], file: str) -> list[Finding]:
    """Partners that would belong to two alliances, or two buying groups, on one day."""
    if table.name != "memberships" or not fresh:
        return []
    spells: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for row in effective(table, [*rows_of(state, table.name), *fresh]):
        spells.setdefault((str(row["kind"]), str(row["partner_id"])), []).append(_spell(row))
    place = Place(file=file or table.name)
    return [
        find("two-alliances", place, partner=partner, kind=kind, one=group, other=other)
        for (kind, partner), memberships in sorted(spells.items())
        for (_, until, group), (start, _, other) in combinations(sorted(memberships), 2)
        if group != other and start < until
    ]


def _spell(row: FactRow) -> tuple[date, date, str]:
    """From when until when a membership holds, and in which group."""
    start, until = row["holds_from"], row["holds_until"]
    return (
        start if isinstance(start, date) else date.min,
        until if isinstance(until, date) else date.max,
        str(row["group_id"]),
    )
