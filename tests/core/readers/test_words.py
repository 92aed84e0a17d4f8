"""The words of a mapping are those that the door takes, and each example is one."""

import pytest

from staffel.core.readers.mapping import Column, Fact, FactFrom
from staffel.core.readers.mapping_door import (
    CurrencyDoor,
    Door,
    FactDoor,
    KeysDoor,
    MappingDoor,
    ReturnsDoor,
    SheetDoor,
)
from staffel.core.readers.mapping_file import parse_mapping
from staffel.core.readers.words import BELOW, COLUMNS, FACTS, SOURCES, TOP, Word, word_at, words_below


@pytest.mark.parametrize(
    ("way", "door"),
    [
        ((), MappingDoor),
        (("returns",), ReturnsDoor),
        (("currency",), CurrencyDoor),
        (("sheet",), SheetDoor),
        (("keys",), KeysDoor),
        (("report", "*"), FactDoor),
    ],
)
def test_are_those_of_the_door(way: tuple[str, ...], door: type[Door]) -> None:
    assert list(BELOW[way]) == list(door.model_fields)


def test_are_all_columns_facts_and_sources() -> None:
    assert list(COLUMNS) == list(Column)
    assert list(FACTS) == list(Fact)
    assert list(SOURCES) == list(FactFrom)


def with_columns(example: str) -> str:
    """A mapping with this at its top."""
    return example if example.startswith("columns:") else f"{example}\ncolumns: {{quantity: Menge}}"


@pytest.mark.parametrize("word", TOP.values(), ids=TOP)
def test_examples_at_the_top(word: Word) -> None:
    parse_mapping(with_columns(word.example), "t")


@pytest.mark.parametrize("word", COLUMNS.values(), ids=COLUMNS)
def test_examples_of_columns(word: Word) -> None:
    name, _, heading = word.example.partition(": ")
    text = f"columns:\n  {word.example}\n" + ("" if name == "quantity" else "  quantity: x\n")
    assert parse_mapping(text, "t").columns[Column(name)] == heading


@pytest.mark.parametrize("word", FACTS.values(), ids=FACTS)
def test_examples_of_facts(word: Word) -> None:
    assert parse_mapping(with_columns(f"report:\n  {word.example}"), "t").facts


@pytest.mark.parametrize("word", SOURCES.values(), ids=SOURCES)
def test_examples_of_sources(word: Word) -> None:
    assert parse_mapping(with_columns(f"report: {{number: {{{word.example}}}}}"), "t").facts


@pytest.mark.parametrize(
    "name", ["format", "encoding", "delimiter", "header", "decimal", "dates", "short_lines"]
)
def test_every_form_is_taken(name: str) -> None:
    for form in TOP[name].forms:
        parse_mapping(with_columns(f"{name}: {form}"), "t")


def test_each_says_what_it_means() -> None:
    for words in BELOW.values():
        for name, word in words.items():
            assert word.meaning.endswith("."), name
            assert word.example.startswith(f"{name}: "), name
            assert "\n" not in word.example, name


@pytest.mark.parametrize(
    ("way", "example"),
    [
        (("dates",), "dates: dmy"),
        (("columns", "net"), "net: Umsatz netto"),
        (("report", "number", "fixed"), "fixed: rhein"),
        (("returns", "values", 0), "values: [GU]"),
        (("columns", "nobody"), TOP["columns"].example),
        ((), TOP["columns"].example),
    ],
)
def test_the_word_at_a_way(way: tuple[object, ...], example: str) -> None:
    assert word_at(way).example == example


def test_no_words_below_a_text() -> None:
    assert words_below(("dates",)) == {}
