"""What references that come or are corrected do to lines: they are looked up anew, in the commit that brings
them.

A line stands under what the references say, whichever of both came first (law 5). One that waited is taken
in. One that counts and stands for another partner or product now is moved: its row is taken back and written
again, as a replaced report does it, so every earlier state keeps what it said. One that stands for nobody
any more (a reference was withdrawn, a number is now that of two products) waits again. Lines that an older
store took in without noting what they were reported under stay. So do those that stood under a name that was
erased; their number, where they have one, still leads them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, bindparam, select, update

from staffel.core.ledger.commit import Commit
from staffel.core.ledger.database import OPEN_RETURNS, REPORTS, WAITING
from staffel.core.ledger.entries import Arrival, Desk, enter, written_rows
from staffel.core.ledger.known import KnownLine, known_lines, live_under
from staffel.core.ledger.lines import Lines, ReportHeader, escaped, from_contents, reported_schema, unescaped
from staffel.core.ledger.namings import NAMED_BY, Kind, Naming, namings_of, namings_with
from staffel.core.ledger.persons import chunks
from staffel.core.ledger.references import EVERYBODY, Found, Register
from staffel.core.ledger.state import State, current_state
from staffel.core.ledger.store import Store
from staffel.core.ledger.waiting import WaitingLine, waiting_lines
from staffel.core.sources import TABLES

LINES_TABLES = tuple(name for name, table in TABLES.items() if table.shape == "event")
_PARTNERS_STAND_IN = "sell_out"
_KINDS: dict[str, Kind] = {
    "partner_references": "partner",
    "partners": "partner",
    "product_references": "product",
    "products": "product",
}
Content = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What looking up anew did. taken_in: lines that no longer wait. moved: to another partner or product.

    waiting_again: lines that counted and stand for nobody now.
    """

    taken_in: int = 0
    moved: int = 0
    waiting_again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moving:
    """A line that counts and is to be entered anew. content: as reported. answer: what it waits for now."""

    table: str
    known: KnownLine
    content: Content
    answer: Found


def look_up_anew(state: State, commit: Commit, table: str, rows: pa.Table) -> LookedUp:
    """Look up all lines that these rows of a table concern, and put what becomes of them into the commit."""
    register = Register(state=state, coming={table: rows})
    waiting = [(line, _unknown(register, line)) for line in waiting_lines(state.store)]
    ready = [line for line, found in waiting if not found.reason]
    moving = list(_moving(state, register, table, rows))
    _enter(state, commit, register, ready, moving)
    others = [(line, found) for line, found in waiting if found.reason]
    commit.note(lambda connection: _write_reasons(connection, others))
    again = sum(bool(each.answer.reason) for each in moving)
    return LookedUp(taken_in=len(ready), moved=len(moving) - again, waiting_again=again)


def retry_waiting(store: Store, *, at: datetime) -> int:
    """Look all waiting lines up again; how many were taken in."""
    with store.writing():
        state = current_state(store)
        register = Register(state=state)
        ready = [line for line in waiting_lines(store) if not _unknown(register, line).reason]
        if not ready:
            return 0
        lines = "1 line no longer waits" if len(ready) == 1 else f"{len(ready)} lines no longer wait"
        commit = Commit.begin(store, at=at, kind="waiting", reason=lines)
        _enter(state, commit, register, ready, [])
        commit.confirm()
        return len(ready)


def header_of(row: Any) -> ReportHeader:
    """The header of a report that was taken."""
    return ReportHeader(
        distributor_id=row.distributor_id,
        vendor_id=row.vendor_id,
        kind=row.kind,
        period_start=row.period_start,
        period_until=row.period_until,
        digest=row.digest,
        number=row.number,
        issued=row.issued,
    )


# ------------------------------------------------------------------------------ which lines


