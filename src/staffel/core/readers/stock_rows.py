"""The values of a line of a stock report → its row. One column is the stock; the others are not read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from staffel.core.findings import Place
from staffel.core.readers.columns import Layout
from staffel.core.readers.figures import Figures
from staffel.core.readers.line_reader import ColumnReader, Taken, day_of
from staffel.core.readers.mapping import PRODUCT_KEYS, Column, Mapping
from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.rows import RowKind, StockRow
from staffel.core.readers.sold_rows import CurrencyFinder
from staffel.core.readers.texts import Cell, LostDigits

_KEPT = (
    Column.COUNTED_ON,
    Column.WAREHOUSE,
    *PRODUCT_KEYS,
    Column.PRODUCT_NAME,
)


class StockRows:
    """Builds rows of stock. date_of_period: the day of the stock where no column says it."""

    def __init__(
        self,
        mapping: Mapping,
        layout: Layout,
        columns: ColumnReader,
        notes: Counter[str],
        date_of_period: date | None,
    ) -> None:
        self._notes = notes
        self._currency = CurrencyFinder(mapping, layout, columns, [Column.VALUE])
        self._main = Column.COUNTED_ON.value if Column.COUNTED_ON in layout.at else None
        self._date_of_period = date_of_period

    def build(self, values: dict[str, Any], cells: Sequence[Cell], place: Place) -> Taken:
        """The row of a line. Raises CellRefused; stock without a quantity is none."""
        quantity = values.get("quantity")
        if quantity is None:
            raise CellRefused("row-without-figures")
        value = values.get("value")
        kept = {column.value: values.get(column) for column in _KEPT}
        kept["counted_on"] = day_of(values, self._main, self._date_of_period)
        if type(kept["product_ean"]) is LostDigits:
            lost, kept["product_ean"] = kept["product_ean"], None
            if not any(kept[column] for column in PRODUCT_KEYS):
                raise CellRefused("ean-lost-digits", lost)
            self._notes["ean-no-key"] += 1
        self._notes["product-missing"] += not any(kept[column] for column in PRODUCT_KEYS)
        currency = self._currency.find(values.get("currency"), cells)
        row = StockRow(place=place, quantity=quantity, value=value, currency=currency, **kept)
        counted = Figures(kind=RowKind.SALE, quantity=quantity, net=value, net_from=None)
        return Taken(rows=(row,), figures=(counted,))
