"""What becomes of it: rules 37 to 39, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    Earner,
    Incentive,
    Length,
    Minimum,
    Newcomers,
    Payer,
    PayForm,
    Payout,
    PayPart,
    Percent,
    Persons,
    Rounding,
)
from tests.forms.conftest import calculate, earned, incentive, programme, quarter, said, selling, steps
from tests.laws.facts import Ledger, day

FIRST, SECOND, THIRD = (quarter(2026, number) for number in (1, 2, 3))


def settle(facts: Ledger, window: Span, settled: Span, amount: object, **sums: Any) -> None:
    """What an earlier settlement wrote for the bonus of a."""
    facts.settled("bonus", "a", (window.start, window.until), (settled.start, settled.until), amount, **sums)


class TestMinimum:
    """Rule 37. What is due with what was carried in; below the minimum it is carried on, or lost."""

    @staticmethod
    def bonus(**values: Any) -> Incentive:
        """1 %, at least 50."""
        minimum = Minimum(money=Decimal(50), **values)
        return incentive(scale=steps((0, "0.01")), minimum=minimum)

    @staticmethod
    def facts() -> Ledger:
        """30, then 25."""
        return selling(("2026-02-10", 3000), ("2026-05-10", 2500))

    def test_carried_until_it_is_enough(self) -> None:
        """Minimum 50: 30, then 25 → 0.00, 55.00."""
        facts = self.facts()
        first = said(calculate(programme(self.bonus()), facts, "2026-03-31", FIRST), "a", FIRST)
        assert (first.due, first.paid, first.carried_out) == (30, 0, 30)
        settle(facts, FIRST, FIRST, 30, carried=30)
        second = said(calculate(programme(self.bonus()), facts, "2026-06-30", SECOND), "a", SECOND)
        assert (second.carried_in, second.due, second.paid, second.carried_out) == (30, 55, 55, 0)

    def test_forfeited(self) -> None:
        one = said(
            calculate(programme(self.bonus(otherwise="forfeit")), self.facts(), "2026-03-31", FIRST),
            "a",
            FIRST,
        )
        assert (one.paid, one.carried_out) == (0, 0)

    @pytest.mark.parametrize(("at_end", "paid"), [("pay", 30), ("lost", 0)])
    def test_at_the_end_of_the_programme(self, at_end: Any, paid: int) -> None:
        of = programme(self.bonus(at_end=at_end), valid=Span(day("2026-01-01"), day("2026-04-01")))
        one = said(calculate(of, self.facts(), "2026-03-31", FIRST), "a", FIRST)
        assert (one.paid, one.carried_out) == (paid, 0)

    def test_a_negative_sum_is_always_carried(self) -> None:
        facts = selling(("2026-02-10", -3000))
        one = said(
            calculate(programme(self.bonus(otherwise="forfeit")), facts, "2026-03-31", FIRST), "a", FIRST
        )
        assert (one.paid, one.carried_out) == (0, -30)


class TestRounding:
    """Rule 30, step 11. Half up to the coin, or to `round`; of the size, so that a negative sum mirrors."""

    @pytest.mark.parametrize(
        ("net", "way", "paid"),
        [
            (9950, "down", "99.50"),  # 99.50 is a multiple
            (9954, "down", "99.50"),  # 99.54
            (9954, "up", "99.55"),
            (9951, "up", "99.55"),  # 99.51
            ("9952.49", "half_up", "99.50"),  # 99.5249
            ("9952.50", "half_up", "99.55"),  # 99.525, half of 0.05
            (-9954, "down", "-99.50"),
            (-9951, "up", "-99.55"),
            ("-9952.50", "half_up", "-99.55"),
            (0, "up", "0.00"),
        ],
    )
    def test_to_five_cents(self, net: object, way: Any, paid: str) -> None:
        """1 %, to multiples of 0.05."""
        bonus = incentive(scale=steps((0, "0.01")), round=Rounding(to=Decimal("0.05"), way=way))
        book = calculate(programme(bonus), selling(("2026-02-10", net)), "2026-03-31", FIRST)
        assert earned(book, "a", "2026-01-01") == Decimal(paid)

    def test_before_the_minimum(self) -> None:
        """199.996 down to whole euros is 199.00, less than a minimum of 200."""
        bonus = incentive(
            scale=steps((0, "0.01")),
            round=Rounding(to=Decimal(1), way="down"),
            minimum=Minimum(money=Decimal(200)),
        )
        book = calculate(programme(bonus), selling(("2026-02-10", "19999.60")), "2026-03-31", FIRST)
        one = said(book, "a", FIRST)
        assert (one.due, one.paid, one.carried_out) == (199, 0, 199)


class TestPayout:
    """Rule 38. Shares first, by largest remainder, then `if_less_than` for each part."""

    @staticmethod
    def payout(less_than: int) -> Payout:
        """60 % money, 40 % funds, which are money where they are too little."""
        funds = PayPart(
            share=Decimal("0.4"), form=PayForm.FUNDS, if_less_than=Decimal(less_than), then=PayForm.MONEY
        )
        return Payout(parts=(PayPart(share=Decimal("0.6"), form=PayForm.MONEY), funds))

    @pytest.mark.parametrize(
        ("less_than", "parts"),
        [
            (4000, {PayForm.MONEY: Decimal(9000)}),
            (3600, {PayForm.MONEY: Decimal(5400), PayForm.FUNDS: Decimal(3600)}),
        ],
    )
    def test_9_000(self, less_than: int, parts: dict[PayForm, Decimal]) -> None:
        """9,000.00 at 60 : 40, funds less than 4,000 as money: 5,400.00 + 3,600.00, all money."""
        bonus = incentive(scale=steps((0, Percent(rate=Decimal("0.1")))), payout=self.payout(less_than))
        book = calculate(programme(bonus), selling(("2026-02-10", 90000)), "2026-03-31", FIRST)
        assert said(book, "a", FIRST).parts == parts


class TestPayers:
    """Rule 38. Each part is shared among the payers by largest remainder; a distributor may be chosen."""

    @pytest.mark.parametrize(
        ("choices", "paid"),
        [
            ("distributor=rhein", {"vendor": "33.34", "rhein": "33.33"}),
            ("hurdle=b;distributor=elbe", {"vendor": "33.34", "elbe": "33.33"}),
            (None, {"vendor": "33.34", "not-chosen": "33.33"}),
        ],
    )
    def test_half_and_half(self, choices: str | None, paid: dict[str, str]) -> None:
        """10 % of 666.70 is 66.67: half of it is 33.335; the odd coin is the first payer's."""
        half = Decimal("0.5")
        payers = (Payer(who="vendor", share=half), Payer(who="chosen", share=half))
        bonus = incentive(scale=steps((0, "0.1")), payout=Payout(payers=payers))
        facts = Ledger()
        facts.product("box", "boxes")
        facts.partner("a")
        facts.enrolment("a", choices=choices)
        facts.sale("a", day("2026-02-10"), "666.70")
        one = said(calculate(programme(bonus), facts, "2026-03-31", FIRST), "a", FIRST)
        assert {payer: money for (*_, payer), money in one.days.items()} == {
            payer: Decimal(money) for payer, money in paid.items()
        }


