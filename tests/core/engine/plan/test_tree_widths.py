"""Figures around the limit below which points are moved in 18 digits: the same on both sides of it."""

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core import money
from staffel.core.engine.plan import tree as sql
from staffel.core.money import AMOUNT, MONEY, DecimalType, as_type
from tests.core.engine.plan.test_tree import told

FEW = settings(max_examples=12)
TYPES = {"a": str(MONEY), "b": str(MONEY)}
FRACTIONS = st.integers(-(10**10) + 1, 10**10 - 1).map(lambda one: Decimal(one).scaleb(-10))
# Both sides of both limits, as near as the type allows, and the largest figures that the ledger takes.
EDGES = [Decimal(10) ** at for at in (0, 8, 10, 14, 15)]
NEAR = st.sampled_from(EDGES).flatmap(
    lambda edge: st.integers(-3, 3).map(lambda step: edge + Decimal(step).scaleb(-4))
)
SIGNED = st.tuples(NEAR, st.sampled_from([-1, 1])).map(lambda one: one[0] * one[1])


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        yield connection


@FEW
@given(rows=st.lists(st.tuples(SIGNED, SIGNED), min_size=1, max_size=40))
def test_quotients(db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, Decimal]]) -> None:
    value = sql.quotient(sql.column("g.a"), sql.column("g.b"))
    expected = [money.quotient(part, whole) for part, whole in rows]
    assert told(db, value, TYPES, rows) == expected


class TestInCoins:
    """Rule 30, step 11: half up, away from zero."""

    @pytest.mark.parametrize(
        ("amount", "cents"),
        [
            ("0", "0"),
            ("0.0049999999", "0"),
            ("0.005", "0.01"),
            ("-0.005", "-0.01"),
            ("-0.0049999999", "0"),
            ("99999999.9949999999", "99999999.99"),
            ("99999999.995", "100000000"),
            ("100000000.0049999999", "100000000"),
            ("100000000.005", "100000000.01"),
            ("-99999999.995", "-100000000"),
            ("-100000000.005", "-100000000.01"),
            (None, None),
        ],
    )
    def test_edges(self, db: duckdb.DuckDBPyConnection, amount: str | None, cents: str | None) -> None:
        expected = None if cents is None else Decimal(cents)
        value = sql.in_coins(sql.column("g.a"), 2)
        assert told(db, value, {"a": str(AMOUNT)}, [(amount,)]) == [expected]

    @pytest.mark.parametrize("coin", [0, 2, 3])
    @FEW
    @given(rows=st.lists(st.tuples(SIGNED, FRACTIONS), min_size=1, max_size=40))
    def test_is_pythons(
        self, db: duckdb.DuckDBPyConnection, coin: int, rows: list[tuple[Decimal, Decimal]]
    ) -> None:
        amounts = [as_type(whole + fraction, AMOUNT) for whole, fraction in rows]
        expected = [as_type(one, DecimalType(22, coin)) for one in amounts]
        value = sql.in_coins(sql.column("g.a"), coin)
        assert told(db, value, {"a": str(AMOUNT)}, [(one,) for one in amounts]) == expected
