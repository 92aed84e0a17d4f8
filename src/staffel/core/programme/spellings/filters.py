"""Which rows: `products: solutions`, `where: {route: portal, not: {distributor: d1}}`. `language.md`, 1.2.

Keys beside each other must all hold; a list of values means any of them. The words and the columns that
they read stand in `sources.FILTER_WORDS`.
"""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.findings import Place, Text
from staffel.core.programme.model import EVERY_ROW, All, Any, Filter, Is, Not
from staffel.core.programme.spellings.spelling import ListOf, OneOrMany, Spelling
from staffel.core.programme.spellings.words import NameField, ValueField, Word, meant, read_value
from staffel.core.programme.text import Node, Scalar
from staffel.core.sources import FILTER_WORDS

LINE_KINDS = ("sale", "return", "correction")
BUSINESS = ("new", "renewal", "upgrade", "change")

_HISTORY = Text(
    en="Histories of end customers follow; count `end_customer` without it.",
    de="Die Geschichte von Endkunden folgt noch; zählen Sie `end_customer` ohne sie.",
)
_TERMS = Text(
    en="Lines can be told by products, kind, business, country, distributor and route so far.",
    de="Zeilen lassen sich bisher nach products, kind, business, country, distributor und route"
    " unterscheiden.",
)
_AMOUNTS = Text(
    en="Amounts and days of a line cannot be asked yet; a window with `{from: …, to: …}` can name days.",
    de="Beträge und Tage einer Zeile lassen sich noch nicht abfragen; ein Zeitraum `{from: …, to: …}`"
    " nennt Tage.",
)
LATER_ROWS = {
    **dict.fromkeys(("new", "seen", "first", "first_seller", "last_seller", "registered"), _HISTORY),
    **dict.fromkeys(("order_has", "deal", "special_price", "terms", "licence", "billing", "seller"), _TERMS),
    **dict.fromkeys(("net", "quantity", "sold", "ordered", "shipped", "invoiced", "paid", "days"), _AMOUNTS),
}


def _among(known: tuple[str, ...]) -> tuple[PlainValidator, WithJsonSchema]:
    def read(node: Node, info: ValidationInfo) -> Word:
        word = read_value(node, info)
        if word.text in known or not isinstance(node, Scalar):
            return word
        return Word(text=meant(node, word.text, known, info), place=word.place)

    return PlainValidator(read), WithJsonSchema({"type": "string", "enum": list(known)})


LineKindField = Annotated[Word, *_among(LINE_KINDS)]
BusinessField = Annotated[Word, *_among(BUSINESS)]


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
    certification: OneOrMany[ValueField] = Field(default=(), description="Of `certifications`: which one.")

    def tests(self) -> list[Is]:
        """One test a key, in the order of the keys."""
        found: list[Is] = []
        for name, field in type(self).model_fields.items():
            values = getattr(self, name)
            column = FILTER_WORDS.get(field.alias or name)
            if column and values:
                found.append(is_one_of(column, values))
        return found


class Columns(Rows):
    """The same, with every column of the line's product and of its partner on the line's day."""

    family: OneOrMany[ValueField] = Field(default=(), alias="product.family")
    line: OneOrMany[ValueField] = Field(default=(), alias="product.line")
    category: OneOrMany[ValueField] = Field(default=(), alias="product.category")
    number: OneOrMany[ValueField] = Field(default=(), alias="product.number")
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


class ProductsOf(Spelling):
    """A named group of products, told by what the catalogue says of them."""

    UNKNOWN: ClassVar = "column-unknown"

    family: OneOrMany[ValueField] = ()
    line: OneOrMany[ValueField] = ()
    category: OneOrMany[ValueField] = ()
    number: OneOrMany[ValueField] = Field(default=(), description="The vendor's own number.")
    any_: "ListOf[ProductsOf] | None" = Field(default=None, alias="any", description="One of these holds.")
    all_: "ListOf[ProductsOf] | None" = Field(default=None, alias="all", description="Each of these holds.")
    not_: "ProductsOf | None" = Field(default=None, alias="not", description="This does not hold.")

    @property
    def holds_all(self) -> bool:
        """Whether nothing is said that tells products apart."""
        said = (self.family, self.line, self.category, self.number, self.any_, self.all_, self.not_)
        return not any(said)

    def lowered(self) -> Filter:
        """Each key a test on the product, all of them together."""
        names = ("family", "line", "category", "number")
        tests: list[Filter] = [
            is_one_of(f"product.{name}", values) for name in names if (values := getattr(self, name))
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


def is_one_of(column: str, values: Sequence[Word]) -> Is:
    """A test on a column; its values sorted and each once, for their order means nothing."""
    texts = tuple(sorted({value.text for value in values}))
    return Is(column=column, values=texts, place=values[0].place)


def together(tests: Sequence[Filter], place: Place) -> Filter:
    """All of them; one alone stands by itself."""
    if not tests:
        return EVERY_ROW
    return tests[0] if len(tests) == 1 else All(of=tuple(tests), place=place)
