"""The tables of `core.sources` as Iceberg, Arrow, DuckDB and Parquet know them.

`parts.md`, 5: lines in one partition a month of their main date, sorted by partner by us (pyiceberg notes
a sort order and does not sort), row groups of 50,000, so that one partner's quarter reads few of them.
Every column may be empty in the files: what a row needs is checked at the door, where it can be said with
a reason. A moment is kept without a zone; it is UTC. Field numbers follow the order of the columns and
never change: a new column is put at the end of its table in `core.sources`.
"""

from functools import cache
from typing import Any

import pyarrow as pa
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import MonthTransform
from pyiceberg.types import (
    BooleanType,
    DateType,
    DecimalType,
    IcebergType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
)

from staffel.core.money import MONEY, PIECES
from staffel.core.money import DecimalType as Exact
from staffel.core.sources import TABLES, Column, ColumnType, Table

NAMESPACE = "ledger"
# A partner's rows lie together: small groups are skipped sooner. Of 21 k rows a file, an answer for one
# partner took two thirds of what it takes with 50 k, and a sum of all rows no longer.
ROW_GROUP_ROWS = 8_192
EXCHANGE_RATE = Exact(20, 10)
SHARE = Exact(9, 6)
DECIMALS = {
    ColumnType.MONEY: MONEY,
    ColumnType.PIECES: PIECES,
    ColumnType.RATE: EXCHANGE_RATE,
    ColumnType.SHARE: SHARE,
}
_PARTITION_FIELD = 1000

# LZ4 is read a fifth sooner than ZSTD and takes two fifths more room.
# Retries, few old metadata files, counts for every column, one manifest where many small ones were.
PROPERTIES = {
    "write.parquet.row-group-limit": str(ROW_GROUP_ROWS),
    "write.parquet.compression-codec": "lz4",
    "write.metadata.delete-after-commit.enabled": "true",
    "write.metadata.previous-versions-max": "20",
    "write.metadata.metrics.column.line_id": "full",
    "commit.retry.num-retries": "20",
    "commit.manifest-merge.enabled": "true",
    "commit.manifest.min-count-to-merge": "30",
}


def is_dated(table: Table) -> bool:
    """Whether its rows are events, kept by month."""
    return table.shape == "event"


@cache
def iceberg_schema(name: str) -> Schema:
    """The schema of a table as it is created."""
    columns = TABLES[name].all_columns
    return Schema(
        *(
            NestedField(
                field_id=number,
                name=column.name,
                field_type=iceberg_type(column.type),
                required=False,
                doc=column.meaning or None,
            )
            for number, column in enumerate(_in_file_order(columns), start=1)
        )
    )


@cache
def partition_spec(name: str) -> PartitionSpec:
    """By month of the main date; facts that hold over time lie in one piece."""
    table = TABLES[name]
    if not is_dated(table):
        return PartitionSpec()
    source = iceberg_schema(name).find_field(table.main_date).field_id
    month = PartitionField(
        source_id=source,
        field_id=_PARTITION_FIELD,
        transform=MonthTransform(),
        name=f"{table.main_date}_month",
    )
    return PartitionSpec(month)


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The columns of a table in Arrow, in file order."""
    return pa.schema(
        [(column.name, arrow_type(column.type)) for column in _in_file_order(TABLES[name].all_columns)]
    )


def sort_keys(name: str) -> list[tuple[str, str]]:
    """By what rows are sorted before they are written."""
    table = TABLES[name]
    names = {column.name for column in table.columns}
    first = [column for column in ("partner_id", "line_id") if column in names]
    rest = [column for column in (*table.key, table.main_date) if column not in first]
    return [
        (column, "ascending")
        for column in (first + rest if is_dated(table) else (*table.key, table.main_date))
    ]


def iceberg_type(type_: ColumnType) -> IcebergType:
    """How Iceberg keeps a value of this type."""
    if type_ in DECIMALS:
        return DecimalType(DECIMALS[type_].digits, DECIMALS[type_].places)
    return _ICEBERG[type_]


def arrow_type(type_: ColumnType) -> Any:
    """How Arrow holds a value of this type."""
    if type_ in DECIMALS:
        return pa.decimal128(DECIMALS[type_].digits, DECIMALS[type_].places)
    return _ARROW[type_]


def duckdb_type(type_: IcebergType) -> str:
    """How DuckDB reads a field of the files."""
    if isinstance(type_, DecimalType):
        return f"DECIMAL({type_.precision}, {type_.scale})"
    return _DUCKDB[type(type_)]


_ICEBERG: dict[ColumnType, IcebergType] = {
    ColumnType.TEXT: StringType(),
    ColumnType.DATE: DateType(),
    ColumnType.WHOLE: LongType(),
    ColumnType.FLAG: BooleanType(),
    ColumnType.MOMENT: TimestampType(),
}
_ARROW: dict[ColumnType, Any] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.DATE: pa.date32(),
    ColumnType.WHOLE: pa.int64(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.MOMENT: pa.timestamp("us"),
}
_DUCKDB: dict[type, str] = {
    StringType: "VARCHAR",
    DateType: "DATE",
    LongType: "BIGINT",
    BooleanType: "BOOLEAN",
    TimestampType: "TIMESTAMP",
}


def _in_file_order(columns: tuple[Column, ...]) -> list[Column]:
    """What every row carries first, so that a column added to a table takes the next free number."""
    carried = {"commit_no", "recorded_at", "holds_from", "holds_until", "withdrawn"}
    return [column for column in columns if column.name in carried] + [
        column for column in columns if column.name not in carried
    ]
