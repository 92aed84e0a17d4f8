"""Facts that hold from a day: typed, superseded, withdrawn, never edited."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffel.core.ledger import (
    FactsRefused,
    LoadOutcome,
    Store,
    current_state,
    load,
    person_of,
    record,
    state_at,
)
from staffel.core.ledger.facts import effective, rows_of
from staffel.core.sources import TABLES
from tests.core.ledger.market import LATER, made_store, rows


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def loaded(store: Store, table: str, *given: dict[str, Any], **more: Any) -> LoadOutcome:
    return load(store, table, given, at=LATER, **more)


def codes(outcome: LoadOutcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


RATE = {"base": "EUR", "quote": "CHF", "basis": "day", "rate": "0.91237", "holds_from": "2026-03-01"}


class TestLoading:
    def test_types_every_column(self, store: Store) -> None:
        outcome = loaded(store, "rates", RATE)
        assert (outcome.commit_no, outcome.written, outcome.findings) == (4, 1, ())
        row = (date(2026, 3, 1), "CHF", Decimal("0.9123700000"), 4)
        assert rows(current_state(store), "rates", "holds_from, quote, rate, commit_no") == [row]

    def test_the_same_again_is_not_written(self, store: Store) -> None:
        loaded(store, "rates", RATE)
        outcome = loaded(store, "rates", {**RATE, "rate": "0.912370"})
        assert (outcome.commit_no, outcome.written, outcome.unchanged) == (None, 0, 1)

    def test_a_later_row_supersedes(self, store: Store) -> None:
        loaded(store, "rates", RATE)
        loaded(store, "rates", {**RATE, "rate": "0.95"})
        found = effective(TABLES["rates"], rows_of(current_state(store), "rates"))
        assert [row["rate"] for row in found] == [Decimal("0.9500000000")]
        assert len(rows(state_at(store, 4), "rates", "rate")) == 1

    def test_a_row_may_be_withdrawn(self, store: Store) -> None:
        loaded(store, "rates", RATE)
        outcome = loaded(store, "rates", {**RATE, "withdrawn": "true"})
        assert outcome.written == 1
        assert effective(TABLES["rates"], rows_of(current_state(store), "rates")) == []
        assert codes(loaded(store, "rates", {**RATE, "withdrawn": "true"})) == ["nothing-to-withdraw"]

    def test_what_is_wrong_comes_all_at_once_and_nothing_is_written(self, store: Store) -> None:
        outcome = loaded(
            store,
            "rates",
            RATE,
            {**RATE, "quote": "USD", "rate": "1,1"},
            {**RATE, "quote": "", "holds_from": "2026-02-30"},
            file="rates.csv",
        )
        assert [(str(each.places[0]), each.code) for each in outcome.findings] == [
            ("rates.csv:3", "number-unreadable"),
            ("rates.csv:4", "date-impossible"),
            ("rates.csv:4", "value-missing"),
        ]
        assert (outcome.commit_no, store.last_commit_no) == (None, 3)

    def test_lenient_takes_the_right_ones(self, store: Store) -> None:
        outcome = loaded(store, "rates", RATE, {**RATE, "quote": "USD", "rate": "x"}, lenient=True)
        assert (outcome.written, codes(outcome)) == (1, ["number-unreadable"])

    def test_a_strange_column_is_dropped_and_said(self, store: Store) -> None:
        outcome = loaded(store, "rates", {**RATE, "telephone": "1"})
        assert (outcome.written, codes(outcome)) == (1, ["column-unknown"])

    @pytest.mark.parametrize("rate", ["0", "0.0000000000", "-0.9"])
    def test_a_rate_is_above_nothing(self, store: Store, rate: str) -> None:
        outcome = loaded(store, "rates", RATE, {**RATE, "rate": rate, "holds_from": "2026-04-01"})
        assert (outcome.written, codes(outcome)) == (0, ["rate-not-positive"])
        assert outcome.findings[0].places[0].line == 3

    def test_a_term_ends_after_it_begins(self, store: Store) -> None:
        row = {
            "programme": "p",
            "partner_id": "kern",
            "holds_from": "2026-03-01",
            "holds_until": "2026-03-01",
        }
        assert codes(loaded(store, "enrolments", row)) == ["span-empty"]

    def test_two_rows_of_one_key_and_day_must_agree(self, store: Store) -> None:
        assert codes(loaded(store, "rates", RATE, {**RATE, "rate": "2"})) == ["key-twice"]
        assert loaded(store, "rates", RATE, RATE).written == 1

    @pytest.mark.parametrize("table", ["sell_out", "stock", "xyz"])
    def test_lines_are_not_loaded(self, store: Store, table: str) -> None:
        assert codes(loaded(store, table, {})) == ["table-unknown"]


class TestMemberships:
    FIRST = {"kind": "alliance", "group_id": "nord", "partner_id": "kern", "holds_from": "2026-01-01"}

    def test_one_alliance_at_a_time(self, store: Store) -> None:
        loaded(store, "memberships", self.FIRST)
        other = {**self.FIRST, "group_id": "sued", "holds_from": "2026-06-01"}
        outcome = loaded(store, "memberships", other)
        assert (codes(outcome), outcome.written) == (["two-alliances"], 0)
        ended = {**self.FIRST, "holds_until": "2026-06-01"}
        assert loaded(store, "memberships", ended, other).written == 2

    def test_one_that_lasts_over_another_of_its_own(self, store: Store) -> None:
        again = {**self.FIRST, "holds_from": "2026-02-01", "holds_until": "2026-03-01"}
        other = {**self.FIRST, "group_id": "sued", "holds_from": "2026-04-01"}
        assert codes(loaded(store, "memberships", self.FIRST, again, other)) == ["two-alliances"]

    def test_a_buying_group_beside_it(self, store: Store) -> None:
        other = {**self.FIRST, "kind": "buying_group", "group_id": "ring", "share": "12.5 %"}
        assert loaded(store, "memberships", self.FIRST, other).written == 2


class TestNamesOfPersons:
    ROW = {"partner_id": "kern", "certification": "server-pro", "holds_from": "2026-01-01"}

    def test_become_keys(self, store: Store) -> None:
        loaded(store, "certifications", {**self.ROW, "person_id": "Anna Adler"})
        ((key,),) = rows(current_state(store), "certifications", "person_id")
        person = person_of(store, key)
        assert person is not None
        assert (person.name, person.kind, person.scope) == ("Anna Adler", "person", "kern")

    def test_the_same_name_is_the_same_person(self, store: Store) -> None:
        loaded(store, "certifications", {**self.ROW, "person_id": "Anna Adler"})
        outcome = loaded(store, "certifications", {**self.ROW, "person_id": " anna  ADLER"})
        assert outcome.unchanged == 1

    def test_a_key_stays_a_key_and_the_firm_nobody(self, store: Store) -> None:
        loaded(store, "certifications", {**self.ROW, "person_id": "p-0123456789abcdef"}, self.ROW)
        found = rows(current_state(store), "certifications", "person_id")
        assert found == [("p-0123456789abcdef",), (None,)]


class TestRecording:
    LEVEL = {
        "programme": "aurora",
        "ladder": "level",
        "partner_id": "kern",
        "level": "select",
        "cause": "review",
        "holds_from": date(2026, 4, 1),
    }
    CLOSE = {
        "programme": "aurora",
        "version": "1",
        "settle_start": date(2026, 1, 1),
        "settle_until": date(2026, 4, 1),
        "state_id": "s-000003",
        "semantics": 1,
        "holds_from": date(2026, 5, 1),
    }

    def test_several_tables_are_one_commit(self, store: Store) -> None:
        number = record(store, {"decisions": [self.LEVEL], "closes": [self.CLOSE]}, at=LATER, reason="close")
        state = current_state(store)
        assert (number, store.last_commit_no) == (4, 4)
        assert rows(state, "decisions", "level, commit_no") == [("select", 4)]
        assert rows(state, "closes", "state_id, commit_no") == [("s-000003", 4)]

    def test_one_wrong_row_stops_all(self, store: Store) -> None:
        wrong = {**self.CLOSE, "semantics": "x"}
        with pytest.raises(FactsRefused) as refusal:
            record(store, {"decisions": [self.LEVEL], "closes": [wrong]}, at=LATER, reason="close")
        assert [finding.code for finding in refusal.value.findings] == ["number-unreadable"]
        assert (store.last_commit_no, current_state(store).rows("decisions")) == (3, 0)

    def test_lines_do_not_enter_here(self, store: Store) -> None:
        with pytest.raises(FactsRefused):
            record(store, {"sell_out": []}, at=LATER, reason="no")

    @pytest.mark.parametrize("table", ["partner_references", "product_references", "partners", "products"])
    def test_nor_does_what_lines_are_looked_up_by(self, store: Store, table: str) -> None:
        before = store.last_commit_no
        with pytest.raises(FactsRefused) as refusal:
            record(store, {"decisions": [self.LEVEL], table: []}, at=LATER, reason="no")
        assert [finding.code for finding in refusal.value.findings] == ["table-looked-up"]
        assert store.last_commit_no == before


class TestColumnsThatAreMissing:
    def test_are_named_once_for_the_file(self, store: Store) -> None:
        strangers = [{"id": "a", "kind": "dealer"}, {"id": "b", "kind": "x" * 501}]
        outcome = loaded(store, "partners", *strangers, file="partners.csv")
        assert [(str(each.places[0]), each.code) for each in outcome.findings] == [
            ("partners.csv", "column-unknown"),
            ("partners.csv", "columns-missing"),
            ("partners.csv:3", "text-too-long"),
        ]
        assert "partner_id, holds_from" in outcome.findings[1].reason.de

    def test_keep_a_lenient_load_from_everything(self, store: Store) -> None:
        assert loaded(store, "partners", {"partner_id": "a"}, lenient=True).written == 0


class TestIdsThatNoTableKnows:
    @pytest.mark.parametrize(
        ("table", "row", "found"),
        [
            ("enrolments", {"programme": "p", "partner_id": "kernn"}, ["id-in-key-unknown"]),
            ("enrolments", {"programme": "p", "partner_id": "kern"}, []),
            ("partners", {"partner_id": "new", "head_office": "kernn"}, ["id-unknown"]),
            ("partners", {"partner_id": "new", "same_as": "new"}, []),
            ("partner_references", {"distributor_id": "isar", "number": "1", "partner_id": "x"},
             ["id-unknown"]),
            ("product_references", {"distributor_id": "*", "number": "1", "product_id": "x"}, ["id-unknown"]),
            ("prices", {"product_id": "server", "price": "list", "currency": "EUR", "amount": "1"}, []),
            ("prices", {"product_id": "x", "price": "list", "currency": "EUR", "amount": "1"},
             ["id-in-key-unknown"]),
        ],
    )  # fmt: skip
    def test_are_a_warning_and_the_row_is_taken(
        self, store: Store, table: str, row: dict[str, str], found: list[str]
    ) -> None:
        outcome = loaded(store, table, {**row, "holds_from": "2026-01-01"}, file="f.csv")
        assert (outcome.written, codes(outcome)) == (1, found)
        assert [(each.severity, str(each.places[0])) for each in outcome.findings] == [
            ("warning", "f.csv:2")
        ] * len(found)

    def test_a_table_without_rows_knows_nobody(self, store: Store) -> None:
        """Rhein stands in no table, since none of distributors was loaded."""
        row = {"distributor_id": "rhein", "number": "7", "partner_id": "kern", "holds_from": "2026-01-01"}
        assert codes(loaded(store, "partner_references", row)) == []
        loaded(store, "distributors", {"distributor_id": "isar", "holds_from": "2026-01-01"})
        assert codes(loaded(store, "partner_references", {**row, "number": "8"})) == ["id-in-key-unknown"]

    def test_one_that_is_withdrawn_is_no_longer_told(self, store: Store) -> None:
        row = {"programme": "p", "partner_id": "kernn", "holds_from": "2026-01-01"}
        loaded(store, "enrolments", row)
        assert codes(loaded(store, "enrolments", {**row, "withdrawn": "true"})) == []
