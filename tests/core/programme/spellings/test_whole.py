"""The keys at the top of the file."""

from datetime import date

import pytest

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model import Close, Programme
from tests.core.programme.heron import TOP, found, whole

LONDON = Calendar(time_zone="Europe/London", starts_month=4, starts_day=6)


def test_the_least_that_a_programme_says() -> None:
    assert whole(TOP) == Programme(
        name="heron",
        vendor="heron-tools",
        title=Text(en="heron", de="heron"),
        version="1",
        valid=Span(date(2026, 1, 1), date(2027, 1, 1)),
        currency="EUR",
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("calendar: {year_starts: 02-01}", "calendar", Calendar(starts_month=2)),
        ("calendar: {year_starts: 04-06, time_zone: Europe/London}", "calendar", LONDON),
        (
            "close: {reports_within: 10 days, settle_after: 20}",
            "close",
            Close(reports_within=10, settle_after=20),
        ),
        ("rates: month", "rates", "month"),
        ("title: {en: Heron, de: Reiher}", "title", Text(en="Heron", de="Reiher")),
    ],
)
def test_what_may_stand_at_the_top(line: str, field: str, value: object) -> None:
    assert getattr(whole(f"{TOP}{line}\n"), field) == value


@pytest.mark.parametrize("key", ["programme", "vendor", "version", "valid", "currency"])
def test_what_must_stand_at_the_top(key: str) -> None:
    without = "".join(line for line in TOP.splitlines(keepends=True) if not line.startswith(key))
    assert found(without) == ["key-missing"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("calendar: {pattern: 4-4-5}", ["not-yet"]),
        ("calendar: {settle: week}", ["value-not-of-type"]),
        ("close: {settle_after: 2 months}", ["value-not-of-type"]),
        ("rates: spot", ["value-not-of-type"]),
        ("numbers: fr", ["value-not-of-type"]),
        ("budgets: []", ["not-yet"]),
        ("deals: {}", ["not-yet"]),
        ("changes: split", ["not-yet"]),
        ("mesures: {}", ["key-unknown"]),
        ("measures: [revenue]", ["value-not-of-type"]),
        ("measures:", ["value-not-of-type"]),
        ("incentives: {bonus: {}}", ["value-not-of-type"]),
        ("on: true", ["key-unknown"]),
    ],
)
def test_what_may_not(line: str, codes: list[str]) -> None:
    assert found(f"{TOP}{line}\n") == codes


def test_numbers_are_read_by_the_files_own_locale() -> None:
    text = f"{TOP}numbers: de\nmeasures: {{revenue: {{sum: net, of: sell_out}}}}\n" + (
        "incentives:\n  - incentive: bonus\n    base: revenue\n    per: quarter\n"
        "    all_or_nothing: {from: 25.000, rate: '3,5 %'}\n"
    )
    step = whole(text).incentive("bonus").scale.steps[0]
    assert (str(step.start), str(getattr(step.pays[0], "rate"))) == ("25000", "0.035")  # noqa: B009


def test_settle_of_the_calendar_is_for_those_that_say_none() -> None:
    text = f"{TOP}measures: {{revenue: {{sum: net, of: sell_out}}}}\ncalendar: {{settle: half}}\n" + (
        "incentives:\n"
        "  - {incentive: a, base: revenue, per: quarter, rate: 1 %}\n"
        "  - {incentive: b, base: revenue, per: quarter, settle: year, rate: 1 %}\n"
        "stacking: added\n"
    )
    assert [one.settle for one in whole(text).incentives] == [Unit.HALF, Unit.YEAR]
