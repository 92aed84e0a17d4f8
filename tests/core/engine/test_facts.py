"""Where a calculation finds its facts: types, rows in force, what is known to be empty."""

from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from staffel.core.engine.facts import MemoryFacts, arrow_schema, current
from staffel.core.sources import TABLES
from tests.core.engine.plan.world import Ledger, facts_of


def in_force(ledger: Ledger, table: str, *columns: str) -> list[tuple[object, ...]]:
    """The rows in force, sorted."""
    with facts_of(ledger) as facts, duckdb.connect(":memory:") as db:
        query = f"select {', '.join(columns)} from ({current(facts, table)}) order by all"
        return db.execute(query).fetchall()


class TestSchema:
    @pytest.mark.parametrize(
        ("table", "column", "type_"),
        [
            ("sell_out", "line_id", pa.string()),
            ("sell_out", "sold_on", pa.date32()),
            ("sell_out", "net", pa.decimal128(22, 4)),
            ("sell_out", "quantity", pa.decimal128(16, 4)),
            ("sell_out", "revision", pa.int64()),
            ("sell_out", "recorded_at", pa.timestamp("us", tz="UTC")),
            ("rates", "rate", pa.decimal128(20, 10)),
            ("memberships", "share", pa.decimal128(9, 6)),
            ("partners", "withdrawn", pa.bool_()),
        ],
    )
    def test_each_type_has_its_own(self, table: str, column: str, type_: pa.DataType) -> None:
        assert arrow_schema(TABLES[table]).field(column).type == type_

    @pytest.mark.parametrize("table", TABLES)
    def test_every_column_in_its_order(self, table: str) -> None:
        assert arrow_schema(TABLES[table]).names == [one.name for one in TABLES[table].all_columns]


class TestCurrent:
    """A later row of the same key and day takes the earlier one's place; `withdrawn` ends it."""

    def test_the_last_recorded_stands(self) -> None:
        ledger = Ledger()
        ledger.partner("a", country="AT")
        ledger.partner("b", country="DE")
        ledger.commit()
        ledger.partner("a", country="CH")
        assert in_force(ledger, "partners", "partner_id", "country") == [("a", "CH"), ("b", "DE")]

    def test_another_day_is_another_row(self) -> None:
        ledger = Ledger()
        ledger.partner("a", date(2025, 1, 1), country="AT")
        ledger.partner("a", date(2026, 1, 1), country="CH")
        assert in_force(ledger, "partners", "country") == [("AT",), ("CH",)]

    def test_withdrawn_and_said_again(self) -> None:
        ledger = Ledger()
        for country, withdrawn in (("AT", None), ("AT", True)):
            ledger.partner("a", country=country, withdrawn=withdrawn)
            ledger.partner("b", country="DE")
            ledger.commit()
        assert in_force(ledger, "partners", "partner_id") == [("b",)]
        ledger.partner("a", country="CH", withdrawn=False)
        assert in_force(ledger, "partners", "partner_id", "country") == [("a", "CH"), ("b", "DE")]

    def test_each_part_of_the_key_counts(self) -> None:
        ledger = Ledger()
        ledger.certificate("a", "pro", "one")
        ledger.certificate("a", "pro", "two")
        ledger.certificate("a", "pro", None)
        ledger.certificate("b", "pro", "one")
        rows = in_force(ledger, "certifications", "partner_id", "person_id")
        assert rows == [("a", "one"), ("a", "two"), ("a", None), ("b", "one")]


class TestMemoryFacts:
    def test_rows_come_back_as_given(self) -> None:
        ledger = Ledger()
        given = ledger.sale("a", date(2026, 1, 5), "-0.0001", "999999999999.9999")
        with facts_of(ledger) as facts:
            (row,) = pq.read_table(facts.folder / "sell_out.parquet").to_pylist()
        assert row == given

    def test_every_table_is_there_and_what_is_left_out_is_empty(self) -> None:
        with facts_of(Ledger()) as facts, duckdb.connect(":memory:") as db:
            rows = [db.sql(f"select * from {facts.relation(one)}").fetchall() for one in TABLES]
        assert rows == [[]] * len(TABLES)

    def test_knows_what_is_empty(self) -> None:
        ledger = Ledger()
        assert known(ledger, "sell_out", "net") is False
        ledger.sale("a", date(2026, 1, 5), 1)
        assert known(ledger, "sell_out", "net") is True
        assert known(ledger, "sell_out", "returns") is False
        assert known(ledger, "sell_in", "net") is False

    def test_two_in_one_folder_would_be_one(self) -> None:
        with facts_of(Ledger()) as facts:
            other = MemoryFacts.of(facts.folder, {}, "s-2")
            assert (facts.state_id, other.state_id) == ("supposed", "s-2")
            assert facts.relation("rates") == other.relation("rates")

    def test_moments_are_utc(self) -> None:
        ledger = Ledger()
        ledger.partner("a")
        with facts_of(ledger) as facts:
            (moment,) = pq.read_table(facts.folder / "partners.parquet")["recorded_at"].to_pylist()
        assert moment == datetime(2020, 1, 1, 0, 1, tzinfo=UTC)

    def test_a_figure_that_does_not_fit_is_refused(self) -> None:
        ledger = Ledger()
        ledger.sale("a", date(2026, 1, 5), Decimal(10) ** 18)
        with pytest.raises(pa.ArrowInvalid), facts_of(ledger):
            pass


def known(ledger: Ledger, table: str, column: str) -> bool:
    """What facts say of a column."""
    with facts_of(ledger) as facts:
        return facts.has_any(table, column)