class TestChoice:
    """Rule 38. The partner chooses the form of all of it; the first where it chose none that it may."""

    @pytest.mark.parametrize(
        ("choices", "form"),
        [("payout=funds", PayForm.FUNDS), ("payout=points", PayForm.DISCOUNT), (None, PayForm.DISCOUNT)],
    )
    def test_as_the_partner_chose(self, choices: str | None, form: PayForm) -> None:
        """2 % of 1,000.00, as discount or as funds."""
        payout = Payout(parts=(), choice=(PayForm.DISCOUNT, PayForm.FUNDS))
        facts = Ledger()
        facts.product("box", "boxes")
        facts.partner("a")
        facts.enrolment("a", choices=choices)
        facts.sale("a", day("2026-02-10"), 1000)
        one = said(calculate(programme(incentive(payout=payout)), facts, "2026-03-31", FIRST), "a", FIRST)
        assert one.parts == {form: 20}


class TestPeople:
    """Rule 43. A partner earns for its people; the statement says until when it is shared among them."""

    @pytest.mark.parametrize("otherwise", ["firm", "lost"])
    def test_tells_the_last_day(self, otherwise: Literal["firm", "lost"]) -> None:
        """2 % of 1,000.00, within 30 days of 31 March: 30 April."""
        persons = Persons(within=Length(count=30), otherwise=otherwise)
        bonus = incentive(earner=Earner(persons=persons))
        book = calculate(programme(bonus), selling(("2026-02-10", 1000)), "2026-03-31", FIRST)
        one = said(book, "a", FIRST)
        assert one.days == {(PayForm.MONEY, None, day("2026-04-30"), "vendor"): 20}


