"""The statements that ran, pasted into a bare DuckDB, give the same rows."""

from datetime import date

import duckdb

from staffel.core.calendar import Unit
from staffel.core.engine.evidence import explain_sql
from staffel.core.programme.model import EachUnit, Review, Test
from tests.core.engine.evidence.retraced import SECOND, computed, money
from tests.forms.conftest import incentive, ladder, programme, use
from tests.laws.facts import Ledger

SOLD = Test(measure=use("revenue"), comparison="at_least", figure=money("100"))
TABLES = ("entitled", "standing", "levels", "requirements", "due", "differences")


def test_the_same_rows_without_us() -> None:
    facts = Ledger()
    for partner in "ab":
        facts.enrolled(partner)
        facts.sale(partner, date(2025, 5, 5), 12_345)
    reviews = EachUnit(unit=Unit.QUARTER)
    levels = ladder(("basic", ()), ("select", (SOLD,)), review=Review(up=reviews, down=reviews))
    with computed(programme(incentive(), ladders=(levels,)), facts, closing=SECOND) as running:
        text = explain_sql(running)
        with duckdb.connect(":memory:") as bare:
            bare.execute(text)
            for name in TABLES:
                query = f"select * from {name} order by all"
                rows = bare.sql(query).fetchall()
                assert rows == running.db.sql(query).fetchall()
                assert rows


def test_it_says_what_each_statement_is_and_what_is_read() -> None:
    facts = Ledger()
    facts.enrolled("a")
    facts.sale("a", date(2025, 5, 5), 100)
    with computed(programme(incentive()), facts) as running:
        text = explain_sql(running)
    assert text.startswith("-- p 1 on 2025-12-31, state supposed\n")
    assert "create or replace temp view facts_sell_out as SELECT * FROM read_parquet(" in text
    assert "-- what each partner is entitled to, in coins\nCREATE OR REPLACE TEMP VIEW entitled AS" in text
