"""Conditions as evidence: holds or not, with actual, required, missing, and the day on which it was met.
Rules 9, 19, 51.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from staffel.core.engine.evidence.figures import measured
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.node import Kind, Node, Particular, owners_of
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.held import COUNTED
from staffel.core.engine.plan.measures import View
from staffel.core.money import quotient
from staffel.core.programme.model import (
    All,
    Any,
    Cases,
    Condition,
    Enforced,
    Holds,
    Kept,
    Not,
    Test,
    Trait,
)
from staffel.core.programme.units import unit_of

ZERO = Decimal(0)


def held(inquiry: Inquiry, condition: Condition, view: View) -> Draft:
    """The evidence of a condition under a view."""
    match condition:
        case All(of=parts):
            return _together(inquiry, Kind.ALL, condition, parts, view)
        case Any(of=parts):
            return _together(inquiry, Kind.ANY, condition, parts, view)
        case Not(of=part):
            return _together(inquiry, Kind.NOT, condition, (part,), view)
        case Enforced(of=part):
            return _together(inquiry, Kind.ENFORCED, condition, (part,), view)
        case Test():
            return _test(inquiry, condition, view)
        case Holds():
            return _trait(inquiry, condition, view)
        case Kept():
            return _kept(inquiry, condition, view)
        case _:
            assert_never(condition)


def _together(inquiry: Inquiry, kind: Kind, form: Condition, parts: Sequence[Condition], view: View) -> Draft:
    answer = inquiry.sheet.ask(inquiry.conditions.holds(form, view))
    drafts = [held(inquiry, part, view) for part in parts]

    def tell() -> Node:
        children = tuple(draft() for draft in drafts)
        return Node(kind=kind, form=form, holds=answer.holds, owners=owners_of(children), children=children)

    return tell


# ------------------------------------------------------------------------------------------- tests


def _test(inquiry: Inquiry, test: Test, view: View) -> Draft:
    value = inquiry.measures.value(test.measure, view)
    answer = inquiry.sheet.ask(inquiry.conditions.holds(test, view))
    required = inquiry.sheet.ask(inquiry.conditions.required(test, value, view))
    draft, grounds = measured(inquiry, test.measure, view), _grounds(inquiry, test, view)
    unit = unit_of(inquiry.programme, test.measure)

    def tell() -> Node:
        below, asked = draft(), required.figure
        says: dict[str, Particular] = {"comparison": test.exactly, "required": asked}
        says |= {
            "missing": _missing(test, below, asked),
            "met_on": _met_on(inquiry, test, view, below, asked),
        }
        return Node(
            kind=Kind.TEST,
            form=test,
            figure=below.figure,
            whole=below.whole,
            unit=unit or below.unit,
            holds=answer.holds,
            window=below.window,
            owners=below.owners,
            says=says,
            children=(below, *(ground() for ground in grounds)),
        )

    return tell


def _grounds(inquiry: Inquiry, test: Test, view: View) -> list[Draft]:
    """Why this much is asked: what the rows of its table ask, or the measure that it is compared with."""
    match test.figure:
        case Decimal():
            return []
        case Cases(rows=rows):
            return [held(inquiry, row.when, view) for row in rows]  # type: ignore[arg-type]
        case measure:
            return [measured(inquiry, measure, view)]


def _missing(test: Test, below: Node, required: Decimal | None) -> Decimal | None:
    """How much more (or, of an upper limit, less) it takes; none where there is no figure."""
    actual = below.figure
    if actual is None or required is None:
        return None
    if below.whole is not None:
        if below.whole <= ZERO:
            return None
        actual = quotient(actual, below.whole)
    short = required - actual if test.comparison in ("at_least", "above") else actual - required
    return max(short, ZERO)


def _met_on(inquiry: Inquiry, test: Test, view: View, below: Node, required: Decimal | None) -> date | None:
    """The day with whose rows a sum first reached what is asked; none where these rows do not prove it,
    because the window of that day had begun earlier.
    """
    if test.comparison not in ("at_least", "above") or below.whole is not None or below.figure is None:
        return None
    if required is None or not isinstance(test.figure, Decimal | Cases):
        return None
    rows = list(below.leaves())
    if any(row.kind is not Kind.ROW for row in rows):
        return None
    reached = ZERO
    for day, of_day in groupby(sorted(rows, key=_day_of), key=_day_of):
        reached += sum((row.figure or ZERO for row in of_day), ZERO)
        if reached > required or (reached == required and test.comparison == "at_least"):
            return day if _begins(inquiry, test, view, day) == _begins(inquiry, test, view, None) else None
    return None


def _day_of(row: Node) -> date:
    day = row.says["day"]
    assert isinstance(day, date)
    return day


def _begins(inquiry: Inquiry, test: Test, view: View, day: date | None) -> date:
    """The first day of what a test looks at, asked on another day; none: on the inquiry's own."""
    ask = view.asks[inquiry.at]
    asked = ask if day is None else Ask(ask.window, day)
    return inquiry.measures.spans(test.measure, replace(view, asks=(asked,)))[0].start


# ------------------------------------------------------------------------------------------- traits


def _trait(inquiry: Inquiry, holds: Holds, view: View) -> Draft:
    answer = inquiry.sheet.ask(inquiry.conditions.holds(holds, view))
    actual = since = None
    if holds.trait is Trait.LEVEL:
        actual = inquiry.sheet.ask(inquiry.conditions.level(holds.when))
    elif holds.trait in (Trait.NEWCOMER, Trait.AGE):
        actual = inquiry.sheet.ask(sql.column("p.enrolled_from"))
    elif holds.trait.is_attribute:
        actual = inquiry.sheet.ask(inquiry.conditions.attribute(holds.trait.value))
    elif holds.trait not in COUNTED:
        since = inquiry.sheet.ask(inquiry.conditions.term(holds, view))

    def tell() -> Node:
        found = None if actual is None else actual.text
        if holds.trait is Trait.LEVEL and found is not None and inquiry.assembly.ladder is not None:
            found = inquiry.assembly.ladder.levels[int(found)].name
        says: dict[str, Particular] = {"actual": found}
        if since is not None:
            says["since"] = since.day
        return Node(kind=Kind.HOLDS, form=holds, holds=answer.holds, owners=inquiry.mine, says=says)

    return tell


# ------------------------------------------------------------------------------------------- memory


def _kept(inquiry: Inquiry, kept: Kept, view: View) -> Draft:
    """Whether it ever held, and on which day first; with how it stood on that day. Of a window the day on
    which it last began to hold; where it must hold on every day, not to.
    """
    answer = inquiry.sheet.ask(inquiry.conditions.holds(kept))
    table = inquiry.conditions.met_on(kept)
    met = inquiry.sheet.ask(inquiry.conditions.kept_day(kept, view))

    def tell() -> Node:
        day = met.day if answer.holds or kept.on == "every" else None
        below = () if day is None else (_on_the_day(inquiry, kept, table, day),)
        return Node(
            kind=Kind.KEPT,
            form=kept,
            holds=answer.holds,
            owners=owners_of(below),
            says={"met_on": day if answer.holds else None},
            children=below,
        )

    return tell


def _on_the_day(inquiry: Inquiry, kept: Kept, table: str, day: date) -> Node:
    memory = inquiry.memory(table)
    at = next(n for n, ask in enumerate(memory.panel.asks) if ask.day == day)
    then = Inquiry.of(inquiry.running, memory.conditions, inquiry.subject, at)
    draft = held(then, kept.of, memory.conditions.measures.top)
    then.read()
    return draft()
