"""Shares add up whatever their signs, and each lies within a coin of what it is exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.engine.evidence.node import Kind, Node, adds_up
from staffel.core.engine.evidence.sharing import hand_out, priced, with_coins
from staffel.core.money import to_coins

CENT = Decimal("0.01")
figures = st.decimals(min_value=-10_000, max_value=10_000, places=6)


class TestHandOut:
    @given(st.lists(figures, min_size=1, max_size=9))
    def test_adds_up(self, exact: list[Decimal]) -> None:
        total = to_coins(sum(exact, Decimal(0)))
        shares = hand_out(total, exact, CENT)
        assert sum(shares, Decimal(0)) == total
        assert all(abs(share - one) < 2 * CENT for share, one in zip(shares, exact, strict=True))

    @pytest.mark.parametrize(
        ("total", "exact", "shares"),
        [
            ("10.00", ["3.3333", "3.3333", "3.3334"], ["3.33", "3.33", "3.34"]),  # the largest lost fraction
            ("0.01", ["0.005", "0.005"], ["0.01", "0.00"]),  # a tie: the first
            ("-0.01", ["-0.005", "-0.005"], ["-0.01", "0.00"]),  # taking back mirrors it
            ("20.00", ["30.004", "-10.004"], ["30.00", "-10.00"]),  # a return among sales
            ("0.00", ["30.00", "-30.00"], ["30.00", "-30.00"]),  # all returned: each shows what it was
        ],
    )
    def test_who_gets_the_coin(self, total: str, exact: list[str], shares: list[str]) -> None:
        found = hand_out(Decimal(total), [Decimal(one) for one in exact], CENT)
        assert found == [Decimal(one) for one in shares]

    def test_nothing_to_share(self) -> None:
        assert hand_out(Decimal(0), [], CENT) == []


def row(figure: str) -> Node:
    return Node(kind=Kind.ROW, figure=Decimal(figure), adds=True)


class TestPriced:
    def test_a_measure_becomes_money_by_proportion(self) -> None:
        take = Node(kind=Kind.TAKE, figure=Decimal(300), children=(row("100"), row("200")))
        money = priced(take, Decimal("0.0000000100"), Decimal(0))
        assert [one.figure for one in money.parts] == [Decimal("3.3E-9"), Decimal("6.7E-9")]
        assert adds_up(money) == []

    def test_what_sums_to_nothing_is_priced_by_the_unit(self) -> None:
        take = Node(kind=Kind.TAKE, figure=Decimal(0), children=(row("100"), row("-100")))
        money = priced(take, Decimal(0), Decimal("0.02"))
        assert [one.figure for one in money.parts] == [Decimal(2), Decimal(-2)]


class TestCoins:
    def test_a_cap_takes_from_all_that_stands_under_it(self) -> None:
        cap = Node(kind=Kind.CAP, figure=Decimal(-60), adds=True)
        tree = Node(kind=Kind.EARNED, figure=Decimal(60), children=(row("40"), row("80"), cap))
        printed = with_coins(tree, Decimal("60.00"), CENT)
        assert [leaf.coins for leaf in printed.leaves()] == [Decimal("20.00"), Decimal("40.00"), None]
        assert adds_up(printed) == []
