"""Units: comparisons, steps and rates."""

import pytest

from staffel.core.programme import read_programme
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
        ("{measure: revenue, at_least: {measure: pieces}}", ["units-differ"]),
        ("{measure: growth, at_least: {measure: growth}}", ["units-differ"]),  # two pairs
        ("{measure: revenue, at_least: {target: y}}", []),
        ("{measure: growth, at_least: {by: country, DE: 10 %, else: 5 %}}", []),
        ("{measure: growth, at_least: {by: country, DE: 10 %, else: 5 %}, rounded: 1 %}", ["not-yet"]),
        ("{measure: growth, at_least: 10 %, rounded: 1 %}", []),
        ("{measure: revenue, at_least: 10, rounded: 1 %}", ["units-differ"]),
        ("{measure: growth, at_least: 10 %, rounded: 1}", ["value-not-of-type"]),
        ("{measure: growth, at_least: 10 %, rounded: 0 %}", ["value-not-of-type"]),
        ("{measure: growth, at_least: {by: country, DE: 10 %, else: 5}}", ["units-differ"]),
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


def ways_out(text: str) -> list[tuple[str, str]]:
    findings = read_programme(text, file="x").findings
    return [(one.way_out.en, one.way_out.de) for one in findings if one.severity == "error"]


@pytest.mark.parametrize(
    ("spelled", "offer"),
    [
        ("{measure: growth, at_least: 25}", "25 %"),
        ("{measure: growth, at_least: 12.5}", "12.5 %"),
        ("{measure: revenue, at_least: 10 %}", "10"),
        ("{measure: revenue, at_least: 10_000%}", "10_000"),
    ],
)
def test_what_was_written_is_offered_in_the_right_unit(spelled: str, offer: str) -> None:
    assert ways_out(with_requirement(spelled)) == [(f"Write `{offer}`.", f"Schreiben Sie `{offer}`.")]


def test_it_is_offered_as_the_file_writes_numbers() -> None:
    text = f"numbers: de\n{with_requirement('{measure: growth, at_least: 12,5}')}"
    assert ways_out(text.replace("numbers: de", 'numbers: "de"'))[0][0] == "Write `12,5 %`."


def test_a_part_of_one_may_be_meant_in_two_ways() -> None:
    found = ways_out(with_requirement("{measure: growth, at_least: 0.4}"))
    assert found == [("Write `0.4 %` or `40 %`.", "Schreiben Sie `0.4 %` oder `40 %`.")]
    rate = ways_out(with_incentive("base: revenue", "per: quarter", "rate: 0.025"))
    assert rate[0][0] == "Write `0.025 %` or `2.5 %`."


def test_a_step_is_offered_in_the_right_unit() -> None:
    lines = ("base: revenue", "per: quarter", "newcomers: {baseline: none}", "driver: growth")
    text = with_incentive(*lines, "all_or_nothing: {from: 10, rate: 2 %}")
    assert ways_out(text)[0][0] == "Write `10 %`."


def test_a_rate_without_its_sign_is_offered_with_it() -> None:
    assert ways_out(with_incentive("base: revenue", "per: quarter", "rate: 2.5"))[0][0] == "Write `2.5 %`."
