"""Every table of `core.sources` can be kept, read and sorted."""

import pyarrow as pa
import pytest
from pyiceberg.io.pyarrow import schema_to_pyarrow

from staffel.core.ledger.tables import (
    arrow_schema,
    duckdb_type,
    iceberg_schema,
    partition_spec,
    sort_keys,
)
from staffel.core.sources import TABLES, ColumnType

DUCKDB = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.DATE: "DATE",
    ColumnType.MONEY: "DECIMAL(22, 4)",
    ColumnType.PIECES: "DECIMAL(16, 4)",
    ColumnType.RATE: "DECIMAL(20, 10)",
    ColumnType.SHARE: "DECIMAL(9, 6)",
    ColumnType.WHOLE: "BIGINT",
    ColumnType.FLAG: "BOOLEAN",
    ColumnType.MOMENT: "TIMESTAMP",
}


@pytest.mark.parametrize("name", TABLES)
class TestEachTable:
    def test_has_all_columns_once(self, name: str) -> None:
        columns = {column.name: DUCKDB[column.type] for column in TABLES[name].all_columns}
        fields = iceberg_schema(name).fields
        assert {field.name: duckdb_type(field.field_type) for field in fields} == columns
        assert [field.field_id for field in fields] == list(range(1, len(columns) + 1))

    def test_arrow_and_iceberg_agree(self, name: str) -> None:
        kept = schema_to_pyarrow(iceberg_schema(name), include_field_ids=False)
        assert [(each.name, plain(each.type)) for each in kept] == [
            (each.name, each.type) for each in arrow_schema(name)
        ]

    def test_is_sorted_by_a_key(self, name: str) -> None:
        assert {column for column, _ in sort_keys(name)} >= set(TABLES[name].key)


def plain(type_: pa.DataType) -> pa.DataType:
    """pyiceberg says large_string where we say string; Parquet knows no difference."""
    return pa.string() if type_ == pa.large_string() else type_


@pytest.mark.parametrize(
    ("name", "fields"), [("sell_out", ["sold_on_month"]), ("stock", ["counted_on_month"]), ("rates", [])]
)
def test_events_lie_by_month(name: str, fields: list[str]) -> None:
    assert [field.name for field in partition_spec(name).fields] == fields


def test_lines_are_sorted_by_partner() -> None:
    assert [column for column, _ in sort_keys("sell_out")][:2] == ["partner_id", "line_id"]
