"""What a measure is valued as: a figure, or a pair that travels undivided (rule 13); null is none."""

from dataclasses import dataclass

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.panel import ZERO
from staffel.core.money import AMOUNT, MONEY, DecimalType

Expr = exp.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure as SQL. den: of a pair. shown: what a score shows even where a least is missed. fine: it has
    10 decimals, as what is cut for a newcomer (rule 45) or multiplied; every other figure has 4. sides: of
    the best of several pairs each of them, the one that was chosen is num and den; worst: of the smallest.
    """

    num: Expr
    den: Expr | None = None
    shown: Expr | None = None
    fine: bool = False
    sides: "tuple[Value, ...]" = ()
    worst: bool = False

    @property
    def is_pair(self) -> bool:
        """Whether it travels undivided."""
        return self.den is not None

    @property
    def type(self) -> DecimalType:
        """Of its number, or of each side of its pair."""
        return AMOUNT if self.fine else MONEY

    def number(self) -> Expr:
        """As one number: a pair is divided here, and only here (rule 30)."""
        if self.den is None:
            return self.num
        side = self.type
        number = sql.quotient(self.num, self.den, part_type=side, divisor_type=side)
        return sql.case([(sql.gt(self.den, sql.figure(ZERO, MONEY)), number)])
