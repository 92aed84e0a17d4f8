"""A mapping file (YAML) → `Mapping`: every error with its line and way out, all at once."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

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
from staffel.core.readers.nearest import nearest_word
from staffel.core.readers.refusals import MappingRefused, find
from staffel.core.readers.told import as_it_is
from staffel.core.readers.words import word_at, words_below

# Keys and positions, from the file's top down.
KeyPath = tuple[int | str, ...]

MOST_CHARACTERS = 100_000
MOST_DEEP = 8
_DELIMITERS = {"auto": None, "tab": "\t"}
_OTHER_SIGN = {".": ",", ",": "."}
_TWICE = re.compile(r'duplicate key "([^"]*)"')


def load_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises MappingRefused with all that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MappingRefused([find("mapping-no-text", Place(file=path.name))]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
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
    place = Place(file=name)
    if len(text) > MOST_CHARACTERS:
        raise MappingRefused([find("mapping-too-long", place, count=len(text), expected=MOST_CHARACTERS)])
    try:
        _refuse_shape(text, place)
        data = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        raise MappingRefused([_broken(error, place)]) from None
    except ReaderError:
        raise MappingRefused([find("mapping-no-text", place)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise MappingRefused([find("mapping-unreadable", place, value=str(error).splitlines()[0])]) from None
    if not isinstance(data, dict):
        raise MappingRefused([find("mapping-empty" if data is None else "mapping-no-words", place)])
    return data


def _refuse_shape(text: str, place: Place) -> None:
    """No anchors, which make much of little, no tags, and nothing deeper than a mapping is.

    Raises MappingRefused.
    """
    deep = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        mark = event.start_mark
        here = Place(file=place.file, line=mark.line + 1, column=mark.column + 1)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or _merges(event):
            raise MappingRefused([find("mapping-anchor", here)])
        if getattr(event, "tag", None):
            raise MappingRefused([find("mapping-tag", here)])
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            deep += 1
            if deep > MOST_DEEP:
                raise MappingRefused([find("mapping-too-deep", here)])
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            deep -= 1


def _merges(event: Event) -> bool:
    return isinstance(event, ScalarEvent) and event.value == "<<" and not event.style


def _broken(error: MarkedYAMLError, place: Place) -> Finding:
    """What is wrong with a YAML, in our own words where it is a usual slip."""
    mark, problem = error.problem_mark, error.problem or ""
    if mark is not None:
        place = Place(file=place.file, line=mark.line + 1, column=mark.column + 1)
    twice = _TWICE.search(problem)
    if twice is not None:
        return find("mapping-word-twice", place, value=twice[1])
    return find("mapping-tab" if "\\t" in problem else "mapping-unreadable", place, value=problem)


def _findings(error: ValidationError, data: Any, name: str) -> Iterator[Finding]:
    """One finding for each place, however many ways Pydantic tried to read it."""
    troubles: dict[KeyPath, tuple[str, KeyPath]] = {}
    for trouble in error.errors():
        troubles.setdefault(_path_in(data, trouble["loc"]), (trouble["type"], trouble["loc"]))
    for path, (kind, loc) in troubles.items():
        # What is said of a part of a value need not be said of the whole.
        if not any(path == other[: len(path)] != other for other in troubles):
            yield _finding(kind, path, loc, data, name)


def _finding(kind: str, path: KeyPath, loc: KeyPath, data: Any, name: str) -> Finding:
    place = _place(data, path, name)
    if kind == "missing":
        example = as_it_is(word_at((*path, loc[-1])).example)
        return find("mapping-word-missing", place, value=loc[-1], example=example)
    if not path:
        return find("mapping-same-sign", _place(data, ("thousands",), name))
    word = str(path[-1])
    if kind == "extra_forbidden" or loc[-1] == "[key]":
        return _unknown(word, path[:-1], place)
    about = word_at(path)
    value, quotes = _at(data, path), {"word": word, "example": as_it_is(about.example)}
    if value is None:
        return find("mapping-value-missing", place, **quotes)
    shown = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value
    return find("mapping-value-wrong", place, value=shown, expected=as_it_is(about.form), **quotes)


def _unknown(word: str, way: KeyPath, place: Place) -> Finding:
    known = words_below(way)
    nearest = nearest_word(word, known)
    if nearest is None:
        return find("mapping-word-strange", place, value=word, expected=as_it_is(", ".join(known) or "–"))
    return find("mapping-word-unknown", place, value=word, nearest=nearest)


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
