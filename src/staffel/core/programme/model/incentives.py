"""Incentives: money that is earned by a rule. Rules 30 to 47."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model.conditions import ALWAYS, Condition
from staffel.core.programme.model.ground import EVERY_ROW, Filter, Form, Length, When, Who
from staffel.core.programme.model.measures import Agreed, Measure
from staffel.core.programme.model.scales import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Form):
    """A part of a measure that is paid on: one figure, in the measure's unit, which nothing cuts."""

    of: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class GrownPart(PartOf):
    """`growth_part_of: m`: what m grew over the driver's baseline (the one that won), never below 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAbove(PartOf):
    """`part_above: step, of: m`: what of m lies above the start of the step reached, of the first step, or
    above another measure; never below 0 (29). Where no step is reached there is none above one.
    """

    over: Literal["step", "first_step"] | Measure

    @property
    def is_over_steps(self) -> bool:
        """Whether it is the start of a step above which it lies."""
        return isinstance(self.over, str)


Base: TypeAlias = Measure | GrownPart | PartAbove


@dataclass(frozen=True, slots=True, kw_only=True)
class By(Form):
    """A factor that multiplies rate or lump where `when` holds: a row's filter (which cuts) or a condition
    (33).
    """

    when: "Filter | Condition"
    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Form):
    """Percentage points that are added to a rate where `when` holds, before any factor; 0.02 for 2 (33)."""

    when: "Filter | Condition"
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Form):
    """At most this money, of the whole, or of each value of a key (rows without it are one value
    together).
    """

    money: Decimal
    each: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor(Form):
    """At least this money, where anything is earned: what is above 0 is lifted to it, before caps (34)."""

    money: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum(Form):
    """Less than this is not paid but carried on, or lost (rule 37)."""

    money: Decimal
    otherwise: Literal["carry", "forfeit"] = "carry"
    at_end: Literal["pay", "lost"] = "pay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding(Form):
    """To whole multiples of this money the bonus is rounded (rule 30, step 11). way: of its size, whatever
    its sign, so that taking back undoes paying.
    """

    to: Decimal
    way: Literal["half_up", "down", "up"] = "half_up"


class GroupShare(StrEnum):
    """How what a group earned is shared among its members (rule 42)."""

    BY_BASE = "by_base"
    EQUALLY = "equally"
    AGREED = "agreed"
    HEAD_OFFICE = "head_office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons(Form):
    """The partner shares what it earned among its people, within a time from the end of the settled window;
    what it did not share then stays with it, or lapses (rule 43).
    """

    within: Length
    otherwise: Literal["firm", "lost"] = "firm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earner(Form):
    """Who earns.

    For an alliance: whose driver and whose base; a base of the group is shared as `share` says. persons: a
    partner's people, for whom it is earned.
    """

    who: Who = Who.ASKER
    driver_of: Literal["member", "group"] = "member"
    base_of: Literal["member", "group"] = "member"
    share: GroupShare | None = None
    persons: Persons | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Late(Form):
    """Lines that come after their window was closed (rule 4), and returns that name their sale (rule 5).

    until: so long after its end a window is computed anew; then it stays as it was settled.
    """

    lines: Literal["reopen", "next", "refuse"] = "reopen"
    returns: Literal["sale", "own"] = "sale"
    until: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers(Form):
    """Who enrolled after the window, or the baseline, began (rules 15 and 45).

    baseline: none, the given figure, or the one agreed with the partner for the window.
    """

    prorate: Literal["none", "months", "days"] = "none"
    baseline: Decimal | Agreed | None = None


class PayForm(StrEnum):
    """What a bonus is paid as. Each is a sum of money: one point stands for one unit of the currency."""

    MONEY = "money"
    FUNDS = "funds"
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPart(Form):
    """A part of a payout.

    use_within: from the end of the settled window. claim_within: from the last day of that time, else from
    the end of the settled window. expires: from the day on which it is due, or the window is closed.
    if_less_than: then it is paid as `then`; money so paid has no days to be used or claimed.
    """

    share: Decimal
    form: PayForm
    use_within: Length | None = None
    claim_within: Length | None = None
    expires: Length | None = None
    if_less_than: Decimal | None = None
    then: PayForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Form):
    """When it is paid: days after the close of the window, or on a day of the following year's calendar."""

    days_after_close: int | None = None
    month_day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer(Form):
    """Who pays a share of a payout: the vendor, the distributor, or the distributor that the partner chose
    for the settled window.
    """

    who: Literal["vendor", "distributor", "chosen"]
    share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout(Form):
    """Forms by share (rule 38), who pays which share of each, and when.

    choice: the partner chooses one of these forms for all of it, the first where it chose none; then there
    are no parts.
    """

    parts: tuple[PayPart, ...] = (PayPart(share=Decimal(1), form=PayForm.MONEY),)
    choice: tuple[PayForm, ...] = ()
    payers: tuple[Payer, ...] = (Payer(who="vendor"),)
    due: Due | None = None

    @property
    def shares(self) -> tuple[PayPart, ...]:
        """The parts that make the whole of it; of a choice the whole, in its first form."""
        return (PayPart(share=Decimal(1), form=self.choice[0]),) if self.choice else self.parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Incentive(Form):
    """Money that is earned by a rule. The order of its fields is the order in which it is computed (rule
    30).

    base: none for lump sums. driver: none: the base. per: a unit, or one named span. settle: in which
    unit it is paid.
    """

    name: str
    title: Text
    per: Unit | Span
    settle: Unit | Span
    earner: Earner = Earner()
    level_on: When = When.DAY_OF_SALE
    select: Filter = EVERY_ROW
    gate: Condition = ALWAYS
    driver: Measure | None = None
    scale: Scale
    base: Base | None = None
    adjust: tuple[Add | By, ...] = ()
    floor: Floor | None = None
    caps: tuple[Cap, ...] = ()
    round: Rounding | None = None
    minimum: Minimum | None = None
    payout: Payout = Payout()
    late: Late = Late()
    newcomers: Newcomers = Newcomers()

    @property
    def measured(self) -> Measure | None:
        """The measure that is paid on, or of which a part is."""
        return self.base.of if isinstance(self.base, PartOf) else self.base

    @property
    def picks(self) -> Measure | None:
        """What picks the step: the driver, else what is paid on."""
        return self.driver or self.measured

    @property
    def is_on_own(self) -> bool:
        """Whether what picks the step is what is paid on: a part of it is another figure."""
        whole = not isinstance(self.base, PartOf)
        return whole and (self.driver is None or self.driver == self.base)

    @property
    def caps_by_key(self) -> tuple[Cap, ...]:
        """The caps that hold for each value of a key, which is one for all of them."""
        return tuple(cap for cap in self.caps if cap.each is not None)

    @property
    def caps_of_whole(self) -> tuple[Cap, ...]:
        """The caps that hold for the whole."""
        return tuple(cap for cap in self.caps if cap.each is None)

    @property
    def cap_key(self) -> str | None:
        """The column by whose values caps hold; none where none does."""
        return next((cap.each for cap in self.caps_by_key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class InSequence(Form):
    """Each takes the base less the exact amounts of those before it (rule 35)."""

    incentives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacking(Form):
    """How incentives stand to each other: all are added, but for the sequences.

    said: the file says so itself.
    """

    said: bool = False
    sequences: tuple[InSequence, ...] = ()
