"""Sequences: each incentive takes the base less what those before it came to, spread evenly over it.

Rule 35.
"""

from collections.abc import Sequence

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.panel import ZERO
from staffel.core.money import AMOUNT, MONEY, DecimalType

Expr = exp.Expr
LEFT = DecimalType(24, 10)


def left_of_base(cuts: str, before: Sequence[str], flags: Sequence[str]) -> Expr:
    """The cuts of a base, as b, less the exact amounts of those before. cuts, before: tables."""
    by = [sql.column("b.subject"), sql.column("b.ask")]
    whole = sql.window(exp.Sum(this=sql.column("b.base")), by)
    names = ("subject", "ask", "key", *flags, "base")
    with_whole = sql.select(
        {one: sql.column(f"b.{one}") for one in names} | {"whole": sql.cast(whole, MONEY)},
        sql.table(cuts, "b"),
    )
    on = sql.both(*(sql.eq(sql.column(f"t.{one}"), sql.column(f"w.{one}")) for one in ("subject", "ask")))
    left = sql.select(
        {one: sql.column(f"w.{one}") for one in ("subject", "ask", "key", *flags)}
        | {"base": _left_of(sql.column("w.base"), sql.column("w.whole"), sql.column("t.taken"))},
        sql.subquery(with_whole, "w"),
        joins=[sql.join(sql.subquery(_taken(before), "t"), on, side="LEFT")],
    )
    return sql.subquery(left, "b")


def _taken(before: Sequence[str]) -> exp.Select:
    """What those before took of each subject's window, exact."""
    names = ("subject", "ask", "exact")
    each = [
        sql.select({one: sql.column(f"a.{one}") for one in names}, sql.table(name, "a")) for name in before
    ]
    columns = {one: sql.column(f"t.{one}") for one in ("subject", "ask")}
    group = [one.copy() for one in columns.values()]
    columns["taken"] = sql.total(sql.column("t.exact"), AMOUNT)
    return sql.select(columns, sql.subquery(sql.union(each), "t"), group=group)


def _left_of(part: Expr, whole: Expr, taken: Expr) -> Expr:
    """part less its share of what was taken before; a base of 0 or less is not reduced."""
    nothing = sql.either(sql.is_null(taken), sql.le(whole, sql.figure(ZERO, MONEY)))
    share = sql.scaled(taken.copy(), part.copy(), whole.copy())
    rows = [
        (nothing, sql.cast(part.copy(), LEFT)),
        (sql.eq(part.copy(), whole.copy()), sql.minus(part.copy(), taken.copy(), LEFT)),
    ]
    return sql.case(rows, sql.minus(part.copy(), share, LEFT))
