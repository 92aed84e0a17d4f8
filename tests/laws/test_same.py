"""Law 1."""

from random import Random

import pyarrow as pa

from tests.laws import engine, oracle
from tests.laws.cases import Batch, Case


def shuffled(case: Case) -> oracle.Book:
    """The same facts with the rows of every table in another order."""
    rng = Random(case.world.seed)
    tables = {name: rng.sample(rows, len(rows)) for name, rows in case.world.tables.items()}
    return oracle.book(case.world.programme, tables, case.world.day)


class TestSameInSameOut:
    """Law 1. Same in, same out. State, version, window and semantics' number give the same rows, in any
    order of
    anything.
    """

    def test_in_any_order_of_rows(self, worlds: Batch) -> None:
        for case in worlds:
            again = engine.results_of(shuffled(case), case.closing)
            for name, table in case.results.tables.items():
                assert isinstance(table, pa.Table)
                assert table.equals(again.tables[name]), (case, name)

    def test_the_oracle_too(self, worlds: Batch) -> None:
        for case in worlds:
            assert oracle.entitled(shuffled(case)) == oracle.entitled(case.book), case
