"""Cells of every type, as the columns of a layout read them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from staffel.core.money import MONEY
from staffel.core.readers.cells import FigureReader, Memo, figure_reader, read_currency, read_day, reader_of
from staffel.core.readers.mapping import Column, DateOrder, Signs
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.texts import Cell
from tests.core.readers.layouts import mapping_of

JULY_28 = date(2026, 7, 28)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (JULY_28, JULY_28),
        (datetime(2026, 7, 28, 23, 59, tzinfo=UTC), JULY_28),
        ("28.07.2026", JULY_28),
        (46231.0, JULY_28),
        (46231.75, JULY_28),  # a serial number with its time of day
        (20260728.0, JULY_28),
        ("", None),
    ],
)
def test_days(cell: Cell, day: date | None) -> None:
    assert read_day(cell, DateOrder.DMY) == day


@pytest.mark.parametrize("cell", [True, time(7, 12), 3.0, "drei"])
def test_what_is_no_day(cell: Cell) -> None:
    with pytest.raises(CellRefused, match="date-unreadable"):
        read_day(cell, DateOrder.DMY)


@pytest.mark.parametrize("cell", [True, JULY_28, time(7, 12), 1e300])
def test_what_is_no_figure(cell: Cell) -> None:
    with pytest.raises(CellRefused, match="number-"):
        FigureReader(Signs(), MONEY).read(cell)


class TestFigures:
    def test_remember_currency_and_rounding(self) -> None:
        reader = FigureReader(Signs(decimal=","), MONEY)
        assert reader.read("1,00005 €") == Decimal("1.0001")
        assert (reader.marked, reader.rounded) == ({"1,00005 €": "EUR"}, {"1,00005 €"})

    def test_a_price_stays_as_it_is(self) -> None:
        reader = figure_reader(Column.UNIT_PRICE, Signs(decimal=","))
        assert reader is not None
        assert reader.read("0,33335") == Decimal("0.33335")
        assert not reader.rounded

    def test_nothing(self) -> None:
        assert FigureReader(Signs(), MONEY).read(" ") is None

    @pytest.mark.parametrize(
        ("column", "is_figure"), [("net", True), ("quantity", True), ("special_price", False)]
    )
    def test_columns(self, column: str, is_figure: bool) -> None:
        assert (figure_reader(column, Signs()) is not None) is is_figure


class TestReturnMarks:
    READ = staticmethod(
        reader_of(
            "return_mark",
            mapping_of("columns: {quantity: Menge}\nreturns: {column: Art, values: [RD, 7], sales: POS}"),
            DateOrder.AUTO,
        )
    )

    @pytest.mark.parametrize(
        ("cell", "is_return"), [("RD", True), ("rd ", True), (7.0, True), ("POS", False)]
    )
    def test_values(self, cell: Cell, is_return: bool) -> None:
        assert self.READ(cell) is is_return

    @pytest.mark.parametrize("cell", ["", "XX"])
    def test_others(self, cell: Cell) -> None:
        with pytest.raises(CellRefused, match="return-mark-unknown"):
            self.READ(cell)


class TestMemory:
    def test_reads_each_text_once(self) -> None:
        asked: list[Cell] = []
        memo = Memo(lambda cell: asked.append(cell))
        assert [memo[cell] for cell in ("a", "b", "a")] == [None] * 3
        assert asked == ["a", "b"]

    def test_forgets_when_it_grows(self) -> None:
        memo = Memo(lambda cell: cell)
        assert [memo[str(number)] for number in range(120_000)][-1] == "119999"
        assert len(memo) < 60_000


@pytest.mark.parametrize(("cell", "code"), [("eur", "EUR"), ("€", "EUR"), ("", None)])
def test_currencies(cell: str, code: str | None) -> None:
    assert read_currency(cell) == code
