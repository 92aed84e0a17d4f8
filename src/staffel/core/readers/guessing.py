"""What the values of columns say where headings do not: dates, signs, which column is the amount.

Price × quantity decides: of all ways to take the doubtful columns, and of both ways to read the signs, the
one holds in which most lines agree.
"""

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
from staffel.core.readers.texts import Cell

Sample = Sequence[Sequence[Cell]]

_ROUNDING = Decimal("0.01")
_EITHER = {
    Role.QUANTITY_OR_PRICE: (Column.QUANTITY, Column.UNIT_PRICE),
    Role.PRICE_OR_NET: (Column.UNIT_PRICE, Column.NET),
}
SIGNS = (Signs(decimal=",", thousands="."), Signs(decimal=".", thousands=","))
_MOST_DOUBTFUL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One way to take a file's figures. agreeing: lines in which price × quantity is the amount."""

    columns: dict[int, Column]
    signs: Signs
    agreeing: int
    readable: int
    stated: int


def values_of(sample: Sample, column: int) -> list[Cell]:
    """The filled cells of a column."""
    return [row[column] for row in sample if column < len(row) and str(row[column]).strip()]


def is_mostly_dates(cells: list[Cell]) -> bool:
    """Whether more than half of a column's cells are dates in some order."""
    return sum(_is_date(cell) for cell in cells) * 2 > len(cells)


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
    cells = (cell for column in columns for cell in values_of(sample, column))
    return any(isinstance(cell, str) and ("." in cell or "," in cell) for cell in cells)


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
    agreeing = readable = 0
    for row in sample:
        figures = {}
        for at, column in columns.items():
            figure = _figure(row[at], signs) if at < len(row) else None
            if figure is not None:
                figures[column] = figure
        readable += len(figures)
        agreeing += _agrees(figures)
    return Guess(columns=columns, signs=signs, agreeing=agreeing, readable=readable, stated=_stated(columns))


def _stated(columns: dict[int, Column]) -> int:
    """Prefers a quantity and an amount to a quantity and a price, where no line tells."""
    return sum((Column.QUANTITY in columns.values(), Column.NET in columns.values()))


def _agrees(figures: dict[Column, Decimal]) -> bool:
    quantity, price, net = (
        figures.get(column) for column in (Column.QUANTITY, Column.UNIT_PRICE, Column.NET)
    )
    if not quantity or not price or not net:
        return False
    computed = abs(EXACT.multiply(quantity, price))
    # One piece at the price of the line says nothing about which is which.
    return abs(quantity) != 1 and abs(computed - abs(net)) <= _ROUNDING


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
