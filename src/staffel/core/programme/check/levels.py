"""Levels: they can be reached and lost, on days that come. `language.md`, 3, *levels*."""

from collections.abc import Iterator
from itertools import pairwise

from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.model import (
    AtOnce,
    EachUnit,
    FixedDays,
    Ladder,
    Length,
    Level,
    Measure,
    Never,
    Path,
    ReviewDays,
    Test,
)


def levels(scene: Scene) -> Iterator[Finding]:
    """Every finding about levels."""
    for ladder in scene.programme.ladders:
        yield from _review(ladder)
        yield from _hurdles(ladder)
        yield from _rising(scene, ladder)


def _review(ladder: Ladder) -> Iterator[Finding]:
    review = ladder.review
    if isinstance(review.up, Never) and isinstance(review.down, Never):
        yield Finding(
            code="review-never",
            severity="warning",
            places=(review.place,),
            reason=Text(
                en="No review ever comes: levels move by decisions of people alone.",
                de="Es gibt nie eine Überprüfung: Partnerstufen ändern sich nur durch Entscheidungen von"
                " Menschen.",
            ),
            way_out=Text(
                en="Say `promote: at once`, or `accept: review-never`.",
                de="Sagen Sie `promote: at once` oder `accept: review-never`.",
            ),
        )
    if isinstance(review.up, AtOnce) and review.most_up is not None:
        yield _steps_at_once(ladder)
    if isinstance(review.down, AtOnce) and (
        not isinstance(review.up, AtOnce) or review.grace.count or review.most_down is not None
    ):
        yield _fall_at_once(ladder)
    if _days(review.grace) > _apart(review.down):
        yield _long_grace(ladder)


def _steps_at_once(ladder: Ladder) -> Finding:
    return Finding(
        code="steps-up-at-once",
        places=(ladder.review.place,),
        reason=Text(
            en="With `promote: at once` every day is a review, so `most_steps_up` would hold nobody for"
            " long.",
            de="Mit `promote: at once` ist jeder Tag eine Überprüfung, `most_steps_up` hielte also"
            " niemanden lange.",
        ),
        way_out=Text(
            en="Strike it, or say `promote: each quarter`.",
            de="Streichen Sie `most_steps_up`, oder sagen Sie `promote: each quarter`.",
        ),
    )


def _fall_at_once(ladder: Ladder) -> Finding:
    """Rule 50: whoever may fall on every day may rise on every day, and nothing waits or counts steps."""
    return Finding(
        code="fall-at-once",
        places=(ladder.review.place,),
        reason=Text(
            en="With `demote: at once` the level is each day the one that is reached: partners rise at once"
            " too, no fall waits, and none is held at some steps.",
            de="Mit `demote: at once` gilt jeden Tag die erreichte Partnerstufe: Partner steigen auch"
            " sofort auf, kein Abstieg wartet, und keiner ist auf einige Stufen begrenzt.",
        ),
        way_out=Text(
            en="Say `promote: at once` and strike `grace` and `most_steps_down`, or say"
            " `demote: each month`.",
            de="Sagen Sie `promote: at once` und streichen Sie `grace` und `most_steps_down`, oder sagen Sie"
            " `demote: each month`.",
        ),
    )


def _long_grace(ladder: Ladder) -> Finding:
    return Finding(
        code="grace-longer-than-review",
        severity="warning",
        places=(ladder.review.place,),
        reason=Text(
            en="The grace period is longer than the time from one review to the next.",
            de="Die Schonfrist ist länger als die Zeit von einer Überprüfung zur nächsten.",
        ),
        way_out=Text(
            en="Shorten it, or say `accept: grace-longer-than-review`.",
            de="Verkürzen Sie sie, oder sagen Sie `accept: grace-longer-than-review`.",
        ),
    )


def _days(length: Length) -> int:
    return length.count * (length.unit.months * 31 if length.unit else 1)


def _apart(days: ReviewDays) -> int:
    """About how many days lie between two reviews, rather too many."""
    match days:
        case EachUnit(unit=unit):
            return unit.months * 31
        case FixedDays(days=every):
            return 372 // len(every)
        case AtOnce():
            return 10_000  # a fall at once has no grace: told of as `fall-at-once`
        case Never():
            return 10_000


def _hurdles(ladder: Ladder) -> Iterator[Finding]:
    for number, level in enumerate(ladder.levels):
        if number == 0 and level.paths:
            yield _lowest_asks(level)
        if number and not level.paths:
            yield _asks_nothing(level)


def _lowest_asks(level: Level) -> Finding:
    return Finding(
        code="lowest-level-asks",
        places=(level.place,),
        reason=Text(
            en=f"`{level.name}` is the lowest level, which always holds, so what it asks changes nothing.",
            de=f"`{level.name}` ist die unterste Partnerstufe, die immer gilt; was sie verlangt, ändert"
            f" nichts.",
        ),
        way_out=Text(
            en="Put a level without requirements below it.",
            de="Setzen Sie eine Partnerstufe ohne Anforderungen darunter.",
        ),
    )


def _asks_nothing(level: Level) -> Finding:
    return Finding(
        code="always-true",
        severity="warning",
        places=(level.place,),
        reason=Text(
            en=f"`{level.name}` asks nothing, so everybody reaches it.",
            de=f"Die Partnerstufe `{level.name}` verlangt nichts, also erreicht sie jeder.",
        ),
        way_out=Text(
            en="Give it requirements, or say `accept: always-true`.",
            de="Geben Sie ihr Anforderungen, oder sagen Sie `accept: always-true`.",
        ),
    )


def _rising(scene: Scene, ladder: Ladder) -> Iterator[Finding]:
    """A higher level with one way asks no less of a measure than the one below it."""
    for below, above in pairwise(ladder.levels):
        low, high = _asked(below), _asked(above)
        for measure in [measure for measure in high if measure in low]:
            places = (high[measure].place, low[measure].place)
            least, most = low[measure].figures, high[measure].figures
            if least and most and max(most) < min(least) and scene.said.alike(*places):
                yield Finding(
                    code="levels-not-rising",
                    severity="warning",
                    places=places,
                    reason=Text(
                        en=f"`{above.name}` asks less of this measure than `{below.name}` below it.",
                        de=f"`{above.name}` verlangt von dieser Kennzahl weniger als `{below.name}`"
                        f" darunter.",
                    ),
                    way_out=Text(
                        en="Swap the figures, or say `accept: levels-not-rising`.",
                        de="Tauschen Sie die Zahlen, oder sagen Sie `accept: levels-not-rising`.",
                    ),
                )


def _asked(level: Level) -> dict[Measure, Test]:
    """What a level with one way asks at least."""
    path = level.paths[0] if len(level.paths) == 1 else Path()
    asked = [test for test in path.requirements if isinstance(test, Test)]
    return {test.measure: test for test in asked if test.comparison in {"at_least", "above"}}
