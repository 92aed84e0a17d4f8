"""Units of time taken one by one: how many they may be, and whose figure is meant. Rule 10."""

from collections.abc import Iterator

from staffel.core.calendar import Span
from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import (
    Current,
    Fold,
    Last,
    Measure,
    Named,
    Rolling,
    Take,
    Use,
    Who,
    Window,
)
from staffel.core.programme.spellings.desk import not_yet

# Of more units nobody reads the figures, and each is a column.
MOST_UNITS = 60


def folds(scene: Scene) -> Iterator[Finding]:
    """Every finding about units of time."""
    for fold in all_in(scene.programme, Fold):
        if fold.who is Who.ASKER and _asks_alliance(scene, fold.of):
            yield not_yet(fold.place, "alliance", _ALLIANCE_OUTSIDE)
    yield from _many_units(scene)


def _asks_alliance(scene: Scene, of: Measure) -> bool:
    """Whether somewhere below the alliance's figure is meant."""
    named = tuple(scene.measures.get(name, ()) for name in sorted(scene.names_below(of)))
    every: tuple[Use | Take, ...] = (*all_in((of, named), Use), *all_in((of, named), Take))
    return any(one.who is Who.ALLIANCE for one in every)


_ALLIANCE_OUTSIDE = Text(
    en="Name the measure without the alliance, and ask for it by its name: `{measure: …, of: alliance}`.",
    de="Benennen Sie die Kennzahl ohne die Allianz, und fragen Sie nach ihrem Namen:"
    " `{measure: …, of: alliance}`.",
)


def _many_units(scene: Scene) -> Iterator[Finding]:
    """Units of time are taken one by one, so a window may not have very many of them."""
    for fold in all_in(scene.programme, Fold):
        if _months_of(scene, fold.over) > MOST_UNITS * fold.each.months:
            yield _too_many(fold.place)
    for use in all_in(scene.programme, Use):
        below = [fold for fold in _folds_below(scene, use) if isinstance(fold.over, Current)]
        if any(_months_of(scene, use.over) > MOST_UNITS * fold.each.months for fold in below):
            yield _too_many(use.place)
    for incentive in scene.programme.incentives:
        months = incentive.per.days // 28 if isinstance(incentive.per, Span) else 0
        if any(months > MOST_UNITS * fold.each.months for fold in _folds_below(scene, incentive)):
            yield _too_many(incentive.place)


def _folds_below(scene: Scene, whole: object) -> tuple[Fold, ...]:
    named = tuple(scene.measures.get(name, ()) for name in sorted(scene.names_below(whole)))
    return (*all_in(whole, Fold), *all_in(named, Fold))


def _months_of(scene: Scene, window: Window) -> int:
    match window:
        case Last(count=count, unit=unit) | Rolling(count=count, unit=unit):
            return count * unit.months
        case Named(span=span):
            return Span(span.start, min(span.until, scene.programme.valid.until)).days // 28
        case _:
            return 12


def _too_many(place: Place) -> Finding:
    return Finding(
        code="too-long",
        places=(place,),
        reason=Text(
            en=f"This window has more than {MOST_UNITS} units of time that are taken one by one.",
            de=f"Dieser Zeitraum hat mehr als {MOST_UNITS} Zeiteinheiten, die einzeln genommen werden.",
        ),
        way_out=Text(
            en="Take a shorter window, or longer units.",
            de="Nehmen Sie einen kürzeren Zeitraum oder längere Einheiten.",
        ),
    )
