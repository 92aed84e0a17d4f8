"""What is cut for newcomers: thresholds, targets and starts, to the part of a window that they are enrolled
(`language.md`, rule 45).
"""

from collections.abc import Sequence
from decimal import Decimal

from sqlglot import exp

from staffel.core.calendar import ONE_DAY, Calendar, Span, Unit
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.panel import Panel
from staffel.core.money import AMOUNT, MONEY

Expr = exp.Expr
_KEYS = (("subject", "subject"), ("ask", "ask"))


def prorated(panel: Panel, calendar: Calendar, figure: Expr, asks: Sequence[Ask], *, in_months: bool) -> Expr:
    """A figure for who was enrolled when its window had begun, cut to the months (else days) enrolled of it.

    asks: whose windows, one per ask of the panel; of other windows than the panel's own the enrolment on the
    day asked there matters.
    """
    own = list(asks) == list(panel.asks)
    number = None if own else panel.spans([ask.window for ask in asks])
    start, until = ("p.w_start", "p.w_until") if own else (f"p.s{number}_start", f"p.s{number}_until")
    begun = sql.column("p.enrolled_from") if own else since(panel, asks)
    joined = sql.coalesce(sql.gt(begun.copy(), sql.column(start)), sql.FALSE)
    counts = [len(_months(calendar, ask)) for ask in asks] if in_months else [0]
    if all(counts) and len(set(counts)) == 1:
        part = sql.cast(_months_left(panel, calendar, asks, own=own), MONEY)
        whole: Expr = sql.figure(Decimal(counts[0]), MONEY)
    else:
        part, whole = _days(begun, sql.column(until)), _days(sql.column(start), sql.column(until))
    cut = sql.quotient(sql.times(figure.copy(), part, MONEY), whole, AMOUNT)
    return panel.define(sql.case([(joined, cut)], sql.cast(figure, AMOUNT)))


def _months(calendar: Calendar, ask: Ask) -> list[Span]:
    """The months of a window; none where it is no whole number of them."""
    found = calendar.windows(ask.window, Unit.MONTH)
    whole = found and found[0].start == ask.window.start and found[-1].until == ask.window.until
    return found if whole else []


def _days_asked(panel: Panel, asks: Sequence[Ask]) -> int:
    """The schedule whose days end with the day asked."""
    return panel.spans([Span(min(ask.window.start, ask.day), ask.day + ONE_DAY) for ask in asks])


def _enrolled_then(panel: Panel, asks: Sequence[Ask]) -> exp.Join:
    """The enrolment on the day asked, else the latest that began before it."""
    next_day = sql.column(f"p.s{_days_asked(panel, asks)}_until")
    begun = sql.both(
        sql.eq(sql.column("e.subject"), sql.column("p.subject")), sql.lt(sql.column("e.start"), next_day)
    )
    columns, points = _points(panel)
    group = [one.copy() for one in columns.values()]
    columns["start"] = exp.Max(this=sql.column("e.start"))
    joins = [sql.join(sql.table("enrolled", "e"), begun)]
    latest = sql.select(columns, points, joins=joins, group=group)
    on = [sql.eq(sql.column(f"e.{ours}"), sql.column(f"p.{theirs}")) for ours, theirs in _KEYS]
    return sql.join(sql.subquery(latest, "e"), sql.both(*on))


def _points(panel: Panel) -> tuple[dict[str, Expr], Expr]:
    return {one: sql.column(f"p.{one}") for one, _ in _KEYS}, sql.table(f"points_{panel.name}", "p")


def since(panel: Panel, asks: Sequence[Ask]) -> Expr:
    """The first day of the enrolment on the day asked, else of the latest before; none: never enrolled."""
    columns, points = _points(panel)
    enrolled = _enrolled_then(panel, asks)
    columns["value"] = sql.column("e.start")
    name = f"since_{_days_asked(panel, asks)}"
    return panel.join(name, lambda: sql.select(columns, points, joins=[enrolled]), list(_KEYS))


def _months_left(panel: Panel, calendar: Calendar, asks: Sequence[Ask], *, own: bool) -> Expr:
    """The months of the window from that of the enrolment on."""
    rows = [
        (at, month.start, month.until, len(months) - number)
        for at, ask in enumerate(asks)
        for months in [_months(calendar, ask)]
        for number, month in enumerate(months)
    ]
    types = {"ask": "INTEGER", "start": "DATE", "until": "DATE", "left": "INTEGER"}
    since = sql.column("p.enrolled_from" if own else "e.start")
    on = sql.both(
        sql.eq(sql.column("m.ask"), sql.column("p.ask")),
        sql.within(since, sql.column("m.start"), sql.column("m.until")),
    )
    columns, points = _points(panel)
    columns["value"] = sql.column("m.left")
    months = sql.subquery(sql.values("given", types, rows), "m")
    joins = [sql.join(months, on)] if own else [_enrolled_then(panel, asks), sql.join(months, on)]
    windows = panel.spans([ask.window for ask in asks])
    name = "months_left" if own else f"months_left_{windows}_{_days_asked(panel, asks)}"
    return panel.join(name, lambda: sql.select(columns, points, joins=joins), list(_KEYS))


def _days(start: Expr, until: Expr) -> Expr:
    """How many days lie between, as a figure."""
    return sql.cast(exp.DateDiff(this=until, expression=start, unit=exp.Literal.string("DAY")), MONEY)
