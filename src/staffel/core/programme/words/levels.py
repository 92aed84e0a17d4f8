"""Levels in words (rules 48 to 50): what each asks and brings, when it is looked at, what a miss means."""

from datetime import date, timedelta
from typing import assert_never

from staffel.core.calendar import Unit
from staffel.core.findings import Text
from staffel.core.programme.model import (
    AtOnce,
    Condition,
    EachUnit,
    FixedDays,
    Ladder,
    Level,
    Never,
    Path,
    Review,
    ReviewDays,
)
from staffel.core.programme.payment_days import later
from staffel.core.programme.words import benefits, conditions, figures, windows
from staffel.core.programme.words.nouns import WINDOWS
from staffel.core.programme.words.sentences import Paragraph, Section, Sentence
from staffel.core.programme.words.voice import Voice


def section(voice: Voice, ladder: Ladder) -> Section:
    """All that the programme says of one ladder."""
    inside = within(voice, ladder)
    paragraphs = [
        Paragraph(sentences=_order(inside, ladder)),
        *(_level(inside, ladder, level) for level in ladder.levels),
        Paragraph(title=voice.say(_REVIEW), sentences=_review(inside, ladder.review)),
    ]
    main = ladder is voice.programme.ladder
    title = Text(en="Levels", de="Partnerstufen") if main else _TITLE
    return Section(title=voice.say(title, name=ladder.name), paragraphs=tuple(paragraphs))


_TITLE = Text(en="Levels ({name})", de="Partnerstufen ({name})")


def within(voice: Voice, ladder: Ladder) -> Voice:
    """The voice within a ladder: examples are of the first review that may lower a partner."""
    year = voice.programme.calendar.unit_of(voice.programme.valid.start, Unit.YEAR)
    return voice.for_(ladder, year, first_review(voice, ladder.review.down) or year.last_day)


_REVIEW = Text(en="When levels move", de="Wann sich Stufen ändern")


def _order(voice: Voice, ladder: Ladder) -> tuple[Sentence, ...]:
    text = Text(
        en="The levels are, from the lowest up: {levels}.",
        de="Die Stufen sind, von unten nach oben: {levels}.",
    )
    levels = voice.listed([voice.level(level.name) for level in ladder.levels])
    return (voice.sentence(ladder, text, levels=levels), voice.sentence(None, _LOWEST))


_LOWEST = Text(
    en=(
        "Whoever takes part has the lowest one; a partner has the highest whose requirements it"
        " meets, even where it does not meet those of a level between."
    ),
    de=(
        "Die unterste hat jeder, der teilnimmt; sonst gilt die höchste, deren Anforderungen der"
        " Partner erfüllt, auch wenn er die einer Stufe dazwischen nicht erfüllt."
    ),
)

# ---------------------------------------------------------------- one level


def _level(voice: Voice, ladder: Ladder, level: Level) -> Paragraph:
    heading = Text(en="Level {title}", de="Partnerstufe {title}")
    title = voice.say(heading, title=voice.headed(level.name, level.title))
    asked = [sentence for path in level.paths for sentence in _path(voice, level, path)]
    return Paragraph(
        title=title, sentences=(*_ways(voice, ladder, level), *asked, *benefits.brought(voice, level))
    )


def _ways(voice: Voice, ladder: Ladder, level: Level) -> tuple[Sentence, ...]:
    """What is said of its paths together; nothing where the only one says it."""
    if len(level.paths) == 1:
        return ()
    free = _STARTING if level == ladder.levels[0] else _FREE
    return (voice.sentence(level, _SEVERAL if level.paths else free, level=voice.level(level.name)),)


_SEVERAL = Text(
    en="Several paths lead to the level {level}; one of them is enough.",
    de="Zur Partnerstufe {level} führen mehrere Wege; einer davon genügt.",
)
_STARTING = Text(
    en="The level {level} asks for nothing: everybody starts here.",
    de="Die Partnerstufe {level} verlangt nichts: Hier beginnt jeder.",
)
_FREE = Text(en="The level {level} asks for nothing.", de="Die Partnerstufe {level} verlangt nichts.")


def _path(voice: Voice, level: Level, path: Path) -> tuple[Sentence, ...]:
    title, name = voice.level(level.name), voice.quoted(path.name)
    if not path.requirements:
        return (voice.sentence(path, _NOTHING_NAMED if path.name else _FREE, name=name, level=title),)
    one, every = _NAMED if path.name else _ONLY if len(level.paths) == 1 else _NAMELESS
    text = one if len(path.requirements) == 1 else every
    items = [_requirement(voice, requirement) for requirement in path.requirements]
    return (voice.sentence(path, text, name=name, level=title), *items)


