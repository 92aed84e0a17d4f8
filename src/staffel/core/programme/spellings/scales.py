"""Scales: steps with what they pay, and the short forms of a scale with one step. Rules 20 to 29.

The kinds are the words of `model.ScaleKind`; a new one needs nothing here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import Count, Lump, Pay, Percent, PerUnit, Scale, ScaleKind, Step, Varies
from staffel.core.programme.spellings.numbers import FIGURE_SCHEMA, Figure, PositiveField, read_figure
from staffel.core.programme.spellings.rates import (
    PayField,
    RateField,
    Table,
    read_varies,
    varies,
    varying_schema,
)
from staffel.core.programme.spellings.spelling import ListOf, Lowering, Spelling, missing, one_of_both
from staffel.core.programme.spellings.tables import TableSpelling
from staffel.core.programme.spellings.words import one_of, word_among
from staffel.core.programme.text import Node

_PAYS = Text(
    en="A step pays a `rate`, an amount `per_unit` or a `lump`.",
    de="Eine Staffelstufe zahlt `rate`, einen Betrag `per_unit` oder `lump`.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a step starts: a figure, or a table of figures, each as it is written."""

    spelled: Decimal | Table
    figures: tuple[Figure, ...]

    def keep(self, place: Place, at: Lowering) -> None:
        """Keeps how they are written; all in percent, or none."""
        shares = {figure.is_share for figure in self.figures}
        at.desk.keep(place, self.figures[0].digits, in_percent=True in shares)
        if len(shares) > 1:
            at.desk.report(_of_two_units(self.figures[0].place, self.figures[-1].place))


def read_start(node: Node, info: ValidationInfo) -> Start:
    """A figure, or a table of them. Raises Refused, or ValidationError."""
    figures: list[Figure] = []

    def read(one: Node, info: ValidationInfo) -> Decimal:
        figures.append(read_figure(one, info))
        return figures[-1].value

    spelled = cast("Decimal | Table", read_varies(read)(node, info))
    return Start(spelled=spelled, figures=tuple(figures))


StartField = Annotated[Start, PlainValidator(read_start), WithJsonSchema(varying_schema(FIGURE_SCHEMA))]


class Paying(Spelling):
    """What is paid; several are added."""

    rate: RateField | None = Field(default=None, description="A percent of the base: `2 %`.")
    per_unit: PayField | None = Field(default=None, description="Money for each unit of the base.")
    lump: PayField | None = Field(default=None, description="A lump sum.")

    def pays(self, at: Lowering) -> tuple[Pay, ...]:
        """Percent, money per unit, lump sum: those that are said."""
        found: list[Pay] = []
        if self.rate is not None:
            found.append(Percent(rate=varies(self.rate, at), place=self.place))
        if self.per_unit is not None:
            found.append(PerUnit(money=varies(self.per_unit, at), place=self.place))
        if self.lump is not None:
            found.append(Lump(money=varies(self.lump, at), place=self.place))
        return tuple(found)


class StepSpelling(Paying):
    """A step: reached `from` its start, or `above` it."""

    LATER: ClassVar = dict.fromkeys(("points", "factor", "pays"), _PAYS)

    from_: StartField | None = Field(default=None, alias="from", description="Reached with this figure.")
    above: StartField | None = Field(default=None, description="Reached with more than this figure.")

    def lowered(self, at: Lowering) -> Step:
        """The step; two beginnings, or none, are reported."""
        start = self.from_ or self.above
        if self.from_ and self.above:
            at.desk.report(one_of_both(self.place, "from", "above"))
        if start is None:
            at.desk.report(missing(self.place, "from"))
        else:
            start.keep(self.place, at)
        pays = self.pays(at)
        if not pays:
            at.desk.report(missing(self.place, "rate"))
        return Step(
            start=varies(start.spelled, at) if start else Decimal(0),
            pays=pays,
            reached="above" if self.above and not self.from_ else "from",
            place=self.place,
        )


class Below(Paying):
    """What is paid where no step is reached: `2 %`, or `{lump: 100}`."""

    SCALAR_AS: ClassVar = "rate"

    def lowered(self, at: Lowering) -> tuple[Pay, ...]:
        """What is said; nothing is reported."""
        pays = self.pays(at)
        if not pays:
            at.desk.report(missing(self.place, "rate"))
        return pays


