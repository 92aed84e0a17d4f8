"""The one door: programme, state and day in; results out. `staffel.md`, 3 and 4.

A calculation restricted to partners reads their rows alone, and those of the members of their alliances
where a figure is a group's. What it gives for a partner is the same, to the cent, as what the whole gives
(law 8).
"""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock

import duckdb

from staffel.core.calendar import Span
from staffel.core.engine.background import Background, background
from staffel.core.engine.duckdb import attach, run, session
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.narrowing import narrowed
from staffel.core.engine.plan.assembly import Asking, Assembly, facts_used
from staffel.core.engine.plan.given import Given
from staffel.core.engine.results import Results
from staffel.core.programme.forms import forms_in
from staffel.core.programme.model import Programme, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A calculation whose tables still lie open: for evidence and receipts, which read more of them."""

    db: duckdb.DuckDBPyConnection
    assembly: Assembly
    results: Results


def calculate(
    programme: Programme,
    facts: Facts,
    *,
    day: date,
    partners: Collection[str] | None = None,
    closing: Span | None = None,
) -> Results:
    """What a programme comes to on `day`, for everybody or for some. closing: the window whose settlement
    is asked.

    Raises StatementFailed where the state holds what no figure can (an amount beyond 38 digits).
    """
    with calculation(programme, facts, day=day, partners=partners, closing=closing) as running:
        return running.results.kept()


@contextmanager
def calculation(
    programme: Programme,
    facts: Facts,
    *,
    day: date,
    partners: Collection[str] | None = None,
    closing: Span | None = None,
    kept: bool = False,
    only: Collection[str] | None = None,
    given: Given | None = None,
    memory_limit: str | None = None,
) -> Iterator[Running]:
    """The same, with its tables open until the end of the block.

    kept: the lines stay, for single receipts. only: the incentives to compute, with what they rest on;
    none: all, and the levels. given: what others' lines add to the figures of a group, where these are not
    among the facts.
    """
    if only is not None:
        programme = narrowed(programme, only)
    with _SET_ASIDE, session(memory_limit=memory_limit) as db:
        known = background(db, facts, programme, day)
        if given is not None:
            known = given.with_days(known)
        scope = None if partners is None else _scope(db, facts, programme, known, partners)
        asking = Asking(
            programme=programme,
            day=day,
            scope=scope,
            closing=closing,
            kept=kept,
            given=given,
        )
        assembly = Assembly(asking=asking, background=known)
        plan = assembly.assemble()
        attach(db, facts, facts_used(plan), _span_of_lines(assembly))
        run(db, plan)
        yield Running(db=db, assembly=assembly, results=Results.read(db, assembly, facts.state_id, partners))


class _SetAside:
    """What is there before stays out of the collector's sight meanwhile.

    A plan makes so many objects that Python looks for garbage in all it has, which takes longer than making
    the plan. Of calculations within or beside one another the first freezes, and the last lets go: to ask
    Python whether anything is frozen takes as long as there is much of it. Who froze something before keeps
    it frozen.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way = 0
        self._frozen_by_us = False

    def __enter__(self) -> None:
        with self._lock:
            self._under_way += 1
            if self._under_way == 1 and not gc.get_freeze_count():
                self._frozen_by_us = True
                gc.freeze()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._under_way -= 1
            if not self._under_way and self._frozen_by_us:
                self._frozen_by_us = False
                gc.unfreeze()


_SET_ASIDE = _SetAside()


def _span_of_lines(assembly: Assembly) -> Span | None:
    """The days of sale that can matter; none where another date picks the window, a return may lie far
    from its sale, or what was first said of a line matters, on whatever day.
    """
    bases = [basis for lines in assembly.lines.values() for basis in lines.bases]
    main_only = all(basis.date == "sold_on" and not basis.refuses for basis in bases)
    spans = assembly.all_spans()
    if not main_only or not spans or assembly.background.has_returns:
        return None
    return Span(min(span.start for span in spans), max(span.until for span in spans))


# ------------------------------------------------------------------------------------------- whose rows are
# needed


def asks_groups(programme: Programme) -> bool:
    """Whether any figure of a programme is an alliance's."""
    return any(getattr(form, "who", None) is Who.ALLIANCE for form in forms_in(programme))


def _scope(
    db: duckdb.DuckDBPyConnection,
    facts: Facts,
    programme: Programme,
    known: Background,
    partners: Collection[str],
) -> tuple[str, ...]:
    """The partners asked, those that became part of them, and the members of their alliances where these
    matter.
    """
    wanted = _with_merged(known, partners)
    if asks_groups(programme) and facts.has_any("memberships", "group_id"):
        rows = db.execute(
            f"with m as ({current(facts, 'memberships')}) select distinct partner_id from m "
            "where kind = 'alliance' and group_id in "
            "(select group_id from m where partner_id in (select unnest(?)))",
            [list(wanted)],
        ).fetchall()
        wanted = _with_merged(known, {*wanted, *(str(row[0]) for row in rows)})
    return tuple(sorted(wanted))


def _with_merged(known: Background, partners: Collection[str]) -> set[str]:
    return set(partners) | {one.partner for one in known.merges if one.survivor in set(partners)}
