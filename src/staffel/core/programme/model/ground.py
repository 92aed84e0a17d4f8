"""Filters, tables of values, and what every form has."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Literal, TypeAlias, TypeVar

from staffel.core.calendar import Span, Unit
from staffel.core.findings import NOWHERE, Place

T = TypeVar("T")
Comparison = Literal["at_least", "above", "at_most", "below"]


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
class RowTest(Form):
    """A test of one row: a leaf of a filter. Whoever treats all of them alike matches this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Is(RowTest):
    """A row's column has one of these values; a column that is empty has none of them.

    column: of the row (`kind`, `route`, `distributor_id`, `certification` …), of its product
    (`product.group` is a name under `products:`, `product.family` …) or of its partner on the row's day
    (`partner.level` …).
    """

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(RowTest):
    """A row's column is not empty: there is a registered deal, a special price."""

    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(RowTest):
    """A row's amount compared with a figure; an amount that is empty lies nowhere.

    Money is in the programme's currency. A sale and the returns that name it are asked for what is left of
    it; where a return may lie in another window than its sale, for what was sold (rule 5).
    """

    column: str
    comparison: Comparison
    figure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class During(RowTest):
    """A date of a row lies in a span; a date that is empty lies in none."""

    column: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(RowTest):
    """So many days lie from one date of a row to another; below 0 where the other lies before it. Where one
    of them is empty there are none.
    """

    start: str
    end: str
    comparison: Comparison
    figure: Decimal

    @property
    def column(self) -> str:
        """The date from which it counts."""
        return self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(Form):
    """A length of time: whole units, or days where `unit` is none. 0: nothing."""

    count: int = 0
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(RowTest):
    """An approved deal of the row's partner for its end customer and product (or for whatever product) is in
    force on its day of sale; a return that names its sale asks what that one asks.

    ahead: it was registered at least so long before the order; deals that follow each other are one.
    """

    ahead: Length | None = None

    @property
    def column(self) -> str:
        """The first of its keys."""
        return "end_customer_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exists(RowTest):
    """There is a row with the same keys; with `some` false: there is none, and no key is missing.

    same: key columns. where: what that row must be. whose: of the row's own partner, or of any. reach: on the
    same day (the row itself is one), or before it, as far back as `length` (none: ever). as_of: before the
    row's day of sale, or before the window in which it is asked.
    """

    same: tuple[str, ...]
    where: "Filter" = All()
    whose: Literal["this", "any"] = "this"
    reach: Literal["before", "same_day"] = "before"
    length: Length | None = None
    as_of: Literal["line", "window"] = "window"
    some: bool = True

    @property
    def column(self) -> str:
        """The first of its keys."""
        return self.same[0]

    @property
    def by_window(self) -> bool:
        """Whether the answer depends on the window in which the row is asked."""
        return self.reach == "before" and self.as_of == "window"


Leaf: TypeAlias = Is | Stated | Within | During | Exists | Registered | Apart
Filter: TypeAlias = (
    "All[Filter] | Any[Filter] | Not[Filter] | Is | Stated | Within | During | Exists | Registered | Apart"
)
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
