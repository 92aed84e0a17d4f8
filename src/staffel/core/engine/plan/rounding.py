"""The payout rounding: an exact amount becomes coins, or multiples of what is said (rule 30, step 11).

All ways look at the size of an amount and keep its sign: what is taken back is rounded as what was paid.
"""

from decimal import Decimal
from typing import assert_never

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.money import AMOUNT, coin_of
from staffel.core.programme.model import Rounding

Expr = exp.Expr


def rounded(amount: Expr, rounding: Rounding | None, currency: str) -> Expr:
    """An AMOUNT as money: half up to the currency's coin where nothing is said."""
    if rounding is None:
        return sql.in_coins(amount, coin_of(currency))
    return sql.in_multiples(amount, rounding.to, _lift(rounding))


def _lift(rounding: Rounding) -> Decimal:
    """What is added to an amount's size before it is cut to multiples."""
    match rounding.way:
        case "down":
            return Decimal(0)
        case "up":
            return rounding.to - AMOUNT.unit
        case "half_up":
            return rounding.to / 2
        case _ as other:
            assert_never(other)
