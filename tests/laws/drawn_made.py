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
    Baseline,
    Before,
    Best,
    Between,
    Combined,
    Const,
    Current,
    Fold,
    FoldedAs,
    Growth,
    IfNone,
    Last,
    Limit,
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


def _each_time(drawing: "Drawing", of: Measure, *among: FoldedAs, limits: tuple[str, ...]) -> Fold:
    """Over the asker's window or any other, of all units or of those with some figure."""
    limit = Limit(comparison="at_least", figure=Decimal(drawing.rng.choice(limits)))
    return Fold(
        of=of,
        each=drawing.rng.choice([Unit.MONTH, Unit.MONTH, Unit.QUARTER]),
        where=(limit,) if drawing.often(0.4) else (),
        shown_as=drawing.rng.choice(among),
        over=drawing.window() if drawing.often(0.4) else Current(),
    )


def _units(drawing: "Drawing") -> Fold:
    among: tuple[FoldedAs, ...] = ("sum", "average", "largest", "smallest", "last")
    of = drawing.use(drawing.rng.choice(["revenue", "special", "bought"]))
    return _each_time(drawing, of, *among, limits=("0.01", "500"))


def _units_of_shares(drawing: "Drawing") -> Fold:
    grown = Growth(of=drawing.use("revenue"), against=(Baseline(window=Before(unit=Unit.MONTH)),))
    attained = Share(part=drawing.use("revenue"), whole=Agreed(target="monthly"))
    of = drawing.rng.choice([drawing.use("part"), grown, attained])
    return _each_time(drawing, of, "sum", "average", "largest", "last", limits=("0.1", "0.5"))


def _units_counted(drawing: "Drawing") -> Fold:
    return _each_time(drawing, drawing.use("revenue"), "count", limits=("300", "900"))


MADE: Mapping[str, Callable[["Drawing"], Combined]] = {
    "sum": _sum,
    "times": _times,
    "best": lambda drawing: _best(drawing, "special", beside=(QUARTERLY, _figures(drawing)[0])),
    "best share": lambda drawing: _best(drawing, "part", beside=(_yearly(drawing),)),
    "worst": lambda drawing: _best(drawing, "revenue", "bought", beside=_figures(drawing)[1:], worst=True),
    "between": _between,
    "if none": _if_none,
    "unit by unit": _units,
    "shares by unit": _units_of_shares,
    "units counted": _units_counted,
}
