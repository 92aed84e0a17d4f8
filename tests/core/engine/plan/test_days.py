"""The days of a plan: windows of an ask, nested asks, review days, graces. Rules 7, 14 and 50."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.engine.plan.days import (
    Ask,
    days_of,
    earning_windows,
    grace_end,
    reask,
    review_days,
    same_run,
    whole_of,
)
from staffel.core.programme.model import (
    AtOnce,
    Before,
    Current,
    EachUnit,
    FixedDays,
    Last,
    LastYear,
    Length,
    Named,
    Never,
    ReviewDays,
    ToDate,
    Window,
)

PLAIN, FEBRUARY = Calendar(), Calendar(starts_month=2)
CALENDARS = st.builds(
    Calendar,
    starts_month=st.integers(min_value=1, max_value=12),
    starts_day=st.integers(min_value=1, max_value=28),
)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))
UNITS = st.sampled_from(Unit)
SPANS = st.builds(lambda start, days: Span(start, start + timedelta(days=days)), DAYS, st.integers(1, 900))
WINDOWS: st.SearchStrategy[Window] = st.one_of(
    st.builds(Current),
    st.builds(ToDate, unit=UNITS),
    st.builds(Last, count=st.integers(1, 8), unit=UNITS, closed=st.booleans()),
    st.builds(Before, unit=UNITS),
    st.builds(LastYear, unit=UNITS, to_date=st.booleans()),
    st.builds(Named, span=SPANS),
)


def span(text: str) -> Span:
    """`2026-01-01/2026-04-01`, the second day no longer in it."""
    start, until = text.split("/")
    return Span(date.fromisoformat(start), date.fromisoformat(until))


def ask(on: str, calendar: Calendar = PLAIN, unit: Unit = Unit.QUARTER) -> Ask:
    """The running unit, asked on a day."""
    day = date.fromisoformat(on)
    return Ask(calendar.unit_of(day, unit), day)


class TestWindows:
    """Rule 7, on 14 May 2026, the 44th day of its quarter and the 134th of its year."""

    CASES = [
        (Current(), "2026-04-01/2026-07-01", "2026-04-01/2026-05-15"),
        (ToDate(unit=Unit.YEAR), "2026-01-01/2027-01-01", "2026-01-01/2026-05-15"),
        (ToDate(unit=Unit.MONTH), "2026-05-01/2026-06-01", "2026-05-01/2026-05-15"),
        (Last(count=4, unit=Unit.QUARTER), "2025-07-01/2026-07-01", "2025-07-01/2026-05-15"),
        (Last(count=1, unit=Unit.MONTH), "2026-05-01/2026-06-01", "2026-05-01/2026-05-15"),
        (Last(count=4, unit=Unit.QUARTER, closed=True), "2025-04-01/2026-04-01", "2025-04-01/2026-04-01"),
        (Before(unit=Unit.QUARTER), "2026-01-01/2026-04-01", "2026-01-01/2026-04-01"),
        (Before(unit=Unit.YEAR), "2025-01-01/2026-01-01", "2025-01-01/2026-01-01"),
        (LastYear(unit=Unit.QUARTER), "2025-04-01/2025-07-01", "2025-04-01/2025-07-01"),
        (LastYear(unit=Unit.QUARTER, to_date=True), "2025-04-01/2025-07-01", "2025-04-01/2025-05-15"),
        (LastYear(unit=Unit.YEAR, to_date=True), "2025-01-01/2026-01-01", "2025-01-01/2025-05-15"),
        (Named(span=span("2026-05-01/2026-05-10")), "2026-05-01/2026-05-10", "2026-05-01/2026-05-10"),
        (Named(span=span("2026-05-01/2026-06-01")), "2026-05-01/2026-06-01", "2026-05-01/2026-05-15"),
        (Named(span=span("2026-06-01/2026-07-01")), "2026-06-01/2026-07-01", "2026-06-01/2026-06-01"),
    ]

    @pytest.mark.parametrize(("window", "whole", "cut"), CASES)
    def test_in_the_middle_of_a_quarter(self, window: Window, whole: str, cut: str) -> None:
        asked = ask("2026-05-14")
        assert whole_of(window, asked, PLAIN) == span(whole)
        assert days_of(window, asked, PLAIN) == span(cut)

    @pytest.mark.parametrize(
        ("window", "cut"),
        [
            (ToDate(unit=Unit.YEAR), "2025-02-01/2026-02-01"),  # the last day of the programme's year
            (Last(count=2, unit=Unit.QUARTER), "2025-08-01/2026-02-01"),
            (LastYear(unit=Unit.YEAR), "2024-02-01/2025-02-01"),
            (Before(unit=Unit.HALF), "2025-02-01/2025-08-01"),
        ],
    )
    def test_in_a_year_from_february(self, window: Window, cut: str) -> None:
        assert days_of(window, ask("2026-01-31", FEBRUARY), FEBRUARY) == span(cut)

    @given(window=WINDOWS, calendar=CALENDARS, day=DAYS, unit=UNITS)
    def test_the_days_lie_within_the_whole(
        self, window: Window, calendar: Calendar, day: date, unit: Unit
    ) -> None:
        """From its first day on, and none of them after the day asked."""
        asked = Ask(calendar.unit_of(day, unit), day)
        whole, cut = whole_of(window, asked, calendar), days_of(window, asked, calendar)
        assert whole.start == cut.start <= cut.until <= whole.until
        assert cut.days == 0 or cut.last_day <= day

    @given(window=WINDOWS, calendar=CALENDARS, day=DAYS, unit=UNITS)
    def test_on_its_own_last_day_it_is_whole(
        self, window: Window, calendar: Calendar, day: date, unit: Unit
    ) -> None:
        whole = whole_of(window, Ask(calendar.unit_of(day, unit), day), calendar)
        last = Ask(whole, whole.last_day)
        if isinstance(window, Current | ToDate | Named):
            assert days_of(window, last, calendar) == whole

    @given(calendar=CALENDARS, day=DAYS, unit=UNITS, count=st.integers(1, 8))
    def test_closed_units_stand_before_the_running_one(
        self, calendar: Calendar, day: date, unit: Unit, count: int
    ) -> None:
        asked = Ask(calendar.unit_of(day, unit), day)
        closed = days_of(Last(count=count, unit=unit, closed=True), asked, calendar)
        assert closed.until == asked.window.start
        assert len(calendar.windows(closed, unit)) == count


class TestSameRun:
    """Rule 14. Both windows are cut at the same day of their run."""

    @pytest.mark.parametrize(
        ("run", "day", "cut"),
        [
            ("2026-01-01/2026-04-01", "2026-01-01", "2025-10-01/2025-10-02"),
            ("2026-01-01/2026-04-01", "2026-02-09", "2025-10-01/2025-11-10"),  # day 40: days 1 to 40
            ("2026-01-01/2026-04-01", "2026-03-30", "2025-10-01/2025-12-29"),  # day 89 of 90
            ("2026-01-01/2026-04-01", "2026-03-31", "2025-10-01/2026-01-01"),  # the last day: all 92
            ("2026-01-01/2026-04-01", "2026-08-01", "2025-10-01/2026-01-01"),
            ("2026-01-01/2027-01-01", "2026-06-01", "2025-10-01/2026-01-01"),  # a longer run: never beyond
            ("2026-01-01/2026-04-01", "2025-12-31", "2025-10-01/2025-10-01"),  # not begun
        ],
    )
    def test_cut(self, run: str, day: str, cut: str) -> None:
        assert same_run(span("2025-10-01/2026-01-01"), span(run), date.fromisoformat(day)) == span(cut)

    @given(baseline=SPANS, run=SPANS, day=DAYS)
    def test_as_many_days_as_have_run(self, baseline: Span, run: Span, day: date) -> None:
        assume(day < run.last_day)
        cut = same_run(baseline, run, day)
        assert cut.days == min(baseline.days, run.cut(day).days)


class TestReasking:
    """A measure asked over a window puts its own question to what it is made of."""

    @pytest.mark.parametrize(
        ("window", "whole", "day"),
        [
            (Current(), "2026-04-01/2026-07-01", "2026-05-14"),
            (Before(unit=Unit.QUARTER), "2026-01-01/2026-04-01", "2026-03-31"),
            (LastYear(unit=Unit.QUARTER), "2025-04-01/2025-07-01", "2025-06-30"),
            (LastYear(unit=Unit.QUARTER, to_date=True), "2025-04-01/2025-07-01", "2025-05-14"),
            (ToDate(unit=Unit.YEAR), "2026-01-01/2027-01-01", "2026-05-14"),
            (Last(count=4, unit=Unit.QUARTER, closed=True), "2025-04-01/2026-04-01", "2026-03-31"),
            (Named(span=span("2025-01-01/2025-02-01")), "2025-01-01/2025-02-01", "2025-01-31"),
        ],
    )
    def test_as_of_the_last_of_its_days(self, window: Window, whole: str, day: str) -> None:
        assert reask(window, ask("2026-05-14"), PLAIN) == Ask(span(whole), date.fromisoformat(day))

    def test_a_window_inside_a_window(self) -> None:
        """The quarter before the same quarter last year."""
        inner = reask(LastYear(unit=Unit.QUARTER), ask("2026-05-14"), PLAIN)
        assert days_of(Before(unit=Unit.QUARTER), inner, PLAIN) == span("2025-01-01/2025-04-01")

    @given(window=WINDOWS, calendar=CALENDARS, day=DAYS, unit=UNITS)
    def test_never_asks_beyond_its_day(
        self, window: Window, calendar: Calendar, day: date, unit: Unit
    ) -> None:
        asked = Ask(calendar.unit_of(day, unit), day)
        again = reask(window, asked, calendar)
        assert again.day <= asked.day
        assert again.current == days_of(window, asked, calendar)


class TestReviewDays:
    YEARS = span("2026-02-01/2028-03-01")

    @pytest.mark.parametrize(
        ("days", "found"),
        [
            (AtOnce(), ""),
            (Never(), ""),
            (EachUnit(unit=Unit.YEAR), "2026-12-31 2027-12-31"),
            (EachUnit(unit=Unit.HALF), "2026-06-30 2026-12-31 2027-06-30 2027-12-31"),
            (FixedDays(days=((3, 31), (9, 30))), "2026-03-31 2026-09-30 2027-03-31 2027-09-30"),
            (FixedDays(days=((9, 30), (3, 31))), "2026-03-31 2026-09-30 2027-03-31 2027-09-30"),
            (FixedDays(days=((1, 31), (2, 1))), "2026-02-01 2027-01-31 2027-02-01 2028-01-31 2028-02-01"),
            (FixedDays(days=((2, 29),)), "2026-02-28 2027-02-28 2028-02-29"),  # the last of February
        ],
    )
    def test_in_order_and_within(self, days: ReviewDays, found: str) -> None:
        assert [one.isoformat() for one in review_days(days, self.YEARS, PLAIN)] == found.split()

    def test_the_edges_belong_as_those_of_a_span(self) -> None:
        within = span("2026-03-31/2026-06-30")
        assert review_days(EachUnit(unit=Unit.QUARTER), within, PLAIN) == [date(2026, 3, 31)]

    def test_yearly_is_the_programmes_year(self) -> None:
        assert review_days(EachUnit(unit=Unit.YEAR), self.YEARS, FEBRUARY) == [
            date(2027, 1, 31),
            date(2028, 1, 31),
        ]


class TestGrace:
    """Rule 50. Missed on 31 January, grace of 2 quarters: one level lower from 1 August."""

    @pytest.mark.parametrize(
        ("key_day", "count", "unit", "end"),
        [
            ("2026-01-31", 2, Unit.QUARTER, "2026-07-31"),
            ("2026-06-30", 1, Unit.QUARTER, "2026-09-30"),
            ("2026-11-30", 3, Unit.MONTH, "2027-02-28"),
            ("2027-12-31", 2, Unit.MONTH, "2028-02-29"),
            ("2026-05-09", 1, Unit.YEAR, "2027-05-09"),
            ("2026-02-28", 1, Unit.MONTH, "2026-03-31"),
            ("2026-01-30", 1, Unit.MONTH, "2026-02-27"),
            ("2026-01-31", 30, None, "2026-03-02"),
            ("2026-01-31", 0, None, "2026-01-31"),
            ("2026-01-31", 0, Unit.QUARTER, "2026-01-31"),
        ],
    )
    def test_last_day(self, key_day: str, count: int, unit: Unit | None, end: str) -> None:
        found = grace_end(date.fromisoformat(key_day), Length(count=count, unit=unit))
        assert found == date.fromisoformat(end)

    @given(calendar=CALENDARS, day=DAYS, unit=UNITS, count=st.integers(1, 6))
    def test_from_the_last_day_of_a_window_to_the_last_of_one(
        self, calendar: Calendar, day: date, unit: Unit, count: int
    ) -> None:
        window = calendar.unit_of(day, unit)
        end = grace_end(window.last_day, Length(count=count, unit=unit))
        assert end == calendar.shift(window, unit, count).last_day


class TestEarningWindows:
    VALID = span("2026-01-01/2027-01-01")

    @pytest.mark.parametrize(
        ("on", "asks"),
        [
            ("2025-12-31", []),
            ("2026-01-01", [("2026-01-01/2026-04-01", "2026-01-01")]),
            ("2026-03-31", [("2026-01-01/2026-04-01", "2026-03-31")]),
            (
                "2026-05-14",
                [("2026-01-01/2026-04-01", "2026-03-31"), ("2026-04-01/2026-07-01", "2026-05-14")],
            ),
        ],
    )
    def test_each_as_of_its_own_day(self, on: str, asks: list[tuple[str, str]]) -> None:
        found = earning_windows(Unit.QUARTER, self.VALID, date.fromisoformat(on), PLAIN)
        assert found == [Ask(span(window), date.fromisoformat(day)) for window, day in asks]

    def test_after_the_end_nothing_moves_any_more(self) -> None:
        asks = earning_windows(Unit.HALF, self.VALID, date(2030, 1, 1), PLAIN)
        assert [one.day for one in asks] == [date(2026, 6, 30), date(2026, 12, 31)]

    @pytest.mark.parametrize(("on", "count"), [("2026-04-30", 0), ("2026-05-01", 1), ("2027-01-01", 1)])
    def test_a_named_span_is_one_window(self, on: str, count: int) -> None:
        named = span("2026-05-01/2026-06-01")
        found = earning_windows(named, self.VALID, date.fromisoformat(on), PLAIN)
        assert found == [Ask(named, min(date.fromisoformat(on), named.last_day))] * count
