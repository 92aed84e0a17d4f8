"""Programme 2 of the facts: added parts on billed revenue, ceilings per end customer, money and funds."""

from datetime import date

import pytest

from staffel.core.calendar import Span
from tests.forms.conftest import calculate, said
from tests.laws.facts import day
from tests.laws.oracle import Book
from tests.programmes.conftest import Market, coins, example

PROGRAMME = example("cirrus")
FIRST = "2020-07-01"
HALF = Span(date(2020, 7, 1), date(2021, 1, 1))


def market(**families: str) -> Market:
    """A partner that has long passed the gate, on revenue that no bonus counts; products by their family."""
    facts = Market(PROGRAMME)
    for product, family in {"suite": "office", "till": "business", **families}.items():
        facts.makes(product, family)
    facts.makes("pilot", "office", category="strategic")
    facts.makes("hardware", "boxes")
    facts.joins()
    facts.sold("a", "2020-07-01", 25_000, product_id="hardware")
    return facts


def settled(facts: Market, on: str = "2020-12-31") -> Book:
    """Asked on a day."""
    return calculate(PROGRAMME, facts, on, closing=HALF)


class TestRates:
    """Source: 4 % of office work and security, 4.75 % of business applications, 4 % of computing, 20 % of
    telephony; 2 % more for new customers and for strategic products; the parts are added.
    """

    @pytest.mark.parametrize(
        ("family", "net", "ours"),
        [
            ("office", "10000", "400.00"),
            ("security", "10000", "400.00"),
            ("business", "10000", "475.00"),
            ("compute", "10000", "400.00"),
            ("telephony", "10000", "2000.00"),
            ("boxes", "10000", "0.00"),
        ],
    )
    def test_core(self, family: str, net: str, ours: str) -> None:
        facts = market(item=family)
        facts.sold("a", "2020-09-10", net, product_id="item")
        assert coins(settled(facts), "core", FIRST) == ours

    def test_added_on_the_same_revenue(self) -> None:
        """10,000 of a strategic product, to a new customer: 4 + 2 + 2 %."""
        facts = market()
        facts.sold("a", "2020-09-10", 10_000, product_id="pilot", end_customer_id="c")
        book = settled(facts)
        ours = [coins(book, one.name, FIRST) for one in PROGRAMME.incentives]
        assert ours == ["400.00", "200.00", "200.00"]


class TestNewCustomers:
    """Source: a customer that never had revenue of office work in this channel, from anybody; other lines of
    products do not matter.
    """

    @pytest.mark.parametrize(
        ("before", "seller", "ours"),
        [("till", "a", "200.00"), ("suite", "a", "0.00"), ("suite", "b", "0.00")],
    )
    def test_what_it_had_before(self, before: str, seller: str, ours: str) -> None:
        facts = market()
        facts.joins("b")
        facts.sold(seller, "2017-03-01", 5, product_id=before, end_customer_id="c")
        facts.sold("a", "2020-09-10", 10_000, product_id="suite", end_customer_id="c")
        assert coins(settled(facts), "new-customers", FIRST) == ours


class TestBounds:
    def test_the_ceiling_of_an_end_customer(self) -> None:
        """Source: 93,750 of core for each. 3,000,000 at 4 % are 120,000; the other's 1,000 are 40."""
        facts = market()
        facts.sold("a", "2020-09-10", 3_000_000, product_id="suite", end_customer_id="c")
        facts.sold("a", "2020-09-10", 1_000, product_id="suite", end_customer_id="d")
        assert coins(settled(facts), "core", FIRST) == "93790.00"

    def test_the_gate_once_met_stays_met(self) -> None:
        """Source: 25,000 over the last 365 days; who met it once and then falls below, stays. A partner of
        25,000 in August 2020 is paid in 2021 on 1,000, one of 24,999.99 is not.
        """
        for before, ours in (("25000", "40.00"), ("24999.99", "0.00")):
            facts = Market(PROGRAMME)
            facts.makes("suite", "office")
            facts.joins()
            facts.sold("a", "2020-08-01", before, product_id="suite")
            facts.sold("a", "2021-10-01", 1_000, product_id="suite")
            book = calculate(PROGRAMME, facts, "2021-12-31")
            assert coins(book, "core", "2021-07-01") == ours


class TestPayout:
    """Source: 60 % in money, 40 % as funds, which are money too where they come to less than 4,000 (from
    October 2021 on); used in the six months after, claimed within 45 days more.
    """

    @pytest.mark.parametrize(
        ("net", "parts"),
        [
            ("249999", {"money": "9999.96"}),
            ("250000", {"money": "6000.00", "funds": "4000.00"}),
        ],
    )
    def test_money_and_funds(self, net: str, parts: dict[str, str]) -> None:
        facts = market()
        facts.sold("a", "2020-09-10", net, product_id="suite")
        found: dict[str, str] = {}
        for (form, *_), money in said(settled(facts), "a", HALF, "core").days.items():
            found[str(getattr(form, "value", form))] = f"{money:.2f}"
        assert found == parts

    def test_days(self) -> None:
        """Earned until 31 December: used until 30 June, claimed until 14 August."""
        facts = market()
        facts.sold("a", "2020-09-10", 1_000_000, product_id="suite")
        days = {one[1:3] for one in said(settled(facts), "a", HALF, "core").days if one[1] is not None}
        assert days == {(day("2021-06-30"), day("2021-08-14"))}
