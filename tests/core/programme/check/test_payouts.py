"""What is rounded, in which forms, by whom and by when it is paid."""

import pytest

from tests.core.programme.heron import found, with_incentive


def bonus(*lines: str) -> str:
    return with_incentive("base: revenue", "per: quarter", "rate: 2 %", *lines)


@pytest.mark.parametrize(
    ("rounding", "codes"),
    [
        ("0.05", []),
        ("{to: 0.05, way: down}", []),
        ("{to: 5, way: half up}", []),
        ("0", ["rounding-not-in-coins"]),
        ("0.025", ["rounding-not-in-coins"]),
        ("{to: 0.05, way: sideways}", ["value-not-of-type"]),
    ],
)
def test_a_rounding_is_a_multiple_of_a_coin(rounding: str, codes: list[str]) -> None:
    assert found(bonus(f"round: {rounding}")) == codes


@pytest.mark.parametrize(
    ("cap", "codes"),
    [("40", ["rounding-eats"]), ("50", []), ("{amount: 40, each: end_customer}", [])],
)
def test_a_cap_that_rounding_eats(cap: str, codes: list[str]) -> None:
    assert found(bonus("round: {to: 50, way: down}", f"cap: {cap}")) == codes
