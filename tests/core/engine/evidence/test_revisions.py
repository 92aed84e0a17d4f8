"""A line that a later report corrected or took back is told once."""

from datetime import date
from typing import Any

import pytest

from staffel.core.engine.evidence import Kind, Node, adds_up
from staffel.core.engine.receipts import Receipt, one_a_line, receipts
from staffel.core.programme.model import Different, Take
from tests.core.engine.evidence.retraced import QUARTER, SECOND, computed, every, lines_of, retraced, the
from tests.forms.conftest import incentive, programme
from tests.laws.facts import Ledger, Row

MARCH, MAY = date(2025, 3, 3), date(2025, 5, 5)


@pytest.fixture
def facts() -> Ledger:
    """A line that nobody corrected, of the partner and of a stranger."""
    made = Ledger()
    for partner in ("a", "b"):
        made.enrolled(partner)
        made.sale(partner, MARCH, 1000)
    made.product("box", "boxes")
    return made


def corrected(facts: Ledger, sale: Row, net: object, day: date = MARCH) -> Row:
    """The next revision of a line, in the place of the one that is taken back."""
    facts.reversal(sale)
    again = {name: value for name, value in sale.items() if name not in ("commit_no", "recorded_at")}
    changed: dict[str, Any] = {"revision": sale["revision"] + 1, "net": facts.sale("x", day, net)["net"]}
    facts.tables["sell_out"].pop()
    return facts.add("sell_out", again | changed | {"sold_on": day})


def tree(facts: Ledger, **values: Any) -> Node:
    root = retraced(programme(incentive(**values)), facts)
    assert adds_up(root) == []
    return root


def reasons(root: Node) -> list[tuple[object, list[tuple[object, object, object]]]]:
    """What did not count: the reason, and of its rows id, figure and what was taken back."""
    return [
        (
            node.says["reason"],
            [(row.says["line_id"], row.figure, row.says.get("taken_back")) for row in node.children],
        )
        for node in every(root, Kind.REASON)
    ]


class TestEvidence:
    def test_a_corrected_line_is_told_as_it_stands(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        corrected(facts, corrected(facts, sale, 700), 900)
        root = tree(facts)
        assert lines_of(root) == [("L0001", 20), (sale["line_id"], 18)]
        assert reasons(root) == []
        assert the(root, Kind.TAKE).says == {"counted": 2, "not_counted": 0}

    def test_a_line_taken_back_is_told_once_at_nothing(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        facts.reversal(sale)
        root = tree(facts)
        assert reasons(root) == [("withdrawn", [(sale["line_id"], 0, 500)])]
        (reason,) = every(root, Kind.REASON)
        assert (reason.figure, reason.says["rows"]) == (0, 1)
        assert the(root, Kind.TAKE).says == {"counted": 1, "not_counted": 1}

    def test_twice_taken_back_it_is_the_last_that_was(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        facts.reversal(corrected(facts, sale, 700))
        assert reasons(tree(facts)) == [("withdrawn", [(sale["line_id"], 0, 700)])]

    def test_moved_to_another_window_it_is_taken_back_in_the_first(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        corrected(facts, sale, 500, MAY)
        of = programme(incentive())
        assert reasons(retraced(of, facts)) == [("withdrawn", [(sale["line_id"], 0, 500)])]
        assert reasons(retraced(of, facts, window=SECOND)) == []

    def test_a_count_has_nothing_of_it_either(self, facts: Ledger) -> None:
        facts.reversal(facts.sale("a", MARCH, 500, end_customer_id="e1"))
        customers = Take(aggregate=Different(key="end_customer_id"), source="sell_out", date="sold_on")
        assert ("withdrawn", [("L0003", 0, 1)]) in reasons(tree(facts, driver=customers))


class TestReceipts:
    def told(self, facts: Ledger, line: str | None, **asked: Any) -> list[tuple[Any, ...]]:
        with computed(programme(incentive()), facts) as running:
            found = one_a_line(receipts(running, partner="a", line_id=line, **asked))
        return [self.said(one) for one in found if one.role.value == "base"]

    def said(self, one: Receipt) -> tuple[Any, ...]:
        return (one.revision, one.window.start.month, one.verdict, one.reason, one.figure)

    def test_one_row_of_a_corrected_line(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        corrected(facts, sale, 700)
        assert self.told(facts, sale["line_id"], window=QUARTER) == [(2, 1, "counted", "", 700)]

    def test_wherever_it_lies_now(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        corrected(facts, sale, 700, MAY)
        assert self.told(facts, sale["line_id"]) == [(2, 4, "counted", "", 700)]
        assert self.told(facts, sale["line_id"], window=QUARTER) == [(2, 1, "other-window", "", 700)]

    def test_one_row_of_a_line_that_was_taken_back(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        facts.reversal(sale)
        assert self.told(facts, sale["line_id"], window=QUARTER) == [(1, 1, "not-counted", "withdrawn", 0)]

    def test_of_all_lines_the_sum_is_the_same(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 500)
        corrected(facts, sale, 700)
        facts.reversal(facts.sale("a", MARCH, 40))
        with computed(programme(incentive()), facts) as running:
            every_row = receipts(running, partner="a", window=QUARTER)
        bases = [one for one in every_row if one.role.value == "base"]
        once = one_a_line(bases)
        assert (len(bases), len(once)) == (6, 3)
        assert sum(one.figure for one in once) == sum(one.figure for one in bases) == 1700
