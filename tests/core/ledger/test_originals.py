"""Files are kept only where a setting says so, for so long, and never after an erasure."""

from datetime import timedelta
from pathlib import Path

import pytest

from staffel.core.ledger import Store, drop_originals, erase_person, keep_original, keep_originals_for
from staffel.core.ledger.originals import originals
from tests.core.ledger.market import AT, LATER, line, made_store, took


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def test_nothing_is_kept_unless_said(store: Store) -> None:
    assert keep_original(store, b"x", digest="d1", at=AT) is None
    assert originals(store) == []


def test_kept_for_its_days(store: Store) -> None:
    keep_originals_for(store, 30)
    path = keep_original(store, b"x", digest="d1", at=AT)
    assert path is not None
    assert (path.read_bytes(), path.name) == (b"x", "2026-04-01-d1")
    assert drop_originals(store, at=AT + timedelta(days=30)) == 0
    assert drop_originals(store, at=AT + timedelta(days=31)) == 1
    assert originals(store) == []


def test_a_shorter_time_holds_for_what_is_there(store: Store) -> None:
    keep_originals_for(store, 30)
    keep_original(store, b"x", digest="d1", at=AT)
    keep_originals_for(store, 0)
    assert drop_originals(store, at=AT + timedelta(days=1)) == 1


def test_less_than_nothing_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="less than 0"):
        keep_originals_for(store, -1)


def test_an_erasure_removes_them(store: Store) -> None:
    keep_originals_for(store, 30)
    took(store, [line(1, end_customer="Anna Adler")])
    keep_original(store, b"Anna Adler", digest="d1", at=AT)
    erase_person(store, "Anna Adler", at=LATER)
    assert originals(store) == []
