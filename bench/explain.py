"""Explaining: one partner's bonus of one quarter, down to its lines, and what of the files is read for it.

Time is taken in process, as a portal would answer: programme and state are there, nothing of the answer is.
Row groups that were read are those that DuckDB's own profile of every statement names; those that admit the
partner are counted from the statistics in the files.
"""

import json
import time
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import duckdb
import pyarrow.parquet as pq

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.evidence import explain
from staffel.core.ledger import State
from staffel.core.programme.model import Programme

RANKS = range(10, 91, 10)
LINES = "sell_out"


def partners_by_rank(state: State) -> list[str]:
    """The partners at the 10, 20 … 90 % rank of how many lines they have."""
    with duckdb.connect() as db:
        counted = f"select partner_id from {state.relation(LINES)} group by all order by count(*), 1"
        found = [str(row[0]) for row in db.execute(counted).fetchall()]
    return [found[len(found) * rank // 100] for rank in RANKS]


def explain_one(programme: Programme, state: State, partner: str, incentive: str, quarter: Span) -> int:
    """One bonus retraced; how many nodes its tree has."""
    day = quarter.last_day
    with calculation(programme, state, day=day, partners=[partner], kept=True, only=[incentive]) as running:
        root = explain(running, incentive=incentive, partner=partner, window=quarter)
        return sum(1 for _ in root.every())


def explain_ms(programme: Programme, state: State, partners: Sequence[str], quarter: Span) -> float:
    """The median over partners, each with the next incentive in turn, after one that is not counted."""
    names = [one.name for one in programme.incentives]
    taken = []
    for number, partner in enumerate([partners[0], *partners]):
        begun = time.perf_counter()
        explain_one(programme, state, partner, names[number % len(names)], quarter)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken[1:])


# ------------------------------------------------------------------------------ row groups


def groups_read_to_admitting(programme: Programme, state: State, partner: str, quarter: Span) -> float:
    """Row groups of lines that an explanation reads, to those that admit the partner."""
    with calculation(programme, state, day=quarter.last_day, partners=[partner], kept=True) as running:
        return groups_read(running) / admitting_groups(state, partner)


def groups_read(running: Running) -> int:
    """How many row groups of lines the statements of a calculation read, each reading counted; each is run
    once more for it.
    """
    queries = (one.query.sql("duckdb") for one in running.assembly.plan.statements if not one.view)
    return sum(
        scan["row_groups_scanned"]
        for query in queries
        for row in running.db.execute(f"explain (analyze, format json) {query}").fetchall()
        for scan in _scans(json.loads(row[1]))
    )


def _scans(profile: Any) -> Iterator[dict[str, Any]]:
    """The readings of files of lines in a profile."""
    below = profile.values() if isinstance(profile, dict) else profile if isinstance(profile, list) else ()
    if isinstance(profile, dict) and f"/{LINES}/" in str(profile.get("extra_info", {})):
        yield profile
    for part in below:
        yield from _scans(part)


def admitting_groups(state: State, partner: str) -> int:
    """How many row groups of all files have bounds that admit this partner."""
    found = 0
    for path in state.files(LINES):
        meta = pq.read_metadata(path)
        column = meta.schema.names.index("partner_id")
        bounds = [meta.row_group(at).column(column).statistics for at in range(meta.num_row_groups)]
        found += sum(one.min <= partner <= one.max for one in bounds)
    return found
