"""Windows in words, and baselines."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    DAY_BEFORE_ALL,
    Baseline,
    Before,
    Current,
    Growth,
    Last,
    LastYear,
    Named,
    Rolling,
    ToDate,
    Use,
    Window,
)
from tests.core.programme.heron import found, measure, with_measure

AUTUMN = Span(date(2026, 9, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("spelled", "window"),
    [
        ("current", Current()),
        ("quarter", ToDate(unit=Unit.QUARTER)),
        ("year to date", ToDate(unit=Unit.YEAR)),
        ("last 4 quarters", Last(count=4, unit=Unit.QUARTER)),
        ("last_4_quarters", Last(count=4, unit=Unit.QUARTER)),
        ("last 1 year", Last(count=1, unit=Unit.YEAR)),
        ("last 2 halves", Last(count=2, unit=Unit.HALF)),
        ("last 12 closed months", Last(count=12, unit=Unit.MONTH, closed=True)),
        ("quarter before", Before(unit=Unit.QUARTER)),
        ("same quarter last year", LastYear(unit=Unit.QUARTER)),
        ("same year to date last year", LastYear(unit=Unit.YEAR, to_date=True)),
        ("{from: 2026-09-01, to: 2026-11-30}", Named(span=AUTUMN)),
        ("rolling 12 months", Rolling(count=12, unit=Unit.MONTH)),
        ("rolling_2_halves", Rolling(count=2, unit=Unit.HALF)),
        ("{to: 2026-11-30}", Named(span=Span(DAY_BEFORE_ALL, date(2026, 12, 1)))),
    ],
)
def test_windows(spelled: str, window: Window) -> None:
    assert measure(f"{{measure: revenue, over: {spelled}}}") == Use(measure="revenue", over=window)


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("last 0 quarters", "value-not-of-type"),
        ("last quarter", "value-not-of-type"),
        ("last 4 bananas", "value-not-of-type"),
        ("quarter before, whole", "value-not-of-type"),
        ("[quarter]", "value-not-of-type"),
        ("{}", "key-missing"),
        ("{from: 2026-09-01, until: 2026-11-30}", "key-unknown"),
        ("{from: 2026-12-01, to: 2026-11-30}", "span-empty"),
        ("rolling 12 days", "not-yet"),
        ("since enrolment", "not-yet"),
        ("last 4 weeks", "not-yet"),
        ("last 4 quarters, 1 month ago", "not-yet"),
    ],
)
def test_what_is_no_window(spelled: str, code: str) -> None:
    if "," in spelled and "{" not in spelled:
        spelled = f'"{spelled}"'
    assert found(with_measure(f"{{measure: revenue, over: {spelled}, accept: measure-unused}}")) == [code]


QUARTER_BEFORE = Baseline(window=Before(unit=Unit.QUARTER))
YEAR_AGO = Baseline(window=LastYear(unit=Unit.QUARTER))


@pytest.mark.parametrize(
    ("against", "baselines", "given"),
    [
        ("quarter before", (QUARTER_BEFORE,), None),
        ('"quarter before, whole"', (Baseline(window=Before(unit=Unit.QUARTER), whole=True),), None),
        ("{best_of: [same quarter last year, quarter before]}", (YEAR_AGO, QUARTER_BEFORE), None),
        ("[quarter before, 10_000]", (QUARTER_BEFORE,), Decimal(10_000)),
        ("10_000", (), Decimal(10_000)),
        ("{from: 2026-09-01, to: 2026-11-30}", (Baseline(window=Named(span=AUTUMN)),), None),
    ],
)
def test_baselines(against: str, baselines: tuple[Baseline, ...], given: Decimal | None) -> None:
    growth = measure(f"{{growth_of: revenue, against: {against}}}")
    assert growth == Growth(of=Use(measure="revenue"), against=baselines, given=given)


@pytest.mark.parametrize(
    ("against", "code"),
    [
        ("last 4 quarters", "value-not-of-type"),
        ("[]", "value-not-of-type"),
        ("[1_000, 2_000]", "value-not-of-type"),
        ("10 %", "value-not-of-type"),
        ("{target: yearly}", "not-yet"),
    ],
)
def test_what_is_no_baseline(against: str, code: str) -> None:
    text = with_measure(f"{{growth_of: revenue, against: {against}, accept: measure-unused}}")
    assert found(text) == [code]
