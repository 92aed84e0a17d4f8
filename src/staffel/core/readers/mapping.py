"""How one distributor's file is read: which column is which, which signs and dates, what marks a return.

A mapping says nothing about the ledger and knows no vendor: it is the agreement on one layout, kept in a
YAML file (`mapping_file.py`) beside the reports. Column references are headings as the file spells them,
`Group / Name` where several header rows tell them apart, or `#4` for the fourth column of a file without any.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Format(StrEnum):
    """What the file is; `auto` decides by its first bytes. xlsx stands for XLS and ODS too."""

    AUTO = "auto"
    CSV = "csv"
    XLSX = "xlsx"


class Encoding(StrEnum):
    """How the bytes of a CSV are letters; `auto` decides by the bytes: mark, UTF-8, UTF-16, Windows-1252."""

    AUTO = "auto"
    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    CP1252 = "cp1252"
    LATIN_1 = "latin-1"


class DateOrder(StrEnum):
    """In which order day, month and year stand; `auto` decides by the column's values."""

    AUTO = "auto"
    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class ReportKind(StrEnum):
    """What a report is about: sold by the distributor, sold to it, or what lies in its warehouse."""

    SELL_OUT = "sell_out"
    SELL_IN = "sell_in"
    STOCK = "stock"


class Column(StrEnum):
    """A column that some source knows. All others are dropped at the door."""

    INVOICE_NO = "invoice_no"  # the document: invoice or credit note
    DOCUMENT_ROW = "document_row"
    RETURNS_DOCUMENT = "returns_document"  # the document of the sale that this line takes back
    ORDER_NO = "order_no"
    SOLD_ON = "sold_on"
    ORDERED_ON = "ordered_on"
    SHIPPED_ON = "shipped_on"
    INVOICED_ON = "invoiced_on"
    PAID_ON = "paid_on"
    COUNTED_ON = "counted_on"  # day of the stock
    PARTNER_NUMBER = "partner_number"
    PARTNER_NAME = "partner_name"
    END_CUSTOMER = "end_customer"
    END_CUSTOMER_COUNTRY = "end_customer_country"
    PRODUCT_VENDOR_NUMBER = "product_vendor_number"
    PRODUCT_EAN = "product_ean"
    PRODUCT_DISTRIBUTOR_NUMBER = "product_distributor_number"
    PRODUCT_NAME = "product_name"
    BUSINESS = "business"  # new, renewal, upgrade, change
    ROUTE = "route"
    SELLER = "seller"
    DEAL = "deal"
    SPECIAL_PRICE = "special_price"
    WAREHOUSE = "warehouse"
    QUANTITY = "quantity"
    NET = "net"  # amount of the whole line, and the same for the three below
    LIST = "list"
    DEALER = "dealer"
    COST = "cost"
    UNIT_PRICE = "unit_price"
    LIST_PRICE = "list_price"
    DEALER_PRICE = "dealer_price"
    COST_PRICE = "cost_price"
    RETURNED_QUANTITY = "returned_quantity"
    RETURNED_NET = "returned_net"
    VALUE = "value"  # of a stock


DATE_COLUMNS = frozenset(column for column in Column if column.endswith("_on"))
SOLD_DATES = DATE_COLUMNS - {Column.COUNTED_ON}
# The amount of a line → the price of one piece, of which it is made where the file states no amount.
PRICE_OF = {
    Column.NET: Column.UNIT_PRICE,
    Column.LIST: Column.LIST_PRICE,
    Column.DEALER: Column.DEALER_PRICE,
    Column.COST: Column.COST_PRICE,
}
AMOUNT_COLUMNS = frozenset({*PRICE_OF, Column.RETURNED_NET, Column.VALUE})
PRICE_COLUMNS = frozenset(PRICE_OF.values())
PIECE_COLUMNS = frozenset({Column.QUANTITY, Column.RETURNED_QUANTITY})
PRODUCT_KEYS = (
    Column.PRODUCT_VENDOR_NUMBER,
    Column.PRODUCT_EAN,
    Column.PRODUCT_DISTRIBUTOR_NUMBER,
)
PARTNER_KEYS = (Column.PARTNER_NUMBER, Column.PARTNER_NAME)


# Before the name of a fact that stands in a column.
FACT_COLUMN = "fact "


_STOCK_ONLY = frozenset({Column.COUNTED_ON, Column.WAREHOUSE, Column.VALUE})
STOCK_COLUMNS = frozenset({*_STOCK_ONLY, *PRODUCT_KEYS, Column.PRODUCT_NAME, Column.QUANTITY})
SOLD_COLUMNS = frozenset(Column) - _STOCK_ONLY


