"""The small builders of SQL: what they say, and that their money is Python's to the last decimal.

Each is put to DuckDB over a table of given rows, never over literals alone. Drawn rows go there by the dozen:
a statement is slower than a row.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from staffel.core import money
from staffel.core.engine.plan import tree as sql
from staffel.core.money import AMOUNT, COMPUTED, MONEY, PIECES, RATE, DecimalType, as_type

MONIES = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
NOT_NOTHING = MONIES.map(lambda one: one if abs(one) >= 1 else one + 2)
RATES = st.decimals(min_value=0, max_value=999, places=6)
# A rate as a fraction, as tables of exchange rates give it, straight or the other way round.
FRACTIONS = st.builds(Fraction, st.integers(1, 10**10), st.integers(10**7, 10**10))
ZERO = Decimal(0)
FEW = settings(max_examples=12)


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        yield connection


def told(
    db: duckdb.DuckDBPyConnection, value: exp.Expr, columns: dict[str, str], rows: Sequence[Sequence[object]]
) -> list[Any]:
    """What an expression over g.<column> comes to in each row, in their order."""
    numbered = [(number, *row) for number, row in enumerate(rows)]
    table = sql.subquery(sql.values("given", {"nth": "INTEGER"} | columns, numbered), "g")
    query = sql.select({"nth": sql.column("g.nth"), "value": value}, table)
    return [row[1] for row in db.execute(f"{query.sql('duckdb')} order by 1").fetchall()]


def of(type_: DecimalType, *names: str) -> dict[str, str]:
    """Columns of one type."""
    return {name: str(type_) for name in names or ("a",)}


def pairs(left: st.SearchStrategy[Any], right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A few rows of two figures."""
    return st.lists(st.tuples(left, right), min_size=1, max_size=40)


class TestText:
    """What is built reads as it should, in the text that `explain --sql` shows."""

    A, B = sql.column("t.a"), sql.column("b")

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (A, 't."a"'),
            (B, '"b"'),
            (sql.text("O'Hara"), "'O''Hara'"),
            (sql.whole(-3), "-3"),
            (sql.day(date(2026, 2, 28)), "CAST('2026-02-28' AS DATE)"),
            (sql.figure(Decimal("1E-2"), RATE), "CAST('0.01' AS DECIMAL(9, 6))"),
            (sql.figure(Decimal("2E+3"), MONEY), "CAST('2000' AS DECIMAL(22, 4))"),
            (sql.both(), "TRUE"),
            (sql.both(sql.TRUE, A), '(t."a")'),
            (sql.either(), "FALSE"),
            (sql.either(A, B), '(t."a" OR "b")'),
            (sql.both(sql.either(A, B), B), '((t."a" OR "b") AND "b")'),
            (sql.no(sql.either(A, B)), 'NOT ((t."a" OR "b"))'),
            (sql.present(A), 'NOT t."a" IS NULL'),
            (sql.among(A, ()), "FALSE"),
            (sql.among(A, ["x", "y"]), "COALESCE(t.\"a\" IN ('x', 'y'), FALSE)"),
            (sql.within(A, B, B), '(t."a" >= "b" AND t."a" < "b")'),
            (sql.case([]), "NULL"),
            (sql.case([], sql.whole(1)), "1"),
            (sql.case([(A, B)], sql.whole(1)), 'CASE WHEN t."a" THEN "b" ELSE 1 END'),
            (sql.greatest(A), 't."a"'),
            (sql.least(A, B), 'LEAST(t."a", "b")'),
            (sql.total(A, MONEY), 'CAST(SUM(t."a") AS DECIMAL(22, 4))'),
            (sql.times(A, B, AMOUNT), 'CAST(t."a" * "b" AS DECIMAL(28, 10))'),
            (sql.plus(A, B, A, type_=AMOUNT), 'CAST(t."a" + "b" + t."a" AS DECIMAL(28, 10))'),
            (
                sql.minus(A, exp.Sub(this=B, expression=B), MONEY),
                'CAST(t."a" - ("b" - "b") AS DECIMAL(22, 4))',
            ),
        ],
    )
    def test_expressions(self, value: exp.Expr, text: str) -> None:
        assert value.copy().sql("duckdb") == text

    def test_a_select_names_every_column(self) -> None:
        query = sql.select(
            {"one": self.A, "many": exp.Count(this=exp.Star())},
            sql.table("lines", "t"),
            joins=[sql.join(sql.table("who", "w"), sql.eq(self.A, self.B), side="LEFT")],
            where=sql.gt(self.A, sql.whole(0)),
            group=[self.A],
        )
        assert query.sql("duckdb") == (
            'SELECT t."a" AS "one", COUNT(*) AS "many" FROM lines AS t '
            'LEFT JOIN who AS w ON t."a" = "b" WHERE t."a" > 0 GROUP BY t."a"'
        )

    def test_what_always_holds_is_no_where(self) -> None:
        query = sql.select({"one": self.A}, sql.table("t"), where=sql.TRUE, distinct=True)
        assert query.sql("duckdb") == 'SELECT DISTINCT t."a" AS "one" FROM t'

    def test_union_keeps_every_row(self) -> None:
        one = sql.select({"a": self.A}, sql.table("t"))
        text = 'SELECT t."a" AS "a" FROM t'
        assert sql.union([one]).sql("duckdb") == text
        assert sql.union([one, one.copy()]).sql("duckdb") == f"{text} UNION ALL {text}"

    def test_a_running_window(self) -> None:
        summed = sql.window(exp.Sum(this=self.A), [self.B], [self.A], "running")
        assert summed.sql("duckdb") == (
            'SUM(t."a") OVER (PARTITION BY "b" ORDER BY t."a" '
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        )


