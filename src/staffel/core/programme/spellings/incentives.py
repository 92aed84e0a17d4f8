"""Incentives, and how they stand to each other. `language.md`, 1.5, rules 30 to 47.

`for` is spread as the language says: a level read on the day of sale picks lines (`select`); any other
level, and kind, country, segment, size and measures, are conditions of the partner (`gate`).
"""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias, cast

from pydantic import Field, PlainValidator, Tag, TypeAdapter, ValidationInfo, WithJsonSchema
from typing_extensions import TypeAliasType

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model import (
    ALWAYS,
    Add,
    Agreed,
    By,
    Condition,
    Earner,
    Filter,
    GroupShare,
    GrownPart,
    Holds,
    Incentive,
    InSequence,
    Is,
    Late,
    Measure,
    Newcomers,
    PartAbove,
    Payout,
    Persons,
    Stacking,
    Trait,
    When,
    Who,
)
from staffel.core.programme.spellings.conditions import (
    ConditionField,
    all_of,
    condition_of,
    of_partner,
    when_of,
)
from staffel.core.programme.spellings.desk import Desk, Refused
from staffel.core.programme.spellings.filters import Where, together
from staffel.core.programme.spellings.measures import (
    BEGINNINGS,
    LATER_MEASURES,
    MeasureField,
    MeasureSpelling,
)
from staffel.core.programme.spellings.numbers import NUMBER_SCHEMA, FactorField, PercentField, read_number
from staffel.core.programme.spellings.payouts import (
    CapSpelling,
    FloorSpelling,
    MinimumSpelling,
    PayoutSpelling,
    RoundSpelling,
)
from staffel.core.programme.spellings.scales import Scaled
from staffel.core.programme.spellings.spelling import (
    ListOf,
    Lowering,
    OneOrMany,
    Spelling,
    begun_by,
    missing,
    one_of_both,
    one_or_many,
)
from staffel.core.programme.spellings.windows import ClosedSpan
from staffel.core.programme.spellings.words import (
    LengthField,
    NameField,
    TextField,
    one_of,
    spelled,
    word_among,
    word_reader,
)
from staffel.core.programme.text import Entries, Node, Scalar, word_of

_UNITS_SO_FAR = Text(
    en="Use month, quarter, half, year or `{from: …, to: …}`.",
    de="Verwenden Sie month, quarter, half, year oder `{from: …, to: …}`.",
)
_LATER_UNITS = dict.fromkeys(("day", "week", "half_month"), _UNITS_SO_FAR)


def read_period(node: Node, info: ValidationInfo) -> Unit | Span:
    """A unit of time, or one named span. Raises Refused, or ValidationError for a span."""
    if isinstance(node, Entries):
        return ClosedSpan.model_validate(node, context=info.context).span
    return Unit(word_reader([unit.value for unit in Unit], _LATER_UNITS)(node, info))


_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PERIOD = {
    "anyOf": [
        {"type": "string", "enum": [unit.value for unit in Unit]},
        {
            "type": "object",
            "required": ["from", "to"],
            "properties": {"from": _DAY, "to": _DAY},
            "additionalProperties": False,
        },
    ]
}
PeriodField: TypeAlias = Annotated[Unit | Span, PlainValidator(read_period), WithJsonSchema(_PERIOD)]
UnitField: TypeAlias = Annotated[Unit, *one_of(Unit, _LATER_UNITS)]


class GrownPartSpelling(Spelling):
    """`{growth_part_of: revenue}`: what it grew over the driver's baseline."""

    growth_part_of: MeasureField

    def lowered(self, at: Lowering) -> GrownPart:
        """The grown part."""
        return GrownPart(of=self.growth_part_of.lowered(at), place=self.place)


_OVER_STEPS = ("step", "first_step")
_MEASURE: TypeAdapter[MeasureSpelling] = TypeAdapter(MeasureField)


def read_over(node: Node, info: ValidationInfo) -> str | MeasureSpelling:
    """`step`, `first step`, or a measure. Raises Refused, or ValidationError."""
    if isinstance(node, Scalar) and word_of(node.text) in _OVER_STEPS:
        return word_of(node.text)
    return _MEASURE.validate_python(node, context=info.context)


