"""What a condition still asks: of each test that does not hold how much is missing, and how near the
whole is.

The fulfilment of a test is actual over required, between 0 and 1; of several that must all hold the
smallest, of several of which one is enough the largest. What is not a matter of more (at most, is or
holds, its denial) is fulfilled or not.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from staffel.core.engine.gaps import EPSILON, Figure, Gap, Need
from staffel.core.engine.plan.conditions import Conditions
from staffel.core.engine.plan.measures import View
from staffel.core.findings import Text
from staffel.core.money import EXACT, quotient
from staffel.core.programme.model import (
    All,
    Any,
    Comparison,
    Condition,
    Enforced,
    Holds,
    Kept,
    Measure,
    Not,
    Programme,
    Test,
    Trait,
    Use,
)
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A figure and what it lacks. actual: a share divided; none: there is none. needs: rows that would do.

    missing: none too where less, not more of it is asked.
    """

    title: Text
    measure: str | None
    unit: Measured | None
    actual: Decimal | None
    comparison: Comparison
    required: Decimal
    missing: Decimal | None
    fulfilment: Decimal
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a condition asks. lacks: tests that do not hold; certificates: those of the firm that would do."""

    holds: bool
    fulfilment: Decimal
    lacks: tuple[Missing, ...] = ()
    certificates: tuple[str, ...] = ()


MET = Demand(holds=True, fulfilment=ONE)
UNMET = Demand(holds=False, fulfilment=ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """Asks conditions for one subject in one of a panel's asks."""

    gap: Gap
    conditions: Conditions

    def of(self, condition: Condition) -> Demand:
        """What it still asks."""
        if self.gap.holds(self.conditions.holds(condition)):
            return MET
        match condition:
            case All(of=parts):
                return _all([self.of(part) for part in parts])
            case Any(of=parts):
                found = [self.of(part) for part in parts]
                return max(found, key=lambda one: one.fulfilment, default=UNMET)
            case Enforced(of=part):
                return self.of(part)
            case Test():
                return self._test(condition)
            case Holds(trait=Trait.HOLDS, values=values):
                return Demand(holds=False, fulfilment=ZERO, certificates=values)
            case Holds() | Not() | Kept():
                return UNMET
            case _:
                assert_never(condition)

    def _test(self, test: Test) -> Demand:
        value = self.conditions.measures.value(test.measure)
        required = self.gap.number(self.conditions.required(test, value))
        if required is None:  # no row of its table holds, or its measure is none
            return UNMET
        lack = missing(self.gap, test.measure, required, test.exactly, title=test.title)
        return Demand(holds=False, fulfilment=lack.fulfilment, lacks=(lack,))


def _all(parts: list[Demand]) -> Demand:
    return Demand(
        holds=False,
        fulfilment=min(part.fulfilment for part in parts),
        lacks=tuple(one for part in parts for one in part.lacks),
        certificates=tuple(one for part in parts for one in part.certificates[:1]),
    )


def missing(
    gap: Gap,
    measure: Measure,
    required: Decimal,
    comparison: Comparison,
    *,
    title: Text | None = None,
    view: View | None = None,
) -> Missing:
    """What a measure lacks for a figure."""
    programme = gap.measures.programme
    figure = gap.figure(measure, view)
    actual = _number(figure)
    more = comparison in ("at_least", "above")
    target = required + EPSILON if comparison == "above" else required
    return Missing(
        title=title or _title(programme, measure),
        measure=measure.measure if isinstance(measure, Use) else None,
        unit=unit_of(programme, measure),
        actual=actual,
        comparison=comparison,
        required=required,
        missing=max(required - actual, ZERO) if more and actual is not None else None,
        fulfilment=_fulfilment(figure, required) if more else ZERO,
        needs=gap.to(measure, target, view) if more else (),
    )


def _number(figure: Figure) -> Decimal | None:
    if figure.den is not None and figure.num is not None:
        return quotient(figure.num, figure.den) if figure.den > 0 else None
    return figure.num if figure.num is not None else figure.shown


def _fulfilment(figure: Figure, required: Decimal) -> Decimal:
    """Actual over required; compared before it is divided, so that nothing missed looks whole."""
    actual, whole = figure.num if figure.num is not None else figure.shown, required
    if actual is None:
        return ZERO
    if figure.den is not None:
        whole = EXACT.multiply(required, figure.den)
    if whole <= 0:
        return ONE if actual >= whole else ZERO
    return min(max(quotient(actual, whole), ZERO), ONE)


_UNNAMED = Text(en="The figure that picks the step", de="Der Wert, der die Staffelstufe bestimmt")


def _title(programme: Programme, measure: Measure) -> Text:
    if isinstance(measure, Use):
        return next(one.title for one in programme.measures if one.name == measure.measure)
    return next((one.title for one in programme.measures if one.measure == measure), _UNNAMED)
