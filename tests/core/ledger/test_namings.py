"""What lines were reported under is kept once, found by any of its texts, and can be erased."""

from datetime import date
from pathlib import Path

import pytest

from staffel.core.ledger import Store, current_state, erase_person, load
from staffel.core.ledger.namings import Namings, namings_of, namings_with
from staffel.core.ledger.references import Found, references_of
from tests.core.ledger.market import AT, LATER, effective, header, line, made_store, took

DAY = date(2026, 3, 5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three lines under two partners and one product, and one of another distributor, which waits."""
    store = made_store(tmp_path)
    anna = {
        "distributor_id": "rhein",
        "number": "Anna Adler",
        "partner_id": "kern",
        "holds_from": "2020-01-01",
    }
    load(store, "partner_references", [anna], at=AT)
    named = {"partner_number": None, "partner_name": "Anna Adler"}
    took(store, [line(1), line(2), line(3, **named)])
    took(store, [line(1, partner_number="1001")], header(distributor_id="isar"))
    return store


def test_each_is_kept_once(store: Store) -> None:
    found = namings_of(store, range(100))
    assert [(each.kind, each.distributor_id, each.said) for each in found.values()] == [
        ("partner", "rhein", {"partner_name": "Anna Adler"}),
        ("partner", "rhein", {"partner_number": "1001"}),
        ("product", "rhein", {"product_vendor_number": "AU-100"}),
        ("partner", "isar", {"partner_number": "1001"}),
        ("product", "isar", {"product_vendor_number": "AU-100"}),
    ]


@pytest.mark.parametrize(
    ("texts", "distributor", "found"),
    [
        (["1001"], "rhein", 1),
        (["1001"], None, 2),
        (["Anna Adler", "1001"], "rhein", 2),
        (["100"], None, 0),
        (["AU-100"], None, 0),  # a product's
    ],
)
def test_they_are_found_by_any_text(
    store: Store, texts: list[str], distributor: str | None, found: int
) -> None:
    assert len(namings_with(store, "partner", texts, distributor)) == found


def test_their_answer(store: Store) -> None:
    references = references_of(current_state(store), "rhein", "aurora")
    (naming,) = namings_with(store, "partner", ["1001"], "rhein")
    assert (naming.answer(references, DAY), naming.days(references)) == (Found(id="kern"), {date(2020, 1, 1)})


def test_new_ones_go_on_counting(store: Store) -> None:
    took(store, [line(4, partner_number="1002")], header(number="2"))
    (naming,) = namings_with(store, "partner", ["1002"], None)
    assert naming.naming_no == 6
    assert Namings.of(store)._new == []


def test_an_erased_name_is_gone_and_its_lines_stay(store: Store) -> None:
    erase_person(store, "anna adler", at=LATER)
    assert namings_with(store, "partner", ["Anna Adler"], None) == []
    assert b"Adler" not in (store.path / "store.db").read_bytes()
    before = effective(store, ["line_id", "partner_id", "product_id"])
    row = {"distributor_id": "*", "number": "AU-100", "product_id": "storage", "holds_from": "2020-01-01"}
    assert load(store, "product_references", [row], at=LATER).moved == 2
    after = effective(store, ["line_id", "partner_id", "product_id"])
    assert [each for each in after if each in before] == [("rhein/D1/3", "kern", "server")]
