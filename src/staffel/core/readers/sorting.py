"""One record → rows, or the reason why it is refused, or what else it is: the heart of reading."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.findings import Place
from staffel.core.money import EXACT, MONEY
from staffel.core.readers.cells import FigureReader, Memo, figure_reader, reader_of
from staffel.core.readers.columns import Layout
from staffel.core.readers.currencies import currency_in_heading
from staffel.core.readers.delimited import Record
from staffel.core.readers.figures import Figures, Stated, below_nought, settle
from staffel.core.readers.lines import LineKind, LineSorter, is_empty
from staffel.core.readers.mapping import (
    AMOUNT_COLUMNS,
    DATE_COLUMNS,
    PARTNER_KEYS,
    PIECE_COLUMNS,
    PRICE_COLUMNS,
    PRICE_OF,
    PRODUCT_KEYS,
    SOLD_DATES,
    Column,
    CurrencyFrom,
    DateOrder,
    Mapping,
    ReportKind,
    ShortLines,
)
from staffel.core.readers.numbers import fits
from staffel.core.readers.refusals import CellRefused, find_trouble
from staffel.core.readers.rows import RefusedRow, ReportedRow, RowKind, StockRow
from staffel.core.readers.texts import Cell, has_lost_digits, shown
