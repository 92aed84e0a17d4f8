"""The programme as a whole."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from staffel.core.calendar import Calendar, Span
from staffel.core.findings import Text
from staffel.core.programme.model.ground import Filter, Form
from staffel.core.programme.model.incentives import Incentive, Stacking
from staffel.core.programme.model.levels import Ladder
from staffel.core.programme.model.measures import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOf(Form):
    """A measure with its name and title."""

    name: str
    title: Text
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Form):
    """A named group of products, told by their columns."""

    name: str
    title: Text
    where: Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Form):
    """reports_within: days after a window in which distributors report; settle_after: days after it, when
    it is closed.
    """

    reports_within: int = 0
    settle_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Form):
    """One version of a programme.

    valid: the days that it rules. rates: which day's exchange rate converts a row.
    """

    name: str
    vendor: str
    title: Text
    version: str
    valid: Span
    currency: str
    calendar: Calendar = Calendar()
    close: Close = Close()
    rates: Literal["day", "month", "programme"] = "day"
    products: tuple[Group, ...] = ()
    measures: tuple[MeasureOf, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    incentives: tuple[Incentive, ...] = ()
    stacking: Stacking = Stacking()

    def measure(self, name: str) -> Measure:
        """The measure of that name. Raises KeyError."""
        return {one.name: one.measure for one in self.measures}[name]

    def incentive(self, name: str) -> Incentive:
        """The incentive of that name. Raises KeyError."""
        return {one.name: one for one in self.incentives}[name]

    @property
    def ladder(self) -> Ladder | None:
        """The ladder called `level`, which `levels:` at the top lowers to; none where there are no levels."""
        return next((one for one in self.ladders if one.name == "level"), None)


# What semantics a figure was computed by: `docs/semantics.md`. A change that moves a figure raises it.
SEMANTICS = 1

DAY_BEFORE_ALL = date(1900, 1, 1)
DAY_AFTER_ALL = date(2999, 12, 31)
