"""Lines that wait are counted nowhere, shown with their sums, and taken in once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.ledger import (
    Store,
    current_state,
    load,
    log,
    refused_rows,
    retry_waiting,
    verify,
    waiting_lines,
    waiting_sums,
)
from tests.core.ledger.market import AT, LATER, header, line, made_store, sold, took

NEW = {"distributor_id": "rhein", "number": "9", "partner_id": "moor", "holds_from": "2020-01-01"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One line counts, four wait."""
    store = made_store(tmp_path)
    unknown = {"partner_number": "9", "partner_name": "Neu & Söhne"}
    took(
        store,
        [
            line(1),
            line(2, "10.00", **unknown),
            line(3, "5.50", currency="CHF", **unknown),
            line(4, "7.00", product_vendor_number="AU-999", product_name="Box"),
            line(5, "1.00", partner_number=None),
        ],
    )
    return store


def test_they_are_in_no_state(store: Store) -> None:
    assert sold(store, "line_id") == [("rhein/D1/1",)]


def test_they_are_shown_with_reason_and_sums(store: Store) -> None:
    found = [(each.reason, each.key, each.lines, each.net, each.names) for each in waiting_sums(store)]
    assert found == [
        ("partner-missing", "", 1, {"EUR": Decimal("1.0000")}, ()),
        ("partner-unknown", "9", 2, {"CHF": Decimal("5.5000"), "EUR": Decimal("10.0000")}, ("Neu & Söhne",)),
        ("product-unknown", "AU-999", 1, {"EUR": Decimal("7.0000")}, ("Box",)),
    ]
    assert [(each.line_id, each.row) for each in waiting_lines(store)] == [
        ("rhein/D1/5", 5),
        ("rhein/D1/2", 2),
        ("rhein/D1/3", 3),
        ("rhein/D1/4", 4),
    ]


def test_a_reference_takes_them_in_once(store: Store) -> None:
    outcome = load(store, "partner_references", [NEW], at=LATER)
    assert (outcome.commit_no, outcome.taken_in, store.last_commit_no) == (5, 2, 5)
    assert sold(store, "line_id, partner_id, net, report_id, commit_no")[1:] == [
        ("rhein/D1/2", "moor", Decimal("10.0000"), "rhein/aurora/sell_out/2026-03", 5),
        ("rhein/D1/3", "moor", Decimal("5.5000"), "rhein/aurora/sell_out/2026-03", 5),
    ]
    assert (load(store, "partner_references", [NEW], at=LATER).taken_in, retry_waiting(store, at=LATER)) == (
        0,
        0,
    )
    assert (len(waiting_lines(store)), verify(store)) == (2, ())


def test_a_reference_that_begins_later_does_not(store: Store) -> None:
    assert load(store, "partner_references", [{**NEW, "holds_from": "2026-04-01"}], at=LATER).taken_in == 0


def test_a_product_takes_them_in(store: Store) -> None:
    product = {"product_id": "box", "vendor_id": "aurora", "number": "AU-999", "holds_from": "2027-01-01"}
    assert load(store, "products", [product], at=LATER).taken_in == 1


def test_one_that_waits_for_two_things_waits_for_the_second(store: Store) -> None:
    both = line(6, partner_number="9", product_vendor_number="AU-999")
    took(store, [both], header(number="2"))
    load(store, "partner_references", [NEW], at=LATER)
    assert {each.line_id for each in waiting_lines(store)} == {"rhein/D1/4", "rhein/D1/5", "rhein/D1/6"}
    assert [each.lines for each in waiting_sums(store) if each.key == "AU-999"] == [2]


def test_a_repeated_report_does_not_double_them(store: Store) -> None:
    outcome = took(
        store, [line(2, "10.00", partner_number="9", partner_name="Neu & Söhne")], header(number="2")
    )
    assert (outcome.repeated, outcome.waiting) == (1, 0)
    assert len(waiting_lines(store)) == 4


def test_a_replacement_takes_them_out(store: Store) -> None:
    outcome = took(store, [line(1), line(2, "11.00", partner_number="9")], header(replaces=True), at=LATER)
    assert (outcome.taken, outcome.waiting, outcome.repeated, outcome.withdrawn) == (0, 1, 1, 0)
    assert [each.content["net"] for each in waiting_lines(store)] == ["11.0000"]
    load(store, "partner_references", [NEW], at=LATER)
    assert sold(store, "line_id, revision, net") == [
        ("rhein/D1/1", 1, Decimal("100.0000")),
        ("rhein/D1/2", 1, Decimal("11.0000")),
    ]
    assert verify(store) == ()


def test_stock_waits_for_its_product(store: Store) -> None:
    goods = {"invoice_no": None, "document_row": None, "product_vendor_number": "AU-999"}
    took(store, [line(1, counted_on=date(2026, 3, 31), **goods)], header(kind="stock"))
    product = {"product_id": "box", "vendor_id": "aurora", "number": "AU-999", "holds_from": "2020-01-01"}
    assert load(store, "products", [product], at=LATER).taken_in == 2
    assert current_state(store).rows("stock") == 1


def test_the_log_says_what_was_taken_in(store: Store) -> None:
    load(store, "partner_references", [NEW], at=LATER)
    assert [(entry.kind, entry.rows) for entry in log(store)][-1:] == [
        ("load", {"partner_references": 1, "sell_out": 2}),
    ]


def test_refused_rows_have_a_place(store: Store) -> None:
    took(store, [line(7, currency=None), line(8)], header(number="bad"), at=AT)
    (row,) = refused_rows(store)
    assert (row.report_id, row.row, row.code) == ("rhein/aurora/sell_out/bad", "7", "value-missing")
    assert row.reason["de"] == "currency ist leer."
