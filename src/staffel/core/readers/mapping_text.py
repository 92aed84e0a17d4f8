"""A `Mapping` as the text of a mapping file, with remarks in one language: what `staffel map` prints."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from staffel.core.findings import Language, Text
from staffel.core.readers.mapping import (
    PARTNER_KEYS,
    PRODUCT_KEYS,
    Column,
    CurrencyFrom,
    DateOrder,
    Encoding,
    Format,
    SheetChoice,
)
from staffel.core.readers.mapping import Mapping as Layout
from staffel.core.readers.words import TOP

# What YAML reads as a plain text wherever it stands.
_PLAIN = re.compile(
    r"(?!(?:null|true|false|yes|no|on|off)$)[^\W\d_][\w./()€%-]*(?: [\w./()€%-]+)*", re.IGNORECASE
)
_REMARK_AT = 48
_WIDTH = 110


PROVEN = Text(en="by its values: price × quantity agrees", de="nach den Werten: Preis × Menge stimmt")
UNPROVEN = Text(en="a guess: no price proves it", de="geraten: kein Preis belegt es")
_MISSING = Text(
    en="missing: write the heading and take the # away", de="fehlt: Titel eintragen und # wegnehmen"
)
_HEADING = Text(en="HEADING", de="SPALTENTITEL")
_NOT_READ = Text(en="not read", de="nicht gelesen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What is said beside a mapping.

    columns: behind columns; missing: columns that nobody recognised; unread: headings of what is not read;
    undecided: words at the top that only a person can say.
    """

    columns: Mapping[Column, Text] = field(default_factory=dict)
    missing: tuple[Column, ...] = ()
    unread: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def mapping_text(mapping: Layout, remarks: Remarks, language: Language = "en") -> str:
    """The YAML of a mapping."""
    undecided = (_undecided(word, language) for word in remarks.undecided)
    lines = [*_head(mapping), *undecided, *_columns(mapping, remarks, language), *_tail(mapping)]
    return "\n".join(lines) + "\n"


def spelled(text: str) -> str:
    """A text as YAML reads it back.

    >>> spelled("Nr: 4")
    '"Nr: 4"'
    """
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _head(mapping: Layout) -> Iterator[str]:
    yield f"mapping: {spelled(mapping.name)}"
    if mapping.format is not Format.AUTO:
        yield f"format: {mapping.format}"
    if mapping.encoding is not Encoding.AUTO:
        yield f"encoding: {mapping.encoding}"
    if mapping.delimiter:
        yield f"delimiter: {'tab' if mapping.delimiter == chr(9) else json.dumps(mapping.delimiter)}"
    if mapping.sheet != SheetChoice():
        yield f"sheet: {spelled(mapping.sheet.name or '')}"
    yield f"header: {_header(mapping.header)}"
    if mapping.signs.decimal:
        yield f'decimal: "{mapping.signs.decimal}"'
    if mapping.signs.thousands:
        yield f'thousands: "{mapping.signs.thousands}"'
    if mapping.dates is not DateOrder.AUTO:
        yield f"dates: {mapping.dates}"


def _header(rows: tuple[int, ...] | None) -> str:
    if rows is None:
        return "auto"
    if len(rows) < 2:
        return str(rows[0]) if rows else "none"
    return json.dumps(list(rows))


def _columns(mapping: Layout, remarks: Remarks, language: Language) -> Iterator[str]:
    yield "columns:" if mapping.columns or remarks.missing else "columns: {}"
    for column, reference in mapping.columns.items():
        remark = remarks.columns.get(column)
        yield _beside(f"  {column}: {spelled(reference)}", remark, language)
    for column in remarks.missing:
        yield _beside(f"  # {column}: {_HEADING.say(language)}", _MISSING, language)
    if remarks.unread:
        listed = " · ".join(" ".join(heading.split()) for heading in remarks.unread)
        indent = f"  # {_NOT_READ.say(language)}: "
        yield from textwrap.wrap(listed, _WIDTH, initial_indent=indent, subsequent_indent="  #   ")


def _undecided(word: str, language: Language) -> str:
    about = TOP[word]
    forms = " | ".join(form for form in about.forms if form != "auto")
    told = Text(en=f"undecided, one of: {forms}", de=f"unentschieden, eines von: {forms}")
    return _beside(f"# {about.example}", told, language)


def _beside(line: str, remark: Text | None, language: Language) -> str:
    return f"{line.ljust(_REMARK_AT)} # {remark.say(language)}" if remark else line


def _tail(mapping: Layout) -> Iterator[str]:
    mark, currency = mapping.return_mark, mapping.currency
    if mark is not None:
        values = ", ".join(map(spelled, sorted(mark.returns)))
        sales = f", sales: [{', '.join(map(spelled, sorted(mark.sales)))}]" if mark.sales else ""
        yield f"returns: {{column: {spelled(mark.column)}, values: [{values}]{sales}}}"
    if currency.found_in in (CurrencyFrom.COLUMN, CurrencyFrom.FIXED):
        yield f"currency: {{{currency.found_in}: {spelled(currency.value)}}}"
    else:
        yield f"currency: {currency.found_in}"
    keys = list(_keys("partner", mapping.keys.partner, PARTNER_KEYS, mapping))
    keys += _keys("product", mapping.keys.product, PRODUCT_KEYS, mapping)
    if keys:
        yield f"keys: {{{', '.join(keys)}}}"
    if mapping.facts:
        yield "report:"
    for fact, source in mapping.facts.items():
        yield f"  {fact}: {{{source.found_in}: {spelled(source.value)}}}"


def _keys(word: str, said: tuple[Column, ...], known: tuple[Column, ...], mapping: Layout) -> Iterator[str]:
    there = [column for column in said if column in mapping.columns]
    if there and set(there) <= set(known):
        yield f"{word}: [{', '.join(column.removeprefix(f'{word}_') for column in there)}]"
