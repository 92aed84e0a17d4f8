"""The values of a line of sold goods → its rows: figures signed, currency found, the main date set."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.findings import Place
from staffel.core.money import EXACT, MONEY
from staffel.core.readers.columns import Layout
from staffel.core.readers.currencies import currency_in_heading
from staffel.core.readers.figures import Stated, below_nought, settle
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
    """The currency of a line: a column's, the mapping's, the heading's, or the one marked in the amount's cell."""

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
        self._figures = columns.figures
        self._currency = CurrencyFinder(mapping, layout, columns, [Column.NET, Column.UNIT_PRICE])
        self._main = next((column.value for column in _MAIN_DATES if column in layout.at), None)
        self._date_of_period = date_of_period
        self._others = [
            amount.value
            for amount, price in PRICE_OF.items()
            if amount != Column.NET and (amount in layout.at or price in layout.at)
        ]
        self._partners = [column.value for column in PARTNER_KEYS if column in layout.at]
        self._products = [column.value for column in PRODUCT_KEYS if column in layout.at]

    def build(self, values: dict[str, Any], cells: Sequence[Cell], place: Place) -> Taken:
        """The row of a line, or its two: what was sold and what was taken back. Raises CellRefused."""
        values["sold_on"] = day_of(values, self._main, self._date_of_period)
        price = self._figure(Column.UNIT_PRICE, cells)
        stated = Stated(
            quantity=self._figure(Column.QUANTITY, cells),
            net=self._figure(Column.NET, cells),
            unit_price=price,
            is_return=values.pop("return_mark", False),
            returned_quantity=self._figure(Column.RETURNED_QUANTITY, cells),
            returned_net=self._figure(Column.RETURNED_NET, cells),
        )
        notes: Counter[str] = Counter()
        parts = settle(stated, notes)
        values["currency"] = self._currency.find(values.get("currency"), cells)
        self._keep_keys(values, notes)
        others: dict[str, Any] = self._other_amounts(parts[0].kind, parts[0].quantity, cells)
        notes["currency-missing"] += values["currency"] is None and parts[0].net is not None
        self._notes += notes
        rows = tuple(
            ReportedRow(
                place=place,
                part=number,
                kind=part.kind,
                quantity=part.quantity,
                net=part.net,
                net_from=part.net_from,
                unit_price=price,
                **(others if number == 0 else {}),
                **values,
            )
            for number, part in enumerate(parts)
        )
        return Taken(rows=rows, figures=parts)

    def _figure(self, column: str, cells: Sequence[Cell]) -> Decimal | None:
        found = self._figures.get(column)
        if found is None:
            return None
        at, memo, reader = found
        figure: Decimal | None = memo[cells[at]]
        if reader.rounded and cells[at] in reader.rounded:
            self._notes["amount-rounded"] += 1
        return figure

    def _other_amounts(
        self, kind: RowKind, quantity: Decimal, cells: Sequence[Cell]
    ) -> dict[str, Decimal | None]:
        found: dict[str, Decimal | None] = {}
        for name in self._others:
            amount = self._figure(name, cells)
            price = self._figure(PRICE_OF[Column(name)], cells)
            if amount is None and price is not None:
                amount = fits(EXACT.multiply(price, quantity), MONEY)[0]
            is_back = kind is RowKind.RETURN and amount is not None
            found[name] = below_nought(amount) if is_back and amount is not None else amount
        return found

    def _keep_keys(self, values: dict[str, Any], notes: Counter[str]) -> None:
        """What has lost its digits is no key; a line that nothing else names is refused."""
        ean = values.get("product_ean")
        if type(ean) is LostDigits:
            values["product_ean"] = None
            if not any(map(values.get, self._products)):
                raise CellRefused("ean-lost-digits", ean)
            notes["ean-no-key"] += 1
        if not any(map(values.get, self._products)):
            notes["product-missing"] += 1
        if not any(map(values.get, self._partners)):
            notes["partner-missing"] += 1
