"""Pass 1: text with places."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core.programme.text import (
    MOST_CHARACTERS,
    MOST_DEEP,
    Entries,
    Items,
    Node,
    Scalar,
    shown,
    tree_of,
)

FILE = "x.yaml"


def scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Items(of=items):
            for item in items:
                yield from scalars(item)
        case Entries(of=entries):
            for key, value in entries:
                yield key
                yield from scalars(value)


def codes(text: str) -> list[str]:
    return [finding.code for finding in tree_of(text, FILE)[1]]


def test_each_word_has_its_place_and_its_way() -> None:
    tree, findings = tree_of("a:\n  - b\n  - c d: [1_000, 'NO']\n", FILE)
    assert findings == []
    assert [(word.text, str(word.place), word.place.path) for word in scalars(tree)] == [
        ("a", "x.yaml:1:1", "a"),
        ("b", "x.yaml:2:5", "a[0]"),
        ("c d", "x.yaml:3:5", "a[1].c d"),
        ("1_000", "x.yaml:3:11", "a[1].c d[0]"),
        ("NO", "x.yaml:3:18", "a[1].c d[1]"),
    ]


@pytest.mark.parametrize("text", ["true", "null", "~", "1e400", "0x1F", "2026-02-31", "on", "1.5", "=", ""])
def test_nothing_is_typed(text: str) -> None:
    tree, _ = tree_of(f"a: {text}\n", FILE)
    assert [word.text for word in scalars(tree)] == ["a", text]


def test_letters_are_composed() -> None:
    tree, _ = tree_of("a: Gro\u0308sse\n", FILE)
    assert [word.text for word in scalars(tree)] == ["a", "Grösse"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "yaml-broken"),
        ("# only this\n", "yaml-broken"),
        ("a: [1, 2", "yaml-broken"),
        ("a: 'b", "yaml-broken"),
        ("a: b: c", "yaml-broken"),
        ("a:\n\t- b", "yaml-broken"),
        ("a: \x00", "yaml-broken"),
        ("a: \ud800", "yaml-broken"),
        ("a: &x b", "yaml-broken"),
        ("a: *x", "yaml-broken"),
        ("a: &x [*x]", "yaml-broken"),
        ("a: !!python/object/apply:os.system [ls]", "yaml-broken"),
        ("a: !!int 3", "yaml-broken"),
        ("a: 1\n---\nb: 2", "yaml-broken"),
        ("? [a]\n: b", "yaml-broken"),
        ("%YAML 9.9\n---\na: 1", "yaml-broken"),
        ("a: 1\na: 2", "key-twice"),
        ("a b: 1\na_b: 2", "key-twice"),
        ("a: " + "x" * 2_001, "too-long"),
        ("a: " + "[" * MOST_DEEP + "]" * MOST_DEEP, "too-deep"),
        ("a: [" + "x," * 30_000 + "]", "too-long"),
        ("#" * (MOST_CHARACTERS + 1), "too-long"),
    ],
)
def test_refuses(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_million_brackets_are_refused_at_once() -> None:
    assert codes("[" * 300_000) == ["too-deep"]


def test_a_shown_text_is_one_short_line() -> None:
    assert shown("a\n b") == "a b"
    assert len(shown("a" * 100)) == 58


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_any_text_is_a_tree_or_a_finding(text: str) -> None:
    tree, findings = tree_of(text, FILE)
    assert tree is not None or findings
