"""A programme as JSON and back, without a loss: every form under its name, with all of its fields.

For what is computed again the core forms count, not their spelling: a kit carries them beside the text.
Places are left out, since they take no part in equality. A figure stands as text, so that no reader makes
a binary fraction of it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.findings import Text
from staffel.core.programme import model
from staffel.core.programme.model import Programme

_IS = "is"
_PLACE = "place"


class NoProgramme(ValueError):
    """A text does not hold the forms of a programme."""


def _kinds() -> dict[str, type]:
    """Every form and enumeration by its name."""
    named = [getattr(model, name) for name in model.__all__]
    kinds = [one for one in named if isinstance(one, type)]
    return {one.__name__: one for one in (*kinds, Calendar, Span, Text, Unit)}


KINDS: Mapping[str, type] = _kinds()


def dumped(programme: Programme) -> str:
    """The programme as JSON."""
    return json.dumps(_plain(programme), ensure_ascii=False, indent=1) + "\n"


def loaded(text: str) -> Programme:
    """The programme of a JSON text. Raises NoProgramme."""
    try:
        found = _form(json.loads(text))
    except (ValueError, TypeError, LookupError, InvalidOperation, RecursionError) as error:
        raise NoProgramme(str(error)) from error
    if not isinstance(found, Programme):
        raise NoProgramme("it is no programme")
    return found


def _plain(value: object) -> object:
    match value:
        case Enum():
            return {_IS: type(value).__name__, "value": value.value}
        case Decimal():
            return {_IS: "Decimal", "value": str(value)}
        case date():
            return {_IS: "date", "value": value.isoformat()}
        case tuple():
            return [_plain(one) for one in value]
        case None | bool() | int() | str():
            return value
        case _ if is_dataclass(value) and type(value).__name__ in KINDS:
            return {_IS: type(value).__name__} | {
                field.name: _plain(getattr(value, field.name))
                for field in fields(value)
                if field.name != _PLACE
            }
        case _:
            raise TypeError(f"{type(value).__name__} is no part of a programme")


def _form(value: object) -> object:
    match value:
        case list():
            return tuple(_form(one) for one in value)
        case {"is": "Decimal", "value": str(text)}:
            return _figure(text)
        case {"is": "date", "value": str(text)}:
            return date.fromisoformat(text)
        case {"is": str(name), **rest}:
            return (
                KINDS[name](**{str(key): _form(one) for key, one in rest.items()})
                if (not issubclass(KINDS[name], Enum))
                else KINDS[name](rest["value"])
            )
        case None | bool() | int() | str():
            return value
        case _:
            raise TypeError("a value of no known kind")


def _figure(text: str) -> Decimal:
    figure = Decimal(text)
    if not figure.is_finite():
        raise ValueError(f"{text} is no figure")
    return figure