class TestByTheMonth:
    """Rule 40. A year is paid by the month, against the year so far."""

    YEAR = incentive(per=Unit.YEAR, settle=Unit.MONTH, scale=steps((0, "0.01"), (40000, "0.02")))

    @staticmethod
    def month(number: int) -> Span:
        return Span(date(2026, number, 1), date(2026, number + 1, 1))

    def test_what_is_paid_is_settled_and_what_was_too_much_is_carried(self) -> None:
        """300.00, then 700.00 more, then 650.00 less: 15,000 of February came back."""
        year, rules = quarter(2026, 1).start, programme(self.YEAR)
        facts = selling(("2026-01-10", 30000), ("2026-02-10", 20000))
        whole = Span(year, date(2027, 1, 1))
        found = []
        for number in (1, 2, 3):
            if number == 3:
                facts.back(facts.tables["sell_out"][1], day("2026-03-05"), 15000)
            settled = self.month(number)
            one = said(calculate(rules, facts, settled.last_day.isoformat(), settled), "a", settled)
            found.append((one.due, one.carried_out))
            settle(facts, whole, settled, one.due, paid=one.paid, carried=one.carried_out)
        assert found == [(300, 0), (700, 0), (-650, -650)]

    def test_who_joins_in_the_year_counts_from_its_month(self) -> None:
        """Joined on 10 April, nine of twelve months: 2 % from 30,000."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-04-10"))
        facts.sale("a", day("2026-05-10"), 30000)
        bonus = replace(self.YEAR, newcomers=Newcomers(prorate="months"))
        may = self.month(5)
        assert said(calculate(programme(bonus), facts, "2026-05-31", may), "a", may).due == 600


class TestSettledWindows:
    """Rule 39. Due = entitlement of `per` to date − what was settled for it: a year trues up over its
    quarters.
    """

    def test_a_year_over_settled_quarters(self) -> None:
        """1 % from 10,000, 2 % from 40,000; quarters 8,000, 12,000, 30,000: due 0, 200, 800."""
        bonus = incentive(per=Unit.YEAR, settle=Unit.QUARTER, scale=steps((10000, "0.01"), (40000, "0.02")))
        facts = selling(("2026-02-10", 8000), ("2026-05-10", 12000), ("2026-08-10", 30000))
        year, dues = Span(day("2026-01-01"), day("2027-01-01")), []
        for settled, on in ((FIRST, "2026-03-31"), (SECOND, "2026-06-30"), (THIRD, "2026-09-30")):
            one = said(calculate(programme(bonus), facts, on, settled), "a", settled)
            dues.append(one.due)
            settle(facts, year, settled, one.due, paid=one.paid)
        assert dues == [0, 200, 800]

    def test_a_negative_difference_is_carried_into_the_next(self) -> None:
        facts = selling(("2026-02-10", 1000), ("2026-05-10", 200))
        settle(facts, FIRST, FIRST, 20, paid=20)
        facts.back(facts.tables["sell_out"][0], day("2026-05-20"), 1000)
        one = said(calculate(programme(incentive()), facts, "2026-06-30", SECOND), "a", SECOND)
        assert (one.due, one.paid, one.carried_out) == (-16, 0, -16)
