"""Figures made of others as evidence: the parts, which of them won, which bound held. `language.md`, 4."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.node import Kind, Node, negated, owners_of
from staffel.core.engine.evidence.sheet import Answer
from staffel.core.engine.plan.folds import counting
from staffel.core.engine.plan.measures import View
from staffel.core.programme.model import Best, Between, Combined, Fold, IfNone, Sum, Times
from staffel.core.programme.units import unit_of

ZERO = Decimal(0)
_AT_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def made_of(inquiry: Inquiry, made: Combined, view: View, drafts: Sequence[Draft]) -> Draft:
    """The evidence of a figure made of others. drafts: of those, in the order written."""
    value = inquiry.measures.value(made, view)
    figure = inquiry.sheet.ask(value.num)
    whole = None if value.den is None else inquiry.sheet.ask(value.den)
    window = inquiry.measures.spans(made, view)[inquiry.at]
    unit = unit_of(inquiry.programme, made)

    counts = _counting(inquiry, made, view)

    def tell() -> Node:
        below = tuple(draft() for draft in drafts)
        if counts:
            below = tuple(replace(one, holds=counts[at].holds) for at, one in enumerate(below))
        node = Node(
            kind=Kind(_AT_CAPITALS.sub("_", type(made).__name__).lower()),  # `IfNone` is `if_none`
            form=made,
            figure=figure.figure,
            whole=None if whole is None else whole.figure,
            unit=unit,
            window=window,
            owners=owners_of(below) if below else inquiry.mine,
            children=below,
        )
        return _with_parts(node, made, below)

    return tell


def _counting(inquiry: Inquiry, made: Combined, view: View) -> list[Answer]:
    """Of units of time whether each counts; of other figures nothing."""
    if not isinstance(made, Fold):
        return []
    return [inquiry.sheet.ask(one) for one in counting(inquiry.measures, made, view)]


def _with_parts(node: Node, made: Combined, below: tuple[Node, ...]) -> Node:
    """Which of what lies below is a part of the figure, and which a ground."""
    match made:
        case Sum() if node.figure is not None:
            parts = [
                replace(negated(one) if part.less else one, adds=True)
                for part, one in zip(made.parts, below, strict=True)
            ]
            return replace(node, children=tuple(parts))
        case Times(factor=factor):
            return replace(node, says={"factor": factor})
        case Best(worst=worst):
            return replace(node, says={"worst": worst}, children=_chosen(node, below))
        case Between():
            return replace(node, children=(*below, *_rest(node, below[0])))
        case IfNone() if below[0].figure is None and node.figure is not None:
            stands = Node(kind=Kind.GIVEN, form=made.figure, figure=node.figure, unit=node.unit, adds=True)
            return replace(node, children=(stands, *below))
        case _:
            return node


def _chosen(node: Node, below: tuple[Node, ...]) -> tuple[Node, ...]:
    """The first that is the figure is its part, the others stand beside it."""
    won = next(
        (n for n, one in enumerate(below) if (one.figure, one.whole) == (node.figure, node.whole)), None
    )
    return tuple(
        replace(one, adds=n == won and node.figure is not None, says={**one.says, "wins": n == won})
        for n, one in enumerate(below)
    )


def _rest(node: Node, below: Node) -> tuple[Node, ...]:
    """What a bound added to the figure, or took off; nothing where none held."""
    if node.figure is None or below.figure is None or node.figure == below.figure:
        return ()
    rest = node.figure - below.figure
    # With the owners of what it is reckoned from: the bound is known, so that it tells the figure.
    return (Node(kind=Kind.HELD, form=node.form, figure=rest, unit=node.unit, owners=below.owners),)
