"""Filters on the product alone: decided once for each product, and not for each row that sold it."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.programme.model import All, Any, Filter, Is, Not

Expr = exp.Expr
Groups = Mapping[str, Filter]


def filtered(wheres: Sequence[Filter], groups: Groups) -> exp.Select:
    """Products on the days on which they are as they are: is_0, is_1 … say which filters hold."""
    columns = {one: sql.column(f"t.{one}") for one in ("product_id", "start", "until")}
    columns |= {f"is_{number}": _holds(where, groups) for number, where in enumerate(wheres)}
    return sql.select(columns, sql.table("products_held", "t"))


def _holds(where: Filter, groups: Groups) -> Expr:
    match where:
        case All(of=parts):
            return sql.both(*(_holds(part, groups) for part in parts))
        case Any(of=parts):
            return sql.either(*(_holds(part, groups) for part in parts))
        case Not(of=part):
            return sql.no(_holds(part, groups))
        case Is(column="product.group", values=values):
            return sql.either(*(_holds(groups[one], groups) for one in values))
        case Is(column=column, values=values):
            return sql.among(sql.column(f"t.{column.removeprefix('product.')}"), values)
        case _:
            assert_never(where)


def holds_unknown(where: Filter, groups: Groups) -> bool:
    """Whether a filter holds for a product that nobody knows: none of its values is one of a list."""
    match where:
        case All(of=parts):
            return all(holds_unknown(part, groups) for part in parts)
        case Any(of=parts):
            return any(holds_unknown(part, groups) for part in parts)
        case Not(of=part):
            return not holds_unknown(part, groups)
        case Is(column="product.group", values=values):
            return any(holds_unknown(groups[one], groups) for one in values)
        case Is():
            return False
        case _:
            assert_never(where)
