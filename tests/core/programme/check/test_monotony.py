"""Law 7: what more sales may lower, and steps that a gate leaves idle."""

from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.check.monotony import moves
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Best,
    Const,
    Fold,
    Growth,
    LastYear,
    Limit,
    Measure,
    Part,
    Score,
    Share,
    Signed,
    Sum,
    Times,
)
from tests.core.programme.heron import found, with_incentive
from tests.forms.conftest import programme, use

SOLD, OTHER = use(), use("other")
AT_LEAST_5 = Limit(comparison="at_least", figure=Decimal(5))
UP, DOWN, BOTH = {"rise"}, {"fall"}, {"rise", "fall"}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (SOLD, UP),
        (Agreed(target="yearly"), set()),
        (Share(part=SOLD, whole=OTHER), BOTH),
        (Share(part=SOLD, whole=Agreed(target="yearly")), UP),
        (Sum(parts=(Signed(measure=SOLD), Signed(measure=OTHER, less=True))), BOTH),
        (Times(of=SOLD, factor=Decimal("1.05")), UP),
        (Times(of=SOLD, factor=Decimal(-1)), DOWN),
        (Growth(of=SOLD, against=(Baseline(window=LastYear(unit=Unit.YEAR)),)), UP),
        (Best(of=(SOLD, Const(figure=Decimal(5)))), UP),
        (Fold(of=SOLD, each=Unit.MONTH, shown_as="average"), UP),
        (Fold(of=SOLD, each=Unit.MONTH, shown_as="average", where=(AT_LEAST_5,)), BOTH),
        (Score(parts=(Part(measure=SOLD, points=Decimal(1)),)), UP),
    ],
)
def test_how_it_moves(measure: Measure, expected: set[str]) -> None:
    of = programme(measures={"other": SOLD})
    assert moves(Scene(programme=of), measure) == expected


SHARE = "driver: {share: boxes, in: revenue}"
FROM_20 = "scale: {kind: retroactive, steps: [{from: 20 %, rate: 1 %}]}"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ([SHARE, FROM_20], ["driver-can-fall"]),
        ([SHARE, FROM_20, "accept: driver-can-fall"], []),
        ([SHARE, "rate: 1 %"], []),
        (["scale: {kind: retroactive, steps: [{from: 20, rate: 1 %}]}"], []),
    ],
)
def test_a_driver_that_can_fall(lines: list[str], codes: list[str]) -> None:
    text = with_incentive("base: revenue", "per: quarter", *lines)
    boxes = "  boxes: {sum: net, of: sell_out, products: boxes, accept: measure-unused}\n"
    assert found(text.replace("measures:\n", f"measures:\n{boxes}")) == codes


@pytest.mark.parametrize(
    ("gate", "codes"),
    [
        ("{measure: revenue, at_least: 20_000}", ["gate-implies-scale"]),
        ("{measure: revenue, at_least: 19_999.99}", []),
        ("{measure: revenue, over: quarter before, at_least: 20_000}", []),
        ("{measure: pieces, at_least: 20_000}", []),
        ("{measure: revenue, below: 20_000}", []),
    ],
)
def test_a_step_that_the_gate_leaves_idle(gate: str, codes: list[str]) -> None:
    steps = "scale: {kind: retroactive, steps: [{from: 0, rate: 1 %}, {from: 20_000, rate: 2 %}]}"
    assert found(with_incentive("base: revenue", "per: quarter", steps, f"gate: [{gate}]")) == codes


TWO = "scale: {{kind: {}, steps: [{{from: 0, rate: 1 %}}, {{{}: 20_000, rate: 2 %}}]}}"


@pytest.mark.parametrize(
    "lines",
    [
        [TWO.format("marginal", "from")],
        [TWO.format("retroactive", "above")],
        ["for: {level: [silver, gold]}", TWO.format("retroactive", "from")],
    ],
)
def test_a_step_that_still_pays(lines: list[str]) -> None:
    """On its part; at the very figure; for a partner whose selected lines are fewer."""
    gate = "gate: [{measure: revenue, at_least: 20_000}]"
    assert "gate-implies-scale" not in found(with_incentive("base: revenue", "per: quarter", gate, *lines))
