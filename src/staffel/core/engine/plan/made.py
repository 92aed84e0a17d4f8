"""Measures made of others over the same window: sums, products, the best of several, bounds. Rules 9 and 13.

None passes through sums, products and bounds; the best of several leaves it out. Of shares the best is
a pair again: it is chosen by its quotient, and compared side by side, so that no rounding lifts one over
a step.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.value import Value
from staffel.core.money import AMOUNT, MONEY, RATE, DecimalType
from staffel.core.programme.model import Best, Between, Combined, Comparison, Const, IfNone, Sum, Times

if TYPE_CHECKING:
    from staffel.core.engine.plan.measures import Measures, View

Expr = exp.Expr
ONE = Decimal(1)


def made_of(measures: "Measures", made: Combined, view: "View") -> Value:
    """The value of a figure that is made of others."""
    match made:
        case Sum():
            return _sum(measures, made, view)
        case Times(of=of, factor=factor):
            return _times(measures.value(of, view), factor)
        case Best():
            return _best(measures, made, view)
        case Between(of=of):
            return _between(measures.value(of, view), made)
        case Const():
            value = _const(made)
            return Value(num=measures.of_somebody(value.num, view), fine=value.fine)
        case IfNone(of=of, figure=figure):
            return _if_none(measures, measures.value(of, view), figure, view)
        case _:
            raise AssertionError(f"{type(made).__name__} is no figure made of others")


def _sum(measures: "Measures", made: Sum, view: "View") -> Value:
    values = [(part.less, measures.value(part.measure, view)) for part in made.parts]
    fine = any(value.fine or value.is_pair for _, value in values)
    type_ = AMOUNT if fine else MONEY
    added = [value.number() for less, value in values if not less]
    taken = [value.number() for less, value in values if less]
    total = sql.plus(*added, type_=type_)
    if taken:
        total = sql.minus(total, sql.plus(*taken, type_=type_), type_)
    return Value(num=total, fine=fine)


def _times(value: Value, factor: Decimal) -> Value:
    num = sql.times(value.num, sql.figure(factor, RATE), AMOUNT)
    return Value(num=num, den=None if value.den is None else sql.cast(value.den, AMOUNT), fine=True)


def _const(const: Const) -> Value:
    fine = const.figure.as_tuple().exponent < -MONEY.places  # type: ignore[operator]
    return Value(num=sql.figure(const.figure, AMOUNT if fine else MONEY), fine=fine)


def _as_pair(value: Value, type_: DecimalType) -> tuple[Expr, Expr]:
    """Part and whole; of a figure by itself the whole is one, and none where it is none."""
    if value.den is not None:
        return sql.cast(value.num, type_), sql.cast(value.den, type_)
    one = sql.case([(sql.present(value.num.copy()), sql.figure(ONE, type_))])
    return sql.cast(value.num, type_), one


# ------------------------------------------------------------------ the best of several


def _best(measures: "Measures", made: Best, view: "View") -> Value:
    values = [measures.value(one, view) for one in made.of]
    if any(value.is_pair for value in values):
        return _best_pair(measures, values, worst=made.worst)
    fine = any(value.fine for value in values)
    type_ = AMOUNT if fine else MONEY
    chosen = (sql.least if made.worst else sql.greatest)(*(sql.cast(one.num, type_) for one in values))
    return Value(num=chosen, fine=fine)


def _best_pair(measures: "Measures", values: Sequence[Value], *, worst: bool) -> Value:
    """Chosen by the quotients, ties to the first written; all of its sides stay to be compared (rule 30)."""
    define = measures.panel.define
    fine = any(value.fine for value in values)
    type_ = AMOUNT if fine else MONEY
    pairs = [tuple(define(one) for one in _as_pair(value, type_)) for value in values]
    sides = [Value(num=num, den=den, fine=fine) for num, den in pairs]
    numbers = [define(side.number()) for side in sides]
    chosen = define((sql.least if worst else sql.greatest)(*(one.copy() for one in numbers)))
    rows = [(sql.eq(one.copy(), chosen.copy()), side) for one, side in zip(numbers, sides, strict=True)]
    num = sql.case([(test, side.num.copy()) for test, side in rows])
    den = sql.case([(test.copy(), side.den.copy()) for test, side in rows if side.den is not None])
    return Value(num=num, den=den, fine=fine, sides=tuple(sides), worst=worst)


# ------------------------------------------------------------------ bounds, and for none


def _between(value: Value, made: Between) -> Value:
    """Of a pair the part is held, against the bound times the whole."""
    num = value.num
    for bound, choose in ((made.at_least, sql.greatest), (made.at_most, sql.least)):
        if bound is not None:
            figure = sql.figure(bound.figure, RATE if value.is_pair else MONEY)
            if value.den is not None:
                figure = sql.times(value.den.copy(), figure, AMOUNT)
            num = choose(num, figure)
    den = None if value.den is None else sql.cast(value.den, AMOUNT)
    fine = value.fine or value.is_pair
    held = sql.case([(sql.present(value.num.copy()), sql.cast(num, AMOUNT if fine else MONEY))])
    return Value(num=held, den=den, fine=fine)


def _if_none(measures: "Measures", value: Value, const: Const, view: "View") -> Value:
    other = _const(const)
    fine = value.fine or other.fine
    type_ = AMOUNT if fine else MONEY
    num = sql.coalesce(sql.cast(value.num, type_), sql.cast(other.num, type_))
    num = measures.of_somebody(num, view)
    if value.den is None:
        return Value(num=num, fine=fine)
    den = sql.coalesce(sql.cast(value.den, type_), sql.figure(ONE, type_))
    return Value(num=num, den=measures.of_somebody(den, view), fine=fine)


def compared(value: Value, comparison: Comparison, figure: Expr) -> Expr:
    """A figure or a pair against a figure, exactly; a pair by multiplying out (rules 13 and 19)."""
    if value.sides:
        tests = [compared(side, comparison, figure.copy()) for side in value.sides]
        return sides_hold(value, tests, comparison)
    right = figure if value.den is None else exp.Mul(this=figure, expression=value.den)
    return sql.compared(value.num, comparison, right)


def sides_hold(value: Value, test: Sequence[Expr], comparison: str) -> Expr:
    """Whether the best of several holds: a greatest is at least what one of them is, at most what all are."""
    lifts = comparison in ("at_least", "above", "from")
    if lifts is not value.worst:
        return sql.either(*test)
    known = sql.either(*(sql.present(side.num.copy()) for side in value.sides))
    none_or = [
        sql.either(sql.is_null(side.num.copy()), one) for side, one in zip(value.sides, test, strict=True)
    ]
    return sql.both(known, *none_or)
