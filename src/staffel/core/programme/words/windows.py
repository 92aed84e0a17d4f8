"""Windows in words (rule 7): over which days a figure is taken, with an example in days."""

from datetime import date
from typing import assert_never

from staffel.core.calendar import ONE_DAY, Span, Unit, add_months
from staffel.core.findings import Text
from staffel.core.programme.model import (
    Baseline,
    Before,
    Current,
    Incentive,
    Ladder,
    Last,
    LastYear,
    Length,
    Named,
    Rolling,
    ToDate,
    Window,
)
from staffel.core.programme.words import figures
from staffel.core.programme.words.nouns import DAY, LENGTHS, WINDOWS, Kasus, Noun
from staffel.core.programme.words.sentences import with_example
from staffel.core.programme.words.voice import Voice


def during(voice: Voice, window: Window) -> str:
    """When, within a sentence: `in den letzten vier Quartalen …`. Empty where the asker's window is meant."""
    match window:
        case Current():
            return _current(voice)
        case ToDate(unit=unit):
            text = Text(
                en="in the current {unit} up to the key day", de="im laufenden {unit} bis zum Stichtag"
            )
            said = voice.say(text, unit=WINDOWS[unit].one(voice.language, "dat"))
        case Last(count=count, unit=unit, closed=closed):
            said = _last_closed(voice, count, unit) if closed else _last(voice, count, unit)
        case Rolling(count=count, unit=unit):
            said = voice.say(_ROLLING, count=LENGTHS[unit].counted(count, voice.language, "dat"))
        case Before(unit=unit):
            text = Text(en="in the {unit} before", de="im {unit} davor")
            said = voice.say(text, unit=WINDOWS[unit].one(voice.language, "dat"))
        case LastYear(unit=unit, to_date=to_date):
            text = _LAST_YEAR_TO_DATE if to_date else _LAST_YEAR
            said = voice.say(text, same=_same(voice, unit))
        case Named(span=span):
            return voice.days(span)
        case _ as other:
            assert_never(other)
    return with_example(said, example(voice, window))


_LAST_YEAR = Text(en="in the {same}", de="im {same}")
_LAST_YEAR_TO_DATE = Text(
    en="in the {same}, up to the same day of its run", de="im {same} bis zum gleichen Tag seines Laufs"
)


def _same(voice: Voice, unit: Unit) -> str:
    """The unit of the same number a year ago, behind `im` or `dem`."""
    if unit is Unit.YEAR:
        return voice.say(Text(en="previous programme year", de="vorigen Programmjahr"))
    text = Text(en="same {unit} of the year before", de="gleichen {unit} des Vorjahres")
    return voice.say(text, unit=WINDOWS[unit].one(voice.language, "dat"))


def _current(voice: Voice) -> str:
    match voice.asker:
        case None:
            return ""
        case Ladder():
            return voice.say(_YEAR_TO_DATE)
        case Incentive(per=per) if isinstance(per, Span):
            return voice.say(Text(en="in the time of the bonus", de="in der Zeit des Bonus"))
        case Incentive(per=per):
            text = Text(en="in the {unit} concerned", de="im jeweiligen {unit}")
            return voice.say(text, unit=window_noun(per).one(voice.language, "dat"))
        case _ as other:
            assert_never(other)


_YEAR_TO_DATE = Text(
    en="in the current programme year up to the key day", de="im laufenden Programmjahr bis zum Stichtag"
)


def _last(voice: Voice, count: int, unit: Unit) -> str:
    noun = WINDOWS[unit]
    if count == 1:
        return voice.say(_TO_DATE, unit=noun.one(voice.language, "dat"))
    return voice.say(_LAST, count=noun.counted(count, voice.language, "dat"))


_TO_DATE = Text(en="in the current {unit} up to the key day", de="im laufenden {unit} bis zum Stichtag")
_LAST = Text(
    en="in the last {count}, the current one to the key day included",
    de="in den letzten {count} einschließlich des laufenden bis zum Stichtag",
)


_ROLLING = Text(
    en="in {count} up to the key day, counted back day by day",
    de="in {count} bis zum Stichtag, tagesgenau zurückgerechnet",
)


def _last_closed(voice: Voice, count: int, unit: Unit) -> str:
    if count == 1:
        text = Text(en="in the last closed {unit}", de="im letzten abgeschlossenen {unit}")
        return voice.say(text, unit=WINDOWS[unit].one(voice.language, "dat"))
    noun = WINDOWS[unit]
    text = Text(en="in the last {count} closed {units}", de="in den letzten {count} abgeschlossenen {units}")
    numeral = figures.numeral(count, voice.language)
    return voice.say(text, count=numeral, units=noun.many(voice.language, "dat"))


