"""Which tables and columns there are, with their units: the one page that programme and ledger both read.

`language.md`, 5.4, and `staffel.md`, 4. Everything that a result depends on stands in one of these
tables. Three shapes: an *event* has dates and is never edited; an *attribute* holds from a day until a
later row of the same key begins; a *term* holds from a day until a day. Every row says in which commit it
was recorded; a row recorded later with the same key and the same `holds_from` takes the earlier one's
place, or ends it with `withdrawn`.

Money columns are DECIMAL(22, 4) in the row's own currency, net of tax; pieces DECIMAL(16, 4); days are
dates.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Shape = Literal["event", "attribute", "term"]


class ColumnType(StrEnum):
    """How a value is kept."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    PIECES = "pieces"
    RATE = "rate"
    SHARE = "share"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"


class Measured(StrEnum):
    """The unit of a figure; sums and comparisons need one."""

    MONEY = "money"
    PIECES = "pieces"
    COUNT = "count"
    SHARE = "share"
    FACTOR = "factor"
    POINTS = "points"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. needed: a row without it is refused. word: by which a filter asks it; reason: of a line that
    such a filter leaves out.
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    needed: bool = False
    word: str = ""
    reason: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    key: what a later row supersedes by; main_date: of an event, the date that rules unless another is
    named.
    """

    name: str
    shape: Shape
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    main_date: str = "holds_from"
    meaning: str = ""

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.all_columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Its own columns and those that every row of its shape carries."""
        return (*self.columns, *_CARRIED[self.shape])

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates of an event, the main one first."""
        return tuple(column.name for column in self.columns if column.type is ColumnType.DATE)


_RECORDED = (
    Column(
        name="commit_no", type=ColumnType.WHOLE, needed=True, meaning="the commit that brought it, rising"
    ),
    Column(name="recorded_at", type=ColumnType.MOMENT, needed=True, meaning="when, in UTC"),
)
_CARRIED: dict[Shape, tuple[Column, ...]] = {
    "event": _RECORDED,
    "attribute": (
        Column(name="holds_from", type=ColumnType.DATE, needed=True),
        Column(name="withdrawn", type=ColumnType.FLAG, meaning="this row ends the one with its key and day"),
        *_RECORDED,
    ),
    "term": (
        Column(name="holds_from", type=ColumnType.DATE, needed=True),
        Column(name="holds_until", type=ColumnType.DATE, meaning="the first day on which it no longer holds"),
        Column(name="withdrawn", type=ColumnType.FLAG, meaning="this row ends the one with its key and day"),
        *_RECORDED,
    ),
}


def _text(name: str, *, needed: bool = False, word: str = "", reason: str = "", meaning: str = "") -> Column:
    return Column(name=name, needed=needed, word=word, reason=reason, meaning=meaning)


def _typed(name: str, type_: ColumnType, *, needed: bool = False, meaning: str = "") -> Column:
    return Column(name=name, type=type_, needed=needed, meaning=meaning)


_LINE_COLUMNS = (
    _text("line_id", needed=True, meaning="distributor, document and row; else report and row"),
    _typed(
        "revision",
        ColumnType.WHOLE,
        needed=True,
        meaning="1; one more each time a replaced report brings it again",
    ),
    _typed("reverses", ColumnType.WHOLE, meaning="the revision of this line that this row takes back"),
    _text("report_id", needed=True),
    _text("distributor_id", needed=True, word="distributor", reason="wrong-place"),
    _text("vendor_id", needed=True),
    _text("partner_id", reason="wrong-customer", meaning="who bought; none for sell-in"),
    _text("product_id", needed=True, reason="wrong-product"),
    _text("end_customer_id", reason="wrong-customer", meaning="a random key; the name lives elsewhere"),
    _text("kind", needed=True, word="kind", reason="wrong-kind", meaning="sale, return or correction"),
    _text("business", word="business", reason="wrong-kind", meaning="new, renewal, upgrade or change"),
    _typed("sold_on", ColumnType.DATE, needed=True, meaning="the day of business, the main date"),
    _typed("ordered_on", ColumnType.DATE),
    _typed("shipped_on", ColumnType.DATE),
    _typed("invoiced_on", ColumnType.DATE),
    _typed("paid_on", ColumnType.DATE),
    _typed("quantity", ColumnType.PIECES, meaning="negative for a return"),
    _typed("net", ColumnType.MONEY, meaning="value at the price paid, negative for a return"),
    _typed("list", ColumnType.MONEY, meaning="value at list price"),
    _typed("dealer", ColumnType.MONEY, meaning="value at the dealer's price"),
    _typed("cost", ColumnType.MONEY, meaning="value at the distributor's cost"),
    _text("currency", needed=True, word="currency", reason="wrong-terms"),
    _text("order_no", meaning="the partner's order"),
    _text("invoice_no"),
    _text("document_row"),
    _text("route", word="route", reason="wrong-place", meaning="where it was ordered"),
    _text("deal", word="deal", reason="wrong-terms", meaning="the registered deal, as the report calls it"),
    _text(
        "special_price",
        word="special_price",
        reason="wrong-terms",
        meaning="the special price or project price, as the report calls it",
    ),
    _text("seller", meaning="a random key"),
    _text("returns", meaning="line_id of the sale that this return takes back"),
)


def _lines(name: str, meaning: str) -> Table:
    key = ("line_id", "revision", "reverses")
    return Table(
        name=name, shape="event", key=key, columns=_LINE_COLUMNS, main_date="sold_on", meaning=meaning
    )


SELL_OUT = _lines("sell_out", "distributor to partner: the point-of-sale report")
SELL_IN = _lines("sell_in", "vendor to distributor")

STOCK = Table(
    name="stock",
    shape="event",
    key=("line_id", "revision", "reverses"),
    main_date="counted_on",
    meaning="what lies in the distributors' warehouses",
    columns=(
        _text("line_id", needed=True),
        _typed("revision", ColumnType.WHOLE, needed=True),
        _typed("reverses", ColumnType.WHOLE),
        _text("report_id", needed=True),
        _text("distributor_id", needed=True, reason="wrong-place"),
        _text("vendor_id", needed=True),
        _text("product_id", needed=True, reason="wrong-product"),
        _text("warehouse"),
        _typed("counted_on", ColumnType.DATE, needed=True),
        _typed("quantity", ColumnType.PIECES, needed=True),
        _typed("value", ColumnType.MONEY),
        _text("currency"),
    ),
)

_FACTS = (
    Table(
        name="products",
        shape="attribute",
        key=("product_id",),
        meaning="what is sold, and to which family and line it belongs",
        columns=(
            _text("product_id", needed=True, reason="wrong-product"),
            _text("vendor_id", needed=True),
            _text("number", needed=True, reason="wrong-product", meaning="the vendor's own"),
            _text("ean"),
            _text("name"),
            _text("family", reason="wrong-product"),
            _text("line", reason="wrong-product"),
            _text("category", reason="wrong-product"),
            _text("licence", reason="wrong-product", meaning="perpetual, term, …"),
            _text("billing", reason="wrong-product", meaning="monthly, yearly, …"),
        ),
    ),
    Table(
        name="distributors",
        shape="attribute",
        key=("distributor_id",),
        meaning="who reports, and from which month",
        columns=(
            _text("distributor_id", needed=True),
            _text("name"),
            _text("country"),
            _typed("reports_from", ColumnType.DATE, meaning="the first day of its first month of reports"),
            _text("rhythm", meaning="month or week"),
        ),
    ),
    Table(
        name="partners",
        shape="attribute",
        key=("partner_id",),
        meaning="who buys, sells on and earns",
        columns=(
            _text("partner_id", needed=True),
            _text("name"),
            _text(
                "kind", reason="wrong-customer", meaning="system_house, dealer, etailer or service_provider"
            ),
            _text("country", reason="wrong-place"),
            _text("segment", reason="wrong-customer"),
            _text("size", reason="wrong-customer"),
            _text("head_office", meaning="partner_id of the firm that this one is a branch of"),
            _text("same_as", meaning="partner_id that this one became part of, from holds_from"),
        ),
    ),
    Table(
        name="end_customers",
        shape="attribute",
        key=("end_customer_id",),
        meaning="who uses it; by random key",
        columns=(
            _text("end_customer_id", needed=True),
            _text("kind", reason="wrong-customer", meaning="firm, public or person"),
            _text("country", reason="wrong-customer"),
            _text("size", reason="wrong-customer"),
            _typed("seats", ColumnType.WHOLE),
        ),
    ),
    Table(
        name="prices",
        shape="attribute",
        key=("product_id", "price", "currency"),
        meaning="price lists: list, dealer or cost, each piece",
        columns=(
            _text("product_id", needed=True),
            _text("price", needed=True, meaning="list, dealer or cost"),
            _text("currency", needed=True),
            _typed("amount", ColumnType.MONEY, needed=True),
        ),
    ),
    Table(
        name="enrolments",
        shape="term",
        key=("programme", "partner_id"),
        meaning="which partner takes part in which programme, and what it chose",
        columns=(
            _text("programme", needed=True),
            _text("partner_id", needed=True),
            _text("choices", meaning="name=value, parted by semicolons"),
        ),
    ),
    Table(
        name="memberships",
        shape="term",
        key=("kind", "group_id", "partner_id"),
        meaning="who belongs to which alliance or buying group, with which share",
        columns=(
            _text("kind", needed=True, meaning="alliance, buying_group or agreement"),
            _text("group_id", needed=True),
            _text("partner_id", needed=True),
            _typed("share", ColumnType.SHARE, meaning="of what the group earns, as agreed"),
        ),
    ),
    Table(
        name="consents",
        shape="term",
        key=("programme", "partner_id", "consent"),
        meaning="what a partner accepted, from the day on which it did",
        columns=(
            _text("programme", needed=True),
            _text("partner_id", needed=True),
            _text("consent", needed=True, meaning="terms, a consent, as the programme names it"),
        ),
    ),
    Table(
        name="certifications",
        shape="term",
        key=("partner_id", "person_id", "certification"),
        meaning="what a partner's people hold, or the firm itself where no person is named",
        columns=(
            _text("partner_id", needed=True),
            _text("person_id", meaning="a random key; empty: the firm's own"),
            _text("certification", needed=True, word="certification", reason="wrong-kind"),
        ),
    ),
    Table(
        name="deals",
        shape="term",
        key=("deal",),
        meaning="registered opportunities",
        columns=(
            _text("deal", needed=True),
            _text("vendor_id", needed=True),
            _text("partner_id", needed=True),
            _text("end_customer_id"),
            _text("product_id"),
            _text("verdict"),
        ),
    ),
    Table(
        name="targets",
        shape="term",
        key=("programme", "partner_id", "target"),
        meaning="figures agreed with one partner for one window",
        columns=(
            _text("programme", needed=True),
            _text("partner_id", needed=True),
            _text("target", needed=True),
            _typed("figure", ColumnType.MONEY, needed=True),
        ),
    ),
    Table(
        name="rates",
        shape="attribute",
        key=("base", "quote", "basis"),
        meaning="1 of base is `rate` of quote",
        columns=(
            _text("base", needed=True),
            _text("quote", needed=True),
            _text("basis", needed=True, meaning="day, month or programme"),
            _typed("rate", ColumnType.RATE, needed=True),
        ),
    ),
    Table(
        name="decisions",
        shape="attribute",
        key=("programme", "ladder", "partner_id"),
        meaning="the level, or else what a person decided, in force from holds_from",
        columns=(
            _text("programme", needed=True),
            _text("ladder", needed=True),
            _text("partner_id", needed=True),
            _text("level", needed=True),
            _text("cause", needed=True, meaning="review, close, grant or opening"),
            _typed("key_day", ColumnType.DATE, meaning="the last day whose facts the review read"),
            _text("falls_to", meaning="the level of a fall that is decided and waits for its grace"),
            _typed("falls_after", ColumnType.DATE, meaning="the last day of that grace"),
            _text("decided_by"),
        ),
    ),
    Table(
        name="closes",
        shape="attribute",
        key=("programme", "settle_start"),
        meaning="which windows were settled, from which state; holds_from is the day of the close",
        columns=(
            _text("programme", needed=True),
            _text("version", needed=True),
            _typed("settle_start", ColumnType.DATE, needed=True),
            _typed("settle_until", ColumnType.DATE, needed=True),
            _text("state_id", needed=True),
            _typed("semantics", ColumnType.WHOLE, needed=True),
        ),
    ),
    Table(
        name="settled",
        shape="attribute",
        key=("programme", "incentive", "partner_id", "window_start", "settle_start"),
        meaning="what was settled for a window, and what was carried on",
        columns=(
            _text("programme", needed=True),
            _text("incentive", needed=True),
            _text("partner_id", needed=True),
            _typed("window_start", ColumnType.DATE, needed=True, meaning="of the window that was earned in"),
            _typed("window_until", ColumnType.DATE, needed=True),
            _typed("settle_start", ColumnType.DATE, needed=True, meaning="of the window that was settled"),
            _typed("settle_until", ColumnType.DATE, needed=True),
            _typed(
                "amount",
                ColumnType.MONEY,
                needed=True,
                meaning="of this window, counted as settled from then on",
            ),
            _typed(
                "carried", ColumnType.MONEY, meaning="of the incentive, carried out of this settled window"
            ),
            _typed("paid", ColumnType.MONEY, meaning="of the incentive, paid for this settled window"),
        ),
    ),
    Table(
        name="openings",
        shape="attribute",
        key=("programme", "partner_id", "measure", "window_start", "window_until"),
        meaning="levels and figures from an older system, where no lines are",
        columns=(
            _text("programme", needed=True),
            _text("partner_id", needed=True),
            _text("measure", needed=True),
            _typed("window_start", ColumnType.DATE, needed=True),
            _typed("window_until", ColumnType.DATE, needed=True),
            _typed("figure", ColumnType.MONEY, needed=True),
        ),
    ),
    Table(
        name="partner_references",
        shape="attribute",
        key=("distributor_id", "number"),
        meaning="a distributor's number or name for a partner",
        columns=(
            _text("distributor_id", needed=True),
            _text("number", needed=True, meaning="or the name, where a distributor has no number"),
            _text("partner_id", needed=True),
        ),
    ),
    Table(
        name="product_references",
        shape="attribute",
        key=("distributor_id", "number"),
        meaning="a distributor's number for a product, an EAN or the vendor's number",
        columns=(
            _text("distributor_id", needed=True, meaning="* for every distributor"),
            _text("number", needed=True),
            _text("product_id", needed=True),
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in (SELL_OUT, SELL_IN, STOCK, *_FACTS)}
LINE_TABLES = ("sell_out", "sell_in")

# What a programme may ask for, by the word it uses: the sources of measures.
MEASURED_SOURCES: tuple[str, ...] = ("sell_out", "sell_in", "certifications")
# The amounts of a line, those in money first.
MONEY_COLUMNS: tuple[str, ...] = tuple(one.name for one in SELL_OUT.columns if one.type is ColumnType.MONEY)
AMOUNT_COLUMNS: tuple[str, ...] = (
    *MONEY_COLUMNS,
    *(one.name for one in SELL_OUT.columns if one.type is ColumnType.PIECES),
)
# Tables that a line's column reaches through a key: by the word before the dot.
REACHED: dict[str, str] = {
    "product": "products",
    "partner": "partners",
    "end_customer": "end_customers",
}


def _asked() -> dict[str, tuple[str, str]]:
    """The words of a filter: the column that each one reads (a dot goes through a key), and the reason of a
    line that it leaves out. A group of products is named by the programme, a level computed.
    """
    own = (*SELL_OUT.columns, *TABLES["certifications"].columns)
    found = {one.word: (one.name, one.reason) for one in own if one.word}
    found |= {"country": ("partner.country", "wrong-place"), "products": ("product.group", "wrong-product")}
    for of, name in REACHED.items():
        table = TABLES[name]
        for one in table.columns:
            if one.reason and one.name not in table.key:
                found[f"{of}.{one.name}"] = (f"{of}.{one.name}", one.reason)
    found |= {one: found[f"product.{one}"] for one in ("licence", "billing")}
    return found | {"partner.level": ("partner.level", "level-that-day")}


# The words of a filter, and the column that each one reads; a dot goes through a key.
FILTER_WORDS: dict[str, str] = {word: column for word, (column, _) in _asked().items()}
FILTER_REASONS: dict[str, str] = dict(_asked().values())
# The closed list of reasons of language.md, section 4, in its order: the first that holds is the line's
# reason.
REASONS: tuple[str, ...] = (
    "withdrawn",
    "returned",
    "date-missing",
    "other-date-outside",
    "too-late",
    "not-enrolled",
    "wrong-kind",
    "wrong-product",
    "wrong-place",
    "wrong-customer",
    "wrong-terms",
    "amount-missing",
    "amount-outside",
    "history",
    "order",
    "not-leading",
    "level-that-day",
    "key-missing",
    "key-failed",
    "counted-once",
    "gate-not-met",
    "no-figure",
    "below-first-step",
    "windows-used",
    "beaten",
)
# Of rows beside a row alone: what else an order has may be of another vendor.
BESIDE_REASONS: dict[str, str] = {"vendor_id": "wrong-product"}
