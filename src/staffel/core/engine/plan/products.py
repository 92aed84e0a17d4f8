"""Filters on the product alone: decided once for each product, and not for each row that sold it.

What holds for a product is its class: a bit a filter, 62 filters to a whole number, so that rows are grouped
by one column however many filters there are.
"""

from collections.abc import Mapping, Sequence
from typing import assert_never

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.findings import LawBroken
from staffel.core.programme.model import All, Any, Filter, Is, Not, RowTest

Expr = exp.Expr
Groups = Mapping[str, Filter]


def filtered(wheres: Sequence[Filter], groups: Groups) -> exp.Select:
    """Products on the days on which they are as they are: class_0, class_1 … say which filters hold."""
    columns = {one: sql.column(f"t.{one}") for one in ("product_id", "start", "until")}
    for part, some in enumerate(_parted(wheres)):
        columns[f"class_{part}"] = sql.packed([_holds(where, groups) for where in some])
    return sql.select(columns, sql.table("products_held", "t"))


def class_name(basis: int, part: int) -> str:
    """The column of the lines that holds a part of the class, of the product on the day of a basis."""
    return f"class_{basis}_{part}"


def in_class(number: int, basis: int) -> Expr:
    """Whether a filter holds, by the class of a row's product."""
    part, at = divmod(number, sql.BITS)
    return sql.bit(sql.column(class_name(basis, part)), at)


def classes_of_unknown(wheres: Sequence[Filter], groups: Groups) -> list[int]:
    """The class of a product that nobody knows, part by part."""
    return [
        sum(1 << bit for bit, where in enumerate(some) if holds_unknown(where, groups))
        for some in _parted(wheres)
    ]


def _parted(wheres: Sequence[Filter]) -> list[Sequence[Filter]]:
    return [wheres[at : at + sql.BITS] for at in range(0, len(wheres), sql.BITS)]


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
        case RowTest():
            raise LawBroken(f"{where} asks a row, and no product")
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
        case RowTest():
            raise LawBroken(f"{where} asks a row, and no product")
        case _:
            assert_never(where)
