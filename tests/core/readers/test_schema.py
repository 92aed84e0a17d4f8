"""The published JSON Schema of a mapping: current, valid, and what mappings are written by."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from staffel.core.readers.mapping import Column
from staffel.core.readers.schema import json_schema, schema_text
from staffel.core.readers.words import TOP
from tests.conftest import ROOT

PUBLISHED = ROOT / "docs" / "mapping.schema.json"
VALIDATOR = Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8")))


def faults(text: str) -> list[str]:
    data: Any = YAML(typ="safe", pure=True).load(text)
    return [fault.json_path for fault in VALIDATOR.iter_errors(data)]


def test_is_current() -> None:
    rule = "Renew it: .venv/bin/python -m staffel.core.readers.schema docs/mapping.schema.json"
    assert PUBLISHED.read_text("utf-8") == schema_text(), rule


def test_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples" / "reports").glob("*.yaml")), ids=lambda path: path.stem
)
def test_takes_the_examples(path: Path) -> None:
    if path.name != "EXPECTED.yaml":
        assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("word", TOP.values(), ids=TOP)
def test_takes_the_examples_of_words(word: Any) -> None:
    text = word.example if word.example.startswith("columns") else f"{word.example}\ncolumns: {{quantity: 7}}"
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("dates: dmy", "$"),
        ("colums: {quantity: Menge}\ncolumns: {quantity: Menge}", "$"),
        ("columns: {quantty: Menge}", "$.columns"),
        ("columns: {quantity: [a]}", "$.columns.quantity"),
        ("columns: {quantity: Menge}\ndates: tmj", "$.dates"),
        ("columns: {quantity: Menge}\nheader: eins", "$.header"),
        ("columns: {quantity: Menge}\ncurrency: EUR", "$.currency"),
        ("columns: {quantity: Menge}\nreport: {number: {fix: 3}}", "$.report.number"),
    ],
)
def test_refuses_what_the_door_refuses(text: str, at: str) -> None:
    assert faults(text) == [at]


def test_every_word_has_its_description() -> None:
    schema = json_schema()["properties"]
    assert all(about["description"] for about in schema.values())
    assert list(schema["columns"]["properties"]) == list(Column)
