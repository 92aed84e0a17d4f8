"""The floor: a hand-written query that only sums the same files, to partner × quarter × family.

What anyone would write who wants those sums and nothing else: no level, no reason, no return that takes its
sale's days. The close is measured beside it.
"""

import duckdb

from staffel.core.engine.duckdb import session
from staffel.core.ledger import State

FLOOR = """
create table sums as
select partner_id, date_trunc('quarter', sold_on) as quarter, family,
    sum(net) as net, sum(quantity) as quantity, count(*) as lines
from read_parquet({lines}, hive_partitioning = false)
join read_parquet({products}, hive_partitioning = false) using (product_id)
group by all
"""


def sum_files(state: State) -> int:
    """Runs the floor over the files of a state; how many sums it made."""
    with session() as db:
        return run_floor(db, state)


def run_floor(db: duckdb.DuckDBPyConnection, state: State) -> int:
    """The floor in a session that is there."""
    lines, products = ([str(path) for path in state.files(table)] for table in ("sell_out", "products"))
    db.execute(FLOOR.format(lines=lines, products=products))
    found = db.execute("select count(*) from sums").fetchone()
    assert found is not None
    return int(found[0])
