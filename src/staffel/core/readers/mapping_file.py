"""A mapping file (YAML) → `Mapping`: every error with its line and way out, all at once."""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from staffel.core.findings import Finding, Place, in_order
from staffel.core.readers.mapping import (
    PARTNER_KEYS,
    PRODUCT_KEYS,
    Column,
    CurrencyFrom,
    CurrencySource,
    Fact,
    FactFrom,
    FactSource,
    Keys,
    Mapping,
    ReturnMark,
    SheetChoice,
    Signs,
)
from staffel.core.readers.mapping_door import CurrencyDoor, KeysDoor, MappingDoor, SheetDoor
from staffel.core.readers.refusals import MappingRefused, find

# Keys and positions, from the file's top down.
KeyPath = tuple[int | str, ...]

_DELIMITERS = {"auto": None, "tab": "\t"}
_OTHER_SIGN = {".": ",", ",": "."}
# What may stand for a word, as it is written; the same in both languages.
_FORMS = {
    "format": "auto | csv | xlsx",
    "encoding": "auto | utf-8 | utf-16 | cp1252 | latin-1",
    "delimiter": 'auto | ";" | "," | "|" | tab',
    "sheet": "NAME | {matches: PATTERN}",
    "header": "auto | none | 1 | [3, 4, 5]",
    "decimal": '"," | "."',
    "thousands": '"." | ","',
    "dates": "auto | dmy | mdy | ymd",
    "columns": "{quantity: HEADING, …}",
    "returns": "{column: HEADING, values: [RD], sales: [POS]}",
    "currency": "heading | told | {column: HEADING} | {fixed: EUR}",
    "report": "{period: {title: PATTERN}, number: {fixed: NUMBER}, …}",
    "keys": "{partner: [number, name], product: [vendor_number, ean, distributor_number]}",
    "short_lines": "refuse | fill",
}


def load_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises MappingRefused with all that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise MappingRefused([find("mapping-unreadable", Place(file=path.name), value=reason)]) from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str) -> Mapping:
    """The mapping in a YAML text. name: of its file. Raises MappingRefused with all that is wrong."""
    data = _yaml(text, name)
    try:
        door = MappingDoor.model_validate(data)
    except ValidationError as error:
        raise MappingRefused(in_order(list(_findings(error, data, name)))) from None
    if not {Column.QUANTITY, Column.NET} & set(door.columns):
        raise MappingRefused([find("mapping-no-figures", _place(data, ("columns",), name))])
    return _mapping(door, name)


def _yaml(text: str, name: str) -> Any:
    try:
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file=name, line=mark.line + 1, column=mark.column + 1) if mark else Place(file=name)
        raise MappingRefused([find("mapping-unreadable", place, value=error.problem)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        shown = str(error).splitlines()[0]
        raise MappingRefused([find("mapping-unreadable", Place(file=name), value=shown)]) from None
    if not isinstance(data, dict):
        raise MappingRefused([find("mapping-unreadable", Place(file=name), value="columns: …")])
    return data


def _findings(error: ValidationError, data: Any, name: str) -> Iterator[Finding]:
    """One finding for each place, however many ways Pydantic tried to read it."""
    troubles: dict[tuple[KeyPath, bool], None] = {}
    for trouble in error.errors():
        is_word = trouble["type"] == "extra_forbidden" or trouble["loc"][-1] == "[key]"
        troubles[_path_in(data, trouble["loc"]), is_word] = None
    for path, is_word in troubles:
        if any(path == other[: len(path)] != other for other, _ in troubles):
            continue
        place = _place(data, path, name)
        word = str(path[-1]) if path else "columns"
        if is_word:
            yield find("mapping-word-unknown", place, value=word, nearest=_nearest(word, path))
        else:
            value = _at(data, path) if path else "–"
            form = _FORMS.get(str(path[0]) if path else "columns", "TEXT")
            yield find("mapping-value-wrong", place, value=value, word=word, expected=form)


def _path_in(data: Any, loc: KeyPath) -> KeyPath:
    """As much of Pydantic's path as stands in the file; it names its own unions in between."""
    path: list[int | str] = []
    for step in loc:
        if _has(data, step):
            path.append(step)
            data = data[step]
    return tuple(path)


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _place(data: Any, path: KeyPath, name: str) -> Place:
    """Where the key or the item at the end of a path stands; the file as a whole where it is not there."""
    if not path or not _has(holder := _at(data, path[:-1]), path[-1]):
        return Place(file=name)
    lines: Any = holder.lc
    at = (lines.key if isinstance(holder, dict) else lines.item)(path[-1])
    return Place(file=name, line=at[0] + 1, column=at[1] + 1, path=".".join(map(str, path)))


def _has(data: Any, step: int | str) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _nearest(word: str, path: KeyPath) -> str:
    known: list[str] = [*MappingDoor.model_fields]
    if path[:1] == ("columns",):
        known = [column.value for column in Column]
    elif path[:1] == ("report",):
        known = [*(fact.value for fact in Fact), *(source.value for source in FactFrom)]
    nearest = difflib.get_close_matches(word, known, n=1)
    return nearest[0] if nearest else "–"


def _mapping(door: MappingDoor, name: str) -> Mapping:
    decimal = door.decimal or (_OTHER_SIGN[door.thousands] if door.thousands else None)
    header = {"auto": None, "none": ()}[door.header] if isinstance(door.header, str) else tuple(door.header)
    return Mapping(
        name=door.mapping or name.removesuffix(".yaml").removesuffix(".mapping"),
        columns=dict(door.columns),
        format=door.format,
        encoding=door.encoding,
        delimiter=_DELIMITERS.get(door.delimiter, door.delimiter),
        sheet=_sheet(door.sheet),
        header=header,
        signs=Signs(decimal=decimal, thousands=door.thousands),
        dates=door.dates,
        return_mark=_return_mark(door),
        currency=_currency(door.currency),
        facts=_facts(door),
        keys=_keys(door.keys),
        totals_words=tuple(door.totals_words),
        remark_words=tuple(door.remark_words),
        short_lines=door.short_lines,
    )


def _sheet(said: str | SheetDoor | None) -> SheetChoice:
    if isinstance(said, SheetDoor):
        return SheetChoice(pattern=said.matches)
    return SheetChoice(name=said)


def _return_mark(door: MappingDoor) -> ReturnMark | None:
    said = door.returns
    if said is None:
        return None
    sales = None if said.sales is None else frozenset(said.sales)
    return ReturnMark(column=said.column, returns=frozenset(said.values), sales=sales)


def _currency(said: str | CurrencyDoor) -> CurrencySource:
    if isinstance(said, str):
        return CurrencySource(found_in=CurrencyFrom(said))
    if said.column is not None:
        return CurrencySource(found_in=CurrencyFrom.COLUMN, value=said.column)
    return CurrencySource(found_in=CurrencyFrom.FIXED, value=said.fixed or "")


def _facts(door: MappingDoor) -> dict[Fact, FactSource]:
    facts = {}
    for fact, said in door.report.items():
        word = next(iter(said.model_fields_set))
        facts[fact] = FactSource(found_in=FactFrom(word), value=getattr(said, word))
    return facts


def _keys(said: KeysDoor) -> Keys:
    return Keys(
        partner=tuple(Column(f"partner_{word}") for word in said.partner or ()) or PARTNER_KEYS,
        product=tuple(Column(f"product_{word}") for word in said.product or ()) or PRODUCT_KEYS,
    )
