"""By which distributor, and in which form, a partner chose to be paid for a settled window (rule 38).

A choice stands with the enrolment (`distributor=NAME`, `payout=FORM`): what was recorded for the last day of
the settled window, or the last before it, counts. A merged partner's choice counts where the survivor has
none later.
"""

from collections.abc import Sequence

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import Programme


def asks_choice(programme: Programme) -> bool:
    """Whether any bonus is paid by a distributor, or in a form, of the partner's choice."""
    payouts = [one.payout for one in programme.incentives]
    return any(one.choice or any(payer.who == "chosen" for payer in one.payers) for one in payouts)


def make_chosen(plan: Plan, programme: Programme, closing: Span, scope: Sequence[str] | None) -> None:
    """`chosen`: partner_id, and its choices at the end of the settled window; only where one is asked."""
    if not asks_choice(programme):
        return
    mine = sql.eq(sql.column("f.programme"), sql.text(programme.name))
    subject = subjects.subject_of(sql.column("t.partner_id"))
    latest = sql.window(sql.row_number(), [subject])
    own = sql.case([(sql.eq(subject.copy(), sql.column("t.partner_id")), sql.whole(0))], sql.whole(1))
    by = [exp.Ordered(this=sql.column("t.holds_from"), desc=True), exp.Ordered(this=own)]
    latest.set("order", exp.Order(expressions=[*by, exp.Ordered(this=sql.column("t.partner_id"))]))
    ranked = sql.select(
        {"partner_id": subject.copy(), "choices": sql.column("t.choices"), "latest": latest},
        sql.subquery(subjects.in_force("enrolments", mine), "t"),
        joins=[subjects.join_merged("t.partner_id")],
        where=sql.both(
            sql.lt(sql.column("t.holds_from"), sql.day(closing.until)),
            sql.TRUE if scope is None else sql.among(sql.column("t.partner_id"), scope),
        ),
    )
    columns = {one: sql.column(f"r.{one}") for one in ("partner_id", "choices")}
    last = sql.eq(sql.column("r.latest"), sql.whole(1))
    query = sql.select(columns, sql.subquery(ranked, "r"), where=last)
    plan.add("chosen", query, "what each partner has chosen for the settled window")
