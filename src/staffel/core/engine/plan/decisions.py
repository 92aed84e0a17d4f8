"""What was decided about levels: where a replay begins anew, and what a merged partner brings.

Rules 44 and 48.
"""

from sqlglot import exp

from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import AtOnce, Ladder, Programme

Expr = exp.Expr
STATE = ("level", "falls_to", "falls_after")


def anchors(plan: Plan, programme: Programme, ladder: Ladder) -> None:
    """`anchors`: where a subject's replay begins anew: at its enrolment, and at each recorded decision
    (rule 48).
    """
    first = sql.day(programme.valid.start)
    begin = sql.greatest(sql.column("e.start"), first)
    starts = sql.select(
        {
            "subject": sql.column("e.subject"),
            "day": begin,
            "level": sql.whole(0),
            "falls_to": sql.null("TINYINT"),
            "falls_after": sql.null("DATE"),
            "decided": sql.null("DATE"),
        },
        sql.table("enrolled", "e"),
        where=sql.gt(sql.column("e.until"), first.copy()),
    )
    union = sql.subquery(sql.union([starts, _decisions(programme, ladder)]), "u")
    last = sql.window(sql.row_number(), [sql.column("u.subject"), sql.column("u.day")])
    last.set(
        "order",
        exp.Order(expressions=[exp.Ordered(this=sql.column("u.decided"), desc=True, nulls_first=False)]),
    )
    names = ("subject", "day", *STATE)
    ranked = sql.select({one: sql.column(f"u.{one}") for one in names} | {"latest": last}, union)
    kept = sql.select(
        {one: sql.column(f"r.{one}") for one in names},
        sql.subquery(ranked, "r"),
        where=sql.eq(sql.column("r.latest"), sql.whole(1)),
    )
    plan.add("anchors", kept, "where the replay of levels begins: enrolments and recorded decisions")


def _decisions(programme: Programme, ladder: Ladder) -> exp.Select:
    mine = sql.both(
        sql.eq(sql.column("f.programme"), sql.text(programme.name)),
        sql.eq(sql.column("f.ladder"), sql.text(ladder.name)),
    )
    first = sql.day(programme.valid.start)
    level = _index(ladder, sql.column("t.level"))
    waits = not isinstance(ladder.review.down, AtOnce)  # where every day lets fall, no fall waits
    inside = sql.both(
        sql.eq(sql.column("e.subject"), sql.column("t.partner_id")),
        sql.within(sql.column("t.holds_from"), sql.column("e.start"), sql.column("e.until")),
        sql.gt(sql.column("e.until"), first.copy()),
    )
    return sql.select(
        {
            "subject": sql.column("t.partner_id"),
            "day": sql.greatest(sql.column("t.holds_from"), first, sql.column("e.start")),
            "level": level,
            "falls_to": _index(ladder, sql.column("t.falls_to")) if waits else sql.null("TINYINT"),
            "falls_after": sql.column("t.falls_after") if waits else sql.null("DATE"),
            "decided": sql.column("t.holds_from"),
        },
        sql.subquery(subjects.in_force("decisions", mine), "t"),
        joins=[sql.join(sql.table("enrolled", "e"), inside)],
        where=sql.present(level.copy()),
    )


def _index(ladder: Ladder, name: Expr) -> Expr:
    rows = [(sql.eq(name.copy(), sql.text(one.name)), sql.whole(at)) for at, one in enumerate(ladder.levels)]
    return sql.cast(sql.case(rows), "TINYINT")


def lifts(programme: Programme, ladder: Ladder) -> exp.Select:
    """The level that a merged partner brings: its last recorded decision (rule 44)."""
    mine = sql.both(
        sql.eq(sql.column("f.programme"), sql.text(programme.name)),
        sql.eq(sql.column("f.ladder"), sql.text(ladder.name)),
    )
    on = sql.both(
        sql.eq(sql.column("m.partner_id"), sql.column("t.partner_id")),
        sql.le(sql.column("t.holds_from"), sql.column("m.day")),
    )
    latest = sql.window(sql.row_number(), [sql.column("t.partner_id")])
    latest.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column("t.holds_from"), desc=True)]))
    ranked = sql.select(
        {
            "subject": sql.column("m.subject"),
            "day": sql.column("m.day"),
            "level": _index(ladder, sql.column("t.level")),
            "latest": latest,
        },
        sql.subquery(subjects.in_force("decisions", mine), "t"),
        joins=[sql.join(sql.table("merged", "m"), on)],
    )
    return sql.select(
        {
            "subject": sql.column("r.subject"),
            "day": sql.column("r.day"),
            "level": exp.Max(this=sql.column("r.level")),
        },
        sql.subquery(ranked, "r"),
        where=sql.eq(sql.column("r.latest"), sql.whole(1)),
        group=[sql.column("r.subject"), sql.column("r.day")],
    )
