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
from staffel.core.programme.model import Holds, Programme, Trait

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


SOURCES: dict[Trait, Source] = {
    Trait.ENROLLED: Source(make=_enrolled, matches=_any),
    Trait.HOLDS: Source(make=_certified, matches=_of_the_firm),
}


def label_of(holds: Holds) -> str:
    """How the column of a panel is called that answers it."""
    values = slug("|".join(holds.values))
    return f"h_{values}" if holds.trait is Trait.HOLDS else f"t_{holds.trait.value}_{values}"


def held_by(points: str, table: str, holds: Holds) -> exp.Query:
    """Of each question of a panel the number of terms that answer it, where there is one."""
    on = sql.both(
        sql.eq(sql.column("t.subject"), sql.column("p.subject")),
        sql.within(sql.column("p.day"), sql.column("t.start"), sql.column("t.until")),
        *SOURCES[holds.trait].matches(holds.values),
    )
    columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
    group = [one.copy() for one in columns.values()]
    held = columns | {"value": exp.Count(this=exp.Star())}
    return sql.select(held, sql.table(points, "p"), joins=[sql.join(sql.table(table, "t"), on)], group=group)
