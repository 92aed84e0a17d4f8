"""The programme's calendar: windows as spans of days. `language.md`, rules 7 and 14.

A span is closed at its start and open at its end: `until` is the first day that no longer belongs to it.
A year may start on any day up to the 28th of a month; months, quarters and halves follow from there.
A window of a year has a name, `2026-Q1`: the first quarter of the programme's year that begins in 2026.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """A unit of time of the programme's calendar."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]

    def divides(self, other: "Unit") -> bool:
        """Whether whole units of this one fill the other."""
        return other.months % self.months == 0


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` (in it) to `until` (no longer in it)."""

    start: date
    until: date

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.until - ONE_DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.until

    def within(self, other: "Span") -> "Span":
        """The days in both; empty where there are none."""
        start = max(self.start, other.start)
        return Span(start, max(start, min(self.until, other.until)))

    def cut(self, day: date) -> "Span":
        """The part up to the end of `day`; empty when `day` lies before it."""
        return Span(self.start, max(self.start, min(self.until, day + ONE_DAY)))


_NAME = re.compile(r"(?P<year>(?:19|2\d)\d{2})(?:-(?P<unit>[QHM]?)(?P<number>\d{1,2}))?")
_LETTER = {"Q": Unit.QUARTER, "H": Unit.HALF, "M": Unit.MONTH, "": Unit.MONTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Where years start. time_zone: in which a moment becomes a day of business."""

    time_zone: str = "Europe/Berlin"
    starts_month: int = 1
    starts_day: int = 1

    def unit_of(self, day: date, unit: Unit) -> Span:
        """The window of this unit in which `day` lies."""
        index = self._month_of(day)
        return self._months(index - (index - self._first_month) % unit.months, unit.months)

    def shift(self, window: Span, unit: Unit, by: int) -> Span:
        """The window `by` units after (or before) the one that begins where `window` does."""
        return self._months(self._month_of(window.start) + by * unit.months, unit.months)

    def last(self, day: date, unit: Unit, count: int) -> Span:
        """`count` whole units, the one of `day` the last of them, not cut."""
        end = self.unit_of(day, unit)
        return Span(self.shift(end, unit, 1 - count).start, end.until)

    def windows(self, within: Span, unit: Unit) -> list[Span]:
        """All windows of this unit that meet `within`, in order."""
        found = []
        window = self.unit_of(within.start, unit)
        while window.start < within.until:
            found.append(window)
            window = self.shift(window, unit, 1)
        return found

    def name_of(self, window: Span, unit: Unit) -> str:
        """`2026-Q1`, `2026-03`, `2026-H2` or `2026`; months by the calendar's own number in the year."""
        year = self.unit_of(window.start, Unit.YEAR).start
        number = (self._month_of(window.start) - self._month_of(year)) // unit.months + 1
        match unit:
            case Unit.YEAR:
                return f"{year.year}"
            case Unit.MONTH:
                return f"{window.start:%Y-%m}"
            case _:
                return f"{year.year}-{unit.value[0].upper()}{number}"

    def named(self, name: str) -> tuple[Span, Unit]:
        """The window of a name, and its unit. Raises ValueError for what is none."""
        match = _NAME.fullmatch(name.strip())
        if match is None:
            raise ValueError(f"{name!r} is no window")
        year, number = int(match["year"]), int(match["number"] or 1)
        unit = _LETTER[match["unit"]] if match["number"] else Unit.YEAR
        if not 1 <= number <= 12 // unit.months:
            raise ValueError(f"{name!r} is no window")
        if unit is Unit.MONTH:
            return self._months(year * 12 + number - 1, 1), unit
        return self._months(year * 12 + self.starts_month - 1 + (number - 1) * unit.months, unit.months), unit

    @property
    def _first_month(self) -> int:
        return self.starts_month - 1

    def _month_of(self, day: date) -> int:
        """Months since year 0 of the calendar month in which the month of `day` starts."""
        return day.year * 12 + day.month - 1 - (day.day < self.starts_day)

    def _months(self, index: int, count: int) -> Span:
        return Span(self._starts(index), self._starts(index + count))

    def _starts(self, index: int) -> date:
        return date(index // 12, index % 12 + 1, self.starts_day)


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of a month where that one has it not."""
    index = day.year * 12 + day.month - 1 + months
    first, following = date(index // 12, index % 12 + 1, 1), date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - ONE_DAY)
