"""A return that names a document finds the one sale of its product there, whenever that comes (law 5)."""

from pathlib import Path

import pytest

from staffel.core.ledger import ReportedLine, Store, load, verify
from tests.core.ledger.market import LATER, effective, header, line, made_store, sold, took


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def back(row: int = 1, **changed: object) -> ReportedLine:
    """A return of a server, sold with document D1; in a document of its own."""
    said = {"invoice_no": "R1", "kind": "return", "returns_document": "D1", **changed}
    return line(row, "-100.00", **said)


def named(store: Store) -> list[tuple[object, ...]]:
    """Which sale each return takes back now."""
    return [pair for pair in effective(store, ["line_id", "returns"]) if str(pair[0]).startswith("rhein/R1")]


class TestByDocumentAndRow:
    def test_names_the_line_whether_it_is_there_or_not(self, store: Store) -> None:
        took(store, [back(returns_row="7")])
        assert named(store) == [("rhein/R1/1", "rhein/D1/7")]


class TestByDocument:
    def test_finds_the_only_sale_of_its_product(self, store: Store) -> None:
        took(store, [line(1, product_vendor_number="AU-200"), line(2), back()])
        assert named(store) == [("rhein/R1/1", "rhein/D1/2")]

    def test_finds_one_of_an_earlier_report(self, store: Store) -> None:
        took(store, [line(2)])
        took(store, [back()], header(number="2"))
        assert named(store) == [("rhein/R1/1", "rhein/D1/2")]

    def test_of_two_it_finds_none_and_says_so(self, store: Store) -> None:
        outcome = took(store, [line(1), line(2), back()])
        assert [finding.code for finding in outcome.findings] == ["return-unresolved"]
        assert named(store) == [("rhein/R1/1", None)]

    def test_other_distributors_and_returns_are_no_sales(self, store: Store) -> None:
        took(store, [line(1, partner_number="K7")], header(distributor_id="isar"))
        took(store, [line(3, "-1.00", kind="return"), back()])
        assert named(store) == [("rhein/R1/1", None)]


class TestSalesThatComeLater:
    def test_are_found_then(self, store: Store) -> None:
        took(store, [back()])
        took(store, [line(2)], header(number="2"), at=LATER)
        assert named(store) == [("rhein/R1/1", "rhein/D1/2")]
        assert sold(store, "line_id, revision, reverses, net > 0")[-3:] == [
            ("rhein/R1/1", 1, 1, True),
            ("rhein/R1/1", 1, None, False),
            ("rhein/R1/1", 2, None, False),
        ]
        assert verify(store) == ()

    def test_a_second_one_makes_it_none_again(self, store: Store) -> None:
        took(store, [line(1), back()])
        took(store, [line(2)], header(number="2"))
        assert named(store) == [("rhein/R1/1", None)]

    def test_one_that_waited_is_found_when_it_is_taken_in(self, store: Store) -> None:
        took(store, [line(1, partner_number="9"), back()])
        assert named(store) == [("rhein/R1/1", None)]
        row = {"distributor_id": "rhein", "number": "9", "partner_id": "moor", "holds_from": "2020-01-01"}
        load(store, "partner_references", [row], at=LATER)
        assert named(store) == [("rhein/R1/1", "rhein/D1/1")]
        assert verify(store) == ()

    def test_one_that_is_taken_back_is_no_longer_found(self, store: Store) -> None:
        took(store, [line(1)])
        took(store, [back()], header(number="2"))
        took(store, [], header(replaces=True), at=LATER)
        assert named(store) == [("rhein/R1/1", None)]
        assert verify(store) == ()

    def test_one_that_changes_stays_found(self, store: Store) -> None:
        took(store, [line(1)])
        took(store, [back()], header(number="2"))
        took(store, [line(1, "90.00")], header(replaces=True), at=LATER)
        assert named(store) == [("rhein/R1/1", "rhein/D1/1")]
        assert store.last_commit_no == 6

    def test_a_return_that_is_taken_back_is_forgotten(self, store: Store) -> None:
        took(store, [back()], header(number="2"))
        took(store, [], header(number="2", replaces=True))
        took(store, [line(1)], at=LATER)
        assert named(store) == []
        assert verify(store) == ()
