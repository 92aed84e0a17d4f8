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


CLOSE = "close: {reports_within: 10 days, settle_after: 20 days}\n"


@pytest.mark.parametrize(
    ("payout", "codes"),
    [
        ("{as: points}", []),
        ("{as: funds, use_within: 6 months, claim_within: 45 days}", []),
        ("{as: money, claim_within: 20 days}", []),  # claimed on the day of the close
        ("{as: money, claim_within: 19 days}", ["deadlines-crossed"]),
        ("{as: voucher, use_within: 49 days, due: 30 days after close}", ["deadlines-crossed"]),
        ("{as: voucher, use_within: 50 days, due: 30 days after close}", []),
        (
            "{as: voucher, use_within: 6 months, due: 02-15}",
            ["deadlines-crossed"],
        ),  # 30 September, 15 February
        ("{as: voucher, expires: 6 months, due: 02-15}", []),
        ("{as: money, use_within: 6 months}", ["deadline-of-money"]),
        ("{as: money, expires: 6 months}", ["deadline-of-money"]),
        ("{as: points, use_within: 6 months, expires: 6 months}", ["one-of-both"]),
        ("{split: [{as: points, share: 100 %}], expires: 6 months}", ["one-of-both"]),
    ],
)
def test_days_of_a_payout(payout: str, codes: list[str]) -> None:
    text = bonus(f"payout: {payout}").replace("products:", f"{CLOSE}products:", 1)
    assert found(text) == codes
