"""Dates: what lies ahead of a partner, with its cause and the money that hangs on it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculation
from staffel.core.engine.closing import prepare_close
from staffel.core.engine.coming_dates import ComingDate, DateKind, certificates_asked, coming_dates
from staffel.core.ledger import current_state
from staffel.core.programme.model import Programme
from tests.core.engine.cases import (
    AT_ONCE,
    Q1,
    Q2,
    aurora,
    aurora_store,
    bonus,
    memory,
    programme,
    take_in,
    world,
)
from tests.laws.facts import Ledger

GATED = "rate: {by: level, select: 2 %, premier: 3 %, else: 1 %}\ngate: [{measure: engineers, at_least: 1}]"
FUNDS = """
rate: 10 %
payout:
  split: [{as: money, share: 60 %}, {as: funds, share: 40 %, use_within: 6 months}]
  due: 30 days after close
"""
BY_LEVEL = programme(bonus(GATED), levels=AT_ONCE)
DAY = date(2026, 5, 10)


def found(
    rules: Programme, folder: Path, ledger: Ledger, day: date = DAY, **asked: int
) -> tuple[ComingDate, ...]:
    """What lies ahead of partner a."""
    facts = memory(folder, ledger)
    with calculation(rules, facts, day=day, partners=["a"]) as running:
        return coming_dates(running, facts, "a", **asked)


def of(dates: tuple[ComingDate, ...], kind: DateKind) -> list[tuple[date, Decimal | None]]:
    """Days and money of one kind."""
    return [(one.day, one.money) for one in dates if one.kind is kind]


class TestWindows:
    def test_a_window_that_runs_says_what_it_earned_and_is_expected_to(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 4, 20), 1000)
        ledger.sale("b", date(2026, 4, 20), 5000)
        scale = "scale: {kind: retroactive, steps: [{from: 0, rate: 1 %}, {from: 2_000, rate: 2 %}]}"
        dates = found(programme(bonus(scale)), tmp_path, ledger)
        (end,) = [one for one in dates if one.kind is DateKind.WINDOW_ENDS]
        assert (end.day, end.money, end.expected) == (Q2.last_day, 10, 20)
        assert (end.cause.en, end.cause.de) == ("The window of Bonus ends.", "Der Zeitraum von Bonus endet.")

    def test_reports_and_closes_of_windows_that_are_not_closed(self, tmp_path: Path) -> None:
        rules, ledger, day = programme(), world("a"), date(2026, 4, 12)
        dates = found(rules, tmp_path, ledger, day)
        assert of(dates, DateKind.REPORTS_DUE) == [(date(2026, 7, 10), None)]  # the others on 10 April
        assert of(dates, DateKind.CLOSE) == [(date(2026, 4, 20), None), (date(2026, 7, 20), None)]
        take_in(ledger, prepare_close(rules, memory(tmp_path, ledger), Q1, on=day).rows)
        assert of(found(rules, tmp_path, ledger, day), DateKind.CLOSE) == [(date(2026, 7, 20), None)]

    def test_in_order_and_from_the_day_asked_on(self, tmp_path: Path) -> None:
        days = [one.day for one in found(programme(levels=AT_ONCE), tmp_path, world("a"))]
        assert days == sorted(days)
        assert days[0] >= DAY


class TestReviews:
    def test_the_next_one_says_whether_the_level_is_met(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        ledger.decision("a", "select", date(2026, 4, 2), "grant")
        (danger,) = [one for one in found(rules, tmp_path, ledger) if one.kind is DateKind.REVIEW]
        assert (danger.day, danger.cause.en) == (
            Q2.last_day,
            "Review: Select is checked; as things stand it is not met.",
        )
        ledger.sale("a", date(2026, 4, 20), 1000)
        (safe,) = [one for one in found(rules, tmp_path, ledger) if one.kind is DateKind.REVIEW]
        assert safe.cause.de == "Überprüfung der Stufe Select; nach heutigem Stand ist sie erfüllt."

    def test_the_lowest_level_cannot_fall(self, tmp_path: Path) -> None:
        dates = found(programme(levels=AT_ONCE), tmp_path, world("a"))
        assert not of(dates, DateKind.REVIEW)


class TestFallsAndLapses:
    """What running windows would come to less, by computing again."""

    @pytest.fixture
    def ledger(self) -> Ledger:
        ledger = world("a", "b")
        ledger.decision("a", "select", date(2026, 1, 1), "opening")
        ledger.certificate("a", "pro", "one", until=date(2026, 8, 1))
        ledger.sale("a", date(2026, 4, 20), 900)
        ledger.certificate("b", "pro", "two", until=date(2026, 6, 1))
        return ledger

    def test_the_end_of_a_grace(self, tmp_path: Path, ledger: Ledger) -> None:
        (fall,) = [one for one in found(BY_LEVEL, tmp_path, ledger) if one.kind is DateKind.GRACE_ENDS]
        assert (fall.day, fall.money) == (date(2026, 6, 30), -9)  # 1 % instead of 2 %
        assert fall.cause.en == "Last day of grace: Select becomes Basic, unless Select is met until then."

    def test_a_certificate_that_lapses(self, tmp_path: Path, ledger: Ledger) -> None:
        (lapse,) = [one for one in found(BY_LEVEL, tmp_path, ledger) if one.kind is DateKind.LAPSE]
        assert (lapse.day, lapse.money) == (date(2026, 7, 31), -18)  # the gate asks for one
        assert lapse.cause.en == "A certificate pro lapses."

    def test_a_level_in_danger(self, tmp_path: Path, ledger: Ledger) -> None:
        ledger.sale("a", date(2026, 4, 21), 5000)
        (lapse,) = [one for one in found(BY_LEVEL, tmp_path, ledger) if one.kind is DateKind.LAPSE]
        assert lapse.cause.en == "A certificate pro lapses; without it Premier is no longer met."

    def test_one_that_is_renewed_does_not(self, tmp_path: Path, ledger: Ledger) -> None:
        ledger.certificate("a", "pro", "one", date(2026, 7, 1), date(2027, 7, 1))
        assert not of(found(BY_LEVEL, tmp_path, ledger), DateKind.LAPSE)

    def test_nor_one_that_nobody_asks_for(self, tmp_path: Path, ledger: Ledger) -> None:
        ledger.certificate("a", "cooking", "one", until=date(2026, 8, 1))
        assert len(of(found(BY_LEVEL, tmp_path, ledger), DateKind.LAPSE)) == 1

    @pytest.mark.parametrize(("days", "count"), [(82, 0), (83, 1)])
    def test_within_so_many_days(self, tmp_path: Path, ledger: Ledger, days: int, count: int) -> None:
        assert len(of(found(BY_LEVEL, tmp_path, ledger, days=days), DateKind.LAPSE)) == count

    def test_nothing_is_left_behind(self, tmp_path: Path, ledger: Ledger) -> None:
        """Asked twice it is the same."""
        first = found(BY_LEVEL, tmp_path, ledger)
        assert found(BY_LEVEL, tmp_path, ledger) == first


class TestWhatWasSettled:
    def test_payout_and_last_day_of_use(self, tmp_path: Path) -> None:
        rules, ledger = programme(bonus(FUNDS)), world("a", "old")
        ledger.partner("old", date(2026, 4, 15), same_as="a")
        ledger.sale("a", date(2026, 2, 20), 1000)
        ledger.sale("old", date(2026, 2, 20), 500)
        take_in(ledger, prepare_close(rules, memory(tmp_path, ledger), Q1, on=date(2026, 4, 20)).rows)
        dates = found(rules, tmp_path, ledger)
        assert of(dates, DateKind.PAYOUT) == [(date(2026, 5, 20), 150)]
        assert of(dates, DateKind.USE_BY) == [(date(2026, 9, 30), 60)]
        later = found(rules, tmp_path, ledger, date(2026, 5, 21))
        assert not of(later, DateKind.PAYOUT)


def test_aurora_asks_for_three_certificates() -> None:
    assert certificates_asked(aurora()) == {"server-pro", "storage-pro", "datacenter-specialist"}


def test_aurora_in_a_store(tmp_path: Path) -> None:
    """Kern's only engineer's certificate lapses on 30 June, and with it the level."""
    state = current_state(aurora_store(tmp_path))
    with calculation(aurora(), state, day=date(2026, 4, 10), partners=["kern"]) as running:
        dates = coming_dates(running, state, "kern")
    (lapse,) = [one for one in dates if one.kind is DateKind.LAPSE]
    assert (lapse.day, lapse.money) == (date(2026, 6, 30), None)
    assert lapse.cause.en == "A certificate server-pro lapses; without it Select is no longer met."
