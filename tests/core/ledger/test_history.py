"""What was recorded, in order, with what it brought."""

from pathlib import Path

from staffel.core.ledger import ReportCounts, log
from staffel.core.ledger.store import as_utc
from tests.core.ledger.market import LATER, line, made_store, took


def test_each_commit_says_what_it_brought(tmp_path: Path) -> None:
    store = made_store(tmp_path)
    lines = [line(1), line(2, partner_number="9"), line(3, currency=None), line(1)]
    took(store, lines, at=LATER, dropped_columns=["Phone"])
    entries = log(store)
    assert [(entry.state_id, entry.kind, entry.rows) for entry in entries] == [
        ("s-000001", "load", {"products": 3}),
        ("s-000002", "load", {"partners": 2}),
        ("s-000003", "load", {"partner_references": 3}),
        ("s-000004", "report", {"sell_out": 1}),
    ]
    assert entries[-1].recorded_at == as_utc(LATER)
    assert entries[-1].report == ReportCounts(
        report_id="rhein/aurora/sell_out/2026-03",
        version=1,
        taken=1,
        waiting=1,
        refused=1,
        repeated=1,
        withdrawn=0,
        dropped_columns=("Phone",),
    )
