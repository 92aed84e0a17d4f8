"""Conditions: figures compared, and what a partner is or holds. `language.md`, 1.1 and 1.4."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import ClassVar, Generic, Literal, TypeAlias, TypeVar

from staffel.core.findings import Text
from staffel.core.programme.model.ground import All, Any, Comparison, Filter, Form, Length, Not, When
from staffel.core.programme.model.measures import Measure
from staffel.core.programme.model.windows import Window

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Test(Form):
    """A measure compared with a figure, exactly (rule 19); on none it does not hold, whichever way it asks
    (rule 9). figure: a number, a table of numbers of what the subject is, or another measure, asked as this
    one is; none where no row of a table holds. rounded: a step to which a share is rounded half up before it
    is compared with a number.
    """

    __test__: ClassVar[bool] = False  # pytest collects classes of this name

    measure: Measure
    comparison: Comparison
    figure: "Varies[Decimal] | Measure"
    title: Text | None = None
    rounded: Decimal | None = None

    @property
    def exactly(self) -> Comparison:
        """The comparison with `edge` that asks the same as this one; without a rounding its own."""
        if self.rounded is None:
            return self.comparison
        # A half above 0 is rounded up, one below 0 down: then the edge itself lies on the other side.
        if self.comparison in ("at_least", "above"):
            return "at_least" if self.edge > 0 else "above"
        return "below" if self.edge > 0 else "at_most"

    @property
    def edge(self) -> Decimal:
        """Rounded to 1 %, at least 40 % is at least 39.5 %. Of a number with a rounding alone."""
        assert isinstance(self.figure, Decimal)
        assert self.rounded is not None
        steps = self.figure / self.rounded
        if self.comparison in ("at_least", "below"):
            return steps.to_integral_value(ROUND_CEILING) * self.rounded - self.rounded / 2
        return steps.to_integral_value(ROUND_FLOOR) * self.rounded + self.rounded / 2

    @property
    def figures(self) -> tuple[Decimal, ...]:
        """The numbers that it may ask for; of a measure none that could be told beforehand."""
        match self.figure:
            case Decimal() as number:
                return (number,)
            case Cases(rows=rows, otherwise=otherwise):
                return (*(row.use for row in rows), *(() if otherwise is None else (otherwise,)))
            case _:
                return ()


class Trait(StrEnum):
    """What a partner may be or hold on a day."""

    LEVEL = "level"
    HOLDS = "holds"
    KIND = "kind"
    COUNTRY = "country"
    SEGMENT = "segment"
    SIZE = "size"
    NEWCOMER = "newcomer"
    ENROLLED = "enrolled"
    AGE = "age"
    ACCEPTED = "accepted"
    ELSEWHERE = "elsewhere"
    AGREEMENT = "agreement"
    CHOICE = "choice"
    DECIDED = "decided"

    @property
    def is_attribute(self) -> bool:
        """A column of `partners`, read on the first day of the window."""
        return self in (Trait.KIND, Trait.COUNTRY, Trait.SEGMENT, Trait.SIZE)

    @property
    def is_term(self) -> bool:
        """A fact that holds from a day until a day, read on the day asked."""
        return not self.is_attribute and self not in (Trait.LEVEL, Trait.NEWCOMER, Trait.AGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Form):
    """The partner is, or holds, one of these. HOLDS: a certificate of the firm itself in force on the day.

    NEWCOMER has the values `true` or `false`: enrolled after the asker's window began (rule 45). Without
    values, of `leavers` and `least_age`: ENROLLED takes part on the last day of the window, or on the day
    asked before it; AGE has by then taken part for `least`. ELSEWHERE takes part in another
    programme (`enrolled: care`). CHOICE and DECIDED have values `name=value`. within: of a term, the days in
    which it must have begun; none: it is in force on the day asked.
    """

    trait: Trait
    values: tuple[str, ...]
    when: When = When.START
    least: Length | None = None
    within: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Form):
    """It held on any day, or on every day, of a window on which the partner took part (rule 51).

    over: none: since the partner enrolled, up to the day asked (`once_met: stays`).
    """

    of: "Condition"
    over: Window | None = None
    on: Literal["any", "every"] = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforced(Form):
    """`enforced: 2027-03-31`: it decides from that day on; on earlier days it holds, whatever its figures
    (rule 53). published: from when on it is shown; none: from the start.
    """

    of: "Condition"
    day: date
    published: date | None = None


Condition: TypeAlias = "All[Condition] | Any[Condition] | Not[Condition] | Test | Holds | Kept | Enforced"
ALWAYS: Condition = All()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Form, Generic[T]):
    """A row of a table: where `when` holds, `use`."""

    when: "Filter | Condition"
    use: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases(Form, Generic[T]):
    """The first row that holds is taken; otherwise `otherwise`, which for a rate defaults to nothing.

    Rows on `Is` cut the base (rule 31); rows on `Holds` are the subject's.
    """

    rows: tuple[Case[T], ...]
    otherwise: T | None = None


Varies: TypeAlias = T | Cases[T]
