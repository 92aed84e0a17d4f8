"""Shares that add up: a figure handed out over exact parts, whatever their signs, and a measure's tree read
as money.

Rule 30's largest remainder, for parts of both signs: a return among sales takes back what the sale was given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from staffel.core.engine.evidence.node import Kind, Node
from staffel.core.money import AMOUNT, EXACT, largest_remainder
from staffel.core.sources import Measured

ZERO = Decimal(0)


def hand_out(total: Decimal, exact: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """`total` over exact parts, in whole units, so that it adds up; each part within a unit of what it is
    exactly.

    >>> hand_out(Decimal("10.00"), [Decimal("20.005"), Decimal("-10.005")], Decimal("0.01"))
    [Decimal('20.01'), Decimal('-10.01')]
    """
    if not exact:
        return []
    if all(one >= ZERO for one in exact) or all(one <= ZERO for one in exact):
        return largest_remainder(total, [abs(one) for one in exact], unit)
    cut = [one.quantize(unit, rounding=ROUND_FLOOR, context=EXACT) for one in exact]
    missing = int((total - sum(cut, ZERO)) / unit)
    order = sorted(range(len(exact)), key=lambda at: (cut[at] - exact[at], at))
    turn = order if missing >= 0 else order[::-1]
    for at in range(abs(missing)):
        cut[turn[at % len(turn)]] += unit if missing >= 0 else -unit
    return cut


def priced(node: Node, amount: Decimal, each: Decimal) -> Node:
    """A measure's tree as money: each part with its share of `amount`. each: what a unit of the figure is
    paid.

    What does not add stays as it was: it is in the unit of the measure.
    """
    parts = node.parts
    shares = iter(hand_out(amount, weights(parts, amount, each), AMOUNT.unit))
    children = tuple(priced(one, next(shares), each) if one.adds else one for one in node.children)
    return replace(node, figure=amount, whole=None, unit=Measured.MONEY, children=children)


def weights(parts: Sequence[Node], amount: Decimal, each: Decimal) -> list[Decimal]:
    """What each part comes to exactly: its figure in proportion, or by what a unit is paid where all sum to
    nothing.
    """
    figures = [one.figure or ZERO for one in parts]
    whole = sum(figures, ZERO)
    if not whole:
        return [EXACT.multiply(one, each) for one in figures]
    return [EXACT.divide(EXACT.multiply(amount, one), whole) for one in figures]


# ------------------------------------------------------------------------------------------- coins


def with_coins(root: Node, coins: Decimal, coin: Decimal) -> Node:
    """The tree of an amount with the coins that each of its leaves is printed with; who gets the odd coin is
    seen there.
    """
    exact = [_decimal(one) for one in _reduced(root, Fraction(1))]
    shares = iter(hand_out(coins, exact, coin) if exact else ())
    return _given(root, shares)


_BOUNDS = (Kind.CAP, Kind.FLOOR)
_TAKEN_OFF = (*_BOUNDS, Kind.ROUNDING)


def _reduced(node: Node, by: Fraction) -> list[Fraction]:
    """Of each leaf what is left of it after the bounds above it: less by a cap, more by a floor."""
    if node.kind in _TAKEN_OFF:
        return []
    parts = node.parts
    if not parts:
        return [Fraction(node.figure or ZERO) * by]
    capped = sum((one.figure or ZERO for one in parts if one.kind in _BOUNDS), ZERO)
    before = sum((one.figure or ZERO for one in parts if one.kind not in _TAKEN_OFF), ZERO)
    if capped and before:
        by *= Fraction(before + capped) / Fraction(before)
    return [left for part in parts for left in _reduced(part, by)]


def _decimal(value: Fraction) -> Decimal:
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _given(node: Node, shares: Iterator[Decimal]) -> Node:
    if node.kind in _TAKEN_OFF:
        return node
    if not node.parts:
        return replace(node, coins=next(shares))
    children = tuple(_given(one, shares) if one.adds else one for one in node.children)
    own = sum((one.coins for one in children if one.adds and one.coins is not None), ZERO)
    return replace(node, coins=own, children=children)
