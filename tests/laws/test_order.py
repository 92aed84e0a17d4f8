"""Law 5, through the real ledger: a world's lines are imported as reports, in one way and in another.

That any order of reports leaves the same rows is tested beside the ledger (`tests/core/ledger`). Here what is
computed from them is the same, and the same as from rows that never were in a ledger.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from staffel.core.engine.calculation import calculate
from staffel.core.findings import refuses
from staffel.core.ledger import ReportedLine, ReportHeader, Store, current_state, import_report, load, record
from staffel.core.ledger.facts import LOADABLE
from staffel.core.ledger.references import TABLES_READ
from tests.laws import engine, oracle
from tests.laws.cases import Batch, Case
from tests.laws.facts import Row
from tests.laws.markets import DISTRIBUTORS

AT = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = 20  # worlds: a store and its reports take seconds
TABLES = ("levels", "earned", "entitled")
AS_SAID = ("kind", "business", "sold_on", "ordered_on", "invoiced_on", "quantity", "net", "list", "currency")


def first_lines(case: Case) -> list[Row]:
    """The lines as they were first reported, without corrections. A customer's name is its distributor's
    own.
    """
    lines = [row for row in case.world.tables["sell_out"] if row["revision"] == 1 and row["reverses"] is None]
    return [row | {"end_customer_id": _customer(row)} for row in lines]


def _customer(row: Row) -> str | None:
    name = row["end_customer_id"]
    return None if name is None else f"{name} of {row['distributor_id']}"


def reported(row: Row, number: int) -> ReportedLine:
    """A row as its distributor reports it: a document of one row, named as the line is."""
    said = {name: row[name] for name in (*AS_SAID, "order_no", "route", "deal", "special_price")}
    returns = {"returns_document": row["returns"], "returns_row": "1"} if row["returns"] else {}
    return ReportedLine(
        row=number,
        invoice_no=row["line_id"],
        document_row="1",
        partner_number=row["partner_id"],
        product_vendor_number=row["product_id"],
        end_customer=row["end_customer_id"],
        **said,
        **returns,
    )


def header(case: Case, distributor: str, number: str) -> ReportHeader:
    """A report over all days of the market."""
    days = [row["sold_on"] for row in first_lines(case)]
    return ReportHeader(
        distributor_id=distributor,
        vendor_id="v",
        kind="sell_out",
        period_start=min(days).replace(day=1),
        period_until=max(days).replace(year=max(days).year + 1),
        digest=number,
        number=number,
    )


def facts_of(case: Case) -> dict[str, list[Row]]:
    """Everything else that is known; no window is closed, since commits differ from way to way."""
    known = {name: rows for name, rows in case.world.tables.items() if name in LOADABLE}
    plain = {name: [_without_record(row) for row in rows] for name, rows in known.items()}
    partners = {row["partner_id"] for row in first_lines(case)}
    numbers = [(one, partner) for one in DISTRIBUTORS for partner in sorted(partners)]
    plain["partner_references"] = [
        {
            "distributor_id": one,
            "number": partner,
            "partner_id": partner,
            "holds_from": AT.date().replace(year=2020),
        }
        for one, partner in numbers
    ]
    return plain | {"closes": [], "settled": []}


def know(store: Store, facts: dict[str, list[Row]]) -> None:
    """Load what lines are looked up by, record the rest."""
    for name in TABLES_READ:
        assert not refuses(load(store, name, facts.get(name, []), at=AT).findings)
    others = {name: rows for name, rows in facts.items() if name not in TABLES_READ}
    record(store, others, at=AT, reason="a world")


def _without_record(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("commit_no", "recorded_at")}


def in_one(case: Case) -> Iterator[tuple[str, list[Row]]]:
    """Each distributor sends one report of all its lines."""
    for distributor in DISTRIBUTORS:
        yield distributor, [row for row in first_lines(case) if row["distributor_id"] == distributor]


def in_pieces(case: Case) -> Iterator[tuple[str, list[Row]]]:
    """The same lines shuffled and cut in three; the first piece comes once more at the end."""
    rng = Random(case.world.seed)
    for distributor, rows in in_one(case):
        shuffled = rng.sample(rows, len(rows))
        third = len(rows) // 3 + 1
        pieces = [shuffled[:third], shuffled[third : 2 * third], shuffled[2 * third :]]
        yield from ((distributor, piece) for piece in [*rng.sample(pieces, 3), pieces[0]])


def through_a_ledger(case: Case, reports: Iterable[tuple[str, list[Row]]]) -> dict[str, list[dict[str, Any]]]:
    """What the engine computes from a store into which these reports were imported."""
    with TemporaryDirectory(prefix="staffel-") as folder:
        store = Store.create(Path(folder) / "store", at=AT)
        know(store, facts_of(case))
        for number, (distributor, rows) in enumerate(reports):
            lines = [reported(row, at) for at, row in enumerate(rows, start=1)]
            if lines:
                report = header(case, distributor, str(number))
                outcome = import_report(store, report=report, lines=lines, at=AT)
                assert outcome.commit_no is not None, outcome
                assert not outcome.waiting + outcome.refused, outcome
        state = current_state(store)
        results = calculate(case.world.programme, state, day=case.world.day)
        found = {name: results.rows(name) for name in TABLES if name in results.tables}
        store.close()
        return found


class TestOrderIsNothing:
    """Law 5. Order is nothing. Any order, split or repetition of reports whose lines have document rows
    gives the same
    state, but for the moments of recording.
    """

    def test_the_same_is_computed(self, worlds: Batch) -> None:
        for case in worlds:
            if case.world.seed % EVERY:
                continue
            tables = case.world.tables | {
                "sell_out": first_lines(case),
                "sell_in": [],
                "closes": [],
                "settled": [],
            }
            book = oracle.book(case.world.programme, tables, case.world.day)
            plain = engine.results_of(book)
            expected = {name: plain.rows(name) for name in TABLES if name in plain.tables}
            assert through_a_ledger(case, in_one(case)) == expected, case
            assert through_a_ledger(case, in_pieces(case)) == expected, case
