"""Which rows: `products: solutions`, `where: {route: portal, not: {distributor: d1}}`. `language.md`, 1.2.

Keys beside each other must all hold; a list of values means any of them. The words and the columns that
they read stand in `sources.FILTER_WORDS`.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema, model_validator

from staffel.core.findings import Place, Text
from staffel.core.programme.model import (
    EVERY_ROW,
    All,
    Any,
    Apart,
    Comparison,
    During,
    Exists,
    Filter,
    Is,
    Not,
    Stated,
    Within,
)
from staffel.core.programme.spellings.desk import desk_of
from staffel.core.programme.spellings.numbers import NUMBER_SCHEMA, Figure, read_figure, refuse_percent
from staffel.core.programme.spellings.reaches import (
    AsOfField,
    ForField,
    KeyField,
    ReachField,
    RegisteredAs,
    RegisteredField,
    WithField,
)
from staffel.core.programme.spellings.spelling import ListOf, OneOrMany, Spelling, missing
from staffel.core.programme.spellings.windows import SpanSpelling
from staffel.core.programme.spellings.words import (
    NameField,
    ValueField,
    Word,
    meant,
    read_value,
    word_among,
)
from staffel.core.programme.text import Node, Scalar
from staffel.core.sources import FILTER_WORDS, TABLES

LINE_KINDS = ("sale", "return", "correction")
BUSINESS = ("new", "renewal", "upgrade", "change")

_HISTORY = Text(
    en="Histories of end customers follow; count `end_customer` without it.",
    de="Die Geschichte von Endkunden folgt noch; zählen Sie `end_customer` ohne sie.",
)
_TERMS = Text(
    en="A seller’s key is random: count `seller`, or take it as a key.",
    de="Der Schlüssel eines Verkäufers ist zufällig: Zählen Sie `seller`, oder nehmen Sie ihn als Schlüssel.",
)
LATER_ROWS = {
    **dict.fromkeys(("first", "first_seller", "last_seller"), _HISTORY),
    "seller": _TERMS,
}


def _among(known: tuple[str, ...]) -> tuple[PlainValidator, WithJsonSchema]:
    def read(node: Node, info: ValidationInfo) -> Word:
        word = read_value(node, info)
        if word.text in known or not isinstance(node, Scalar):
            return word
        return Word(text=meant(node, word.text, known, info), place=word.place)

    return PlainValidator(read), WithJsonSchema({"type": "string", "enum": list(known)})


def _read_amount(node: Node, info: ValidationInfo) -> Figure:
    """A figure that is no percent. Raises Refused."""
    figure = read_figure(node, info)
    refuse_percent(node, figure)
    desk_of(info).keep(figure.place, figure.digits, in_percent=False)
    return figure


AmountField = Annotated[Figure, PlainValidator(_read_amount), WithJsonSchema(NUMBER_SCHEMA)]
COMPARISONS: tuple[Comparison, ...] = ("at_least", "above", "at_most", "below")


LineKindField = Annotated[Word, *_among(LINE_KINDS)]
BusinessField = Annotated[Word, *_among(BUSINESS)]


_NOT_REPORTED = Text(
    en="No report says it; tell such lines by their route or their products.",
    de="Keine Meldung sagt das; unterscheiden Sie solche Zeilen nach Bestellweg oder Produkten.",
)
TermField = Annotated[
    Literal["deal", "special_price"],
    *word_among("deal", "special_price", later={"framework": _NOT_REPORTED}),
]


class AmountBounds(Spelling):
    """`{at_least: 1_500, below: 9_000}`: what an amount of a line is compared with; all must hold."""

    at_least: AmountField | None = Field(default=None, description="Not less.")
    above: AmountField | None = Field(default=None, description="More.")
    at_most: AmountField | None = Field(default=None, description="Not more.")
    below: AmountField | None = Field(default=None, description="Less.")

    @model_validator(mode="after")
    def _said(self, info: ValidationInfo) -> "AmountBounds":
        if not any(True for _ in self.figures()):
            desk_of(info).report(missing(self.place, "at_least"))
        return self

    def figures(self) -> "Iterator[tuple[Comparison, Figure]]":
        """Those that are said."""
        for comparison in COMPARISONS:
            figure = getattr(self, comparison)
            if figure is not None:
                yield comparison, figure


DATES = tuple(date.removesuffix("_on") for date in TABLES["sell_out"].dates)
DateField = Annotated[str, *word_among(*DATES)]


class DaysApart(AmountBounds):
    """`{from: ordered, to: shipped, at_most: 60}`: how many days lie between two dates of a line."""

    from_: DateField = Field(alias="from", description="The date from which the days count.")
    to: DateField = Field(description="The date to which they count.")

    def lowered(self) -> list[Filter]:
        """One test a bound."""
        return [
            Apart(
                start=f"{self.from_}_on",
                end=f"{self.to}_on",
                comparison=comparison,
                figure=figure.value,
                place=figure.place,
            )
            for comparison, figure in self.figures()
        ]


class Rows(Spelling):
    """Keys that tell rows apart; all that stand beside each other must hold."""

    LATER: ClassVar = LATER_ROWS
    UNKNOWN: ClassVar = "column-unknown"

    products: OneOrMany[NameField] = Field(default=(), description="Names under `products:` at the top.")
    kind: OneOrMany[LineKindField] = Field(default=(), description="sale, return or correction.")
    business: OneOrMany[BusinessField] = Field(default=(), description="new, renewal, upgrade or change.")
    country: OneOrMany[ValueField] = Field(default=(), description="The partner's country on the line's day.")
    distributor: OneOrMany[ValueField] = Field(default=(), description="Who sold it to the partner.")
    route: OneOrMany[ValueField] = Field(default=(), description="Where it was ordered.")
    deal: OneOrMany[ValueField] = Field(default=(), description="Which registered deal it names.")
    special_price: OneOrMany[ValueField] = Field(default=(), description="Which special price it names.")
    terms: OneOrMany[TermField] = Field(
        default=(), description="Whether it names one at all: deal, special_price."
    )
    currency: OneOrMany[ValueField] = Field(default=(), description="The currency that it is reported in.")
    licence: OneOrMany[ValueField] = Field(default=(), description="How its product is licensed.")
    billing: OneOrMany[ValueField] = Field(default=(), description="How often its product is billed.")
    certification: OneOrMany[ValueField] = Field(default=(), description="Of `certifications`: which one.")
    net: AmountBounds | None = Field(default=None, description="The line's net value: `{at_least: 1_500}`.")
    list_: AmountBounds | None = Field(default=None, alias="list", description="Its value at list price.")
    dealer: AmountBounds | None = Field(default=None, description="Its value at the dealer's price.")
    cost: AmountBounds | None = Field(default=None, description="Its value at the distributor's cost.")
    quantity: AmountBounds | None = Field(default=None, description="Its pieces.")
    sold: SpanSpelling | None = Field(default=None, description="Its day of sale: `{from: …, to: …}`.")
    ordered: SpanSpelling | None = Field(default=None, description="The day of its order.")
    shipped: SpanSpelling | None = Field(default=None, description="The day of its shipment.")
    invoiced: SpanSpelling | None = Field(default=None, description="The day of its invoice.")
    paid: SpanSpelling | None = Field(default=None, description="The day of its payment.")
    days: DaysApart | None = Field(
        default=None,
        description="Days between two of its dates: `{from: ordered, to: shipped, at_most: 60}`.",
    )
    new: "New | None" = Field(default=None, description="Nothing was bought before: `{for: 24 months}`.")
    seen: "Seen | None" = Field(default=None, description="Something was bought before.")
    registered: RegisteredField | None = Field(
        default=None, description="A registered deal is in force: `true`, or `30 days before` the order."
    )
    order_has: "Neighbour | None" = Field(default=None, description="What else its order has that day.")

    def tests(self) -> list[Filter]:
        """One test a key, in the order of the keys; of an amount one a bound."""
        found: list[Filter] = []
        for name, field in type(self).model_fields.items():
            said, word = getattr(self, name), field.alias or name
            match said:
                case DaysApart():
                    found += said.lowered()
                case AmountBounds():
                    found += _compared(word, said)
                case New() | Seen():
                    found.append(said.lowered())
                case RegisteredAs():
                    found.append(said.lowered())
                case Neighbour():
                    found.append(_in_order(said))
                case SpanSpelling():
                    found.append(During(column=f"{word}_on", span=said.span, place=said.place))
                case _ if said and word == "terms":
                    found.append(self._stated())
                case _ if said and word in FILTER_WORDS:
                    found.append(is_one_of(FILTER_WORDS[word], said))
        return found

    def _stated(self) -> Filter:
        """Any of the terms is named."""
        several = tuple(Stated(column=one, place=self.place) for one in sorted(set(self.terms)))
        return several[0] if len(several) == 1 else Any(of=several, place=self.place)


class Columns(Rows):
    """The same, with every column of the line's product and of its partner on the line's day."""

    family: OneOrMany[ValueField] = Field(default=(), alias="product.family")
    line: OneOrMany[ValueField] = Field(default=(), alias="product.line")
    category: OneOrMany[ValueField] = Field(default=(), alias="product.category")
    number: OneOrMany[ValueField] = Field(default=(), alias="product.number")
    product_licence: OneOrMany[ValueField] = Field(default=(), alias="product.licence")
    product_billing: OneOrMany[ValueField] = Field(default=(), alias="product.billing")
    customer_kind: OneOrMany[ValueField] = Field(default=(), alias="end_customer.kind")
    customer_country: OneOrMany[ValueField] = Field(default=(), alias="end_customer.country")
    customer_size: OneOrMany[ValueField] = Field(default=(), alias="end_customer.size")
    partner_level: OneOrMany[ValueField] = Field(default=(), alias="partner.level")
    partner_kind: OneOrMany[ValueField] = Field(default=(), alias="partner.kind")
    partner_country: OneOrMany[ValueField] = Field(default=(), alias="partner.country")
    partner_segment: OneOrMany[ValueField] = Field(default=(), alias="partner.segment")
    partner_size: OneOrMany[ValueField] = Field(default=(), alias="partner.size")


class Where(Columns):
    """The same, with any, all and not."""

    any_: "ListOf[Where] | None" = Field(default=None, alias="any", description="One of these holds.")
    all_: "ListOf[Where] | None" = Field(default=None, alias="all", description="Each of these holds.")
    not_: "Where | None" = Field(default=None, alias="not", description="This does not hold.")

    def lowered(self) -> Filter:
        """Each key a test, all of them together."""
        return together([*self.tests(), *_logic(self)], self.place)


class Neighbour(Where):
    """A row beside a row: the same tests, and its vendor."""

    vendor: OneOrMany[ValueField] = Field(default=(), description="Whose product it is.")

    def lowered(self) -> Filter:
        """Each key a test, all of them together."""
        vendor = [is_one_of("vendor_id", self.vendor)] if self.vendor else []
        return together([*vendor, *self.tests(), *_logic(self)], self.place)


class Seen(Spelling):
    """`{same: end_customer, in: 12 months before, with: any partner}`: such a row was there before."""

    LATER: ClassVar = {
        "pick": Text(
            en="Leave it out: any row before will do.", de="Lassen Sie es weg: Jede Zeile davor genügt."
        )
    }

    same: OneOrMany[KeyField] = Field(default=(), description="Keys; without it `end_customer`.")
    in_: ReachField = Field(default=None, alias="in", description="`12 months before` or `ever before`.")
    with_: WithField = Field(default="this", alias="with", description="`any partner`, or `this partner`.")
    where: "Neighbour | None" = Field(default=None, description="What the other row must be.")
    as_of: AsOfField = Field(default="window", description="Before the window, or before the line.")

    def lowered(self) -> Exists:
        """The question."""
        return Exists(
            same=tuple(dict.fromkeys(self.same)) or ("end_customer_id",),
            where=self.where.lowered() if self.where else EVERY_ROW,
            whose=self.with_,
            length=self.in_,
            as_of=self.as_of,
            place=self.place,
        )


class New(Spelling):
    """`{for: 24 months, with: any partner, in: solutions}`: nothing of the kind was there before."""

    for_: ForField = Field(alias="for", description="`24 months`, or `ever`.")
    same: OneOrMany[KeyField] = Field(default=(), description="Keys; without it `end_customer`.")
    with_: WithField = Field(default="this", alias="with", description="`any partner`, or `this partner`.")
    in_: OneOrMany[NameField] = Field(default=(), alias="in", description="Groups of products; else any.")
    stays: AsOfField = Field(
        default="window", description="window: whoever is new in a window stays so for all of it."
    )

    def lowered(self) -> Exists:
        """The question whether there is none."""
        return Exists(
            same=tuple(dict.fromkeys(self.same)) or ("end_customer_id",),
            where=is_one_of("product.group", self.in_) if self.in_ else EVERY_ROW,
            whose=self.with_,
            length=self.for_,
            as_of=self.stays,
            some=False,
            place=self.place,
        )


def _in_order(said: Neighbour) -> Exists:
    """On the same day of the same order of this partner."""
    keys, place = ("order_no",), said.place
    return Exists(same=keys, where=said.lowered(), reach="same_day", as_of="line", place=place)


_OF_PRODUCTS = ("family", "line", "category", "number", "licence", "billing")


class ProductsOf(Spelling):
    """A named group of products, told by what the catalogue says of them."""

    UNKNOWN: ClassVar = "column-unknown"

    family: OneOrMany[ValueField] = ()
    line: OneOrMany[ValueField] = ()
    category: OneOrMany[ValueField] = ()
    licence: OneOrMany[ValueField] = ()
    billing: OneOrMany[ValueField] = ()
    number: OneOrMany[ValueField] = Field(default=(), description="The vendor's own number.")
    any_: "ListOf[ProductsOf] | None" = Field(default=None, alias="any", description="One of these holds.")
    all_: "ListOf[ProductsOf] | None" = Field(default=None, alias="all", description="Each of these holds.")
    not_: "ProductsOf | None" = Field(default=None, alias="not", description="This does not hold.")

    @property
    def holds_all(self) -> bool:
        """Whether nothing is said that tells products apart."""
        told = (self.any_, self.all_, self.not_, *(getattr(self, name) for name in _OF_PRODUCTS))
        return not any(told)

    def lowered(self) -> Filter:
        """Each key a test on the product, all of them together."""
        tests: list[Filter] = [
            is_one_of(f"product.{name}", values) for name in _OF_PRODUCTS if (values := getattr(self, name))
        ]
        return together([*tests, *_logic(self)], self.place)


def _logic(spelled: Where | ProductsOf) -> list[Filter]:
    found: list[Filter] = []
    if spelled.any_ is not None:
        found.append(Any(of=tuple(one.lowered() for one in spelled.any_), place=spelled.place))
    if spelled.all_ is not None:
        found.append(together([one.lowered() for one in spelled.all_], spelled.place))
    if spelled.not_ is not None:
        found.append(Not(of=spelled.not_.lowered(), place=spelled.not_.place))
    return found


def _compared(column: str, bounds: AmountBounds) -> list[Filter]:
    return [
        Within(column=column, comparison=comparison, figure=figure.value, place=figure.place)
        for comparison, figure in bounds.figures()
    ]


def is_one_of(column: str, values: Sequence[Word]) -> Is:
    """A test on a column; its values sorted and each once, for their order means nothing."""
    texts = tuple(sorted({value.text for value in values}))
    return Is(column=column, values=texts, place=values[0].place)


def together(tests: Sequence[Filter], place: Place) -> Filter:
    """All of them; one alone stands by itself."""
    if not tests:
        return EVERY_ROW
    return tests[0] if len(tests) == 1 else All(of=tuple(tests), place=place)


for _spelling in (Rows, Columns, Where, Neighbour, Seen):
    _spelling.model_rebuild()
