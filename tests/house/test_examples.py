"""Every example can be read by whoever copies it: well-formed, no key twice."""

import json
from collections.abc import Callable
from pathlib import PurePosixPath

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tests.house.repository import below, listed, text_of

EXAMPLES = ("examples/", "bench/programmes/")
PROVOKES = "examples/errors/"


def examples(*suffixes: str) -> list[str]:
    """The examples with these endings, but those that are there to provoke an error."""
    every = [name for name in below(*EXAMPLES) if not name.startswith(PROVOKES)]
    return [name for name in every if PurePosixPath(name).suffix in suffixes]


def torn(names: list[str], read: Callable[[str], object]) -> list[str]:
    """Those that cannot be read, with the reader's first words."""
    return [f"{name}: {trouble}" for name in names if (trouble := trouble_of(text_of(name), read))]


def trouble_of(text: str, read: Callable[[str], object]) -> str:
    """What the reader says against a text; nothing when it takes it."""
    try:
        return "says nothing" if read(text) is None else ""
    except (YAMLError, ValueError) as refusal:
        return " ".join(str(refusal).split())[:200]


def read_yaml(text: str) -> object:
    """A YAML text as data; a key that stands twice is refused."""
    return YAML(typ="safe", pure=True).load(text)


def test_yaml_is_well_formed() -> None:
    found = torn(examples(".yaml", ".yml"), read_yaml)
    assert not found, listed("An example is YAML that a person can copy:", found)


def test_json_is_well_formed() -> None:
    found = torn(examples(".json"), json.loads)
    assert not found, listed("An example is JSON that a program can read:", found)


def test_the_readers_refuse_what_is_torn() -> None:
    assert "duplicate key" in trouble_of("rate: 1\nrate: 2\n", read_yaml)
    assert trouble_of("steps: [1, 2", read_yaml)
    assert trouble_of("", read_yaml) == "says nothing"
    assert trouble_of('{"rate": }', json.loads)
    assert not trouble_of("rate: 2 %\n", read_yaml)
