"""Over which days: windows. Rule 7."""

from dataclasses import dataclass
from typing import TypeAlias

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model.ground import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Current(Form):
    """The asker's window up to the day asked: `per` in an incentive, the year to date in a ladder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDate(Form):
    """`year to date`, or `year`: the unit in which the day asked lies, up to that day."""

    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Last(Form):
    """`last 4 quarters`: whole units, the running one included up to the day; closed: the running one left
    out.
    """

    count: int
    unit: Unit
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling(Form):
    """`rolling 12 months`: counted back day by day from the day asked, that day included."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(Form):
    """`quarter before`: the whole unit before the one in which the day asked lies."""

    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear(Form):
    """`same quarter last year`: the unit of the same number a year ago; to_date: up to the same day of its
    run.
    """

    unit: Unit
    to_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Form):
    """A span named by its days, cut at the day asked."""

    span: Span


Window: TypeAlias = Current | ToDate | Last | Rolling | Before | LastYear | Named
