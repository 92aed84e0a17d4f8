"""Law 7: whether one more counted line can lower what picks the step, and steps that a gate leaves idle.

Computed, not sampled: each measure says whether it rises or falls with a further line of its own. Baselines
and targets agreed stand; they move by no line of the running window.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias, assert_never

from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import parts_of
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    All,
    Base,
    Condition,
    Const,
    Current,
    Fold,
    Growth,
    Incentive,
    Made,
    PartAbove,
    PartOf,
    ScaleKind,
    Score,
    Share,
    Step,
    Sum,
    Take,
    Test,
    Times,
    Use,
)
from staffel.core.programme.spellings.numbers import written

Move: TypeAlias = frozenset[str]
NONE: Move = frozenset()
UP: Move = frozenset({"rise"})
_TURNED = {"rise": "fall", "fall": "rise"}


def monotony(scene: Scene) -> Iterator[Finding]:
    """Every finding about more that counts for less."""
    for incentive in scene.programme.incentives:
        yield from _falling(scene, incentive)
        yield from _idle(scene, incentive)


def moves(scene: Scene, measure: Base) -> Move:
    """How a measure may move with one more line that any of its figures counts."""
    meant = scene.meant(measure)
    match meant:
        case Take():
            return UP
        case Agreed() | Const() | Use():
            return NONE
        case Growth(of=of) | PartOf(of=of):
            return moves(scene, of)
        case Share(part=part, whole=whole):
            return moves(scene, part) | _turned(moves(scene, whole))
        case Score(parts=parts):
            return _each(moves(scene, one.measure) for one in parts)
        case Sum(parts=signed):
            return _each(
                _turned(moves(scene, one.measure)) if one.less else moves(scene, one.measure)
                for one in signed
            )
        case Times(of=of, factor=factor):
            return _turned(moves(scene, of)) if factor < 0 else moves(scene, of)
        case Fold(of=of, where=where) if where:  # a month that comes in, or leaves, moves all of them
            return moves(scene, of) | _turned(moves(scene, of))
        case Made():
            return _each(moves(scene, one) for one in parts_of(meant))
        case _:
            assert_never(meant)


def _each(found: Iterator[Move]) -> Move:
    return NONE.union(*found)


def _turned(move: Move) -> Move:
    return frozenset(_TURNED[one] for one in move)


def _falling(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    """A driver that more sales can lower, where a step is at stake."""
    driver = scene.driver(incentive)
    steps = incentive.scale.steps
    at_stake = len(steps) > 1 or any(not step.is_endless for step in steps)
    if driver is None or not at_stake or "fall" not in moves(scene, driver):
        return
    yield Finding(
        code="driver-can-fall",
        severity="warning",
        places=(driver.place,),
        reason=Text(
            en="One more sale can lower this figure and so the step: whoever sells more may be paid less.",
            de="Ein Verkauf mehr kann diesen Wert senken und mit ihm die Stufe: Wer mehr verkauft, bekommt "
            "vielleicht weniger.",
        ),
        way_out=Text(
            en="Take a sum or a count as the driver, or say `accept: driver-can-fall`.",
            de="Nehmen Sie eine Summe oder Anzahl als Treiber, oder sagen Sie `accept: driver-can-fall`.",
        ),
    )


def _idle(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    """Steps whose end lies below what the gate asks of the same figure: nobody is ever paid by them."""
    driver = scene.driver(incentive)
    if incentive.scale.kind is ScaleKind.MARGINAL or isinstance(incentive.base, PartAbove):
        return  # there the lower step pays on its part, or its start moves the base
    if incentive.driver is None and incentive.select != EVERY_ROW:
        return  # the gate asks all rows, the step those selected
    for test, asked in _asked(incentive.gate):
        if not _same(test, driver) or test.rounded is not None:
            continue
        for before, step in pairwise(incentive.scale.steps):
            start = max(step.starts)
            beyond = start < asked or (start == asked and step.reached == "from")
            if beyond:
                yield _never_pays(before, step, test, asked)


def _asked(gate: Condition) -> Iterator[tuple[Test, Decimal]]:
    """The tests that must all hold for at least some figure, each with it."""
    match gate:
        case All(of=parts):
            for part in parts:
                yield from _asked(part)
        case Test(comparison="at_least" | "above", figure=Decimal() as asked):
            yield gate, asked
        case _:
            return


def _same(test: Test, driver: Base | None) -> bool:
    return isinstance(driver, Use) and isinstance(driver.over, Current) and test.measure == driver


def _never_pays(before: Step, step: Step, test: Test, asked: Decimal) -> Finding:
    least, end = written(asked), written(max(step.starts))
    return Finding(
        code="gate-implies-scale",
        severity="warning",
        places=(before.place, test.place),
        reason=Text(
            en=f"The gate asks for {least} of the same figure: the step that ends at {end} pays nobody.",
            de=f"Die Bedingung verlangt {least} desselben Werts: Die Stufe bis {end} zahlt niemandem.",
        ),
        way_out=Text(
            en="Strike the step, or lower the gate.",
            de="Streichen Sie die Stufe, oder senken Sie die Bedingung.",
        ),
    )