class Fact(StrEnum):
    """What a report as a whole says of itself."""

    NUMBER = "number"
    PERIOD = "period"
    ISSUED = "issued"
    DISTRIBUTOR = "distributor"
    VENDOR = "vendor"


class FactFrom(StrEnum):
    """Where a fact stands. Those but `fixed` and `column` are searched with a pattern of one group."""

    FIXED = "fixed"
    COLUMN = "column"
    TITLE = "title"  # the lines above the headings, and the other visible sheets
    SHEET_NAME = "sheet_name"
    FILE_NAME = "file_name"
    LAST_LINES = "last_lines"  # remarks below the data


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSource:
    """Where one fact is found. value: the fact itself, a column's heading, or a pattern with one group."""

    found_in: FactFrom
    value: str


class CurrencyFrom(StrEnum):
    """Where the currency of amounts stands; `told`: nowhere, whoever imports says it."""

    COLUMN = "column"
    FIXED = "fixed"
    HEADING = "heading"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencySource:
    """value: the column's heading or the fixed code; empty for the others."""

    found_in: CurrencyFrom = CurrencyFrom.TOLD
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Decimal and thousands sign of numbers in text. None: not said, and what could be both is refused."""

    decimal: str | None = None
    thousands: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMark:
    """A column whose values mark returns. sales: the values of sales; None: all that are no return.

    A minus on quantity or amount marks a return as well; two marks on one line are one return.
    """

    column: str
    returns: frozenset[str]
    sales: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """Which sheet is read: by name, by pattern, or (both None) the first visible one with the headings."""

    name: str | None = None
    pattern: str | None = None


MOST_HEADER_ROWS = 3


class ShortLines(StrEnum):
    """What becomes of a line with fewer cells than headings: `fill` takes the missing ones as empty."""

    REFUSE = "refuse"
    FILL = "fill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What names partner and product, the first that a line has."""

    partner: tuple[Column, ...] = PARTNER_KEYS
    product: tuple[Column, ...] = PRODUCT_KEYS


TOTALS_WORDS = (
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "endsumme",
    "total",
    "subtotal",
    "sub total",
    "grand total",
    "sum",
)
REMARK_WORDS = (
    "stand",
    "erstellt",
    "druckdatum",
    "gedruckt",
    "seite",
    "ende",
    "quelle",
    "hinweis",
    "as of",
    "created",
    "printed",
    "page",
    "end of",
    "source",
    "note",
    "report date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """One layout. header: the numbers of its header rows from 1; () none; None: found by the headings."""

    name: str
    columns: Table[Column, str]
    format: Format = Format.AUTO
    encoding: Encoding = Encoding.AUTO
    delimiter: str | None = None
    sheet: SheetChoice = SheetChoice()
    header: tuple[int, ...] | None = None
    signs: Signs = Signs()
    dates: DateOrder = DateOrder.AUTO
    return_mark: ReturnMark | None = None
    currency: CurrencySource = CurrencySource()
    facts: Table[Fact, FactSource] = field(default_factory=dict)
    keys: Keys = Keys()
    totals_words: tuple[str, ...] = TOTALS_WORDS
    remark_words: tuple[str, ...] = REMARK_WORDS
    short_lines: ShortLines = ShortLines.REFUSE

    def of_kind(self, kind: ReportKind) -> "Mapping":
        """This mapping without the columns that a report of this kind does not have."""
        known = STOCK_COLUMNS if kind is ReportKind.STOCK else SOLD_COLUMNS
        return replace(self, columns={name: at for name, at in self.columns.items() if name in known})

    def references(self) -> dict[str, str]:
        """Every column that this mapping reads: what for → its reference."""
        found = {str(column): reference for column, reference in self.columns.items()}
        if self.currency.found_in is CurrencyFrom.COLUMN:
            found["currency"] = self.currency.value
        if self.return_mark is not None:
            found["return_mark"] = self.return_mark.column
        for fact, source in self.facts.items():
            if source.found_in is FactFrom.COLUMN:
                found[f"{FACT_COLUMN}{fact}"] = source.value
        return found


def word_of(name: str) -> str:
    """Where a mapping file says what one of `Mapping.references` reads.

    >>> word_of("net")
    'columns: net'
    """
    match name:
        case "currency":
            return "currency: column"
        case "return_mark":
            return "returns: column"
        case _ if name.startswith(FACT_COLUMN):
            return f"report: {name.removeprefix(FACT_COLUMN)}"
        case _:
            return f"columns: {name}"
