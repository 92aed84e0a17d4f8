"""What a sentence on a node of evidence is told with: programme, voice, names; and how figures are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from staffel.cli.lines import SoldLine
from staffel.cli.pages.figures import figure
from staffel.cli.voice import Voice
from staffel.core.engine.evidence import Node
from staffel.core.money import divide
from staffel.core.programme.model import Programme
from staffel.core.sources import Measured

_PLACES = 3  # of a share in percent: 0.1 %
HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Nodes of one programme in one voice.

    names: of random keys, for whom may know them; partners: names by id; lines: what lines say, by id.
    quoted: the forms whose clause was said.
    """

    programme: Programme
    voice: Voice
    names: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, SoldLine] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)

    def figure(self, value: object, unit: Measured | None) -> str:
        """A figure in its unit; nothing where there is none."""
        if not isinstance(value, Decimal):
            return ""
        return figure(value, unit, self.programme.currency, self.voice)

    def pair(self, node: Node) -> str:
        """A part of a whole, in percent."""
        if node.figure is None or node.whole is None or node.whole <= 0:
            return "–"
        return self.voice.percent(divide(node.figure, node.whole, _PLACES))

    def actual(self, node: Node) -> str:
        """What a node comes to; nothing where that is not to be seen."""
        return self.pair(node) if node.whole is not None else self.figure(node.figure, node.unit)

    def span(self, node: Node) -> str:
        """The days of a node."""
        return "" if node.window is None or node.window.days <= 0 else self.voice.span(node.window)

    def named(self, key: object) -> str:
        """A name, else the key that stands for it."""
        return self.names.get(str(key), str(key)) if key else ""

    def partner(self, id_: object) -> str:
        """A partner's name, else its id."""
        return self.partners.get(str(id_), str(id_)) if id_ else ""
