"""Reaches: which rows beside a row are looked at: of which keys, how far back, whose. `language.md`, 1.2."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.findings import Place, Text
from staffel.core.programme.model import Filter, Length, Not, Registered
from staffel.core.programme.spellings.desk import listed, not_of_type
from staffel.core.programme.spellings.words import read_flag, read_length, read_value, word_among
from staffel.core.programme.text import Node, Scalar

NEAR_KEYS = {
    "end_customer": "end_customer_id",
    "product": "product_id",
    "order": "order_no",
    "seller": "seller",
    "distributor": "distributor_id",
}
_A_KEY = Text(en="a key of the line", de="ein Schlüssel der Zeile")
_A_LENGTH = Text(en="a length of time before", de="eine Dauer davor")
_WITH = Text(en="the word for whose lines are meant", de="das Wort dafür, wessen Zeilen gemeint sind")


def _read_key(node: Node, info: ValidationInfo) -> str:
    word = read_value(node, info)
    if word.text not in NEAR_KEYS:
        known = listed(NEAR_KEYS)
        raise not_of_type(node, _A_KEY, Text(en=f"Name {known}.", de=f"Nennen Sie {known}."))
    return NEAR_KEYS[word.text]


def _read_length(node: Node, info: ValidationInfo) -> Length | None:
    """`24 months`; none: ever. Raises Refused."""
    if isinstance(node, Scalar) and node.text.strip() == "ever":
        return None
    length = read_length(node, info)
    if not length.count:
        raise not_of_type(node, _A_LENGTH, _either("24 months", "ever"))
    return length


def _read_reach(node: Node, info: ValidationInfo) -> Length | None:
    """`12 months before`; none: ever before. Raises Refused."""
    head, _, last = _said(node).rpartition(" ")
    if last != "before" or not isinstance(node, Scalar):
        raise not_of_type(node, _A_LENGTH, _either("12 months before", "ever before"))
    return _read_length(Scalar(text=head, place=node.place, key=node.key), info)


def _read_with(node: Node, info: ValidationInfo) -> str:
    """`any partner` or `this partner`. Raises Refused."""
    del info
    word = _said(node).removesuffix(" partner")
    if word not in ("this", "any"):
        raise not_of_type(node, _WITH, _either("any partner", "this partner"))
    return word


def _said(node: Node) -> str:
    return " ".join(node.text.replace("_", " ").split()) if isinstance(node, Scalar) else ""


def _either(one: str, other: str) -> Text:
    return Text(en=f"Write `{one}` or `{other}`.", de=f"Schreiben Sie `{one}` oder `{other}`.")


_TEXT = WithJsonSchema({"type": "string"})
_KEY = WithJsonSchema({"type": "string", "enum": list(NEAR_KEYS)})
KeyField = Annotated[str, PlainValidator(_read_key), _KEY]
ForField = Annotated[Length | None, PlainValidator(_read_length), _TEXT]
ReachField = Annotated[Length | None, PlainValidator(_read_reach), _TEXT]
WithField = Annotated[Literal["this", "any"], PlainValidator(_read_with), _TEXT]
AsOfField = Annotated[Literal["window", "line"], *word_among("window", "line")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAs:
    """`true`, `false`, or how long before the order."""

    holds: bool
    ahead: Length | None
    place: Place

    def lowered(self) -> Registered | Not[Filter]:
        """The test, or that it does not hold."""
        asked = Registered(ahead=self.ahead, place=self.place)
        return asked if self.holds else Not(of=asked, place=self.place)


def _read_registered(node: Node, info: ValidationInfo) -> RegisteredAs:
    """A flag, or a length before. Raises Refused."""
    if isinstance(node, Scalar) and " " in node.text.strip():
        ahead = _read_reach(node, info)
        if ahead is None:
            raise not_of_type(node, _A_LENGTH, _either("true", "30 days before"))
        return RegisteredAs(holds=True, ahead=ahead, place=node.place)
    return RegisteredAs(holds=read_flag(node, info), ahead=None, place=node.place)


RegisteredField = Annotated[
    RegisteredAs, PlainValidator(_read_registered), WithJsonSchema({"type": ["boolean", "string"]})
]
