"""Late money: what closed windows come to by now, against what was settled for them (rule 4)."""

from datetime import date
from pathlib import Path

import pytest

from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculation
from staffel.core.engine.closing import prepare_close
from staffel.core.engine.late import late_sums
from staffel.core.programme.model import Programme
from tests.core.engine.cases import Q1, Q2, bonus, memory, programme, take_in, world
from tests.laws.facts import Ledger

DAY = date(2026, 4, 25)
REOPENS = programme(
    bonus("scale: {kind: retroactive, steps: [{from: 0, rate: 2 %}, {from: 50_000, rate: 3 %}]}")
)
STAYS = programme(bonus("rate: 2 %\nlate: {lines: next}"))


def closed(rules: Programme, folder: Path) -> Ledger:
    """Q1 closed: a sold 49,000.00, b 1,000.00."""
    ledger = world("a", "b")
    ledger.sale("a", date(2026, 3, 10), "49000")
    ledger.sale("b", date(2026, 3, 10), "1000")
    take_in(ledger, prepare_close(rules, memory(folder, ledger), Q1, on=date(2026, 4, 20)).rows)
    return ledger


def found(
    rules: Programme, folder: Path, ledger: Ledger, day: date = DAY, **asked: object
) -> list[tuple[str, Span, int, int, int]]:
    facts = memory(folder, ledger)
    with calculation(rules, facts, day=day, **asked) as running:  # type: ignore[arg-type]
        late = late_sums(running, facts)
    return [
        (one.partner_id, one.window, int(one.entitled), int(one.settled), int(one.difference)) for one in late
    ]


def test_the_case_of_rule_4(tmp_path: Path) -> None:
    """Closed at 49,000.00 = 980.00; a late 1,000.00 makes it 1,500.00: +520.00. The stranger has none."""
    ledger = closed(REOPENS, tmp_path)
    assert found(REOPENS, tmp_path, ledger) == []
    ledger.sale("a", date(2026, 3, 30), "1000")
    assert found(REOPENS, tmp_path, ledger) == [("a", Q1, 1500, 980, 520)]
    assert found(REOPENS, tmp_path, ledger, partners=["b"]) == []


def test_what_is_taken_back(tmp_path: Path) -> None:
    ledger = closed(REOPENS, tmp_path)
    ledger.sale("b", date(2026, 3, 30), "-400")
    assert found(REOPENS, tmp_path, ledger) == [("b", Q1, 12, 20, -8)]


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 3, 31), DAY])
def test_only_of_windows_that_are_over(day: date, tmp_path: Path) -> None:
    """Asked for a day within it, a closed window is not late: it is asked as of that day."""
    ledger = closed(REOPENS, tmp_path)
    ledger.sale("a", date(2026, 3, 29), "1000")
    late = [("a", Q1, 1500, 980, 520)] if day > date(2026, 3, 30) else []
    assert found(REOPENS, tmp_path, ledger, day) == late


def test_a_window_that_stays_as_settled_has_none(tmp_path: Path) -> None:
    """With `late: next` the 1,000.00 are of the next quarter."""
    ledger = closed(STAYS, tmp_path)
    ledger.sale("a", date(2026, 3, 30), "1000")
    assert found(STAYS, tmp_path, ledger) == []


def test_is_what_the_next_close_settles(tmp_path: Path) -> None:
    ledger = closed(REOPENS, tmp_path)
    ledger.sale("a", date(2026, 3, 30), "1000")
    rows = prepare_close(REOPENS, memory(tmp_path, ledger), Q2, on=date(2026, 7, 20)).rows
    take_in(ledger, rows)
    late = [
        (row["partner_id"], row["window_start"], row["amount"]) for row in rows["settled"] if row["amount"]
    ]
    assert late == [("a", Q1.start, 520)]
    assert found(REOPENS, tmp_path, ledger, date(2026, 7, 25)) == []
