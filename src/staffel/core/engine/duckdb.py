"""Runs a plan in DuckDB: the state's files behind their names, then one statement after the other.

`parts.md`, 5: no extension is ever fetched. A statement that fails names itself.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from staffel.core.calendar import Span
from staffel.core.engine.facts import Facts
from staffel.core.engine.plan.statement import Plan
from staffel.core.sources import LINE_TABLES, TABLES


class StatementFailed(RuntimeError):
    """A statement of a plan could not run. name: which; sql: its text."""

    def __init__(self, name: str, sql: str, cause: Exception) -> None:
        super().__init__(f"statement {name} failed: {cause}")
        self.name = name
        self.sql = sql


@contextmanager
def session(
    *, memory_limit: str | None = None, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of its own, in memory, that fetches nothing and does not rest on the machine's time zone."""
    db = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    try:
        db.execute("set preserve_insertion_order = false")
        # Made for DuckDB's own tests: tables are read by vectors, not by groups of 122,880 rows. Else a table
        # of a market's partners is one piece of work, and all cores but one wait: a tenth of a close.
        db.execute("pragma verify_parallelism")
        if memory_limit:
            db.execute(f"set memory_limit = '{memory_limit}'")
        if threads:
            db.execute(f"set threads = {threads}")
        # One transaction: after each commit DuckDB cleans up, within the statements that follow.
        db.execute("begin")
        yield db
    finally:
        db.close()


def attach(
    db: duckdb.DuckDBPyConnection, facts: Facts, tables: Sequence[str], span: Span | None = None
) -> None:
    """Makes the state's tables known as facts_<name>. span: days of the lines' main date that are enough."""
    for name, text in relations(facts, tables, span):
        db.execute(f"create or replace temp view {name} as select * from {text}")


def relations(facts: Facts, tables: Sequence[str], span: Span | None = None) -> list[tuple[str, str]]:
    """The names of the state's tables in a plan, and what stands behind FROM for each."""
    return [
        (f"facts_{name}", facts.relation(name, span if name in LINE_TABLES else None))
        for name in tables
        if name in TABLES
    ]


def run(db: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Runs every statement of a plan. Raises StatementFailed."""
    # All texts first: written between two statements each would take twice as long.
    texts = [statement.sql() for statement in plan.statements]
    for statement, text in zip(plan.statements, texts, strict=True):
        try:
            db.execute(text)
        except duckdb.Error as cause:
            raise StatementFailed(statement.name, text, cause) from cause


def first_row(found: duckdb.DuckDBPyConnection) -> tuple[Any, ...] | None:
    """The first row of an answer, none where there is none; the answer is read to its end.

    A connection whose last answer is not read to its end refuses what is asked of it next.
    """
    rows = found.fetchall()
    return rows[0] if rows else None
