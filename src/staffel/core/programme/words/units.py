"""In which unit a figure is, and how it reads: `25.000 €`, `40 %`, `24 Punkte`."""

from decimal import Decimal
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme import units
from staffel.core.programme.forms import parts_of
from staffel.core.programme.model import (
    Base,
    Const,
    Different,
    Fold,
    Growth,
    Made,
    PartOf,
    Programme,
    Take,
    Use,
)
from staffel.core.programme.words.nouns import CERTIFICATE, LINE, WINDOWS, Kasus, Noun, key_noun
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import Measured


def unit_of(programme: Programme, measure: Base) -> Measured:
    """The unit of a measure's figure. A target is agreed in money, where nothing beside it says otherwise."""
    found = units.unit_of(programme, measure)
    if found is None and isinstance(measure, Const):
        return Measured.FACTOR
    return found or (Measured.COUNT if isinstance(measure, Take) else Measured.MONEY)


def _counted(programme: Programme, measure: Base) -> Noun:
    """What a count counts; where that cannot be told, lines."""
    match measure:
        case Take(aggregate=Different(key=key)):
            return key_noun(key)
        case Take(source="certifications"):
            return CERTIFICATE
        case Use(measure=name):
            named = next((one.measure for one in programme.measures if one.name == name), None)
            return _counted(programme, named) if named else LINE
        case Growth(of=of) | PartOf(of=of):
            return _counted(programme, of)
        case Fold(shown_as="count", each=each):
            return WINDOWS[each]
        case Made():
            return _counted(programme, parts_of(measure)[0]) if parts_of(measure) else LINE
        case _:
            return LINE


def figure(voice: Voice, number: Decimal, unit: Measured, kasus: Kasus = "nom") -> str:
    """A figure with its unit; the case matters to German points only."""
    match unit:
        case Measured.MONEY:
            return voice.money(number)
        case Measured.SHARE:
            return voice.percent(number)
        case Measured.PIECES:
            pieces = Text(en="{number} piece", de="{number} Stück")
            many = Text(en="{number} pieces", de="{number} Stück")
            return voice.say(pieces if number == 1 else many, number=voice.number(number))
        case Measured.POINTS:
            point = Text(en="{number} point", de="{number} Punkt")
            many = Text(en="{number} points", de="{number} Punkten" if kasus == "dat" else "{number} Punkte")
            return voice.say(point if number == 1 else many, number=voice.number(number))
        case Measured.COUNT | Measured.FACTOR | Measured.DAYS:
            return voice.number(number)
        case _ as other:
            assert_never(other)


def one_unit(voice: Voice, measure: Base) -> str:
    """What one unit of its figure is: `je Stück`, `je 1 €`, `je Endkunde`."""
    match unit := unit_of(voice.programme, measure):
        case Measured.MONEY | Measured.SHARE:
            one = figure(voice, Decimal(1), unit)
            return voice.say(Text(en="per {one}", de="je {one}"), one=one)
        case Measured.PIECES:
            return voice.say(Text(en="per piece", de="je Stück"))
        case Measured.COUNT:
            counted = _counted(voice.programme, measure)
            return voice.say(Text(en="per {counted}", de="je {counted}"), counted=counted.one(voice.language))
        case Measured.FACTOR | Measured.DAYS:
            return voice.say(Text(en="per unit of its value", de="je Einheit ihres Werts"))
        case Measured.POINTS:
            return voice.say(Text(en="per point", de="je Punkt"))
        case _ as other:
            assert_never(other)
