"""Whom a report names that no table knows is told beside what was taken."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from staffel.core.ledger import Store, load
from tests.core.ledger.market import APRIL, AT, MAY, SINCE, header, line, made_store, took


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that knows Rhein as a distributor."""
    store = made_store(tmp_path)
    load(store, "distributors", [{"distributor_id": "rhein", "holds_from": SINCE}], at=AT)
    return store


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"distributor_id": "rein"}, ["distributor-unknown"]),
        ({"vendor_id": "auror"}, ["vendor-unknown"]),
        ({"distributor_id": "rein", "vendor_id": "auror"}, ["distributor-unknown", "vendor-unknown"]),
        ({"period_start": APRIL, "period_until": MAY}, ["period-holds-no-line"]),
        ({"period_until": date(2026, 3, 6)}, []),  # the last day that holds the line
        ({"period_until": date(2026, 3, 5)}, ["period-holds-no-line"]),
    ],
)
def test_are_told(store: Store, said: dict[str, Any], found: list[str]) -> None:
    outcome = took(store, [line(1)], header(**said))
    assert outcome.commit_no == 5
    assert [(finding.code, finding.severity) for finding in outcome.findings] == [
        (code, "warning") for code in found
    ]


def test_a_table_without_rows_knows_nobody(tmp_path: Path) -> None:
    assert took(made_store(tmp_path), [line(1)], header(distributor_id="rein")).findings == ()


def test_stock_has_the_day_on_which_it_was_counted(store: Store) -> None:
    counted = line(1, counted_on=date(2026, 4, 1), invoice_no=None, document_row=None)
    (finding,) = took(store, [counted], header(kind="stock")).findings
    assert finding.reason.en == (
        "The period 2026-03-01 to 2026-03-31 holds none of the lines; they are of 2026-04-01 to 2026-04-01."
    )


def test_one_line_in_the_period_is_enough(store: Store) -> None:
    late = line(2, sold_on=date(2026, 2, 1))
    assert took(store, [line(1), late]).findings == ()


def test_a_report_without_lines_has_no_days(store: Store) -> None:
    assert took(store, []).findings == ()
