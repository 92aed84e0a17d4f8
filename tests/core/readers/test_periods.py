"""Periods as titles, sheets and file names spell them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.calendar import Span
from staffel.core.readers.mapping import DateOrder
from staffel.core.readers.periods import read_period

JULY = Span(date(2026, 7, 1), date(2026, 8, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2026-07",
        "2026 07",
        "202607",
        "07/2026",
        "7/2026",
        "Juli 2026",
        "Jul 26",
        "July-2026",
        "01.07.2026 - 31.07.2026",
        "01.07.2026 bis 31.07.2026",
        "2026-07-01 to 2026-07-31",
        "2026-07-01..2026-07-31",
        "20260701-20260731",
        " 2026-07 ",
    ],
)
def test_months(text: str) -> None:
    assert read_period(text) == JULY


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q3/2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-W31", date(2026, 7, 27), date(2026, 8, 2)),
        ("KW 31/2026", date(2026, 7, 27), date(2026, 8, 2)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("27.07.2026 - 02.08.2026", date(2026, 7, 27), date(2026, 8, 2)),
    ],
)
def test_other_spans(text: str, first: date, last: date) -> None:
    span = read_period(text)
    assert span is not None
    assert (span.start, span.last_day) == (first, last)


def test_two_dates_by_an_order() -> None:
    assert read_period("07/01/2026 - 07/31/2026", DateOrder.MDY) == JULY


@pytest.mark.parametrize(
    "text",
    ["", "Juli", "2026-13", "Q5 2026", "2026H3", "2026-W54", "2025-W53", "31.07.2026 - 01.07.2026", "alles"],
)
def test_what_is_none(text: str) -> None:
    assert read_period(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_none(text: str) -> None:
    span = read_period(text)
    assert span is None or span.start < span.until
