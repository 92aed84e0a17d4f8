"""Deals: whether one that the row's partner registered, and that was approved, is in force on the row's day.

`language.md`, 1.2. `subjects.registered` has one span at a time for each partner, end customer and product
(none: whatever product), so that a row finds at most one of each kind.
"""

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.others import in_months
from staffel.core.programme.model import Registered

Expr = exp.Expr
# A deal for the row's product, and one for whatever product.
_OWN, _ANY = "g", "h"


def joins() -> list[exp.Join]:
    """The deals of a dated row l."""
    found = []
    for alias in (_OWN, _ANY):
        product = sql.column(f"{alias}.product_id")
        of_product = (
            sql.is_null(product) if alias == _ANY else sql.eq(product, sql.column("l.near_product_id"))
        )
        on = sql.both(
            sql.eq(sql.column(f"{alias}.subject"), sql.column("l.subject")),
            sql.eq(sql.column(f"{alias}.end_customer_id"), sql.column("l.near_end_customer_id")),
            of_product,
            sql.within(sql.column("l.main_day"), sql.column(f"{alias}.start"), sql.column(f"{alias}.until")),
        )
        found.append(sql.join(sql.table("registered", alias), on, side="LEFT"))
    return found


def holds(asked: Registered) -> Expr:
    """Whether there is one for a dated row l, registered long enough before its order."""
    tests = []
    for alias in (_OWN, _ANY):
        start = sql.column(f"{alias}.start")
        if asked.ahead is None:
            tests.append(sql.present(start))
        else:
            latest = sql.before(sql.column("l.near_ordered_on"), *in_months(asked.ahead))
            tests.append(sql.coalesce(sql.le(start, latest), sql.FALSE))
    return sql.either(*tests)
