"""Who: the ids that a subject answers for, when it was enrolled, what it is and holds, as segments of
days.

`language.md`, 5.1 (`subjects`, `terms`) and rules 6, 42, 44. A merged partner's rows are the survivor's;
enrolments that touch are one. Every table here is small beside the lines and is made once.
"""

from collections.abc import Sequence

from sqlglot import exp

from staffel.core.engine.background import Background
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import DAY_AFTER_ALL, DAY_BEFORE_ALL, Programme
from staffel.core.sources import TABLES

Expr = exp.Expr


def merged(plan: Plan, background: Background) -> None:
    """`merged`: a partner's id → the subject that its rows belong to, only for those who became part of
    another.
    """
    rows = [(one.partner, one.survivor, one.day) for one in background.merges]
    plan.add(
        "merged",
        sql.values("given", {"partner_id": "VARCHAR", "subject": "VARCHAR", "day": "DATE"}, rows),
        "partners that became part of another",
    )


def subject_of(partner: Expr) -> Expr:
    """The subject of a partner's row, where `merged` is joined as m."""
    return sql.coalesce(sql.column("m.subject"), partner)


def join_merged(partner: str) -> exp.Join:
    """LEFT JOIN merged m."""
    on = sql.eq(sql.column("m.partner_id"), sql.column(partner))
    return sql.join(sql.table("merged", "m"), on, side="LEFT")


def in_force(name: str, extra: Expr = sql.TRUE, *, single: bool = False) -> exp.Select:
    """The rows in force of an attribute or term table: last recorded of each key and day, unless
    withdrawn.

    single: each key has one row, and none is withdrawn.
    """
    spec = TABLES[name]
    if single:
        columns = {one.name: sql.column(f"f.{one.name}") for one in spec.all_columns}
        return sql.select(columns, sql.table(f"facts_{name}", "f"), where=extra.copy())
    keys = [sql.column(f"f.{one}") for one in (*spec.key, "holds_from")]
    latest = sql.window(sql.row_number(), keys, [])
    latest.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column("f.commit_no"), desc=True)]))
    columns = {one.name: sql.column(f"f.{one.name}") for one in spec.all_columns}
    ranked = sql.select({**columns, "latest": latest}, sql.table(f"facts_{name}", "f"), where=extra.copy())
    standing = sql.both(
        sql.eq(sql.column("latest"), sql.whole(1)),
        sql.no(sql.coalesce(sql.column("withdrawn"), sql.FALSE)),
    )
    return sql.select(
        {one.name: sql.column(one.name) for one in spec.all_columns},
        sql.subquery(ranked, "ranked"),
        where=standing,
    )


def segments(plan: Plan, name: str, attributes: Sequence[str], *, single: bool = False) -> str:
    """An attribute table as segments of days: start, until; the first one reaches back as far as one asks.

    single: no key has more than one row.
    """
    key = TABLES[name].key[0]
    made = plan.once(("segments", name))
    if made:
        return made
    this = [sql.column(f"t.{key}")]
    order = [sql.column("t.holds_from")]
    lead = sql.window(sql.call("lead", sql.column("t.holds_from")), this, order)
    first = sql.window(sql.row_number(), [one.copy() for one in this], [one.copy() for one in order])
    start = sql.case([(sql.eq(first, sql.whole(1)), sql.day(DAY_BEFORE_ALL))], sql.column("t.holds_from"))
    until = sql.coalesce(lead, sql.day(DAY_AFTER_ALL))
    if single:
        start, until = sql.day(DAY_BEFORE_ALL), sql.day(DAY_AFTER_ALL)
    columns = {key: sql.column(f"t.{key}"), **{one: sql.column(f"t.{one}") for one in attributes}}
    rows = sql.subquery(in_force(name, single=single), "t")
    query = sql.select({**columns, "start": start, "until": until}, rows)
    plan.add(f"{name}_held", query, f"{name}, each with the days on which it holds")
    return plan.keep(("segments", name), f"{name}_held")


