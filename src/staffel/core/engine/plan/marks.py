"""Marks: what tells the rows of a source apart for every filter and reason that is asked of them.

Each test of a row is made once and is a bit of its marks. All that is asked of the product is one class, made
once for each product. Flags and reasons are then decided from the marks alone, so that lines can be
summed first, and decided a cell at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.plan import products
from staffel.core.engine.plan import tree as sql
from staffel.core.findings import LawBroken
from staffel.core.money import MONEY
from staffel.core.programme.model import (
    All,
    Any,
    Apart,
    During,
    Exists,
    Filter,
    Is,
    Leaf,
    Not,
    Registered,
    RowTest,
    Stated,
    Within,
)

Expr = exp.Expr
LEVEL = "partner.level"


def leaves(where: Filter) -> list[Leaf]:
    """Every test on a column in a filter."""
    match where:
        case All(of=parts) | Any(of=parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(of=part):
            return leaves(part)
        case RowTest():
            return [where]
        case _:
            assert_never(where)


def named(where: Filter) -> list[str]:
    """The values that a filter names, in the order written."""
    return [one for leaf in leaves(where) if isinstance(leaf, Is) for one in leaf.values]


@dataclass(slots=True)
class Marks:
    """The marks of one source. groups: the programme's groups of products, by name; row: what a test on an
    amount or a date asks of a row, by the number of a basis; near: whether a test on other rows holds.

    Aliases: `l` a dated row; `p<n>`, `t<n>` and `u<n>` its product, its partner and its end customer on the
    day of basis n. reached: through which keys, by which basis.
    """

    groups: Mapping[str, Filter]
    row: Callable[[Within | During | Apart, int], Expr] = lambda leaf, _: sql.column(f"l.{leaf.column}")
    near: Callable[[Exists | Registered], Expr] = lambda asked: sql.column(f"l.{asked.column}")
    tests: list[Expr] = field(default_factory=list)
    of_products: list[Filter] = field(default_factory=list)
    product_bases: set[int] = field(default_factory=set)
    reached: set[tuple[str, int]] = field(default_factory=set)
    made: bool = False

    def test(self, test: Expr) -> Expr:
        """A test of a row that is true or false, as a bit of its marks."""
        if test not in self.tests:
            self._still_open(test)
            self.tests.append(test)
        part, at = divmod(self.tests.index(test), sql.BITS)
        return sql.bit(sql.column(f"marks_{part}"), at)

    def holds(self, where: Filter, basis: int) -> Expr:
        """Whether a filter (that reads no level) holds for a row, its attributes on the day of a basis."""
        asked = self.inner(where)
        if asked and all(leaf.column.startswith("product.") for leaf in asked):
            return self._for_product(where, basis)
        match where:
            case All(of=parts):
                return sql.both(*(self.holds(part, basis) for part in parts))
            case Any(of=parts):
                return sql.either(*(self.holds(part, basis) for part in parts))
            case Not(of=part):
                return sql.no(self.holds(part, basis))
            case Is(column=column, values=values):
                return self._is(column, values, basis)
            case Within(comparison=comparison, figure=figure) | Apart(comparison=comparison, figure=figure):
                return self.test(sql.compared(self.row(where, basis), comparison, sql.figure(figure, MONEY)))
            case Stated(column=column):
                return self.test(sql.present(sql.column(f"l.{column}")))
            case Exists() | Registered():
                return self.test(self.near(where))
            case During(span=span):
                return self._lies(self.row(where, basis), span)
            case _:
                assert_never(where)

    def inner(self, where: Filter) -> list[Leaf]:
        """The tests on columns in a filter, those of groups of products in place of their names."""
        found: list[Leaf] = []
        for leaf in leaves(where):
            named = leaf.values if isinstance(leaf, Is) and leaf.column == "product.group" else ()
            found += [one for name in named for one in leaves(self.groups[name])] if named else [leaf]
        return found

    def columns(self) -> dict[str, Expr]:
        """Every mark, as the lines make it. Nothing can be asked after."""
        self.made = True
        classes = {
            products.class_name(basis, part): sql.coalesce(
                sql.column(f"p{basis}.class_{part}"), sql.cast(sql.whole(unknown), "BIGINT")
            )
            for basis in sorted(self.product_bases)
            for part, unknown in enumerate(products.classes_of_unknown(self.of_products, self.groups))
        }
        parts = range(0, len(self.tests), sql.BITS)
        tests = {f"marks_{part}": sql.packed(self.tests[at : at + sql.BITS]) for part, at in enumerate(parts)}
        return classes | tests

    def _still_open(self, asked: object) -> None:
        if self.made:
            raise LawBroken(f"{asked} is asked of rows whose marks are made: its bit would never be set")

    def _is(self, column: str, values: Sequence[str], basis: int) -> Expr:
        of, _, name = column.rpartition(".")
        if of:
            self.reached.add((of, basis))
        alias = {"": "l", "partner": f"t{basis}", "end_customer": f"u{basis}"}[of]
        return self.test(sql.among(sql.column(f"{alias}.{name}"), values))

    def _lies(self, day: Expr, span: Span) -> Expr:
        return self.test(sql.within(day, sql.day(span.start), sql.day(span.until)))

    def _for_product(self, where: Filter, basis: int) -> Expr:
        self.product_bases.add(basis)
        if where not in self.of_products:
            self._still_open(where)
            self.of_products.append(where)
        return products.in_class(self.of_products.index(where), basis)


def read(value: Expr) -> set[str]:
    """The columns that an expression reads."""
    return {column.name for column in value.find_all(exp.Column)}
