"""Levels and reviews that make sense."""

import pytest

from tests.core.programme.heron import AROUND, LEVELS, TOP, found


@pytest.mark.parametrize(
    ("review", "codes"),
    [
        ("{promote: never, demote: never}", ["review-never"]),
        ("{promote: never}", []),
        ("{most_steps_up: 1}", ["steps-up-at-once"]),
        ("{promote: each quarter, most_steps_up: 1}", []),
        ("{most_steps_down: 1}", []),
        ("{grace: 4 quarters}", []),
        ("{grace: 5 quarters}", ["grace-longer-than-review"]),
        ("{demote: each quarter, grace: 3 months}", []),
        ("{demote: each quarter, grace: 4 months}", ["grace-longer-than-review"]),
        ("{demote: {days: [03-31, 09-30]}, grace: 6 months}", []),
        ("{demote: {days: [03-31, 09-30]}, grace: 200 days}", ["grace-longer-than-review"]),
        ("{promote: at once, demote: at once}", []),
        ("{demote: at once}", []),
        ("{demote: at once, grace: 30 days}", ["fall-at-once"]),
        ("{demote: at once, grace: 1 quarter}", ["fall-at-once"]),
        ("{demote: at once, most_steps_down: 1}", ["fall-at-once"]),
        ("{promote: each quarter, demote: at once}", ["fall-at-once"]),
        ("{promote: {days: [03-31]}, demote: at once}", ["fall-at-once"]),
        ("{promote: never, demote: at once, grace: 30 days}", ["fall-at-once"]),
    ],
)
def test_reviews(review: str, codes: list[str]) -> None:
    assert found(f"{TOP}{AROUND}{LEVELS}review: {review}\n") == codes


@pytest.mark.parametrize(
    ("level", "codes"),
    [
        ("{level: top, requires: {measure: revenue, over: last 4 quarters, at_least: 50_000}}", []),
        (
            "{level: top, requires: {measure: revenue, over: last 4 quarters, at_least: 49_999}}",
            ["levels-not-rising"],
        ),
        ("{level: top, requires: {measure: revenue, at_least: 1}}", []),  # another window
        ("{level: top}", ["always-true"]),
        ("{level: top, accept: always-true}", []),
    ],
)
def test_hurdles(level: str, codes: list[str]) -> None:
    assert found(f"{TOP}{AROUND}{LEVELS}  - {level}\n") == codes


def test_the_lowest_asks_nothing() -> None:
    text = f"{TOP}{AROUND}levels: [{{level: top, requires: {{measure: revenue, at_least: 1}}}}]\n"
    assert found(text) == ["lowest-level-asks"]
