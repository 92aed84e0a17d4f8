"""Rows beside a row: what may be asked of them. `language.md`, 1.2."""

from collections.abc import Iterator

from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Exists, Is, Leaf, Registered


def beside(scene: Scene) -> Iterator[Finding]:
    """What is asked of a row beside a row can be told from that row alone: no level, and no row beside it."""
    for asked in all_in(scene.programme, Exists):
        kinds: tuple[type[Leaf], ...] = (Exists, Registered, Is)
        inner = [one for kind in kinds for one in all_in(asked.where, kind)]
        for one in inner:
            if not isinstance(one, Is) or one.column == "partner.level":
                yield _asks_more(one, asked)


def _asks_more(one: Leaf, asked: Exists) -> Finding:
    return Finding(
        code="beside-asks-more",
        places=(one.place, asked.place),
        reason=Text(
            en="What is asked of an earlier or neighbouring line cannot ask for its partner's level or for"
            " yet another line.",
            de="Was von einer früheren oder benachbarten Zeile gefragt wird, kann nicht nach der Stufe ihres"
            " Partners oder nach noch einer Zeile fragen.",
        ),
        way_out=Text(
            en="Ask for what the line itself says: products, kind, amounts, days.",
            de="Fragen Sie nach dem, was die Zeile selbst sagt: Produkte, Art, Beträge, Tage.",
        ),
    )
