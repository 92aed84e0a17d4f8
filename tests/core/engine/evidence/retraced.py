"""A small case, computed with its lines kept, so that a test can ask for evidence."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.evidence import Kind, Node, explain
from staffel.core.engine.facts import MemoryFacts
from staffel.core.programme.model import Programme
from tests.laws.facts import Ledger

QUARTER = Span(date(2025, 1, 1), date(2025, 4, 1))
SECOND = Span(date(2025, 4, 1), date(2025, 7, 1))
LATER = date(2025, 12, 31)


@contextmanager
def computed(
    of: Programme, facts: Ledger, day: date = LATER, *, kept: bool = True, **options: Any
) -> Iterator[Running]:
    """A calculation whose tables lie open."""
    with TemporaryDirectory(prefix="staffel-") as folder:
        state = MemoryFacts.of(Path(folder), facts.tables)
        with calculation(of, state, day=day, kept=kept, **options) as running:
            yield running


def retraced(
    of: Programme,
    facts: Ledger,
    partner: str = "a",
    window: Span = QUARTER,
    name: str = "bonus",
    day: date = LATER,
) -> Node:
    """The evidence of one amount."""
    with computed(of, facts, day) as running:
        return explain(running, incentive=name, partner=partner, window=window)


def the(tree: Node, kind: Kind) -> Node:
    """The only node of a kind."""
    found = every(tree, kind)
    assert len(found) == 1, f"{len(found)} nodes of kind {kind}"
    return found[0]


def every(tree: Node, kind: Kind) -> list[Node]:
    """All nodes of a kind, in the order of the tree."""
    return [node for node in tree.every() if node.kind is kind]


def lines_of(tree: Node) -> list[tuple[object, Decimal | None]]:
    """The rows of a tree that are parts, each with its figure."""
    return [(leaf.says["line_id"], leaf.figure) for leaf in tree.leaves() if leaf.kind is Kind.ROW]


def money(text: str) -> Decimal:
    """A figure, written shortly."""
    return Decimal(text)
