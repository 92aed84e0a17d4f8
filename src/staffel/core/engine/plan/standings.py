"""Where a partner is on the day asked: its level, and every hurdle with actual, required and by path.

Rules 49 and 50.
"""

from datetime import date

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.conditions import Conditions
from staffel.core.engine.plan.levels import Replay, requirements_of
from staffel.core.engine.plan.made import compared
from staffel.core.engine.plan.statement import Plan
from staffel.core.money import MONEY
from staffel.core.programme.forms import hurdles_of
from staffel.core.programme.model import Condition, Enforced, Holds, Ladder, Test

Expr = exp.Expr


def make_standing(plan: Plan, ladder: Ladder, conditions: Conditions, replay_: Replay) -> None:
    """`standing`: subject, level, since when, what was reached, what falls.

    `requirements`: one row per hurdle.
    """
    plan.add("standing", _standing(replay_), "the level of everybody on the day asked")
    rows = [
        _row(conditions, index, path.name, number, leaf_number, leaf, whole, replay_)
        for index, path, number, whole in requirements_of(ladder)
        if is_shown(whole, replay_.day)
        for leaf_number, leaf in enumerate(hurdles_of(whole))
    ]
    if rows:
        plan.add("requirements", sql.union(rows), "every hurdle of every level on the day asked", view=True)


def is_shown(requirement: Condition, day: date) -> bool:
    """Whether a requirement is published already (rule 53)."""
    later = isinstance(requirement, Enforced) and requirement.published
    return not later or later <= day


def _standing(replay_: Replay) -> exp.Select:
    today = sql.day(replay_.day)
    on_level = sql.both(
        sql.eq(sql.column("v.subject"), sql.column("r.subject")),
        sql.within(today, sql.column("v.start"), sql.column("v.until")),
    )
    on_fall = sql.eq(sql.column("f.subject"), sql.column("r.subject"))
    columns = {
        "subject": sql.column("r.subject"),
        "level": sql.column("v.level"),
        "since": sql.column("v.start"),
        "reached": sql.column("r.reached"),
        "falls_to": sql.column("f.falls_to"),
        "falls_after": sql.column("f.falls_after"),
    }
    return sql.select(
        columns,
        sql.table("reached", "r"),
        joins=[
            sql.join(sql.table("levels", "v"), on_level),
            sql.join(sql.table("falling", "f"), on_fall, side="LEFT"),
        ],
        where=sql.eq(sql.column("r.day"), today.copy()),
    )


def _row(
    conditions: Conditions,
    index: int,
    path: str,
    number: int,
    leaf_number: int,
    leaf: Test | Holds,
    whole: Condition,
    replay_: Replay,
) -> exp.Select:
    columns: dict[str, Expr] = {
        "subject": sql.column("p.subject"),
        "level": sql.cast(sql.whole(index), "TINYINT"),
        "path": sql.text(path),
        "number": sql.cast(sql.whole(number), "INTEGER"),
        "leaf": sql.cast(sql.whole(leaf_number), "INTEGER"),
    }
    columns |= _actual(conditions, leaf)
    columns["leaf_holds"] = conditions.holds(leaf)
    columns["holds"] = conditions.holds(whole)
    panel = sql.table(f"panel_{conditions.measures.panel.name}", "p")
    return sql.select(columns, panel, where=sql.eq(sql.column("p.day"), sql.day(replay_.day)))


def _actual(conditions: Conditions, leaf: Test | Holds) -> dict[str, Expr]:
    if isinstance(leaf, Holds):
        return {"actual": sql.null(MONEY), "whole": sql.null(MONEY), "required": sql.null("DECIMAL(22, 6)")}
    value = conditions.measures.value(leaf.measure)
    shown = value.shown if value.shown is not None else value.num
    return {
        "actual": sql.cast(shown.copy(), MONEY),
        "whole": sql.null(MONEY) if value.den is None else sql.cast(value.den.copy(), MONEY),
        "required": sql.cast(conditions.required(leaf, value), "DECIMAL(22, 6)"),
    }


__all__ = ["compared", "is_shown", "make_standing"]
