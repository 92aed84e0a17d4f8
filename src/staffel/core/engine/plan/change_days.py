"""On which days anything may change for a subject: what is reached is looked at there, and holds until
the next.

`language.md`, 5.1: levels at once look at days of change, not at every day of everybody.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from sqlglot import exp

from staffel.core.calendar import ONE_DAY
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.panel import Panel, Spans

Expr = exp.Expr


def jumps(asks: Sequence[Ask], schedules: Sequence[Spans]) -> list[date]:
    """Days on which a window itself moves, so that a figure may change though nothing was sold."""
    found = {ask.day for ask in asks[:1]}
    found |= {now.day for before, now in pairwise(asks) if now.window != before.window}
    for spans in schedules:
        for (_, before), (ask, now) in pairwise(zip(asks, spans, strict=True)):
            grows = now.until in (before.until, ask.day + ONE_DAY)
            if now.start != before.start or not grows:
                found.add(ask.day)
    return sorted(found)


def points_of_change(
    panel: Panel, always: Sequence[date], *, all_days: bool = False, only: str | None = None
) -> exp.Select:
    """Subjects by the days on which anything may change for them, as far as they are enrolled then.

    all_days: every day of the panel. only: a table of the subjects and days (start, until) to look at.
    """
    moving = sql.select(
        {"subject": sql.column("e.subject"), "day": sql.column("a.day")},
        sql.table("enrolled", "e"),
        joins=[sql.join(sql.table(f"asks_{panel.name}", "a"), _enrolled_on("a.day"))],
        where=None
        if all_days
        else exp.In(this=sql.column("a.day"), expressions=[sql.day(one) for one in always]),
    )
    sources: list[exp.Query] = [moving]
    if not all_days:
        of_cells = _days_of_cells(panel)
        sources += [_own_days(name, day) for name, day in of_cells]
        if panel.needs_alliance:
            sources += [_group_days(name, day) for name, day in of_cells]
            sources += [_group_term_days("members", end) for end in ("start", "until")]
        for table in _terms_of(panel):
            sources += [_term_days(table, end) for end in ("start", "until")]
            if panel.needs_alliance and table == "certified":
                sources += [_group_term_days(table, end) for end in ("start", "until")]
        if any(name.startswith("level_") for name in panel.beside):
            sources.append(_term_days("levels", "start"))
        sources.append(_term_days("enrolled", "start"))
        sources.append(
            _term_days("anchors", "day")
            if panel.name in ("ladder", "grace")
            else _term_days("enrolled", "start")
        )
    days = sql.subquery(sql.union(sources), "d")
    on = sql.both(sql.eq(sql.column("e.subject"), sql.column("d.subject")), _enrolled_on("d.day"))
    joins = [
        sql.join(sql.table(f"asks_{panel.name}", "a"), sql.eq(sql.column("a.day"), sql.column("d.day"))),
        sql.join(sql.table("enrolled", "e"), on),
    ]
    if only is not None:
        inside = sql.within(sql.column("d.day"), sql.column("w.start"), sql.column("w.until"))
        same = sql.eq(sql.column("w.subject"), sql.column("d.subject"))
        joins.append(sql.join(sql.table(only, "w"), sql.both(same, inside)))
    columns = {
        "subject": sql.column("d.subject"),
        "ask": sql.column("a.ask"),
        "enrolled_from": sql.column("e.start"),
    }
    return sql.select(columns, days, joins=joins, distinct=True)


def _terms_of(panel: Panel) -> list[str]:
    """Tables of terms on which a figure or a condition rests."""
    people = any(one.name.startswith("c") for one in panel.beside.values())
    return list({"certified": None} | panel.terms if people else panel.terms)


def _enrolled_on(day: str) -> Expr:
    return sql.within(sql.column(day), sql.column("e.start"), sql.column("e.until"))


def _days_of_cells(panel: Panel) -> list[tuple[str, str]]:
    """The tables of cells, each with a column of days on which a figure may change: that of the rows, and
    the last of the dates that must lie in a window which grows.
    """
    figures = list(panel.figures.values())
    own = {(one.table, "bucket") for one in figures}
    inside = {(one.table, f"last_{one.cells.lines.inside(one.core)}") for one in figures if one.core.inside}
    return sorted(own | inside)


def _own_days(cells: str, day: str) -> exp.Select:
    columns = {"subject": sql.column("c.subject"), "day": sql.column(f"c.{day}")}
    return sql.select(columns, sql.table(cells, "c"))


def _group_days(cells: str, day: str) -> exp.Select:
    """A member's figure of its alliance changes whenever any member sells."""
    same = sql.eq(sql.column("o.subject"), sql.column("c.subject"))
    fellow = sql.eq(sql.column("o.grp"), sql.column("m.grp"))
    columns = {"subject": sql.column("m.subject"), "day": sql.column(f"c.{day}")}
    joins = [sql.join(sql.table("members", "o"), same), sql.join(sql.table("members", "m"), fellow)]
    return sql.select(columns, sql.table(cells, "c"), joins=joins)


def _group_term_days(table: str, end: str) -> exp.Select:
    """A member's figure of its alliance changes whenever any member gains or loses a certificate, joins or
    leaves.
    """
    same = sql.eq(sql.column("o.subject"), sql.column("c.subject"))
    fellow = sql.eq(sql.column("o.grp"), sql.column("m.grp"))
    columns = {"subject": sql.column("m.subject"), "day": sql.column(f"c.{end}")}
    joins = [sql.join(sql.table("members", "o"), same), sql.join(sql.table("members", "m"), fellow)]
    return sql.select(columns, sql.table(table, "c"), joins=joins)


def _term_days(table: str, end: str) -> exp.Select:
    columns = {"subject": sql.column("t.subject"), "day": sql.column(f"t.{end}")}
    return sql.select(columns, sql.table(table, "t"))
