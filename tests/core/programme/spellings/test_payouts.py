"""Forms, due days, minimum and caps."""

from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import Cap, Due, Length, Minimum, Payer, PayForm, Payout, PayPart
from tests.core.programme.heron import bonus, found, with_incentive

D = Decimal


@pytest.mark.parametrize(
    ("spelled", "payout"),
    [
        ("{}", Payout()),
        ("{payer: distributor}", Payout(payers=(Payer(who="distributor"),))),
        (
            "{choice: [discount, money]}",
            Payout(parts=(), choice=(PayForm.DISCOUNT, PayForm.MONEY)),
        ),
        ("{payer: {distributor: chosen}}", Payout(payers=(Payer(who="chosen"),))),
        (
            "{payer: [{share: 50 %, payer: vendor}, {share: 50 %, payer: {distributor: chosen}}]}",
            Payout(payers=(Payer(who="vendor", share=D("0.5")), Payer(who="chosen", share=D("0.5")))),
        ),
        ("{due: 30 days after close}", Payout(due=Due(days_after_close=30))),
        ("{due: 02-15}", Payout(due=Due(month_day=(2, 15)))),
        ("{as: funds}", Payout(parts=(PayPart(share=D(1), form=PayForm.FUNDS),))),
        (
            "{as: funds, use_within: 6 months}",
            Payout(
                parts=(PayPart(share=D(1), form=PayForm.FUNDS, use_within=Length(count=6, unit=Unit.MONTH)),)
            ),
        ),
        (
            "{split: [{as: money, share: 60 %}, {as: funds, share: 40 %, if_less_than: 4_000, then: money}]}",
            Payout(
                parts=(
                    PayPart(share=D("0.6"), form=PayForm.MONEY),
                    PayPart(share=D("0.4"), form=PayForm.FUNDS, if_less_than=D(4000), then=PayForm.MONEY),
                )
            ),
        ),
    ],
)
def test_payouts(spelled: str, payout: Payout) -> None:
    assert bonus("rate: 2 %", f"payout: {spelled}").payout == payout


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("payout: {as: gold}", ["value-not-of-type"]),
        ("payout: {due: soon}", ["value-not-of-type"]),
        ("payout: {due: 02-30}", ["date-impossible"]),
        ("payout: {payer: {distributor: of the line}}", ["not-yet"]),
        ("payout: {payer: partner}", ["value-not-of-type"]),
        ("payout: {choice: [money, cheque]}", ["value-not-of-type"]),
        ("payout: {choice: [money, funds], as: money}", ["one-of-both"]),
        ("payout: {choice: [funds, money], use_within: 6 months}", ["not-yet"]),
        ("payout: {payer: [{share: 50 %, payer: vendor}]}", ["shares-not-100"]),
        ("payout: {as: money, split: [{as: money, share: 100 %}]}", ["one-of-both"]),
        ("payout: {split: [{as: money}]}", ["key-missing"]),
        ("payout: {split: [{as: money, share: 60 %}]}", ["shares-not-100"]),
        ("payout: {split: [{as: funds, share: 100 %, if_less_than: 5}]}", ["key-missing"]),
        ("payout: {split: [{as: funds, share: 100 %, then: money}]}", ["key-missing"]),
        ("minimum_payout: {otherwise: carry}", ["key-missing"]),
        ("minimum_payout: {amount: 50, otherwise: eat}", ["value-not-of-type"]),
        ("minimum_payout: 50 %", ["value-not-of-type"]),
        ("cap: -5", ["value-not-of-type"]),
        ("cap: {amount: 5, each: customer}", ["column-unknown"]),
        ("cap: {amount: 5, each: person}", ["source-lacks-column"]),
        ("cap: {rate: 3 %, of: revenue}", ["not-yet", "not-yet", "key-missing"]),
        ("cap: [5, 6]", ["key-twice"]),
        ("cap: []", ["value-not-of-type"]),
    ],
)
def test_what_is_no_payout(line: str, codes: list[str]) -> None:
    assert sorted(found(with_incentive("base: revenue", "per: quarter", "rate: 2 %", line))) == sorted(codes)


@pytest.mark.parametrize(
    ("spelled", "caps"),
    [
        ("60_000", (Cap(money=D(60_000)),)),
        ("{amount: 5_000, each: end_customer}", (Cap(money=D(5000), each="end_customer_id"),)),
        (
            "[{amount: 60_000}, {amount: 5_000, each: order}]",
            (Cap(money=D(60_000)), Cap(money=D(5000), each="order_no")),
        ),
    ],
)
def test_caps(spelled: str, caps: tuple[Cap, ...]) -> None:
    assert bonus("rate: 2 %", f"cap: {spelled}").caps == caps


@pytest.mark.parametrize(
    ("spelled", "minimum"),
    [
        ("50", Minimum(money=D(50))),
        ("{amount: 50, otherwise: forfeit}", Minimum(money=D(50), otherwise="forfeit")),
        ("{amount: 50, at_end: lost}", Minimum(money=D(50), at_end="lost")),
    ],
)
def test_minimum(spelled: str, minimum: Minimum) -> None:
    assert bonus("rate: 2 %", f"minimum_payout: {spelled}").minimum == minimum
