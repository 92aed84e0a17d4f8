"""Each distributor's spreadsheet is read to the very figures that were written."""

from decimal import Decimal
from pathlib import Path

import pytest

from staffel.cli.demo import layouts
from staffel.cli.demo.kinds import Sold
from staffel.cli.demo.layouts import written
from staffel.cli.demo.market import made_market
from staffel.cli.demo.sales import Pair, pairs_of, sold_by_month
from staffel.core.calendar import Span
from staffel.core.readers import ReadReport, load_mapping, read

MAPPINGS = Path(layouts.__file__).parent / "mappings"
MARKET = made_market(partners=60, lines=3_000, months=3)
PAIRS = {(pair.distributor.id, pair.vendor.id): pair for pair in pairs_of(MARKET)}


def last_month(pair: Pair) -> tuple[Span, list[Sold]]:
    *_, last = sold_by_month(MARKET, pair)
    return last


def reread(pair: Pair) -> tuple[ReadReport, Span, list[Sold]]:
    month, lines = last_month(pair)
    name, content = written(pair.distributor, pair.vendor, month, lines)
    mapping = load_mapping(MAPPINGS / f"{pair.distributor.layout}.yaml")
    return read(content, mapping=mapping, kind="sell_out", name=name), month, lines


@pytest.mark.parametrize("names", sorted(PAIRS))
class TestEachPair:
    def test_says_whose_it_is(self, names: tuple[str, str]) -> None:
        report, month, _ = reread(PAIRS[names])
        assert (report.header.distributor, report.header.vendor) == names
        assert report.header.period == month

    def test_every_line_with_its_amount(self, names: tuple[str, str]) -> None:
        report, _, lines = reread(PAIRS[names])
        assert report.refused == []
        assert len(report.rows) == len(lines)
        assert sorted(row.net for row in report.rows if row.net is not None) == sorted(
            Decimal(line.unit * line.quantity).scaleb(-2) for line in lines
        )
        assert sum(row.quantity for row in report.rows) == sum(line.quantity for line in lines)

    def test_returns_are_returns(self, names: tuple[str, str]) -> None:
        report, _, lines = reread(PAIRS[names])
        back = [row for row in report.rows if row.kind.value == "return"]
        assert len(back) == sum(1 for line in lines if line.quantity < 0)
        assert {row.returns_document for row in back} == {
            line.returns or None for line in lines if line.quantity < 0
        }

    def test_nothing_is_amiss(self, names: tuple[str, str]) -> None:
        report, _, _ = reread(PAIRS[names])
        assert [each.code for each in report.findings if each.severity != "note"] == []


def test_the_same_bytes_every_time() -> None:
    for pair in PAIRS.values():
        month, lines = last_month(pair)
        first, second = (written(pair.distributor, pair.vendor, month, lines) for _ in range(2))
        assert first == second
