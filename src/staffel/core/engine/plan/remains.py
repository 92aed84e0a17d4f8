"""Remains: what is left of the amounts of a sale after the returns that name it, row by row (rule 5).

A sale and its returns are one row with what is left, so that a filter on an amount lets them all in, or none.
"""

from collections.abc import Sequence

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.money import MONEY

Expr = exp.Expr
# The line that a row is one with: of a return the sale that it names, else itself.
SALE = "of_sale"


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
