"""Faults of scales: steps, parts of a base, what a step pays. Rules 20 to 29."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from staffel.core.programme.model import Cases, Scale
from tests.laws.planting import Fault, changed

PLAN = "staffel.core.engine.plan"


def steps_from(scale: Scale) -> Scale:
    """No step begins above its figure."""
    return replace(scale, steps=tuple(replace(step, reached="from") for step in scale.steps))


def with_a_lower_end(scale: Scale) -> Scale:
    """A first step at 0 that ends there."""
    first = replace(scale.steps[0], start=scale.steps[0].start or Decimal("0.000001"))
    return replace(scale, steps=(first, *scale.steps[1:]))


def without_upper_end(original: Any) -> Any:
    """The part inside a step reaches up to the driver."""

    def faulty(number: int, scale: Scale, driver: str) -> Any:
        return original(number, replace(scale, steps=scale.steps[:number]), driver)

    return faulty


def without_rows(table: Any) -> Any:
    """A table of which no row holds, but what remains."""
    least = min([row.use for row in table.rows] if table.otherwise is None else [table.otherwise])
    return replace(table, rows=(), otherwise=least)


def counted_otherwise(scale: Scale) -> Scale:
    """Full ones where those begun are meant, and the other way round."""
    started = scale.counted.counting == "started"
    return replace(scale, count=replace(scale.counted, counting="full" if started else "started"))


def as_retroactive(original: Any) -> Any:
    """The reached step pays for the whole base, whatever the scale."""

    def faulty(scale: Scale, *args: Any, **kwargs: Any) -> Any:
        return original(replace(scale, kind=type(scale.kind)("retroactive")), *args, **kwargs)

    return faulty


FAULTS_OF_SCALES = (
    Fault(
        "incentive",
        "no floor lifts",
        f"{PLAN}.incentives.Earning._lifted",
        lambda _: lambda earning, amount: amount,
        ("floor: said",),
    ),
    Fault(
        "incentive",
        "above means from",
        f"{PLAN}.incentives.reached",
        changed(0, steps_from),
        ("reached: above",),
    ),
    Fault(
        "incentive",
        "a first step at 0 has a lower end",
        f"{PLAN}.incentives.reached",
        changed(0, with_a_lower_end),
        ("reached: from 0",),
    ),
    Fault(
        "incentive",
        "parts of steps have no upper end",
        f"{PLAN}.scales._inside",
        without_upper_end,
        ("scale: marginal",),
    ),
    Fault(
        "incentive",
        "a marginal scale pays on the whole",
        f"{PLAN}.incentives.paid",
        as_retroactive,
        ("scale: marginal",),
    ),
    Fault(
        "incentive",
        "nothing is paid below the first step",
        f"{PLAN}.scales._or_below",
        lambda _: lambda step, below, reached: reached,
        ("below: paid",),
    ),
    Fault(
        "incentive",
        "a start that varies is that of all others",
        f"{PLAN}.incentives.Earning._varied",
        changed(1, without_rows),
        ("start: by the partner", "start: by a figure"),
    ),
    Fault(
        "incentive",
        "a part above a figure is the whole",
        f"{PLAN}.incentives.part_above",
        lambda _: lambda figure, over: figure,
        ("base: part above",),
    ),
    Fault(
        "incentive",
        "a table of rates pays its last row to all",
        f"{PLAN}.pays.Pays._declared",
        changed(1, lambda table: without_rows(table) if isinstance(table, Cases) else table),
        ("rate by: figure",),
    ),
    Fault(
        "incentive",
        "what is begun counts as full",
        f"{PLAN}.scales.increments",
        changed(0, counted_otherwise),
        ("scale: increment",),
    ),
)