class TestRows:
    """Given rows arrive as given: no row is a table too."""

    TYPES = {"d": "DATE", "n": "INTEGER", "t": "VARCHAR", "m": "DECIMAL(22, 4)", "b": "BOOLEAN"}

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            [(date(2026, 1, 31), -1, "it's", Decimal("-0.0001"), True), (None, None, None, None, None)],
        ],
    )
    def test_values(self, db: duckdb.DuckDBPyConnection, rows: list[tuple[object, ...]]) -> None:
        assert db.execute(sql.values("given", self.TYPES, rows).sql("duckdb")).fetchall() == rows


class TestNothing:
    """Null is none: it is skipped by least and greatest, and is in no list."""

    @pytest.mark.parametrize(
        ("value", "results"),
        [
            (sql.greatest(sql.column("g.a"), sql.column("g.b")), [2, 1, None]),
            (sql.least(sql.column("g.a"), sql.column("g.b")), [1, 1, None]),
            (sql.coalesce(sql.column("g.b"), sql.column("g.a"), sql.whole(7)), [2, 1, 7]),
            (sql.is_null(sql.column("g.b")), [False, True, True]),
            (sql.among(sql.cast(sql.column("g.b"), "VARCHAR"), ["2"]), [True, False, False]),
            (sql.null(MONEY), [None, None, None]),
        ],
    )
    def test_skipped(self, db: duckdb.DuckDBPyConnection, value: exp.Expr, results: list[object]) -> None:
        columns = {"a": "INTEGER", "b": "INTEGER"}
        assert told(db, value.copy(), columns, [(1, 2), (1, None), (None, None)]) == results

    @pytest.mark.parametrize(("unit", "first"), [("month", date(2028, 2, 1)), ("quarter", date(2028, 1, 1))])
    def test_the_first_of_a_unit_is_a_date(
        self, db: duckdb.DuckDBPyConnection, unit: str, first: date
    ) -> None:
        value = sql.cast(sql.first_of(unit, sql.column("g.a")), "DATE")
        days = [date(2028, 2, 1), date(2028, 2, 29), None]
        assert told(db, value, {"a": "DATE"}, [(one,) for one in days]) == [first, first, None]


