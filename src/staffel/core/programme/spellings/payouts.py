"""How a bonus is paid: forms by share, payer, due day, minimum, caps.

`language.md`, 1.5, rules 34, 37 and 38.
"""

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias, cast

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.findings import Text
from staffel.core.programme.model import Cap, Due, Floor, Minimum, Payer, PayForm, Payout, PayPart, Rounding
from staffel.core.programme.spellings.desk import not_of_type, not_yet, unknown_word
from staffel.core.programme.spellings.numbers import PERCENT_SCHEMA, MoneyField, PercentField
from staffel.core.programme.spellings.spelling import (
    ListOf,
    Lowering,
    Spelling,
    missing,
    one_of_both,
    one_or_many,
)
from staffel.core.programme.spellings.takes import KEYS
from staffel.core.programme.spellings.words import (
    LengthField,
    NameField,
    one_of,
    read_month_day,
    word_among,
    word_reader,
)
from staffel.core.programme.text import Items, Node, Scalar

_NO_CLAWBACK = Text(
    en="A return takes back what its sale brought; leave it out.",
    de="Eine Rückgabe nimmt zurück, was ihr Verkauf gebracht hat; lassen Sie es weg.",
)
_NO_DAYS = Text(
    en="Without a choice of form it can have days; say `as` or `split`.",
    de="Ohne Wahl der Form kann es Fristen haben; sagen Sie `as` oder `split`.",
)
PayFormField: TypeAlias = Annotated[PayForm, *one_of(PayForm)]
_AFTER_CLOSE = re.compile(r"(\d{1,3}) days? after close", re.ASCII)


def read_due(node: Node, info: ValidationInfo) -> Due:
    """`30 days after close`, or a day of the year: `02-15`. Raises Refused."""
    text = " ".join(node.text.replace("_", " ").split()) if isinstance(node, Scalar) else ""
    if match := _AFTER_CLOSE.fullmatch(text):
        return Due(days_after_close=int(match[1]), place=node.place)
    if re.fullmatch(r"\d{2}-\d{2}", text, re.ASCII):
        return Due(month_day=read_month_day(node, info), place=node.place)
    raise not_of_type(
        node,
        Text(en="a due day", de="ein Fälligkeitstag"),
        Text(
            en="Write `30 days after close` or a day of the year: `02-15`.",
            de="Schreiben Sie `30 days after close` oder einen Tag des Jahres: `02-15`.",
        ),
    )


DueField = Annotated[
    Due,
    PlainValidator(read_due),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{1,3}[ _]days?[ _]after[ _]close|\d{2}-\d{2})$"}),
]
_CHOSEN = Text(
    en="Write `vendor`, `distributor` or `{distributor: chosen}`.",
    de="Schreiben Sie `vendor`, `distributor` oder `{distributor: chosen}`.",
)


class DistributorSpelling(Spelling):
    """Which distributor pays."""

    distributor: Annotated[
        Literal["chosen"], *word_among("chosen", later={"of_the_line": _CHOSEN, "of_line": _CHOSEN})
    ] = Field(description="chosen: by the partner, for the settled window.")


def read_payer(node: Node, info: ValidationInfo) -> Payer:
    """`vendor`, `distributor` or `{distributor: chosen}`. Raises Refused, or ValidationError."""
    if isinstance(node, Scalar):
        who = word_reader(["vendor", "distributor"], {})(node, info)
        return Payer(who=cast("Literal['vendor', 'distributor']", who), place=node.place)
    said = DistributorSpelling.model_validate(node, context=info.context)
    return Payer(who=said.distributor, place=said.place)


_WHO = {
    "anyOf": [
        {"type": "string", "enum": ["vendor", "distributor"]},
        {
            "type": "object",
            "required": ["distributor"],
            "properties": {"distributor": {"type": "string", "enum": ["chosen"]}},
            "additionalProperties": False,
        },
    ]
}
PayerField: TypeAlias = Annotated[Payer, PlainValidator(read_payer), WithJsonSchema(_WHO)]


class PayerShareSpelling(Spelling):
    """`{share: 50 %, payer: vendor}`."""

    share: PercentField = Field(description="Of each part; all payers make 100 %.")
    payer: PayerField

    def lowered(self) -> Payer:
        """Who pays how much of it."""
        return Payer(who=self.payer.who, share=self.share, place=self.place)


def read_payers(node: Node, info: ValidationInfo) -> tuple[Payer, ...]:
    """One payer, or a list of payers with their shares. Raises Refused, or ValidationError."""
    if not isinstance(node, Items):
        return (read_payer(node, info),)
    said = [PayerShareSpelling.model_validate(one, context=info.context) for one in one_or_many(node)]
    return tuple(one.lowered() for one in said)


_SHARED = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["share", "payer"],
        "properties": {"share": PERCENT_SCHEMA, "payer": _WHO},
        "additionalProperties": False,
    },
}
PayersField: TypeAlias = Annotated[
    tuple[Payer, ...], PlainValidator(read_payers), WithJsonSchema({"anyOf": [*_WHO["anyOf"], _SHARED]})
]
_FORMS = "money, funds, discount, voucher or points."
_USE = "From the end of the settled window."
_CLAIM = "After the time to use it, else from the end of the settled window."
_EXPIRES = "From the day on which it is due, or the window is closed."


