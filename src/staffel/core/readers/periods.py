"""The period that a report names, as a span of days: a month, quarter, half, year or week, or two dates."""

import re
from datetime import date, timedelta

from staffel.core.calendar import Span, Unit, add_months
from staffel.core.readers.dates import month_named, read_date
from staffel.core.readers.mapping import DateOrder
from staffel.core.readers.refusals import CellRefused

_DATE = r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}|[0-9]{8}"
_TWO_DATES = re.compile(rf"({_DATE})\s*(?:to|until|bis|through|–|—|-|\.\.)\s*({_DATE})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-./ ]?(0[1-9]|1[0-2])")
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[-./ ]([0-9]{4})")
_NAMED_MONTH = re.compile(r"([^\W\d_]{3,9})\.?[-/ ]+([0-9]{4}|[0-9]{2})")
_PART = re.compile(
    r"([0-9]{4})[-/ ]?([QHqhWw]|KW)\s?([0-9]{1,2})|([QHqhWw]|KW)\s?([0-9]{1,2})[-/ ]+([0-9]{4})"
)
_YEAR = re.compile(r"(20[0-9]{2})")


def read_period(text: str, order: DateOrder = DateOrder.AUTO) -> Span | None:
    """The span that a text names; None where it names none.

    >>> read_period("Juli 2026").last_day.isoformat()
    '2026-07-31'
    """
    text = text.strip()
    try:
        return _of_dates(text, order) or _of_month(text) or _of_part(text)
    except (CellRefused, ValueError):
        return None


def _of_dates(text: str, order: DateOrder) -> Span | None:
    match = _TWO_DATES.fullmatch(text)
    if match is None:
        return None
    first, last = read_date(match[1], order), read_date(match[2], order)
    return Span(first, last + timedelta(days=1)) if first and last and first <= last else None


def _of_month(text: str) -> Span | None:
    if match := _YEAR_MONTH.fullmatch(text):
        return _months(int(match[1]), int(match[2]), Unit.MONTH.months)
    if match := _MONTH_YEAR.fullmatch(text):
        return _months(int(match[2]), int(match[1]), Unit.MONTH.months)
    match = _NAMED_MONTH.fullmatch(text)
    month = month_named(match[1]) if match else None
    if match is None or month is None:
        return None
    return _months(int(match[2]) + (2000 if len(match[2]) == 2 else 0), month, Unit.MONTH.months)


def _of_part(text: str) -> Span | None:
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, Unit.YEAR.months)
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year, letter, number = match.groups()[:3] if match[1] else (match[6], match[4], match[5])
    match letter.upper():
        case "Q" if 1 <= int(number) <= 4:
            return _months(int(year), int(number) * 3 - 2, Unit.QUARTER.months)
        case "H" if 1 <= int(number) <= 2:
            return _months(int(year), int(number) * 6 - 5, Unit.HALF.months)
        case "W" | "KW":
            monday = date.fromisocalendar(int(year), int(number), 1)
            return Span(monday, monday + timedelta(days=7))
        case _:
            return None


def _months(year: int, month: int, count: int) -> Span:
    start = date(year, month, 1)
    return Span(start, add_months(start, count))
