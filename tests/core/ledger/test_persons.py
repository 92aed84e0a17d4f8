"""Names live in one table; after an erasure no byte of the store spells them."""

import unicodedata
from pathlib import Path

import pytest

from staffel.core.findings import Finding, Text
from staffel.core.ledger import (
    PersonUnknown,
    RefusedRow,
    Store,
    current_state,
    erase_person,
    load,
    names_of,
    person_of,
    refused_rows,
    verify,
    waiting_lines,
)
from staffel.core.ledger.namings import namings_of
from staffel.core.ledger.persons import compared, is_key
from tests.core.ledger.market import AT, LATER, header, line, made_store, rows, sold, took

NAME = "Öztürk-Adlerová"
SAID = Text(en="No.", de="Nein.")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def spellings() -> list[bytes]:
    """The name as a file could hold it: composed or not, escaped by JSON, in two encodings."""
    plain = [NAME, NAME.lower(), NAME.upper(), unicodedata.normalize("NFD", NAME)]
    escaped = [text.encode("ascii", "backslashreplace") for text in plain]
    return [text.encode(code) for text in plain for code in ("utf-8", "utf-16-le")] + escaped


def spelt_in(store: Store) -> list[str]:
    """The files of a store that hold the name in some spelling."""
    files = [path for path in store.path.rglob("*") if path.is_file()]
    return [path.name for path in files if any(spelling in path.read_bytes() for spelling in spellings())]


class TestKeys:
    def test_a_line_has_a_key_and_no_name(self, store: Store) -> None:
        took(store, [line(1, end_customer=NAME, seller="Anna Adler")])
        ((customer, seller),) = sold(store, "end_customer_id, seller")
        assert (is_key(customer), is_key(seller)) == (True, True)
        assert names_of(store, [customer, seller]) == {customer: NAME, seller: "Anna Adler"}

    def test_the_same_name_at_one_distributor_is_one_key(self, store: Store) -> None:
        took(store, [line(1, end_customer="Stadt Köln"), line(2, end_customer="STADT  Köln ")])
        took(store, [line(3, end_customer="stadt köln")], header(number="2"))
        assert len({key for (key,) in sold(store, "end_customer_id")}) == 1

    def test_at_two_distributors_it_is_two(self, store: Store) -> None:
        took(store, [line(1, end_customer=NAME)])
        took(store, [line(1, end_customer=NAME, partner_number="K7")], header(distributor_id="isar"))
        assert len({key for (key,) in sold(store, "end_customer_id")}) == 2

    def test_one_that_we_named_ourselves_is_everybodys(self, store: Store) -> None:
        load(
            store,
            "end_customers",
            [{"end_customer_id": NAME, "kind": "firm", "holds_from": "2020-01-01"}],
            at=AT,
        )
        took(store, [line(1, end_customer=NAME)])
        assert sold(store, "end_customer_id") == rows(
            current_state(store), "end_customers", "end_customer_id"
        )

    def test_keys_say_nothing_of_the_name(self, tmp_path: Path) -> None:
        keys = []
        for number in range(2):
            store = made_store(tmp_path / str(number))
            took(store, [line(1, end_customer=NAME)])
            keys += sold(store, "end_customer_id")
        assert keys[0] != keys[1]

    def test_nobody_is_nobody(self, store: Store) -> None:
        assert person_of(store, "e-0000000000000000") is None


