"""A programme as if it had been declared years earlier: every day that it names, moved by whole years."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from staffel.core.calendar import ONE_DAY, Span, add_months
from staffel.core.programme.model import Programme

MONTHS_A_YEAR = 12


def moved(programme: Programme, years: int) -> Programme:
    """The same rules, so many years later (earlier where it is less than 0). The 29th of February becomes
    the 28th where the year has none.
    """
    there: Programme = _moved(programme, years)
    return there


def _moved(form: Any, years: int) -> Any:
    if isinstance(form, Span):
        # By its last day: a span until the 29th of February has the 28th in it, moved or not.
        return Span(_moved(form.start, years), _moved(form.last_day, years) + ONE_DAY)
    if isinstance(form, date):
        return add_months(form, MONTHS_A_YEAR * years)
    if isinstance(form, tuple):
        return tuple(_moved(one, years) for one in form)
    if is_dataclass(form) and not isinstance(form, type):
        values: dict[str, Any] = {
            one.name: getattr(form, one.name) for one in fields(form) if one.name != "place"
        }
        return replace(form, **{name: _moved(value, years) for name, value in values.items()})
    return form
