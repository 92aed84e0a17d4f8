"""Exact figures, rule 30: Decimal and whole fractions, rounded half up in three named places only.

*row* (4 decimals), *quotient* (10 decimals), *payout* (the coin). An amount is a product cast to 10 decimals.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
ZERO = Decimal(0)
COIN = Decimal("0.01")


def half_up(figure: Decimal, places: int) -> Decimal:
    """Rounded half up, away from zero."""
    return figure.quantize(Decimal(1).scaleb(-places), context=WIDE)


def of_fraction(fraction: Fraction, places: int) -> Decimal:
    """A fraction as Decimal, half up, rounded once."""
    doubled = 2 * abs(fraction.numerator) * 10**places + fraction.denominator
    whole = doubled // (2 * fraction.denominator)
    return Decimal(whole if fraction >= 0 else -whole).scaleb(-places, context=WIDE)


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """part ÷ whole, half up, 10 decimals."""
    return of_fraction(Fraction(part) / Fraction(whole), 10)


def product(left: Decimal, right: Decimal) -> Decimal:
    """left × right, cast at once to 10 decimals, half up (rules 30.7 and 30.8)."""
    return half_up(WIDE.multiply(left, right), 10)


def coins(amount: Decimal) -> Decimal:
    """The payout rounding."""
    return half_up(amount, 2)


def multiples(amount: Decimal, of: Decimal, way: str) -> Decimal:
    """The nearest multiple by size: the lower one, the upper one, or the nearer one (half up)."""
    size, step = Fraction(abs(amount)), Fraction(of)
    lower = (size / step).__floor__()
    rest = size - lower * step
    goes_up = {"down": False, "up": rest > 0, "half_up": 2 * rest >= step}[way]
    return (of * (lower + goes_up)).copy_sign(amount)


def shared_out(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Largest remainder: cut towards zero to whole coins, the rest coin by coin to the largest lost fraction.

    Ties in the order given. A negative total mirrors. Weights that come to nothing: all of it to the first.
    """
    whole = sum(map(Fraction, weights), Fraction(0))
    if not whole:
        return [total if at == 0 else ZERO for at in range(len(weights))]
    exact = [Fraction(abs(total)) * Fraction(weight) / whole for weight in weights]
    cut = [(share * 100).__floor__() for share in exact]
    missing = int((abs(total) / COIN).to_integral_value(ROUND_DOWN)) - sum(cut)
    by_loss = sorted(range(len(weights)), key=lambda at: (cut[at] - exact[at] * 100, at))
    for at in by_loss[:missing]:
        cut[at] += 1
    return [(Decimal(share) * COIN).copy_sign(total) if share else ZERO for share in cut]
