"""What a report becomes: typed rows of sold or stocked goods, and the lines that were refused.

Quantities in pieces and amounts in the line's currency, net of tax, are exact; a return counts below nought
however the file marks it. None means that the file does not say. Names are texts as reported: whoever stores
them decides how.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from staffel.core.findings import Finding, Place


class RowKind(StrEnum):
    """A sale, or goods taken back or credited."""

    SALE = "sale"
    RETURN = "return"


class AmountFrom(StrEnum):
    """Whether the file states the amount, or it is unit price × quantity (once rounded to 4 decimals)."""

    STATED = "stated"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRow:
    """One sold line. part: 0, or 1 for the return that stands in the same line as a sale."""

    place: Place
    part: int = 0
    kind: RowKind = RowKind.SALE
    invoice_no: str | None = None
    document_row: str | None = None
    returns_document: str | None = None
    order_no: str | None = None
    sold_on: date | None = None
    ordered_on: date | None = None
    shipped_on: date | None = None
    invoiced_on: date | None = None
    paid_on: date | None = None
    partner_number: str | None = None
    partner_name: str | None = None
    end_customer: str | None = None
    end_customer_country: str | None = None
    product_vendor_number: str | None = None
    product_ean: str | None = None
    product_distributor_number: str | None = None
    product_name: str | None = None
    business: str | None = None
    route: str | None = None
    seller: str | None = None
    deal: str | None = None
    special_price: str | None = None
    quantity: Decimal = Decimal(0)
    net: Decimal | None = None
    net_from: AmountFrom | None = None
    unit_price: Decimal | None = None
    list: Decimal | None = None
    dealer: Decimal | None = None
    cost: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """One line of a stock report. quantity: the one that is the stock; others in the file are not read."""

    place: Place
    counted_on: date | None = None
    warehouse: str | None = None
    product_vendor_number: str | None = None
    product_ean: str | None = None
    product_distributor_number: str | None = None
    product_name: str | None = None
    quantity: Decimal = Decimal(0)
    value: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A line that could not be read. cells: (column, text), each text cut to 200 characters.

    cells_in_place: whether the cells stand under their own columns. If so, only mapped columns are kept, and
    of them `end_customer` and `seller` may name a person; if not, any cell may, and the columns are numbers.
    """

    place: Place
    cells: tuple[tuple[str, str], ...]
    cells_in_place: bool
    finding: Finding
