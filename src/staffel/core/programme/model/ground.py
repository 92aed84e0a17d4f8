"""Filters, tables of values, and what every form has."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from staffel.core.findings import NOWHERE, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What every form has: the place in the file that it was lowered from."""

    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class All(Form, Generic[T]):
    """Each of them holds; none given: it holds."""

    of: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Any(Form, Generic[T]):
    """At least one of them holds; none given: it does not hold."""

    of: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Form, Generic[T]):
    """It does not hold. Of a test on a figure that is none: it holds (rule 9)."""

    of: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Is(Form):
    """A row's column has one of these values; a column that is empty has none of them.

    column: of the row (`kind`, `route`, `distributor_id`, `certification` …), of its product
    (`product.group` is a name under `products:`, `product.family` …) or of its partner on the row's day
    (`partner.level` …).
    """

    column: str
    values: tuple[str, ...]


Filter: TypeAlias = "All[Filter] | Any[Filter] | Not[Filter] | Is"
EVERY_ROW: Filter = All()


class When(StrEnum):
    """On which day a term, above all the level, is read (rule 32)."""

    DAY_OF_SALE = "day_of_sale"
    START = "start"
    END = "end"
    SETTLEMENT = "settlement"


class Who(StrEnum):
    """Whose figure it is.

    ASKER: of whoever is asked; ALLIANCE: of the group that the asker belongs to on the day.
    """

    ASKER = "asker"
    ALLIANCE = "alliance"
