"""Pays: what a step says, by the tables, points and factors that hold. Rules 31 to 33.

A `when` that asks rows is a flag of their cut, one that asks the subject a column of its earning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.panel import ZERO
from staffel.core.money import AMOUNT, COMPUTED, MONEY, PER_UNIT, RATE, DecimalType
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import Add, By, Cases, Condition, Filter, Lump, Percent, PerUnit

Expr = exp.Expr
When: TypeAlias = "Filter | Condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pays:
    """How the pays of one incentive become SQL. cut_by: the row filters, asked: the subject's conditions."""

    adjust: Sequence[Add | By]
    cut_by: Sequence[Filter]
    asked: Sequence[Condition]

    def _when(self, form: When) -> Expr:
        if is_filter(form):
            cut = self.cut_by.index(form)
            return sql.coalesce(sql.column(f"b.x{cut}"), sql.FALSE)
        return sql.column(f"e.y{self.asked.index(form)}")

    def rate(self, pay: Percent | PerUnit) -> Expr:
        """A rate as declared, what is added to it, then every factor that holds, each to 10 decimals.

        Without a factor it keeps the few decimals that are declared, and its products need no cut.
        """
        table, declared, type_ = _rates_of(pay)
        rate = self._declared(table, declared)
        if isinstance(pay, Percent):
            rate = self.with_points(rate)
        for number, one in enumerate(self._factors):
            rate = self.multiplied(rate if number else sql.cast(rate, type_), one, type_)
        return rate

    def computed(self, pay: Percent | PerUnit) -> Expr:
        """A rate as it is told, with all of its 10 decimals."""
        *_, type_ = _rates_of(pay)
        return sql.cast(self.rate(pay), type_)

    def lump(self, pay: Lump) -> Expr:
        """A lump takes only the factors that ask the subject: no row stands behind it."""
        lump = sql.cast(self._declared(pay.money, MONEY), AMOUNT)
        for one in self._factors:
            if not is_filter(one.when):
                lump = self.multiplied(lump, one, AMOUNT)
        return lump

    @property
    def _factors(self) -> list[By]:
        return [one for one in self.adjust if isinstance(one, By)]

    def with_points(self, rate: Expr) -> Expr:
        """A rate and the points that hold, in the few decimals that are declared."""
        added = [
            sql.case([(self._when(one.when), sql.figure(one.rate, RATE))], sql.figure(ZERO, RATE))
            for one in self.adjust
            if isinstance(one, Add)
        ]
        return sql.plus(rate, *added, type_=RATE) if added else rate

    def multiplied(self, rate: Expr, by: By, type_: DecimalType) -> Expr:
        factor = sql.case([(self._when(by.when), sql.figure(by.factor, RATE))], sql.figure(ZERO + 1, RATE))
        return sql.times(rate, factor, type_)

    def _declared(self, table: object, type_: DecimalType) -> Expr:
        if not isinstance(table, Cases):
            return sql.figure(table, type_)  # type: ignore[arg-type]
        otherwise = sql.figure(table.otherwise if table.otherwise is not None else ZERO, type_)
        return sql.case([(self._when(row.when), sql.figure(row.use, type_)) for row in table.rows], otherwise)


def _rates_of(pay: Percent | PerUnit) -> tuple[object, DecimalType, DecimalType]:
    """The table of a rate, the type that is declared and the one that factors make."""
    return (pay.rate, RATE, COMPUTED) if isinstance(pay, Percent) else (pay.money, MONEY, PER_UNIT)