def _unknown(register: Register, line: WaitingLine) -> Found:
    """What a line still waits for; no reason if nothing."""
    said = line.content
    references = register.of(line.distributor_id, line.vendor_id)
    day = date.fromisoformat(said[TABLES[line.table].main_date])
    if line.table == _PARTNERS_STAND_IN:
        partner = references.partner(said.get("partner_number"), said.get("partner_name"), day)
        if partner.reason:
            return partner
    return references.product([said.get(name) for name in NAMED_BY["product"]], day)


def _moving(state: State, register: Register, table: str, rows: pa.Table) -> Iterator[_Moving]:
    """The lines that count and have another answer now."""
    by_distributor: dict[str, list[int]] = {}
    for naming in _concerned(state, register, table, rows):
        by_distributor.setdefault(naming.distributor_id, []).append(naming.naming_no)
    tables = (_PARTNERS_STAND_IN,) if _KINDS[table] == "partner" else LINES_TABLES
    for distributor, numbers in sorted(by_distributor.items()):
        for name in tables:
            with state.store.engine.connect() as connection:
                lines = live_under(connection, name, escaped(distributor), numbers)
            yield from _with_other_answers(state, register, name, lines)


def _concerned(state: State, register: Register, table: str, rows: pa.Table) -> Iterator[Naming]:
    """The namings that stood for something and stand for something else now, on any day."""
    before = Register(state=state)
    for distributor, texts in sorted(_texts(register, table, rows).items()):
        whose = None if distributor == EVERYBODY else distributor
        for naming in namings_with(state.store, _KINDS[table], texts, whose):
            scope = (naming.distributor_id, naming.vendor_id)
            old, new = before.of(*scope), register.of(*scope)
            days = {date.min, *naming.days(old), *naming.days(new)}
            answers = [(naming.answer(old, day).id, naming.answer(new, day).id) for day in days]
            if any(was != now and (was is not None or naming.erased) for was, now in answers):
                yield naming


def _texts(register: Register, table: str, rows: pa.Table) -> dict[str, set[str]]:
    """The numbers and names that these rows of a table concern, by distributor or for everybody."""
    found: dict[str, set[str]] = {}
    match table:
        case "partner_references" | "product_references":
            pairs = zip(rows.column("distributor_id"), rows.column("number"), strict=True)
            for distributor, number in pairs:
                found.setdefault(distributor.as_py(), set()).add(number.as_py())
        case "partners":
            found[EVERYBODY] = set(rows.column("partner_id").to_pylist())
        case _:  # a product's numbers, those that it had before among them
            changed = set(rows.column("product_id").to_pylist())
            known = register.rows("select product_id, number, ean from {0}", table)
            found[EVERYBODY] = {text for row in known if row[0] in changed for text in row if text}
    return found


def _with_other_answers(
    state: State, register: Register, table: str, lines: dict[str, KnownLine]
) -> Iterator[_Moving]:
    """Of these lines those whose row bears another partner or product than they stand for now."""
    numbers = {no for each in lines.values() for no in (each.partner_naming, each.product_naming) if no}
    namings = namings_of(state.store, numbers)
    before = Register(state=state)
    documents = _documents(state.store, table, sorted(lines))
    for row in written_rows(state, table, list(lines.values())).to_pylist():
        known = lines[row["line_id"]]
        said = _said(table, known, namings)
        if said is None:
            continue
        scope = (row["distributor_id"], row["vendor_id"])
        earlier, references = before.of(*scope), register.of(*scope)
        day = row[TABLES[table].main_date]
        if not all(naming.is_told(day, earlier, references) for naming in said):
            continue
        answers = [(naming.answer(references, day), row[f"{naming.kind}_id"]) for naming in said]
        if any(found.id != stood for found, stood in answers):
            unknown = next((found for found, _ in answers if found.reason), Found(id=""))
            content = _content(row, known, said, documents.get(known.line_id))
            yield _Moving(table=table, known=known, content=content, answer=unknown)


def _said(table: str, known: KnownLine, namings: Mapping[int, Naming]) -> list[Naming] | None:
    """What a line was reported under, the partner first; None where that is not known, or was erased."""
    numbers = [known.partner_naming] if table == _PARTNERS_STAND_IN else []
    said = [namings.get(number) if number else None for number in (*numbers, known.product_naming)]
    found = [naming for naming in said if naming is not None and naming.said]
    return found if len(found) == len(said) else None