class TestProducts:
    """Rule 30. A product is cast at once: half up to the places of its type."""

    @pytest.mark.parametrize(
        ("base", "rate", "amount"),
        [
            ("1.23", "0.004065", "0.0049999500"),  # a bare sum would pay a cent in Spark, none in DuckDB
            ("-0.0001", "0.000001", "-0.0000000001"),
            ("999999999999999.9999", "0.999999", "999998999999999.9999000001"),
            ("1000000000000000", "1", "1000000000000000"),
        ],
    )
    def test_edges(self, db: duckdb.DuckDBPyConnection, base: str, rate: str, amount: str) -> None:
        product = sql.times(sql.column("g.a"), sql.column("g.b"), AMOUNT)
        assert told(db, product, of(MONEY) | of(RATE, "b"), [(base, rate)]) == [Decimal(amount)]

    @FEW
    @given(rows=pairs(MONIES, RATES))
    def test_times_is_pythons(
        self, db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, Decimal]]
    ) -> None:
        product = sql.times(sql.column("g.a"), sql.column("g.b"), MONEY)
        expected = [as_type(money.times(left, right), MONEY) for left, right in rows]
        assert told(db, product, of(MONEY) | of(RATE, "b"), rows) == expected

    @FEW
    @given(rows=pairs(MONIES, MONIES))
    def test_sums_and_differences(
        self, db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, Decimal]]
    ) -> None:
        a, b = sql.column("g.a"), sql.column("g.b")
        both = of(MONEY, "a", "b")
        assert told(db, sql.plus(a, b, type_=MONEY), both, rows) == [left + right for left, right in rows]
        assert told(db, sql.minus(a, b, MONEY), both, rows) == [left - right for left, right in rows]

    @FEW
    @given(rows=st.lists(st.tuples(MONIES), min_size=1, max_size=50))
    def test_a_total_loses_nothing(
        self, db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, ...]]
    ) -> None:
        query = sql.select(
            {"all": sql.total(sql.column("g.a"), MONEY)},
            sql.subquery(sql.values("given", of(MONEY), rows), "g"),
        )
        assert db.execute(query.sql("duckdb")).fetchall() == [(sum((one for (one,) in rows), ZERO),)]


class TestQuotient:
    """Rule 30. The one function for quotients, in whole numbers: DuckDB divides decimals as DOUBLE."""

    VALUE = sql.quotient(sql.column("g.a"), sql.column("g.b"))

    @pytest.mark.parametrize(
        ("part", "whole", "result"),
        [
            ("0", "3", "0"),
            ("1", "3", "0.3333333333"),
            ("2", "3", "0.6666666667"),
            ("-2", "3", "-0.6666666667"),
            ("2", "-3", "-0.6666666667"),
            ("-2", "-3", "0.6666666667"),
            ("1", "20000000000", "0.0000000001"),
            ("-1", "20000000000", "-0.0000000001"),
            ("0.9999", "20000000000", "0"),
            ("999999999999999.9999", "999999999999999.9998", "1"),
            ("39999.99", "100000", "0.3999999000"),
            (None, "1", None),
            ("1", None, None),
        ],
    )
    def test_edges(self, db: duckdb.DuckDBPyConnection, part: str, whole: str, result: str | None) -> None:
        expected = None if result is None else Decimal(result)
        assert told(db, self.VALUE.copy(), of(MONEY, "a", "b"), [(part, whole)]) == [expected]

    @FEW
    @given(rows=pairs(MONIES, NOT_NOTHING))
    def test_is_pythons(self, db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, Decimal]]) -> None:
        expected = [money.quotient(part, whole) for part, whole in rows]
        assert told(db, self.VALUE.copy(), of(MONEY, "a", "b"), rows) == expected

    @pytest.mark.parametrize(
        ("part_type", "divisor_type"),
        [(MONEY, PIECES), (COMPUTED, MONEY), (AMOUNT, AMOUNT), (DecimalType(38, 14), MONEY), (RATE, RATE)],
        ids=str,
    )
    @FEW
    @given(rows=pairs(st.decimals(-999, 999, places=6), st.decimals(1, 999, places=4)))
    def test_of_other_types(
        self,
        db: duckdb.DuckDBPyConnection,
        part_type: DecimalType,
        divisor_type: DecimalType,
        rows: list[tuple[Decimal, Decimal]],
    ) -> None:
        value = sql.quotient(
            sql.column("g.a"), sql.column("g.b"), part_type=part_type, divisor_type=divisor_type
        )
        typed = [(as_type(a, part_type), as_type(b, divisor_type)) for a, b in rows]
        expected = [money.quotient(part, whole) for part, whole in typed]
        assert told(db, value, of(part_type) | of(divisor_type, "b"), typed) == expected


