"""A distributor's number stands for one partner on one day, or for nobody."""

from datetime import date
from pathlib import Path

import pytest

from staffel.core.ledger import Store, current_state, load
from staffel.core.ledger.references import Found, References, references_of
from tests.core.ledger.market import AT, made_store

DAY, LATER_DAY = date(2026, 3, 5), date(2026, 7, 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


@pytest.fixture
def rhein(store: Store) -> References:
    """What Rhein means when it reports Aurora."""
    more = [
        {"distributor_id": "rhein", "number": "1001", "partner_id": "moor", "holds_from": "2026-07-01"},
        {"distributor_id": "rhein", "number": "Kern IT", "partner_id": "kern", "holds_from": "2020-01-01"},
        {"distributor_id": "rhein", "number": "gone", "partner_id": "kern", "holds_from": "2020-01-01"},
    ]
    load(store, "partner_references", more, at=AT)
    load(store, "partner_references", [{**more[2], "withdrawn": "true"}], at=AT)
    products = [
        {"distributor_id": "rhein", "number": "77", "product_id": "storage", "holds_from": "2020-01-01"},
        {"distributor_id": "*", "number": "88", "product_id": "server", "holds_from": "2020-01-01"},
        {"distributor_id": "isar", "number": "99", "product_id": "server", "holds_from": "2020-01-01"},
    ]
    load(store, "product_references", products, at=AT)
    return references_of(current_state(store), "rhein", "aurora")


@pytest.mark.parametrize(
    ("number", "name", "day", "found"),
    [
        ("1001", None, DAY, Found(id="kern")),
        ("1001", None, LATER_DAY, Found(id="moor")),  # the number was given to another
        ("1001", None, date(2019, 12, 31), Found(id=None, reason="partner-unknown", key="1001")),
        (None, "Kern IT", DAY, Found(id="kern")),
        ("555", "Kern IT", DAY, Found(id="kern")),  # the number is not known, the name is
        ("555", "Kern", DAY, Found(id=None, reason="partner-unknown", key="555")),
        (None, "KERN IT", DAY, Found(id=None, reason="partner-unknown", key="KERN IT")),  # exactly
        ("gone", None, DAY, Found(id=None, reason="partner-unknown", key="gone")),
        ("K7", None, DAY, Found(id=None, reason="partner-unknown", key="K7")),  # Isar's number
        ("kern", None, DAY, Found(id="kern")),  # our own id
        (None, None, DAY, Found(id=None, reason="partner-missing")),
        ("", "", DAY, Found(id=None, reason="partner-missing")),
    ],
)
def test_partners(rhein: References, number: str | None, name: str | None, day: date, found: Found) -> None:
    assert rhein.partner(number, name, day) == found


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("77", None, None), Found(id="storage")),  # Rhein's own
        (("88", None, None), Found(id="server")),  # everybody's
        (("99", None, None), Found(id=None, reason="product-unknown", key="99")),  # Isar's
        ((None, "AU-100", None), Found(id="server")),  # Aurora's number; Boreal has it too
        ((None, None, "4000000000024"), Found(id="storage")),
        ((None, "unknown", "4000000000024"), Found(id="storage")),
        ((None, "server", None), Found(id="server")),  # our own id
        (("AU-100", None, None), Found(id=None, reason="product-unknown", key="AU-100")),  # not theirs
        ((None, None, None), Found(id=None, reason="product-missing")),
    ],
)
def test_products(rhein: References, numbers: tuple[str | None, ...], found: Found) -> None:
    assert rhein.product(numbers, DAY) == found


def test_a_number_of_two_products_is_ambiguous(store: Store) -> None:
    twin = {"product_id": "twin", "vendor_id": "aurora", "number": "AU-100", "holds_from": "2020-01-01"}
    load(store, "products", [twin], at=AT)
    found = references_of(current_state(store), "rhein", "aurora").product((None, "AU-100", None), DAY)
    assert found == Found(id=None, reason="product-ambiguous", key="AU-100")


def test_a_withdrawn_partner_is_nobody_by_its_own_id(store: Store) -> None:
    row = {"partner_id": "moor", "kind": "dealer", "holds_from": "2020-01-01"}
    load(store, "partners", [{**row, "withdrawn": "true"}], at=AT)
    found = references_of(current_state(store), "rhein", "aurora").partner("moor", None, DAY)
    assert found == Found(id=None, reason="partner-unknown", key="moor")
    load(store, "partners", [row], at=AT)
    assert references_of(current_state(store), "rhein", "aurora").partner("moor", None, DAY).id == "moor"


def test_of_a_partner_with_two_rows_one_is_enough(store: Store) -> None:
    row = {"partner_id": "moor", "kind": "dealer", "holds_from": "2020-01-01"}
    load(store, "partners", [{**row, "holds_from": "2026-01-01"}], at=AT)
    load(store, "partners", [{**row, "withdrawn": "true"}], at=AT)
    assert references_of(current_state(store), "rhein", "aurora").partner("moor", None, DAY).id == "moor"


def test_what_changed_is_read_anew(store: Store) -> None:
    before = references_of(current_state(store), "rhein", "aurora")
    assert references_of(current_state(store), "rhein", "aurora") is before
    load(store, "partners", [{"partner_id": "new", "holds_from": "2020-01-01"}], at=AT)
    assert references_of(current_state(store), "rhein", "aurora").partner("new", None, DAY).id == "new"
