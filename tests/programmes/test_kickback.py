"""Programme 5 of the facts: a kick-back by level on five models, and targets of quarter and year on top.

The year's target: the source leaves open what it is paid on. Chosen: on the five models of the whole year,
settled with the year's last quarter.
"""

from typing import Any

import pytest

from tests.forms.conftest import calculate
from tests.laws import oracle
from tests.laws.facts import day
from tests.programmes.conftest import Market, coins, example

PROGRAMME = example("kickback")
YEAR, FIRST = (day("2026-01-01"), day("2027-01-01")), (day("2026-01-01"), day("2026-04-01"))


def market(**values: Any) -> Market:
    """A dealer, one of the five models, and another product."""
    facts = Market(PROGRAMME)
    facts.makes("model", number="WT-1200")
    facts.makes("paper", number="P-1")
    facts.joins(country="CH", **values)
    return facts


class TestLevels:
    """Source: Blue 25,000–100,000, Silver 100,000–250,000, Gold from 250,001 CHF of yearly revenue."""

    @pytest.mark.parametrize(
        ("revenue", "level", "ours"),
        [
            ("24999.99", "dealer", "0.00"),
            ("25000", "blue", "500.00"),
            ("99999.99", "blue", "500.00"),
            ("100000", "silver", "1000.00"),
            ("250000", "silver", "1000.00"),
            ("250001", "gold", "1500.00"),
        ],
    )
    def test_rate_of_the_level(self, revenue: str, level: str, ours: str) -> None:
        """5, 10 or 15 % of 10,000 of the five models, by the level that last year's revenue gave."""
        facts = market()
        facts.sold("a", "2026-02-10", revenue, product_id="paper")
        facts.sold("a", "2026-05-10", 10_000, product_id="model")
        book = calculate(PROGRAMME, facts, "2026-06-30")
        assert oracle.level_on(book, "a", day("2026-04-01")) == level
        assert coins(book, "kickback", "2026-04-01") == ours

    def test_other_models_do_not_count(self) -> None:
        facts = market()
        facts.sold("a", "2026-02-10", 30_000, product_id="paper")
        facts.sold("a", "2026-05-10", 10_000, product_id="paper")
        assert coins(calculate(PROGRAMME, facts, "2026-06-30"), "kickback", "2026-04-01") == "0.00"


class TestTargets:
    """Source: quarter's target reached + 0.5 %, year's target reached + 1 %."""

    @pytest.mark.parametrize(("others", "ours"), [(9_999, "0.00"), (10_000, "50.00"), (15_000, "50.00")])
    def test_of_the_quarter(self, others: int, ours: str) -> None:
        facts = market()
        facts.target("a", "quarterly", *FIRST, 20_000)
        facts.sold("a", "2026-02-10", 10_000, product_id="model")
        facts.sold("a", "2026-03-10", others, product_id="paper")
        assert coins(calculate(PROGRAMME, facts, "2026-03-31"), "quarter-target", "2026-01-01") == ours

    @pytest.mark.parametrize(("late", "ours"), [(59_999, "0.00"), (60_000, "400.00")])
    def test_of_the_year_on_all_of_the_year(self, late: int, ours: str) -> None:
        """1 % of the 40,000 of the five models, once 100,000 are reached."""
        facts = market()
        facts.target("a", "yearly", *YEAR, 100_000)
        facts.sold("a", "2026-02-10", 10_000, product_id="model")
        facts.sold("a", "2026-08-10", 30_000, product_id="model")
        facts.sold("a", "2026-11-10", late, product_id="paper")
        assert coins(calculate(PROGRAMME, facts, "2026-12-31"), "year-target", "2026-01-01") == ours
