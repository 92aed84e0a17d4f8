"""Whatever is changed behind a store's back is found, and where."""

import sqlite3
from pathlib import Path

import pytest

from staffel.core.ledger import Store, current_state, verify
from staffel.core.ledger.commit import Commit
from tests.core.ledger.market import AT, LATER, header, line, made_store, took


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A report, its replacement, a return that found its sale, a line that waits."""
    store = made_store(tmp_path)
    took(store, [line(1), line(2, "50.00"), line(3, partner_number="9")])
    took(store, [line(1), line(2, "60.00")], header(replaces=True), at=LATER)
    took(
        store, [line(1, "-60.00", invoice_no="R1", kind="return", returns_document="D1")], header(number="2")
    )
    return store


def changed(store: Store, sql: str) -> None:
    """Change the database by hand."""
    store.close()
    with sqlite3.connect(store.path / "store.db") as connection:
        connection.execute(sql)
    connection.close()


def codes(store: Store) -> list[str]:
    return sorted({finding.code for finding in verify(Store.open(store.path))})


def test_a_whole_store_has_nothing_to_say(store: Store) -> None:
    assert verify(store) == ()


BY_HAND = [
    ("update commits set reason = 'other' where commit_no = 4", ["chain-broken"]),
    ("update commits set recorded_at = '2020-01-01 00:00:00.000000' where commit_no = 6", ["chain-broken"]),
    ("delete from commits where commit_no = 2", ["commit-missing"]),
    ("update commit_tables set rows = 7 where commit_no = 1", ["chain-broken", "rows-differ"]),
    ("update commit_tables set digest = '1' where commit_no = 1", ["chain-broken", "content-differs"]),
    ("update commit_tables set snapshot_id = 7 where commit_no = 1", ["snapshot-unreadable"]),
    ("update report_rows set amount = '0.0000' where commit_no = 4", ["sums-differ"]),
    ("delete from report_rows where commit_no = 4", ["sums-differ"]),
    ("update known_lines set revision = 1 where line_id = 'rhein/D1/2'", ["line-astray"]),
    ("update known_lines set standing = 2 where line_id = 'rhein/D1/1'", ["line-astray"]),
    ("delete from known_lines where line_id = 'rhein/D1/1'", ["line-astray"]),
    ("insert into known_lines values ('sell_out', 'rhein/X/1', 1, 1, 0, 1, 4, 1, 1, 1)", ["line-astray"]),
]


@pytest.mark.parametrize(("sql", "expected"), BY_HAND)
def test_a_changed_database_is_found(store: Store, sql: str, expected: list[str]) -> None:
    changed(store, sql)
    assert codes(store) == expected


def test_a_missing_file_is_found(store: Store) -> None:
    current_state(store).files("sell_out")[0].unlink()
    assert codes(store) == ["file-missing"]


def test_rows_that_no_claim_knows_are_found(store: Store) -> None:
    with store.writing():
        commit = Commit.begin(store, at=AT, kind="record", reason="by hand")
        commit.append(
            "sell_out",
            {"line_id": ["rhein/D1/1"], "revision": [1], "report_id": ["x"], "sold_on": [AT.date()]},
        )
        commit.confirm()
    assert codes(store) == ["line-astray", "line-doubled", "sums-differ"]


def test_findings_say_where_and_what_to_do(store: Store) -> None:
    changed(store, "update commit_tables set rows = 7 where commit_no = 2")
    found = {finding.code: finding.say("en") for finding in verify(Store.open(store.path))}
    assert found["rows-differ"] == (
        "partners: Table partners holds 2 rows of commit 2, it wrote 7."
        " Restore the store from a copy. [rows-differ]"
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_claims_are_compared_range_by_range(store: Store, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("staffel.core.ledger.verification._RANGE", size)
    assert verify(store) == ()
    changed(store, "delete from known_lines where line_id = 'rhein/R1/1'")
    assert codes(store) == ["line-astray"]


def test_rows_changed_in_their_file_are_found(store: Store) -> None:
    (path,) = current_state(store).files("partners")
    state = current_state(store)
    columns = ", ".join(f"{each.name}: {each.field_id}" for each in state.schema("partners").fields)
    cursor = store.duck()
    cursor.execute(f"create temp table rows as select * from {state.relation('partners')}")
    cursor.execute("update rows set kind = 'etailer' where partner_id = 'kern'")
    cursor.execute(f"copy rows to '{path}' (format parquet, field_ids {{{columns}}})")
    assert codes(store) == ["content-differs"]


def test_rows_of_a_commit_that_never_was_are_found(store: Store) -> None:
    changed(store, "update commit_tables set rows = 0 where commit_no = 1")
    assert codes(store) == ["chain-broken", "rows-of-no-commit"]
