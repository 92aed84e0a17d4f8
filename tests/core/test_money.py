"""Named types, roundings and shares: rule 30 and 5.3 of `language.md`. Their twins in SQL: plan/test_tree."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.money import (
    AMOUNT,
    CENT,
    COMPUTED,
    MONEY,
    PIECES,
    RATE,
    DecimalType,
    FigureTooLarge,
    as_type,
    coin_of,
    divide,
    largest_remainder,
    quotient,
    times,
    to_coins,
)

# Every figure that a row may bring: up to 10^15 with 4 decimals, of both signs.
MONIES = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
# What is shared: whole coins.
COINS = st.integers(min_value=-(10**17), max_value=10**17).map(lambda coins: Decimal(coins).scaleb(-2))
WEIGHTS = st.lists(st.decimals(min_value=0, max_value=10**15, places=4), min_size=1, max_size=7)


def half_up(exact: Fraction, places: int) -> Decimal:
    """An exact fraction rounded half up, away from zero."""
    rounded = int(abs(exact) * 10**places + Fraction(1, 2))
    return Decimal(-rounded if exact < 0 else rounded).scaleb(-places)


class TestTypes:
    @pytest.mark.parametrize(
        ("type_", "unit", "limit", "text"),
        [
            (MONEY, "0.0001", 10**18, "DECIMAL(22, 4)"),
            (PIECES, "0.0001", 10**12, "DECIMAL(16, 4)"),
            (RATE, "0.000001", 10**3, "DECIMAL(9, 6)"),
            (COMPUTED, "0.0000000001", 10**4, "DECIMAL(14, 10)"),
            (AMOUNT, "0.0000000001", 10**18, "DECIMAL(28, 10)"),
            (DecimalType(4, 4), "0.0001", 1, "DECIMAL(4, 4)"),
            (DecimalType(5, 0), "1", 10**5, "DECIMAL(5, 0)"),
        ],
    )
    def test_unit_limit_and_text(self, type_: DecimalType, unit: str, limit: int, text: str) -> None:
        assert (type_.unit, type_.limit, str(type_)) == (Decimal(unit), Decimal(limit), text)

    @pytest.mark.parametrize(
        ("figure", "typed"),
        [
            ("0", "0.0000"),
            ("1.00004", "1.0000"),
            ("1.00005", "1.0001"),  # half up
            ("-1.00005", "-1.0001"),  # away from zero
            ("0.0000499999999999999999999999999999999", "0.0000"),  # the 29th digit is not rounded twice
            ("999999999999999999.99994", "999999999999999999.9999"),  # the largest that fits
            ("-0.00001", "0.0000"),  # nothing has no sign
        ],
    )
    def test_as_type_rounds_half_up(self, figure: str, typed: str) -> None:
        assert str(as_type(Decimal(figure), MONEY)) == typed

    @pytest.mark.parametrize(
        "figure", ["1000000000000000000", "-1000000000000000000", "999999999999999999.99995"]
    )
    def test_what_does_not_fit_is_refused(self, figure: str) -> None:
        with pytest.raises(FigureTooLarge, match=r"does not fit DECIMAL\(22, 4\)") as refused:
            as_type(Decimal(figure), MONEY)
        assert (refused.value.figure, refused.value.type) == (Decimal(figure), MONEY)


class TestQuotient:
    """Rule 30. `q` is the one function for quotients: half up, 10 decimals."""

    @pytest.mark.parametrize(
        ("part", "whole", "result"),
        [
            ("0", "3", "0E-10"),
            ("1", "3", "0.3333333333"),
            ("2", "3", "0.6666666667"),
            ("-2", "3", "-0.6666666667"),
            ("2", "-3", "-0.6666666667"),
            ("-2", "-3", "0.6666666667"),
            ("1", "20000000000", "1E-10"),  # 0.00000000005: half goes up
            ("-1", "20000000000", "-1E-10"),
            ("0.9999", "20000000000", "0E-10"),  # just below half
            ("999999999999999.9999", "0.0001", "9999999999999999999"),
        ],
    )
    def test_edges(self, part: str, whole: str, result: str) -> None:
        assert quotient(Decimal(part), Decimal(whole)) == Decimal(result)

    def test_by_nothing_is_no_figure(self) -> None:
        with pytest.raises(ZeroDivisionError):
            quotient(Decimal(1), Decimal("0.0000"))

    @given(part=MONIES, whole=MONIES.map(lambda one: one or Decimal("0.0001")))
    def test_is_the_fraction_rounded_once(self, part: Decimal, whole: Decimal) -> None:
        assert quotient(part, whole) == half_up(Fraction(part) / Fraction(whole), 10)

    @given(
        part=MONIES,
        whole=MONIES.map(lambda one: one or Decimal("0.0001")),
        places=st.integers(min_value=0, max_value=12),
    )
    def test_to_any_place(self, part: Decimal, whole: Decimal, places: int) -> None:
        assert divide(part, whole, places) == half_up(Fraction(part) / Fraction(whole), places)


@given(left=MONIES, right=MONIES)
def test_a_product_is_exact(left: Decimal, right: Decimal) -> None:
    assert Fraction(times(left, right)) == Fraction(left) * Fraction(right)


class TestCoins:
    """Rule 30, step 11. Half up to the currency's smallest coin."""

    @pytest.mark.parametrize(
        ("amount", "coin", "coins"),
        [
            ("199.9949999999", "0.01", "199.99"),
            ("199.995", "0.01", "200.00"),
            ("-199.995", "0.01", "-200.00"),  # taking back undoes paying
            ("-0.004", "0.01", "0.00"),
            ("1234.5", "1", "1235"),  # yen
            ("1.2345", "0.001", "1.235"),  # dinar
            ("999999999999999.995", "0.01", "1000000000000000.00"),
        ],
    )
    def test_payout_rounding(self, amount: str, coin: str, coins: str) -> None:
        assert str(to_coins(Decimal(amount), Decimal(coin))) == coins

    @pytest.mark.parametrize(
        ("currency", "decimals"),
        [("EUR", 2), ("CHF", 2), ("HUF", 2), ("JPY", 0), ("XOF", 0), ("KWD", 3), ("IQD", 3), ("CLF", 4)],
    )
    def test_coins_of_iso_4217(self, currency: str, decimals: int) -> None:
        assert coin_of(currency) == decimals


