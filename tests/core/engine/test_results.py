"""What a calculation gives: documented tables, typed, sorted, levels and incentives by their names."""

import re
from decimal import Decimal

import pyarrow as pa
import pytest

from staffel.core.calendar import Unit
from staffel.core.engine import results as module
from staffel.core.engine.results import Results
from staffel.core.money import AMOUNT, MONEY
from staffel.core.programme.model import SEMANTICS, EachUnit, Minimum, Never, Review, Test
from tests.core.engine.plan.world import Q1, Q2, calculated, day, world, year
from tests.forms.conftest import incentive, ladder, steps, use

LEVELS = ladder(
    ("tin", ()),
    ("o'gold", (Test(measure=use("revenue"), comparison="at_least", figure=Decimal(1000)),)),
    review=Review(up=EachUnit(unit=Unit.QUARTER), down=Never()),
)
PROGRAMME = year(
    incentive("o'bonus", minimum=Minimum(money=Decimal(50))),
    incentive("extra", scale=steps((0, "0.001"))),
    ladders=(LEVELS,),
)
TYPES = {
    "money": pa.decimal128(MONEY.digits, MONEY.places),
    "amount": pa.decimal128(AMOUNT.digits, AMOUNT.places),
}


@pytest.fixture(scope="module")
def results() -> Results:
    """Two quarters of two partners, the second being settled."""
    ledger = world(b=1000, a=400)
    ledger.settled("o'bonus", "a", (Q1.start, Q1.until), (Q1.start, Q1.until), 8, 8)
    ledger.sale("a", day("2026-05-01"), 2500)
    return calculated(PROGRAMME, ledger, "2026-06-30", closing=Q2)


def documented() -> dict[str, list[str]]:
    """The tables and columns that the module's head names."""
    text = re.sub(r"\s+", " ", module.__doc__ or "")
    found = re.findall(r"\*(\w+)\*, [^:]*: ([a-z_, ]+?)(?:\.|;|, and the same)", text)
    return {table: columns.split(", ") for table, columns in found}


class TestTables:
    def test_are_those_that_are_documented(self, results: Results) -> None:
        assert sorted(results.tables) == sorted(documented())

    @pytest.mark.parametrize("table", documented())
    def test_have_the_columns_that_are_documented(self, results: Results, table: str) -> None:
        assert set(documented()[table]) <= set(results.table(table).column_names)

    @pytest.mark.parametrize(
        ("table", "keys"),
        [
            ("standing", "partner_id"),
            ("levels", "partner_id start"),
            ("requirements", "partner_id level path number leaf"),
            ("earned", "incentive partner_id window_start"),
            ("entitled", "incentive partner_id window_start"),
            ("differences", "incentive partner_id window_start"),
            ("due", "partner_id incentive"),
        ],
    )
    def test_are_sorted_by_what_tells_rows_apart(self, results: Results, table: str, keys: str) -> None:
        """Rule 54. The order is told by the rows alone: no two rows have one key."""
        rows = [tuple(row[key] for key in keys.split()) for row in results.rows(table)]
        assert len(rows) > 1
        assert rows == sorted(set(rows))  # type: ignore[type-var]

    @pytest.mark.parametrize(
        ("table", "column", "type_"),
        [
            ("earned", "base", "money"),
            ("earned", "exact", "amount"),
            ("earned", "uncapped", "amount"),
            ("earned", "coins", "money"),
            ("earned", "driver_num", "amount"),
            ("earned", "driver_expected", "amount"),
            ("entitled", "coins", "money"),
            ("entitled", "coins_expected", "money"),
            ("differences", "entitled", "money"),
            ("differences", "settled", "money"),
            *(("due", one, "money") for one in ("difference", "carried_in", "due", "paid", "carried_out")),
            ("requirements", "actual", "money"),
        ],
    )
    def test_money_is_of_a_named_type(self, results: Results, table: str, column: str, type_: str) -> None:
        assert results.table(table).schema.field(column).type == TYPES[type_]

    @pytest.mark.parametrize("table", documented())
    def test_nothing_is_a_float(self, results: Results, table: str) -> None:
        assert [one.name for one in results.table(table).schema if pa.types.is_floating(one.type)] == []

    def test_an_unknown_table_is_none(self, results: Results) -> None:
        with pytest.raises(KeyError, match="colours"):
            results.table("colours")


class TestRows:
    def test_levels_stand_by_name(self, results: Results) -> None:
        standing = {row["partner_id"]: row["level"] for row in results.rows("standing")}
        assert standing == {"a": "tin", "b": "o'gold"}
        assert {row["level"] for row in results.rows("requirements")} == {"o'gold"}

    def test_incentives_stand_by_name(self, results: Results) -> None:
        for table in ("earned", "entitled", "differences", "due"):
            assert {row["incentive"] for row in results.rows(table)} == {"o'bonus", "extra"}

    def test_what_is_due_stands_with_what_it_is_made_of(self, results: Results) -> None:
        """a: 8 + 50 entitled, 8 settled and carried; b: 20, below 50."""
        told = ("entitled", "settled", "difference", "carried_in", "due", "paid", "carried_out")
        due = {
            row["partner_id"]: tuple(int(row[one]) for one in told)  # type: ignore[call-overload]
            for row in results.rows("due")
            if row["incentive"] == "o'bonus"
        }
        assert due == {"a": (58, 8, 50, 8, 58, 58, 0), "b": (20, 0, 20, 0, 20, 0, 20)}


class TestOrigin:
    def test_says_what_it_was_made_of(self, results: Results) -> None:
        made = (results.programme, results.state_id, results.day, results.closing, results.semantics)
        assert made == (PROGRAMME, "supposed", day("2026-06-30"), Q2, SEMANTICS)


def test_only_those_asked_are_told() -> None:
    """Members of an alliance are reckoned with; who was not asked is not told."""
    found = calculated(PROGRAMME, world(a=1, b=2, c=3), "2026-03-31", partners=["c", "a", "z"])
    for table in ("standing", "levels", "earned", "entitled", "requirements"):
        assert {row["partner_id"] for row in found.rows(table)} == {"a", "c"}
