"""Certificates as evidence: who holds one on the last day of the window. `language.md`, 1.3 and rule 1."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.node import Kind, Node, Owners, owners_of
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.marks import named
from staffel.core.engine.plan.measures import View
from staffel.core.programme.model import Different, Take, Who
from staffel.core.sources import Measured

ZERO, ONE = Decimal(0), Decimal(1)


def certified(inquiry: Inquiry, take: Take, view: View) -> Draft:
    """A Take over certificates: one leaf for each that is in force; a person counts once."""
    answer = inquiry.sheet.ask(inquiry.measures.value(take, view).num)
    span = inquiry.measures.spans(take, view)[inquiry.at]
    grouped = inquiry.panel.group or inquiry.who(take.who, view) is Who.ALLIANCE
    held: list[tuple[object, ...]] = []

    def read() -> None:
        held.extend(_held(inquiry, take, span, grouped=grouped))

    inquiry.later(read)

    def tell() -> Node:
        node = Node(kind=Kind.TAKE, form=take, figure=answer.figure, unit=Measured.COUNT, window=span)
        found = tuple(_leaves(take, held)) if answer.figure is not None else ()
        counted = sum(1 for leaf in found if leaf.figure)
        owners = owners_of(found) | inquiry.members(inquiry.who(take.who, view), span)
        says = {"counted": counted, "not_counted": len(found) - counted}
        return replace(node, children=found, owners=owners, says=says)

    return tell


def _leaves(take: Take, held: Sequence[tuple[object, ...]]) -> list[Node]:
    different = isinstance(take.aggregate, Different)
    seen: set[object] = set()
    found = []
    for subject, person, certification, start, until in held:
        note = ""
        if different and person is None:
            note = "key-missing"
        elif different and person in seen:
            note = "counted-once"
        seen.add(person)
        found.append(
            Node(
                kind=Kind.TERM,
                figure=ZERO if note else ONE,
                unit=Measured.COUNT,
                owners=Owners(partner=frozenset((str(subject),))),
                adds=True,
                says={
                    "person_id": None if person is None else str(person),
                    "certification": str(certification),
                    "start": start,  # type: ignore[dict-item]
                    "until": until,  # type: ignore[dict-item]
                },
                note=note,
            )
        )
    return found


def _held(inquiry: Inquiry, take: Take, span: Span, *, grouped: bool) -> list[tuple[object, ...]]:
    """Certificates in force on the last day of the span, of the subject or of the members of its group on
    that day.
    """
    group = inquiry.group
    if span.start >= span.until or (grouped and group is None):
        return []
    until = sql.day(span.until)
    tests = [sql.lt(sql.column("t.start"), until), sql.ge(sql.column("t.until"), until.copy())]
    values = named(take.where)
    if values:
        tests.append(sql.among(sql.column("t.certification"), values))
    joins = []
    if grouped:
        on = sql.both(
            sql.eq(sql.column("m.subject"), sql.column("t.subject")),
            sql.eq(sql.column("m.grp"), sql.text(str(group))),
            sql.lt(sql.column("m.start"), until.copy()),
            sql.ge(sql.column("m.until"), until.copy()),
        )
        joins.append(sql.join(sql.table("members", "m"), on))
    else:
        tests.append(sql.eq(sql.column("t.subject"), sql.text(inquiry.subject)))
    names = ("subject", "person_id", "certification", "start", "until")
    query = sql.select(
        {one: sql.column(f"t.{one}") for one in names},
        sql.table("certified", "t"),
        joins=joins,
        where=sql.both(*tests),
    )
    query.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column(f"t.{one}")) for one in names]))
    return inquiry.db.execute(query.sql("duckdb")).fetchall()
