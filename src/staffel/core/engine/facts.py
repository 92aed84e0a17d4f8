"""Where a calculation finds its facts: a state of the ledger, or tables in memory for what is only supposed.

A `Facts` gives each table of `sources.TABLES` as something that stands behind FROM. Nothing is read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from staffel.core.calendar import Span
from staffel.core.money import AMOUNT, MONEY, PIECES, RATE
from staffel.core.sources import TABLES, ColumnType, Table


class Facts(Protocol):
    """A snapshot of every table."""

    @property
    def state_id(self) -> str:
        """Its name: results carry it."""
        ...

    def relation(self, table: str, span: Span | None = None) -> str:
        """What stands behind FROM for this table, in DuckDB. span: days of the main date that are enough."""
        ...

    def has_any(self, table: str, column: str) -> bool:
        """Whether any row may have a value there; True is always right, False saves a join."""
        ...


def current(facts: Facts, table: str) -> str:
    """The rows in force of an attribute or term table: the last recorded of each key and day, unless
    withdrawn.
    """
    keys = ", ".join((*TABLES[table].key, "holds_from"))
    return (
        f"select * from {facts.relation(table)} where true "
        f"qualify row_number() over (partition by {keys} order by commit_no desc) = 1 "
        "and not coalesce(withdrawn, false)"
    )


_ARROW: dict[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.DATE: pa.date32(),
    ColumnType.MONEY: pa.decimal128(MONEY.digits, MONEY.places),
    ColumnType.PIECES: pa.decimal128(PIECES.digits, PIECES.places),
    ColumnType.RATE: pa.decimal128(20, AMOUNT.places),
    ColumnType.SHARE: pa.decimal128(RATE.digits, RATE.places),
    ColumnType.WHOLE: pa.int64(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.MOMENT: pa.timestamp("us", tz="UTC"),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The columns of a table as Arrow types."""
    return pa.schema([pa.field(column.name, _ARROW[column.type]) for column in table.all_columns])


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    """Facts given as rows, kept as Parquet files in a folder that the caller owns: for tests and for what
    is supposed.
    """

    folder: Path
    state_id: str = "supposed"
    filled: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, folder: Path, tables: Mapping[str, Sequence[Mapping[str, object]]], state_id: str = "supposed"
    ) -> "MemoryFacts":
        """Writes the rows; columns that a row leaves out are empty."""
        filled = {}
        for name, spec in TABLES.items():
            schema = arrow_schema(spec)
            rows = [{one: row.get(one) for one in schema.names} for row in tables.get(name, ())]
            data = pa.Table.from_pylist(rows, schema=schema)
            pq.write_table(data, folder / f"{name}.parquet")
            filled[name] = frozenset(one for one in schema.names if data[one].null_count < len(rows))
        return cls(folder=folder, state_id=state_id, filled=filled)

    def relation(self, table: str, span: Span | None = None) -> str:
        """The file."""
        return f"read_parquet('{self.folder / table}.parquet')"

    def has_any(self, table: str, column: str) -> bool:
        """Known exactly."""
        return column in self.filled.get(table, frozenset())
