"""The published JSON Schema: current, valid, and what the examples are written by."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from staffel.core.programme.schema import json_schema, schema_text
from staffel.core.programme.text import Entries, Items, Node, Scalar, tree_of, word_of
from tests.conftest import ROOT
from tests.core.programme.test_reading import EXAMPLES

PUBLISHED = ROOT / "docs" / "programme.schema.json"
VALIDATOR = Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")))


def plain(node: Node) -> Any:
    """What an editor sees, its scalars as text."""
    match node:
        case Scalar(text=text):
            return text
        case Items(of=items):
            return [plain(item) for item in items]
        case Entries(of=entries):
            return {word_of(key.text): plain(value) for key, value in entries}


def faults(text: str) -> list[str]:
    tree, _ = tree_of(text, "x")
    assert tree is not None
    return [fault.json_path for fault in VALIDATOR.iter_errors(plain(tree))]


def test_is_current() -> None:
    rule = "Renew it: .venv/bin/python -m staffel.core.programme.schema docs/programme.schema.json"
    assert PUBLISHED.read_text("utf-8") == schema_text(), rule


def test_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_takes_the_examples(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "faulty"),
    [("key-unknown", True), ("key-missing", True), ("value-not-of-type", True), ("more-pays-less", False)],
)
def test_refuses_what_the_structure_refuses(name: str, faulty: bool) -> None:
    text = (ROOT / "examples" / "errors" / f"{name}.yaml").read_text("utf-8")
    assert bool(faults(text)) is faulty


def keys(schema: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The keys of a spelling, `Spelling.key`, each with its schema."""
    for form in (schema, *schema.get("anyOf", ())):
        for key, one in form.get("properties", {}).items():
            yield f"{name}.{key}", one


MADE = json_schema()
KEYS_OF_ALL = [
    *keys(MADE, "Programme"),
    *(pair for name, one in MADE["$defs"].items() for pair in keys(one, name)),
]


def test_every_key_has_title_words_and_an_example() -> None:
    bare = [name for name, one in KEYS_OF_ALL if not {"title", "description", "examples"} <= set(one)]
    assert not bare, f"Write them in the field or in spellings/keys.py: {bare}"


def test_every_example_may_stand_at_its_key() -> None:
    wrong = [
        f"{name}: {example}"
        for name, one in KEYS_OF_ALL
        for example in one.get("examples", ())
        if not Draft202012Validator({**one, "$defs": MADE["$defs"]}).is_valid(example)
    ]
    assert not wrong
