"""Logic: what can never hold, and what always does.

By intervals per measure and window; `language.md`, 3, *logic*.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in, forms_in
from staffel.core.programme.model import (
    ALWAYS,
    EVERY_ROW,
    Add,
    All,
    Any,
    By,
    Case,
    During,
    Form,
    Holds,
    Incentive,
    Is,
    Not,
    Part,
    Path,
    Programme,
    Score,
    Test,
    Trait,
    Within,
)
from staffel.core.programme.spellings.numbers import written

_ALONE = (Trait.LEVEL, Trait.KIND, Trait.COUNTRY, Trait.SEGMENT, Trait.SIZE, Trait.NEWCOMER)


def logic(scene: Scene) -> Iterator[Finding]:
    """Every finding about logic."""
    for group in _together(scene.programme):
        yield from _contradictions(group)
    for incentive in scene.programme.incentives:
        yield from _for_nobody(incentive)
    for form in forms_in(scene.programme):
        if isinstance(form, Any) and not form.of:
            yield _never(form.place, form.place)
    for test in all_in(scene.programme, Test):
        yield from _above_its_points(scene, test)
    for part in all_in(scene.programme, Part):
        if part.least is not None and part.most is not None and part.least > part.most:
            yield _never(part.place, part.place)


def _together(programme: Programme) -> Iterator[Sequence[Form]]:
    """Forms of which each must hold beside the others."""
    for form in forms_in(programme):
        match form:
            case All(of=parts) if form not in (ALWAYS, EVERY_ROW):
                yield _flat(parts)
            case Path(requirements=parts):
                yield _flat(parts)
            case _:
                pass


def _flat(parts: Sequence[Form]) -> list[Form]:
    found: list[Form] = []
    for part in parts:
        found += _flat(part.of) if isinstance(part, All) else [part]
    return found


def _contradictions(parts: Sequence[Form]) -> Iterator[Finding]:
    for at, later in enumerate(parts):
        for earlier in parts[:at]:
            if _exclude(earlier, later) or _exclude(later, earlier):
                yield _never(later.place, earlier.place)


def _for_nobody(incentive: Incentive) -> Iterator[Finding]:
    """Factors, and rows of tables, for those whom `for`, `gate` or `select` has left out before."""
    asked = _flat((incentive.gate, incentive.select))
    conditional: list[Add | By | Case[Decimal]] = [*incentive.adjust, *all_in(incentive.scale, Case)]
    for form in conditional:
        for one in _flat((form.when,)):
            apart = [other for other in asked if _exclude(one, other) or _exclude(other, one)]
            if apart:
                yield _nobody(form.place, apart[0].place)
                break


def _nobody(place: Place, other: Place) -> Finding:
    return Finding(
        code="never-true",
        severity="warning",
        places=(place, other),
        reason=Text(
            en="This holds for nobody who earns here: `for`, `gate` or `select` rules it out.",
            de="Das trifft auf niemanden zu, der hier verdient: `for`, `gate` oder `select` schließt es aus.",
        ),
        way_out=Text(
            en="Strike it, or widen the condition.",
            de="Streichen Sie es, oder fassen Sie die Bedingung weiter.",
        ),
    )


def _exclude(one: Form, other: Form) -> bool:
    """Whether both can never hold together; only what is plain to see."""
    match one, other:
        case Test(), Test() if one.measure == other.measure:
            return _apart(one, other)
        case _, Not(of=inner):
            return _implies(one, inner)
        case Is(), Is() if one.column == other.column:
            return not {*one.values} & {*other.values}
        case Within(), Within() if one.column == other.column:
            return _apart(one, other)
        case During(), During() if one.column == other.column:
            return not (one.span.start < other.span.until and other.span.start < one.span.until)
        case Holds(trait=trait), Holds() if trait in _ALONE:
            same = (one.trait, one.when) == (other.trait, other.when)
            return same and not {*one.values} & {*other.values}
        case _:
            return False


def _implies(one: Form, other: Form) -> bool:
    """Whether what holds of the one holds of the other; only what is plain to see."""
    match one, other:
        case Is(), Is():
            return one.column == other.column and {*one.values} <= {*other.values}
        case Holds(), Holds():
            same = replace(one, values=other.values) == other
            return same and {*one.values} <= {*other.values}
        case _:
            return one == other


def _apart(low: Test | Within, high: Test | Within) -> bool:
    """Whether `low` asks for more than `high` allows, whichever of its figures each asks for."""
    if low.comparison not in {"at_least", "above"} or high.comparison not in {"at_most", "below"}:
        return False
    if any(isinstance(one, Test) and one.rounded is not None for one in (low, high)):
        return False
    touch = low.comparison == "at_least" and high.comparison == "at_most"
    lows, highs = _figures(low), _figures(high)
    if not (lows and highs):
        return False
    least, most = min(lows), max(highs)
    return least > most or (least == most and not touch)


def _figures(one: Test | Within) -> tuple[Decimal, ...]:
    return one.figures if isinstance(one, Test) else (one.figure,)


def _never(place: Place, other: Place) -> Finding:
    return Finding(
        code="never-true",
        places=(place, other) if other != place else (place,),
        reason=Text(en="This can never hold.", de="Das kann nie zutreffen."),
        way_out=Text(
            en="Look at what stands beside it: one rules out the other.",
            de="Sehen Sie an, was daneben steht: Das eine schließt das andere aus.",
        ),
    )


def _above_its_points(scene: Scene, test: Test) -> Iterator[Finding]:
    meant = scene.meant(test.measure)
    if not isinstance(meant, Score) or test.comparison not in {"at_least", "above"}:
        return
    mosts = [part.most * part.weight for part in meant.parts if part.most is not None]
    most, least = sum(mosts, Decimal(0)), min(test.figures, default=Decimal(0))
    if meant.missing == "stretch":  # all the weight may come to one part
        most = max((part.most for part in meant.parts if part.most is not None), default=most)
    if len(mosts) == len(meant.parts) and (most < least or (most, test.comparison) == (least, "above")):
        yield Finding(
            code="level-unreachable",
            places=(test.place, meant.place),
            reason=Text(
                en=f"Together, the parts of this score reach no more points than {written(most)}.",
                de=f"Zusammen kommen die Teile dieser Wertung nicht über {written(most)} hinaus.",
            ),
            way_out=Text(
                en="Lower the hurdle, or raise `most`.", de="Senken Sie die Hürde, oder erhöhen Sie `most`."
            ),
        )
