"""Law 3 in the small: counted and not counted make up the lines of the window, in rows and in sums."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.reasons import ReasonSum, reason_sums
from staffel.core.engine.receipts import receipts
from staffel.core.programme.model import Different, Is, Take, Test
from tests.core.engine.evidence.retraced import QUARTER, computed, money
from tests.forms.conftest import incentive, programme, take, use
from tests.laws.facts import Ledger
from tests.laws.worlds import make

MARCH = date(2025, 3, 3)
BOXES = Is(column="product.family", values=("boxes",))


@pytest.fixture
def facts() -> Ledger:
    made = Ledger()
    made.product("box", "boxes")
    made.product("bag", "bags")
    for partner in "ab":
        made.enrolled(partner)
        made.sale(partner, MARCH, 100)
        made.sale(partner, MARCH, 30, product_id="bag")
    made.sale("stranger", MARCH, 7)
    return made


def of_window(running: Running, role: str = "base") -> list[tuple[str, int, Decimal]]:
    """Reason, rows and sum of the first quarter of 2025."""
    found = [one for one in reason_sums(running) if one.window == QUARTER and one.role == role]
    return [(one.reason, one.rows, one.sum) for one in found]


def test_counted_and_each_reason(facts: Ledger) -> None:
    with computed(programme(incentive(base=take(where=BOXES))), facts, kept=False) as running:
        assert of_window(running) == [("", 2, 200), ("not-enrolled", 1, 7), ("wrong-product", 2, 60)]


def test_a_base_that_pays_nothing(facts: Ledger) -> None:
    facts.sale("b", MARCH, 1000)
    gate = Test(measure=use("revenue"), comparison="at_least", figure=money("1000"))
    with computed(programme(incentive(gate=gate)), facts, kept=False) as running:
        assert of_window(running) == [("", 3, 1130), ("gate-not-met", 2, 130), ("not-enrolled", 1, 7)]
        assert of_window(running, "gate") == [("", 5, 1260), ("not-enrolled", 1, 7)]


def test_of_each_key_one_row(facts: Ledger) -> None:
    for customer in ("e1", "e1", "e2"):
        facts.sale("a", MARCH, 1, end_customer_id=customer)
    customers = Take(aggregate=Different(key="end_customer_id"), source="sell_out", date="sold_on")
    gate = Test(measure=customers, comparison="at_least", figure=money("1"))
    with computed(programme(incentive(gate=gate)), facts, kept=False) as running:
        found = of_window(running, "gate")
    assert found == [("", 2, 2), ("counted-once", 1, 1), ("key-missing", 4, 4), ("not-enrolled", 1, 1)]


def test_a_row_without_its_date_belongs_to_the_window_of_its_main_date(facts: Ledger) -> None:
    with computed(programme(incentive(base=take(date="invoiced_on"))), facts, kept=False) as running:
        assert of_window(running) == [("date-missing", 5, 267)]


@pytest.mark.parametrize("seed", [2, 3])
def test_rows_of_every_take_are_the_lines_of_its_days(seed: int, tmp_path: Path) -> None:
    """In a generated world: per Take as many rows as lines lie in its days, and as many as have a receipt."""
    world = make(seed)
    facts = MemoryFacts.of(tmp_path, world.tables)
    with calculation(world.programme, facts, day=world.day, kept=True) as running:
        sums = reason_sums(running)
        for one in sums:
            assert _rows_of(sums, one) in _lines_in(running, one)
        partners = _partners(running)
        own = Counter(
            (r.incentive, r.level, r.path, r.window, r.role.value, r.number, r.source, r.days, r.reason)
            for partner in partners
            for r in receipts(running, partner=partner)
        )
    assert own == {(*_take(one), one.reason): one.rows for one in sums}


def _take(one: ReasonSum) -> tuple[object, ...]:
    return (one.incentive, one.level, one.path, one.window, one.role, one.number, one.source, one.days)


def _rows_of(sums: list[ReasonSum], of: ReasonSum) -> int:
    return sum(one.rows for one in sums if _take(one) == _take(of))


def _lines_in(running: Running, one: ReasonSum) -> set[int]:
    """How many lines lie in the days, by each of the dates that may pick."""
    found = set()
    for number, _ in enumerate(running.assembly.lines[one.source].bases):
        query = f"select count(*) from lines_{one.source} where day_{number} >= ? and day_{number} < ?"
        (count,) = running.db.execute(query, [one.days.start, one.days.until]).fetchone() or (0,)
        found.add(count)
    return found


def _partners(running: Running) -> list[str]:
    tables = " union ".join(
        f"select distinct subject from lines_{source}" for source in running.assembly.lines
    )
    return [row[0] for row in running.db.execute(f"{tables} order by all").fetchall()]
