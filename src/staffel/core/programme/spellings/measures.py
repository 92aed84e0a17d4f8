"""Measures: `{sum: net, of: sell_out, products: solutions}`, and what is made of them. `language.md`, 1.3.

A measure may stand under its name wherever a measure may stand; `{measure: revenue, over: last 4 quarters}`
asks it over another window, `of: alliance` for the alliance of whoever is asked.
"""

from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, TypeVar, cast, get_args

from pydantic import Discriminator, Field, Tag
from typing_extensions import TypeAliasType

from staffel.core.calendar import Unit
from staffel.core.findings import Text
from staffel.core.programme.forms import with_below
from staffel.core.programme.model import (
    Agreed,
    Best,
    Between,
    Const,
    Current,
    Fold,
    FoldedAs,
    Form,
    Growth,
    IfNone,
    Limit,
    Measure,
    Part,
    Score,
    Share,
    Signed,
    Sum,
    Take,
    Times,
    Use,
    Who,
)
from staffel.core.programme.spellings.filters import COMPARISONS
from staffel.core.programme.spellings.numbers import FactorField, Figure, FigureField, NumberField
from staffel.core.programme.spellings.spelling import ListOf, Lowering, Spelling, begun_by, missing
from staffel.core.programme.spellings.takes import KEYS, NO_EACH, Counted, Summed
from staffel.core.programme.spellings.windows import AgainstField, WindowField
from staffel.core.programme.spellings.words import NameField, TextField, one_of, word_among
from staffel.core.programme.text import Entries

F = TypeVar("F", bound=Form)
_USE_SUM_OR_COUNT = Text(
    en="Use `sum`, `count`, `share`, `growth_of`, `score`, `plus` or `best_of`.",
    de="Verwenden Sie `sum`, `count`, `share`, `growth_of`, `score`, `plus` oder `best_of`.",
)
LATER_MEASURES = {
    **dict.fromkeys(
        ("change", "margin", "retention"),
        _USE_SUM_OR_COUNT,
    ),
    **dict.fromkeys(("scaled", "table", "rank", "incentive", "users"), _USE_SUM_OR_COUNT),
}
WhoseField = Annotated[Literal["alliance"], *word_among("alliance")]


def constant(figure: Figure, at: Lowering) -> Const:
    """A figure by itself; whether it was in percent is kept for the check of units."""
    at.desk.keep(figure.place, figure.digits, in_percent=figure.is_share)
    return Const(figure=figure.value, place=figure.place)


class OrFigure(Spelling):
    """A measure that may be none, and what then stands in for it."""

    if_none: FigureField | None = Field(default=None, description="The figure where there is none.")

    def lowered(self, at: Lowering) -> Measure:
        """The measure, with what stands in for it."""
        measure = self.measured(at)
        if self.if_none is None:
            return measure
        return IfNone(of=measure, figure=constant(self.if_none, at), place=self.place)

    def measured(self, at: Lowering) -> Measure:
        """The measure itself."""
        raise NotImplementedError


class Used(Spelling):
    """A measure by its name; its own window, or another one."""

    BEGINS: ClassVar = "measure"
    SCALAR_AS: ClassVar = "measure"
    LATER: ClassVar = {
        "each": NO_EACH,
        "times": Text(
            en="Name the product under `measures:`, and ask for it by its name.",
            de="Benennen Sie das Produkt unter `measures:`, und fragen Sie nach seinem Namen.",
        ),
    }

    measure: NameField = Field(description="A name under `measures:`.")
    over: WindowField | None = Field(default=None, description="The window; else that of whoever asks.")
    of: WhoseField | None = Field(default=None, description="alliance: of the partner's alliance.")
    title: TextField | None = None

    def lowered(self, at: Lowering) -> Measure:
        """The name, with the window and the subject that it is asked for."""
        del at
        return self.used()

    def used(self) -> Use:
        """The same, as what it is."""
        who = Who.ALLIANCE if self.of else Who.ASKER
        return Use(measure=self.measure.text, over=self.over or Current(), who=who, place=self.measure.place)


