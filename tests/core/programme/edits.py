"""A programme as somebody in a hurry leaves it: a line lost, words swapped, a key twice, rubbish inside."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from staffel.core.programme.text import Scalar, tree_of
from tests.core.programme.spelled import leaves

RUBBISH = (
    *("", "§§", "'", '"', "{", "}", "[", "]", "[[]]", "{a: b}", "{}", "[]", ": ", ",", "- ", "\t", "%", "# "),
    *(
        "null",
        "true",
        "-1",
        "1.200",
        "2,5 %",
        "1e9",
        "NaN",
        "0x1F",
        "999999999999999999999",
        "٣",
        "е",
        "\u202e",
    ),
    *(
        "2026-02-31",
        "9999-12-31",
        "by: level",
        "accept: x",
        "last 0 quarters",
        "none",
        "quarter before",
        "&a ",
        "*a",
    ),
)
Edit = Callable[[st.DataObject, list[str]], list[str]]


def lose_a_line(data: st.DataObject, lines: list[str]) -> list[str]:
    """One line less."""
    at = data.draw(st.integers(0, len(lines) - 1))
    return [*lines[:at], *lines[at + 1 :]]


def repeat_a_line(data: st.DataObject, lines: list[str]) -> list[str]:
    """A line once more: a key twice, an item twice."""
    at = data.draw(st.integers(0, len(lines) - 1))
    return [*lines[: at + 1], *lines[at:]]


def move_a_line(data: st.DataObject, lines: list[str]) -> list[str]:
    """A line elsewhere."""
    at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    rest = [*lines[:at], *lines[at + 1 :]]
    return [*rest[:to], lines[at], *rest[to:]]


def indent_a_line(data: st.DataObject, lines: list[str]) -> list[str]:
    """A line further in, or further out."""
    at = data.draw(st.integers(0, len(lines) - 1))
    moved = data.draw(st.sampled_from([f"  {lines[at]}", lines[at].removeprefix("  "), f" {lines[at]}"]))
    return [*lines[:at], moved, *lines[at + 1 :]]


def insert_rubbish(data: st.DataObject, lines: list[str]) -> list[str]:
    """Something else somewhere in a line, over what stood there."""
    at = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[at])))
    end = data.draw(st.integers(start, min(len(lines[at]), start + 8)))
    rubbish = data.draw(st.sampled_from(RUBBISH))
    return [*lines[:at], lines[at][:start] + rubbish + lines[at][end:], *lines[at + 1 :]]


def _scalars(lines: Sequence[str]) -> list[Scalar]:
    tree, _ = tree_of("\n".join(lines), "x")
    found = [scalar for _, scalar in leaves(tree)] if tree is not None else []
    return [scalar for scalar in found if _start(lines, scalar) is not None]


def _start(lines: Sequence[str], scalar: Scalar) -> int | None:
    row, column = scalar.place.line - 1, scalar.place.column - 1
    start = lines[row].find(scalar.text, column) if scalar.text else -1
    return None if start < 0 else start


def _put(lines: Sequence[str], scalar: Scalar, other: str) -> list[str]:
    start = _start(lines, scalar)
    row = scalar.place.line - 1
    if start is None:
        return list(lines)
    line = lines[row][:start] + other + lines[row][start + len(scalar.text) :]
    return [*lines[:row], line, *lines[row + 1 :]]


def swap_values(data: st.DataObject, lines: list[str]) -> list[str]:
    """The value of one key stands at another."""
    scalars = _scalars(lines)
    if not scalars:
        return lines
    one, other = (data.draw(st.sampled_from(scalars)) for _ in range(2))
    late, early = sorted((one, other), key=lambda scalar: scalar.place, reverse=True)
    return _put(_put(lines, late, early.text), early, late.text)


def change_a_value(data: st.DataObject, lines: list[str]) -> list[str]:
    """A value of another kind."""
    scalars = _scalars(lines)
    if not scalars:
        return lines
    return _put(lines, data.draw(st.sampled_from(scalars)), data.draw(st.sampled_from(RUBBISH)))


EDITS: tuple[Edit, ...] = (
    lose_a_line,
    repeat_a_line,
    move_a_line,
    indent_a_line,
    insert_rubbish,
    swap_values,
    change_a_value,
)


def edited(data: st.DataObject, text: str, most: int = 4) -> str:
    """The text after one edit or several."""
    lines = text.split("\n")
    for edit in data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=most)):
        lines = edit(data, lines or [""])
    return "\n".join(lines)
