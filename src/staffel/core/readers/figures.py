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
class Figures:
    """What a line counts. computed: its amount unrounded, where it is price × quantity."""

    kind: RowKind
    quantity: Decimal
    net: Decimal | None
    net_from: AmountFrom | None
    computed: Decimal | None = None


def settle(
    quantity: Decimal | None,
    net: Decimal | None,
    price: Decimal | None,
    is_marked: bool,
    notes: Counter[str],
) -> Figures:
    """What a line counts that states these. Raises CellRefused.

    price: of one piece. is_marked: as a return, by other things than a minus.
    """
    if quantity is None and net is None:
        raise CellRefused("row-without-figures")
    pieces = NOUGHT if quantity is None else quantity
    net_from, computed = AmountFrom.STATED, None
    if net is None and price is not None:
        net_from, computed = AmountFrom.COMPUTED, EXACT.multiply(price, pieces)
        net, is_cut = fits(computed, MONEY)
        notes["amount-computed"] += 1
        notes["amount-rounded"] += is_cut
    elif net is None:
        notes["amount-missing"] += 1
    elif price is not None and abs(abs(EXACT.multiply(price, pieces)) - abs(net)) > _ROUNDING:
        notes["amount-differs"] += 1
    if quantity is None:
        notes["quantity-missing"] += 1
    kind = RowKind.SALE
    if is_marked or pieces < 0 or (net is not None and net < 0):
        kind = RowKind.RETURN
        notes["signs-differ"] += not is_marked and _differ(pieces, net)
        pieces, net, computed = below_nought(pieces), below(net), below(computed)
    return Figures(
        kind=kind,
        quantity=pieces,
        net=net,
        net_from=None if net is None else net_from,
        computed=computed,
    )


def below(figure: Decimal | None) -> Decimal | None:
    """`below_nought` of a figure that may be missing."""
    return None if figure is None else below_nought(figure)


def below_nought(figure: Decimal) -> Decimal:
    """A figure of a return, whatever its sign in the file; nought stays nought."""
    return -abs(figure) if figure else abs(figure)


def _differ(quantity: Decimal, net: Decimal | None) -> bool:
    return bool(quantity) and bool(net) and (quantity < 0) != (net is not None and net < 0)
