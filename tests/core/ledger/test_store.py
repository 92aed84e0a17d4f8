"""A store is one folder: made once, opened anywhere, written by one at a time."""

import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from staffel.core.ledger import Store, StoreRefused, current_state, load, state_at, verify
from staffel.core.ledger.store import as_utc
from tests.core.ledger.market import AT, LATER, header, line, made_store, sold, took


class TestMaking:
    def test_an_empty_store_has_a_state(self, tmp_path: Path) -> None:
        store = Store.create(tmp_path / "new" / "store", at=AT)
        state = current_state(store)
        assert (state.state_id, state.commit_no, state.snapshots) == ("s-000000", 0, {})

    def test_twice_is_refused(self, tmp_path: Path) -> None:
        Store.create(tmp_path, at=AT)
        with pytest.raises(StoreRefused) as refusal:
            Store.create(tmp_path, at=AT)
        assert refusal.value.finding.code == "store-exists"

    def test_begun_and_broken_off_may_be_made_again(self, tmp_path: Path) -> None:
        (tmp_path / "store.db").touch()
        assert Store.create(tmp_path, at=AT).last_commit_no == 0


class TestOpening:
    def test_where_none_is(self, tmp_path: Path) -> None:
        with pytest.raises(StoreRefused) as refusal:
            Store.open(tmp_path)
        assert refusal.value.finding.code == "store-missing"
        assert list(tmp_path.iterdir()) == []

    def test_of_a_newer_layout(self, tmp_path: Path) -> None:
        Store.create(tmp_path, at=AT).close()
        with sqlite3.connect(tmp_path / "store.db") as connection:
            connection.execute("update settings set value = '99' where name = 'layout'")
        with pytest.raises(StoreRefused) as refusal:
            Store.open(tmp_path)
        assert refusal.value.finding.code == "store-newer"

    def test_of_an_older_layout_is_renewed(self, tmp_path: Path) -> None:
        """It has not noted what its lines were reported under, and goes on from here."""
        store = made_store(tmp_path)
        took(store, [line(1)])
        store.close()
        with sqlite3.connect(store.path / "store.db") as connection:
            for column in ("row", "partner_naming", "product_naming"):
                connection.execute(f'alter table known_lines drop column "{column}"')
            connection.execute("drop table namings")
            connection.execute("update settings set value = '1' where name = 'layout'")
        renewed = Store.open(store.path)
        assert (renewed.setting("layout"), verify(renewed)) == ("2", ())
        took(renewed, [line(2)], header(number="2"))
        moor = {"distributor_id": "rhein", "number": "1001", "partner_id": "moor", "holds_from": "2020-01-01"}
        assert load(renewed, "partner_references", [moor], at=AT).moved == 1

    def test_a_database_that_holds_something_else(self, tmp_path: Path) -> None:
        sqlite3.connect(tmp_path / "store.db").execute("create table settings (name text, value text)")
        with pytest.raises(StoreRefused) as refusal:
            Store.open(tmp_path)
        assert refusal.value.finding.code == "store-missing"


class TestMovedStore:
    def test_reads_and_writes_its_own_files(self, tmp_path: Path) -> None:
        first = made_store(tmp_path)
        took(first, [line(1)])
        first.close()
        there = tmp_path / "with a blank, an ü, a # and 50 %" / "copy"
        shutil.copytree(first.path, there)
        before = sorted(path for path in first.path.rglob("*") if path.is_file())
        copy = Store.open(there)
        took(copy, [line(2)], header(number="2"))
        assert sold(copy, "line_id") == [("rhein/D1/1",), ("rhein/D1/2",)]
        assert all(path.is_relative_to(there) for path in current_state(copy).files("sell_out"))
        assert sorted(path for path in first.path.rglob("*") if path.is_file()) == before


class TestWriters:
    def test_wait_for_each_other(self, tmp_path: Path) -> None:
        store = made_store(tmp_path)

        def write(number: int) -> None:
            mine = Store.open(store.path)
            took(mine, [line(number)], header(number=str(number)))
            mine.close()

        threads = [threading.Thread(target=write, args=(number,)) for number in range(1, 7)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(sold(store)) == 6
        assert store.last_commit_no == 9

    def test_a_reader_waits_for_nobody(self, tmp_path: Path) -> None:
        store = made_store(tmp_path)
        reader = Store.open(store.path)
        with store.writing():
            assert current_state(reader).commit_no == 3

    def test_a_state_stays_what_it_was(self, tmp_path: Path) -> None:
        store = made_store(tmp_path)
        took(store, [line(1)])
        state = current_state(store)
        for number in range(2, 30):  # more commits than old metadata files are kept
            took(Store.open(store.path), [line(number)], header(number=str(number)), at=LATER)
        assert state.rows("sell_out") == 1
        assert state_at(Store.open(store.path), 4).rows("sell_out") == 1


def test_a_moment_is_kept_in_utc() -> None:
    berlin = timezone(timedelta(hours=2))
    assert as_utc(datetime(2026, 4, 1, 1, 30, tzinfo=berlin)) == datetime(2026, 3, 31, 23, 30)  # noqa: DTZ001
    assert as_utc(datetime(2026, 4, 1, tzinfo=UTC)) == datetime(2026, 4, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        as_utc(datetime(2026, 4, 1))  # noqa: DTZ001
