"""A column's cells → values, each text read once: what repeats is looked up, at the speed of a dictionary."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from staffel.core.money import MONEY, PIECES, DecimalType
from staffel.core.readers.currencies import currency_of
from staffel.core.readers.dates import day_of_serial, read_date
from staffel.core.readers.mapping import (
    AMOUNT_COLUMNS,
    DATE_COLUMNS,
    PIECE_COLUMNS,
    PRICE_COLUMNS,
    Column,
    DateOrder,
    Mapping,
    ReturnMark,
    Signs,
)
from staffel.core.readers.numbers import (
    fits,
    in_plain_digits,
    number_in_cell,
    read_number,
    simple_figures,
)
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.texts import Cell, NoResult, is_number, read_ean, read_text, shown

Value = TypeVar("Value")
_MOST_REMEMBERED = 50_000


class Memo(dict[Cell, Value], Generic[Value]):
    """`memo[cell]` is the value of a cell. Raises CellRefused; forgets when it grows too large.

    True is 1 to a dictionary: a workbook's truth values come as text (`workbook.py`).
    """

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Cell], Value]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: Cell) -> Value:
        if type(cell) is NoResult:
            raise CellRefused("formula-without-result")
        value = self.read(cell)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[cell] = value
        return value


class FigureReader:
    """Reads the figures of one column.

    marked, rounded: the cells with a currency in them, and those cut to 4 places.
    """

    def __init__(self, signs: Signs, type_: DecimalType | None) -> None:
        self.signs = signs
        self.type = type_  # None: a price, kept as it is
        self.simple = simple_figures(signs)
        self.marked: dict[Cell, str] = {}
        self.rounded: set[Cell] = set()

    def read(self, cell: Cell) -> Decimal | None:
        """The figure of a cell; None: nothing stands there. Raises CellRefused."""
        if isinstance(cell, str):
            if self.simple is not None and self.simple.fullmatch(cell):
                return in_plain_digits(cell, self.signs)
            figure, currency = read_number(cell, self.signs)
            if currency:
                self.marked[cell] = currency
        elif is_number(cell):
            figure = number_in_cell(cell)
        else:
            raise CellRefused("number-unreadable", cell)
        if figure is None:
            return None
        kept, is_cut = fits(figure, self.type or MONEY)
        if is_cut and self.type:
            self.rounded.add(cell)
        return kept if self.type else figure


def figure_reader(column: str, signs: Signs) -> FigureReader | None:
    """The reader of a column of figures; None for any other column."""
    if column in PIECE_COLUMNS:
        return FigureReader(signs, PIECES)
    if column in AMOUNT_COLUMNS:
        return FigureReader(signs, MONEY)
    return FigureReader(signs, None) if column in PRICE_COLUMNS else None


def reader_of(column: str, mapping: Mapping, order: DateOrder) -> Callable[[Cell], object]:
    """How the cells of any other column are read."""
    if column in DATE_COLUMNS:
        return lambda cell: read_day(cell, order)
    if column == Column.PRODUCT_EAN:
        return read_ean
    if column == "currency":
        return read_currency
    if column == "return_mark" and mapping.return_mark is not None:
        return _mark_reader(mapping.return_mark)
    return read_text


def read_day(cell: Cell, order: DateOrder) -> date | None:
    """The day of a cell; None: nothing stands there. Raises CellRefused."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if is_number(cell):
        text = shown(cell)
        return read_date(text, order) if len(text) == 8 else day_of_serial(int(cell))
    return read_date(shown(cell), order)


def read_currency(cell: Cell) -> str | None:
    """The code of a currency; None: nothing stands there. Raises CellRefused."""
    text = read_text(cell)
    if text is None:
        return None
    code = currency_of(text)
    if code is None:
        raise CellRefused("currency-unknown", text)
    return code


def _mark_reader(mark: ReturnMark) -> Callable[[Cell], bool]:
    returns = {value.casefold() for value in mark.returns}
    sales = None if mark.sales is None else {value.casefold() for value in mark.sales}

    def is_return(cell: Cell) -> bool:
        text = (read_text(cell) or "").casefold()
        if text not in returns and sales is not None and text not in sales:
            raise CellRefused("return-mark-unknown", text)
        return text in returns

    return is_return
