"""What every spelling is: keys at a place, checked on load by Pydantic, and lowered to core forms by itself.

A spelling is a class; its fields are its keys, its method `lowered` is the one function that turns it into
core forms. `SCALAR_AS` and `LIST_AS` name the key that a bare word, or a bare list, stands for. `LATER`
holds the keys of the full language that are not computed yet, each with the form that can be used instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import When
from staffel.core.programme.spellings.desk import (
    Accepted,
    Desk,
    Refused,
    desk_of,
    filled,
    listed,
    looks_alike,
    nearest,
    not_of_type,
    not_yet,
    unknown_word,
)
from staffel.core.programme.spellings.words import ValueField, read_name, stranger_in
from staffel.core.programme.text import Entries, Items, Node, Scalar, shown, word_of

T = TypeVar("T")
MOST_FORMS = 250
_PLACE = "\0place"
_KEY = "\0key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """What a spelling must know of its surroundings. level_on: of the incentive; none in a ladder."""

    desk: Desk
    level_on: When | None = None


def items_of(node: Node) -> list[Node]:
    """What stands in a list. Raises Refused."""
    if isinstance(node, Items):
        _refuse_many(node, len(node.of))
        return list(node.of)
    raise not_of_type(
        node,
        Text(en="a list", de="eine Liste"),
        Text(en="Put it into brackets: `[…]`.", de="Setzen Sie es in Klammern: `[…]`."),
    )


def _refuse_many(node: Node, count: int) -> None:
    """A list or table of forms has an end; lists of values (numbers of products) may be longer."""
    if count > MOST_FORMS:
        raise Refused(
            Finding(
                code="too-long",
                places=(node.place,),
                reason=Text(
                    en=f"{count} stand here, more than {MOST_FORMS}.",
                    de=f"Hier stehen {count}, mehr als {MOST_FORMS}.",
                ),
                way_out=Text(
                    en="Part the file into two programmes.",
                    de="Teilen Sie die Datei in zwei Partnerprogramme.",
                ),
            )
        )


def one_or_many(node: Node) -> list[Node]:
    """One word stands for a list of it; an empty list is none. Raises Refused."""
    found: list[Node] = list(node.of) if isinstance(node, Items) else [node]
    _refuse_many(node, sum(not isinstance(one, Scalar) for one in found))
    if found:
        return found
    raise not_of_type(
        node,
        Text(en="one value at least", de="mindestens ein Wert"),
        Text(en="Name one, or leave the key out.", de="Nennen Sie einen, oder lassen Sie den Schlüssel weg."),
    )


def named(node: Node, info: ValidationInfo) -> dict[str, Node]:
    """What stands under free names; a name that is none is reported. Raises Refused."""
    if not isinstance(node, Entries):
        raise not_of_type(node, *_KEYS)
    found = {}
    _refuse_many(node, len(node.of))
    for key, value in node.of:
        try:
            found[read_name(key, info).text] = value
        except Refused as refused:
            desk_of(info).report(refused.finding)
    return found


_KEYS = (
    Text(en="a table of keys", de="eine Tabelle von Schlüsseln"),
    Text(
        en="Write `key: value`, one below the other.",
        de="Schreiben Sie `key: value`, eines unter das andere.",
    ),
)


class _OneAsWell:
    """The schema of a list that one of its items may stand for."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core)
        return {"anyOf": [schema["items"], {**schema, "minItems": 1}]}


ListOf = Annotated[tuple[T, ...], BeforeValidator(items_of)]
OneOrMany = Annotated[tuple[T, ...], BeforeValidator(one_or_many), _OneAsWell()]
Named = Annotated[dict[str, T], BeforeValidator(named)]
_Hidden = Annotated[Place, PlainValidator(lambda place: place), SkipJsonSchema()]


