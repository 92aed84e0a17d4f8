"""In which unit the figure of a measure is: sums and comparisons need one. `language.md`, 1.1 and rule 13."""

from typing import assert_never

from staffel.core.programme.forms import parts_of
from staffel.core.programme.model import (
    Agreed,
    Base,
    Different,
    Fold,
    Growth,
    Lines,
    Made,
    Measure,
    PartOf,
    Programme,
    Score,
    Share,
    SumOf,
    Take,
    Use,
)
from staffel.core.sources import TABLES, ColumnType, Measured

_OF_COLUMNS = {ColumnType.MONEY: Measured.MONEY, ColumnType.PIECES: Measured.PIECES}


def unit_of(programme: Programme, measure: Base) -> Measured | None:
    """The unit of a measure's figure.

    None where it has none of its own: a target agreed (it takes that of what it is compared with), and a
    name that is unknown or in itself.
    """
    return _unit(programme, measure, {})


def _unit(programme: Programme, measure: Base, seen: dict[str, Measured | None]) -> Measured | None:
    """seen: the names met so far, each with its unit; none until it is known."""
    match measure:
        case Take():
            return _of_take(measure)
        case Use(measure=name):
            below = _named(programme, name)
            if below and name not in seen:
                seen[name] = None
                seen[name] = _unit(programme, below, seen)
            return seen.get(name)
        case Share(part=part, whole=whole):
            units = {_unit(programme, part, seen), _unit(programme, whole, seen)} - {None}
            return Measured.SHARE if len(units) < 2 else Measured.FACTOR
        case Growth(of=of):
            return Measured.SHARE if measure.shown_as == "percent" else _unit(programme, of, seen)
        case PartOf(of=of):
            return _unit(programme, of, seen)
        case Score():
            return Measured.POINTS
        case Agreed():
            return None
        case Fold(shown_as="count"):
            return Measured.COUNT
        case Made():
            units = {_unit(programme, part, seen) for part in parts_of(measure)} - {None}
            return units.pop() if len(units) == 1 else None
        case _:
            assert_never(measure)


def _of_take(take: Take) -> Measured | None:
    match take.aggregate:
        case SumOf(column=column):
            found = [one.type for one in TABLES[take.source].columns if one.name == column]
            return _OF_COLUMNS.get(found[0]) if found else None
        case Lines() | Different():
            return Measured.COUNT
        case _:
            assert_never(take.aggregate)


def _named(programme: Programme, name: str) -> Measure | None:
    return next((one.measure for one in programme.measures if one.name == name), None)
