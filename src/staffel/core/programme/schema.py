"""The published JSON Schema of a programme file, for editors; made from the spellings, never by hand.

Scalars are text that its field types, so figures, days and words are strings with patterns; where an
editor's own YAML would read a number or a boolean, that is allowed beside it.

`python -m staffel.core.programme.schema docs/programme.schema.json` writes it anew.
"""

import json
import sys
from pathlib import Path
from typing import Any

from staffel.core.programme.spellings.whole import ProgrammeSpelling

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A partner programme of Staffel",
    "description": "One YAML file that says who takes part, what is asked, what is earned and how it is"
    " paid.",
}


def json_schema() -> dict[str, Any]:
    """The schema; the same each time."""
    made = _untitled(ProgrammeSpelling.model_json_schema(by_alias=True))
    return {**_HEAD, **{key: value for key, value in made.items() if key not in _HEAD}}


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