class ScaleSpelling(Spelling):
    """Steps in rising order, and what reaching one means."""

    LATER: ClassVar = {
        "fill": Text(
            en="Leave it out: every cut of the base lies in the steps as the driver does.",
            de="Lassen Sie es weg: Jeder Teil der Basis liegt in den Staffelstufen wie die Bezugsgröße.",
        ),
        "rounded": Text(
            en="It is compared exactly; leave it out.", de="Verglichen wird genau; lassen Sie es weg."
        ),
    }

    kind: Annotated[ScaleKind, *one_of(ScaleKind)] = Field(
        description="retroactive: on the whole base; marginal: each step on the part inside it; linear: a"
        " straight line between the steps; increment: a lump for each `every` of the driver."
    )
    steps: ListOf[StepSpelling] = Field(description="In rising order.")
    every: PositiveField | None = Field(default=None, description="increment: for each of these is paid.")
    counting: Annotated[Literal["full", "started"], *word_among("full", "started")] | None = Field(
        default=None, description="increment: full ones alone, or those that are started as well."
    )
    free: PositiveField | None = Field(default=None, description="increment: so much is not counted.")
    below: Below | None = Field(default=None, description="What is paid below the first step.")

    def lowered(self, at: Lowering) -> Scale:
        """The scale as written."""
        if not self.steps:
            at.desk.report(missing(self.place, "from"))
        return Scale(
            kind=self.kind,
            steps=tuple(step.lowered(at) for step in self.steps),
            count=self._count(at),
            below=self.below.lowered(at) if self.below else (),
            place=self.place,
        )

    def _count(self, at: Lowering) -> Count | None:
        """What an increment counts, in one unit; of another kind nothing of it is said."""
        said = [key for key in ("every", "counting", "free") if getattr(self, key) is not None]
        if self.kind is not ScaleKind.INCREMENT:
            for key in said:
                at.desk.report(_of_increments(self.place, key))
            return None
        if self.every is None:
            at.desk.report(missing(self.place, "every"))
            return None
        at.desk.keep(self.every.place, self.every.digits, in_percent=self.every.is_share)
        if self.free and self.free.is_share is not self.every.is_share:
            at.desk.report(_of_two_units(self.free.place, self.every.place))
        return Count(
            every=self.every.value,
            counting=self.counting or "full",
            free=self.free.value if self.free else Decimal(0),
            place=self.every.place,
        )


def _of_increments(place: Place, key: str) -> Finding:
    return Finding(
        code="key-unknown",
        places=(place,),
        reason=Text(
            en=f"`{key}` counts, which a scale of another kind than `increment` does not do.",
            de=f"`{key}` zählt ab; das tut nur eine Staffel der Art `increment`.",
        ),
        way_out=Text(
            en=f"Say `kind: increment`, or strike `{key}`.",
            de=f"Sagen Sie `kind: increment`, oder streichen Sie `{key}`.",
        ),
    )


def _of_two_units(place: Place, other: Place) -> Finding:
    return Finding(
        code="units-differ",
        places=(place, other),
        reason=Text(
            en="One of these figures is in percent, the other is not.",
            de="Von diesen Zahlen steht eine in Prozent, die andere nicht.",
        ),
        way_out=Text(
            en="Write both in the unit of the driver.",
            de="Schreiben Sie beide in der Einheit der Bezugsgröße.",
        ),
    )


class AllOrNothing(StepSpelling):
    """`{from: 100 %, rate: 3 %}`: one step."""

    else_: Below | None = Field(default=None, alias="else", description="What is paid below it.")

    def scale(self, at: Lowering) -> Scale:
        """A retroactive scale with that one step."""
        below = self.else_.lowered(at) if self.else_ else ()
        return Scale(kind=ScaleKind.RETROACTIVE, steps=(self.lowered(at),), below=below, place=self.place)


class Scaled(Paying):
    """What an incentive says of its scale: `scale`, `all_or_nothing`, `table`, or one step from 0 without its
    name.
    """

    scale: ScaleSpelling | None = None
    all_or_nothing: AllOrNothing | None = Field(
        default=None, description="One step, and what is paid below it."
    )
    table: TableSpelling | None = None

    def scale_of(self, at: Lowering) -> Scale:
        """The scale that is said; several, or none, are reported."""
        said: dict[str, Callable[[], Scale]] = {}
        if scale := self.scale:
            said["scale"] = lambda: scale.lowered(at)
        if one := self.all_or_nothing:
            said["all_or_nothing"] = lambda: one.scale(at)
        if table := self.table:
            said["table"] = lambda: table.scale(at)
        if short := [key for key in ("rate", "per_unit", "lump") if getattr(self, key) is not None]:
            said[short[0]] = lambda: self._flat(at)
        if len(said) > 1:
            at.desk.report(one_of_both(self.place, *said))
        if not said:
            at.desk.report(missing(self.place, "scale"))
            return Scale(kind=ScaleKind.RETROACTIVE, steps=(), place=self.place)
        return next(iter(said.values()))()

    def _flat(self, at: Lowering) -> Scale:
        step = Step(start=Decimal(0), pays=self.pays(at), place=self.place)
        return Scale(kind=ScaleKind.RETROACTIVE, steps=(step,), place=self.place)


def figures_of(varying: Varies[Decimal]) -> tuple[Decimal, ...]:
    """Every figure that it may be."""
    if isinstance(varying, Decimal):
        return (varying,)
    rest = () if varying.otherwise is None else (varying.otherwise,)
    return (*(case.use for case in varying.rows), *rest)
