"""Increments: how many `every` a driver has, the full ones or those begun as well. Rule 25.

Counted in whole numbers of the smallest unit, a share by multiplying out its whole (rule 13), so that no
rounding makes one more or less.
"""

from decimal import Decimal

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.panel import ZERO
from staffel.core.money import RATE, DecimalType
from staffel.core.programme.model import Scale

Expr = exp.Expr
DRIVER = DecimalType(28, 10)
OF_WHOLE = DecimalType(38, 16)  # a declared share times the whole that it is a share of
COUNT = DecimalType(10, 0)


def increments(scale: Scale, driver: str, *, is_pair: bool) -> Expr:
    """The number of increments in a driver, below 0 where the driver is. driver: its column."""
    count = scale.counted
    signed = sql.column("e.driver_num") if is_pair else sql.column(driver)
    type_ = OF_WHOLE if is_pair else DRIVER
    every, free = (_in_driver(one, is_pair=is_pair) for one in (count.every, count.free))
    size = sql.cast(exp.Abs(this=signed.copy()), type_)
    beyond = sql.greatest(sql.minus(size, free, type_), sql.figure(ZERO, type_))
    found = sql.multiples(beyond, every, type_, started=count.counting == "started")
    back = sql.lt(signed, sql.figure(ZERO, DRIVER))
    return sql.cast(sql.case([(back, exp.Neg(this=found.copy()))], found), COUNT)


def _in_driver(figure: Decimal, *, is_pair: bool) -> Expr:
    """A figure as the driver is: of a share, that share of its whole."""
    if not is_pair:
        return sql.figure(figure, DRIVER)
    return sql.times(sql.column("e.driver_den"), sql.figure(figure, RATE), OF_WHOLE)
