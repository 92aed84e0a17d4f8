"""Money: where more pays less, and caps that no payout can pass. `language.md`, 3, *money*, and law 7.

Computed, not sampled: the amount of a retroactive scale is compared at each step's start from both sides.
Where the driver is another figure than the base, the rates are compared, for the base does not move at the
step.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import assert_never

from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import (
    Case,
    Cases,
    Count,
    Form,
    Incentive,
    Lump,
    PartAbove,
    Pay,
    Percent,
    PerUnit,
    Scale,
    ScaleKind,
    Step,
    Varies,
)
from staffel.core.programme.spellings.numbers import written
from staffel.core.sources import Measured

ONE_CENT = Decimal("0.01")


def amounts(scene: Scene) -> Iterator[Finding]:
    """Every finding about money."""
    for incentive in scene.programme.incentives:
        yield from _once(_of_incentive(scene, incentive))


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """One of each kind at a place."""
    found: dict[object, Finding] = {}
    for one in findings:
        found.setdefault((one.code, one.places), one)
    yield from found.values()


def _of_incentive(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    if incentive.scale.kind is ScaleKind.RETROACTIVE:
        for before, step in _rising(scene, incentive):
            yield from _falls(scene, incentive, before, step)
    if incentive.scale.kind is ScaleKind.LINEAR:
        for before, step in _rising(scene, incentive):
            yield from _line_falls(scene, incentive, before, step)
    if incentive.scale.kind is ScaleKind.INCREMENT:
        for before, step in _rising(scene, incentive):
            yield from _count_falls(scene, incentive, before, step)
    if incentive.scale.below and incentive.scale.steps:
        yield from _below_falls(scene, incentive)
    yield from _cap_below_minimum(incentive)


def _rising(scene: Scene, incentive: Incentive) -> Iterator[tuple[Step, Step]]:
    """Each step with the one before it; steps out of order, or of two units, are told of as that.

    Where a start varies, once for each of its rows.
    """
    for before, step in pairwise(incentive.scale.steps):
        if any(before.starts) and not scene.said.alike(before.place, step.place):
            continue
        settled = [(_settled(before, when), _settled(step, when)) for when in _rows_of_starts(before, step)]
        for low, high in dict.fromkeys(settled):
            if low and high and _begins(low) < _begins(high):
                yield low, high


def _rows_of_starts(before: Step, step: Step) -> list[Form | None]:
    rows: list[Form] = [case.when for case in all_in((before.start, step.start), Case)]
    return [None, *dict.fromkeys(rows)]


def _settled(step: Step, when: Form | None) -> Step | None:
    """The step as it is for whom this row applies to; none where they cannot reach it."""
    if not isinstance(step.start, Cases):
        return step
    rows = (case.use for case in step.start.rows if case.when == when)
    start = next(rows, step.start.otherwise)
    return None if start is None else replace(step, start=start)


def _begins(step: Step) -> Decimal:
    """Where a step begins that starts at one figure, or the lowest of several."""
    return min(step.starts)


def _falls(scene: Scene, incentive: Incentive, before: Step, step: Step) -> Iterator[Finding]:
    for when in _rows_of((before, step)):
        above = incentive.base if isinstance(incentive.base, PartAbove) and not incentive.driver else None
        at_start = _amount(step.pays, _begins(step) - _left_out(incentive, above, step), when)
        below = _amount(before.pays, _begins(step) - _left_out(incentive, above, before), when)
        own = incentive.is_on_own or (above is not None and above.is_over_steps)
        lower = at_start < below if own else _lower(before.pays, step.pays, when)
        if lower:
            yield _more_pays_less(scene, incentive, (before, step), (below, at_start) if own else None)
            return


def _left_out(incentive: Incentive, base: PartAbove | None, step: Step) -> Decimal:
    """What lies below the part that is paid on, where that is a step's start (29)."""
    match base and base.over:
        case "step":
            return _begins(step)
        case "first_step":
            return _begins(incentive.scale.steps[0])
        case _:
            return Decimal(0)


def _line_falls(scene: Scene, incentive: Incentive, before: Step, step: Step) -> Iterator[Finding]:
    """A line between two pays falls: on another base where a pay does, on its own where the amount does."""
    own = incentive.is_on_own
    for when in _rows_of((before, step)):
        if _slope(before, step, when) < 0 if own else _lower(before.pays, step.pays, when):
            yield _more_pays_less(scene, incentive, (before, step), None)
            return


def _count_falls(scene: Scene, incentive: Incentive, before: Step, step: Step) -> Iterator[Finding]:
    """What is counted at a step's start comes to less than what is counted just before it."""
    below, at_start = _counts(incentive.scale.counted, _begins(step))
    for when in _rows_of((before, step)):
        earlier, later = (_amount(one.pays, Decimal(0), when) for one in (before, step))
        if at_start * later < below * earlier:
            yield _more_pays_less(scene, incentive, (before, step), (below * earlier, at_start * later))
            return


def _counts(count: Count, start: Decimal) -> tuple[Decimal, Decimal]:
    """How many are counted just below a figure, and at it (rule 25)."""
    way = (start - count.free) / count.every
    up = way.to_integral_value(rounding=ROUND_CEILING)
    full = count.counting == "full"
    below, at_start = (up - 1 if full else up), (up - 1 if full and up != way else up)
    return max(below, Decimal(0)), max(at_start, Decimal(0))