class Reckoned(Used):
    """A measure by its name, by a factor, between bounds: `{measure: m, times: 1.05, at_most: 50_000}`."""

    LATER: ClassVar = {"each": NO_EACH}

    times: FactorField | None = Field(default=None, description="By this factor: `1.05`.")
    at_least: FigureField | None = Field(default=None, description="Lifted to this figure.")
    at_most: FigureField | None = Field(default=None, description="Held to this figure.")
    if_none: FigureField | None = Field(default=None, description="The figure where there is none.")

    def lowered(self, at: Lowering) -> Measure:
        """The name; then the factor, the bounds, and what stands in for none."""
        made: Measure = self.used()
        if self.times is not None:
            made = Times(of=made, factor=self.times, place=self.place)
        least, most = (
            None if bound is None else constant(bound, at) for bound in (self.at_least, self.at_most)
        )
        if least or most:
            made = Between(of=made, at_least=least, at_most=most, place=self.place)
        if self.if_none is not None:
            made = IfNone(of=made, figure=constant(self.if_none, at), place=self.place)
        return made


class Added(OrFigure):
    """`{plus: [a, b], minus: [c]}`: measures added up, and some taken off."""

    BEGINS: ClassVar = "plus"

    plus: "ListOf[MeasureField]" = Field(description="What is added.")
    minus: "ListOf[MeasureField]" = Field(default=(), description="What is taken off.")
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """A sum of signed measures."""
        if not self.plus:
            at.desk.report(missing(self.place, "measure"))
        added = [Signed(measure=one.lowered(at), place=one.place) for one in self.plus]
        less = [Signed(measure=one.lowered(at), less=True, place=one.place) for one in self.minus]
        return Sum(parts=(*added, *less), place=self.place)


class BestOf(OrFigure):
    """`{best_of: [a, b]}`: whichever is greater."""

    BEGINS: ClassVar = "best_of"

    best_of: "ListOf[MeasureField]" = Field(description="The greatest of these counts.")
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """The greatest of some measures."""
        if not self.best_of:
            at.desk.report(missing(self.place, "measure"))
        return Best(of=tuple(one.lowered(at) for one in self.best_of), place=self.place)


class WorstOf(OrFigure):
    """`{worst_of: [a, b]}`: whichever is smaller."""

    BEGINS: ClassVar = "worst_of"

    worst_of: "ListOf[MeasureField]" = Field(description="The smallest of these counts.")
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """The smallest of some measures."""
        if not self.worst_of:
            at.desk.report(missing(self.place, "measure"))
        of = tuple(one.lowered(at) for one in self.worst_of)
        return Best(of=of, worst=True, place=self.place)


class Fixed(Spelling):
    """`{figure: 8_000}`: a figure by itself, beside other measures."""

    BEGINS: ClassVar = "figure"

    figure: FigureField = Field(description="In the unit of the measures beside it.")
    title: TextField | None = None

    def lowered(self, at: Lowering) -> Measure:
        """The figure."""
        return constant(self.figure, at)


class Shared(OrFigure):
    """`{share: services, in: revenue}`."""

    BEGINS: ClassVar = "share"

    share: "MeasureField" = Field(description="The part.")
    in_: "MeasureField" = Field(alias="in", description="The whole.")
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """A pair of part and whole."""
        return Share(part=self.share.lowered(at), whole=self.in_.lowered(at), place=self.place)


class Attained(OrFigure):
    """`{attained: revenue, of: {target: yearly}}`: a measure as a share of what was agreed."""

    BEGINS: ClassVar = "attained"

    attained: "MeasureField" = Field(description="The measure.")
    of: "MeasureField" = Field(description="What it is compared with: `{target: name}`.")
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """A pair of the measure and its target."""
        return Share(part=self.attained.lowered(at), whole=self.of.lowered(at), place=self.place)


class Formula(Reckoned):
    """A target that is reckoned; a bare name is that of one agreed."""

    SCALAR_AS: ClassVar = ""


TargetField = Annotated[
    Annotated[NameField, Tag("name")] | Annotated[Formula, Tag("reckoned")],
    Discriminator(lambda node: "reckoned" if isinstance(node, Entries) else "name"),
]