class TestErasure:
    @pytest.fixture
    def full(self, store: Store) -> Store:
        """The name in every place where a report can bring it."""
        load(store, "certifications", [
            {"partner_id": "kern", "person_id": NAME, "certification": "c", "holds_from": "2020-01-01"}
        ], at=AT)  # fmt: skip
        finding = Finding(code="number-unreadable", reason=SAID, way_out=SAID)
        refused = [
            RefusedRow(row=8, finding=finding, cells=(("end_customer", NAME), ("net", "x"))),
            RefusedRow(row=9, finding=finding, cells=(("3", f"to {NAME}, 2nd floor"),), cells_in_place=False),
        ]
        lines = [
            line(1, end_customer=NAME, seller=NAME),
            line(2, end_customer=NAME, partner_number="unknown", partner_name=NAME),
            line(3, end_customer=NAME, partner_number=None, partner_name=NAME),
            line(4, end_customer=NAME, currency=None),
        ]
        took(store, lines, refused=refused)
        assert spelt_in(store)
        return store

    def test_no_file_spells_the_name(self, full: Store) -> None:
        erasure = erase_person(full, NAME.lower(), at=LATER)
        assert (len(erasure.keys), erasure.waiting, erasure.refused, erasure.namings) == (3, 2, 1, 2)
        assert spelt_in(full) == []
        full.close()
        assert spelt_in(full) == []

    def test_of_what_lines_were_reported_under_each_part_is_covered_for_itself(self, store: Store) -> None:
        lines = [
            line(1, partner_number="1001", partner_name=f"Fa. {NAME}, Köln"),
            line(2, partner_number=f"{NAME} 1", partner_name="Adler GmbH"),
        ]
        took(store, lines)
        erasure = erase_person(store, NAME, at=LATER)
        assert (erasure.namings, [each.code for each in erasure.findings]) == (2, ["name-of-lines"])
        reason = erasure.findings[0].reason
        assert ["(2 " in text for text in (reason.en, reason.de)] == [True, True]
        assert spelt_in(store) == []
        found = namings_of(store, range(10)).values()
        assert [(each.said, each.erased) for each in found if each.kind == "partner"] == [
            ({"partner_number": "1001"}, True),
            ({}, True),  # a name behind a number that is erased may mean another
        ]

    def test_nothing_else_is_lost(self, full: Store) -> None:
        before = sold(full, "*")
        erase_person(full, NAME, at=LATER)
        assert sold(full, "*") == before
        assert (len(waiting_lines(full)), len(refused_rows(full)), verify(full)) == (2, 3, ())
        assert {each.content["quantity"] for each in waiting_lines(full)} == {"1.0000"}

    def test_by_key_it_is_this_one_and_all_of_its_name(self, full: Store) -> None:
        ((key,),) = sold(full, "end_customer_id")
        assert key in erase_person(full, key, at=LATER).keys
        person = person_of(full, key)
        assert person is not None
        assert (person.name, names_of(full, [key])) == (None, {})

    def test_the_same_lines_again_bring_no_name_back(self, full: Store) -> None:
        erase_person(full, NAME, at=LATER)
        again = took(full, [line(1, end_customer=NAME, seller=NAME)], header(number="again"))
        assert (again.repeated, spelt_in(full)) == (1, [])

    def test_a_stranger_is_not_touched(self, full: Store) -> None:
        took(full, [line(7, end_customer="Adler")], header(number="other"))
        erase_person(full, NAME, at=LATER)
        assert "Adler" in names_of(full, [key for (key,) in sold(full, "end_customer_id")]).values()

    def test_a_name_in_facts_is_said(self, store: Store) -> None:
        took(store, [line(1, end_customer=NAME)])
        load(store, "partners", [{"partner_id": "sole", "name": NAME, "holds_from": "2020-01-01"}], at=AT)
        assert [each.code for each in erase_person(store, NAME, at=LATER).findings] == ["name-in-facts"]

    @pytest.mark.parametrize("who", ["Nobody", "e-0000000000000000"])
    def test_whom_nobody_knows(self, store: Store, who: str) -> None:
        with pytest.raises(PersonUnknown) as refusal:
            erase_person(store, who, at=LATER)
        assert refusal.value.finding.code == "person-unknown"


def test_names_are_compared_without_case_and_width() -> None:
    assert compared("Ａnna\u00a0 STRASSE") == compared(" anna straße ")


def test_while_somebody_reads_the_log_it_is_said(store: Store) -> None:
    took(store, [line(1, end_customer=NAME)])
    with store.engine.connect() as reader:
        reader.exec_driver_sql("begin")
        reader.exec_driver_sql("select * from persons").fetchall()
        found = erase_person(store, NAME, at=LATER).findings
        assert [finding.code for finding in found] == ["log-in-use"]
        assert spelt_in(store) == ["store.db-wal"]
    store.close()
    assert spelt_in(store) == []
