"""Order of steps, and rows of tables that nothing reaches."""

import pytest

from tests.core.programme.heron import found, with_incentive, with_requirement


def steps(*starts: str) -> str:
    each = ", ".join(f"{{{start}, rate: 2 %}}" for start in starts)
    return with_incentive("base: revenue", "per: quarter", f"scale: {{kind: marginal, steps: [{each}]}}")


@pytest.mark.parametrize(
    ("starts", "codes"),
    [
        (("from: 0", "from: 1", "from: 2"), []),
        (("from: 0", "above: 1"), []),
        (("from: 1", "from: 1"), ["steps-equal"]),
        (("from: 1", "above: 1"), ["steps-equal"]),
        (("from: 2", "from: 1", "from: 3"), ["steps-not-rising"]),
        (("from: 3", "from: 2", "from: 1"), ["steps-not-rising"] * 2),
    ],
)
def test_steps(starts: tuple[str, ...], codes: list[str]) -> None:
    assert found(steps(*starts)) == codes


@pytest.mark.parametrize(
    ("rate", "codes"),
    [
        ("{by: level, silver: 1 %, gold: 2 %, else: 0 %}", []),
        ("{by: level, member: 0 %, silver: 1 %, gold: 2 %}", []),  # all levels are named
        ("{by: level, silver: 1 %, gold: 2 %}", ["cases-open"]),
        ("{by: products, boxes: 2 %}", ["cases-open"]),
        ("{by: {measure: revenue}, from: {0: 1 %, 5: 2 %}}", []),
        ("{by: {measure: revenue}, from: {5: 2 %}}", ["cases-open"]),
        ("{by: {measure: revenue}, from: {5: 2 %, 0: 1 %}}", []),  # the highest figure is asked first
        (
            "[{when: {measure: revenue, at_least: 5}, use: 1 %},"
            " {when: {measure: revenue, at_least: 9}, use: 2 %}, {else: 0 %}]",
            ["cases-never"],
        ),
        ("[{when: {kind: [a, b]}, use: 1 %}, {when: {kind: b}, use: 2 %}, {else: 0 %}]", ["cases-never"]),
        ("[{when: {kind: b}, use: 1 %}, {when: {kind: [a, b]}, use: 2 %}, {else: 0 %}]", []),
        (
            "[{when: {kind: a}, use: 1 %}, {when: {kind: b}, use: 1 %}, {when: {kind: [a, b]}, use: 2 %},"
            " {else: 0 %}]",
            ["cases-never"],
        ),  # both together take all
        (
            "[{when: {not: {kind: a}}, use: 1 %}, {when: {not: {kind: a}}, use: 2 %}, {else: 0 %}]",
            ["cases-never"],
        ),
    ],
)
def test_tables(rate: str, codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", f"rate: {rate}")) == codes


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("{by: country, DE: 5, else: 3}", []),
        ("{by: country, DE: 5}", ["cases-open"]),
        ("{by: {measure: revenue}, from: {0: 5, 9: 7}}", []),
        ("{by: {measure: revenue}, from: {9: 7}}", ["cases-open"]),
        ("[{when: {kind: [a, b]}, use: 5}, {when: {kind: b}, use: 7}, {else: 3}]", ["cases-never"]),
    ],
)
def test_tables_of_what_is_asked(asked: str, codes: list[str]) -> None:
    assert found(with_requirement(f"{{measure: revenue, at_least: {asked}}}")) == codes


def test_levels_that_are_not_let_in_need_no_row() -> None:
    lines = ("base: revenue", "per: quarter", "for: {level: [silver, gold]}")
    assert found(with_incentive(*lines, "rate: {by: level, silver: 1 %, gold: 2 %}")) == []
    assert found(with_incentive(*lines, "rate: {by: level, gold: 2 %}")) == ["cases-open"]