class Target(OrFigure):
    """`{target: yearly}`: agreed with the partner for the window; `{target: {measure: m, times: 1.05}}`."""

    BEGINS: ClassVar = "target"
    LATER: ClassVar = dict.fromkeys(
        ("split", "leave_out"),
        Text(en="Agree a figure for each window.", de="Vereinbaren Sie für jeden Zeitraum eine Zahl."),
    )

    target: TargetField = Field(description="In the table of targets; or a measure, `times`, bounds.")
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """The figure from the table of targets, or the one reckoned."""
        if isinstance(self.target, Formula):
            return self.target.lowered(at)
        return Agreed(target=self.target.text, place=self.place)


class Grown(OrFigure):
    """`{growth_of: revenue, against: quarter before, as: percent}`."""

    BEGINS: ClassVar = "growth_of"
    LATER: ClassVar = dict.fromkeys(
        ("like_for_like", "per_week"),
        Text(en="Leave it out.", de="Lassen Sie es weg."),
    )

    growth_of: "MeasureField" = Field(description="The measure.")
    against: AgainstField = Field(
        description="Windows before, or a figure; the one with the most growth wins."
    )
    as_: Annotated[Literal["percent", "amount"], *word_among("percent", "amount")] = Field(
        default="percent", alias="as"
    )
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """Growth over each baseline, of which the greatest counts."""
        return Growth(
            of=self.growth_of.lowered(at),
            against=self.against.baselines,
            given=self.against.given,
            shown_as=self.as_,
            place=self.place,
        )


_ONE_BY_ONE = Text(
    en="Take month, quarter, half or year; customers and orders are counted, not taken one by one.",
    de="Nehmen Sie month, quarter, half oder year; Kunden und Bestellungen werden gezählt, nicht einzeln"
    " genommen.",
)
_LATER_EACH = dict.fromkeys(("day", "week", "half_month", *KEYS), _ONE_BY_ONE)
EachField = Annotated[Unit, *one_of(Unit, _LATER_EACH)]
_FOLDED: tuple[FoldedAs, ...] = get_args(FoldedAs)
FoldedField = Annotated[FoldedAs, *word_among(*_FOLDED)]


class Limits(Spelling):
    """`{at_least: 1_000}`: only units of time with such a figure; two of them must both hold."""

    at_least: FigureField | None = Field(default=None, description="Not less.")
    above: FigureField | None = Field(default=None, description="More.")
    at_most: FigureField | None = Field(default=None, description="Not more.")
    below: FigureField | None = Field(default=None, description="Less.")

    def limits(self, at: Lowering) -> tuple[Limit, ...]:
        """Each as it is compared."""
        found = []
        for comparison in COMPARISONS:
            figure: Figure | None = getattr(self, comparison)
            if figure is not None:
                at.desk.keep(figure.place, figure.digits, in_percent=figure.is_share)
                found.append(Limit(comparison=comparison, figure=figure.value, place=figure.place))
        if not found:
            at.desk.report(missing(self.place, "at_least"))
        return tuple(found)


class Unitwise(OrFigure):
    """A measure for each unit of time, and one figure of all."""

    each_: EachField = Field(alias="each", description="month, quarter, half or year.")
    over: WindowField | None = Field(default=None, description="The window; else that of whoever asks.")
    where: Limits | None = Field(default=None, description="Only units with such a figure.")
    title: TextField | None = None

    def folded(self, of: "MeasureSpelling", shown_as: FoldedAs, at: Lowering) -> Fold:
        """One figure of all units."""
        return Fold(
            of=of.lowered(at),
            each=self.each_,
            where=self.where.limits(at) if self.where else (),
            shown_as=shown_as,
            over=self.over or Current(),
            place=self.place,
        )


class Averaged(Unitwise):
    """`{average: revenue, each: month, over: last 12 closed months}`."""

    BEGINS: ClassVar = "average"

    average: "MeasureField" = Field(description="The measure of each unit.")

    def measured(self, at: Lowering) -> Measure:
        """The average of all units."""
        return self.folded(self.average, "average", at)


