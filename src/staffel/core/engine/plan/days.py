"""The calendar of a plan: on which days it is asked, and which days each window then has. Rules 7 and 14.

All of it is made here, in Python, as lists; SQL compares days and never computes one. An `Ask` is one
question: "as of this day, in this window". A window of the language turns an ask into a `Span`; a nested
measure re-asks with another window, so that a chain of windows is a chain of asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from staffel.core.calendar import ONE_DAY, Calendar, Span, Unit, add_months
from staffel.core.programme.model import (
    AtOnce,
    Before,
    Current,
    EachUnit,
    FixedDays,
    Last,
    LastYear,
    Length,
    Named,
    Never,
    ReviewDays,
    Rolling,
    ToDate,
    Window,
)


@dataclass(frozen=True, slots=True, order=True)
class Ask:
    """A question. window: the asker's whole window; day: up to which day facts of business count."""

    window: Span
    day: date

    @property
    def current(self) -> Span:
        """The asker's window up to the day asked."""
        return self.window.cut(self.day)


def whole_of(window: Window, ask: Ask, calendar: Calendar) -> Span:
    """The days of a window before it is cut at the day asked."""
    match window:
        case Current():
            return ask.window
        case ToDate(unit=unit):
            return calendar.unit_of(ask.day, unit)
        case Last(count=count, unit=unit, closed=closed):
            return _last(ask.day, unit, count, calendar, back=1 if closed else 0)
        case Rolling(count=count, unit=unit):
            return _rolling(ask.day, unit, count)
        case Before(unit=unit):
            return calendar.shift(calendar.unit_of(ask.day, unit), unit, -1)
        case LastYear(unit=unit):
            return calendar.shift(calendar.unit_of(ask.day, unit), unit, -12 // unit.months)
        case Named(span=span):
            return span
        case _:
            assert_never(window)


def _last(day: date, unit: Unit, count: int, calendar: Calendar, *, back: int) -> Span:
    running = calendar.unit_of(day, unit)
    first = calendar.shift(running, unit, 1 - count - back)
    last = calendar.shift(running, unit, -back)
    return Span(first.start, last.until)


def _rolling(day: date, unit: Unit, count: int) -> Span:
    """As many units back, day by day, the day itself included."""
    return Span(add_months(day + ONE_DAY, -count * unit.months), day + ONE_DAY)


def days_of(window: Window, ask: Ask, calendar: Calendar) -> Span:
    """The days of a window, as asked: `whole_of`, cut at the day (a year ago: at the same day of its run)."""
    whole = whole_of(window, ask, calendar)
    if isinstance(window, LastYear) and window.to_date:
        return same_run(whole, calendar.unit_of(ask.day, window.unit), ask.day)
    return whole.cut(ask.day)


def same_run(baseline: Span, run: Span, day: date) -> Span:
    """A baseline cut at the same day of its run; on the run's last day, and after it, the whole of it
    (rule 14).
    """
    if day >= run.last_day:
        return baseline
    return Span(baseline.start, min(baseline.until, baseline.start + timedelta(days=run.cut(day).days)))


def reask(window: Window, ask: Ask, calendar: Calendar) -> Ask:
    """The question that a measure asked over `window` puts to what it is made of."""
    if isinstance(window, Current):
        return ask
    days = days_of(window, ask, calendar)
    return Ask(whole_of(window, ask, calendar), min(ask.day, days.last_day))


def review_days(days: ReviewDays, within: Span, calendar: Calendar) -> list[date]:
    """The key days of a review in a span of days, in order; at once has none of its own: every day is one."""
    match days:
        case AtOnce() | Never():
            return []
        case EachUnit(unit=unit):
            return [w.last_day for w in calendar.windows(within, unit) if w.last_day in within]
        case FixedDays(days=fixed):
            years = range(within.start.year, within.until.year + 1)
            return sorted(d for year in years for d in _in_year(fixed, year) if d in within)
        case _:
            assert_never(days)


def _in_year(fixed: Iterable[tuple[int, int]], year: int) -> Iterable[date]:
    for month, number in fixed:
        yield min(
            date(year, month, min(number, 28)) + timedelta(days=number - min(number, 28)),
            _month_end(year, month),
        )


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def grace_end(key_day: date, grace: Length) -> date:
    """The last day of a grace that began with a review on `key_day`; the key day itself where there is
    none.
    """
    if grace.unit is None:
        return key_day + timedelta(days=grace.count)
    return add_months(key_day + ONE_DAY, grace.count * grace.unit.months) - ONE_DAY


def earning_windows(per: Unit | Span, valid: Span, day: date, calendar: Calendar) -> list[Ask]:
    """The windows of an incentive that have begun by `day`, each asked on its own last day or on `day`."""
    windows = [per] if isinstance(per, Span) else calendar.windows(valid, per)
    return [Ask(window, min(day, window.last_day)) for window in windows if window.start <= day]