def against(voice: Voice, baseline: Baseline) -> str:
    """A baseline's window after `gegenüber`: `dem gleichen Quartal des Vorjahres (zum Beispiel …)`."""
    match baseline.window:
        case Before(unit=unit):
            pair = (_BEFORE, _WHOLE_BEFORE)
        case LastYear(unit=unit, to_date=True):
            pair = (_SAME_TO_DATE, _WHOLE_SAME_TO_DATE)
        case LastYear(unit=unit):
            pair = (_SAME, _WHOLE_SAME)
        case Named(span=span):
            text = _WHOLE_SPAN if baseline.whole else _SPAN
            return voice.say(text, days=voice.days(span))
        case _ as other:
            assert_never(other)
    noun = WINDOWS[unit].one(voice.language, "dat")
    return with_example(
        voice.say(pair[baseline.whole], unit=noun, same=_same(voice, unit)), example(voice, baseline.window)
    )


_BEFORE = Text(en="the {unit} before", de="dem {unit} davor")
_WHOLE_BEFORE = Text(en="the whole {unit} before", de="dem vollen {unit} davor")
_SAME = Text(en="the {same}", de="dem {same}")
_WHOLE_SAME = Text(en="the whole {same}", de="dem vollen {same}")
_SAME_TO_DATE = Text(
    en="the {same} up to the same day of its run", de="dem {same} bis zum gleichen Tag seines Laufs"
)
_WHOLE_SAME_TO_DATE = Text(
    en="the whole {same} up to the same day of its run",
    de="dem vollen {same} bis zum gleichen Tag seines Laufs",
)
_SPAN = Text(en="the time {days}", de="der Zeit {days}")
_WHOLE_SPAN = Text(en="the whole time {days}", de="der vollen Zeit {days}")


def example(voice: Voice, window: Window) -> str:
    """In brackets: for one day of the first window, the days that are meant."""
    text = Text(en="(on {day}, that is, {days})", de="(am {day} also {days})")
    days = voice.days(resolved(voice, window))
    return voice.say(text, day=voice.date(voice.day), days=days)


def resolved(voice: Voice, window: Window) -> Span:
    """The days of a window as seen on the voice's day of example."""
    calendar, when = voice.programme.calendar, voice.day
    match window:
        case Current():
            return voice.window.cut(when)
        case ToDate(unit=unit):
            return calendar.unit_of(when, unit).cut(when)
        case Last(count=count, unit=unit, closed=False):
            return calendar.last(when, unit, count).cut(when)
        case Last(count=count, unit=unit):
            before = calendar.shift(calendar.unit_of(when, unit), unit, -1)
            return calendar.last(before.start, unit, count)
        case Rolling(count=count, unit=unit):
            return Span(add_months(when + ONE_DAY, -count * unit.months), when + ONE_DAY)
        case Before(unit=unit):
            return calendar.shift(calendar.unit_of(when, unit), unit, -1)
        case LastYear(unit=unit, to_date=to_date):
            return _a_year_ago(voice, unit, when, to_date=to_date)
        case Named(span=span):
            return span
        case _ as other:
            assert_never(other)


def _a_year_ago(voice: Voice, unit: Unit, when: date, *, to_date: bool) -> Span:
    calendar = voice.programme.calendar
    now = calendar.unit_of(when, unit)
    then = calendar.shift(now, unit, -12 // unit.months)
    if not to_date or when == now.last_day:
        return then
    return Span(then.start, min(then.until, then.start + (now.cut(when).until - now.start)))


def length(voice: Voice, time: Length, kasus: Kasus = "nom") -> str:
    """`zwei Quartale`, `30 Tage`."""
    noun: Noun = DAY if time.unit is None else LENGTHS[time.unit]
    return noun.counted(time.count, voice.language, kasus)


def window_noun(per: Unit | Span) -> Noun:
    """What an incentive's window is called: `Quartal`, or `Zeitraum` for a span."""
    return _PERIOD if isinstance(per, Span) else WINDOWS[per]


_PERIOD = Noun(
    en="period", plural_en="periods", de="Zeitraum", plural_de="Zeiträume", gender="m", genitive="Zeitraums"
)
