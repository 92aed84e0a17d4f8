"""Units: comparisons, steps and rates."""

import pytest

from tests.core.programme.heron import found, with_incentive, with_requirement


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("{measure: revenue, at_least: 10_000}", []),
        ("{measure: revenue, at_least: 10 %}", ["units-differ"]),
        ("{measure: growth, at_least: 10 %}", []),
        ("{measure: growth, at_least: 0.1}", ["units-differ"]),
        ("{share: pieces, in: customers, at_least: 3}", []),  # pieces per customer: a plain number
        ("{share: pieces, in: customers, at_least: 30 %}", ["units-differ"]),
        ("{attained: pieces, of: {target: y}, at_least: 100 %}", []),
        ("{attained: pieces, of: {target: y}, at_least: 1}", ["units-differ"]),
        ("{target: y, at_least: 1}", []),
    ],
)
def test_comparisons(spelled: str, codes: list[str]) -> None:
    assert found(with_requirement(spelled)) == codes


@pytest.mark.parametrize(
    ("base", "lines", "codes"),
    [
        ("revenue", ["rate: 2 %"], []),
        ("pieces", ["rate: 2 %"], ["pay-needs-unit"]),
        ("customers", ["rate: 2 %"], ["pay-needs-unit"]),
        ("growth", ["rate: 2 %"], ["pay-needs-unit"]),
        ("pieces", ["per_unit: 2"], []),
        ("customers", ["per_unit: 2"], []),
        ("{score: [{measure: people, points: 5}]}", ["per_unit: 2"], []),
        ("revenue", ["per_unit: 2"], ["pay-needs-unit"]),
        ("growth", ["per_unit: 2"], ["pay-needs-unit"]),
        ("growth", ["lump: 2"], []),
        ("revenue", ["rate: 100 %"], []),
        ("revenue", ["rate: 100.01 %"], ["rate-above-100"]),
        ("revenue", ["rate: {by: products, boxes: 150 %, else: 0 %}"], ["rate-above-100"]),
    ],
)
def test_pays(base: str, lines: list[str], codes: list[str]) -> None:
    said = "newcomers: {baseline: none}"
    assert found(with_incentive(f"base: {base}", "per: quarter", said, *lines)) == codes


@pytest.mark.parametrize(
    ("driver", "start", "codes"),
    [
        ("growth", "10 %", []),
        ("growth", "10", ["units-differ"]),
        ("growth", "0", []),  # zero has no unit
        ("pieces", "10", []),
        ("pieces", "10 %", ["units-differ"]),
        ("{attained: revenue, of: {target: y}}", "100 %", []),
    ],
)
def test_steps(driver: str, start: str, codes: list[str]) -> None:
    lines = ("base: revenue", "per: quarter", "newcomers: {baseline: none}", f"driver: {driver}")
    assert found(with_incentive(*lines, f"all_or_nothing: {{from: {start}, rate: 2 %}}")) == codes
