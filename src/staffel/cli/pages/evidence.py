"""Evidence as a tree that one reads from the amount down: the figure first, then what it is, then why.

Parts that add up stand first, with their figure; grounds say why. Rows are shown up to a number, the rest in
one line with its sum; rows that stood above are not shown again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rich.console import RenderableType
from rich.padding import Padding
from rich.tree import Tree

from staffel.cli.pages.node_text import NodeText
from staffel.cli.pages.rows import INDENT
from staffel.core.engine.evidence import Kind, Node

MOST_ROWS = 5
# Kinds that only hold together what stands below them; their children take their place.
_TRANSPARENT = frozenset({Kind.ALL, Kind.TAKE})


def evidence_page(node: Node, text: NodeText, most: int = MOST_ROWS) -> Iterator[RenderableType]:
    """The whole tree. most: rows shown of each sum; 0: all."""
    growing = _Growing(text=text, most=most)
    tree = Tree(growing.text.line(node), guide_style="dim")
    growing.grow(tree, node)
    yield Padding(tree, (0, 0, 0, INDENT))


@dataclass(slots=True)
class _Growing:
    """A tree being drawn. shown: the rows that stand in it already."""

    text: NodeText
    most: int
    shown: set[tuple[object, object]] = field(default_factory=set)

    def grow(self, tree: Tree, node: Node) -> None:
        """All below a node."""
        self._rows(tree, [child for child in node.children if child.kind is Kind.ROW])
        for child in self._in_order(node.children):
            if child.kind in _TRANSPARENT:
                self.grow(tree, child)
            elif child.kind is not Kind.ROW and not _is_idle(child):
                self.grow(tree.add(self.text.line(child)), child)

    def _in_order(self, children: Sequence[Node]) -> list[Node]:
        """As they come, but end customers by what they brought: their keys are random, and in no order."""
        keys = [child for child in children if child.kind is Kind.KEY]
        by_size = iter(sorted(keys, key=self._size))
        return [next(by_size) if child.kind is Kind.KEY else child for child in children]

    def _size(self, node: Node) -> tuple[bool, Decimal, str]:
        """The largest first, by name where they are equal, nobody's last."""
        return not node.says.get("key"), -(node.figure or Decimal(0)), self.text.line(node).plain

    def _rows(self, tree: Tree, rows: Sequence[Node]) -> None:
        fresh = [row for row in rows if _identity(row) not in self.shown]
        if rows and not fresh:
            tree.add(self.text.again(len(rows)))
            return
        shown = fresh[: self.most] if self.most else fresh
        for row in shown:
            self.shown.add(_identity(row))
            below = tree.add(self.text.line(row))
            for earlier in self.text.history(row):
                below.add(earlier)
        rest = [row for row in rows if row not in shown]
        if rest:
            tree.add(self.text.rest(rest))
            self.shown |= {_identity(row) for row in rest}


def _identity(row: Node) -> tuple[object, object]:
    return row.says.get("line_id"), row.says.get("revision")


def _is_idle(node: Node) -> bool:
    """A rounding of nothing says nothing."""
    return node.kind is Kind.ROUNDING and not node.figure
