"""Which reports were expected, which came."""

from datetime import date
from pathlib import Path

import pytest

from staffel.core.ledger import Covered, Store, coverage, current_state, load, state_at
from tests.core.ledger.market import APRIL, AT, MARCH, MAY, header, line, made_store, took

JUNE = date(2026, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Rhein reports from March on, Isar from April on."""
    store = made_store(tmp_path)
    rows = [
        {"distributor_id": "rhein", "reports_from": "2026-03-01", "holds_from": "2020-01-01"},
        {"distributor_id": "isar", "reports_from": "2026-04-01", "holds_from": "2020-01-01"},
        {"distributor_id": "elbe", "holds_from": "2020-01-01"},
    ]
    assert load(store, "distributors", rows, at=AT).written == 3
    return store


def told(found: tuple[Covered, ...]) -> list[tuple[object, ...]]:
    return [
        (each.distributor_id, each.vendor_id, each.month.start.month, each.received, each.lines)
        for each in found
    ]


def test_months_without_a_report_are_missing(store: Store) -> None:
    took(store, [line(1), line(2, partner_number="9")])
    assert told(coverage(current_state(store), until=MAY)) == [
        ("isar", "", 4, "none", 0),
        ("rhein", "aurora", 3, "whole", 2),
        ("rhein", "aurora", 4, "none", 0),
    ]


def test_an_empty_report_is_a_report(store: Store) -> None:
    took(store, [])
    assert told(coverage(current_state(store), until=APRIL))[-1] == ("rhein", "aurora", 3, "whole", 0)


def test_weeks_fill_a_month_or_leave_a_gap(store: Store) -> None:
    for number, (start, until) in enumerate([(1, 8), (8, 15), (22, 32)]):
        days = {
            "period_start": date(2026, 3, start),
            "period_until": APRIL if until > 31 else date(2026, 3, until),
        }
        took(store, [line(number + 1)], header(**days))
    assert told(coverage(current_state(store), until=APRIL))[-1] == ("rhein", "aurora", 3, "part", 3)
    took(store, [], header(period_start=date(2026, 3, 14), period_until=date(2026, 3, 22)))
    assert told(coverage(current_state(store), until=APRIL))[-1][3] == "whole"


def test_of_one_vendor_every_distributor_is_asked(store: Store) -> None:
    took(store, [line(1)])
    found = coverage(current_state(store), until=MAY, vendor_id="boreal")
    assert told(found) == [
        ("isar", "boreal", 4, "none", 0),
        ("rhein", "boreal", 3, "none", 0),
        ("rhein", "boreal", 4, "none", 0),
    ]


def test_who_is_not_expected_may_report(store: Store) -> None:
    took(store, [line(1)], header(distributor_id="elbe"))
    (elbe,) = [each for each in coverage(current_state(store), until=APRIL) if each.distributor_id == "elbe"]
    assert (elbe.expected, elbe.received, elbe.reports) == (False, "whole", ("elbe/aurora/sell_out/2026-03",))


def test_a_state_knows_the_reports_of_its_time(store: Store) -> None:
    took(store, [line(1)])
    assert [each.received for each in coverage(state_at(store, 4), until=APRIL)] == ["none"]


def test_a_replaced_report_counts_once(store: Store) -> None:
    took(store, [line(1), line(2)])
    took(store, [line(1)], header(replaces=True))
    (rhein,) = [
        each for each in coverage(current_state(store), until=APRIL) if each.distributor_id == "rhein"
    ]
    assert (rhein.lines, len(rhein.reports), rhein.month.start) == (1, 1, MARCH)


def test_nothing_is_expected_before_the_start(store: Store) -> None:
    assert coverage(current_state(store), until=date(2026, 2, 1)) == ()
    assert len(coverage(current_state(store), until=JUNE)) == 5