def enrolled(plan: Plan, programme: Programme, scope: Sequence[str] | None, *, again: bool = True) -> None:
    """`enrolled`: subject, start, until; enrolments that touch are one (rules 6 and 44).

    again: a subject may take part more than once.
    """
    only = sql.eq(sql.column("f.programme"), sql.text(programme.name))
    rows = sql.select(
        {
            "subject": subject_of(sql.column("t.partner_id")),
            "start": sql.column("t.holds_from"),
            "until": sql.coalesce(sql.column("t.holds_until"), sql.day(DAY_AFTER_ALL)),
        },
        sql.subquery(in_force("enrolments", only, single=not again), "t"),
        joins=[join_merged("t.partner_id")],
        where=_in_scope("t.partner_id", scope),
    )
    spells = islands(rows, ["subject"]) if again else _of_days(rows)
    plan.add("enrolled", spells, "who takes part, from when until when")


def _of_days(rows: exp.Query) -> exp.Select:
    """Spans that have a day."""
    columns = {one: sql.column(f"r.{one}") for one in ("subject", "start", "until")}
    some = sql.lt(sql.column("r.start"), sql.column("r.until"))
    return sql.select(columns, sql.subquery(rows, "r"), where=some)


def islands(rows: exp.Query, keys: Sequence[str]) -> exp.Query:
    """Spans (start, until) of each key, those that touch or overlap made one."""
    by = [sql.column(f"r.{one}") for one in keys]
    order = [sql.column("r.start"), sql.column("r.until")]
    earlier = sql.window(exp.Max(this=sql.column("r.until")), by, order)
    earlier.set(
        "spec",
        exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="1", end_side="PRECEDING"),
    )
    opens = sql.case(
        [(sql.coalesce(sql.ge(earlier, sql.column("r.start")), sql.FALSE), sql.whole(0))], sql.whole(1)
    )
    marked = sql.select(
        {
            **{one: sql.column(f"r.{one}") for one in keys},
            "start": sql.column("r.start"),
            "until": sql.column("r.until"),
            "opens": opens,
        },
        sql.subquery(rows, "r"),
        where=sql.lt(sql.column("r.start"), sql.column("r.until")),
    )
    number = sql.window(
        exp.Sum(this=sql.column("k.opens")),
        [sql.column(f"k.{one}") for one in keys],
        [sql.column("k.start"), sql.column("k.until")],
        "running",
    )
    numbered = sql.select(
        {
            **{one: sql.column(f"k.{one}") for one in keys},
            "start": sql.column("k.start"),
            "until": sql.column("k.until"),
            "island": number,
        },
        sql.subquery(marked, "k"),
    )
    return sql.select(
        {
            **{one: sql.column(f"n.{one}") for one in keys},
            "start": exp.Min(this=sql.column("n.start")),
            "until": exp.Max(this=sql.column("n.until")),
        },
        sql.subquery(numbered, "n"),
        group=[*(sql.column(f"n.{one}") for one in keys), sql.column("n.island")],
    )


def _in_scope(partner: str, scope: Sequence[str] | None) -> Expr:
    return sql.TRUE if scope is None else sql.among(sql.column(partner), scope)


def members(plan: Plan, scope: Sequence[str] | None) -> str:
    """`members`: grp, subject, start, until: who belongs to which alliance, on which days (rule 42)."""
    made = plan.once("members")
    if made:
        return made
    memberships(plan, scope)
    rows = sql.select(
        {one: sql.column(f"m.{one}") for one in ("grp", "subject", "start", "until")},
        sql.table("memberships", "m"),
    )
    plan.add("members", islands(rows, ["grp", "subject"]), "who belongs to which alliance")
    return plan.keep("members", "members")


