"""Evidence for one viewer: what is not theirs becomes one sum, or nothing but whether it was reached.
`language.md`, 4.

A sum of strangers is shown only where at least two of them are in it; what only one stranger added is left
out, and with it
every figure from which it could be told: of a sum the viewer's own part stays (note `own-part`), of a
comparison, a step
or a share only whether it holds (note `hidden`). What is shown adds up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from staffel.core.engine.evidence.node import NOBODY, Kind, Node, Owners, Particular, owners_of
from staffel.core.programme.model import Cases, Test

ZERO = Decimal(0)
ViewerKind = Literal["partner", "distributor", "vendor", "operator"]
FEWEST = 2  # strangers in a sum, so that it names none of them
# Figures that are made of what lies below, but are no sum of it.
_DERIVED = frozenset(
    {
        Kind.TEST,
        Kind.STEP,
        Kind.PART,
        Kind.SHARE,
        Kind.TIMES,
        Kind.BEST,
        Kind.BETWEEN,
        Kind.IF_NONE,
        Kind.FOLD,
    }
)
# What a clause says by itself may stay where a figure may not.
_CLAUSE = frozenset(
    "name comparison required points weight most least reached step steps start next target"
    " reason at_most level path relation group".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks. id: of the partner, distributor or vendor; an operator sees all."""

    kind: ViewerKind
    id: str = ""

    def strangers(self, owners: Owners) -> frozenset[str]:
        """Whose things these are, other than the viewer's."""
        match self.kind:
            case "operator":
                return frozenset()
            case "partner":
                return owners.partner - {self.id}
            case "vendor":
                return owners.vendor - {self.id}
            case "distributor":
                # What nobody reported (a certificate, a target) is the partner's own.
                return (owners.distributor or owners.partner) - {self.id}

    def own(self, owners: Owners) -> Owners:
        """The same without strangers of the viewer's kind."""
        match self.kind:
            case "operator":
                return owners
            case "partner":
                return replace(owners, partner=owners.partner & {self.id})
            case "vendor":
                return replace(owners, vendor=owners.vendor & {self.id})
            case "distributor":
                reported = owners.distributor & {self.id}
                return replace(owners, distributor=reported) if reported else NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a viewer sees of a node. node: none where nothing of it is theirs; figure, coins: what was left
    out, of whom.
    """

    node: Node | None
    figure: Decimal = ZERO
    coins: Decimal = ZERO
    strangers: frozenset[str] = frozenset()
    partly: bool = False


def evidence_for(node: Node, viewer: Viewer) -> Node:
    """The tree as the viewer may see it."""
    if viewer.kind == "operator":
        return node
    return _ground(_see(node, viewer), node)


def _see(node: Node, viewer: Viewer) -> _Seen:
    grounds = [(_see(one, viewer), one) for one in node.grounds]
    parts = [(_see(one, viewer), one) for one in node.parts]
    below = [_ground(seen, one) for seen, one in grounds if seen.node or one.kind is not Kind.REASON]
    made_of = [seen for seen, _ in grounds]
    if node.kind in _DERIVED:
        return _derived(node, made_of, [seen for seen, _ in parts], below, viewer)
    if not parts and node.grounds and node.figure is None:
        return _structure(node, made_of, below, viewer)
    if not parts:
        return _leaf(node, below, viewer)
    return _sum(node, [seen for seen, _ in parts], below, viewer)


def _ground(seen: _Seen, original: Node) -> Node:
    """A ground stays even where nothing of it is seen, but for reasons: whose rows they left out is not
    told.
    """
    if seen.node is not None:
        return seen.node
    return _stripped(replace(original, owners=NOBODY, children=()), "hidden")


def _stripped(node: Node, note: str) -> Node:
    """Without figures, but for those of the clause itself."""
    return replace(node, figure=None, whole=None, coins=None, says=_clause(node), note=note)


def _clause(node: Node) -> dict[str, Particular]:
    """What the clause says; that a measure is asked for does not say how much that is."""
    kept = {name: value for name, value in node.says.items() if name in _CLAUSE}
    if isinstance(node.form, Test) and not isinstance(node.form.figure, Decimal | Cases):
        kept.pop("required", None)
    return kept


def _derived(
    node: Node, made_of: Sequence[_Seen], parts: Sequence[_Seen], below: Sequence[Node], viewer: Viewer
) -> _Seen:
    """A comparison, a step, a share, the greatest: shown as a whole, or hidden as a whole."""
    every, children = [*parts, *made_of], [*_nodes(parts), *below]
    if any(seen.partly for seen in every):
        return _hidden(node, every, children, viewer)
    return _Seen(node=_whole(node, children, viewer))


def _structure(node: Node, made_of: Sequence[_Seen], below: Sequence[Node], viewer: Viewer) -> _Seen:
    """What holds conditions together: it holds or not; what else it says rests on all that is below."""
    partly = any(seen.partly for seen in made_of)
    kept = replace(_whole(node, below, viewer), says=_clause(node) if partly else node.says)
    return _Seen(node=kept, strangers=_left_out_of(made_of), partly=partly)


def _hidden(node: Node, made_of: Sequence[_Seen], below: Sequence[Node], viewer: Viewer) -> _Seen:
    """Reached or not, and no figure. As a part of a sum all of it is left out."""
    own = viewer.own(owners_of(list(below)))
    kept = replace(_stripped(node, "hidden"), owners=own, children=tuple(below))
    return _Seen(
        node=kept,
        figure=node.figure or ZERO,
        coins=node.coins or ZERO,
        strangers=_left_out_of(made_of),
        partly=True,
    )


def _left_out_of(seen: Sequence[_Seen]) -> frozenset[str]:
    """Those who added something that is not shown; who belongs to a group but sold nothing is none of
    them.
    """
    return frozenset(one for each in seen if each.partly for one in each.strangers)


def _leaf(node: Node, below: Sequence[Node], viewer: Viewer) -> _Seen:
    strangers = viewer.strangers(node.owners)
    if not strangers:
        return _Seen(node=replace(node, children=tuple(below)))
    kept = None
    if node.holds is not None or below:
        kept = replace(_stripped(node, "hidden"), owners=NOBODY, children=tuple(below))
    return _Seen(
        node=kept,
        figure=node.figure or ZERO,
        coins=node.coins or ZERO,
        strangers=frozenset() if node.kind is Kind.TAKE else strangers,
        partly=True,
    )


def _sum(node: Node, parts: Sequence[_Seen], below: Sequence[Node], viewer: Viewer) -> _Seen:
    left_out = [one for one in parts if one.partly]
    few = len(_left_out_of(parts)) < FEWEST
    rows = not any(one.parts for one in node.parts)
    named = few and rows and bool(viewer.strangers(node.owners))
    if not left_out and not named:
        return _Seen(node=_whole(node, [*_nodes(parts), *below], viewer))
    if not few and node.whole is None:
        return _Seen(node=_with_others(node, parts, below, viewer))
    return _own_part(node, parts, below, viewer)


def _whole(node: Node, children: Sequence[Node], viewer: Viewer) -> Node:
    """All of a node; who the strangers in it are, and who reported them, is not told."""
    owners = node.owners
    if viewer.strangers(owners):
        owners = viewer.own(owners_of(list(children)))
    return replace(node, owners=owners, children=tuple(children))


def _nodes(parts: Sequence[_Seen]) -> list[Node]:
    return [one.node for one in parts if one.node is not None]


def _with_others(node: Node, parts: Sequence[_Seen], below: Sequence[Node], viewer: Viewer) -> Node:
    """The whole figure, with one sum in the place of the strangers' parts."""
    left_out = [one for one in parts if one.partly]
    others = Node(
        kind=Kind.OTHERS,
        figure=sum((one.figure for one in left_out), ZERO),
        coins=None if node.coins is None else sum((one.coins for one in left_out), ZERO),
        unit=node.unit,
        adds=True,
    )
    shown = _nodes(parts)
    return replace(node, owners=viewer.own(owners_of(shown)), children=(*shown, others, *below))


def _own_part(node: Node, parts: Sequence[_Seen], below: Sequence[Node], viewer: Viewer) -> _Seen:
    """The viewer's own part of a sum; what is nobody's (a cap, a rounding) tells of the whole and goes with
    it.
    """
    shown = [one for one in _nodes(parts) if viewer.own(one.owners) != NOBODY]
    figure = sum((one.figure for one in shown if one.figure is not None), ZERO)
    coins = sum((one.coins for one in shown if one.coins is not None), ZERO)
    kept = None
    if shown or below:
        kept = replace(
            _stripped(node, "own-part" if node.whole is None else "hidden"),
            figure=figure if node.whole is None and shown else None,
            coins=coins if node.coins is not None and shown else None,
            owners=viewer.own(owners_of(shown)),
            children=(*shown, *below),
        )
    return _Seen(
        node=kept,
        figure=(node.figure or ZERO) - figure,
        coins=(node.coins or ZERO) - coins,
        strangers=_left_out_of(parts),
        partly=True,
    )
