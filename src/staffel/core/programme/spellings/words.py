"""Words, names, texts, days and lengths of time: what a field without figures is written as."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.calendar import Unit
from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import Length
from staffel.core.programme.spellings.desk import (
    Refused,
    desk_of,
    looks_alike,
    nearest,
    not_of_type,
    not_yet,
    unknown_word,
)
from staffel.core.programme.text import Entries, Node, Scalar, word_of
from staffel.core.programme.unread import Unread

E = TypeVar("E", bound=StrEnum)
LONGEST_NAME = 80

_NAME = re.compile(r"[^\W\d_][\w.-]*")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_LENGTH = re.compile(r"(\d{1,4})\s+(day|month|quarter|hal(?:f|ve)|year)s?", re.ASCII)
_A_WORD = Text(en="a word", de="ein Wort")
_ONE_WORD = Text(en="Write one word.", de="Schreiben Sie ein Wort.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its place."""

    text: str
    place: Place


def stranger_in(text: str) -> str:
    """The first letter that only looks Latin, or nothing."""
    return next((letter for letter in text if _only_looks_latin(letter)), "")


def _only_looks_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith(("CYRILLIC", "GREEK", "ARMENIAN"))


def read_name(node: Node, info: ValidationInfo) -> Word:
    """A name: Latin letters, digits, `-`, `_` and points, a letter first. Raises Refused."""
    word = read_value(node, info)
    if letter := stranger_in(word.text):
        raise Refused(looks_alike(node.place, word.text, letter))
    if not _NAME.fullmatch(word.text) or len(word.text) > LONGEST_NAME:
        raise not_of_type(
            node,
            Text(en="a name", de="ein Name"),
            Text(
                en=f"A name begins with a letter and has letters, digits, `-` and `_`, {LONGEST_NAME} at"
                f" most.",
                de=f"Ein Name beginnt mit einem Buchstaben und hat Buchstaben, Ziffern, `-` und `_`,"
                f" höchstens {LONGEST_NAME}.",
            ),
        )
    return word


def read_value(node: Node, info: ValidationInfo) -> Word:
    """A value of a column, as it stands in the data: `NO`, `server-pro`. Raises Refused."""
    del info
    if not isinstance(node, Scalar) or not node.text.strip():
        raise not_of_type(node, _A_WORD, _ONE_WORD)
    text = node.text.strip()
    if any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in text):
        raise not_of_type(
            node, _A_WORD, Text(en="Strike what cannot be seen.", de="Streichen Sie, was unsichtbar ist.")
        )
    if (letter := stranger_in(text)) and any(_is_latin(sign) for sign in text):
        raise Refused(looks_alike(node.place, text, letter))
    return Word(text=text, place=node.place)


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")


def read_text(node: Node, info: ValidationInfo) -> Text:
    """A text in both languages; one language alone stands for both, with a warning. Raises Refused."""
    if isinstance(node, Scalar) and node.text.strip():
        desk_of(info).report(_one_language(node.place))
        return Text(en=node.text.strip(), de=node.text.strip())
    if not isinstance(node, Entries):
        raise not_of_type(node, *_TEXT)
    said = {word_of(key.text): _sentence(value) for key, value in node.of}
    for key, _ in node.of:
        if word_of(key.text) not in {"en", "de"}:
            desk_of(info).report(unknown_word(key.place, "key-unknown", key.text, ("en", "de")))
    both = [said.get("en", ""), said.get("de", "")]
    if not any(both):
        raise not_of_type(node, *_TEXT)
    if not all(both) and not Unread.of(desk_of(info).unread).touches(node.place.path):
        desk_of(info).report(_one_language(node.place))
    return Text(en=both[0] or both[1], de=both[1] or both[0])


_TEXT = (
    Text(en="a text in both languages", de="ein Text in beiden Sprachen"),
    Text(en="Write it so: `{en: Bonus, de: Bonus}`.", de="Schreiben Sie so: `{en: Bonus, de: Bonus}`."),
)


