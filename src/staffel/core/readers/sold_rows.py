"""The values of a line of sold goods → its rows: figures signed, currency found, the main date set."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from staffel.core.findings import Place
from staffel.core.money import EXACT, MONEY
from staffel.core.readers.columns import Layout
from staffel.core.readers.currencies import currency_in_heading
from staffel.core.readers.figures import Figures, below, settle
from staffel.core.readers.line_reader import ColumnReader, Taken, day_of
from staffel.core.readers.mapping import (
    PARTNER_KEYS,
    PRICE_OF,
    PRODUCT_KEYS,
    Column,
    CurrencyFrom,
    Mapping,
)
from staffel.core.readers.numbers import fits
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.rows import ReportedRow, RowKind
from staffel.core.readers.texts import Cell, LostDigits

# The main date where a layout names several and none of them `sold_on`: what comes next to the sale.
_MAIN_DATES = (
    Column.SOLD_ON,
    Column.INVOICED_ON,
    Column.SHIPPED_ON,
    Column.ORDERED_ON,
    Column.PAID_ON,
)


class CurrencyFinder:
    """The currency of a line: of a column, the mapping, the heading, or as marked in the amount's cell."""

    def __init__(
        self, mapping: Mapping, layout: Layout, columns: ColumnReader, amounts: Sequence[str]
    ) -> None:
        self._amounts = [columns.figures[name] for name in amounts if name in columns.figures]
        self._said = self._fixed(mapping, layout, amounts)

    def find(self, in_column: str | None, cells: Sequence[Cell]) -> str | None:
        """The code; None where nothing names one. Raises CellRefused where two differ."""
        currency = in_column or self._said
        for at, _, reader in self._amounts:
            mark = reader.marked.get(cells[at]) if reader.marked else None
            if mark and currency and mark != currency:
                raise CellRefused("currency-differs", mark)
            currency = currency or mark
        return currency

    @staticmethod
    def _fixed(mapping: Mapping, layout: Layout, amounts: Sequence[str]) -> str | None:
        if mapping.currency.found_in is CurrencyFrom.FIXED:
            return mapping.currency.value
        if mapping.currency.found_in is not CurrencyFrom.HEADING:
            return None
        headings = (layout.header.heading(layout.at[name]) for name in amounts if name in layout.at)
        return next(filter(None, map(currency_in_heading, headings)), None)


class SoldRows:
    """Builds rows of sell-out and sell-in. date_of_period: for layouts without any date."""

    def __init__(
        self,
        mapping: Mapping,
        layout: Layout,
        columns: ColumnReader,
        notes: Counter[str],
        date_of_period: date | None,
    ) -> None:
        self._notes = notes
        self._columns = columns
        self._currency = CurrencyFinder(mapping, layout, columns, [Column.NET, Column.UNIT_PRICE])
        self._main = next((column.value for column in _MAIN_DATES if column in layout.at), None)
        self._date_of_period = date_of_period
        self._others = [
            (amount.value, price.value)
            for amount, price in PRICE_OF.items()
            if amount != Column.NET and (amount in layout.at or price in layout.at)
        ]
        returned = (Column.RETURNED_QUANTITY, Column.RETURNED_NET)
        self._has_returns = any(column in layout.at for column in returned)
        self._partners = [column.value for column in PARTNER_KEYS if column in layout.at]
        self._products = [column.value for column in PRODUCT_KEYS if column in layout.at]

    def build(self, values: dict[str, Any], cells: Sequence[Cell], place: Place) -> Taken:
        """The row of a line, or its two: what was sold and what was taken back. Raises CellRefused."""
        values["place"] = place
        values["sold_on"] = day_of(values, self._main, self._date_of_period)
        currency = values["currency"] = self._currency.find(values.get("currency"), cells)
        self._keep_keys(values)
        parts = self._parts(values)
        if self._others:
            self._set_others(values, parts[0])
        if rounded := self._columns.rounded(cells):
            self._notes["amount-rounded"] += rounded
        if currency is None and parts[0].net is not None:
            self._notes["currency-missing"] += 1
        return Taken(rows=[_row(part, number, values) for number, part in enumerate(parts)], figures=parts)

    def _parts(self, values: dict[str, Any]) -> Sequence[Figures]:
        """What the line counts; its figures leave `values`, but for the price."""
        quantity, net = values.pop("quantity", None), values.pop("net", None)
        price, is_marked = values.get("unit_price"), values.pop("return_mark", False)
        if not self._has_returns:
            return (settle(quantity, net, price, is_marked, self._notes),)
        back = (values.pop("returned_quantity", None), values.pop("returned_net", None))
        parts = []
        if quantity or net or not any(back):
            parts.append(settle(quantity, net, price, is_marked, self._notes))
        if any(back):
            parts.append(settle(*back, price, True, self._notes))
        return parts

    def _set_others(self, values: dict[str, Any], part: Figures) -> None:
        """The amounts at list, dealer's and cost price, with the sign of the line."""
        for name, price_name in self._others:
            amount, price = values.get(name), values.pop(price_name, None)
            if amount is None and price is not None:
                amount = fits(EXACT.multiply(price, part.quantity), MONEY)[0]
            values[name] = below(amount) if part.kind is RowKind.RETURN else amount

    def _keep_keys(self, values: dict[str, Any]) -> None:
        """What has lost its digits is no key; a line that nothing else names is refused."""
        ean = values.get("product_ean")
        if type(ean) is LostDigits:
            values["product_ean"] = None
            if not any(map(values.get, self._products)):
                raise CellRefused("ean-lost-digits", ean)
            self._notes["ean-no-key"] += 1
        if not any(map(values.get, self._products)):
            self._notes["product-missing"] += 1
        if not any(map(values.get, self._partners)):
            self._notes["partner-missing"] += 1


def _row(figures: Figures, part: int, values: dict[str, Any]) -> ReportedRow:
    values["part"] = part
    values["kind"] = figures.kind
    values["quantity"] = figures.quantity
    values["net"] = figures.net
    values["net_from"] = figures.net_from
    return ReportedRow(**values)
