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
        ("[{kind: a}, {not: {kind: [a, b]}}]", ["never-true"]),
        ("[{not: {kind: [a, b]}}, {kind: a}]", ["never-true"]),
        ("[{kind: [a, c]}, {not: {kind: [a, b]}}]", []),
        ("[{not: {kind: a}}, {not: {kind: b}}]", []),
        ("[{holds: a}, {not: {holds: a}}]", ["never-true"]),
        ("[{measure: revenue, at_least: 10}, {not: {measure: revenue, at_least: 10}}]", ["never-true"]),
    ],
)
def test_contradictions(spelled: str, codes: list[str]) -> None:
    assert found(with_requirement(spelled)) == codes


def test_lines_that_cannot_be() -> None:
    lines = ("base: revenue", "per: quarter", "rate: 2 %", "for: {level: gold}")
    assert found(with_incentive(*lines, "select: {partner.level: silver}")) == ["never-true"]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("for: {kind: dealer}", "multiply: [{when: {kind: etailer}, by: 2}]"), ["never-true"]),
        (("for: {kind: dealer}", "multiply: [{when: {kind: [dealer, etailer]}, by: 2}]"), []),
        (("for: {kind: dealer}", "multiply: [{when: {not: {kind: dealer}}, by: 2}]"), ["never-true"]),
        (("for: {level: gold}", "multiply: [{when: {level: silver}, by: 2}]"), ["never-true"]),
        (
            ("for: {level: gold}", "level_on: end", "multiply: [{when: {level: silver}, by: 2}]"),
            ["never-true"],
        ),
        (("select: {route: a}", "multiply: [{when: {route: b}, by: 2}]"), ["never-true"]),
        (("select: {route: a}", "multiply: [{when: {any: [{route: b}, {route: a}]}, by: 2}]"), []),
        (
            (
                "gate: {measure: revenue, below: 5}",
                "multiply: [{when: {measure: revenue, at_least: 9}, by: 2}]",
            ),
            ["never-true"],
        ),
    ],
)
def test_for_whom_nothing_is_left(lines: tuple[str, ...], codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", "rate: 2 %", *lines)) == codes


def test_a_row_for_those_who_are_left_out() -> None:
    lines = ("base: revenue", "per: quarter", "rate: {by: kind, dealer: 2 %, etailer: 3 %, else: 0 %}")
    assert found(with_incentive(*lines, "for: {kind: [dealer, etailer]}")) == []
    assert found(with_incentive(*lines, "for: {kind: dealer}")) == ["never-true"]


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