class Spelling(BaseModel):
    """Keys at a place. key: where the key stands that it hangs on, or its own place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    SCALAR_AS: ClassVar[str] = ""
    LIST_AS: ClassVar[str] = ""
    LATER: ClassVar[Mapping[str, Text]] = {}
    UNKNOWN: ClassVar[str] = "key-unknown"

    place: _Hidden = Field(alias="\0place")
    key: _Hidden = Field(alias="\0key")
    accept: OneOrMany[ValueField] = Field(
        default=(), description="Codes of warnings that are accepted here and below."
    )

    @model_validator(mode="before")
    @classmethod
    def _opened(cls, node: Node, info: ValidationInfo) -> dict[str, object]:
        """The keys that are known, with what stands under them; the others are reported."""
        found: dict[str, object] = {_PLACE: node.place, _KEY: node.key.place if node.key else node.place}
        short = cls.SCALAR_AS if isinstance(node, Scalar) else cls.LIST_AS if isinstance(node, Items) else ""
        if short:
            return {**found, short: node}
        if not isinstance(node, Entries):
            raise not_of_type(node, *_KEYS)
        _refuse_many(node, len(node.of))
        known = cls.keys()
        free = set(known) - set(node.keys) - set(cls.LATER)
        for key, value in node.of:
            if word_of(key.text) in known:
                found[word_of(key.text)] = value
            else:
                desk_of(info).leave_out(cls._unknown(key))
                meant = nearest(word_of(key.text), free)
                found |= {meant: value} if meant and word_of(key.text) not in cls.LATER else {}
        return found

    @model_validator(mode="after")
    def _accepting(self, info: ValidationInfo) -> "Spelling":
        if self.accept:
            codes = tuple(word.text for word in self.accept)
            desk_of(info).accepted.append(Accepted(place=self.place, codes=codes))
        return self

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys that may stand here."""
        every = (field.alias or name for name, field in cls.model_fields.items())
        shown = tuple(key for key in every if not key.startswith("\0") and key != "accept")
        return (*shown, "accept")

    @classmethod
    def _unknown(cls, key: Scalar) -> Finding:
        if letter := stranger_in(key.text):
            return looks_alike(key.place, key.text, letter)
        if word_of(key.text) in cls.LATER:
            return not_yet(key.place, key.text, cls.LATER[word_of(key.text)])
        return unknown_word(key.place, cls.UNKNOWN, key.text, cls.keys())

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The keys, or the short form."""
        schema = handler.resolve_ref_schema(handler(core))
        shorts = [short for short in (cls.SCALAR_AS, cls.LIST_AS) if short]
        if not shorts:
            return schema
        title, description = schema.get("title"), schema.get("description")
        forms = [schema["properties"][short] for short in shorts]
        return {"title": title, "description": description, "anyOf": [*forms, schema]}


def begun_by(
    noun: Text, tags: Mapping[str, str], later: Mapping[str, Text], *, scalar: str = "", items: str = ""
) -> tuple[Discriminator, BeforeValidator]:
    """Which spelling of a noun this is: its first known key's tag; for a bare word or list the named one.

    Gives the two annotations of a union whose members bear these tags.
    """
    keys = tuple(tags)

    def tag(node: object) -> str | None:
        if isinstance(node, Entries):
            return next((tags[key] for key in keys if key in node.keys), None)
        return (scalar if isinstance(node, Scalar) else items if isinstance(node, Items) else "") or None

    def guard(node: Node) -> Node:
        if tag(node) is None:
            raise Refused(_not_begun(node, noun, keys, later))
        return node

    return Discriminator(tag), BeforeValidator(guard)


def _not_begun(node: Node, noun: Text, keys: tuple[str, ...], later: Mapping[str, Text]) -> Finding:
    if not isinstance(node, Entries):
        return not_of_type(node, noun, _begin_with(keys)).finding
    for key, _ in node.of:
        if word_of(key.text) in later:
            return not_yet(key.place, key.text, later[word_of(key.text)])
    for key, _ in node.of:
        if letter := stranger_in(key.text):
            return looks_alike(key.place, key.text, letter)
        if near := nearest(word_of(key.text), keys):
            return unknown_word(key.place, "key-unknown", key.text, [near])
    return Finding(
        code="key-missing",
        places=(node.place,),
        reason=filled(
            Text(
                en="Expected is {noun}; the word that it begins with is missing.",
                de="Erwartet wird {noun}; das Wort, mit dem sie beginnt, fehlt.",
            ),
            noun=noun,
        ),
        way_out=_begin_with(keys),
    )


def _begin_with(keys: tuple[str, ...]) -> Text:
    return Text(
        en=f"Begin with one of {listed(keys)}.", de=f"Beginnen Sie mit einem dieser Wörter: {listed(keys)}."
    )


def missing(place: Place, key: str) -> Finding:
    """A key that must be there; its place bears the way that it would have."""
    way = f"{place.path}.{key}".lstrip(".")
    return Finding(
        code="key-missing",
        places=(replace(place, path=way),),
        reason=Text(
            en=f"The key `{shown(key)}` is missing here.", de=f"Hier fehlt der Schlüssel `{shown(key)}`."
        ),
        way_out=Text(en=f"Add `{shown(key)}: …`.", de=f"Ergänzen Sie `{shown(key)}: …`."),
    )


def one_of_both(place: Place, *keys: str) -> Finding:
    """Keys of which one alone may stand here."""
    return Finding(
        code="one-of-both",
        places=(place,),
        reason=Text(
            en=f"{listed(keys)} stand beside each other here, and each says the same thing in its own way.",
            de=f"{listed(keys)} stehen hier nebeneinander, und jedes sagt dasselbe auf seine Weise.",
        ),
        way_out=Text(en="Keep one of them.", de="Behalten Sie eines davon."),
    )


def hidden_place(input_: object) -> Place | None:
    """The place of what Pydantic was given: a node, or the keys of one."""
    if isinstance(input_, dict):
        place = input_.get(_PLACE)
        return place if isinstance(place, Place) else None
    return getattr(input_, "place", None)
