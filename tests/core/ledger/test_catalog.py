"""Pointers are kept back until they are confirmed, all of them or none."""

from pathlib import Path

import pytest
from pyiceberg.exceptions import NoSuchTableError
from sqlalchemy import update

from staffel.core.ledger import Store, current_state, verify
from staffel.core.ledger.catalog import POINTERS, Folder, LostUpdate
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.tables import NAMESPACE
from tests.core.ledger.market import AT, header, line, made_store, sold, took

RATE = {"base": ["EUR"], "quote": ["CHF"], "basis": ["day"], "rate": [None], "holds_from": [AT.date()]}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def test_what_is_not_confirmed_is_not_seen(store: Store) -> None:
    with store.writing():
        commit = Commit.begin(store, at=AT, kind="record", reason="broken off")
        commit.append("rates", RATE)
        assert store.catalog.snapshot_of("rates") is not None
        assert current_state(Store.open(store.path)).snapshots.get("rates") is None
    with pytest.raises(NoSuchTableError):
        store.catalog.load_table((NAMESPACE, "rates"))
    assert (store.last_commit_no, verify(store)) == (3, ())


def test_what_follows_stands_on_what_was_confirmed(store: Store) -> None:
    took(store, [line(1)])
    with store.writing():
        lost = Commit.begin(store, at=AT, kind="record", reason="broken off")
        lost.append("sell_out", {"line_id": ["x"], "revision": [1], "sold_on": [AT.date()]})
    took(store, [line(2)], header(number="2"))
    assert sold(store, "line_id") == [("rhein/D1/1",), ("rhein/D1/2",)]


def test_a_note_that_fails_moves_nothing(store: Store) -> None:
    def fail(_connection: object) -> None:
        raise ZeroDivisionError

    with store.writing():
        commit = Commit.begin(store, at=AT, kind="record", reason="fails")
        commit.append("rates", RATE)
        commit.note(fail)
        with pytest.raises(ZeroDivisionError):
            commit.confirm()
    assert (store.last_commit_no, current_state(store).snapshots.get("rates")) == (3, None)


def test_a_pointer_that_somebody_moved_is_not_moved(store: Store) -> None:
    with store.writing():
        commit = Commit.begin(store, at=AT, kind="record", reason="late")
        commit.append("partners", {"partner_id": ["new"], "holds_from": [AT.date()]})
        with store.engine.begin() as connection:
            elsewhere = update(POINTERS).where(POINTERS.c.table_name == "partners")
            connection.execute(elsewhere.values(metadata_location="elsewhere"))
        with pytest.raises(LostUpdate) as lost:
            commit.confirm()
    assert (lost.value.table, store.last_commit_no) == ("partners", 3)


def test_a_table_is_written_once_a_commit(store: Store) -> None:
    with store.writing():
        commit = Commit.begin(store, at=AT, kind="record", reason="twice")
        commit.append("rates", RATE)
        with pytest.raises(ValueError, match="rates"):
            commit.append("rates", RATE)


def test_a_file_elsewhere_is_not_touched(tmp_path: Path) -> None:
    folder = Folder(here=tmp_path, recorded="/made/here")
    assert folder.path_of("file:///made/here/a/b") == f"{tmp_path}/a/b"
    with pytest.raises(ValueError, match="outside"):
        folder.path_of("file:///elsewhere/a")
