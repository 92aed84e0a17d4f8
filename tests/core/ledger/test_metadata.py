"""A transaction remembers its metadata, and nobody can tell but by the time it takes."""

from pathlib import Path

import pyiceberg
import pytest
from pyiceberg.table import Transaction
from pyiceberg.table.update import SetPropertiesUpdate, update_table_metadata

from staffel.core.ledger import current_state
from staffel.core.ledger.metadata import KNOWN_VERSIONS, remember_metadata
from staffel.core.ledger.tables import NAMESPACE
from tests.core.ledger.market import header, line, made_store, took


@pytest.fixture
def transaction(tmp_path: Path) -> Transaction:
    store = made_store(tmp_path)
    for number in range(3):
        took(store, [line(number + 1)], header(number=str(number)))
    return Transaction(store.catalog.load_table((NAMESPACE, "sell_out")))


def test_the_installed_version_is_known() -> None:
    assert pyiceberg.__version__ in KNOWN_VERSIONS, "measure anew, then add it"


def test_another_version_is_left_alone() -> None:
    before = Transaction.table_metadata
    assert not remember_metadata("99.0.0")
    assert Transaction.table_metadata is before


def test_it_is_the_same_as_made_anew(transaction: Transaction) -> None:
    transaction.set_properties({"a": "1"})
    transaction.set_properties({"b": "2"})
    remembered = transaction.table_metadata
    made = update_table_metadata(transaction._table.metadata, transaction._updates)
    same = {"last_updated_ms"}
    assert remembered.model_dump(exclude=same) == made.model_dump(exclude=same)


def test_it_is_made_once_for_the_same_updates(transaction: Transaction) -> None:
    assert transaction.table_metadata is transaction.table_metadata


def test_a_new_update_makes_it_anew(transaction: Transaction) -> None:
    first = transaction.table_metadata
    transaction._updates += (SetPropertiesUpdate(updates={"c": "3"}),)
    assert transaction.table_metadata.properties["c"] == "3"
    assert "c" not in first.properties


def test_history_is_kept_whole(tmp_path: Path) -> None:
    store = made_store(tmp_path)
    for number in range(5):
        took(store, [line(number + 1)], header(number=str(number)))
    snapshots = current_state(store).metadata("sell_out").snapshots
    assert [each.sequence_number for each in snapshots] == [1, 2, 3, 4, 5]
    assert [each.summary["total-records"] for each in snapshots if each.summary] == ["1", "2", "3", "4", "5"]
