"""In which unit a figure is, and how it reads: `25.000 €`, `40 %`, `24 Punkte`."""

from decimal import Decimal
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.model import (
    Agreed,
    Base,
    Different,
    GrownPart,
    Growth,
    Programme,
    Score,
    Share,
    SumOf,
    Take,
    Use,
)
from staffel.core.programme.words.nouns import CERTIFICATE, LINE, Kasus, Noun, key_noun
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import TABLES, ColumnType, Measured

_OF_COLUMN = {
    ColumnType.MONEY: Measured.MONEY,
    ColumnType.PIECES: Measured.PIECES,
    ColumnType.SHARE: Measured.SHARE,
}


def unit_of(programme: Programme, measure: Base) -> Measured:
    """The unit of a measure's figure. A target is agreed in money."""
    match measure:
        case Take(aggregate=aggregate, source=source):
            return _of_column(source, aggregate.column) if isinstance(aggregate, SumOf) else Measured.COUNT
        case Use(measure=name):
            return _of_name(programme, name)
        case Share(part=part, whole=whole):
            return (
                Measured.SHARE if unit_of(programme, part) is unit_of(programme, whole) else Measured.FACTOR
            )
        case Growth(of=of, shown_as=shown_as):
            return Measured.SHARE if shown_as == "percent" else unit_of(programme, of)
        case GrownPart(of=of):
            return unit_of(programme, of)
        case Score():
            return Measured.POINTS
        case Agreed():
            return Measured.MONEY
        case _ as other:
            assert_never(other)


def _of_column(source: str, column: str) -> Measured:
    table = TABLES.get(source)
    known = {one.name: one.type for one in table.columns} if table else {}
    return _OF_COLUMN.get(known.get(column, ColumnType.TEXT), Measured.COUNT)


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
        case Growth(of=of) | GrownPart(of=of):
            return _counted(programme, of)
        case _:
            return LINE


def _of_name(programme: Programme, name: str) -> Measured:
    named = next((one.measure for one in programme.measures if one.name == name), None)
    return Measured.COUNT if named is None else unit_of(programme, named)


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
