"""Windows as spans of days, rules 7 and 14. Own arithmetic: the calendar's methods are not used."""

from datetime import date, timedelta
from typing import NamedTuple, assert_never

from staffel.core.programme.model import (
    Baseline,
    Before,
    Calendar,
    Current,
    Last,
    LastYear,
    Length,
    Named,
    Rolling,
    Span,
    ToDate,
    Unit,
    Window,
)

DAY = timedelta(days=1)
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}


class Run(NamedTuple):
    """A window. whole: all its days; cut: those of them that count, up to the day asked."""

    whole: Span
    cut: Span


def last_day(span: Span) -> date:
    """The last day that belongs to it."""
    return span.until - DAY


def days(span: Span) -> int:
    """How many days it has."""
    return (span.until - span.start).days


def cut_at(span: Span, day: date) -> Span:
    """The part up to the end of `day`."""
    return Span(span.start, max(span.start, min(span.until, day + DAY)))


def meets(a: Span, b: Span) -> bool:
    """Whether they have a day in common."""
    return max(a.start, b.start) < min(a.until, b.until)


def months_on(day: date, months: int) -> date:
    """The same day `months` later; the last day of the month where that one is shorter."""
    month = day.year * 12 + day.month - 1 + months
    for number in range(day.day, 0, -1):
        try:
            return date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)


def year_of(calendar: Calendar, day: date) -> Span:
    """The programme's year in which `day` lies."""
    start = date(day.year, calendar.starts_month, calendar.starts_day)
    if start > day:
        start = date(day.year - 1, calendar.starts_month, calendar.starts_day)
    return Span(start, months_on(start, 12))


def unit_of(calendar: Calendar, day: date, unit: Unit) -> Span:
    """The unit in which `day` lies: units are counted off from the start of the year."""
    start = year_of(calendar, day).start
    while months_on(start, MONTHS[unit]) <= day:
        start = months_on(start, MONTHS[unit])
    return Span(start, months_on(start, MONTHS[unit]))


def units_meeting(calendar: Calendar, span: Span, unit: Unit) -> list[Span]:
    """All units that meet `span`, in order."""
    found = [unit_of(calendar, span.start, unit)]
    while found[-1].until < span.until:
        found.append(Span(found[-1].until, months_on(found[-1].until, MONTHS[unit])))
    return found


def back(span: Span, unit: Unit, count: int) -> Span:
    """The unit `count` units before the one that `span` is."""
    start = months_on(span.start, -count * MONTHS[unit])
    return Span(start, months_on(start, MONTHS[unit]))


def resolve(calendar: Calendar, window: Window, asker: Span, day: date) -> Run:
    """The days of a window, asked within the asker's (whole) window on a day."""
    match window:
        case Current():
            return _to(asker, day)
        case ToDate(unit=unit):
            return _to(unit_of(calendar, day, unit), day)
        case Last(count=count, unit=unit, closed=closed):
            this = unit_of(calendar, day, unit)
            newest = back(this, unit, 1) if closed else this
            return _to(Span(back(newest, unit, count - 1).start, newest.until), day)
        case Rolling(count=count, unit=unit):
            until = day + DAY
            return _to(Span(months_on(until, -count * MONTHS[unit]), until), day)
        case Before(unit=unit):
            return _to(back(unit_of(calendar, day, unit), unit, 1), day)
        case LastYear(unit=unit, to_date=to_date):
            this = unit_of(calendar, day, unit)
            then = Span(months_on(this.start, -12), months_on(this.until, -12))
            return Run(then, _same_days(then, this, day)) if to_date else _to(then, day)
        case Named(span=span):
            return _to(span, day)
        case _:
            assert_never(window)


def baseline_run(calendar: Calendar, baseline: Baseline, asker: Span, day: date, of: Run) -> Run:
    """The days of a baseline: cut at the same day of its run as the measure's window, unless `whole` (rule
    14).
    """
    whole = resolve(calendar, baseline.window, asker, day).whole
    return Run(whole, whole if baseline.whole else _same_days(whole, of.whole, day))


def _same_days(then: Span, now: Span, day: date) -> Span:
    """As many days of `then` as `now` has run by `day`; on its last day, and after it, the whole of it."""
    if day >= last_day(now):
        return then
    return Span(then.start, min(then.until, then.start + timedelta(days=days(cut_at(now, day)))))


def _to(span: Span, day: date) -> Run:
    return Run(span, cut_at(span, day))


def grace_end(key_day: date, grace: Length) -> date:
    """The last day of a grace that begins after `key_day` (rule 50)."""
    if grace.unit is None:
        return key_day + timedelta(days=grace.count)
    return months_on(key_day + DAY, grace.count * MONTHS[grace.unit]) - DAY
