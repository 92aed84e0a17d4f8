"""Which rows an incentive or a level asks, and for what: driver, base, baseline, gate, requirement.

`language.md`, 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from staffel.core.engine.evidence.figures import asked_of, inside
from staffel.core.engine.evidence.inquiry import Inquiry
from staffel.core.engine.evidence.lines import Asked
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.plan.measures import View
from staffel.core.programme.model import (
    Agreed,
    All,
    Any,
    Cases,
    Condition,
    Enforced,
    GrownPart,
    Growth,
    Holds,
    Kept,
    Made,
    Measure,
    Not,
    PartAbove,
    Score,
    Share,
    Take,
    Test,
    Use,
)


class Role(StrEnum):
    """For what a row is asked."""

    DRIVER = "driver"
    BASE = "base"
    BASELINE = "baseline"
    GATE = "gate"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTake:
    """A Take in a role. number: tells several Takes of one role apart, in the order written."""

    role: Role
    take: Take
    asked: Asked
    number: int = 0


def takes_of(inquiry: Inquiry, measure: Measure, view: View, role: Role) -> Iterator[RoleTake]:
    """Every Take over lines below a measure; a baseline's rows have a role of their own."""
    match measure:
        case Take(source="certifications") | Agreed():
            return
        case Take():
            yield RoleTake(role=role, take=measure, asked=asked_of(inquiry, measure, view))
        case Use():
            yield from takes_of(inquiry, *inside(inquiry, measure, view), role)
        case Share(part=part, whole=whole):
            for side in (part, whole):
                yield from takes_of(inquiry, side, view, role)
        case Growth(of=of):
            yield from takes_of(inquiry, of, view, role)
            yield from _baselines(inquiry, measure, of, view)
        case Score(parts=parts):
            for one in parts:
                yield from takes_of(inquiry, one.measure, view, role)
        case Made():
            for below in inquiry.measures.below(measure, view, inquiry.at):
                yield from takes_of(inquiry, *below, role)
        case _:
            assert_never(measure)


def _baselines(inquiry: Inquiry, growth: Growth, of: Measure, view: View) -> Iterator[RoleTake]:
    for baseline in growth.against:
        cut, _ = inquiry.measures.baseline_spans(of, baseline, view)
        inner = replace(view, asks=tuple(Ask(span, span.last_day) for span in cut))
        yield from takes_of(inquiry, inquiry.measures.bare(of), inner, Role.BASELINE)


def takes_in(inquiry: Inquiry, condition: Condition, view: View, role: Role) -> Iterator[RoleTake]:
    """Every Take over lines below a condition; of a memory as it is asked on the day."""
    match condition:
        case All(of=parts) | Any(of=parts):
            for part in parts:
                yield from takes_in(inquiry, part, view, role)
        case Not(of=part) | Enforced(of=part):
            yield from takes_in(inquiry, part, view, role)
        case Test(measure=measure):
            yield from takes_of(inquiry, measure, view, role)
            yield from _of_figure(inquiry, condition, view, role)
        case Kept(of=kept):
            memory = inquiry.memory(inquiry.conditions.met_on(condition))
            days = [ask.day for ask in memory.panel.asks]
            if inquiry.day in days:
                then = inquiry.at_other(memory.conditions, days.index(inquiry.day))
                yield from takes_in(then, kept, then.measures.top, role)
        case Holds():
            return
        case _:
            assert_never(condition)


def _of_figure(inquiry: Inquiry, test: Test, view: View, role: Role) -> Iterator[RoleTake]:
    """Takes below what a measure is compared with: another measure, or what a table of figures asks."""
    match test.figure:
        case Decimal():
            return
        case Cases(rows=rows):
            for row in rows:
                yield from takes_in(inquiry, row.when, view, role)  # type: ignore[arg-type]
        case measure:
            yield from takes_of(inquiry, measure, view, role)


def takes_of_earning(inquiry: Inquiry, earning: Earning) -> list[RoleTake]:
    """Every Take of an incentive, each role's in the order written; the same one twice is one."""
    found = list(takes_in(inquiry, earning.incentive.gate, inquiry.measures.top, Role.GATE))
    found += takes_of(inquiry, *earning.asked_driver(), Role.DRIVER)
    found += _of_base(inquiry, earning)
    for condition in earning.asked:
        found += takes_in(inquiry, condition, inquiry.measures.top, Role.GATE)
    return numbered(found)


def _of_base(inquiry: Inquiry, earning: Earning) -> Iterator[RoleTake]:
    asked = earning.asked_base()
    if asked is None:
        return
    measure, view = asked
    for one in takes_of(inquiry, measure, view, Role.BASE):
        if earning.base is None:
            yield one
        else:
            cells, _, schedule = earning.base
            span = earning.panel.schedules[schedule][inquiry.at]
            key = earning.incentive.cap_key
            yield replace(one, asked=replace(one.asked, cells=cells, span=span, key=key))
    base = earning.incentive.base
    if isinstance(base, GrownPart):
        yield from _baselines(inquiry, earning.growth(), measure, view)
    if isinstance(base, PartAbove) and not isinstance(base.over, str):
        yield from takes_of(inquiry, base.over, view, Role.BASELINE)


def numbered(found: list[RoleTake]) -> list[RoleTake]:
    """Without repetitions, numbered within each role."""
    known: dict[tuple[object, ...], RoleTake] = {}
    counts: dict[Role, int] = {}
    for one in found:
        same = (one.role, one.take.where, one.asked.core, one.asked.who, one.asked.span)
        if same not in known:
            known[same] = replace(one, number=counts.get(one.role, 0))
            counts[one.role] = counts.get(one.role, 0) + 1
    return list(known.values())