def _sentence(node: Node) -> str:
    if not isinstance(node, Scalar) or not node.text.strip():
        raise not_of_type(node, *_TEXT)
    return " ".join(node.text.split())


def _one_language(place: Place) -> Finding:
    return Finding(
        code="text-in-one-language-only",
        severity="warning",
        places=(place,),
        reason=Text(
            en="This text stands in one language only, and is shown so in both.",
            de="Dieser Text steht nur in einer Sprache da und wird so in beiden gezeigt.",
        ),
        way_out=Text(en="Write `{en: …, de: …}`.", de="Schreiben Sie `{en: …, de: …}`."),
    )


def one_of(known: type[E], later: Mapping[str, Text] | None = None) -> tuple[PlainValidator, WithJsonSchema]:
    """A closed list of words; those of `later` belong to the language, and are not computed yet.

    `Annotated[When, *one_of(When)]`: a word that the enumeration learns is read without a change here.
    """
    words = [member.value for member in known]
    read = word_reader(words, later or {})
    return PlainValidator(lambda node, info: known(read(node, info))), WithJsonSchema(
        {"type": "string", "enum": spelled(words)}
    )


def word_among(*words: str, later: Mapping[str, Text] | None = None) -> tuple[PlainValidator, WithJsonSchema]:
    """The same for words that are no enumeration: `Annotated[Literal["a", "b"], *word_among("a", "b")]`."""
    return PlainValidator(word_reader(list(words), later or {})), WithJsonSchema(
        {"type": "string", "enum": spelled(words)}
    )


def spelled(words: list[str] | tuple[str, ...]) -> list[str]:
    """Words as they may be written: with `_` or with blanks."""
    return sorted({form for word in words for form in (word, word.replace("_", " "))})


def word_reader(words: list[str], later: Mapping[str, Text]) -> Callable[[Node, ValidationInfo], str]:
    """Reads one of a closed list of words."""

    def read(node: Node, info: ValidationInfo) -> str:
        if not isinstance(node, Scalar):
            raise not_of_type(node, _A_WORD, _ONE_WORD)
        word = word_of(node.text)
        if word in words:
            return word
        if word in later:
            raise Refused(not_yet(node.place, node.text, later[word]))
        return meant(node, word, words, info)

    return read


def meant(node: Scalar, word: str, known: Iterable[str], info: ValidationInfo) -> str:
    """The known word that resembles it, after saying that it is unknown. Raises Refused: there is none."""
    finding = unknown_word(node.place, "value-not-of-type", node.text, known)
    near = nearest(word, known)
    if not near:
        raise Refused(finding)
    desk_of(info).leave_out(finding)
    return near


def read_day(node: Node, info: ValidationInfo) -> date:
    """A day: `2026-09-01`. Raises Refused."""
    del info
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _ISO_DAY.fullmatch(text)
    if match is None:
        raise not_of_type(
            node,
            Text(en="a day", de="ein Tag"),
            Text(en="Write it so: `2026-09-01`.", de="Schreiben Sie so: `2026-09-01`."),
        )
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise Refused(_impossible(node.place, text)) from None
    if not 1900 <= day.year <= 2998:
        raise Refused(_impossible(node.place, text))
    return day


def read_month_day(node: Node, info: ValidationInfo) -> tuple[int, int]:
    """A day of every year: `03-31`. Raises Refused."""
    del info
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        raise not_of_type(
            node,
            Text(en="a day of the year", de="ein Tag des Jahres"),
            Text(en="Write month and day: `03-31`.", de="Schreiben Sie Monat und Tag: `03-31`."),
        )
    month, day = int(match[1]), int(match[2])
    try:
        date(2001, month, day)  # a year without 29 February, so that every year has the day
    except ValueError:
        raise Refused(_impossible(node.place, text)) from None
    return month, day


