"""Signs and amounts of one line."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.readers.figures import Figures, below, below_nought, settle
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.rows import AmountFrom, RowKind

SALE, RETURN = RowKind.SALE, RowKind.RETURN


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def settled(
    quantity: str | None, net: str | None, price: str | None = None, is_marked: bool = False
) -> tuple[Figures, set[str]]:
    notes: Counter[str] = Counter()
    figures = settle(decimal(quantity), decimal(net), decimal(price), is_marked, notes)
    return figures, {note for note, count in notes.items() if count}


@pytest.mark.parametrize(
    ("quantity", "net", "is_marked", "kind", "counted", "amount"),
    [
        ("3", "30", False, SALE, "3", "30"),
        ("-1", "-10", False, RETURN, "-1", "-10"),  # two marks are one return
        ("-1", "10", False, RETURN, "-1", "-10"),  # the price stayed positive
        ("1", "-10", False, RETURN, "-1", "-10"),
        ("1", "10", True, RETURN, "-1", "-10"),
        ("-1", "-10", True, RETURN, "-1", "-10"),  # three marks are one return
        ("0", "-10", False, RETURN, "0", "-10"),  # a credit
        ("0", "0", False, SALE, "0", "0"),
        ("0", "0", True, RETURN, "0", "0"),
        ("3", None, False, SALE, "3", None),
        ("3", None, True, RETURN, "-3", None),
    ],
)
def test_returns(
    quantity: str, net: str | None, is_marked: bool, kind: RowKind, counted: str, amount: str | None
) -> None:
    figures, _ = settled(quantity, net, None, is_marked)
    assert (figures.kind, figures.quantity, figures.net) == (kind, Decimal(counted), decimal(amount))


class TestAmounts:
    def test_stated(self) -> None:
        figures, notes = settled("18", "3588.61", "199.367")
        assert (figures.net, figures.net_from, figures.computed) == (
            Decimal("3588.61"),
            AmountFrom.STATED,
            None,
        )
        assert notes == set()  # 3588.606 is the same to a cent

    def test_that_differ_from_price_times_quantity(self) -> None:
        figures, notes = settled("2", "19", "10")
        assert figures.net == Decimal("19")
        assert notes == {"amount-differs"}

    def test_computed_and_rounded_once(self) -> None:
        figures, notes = settled("3", None, "0.33335")
        assert (figures.net, figures.computed) == (Decimal("1.0001"), Decimal("1.00005"))
        assert figures.net_from is AmountFrom.COMPUTED
        assert notes == {"amount-computed", "amount-rounded"}

    def test_computed_for_a_return(self) -> None:
        figures, _ = settled("4", None, "41.10", is_marked=True)
        assert (figures.net, figures.computed) == (Decimal("-164.40"), Decimal("-164.40"))

    def test_missing(self) -> None:
        figures, notes = settled("4", None)
        assert (figures.net, figures.net_from, notes) == (None, None, {"amount-missing"})

    def test_without_quantity(self) -> None:
        figures, notes = settled(None, "-5")
        assert (figures.quantity, notes) == (Decimal(0), {"quantity-missing"})

    def test_largest(self) -> None:
        figures, _ = settled("1", "1000000000000000.1234", "1000000000000000.1234")
        assert figures.net == Decimal("1000000000000000.1234")

    @pytest.mark.parametrize(
        ("quantity", "net", "price", "code"),
        [
            (None, None, "5", "row-without-figures"),
            ("999999999999", None, "999999999999", "number-too-large"),
        ],
    )
    def test_refused(self, quantity: str | None, net: str | None, price: str, code: str) -> None:
        with pytest.raises(CellRefused, match=code):
            settled(quantity, net, price)


@given(st.decimals(-(10**6), 10**6, places=4), st.decimals(-(10**6), 10**6, places=4), st.booleans())
def test_a_return_never_counts_above_nought(quantity: Decimal, net: Decimal, is_marked: bool) -> None:
    figures = settle(quantity, net, None, is_marked, Counter())
    assert figures.net is not None
    if figures.kind is RETURN:
        assert figures.quantity <= 0
        assert figures.net <= 0
    else:
        assert (figures.quantity, figures.net) == (quantity, net)
    assert (abs(figures.quantity), abs(figures.net)) == (abs(quantity), abs(net))


def test_nought_has_no_sign() -> None:
    assert str(below_nought(Decimal(0))) == "0"
    assert below(None) is None