OverField = Annotated[
    str | MeasureSpelling,
    PlainValidator(read_over),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class PartAboveSpelling(Spelling):
    """`{part_above: step, of: revenue}`: what lies above the step reached, the first step, or a measure."""

    part_above: OverField = Field(description="step, first step, or a measure.")
    of: MeasureField = Field(description="The measure of which a part is paid on.")

    def lowered(self, at: Lowering) -> PartAbove:
        """The part above it."""
        said = self.part_above
        over = cast("Literal['step', 'first_step']", said) if isinstance(said, str) else said.lowered(at)
        return PartAbove(of=self.of.lowered(at), over=over, place=self.place)


_LATER_BASES = {
    **LATER_MEASURES,
    **dict.fromkeys(
        ("incentive", "users"),
        Text(
            en="Use a measure, `{growth_part_of: …}` or `{part_above: …, of: …}`.",
            de="Verwenden Sie eine Kennzahl, `{growth_part_of: …}` oder `{part_above: …, of: …}`.",
        ),
    ),
}
_TAGS = {
    **dict.fromkeys(BEGINNINGS, "measure"),
    **{word: word for word in ("growth_part_of", "part_above")},
}
BaseField = TypeAliasType(
    "BaseField",
    Annotated[
        Annotated[GrownPartSpelling, Tag("growth_part_of")]
        | Annotated[PartAboveSpelling, Tag("part_above")]
        | Annotated[MeasureField, Tag("measure")],
        *begun_by(Text(en="a base", de="eine Basis"), _TAGS, _LATER_BASES, scalar="measure"),
    ],
)


class AgreedBaseline(Spelling):
    """`{target: start}`: the figure agreed with the partner for the window."""

    target: NameField = Field(description="In the table of targets.")


def read_baseline(node: Node, info: ValidationInfo) -> Decimal | Agreed | None:
    """`none`, a figure, or one that was agreed. Raises Refused, or ValidationError."""
    if isinstance(node, Scalar) and node.text.strip() == "none":
        return None
    if isinstance(node, Entries):
        said = AgreedBaseline.model_validate(node, context=info.context)
        return Agreed(target=said.target.text, place=said.place)
    return read_number(node, info)


_AGREED_BASELINE = {
    "type": "object",
    "required": ["target"],
    "properties": {"target": {"type": "string"}},
    "additionalProperties": False,
}
BaselineField: TypeAlias = Annotated[
    Decimal | Agreed | None,
    PlainValidator(read_baseline),
    WithJsonSchema({"anyOf": [{"type": "string", "const": "none"}, NUMBER_SCHEMA, _AGREED_BASELINE]}),
]


class ByFactor(Spelling):
    """`{when: {level: premier}, by: 1.2}`."""

    LATER: ClassVar = {"rate": Text(en="Multiply by a factor.", de="Multiplizieren Sie mit einem Faktor.")}

    when: ConditionField = Field(description="Lines, or a condition of the partner.")
    by: FactorField

    def lowered(self, at: Lowering) -> By:
        """A factor under a filter or a condition."""
        return By(when=when_of(self.when, at), factor=self.by, place=self.place)


class AddPoints(Spelling):
    """`{when: {level: premier}, rate: 2 %}`."""

    LATER: ClassVar = {"by": Text(en="Add a `rate`.", de="Addieren Sie `rate`.")}

    when: ConditionField = Field(description="Lines, or a condition of the partner.")
    rate: PercentField = Field(description="Percentage points that are added to the rate.")

    def lowered(self, at: Lowering) -> Add:
        """Points under a filter or a condition."""
        return Add(when=when_of(self.when, at), rate=self.rate, place=self.place)


class NewcomersSpelling(Spelling):
    """What becomes of those who join while the window, or the baseline, runs."""

    LATER: ClassVar = dict.fromkeys(
        ("scale", "driver", "exempt"),
        Text(
            en="Give them a `baseline` or `prorate`, or an incentive of their own with the gate"
            " `{newcomer: true}`.",
            de="Geben Sie ihnen `baseline` oder `prorate`, oder einen eigenen Bonus mit der Bedingung"
            " `{newcomer: true}`.",
        ),
    )

    prorate: Annotated[Literal["none", "months", "days"], *word_among("none", "months", "days")] = Field(
        default="none", description="Hurdles and steps are cut to the time enrolled."
    )
    baseline: BaselineField = Field(
        default=None, description="none, a figure to grow from, or `{target: …}`."
    )
    least_age: LengthField | None = Field(
        default=None, description="By the end of a window they must have taken part for so long."
    )

    def asked(self) -> list[Condition]:
        """What they must be to earn anything."""
        if self.least_age is None:
            return []
        return [Holds(trait=Trait.AGE, values=(), least=self.least_age, place=self.place)]

    def lowered(self) -> Newcomers:
        """What is said of them."""
        return Newcomers(prorate=self.prorate, baseline=self.baseline, place=self.place)


class LeaversSpelling(Spelling):
    """What becomes of those who leave while the window runs."""

    LATER: ClassVar = {
        "notice": Text(
            en="Let the enrolment end on the day on which the notice ends.",
            de="Lassen Sie die Teilnahme an dem Tag enden, an dem die Kündigungsfrist endet.",
        )
    }

    earn: Annotated[
        Literal["until_last_day", "nothing"],
        *word_among(
            "until_last_day",
            "nothing",
            later={
                "whole_window": Text(
                    en="Let the enrolment last to the end of the window.",
                    de="Lassen Sie die Teilnahme bis zum Ende des Zeitraums dauern.",
                )
            },
        ),
    ] = Field(
        default="until_last_day",
        description="On lines up to their last day, or nothing for the window in which they leave.",
    )

    def asked(self) -> list[Condition]:
        """What they must be to earn anything."""
        if self.earn == "until_last_day":
            return []
        return [Holds(trait=Trait.ENROLLED, values=(), place=self.place)]


class LateSpelling(Spelling):
    """Lines that come after the close, and returns."""

    LATER: ClassVar = {"grace": Text(en="Leave it out.", de="Lassen Sie es weg.")}

    lines: Annotated[Literal["reopen", "next", "refuse"], *word_among("reopen", "next", "refuse")] = Field(
        default="reopen", description="reopen the window, count in the next one, or refuse."
    )
    returns: Annotated[Literal["sale", "own"], *word_among("sale", "own")] = Field(
        default="sale", description="A return takes its sale's dates, or its own."
    )
    until: LengthField | None = Field(
        default=None, description="So long after its end a window is computed anew."
    )

    def lowered(self, at: Lowering) -> Late:
        """What is said of them; what moves on reopens nothing."""
        if self.until is not None and self.lines == "next":
            at.desk.report(one_of_both(self.place, "until", "lines: next"))
        return Late(lines=self.lines, returns=self.returns, until=self.until, place=self.place)


WhoseField = Annotated[Literal["member", "group"], *word_among("member", "group")]


class AllianceSpelling(Spelling):
    """Whose driver and whose base it is where an alliance earns."""

    LATER: ClassVar = {
        "conditions": Text(
            en="The conditions are those of whose base it is.",
            de="Die Bedingungen gelten für den, dessen Basis es ist.",
        )
    }

    driver: WhoseField = Field(default="group", description="Whose figure picks the step: group or member.")
    base: WhoseField = Field(default="member", description="Whose base is paid on: group or member.")
    share: Annotated[GroupShare, *one_of(GroupShare)] | None = Field(
        default=None, description="How the group's bonus is shared: by base, equally, agreed, head office."
    )


class PersonSpelling(Spelling):
    """A partner's people, among whom it shares what was earned."""

    shared_by: Annotated[Literal["firm"], *word_among("firm")] = Field(description="firm: the partner.")
    within: LengthField = Field(description="From the end of the settled window.")
    otherwise: Annotated[Literal["firm", "lost"], *word_among("firm", "lost")] = Field(
        default="firm", description="What is not shared in time stays with the firm, or is lost."
    )


class EarnerSpelling(Spelling):
    """Who earns, where it is not the partner for itself."""

    LATER: ClassVar = dict.fromkeys(
        ("branches", "buying_group"),
        Text(
            en="Use `{alliance: …}`, and load who belongs together as memberships of the kind `alliance`.",
            de="Verwenden Sie `{alliance: …}`, und laden Sie, wer zusammengehört, als Mitgliedschaften der"
            " Art `alliance`.",
        ),
    ) | {
        "distributor": Text(
            en="Enrol the distributor as a partner of a programme of its own, and measure `sell_in`.",
            de="Melden Sie den Distributor als Partner eines eigenen Programms an, und messen Sie `sell_in`.",
        )
    }

    alliance: AllianceSpelling | None = None
    person: PersonSpelling | None = None

    def lowered(self) -> Earner:
        """An alliance with its choices, or a partner's people. Raises Refused."""
        if (self.alliance is None) is (self.person is None):
            both = self.alliance is not None
            raise Refused(
                one_of_both(self.place, "alliance", "person") if both else missing(self.place, "alliance")
            )
        if self.person is not None:
            one = self.person
            persons = Persons(within=one.within, otherwise=one.otherwise, place=one.place)
            return Earner(persons=persons, place=self.place)
        return self._of_alliance()

    def _of_alliance(self) -> Earner:
        said = self.alliance
        assert said is not None
        return Earner(
            who=Who.ALLIANCE,
            driver_of=said.driver,
            base_of=said.base,
            share=said.share,
            place=self.place,
        )


def read_earner(node: Node, info: ValidationInfo) -> Earner:
    """`partner`, or `{alliance: {driver: group, base: member}}`. Raises Refused, or ValidationError."""
    if isinstance(node, Scalar):
        word_reader(["partner"], EarnerSpelling.LATER)(node, info)
        return Earner(place=node.place)
    return EarnerSpelling.model_validate(node, context=info.context).lowered()


_EARNER = {
    "anyOf": [
        {"type": "string", "const": "partner"},
        {
            "type": "object",
            "required": ["person"],
            "properties": {
                "person": {
                    "type": "object",
                    "required": ["shared_by", "within"],
                    "properties": {
                        "shared_by": {"const": "firm"},
                        "within": {"type": "string"},
                        "otherwise": {"enum": ["firm", "lost"]},
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
        {
            "type": "object",
            "required": ["alliance"],
            "properties": {
                "alliance": {
                    "type": "object",
                    "properties": {
                        "driver": {"enum": ["group", "member"]},
                        "base": {"enum": ["group", "member"]},
                        "share": {"enum": spelled([share.value for share in GroupShare])},
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
    ]
}
EarnerField: TypeAlias = Annotated[Earner, PlainValidator(read_earner), WithJsonSchema(_EARNER)]
_ADDED_OR_SEQUENCE = Text(
    en="Write `added`, or `[{sequence: [a, b]}]`; all others are added.",
    de="Schreiben Sie `added` oder `[{sequence: [a, b]}]`; alle übrigen werden addiert.",
)
_STEPS_AND_CAPS = Text(
    en="Use steps, `multiply` and `cap`.", de="Verwenden Sie Stufen, `multiply` und `cap`."
)
LATER_OF_INCENTIVES = {
    **dict.fromkeys(("bounds", "budget"), _STEPS_AND_CAPS),
    **dict.fromkeys(
        ("each", "windows", "not_with", "best_of"),
        Text(
            en="Leave it out, or decide it by hand when settling.",
            de="Lassen Sie es weg, oder entscheiden Sie es bei der Abrechnung von Hand.",
        ),
    ),
    "advance": Text(
        en="What a year brings is paid by the month, against the year so far, with `per: year` and"
        " `settle: month`.",
        de="Was ein Jahr bringt, wird mit `per: year` und `settle: month` monatlich gezahlt, gegen den Stand"
        " des Jahres.",
    ),
    "points": Text(en="Pay money.", de="Zahlen Sie Geld."),
}


class IncentiveSpelling(Scaled):
    """Money that is earned by a rule."""

    LATER: ClassVar = LATER_OF_INCENTIVES

    incentive: NameField = Field(description="Its name.")
    title: TextField | None = None
    base: BaseField | None = Field(default=None, description="What is paid on.")
    driver: MeasureField | None = Field(default=None, description="What picks the step; else the base.")
    per: PeriodField = Field(description="In which window it is earned: month, quarter, half, year, days.")
    settle: UnitField | None = Field(default=None, description="In which unit it is settled; else `per`.")
    level_on: Annotated[When, *one_of(When)] = Field(
        default=When.DAY_OF_SALE, description="When levels are read: day of sale, start, end, settlement."
    )
    for_: OneOrMany[ConditionField] = Field(default=(), alias="for", description="For whom.")
    select: Where | None = Field(default=None, description="Lines of the base (and of the driver, if none).")
    gate: OneOrMany[ConditionField] = Field(default=(), description="Conditions that all must hold.")
    add: ListOf[AddPoints] = Field(default=(), description="Percentage points, where they hold.")
    multiply: ListOf[ByFactor] = Field(default=(), description="Factors, where they hold.")
    floor: FloorSpelling | None = Field(default=None, description="Not less than this, if anything.")
    cap: OneOrMany[CapSpelling] = Field(default=(), description="Not more than this.")
    round_: RoundSpelling | None = Field(
        default=None, alias="round", description="To more than a coin, or not half up."
    )
    minimum_payout: MinimumSpelling | None = Field(default=None, description="Less is not paid.")
    payout: PayoutSpelling | None = None
    newcomers: NewcomersSpelling | None = None
    leavers: LeaversSpelling | None = None
    late: LateSpelling | None = None
    earner: EarnerField | None = Field(default=None, description="partner, `{alliance: …}` or `{person: …}`.")

    def lowered(self, desk: Desk, settle: Unit | None) -> Incentive:
        """The incentive. settle: what the calendar says for those that say nothing."""
        at = Lowering(desk=desk, level_on=self.level_on)
        if self.newcomers:
            desk.newcomers_said.add(self.incentive.text)
        select, gate = self._spread(at)
        name = self.incentive.text
        payout = self.payout.lowered(at) if self.payout else Payout(place=self.place)
        if self.earner and self.earner.persons and any(part.claim_within for part in payout.parts):
            at.desk.report(one_of_both(payout.place, "claim_within", "person"))
        return Incentive(
            name=name,
            title=self.title or Text(en=name, de=name),
            per=self.per,
            settle=self._settle(settle),
            earner=self.earner or Earner(place=self.place),
            level_on=self.level_on,
            select=select,
            gate=gate,
            driver=self._driver(at),
            scale=self.scale_of(at),
            base=self.base.lowered(at) if self.base else None,
            adjust=(*(one.lowered(at) for one in self.add), *(one.lowered(at) for one in self.multiply)),
            floor=self.floor.lowered() if self.floor else None,
            caps=tuple(cap.lowered(at) for cap in self.cap),
            round=self.round_.lowered() if self.round_ else None,
            minimum=self.minimum_payout.lowered() if self.minimum_payout else None,
            payout=payout,
            late=self.late.lowered(at) if self.late else Late(place=self.place),
            newcomers=self.newcomers.lowered() if self.newcomers else Newcomers(place=self.place),
            place=self.place,
        )

    def _driver(self, at: Lowering) -> Measure | None:
        """What picks the step, said as `driver` or as the rows of a table."""
        of_rows = self.table.driver(at) if self.table else None
        if self.driver and of_rows:
            at.desk.report(one_of_both(self.place, "driver", "rows"))
        return self.driver.lowered(at) if self.driver else of_rows

    def _settle(self, settle: Unit | None) -> Unit | Span:
        if self.settle is not None:
            return self.settle
        return settle if settle and isinstance(self.per, Unit) else self.per

    def _spread(self, at: Lowering) -> tuple[Filter, Condition]:
        """Which lines, and which conditions: `for` lends to both."""
        rows: list[Filter] = []
        conditions = [condition_of(one, at) for one in self.gate]
        for one in (each for asked in self.for_ for each in asked.each(at)):
            if isinstance(one, Is) and one.column == "partner.level":
                rows.append(one)
            else:
                conditions.append(of_partner(one, at))
        for of in (self.newcomers, self.leavers):
            conditions += of.asked() if of else []
        if self.select:
            rows.append(self.select.lowered())
        gate = all_of(conditions, self.place) if conditions else ALWAYS
        return together(rows, self.place), cast("Condition", gate)


class SequenceSpelling(Spelling):
    """`{sequence: [a, b]}`: each takes the base less what those before it came to."""

    LATER: ClassVar = {"best_of": _ADDED_OR_SEQUENCE, "added": _ADDED_OR_SEQUENCE}

    sequence: ListOf[NameField]


def read_stacking(node: Node, info: ValidationInfo) -> Stacking:
    """`added`, or sequences beside which the rest is added. Raises Refused, or ValidationError."""
    if isinstance(node, Scalar):
        word_reader(["added"], {"best": _ADDED_OR_SEQUENCE})(node, info)
        return Stacking(said=True, place=node.place)
    each = [SequenceSpelling.model_validate(one, context=info.context) for one in one_or_many(node)]
    sequences = tuple(
        InSequence(incentives=tuple(word.text for word in one.sequence), place=one.place) for one in each
    )
    return Stacking(said=True, sequences=sequences, place=node.place)


_NAMES = {"type": "array", "items": {"type": "string"}, "minItems": 2}
_SEQUENCE = {
    "type": "object",
    "required": ["sequence"],
    "properties": {"sequence": _NAMES},
    "additionalProperties": False,
}
_STACKING = {
    "anyOf": [{"type": "string", "const": "added"}, _SEQUENCE, {"type": "array", "items": _SEQUENCE}]
}
StackingField: TypeAlias = Annotated[Stacking, PlainValidator(read_stacking), WithJsonSchema(_STACKING)]
