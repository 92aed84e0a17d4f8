"""What the values of columns say where headings do not: dates, signs, numbers or names, which is the amount.

Price × quantity decides: of all ways to take the doubtful columns, and of both ways to read the signs, the
one holds in which most lines agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from staffel.core.money import EXACT
from staffel.core.readers.cells import FigureReader, read_day
from staffel.core.readers.dates import orders_of
from staffel.core.readers.headings import Meaning, Role
from staffel.core.readers.mapping import Column, DateOrder, Signs
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.texts import Cell, NoResult, shown

Sample = Sequence[Sequence[Cell]]

_ROUNDING = Decimal("0.01")
_EITHER = {
    Role.QUANTITY_OR_PRICE: (Column.QUANTITY, Column.UNIT_PRICE),
    Role.PRICE_OR_NET: (Column.UNIT_PRICE, Column.NET),
}
SIGNS = (Signs(decimal=",", thousands="."), Signs(decimal=".", thousands=","))
_MOST_DOUBTFUL = 6
_NAME_FOR: dict[Meaning, Column] = {
    Column.PARTNER_NUMBER: Column.PARTNER_NAME,
    Column.PRODUCT_VENDOR_NUMBER: Column.PRODUCT_NAME,
    Column.PRODUCT_DISTRIBUTOR_NUMBER: Column.PRODUCT_NAME,
}
_CODE = re.compile(r"\S*[0-9]\S*")
_NAME = re.compile(r"[^\W\d_]{3,}.*\s.+|.+\s[^\W\d_]{3,}.*")
_MOST_PERCENT, _NEARLY_ALL_PERCENT = 50, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One way to take a file's figures.

    agreeing: lines in which price × quantity is the amount; compared: those that state all three.
    """

    columns: dict[int, Column]
    signs: Signs
    agreeing: int
    compared: int
    readable: int
    stated: int


def values_of(sample: Sample, column: int) -> list[Cell]:
    """The filled cells of a column, but for formulas of which nobody knows the result."""
    cells = (row[column] for row in sample if column < len(row))
    return [cell for cell in cells if str(cell).strip() and type(cell) is not NoResult]


def by_values(meaning: Meaning, cells: Sequence[Cell]) -> Meaning:
    """What a column means whose heading may stand over numbers or names: "Kunde", "Artikel", "Product"."""
    if meaning is Column.PARTNER_NAME and _are(_CODE, cells, _NEARLY_ALL_PERCENT):
        return Column.PARTNER_NUMBER
    if meaning in _NAME_FOR and _are(_NAME, cells, _MOST_PERCENT):
        return _NAME_FOR[meaning]
    return meaning


def is_mostly_dates(cells: list[Cell]) -> bool:
    """Whether more than half of a column's cells are dates in some order; where none is filled, it may be."""
    return not cells or sum(_is_date(cell) for cell in cells) * 2 > len(cells)


def order_of(cells: list[Cell]) -> DateOrder | None:
    """The order of a column's dates; `auto` where cells are dates by type, None where it stays open."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not texts:
        return DateOrder.AUTO
    allowed = [orders for text in texts if (orders := orders_of(text)) is not None]
    if not allowed:
        return DateOrder.YMD
    common = frozenset.intersection(*allowed)
    if len(common) == 1:
        return next(iter(common))
    # With points the day stands first, also where no day is above 12.
    dotted = all("." in text for text in texts if orders_of(text) is not None)
    return DateOrder.DMY if dotted and DateOrder.DMY in common else None


def guess_figures(sample: Sample, meanings: dict[int, Meaning]) -> Guess:
    """The best way to take the columns of figures, and the signs by which most of them can be read."""
    guesses = [weigh(sample, columns, signs) for columns in _ways(meanings) for signs in SIGNS]
    return max(guesses, key=lambda guess: (guess.agreeing, guess.readable, guess.stated))


def signs_are_open(sample: Sample, guess: Guess) -> bool:
    """Whether the other signs read the same columns as well."""
    other = weigh(sample, guess.columns, SIGNS[1] if guess.signs == SIGNS[0] else SIGNS[0])
    return (other.agreeing, other.readable) == (guess.agreeing, guess.readable)


def signs_matter(sample: Sample, columns: dict[int, Column]) -> bool:
    """Whether any figure is a text in which a sign stands."""
    return any(has_sign(cell) for column in columns for cell in values_of(sample, column))


def has_sign(cell: Cell) -> bool:
    """Whether a cell is a text in which a decimal or thousands sign stands."""
    return isinstance(cell, str) and ("." in cell or "," in cell)


def is_open_date(cell: Cell) -> bool:
    """Whether a cell is a date of which the day may be the month."""
    return isinstance(cell, str) and len(orders_of(cell) or ()) > 1


def _ways(meanings: dict[int, Meaning]) -> Iterator[dict[int, Column]]:
    """Every way to take the columns of figures, no column of a row twice."""
    sure = {at: meaning for at, meaning in meanings.items() if isinstance(meaning, Column)}
    doubtful = [at for at, meaning in meanings.items() if meaning in _EITHER][:_MOST_DOUBTFUL]
    choices = [(*_EITHER[Role(meanings[at])], None) for at in doubtful]
    for choice in product(*choices):
        chosen = {at: column for at, column in zip(doubtful, choice, strict=True) if column}
        taken = [*sure.values(), *chosen.values()]
        if len(set(taken)) == len(taken):
            yield sure | chosen


def weigh(sample: Sample, columns: dict[int, Column], signs: Signs) -> Guess:
    """How well a way to take the columns, and signs, fit the lines."""
    agreeing = compared = readable = 0
    for row in sample:
        figures = {}
        for at, column in columns.items():
            figure = _figure(row[at], signs) if at < len(row) else None
            if figure is not None:
                figures[column] = figure
        readable += len(figures)
        agreeing += _agrees(figures)
        compared += _can_agree(figures)
    return Guess(
        columns=columns,
        signs=signs,
        agreeing=agreeing,
        compared=compared,
        readable=readable,
        stated=_stated(columns),
    )


def _stated(columns: dict[int, Column]) -> int:
    """Prefers a quantity and an amount to a quantity and a price, where no line tells."""
    return sum((Column.QUANTITY in columns.values(), Column.NET in columns.values()))


def _can_agree(figures: dict[Column, Decimal]) -> bool:
    """Whether a line tells price and amount apart: one piece at the price of the line does not."""
    stated = (figures.get(column) for column in (Column.QUANTITY, Column.UNIT_PRICE, Column.NET))
    return all(stated) and abs(figures[Column.QUANTITY]) != 1


def _agrees(figures: dict[Column, Decimal]) -> bool:
    if not _can_agree(figures):
        return False
    computed = EXACT.multiply(figures[Column.QUANTITY], figures[Column.UNIT_PRICE])
    return abs(abs(computed) - abs(figures[Column.NET])) <= _ROUNDING


def _are(pattern: re.Pattern[str], cells: Sequence[Cell], percent: int) -> bool:
    """Whether so many of the filled cells look like this; of none nothing is known."""
    fitting = sum(pattern.fullmatch(shown(cell).strip()) is not None for cell in cells)
    return bool(cells) and fitting * 100 >= percent * len(cells)


def _figure(cell: Cell, signs: Signs) -> Decimal | None:
    try:
        return FigureReader(signs, None).read(cell)
    except CellRefused:
        return None


def _is_date(cell: Cell) -> bool:
    for order in (DateOrder.DMY, DateOrder.MDY):
        try:
            return read_day(cell, order) is not None
        except CellRefused:
            continue
    return False