class TestConverted:
    """Rule 47. The rate as given is used, never its rounded reciprocal; rounded once, to 4 decimals."""

    COLUMNS = of(MONEY) | {"above": "HUGEINT", "below": "HUGEINT"}
    VALUE = sql.converted(*(sql.column(f"g.{one}") for one in COLUMNS))

    @pytest.mark.parametrize(
        ("amount", "above", "below", "result"),
        [
            ("850.00", 91237, 100000, "775.5145"),
            ("100", 100000, 91237, "109.6047"),  # the other way round: 100 ÷ 0.91237 = 109.604656…
            ("-850.00", 91237, 100000, "-775.5145"),
            ("0.0001", 1, 2, "0.0001"),  # half a ten-thousandth goes up
            ("-0.0001", 1, 2, "-0.0001"),
            ("0.0001", 4999, 10000, "0"),
            (None, 1, 2, None),
            ("1", None, None, None),
        ],
    )
    def test_edges(
        self, db: duckdb.DuckDBPyConnection, amount: str, above: int, below: int, result: str | None
    ) -> None:
        expected = None if result is None else Decimal(result)
        assert told(db, self.VALUE.copy(), self.COLUMNS, [(amount, above, below)]) == [expected]

    @FEW
    @given(rows=pairs(MONIES, FRACTIONS))
    def test_is_pythons(self, db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, Fraction]]) -> None:
        given_rows = [(amount, rate.numerator, rate.denominator) for amount, rate in rows]
        expected = [
            money.divide(money.times(amount, Decimal(above)), Decimal(below), 4)
            for amount, above, below in given_rows
        ]
        assert told(db, self.VALUE.copy(), self.COLUMNS, given_rows) == expected


class TestScaled:
    """Rule 39. figure × above ÷ below, without a product that no type holds."""

    VALUE = sql.scaled(*(sql.column(f"g.{one}") for one in "abc"))
    LARGE = st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=4)

    @pytest.mark.parametrize(
        ("figure", "above", "below", "result"),
        [
            ("500", "91", "40", "1137.5"),
            ("1", "1", "3", "0.3333333333"),
            ("-2", "1", "3", "-0.6666666667"),
            ("2", "-1", "3", "-0.6666666667"),
            ("0", "5", "3", "0"),
            ("999999999999999.9999", "999999999999999.9999", "999999999999999.9999", "999999999999999.9999"),
            (
                "999999999999999",
                "999999999999999",
                "0.0001",
                "999999999999999999.9999999999",
            ),  # held to what fits
            ("-999999999999999", "999999999999999", "0.0001", "-999999999999999999.9999999999"),
            (None, "1", "1", None),
            ("1", None, "1", None),
            ("1", "1", "0", None),
        ],
    )
    def test_edges(
        self, db: duckdb.DuckDBPyConnection, figure: str, above: str, below: str, result: str | None
    ) -> None:
        expected = None if result is None else Decimal(result)
        assert told(db, self.VALUE.copy(), of(MONEY, *"abc"), [(figure, above, below)]) == [expected]

    EXACT = st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=10)
    BELOW = st.decimals(min_value=1, max_value=10**15 - 1, places=4)

    @FEW
    @given(rows=st.lists(st.tuples(EXACT, LARGE, BELOW), min_size=1, max_size=40))
    def test_is_pythons(self, db: duckdb.DuckDBPyConnection, rows: list[tuple[Decimal, ...]]) -> None:
        fitting = [row for row in rows if abs(row[0] * row[1]) < row[2] * 10**17]
        expected = [money.quotient(money.times(a, b), c) for a, b, c in fitting]
        found = told(db, self.VALUE.copy(), of(AMOUNT) | of(MONEY, *"bc"), fitting)
        assert found == expected
