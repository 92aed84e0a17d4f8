"""Dates as people write them → days. ISO 8601 first; then by the order that the mapping or the column says.

`2026-07-28`, `20260728`, `20260728235900`, `28.07.2026`, `07/28/2026 10:15`, `28-07-26`, `03-Aug-26`,
`3. Aug. 2026` and a spreadsheet's serial number (days since 30 December 1899) are read; a time of day is
left out.
"""

import re
from datetime import date, timedelta

from staffel.core.readers.mapping import DateOrder
from staffel.core.readers.refusals import CellRefused

NOTHING = frozenset({"", "-", "–", "NA", "N/A", "n/a", "0", "00000000", "00.00.0000"})
_SERIAL_START = date(1899, 12, 30)
# Serial numbers of 1982 to 2064: a number beyond them is another thing than a day of business.
_SERIALS = range(30_000, 60_000)
_YEARS = range(1950, 2100)
_ZONE = r"(?: ?Z|[+-][0-9]{2}:?[0-9]{2})?"
_TIME = rf"(?:[T ,]+[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]+)?)?(?: ?[AaPp][Mm])?{_ZONE})?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-./])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{4}|[0-9]{6})?")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-./])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_NAMED = re.compile(rf"([0-9]{{1,2}})[-. ]+([^\W\d_]{{3,9}})\.?[-., ]+([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_NAMED_FIRST = re.compile(rf"([^\W\d_]{{3,9}})\.?[- ]+([0-9]{{1,2}}),?[- ]+([0-9]{{4}}){_TIME}")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january januar jän jänner",
            "feb february februar",
            "mar march mär märz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ],
        start=1,
    )
    for name in names.split()
}


def month_named(name: str) -> int | None:
    """The number of a month by its English or German name, also cut to three letters."""
    return _MONTHS.get(name.strip().rstrip(".").casefold())


def read_date(text: str, order: DateOrder) -> date | None:
    """The day of a text; None: nothing stands there. Raises CellRefused.

    order: `auto` leaves only what can be read in one way, or is written with points, as in German.
    """
    text = text.strip()
    if text in NOTHING:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4], text)
    if match := _COMPACT.fullmatch(text):
        return _day(match[1], match[2], match[3], text)
    if match := _YEAR_LAST.fullmatch(text):
        return _by_order(match, order, text)
    return _named_or_serial(text)


def orders_of(text: str) -> frozenset[DateOrder] | None:
    """Which orders a text with the year last allows; None when it says nothing about it."""
    match = _YEAR_LAST.fullmatch(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    orders = {DateOrder.DMY: (first, second), DateOrder.MDY: (second, first)}
    return frozenset(order for order, (day, month) in orders.items() if month <= 12 and day <= 31)


def day_of_serial(number: int) -> date:
    """The day of a spreadsheet's serial number. Raises CellRefused beyond 1982 to 2064."""
    if number not in _SERIALS:
        raise CellRefused("date-unreadable", number)
    return _SERIAL_START + timedelta(days=number)


def _by_order(match: re.Match[str], order: DateOrder, text: str) -> date:
    first, second, year = match[1], match[3], match[4]
    if order is DateOrder.AUTO:
        order = _only_order(match[2], first, second, text)
    if order is DateOrder.MDY:
        return _day(year, first, second, text, otherwise=(second, first))
    if order is DateOrder.YMD and len(year) == 2:
        return _day(first, second, year, text)
    return _day(year, second, first, text, otherwise=(first, second))


def _only_order(sign: str, first: str, second: str, text: str) -> DateOrder:
    # Nobody writes month before day with points.
    if sign == "." or int(first) > 12 or first == second:
        return DateOrder.DMY
    if int(second) > 12:
        return DateOrder.MDY
    raise CellRefused("date-ambiguous", text)


def _named_or_serial(text: str) -> date:
    if match := _NAMED.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAMED_FIRST.fullmatch(text):
        name, day, year = match.groups()
    elif match := _SERIAL.fullmatch(text):
        return day_of_serial(int(match[1]))
    else:
        raise CellRefused("date-unreadable", text)
    month = month_named(name)
    if month is None:
        raise CellRefused("date-unreadable", text)
    return _day(year, str(month), day, text)


def _day(year: str, month: str, day: str, text: str, otherwise: tuple[str, str] | None = None) -> date:
    """The day, or why it is none. otherwise: month and day in the other order, to tell a wrong mapping."""
    found = _in_calendar(year, month, day)
    if found is not None:
        return found
    is_one_then = otherwise is not None and _in_calendar(year, *otherwise) is not None
    raise CellRefused("date-other-order" if is_one_then else "date-not-in-calendar", text)


def _in_calendar(year: str, month: str, day: str) -> date | None:
    whole_year = int(year) + (2000 if len(year) <= 2 else 0)
    try:
        found = date(whole_year, int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None
