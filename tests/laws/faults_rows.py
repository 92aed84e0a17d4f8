"""Faults of rows: which count, by which day, for whom: those of the nouns `fact` and `filter`."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from staffel.core.calendar import ONE_DAY
from staffel.core.engine.plan import tree as sql
from staffel.core.programme.model import (
    Apart,
    Stated,
)
from tests.laws.planting import Fault, changed, instead, then

PLAN = "staffel.core.engine.plan"


def own_date(original: Any) -> Any:
    """A return keeps its own date."""
    return lambda lines, column: sql.column(f"s.{column}")


def rounded(way: Fraction | None) -> Fraction | None:
    """A rate as one would print it."""
    return None if way is None else Fraction(round(Decimal(way.numerator) / Decimal(way.denominator), 4))


def later(day: date) -> date:
    """The day after."""
    return day + ONE_DAY


FAULTS_OF_ROWS = (
    Fault(
        "fact",
        "late lines stay in their window",
        f"{PLAN}.lines.moved_on",
        lambda _: lambda own, closed, alias="s": own,
        ("late: next", "market: closed"),
        together=True,
    ),
    Fault(
        "fact",
        "other dates may lie anywhere",
        f"{PLAN}.cells.CellTable._inside",
        then(lambda _: sql.TRUE),
        ("date: inside",),
    ),
    Fault(
        "filter",
        "a deal that was refused is as good as one approved",
        f"{PLAN}.lines.deals.holds",
        instead(sql.TRUE),
        ("filter: registered",),
    ),
    Fault(
        "filter",
        "days are counted the other way round",
        f"{PLAN}.lines.LineTable._value",
        lambda original: (
            lambda lines, leaf, basis: (
                original(lines, replace(leaf, start=leaf.end, end=leaf.start), basis)
                if isinstance(leaf, Apart)
                else original(lines, leaf, basis)
            )
        ),
        ("filter: apart",),
    ),
    Fault(
        "filter",
        "every line names its special price",
        f"{PLAN}.marks.Marks.holds",
        lambda original: (
            lambda marks, where, basis: (
                sql.TRUE if isinstance(where, Stated) else original(marks, where, basis)
            )
        ),
        ("filter: stated",),
    ),
    Fault(
        "fact",
        "a return counts by its own date",
        f"{PLAN}.lines.LineTable._date_of",
        own_date,
        ("returns: sale",),
    ),
    Fault(
        "fact",
        "what came back whole still counts",
        f"{PLAN}.lines.LineTable._nothing_left",
        instead(sql.FALSE),
        ("aggregate: lines",),
    ),
    Fault("fact", "withdrawn rows count", f"{PLAN}.lines.LineTable._standing", instead(sql.TRUE)),
    Fault(
        "fact",
        "a merged partner's rows are lost",
        "staffel.core.engine.background._merges",
        instead(()),
        ("market: merge",),
    ),
    Fault(
        "filter",
        "amounts are compared as they were before returns",
        f"{PLAN}.remains._back",
        instead(sql.whole(0)),
        ("filter: amount",),
    ),
    Fault(
        "filter",
        "the last day of a filter is not in it",
        f"{PLAN}.marks.Marks._lies",
        changed(2, lambda span: replace(span, until=span.until - timedelta(days=1))),
        ("filter: days",),
    ),
    Fault(
        "filter",
        "a new customer stays new for a day longer",
        f"{PLAN}.others.back",
        then(later),
        ("filter: new", "filter: seen"),
    ),
    Fault(
        "filter",
        "what came back whole is history",
        f"{PLAN}.others._stands",
        instead(sql.TRUE),
        ("filter: new", "filter: seen"),
    ),
    Fault("fact", "a rate is rounded to four decimals", "staffel.core.engine.background._way", then(rounded)),
    Fault(
        "fact",
        "late lines that are refused count",
        f"{PLAN}.lines.too_late",
        lambda _: lambda day, commit, closed: sql.FALSE,
        ("late: refuse", "market: closed"),
        together=True,
    ),
)
