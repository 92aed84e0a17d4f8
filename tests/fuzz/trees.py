"""A file as data that can be spoiled: keys lost, doubled, renamed, swapped, values of any kind, deep nests.

What the keys and values of the language are is asked of the code and of the examples, so that a new value is
mixed in by itself.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from hypothesis import strategies as st

from staffel.core.programme.text import MOST_DEEP, Entries, Items, Scalar, tree_of
from staffel.core.programme.text import Node as Read


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys with what stands under them; unlike a dict, it may say one twice."""

    pairs: "tuple[tuple[str, Node], ...]"


Node: TypeAlias = "str | tuple[Any, ...] | Keys"
Way = tuple[int, ...]

# What may stand for any value: nothing, numbers of every size and script, days, names, words of ours.
ODD = (
    *(
        "",
        " ",
        "-",
        "~",
        "null",
        "true",
        "none",
        "level",
        "a",
        "A b",
        "ä",
        "§",
        "\u0430urora",
        "\u202e",
        "\x85",
    ),
    *("0", "-1", "+1", "00", "0.1", ".5", "5.", "1,5", "1.200", "1_000", "1_000.00", "1 000", "1'000", "--1"),
    *("0 %", "100 %", "150 %", "-5 %", "0.0000001 %", "%", "1 %%", "½", "２５", "٣", "0x1F", "1e9", "1e400"),
    *("NaN", "Infinity", "-0", "9" * 17, "9" * 30, "9" * 5000, "0." + "0" * 40 + "1", "a" * 3000),
    *(
        "2026-01-01",
        "2026-02-30",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "2026-13-01",
        "02-29",
        "13-01",
        "31",
    ),
    *("last 0 quarters", "last 999999999999 years", "last -1 months", "rolling 1 fortnight", "year to date"),
    *("0 days after close", "-1 days after close", "999999999 days after close", "1 month 1 day"),
    *("revenue.", ".", "a.b.c", "[x]", "{y}", "*", "&", "!", "# no", "? ", "a: b", "- a", "| ", "<<", "="),
)


def tree(text: str) -> Node:
    """A right file as data."""
    read, _ = tree_of(text, "x")
    assert read is not None
    return _plain(read)


def _plain(read: Read) -> Node:
    match read:
        case Scalar(text=text):
            return text
        case Items(of=items):
            return tuple(_plain(item) for item in items)
        case Entries(of=entries):
            return Keys(tuple((key.text, _plain(value)) for key, value in entries))


def written(node: Node) -> str:
    """The tree as YAML, each scalar in quotes."""
    match node:
        case str():
            return json.dumps(node)
        case Keys(pairs=pairs):
            return "{" + ", ".join(f"{json.dumps(key)}: {written(value)}" for key, value in pairs) + "}"
        case _:
            return "[" + ", ".join(map(written, node)) + "]"


def ways(node: Node, way: Way = ()) -> Iterator[Way]:
    """The way to each node, the outermost first."""
    yield way
    for at, below in enumerate(_below(node)):
        yield from ways(below, (*way, at))


def _below(node: Node) -> tuple[Node, ...]:
    if isinstance(node, str):
        return ()
    return tuple(value for _, value in node.pairs) if isinstance(node, Keys) else node


def at(node: Node, way: Way) -> Node:
    """What stands there."""
    for step in way:
        node = _below(node)[step]
    return node


def put(node: Node, way: Way, other: Node) -> Node:
    """The tree with something else there."""
    if not way:
        return other
    step, rest = way[0], way[1:]
    new = put(_below(node)[step], rest, other)
    if isinstance(node, Keys):
        key = node.pairs[step][0]
        return Keys((*node.pairs[:step], (key, new), *node.pairs[step + 1 :]))
    return (*node[:step], new, *node[step + 1 :])


# ---------------------------------------------------------------- what is done to it

