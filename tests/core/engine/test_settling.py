"""Which windows are settled, and the days that hang on them."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.settling import (
    WindowUnknown,
    earlier_windows,
    reports_day,
    settle_window,
    settle_windows,
    settled_in,
    window_name,
)
from staffel.core.programme.model import Due, Length, PayForm, PayPart
from staffel.core.programme.payment_days import claim_by, close_day, due_day, use_by
from tests.core.engine.cases import Q1, Q2, Q3, Q4, YEAR, incentive, programme

YEARLY = incentive("extra", "base: revenue\nper: year\nrate: 1 %\nsettle: year")
QUARTERLY = incentive("bonus", "base: revenue\nper: quarter\nrate: 2 %")
AUTUMN = incentive("autumn", "base: revenue\nper: {from: 2026-09-01, to: 2026-11-30}\nrate: 1 %")
ALL = programme(QUARTERLY, YEARLY, AUTUMN)
AUTUMN_DAYS = Span(date(2026, 9, 1), date(2026, 12, 1))


class TestWindows:
    def test_in_the_order_in_which_they_end_the_shorter_first(self) -> None:
        assert settle_windows(ALL) == (Q1, Q2, Q3, AUTUMN_DAYS, Q4, YEAR)
        assert earlier_windows(ALL, YEAR) == (Q1, Q2, Q3, AUTUMN_DAYS, Q4)

    @pytest.mark.parametrize(
        ("window", "names"), [(Q1, ["bonus"]), (YEAR, ["extra"]), (AUTUMN_DAYS, ["autumn"])]
    )
    def test_settles_those_whose_window_it_is(self, window: Span, names: list[str]) -> None:
        assert [one.name for one in settled_in(ALL, window)] == names

    @pytest.mark.parametrize(
        ("which", "window"),
        [
            ("2026-Q1", Q1),
            (" 2026 ", YEAR),
            ("2026-09-01..2026-11-30", AUTUMN_DAYS),
            (date(2026, 3, 31), Q1),
            (date(2026, 10, 1), AUTUMN_DAYS),  # 91 days, a day shorter than the quarter
        ],
    )
    def test_found_by_name_or_day(self, which: str | date, window: Span) -> None:
        assert settle_window(ALL, which) == window

    @pytest.mark.parametrize("which", ["2026-H1", "2025-Q4", "spring", date(2027, 1, 1)])
    def test_unknown(self, which: str | date) -> None:
        with pytest.raises(WindowUnknown) as caught:
            settle_window(ALL, which)
        assert caught.value.finding.code == "window-unknown"
        assert "2026-Q1" in caught.value.finding.way_out.de

    @pytest.mark.parametrize("window", settle_windows(ALL))
    def test_each_is_found_by_its_own_name(self, window: Span) -> None:
        assert settle_window(ALL, window_name(ALL, window)) == window


class TestDays:
    def test_closed_and_reported(self) -> None:
        assert (close_day(ALL, Q1), reports_day(ALL, Q1)) == (date(2026, 4, 20), date(2026, 4, 10))

    @pytest.mark.parametrize(
        ("due", "window", "day"),
        [
            (None, Q1, None),
            (Due(days_after_close=30), Q1, date(2026, 5, 20)),
            (Due(days_after_close=0), Q4, date(2027, 1, 20)),
            (Due(month_day=(2, 15)), Q1, date(2027, 2, 15)),
            (Due(month_day=(2, 29)), YEAR, date(2027, 2, 28)),
        ],
    )
    def test_due(self, due: Due | None, window: Span, day: date | None) -> None:
        assert due_day(ALL, due, window) == day

    def test_due_in_the_programme_s_own_year(self) -> None:
        rules = programme(
            head={
                "valid": "{from: 2026-02-01, to: 2027-01-31}",
                "calendar": "{settle: quarter, year_starts: 02-01}",
            }
        )
        quarter = Span(date(2026, 11, 1), date(2027, 2, 1))
        assert due_day(rules, Due(month_day=(2, 15)), quarter) == date(2027, 2, 15)
        assert due_day(rules, Due(month_day=(1, 15)), quarter) == date(2028, 1, 15)

    @pytest.mark.parametrize(
        ("length", "day"),
        [
            (None, None),
            (Length(count=6, unit=Unit.MONTH), date(2026, 9, 30)),
            (Length(count=45), date(2026, 5, 15)),
        ],
    )
    def test_used_by(self, length: Length | None, day: date | None) -> None:
        part = PayPart(share=Decimal(1), form=PayForm.FUNDS, use_within=length)
        assert use_by(ALL, None, part, Q1) == day

    def test_claimed_after_it_was_used(self) -> None:
        """Earned in a window, used in the six months after, claimed within 45 days more."""
        days = {"use_within": Length(count=6, unit=Unit.MONTH), "claim_within": Length(count=45)}
        part = PayPart(share=Decimal(1), form=PayForm.FUNDS, **days)
        assert (use_by(ALL, None, part, Q1), claim_by(part, Q1)) == (date(2026, 9, 30), date(2026, 11, 14))

    @pytest.mark.parametrize(
        ("due", "day"),
        [(None, date(2027, 4, 20)), (Due(days_after_close=30), date(2027, 5, 20))],
    )
    def test_expires_after_it_was_paid(self, due: Due | None, day: date) -> None:
        """Closed on 20 April 2026, due then or 30 days later; twelve months on."""
        part = PayPart(share=Decimal(1), form=PayForm.POINTS, expires=Length(count=12, unit=Unit.MONTH))
        assert use_by(ALL, due, part, Q1) == day
