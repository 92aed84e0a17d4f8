"""One commit: numbered before it is written, typed, sorted, chained to the one before."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from sqlalchemy import select

from staffel.core.ledger import Store, current_state
from staffel.core.ledger.commit import Commit, digest_sql
from staffel.core.ledger.database import COMMITS
from tests.core.ledger.market import AT, made_store, rows


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def begun(store: Store) -> Commit:
    return Commit.begin(store, at=AT, kind="record", reason="test")


def test_numbers_rise_by_one(store: Store) -> None:
    for expected in (4, 5):
        with store.writing():
            commit = begun(store)
            assert (commit.number, commit.confirm()) == (expected, expected)


def test_a_number_that_was_not_confirmed_is_given_again(store: Store) -> None:
    with store.writing():
        assert begun(store).number == 4
    with store.writing():
        assert begun(store).number == 4


def test_every_row_bears_commit_and_moment(store: Store) -> None:
    with store.writing():
        commit = begun(store)
        commit.append("partners", {"partner_id": ["b", "a"], "holds_from": [AT.date()] * 2})
        commit.confirm()
    found = rows(
        current_state(store), "partners", "partner_id, commit_no, recorded_at", "commit_no desc, partner_id"
    )
    assert found[:2] == [("a", 4, datetime(2026, 4, 1, 8)), ("b", 4, datetime(2026, 4, 1, 8))]  # noqa: DTZ001


def test_no_rows_are_no_snapshot(store: Store) -> None:
    with store.writing():
        commit = begun(store)
        commit.append("rates", {})
        commit.append("targets", {"programme": []})
        commit.confirm()
    assert set(current_state(store).snapshots) == {"products", "partners", "partner_references"}


def test_an_ill_typed_row_is_refused(store: Store) -> None:
    with store.writing(), pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        begun(store).append("partners", {"partner_id": ["a"], "holds_from": ["yesterday"]})


def test_each_digest_stands_on_the_one_before(store: Store) -> None:
    with store.engine.connect() as connection:
        digests = list(connection.scalars(select(COMMITS.c.digest)))
    assert len(set(digests)) == 3


class TestRowDigest:
    @pytest.mark.parametrize(
        ("rows", "same"),
        [
            ("('b', 'y'), ('a', 'x')", True),  # in another order
            ("('a', 'x'), ('b', null)", False),
            ("('a', 'y'), ('b', 'x')", False),
            ("('a', 'x')", False),
        ],
    )
    def test_is_of_what_rows_say(self, store: Store, rows: str, same: bool) -> None:
        none = f"select * from {current_state(store).relation('partners')} where false"

        def digest(values: str) -> object:
            given = f"select * from (values {values}) as given(partner_id, kind)"
            sql = f"select {digest_sql('partners')} from ({none} union all by name {given})"
            return store.duck().execute(sql).fetchall()

        assert (digest(rows) == digest("('a', 'x'), ('b', 'y')")) is same