def memberships(plan: Plan, scope: Sequence[str] | None) -> None:
    """`memberships`: each as it was said, with its share."""
    only = sql.eq(sql.column("f.kind"), sql.text("alliance"))
    query = sql.select(
        {
            "grp": sql.column("t.group_id"),
            "subject": subject_of(sql.column("t.partner_id")),
            "start": sql.column("t.holds_from"),
            "until": sql.coalesce(sql.column("t.holds_until"), sql.day(DAY_AFTER_ALL)),
            "share": sql.column("t.share"),
        },
        sql.subquery(in_force("memberships", only), "t"),
        joins=[join_merged("t.partner_id")],
        where=_in_scope("t.partner_id", scope),
    )
    plan.add("memberships", query, "memberships as they were said, each with its share")


def certified(plan: Plan, scope: Sequence[str] | None) -> str:
    """`certified`: subject, person, certification, start, until; no person: the firm's own."""
    made = plan.once("certified")
    if made:
        return made
    query = sql.select(
        {
            "subject": subject_of(sql.column("t.partner_id")),
            "person_id": sql.column("t.person_id"),
            "certification": sql.column("t.certification"),
            "start": sql.column("t.holds_from"),
            "until": sql.coalesce(sql.column("t.holds_until"), sql.day(DAY_AFTER_ALL)),
        },
        sql.subquery(in_force("certifications"), "t"),
        joins=[join_merged("t.partner_id")],
        where=_in_scope("t.partner_id", scope),
    )
    plan.add("certified", query, "certificates in force, of persons and of the firm itself")
    return plan.keep("certified", "certified")


def registered(plan: Plan, vendor: str) -> str:
    """`registered`: subject, end_customer_id, product_id (none: whatever product), start, until: approved
    deals; those that follow each other are one.
    """
    made = plan.once("registered")
    if made:
        return made
    keys = ("end_customer_id", "product_id")
    approved = sql.eq(sql.column("t.verdict"), sql.text("approved"))
    rows = sql.select(
        {"subject": subject_of(sql.column("t.partner_id"))}
        | {one: sql.column(f"t.{one}") for one in keys}
        | {
            "start": sql.column("t.holds_from"),
            "until": sql.coalesce(sql.column("t.holds_until"), sql.day(DAY_AFTER_ALL)),
        },
        sql.subquery(in_force("deals"), "t"),
        joins=[join_merged("t.partner_id")],
        where=sql.both(approved, sql.eq(sql.column("t.vendor_id"), sql.text(vendor))),
    )
    plan.add("registered", islands(rows, ["subject", *keys]), "approved deals, and when they are in force")
    return plan.keep("registered", "registered")


def agreed(plan: Plan, programme: Programme) -> str:
    """`agreed`: subject, target, start, until, figure: what was agreed with whom for which window (rule
    17).
    """
    made = plan.once("agreed")
    if made:
        return made
    only = sql.eq(sql.column("f.programme"), sql.text(programme.name))
    query = sql.select(
        {
            "subject": subject_of(sql.column("t.partner_id")),
            "target": sql.column("t.target"),
            "start": sql.column("t.holds_from"),
            "until": sql.column("t.holds_until"),
            "figure": exp.Sum(this=sql.column("t.figure")),
        },
        sql.subquery(in_force("targets", only), "t"),
        joins=[join_merged("t.partner_id")],
        group=[sql.whole(1), sql.whole(2), sql.whole(3), sql.whole(4)],
    )
    plan.add("agreed", query, "targets agreed")
    return plan.keep("agreed", "agreed")


def opened(plan: Plan, programme: Programme) -> str:
    """`opened`: subject, measure, start, until, figure: opening figures from an older system."""
    made = plan.once("opened")
    if made:
        return made
    only = sql.eq(sql.column("f.programme"), sql.text(programme.name))
    query = sql.select(
        {
            "subject": subject_of(sql.column("t.partner_id")),
            "measure": sql.column("t.measure"),
            "start": sql.column("t.window_start"),
            "until": sql.column("t.window_until"),
            "figure": exp.Sum(this=sql.column("t.figure")),
        },
        sql.subquery(in_force("openings", only), "t"),
        joins=[join_merged("t.partner_id")],
        group=[sql.whole(1), sql.whole(2), sql.whole(3), sql.whole(4)],
    )
    plan.add("opened", query, "opening figures")
    return plan.keep("opened", "opened")
