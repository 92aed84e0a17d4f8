"""The made-up market has the shape of a real one, the same every time."""

from collections import Counter
from datetime import date
from itertools import groupby

import pytest

from staffel.cli.demo.kinds import Sold
from staffel.cli.demo.market import HERO, Market, made_market
from staffel.cli.demo.sales import pairs_of, sold_by_month

LINES = 60_000


@pytest.fixture(scope="module")
def market() -> Market:
    return made_market(lines=LINES)


@pytest.fixture(scope="module")
def sold(market: Market) -> list[Sold]:
    return [line for pair in pairs_of(market) for _, lines in sold_by_month(market, pair) for line in lines]


def amount(line: Sold) -> int:
    return line.unit * line.quantity


def test_size(market: Market, sold: list[Sold]) -> None:
    assert (len(market.partners), len(market.vendors), len(market.distributors)) == (400, 4, 4)
    assert len(list(market.months)) == 24
    assert abs(len(sold) / LINES - 1) < 0.05


def test_the_same_every_time(sold: list[Sold]) -> None:
    again = made_market(lines=LINES)
    lines = [line for pair in pairs_of(again) for _, each in sold_by_month(again, pair) for line in each]
    assert lines == sold


def test_a_fifth_makes_four_fifths(market: Market, sold: list[Sold]) -> None:
    revenue: Counter[str] = Counter()
    for line in sold:
        revenue[line.reseller.partner] += amount(line)
    largest = sorted(revenue.values(), reverse=True)[: len(market.partners) // 5]
    assert 0.75 <= sum(largest) / sum(revenue.values()) <= 0.85


def test_quarters_end_with_a_rush(sold: list[Sold]) -> None:
    """The last week of March 2026 is busier than a week of February, by lines."""
    days = Counter(line.day for line in sold if line.quantity > 0)
    rush = sum(days[date(2026, 3, day)] for day in range(25, 32))
    calm = sum(days[date(2026, 2, day)] for day in range(9, 16))
    assert rush > 2 * calm


def test_goods_come_back(sold: list[Sold]) -> None:
    back = [line for line in sold if line.quantity < 0]
    assert 0.01 < len(back) / len(sold) < 0.03
    named = sum(1 for line in back if line.returns)
    assert 0.5 < named / len(back) < 0.7


def test_some_lines_come_late(market: Market) -> None:
    pair = pairs_of(market)[0]
    late = [
        line
        for month, lines in sold_by_month(market, pair)
        for line in lines
        if line.quantity > 0 and line.day < month.start
    ]
    assert late


def test_some_resellers_are_strangers(sold: list[Sold]) -> None:
    strange = sum(1 for line in sold if not line.reseller.partner)
    assert 0.003 < strange / len(sold) < 0.01


def test_prices_change(market: Market) -> None:
    assert any(len(set(product.prices)) > 1 for vendor in market.vendors for product in vendor.products)


def test_partners_join_merge_and_leave(market: Market) -> None:
    by_id = {one.id: one for one in market.partners}
    assert len(by_id) == 400
    assert len({one.serial for one in market.partners}) == 400
    merged = [one.same_as for one in market.partners if one.same_as]
    assert len(merged) == 3
    assert all(into in by_id for into, _ in merged)
    assert any(one.buys_until for one in market.partners)
    assert any(set(one.vendors) and not one.enrolled for one in market.partners)
    assert HERO in by_id


def test_documents_are_of_one_reseller_and_day(sold: list[Sold]) -> None:
    sales = sorted((line for line in sold if line.quantity > 0), key=lambda line: line.document)
    for _, lines in groupby(sales, key=lambda line: line.document):
        assert len({(line.reseller.partner, line.reseller.name, line.day) for line in lines}) == 1
