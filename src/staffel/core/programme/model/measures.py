"""Measures: rows become one figure per subject and window. Rules 9 to 19."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from staffel.core.calendar import Unit
from staffel.core.programme.model.ground import EVERY_ROW, Comparison, Filter, Form, Who
from staffel.core.programme.model.windows import Before, Current, LastYear, Named, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class SumOf(Form):
    """The sum of an amount column: money is converted to the programme's currency, row by row (rule 47)."""

    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Form):
    """The number of rows with something left (rule 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Different(Form):
    """The number of different values of a key; a missing key is not counted (rule 11)."""

    key: str


Aggregate: TypeAlias = SumOf | Lines | Different


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Form):
    """Rows of a source become one figure per subject and window. date: which one picks the window; inside:
    those that must lie in it too (rule 2).

    Of a term (`certifications`): the rows in force on the last day of the window.
    """

    aggregate: Aggregate
    source: str
    where: Filter = EVERY_ROW
    date: str
    inside: tuple[str, ...] = ()
    over: Window = Current()
    who: Who = Who.ASKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Form):
    """A measure by its name, asked over a window and for a subject; its own `over`, where written, stands."""

    measure: str
    over: Window = Current()
    who: Who = Who.ASKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Form):
    """part ÷ whole, travelling as a pair (rule 13); none where the whole is 0 or less."""

    part: "Measure"
    whole: "Measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline(Form):
    """What growth is measured against: the same measure in another window.

    whole: not cut at the same day of its run.
    """

    window: Before | LastYear | Named
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth(Form):
    """(m − b) : b as percent (a pair), or max(0, m − b) as amount; the greatest of several baselines wins
    (14, 15).
    """

    of: "Measure"
    against: tuple[Baseline, ...]
    given: Decimal | None = None  # a baseline given as a number, one more of them
    shown_as: Literal["percent", "amount"] = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Form):
    """A part of a score: points per unit, held to `most`, times `weight`; with less than `least`, before the
    weight, no test on the score holds (rule 16).
    """

    measure: "Measure"
    points: Decimal
    most: Decimal | None = None
    least: Decimal | None = None
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Form):
    """The sum of its parts' points. missing: a part without a figure gives none, or the weights of the others
    are stretched to make up for its own.
    """

    parts: tuple[Part, ...]
    missing: Literal["zero", "stretch"] = "zero"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Form):
    """The figure agreed with this partner for this window, from the table of targets; none where there is
    none.
    """

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Form):
    """A figure made of other figures."""

    @property
    def made_of(self) -> "tuple[Measure, ...]":
        """Those figures, in the order written; bounds and what stands in are none of them."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed(Form):
    """A part of a sum, added or taken off."""

    measure: "Measure"
    less: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Made):
    """The parts added, or taken off; none where one of them is."""

    parts: tuple[Signed, ...]

    @property
    def made_of(self) -> "tuple[Measure, ...]":
        """What is added and what is taken off."""
        return tuple(part.measure for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOne(Made):
    """A figure made of one other figure."""

    of: "Measure"

    @property
    def made_of(self) -> "tuple[Measure, ...]":
        """That one."""
        return (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times(OfOne):
    """The figure by a factor; none where it is none."""

    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Best(Made):
    """The greatest of some figures, or the smallest (`worst`); what is none is left out (rule 9)."""

    of: tuple["Measure", ...]
    worst: bool = False

    @property
    def made_of(self) -> "tuple[Measure, ...]":
        """Those that are compared."""
        return self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Const(Made):
    """A figure by itself, in the unit of what stands beside it."""

    figure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(OfOne):
    """The figure lifted to at_least and held to at_most; none where it is none."""

    at_least: Const | None = None
    at_most: Const | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IfNone(OfOne):
    """The figure, and where it is none another one (rule 9)."""

    figure: Const


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Form):
    """What the figure of one unit of time is compared with."""

    comparison: Comparison
    figure: Decimal


FoldedAs: TypeAlias = Literal["sum", "average", "largest", "smallest", "count", "last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold(OfOne):
    """A measure asked for each unit of time in the window, then one figure made of all these (rule 10).

    Units that meet the window exist, if the partner was enrolled; of these, those with a figure such as
    `where` asks are taken. over, who: as of a measure by its name.
    """

    each: Unit
    where: tuple[Limit, ...] = ()
    shown_as: FoldedAs
    over: Window = Current()
    who: Who = Who.ASKER


Combined: TypeAlias = Sum | Times | Best | Between | Const | IfNone | Fold
Measure: TypeAlias = Take | Use | Share | Growth | Score | Agreed | Combined