class PayPartSpelling(Spelling):
    """A part of a payout."""

    as_: PayFormField = Field(alias="as", description=_FORMS)
    share: PercentField = Field(description="Of the whole; all parts make 100 %.")
    use_within: LengthField | None = Field(default=None, description=_USE)
    claim_within: LengthField | None = Field(default=None, description=_CLAIM)
    expires: LengthField | None = Field(default=None, description=_EXPIRES)
    if_less_than: MoneyField | None = Field(default=None, description="Then the part is paid as `then`.")
    then: PayFormField | None = None

    def lowered(self, at: Lowering) -> PayPart:
        """The part; a threshold and what follows from it belong together."""
        if (self.if_less_than is None) != (self.then is None):
            lacking = "then" if self.then is None else "if_less_than"
            at.desk.report(missing(self.place, lacking))
        if self.use_within is not None and self.expires is not None:
            at.desk.report(one_of_both(self.place, "use_within", "expires"))
        return PayPart(
            share=self.share,
            form=self.as_,
            use_within=self.use_within,
            claim_within=self.claim_within,
            expires=self.expires,
            if_less_than=self.if_less_than,
            then=self.then,
            place=self.place,
        )


class PayoutSpelling(Spelling):
    """As what, by whom and when it is paid."""

    LATER: ClassVar = {"clawback": _NO_CLAWBACK}

    as_: PayFormField | None = Field(default=None, alias="as", description=f"All of it: {_FORMS}")
    use_within: LengthField | None = Field(default=None, description=f"With `as`: {_USE}")
    claim_within: LengthField | None = Field(default=None, description=f"With `as`: {_CLAIM}")
    expires: LengthField | None = Field(default=None, description=f"With `as`: {_EXPIRES}")
    choice: ListOf[PayFormField] = Field(
        default=(), description="The partner chooses one of these; the first where it chose none."
    )
    split: ListOf[PayPartSpelling] = Field(default=(), description="Parts that make 100 %.")
    due: DueField | None = Field(default=None, description="`30 days after close`, or `02-15`.")
    payer: PayersField | None = Field(default=None, description="Who pays: the vendor unless said.")

    def lowered(self, at: Lowering) -> Payout:
        """The payout; without a form it is money."""
        for word in ("as", "use_within", "claim_within", "expires"):
            if self.split and getattr(self, {"as": "as_"}.get(word, word)) is not None:
                at.desk.report(one_of_both(self.place, "split", word))
        if self.use_within is not None and self.expires is not None:
            at.desk.report(one_of_both(self.place, "use_within", "expires"))
        if self.choice:
            self._refuse_beside_choice(at)
        parts = tuple(part.lowered(at) for part in self.split) or (
            PayPart(
                share=Decimal(1),
                form=self.as_ or PayForm.MONEY,
                use_within=self.use_within,
                claim_within=self.claim_within,
                expires=self.expires,
                place=self.place,
            ),
        )
        payers = self.payer or (Payer(who="vendor", place=self.place),)
        return Payout(
            parts=() if self.choice else parts,
            choice=tuple(self.choice),
            payers=payers,
            due=self.due,
            place=self.place,
        )

    def _refuse_beside_choice(self, at: Lowering) -> None:
        for word, said in (("split", self.split), ("as", self.as_)):
            if said:
                at.desk.report(one_of_both(self.place, "choice", word))
        for word in ("use_within", "claim_within", "expires"):
            if getattr(self, word) is not None:
                at.desk.report(not_yet(self.place, word, _NO_DAYS))


class MinimumSpelling(Spelling):
    """What is not worth paying yet."""

    SCALAR_AS: ClassVar = "amount"

    amount: MoneyField = Field(description="Less than this is not paid.")
    otherwise: Annotated[Literal["carry", "forfeit"], *word_among("carry", "forfeit")] = Field(
        default="carry", description="carry: into the next window; forfeit: lost."
    )
    at_end: Annotated[Literal["pay", "lost"], *word_among("pay", "lost")] = Field(
        default="pay", description="In the programme's last window."
    )

    def lowered(self) -> Minimum:
        """The minimum."""
        return Minimum(money=self.amount, otherwise=self.otherwise, at_end=self.at_end, place=self.place)


class RoundSpelling(Spelling):
    """To which multiple of money a bonus is rounded."""

    SCALAR_AS: ClassVar = "to"

    to: MoneyField = Field(description="A multiple of the smallest coin: 0.05, 1 …")
    way: Annotated[Literal["half_up", "down", "up"], *word_among("half_up", "down", "up")] = Field(
        default="half_up", description="half up, down or up; a negative sum as a positive one."
    )

    def lowered(self) -> Rounding:
        """The rounding."""
        return Rounding(to=self.to, way=self.way, place=self.place)


class FloorSpelling(Spelling):
    """Not less than this, where anything is earned."""

    SCALAR_AS: ClassVar = "amount"
    LATER: ClassVar = dict.fromkeys(
        ("each", "over", "rate", "of", "carry"),
        Text(
            en="A floor is an amount of the window, of the whole.",
            de="Eine Untergrenze ist ein Betrag je Zeitraum, insgesamt.",
        ),
    )

    amount: MoneyField

    def lowered(self) -> Floor:
        """The floor."""
        return Floor(money=self.amount, place=self.place)


class CapSpelling(Spelling):
    """Not more than this; of the whole, or of each value of a key."""

    SCALAR_AS: ClassVar = "amount"
    LATER: ClassVar = dict.fromkeys(
        ("over", "rate", "of", "carry"),
        Text(
            en="A cap is an amount of the window, of the whole or `each: end_customer`.",
            de="Eine Obergrenze ist ein Betrag je Zeitraum, insgesamt oder `each: end_customer`.",
        ),
    )

    amount: MoneyField
    each: NameField | None = Field(default=None, description="A key of the line: end_customer, order …")

    def lowered(self, at: Lowering) -> Cap:
        """The cap, by the column of its key."""
        if self.each is not None and self.each.text not in KEYS:
            at.desk.report(unknown_word(self.each.place, "column-unknown", self.each.text, KEYS))
        each = KEYS.get(self.each.text, self.each.text) if self.each else None
        return Cap(money=self.amount, each=each, place=self.place)