Draw = Callable[[st.SearchStrategy[Any]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What may be put in: keys of the language, nodes out of right files."""

    keys: tuple[str, ...]
    nodes: tuple[Node, ...]


def lose(draw: Draw, node: Node, _: Stock) -> Node:
    """A key or an item less."""
    way = _some(draw, node, lambda held: not isinstance(held, str) and bool(_below(held)))
    return node if way is None else put(node, way, _cut(draw, at(node, way), twice=False))


def double(draw: Draw, node: Node, _: Stock) -> Node:
    """A key or an item once more."""
    way = _some(draw, node, lambda held: not isinstance(held, str) and bool(_below(held)))
    return node if way is None else put(node, way, _cut(draw, at(node, way), twice=True))


def _cut(draw: Draw, held: Node, *, twice: bool) -> Node:
    members: Sequence[Any] = held.pairs if isinstance(held, Keys) else held
    which = draw(st.integers(0, len(members) - 1))
    kept = (*members[: which + 1], *members[which:]) if twice else (*members[:which], *members[which + 1 :])
    return Keys(kept) if isinstance(held, Keys) else kept


def rename(draw: Draw, node: Node, stock: Stock) -> Node:
    """Another key of the language, or none, before the same value."""
    way = _some(draw, node, lambda held: isinstance(held, Keys) and bool(held.pairs))
    if way is None:
        return node
    held = at(node, way)
    assert isinstance(held, Keys)
    which = draw(st.integers(0, len(held.pairs) - 1))
    key = draw(st.sampled_from(stock.keys) | st.sampled_from(ODD))
    return put(node, way, Keys((*held.pairs[:which], (key, held.pairs[which][1]), *held.pairs[which + 1 :])))


def add(draw: Draw, node: Node, stock: Stock) -> Node:
    """A key of the language where it may not belong."""
    way = _some(draw, node, lambda held: isinstance(held, Keys))
    if way is None:
        return node
    held = at(node, way)
    assert isinstance(held, Keys)
    pair = (draw(st.sampled_from(stock.keys)), draw(st.sampled_from(stock.nodes) | st.sampled_from(ODD)))
    return put(node, way, Keys((*held.pairs, pair)))


def replace(draw: Draw, node: Node, stock: Stock) -> Node:
    """Something odd, or something right out of another place."""
    way = draw(st.sampled_from(list(ways(node))))
    return put(node, way, draw(st.sampled_from(ODD) | st.sampled_from(stock.nodes)))


def swap(draw: Draw, node: Node, _: Stock) -> Node:
    """Two values change places; where one lies in the other, it takes its place."""
    every = list(ways(node))
    one, other = draw(st.sampled_from(every)), draw(st.sampled_from(every))
    first, second = at(node, one), at(node, other)
    if one[: len(other)] == other or other[: len(one)] == one:
        return put(node, min(one, other, key=len), at(node, max(one, other, key=len)))
    return put(put(node, one, second), other, first)


def nest(draw: Draw, node: Node, stock: Stock) -> Node:
    """A value stands in lists, or under keys, of its own; once or many times."""
    way = draw(st.sampled_from(list(ways(node))))
    held = at(node, way)
    key = draw(st.none() | st.sampled_from(stock.keys))
    for _ in range(draw(st.sampled_from([1, 2, 3, MOST_DEEP - 2, MOST_DEEP + 2]))):
        held = (held,) if key is None else Keys(((key, held),))
    return put(node, way, held)


def _some(draw: Draw, node: Node, wanted: Callable[[Node], bool]) -> Way | None:
    found = [way for way in ways(node) if wanted(at(node, way))]
    return draw(st.sampled_from(found)) if found else None


SPOILS = (lose, double, rename, add, replace, swap, nest)


def spoiled(rights: Sequence[Node], stock: Stock, most: int = 5) -> st.SearchStrategy[str]:
    """The text of a right file after some of this was done to it."""

    @st.composite
    def drawn(draw: Draw) -> str:
        node = draw(st.sampled_from(rights))
        for spoil in draw(st.lists(st.sampled_from(SPOILS), min_size=1, max_size=most)):
            node = spoil(draw, node, stock)
        return written(node)

    return drawn()


def stock_of(rights: Sequence[Node], keys: Sequence[str]) -> Stock:
    """All that stands in right files, and all keys."""
    nodes = {written(held): held for right in rights for held in (at(right, way) for way in ways(right))}
    return Stock(keys=tuple(sorted(keys)), nodes=tuple(nodes[text] for text in sorted(nodes)))
