"""Names say what a thing is: no bag of everything, a test beside what it tests, a head on each module."""

import ast
from pathlib import PurePosixPath

from tests.house.repository import below, files, listed, text_of, tree_of

BAGS = {"base", "common", "helper", "helpers", "misc", "shared", "stuff", "tools", "util", "utils"}
FREE = tuple(
    f"tests/{room}/" for room in ("bench", "forms", "fuzz", "house", "journeys", "laws", "programmes")
)


def mirrors(test: str) -> bool:
    """Whether a test file stands where a module of src does, and has its name (or begins with it)."""
    path = PurePosixPath(test)
    folder = PurePosixPath("src/staffel", *path.parts[1:-1])
    subject = path.stem.removeprefix("test_")
    there = {
        name.removesuffix("/__init__.py").removesuffix(".py") for name in below(f"{folder}/", suffix=".py")
    }
    return any(f"{folder}/{head}" in there for head in heads(subject))


def heads(subject: str) -> list[str]:
    """`scales_marginal` may test `scales`: the name and every beginning of it."""
    words = subject.split("_")
    return ["_".join(words[:count]) for count in range(len(words), 0, -1)]


def test_no_bag_of_everything() -> None:
    found = [name for name in below("src/", "tests/", suffix=".py") if PurePosixPath(name).stem in BAGS]
    rule = "One module, one concept, named by a word of the house (`scales.py`, `standing.py`). Not:"
    assert not found, listed(rule, found)


def test_every_test_stands_beside_its_module() -> None:
    tests = [name for name in below("tests/", suffix=".py") if PurePosixPath(name).name.startswith("test_")]
    strays = [name for name in tests if not name.startswith(FREE) and not mirrors(name)]
    rule = (
        "tests/core/engine/plan/test_scales.py tests src/staffel/core/engine/plan/scales.py. No module for:"
    )
    assert not strays, listed(rule, strays)


def test_every_module_says_what_it_is() -> None:
    silent = [name for name in below("src/", suffix=".py") if not ast.get_docstring(tree_of(name))]
    rule = "A module begins with a docstring: what it is, in which units, after which text. Missing in:"
    assert not silent, listed(rule, silent)


def test_every_python_file_is_python() -> None:
    empty = [
        name for name in files() if name.endswith(".py") and text_of(name).strip() and not tree_of(name).body
    ]
    assert not empty, listed("These cannot be parsed, and no other rule has seen into them:", empty)


def test_nothing_is_left_for_later() -> None:
    marks = tuple(left + right for left, right in (("TO", "DO"), ("FIX", "ME"), ("XX", "X")))
    found = [
        f"{name}:{number}"
        for name in files()
        if not name.startswith("requirements/") and name != "LICENSE"
        for number, line in enumerate(text_of(name).splitlines(), start=1)
        if any(mark in line for mark in marks)
    ]
    assert not found, listed("What is open is an issue, not a mark in a file:", found)
