"""Order: steps rise, and every row of a table can be reached. `language.md`, 3, *order*."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import (
    Case,
    Cases,
    Holds,
    Incentive,
    Is,
    Scale,
    ScaleKind,
    Step,
    Test,
    Trait,
    Varies,
)
from staffel.core.programme.spellings.numbers import written


def order(scene: Scene) -> Iterator[Finding]:
    """Every finding about order."""
    for scale in all_in(scene.programme, Scale):
        yield from _rising(scene, scale)
    asked = [test.figure for test in all_in(scene.programme, Test) if isinstance(test.figure, Cases)]
    for incentive in scene.programme.incentives:
        starts = [step.start for step in incentive.scale.steps if isinstance(step.start, Cases)]
        for cases in all_in(incentive.scale, Cases):
            if cases not in (*asked, *starts):
                yield from _open(scene, incentive, cases)
        if incentive.scale.kind in (ScaleKind.MARGINAL, ScaleKind.LINEAR):
            yield from (_no_start(start) for start in starts if start.otherwise is None)
    for cases in all_in(scene.programme, Cases):
        yield from _never(cases)
    for cases in asked:
        yield from _asks_of_some(scene, cases)


def _no_start(cases: Cases[Any]) -> Finding:
    return Finding(
        code="cases-open",
        places=(cases.place,),
        reason=Text(
            en="This table has no `else`: where none of its rows applies, the step before has no end.",
            de="Diese Tabelle hat kein `else`: Trifft keine ihrer Zeilen zu, hat die Stufe davor kein Ende.",
        ),
        way_out=Text(
            en="Add an `else`, or use `kind: retroactive`.",
            de="Ergänzen Sie ein `else`, oder verwenden Sie `kind: retroactive`.",
        ),
    )


def _rising(scene: Scene, scale: Scale) -> Iterator[Finding]:
    for before, step in pairwise(scale.steps):
        if any(before.starts) and not scene.said.alike(step.place, before.place):
            continue  # told of as `units-differ`
        pairs = _beside(before.start, step.start)
        if found := next((pair for pair in pairs if pair[1] < pair[0]), None):
            yield _not_rising(before, step, *found)
        if found := next((pair for pair in pairs if pair[1] == pair[0]), None):
            yield _equal(before, step, found[0])


def _beside(before: Varies[Decimal], step: Varies[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Where two steps may start for one partner: row by row where both have the same rows, else each beside
    each.
    """
    tables = [one if isinstance(one, Cases) else None for one in (before, step)]
    whens: list[list[object]] = [[case.when for case in table.rows] if table else [] for table in tables]
    figures = [_figures(one) for one in (before, step)]
    if whens[0] and whens[0] == whens[1]:
        return list(zip(*figures, strict=False))
    return [(low, high) for low in figures[0] for high in figures[1]]


def _figures(varying: Varies[Decimal]) -> list[Decimal]:
    if not isinstance(varying, Cases):
        return [varying]
    rest = [] if varying.otherwise is None else [varying.otherwise]
    return [*(case.use for case in varying.rows), *rest]


def _not_rising(before: Step, step: Step, low: Decimal, high: Decimal) -> Finding:
    start, earlier = written(high), written(low)
    return Finding(
        code="steps-not-rising",
        places=(step.place, before.place),
        reason=Text(
            en=f"The step from {start} stands after the step from {earlier}.",
            de=f"Die Stufe ab {start} steht nach der Stufe ab {earlier}.",
        ),
        way_out=Text(
            en='Put the steps in rising order of "from".',
            de="Ordnen Sie die Stufen aufsteigend nach „from“.",
        ),
    )


def _equal(before: Step, step: Step, figure: Decimal) -> Finding:
    start = written(figure)
    return Finding(
        code="steps-equal",
        places=(step.place, before.place),
        reason=Text(en=f"Two steps begin at {start}.", de=f"Zwei Stufen beginnen bei {start}."),
        way_out=Text(en="Strike one of them.", de="Streichen Sie eine davon."),
    )


def _never(cases: Cases[Any]) -> Iterator[Finding]:
    """Rows of which earlier ones take all; only what is plain to see."""
    taken: dict[object, set[object]] = {}
    for case in cases.rows:
        about, values = _asked(case)
        earlier = taken.setdefault(about, set())
        if values <= earlier or _reached_before(case, earlier):
            yield _taken_before(case, cases)
        earlier |= values


