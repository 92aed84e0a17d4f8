"""Sums over rows, and totals lines held against them."""

from decimal import Decimal

import pytest

from staffel.core.findings import Place
from staffel.core.readers.figures import Figures
from staffel.core.readers.rows import AmountFrom, RowKind
from staffel.core.readers.totals import Account

HERE = Place(file="test.csv", line=9)


def sold(quantity: str, net: str | None, computed: str | None = None) -> Figures:
    return Figures(
        kind=RowKind.RETURN if quantity.startswith("-") else RowKind.SALE,
        quantity=Decimal(quantity),
        net=None if net is None else Decimal(net),
        net_from=AmountFrom.STATED,
        computed=None if computed is None else Decimal(computed),
    )


def account(*rows: Figures) -> Account:
    found = Account()
    for row in rows:
        found.take(row, "EUR")
    return found


def test_sums() -> None:
    found = account(sold("3", "30"), sold("-1", "-10"), sold("2", None), sold("4", "1.0001", "1.00005"))
    found.take(sold("1", "7"), None)
    sums = found.sums
    assert (sums.lines, sums.returns, sums.quantity) == (5, 1, Decimal(9))
    assert sums.net == {None: Decimal(7), "EUR": Decimal(20)}
    assert sums.computed == {"EUR": Decimal("1.00005")}


def test_sums_of_very_many_digits() -> None:
    found = account(*[sold("1", "999999999999999999.9999")] * 3)
    assert found.sums.net == {"EUR": Decimal("2999999999999999999.9997")}


@pytest.mark.parametrize(
    ("quantity", "net", "agrees"),
    [
        ("5", "50", True),
        ("5", None, True),
        (None, "50", True),
        ("4", "50", False),
        ("5", "50.01", False),
        (None, None, None),  # nothing was compared, so nothing agrees
    ],
)
def test_totals(quantity: str | None, net: str | None, agrees: bool | None) -> None:
    found = account(sold("3", "30"), sold("2", "20"))
    found.check(HERE, quantity and Decimal(quantity), net and Decimal(net))  # type: ignore[arg-type]
    (total,) = found.totals
    assert (total.agrees, total.read_quantity, total.read_net) == (agrees, Decimal(5), Decimal(50))


def test_a_subtotal_is_of_the_rows_since_the_last_one() -> None:
    found = account(sold("3", "30"))
    found.check(HERE, Decimal(3), Decimal(30))
    found.take(sold("2", "20"), "EUR")
    found.check(HERE, Decimal(2), Decimal(20))
    found.check(HERE, Decimal(5), Decimal(50))
    found.check(HERE, Decimal(3), Decimal(30))
    assert [total.agrees for total in found.totals] == [True, True, True, False]
