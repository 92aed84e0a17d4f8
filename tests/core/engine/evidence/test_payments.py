"""A settlement retraced: entitled, settled before, carried in and out, forms. Rules 37 to 39."""

from datetime import date

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.evidence import Kind, Node, NothingAsked, adds_up, explain_payment
from staffel.core.engine.statements import statements
from staffel.core.programme.model import Minimum, PayForm, Payout, PayPart
from tests.core.engine.evidence.retraced import QUARTER, SECOND, computed, every, money, the
from tests.forms.conftest import incentive, programme, steps
from tests.laws.facts import Ledger

MARCH, MAY = date(2025, 3, 3), date(2025, 5, 5)


def sold(*lines: tuple[date, object]) -> Ledger:
    facts = Ledger()
    facts.enrolled("a")
    for day, net in lines:
        facts.sale("a", day, net)
    return facts


def paid(facts: Ledger, closing: Span = SECOND, **values: object) -> Node:
    """The payment of the bonus; that it is what the statement prints is seen at once."""
    of = programme(incentive(**values))
    with computed(of, facts, closing.last_day, closing=closing) as running:
        tree = explain_payment(running, incentive="bonus", partner="a")
        (statement,) = statements(running.results)
        assert tree.figure == statement.lines[0].paid
    assert adds_up(tree) == []
    return tree


def test_each_window_less_what_was_settled_for_it() -> None:
    facts = sold((MARCH, 1000), (MAY, 500))
    facts.settled("bonus", "a", (QUARTER.start, QUARTER.until), (QUARTER.start, QUARTER.until), 18)
    tree = paid(facts)
    assert [(one.window, one.figure) for one in every(tree, Kind.WINDOW)] == [(QUARTER, 2), (SECOND, 10)]
    assert (the(tree, Kind.SETTLED).figure, tree.figure) == (-18, 12)


def test_a_year_that_is_trued_up_by_quarters() -> None:
    """Rule 39: 1 % from 10,000, 2 % from 40,000; quarters of 8,000, 12,000, 30,000: due 0, 200, 800."""
    facts = sold((MARCH, 8000), (MAY, 12_000), (date(2025, 8, 8), 30_000))
    year = (date(2025, 1, 1), date(2026, 1, 1))
    facts.settled("bonus", "a", year, (SECOND.start, SECOND.until), 200, paid=200)
    third = Span(date(2025, 7, 1), date(2025, 10, 1))
    scale = steps((10_000, "0.01"), (40_000, "0.02"))
    tree = paid(facts, third, per=Unit.YEAR, settle=Unit.QUARTER, scale=scale)
    assert (the(tree, Kind.ENTITLED).figure, the(tree, Kind.SETTLED).figure, tree.figure) == (1000, -200, 800)


def test_below_the_minimum_it_is_carried() -> None:
    tree = paid(sold((MAY, 1500)), minimum=Minimum(money=money("50")))
    assert (tree.figure, the(tree, Kind.CARRIED_OUT).figure, tree.says["due"]) == (0, -30, 30)


def test_what_was_carried_in_is_a_part() -> None:
    facts = sold((MARCH, 1500), (MAY, 1250))
    window = (QUARTER.start, QUARTER.until)
    facts.settled("bonus", "a", window, window, 30, carried=30)
    tree = paid(facts, minimum=Minimum(money=money("50")))
    assert (the(tree, Kind.CARRIED_IN).figure, tree.figure) == (30, 55)


def test_below_the_minimum_it_is_lost() -> None:
    tree = paid(sold((MAY, 1500)), minimum=Minimum(money=money("50"), otherwise="forfeit"))
    assert (tree.figure, the(tree, Kind.FORFEITED).figure) == (0, -30)


def test_forms_stand_beside() -> None:
    parts = (
        PayPart(share=money("0.6"), form=PayForm.MONEY),
        PayPart(share=money("0.4"), form=PayForm.FUNDS),
    )
    tree = paid(sold((MAY, 1000)), payout=Payout(parts=parts))
    assert [(one.says["form"], one.figure) for one in every(tree, Kind.FORM)] == [("money", 12), ("funds", 8)]


def test_what_was_not_settled() -> None:
    of = programme(incentive())
    with computed(of, sold((MAY, 1)), closing=SECOND) as running, pytest.raises(NothingAsked):
        explain_payment(running, incentive="none", partner="a")
