"""The days of a payout: when a window is closed, a bonus is due, until when it is used and claimed. Rule 38.

A window is closed `settle_after` days after its last day; a bonus is due so many days after that, or on a
day of the programme's year that follows.
"""

from datetime import date, timedelta

from staffel.core.calendar import ONE_DAY, Span, Unit, add_months
from staffel.core.programme.model import Due, Incentive, Late, Length, PayForm, PayPart, Programme


def close_day(programme: Programme, window: Span) -> date:
    """The day on which a window is to be closed."""
    return window.last_day + timedelta(days=programme.close.settle_after)


def due_day(programme: Programme, due: Due | None, window: Span) -> date | None:
    """When what a window pays is due; none where the programme sets no day."""
    if due is None:
        return None
    if due.days_after_close is not None:
        return close_day(programme, window) + timedelta(days=due.days_after_close)
    if due.month_day is not None:
        return _in_following_year(programme, due.month_day, window)
    return None


def _in_following_year(programme: Programme, month_day: tuple[int, int], window: Span) -> date:
    """That day of the programme's year after the one in which the window ends."""
    calendar = programme.calendar
    year = calendar.shift(calendar.unit_of(window.last_day, Unit.YEAR), Unit.YEAR, 1)
    month, number = month_day
    days = [_at(of, month, number) for of in (year.start.year, year.until.year)]
    return next((day for day in days if day in year), days[-1])


def _at(year: int, month: int, number: int) -> date:
    """A day of a month; its last one where it has no such day."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=number - 1), following - ONE_DAY)


def later(day: date, length: Length) -> date:
    """The last day of a length of time that begins on the day after `day`."""
    if length.unit is None:
        return day + timedelta(days=length.count)
    return add_months(day + ONE_DAY, length.count * length.unit.months) - ONE_DAY


def is_over(late: Late, window: Span, day: date) -> bool:
    """Whether a window is not computed anew any more in a settled window that begins on that day (rule 4)."""
    return late.until is not None and later(window.last_day, late.until) < day


def joined_by(day: date, least: Length) -> date:
    """The last day on which one may have joined who has taken part for so long at the end of a day."""
    if least.unit is None:
        return day + ONE_DAY - timedelta(days=least.count)
    joined = add_months(day + ONE_DAY, -least.count * least.unit.months) + timedelta(days=3)
    while later(joined - ONE_DAY, least) > day:
        joined -= ONE_DAY
    return joined


def use_by(programme: Programme, due: Due | None, part: PayPart, window: Span) -> date | None:
    """The last day on which a part of a settled window may be used; none where no length is said."""
    if part.use_within is not None:
        return later(window.last_day, part.use_within)
    if part.expires is not None:
        return later(due_day(programme, due, window) or close_day(programme, window), part.expires)
    return None


def claim_by(part: PayPart, window: Span) -> date | None:
    """The last day on which a part may be claimed; none where it need not be."""
    if part.claim_within is None:
        return None
    used = window.last_day if part.use_within is None else later(window.last_day, part.use_within)
    return later(used, part.claim_within)


def share_by(incentive: Incentive, window: Span) -> date | None:
    """The last day on which a partner may share it among its people (rule 43); none where it is its own."""
    persons = incentive.earner.persons
    return None if persons is None else later(window.last_day, persons.within)


def deadlines(
    programme: Programme, incentive: Incentive, part: PayPart, form: PayForm, window: Span
) -> tuple[date | None, date | None]:
    """Until when it is used, and claimed, by the partner or its people. form: as what the part is paid: money
    instead of it has no days of its own.
    """
    shared = share_by(incentive, window)
    if form is not part.form and form is PayForm.MONEY:
        return None, shared
    return use_by(programme, incentive.payout.due, part, window), shared or claim_by(part, window)
