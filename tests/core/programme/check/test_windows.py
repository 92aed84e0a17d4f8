"""Windows, validity and deadlines."""

import pytest

from tests.core.programme.heron import found, with_incentive


@pytest.mark.parametrize(
    ("per", "codes"),
    [
        ("{from: 2026-01-01, to: 2026-12-31}", []),
        ("{from: 2025-12-31, to: 2026-12-31}", ["span-outside-validity"]),
        ("{from: 2026-01-01, to: 2027-01-01}", ["span-outside-validity"]),
    ],
)
def test_a_span_lies_in_the_validity(per: str, codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", f"per: {per}", "rate: 2 %")) == codes


@pytest.mark.parametrize(
    ("start", "end", "starts", "per", "codes"),
    [
        ("2026-01-01", "2026-12-31", "01-01", "year", []),
        ("2026-02-01", "2027-01-31", "02-01", "year", []),
        ("2026-02-01", "2027-01-31", "01-01", "quarter", ["period-does-not-divide"]),
        ("2026-02-01", "2027-01-31", "01-01", "month", []),
        ("2026-01-01", "2026-09-30", "01-01", "half", ["period-does-not-divide"]),
        ("2026-01-02", "2026-12-31", "01-01", "month", ["period-does-not-divide"]),
    ],
)
def test_a_validity_of_whole_windows(start: str, end: str, starts: str, per: str, codes: list[str]) -> None:
    text = with_incentive("base: revenue", f"per: {per}", "rate: 2 %")
    text = text.replace("2026-01-01", start).replace("2026-12-31", end)
    assert found(f"{text}calendar: {{year_starts: {starts}}}\n") == codes


@pytest.mark.parametrize(("within", "after", "codes"), [(10, 10, []), (11, 10, ["deadlines-crossed"])])
def test_a_close_after_the_reports(within: int, after: int, codes: list[str]) -> None:
    text = with_incentive("base: revenue", "per: quarter", "rate: 2 %")
    assert found(f"{text}close: {{reports_within: {within} days, settle_after: {after} days}}\n") == codes
