"""The published JSON Schema of a programme file, for editors; made from the spellings, never by hand.

Scalars are text that its field types, so figures, days and words are strings with patterns; where an
editor's own YAML would read a number or a boolean, that is allowed beside it.

`python -m staffel.core.programme.schema docs/programme.schema.json` writes it anew.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from staffel.core.programme.spellings.keys import note_of
from staffel.core.programme.spellings.whole import ProgrammeSpelling
from staffel.core.programme.text import Entries, Items, Node, Scalar, tree_of

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A partner programme of Staffel",
    "description": "One YAML file that says who takes part, what is asked, what is earned and how it is"
    " paid.",
}


def json_schema() -> dict[str, Any]:
    """The schema; the same each time."""
    made = _untitled(ProgrammeSpelling.model_json_schema(by_alias=True))
    spellings = made["$defs"]
    made["$defs"] = {
        name: {"title": spelling_title(name), **_told(name, one, spellings)}
        for name, one in spellings.items()
    }
    made = _told("Programme", made, spellings)
    return {**_HEAD, **{key: value for key, value in made.items() if key not in _HEAD}}


def spelling_title(name: str) -> str:
    """The name of a spelling as a title.

    >>> spelling_title("GrownPartSpelling")
    'Grown part'
    """
    words = re.findall("[A-Z][a-z]+", name.removesuffix("Spelling").removesuffix("Field"))
    return " ".join(words).capitalize()


def _told(spelling: str, schema: dict[str, Any], spellings: dict[str, Any]) -> dict[str, Any]:
    """The schema of a spelling with a title, words and examples for each of its keys."""
    if "anyOf" in schema:
        schema = {**schema, "anyOf": [_told(spelling, form, spellings) for form in schema["anyOf"]]}
    if "properties" not in schema:
        return schema
    told = {key: _of_key(spelling, key, one, spellings) for key, one in schema["properties"].items()}
    return {**schema, "properties": told}


def _of_key(spelling: str, key: str, schema: dict[str, Any], spellings: dict[str, Any]) -> dict[str, Any]:
    note = note_of(spelling, key)
    words = list(dict.fromkeys(word.replace(" ", "_") for word in schema.get("enum", ())))
    examples = words[:3] or ([_plain(note.example)] if note else _allowed(schema, spellings))
    description = schema.get("description") or (note.meaning if note else "")
    extra = {
        "title": titled(key),
        "description": description or (f"One of {', '.join(words)}." if words else f"{titled(key)}."),
        "examples": examples,
    }
    return {**schema, **extra}


def _allowed(schema: dict[str, Any], spellings: dict[str, Any]) -> list[Any]:
    """What a form allows, the first that comes to hand."""
    match schema:
        case {"const": word} | {"enum": [word, *_]}:
            return [word]
        case {"$ref": str(name)}:
            return _allowed(spellings[name.rpartition("/")[2]], spellings)
        case {"anyOf": forms} | {"oneOf": forms}:
            return next((found for form in forms if (found := _allowed(form, spellings))), [])
        case {"type": "array", "items": items}:
            return [_allowed(items, spellings)]
        case {"type": "number"}:
            return [1]
        case {"type": "boolean"}:
            return [True]
        case {"type": "string" | list(), **rest}:
            return [next((one for one in _TEXTS if re.search(str(rest.get("pattern", "")), one)), "name")]
        case {"type": "object", "required": keys, "properties": known}:
            return [{key: one[0] for key in keys if (one := _allowed(known[key], spellings))}]
        case _:
            return []


_TEXTS = ("name", "1", "1 %", "2026-09-01", "03-31", "30 days", "last 4 quarters")


def titled(key: str) -> str:
    """A key as a title: `Minimum payout`.

    >>> titled("product.family")
    'Product family'
    """
    return key.replace("_", " ").replace(".", " ").capitalize()


def _plain(written: str) -> Any:
    """An example as an editor sees it, its scalars as text, but for yes and no."""
    node, _ = tree_of(written, "example")
    return _data(node) if node is not None else written


def _data(node: Node) -> Any:
    match node:
        case Scalar(text=text):
            return text == "true" if text in ("true", "false") else text
        case Items(of=items):
            return [_data(item) for item in items]
        case Entries(of=entries):
            return {key.text: _data(value) for key, value in entries}


def _untitled(schema: Any) -> Any:
    """Without the titles that Pydantic makes of names. A key called `title` is no such text."""
    if isinstance(schema, dict):
        return {
            key: _untitled(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str))
        }
    return [_untitled(one) for one in schema] if isinstance(schema, list) else schema


def schema_text() -> str:
    """The schema as it lies in the repository."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
