"""A `Mapping` as the text of a mapping file, with a remark on each column: what `staffel map` prints."""

import json
import re
import textwrap
from collections.abc import Iterator

from staffel.core.readers.mapping import (
    PARTNER_KEYS,
    PRODUCT_KEYS,
    Column,
    CurrencyFrom,
    DateOrder,
    Encoding,
    Format,
    Mapping,
    SheetChoice,
)

# What YAML reads as a plain text wherever it stands.
_PLAIN = re.compile(
    r"(?!(?:null|true|false|yes|no|on|off)$)[^\W\d_][\w./()€%-]*(?: [\w./()€%-]+)*", re.IGNORECASE
)
_REMARK_AT = 48
_WIDTH = 110


def mapping_text(mapping: Mapping, remarks: dict[Column, str], unread: tuple[str, ...]) -> str:
    """The YAML of a mapping. remarks: behind columns; unread: the headings of columns that are not read."""
    return "\n".join([*_head(mapping), *_columns(mapping, remarks, unread), *_tail(mapping)]) + "\n"


def spelled(text: str) -> str:
    """A text as YAML reads it back.

    >>> spelled("Nr: 4")
    '"Nr: 4"'
    """
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _head(mapping: Mapping) -> Iterator[str]:
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


def _columns(mapping: Mapping, remarks: dict[Column, str], unread: tuple[str, ...]) -> Iterator[str]:
    yield "columns:" if mapping.columns else "columns: {}"
    for column, reference in mapping.columns.items():
        line = f"  {column}: {spelled(reference)}"
        remark = remarks.get(column)
        yield f"{line.ljust(_REMARK_AT)} # {remark}" if remark else line
    if unread:
        listed = " · ".join(" ".join(heading.split()) for heading in unread)
        yield from textwrap.wrap(listed, _WIDTH, initial_indent="  # not read: ", subsequent_indent="  #   ")


def _tail(mapping: Mapping) -> Iterator[str]:
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


def _keys(word: str, said: tuple[Column, ...], known: tuple[Column, ...], mapping: Mapping) -> Iterator[str]:
    there = [column for column in said if column in mapping.columns]
    if there and set(there) <= set(known):
        yield f"{word}: [{', '.join(column.removeprefix(f'{word}_') for column in there)}]"
