"""Values decide what headings leave open."""

import pytest

from staffel.core.readers.guessing import (
    Sample,
    guess_figures,
    is_mostly_dates,
    order_of,
    signs_are_open,
    signs_matter,
    values_of,
)
from staffel.core.readers.headings import Meaning, Role
from staffel.core.readers.mapping import Column, DateOrder

LINES = [["3", "6.150,00", "18.450,00"], ["5", "999,00", "4.995,00"], ["18", "199,367", "3.588,61"]]
EITHER: dict[int, Meaning] = {0: Role.QUANTITY_OR_PRICE, 1: Role.PRICE_OR_NET, 2: Role.PRICE_OR_NET}


def swapped(lines: Sample, *order: int) -> Sample:
    return [[line[at] for at in order] for line in lines]


class TestFigures:
    def test_price_times_quantity(self) -> None:
        guess = guess_figures(LINES, EITHER)
        assert guess.columns == {0: Column.QUANTITY, 1: Column.UNIT_PRICE, 2: Column.NET}
        assert (guess.signs.decimal, guess.agreeing) == (",", 3)

    def test_the_same_words_the_other_way_round(self) -> None:
        guess = guess_figures(swapped(LINES, 0, 2, 1), EITHER)
        assert guess.columns == {0: Column.QUANTITY, 1: Column.NET, 2: Column.UNIT_PRICE}

    def test_sales_as_price(self) -> None:
        """`Verkauf` is the quantity in one file and the price in another."""
        meanings: dict[int, Meaning] = {0: Role.QUANTITY_OR_PRICE, 1: Column.QUANTITY, 2: Column.NET}
        guess = guess_figures(swapped(LINES, 1, 0, 2), meanings)
        assert guess.columns == {0: Column.UNIT_PRICE, 1: Column.QUANTITY, 2: Column.NET}

    def test_what_nothing_tells_stays_an_amount(self) -> None:
        guess = guess_figures([["3", "5,00"], ["4", "6,00"]], {0: Column.QUANTITY, 1: Role.PRICE_OR_NET})
        assert guess.columns == {0: Column.QUANTITY, 1: Column.NET}

    def test_single_pieces_tell_nothing(self) -> None:
        guess = guess_figures([["1", "5,00", "5,00"]], EITHER)
        assert guess.agreeing == 0

    def test_no_figures(self) -> None:
        assert guess_figures(LINES, {}).columns == {}


class TestSigns:
    @pytest.mark.parametrize(
        ("lines", "decimal"),
        [
            (LINES, ","),
            ([["3", "2,100.00", "6,300.00"]], "."),
            ([["2", "1.000", "2.000"], ["3", "1,5", "4,5"]], ","),
        ],
    )
    def test_by_the_most_lines(self, lines: Sample, decimal: str) -> None:
        guess = guess_figures(lines, {0: Column.QUANTITY, 1: Column.UNIT_PRICE, 2: Column.NET})
        assert guess.signs.decimal == decimal
        assert not signs_are_open(lines, guess)

    def test_open(self) -> None:
        lines = [["2", "1.000", "2.000"]]
        guess = guess_figures(lines, {0: Column.QUANTITY, 1: Column.UNIT_PRICE, 2: Column.NET})
        assert signs_are_open(lines, guess)
        assert signs_matter(lines, guess.columns)

    def test_numbers_by_type_need_none(self) -> None:
        assert not signs_matter([[3.5, "4"]], {0: Column.NET, 1: Column.QUANTITY})


class TestDates:
    @pytest.mark.parametrize(
        ("cells", "order"),
        [
            (["2026-07-28"], DateOrder.YMD),
            (["28.07.2026", "01.02.2026"], DateOrder.DMY),
            (["07/28/2026", "07/09/2026"], DateOrder.MDY),
            (["07/09/2026"], None),
            (["07.09.2026"], DateOrder.DMY),
            (["07/28/2026", "28/07/2026"], None),
            ([], DateOrder.AUTO),
            ([46231.0], DateOrder.AUTO),
        ],
    )
    def test_orders(self, cells: list[object], order: DateOrder | None) -> None:
        assert order_of(cells) == order  # type: ignore[arg-type]

    def test_columns_that_hold_dates(self) -> None:
        assert is_mostly_dates(["28.07.2026", "07/28/2026", "offen"])
        assert not is_mostly_dates(["4711", "offen"])


def test_values_are_the_filled_cells() -> None:
    assert values_of([["a", ""], ["b"], [" ", "c"]], 0) == ["a", "b"]
    assert values_of([["a", ""], ["b"], [" ", "c"]], 1) == ["c"]
