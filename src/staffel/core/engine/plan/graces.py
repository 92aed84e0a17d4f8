"""Graces: falls that are decided and wait, and the days on which they may be called off. Rule 50.

Everybody is looked at on review days. The days between matter only for whom a fall may wait then, so these
few have a panel and cells by day of their own, while everybody else's lines are summed by month.
"""

from collections.abc import Sequence
from datetime import date

from sqlglot import exp

from staffel.core.calendar import ONE_DAY, Unit
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.levels import Replay
from staffel.core.programme.model import Programme

Expr = exp.Expr
WAITING = "waiting"
REVIEWED = "reached_on_reviews"


def grace_asks(programme: Programme, replay: Replay, asked: Sequence[Ask]) -> list[Ask]:
    """The days on which a fall may be called off, but for those that are asked of everybody."""
    first = replay.first if replay.falls else replay.graces[0][0] + ONE_DAY
    known = {ask.day for ask in asked}
    days = [date.fromordinal(at) for at in range(first.toordinal(), replay.day.toordinal())]
    unit_of = programme.calendar.unit_of
    return [Ask(unit_of(day, Unit.YEAR), day) for day in days if day not in known]


def waiting(replay: Replay) -> exp.Query:
    """`waiting`: for whom a fall may wait on which days (start, until).

    A review lets fall who reaches less than a level held, and nobody ever held more than what was reached,
    decided or brought by a merger so far. So these are some more than those whose fall does wait.
    """
    return sql.union([_by_review(replay), _by_decision()])


def _by_review(replay: Replay) -> exp.Select:
    held = _held(REVIEWED, "reached")
    for table in ("anchors", "lifts") if replay.lifts else ("anchors",):
        held = sql.union([held, _held(table, "level")])
    so_far = sql.window(exp.Max(this=sql.column("h.level")), [sql.column("h.subject")], [sql.column("h.day")])
    columns = {one: sql.column(f"h.{one}") for one in ("subject", "day", "level")}
    highest = sql.select(columns | {"highest": so_far}, sql.subquery(held, "h"))
    graces = sql.values("given", {"day": "DATE", "end": "DATE"}, replay.graces)
    of_day = sql.eq(sql.column("g.day"), sql.column("k.day"))
    return sql.select(
        {"subject": sql.column("k.subject"), "start": _next_day("k.day"), "until": _next_day("g.end")},
        sql.subquery(highest, "k"),
        joins=[sql.join(sql.subquery(graces, "g"), of_day)],
        where=sql.lt(sql.column("k.level"), sql.column("k.highest")),
    )


def _by_decision() -> exp.Select:
    return sql.select(
        {
            "subject": sql.column("a.subject"),
            "start": sql.column("a.day"),
            "until": _next_day("a.falls_after"),
        },
        sql.table("anchors", "a"),
        where=sql.present(sql.column("a.falls_after")),
    )


def _held(table: str, level: str) -> exp.Query:
    columns = {"subject": sql.column("t.subject"), "day": sql.column("t.day")}
    return sql.select(columns | {"level": sql.column(f"t.{level}")}, sql.table(table, "t"))


def _next_day(column: str) -> Expr:
    return sql.cast(exp.Add(this=sql.column(column), expression=sql.whole(1)), "DATE")
