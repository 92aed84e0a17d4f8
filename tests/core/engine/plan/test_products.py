"""Filters on the product alone, and what they say of a product that nobody knows."""

import duckdb
import pytest

from staffel.core.engine.plan.products import (
    class_name,
    classes_of_unknown,
    filtered,
    holds_unknown,
    in_class,
)
from staffel.core.engine.plan.tree import BITS
from staffel.core.programme.model import EVERY_ROW, All, Any, Filter, Is, Not

SERVERS = Is(column="product.family", values=("server", "blade"))
FAST = Is(column="product.line", values=("fast",))
GROUPS: dict[str, Filter] = {"servers": SERVERS, "slow": Not(of=FAST)}
IN_SERVERS = Is(column="product.group", values=("servers",))
IN_SLOW = Is(column="product.group", values=("slow",))
IN_EITHER = Is(column="product.group", values=("servers", "slow"))

# filter → the products for which it holds, and whether it holds for one that nobody knows
CASES: list[tuple[Filter, list[str], bool]] = [
    (SERVERS, ["a", "b"], False),
    (FAST, ["a", "c"], False),
    (Not(of=SERVERS), ["c", "d", "e"], True),
    (All(of=(SERVERS, FAST)), ["a"], False),
    (Any(of=(SERVERS, FAST)), ["a", "b", "c"], False),
    (Any(of=(SERVERS, Not(of=FAST))), ["a", "b", "d", "e"], True),
    (All(of=(Not(of=SERVERS), Not(of=FAST))), ["d", "e"], True),
    (IN_SERVERS, ["a", "b"], False),
    (IN_SLOW, ["b", "d", "e"], True),
    (IN_EITHER, ["a", "b", "d", "e"], True),
    (Not(of=IN_SLOW), ["a", "c"], False),
    (EVERY_ROW, ["a", "b", "c", "d", "e"], True),
]
HELD = """
create table products_held as
select *, date '1900-01-01' as start, date '2999-12-31' as until
from (values ('a', 'server', 'fast'), ('b', 'blade', 'slow'), ('c', 'printer', 'fast'),
    ('d', 'printer', 'slow'), ('e', null, null)) as t(product_id, family, line)
"""


@pytest.mark.parametrize(("where", "holds", "unknown"), CASES)
def test_holds(where: Filter, holds: list[str], unknown: bool) -> None:
    with duckdb.connect() as db:
        db.execute(HELD)
        columns = f"product_id, class_0 as {class_name(0, 0)}"
        query = f"select {columns} from ({filtered([FAST, where], GROUPS).sql('duckdb')})"
        test = in_class(1, 0).sql("duckdb")
        found = db.execute(f"select product_id from ({query}) where {test} order by 1").fetchall()
        open_ = db.execute(f"select count(*) from ({query}) where {class_name(0, 0)} is null").fetchall()
    assert [row[0] for row in found] == holds
    assert open_ == [(0,)]
    assert holds_unknown(where, GROUPS) is unknown
    assert classes_of_unknown([where], GROUPS) == [int(unknown)]


def test_as_many_filters_as_one_likes() -> None:
    """The first and the last bit of a part, and the first of the next, tell their own filters."""
    wheres = [SERVERS, *[Not(of=EVERY_ROW)] * (BITS - 2), FAST, IN_SLOW]
    with duckdb.connect() as db:
        db.execute(HELD)
        parts = ", ".join(f"class_{part} as {class_name(0, part)}" for part in (0, 1))
        query = f"select product_id, {parts} from ({filtered(wheres, GROUPS).sql('duckdb')})"
        tests = ", ".join(in_class(at, 0).sql("duckdb") for at in (0, 1, BITS - 1, BITS))
        rows = db.execute(f"select product_id, {tests} from ({query}) order by 1").fetchall()
    assert rows == [
        ("a", True, False, True, False),
        ("b", True, False, False, True),
        ("c", False, False, True, False),
        ("d", False, False, False, True),
        ("e", False, False, False, True),
    ]
    assert classes_of_unknown(wheres, GROUPS) == [0, 1]
