"""The figures of one sold line: quantity and amounts with their signs, however the file marks a return.

Marks are a minus on quantity or amount, a column's value, or columns of their own; two marks are one return.
An amount that the file does not state is unit price × quantity, exact, rounded once to 4 decimals.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from staffel.core.money import EXACT, MONEY
from staffel.core.readers.numbers import fits
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.rows import AmountFrom, RowKind

NOUGHT = Decimal(0)
# A stated amount may differ from price × quantity by the rounding of either to cents.
_ROUNDING = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a line states. is_return: its mark of a return, if it has one; prices are of one piece."""

    quantity: Decimal | None
    net: Decimal | None
    unit_price: Decimal | None
    is_return: bool = False
    returned_quantity: Decimal | None = None
    returned_net: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a line counts. computed: its amount unrounded, where it is price × quantity."""

    kind: RowKind
    quantity: Decimal
    net: Decimal | None
    net_from: AmountFrom | None
    computed: Decimal | None = None


def settle(stated: Stated, notes: Counter[str]) -> tuple[Figures, ...]:
    """One or two parts: the sale (or return), and the return with columns of its own. Raises CellRefused."""
    parts = []
    if stated.returned_quantity or stated.returned_net:
        if stated.quantity or stated.net:
            parts.append(_part(stated.quantity, stated.net, stated.unit_price, stated.is_return, notes))
        parts.append(_part(stated.returned_quantity, stated.returned_net, stated.unit_price, True, notes))
        return tuple(parts)
    if stated.quantity is None and stated.net is None:
        raise CellRefused("row-without-figures")
    return (_part(stated.quantity, stated.net, stated.unit_price, stated.is_return, notes),)


def _part(
    quantity: Decimal | None,
    net: Decimal | None,
    price: Decimal | None,
    is_marked: bool,
    notes: Counter[str],
) -> Figures:
    if quantity is None:
        notes["quantity-missing"] += 1
        quantity = NOUGHT
    product = EXACT.multiply(price, quantity) if price is not None else None
    computed = None
    if net is None and product is not None:
        net, is_cut = fits(product, MONEY)
        notes["amount-computed"] += 1
        notes["amount-rounded"] += is_cut
        computed = product
    elif net is None:
        notes["amount-missing"] += 1
    elif product is not None and abs(EXACT.subtract(abs(product), abs(net))) > _ROUNDING:
        notes["amount-differs"] += 1
    net_from = None if net is None else AmountFrom.STATED if computed is None else AmountFrom.COMPUTED
    if is_marked or quantity < 0 or (net is not None and net < 0):
        notes["signs-differ"] += not is_marked and _differ(quantity, net)
        return Figures(
            kind=RowKind.RETURN,
            quantity=below_nought(quantity),
            net=None if net is None else below_nought(net),
            net_from=net_from,
            computed=None if computed is None else below_nought(computed),
        )
    return Figures(kind=RowKind.SALE, quantity=quantity, net=net, net_from=net_from, computed=computed)


def below_nought(figure: Decimal) -> Decimal:
    """A figure of a return, whatever its sign in the file; nought stays nought."""
    return -abs(figure) if figure else abs(figure)


def _differ(quantity: Decimal, net: Decimal | None) -> bool:
    return bool(quantity) and bool(net) and (quantity < 0) != (net is not None and net < 0)
