"""Upkeep changes no content: what could be asked can be asked on, but what was let go on purpose."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from staffel.core.ledger import (
    StateUnknown,
    Store,
    clear_orphans,
    compact,
    current_state,
    let_go,
    record,
    state_at,
    verify,
)
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.tables import NAMESPACE
from tests.core.ledger.market import AT, LATER, header, line, made_store, rows, sold, took

FAR_LATER = LATER + timedelta(days=3650)
CLOSE = {
    "programme": "aurora",
    "version": "1",
    "settle_start": date(2026, 1, 1),
    "settle_until": date(2026, 4, 1),
    "state_id": "s-000006",
    "semantics": 1,
    "holds_from": date(2026, 5, 1),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Nine reports of March and one of April."""
    store = made_store(tmp_path)
    for number in range(1, 10):
        partner = "1001" if number % 2 else "1002"
        took(store, [line(number, partner_number=partner)], header(number=str(number)))
    took(store, [line(10, sold_on=date(2026, 4, 2))], header(number="10"))
    return store


def files_of(store: Store) -> set[Path]:
    return {path for path in store.folder.here.rglob("*") if path.is_file()}


class TestCompacting:
    def test_puts_a_crowded_month_together(self, store: Store) -> None:
        before = sold(store, "*")
        assert compact(store, at=LATER) == 14
        assert len(current_state(store).files("sell_out")) == 2
        assert (sold(store, "*"), verify(store)) == (before, ())

    def test_sorts_by_partner(self, store: Store) -> None:
        compact(store, at=LATER)
        (file,) = [each for each in current_state(store).planned("sell_out") if each.rows == 9]
        found = (
            store.duck().execute(f"select partner_id, line_id from read_parquet('{file.path}')").fetchall()
        )
        assert found == sorted(found)

    def test_older_states_keep_their_files(self, store: Store) -> None:
        compact(store, at=LATER)
        old = state_at(Store.open(store.path), 13)
        assert (len(old.files("sell_out")), old.rows("sell_out")) == (10, 10)

    def test_does_nothing_where_files_are_few(self, store: Store) -> None:
        assert compact(store, at=LATER, from_files=10) is None
        assert store.last_commit_no == 13

    def test_imports_go_on_after_it(self, store: Store) -> None:
        compact(store, at=LATER)
        took(store, [line(3, "1.00")], header(number="3", replaces=True))
        assert (len(sold(store)), verify(store)) == (12, ())


class TestLettingGo:
    def test_keeps_what_a_close_names(self, store: Store) -> None:
        record(store, {"closes": [CLOSE]}, at=LATER, reason="close")
        assert let_go(store, at=LATER, keep_newest=2) == 8
        fresh = Store.open(store.path)
        assert (state_at(fresh, 6).rows("sell_out"), current_state(fresh).rows("sell_out")) == (3, 10)
        with pytest.raises(StateUnknown) as refusal:
            state_at(fresh, 7).rows("sell_out")
        assert refusal.value.finding.code == "state-expired"
        assert verify(fresh) == ()

    def test_tags_it_for_other_readers(self, store: Store) -> None:
        record(store, {"closes": [CLOSE]}, at=LATER, reason="close")
        let_go(store, at=LATER, keep_newest=2)
        assert "close-000006" in store.catalog.load_table((NAMESPACE, "sell_out")).metadata.refs

    def test_again_finds_nothing(self, store: Store) -> None:
        let_go(store, at=LATER, keep_newest=2)
        assert let_go(store, at=LATER, keep_newest=2) == 0

    def test_imports_go_on_after_it(self, store: Store) -> None:
        let_go(store, at=LATER, keep_newest=1)
        took(store, [line(11)], header(number="11"))
        assert (len(sold(store)), verify(store)) == (11, ())


class TestOrphans:
    def test_what_was_broken_off_is_removed(self, store: Store) -> None:
        before = files_of(store)
        with store.writing():
            commit = Commit.begin(store, at=AT, kind="record", reason="broken off")
            commit.append("sell_out", {"line_id": ["x"], "revision": [1], "sold_on": [AT.date()]})
        left = files_of(store) - before
        cleared = clear_orphans(store, at=FAR_LATER)
        assert (cleared.files, cleared.bytes > 0, len(left)) == (len(left), True, 4)
        assert (files_of(store), verify(store)) == (before, ())

    def test_the_young_are_left(self, store: Store) -> None:
        (store.folder.here / "new.parquet").write_bytes(b"x")
        assert clear_orphans(store, at=AT - timedelta(days=3650)).files == 0

    def test_files_of_snapshots_let_go_are_removed_after_compacting(self, store: Store) -> None:
        compact(store, at=LATER)
        let_go(store, at=LATER, keep_newest=1)
        assert clear_orphans(store, at=FAR_LATER).files >= 9
        fresh = Store.open(store.path)
        assert (rows(current_state(fresh), "sell_out", "count(*)"), verify(fresh)) == ([(10,)], ())
