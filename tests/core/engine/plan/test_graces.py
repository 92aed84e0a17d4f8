"""Graces: on which days a fall may be called off, for whom, and that nobody else is looked at by day."""

from datetime import date
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculation
from staffel.core.programme.model import Programme
from tests.core.engine.cases import LEVELS, memory, programme, world
from tests.laws.facts import Ledger

MAY, AUGUST = date(2026, 5, 11), date(2026, 8, 10)
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 20)
GRACE = "review: {promote: each quarter, demote: each quarter, grace: 1 quarter}\n"


def graced() -> Programme:
    return programme(levels=LEVELS + GRACE)


def falling() -> Ledger:
    """a reaches select in the first quarter and loses it in the second; b has it all year, c never."""
    ledger = world("a", "b", "c")
    ledger.sale("a", date(2026, 1, 10), "1500")
    ledger.sale("a", MAY, "-800", kind="return")
    ledger.sale("b", date(2026, 1, 10), "2000")
    ledger.sale("c", date(2026, 2, 10), "900")
    return ledger


def levels(folder: Path, ledger: Ledger, day: date) -> dict[str, str]:
    with calculation(graced(), memory(folder, ledger), day=day) as running:
        return {str(row["partner_id"]): str(row["level"]) for row in running.results.rows("standing")}


class TestCalledOff:
    """Rule 50: a fall is off when the level's conditions hold on any day of the grace."""

    @pytest.mark.parametrize(
        ("again", "back", "level"),
        [
            (None, None, "basic"),  # nothing happens
            (date(2026, 7, 1), date(2026, 7, 2), "select"),  # the first day of the grace
            (AUGUST, date(2026, 8, 11), "select"),  # one day amid it
            (date(2026, 9, 29), date(2026, 9, 30), "select"),  # the day before the last
            (date(2026, 9, 30), None, "select"),  # the last day
            (date(2026, 10, 1), None, "basic"),  # the day after
        ],
    )
    def test_on_a_day(self, tmp_path: Path, again: date | None, back: date | None, level: str) -> None:
        ledger = falling()
        if again is not None:
            ledger.sale("a", again, "300")
        if back is not None:
            ledger.sale("a", back, "-300", kind="return")
        assert levels(tmp_path, ledger, OCTOBER) == {"a": level, "b": "select", "c": "basic"}

    def test_a_cent_below_does_not(self, tmp_path: Path) -> None:
        ledger = falling()
        ledger.sale("a", AUGUST, "299.99")
        assert levels(tmp_path, ledger, OCTOBER)["a"] == "basic"

    def test_a_recorded_fall_is_called_off_too(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        waits = {"falls_to": "basic", "falls_after": date(2026, 3, 31)}
        ledger.decision("a", "select", date(2026, 1, 1), "opening", **waits)
        ledger.decision("b", "select", date(2026, 1, 1), "opening", **waits)
        ledger.sale("a", date(2026, 2, 3), "1000")
        ledger.sale("a", date(2026, 2, 4), "-1000", kind="return")
        assert levels(tmp_path, ledger, date(2026, 5, 1)) == {"a": "select", "b": "basic"}


class TestWhoIsLookedAt:
    """Everybody on review days, by months; on the days of a grace only whom a fall may wait for.

    Asked on the last day of a quarter, so that no window begins or ends within a month.
    """

    def rows(self, folder: Path, query: str) -> list[tuple[object, ...]]:
        with calculation(graced(), memory(folder, falling()), day=SEPTEMBER) as running:
            return running.db.execute(query).fetchall()

    def test_waiting(self, tmp_path: Path) -> None:
        found = self.rows(tmp_path, 'select subject, "start", until from waiting order by all')
        assert found == [
            ("a", date(2026, 7, 1), date(2026, 10, 1)),
            ("a", date(2026, 10, 1), date(2027, 1, 1)),
        ]

    def test_their_cells_are_by_day(self, tmp_path: Path) -> None:
        found = self.rows(tmp_path, "select subject, bucket from cells_sell_out_0_waiting order by all")
        assert found == [("a", date(2026, 1, 10)), ("a", MAY)]

    def test_all_other_cells_are_by_month(self, tmp_path: Path) -> None:
        found = self.rows(tmp_path, "select subject, bucket from cells_sell_out_0 order by all")
        assert {day.day for _, day in found if isinstance(day, date)} == {1}
        assert {subject for subject, _ in found} == {"a", "b", "c"}

    def test_each_day_is_asked_once(self, tmp_path: Path) -> None:
        twice = "select subject, day from reached group by all having count(*) > 1"
        assert self.rows(tmp_path, twice) == []
