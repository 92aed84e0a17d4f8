"""Units of time taken one by one: a measure asked for each of them, then one figure made of all. Rule 10.

A unit is a view of its own: the first month of everybody's window is asked at once, then the second. Whose
window has fewer of them is asked anything there, and it does not count. Of a calendar unit all that meet the
window exist, with 0 where nothing was sold, if the subject was enrolled on one of its days in the window.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from sqlglot import exp

from staffel.core.calendar import Calendar, Span
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.days import Ask, reask
from staffel.core.engine.plan.made import compared
from staffel.core.engine.plan.value import Value
from staffel.core.money import AMOUNT, MONEY, RATE, DecimalType
from staffel.core.programme.model import Fold, Who

if TYPE_CHECKING:
    from staffel.core.engine.plan.measures import Measures, View

Expr = exp.Expr
ZERO, ONE = Decimal(0), Decimal(1)
_KEYS = (("subject", "subject"), ("ask", "ask"))


def units_of(fold: Fold, ask: Ask, calendar: Calendar) -> list[Ask]:
    """The units that meet the window up to the day asked, each asked up to that day at the latest."""
    inner = reask(fold.over, ask, calendar)
    if not inner.current.days:
        return []
    units = [unit.within(inner.window) for unit in calendar.windows(inner.current, fold.each)]
    return [Ask(unit, min(inner.day, unit.last_day)) for unit in units]


def views_of(measures: "Measures", fold: Fold, view: "View") -> "list[View]":
    """The first unit of every ask, the second, and so on."""
    each = [units_of(fold, ask, measures.calendar) for ask in view.asks]
    who = fold.who if view.who is Who.ASKER else view.who
    found = []
    for number in range(max(map(len, each), default=0)):
        any_ = next(units[number] for units in each if len(units) > number)
        asks = tuple(units[number] if len(units) > number else any_ for units in each)
        found.append(replace(view, asks=asks, who=who))
    return found


def counting(measures: "Measures", fold: Fold, view: "View") -> list[Expr]:
    """Of each unit whether it counts: it exists, has a figure, and that one is such as is asked."""
    each = [units_of(fold, ask, measures.calendar) for ask in view.asks]
    found = []
    for number, inner in enumerate(views_of(measures, fold, view)):
        value = measures.value(fold.of, inner)
        type_ = RATE if value.is_pair else MONEY
        tests = [compared(value, one.comparison, sql.figure(one.figure, type_)) for one in fold.where]
        days = [units[number].current if len(units) > number else _nothing(units) for units in each]
        there = _exists(measures, days, inner)
        counts = sql.both(there, sql.present(value.number()), *tests)
        found.append(measures.panel.define(sql.coalesce(counts, sql.FALSE)))
    return found


def _nothing(units: Sequence[Ask]) -> Span:
    """No day at all."""
    start = units[-1].window.until if units else date(1900, 1, 1)
    return Span(start, start)


def _exists(measures: "Measures", days: Sequence[Span], view: "View") -> Expr:
    """Whether the unit has a day in the window on which the subject was enrolled; a group is always there."""
    panel = measures.panel
    number = panel.spans(days)
    start, until = sql.column(f"p.s{number}_start"), sql.column(f"p.s{number}_until")
    if panel.group or view.who is Who.ALLIANCE:
        return sql.lt(start, until)
    on = sql.both(
        sql.eq(sql.column("e.subject"), sql.column("p.subject")),
        sql.lt(sql.column("e.start"), until),
        sql.gt(sql.column("e.until"), start),
        sql.lt(start.copy(), until.copy()),
    )

    def enrolled() -> exp.Query:
        columns: dict[str, Expr] = {name: sql.column(f"p.{name}") for name, _ in _KEYS}
        group = [one.copy() for one in columns.values()]
        columns["value"] = exp.Count(this=exp.Star())
        joins = [sql.join(sql.table("enrolled", "e"), on)]
        return sql.select(columns, sql.table(f"points_{panel.name}", "p"), joins=joins, group=group)

    return sql.present(panel.join(f"there_{number}", enrolled, _KEYS))


def folded(measures: "Measures", fold: Fold, view: "View") -> Value:
    """One figure of those of all units that count."""
    views = views_of(measures, fold, view)
    values = [measures.value(fold.of, inner) for inner in views]
    fine = any(value.fine or value.is_pair for value in values)
    type_ = AMOUNT if fine else MONEY
    counts = counting(measures, fold, view)
    numbers = [
        measures.panel.define(sql.case([(holds.copy(), sql.cast(value.number(), type_))], sql.null(type_)))
        for value, holds in zip(values, counts, strict=True)
    ]
    figure = _joined(fold, numbers, counts, type_)
    who = fold.who if view.who is Who.ASKER else view.who
    figure = measures.panel.define(measures.of_somebody(figure, replace(view, who=who)))
    fine = fine or fold.shown_as == "average"
    if fold.shown_as == "count" or not any(value.is_pair for value in values):
        return Value(num=figure, fine=fine and fold.shown_as != "count")
    whole = sql.case([(sql.present(figure.copy()), sql.figure(ONE, AMOUNT))])
    return Value(num=figure, den=whole, fine=True)


def _joined(fold: Fold, numbers: Sequence[Expr], counts: Sequence[Expr], type_: DecimalType) -> Expr:
    zero = sql.figure(ZERO, type_)
    total = sql.plus(*(sql.coalesce(one.copy(), zero.copy()) for one in numbers), zero, type_=type_)
    match fold.shown_as:
        case "sum":
            return total
        case "count":
            return _count(counts)
        case "average":
            count = _count(counts)
            mean = sql.quotient(total, count.copy(), AMOUNT, part_type=type_)
            return sql.case([(sql.gt(count, sql.figure(ZERO, MONEY)), mean)])
        case "largest":
            return sql.greatest(*(one.copy() for one in numbers)) if numbers else sql.null(type_)
        case "smallest":
            return sql.least(*(one.copy() for one in numbers)) if numbers else sql.null(type_)
        case "last":
            last = [one.copy() for one in reversed(numbers)]
            return sql.coalesce(*last) if len(last) > 1 else (last or [sql.null(type_)])[0]
        case _:
            assert_never(fold.shown_as)


def _count(counts: Sequence[Expr]) -> Expr:
    one, zero = sql.figure(ONE, MONEY), sql.figure(ZERO, MONEY)
    each = [sql.case([(holds.copy(), one.copy())], zero.copy()) for holds in counts]
    return sql.plus(*each, zero, type_=MONEY)
