"""Figures made of others over the same window: sums, products, the best of several, bounds. Rules 9 and 13.

None passes through sums, products and bounds; the best of several leaves it out.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from staffel.core.programme.model import Best, Between, Const, IfNone, Made, Measure, Sum, Times
from tests.laws.oracle import exact

Pair = tuple[Decimal, Decimal]
Figure = Decimal | Pair | None
Ask = Callable[[Measure], Figure]


def figure(made: Made, ask: Ask, *, is_share: bool) -> Figure:
    """ask: gives the figure of a part, as the whole is asked. is_share: a plain figure is one of one."""
    found = _figure(made, ask)
    return (found, Decimal(1)) if is_share and isinstance(found, Decimal) else found


def _figure(made: Made, ask: Ask) -> Figure:
    match made:
        case Sum(parts=parts):
            of = [(part.less, ask(part.measure)) for part in parts]
            if any(one is None for _, one in of):
                return None
            return sum((-_plain(one) if less else _plain(one) for less, one in of), exact.ZERO)
        case Times(of=one, factor=factor):
            return _times(ask(one), factor)
        case Best(of=several, worst=worst):
            return _best([one for one in map(ask, several) if one is not None], worst=worst)
        case Between(of=one, at_least=least, at_most=most):
            return _held(ask(one), least and least.figure, most and most.figure)
        case Const(figure=constant):
            return constant
        case IfNone(of=one, figure=other):
            known = ask(one)
            return other.figure if known is None else known
        case _:
            raise AssertionError(made)


def parts(made: Made) -> tuple[Measure, ...]:
    """The measures that it is made of."""
    return made.made_of


def _plain(one: Figure) -> Decimal:
    assert isinstance(one, Decimal), "check refuses shares in a sum"
    return one


def _times(one: Figure, factor: Decimal) -> Figure:
    """A product, to 10 decimals."""
    if isinstance(one, tuple):
        return exact.product(one[0], factor), one[1]
    return None if one is None else exact.product(one, factor)


def _best(of: list[Decimal | Pair], *, worst: bool) -> Figure:
    """The greatest, or the smallest, ties to the first; of shares a share."""
    if any(isinstance(one, tuple) for one in of):
        of = [one if isinstance(one, tuple) else (one, Decimal(1)) for one in of]
    return (min if worst else max)(of, key=_size, default=None)


def _size(one: Decimal | Pair) -> Fraction:
    return Fraction(one[0]) / Fraction(one[1]) if isinstance(one, tuple) else Fraction(one)


def _held(one: Figure, least: Decimal | None, most: Decimal | None) -> Figure:
    """Lifted to the least, then held to the most; of a share its part, the whole stays."""
    if one is None:
        return None
    part, whole = one if isinstance(one, tuple) else (one, Decimal(1))
    if least is not None:
        part = max(part, least * whole)
    if most is not None:
        part = min(part, most * whole)
    return (part, whole) if isinstance(one, tuple) else part
