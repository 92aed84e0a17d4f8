"""Days written by people: ISO always, others by an order, refused where day and month could change places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.readers.dates import day_of_serial, month_named, orders_of, read_date
from staffel.core.readers.mapping import DateOrder
from staffel.core.readers.refusals import CellRefused

JULY_28 = date(2026, 7, 28)
AUTO, DMY, MDY, YMD = DateOrder.AUTO, DateOrder.DMY, DateOrder.MDY, DateOrder.YMD


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-28",
        "2026/07/28",
        "2026.7.28",
        "20260728",
        "20260728235900",
        "202607282359",
        "2026-07-28T10:00:00",
        "2026-07-28T10:00:00.000Z",
        "2026-07-28 10:00:00+02:00",
        "28.07.2026",
        "28.7.26",
        "28.07.2026 07:12",
        "28/07/2026",
        "28-07-2026",
        "07/28/2026",
        "07/28/2026 10:15:00 PM",
        "28-Jul-26",
        "28. Juli 2026",
        "28 July 2026",
        "28. Jul. 2026",
        "July 28, 2026",
        "46231",
        "46231.5",
        " 28.07.2026 ",
    ],
)
def test_forms_that_can_be_read_in_one_way(text: str) -> None:
    assert read_date(text, AUTO) == JULY_28


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("07/09/2026", MDY, date(2026, 7, 9)),
        ("07/09/2026", DMY, date(2026, 9, 7)),
        ("07.09.2026", AUTO, date(2026, 9, 7)),  # nobody writes the month first with points
        ("07.09.2026", MDY, date(2026, 7, 9)),  # but where it is said, it is said
        ("07/07/2026", AUTO, date(2026, 7, 7)),  # the same either way
        ("26-07-09", YMD, date(2026, 7, 9)),
        ("2026-07-09", MDY, date(2026, 7, 9)),  # ISO is ISO
        ("3. März 2026", DMY, date(2026, 3, 3)),
        ("1. Dez. 26", DMY, date(2026, 12, 1)),
    ],
)
def test_orders(text: str, order: DateOrder, day: date) -> None:
    assert read_date(text, order) == day


@pytest.mark.parametrize("text", ["", " ", "-", "NA", "0", "00.00.0000"])
def test_nothing(text: str) -> None:
    assert read_date(text, DMY) is None


@pytest.mark.parametrize(
    ("text", "order", "code"),
    [
        ("31.02.2026", DMY, "date-not-in-calendar"),
        ("2026-02-31", AUTO, "date-not-in-calendar"),
        ("20260231", AUTO, "date-not-in-calendar"),
        ("28/07/2026", MDY, "date-other-order"),
        ("07/28/2026", DMY, "date-other-order"),
        ("07/28/26 10:15", DMY, "date-other-order"),
        ("02/31/2026", DMY, "date-not-in-calendar"),  # in no order
        ("40/50/2026", DMY, "date-not-in-calendar"),
        ("29.02.2025", DMY, "date-not-in-calendar"),
        ("01.01.0026", DMY, "date-not-in-calendar"),  # a year with two digits lost
        ("07/09/2026", AUTO, "date-ambiguous"),
        ("01-02-26", AUTO, "date-ambiguous"),
        ("Jan 26", DMY, "date-unreadable"),  # a month, or a day of this January
        ("28.07", DMY, "date-unreadable"),
        ("28.07-2026", DMY, "date-unreadable"),
        ("28 Foo 2026", DMY, "date-unreadable"),
        ("12345", DMY, "date-unreadable"),  # a serial number of 1933
        ("gestern", DMY, "date-unreadable"),
        ("٢٨.٠٧.٢٠٢٦", DMY, "date-unreadable"),  # other digits
        ("1" * 1_000_000, DMY, "date-unreadable"),
    ],
)
def test_refused(text: str, order: DateOrder, code: str) -> None:
    with pytest.raises(CellRefused, match=code):
        read_date(text, order)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("07/28/2026", {MDY}),
        ("28/07/2026", {DMY}),
        ("07/09/2026", {DMY, MDY}),
        ("40/50/2026", set()),
        ("2026-07-28", None),
        ("28. Juli 2026", None),
    ],
)
def test_orders_that_a_text_allows(text: str, orders: set[DateOrder] | None) -> None:
    assert orders_of(text) == orders


@pytest.mark.parametrize("name", ["März", "mar", "MRZ.", "march"])
def test_months_in_both_languages(name: str) -> None:
    assert month_named(name) == 3


def test_serial_numbers_count_from_1899() -> None:
    assert day_of_serial(46231) == JULY_28
    with pytest.raises(CellRefused):
        day_of_serial(4049992001011)


def outcome(text: str, order: DateOrder) -> date | str | None:
    """The day of a text, or why it was refused."""
    try:
        return read_date(text, order)
    except CellRefused as refusal:
        return refusal.trouble.code


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2079, 12, 31))


class TestEveryDay:
    @given(DAYS, st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%Y-%m-%d", "%Y%m%d", "%d-%b-%y"]))
    def test_day_first(self, day: date, form: str) -> None:
        assert read_date(day.strftime(form), DMY) == day

    @given(DAYS, st.sampled_from(["%m/%d/%Y", "%m-%d-%y", "%B %d, %Y"]))
    def test_month_first(self, day: date, form: str) -> None:
        assert read_date(day.strftime(form), MDY) == day

    @given(DAYS, st.sampled_from(["%y-%m-%d", "%y/%m/%d", "%Y/%m/%d", "%Y.%m.%d"]))
    def test_year_first(self, day: date, form: str) -> None:
        assert read_date(day.strftime(form), YMD) == day

    @given(
        DAYS,
        st.sampled_from([DMY, MDY]),
        st.sampled_from("./-"),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", " 10:15", " 23:59:59", "T07:00:00Z", ", 9:05 AM"]),
    )
    def test_every_way_to_write_an_order(
        self, day: date, order: DateOrder, sign: str, is_padded: bool, is_short: bool, time: str
    ) -> None:
        parts = [day.day, day.month] if order is DMY else [day.month, day.day]
        written = [f"{part:02}" if is_padded else str(part) for part in parts]
        year = f"{day.year % 100:02}" if is_short else str(day.year)
        assert read_date(sign.join([*written, year]) + time, order) == day

    @given(DAYS, st.sampled_from(list(DateOrder)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d. %B %Y"]))
    def test_what_needs_no_order(self, day: date, order: DateOrder, form: str) -> None:
        assert read_date(day.strftime(form), order) == day

    @given(
        st.dates(min_value=date(1982, 2, 19), max_value=date(2064, 4, 7)), st.sampled_from(list(DateOrder))
    )
    def test_serial_numbers(self, day: date, order: DateOrder) -> None:
        assert read_date(str((day - date(1899, 12, 30)).days), order) == day

    @given(DAYS, st.sampled_from(["%m/%d/%Y", "%d/%m/%Y"]))
    def test_unsaid_is_right_or_refused(self, day: date, form: str) -> None:
        refused = "date-ambiguous" if day.day <= 12 else day
        assert outcome(day.strftime(form), AUTO) in (day, refused)

    @given(st.text(max_size=40), st.sampled_from(list(DateOrder)))
    def test_any_text_is_read_or_refused(self, text: str, order: DateOrder) -> None:
        found = outcome(text, order)
        assert found is None or isinstance(found, str) or 1950 <= found.year < 2100
