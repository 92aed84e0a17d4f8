"""Reviews: what they decided and nobody recorded; recorded, nothing moves it any more."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from staffel.core.engine.calculation import calculate, calculation
from staffel.core.engine.closing import prepare_close
from staffel.core.engine.reviews import Proposal, decision_rows, proposals
from staffel.core.ledger import current_state, record
from staffel.core.programme.model import Programme
from tests.core.engine.cases import (
    AT_ONCE,
    LEVELS,
    Q1,
    QUARTERLY,
    YEAR,
    aurora,
    aurora_store,
    memory,
    programme,
    take_in,
    world,
)
from tests.core.ledger.market import LATER
from tests.laws import oracle
from tests.laws.facts import Ledger

ONE_STEP = (
    LEVELS + "review: {promote: each quarter, demote: each quarter, most_steps_up: 1, most_steps_down: 1}\n"
)
BOTH_AT_ONCE = LEVELS + "review: {promote: at once, demote: at once}\n"
SHORT_GRACE = LEVELS + "review: {promote: at once, demote: {days: [03-31, 08-15]}, grace: 40 days}\n"
REVIEWS = {"at once": AT_ONCE, "quarterly": QUARTERLY, "one step": ONE_STEP, "short grace": SHORT_GRACE}


def proposed(rules: Programme, folder: Path, ledger: Ledger, day: date) -> tuple[Proposal, ...]:
    """What is to be recorded on a day."""
    with calculation(rules, memory(folder, ledger), day=day) as running:
        return proposals(running)


def steps(found: tuple[Proposal, ...]) -> list[tuple[object, ...]]:
    """The proposals of one partner, shortly."""
    return [(p.from_level, p.to_level, p.effective, p.falls_to, p.falls_after) for p in found]


def levels(rules: Programme, folder: Path, ledger: Ledger, day: date) -> list[tuple[object, ...]]:
    """Who has which level when."""
    rows = calculate(rules, memory(folder, ledger), day=day).rows("levels")
    return sorted((str(r["partner_id"]), r["start"], r["until"], r["level"]) for r in rows)


def record_into(ledger: Ledger, found: tuple[Proposal, ...]) -> None:
    """Records the proposals."""
    take_in(ledger, {"decisions": decision_rows(found)})


class TestProposals:
    """The engine proposes each step since the last recorded decision (rule 48)."""

    def test_a_rise_says_which_facts_it_read(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a", "b")
        ledger.sale("a", date(2026, 2, 10), "1500")
        (rise,) = proposed(rules, tmp_path, ledger, date(2026, 3, 1))
        assert rise == Proposal(
            programme="p",
            ladder="level",
            partner_id="a",
            from_level="basic",
            to_level="select",
            key_day=date(2026, 2, 10),
            effective=date(2026, 2, 11),
        )

    def test_a_line_of_the_day_asked_decides_for_tomorrow(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        ledger.sale("a", date(2026, 2, 10), "1500")
        (rise,) = proposed(rules, tmp_path, ledger, date(2026, 2, 10))
        assert rise.effective == date(2026, 2, 11)

    def test_a_fall_that_waits_and_comes(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        ledger.decision("a", "select", date(2026, 1, 1), "opening")
        found = steps(proposed(rules, tmp_path, ledger, date(2026, 7, 10)))
        assert found == [
            ("select", "select", date(2026, 4, 1), "basic", date(2026, 6, 30)),
            ("select", "basic", date(2026, 7, 1), None, None),
        ]

    def test_a_fall_that_is_off_because_the_level_was_met(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        ledger.decision("a", "select", date(2026, 1, 1), "opening")
        ledger.sale("a", date(2026, 5, 20), "1000")
        found = steps(proposed(rules, tmp_path, ledger, date(2026, 7, 10)))
        assert found == [
            ("select", "select", date(2026, 4, 1), "basic", date(2026, 6, 30)),
            ("select", "select", date(2026, 5, 21), None, None),
        ]

    def test_a_decision_for_a_day_after_its_partner_left_records_nothing(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("b")
        ledger.enrolled("a", date(2026, 1, 1), date(2026, 4, 1))
        ledger.sale("a", date(2026, 2, 10), "1500")
        ledger.decision("a", "select", date(2026, 5, 1), "review")
        found = steps(proposed(rules, tmp_path, ledger, date(2026, 6, 1)))
        assert found == [("basic", "select", date(2026, 2, 11), None, None)]

    def test_a_recorded_fall_is_off_on_the_first_day_of_its_grace(self, tmp_path: Path) -> None:
        """Also while the grace runs, and between reviews: nothing was sold on the day of the decision."""
        rules, ledger = programme(levels=QUARTERLY), world("a")
        ledger.sale("a", date(2026, 4, 20), "1500")
        waits = {"falls_to": "basic", "falls_after": date(2026, 6, 29)}
        ledger.decision("a", "select", date(2026, 5, 4), "grant", **waits)
        found = steps(proposed(rules, tmp_path, ledger, date(2026, 6, 10)))
        assert found == [("select", "select", date(2026, 5, 5), None, None)]

    def test_a_fall_recorded_before_this_version_is_off_at_its_first_review(self, tmp_path: Path) -> None:
        """Its grace ended before the version began; on the first day the level is met."""
        rules, ledger = programme(levels=AT_ONCE), world("a")
        waits = {"falls_to": "basic", "falls_after": date(2025, 12, 20)}
        ledger.decision("a", "select", date(2025, 7, 1), "review", **waits)
        ledger.sale("a", date(2026, 1, 1), "1500")
        found = steps(proposed(rules, tmp_path, ledger, date(2026, 2, 1)))
        assert found == [("select", "select", date(2026, 1, 2), None, None)]

    def test_nobody_s_level_is_decided_for_the_day_it_left(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=QUARTERLY), world()
        ledger.enrolled("a", until=Q1.until)
        ledger.sale("a", date(2026, 2, 10), "1500")
        assert proposed(rules, tmp_path, ledger, date(2026, 5, 1)) == ()

    def test_nothing_without_levels(self, tmp_path: Path) -> None:
        assert proposed(programme(), tmp_path, world("a"), Q1.last_day) == ()

    def test_only_for_the_partners_asked(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a", "b")
        for one in "ab":
            ledger.sale(one, date(2026, 2, 10), "1500")
        with calculation(rules, memory(tmp_path, ledger), day=Q1.last_day, partners=["b"]) as running:
            assert [one.partner_id for one in proposals(running)] == ["b"]

    def test_a_lift_by_a_merger_is_no_review(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a", "b")
        ledger.decision("b", "select", date(2026, 1, 10), "grant")
        ledger.partner("b", date(2026, 2, 1), same_as="a")
        assert proposed(rules, tmp_path, ledger, date(2026, 3, 1)) == ()

    def test_a_review_that_comes_to_what_a_merger_brings_is_one(self, tmp_path: Path) -> None:
        """On the day after the review the merger brings the level that the review itself gives."""
        rules, ledger = programme(levels=QUARTERLY), world("a", "b")
        ledger.decision("b", "select", date(2026, 1, 10), "grant")
        ledger.partner("b", date(2026, 4, 1), same_as="a")
        ledger.sale("a", date(2026, 2, 10), "1500")
        found = steps(proposed(rules, tmp_path, ledger, date(2026, 4, 30)))
        assert found == [("basic", "select", date(2026, 4, 1), None, None)]

    def test_the_steps_of_both_directions_at_once(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=BOTH_AT_ONCE), world("a")
        ledger.sale("a", date(2026, 2, 10), "1500")
        ledger.sale("a", date(2026, 3, 10), "-1000", kind="return")
        found = steps(proposed(rules, tmp_path, ledger, Q1.last_day))
        assert found == [
            ("basic", "select", date(2026, 2, 11), None, None),
            ("select", "basic", date(2026, 3, 11), None, None),
        ]


def drawn(seed: int) -> Ledger:
    """Four partners with sales, returns and an engineer who comes and goes."""
    rng = Random(seed)
    ledger = world("a", "b", "c", "d")
    for one in "abcd":
        for _ in range(rng.randint(1, 6)):
            day = date(2026, 1, 1) + timedelta(days=rng.randint(0, 250))
            ledger.sale(one, day, rng.choice([200, 900, 1000, 4000, 6000]))
        if rng.random() < 0.6:
            since = date(2026, 1, 1) + timedelta(days=rng.randint(0, 200))
            ledger.certificate(
                one, "pro", f"person {one}", since, since + timedelta(days=rng.randint(20, 150))
            )
        if rng.random() < 0.5:
            ledger.decision(one, rng.choice(["select", "premier"]), date(2026, rng.randint(1, 5), 7), "grant")
    return ledger


@pytest.mark.parametrize(("review", "seed"), [(review, seed) for seed, review in enumerate([*REVIEWS] * 2)])
class TestAgainstTheOracle:
    """Line by line comes to the same steps; recording them leaves every level where it was."""

    def test_same_steps(self, tmp_path: Path, review: str, seed: int) -> None:
        rules, ledger, day = programme(levels=REVIEWS[review]), drawn(seed), date(2026, 9, 20)
        assert rules.ladder is not None
        names = [level.name for level in rules.ladder.levels]
        expected = [
            (m.partner, names[m.level], m.key_day, names[m.fall.to] if m.fall else None)
            for m in oracle.proposals(oracle.book(rules, ledger.tables, day))
        ]
        found = proposed(rules, tmp_path, ledger, day)
        assert [(p.partner_id, p.to_level, p.key_day, p.falls_to) for p in found] == expected
        before = levels(rules, tmp_path, ledger, YEAR.last_day)
        record_into(ledger, found)
        assert levels(rules, tmp_path, ledger, YEAR.last_day) == before
        assert proposed(rules, tmp_path, ledger, day) == ()


class TestRecorded:
    """What is recorded is moved neither by late lines nor by returns (rule 48)."""

    def test_a_return_takes_nothing_back(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        sale = ledger.sale("a", date(2026, 2, 10), "1500")
        day = date(2026, 3, 1)
        before = levels(rules, tmp_path, ledger, day)
        record_into(ledger, proposed(rules, tmp_path, ledger, day))
        ledger.back(sale, date(2026, 2, 20), "1500")
        assert levels(rules, tmp_path, ledger, day) == before

    def test_no_decision_begins_inside_a_closed_window(self, tmp_path: Path) -> None:
        """A partner whose enrolment comes late: what it reached then counts from the first open day."""
        rules, ledger = programme(levels=AT_ONCE), world("a")
        take_in(ledger, prepare_close(rules, memory(tmp_path, ledger), Q1, on=Q1.until).rows)
        ledger.enrolled("late", date(2026, 1, 1))
        ledger.sale("late", date(2026, 2, 10), "1500")
        (found,) = proposed(rules, tmp_path, ledger, date(2026, 5, 1))
        assert (found.partner_id, found.to_level) == ("late", "select")
        assert (found.key_day, found.effective) == (Q1.last_day, Q1.until)


class TestInAStore:
    def test_aurora_s_reviews_are_recorded_once(self, tmp_path: Path) -> None:
        rules, store = aurora(), aurora_store(tmp_path)
        with calculation(rules, current_state(store), day=date(2026, 4, 1)) as running:
            found = proposals(running)
        said = [(p.partner_id, p.to_level, p.effective) for p in found]
        assert said == [("kern", "select", date(2026, 3, 6))]
        record(store, {"decisions": decision_rows(found, "clerk")}, at=LATER, reason="review")
        with calculation(rules, current_state(store), day=date(2026, 4, 1)) as running:
            assert proposals(running) == ()
            assert running.results.rows("standing")[0]["level"] == "select"
