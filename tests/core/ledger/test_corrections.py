"""A corrected reference moves the lines that it was used for; nothing is lost, doubled or edited."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.ledger import (
    LoadOutcome,
    Store,
    current_state,
    erase_person,
    load,
    log,
    state_at,
    verify,
    waiting_lines,
    waiting_sums,
)
from tests.core.ledger.market import AT, LATER, effective, header, line, made_store, rows, sold, took

NUMBER = {"distributor_id": "rhein", "number": "1001", "holds_from": "2020-01-01"}
TO_MOOR = {**NUMBER, "partner_id": "moor"}
GONE = {**NUMBER, "partner_id": "kern", "withdrawn": "true"}
PRODUCT = {"distributor_id": "*", "number": "AU-100", "product_id": "storage", "holds_from": "2020-01-01"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two lines of Kern and one of Moor by Rhein, one of Kern by Isar, whose number for it is another."""
    store = made_store(tmp_path)
    took(store, [line(1, "10.00", end_customer="Stadt Köln"), line(2), line(3, partner_number="1002")])
    took(store, [line(1, "7.00", partner_number="K7")], header(distributor_id="isar"))
    return store


def corrected(store: Store, *references: dict[str, str], table: str = "partner_references") -> LoadOutcome:
    """What loading corrected references does; the store is whole afterwards."""
    outcome = load(store, table, references, at=LATER)
    assert outcome.findings == ()
    assert verify(store) == ()
    return outcome


def partners(store: Store) -> list[tuple[object, ...]]:
    """Who bought each line that counts."""
    return effective(store, ["line_id", "partner_id"])


class TestAnotherPartner:
    def test_its_lines_move_and_no_others(self, store: Store) -> None:
        outcome = corrected(store, TO_MOOR)
        assert (outcome.moved, outcome.taken_in, outcome.waiting_again) == (2, 0, 0)
        assert partners(store) == [
            ("isar/D1/1", "kern"),
            ("rhein/D1/1", "moor"),
            ("rhein/D1/2", "moor"),
            ("rhein/D1/3", "moor"),
        ]

    def test_by_reversal_and_rewriting(self, store: Store) -> None:
        corrected(store, TO_MOOR)
        columns = "revision, reverses, partner_id, net, end_customer_id is not null, report_id"
        report = "rhein/aurora/sell_out/2026-03"
        relation = current_state(store).relation("sell_out")
        found = store.duck().execute(
            f"select {columns} from {relation} where line_id = 'rhein/D1/1' order by all"
        )
        assert found.fetchall() == [
            (1, 1, "kern", Decimal("-10.0000"), True, report),
            (1, None, "kern", Decimal("10.0000"), True, report),
            (2, None, "moor", Decimal("10.0000"), True, report),
        ]

    def test_in_the_commit_that_brings_the_reference(self, store: Store) -> None:
        before = store.last_commit_no
        outcome = corrected(store, TO_MOOR)
        assert (outcome.commit_no, store.last_commit_no) == (before + 1, before + 1)
        assert log(store)[-1].rows == {"partner_references": 1, "sell_out": 4}

    def test_the_state_before_says_what_it_said(self, store: Store) -> None:
        before = store.last_commit_no
        corrected(store, TO_MOOR)
        earlier = rows(state_at(store, before), "sell_out", "line_id, partner_id")
        assert earlier[1:3] == [("rhein/D1/1", "kern"), ("rhein/D1/2", "kern")]

    def test_there_and_back(self, store: Store) -> None:
        whole = partners(store)
        corrected(store, TO_MOOR)
        assert corrected(store, {**NUMBER, "partner_id": "kern"}).moved == 2
        assert partners(store) == whole

    def test_from_a_day_on(self, store: Store) -> None:
        took(store, [line(1, sold_on=date(2026, 3, 20), invoice_no="D2")], header(number="late"))
        assert corrected(store, {**TO_MOOR, "holds_from": "2026-03-10"}).moved == 1
        assert ("rhein/D2/1", "moor") in partners(store)

    def test_a_name_is_a_number_too(self, store: Store) -> None:
        named = line(1, invoice_no="D2", partner_number=None, partner_name="Kern IT")
        name = {**NUMBER, "number": "Kern IT"}
        load(store, "partner_references", [{**name, "partner_id": "moor"}], at=AT)
        took(store, [named], header(number="named"))
        assert corrected(store, {**name, "partner_id": "kern"}).moved == 1

    def test_a_new_reference_goes_before_an_id_of_ours(self, store: Store) -> None:
        took(store, [line(1, invoice_no="D2", partner_number="kern")], header(number="ours"))
        assert corrected(store, {**TO_MOOR, "number": "kern"}).moved == 1

    def test_the_same_reference_again_moves_nothing(self, store: Store) -> None:
        corrected(store, TO_MOOR)
        assert corrected(store, TO_MOOR) == LoadOutcome(commit_no=None, written=0, unchanged=1)

    def test_what_is_moved_can_be_replaced(self, store: Store) -> None:
        corrected(store, TO_MOOR)
        replacing = [line(1, "11.00"), line(2), line(3, partner_number="1002")]
        outcome = took(store, replacing, header(replaces=True), at=LATER)
        assert (outcome.taken, outcome.withdrawn, outcome.repeated) == (1, 1, 2)
        assert sold(store, "sum(net)") == [(Decimal("218.0000"),)]
        assert verify(store) == ()

    def test_the_report_again_is_known(self, store: Store) -> None:
        corrected(store, TO_MOOR)
        again = [line(1, "10.00", end_customer="Stadt Köln"), line(2), line(3, partner_number="1002")]
        assert took(store, again, at=LATER).already_known