_NOTHING_NAMED = Text(en="The path {name} asks for nothing.", de="Der Weg {name} verlangt nichts.")
# Of one requirement, and of several.
_ONLY = (
    Text(
        en="For the level {level}, this requirement must be met:",
        de="Für die Partnerstufe {level} muss diese Anforderung erfüllt sein:",
    ),
    Text(
        en="For the level {level}, all of these requirements must be met:",
        de="Für die Partnerstufe {level} müssen alle diese Anforderungen erfüllt sein:",
    ),
)
_NAMED = (
    Text(
        en="On the path {name}, this requirement must be met:",
        de="Auf dem Weg {name} muss diese Anforderung erfüllt sein:",
    ),
    Text(
        en="On the path {name}, all of these requirements must be met:",
        de="Auf dem Weg {name} müssen alle diese Anforderungen erfüllt sein:",
    ),
)
_NAMELESS = (
    Text(
        en="On a path without a name, this requirement must be met:",
        de="Auf einem Weg ohne Namen muss diese Anforderung erfüllt sein:",
    ),
    Text(
        en="On a path without a name, all of these requirements must be met:",
        de="Auf einem Weg ohne Namen müssen alle diese Anforderungen erfüllt sein:",
    ),
)


def _requirement(voice: Voice, requirement: Condition) -> Sentence:
    text = Text(en="{clause}.", de="{clause}.")
    return voice.item(requirement, text, clause=conditions.clause_of(voice, requirement).main())


# ---------------------------------------------------------------- reviews


def _review(voice: Voice, review: Review) -> tuple[Sentence, ...]:
    return (*_up(voice, review), *_down(voice, review), voice.sentence(None, _KEY_DAY))


_KEY_DAY = Text(
    en=(
        "A review reads what has happened by the end of its day; what it decides holds from the day"
        " after. What was recorded as decided is moved neither by late lines nor by returns."
    ),
    de=(
        "Eine Überprüfung liest, was bis zum Ende ihres Tages geschehen ist; was sie entscheidet,"
        " gilt ab dem Tag danach. Was als entschieden festgehalten ist, ändern weder späte Zeilen"
        " noch Rückgaben."
    ),
)


def _up(voice: Voice, review: Review) -> tuple[Sentence, ...]:
    if isinstance(review.up, Never):
        return (voice.sentence(review.up, _NEVER_UP),)
    text = Text(
        en=(
            "Whether a partner rises is reviewed {days}; whoever then meets the requirements of a"
            " higher level rises."
        ),
        de=(
            "Ob ein Partner aufsteigt, wird {days} geprüft; wer dann die Anforderungen einer"
            " höheren Stufe erfüllt, steigt auf."
        ),
    )
    return (voice.sentence(review.up, text, days=_days(voice, review.up)), *_most_up(voice, review))


_NEVER_UP = Text(en="No review lifts a partner.", de="Keine Überprüfung stuft einen Partner höher.")


def _most_up(voice: Voice, review: Review) -> tuple[Sentence, ...]:
    if review.most_up is None:
        return (voice.sentence(review, _ANY_UP),)
    text = Text(
        en="It rises by {steps} at most in one review.", de="Je Überprüfung steigt er um höchstens {steps}."
    )
    text = text if review.most_up else _NO_STEP_UP
    return (voice.sentence(review, text, steps=_steps(voice, review.most_up)),)


_NO_STEP_UP = Text(en="But it rises by no level.", de="Doch steigt er dabei um keine Stufe.")
_ANY_UP = Text(
    en="It may rise by any number of levels at once.", de="Dabei kann er mehrere Stufen auf einmal steigen."
)


def _steps(voice: Voice, count: int) -> str:
    one = Text(en="one level", de="eine Stufe")
    many = Text(en="{count} levels", de="{count} Stufen")
    return voice.say(one if count == 1 else many, count=figures.numeral(count, voice.language))


