"""A report taken back is as if it had never come."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from staffel.core.ledger import (
    Store,
    WithdrawalRefused,
    coverage,
    current_state,
    log,
    verify,
    waiting_sums,
    withdraw_report,
)
from tests.core.ledger.market import AT, LATER, effective, header, line, made_store, sold, took

MARCH_REPORT = "rhein/aurora/sell_out/2026-03"
COLUMNS = ("line_id", "partner_id", "product_id", "net", "sold_on", '"returns"')


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = made_store(tmp_path)
    yield made
    made.close()


def withdrawn(store: Store, report: str = MARCH_REPORT) -> object:
    return withdraw_report(store, report, reason="wrong distributor", at=LATER)


def seen(store: Store) -> tuple[object, ...]:
    """All that a reader sees of reports: lines that count, lines that wait, months that came."""
    months = [
        (row.distributor_id, row.month, row.received)
        for row in coverage(current_state(store), until=date(2026, 6, 1))
    ]
    return effective(store, COLUMNS), waiting_sums(store), months


class TestWithdrawal:
    def test_reverses_lines_and_lets_nothing_wait(self, store: Store) -> None:
        took(store, [line(1), line(2, "50.00"), line(3, partner_number="9")])
        done = withdrawn(store)
        assert (done.lines, done.waiting, done.handed_on) == (2, 1, 0)  # type: ignore[attr-defined]
        assert {key: int(net) for key, net in done.net.items()} == {"EUR": 150}  # type: ignore[attr-defined]
        assert sold(store, "line_id, net, reverses") == [
            ("rhein/D1/1", -100, 1), ("rhein/D1/1", 100, None),
            ("rhein/D1/2", -50, 1), ("rhein/D1/2", 50, None),
        ]  # fmt: skip
        assert seen(store) == ([], (), [])

    def test_the_log_says_why(self, store: Store) -> None:
        took(store, [line(1)])
        withdrawn(store)
        last = log(store)[-1]
        assert (last.kind, last.reason) == ("withdrawal", f"{MARCH_REPORT}: wrong distributor")

    def test_twice_is_refused(self, store: Store) -> None:
        took(store, [line(1)])
        withdrawn(store)
        with pytest.raises(WithdrawalRefused) as refused:
            withdrawn(store)
        assert refused.value.finding.code == "report-withdrawn-already"

    @pytest.mark.parametrize(
        ("report", "code"),
        [("rhein/aurora/sell_out/2026-04", "report-unknown-meant"), ("x", "report-unknown")],
    )
    def test_what_never_came_is_refused(self, store: Store, report: str, code: str) -> None:
        took(store, [line(1)])
        with pytest.raises(WithdrawalRefused) as refused:
            withdrawn(store, report)
        assert refused.value.finding.code == code

    def test_it_can_come_again(self, store: Store) -> None:
        took(store, [line(1)])
        withdrawn(store)
        again = took(store, [line(1)], at=LATER)
        assert (again.taken, again.findings, again.already_known) == (1, (), False)
        assert effective(store, ("line_id", "revision")) == [("rhein/D1/1", 2)]

    def test_its_lines_can_come_under_another_month(self, store: Store) -> None:
        took(store, [line(1)])
        withdrawn(store)
        april = header(period_start=date(2026, 4, 1), period_until=date(2026, 5, 1))
        assert took(store, [line(1)], april, at=LATER).taken == 1

    def test_what_another_report_names_too_stays(self, store: Store) -> None:
        took(store, [line(1), line(2)])
        took(store, [line(1)], header(number="second"))
        done = withdrawn(store)
        assert (done.lines, done.handed_on) == (1, 1)  # type: ignore[attr-defined]
        assert [row[0] for row in effective(store, COLUMNS)] == ["rhein/D1/1"]
        withdrawn(store, "rhein/aurora/sell_out/second")
        assert effective(store, COLUMNS) == []

    def test_a_return_of_its_sale_counts_by_itself(self, store: Store) -> None:
        took(store, [line(1)])
        back = line(1, "-100.00", kind="return", invoice_no="G1", returns_document="D1")
        took(store, [back], header(number="second"))
        withdrawn(store)
        assert [(row[0], row[-1]) for row in effective(store, COLUMNS)] == [("rhein/G1/1", None)]


@pytest.mark.parametrize("seed", range(6))
def test_taken_in_and_back_is_never_taken_in(tmp_path: Path, seed: int) -> None:
    """Whatever came before, and however often the report was replaced."""
    drawn = random.Random(seed)
    first, second = (made_store(tmp_path / name) for name in ("one", "other"))
    before = [line(row, f"{drawn.randrange(1, 900)}.00", invoice_no=f"A{row}") for row in range(1, 5)]
    mine = [
        line(row, f"{drawn.randrange(1, 900)}.00", partner_number=drawn.choice(["1001", "1002", "9"]))
        for row in range(1, 6)
    ]
    back = line(1, "-10.00", kind="return", invoice_no="G1", returns_document=drawn.choice(["A1", "D1"]))
    for store in (first, second):
        took(store, before, header(number="before"), at=AT)
    shared = drawn.sample(before, 2)
    took(first, [*mine, *shared, back], at=AT)
    if drawn.random() < 0.5:
        took(first, [*mine[1:], back], header(replaces=True, digest="d2"), at=AT)
    withdraw_report(first, MARCH_REPORT, reason="wrong", at=LATER)
    try:
        assert seen(first) == seen(second)
        assert verify(first) == ()
    finally:
        first.close()
        second.close()