class TestNobody:
    def test_a_withdrawn_reference_lets_its_lines_wait_again(self, store: Store) -> None:
        outcome = corrected(store, GONE)
        assert (outcome.moved, outcome.waiting_again) == (0, 2)
        assert [(each.key, each.lines, each.net) for each in waiting_sums(store)] == [
            ("1001", 2, {"EUR": Decimal("110.0000")})
        ]
        assert [(each.line_id, each.row) for each in waiting_lines(store)] == [
            ("rhein/D1/1", 1),
            ("rhein/D1/2", 2),
        ]
        assert partners(store) == [("isar/D1/1", "kern"), ("rhein/D1/3", "moor")]

    def test_the_right_one_takes_them_in(self, store: Store) -> None:
        corrected(store, GONE)
        assert corrected(store, TO_MOOR).taken_in == 2
        assert sold(store, "sum(net), max(revision)") == [(Decimal("217.0000"), 2)]
        assert waiting_lines(store) == ()

    def test_a_withdrawn_partner_takes_no_line_by_its_id(self, store: Store) -> None:
        took(store, [line(1, invoice_no="D2", partner_number="moor")], header(number="ours"))
        row = {"partner_id": "moor", "kind": "dealer", "holds_from": "2020-01-01"}
        assert corrected(store, {**row, "withdrawn": "true"}, table="partners").waiting_again == 1
        assert [each.key for each in waiting_sums(store)] == ["moor"]
        assert corrected(store, row, table="partners").taken_in == 1

    def test_a_number_of_two_products_is_nobodys(self, store: Store) -> None:
        twin = {"product_id": "twin", "vendor_id": "aurora", "number": "AU-100", "holds_from": "2020-01-01"}
        assert corrected(store, twin, table="products").waiting_again == 4
        assert {each.reason for each in waiting_sums(store)} == {"product-ambiguous"}
        assert corrected(store, {**PRODUCT, "product_id": "server"}, table="product_references").taken_in == 4


