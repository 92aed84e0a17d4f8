"""What can never hold."""

import pytest

from tests.core.programme.heron import found, with_incentive, with_requirement


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("[{measure: revenue, at_least: 10}, {measure: revenue, at_most: 10}]", []),
        ("[{measure: revenue, at_least: 10}, {measure: revenue, below: 10}]", ["never-true"]),
        ("[{measure: revenue, above: 10}, {measure: revenue, at_most: 10}]", ["never-true"]),
        ("[{measure: revenue, below: 10}, {measure: revenue, at_least: 20}]", ["never-true"]),
        ("{measure: revenue, at_least: 20, below: 10}", ["never-true"]),
        ("[{measure: revenue, at_least: 20}, {measure: revenue, over: year before, below: 10}]", []),
        ("[{measure: revenue, at_least: 20}, {all: [{measure: revenue, below: 10}]}]", ["never-true"]),
        ("{any: [{measure: revenue, at_least: 20}, {measure: revenue, below: 10}]}", []),
        ("[{kind: a}, {kind: b}]", ["never-true"]),
        ("[{kind: [a, c]}, {kind: [b, c]}]", []),
        ("[{holds: a}, {holds: b}]", []),  # a firm may hold both
        ("[{newcomer: true}, {newcomer: false}]", ["never-true"]),
        ("{not: {any: []}}", ["never-true"]),
    ],
)
def test_contradictions(spelled: str, codes: list[str]) -> None:
    assert found(with_requirement(spelled)) == codes


def test_lines_that_cannot_be() -> None:
    lines = ("base: revenue", "per: quarter", "rate: 2 %", "for: {level: gold}")
    assert found(with_incentive(*lines, "select: {partner.level: silver}")) == ["never-true"]


@pytest.mark.parametrize(
    ("comparison", "most", "codes"),
    [
        ("at_least: 20", "most: 10", []),
        ("above: 20", "most: 10", ["level-unreachable"]),
        ("at_least: 20.1", "most: 10", ["level-unreachable"]),
        ("at_most: 30", "most: 10", []),
        ("at_least: 99", "least: 1", []),  # one part has no end
    ],
)
def test_more_points_than_there_are(comparison: str, most: str, codes: list[str]) -> None:
    parts = f"{{measure: people, points: 5, most: 10}}, {{measure: customers, points: 2, {most}}}"
    assert found(with_requirement(f"{{score: [{parts}], {comparison}}}")) == codes
