"""Every column that one loads is told: what it means, how it is written, whether a row can be without."""

import pytest

from staffel.core.ledger import LOADABLE, table_note
from staffel.core.ledger.meanings import CARRIED, COLUMN_MEANINGS, TABLE_MEANINGS, TYPES
from staffel.core.sources import TABLES, ColumnType


@pytest.mark.parametrize("name", LOADABLE)
def test_every_column_of_a_table(name: str) -> None:
    note, table = table_note(name), TABLES[name]
    told = {column.name: (column.needed, column.key) for column in note.columns}
    for column in table.all_columns:
        if column.name not in CARRIED:
            assert told[column.name] == (column.needed, column.name in table.key)


def test_the_scope_of_a_name_is_a_column_of_the_file() -> None:
    assert [column.name for column in table_note("end_customers").columns][-1] == "distributor_id"


def test_no_meaning_is_left_over() -> None:
    """A column that went takes its meaning with it."""
    whole = {f"{name}.{column.name}" for name in LOADABLE for column in table_note(name).columns}
    known = whole | {one.partition(".")[2] for one in whole}
    assert set(COLUMN_MEANINGS) <= known
    assert set(TABLE_MEANINGS) == set(LOADABLE)


def test_every_type_is_said() -> None:
    assert set(TYPES) == set(ColumnType)


def test_lines_are_not_loaded() -> None:
    with pytest.raises(KeyError):
        table_note("sell_out")