class TestAnotherProduct:
    def test_by_a_reference_of_everybody(self, store: Store) -> None:
        assert corrected(store, PRODUCT, table="product_references").moved == 4
        assert effective(store, ["distinct product_id"]) == [("storage",)]

    def test_by_the_numbers_of_products(self, store: Store) -> None:
        swapped = [
            {"product_id": "server", "vendor_id": "aurora", "number": "AU-101", "holds_from": "2020-01-01"},
            {"product_id": "blade", "vendor_id": "aurora", "number": "AU-100", "holds_from": "2020-01-01"},
        ]
        assert corrected(store, *swapped, table="products").moved == 4
        assert effective(store, ["distinct product_id"]) == [("blade",)]

    def test_of_stock_and_sell_in(self, store: Store) -> None:
        goods = {"invoice_no": None, "document_row": None, "partner_number": None}
        counted = line(1, counted_on=date(2026, 3, 31), **goods)
        took(store, [counted], header(kind="stock"))
        took(store, [line(1, **goods)], header(kind="sell_in"))
        assert corrected(store, PRODUCT, table="product_references").moved == 6
        assert log(store)[-1].rows == {"product_references": 1, "sell_in": 2, "sell_out": 8, "stock": 2}

    @pytest.mark.parametrize("row", [None, "9"])
    def test_returns_keep_their_sale(self, store: Store, row: str | None) -> None:
        back = line(1, "-5.00", invoice_no="R/1", kind="return", returns_document="D%9", returns_row=row)
        took(store, [line(9, invoice_no="D%9"), back], header(number="back"))
        before = effective(store, ["line_id", "returns"])
        assert ("rhein/R%2F1/1", "rhein/D%259/9") in before
        assert corrected(store, TO_MOOR).moved == 4
        assert effective(store, ["line_id", "returns"]) == before
        assert corrected(store, PRODUCT, table="product_references").moved == 6
        assert effective(store, ["line_id", "returns"]) == before

    def test_a_return_of_what_is_another_product_now_finds_its_sale(self, store: Store) -> None:
        back = line(1, "-5.00", invoice_no="R1", kind="return", returns_document="D7")
        took(store, [line(1, invoice_no="D7", product_vendor_number="AU-200"), back], header(number="back"))
        assert ("rhein/R1/1", None) in effective(store, ["line_id", "returns"])
        corrected(store, PRODUCT, table="product_references")
        assert ("rhein/R1/1", "rhein/D7/1") in effective(store, ["line_id", "returns"])


class TestErasedNames:
    """A person is erased whose name is a word of a firm's name. The firm's number still leads its lines."""

    @pytest.fixture
    def erased(self, store: Store) -> Store:
        """Documents E, under number and name, and F, whose number nobody knew: its name led to Kern."""
        name = {**NUMBER, "number": "Kern IT GmbH", "partner_id": "kern"}
        load(store, "partner_references", [{**NUMBER, "number": "K-1", "partner_id": "kern"}, name], at=AT)
        both = {"partner_name": "Kern IT GmbH", "end_customer": "Kern"}
        lines = [
            line(1, invoice_no="E", partner_number="K-1", **both),
            line(1, invoice_no="F", partner_number="K-2", **both),
        ]
        took(store, lines, header(number="named"))
        outcome = erase_person(store, "Kern", at=LATER)
        assert (outcome.namings, [each.code for each in outcome.findings]) == (2, ["name-of-lines"])
        return store

    def test_the_number_moves_them(self, erased: Store) -> None:
        assert corrected(erased, {**TO_MOOR, "number": "K-1"}).moved == 1
        assert dict(partners(erased))["rhein/E/1"] == "moor"
        assert dict(partners(erased))["rhein/F/1"] == "kern"

    def test_a_number_that_is_withdrawn_lets_them_wait(self, erased: Store) -> None:
        assert corrected(erased, {**GONE, "number": "K-1"}).waiting_again == 1
        assert [each.key for each in waiting_sums(erased)] == ["K-1"]
        assert corrected(erased, {**TO_MOOR, "number": "K-1"}).taken_in == 1

    def test_what_stood_under_the_name_stays(self, erased: Store) -> None:
        assert corrected(erased, {**TO_MOOR, "number": "Kern IT GmbH"}).moved == 0
        assert corrected(erased, PRODUCT, table="product_references").moved == 5
        assert dict(partners(erased))["rhein/F/1"] == "kern"

    def test_a_number_that_comes_to_be_known_moves_it(self, erased: Store) -> None:
        assert corrected(erased, {**TO_MOOR, "number": "K-2"}).moved == 1
        assert dict(partners(erased))["rhein/F/1"] == "moor"


def test_a_line_of_an_older_store_stays(store: Store) -> None:
    """Nobody noted then what it was reported under."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "update known_lines set partner_naming = null where line_id = 'rhein/D1/1'"
        )
    assert corrected(store, TO_MOOR).moved == 1