def _asked(case: Case[Any]) -> tuple[object, frozenset[object]]:
    """What a row asks about, and for which values; a test of more parts is a value of its own."""
    match case.when:
        case Is(column=column, values=values):
            return column, frozenset(values)
        case Holds(values=values) as held:
            return replace(held, values=()), frozenset(values)
        case Test(comparison="at_least", measure=measure, figure=figure):
            return measure, frozenset({figure})
        case when:
            return None, frozenset({when})


def _reached_before(case: Case[Any], earlier: set[object]) -> bool:
    """Whether who reaches this row's figure has reached the lower one of an earlier row."""
    when = case.when
    if not (isinstance(when, Test) and when.comparison == "at_least"):
        return False
    return any(
        isinstance(figure, Decimal) and figure <= least for least in when.figures for figure in earlier
    )


def _taken_before(case: Case[Any], cases: Cases[Any]) -> Finding:
    return Finding(
        code="cases-never",
        places=(case.place, cases.place),
        reason=Text(
            en="The earlier rows of this table take all that this row could.",
            de="Die früheren Zeilen dieser Tabelle nehmen alles, was diese Zeile nehmen könnte.",
        ),
        way_out=Text(
            en="Strike this row, or put it before the others.",
            de="Streichen Sie diese Zeile, oder setzen Sie sie vor die anderen.",
        ),
    )


def _open(scene: Scene, incentive: Incentive, cases: Cases[Any]) -> Iterator[Finding]:
    if cases.otherwise is not None or _covers(scene, incentive, cases):
        return
    yield Finding(
        code="cases-open",
        severity="warning",
        places=(cases.place,),
        reason=Text(
            en="This table has no `else`: what none of its rows takes is paid nothing.",
            de="Diese Tabelle hat kein `else`: Was keine ihrer Zeilen nimmt, bekommt nichts.",
        ),
        way_out=Text(
            en="Add `else: 0 %` (or what it should be).",
            de="Ergänzen Sie `else: 0 %` (oder was gelten soll).",
        ),
    )


def _asks_of_some(scene: Scene, cases: Cases[Any]) -> Iterator[Finding]:
    """A table of what a condition asks for, without `else`: whom no row takes never meets it."""
    named = {value for case in cases.rows for value in _levels_of(case)}
    every = {level.name for level in scene.levels}
    if cases.otherwise is not None or (named and every <= named):
        return
    if any(isinstance(case.when, Test) and max(case.when.figures, default=1) <= 0 for case in cases.rows):
        return
    yield Finding(
        code="cases-open",
        severity="warning",
        places=(cases.place,),
        reason=Text(
            en="This table has no `else`: whom none of its rows takes never meets the condition.",
            de="Diese Tabelle hat kein `else`: Wen keine ihrer Zeilen nimmt, der erfüllt die Bedingung nie.",
        ),
        way_out=Text(
            en="Add `else:` with the figure for all others, or say `accept: cases-open`.",
            de="Ergänzen Sie `else:` mit der Zahl für alle anderen, oder sagen Sie `accept: cases-open`.",
        ),
    )


def _covers(scene: Scene, incentive: Incentive, cases: Cases[Any]) -> bool:
    """Whether its rows take every level that may come, or every figure from 0 on."""
    named = {value for case in cases.rows for value in _levels_of(case)}
    if named:
        every = {level.name for level in scene.levels}
        wanted = _levels_asked(incentive) or every
        return wanted <= named or not wanted | named <= every  # an unknown level is told of as that
    return any(isinstance(case.when, Test) and max(case.when.figures, default=1) <= 0 for case in cases.rows)


def _levels_of(case: Case[Any]) -> tuple[str, ...]:
    match case.when:
        case Is(column="partner.level", values=values) | Holds(trait=Trait.LEVEL, values=values):
            return values
        case _:
            return ()


def _levels_asked(incentive: Incentive) -> set[str]:
    """The levels that `for` lets in."""
    rows = [one.values for one in all_in(incentive.select, Is) if one.column == "partner.level"]
    held = [one.values for one in all_in(incentive.gate, Holds) if one.trait is Trait.LEVEL]
    return {value for values in (*rows, *held) for value in values}
