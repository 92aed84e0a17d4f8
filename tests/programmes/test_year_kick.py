"""Programme 10 of the facts: growth for existing dealers, revenue for new ones, one year."""

from datetime import date

import pytest

from staffel.core.calendar import Span
from staffel.core.programme.payment_days import due_day
from tests.forms.conftest import calculate
from tests.programmes.conftest import Market, coins, example

PROGRAMME = example("year-kick")
LONG, SHOP = date(2010, 1, 1), "vendor_shop"


def kick(before: object, revenue: object, since: date = LONG, route: str = SHOP) -> str:
    """What a dealer gets for 2014 that had sold something the year before (none: nothing)."""
    facts = Market(PROGRAMME)
    facts.joins(since=since)
    if before is not None:
        facts.sold("a", "2013-06-30", before, route=SHOP)
    facts.sold("a", "2014-06-30", revenue, route=route)
    return coins(calculate(PROGRAMME, facts, "2014-12-31"), "year-kick", "2014-01-01")


class TestExistingDealers:
    """Source: 4, 6 or 10 % of the whole revenue of 2014 from 35, 50 or 100 % growth over 2013."""

    @pytest.mark.parametrize(
        ("before", "revenue", "ours"),
        [
            ("10000", "13499.99", "0.00"),
            ("10000", "13500", "540.00"),
            ("10000", "14999.99", "600.00"),
            ("10000", "15000", "900.00"),
            ("10000", "19999.99", "1200.00"),
            ("10000", "20000", "2000.00"),
            ("1000", "1350", "54.00"),
        ],
    )
    def test_by_growth(self, before: str, revenue: str, ours: str) -> None:
        assert kick(before, revenue) == ours

    def test_from_1000_a_year(self) -> None:
        """Source: existing dealers from 1,000 EUR yearly revenue."""
        assert kick("999.99", "9000") == "0.00"


class TestNewDealers:
    """Source: 4, 6 or 10 % from 1,350, 1,500 or 2,000 EUR: as if they had sold 1,000 the year before."""

    @pytest.mark.parametrize(
        ("revenue", "ours"),
        [
            ("1349.99", "0.00"),
            ("1350", "54.00"),
            ("1499.99", "60.00"),
            ("1500", "90.00"),
            ("1999.99", "120.00"),
            ("2000", "200.00"),
        ],
    )
    def test_by_revenue(self, revenue: str, ours: str) -> None:
        assert kick(None, revenue, since=date(2014, 3, 1)) == ours


class TestTerms:
    """What else the source says."""

    def test_purchases_elsewhere_do_not_count(self) -> None:
        assert kick("10000", "20000", route="distributor") == "0.00"

    def test_paid_by_15_february(self) -> None:
        year = Span(date(2014, 1, 1), date(2015, 1, 1))
        assert due_day(PROGRAMME, PROGRAMME.incentive("year-kick").payout.due, year) == date(2015, 2, 15)
