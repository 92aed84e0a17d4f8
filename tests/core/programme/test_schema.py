"""The published JSON Schema: current, valid, and what the examples are written by."""

import json
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


def test_every_key_at_the_top_has_its_words() -> None:
    top = json_schema()
    top = top["$defs"][top["$ref"].rpartition("/")[2]] if "$ref" in top else top
    silent = {"title", "accept", "calendar", "close"}
    assert sorted(key for key, one in top["properties"].items() if "description" not in one) == sorted(
        silent - {"accept"}
    )
