"""Closing: what it writes, that it is one commit, and what refuses it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculate
from staffel.core.engine.closing import (
    CloseRefused,
    Closing,
    close_window,
    prepare_close,
    trial_close,
    write_close,
)
from staffel.core.engine.statements import statements
from staffel.core.engine.uncounted import Uncounted
from staffel.core.ledger import current_state, load, log, state_at
from staffel.core.programme.model import Programme
from tests.core.engine.cases import (
    AT_ONCE,
    Q1,
    Q2,
    TWO_PERCENT,
    incentive,
    memory,
    programme,
    take_in,
    world,
)
from tests.core.ledger.market import AT, header, line, made_store, took
from tests.laws.facts import Ledger

CARRIED = incentive(
    "bonus", "base: revenue\nper: quarter\nrate: 1 %\nminimum_payout: {amount: 50, otherwise: carry}"
)
APRIL_20 = date(2026, 4, 20)


def closed(rules: Programme, folder: Path, ledger: Ledger, window: Span, **asked: Any) -> Closing:
    """A close whose rows the ledger took in."""
    made = prepare_close(rules, memory(folder, ledger), window, **({"on": window.until} | asked))
    take_in(ledger, made.rows)
    return made


def codes(rules: Programme, folder: Path, ledger: Ledger, window: Span, **asked: Any) -> list[str]:
    """The codes of what refuses a close."""
    with pytest.raises(CloseRefused) as caught:
        closed(rules, folder, ledger, window, **asked)
    return [finding.code for finding in caught.value.findings if finding.severity == "error"]


class TestPayers:
    """Who is paid by a distributor of its choice and chose none is named; nothing is refused."""

    RULES = programme(
        incentive("bonus", "base: revenue\nper: quarter\nrate: 2 %\npayout: {payer: {distributor: chosen}}")
    )

    @pytest.mark.parametrize(("choices", "named"), [("distributor=rhein", ""), ("hurdle=b", "a")])
    def test_who_chose_none(self, tmp_path: Path, choices: str, named: str) -> None:
        ledger = world("b")
        ledger.partner("a")
        ledger.enrolment("a", choices=choices)
        ledger.sale("a", date(2026, 2, 1), "1000")
        made = closed(self.RULES, tmp_path, ledger, Q1)
        found = [one.reason.en for one in made.findings if one.code == "payer-not-chosen"]
        assert [text.rpartition(": ")[2] for text in found] == ([f"{named}."] if named else [])
        (line,) = (one for said in statements(made.results) for one in said.lines if one.paid)
        assert line.payer == ("not-chosen" if named else "rhein")


class TestRows:
    def test_the_close_names_what_it_was_made_of(self, tmp_path: Path) -> None:
        (row,) = closed(programme(), tmp_path, world("a"), Q1, on=APRIL_20).rows["closes"]
        assert row == {
            "programme": "p",
            "version": "1",
            "settle_start": Q1.start,
            "settle_until": Q1.until,
            "state_id": "s-1",
            "semantics": 1,
            "holds_from": APRIL_20,
        }

    def test_a_row_where_something_moved(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 2, 1), "1000")
        (row,) = closed(programme(), tmp_path, ledger, Q1).rows["settled"]
        moved = {name: row[name] for name in ("partner_id", "window_start", "amount", "carried", "paid")}
        assert moved == {
            "partner_id": "a",
            "window_start": Q1.start,
            "amount": Decimal(20),
            "carried": Decimal(0),
            "paid": Decimal(20),
        }

    def test_paid_and_carried_stand_once(self, tmp_path: Path) -> None:
        """A late line of the first quarter: two windows move, the latest one bears the sums."""
        rules, ledger = programme(CARRIED), world("a")
        ledger.sale("a", date(2026, 2, 1), "3000")
        closed(rules, tmp_path, ledger, Q1)
        ledger.sale("a", date(2026, 3, 1), "1000")
        ledger.sale("a", date(2026, 5, 1), "500")
        rows = closed(rules, tmp_path, ledger, Q2).rows["settled"]
        assert [(r["window_start"], r["amount"], r["carried"], r["paid"]) for r in rows] == [
            (Q1.start, 10, 0, 0),
            (Q2.start, 5, 45, 0),
        ]

    def test_what_was_carried_in_and_nothing_new_is_carried_on(self, tmp_path: Path) -> None:
        rules, ledger = programme(CARRIED), world("a")
        ledger.sale("a", date(2026, 2, 1), "3000")
        closed(rules, tmp_path, ledger, Q1)
        (row,) = closed(rules, tmp_path, ledger, Q2).rows["settled"]
        assert (row["window_start"], row["amount"], row["carried"]) == (Q2.start, 0, 30)

    def test_what_came_late_is_settled_with_the_next(self, tmp_path: Path) -> None:
        rules, ledger = programme(), world("a")
        ledger.sale("a", date(2026, 2, 1), "1000")
        closed(rules, tmp_path, ledger, Q1)
        ledger.sale("a", date(2026, 3, 1), "500")
        (said,) = statements(closed(rules, tmp_path, ledger, Q2).results)
        assert said.paid == 10


class TestReasons:
    """A close says of every line of its windows whether it counts, and if not, why (law 3)."""

    def said(self, made: Closing) -> list[tuple[str, date, str, int, Decimal, bool]]:
        return [
            (one.incentive, one.window.start, one.reason, one.rows, one.sum, one.is_money)
            for one in made.reasons
        ]

    def test_counted_and_not(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.partner("stranger")
        for partner, day, net in (("a", date(2026, 2, 1), 100), ("b", date(2026, 3, 31), 50)):
            ledger.sale(partner, day, net)
        ledger.sale("stranger", date(2026, 2, 1), 7)
        ledger.sale("a", date(2026, 4, 1), 1000)
        made = closed(programme(), tmp_path, ledger, Q1)
        assert self.said(made) == [
            ("bonus", Q1.start, "", 2, 150, True),
            ("bonus", Q1.start, "not-enrolled", 1, 7, True),
        ]

    def test_of_each_window_that_is_settled_with_it(self, tmp_path: Path) -> None:
        each = "{kind: retroactive, steps: [{from: 0, per_unit: 1}]}"
        rules = programme(
            incentive("months", f"base: boxes\nper: month\nsettle: quarter\nscale: {each}"),
            incentive("years", "base: revenue\nper: year\nrate: 1 %"),
        )
        ledger = world("a")
        for day in (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)):
            ledger.sale("a", day, 10, quantity=3)
        made = closed(rules, tmp_path, ledger, Q1)
        assert self.said(made) == [
            ("months", date(2026, 2, 1), "", 1, 3, False),
            ("months", date(2026, 3, 1), "", 1, 3, False),
            ("years", date(2026, 1, 1), "", 2, 20, True),
        ]


class TestDecisions:
    """Closing records the level of everybody, in force from the first open day (rule 48)."""

    def test_everybody_s_level_and_each_step_before(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a", "b")
        ledger.sale("a", date(2026, 2, 10), "1500")
        rows = closed(rules, tmp_path, ledger, Q1).rows["decisions"]
        said = [(r["partner_id"], r["level"], r["cause"], r["key_day"], r["holds_from"]) for r in rows]
        assert said == [
            ("a", "select", "review", date(2026, 2, 10), date(2026, 2, 11)),
            ("a", "select", "close", date(2026, 3, 31), date(2026, 4, 1)),
            ("b", "basic", "close", date(2026, 3, 31), date(2026, 4, 1)),
        ]

    def test_a_late_return_does_not_take_back_what_was_recorded(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        sale = ledger.sale("a", date(2026, 2, 10), "1500")
        closed(rules, tmp_path, ledger, Q1)
        before = calculate(rules, memory(tmp_path, ledger), day=Q1.until).rows("levels")
        ledger.back(sale, date(2026, 3, 1), "1500")
        after = calculate(rules, memory(tmp_path, ledger), day=Q1.until).rows("levels")
        assert before == after

    def test_a_fall_that_waits_goes_on_waiting(self, tmp_path: Path) -> None:
        rules, ledger = programme(levels=AT_ONCE), world("a")
        ledger.decision("a", "select", date(2026, 1, 1), "opening")
        (row,) = closed(rules, tmp_path, ledger, Q1).rows["decisions"]
        waits = (row["cause"], row["level"], row["falls_to"], row["falls_after"])
        assert waits == ("close", "select", "basic", date(2026, 6, 30))
        levels = calculate(rules, memory(tmp_path, ledger), day=date(2026, 7, 15)).rows("levels")
        assert [(one["level"], one["start"]) for one in levels] == [
            ("select", date(2026, 1, 1)),
            ("basic", date(2026, 7, 1)),
        ]

    def test_no_decisions_without_levels(self, tmp_path: Path) -> None:
        assert "decisions" not in closed(programme(), tmp_path, world("a"), Q1).rows


class TestRefusals:
    """Every reason is given, and nothing is written."""

    @pytest.mark.parametrize(
        ("window", "on", "found"),
        [
            (Q1, date(2026, 3, 31), ["window-not-over"]),
            (Q2, date(2026, 7, 20), ["earlier-window-open"]),
            (Q2, date(2026, 6, 30), ["earlier-window-open", "window-not-over"]),
            (Span(Q1.start, Q2.until), date(2026, 7, 20), ["earlier-window-open", "window-unknown"]),
        ],
    )
    def test_of_time(self, tmp_path: Path, window: Span, on: date, found: list[str]) -> None:
        assert codes(programme(), tmp_path, world("a"), window, on=on) == found

    def test_twice(self, tmp_path: Path) -> None:
        ledger = world("a")
        closed(programme(), tmp_path, ledger, Q1)
        assert codes(programme(), tmp_path, ledger, Q1, on=date(2026, 6, 1)) == ["window-closed"]

    def test_early_is_a_warning(self, tmp_path: Path) -> None:
        made = closed(programme(), tmp_path, world("a"), Q1, on=Q1.until)
        assert [finding.code for finding in made.findings] == ["closed-early"]
        assert not prepare_close(programme(), memory(tmp_path, world("a")), Q1, on=APRIL_20).findings

    def test_early_is_refused_where_it_is_not_meant(self, tmp_path: Path) -> None:
        facts = memory(tmp_path, world("a"))
        with pytest.raises(CloseRefused) as refused:
            prepare_close(programme(), facts, Q1, on=date(2026, 4, 19), early=False)
        (finding,) = refused.value.findings
        assert (finding.code, "say --early" in finding.way_out.en) == ("closed-early", True)
        assert not prepare_close(programme(), facts, Q1, on=APRIL_20, early=False).findings

    def test_a_sum_without_an_exchange_rate(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 2, 1), "100", currency="USD")
        ledger.sale("b", date(2026, 3, 1), "100", currency="USD")
        ledger.rate("USD", "EUR", "0.9", date(2026, 2, 15))
        assert codes(programme(), tmp_path, ledger, Q1, on=APRIL_20) == ["rate-missing"]
        ledger.rate("USD", "EUR", "0.9", date(2026, 1, 15))
        assert not closed(programme(), tmp_path, ledger, Q1, on=APRIL_20).findings

    @pytest.mark.parametrize(
        ("days", "en", "de"),
        [
            ((1,), "On 1 February 2026 there is", "Am 01.02.2026 fehlt"),
            ((1, 2), "On 1 February 2026 and on 1 more day there", "und an 1 weiteren Tag fehlt"),
            ((1, 2, 9), "On 1 February 2026 and on 2 more days there", "und an 2 weiteren Tagen fehlt"),
        ],
    )
    def test_the_days_without_a_rate(self, tmp_path: Path, days: tuple[int, ...], en: str, de: str) -> None:
        ledger = world("a")
        for number in days:
            ledger.sale("a", date(2026, 2, number), "100", currency="USD")
        with pytest.raises(CloseRefused) as caught:
            closed(programme(), tmp_path, ledger, Q1, on=APRIL_20)
        (found,) = caught.value.findings
        assert (en in found.reason.en, de in found.reason.de) == (True, True)

    def test_a_stranger_s_currency_stops_nothing(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.partner("buyer")
        ledger.sale("buyer", date(2026, 2, 1), "100", currency="USD")
        assert not closed(programme(), tmp_path, ledger, Q1, on=APRIL_20).findings

    def test_what_has_not_come_in(self, tmp_path: Path) -> None:
        march = Span(date(2026, 3, 1), Q1.until)
        owed = Uncounted(distributor_id="d1", source="sell_out", days=march, fate="in_part")
        made = closed(programme(), tmp_path, world("a"), Q1, on=APRIL_20, uncounted=(owed,))
        assert made.uncounted == (owed,)
        assert [(finding.code, finding.severity) for finding in made.findings] == [
            ("report-missing", "warning")
        ]
        asked = {"on": APRIL_20, "uncounted": (owed,), "strict": True}
        assert codes(programme(), tmp_path, world("a"), Q1, **asked) == ["report-missing"]


class TestInAStore:
    """In a store a close is one commit; a second one is refused."""

    @pytest.fixture
    def rules(self) -> Programme:
        head = {"programme": "p", "vendor": "aurora"}
        return programme(TWO_PERCENT, levels=AT_ONCE, head=head)

    def test_closes_once(self, tmp_path: Path, rules: Programme) -> None:
        store = made_store(tmp_path)
        enrolled = [
            {"programme": "p", "partner_id": one, "holds_from": "2020-01-01"} for one in ("kern", "moor")
        ]
        load(store, "enrolments", enrolled, at=AT)
        took(store, [line(1, "1200.00"), line(2, "300.00", partner_number="1002")], header())
        before = store.last_commit_no
        at = datetime(2026, 4, 20, 9, tzinfo=UTC)
        made = close_window(store, rules, Q1, on=APRIL_20, at=at)
        assert made.commit_no == before + 1
        assert made.rows["closes"][0]["state_id"] == state_at(store, before).state_id
        assert log(store)[-1].reason == "close p 2026-Q1"
        with pytest.raises(CloseRefused) as caught:
            close_window(store, rules, Q1, on=APRIL_20, at=at)
        assert [f.code for f in caught.value.findings if f.severity == "error"] == ["window-closed"]
        again = calculate(rules, current_state(store), day=Q2.last_day, closing=Q2)
        assert [(said.partner_id, said.due) for said in statements(again)] == [("kern", 0), ("moor", 0)]

    def test_says_what_waits_and_strictly_refuses_it(self, tmp_path: Path, rules: Programme) -> None:
        store = made_store(tmp_path)
        took(store, [line(1), line(2, partner_number="9")], header(period_start=Q1.start))
        at = datetime(2026, 4, 20, 9, tzinfo=UTC)
        with pytest.raises(CloseRefused) as caught:
            close_window(store, rules, Q1, on=APRIL_20, at=at, strict=True)
        assert [finding.code for finding in caught.value.findings] == ["lines-wait"]
        made = close_window(store, rules, Q1, on=APRIL_20, at=at)
        assert [(one.fate, one.lines, one.net) for one in made.uncounted] == [("waiting", 1, {"EUR": 100})]

    def test_a_trial_says_all_and_writes_nothing(self, tmp_path: Path, rules: Programme) -> None:
        store = made_store(tmp_path)
        took(store, [line(1), line(2, partner_number="9")], header(period_start=Q1.start))
        before = store.last_commit_no
        with pytest.raises(CloseRefused):
            trial_close(store, rules, Q1, on=APRIL_20, strict=True)
        trial = trial_close(store, rules, Q1, on=APRIL_20)
        assert (trial.commit_no, trial.after, store.last_commit_no) == (None, before, before)
        made = close_window(store, rules, Q1, on=APRIL_20, at=AT)
        assert (made.rows, made.uncounted, made.findings) == (trial.rows, trial.uncounted, trial.findings)

    def test_what_was_not_computed_from_a_store_is_not_written(
        self, tmp_path: Path, rules: Programme
    ) -> None:
        made = prepare_close(rules, memory(tmp_path, world("a")), Q1, on=APRIL_20)
        with pytest.raises(ValueError, match="no commit"):
            write_close(made_store(tmp_path), made, at=AT)

    def test_is_refused_where_something_came_meanwhile(self, tmp_path: Path, rules: Programme) -> None:
        """A report between computing and writing would be late without having been settled."""
        store = made_store(tmp_path)
        load(
            store, "enrolments", [{"programme": "p", "partner_id": "kern", "holds_from": "2020-01-01"}], at=AT
        )
        made = trial_close(store, rules, Q1, on=APRIL_20)
        took(store, [line(1, "1200.00")], header())
        newest = store.last_commit_no
        with pytest.raises(CloseRefused) as caught:
            write_close(store, made, at=AT)
        assert [finding.code for finding in caught.value.findings] == ["state-moved"]
        assert store.last_commit_no == newest
