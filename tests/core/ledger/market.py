"""A small made-up market for the tests of the ledger: one vendor, two distributors, two partners."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from staffel.core.ledger import (
    ImportOutcome,
    ReportedLine,
    ReportHeader,
    State,
    Store,
    current_state,
    import_report,
    load,
)

AT = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
SINCE = "2020-01-01"

PRODUCTS = [
    {"product_id": "server", "vendor_id": "aurora", "number": "AU-100", "ean": "4000000000017"},
    {"product_id": "storage", "vendor_id": "aurora", "number": "AU-200", "ean": "4000000000024"},
    {"product_id": "laptop", "vendor_id": "boreal", "number": "AU-100", "ean": "4000000000031"},
]
PARTNERS = [{"partner_id": "kern", "kind": "system_house"}, {"partner_id": "moor", "kind": "dealer"}]
REFERENCES = [
    {"distributor_id": "rhein", "number": "1001", "partner_id": "kern"},
    {"distributor_id": "rhein", "number": "1002", "partner_id": "moor"},
    {"distributor_id": "isar", "number": "K7", "partner_id": "kern"},
]


def made_store(folder: Path) -> Store:
    """A store that knows the market and has no lines: a copy of one that was made once."""
    shutil.copytree(_pattern(), folder / "store")
    return Store.open(folder / "store")


@cache
def _pattern() -> Path:
    """The folder of that one, gone when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="staffel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store.create(folder / "store", at=AT)
    for table, rows in (
        ("products", PRODUCTS),
        ("partners", PARTNERS),
        ("partner_references", REFERENCES),
    ):
        outcome = load(store, table, [{**row, "holds_from": SINCE} for row in rows], at=AT)
        assert outcome.written == len(rows), outcome.findings
    store.close()
    return store.path


def header(**changed: Any) -> ReportHeader:
    """March 2026, sell-out, Rhein on Aurora."""
    said: dict[str, Any] = {
        "distributor_id": "rhein",
        "vendor_id": "aurora",
        "kind": "sell_out",
        "period_start": MARCH,
        "period_until": APRIL,
        "digest": "d1",
    }
    return ReportHeader(**said | changed)


def line(row: int, net: str = "100.00", **changed: Any) -> ReportedLine:
    """A sale of one server to Kern on 5 March, row `row` of document D1."""
    said: dict[str, Any] = {
        "row": row,
        "invoice_no": "D1",
        "document_row": str(row),
        "partner_number": "1001",
        "product_vendor_number": "AU-100",
        "sold_on": date(2026, 3, 5),
        "quantity": Decimal(1),
        "net": Decimal(net),
        "currency": "EUR",
    }
    return ReportedLine(**said | changed)


def took(
    store: Store, lines: Iterable[ReportedLine], report: ReportHeader | None = None, **more: Any
) -> ImportOutcome:
    """Import lines as a report of March."""
    return import_report(store, report=report or header(), lines=lines, at=more.pop("at", AT), **more)


def rows(state: State, table: str, columns: str, order: str = "all") -> list[tuple[Any, ...]]:
    """Rows of a table, in order."""
    sql = f"select {columns} from {state.relation(table)} order by {order}"
    return state.store.duck().execute(sql).fetchall()


def sold(store: Store, columns: str = "line_id, net") -> list[tuple[Any, ...]]:
    """The sold lines of the newest state."""
    return rows(current_state(store), "sell_out", columns)


def effective(store: Store, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The sold lines that were not taken back, without what depends on the way they came."""
    relation = current_state(store).relation("sell_out")
    sql = (
        f"select {', '.join(columns)} from {relation} as line where reverses is null and not exists"
        f" (select 1 from {relation} as back where back.line_id = line.line_id"
        " and back.reverses = line.revision) order by all"
    )
    return store.duck().execute(sql).fetchall()