def _below_falls(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    """What is paid below the first step is more than what the step pays, or is paid to nobody."""
    scale, first = incentive.scale, incentive.scale.steps[0]
    if first.is_endless:
        yield _nothing_below(scale, first)
        return
    own = incentive.is_on_own
    base = _begins(first) if own else Decimal(1)
    for when in _rows_of((first, *(Step(start=Decimal(0), pays=(pay,)) for pay in scale.below))):
        pays = _amount(scale.below, base, when), _at_first(scale, first, base, when)
        if pays[1] < pays[0]:
            below = Step(start=Decimal(0), pays=scale.below, place=scale.below[0].place)
            yield _more_pays_less(scene, incentive, (below, first), pays if own else None)
            return


def _at_first(scale: Scale, first: Step, base: Decimal, when: Form | None) -> Decimal:
    """What is paid where the first step is just reached."""
    match scale.kind:
        case ScaleKind.RETROACTIVE | ScaleKind.LINEAR:
            return _amount(first.pays, base, when)
        case ScaleKind.MARGINAL:
            return _amount(first.pays, Decimal(0), when)
        case ScaleKind.INCREMENT:
            return _counts(scale.counted, _begins(first))[1] * _amount(first.pays, Decimal(0), when)
        case _:
            assert_never(scale.kind)


def _nothing_below(scale: Scale, first: Step) -> Finding:
    return Finding(
        code="cases-never",
        places=(scale.below[0].place, first.place),
        reason=Text(
            en="The first step from 0 has no lower end: nothing lies below it.",
            de="Die erste Stufe ab 0 hat kein unteres Ende: Darunter liegt nichts.",
        ),
        way_out=Text(
            en="Strike what is paid below, or let the first step begin higher.",
            de="Streichen Sie, was darunter gezahlt wird, oder lassen Sie die erste Stufe höher beginnen.",
        ),
    )


def _slope(before: Step, step: Step, when: Form | None) -> Decimal:
    """How the amount moves at the end of a line, where it falls the fastest, times the line's length."""
    (high, lump), (low, earlier) = (_rate_and_lump(one, when) for one in (step, before))
    return high * (_begins(step) - _begins(before)) + _begins(step) * (high - low) + (lump - earlier)


def _rate_and_lump(step: Step, when: Form | None) -> tuple[Decimal, Decimal]:
    lump = _amount(step.pays, Decimal(0), when)
    return _amount(step.pays, Decimal(1), when) - lump, lump


def _rows_of(steps: Sequence[Step]) -> list[Form | None]:
    """Each row of their tables, and what remains."""
    rows: list[Form] = [case.when for case in all_in(tuple(steps), Case)]
    return [None, *dict.fromkeys(rows)]


def _amount(pays: Sequence[Pay], base: Decimal, when: Form | None) -> Decimal:
    """What is paid on a base of this size, to whom this row applies."""
    whole = Decimal(0)
    for pay in pays:
        match pay:
            case Percent(rate=varying) | PerUnit(money=varying):
                whole += base * _figure(varying, when)
            case Lump(money=varying):
                whole += _figure(varying, when)
    return whole


def _lower(before: Sequence[Pay], after: Sequence[Pay], when: Form | None) -> bool:
    """Whether nothing rises and something falls, kind by kind."""
    base = Decimal(1)
    for kind in (Percent, PerUnit, Lump):
        one = _amount([pay for pay in before if isinstance(pay, kind)], base, when)
        other = _amount([pay for pay in after if isinstance(pay, kind)], base, when)
        if other < one:
            return True
    return False


def _figure(varying: Varies[Decimal], when: Form | None) -> Decimal:
    if not isinstance(varying, Cases):
        return varying
    found = next((case.use for case in varying.rows if case.when == when), varying.otherwise)
    return found or Decimal(0)


def _more_pays_less(
    scene: Scene, incentive: Incentive, steps: tuple[Step, Step], amounts_: tuple[Decimal, Decimal] | None
) -> Finding:
    before, step = steps
    driver = scene.driver(incentive)
    unit = scene.unit(driver) if driver else None
    return Finding(
        code="more-pays-less",
        severity="warning",
        places=(step.place, before.place),
        reason=_rates_fall(step) if amounts_ is None else _example(step, unit, amounts_),
        way_out=Text(
            en="Raise the step's pay, use `kind: marginal`, or say `accept: more-pays-less`.",
            de="Erhöhen Sie den Satz der Stufe, verwenden Sie `kind: marginal`, oder sagen Sie"
            " `accept: more-pays-less`.",
        ),
    )


def _rates_fall(step: Step) -> Text:
    start = written(_begins(step))
    return Text(
        en=f"From {start} on less is paid on the same base than before.",
        de=f"Ab {start} wird auf dieselbe Basis weniger gezahlt als davor.",
    )


def _example(step: Step, unit: Measured | None, amounts_: tuple[Decimal, Decimal]) -> Text:
    """The smallest example: one cent, or one piece, before the step and at it."""
    one = ONE_CENT if unit is Measured.MONEY else Decimal(1)
    start, short = written(_begins(step)), written(_begins(step) - one)
    below, at_start = (written(amount.quantize(ONE_CENT)) for amount in amounts_)
    return Text(
        en=f"More is less: {short} earns about {below}, {start} earns {at_start}.",
        de=f"Mehr ist weniger: {short} bringt etwa {below}, {start} bringt {at_start}.",
    )


def _cap_below_minimum(incentive: Incentive) -> Iterator[Finding]:
    minimum = incentive.minimum
    for cap in incentive.caps_of_whole:
        if minimum and cap.money < minimum.money:
            yield Finding(
                code="cap-below-minimum",
                places=(cap.place, minimum.place),
                reason=Text(
                    en="The cap lies below the least that is paid.",
                    de="Die Obergrenze liegt unter dem, was mindestens ausgezahlt wird.",
                ),
                way_out=Text(
                    en="Raise the cap, or lower `minimum_payout`.",
                    de="Erhöhen Sie die Obergrenze, oder senken Sie `minimum_payout`.",
                ),
            )
