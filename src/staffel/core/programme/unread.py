"""What could not be read of a file, so that the reading goes on and all that is wrong is found at once.

A value that is refused is left out of the tree; where the language needs one, a stand-in takes its place. Its
way (`incentives[0].scale.steps[1].rate`) is remembered: what may follow from its absence is no error of its
own and is not shown (`check.doubts`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from staffel.core.findings import Finding, Place
from staffel.core.programme.text import Entries, Items, Node, Scalar

# How often the reading begins anew at most; with more errors than that inside each other, the checks wait.
MOST_ROUNDS = 12
# Where a key must stand, what is read in its place: such that no check finds anything in it.
_STAND_INS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"programme|vendor|version"), "unread"),
    (re.compile(r"currency"), "EUR"),
    (re.compile(r"incentives\[(\d+)\]\.incentive"), r"unread-\1"),
    (re.compile(r"(?:ladders\[\d+\]\.)?levels\[(\d+)\]\.level"), r"unread-\1"),
    (re.compile(r"incentives\[\d+\]\.per"), "year"),
    (re.compile(r".*\.scale\.kind"), "marginal"),
    (re.compile(r".*\.against"), "year before"),
    (re.compile(r".*\.(?:at_least|above|at_most|below)"), "0"),
    (re.compile(r".*\.(?:multiply\[\d+\]\.by|score\[\d+\]\.points)"), "1"),
)
# What makes no sense without this part: it goes as a whole.
_WITH_ITS_WHOLE = re.compile(r"(.*\.steps\[\d+\])\.(?:from|above)|(.*)\.by(?:\[\d+\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What could not be read of a file. ways: where it stood; above: these, and all that they lie in."""

    ways: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ways: Iterable[str]) -> "Unread":
        """That which stood at these ways."""
        own = frozenset(ways)
        return cls(ways=own, above=own.union(*(set(_above(way)) for way in own)))

    @property
    def outermost(self) -> tuple[str, ...]:
        """The ways that lie in none of the others, in order; the file itself is none."""
        own = self.ways - {""}
        return tuple(sorted(way for way in own if own.isdisjoint(_above(way))))

    def touches(self, way: str) -> bool:
        """Whether something at this way, or below it, could not be read; "" is the way of the file."""
        return way in self.above


def _parent(way: str) -> str:
    """The way of what it stands in; always a shorter one, whatever signs a key has."""
    return way[: max(way.rfind("."), way.rfind("["), 0)]


def _above(way: str) -> Iterator[str]:
    while way:
        way = _parent(way)
        yield way


def mended(tree: Node, refused: Iterable[Finding], unread: set[str]) -> Node:
    """The tree without what was refused; `unread` learns the ways. The same tree: nothing can be left out."""
    standing = ways_in(tree)
    out: set[str] = set()
    given: dict[str, Node] = {}
    for place in (finding.places[0] for finding in refused):
        stand_in = None if place.path in unread else _stand_in(place)
        if stand_in is not None:
            given[place.path] = stand_in
        else:
            whole = _whole_of(nearest_way(place.path, standing))
            instead = None if whole in unread else _stand_in(replace(place, path=whole))
            if instead is None:
                out.add(whole)
            else:  # what was left out of it must stand in it: all of it is stood in for
                given[whole] = instead
                unread.add(whole)
        unread.add(place.path)
    unread |= out
    return _without(tree, out, given)


def independent(refused: Iterable[Finding], tree: Node, left_out: Unread) -> list[Finding]:
    """The refusals of this tree that do not come from what was left out of it."""
    standing = ways_in(tree)
    return [finding for finding in refused if not left_out.touches(_held_by(finding, standing))]


def _held_by(finding: Finding, standing: Set[str]) -> str:
    way = nearest_way(finding.places[0].path, standing)
    # A form does not begin so: what it began with may have been left out.
    return _parent(way) if finding.code == "key-unknown" else way


def ways_in(node: Node) -> frozenset[str]:
    """The ways of all that stands there."""
    below = node.of if isinstance(node, Items) else [value for _, value in _entries_of(node)]
    return frozenset({node.place.path}.union(*(ways_in(one) for one in below)))


def nearest_way(way: str, standing: Set[str]) -> str:
    """The way itself, or of what it would stand in: a key that is missing has none."""
    while way and way not in standing:
        way = _parent(way)
    return way


def _stand_in(place: Place) -> Node | None:
    if place.path == "valid":
        return _a_year(place)
    for pattern, text in _STAND_INS:
        if found := pattern.fullmatch(place.path):
            return Scalar(text=found.expand(text), place=place)
    return None


def _a_year(place: Place) -> Node:
    days = (("from", "2001-01-01"), ("to", "2001-12-31"))
    pairs = ((Scalar(text=key, place=place), Scalar(text=day, place=place)) for key, day in days)
    return Entries(of=tuple(pairs), place=place)


def _whole_of(way: str) -> str:
    found = _WITH_ITS_WHOLE.fullmatch(way)
    return (found[1] or found[2]) if found else way


def _without(node: Node, out: Set[str], given: Mapping[str, Node]) -> Node:
    match node:
        case Scalar():
            return node
        case Items(of=items):
            kept = tuple(_without(one, out, given) for one in items if one.place.path not in out)
            return replace(node, of=kept)
        case Entries():
            return replace(node, of=tuple(_entries(node, out, given)))


def _entries(node: Entries, out: Set[str], given: Mapping[str, Node]) -> Iterator[tuple[Scalar, Node]]:
    for key, value in node.of:
        way = value.place.path
        if way in given:
            yield key, given[way]
        elif way not in out:
            yield key, _without(value, out, given)
    standing = {value.place.path for _, value in node.of}
    for way, value in given.items():
        above, _, word = way.rpartition(".")
        if above == node.place.path and way not in standing:
            yield Scalar(text=word, place=value.place), value


def declared(tree: Node) -> frozenset[str]:
    """What the file gives a name to, read or not: `measures.revenue`, `incentives.riser`, `levels.gold`."""
    sections = {key.text: value for key, value in tree.of} if isinstance(tree, Entries) else {}
    found = {
        f"{section}.{key.text}"
        for section in ("measures", "products")
        for key, _ in _entries_of(sections.get(section))
    }
    found |= {f"incentives.{name}" for name in _names_in(sections.get("incentives"), "incentive")}
    return frozenset(found | {f"levels.{name}" for name in _names_in(sections.get("levels"), "level")})


def _entries_of(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.of if isinstance(node, Entries) else ()


def _names_in(node: Node | None, word: str) -> Iterator[str]:
    for item in node.of if isinstance(node, Items) else ():
        for key, value in _entries_of(item):
            if key.text == word and isinstance(value, Scalar):
                yield value.text.strip()
