"""Windows as spans of days: `language.md`, rules 7 and 14, and the lengths of rule 50."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.calendar import ONE_DAY, Calendar, Span, Unit, add_months

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
UNITS = st.sampled_from(Unit)
# A year starts on any day up to the 28th of any month.
CALENDARS = st.builds(
    Calendar,
    starts_month=st.integers(min_value=1, max_value=12),
    starts_day=st.integers(min_value=1, max_value=28),
)
PLAIN, FEBRUARY, TAX = Calendar(), Calendar(starts_month=2), Calendar(starts_month=4, starts_day=6)
DECEMBER = Calendar(starts_month=12, starts_day=28)


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(text: str) -> Span:
    """`2026-01-01/2026-04-01`, the second day no longer in it."""
    start, until = text.split("/")
    return Span(day(start), day(until))


class TestUnit:
    @pytest.mark.parametrize(("unit", "months"), [("month", 1), ("quarter", 3), ("half", 6), ("year", 12)])
    def test_months(self, unit: str, months: int) -> None:
        assert Unit(unit).months == months

    def test_divides_itself_and_what_is_longer(self) -> None:
        order = list(Unit)
        assert [[one.divides(other) for other in order] for one in order] == [
            [True, True, True, True],
            [False, True, True, True],
            [False, False, True, True],
            [False, False, False, True],
        ]


class TestSpan:
    QUARTER = span("2026-01-01/2026-04-01")

    @pytest.mark.parametrize(
        ("inside", "asked"),
        [("2025-12-31", False), ("2026-01-01", True), ("2026-03-31", True), ("2026-04-01", False)],
    )
    def test_is_closed_at_its_start_and_open_at_its_end(self, inside: str, asked: bool) -> None:
        assert (day(inside) in self.QUARTER) is asked

    def test_last_day_and_days(self) -> None:
        assert (self.QUARTER.last_day, self.QUARTER.days) == (date(2026, 3, 31), 90)

    @pytest.mark.parametrize(
        ("at", "cut"),
        [
            ("2025-12-31", "2026-01-01/2026-01-01"),  # not begun: empty
            ("2026-01-01", "2026-01-01/2026-01-02"),
            ("2026-03-30", "2026-01-01/2026-03-31"),
            ("2026-03-31", "2026-01-01/2026-04-01"),
            ("2030-01-01", "2026-01-01/2026-04-01"),
        ],
    )
    def test_cut_at_the_end_of_a_day(self, at: str, cut: str) -> None:
        assert self.QUARTER.cut(day(at)) == span(cut)

    def test_spans_stand_in_order(self) -> None:
        late, short = span("2026-02-01/2026-03-01"), span("2026-01-01/2026-02-01")
        assert sorted([late, self.QUARTER, short]) == [short, self.QUARTER, late]


class TestUnitOf:
    @pytest.mark.parametrize(
        ("calendar", "asked", "unit", "window"),
        [
            (PLAIN, "2026-05-14", Unit.MONTH, "2026-05-01/2026-06-01"),
            (PLAIN, "2026-05-14", Unit.QUARTER, "2026-04-01/2026-07-01"),
            (PLAIN, "2026-05-14", Unit.HALF, "2026-01-01/2026-07-01"),
            (PLAIN, "2026-12-31", Unit.YEAR, "2026-01-01/2027-01-01"),
            (FEBRUARY, "2026-01-31", Unit.YEAR, "2025-02-01/2026-02-01"),  # the day before the year
            (FEBRUARY, "2026-02-01", Unit.QUARTER, "2026-02-01/2026-05-01"),
            (FEBRUARY, "2026-01-31", Unit.HALF, "2025-08-01/2026-02-01"),
            (TAX, "2026-04-05", Unit.YEAR, "2025-04-06/2026-04-06"),
            (TAX, "2026-04-06", Unit.MONTH, "2026-04-06/2026-05-06"),
            (TAX, "2026-04-05", Unit.QUARTER, "2026-01-06/2026-04-06"),
            (DECEMBER, "2028-02-29", Unit.MONTH, "2028-02-28/2028-03-28"),  # a leap day
            (DECEMBER, "2026-12-27", Unit.YEAR, "2025-12-28/2026-12-28"),
        ],
    )
    def test_edges(self, calendar: Calendar, asked: str, unit: Unit, window: str) -> None:
        assert calendar.unit_of(day(asked), unit) == span(window)

    @given(calendar=CALENDARS, asked=DAYS, unit=UNITS)
    def test_the_day_lies_in_its_window(self, calendar: Calendar, asked: date, unit: Unit) -> None:
        window = calendar.unit_of(asked, unit)
        assert asked in window
        assert window.start.day == window.until.day == calendar.starts_day

    @given(calendar=CALENDARS, asked=DAYS, unit=UNITS)
    def test_smaller_windows_lie_within_larger(self, calendar: Calendar, asked: date, unit: Unit) -> None:
        month, window = calendar.unit_of(asked, Unit.MONTH), calendar.unit_of(asked, unit)
        assert window.start <= month.start < month.until <= window.until
        assert calendar.unit_of(asked, Unit.YEAR).start.month == calendar.starts_month


class TestShift:
    @pytest.mark.parametrize(
        ("unit", "by", "window"),
        [
            (Unit.QUARTER, 0, "2026-02-01/2026-05-01"),
            (Unit.QUARTER, -1, "2025-11-01/2026-02-01"),
            (Unit.QUARTER, -4, "2025-02-01/2025-05-01"),
            (Unit.YEAR, 1, "2027-02-01/2028-02-01"),
        ],
    )
    def test_by_whole_units(self, unit: Unit, by: int, window: str) -> None:
        assert FEBRUARY.shift(FEBRUARY.unit_of(date(2026, 3, 9), unit), unit, by) == span(window)

    @given(calendar=CALENDARS, asked=DAYS, unit=UNITS, by=st.integers(min_value=-40, max_value=40))
    def test_there_and_back(self, calendar: Calendar, asked: date, unit: Unit, by: int) -> None:
        window = calendar.unit_of(asked, unit)
        assert calendar.shift(calendar.shift(window, unit, by), unit, -by) == window

    @pytest.mark.parametrize(
        ("count", "window"),
        [(1, "2026-04-01/2026-07-01"), (2, "2026-01-01/2026-07-01"), (4, "2025-07-01/2026-07-01")],
    )
    def test_last_units_end_with_the_running_one(self, count: int, window: str) -> None:
        assert PLAIN.last(date(2026, 5, 14), Unit.QUARTER, count) == span(window)


class TestWindows:
    def test_all_that_meet_a_span(self) -> None:
        found = PLAIN.windows(span("2026-03-31/2026-07-02"), Unit.QUARTER)
        assert found == [
            span("2026-01-01/2026-04-01"),
            span("2026-04-01/2026-07-01"),
            span("2026-07-01/2026-10-01"),
        ]

    def test_what_only_touches_does_not_meet(self) -> None:
        assert PLAIN.windows(span("2026-01-01/2026-04-01"), Unit.QUARTER) == [span("2026-01-01/2026-04-01")]

    @given(calendar=CALENDARS, start=DAYS, days=st.integers(min_value=1, max_value=900), unit=UNITS)
    def test_they_tile(self, calendar: Calendar, start: date, days: int, unit: Unit) -> None:
        """Each begins where the one before ends; together they cover the span, and none is idle."""
        within = Span(start, start + timedelta(days=days))
        found = calendar.windows(within, unit)
        assert [one.until for one in found[:-1]] == [one.start for one in found[1:]]
        assert found[0].start <= within.start < found[0].until
        assert found[-1].start < within.until <= found[-1].until

    @given(calendar=CALENDARS, asked=DAYS, unit=UNITS)
    def test_a_year_is_whole_units(self, calendar: Calendar, asked: date, unit: Unit) -> None:
        year = calendar.unit_of(asked, Unit.YEAR)
        found = calendar.windows(year, unit)
        assert (found[0].start, found[-1].until, len(found)) == (year.start, year.until, 12 // unit.months)


class TestNames:
    @pytest.mark.parametrize(
        ("calendar", "name", "window", "unit"),
        [
            (PLAIN, "2026", "2026-01-01/2027-01-01", Unit.YEAR),
            (PLAIN, "2026-H2", "2026-07-01/2027-01-01", Unit.HALF),
            (PLAIN, "2026-Q4", "2026-10-01/2027-01-01", Unit.QUARTER),
            (PLAIN, "2026-03", "2026-03-01/2026-04-01", Unit.MONTH),
            (FEBRUARY, "2026", "2026-02-01/2027-02-01", Unit.YEAR),
            (FEBRUARY, "2026-Q4", "2026-11-01/2027-02-01", Unit.QUARTER),  # of the year that begins in 2026
            (FEBRUARY, "2027-01", "2027-01-01/2027-02-01", Unit.MONTH),  # a month bears its own year
            (TAX, "2026-Q1", "2026-04-06/2026-07-06", Unit.QUARTER),
            (TAX, "2026-03", "2026-03-06/2026-04-06", Unit.MONTH),
        ],
    )
    def test_both_ways(self, calendar: Calendar, name: str, window: str, unit: Unit) -> None:
        assert calendar.named(name) == (span(window), unit)
        assert calendar.name_of(span(window), unit) == name

    @pytest.mark.parametrize(
        ("spelled", "name"), [(" 2026-Q1 ", "2026-Q1"), ("2026-3", "2026-03"), ("2026-M03", "2026-03")]
    )
    def test_other_spellings(self, spelled: str, name: str) -> None:
        assert PLAIN.named(spelled) == PLAIN.named(name)

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "26",
            "2026-Q0",
            "2026-Q5",
            "2026-H3",
            "2026-13",
            "2026-00",
            "2026-W1",
            "2026Q1",
            "2026-",
            "0000",
            "1899",
            "9999",  # its end is no day
        ],
    )
    def test_what_is_no_window(self, name: str) -> None:
        with pytest.raises(ValueError, match="is no window"):
            PLAIN.named(name)

    @given(calendar=CALENDARS, asked=DAYS, unit=UNITS)
    def test_round_trip(self, calendar: Calendar, asked: date, unit: Unit) -> None:
        window = calendar.unit_of(asked, unit)
        assert calendar.named(calendar.name_of(window, unit)) == (window, unit)


class TestAddMonths:
    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            ("2026-01-31", 1, "2026-02-28"),  # the last day where the month has not that many
            ("2028-01-31", 1, "2028-02-29"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2026-12-15", 1, "2027-01-15"),
            ("2026-01-15", -1, "2025-12-15"),
            ("2026-05-14", 0, "2026-05-14"),
            ("2028-02-29", 12, "2029-02-28"),
        ],
    )
    def test_edges(self, start: str, months: int, end: str) -> None:
        assert add_months(day(start), months) == day(end)

    @given(start=DAYS, months=st.integers(min_value=-60, max_value=60))
    def test_the_same_day_or_the_last(self, start: date, months: int) -> None:
        end = add_months(start, months)
        assert (end.year - start.year) * 12 + end.month - start.month == months
        assert end.day == min(start.day, monthrange(end.year, end.month)[1])

    @given(calendar=CALENDARS, asked=DAYS, unit=UNITS)
    def test_goes_from_window_to_window(self, calendar: Calendar, asked: date, unit: Unit) -> None:
        window = calendar.unit_of(asked, unit)
        assert add_months(window.start, unit.months) == window.until
        assert calendar.unit_of(window.last_day + ONE_DAY, unit).start == window.until
