"""A tree adds up at every node, or says where it does not."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from staffel.core.engine.evidence.node import NOBODY, Kind, Node, Owners, adds_up, owners_of

A, B = Owners(partner=frozenset({"a"})), Owners(partner=frozenset({"b"}), vendor=frozenset({"v"}))


def part(figure: str, **values: Any) -> Node:
    return replace(Node(kind=Kind.ROW, figure=Decimal(figure), adds=True), **values)


class TestAddsUp:
    def test_parts_that_sum(self) -> None:
        assert adds_up(Node(kind=Kind.TAKE, figure=Decimal("3.00"), children=(part("1"), part("2")))) == []

    def test_a_sum_that_is_a_cent_off_is_named_by_its_way(self) -> None:
        cut = Node(kind=Kind.CUT, figure=Decimal("3.01"), adds=True, children=(part("1"), part("2")))
        tree = Node(kind=Kind.EARNED, figure=Decimal("3.01"), children=(cut,))
        assert adds_up(tree) == ["earned/cut"]

    def test_grounds_take_no_part(self) -> None:
        ground = part("7", adds=False)
        assert adds_up(Node(kind=Kind.TAKE, figure=Decimal(1), children=(part("1"), ground))) == []

    def test_coins_add_up_by_themselves(self) -> None:
        rows = (part("0.5", coins=Decimal("1.00")), part("0.5", coins=Decimal("0.00")))
        tree = Node(kind=Kind.EARNED, figure=Decimal(1), coins=Decimal("1.00"), children=rows)
        assert adds_up(tree) == []
        assert adds_up(replace(tree, coins=Decimal("0.99"))) == ["earned"]

    def test_below_a_ground_too(self) -> None:
        wrong = Node(kind=Kind.TEST, figure=Decimal(2), children=(part("1"),))
        assert adds_up(Node(kind=Kind.GATE, children=(wrong,))) == ["gate/test"]

    def test_what_is_not_shown_cannot_be_wrong(self) -> None:
        assert adds_up(Node(kind=Kind.TAKE, children=(part("1"),))) == []


class TestLeaves:
    def test_only_parts_lead_to_leaves(self) -> None:
        inner = Node(kind=Kind.CUT, figure=Decimal(3), adds=True, children=(part("1"), part("2")))
        tree = Node(kind=Kind.EARNED, figure=Decimal(3), children=(inner, part("9", adds=False)))
        assert [leaf.figure for leaf in tree.leaves()] == [Decimal(1), Decimal(2)]


class TestOwners:
    def test_together(self) -> None:
        both = owners_of([part("1", owners=A), part("1", owners=B)])
        assert both == Owners(partner=frozenset({"a", "b"}), vendor=frozenset({"v"}))

    def test_nobody(self) -> None:
        assert owners_of([]) == NOBODY
        assert NOBODY | A == A