def _down(voice: Voice, review: Review) -> tuple[Sentence, ...]:
    if isinstance(review.down, Never):
        return (voice.sentence(review.down, _NEVER_DOWN),)
    text = Text(
        en=(
            "Whether a partner still meets its level’s requirements is reviewed {days}; if it does"
            " not, it falls to the highest level whose requirements it meets."
        ),
        de=(
            "Ob ein Partner die Anforderungen seiner Stufe noch erfüllt, wird {days} geprüft; wenn"
            " nicht, fällt er auf die höchste Stufe, deren Anforderungen er erfüllt."
        ),
    )
    said = voice.sentence(review.down, text, days=_days(voice, review.down))
    return (said, *_most_down(voice, review), *_grace(voice, review))


_NEVER_DOWN = Text(en="No review lowers a partner.", de="Keine Überprüfung stuft einen Partner herab.")


def _most_down(voice: Voice, review: Review) -> tuple[Sentence, ...]:
    if review.most_down is None:
        return (voice.sentence(review, _ANY_DOWN),)
    text = Text(
        en="It falls by {steps} at most in one review.", de="Je Überprüfung fällt er um höchstens {steps}."
    )
    text = text if review.most_down else _NO_STEP_DOWN
    return (voice.sentence(review, text, steps=_steps(voice, review.most_down)),)


_NO_STEP_DOWN = Text(en="But it falls by no level.", de="Doch fällt er dabei um keine Stufe.")
_ANY_DOWN = Text(
    en="It may fall by any number of levels at once.", de="Dabei kann er mehrere Stufen auf einmal fallen."
)


def _grace(voice: Voice, review: Review) -> tuple[Sentence, ...]:
    missed = first_review(voice, review.down) or voice.day
    if not review.grace.count:
        text = Text(
            en=(
                "There is no grace period: if they are missed on {missed}, the lower level holds from"
                " {lower}."
            ),
            de=(
                "Eine Schonfrist gibt es nicht: Werden die Anforderungen am {missed} verfehlt, so gilt die"
                " niedrigere Stufe ab dem {lower}."
            ),
        )
        lower = voice.date(missed + timedelta(days=1))
        return (voice.sentence(review.grace, text, missed=voice.date(missed), lower=lower),)
    last = later(missed, review.grace)
    return (
        voice.sentence(
            review.grace,
            _GRACE,
            length=windows.length(voice, review.grace, "dat"),
            missed=voice.date(missed),
            last=voice.date(last),
            lower=voice.date(last + timedelta(days=1)),
        ),
    )


_GRACE = Text(
    en=(
        "A fall takes effect only after a grace period of {length}, and not at all if the requirements of"
        " the old level are met on any day of it: if they are missed on {missed}, and met on no day to"
        " {last}, the lower level holds from {lower}."
    ),
    de=(
        "Ein Abstieg wirkt erst nach einer Schonfrist von {length} und entfällt, wenn die"
        " Anforderungen der bisherigen Stufe an irgendeinem Tag der Frist erfüllt sind: Werden sie am"
        " {missed} verfehlt und bis zum {last} an keinem Tag erfüllt, so gilt die niedrigere Stufe ab dem"
        " {lower}."
    ),
)


def _days(voice: Voice, days: ReviewDays) -> str:
    first = first_review(voice, days)
    since = "" if first is None else voice.say(_SINCE, day=voice.date(first))
    match days:
        case AtOnce():
            return voice.say(Text(en="every day", de="an jedem Tag"))
        case EachUnit(unit=unit):
            text = Text(en="on the last day of each {unit}", de="am letzten Tag jedes {unit}")
            return voice.say(text, unit=WINDOWS[unit].one(voice.language, "gen")) + since
        case FixedDays(days=fixed):
            text = Text(en="on {days} of each year", de="am {days} jedes Jahres")
            named = [figures.day_of_year(month, day, voice.language) for month, day in fixed]
            return voice.say(text, days=voice.listed(named)) + since
        case Never():
            return voice.say(Text(en="on no day", de="an keinem Tag"))
        case _ as other:
            assert_never(other)


_SINCE = Text(en=" (first on {day})", de=" (zuerst am {day})")


def first_review(voice: Voice, days: ReviewDays) -> date | None:
    """The first day of review that the programme rules; none where it is every day, or none."""
    valid = voice.programme.valid
    match days:
        case AtOnce() | Never():
            return None
        case EachUnit(unit=unit):
            return voice.programme.calendar.unit_of(valid.start, unit).last_day
        case FixedDays(days=fixed):
            years = (valid.start.year, valid.start.year + 1)
            found = [_date(year, month, day) for year in years for month, day in fixed]
            return min((one for one in found if one is not None and one >= valid.start), default=None)
        case _ as other:
            assert_never(other)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February of another year
        return None
