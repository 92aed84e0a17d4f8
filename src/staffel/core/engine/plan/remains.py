"""Remains: what is left of the amounts of a sale after the returns that name it, row by row (rule 5).

A sale and its returns are one row with what is left, so that a filter on an amount lets them all in, or none.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.money import MONEY, PIECES

Expr = exp.Expr
# The line that a row is one with: of a return the sale that it names, else itself.
SALE = "of_sale"
_ZERO = Decimal(0)


def of_sales(dated: exp.Select, amounts: Sequence[str]) -> exp.Select:
    """Dated rows, for each amount with what was sold and what is left of it; none where the sale has none.

    Rows that were taken back, and those that take back, are no part of it.
    """
    if not amounts:
        return dated
    columns: dict[str, Expr] = {one: sql.column(f"d.{one}") for one in dated.named_selects}
    for one in amounts:
        columns[f"sold_{one}"] = _sold(one)
        columns[f"left_{one}"] = sql.plus(_sold(one), sql.coalesce(_back(one), sql.whole(0)), type_=MONEY)
    return sql.select(columns, sql.subquery(dated, "d"))


def _sold(amount: str) -> Expr:
    itself = sql.eq(sql.column("d.line_id"), sql.column(f"d.{SALE}"))
    return sql.cast(_over_all(amount, itself), MONEY)


def _back(amount: str) -> Expr:
    other = exp.NEQ(this=sql.column("d.line_id"), expression=sql.column(f"d.{SALE}"))
    return _over_all(amount, other)


def _over_all(amount: str, which: Expr) -> Expr:
    standing = sql.both(which, sql.no(sql.column("d.taken_back")))
    of = sql.case([(standing, sql.column(f"d.row_{amount}"))])
    return sql.window(exp.Sum(this=of), [sql.column("d.subject"), sql.column(f"d.{SALE}")])


def taken_back(scan: str) -> exp.Select:
    """The lines and revisions that a replaced report took back."""
    columns = {"line_id": sql.column("r.line_id"), "revision": sql.column("r.reverses")}
    return sql.select(
        columns, sql.table(scan, "r"), where=sql.present(sql.column("r.reverses")), distinct=True
    )


def returned(
    scan: str,
    named: Sequence[str],
    joins: Callable[[str], list[exp.Join]],
    standing: Callable[[str], Expr],
) -> exp.Select:
    """sale → its dates and keys (`named`), and whether anything is left after all returns that name it.

    joins, standing: that a row of an alias was not taken back.
    """
    back = sql.select(
        {
            "line_id": sql.column("r.returns"),
            "subject": sql.column("r.subject"),
            "quantity": sql.total(sql.coalesce(sql.column("r.quantity"), sql.figure(_ZERO, PIECES)), PIECES),
            "net": sql.total(sql.coalesce(sql.column("r.net"), sql.figure(_ZERO, MONEY)), MONEY),
        },
        sql.table(scan, "r"),
        joins=joins("r"),
        where=sql.both(sql.present(sql.column("r.returns")), standing("r")),
        group=[sql.column("r.returns"), sql.column("r.subject")],
    )
    quantity = sql.plus(
        sql.coalesce(sql.column("s.quantity"), sql.figure(_ZERO, PIECES)),
        sql.column("k.quantity"),
        type_=PIECES,
    )
    net = sql.plus(
        sql.coalesce(sql.column("s.net"), sql.figure(_ZERO, MONEY)), sql.column("k.net"), type_=MONEY
    )
    nothing = sql.both(sql.eq(quantity, sql.figure(_ZERO, PIECES)), sql.eq(net, sql.figure(_ZERO, MONEY)))
    return sql.select(
        {
            "line_id": sql.column("s.line_id"),
            "subject": sql.column("s.subject"),
            "nothing_left": nothing,
            **{one: sql.column(f"s.{one}") for one in named},
        },
        sql.table(scan, "s"),
        joins=[
            sql.join(
                sql.subquery(back, "k"),
                sql.both(
                    sql.eq(sql.column("s.line_id"), sql.column("k.line_id")),
                    sql.eq(sql.column("s.subject"), sql.column("k.subject")),
                ),
            ),
            *joins("s"),
        ],
        where=sql.both(standing("s"), is_sale("s")),
    )


def is_sale(alias: str, has_returns: bool = True) -> Expr:
    """Neither marked as a return nor naming a sale, where any does."""
    kind = exp.NEQ(this=sql.column(f"{alias}.kind"), expression=sql.text("return"))
    return sql.both(kind, sql.is_null(sql.column(f"{alias}.returns"))) if has_returns else kind