def _documents(store: Store, table: str, ids: list[str]) -> dict[str, str]:
    """By return that names a document and no row, the beginning of the ids of that document's lines."""
    found: dict[str, str] = {}
    with store.engine.connect() as connection:
        for chunk in chunks(ids):
            same = (OPEN_RETURNS.c.table_name == table) & OPEN_RETURNS.c.line_id.in_(chunk)
            rows = connection.execute(select(OPEN_RETURNS.c.line_id, OPEN_RETURNS.c.document).where(same))
            found |= {row.line_id: row.document for row in rows}
    return found


# ------------------------------------------------------------------------------ into a commit


def _content(row: dict[str, Any], known: KnownLine, said: list[Naming], document: str | None) -> Content:
    """What a line that counts was reported as, like that of one that waits."""
    given = {name: row.get(name) for name in reported_schema().names}
    given |= {text: value for naming in said for text, value in naming.said.items()}
    given |= {
        "row": known.row or 0,
        "end_customer": row.get("end_customer_id"),
        "kind": row.get("kind", "sale"),
    }
    sale = document or row.get("returns")
    if sale:
        _, name, place = sale.split("/", 2)
        given |= {"returns_document": unescaped(name), "returns_row": unescaped(place) or None}
    return {name: str(value) for name, value in given.items() if value is not None}


def _enter(
    state: State, commit: Commit, register: Register, ready: list[WaitingLine], moving: list[_Moving]
) -> None:
    desk = Desk.over(register)
    for table in LINES_TABLES:
        contents = {line.line_id: line.content for line in ready if line.table == table}
        with state.store.engine.connect() as connection:
            before = known_lines(connection, table, sorted(contents))
        back = [each for each in moving if each.table == table]
        contents |= {each.known.line_id: each.content for each in back}
        before |= {each.known.line_id: each.known for each in back}
        if contents:
            arrivals = list(_arrivals(state.store, contents, before))
            taken_back = [each.known for each in back]
            enter(state, commit, table, arrivals, desk=desk, before=before, taken_back=taken_back)
    desk.close(commit)


def _arrivals(
    store: Store, contents: Mapping[str, Content], before: Mapping[str, KnownLine]
) -> Iterator[Arrival]:
    """The lines of each version of a report."""
    by_report: dict[int, list[str]] = {}
    for line_id in contents:
        by_report.setdefault(before[line_id].report_no, []).append(line_id)
    for number, header in _headers(store, sorted(by_report)):
        ids = by_report[number]
        yield Arrival(
            header=header,
            report_no=number,
            lines=_as_lines(ids, contents, before),
            after=[before[line_id].revision for line_id in ids],
        )


def _as_lines(ids: list[str], contents: Mapping[str, Content], before: Mapping[str, KnownLine]) -> Lines:
    return from_contents(ids, [before[each].digest for each in ids], [contents[each] for each in ids])


def _headers(store: Store, numbers: list[int]) -> list[tuple[int, ReportHeader]]:
    with store.engine.connect() as connection:
        asked = select(REPORTS).where(REPORTS.c.report_no.in_(numbers)).order_by(REPORTS.c.report_no)
        return [(row.report_no, header_of(row)) for row in connection.execute(asked)]


def _write_reasons(connection: Connection, waiting: list[tuple[WaitingLine, Found]]) -> None:
    """What those that still wait wait for now."""
    changed = [
        {"of_table": line.table, "of_line": line.line_id, "reason": found.reason, "key": found.key}
        for line, found in waiting
        if (line.reason, line.key) != (found.reason, found.key)
    ]
    if changed:
        same = (WAITING.c.table_name == bindparam("of_table")) & (WAITING.c.line_id == bindparam("of_line"))
        renewed = update(WAITING).where(same).values(reason=bindparam("reason"), key=bindparam("key"))
        connection.execute(renewed, changed)