class Largest(Unitwise):
    """`{largest: revenue, each: quarter, over: year}`."""

    BEGINS: ClassVar = "largest"

    largest: "MeasureField" = Field(description="The measure of each unit.")

    def measured(self, at: Lowering) -> Measure:
        """The largest figure of a unit."""
        return self.folded(self.largest, "largest", at)


class Smallest(Unitwise):
    """`{smallest: revenue, each: quarter, over: year}`."""

    BEGINS: ClassVar = "smallest"

    smallest: "MeasureField" = Field(description="The measure of each unit.")

    def measured(self, at: Lowering) -> Measure:
        """The smallest figure of a unit."""
        return self.folded(self.smallest, "smallest", at)


class EachTime(Unitwise):
    """`{each: month, of: revenue, as: sum}`."""

    BEGINS: ClassVar = "each"

    of: "MeasureField" = Field(description="The measure of each unit.")
    as_: FoldedField = Field(alias="as", description="sum, average, largest, smallest, count or last.")

    def measured(self, at: Lowering) -> Measure:
        """One figure of all units."""
        return self.folded(self.of, self.as_, at)


class ScorePart(Used):
    """A part of a score: points for each unit of a measure, between `least` and `most`."""

    SCALAR_AS: ClassVar = ""
    LATER: ClassVar = {
        "scale": Text(en="Write the points for each unit.", de="Schreiben Sie die Punkte je Einheit.")
    }

    points: NumberField = Field(description="For each unit of the measure.")
    most: NumberField | None = Field(default=None, description="Not more points than these.")
    least: NumberField | None = Field(default=None, description="Below these the score reaches no hurdle.")
    weight: FactorField = Field(default=Decimal(1), description="Its points are multiplied by it: `40 %`.")

    def part(self) -> Part:
        """The part."""
        return Part(
            measure=self.used(),
            points=self.points,
            most=self.most,
            least=self.least,
            weight=self.weight,
            place=self.place,
        )


class Scored(OrFigure):
    """`{score: [{measure: engineers, points: 5, most: 10}]}`."""

    BEGINS: ClassVar = "score"

    score: ListOf[ScorePart]
    missing: Annotated[Literal["zero", "stretch"], *word_among("zero", "stretch")] = Field(
        default="zero", description="stretch: a part without a figure leaves its weight to the others."
    )
    title: TextField | None = None

    def measured(self, at: Lowering) -> Measure:
        """The sum of its parts' points."""
        if not self.score:
            at.desk.report(missing(self.place, "measure"))
        parts = tuple(part.part() for part in self.score)
        return Score(parts=parts, missing=self.missing, place=self.place)


MeasureSpelling: TypeAlias = (
    Summed
    | Counted
    | Shared
    | Attained
    | Target
    | Grown
    | Scored
    | Added
    | BestOf
    | WorstOf
    | Reckoned
    | Fixed
    | Averaged
    | Largest
    | Smallest
    | EachTime
)
# By the key that it begins with: what is added above needs no other list.
BEGUN: dict[str, type[Spelling]] = {one.BEGINS: one for one in get_args(MeasureSpelling)}
BEGINNINGS = tuple(BEGUN)
_NOUN = Text(en="a measure", de="eine Kennzahl")

if TYPE_CHECKING:
    MeasureField: TypeAlias = MeasureSpelling
else:
    MeasureField = TypeAliasType(
        "MeasureField",
        Annotated[
            reduce(or_, (Annotated[one, Tag(key)] for key, one in BEGUN.items())),
            *begun_by(_NOUN, {key: key for key in BEGINNINGS}, LATER_MEASURES, scalar="measure"),
        ],
    )
for _spelling in BEGUN.values():
    _spelling.model_rebuild()


def for_alliance(measure: F) -> F:
    """The same measure, of the asker's alliance."""
    found: Form = replace(measure, who=Who.ALLIANCE) if isinstance(measure, Take | Use | Fold) else measure
    return cast("F", with_below(found, for_alliance))
