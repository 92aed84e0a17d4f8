"""A state names one snapshot of every table, and gives its files to DuckDB."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from pyiceberg.types import StringType

from staffel.core.calendar import Span
from staffel.core.ledger import StateUnknown, Store, current_state, state_at, verify
from staffel.core.ledger.commit import Commit
from staffel.core.ledger.tables import NAMESPACE, ROW_GROUP_ROWS
from staffel.core.sources import TABLES
from tests.core.ledger.market import APRIL, AT, LATER, MARCH, MAY, header, line, made_store, rows, took


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Lines of March and of April, in two reports."""
    store = made_store(tmp_path)
    took(store, [line(1), line(2, partner_number="1002")])
    late = line(3, sold_on=date(2026, 4, 30), returns_document="D1", returns_row="1", kind="return")
    took(store, [late], header(number="2"), at=LATER)
    return store


class TestNames:
    def test_a_state_is_named_by_its_commit(self, store: Store) -> None:
        assert (current_state(store).state_id, current_state(store).commit_no) == ("s-000005", 5)
        assert state_at(store, "s-000004").commit_no == state_at(store, 4).commit_no == 4

    @pytest.mark.parametrize("which", [6, -1, "s-000006", "s-5", "nonsense", "x" * 1000])
    def test_others_are_unknown(self, store: Store, which: int | str) -> None:
        with pytest.raises(StateUnknown) as refusal:
            state_at(store, which)
        assert refusal.value.finding.code == "state-unknown"

    def test_an_older_state_knows_nothing_of_later_rows(self, store: Store) -> None:
        assert [state_at(store, number).rows("sell_out") for number in range(6)] == [0, 0, 0, 0, 2, 3]


class TestRelation:
    @pytest.mark.parametrize("name", TABLES)
    def test_every_table_can_be_asked_from_the_start(self, tmp_path: Path, name: str) -> None:
        state = current_state(Store.create(tmp_path / "empty", at=AT))
        found = duckdb.sql(f"select * from {state.relation(name)}")
        assert set(found.columns) == {column.name for column in TABLES[name].all_columns}
        assert found.fetchall() == []

    def test_types_are_the_same_with_and_without_rows(self, store: Store, tmp_path: Path) -> None:
        empty = current_state(Store.create(tmp_path / "empty", at=AT))
        asked = [
            f"describe select * from {state.relation('sell_out')}" for state in (empty, current_state(store))
        ]
        described = [duckdb.sql(sql).fetchall() for sql in asked]
        assert [row[:2] for row in described[0]] == [row[:2] for row in described[1]]

    def test_runs_in_a_bare_duckdb(self, store: Store) -> None:
        sql = f"select line_id, net, quantity from {current_state(store).relation('sell_out')} order by 1"
        bare = duckdb.connect(config={"autoload_known_extensions": "false"})
        assert bare.execute(sql).fetchall()[0] == ("rhein/D1/1", Decimal("100.0000"), Decimal("1.0000"))

    def test_a_span_leaves_out_other_months(self, store: Store) -> None:
        state = current_state(store)
        assert len(state.files("sell_out")) == 2
        assert len(state.files("sell_out", Span(MARCH, APRIL))) == 1
        assert len(state.files("sell_out", Span(date(2026, 3, 31), date(2026, 4, 2)))) == 2
        assert state.files("sell_out", Span(MAY, date(2026, 6, 1))) == ()
        assert "WHERE FALSE" in state.relation("sell_out", Span(MAY, date(2026, 6, 1)))

    def test_an_empty_span_has_no_files(self, store: Store) -> None:
        assert current_state(store).files("sell_out", Span(MARCH, MARCH)) == ()

    def test_facts_have_no_months(self, store: Store) -> None:
        assert len(current_state(store).files("partners", Span(MAY, MAY))) == 1

    def test_partners_leave_out_files_whose_bounds_exclude_them(self, store: Store) -> None:
        state = current_state(store)
        assert len(state.files("sell_out", partners={"moor"})) == 1
        assert len(state.files("sell_out", partners={"kern"})) == 2
        assert state.files("sell_out", partners={"zander"}) == ()

    def test_a_quote_in_the_path_is_a_quote(self, tmp_path: Path) -> None:
        store = made_store(tmp_path / "Kern's")
        took(store, [line(1)])
        assert rows(current_state(store), "sell_out", "count(*)") == [(1,)]

    def test_a_strange_table_is_refused(self, store: Store) -> None:
        with pytest.raises(KeyError):
            current_state(store).relation("nonsense")


class TestColumns:
    def test_has_any_reads_the_counts(self, store: Store) -> None:
        before, now = state_at(store, 4), current_state(store)
        assert (before.has_any("sell_out", "returns"), now.has_any("sell_out", "returns")) == (False, True)
        assert (now.has_any("sell_out", "reverses"), now.has_any("sell_out", "net")) == (False, True)
        assert (now.has_any("rates", "rate"), now.has_any("sell_out", "nonsense")) == (False, False)

    def test_a_column_that_came_later_is_empty_in_older_files(self, store: Store) -> None:
        table = store.catalog.load_table((NAMESPACE, "sell_out"))
        with store.writing():
            with table.update_schema() as change:
                change.add_column("campaign", StringType())
                change.rename_column("route", "way")
            with store.engine.begin() as connection:
                store.catalog.confirm(connection)
            store.catalog.settle()
        took(store, [line(9, route="shop")], header(number="9"))
        found = rows(current_state(store), "sell_out", "line_id, campaign, way, route")
        assert found[0] == ("rhein/D1/1", None, None, None)
        assert found[-1] == ("rhein/D1/9", None, None, "shop")

    def test_a_column_that_no_file_has_yet_is_empty(self, store: Store) -> None:
        table = store.catalog.load_table((NAMESPACE, "sell_out"))
        with store.writing():
            with table.update_schema() as change:
                change.delete_column("deal")
            with store.engine.begin() as connection:
                store.catalog.confirm(connection)
            store.catalog.settle()
        assert deals(store) == [(None, 3)]
        assert (verify(store), current_state(store).has_any("sell_out", "deal")) == ((), False)
        took(store, [line(9, deal="P-1")], header(number="9"))
        assert deals(store) == [("P-1", 1), (None, 3)]
        assert (verify(store), current_state(store).has_any("sell_out", "deal")) == ((), True)


def deals(store: Store) -> list[tuple[object, ...]]:
    """How many lines name each deal."""
    relation = current_state(store).relation("sell_out")
    return store.duck().execute(f"select deal, count(*) from {relation} group by deal order by 1").fetchall()


class TestLayout:
    def test_rows_are_sorted_by_partner(self, store: Store) -> None:
        found = duckdb.sql(
            f"select partner_id, line_id from read_parquet('{current_state(store).files('sell_out')[0]}')"
        ).fetchall()
        assert found == sorted(found)

    def test_row_groups_are_small(self, tmp_path: Path) -> None:
        store = Store.create(tmp_path / "large", at=AT)
        count = 120_000
        with store.writing():
            commit = Commit.begin(store, at=AT, kind="record", reason="many")
            ids = [f"{number:07}" for number in range(count)]
            commit.append("sell_out", {"line_id": ids, "partner_id": ids, "sold_on": [MARCH] * count})
            commit.confirm()
        (file,) = current_state(store).files("sell_out")
        found = duckdb.sql(f"select distinct row_group_num_rows from parquet_metadata('{file}')").fetchall()
        assert sorted(found) == [(count % ROW_GROUP_ROWS,), (ROW_GROUP_ROWS,)]
