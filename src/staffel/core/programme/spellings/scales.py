"""Scales: steps with what they pay, and the short forms of a scale with one step. Rules 20 to 29.

The kinds are the words of `model.ScaleKind`; a new one needs nothing here.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from staffel.core.findings import Text
from staffel.core.programme.model import Lump, Pay, Percent, PerUnit, Scale, ScaleKind, Step, Varies
from staffel.core.programme.spellings.numbers import FigureField
from staffel.core.programme.spellings.rates import PayField, RateField, varies
from staffel.core.programme.spellings.spelling import ListOf, Lowering, Spelling, missing, one_of_both
from staffel.core.programme.spellings.words import one_of

_RETROACTIVE_OR_MARGINAL = Text(
    en="Use `retroactive` or `marginal`.", de="Verwenden Sie `retroactive` oder `marginal`."
)
_LATER_KINDS = {
    kind: _RETROACTIVE_OR_MARGINAL for kind in ("linear", "increment") if kind not in set(ScaleKind)
}
_PAYS = Text(
    en="A step pays a `rate`, an amount `per_unit` or a `lump`.",
    de="Eine Staffelstufe zahlt `rate`, einen Betrag `per_unit` oder `lump`.",
)


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

    from_: FigureField | None = Field(default=None, alias="from", description="Reached with this figure.")
    above: FigureField | None = Field(default=None, description="Reached with more than this figure.")

    def lowered(self, at: Lowering) -> Step:
        """The step; two beginnings, or none, are reported."""
        start = self.from_ or self.above
        if self.from_ and self.above:
            at.desk.report(one_of_both(self.place, "from", "above"))
        if start is None:
            at.desk.report(missing(self.place, "from"))
        else:
            at.desk.keep(self.place, start.digits, in_percent=start.is_share)
        pays = self.pays(at)
        if not pays:
            at.desk.report(missing(self.place, "rate"))
        return Step(
            start=start.value if start else Decimal(0),
            pays=pays,
            reached="above" if self.above and not self.from_ else "from",
            place=self.place,
        )


class ScaleSpelling(Spelling):
    """Steps in rising order, and what reaching one means."""

    LATER: ClassVar = {
        **dict.fromkeys(("every", "counting", "free"), _RETROACTIVE_OR_MARGINAL),
        "fill": Text(
            en="Leave it out: every cut of the base lies in the steps as the driver does.",
            de="Lassen Sie es weg: Jeder Teil der Basis liegt in den Staffelstufen wie die Bezugsgröße.",
        ),
        "below": Text(
            en="Write a first step `from: 0`.", de="Schreiben Sie eine erste Staffelstufe `from: 0`."
        ),
        "rounded": Text(
            en="It is compared exactly; leave it out.", de="Verglichen wird genau; lassen Sie es weg."
        ),
    }

    kind: Annotated[ScaleKind, *one_of(ScaleKind, _LATER_KINDS)] = Field(
        description="retroactive: on the whole base; marginal: each step on the part inside it."
    )
    steps: ListOf[StepSpelling] = Field(description="In rising order.")

    def lowered(self, at: Lowering) -> Scale:
        """The scale as written."""
        if not self.steps:
            at.desk.report(missing(self.place, "from"))
        return Scale(kind=self.kind, steps=tuple(step.lowered(at) for step in self.steps), place=self.place)


class AllOrNothing(StepSpelling):
    """`{from: 100 %, rate: 3 %}`: one step."""

    LATER: ClassVar = {
        **StepSpelling.LATER,
        "else": Text(
            en="Write a scale whose first step is `from: 0`.",
            de="Schreiben Sie eine Staffel, deren erste Stufe `from: 0` ist.",
        ),
    }

    def scale(self, at: Lowering) -> Scale:
        """A retroactive scale with that one step."""
        return Scale(kind=ScaleKind.RETROACTIVE, steps=(self.lowered(at),), place=self.place)


class Scaled(Paying):
    """What an incentive says of its scale: `scale`, `all_or_nothing`, or one step from 0 without its name."""

    scale: ScaleSpelling | None = None
    all_or_nothing: AllOrNothing | None = Field(default=None, description="One step, nothing below it.")

    def scale_of(self, at: Lowering) -> Scale:
        """The scale that is said; several, or none, are reported."""
        said: dict[str, Callable[[], Scale]] = {}
        if scale := self.scale:
            said["scale"] = lambda: scale.lowered(at)
        if one := self.all_or_nothing:
            said["all_or_nothing"] = lambda: one.scale(at)
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
