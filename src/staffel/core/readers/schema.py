"""The published JSON Schema of a mapping file, for editors; made of the door and the words, never by hand.

`python -m staffel.core.readers.schema docs/mapping.schema.json` writes it anew.
"""

import json
import sys
from pathlib import Path
from typing import Any

from staffel.core.readers.mapping_door import MappingDoor
from staffel.core.readers.words import COLUMNS, TOP, Word

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A mapping of Staffel",
    "description": "One YAML file that says how a distributor's report is read.",
}


def json_schema() -> dict[str, Any]:
    """The schema; the same each time."""
    made = _untitled(MappingDoor.model_json_schema())
    for name, about in made["properties"].items():
        about["description"] = _told(TOP[name])
    columns = made["properties"]["columns"]
    heading = columns.pop("additionalProperties")
    columns |= {
        "additionalProperties": False,
        "properties": {name: {**heading, "description": _told(word)} for name, word in COLUMNS.items()},
    }
    columns.pop("propertyNames", None)
    return {**_HEAD, **{key: value for key, value in made.items() if key not in _HEAD}}


def schema_text() -> str:
    """The schema as it lies in the repository."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _told(word: Word) -> str:
    return f"{word.meaning} Example: {word.example}"


def _untitled(schema: Any) -> Any:
    """Without the titles that Pydantic makes of names, and the docstrings of the door's classes."""
    if isinstance(schema, dict):
        return {
            key: _untitled(value)
            for key, value in schema.items()
            if not (key in ("title", "description") and isinstance(value, str))
        }
    return [_untitled(one) for one in schema] if isinstance(schema, list) else schema


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