class TestLargestRemainder:
    """Rule 30. Cut towards zero to whole coins; the rest coin by coin to the largest lost fraction."""

    @pytest.mark.parametrize(
        ("total", "weights", "shares"),
        [
            ("10.00", "1 1 1", "3.34 3.33 3.33"),
            ("-10.00", "1 1 1", "-3.34 -3.33 -3.33"),  # mirrors
            ("0.02", "1 1 1", "0.01 0.01 0.00"),  # fewer coins than heads, ties as given
            ("0.01", "1 2 2", "0.00 0.01 0.00"),  # lost 0.2, 0.4, 0.4: the first of the largest
            ("0.02", "4 1 1", "0.02 0.00 0.00"),  # 4/3, 1/3, 1/3: all lose a third, the first has it
            ("100.00", "0.6 0.4", "60.00 40.00"),
            ("0.05", "0.6 0.4", "0.03 0.02"),
            ("7.00", "0 0", "7.00 0.00"),  # no weight at all: all to the first
            ("7.00", "0 5", "0.00 7.00"),
            ("0.00", "1 2", "0.00 0.00"),
            ("5.00", "3", "5.00"),
        ],
    )
    def test_by_hand(self, total: str, weights: str, shares: str) -> None:
        shared = largest_remainder(Decimal(total), [Decimal(one) for one in weights.split()])
        assert [str(one) for one in shared] == shares.split()

    @pytest.mark.parametrize(("coin", "shares"), [("1", [334, 333, 333]), ("0.001", [Decimal("333.334")])])
    def test_in_other_coins(self, coin: str, shares: list[Decimal]) -> None:
        shared = largest_remainder(Decimal(1000), [Decimal(1)] * 3, Decimal(coin))
        assert shared[: len(shares)] == shares
        assert sum(shared) == 1000

    @given(total=COINS, weights=WEIGHTS)
    def test_adds_up_and_stays_within_a_coin(self, total: Decimal, weights: list[Decimal]) -> None:
        shares = largest_remainder(total, weights)
        assert sum(shares) == total
        whole = sum(map(Fraction, weights))
        if whole:
            exact = [Fraction(total) * Fraction(one) / whole for one in weights]
            assert all(abs(a - Fraction(b)) < Fraction(CENT) for a, b in zip(exact, shares, strict=True))

    @given(total=COINS, weights=WEIGHTS)
    def test_mirrors(self, total: Decimal, weights: list[Decimal]) -> None:
        assert largest_remainder(-total, weights) == [-one for one in largest_remainder(total, weights)]

    @given(
        total=st.integers(min_value=0, max_value=10**4),
        weights=st.lists(st.integers(min_value=0, max_value=30), min_size=1, max_size=7),
    )
    def test_who_lost_more_is_served_first_ties_as_given(self, total: int, weights: list[int]) -> None:
        """Against the rule done in fractions; small weights, so that ties are frequent."""
        shares = largest_remainder(Decimal(total).scaleb(-2), [Decimal(one) for one in weights])
        assert shares == [Decimal(one).scaleb(-2) for one in in_fractions(total, weights)]


def in_fractions(coins: int, weights: list[int]) -> list[int]:
    """The rule, step by step, without decimals."""
    whole = sum(weights)
    if not whole:
        return [coins, *[0] * (len(weights) - 1)]
    exact = [Fraction(coins * one, whole) for one in weights]
    cut = [int(one) for one in exact]
    for _ in range(coins - sum(cut)):
        lost = [share - given for share, given in zip(exact, cut, strict=True)]
        cut[lost.index(max(lost))] += 1
    return cut
