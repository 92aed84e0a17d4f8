"""A figure in its unit, and the short name of a measure: what stands beside a bar."""

from decimal import Decimal
from typing import assert_never

from staffel.cli.voice import Voice
from staffel.core.calendar import Unit
from staffel.core.findings import Text
from staffel.core.money import divide
from staffel.core.programme.forms import parts_of
from staffel.core.programme.model import (
    Agreed,
    Base,
    Before,
    Const,
    Current,
    GrownPart,
    Growth,
    Last,
    LastYear,
    Made,
    Named,
    PartAbove,
    Programme,
    Rolling,
    Score,
    Share,
    Take,
    ToDate,
    Use,
    Who,
    Window,
)
from staffel.core.sources import Measured

_UNITS = {
    Unit.MONTH: (Text(en="month", de="Monat"), Text(en="months", de="Monate")),
    Unit.QUARTER: (Text(en="quarter", de="Quartal"), Text(en="quarters", de="Quartale")),
    Unit.HALF: (Text(en="half-year", de="Halbjahr"), Text(en="half-years", de="Halbjahre")),
    Unit.YEAR: (Text(en="year", de="Jahr"), Text(en="years", de="Jahre")),
}
_PER_CENT_PLACES = 3


def figure(value: Decimal, unit: Measured | None, currency: str, voice: Voice, least_places: int = 2) -> str:
    """`€12,400.00`, `3`, `41.5%`, `24 points`. least_places: of money."""
    match unit:
        case Measured.MONEY:
            return voice.money(value, currency, least_places)
        case Measured.SHARE | Measured.FACTOR:
            return voice.percent(divide(value, Decimal(1), _PER_CENT_PLACES))
        case Measured.POINTS:
            return _counted(value, Text(en="point", de="Punkt"), Text(en="points", de="Punkte"), voice)
        case Measured.DAYS:
            return _counted(value, Text(en="day", de="Tag"), Text(en="days", de="Tage"), voice)
        case Measured.PIECES | Measured.COUNT | None:
            return voice.number(value)
        case _:
            assert_never(unit)


def _counted(value: Decimal, one: Text, many: Text, voice: Voice) -> str:
    return f"{voice.number(value)} {voice.say(one if abs(value) == 1 else many)}"


def short_name(programme: Programme, measure: Base, voice: Voice) -> str:
    """`Revenue, last 4 quarters`."""
    match measure:
        case Use(measure=name, over=over, who=who):
            titles = {one.name: one.title for one in programme.measures}
            title = voice.say(titles[name]) if name in titles else name
            if who is Who.ALLIANCE:
                title = f"{title} {voice.say(Text(en='of the alliance', de='der Allianz'))}"
            return _joined(title, window_name(over, voice))
        case Take(over=over):
            return _joined(measure.source, window_name(over, voice))
        case Share(part=part, whole=whole):
            return f"{short_name(programme, part, voice)} : {short_name(programme, whole, voice)}"
        case Growth(of=of) | GrownPart(of=of):
            return f"{voice.say(Text(en='growth of', de='Wachstum von'))} {short_name(programme, of, voice)}"
        case PartAbove(of=of):
            return f"{voice.say(Text(en='part of', de='Teil von'))} {short_name(programme, of, voice)}"
        case Score():
            return voice.say(Text(en="score", de="Punktzahl"))
        case Agreed():
            return voice.say(Text(en="target agreed", de="vereinbartes Ziel"))
        case Const(figure=figure):
            return voice.number(figure)
        case Made():
            return ", ".join(short_name(programme, one, voice) for one in parts_of(measure))
        case _:
            assert_never(measure)


def window_name(window: Window, voice: Voice) -> str:
    """`last 4 quarters`, `year before`; nothing for the asker's own."""
    match window:
        case Current():
            return ""
        case ToDate(unit=unit):
            one = voice.say(_UNITS[unit][0])
            return voice.say(Text(en=f"{one} to date", de=f"{one} bis heute"))
        case Last(count=count, unit=unit):
            many = voice.say(_UNITS[unit][count != 1])
            return voice.say(Text(en=f"last {count} {many}", de=f"letzte {count} {many}"))
        case Rolling(count=count, unit=unit):
            many = voice.say(_UNITS[unit][count != 1])
            return voice.say(Text(en=f"rolling {count} {many}", de=f"gleitend {count} {many}"))
        case Before(unit=unit):
            one = voice.say(_UNITS[unit][0])
            return voice.say(Text(en=f"{one} before", de=f"{one} davor"))
        case LastYear(unit=unit):
            one = voice.say(_UNITS[unit][0])
            return voice.say(Text(en=f"same {one} last year", de=f"{one} im Vorjahr"))
        case Named(span=span):
            return voice.span(span)
        case _:
            assert_never(window)


def _joined(title: str, window: str) -> str:
    return f"{title}, {window}" if window else title