def _impossible(place: Place, text: str) -> Finding:
    return Finding(
        code="date-impossible",
        places=(place,),
        reason=Text(en=f"There is no day `{text}`.", de=f"Einen Tag `{text}` gibt es nicht."),
        way_out=Text(
            en="Write a day that the calendar has (in every year, where no year stands).",
            de="Schreiben Sie einen Tag, den der Kalender hat (in jedem Jahr, wo kein Jahr steht).",
        ),
    )


def read_length(node: Node, info: ValidationInfo) -> Length:
    """A length of time: `2 quarters`, `30 days`, `0`. Raises Refused."""
    del info
    text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
    if text in {"0", "none"}:
        return Length(place=node.place)
    match = _LENGTH.fullmatch(text.replace("_", " "))
    if match is None:
        raise not_of_type(
            node,
            Text(en="a length of time", de="eine Dauer"),
            Text(
                en="Write it so: `2 quarters`, `6 months` or `30 days`.",
                de="Schreiben Sie so: `2 quarters`, `6 months` oder `30 days`.",
            ),
        )
    unit = None if match[2] == "day" else Unit(match[2].replace("halve", "half"))
    return Length(count=int(match[1]), unit=unit, place=node.place)


def read_flag(node: Node, info: ValidationInfo) -> bool:
    """`true` or `false`. Raises Refused."""
    del info
    if isinstance(node, Scalar) and node.text.strip() in {"true", "false"}:
        return node.text.strip() == "true"
    raise not_of_type(
        node,
        Text(en="`true` or `false`", de="`true` oder `false`"),
        Text(en="Write one of both.", de="Schreiben Sie eines von beiden."),
    )


def read_time_zone(node: Node, info: ValidationInfo) -> str:
    """A time zone of the public list: `Europe/Berlin`. Raises Refused."""
    word = read_value(node, info)
    try:
        ZoneInfo(word.text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise not_of_type(
            node,
            Text(en="a time zone", de="eine Zeitzone"),
            Text(en="Write it so: `Europe/Berlin`.", de="Schreiben Sie so: `Europe/Berlin`."),
        ) from None
    return word.text


def read_currency(node: Node, info: ValidationInfo) -> str:
    """A currency by its three letters: `EUR`. Raises Refused."""
    word = read_value(node, info)
    if re.fullmatch(r"[A-Z]{3}", word.text, re.ASCII):
        return word.text
    raise not_of_type(
        node,
        Text(en="a currency", de="eine Währung"),
        Text(en="Write its three letters: `EUR`.", de="Schreiben Sie ihre drei Buchstaben: `EUR`."),
    )


_TEXT_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"en": {"type": "string"}, "de": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
_FLAG_SCHEMA = {"anyOf": [{"type": "boolean"}, {"type": "string", "enum": ["true", "false"]}]}
_VALUE_SCHEMA = {"type": ["string", "number", "boolean"]}
_NAME_SCHEMA = {"type": "string", "pattern": "^[^\\W\\d_][\\w.-]*$", "maxLength": LONGEST_NAME}

NameField = Annotated[Word, PlainValidator(read_name), WithJsonSchema(_NAME_SCHEMA)]
ValueField = Annotated[Word, PlainValidator(read_value), WithJsonSchema(_VALUE_SCHEMA)]
TextField = Annotated[Text, PlainValidator(read_text), WithJsonSchema(_TEXT_SCHEMA)]
DayField = Annotated[
    date, PlainValidator(read_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
MonthDayField = Annotated[
    tuple[int, int],
    PlainValidator(read_month_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}-\d{2}$"}),
]
LengthField = Annotated[
    Length,
    PlainValidator(read_length),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^(0|none|\d{1,4}[ _]+(days?|months?|quarters?|hal(f|ves)|years?))$",
        }
    ),
]
FlagField = Annotated[bool, PlainValidator(read_flag), WithJsonSchema(_FLAG_SCHEMA)]
TimeZoneField = Annotated[str, PlainValidator(read_time_zone), WithJsonSchema({"type": "string"})]
CurrencyField = Annotated[
    str, PlainValidator(read_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})
]
