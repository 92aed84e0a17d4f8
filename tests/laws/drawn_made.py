"""Figures made of others, as the worlds draw them: a line a value.

A value that is added here is mixed with all the rest and is a value of `values.VALUES`; no other list names
it. All are in money but for shares.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    Agreed,
    Best,
    Between,
    Combined,
    Const,
    IfNone,
    Last,
    Measure,
    Share,
    Signed,
    Sum,
    Times,
)

if TYPE_CHECKING:
    from tests.laws.drawing import Drawing

QUARTERLY = Agreed(target="quarterly")
FACTORS = (Decimal("1.05"), Decimal("0.333333"))


def _sum(drawing: "Drawing") -> Sum:
    added = tuple(Signed(measure=drawing.use(name)) for name in ("revenue", "bought"))
    return Sum(parts=(*added, Signed(measure=drawing.use("special"), less=True)))


def _times(drawing: "Drawing") -> Times:
    quarter = drawing.use("revenue", Last(count=1, unit=Unit.QUARTER, closed=True))
    return Times(of=quarter, factor=drawing.rng.choice(FACTORS))


def _yearly(drawing: "Drawing") -> Measure:
    return Share(part=drawing.use("special"), whole=Agreed(target="yearly"))


def _figures(drawing: "Drawing") -> tuple[Const, Const]:
    low, high = drawing.rng.choice([(100, 900), (20, 5000)])
    return Const(figure=Decimal(low)), Const(figure=Decimal(high))


def _best(drawing: "Drawing", *names: str, beside: tuple[Any, ...], worst: bool = False) -> Best:
    return Best(of=(*(drawing.use(name) for name in names), *beside), worst=worst)


def _between(drawing: "Drawing") -> Between:
    low, high = _figures(drawing)
    return Between(of=drawing.use("revenue"), at_least=low, at_most=high)


def _if_none(drawing: "Drawing") -> IfNone:
    of = drawing.rng.choice([QUARTERLY, _yearly(drawing)])
    return IfNone(of=of, figure=Const(figure=Decimal("0.5")))


MADE: Mapping[str, Callable[["Drawing"], Combined]] = {
    "sum": _sum,
    "times": _times,
    "best": lambda drawing: _best(drawing, "special", beside=(QUARTERLY, _figures(drawing)[0])),
    "best share": lambda drawing: _best(drawing, "part", beside=(_yearly(drawing),)),
    "worst": lambda drawing: _best(drawing, "revenue", "bought", beside=_figures(drawing)[1:], worst=True),
    "between": _between,
    "if none": _if_none,
}
