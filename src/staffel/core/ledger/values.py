"""A text or a value as the column's type keeps it; what does not fit is said, never bent to fit.

Figures have a point before their decimals and no thousands signs: facts are files of ours, reports are
read by the readers. Days are written 2026-03-31. A share may be written as 40 %.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from staffel.core.findings import Finding, Place
from staffel.core.ledger.sentences import find
from staffel.core.ledger.tables import DECIMALS
from staffel.core.sources import Column, ColumnType

LONGEST_TEXT = 500
_NUMBER = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}
_LARGEST_WHOLE = 2**63
_HUNDRED = Decimal("0.01")

Value = str | date | datetime | Decimal | int | bool | None


class ValueRefused(ValueError):
    """A value does not fit its column. code, quotes: what to say of it."""

    def __init__(self, code: str, **quotes: object) -> None:
        super().__init__(code)
        self.code = code
        self.quotes = quotes

    def finding(self, place: Place, column: str) -> Finding:
        """What is said, at this place."""
        return find(self.code, place, column=column, **self.quotes)


def typed(value: object, column: Column) -> Value:
    """The value as this column keeps it; None for what is empty. Raises ValueRefused."""
    if isinstance(value, str):
        value = as_text(value)
    if value is None:
        return None
    match column.type:
        case ColumnType.TEXT:
            return as_text(str(value))
        case ColumnType.DATE:
            return as_day(value)
        case ColumnType.FLAG:
            return _as_flag(value)
        case ColumnType.WHOLE:
            return _as_whole(value)
        case ColumnType.MOMENT:
            return _as_moment(value)
        case _:
            return as_figure(value, column.type)


def as_text(value: str) -> str | None:
    """A text on one line, composed (NFC), without blanks at its ends; None for nothing. Raises
    ValueRefused.
    """
    if len(value) > LONGEST_TEXT:
        raise ValueRefused("text-too-long", most=LONGEST_TEXT)
    text = unicodedata.normalize("NFC", value).strip()
    if not text.isprintable() and any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise ValueRefused("text-unprintable")
    return text or None


def as_day(value: object) -> date:
    """A day. Raises ValueRefused."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueRefused("date-impossible")


def as_figure(value: object, type_: ColumnType) -> Decimal:
    """An exact figure, all its decimals within the type's; a rate is above 0. Raises ValueRefused."""
    exact = DECIMALS[type_]
    figure = _as_decimal(value, type_)
    if abs(figure) >= exact.limit:
        raise ValueRefused("number-too-large", digits=exact.digits - exact.places)
    kept = figure.quantize(exact.unit)
    if kept != figure:
        raise ValueRefused("too-many-decimals", places=exact.places)
    if type_ is ColumnType.RATE and kept <= 0:
        raise ValueRefused("rate-not-positive")
    return kept


def _as_decimal(value: object, type_: ColumnType) -> Decimal:
    if isinstance(value, str):
        percent = type_ is ColumnType.SHARE and value.endswith("%")
        text = value[:-1].strip() if percent else value
        if not _NUMBER.fullmatch(text):
            raise ValueRefused("number-unreadable")
        return Decimal(text) * _HUNDRED if percent else Decimal(text)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueRefused("number-unreadable")
    try:
        figure = Decimal(value)
    except InvalidOperation as error:
        raise ValueRefused("number-unreadable") from error
    if not figure.is_finite():
        raise ValueRefused("number-unreadable")
    return figure


def _as_whole(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _LARGEST_WHOLE:
        raise ValueRefused("number-unreadable")
    return value


def _as_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise ValueRefused("flag-unreadable")


def _as_moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    raise ValueRefused("date-impossible")
