"""Running a plan: nothing is fetched, a statement that fails names itself."""

from datetime import date

import duckdb
import pytest

from staffel.core.calendar import Span
from staffel.core.engine.duckdb import StatementFailed, attach, relations, run, session
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan
from tests.core.engine.plan.world import Q1, Ledger, facts_of


class Noted:
    """Facts that say which days they were asked for."""

    state_id = "s"

    def relation(self, table: str, span: Span | None = None) -> str:
        return f"{table} {span.start if span else 'all'}"

    def has_any(self, table: str, column: str) -> bool:
        return False


class TestSession:
    @pytest.mark.parametrize("setting", ["autoinstall_known_extensions", "autoload_known_extensions"])
    def test_fetches_nothing(self, setting: str) -> None:
        with session() as db:
            assert db.execute(f"select current_setting('{setting}')").fetchall() == [(False,)]

    def test_is_held_to_what_it_is_given(self) -> None:
        with session(memory_limit="512MB", threads=1) as db:
            query = "select current_setting('threads'), current_setting('memory_limit')"
            assert db.execute(query).fetchall() == [(1, "488.2 MiB")]

    def test_is_closed_behind_and_shares_nothing(self) -> None:
        with session() as db, session() as other:
            db.execute("create table t as select 1 as a")
            with pytest.raises(duckdb.CatalogException):
                other.execute("select * from t")
        with pytest.raises(duckdb.ConnectionException):
            db.execute("select 1")


class TestFacts:
    def test_only_lines_are_held_to_days(self) -> None:
        named = relations(Noted(), ["sell_out", "sell_in", "partners", "made_by_the_plan"], Q1)
        assert named == [
            ("facts_sell_out", "sell_out 2026-01-01"),
            ("facts_sell_in", "sell_in 2026-01-01"),
            ("facts_partners", "partners all"),
        ]

    def test_a_plan_reads_them_by_name(self) -> None:
        ledger = Ledger()
        ledger.sale("a", date(2026, 1, 5), 1)
        ledger.sale("b", date(2026, 1, 6), 2)
        with facts_of(ledger) as facts, session() as db:
            attach(db, facts, ["sell_out"])
            rows = db.execute("select partner_id, net from facts_sell_out order by 1").fetchall()
        assert [(partner, int(net)) for partner, net in rows] == [("a", 1), ("b", 2)]


class TestRun:
    def plan(self, *statements: tuple[str, str]) -> Plan:
        made = Plan()
        for name, source in statements:
            made.add(name, sql.select({"a": sql.column("a")}, sql.table(source)), "")
        return made

    def test_in_their_order(self) -> None:
        with session() as db:
            db.execute("create table one as select 7 as a")
            run(db, self.plan(("two", "one"), ("three", "two")))
            assert db.execute("select a from three").fetchall() == [(7,)]

    def test_what_fails_names_itself_and_shows_its_text(self) -> None:
        with session() as db:
            db.execute("create table one as select 7 as a")
            with pytest.raises(StatementFailed, match=r"statement three failed: .*nowhere") as failed:
                run(db, self.plan(("two", "one"), ("three", "nowhere"), ("four", "two")))
            assert failed.value.name == "three"
            assert failed.value.sql == 'CREATE OR REPLACE TEMP TABLE three AS\nSELECT "a" AS "a" FROM nowhere'
            with pytest.raises(duckdb.CatalogException):
                db.execute("select * from four")

    def test_a_figure_beyond_its_type_fails(self) -> None:
        """Never cut, never a float: 10^18 is no DECIMAL(22, 4)."""
        plan = Plan()
        big = sql.cast(sql.column("a"), "DECIMAL(22, 4)")
        plan.add("big", sql.select({"a": big}, sql.table("one")), "")
        with session() as db:
            db.execute("create table one as select 1000000000000000000::hugeint as a")
            with pytest.raises(StatementFailed, match="big"):
                run(db, plan)
