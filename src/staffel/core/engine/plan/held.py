"""Terms of a partner: what it holds from a day until a day, and is asked for by name (1.4).

One row of `SOURCES` for each such trait: from which facts it comes, and which of them answer a question. What
is asked of all of them alike (the days, the change of a figure on them) stands in `conditions` and
`change_days`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan, slug
from staffel.core.programme.model import DAY_AFTER_ALL, Holds, Programme, Trait
from staffel.core.sources import TABLES

Expr = exp.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """make: adds the table once and gives its name; its columns are subject, start, until and more.

    matches: which rows, as t, are one of the values asked for.
    """

    make: Callable[[Plan, Programme], str]
    matches: Callable[[Sequence[str]], tuple[Expr, ...]]


def _certified(plan: Plan, programme: Programme) -> str:
    return subjects.certified(plan, None)


def _of_the_firm(values: Sequence[str]) -> tuple[Expr, ...]:
    return sql.is_null(sql.column("t.person_id")), sql.among(sql.column("t.certification"), values)


def _enrolled(plan: Plan, programme: Programme) -> str:
    return "enrolled"  # made for whatever is asked of a plan


def _any(values: Sequence[str]) -> tuple[Expr, ...]:
    return ()


def _joined(name: str, facts: str, value: str, only: Callable[[Programme], Expr]) -> Source:
    """A table of terms whose rows are, after a merge, those of the partner that stays (rule 44)."""

    def make(plan: Plan, programme: Programme) -> str:
        if made := plan.once(name):
            return made
        columns = {
            "subject": subjects.subject_of(sql.column("t.partner_id")),
            "value": sql.column(f"t.{value}"),
            "start": sql.column("t.holds_from"),
            "until": sql.coalesce(sql.column("t.holds_until"), sql.day(DAY_AFTER_ALL)),
        }
        rows = sql.subquery(subjects.in_force(facts, only(programme)), "t")
        query = sql.select(columns, rows, joins=[subjects.join_merged("t.partner_id")])
        plan.add(name, query, f"{name}: what each partner holds from when until when")
        return plan.keep(name, name)

    return Source(make=make, matches=_of_value)


def _last_said(
    name: str,
    facts: str,
    by: Sequence[str],
    value: Expr,
    matches: Callable[[Sequence[str]], tuple[Expr, ...]],
) -> Source:
    """What was said of a partner's own id, each until the next is said of the same."""

    def make(plan: Plan, programme: Programme) -> str:
        if made := plan.once(name):
            return made
        keys = [sql.column(f"t.{one}") for one in by]
        following = sql.window(
            sql.call("lead", sql.column("t.holds_from")), keys, [sql.column("t.holds_from")]
        )
        last = sql.day(DAY_AFTER_ALL)
        until: Expr = sql.coalesce(following, last)
        if TABLES[facts].shape == "term":
            until = sql.least(until, sql.coalesce(sql.column("t.holds_until"), last.copy()))
        columns = {
            "subject": sql.column("t.partner_id"),
            "value": value.copy(),
            "start": sql.column("t.holds_from"),
            "until": until,
        }
        rows = sql.subquery(subjects.in_force(facts, _of_programme(programme)), "t")
        plan.add(name, sql.select(columns, rows), f"{name}: what was said of each partner, until the next")
        return plan.keep(name, name)

    return Source(make=make, matches=matches)


def _of_programme(programme: Programme) -> Expr:
    return sql.eq(sql.column("f.programme"), sql.text(programme.name))


def _of_value(values: Sequence[str]) -> tuple[Expr, ...]:
    return (sql.among(sql.column("t.value"), values),)


def _among_choices(values: Sequence[str]) -> tuple[Expr, ...]:
    """Choices stand beside each other: `distributor=rhein; hurdle=low`."""
    blanks = [sql.column("t.value"), sql.text(" *([;=]) *"), sql.text("\\1"), sql.text("g")]
    plain = exp.Anonymous(this="REGEXP_REPLACE", expressions=blanks)
    each = sql.call("string_split", sql.call("trim", plain), sql.text(";"))
    return (sql.either(*(sql.call("list_contains", each.copy(), sql.text(one)) for one in values)),)


_DECISION = sql.call("concat", sql.column("t.ladder"), sql.text("="), sql.column("t.level"))
SOURCES: dict[Trait, Source] = {
    Trait.ENROLLED: Source(make=_enrolled, matches=_any),
    Trait.HOLDS: Source(make=_certified, matches=_of_the_firm),
    Trait.ACCEPTED: _joined("accepted", "consents", "consent", _of_programme),
    Trait.ELSEWHERE: _joined("taking_part", "enrolments", "programme", lambda programme: sql.TRUE),
    Trait.AGREEMENT: _joined(
        "agreements",
        "memberships",
        "group_id",
        lambda programme: sql.eq(sql.column("f.kind"), sql.text("agreement")),
    ),
    Trait.CHOICE: _last_said(
        "choices", "enrolments", ["partner_id"], sql.column("t.choices"), _among_choices
    ),
    Trait.DECIDED: _last_said("decided", "decisions", ["partner_id", "ladder"], _DECISION, _of_value),
}


# Of these it is told that they are in force, and not since when.
COUNTED = (Trait.HOLDS, Trait.ENROLLED)


def label_of(holds: Holds, begun: int | None = None) -> str:
    """How the column of a panel is called that answers it. begun: the schedule in which it must begin."""
    values, trait = slug("|".join(holds.values)), holds.trait.value
    label = f"h_{values}" if holds.trait is Trait.HOLDS else f"has_{trait}_{values}"
    return label if begun is None else f"{label}_in_{begun}"


def held_by(points: str, table: str, holds: Holds, begun: int | None = None) -> exp.Query:
    """Of each question of a panel the last day on which a term that answers it began; of certificates their
    number; nothing where there is none.
    """
    start = sql.column("t.start")
    if begun is None:
        days = sql.within(sql.column("p.day"), start, sql.column("t.until"))
    else:
        days = sql.within(start, sql.column(f"p.s{begun}_start"), sql.column(f"p.s{begun}_until"))
    on = sql.both(
        sql.eq(sql.column("t.subject"), sql.column("p.subject")),
        days,
        *SOURCES[holds.trait].matches(holds.values),
    )
    columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
    group = [one.copy() for one in columns.values()]
    number, last = exp.Count(this=exp.Star()), exp.Max(this=sql.column("t.start"))
    held = columns | {"value": number if holds.trait in COUNTED else last}
    return sql.select(held, sql.table(points, "p"), joins=[sql.join(sql.table(table, "t"), on)], group=group)
