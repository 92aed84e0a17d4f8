"""Lines as a report brings them, typed and told apart: what they say, who they are, what cannot be kept.

A line's identity is (distributor, document, row) where the file has them, else (report, row). Whether a
line says the same as before is told by a digest of what was reported, before any reference is looked up:
partners may have got another id since. The digest is keyed with the store's secret, so that nobody can
try out names against it. Amounts in the line's currency, at most 4 decimals; a longer one is rounded half
up once, here.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from functools import cache
from operator import attrgetter
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from staffel.core.calendar import Span, add_months
from staffel.core.findings import Finding, Place
from staffel.core.ledger.sentences import find
from staffel.core.ledger.values import LONGEST_TEXT
from staffel.core.money import MONEY, PIECES, DecimalType, FigureTooLarge, as_type

ReportKind = Literal["sell_out", "sell_in", "stock"]
KINDS = ("sale", "return", "correction")
PARTED_BY = "\x1f"
Places = Callable[[int], Place]
_NOTHING = "\x00"


class Standing(IntEnum):
    """What became of a line that was reported."""

    WAITING = 0
    LIVE = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    """Whose report it is and of what. digest: SHA-256 of the file. replaces: it stands for an earlier one
    of its number.

    number: the distributor's own for this report, if it has one. period_until: the first day after the
    period.
    """

    distributor_id: str
    vendor_id: str
    kind: ReportKind
    period_start: date
    period_until: date
    digest: str
    number: str | None = None
    issued: date | None = None
    replaces: bool = False

    @property
    def report_id(self) -> str:
        """Distributor, vendor, kind and number, or else the period."""
        name = self.number or period_name(self.period_start, self.period_until)
        parts = (self.distributor_id, self.vendor_id, self.kind, name)
        return "/".join(map(escaped, parts))

    @property
    def period(self) -> Span:
        """The days that it reports."""
        return Span(self.period_start, self.period_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLine:
    """A line of a report. row: its number in the file. part: 1 for the return in one row with a sale.

    invoice_no: the document's number. returns_document, returns_row: the sale that a return takes back.
    Names of end customers and sellers come as they are and are kept as keys. sold_on is the main date;
    counted_on that of stock.
    """

    row: int
    part: int = 0
    invoice_no: str | None = None
    document_row: str | None = None
    returns_document: str | None = None
    returns_row: str | None = None
    partner_number: str | None = None
    partner_name: str | None = None
    end_customer: str | None = None
    seller: str | None = None
    product_distributor_number: str | None = None
    product_vendor_number: str | None = None
    product_ean: str | None = None
    product_name: str | None = None
    kind: str = "sale"
    business: str | None = None
    sold_on: date | None = None
    ordered_on: date | None = None
    shipped_on: date | None = None
    invoiced_on: date | None = None
    paid_on: date | None = None
    counted_on: date | None = None
    quantity: Decimal | None = None
    net: Decimal | None = None
    list: Decimal | None = None
    dealer: Decimal | None = None
    cost: Decimal | None = None
    value: Decimal | None = None
    currency: str | None = None
    order_no: str | None = None
    route: str | None = None
    deal: str | None = None
    special_price: str | None = None
    warehouse: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that cannot be taken. cells: (column, text). cells_in_place: they stand under their own columns.

    Where they do, `end_customer` and `seller` are those that name a person.
    """

    row: int
    finding: Finding
    part: int = 0
    cells: tuple[tuple[str, str], ...] = ()
    cells_in_place: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Reported lines in columns. ids, digests: one each line."""

    reported: pa.Table
    ids: list[str]
    digests: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, at: Sequence[int]) -> "Lines":
        """Some of the lines, in this order."""
        return Lines(
            reported=self.reported.take(pa.array(at, pa.int64())),
            ids=[self.ids[each] for each in at],
            digests=[self.digests[each] for each in at],
        )

    def column(self, name: str) -> list[Any]:
        """One column as values."""
        values: list[Any] = self.reported.column(name).to_pylist()
        return values

    def with_column(self, name: str, values: Sequence[str | None]) -> "Lines":
        """The same with other texts in one column."""
        at = self.reported.schema.get_field_index(name)
        changed = self.reported.set_column(at, name, pa.array(values, pa.string()))
        return Lines(reported=changed, ids=self.ids, digests=self.digests)


_FIELDS = tuple(field.name for field in fields(ReportedLine))
_FIGURES = {"quantity": PIECES} | dict.fromkeys(("net", "list", "dealer", "cost", "value"), MONEY)
_DATES = tuple(name for name in _FIELDS if name.endswith("_on"))
_NUMBERS = ("row", "part")
_TEXTS = tuple(name for name in _FIELDS if name not in {*_FIGURES, *_DATES, *_NUMBERS})


def typed_lines(
    header: ReportHeader, lines: Iterable[ReportedLine], secret: bytes
) -> tuple[Lines, list[RefusedRow]]:
    """The lines that can be kept, and the others with why not."""
    given = list(lines)
    columns = {name: list(map(attrgetter(name), given)) for name in _FIELDS}
    wrong: dict[int, Finding] = {}
    report_id = header.report_id

    def place(at: int) -> Place:
        return Place(file=report_id, line=given[at].row)

    _check_texts(columns, place, wrong)
    _check_needed(header, columns, place, wrong)
    arrays = {name: _figures(columns[name], type_, place, wrong, name) for name, type_ in _FIGURES.items()}
    schema = reported_schema()
    table = pa.Table.from_arrays(
        [arrays[each.name] if each.name in arrays else _column(columns[each.name], each) for each in schema],
        schema=schema,
    )
    kept = [at for at in range(len(given)) if at not in wrong]
    table = table.take(pa.array(kept, pa.int64())) if wrong else table
    ids = [line_id_of(header, given[at]) for at in kept]
    refused = [_refused(given[at], wrong[at]) for at in sorted(wrong)]
    return Lines(reported=table, ids=ids, digests=_digests(table, secret)), refused


def line_id_of(header: ReportHeader, line: ReportedLine) -> str:
    """Who a line is: distributor, document and row; else report and row."""
    suffix = f"+{line.part}" if line.part else ""
    if line.invoice_no and line.document_row:
        return document_line(header.distributor_id, line.invoice_no, line.document_row) + suffix
    return f"{header.report_id}/{line.row}{suffix}"


def document_line(distributor_id: str, document: str, row: str) -> str:
    """The identity of a row of a document."""
    return f"{document_prefix(distributor_id, document)}{escaped(row)}"


def document_prefix(distributor_id: str, document: str) -> str:
    """The beginning of the identity of every row of a document."""
    return f"{escaped(distributor_id)}/{escaped(document)}/"


def escaped(text: str) -> str:
    """A part of an identity, in which no slash parts anything."""
    return text.replace("%", "%25").replace("/", "%2F") if "/" in text or "%" in text else text


def unescaped(part: str) -> str:
    """What `escaped` made of it, back.

    >>> unescaped(escaped("R/1 %2F"))
    'R/1 %2F'
    """
    return part.replace("%2F", "/").replace("%25", "%")


def period_name(start: date, until: date) -> str:
    """`2026-03` for a whole month, else both ends, the first day after it last.

    >>> period_name(date(2026, 3, 1), date(2026, 4, 1))
    '2026-03'
    """
    whole = start.day == 1 and add_months(start, 1) == until
    return f"{start:%Y-%m}" if whole else f"{start.isoformat()}..{until.isoformat()}"


def as_content(lines: Lines, at: int) -> dict[str, str]:
    """What a line says, as texts; empty columns are left out."""
    row = lines.reported.slice(at, 1).to_pylist()[0]
    return {name: str(value) for name, value in row.items() if value is not None}


def from_contents(ids: list[str], digests: list[int], contents: Sequence[Mapping[str, str]]) -> Lines:
    """Lines out of what `as_content` made of them."""
    schema = reported_schema()
    arrays = [_column([_read(each.name, row.get(each.name)) for row in contents], each) for each in schema]
    return Lines(reported=pa.Table.from_arrays(arrays, schema=schema), ids=ids, digests=digests)


@cache
def reported_schema() -> pa.Schema:
    """The columns of reported lines in Arrow."""
    types: dict[str, Any] = {name: pa.string() for name in _TEXTS}
    types |= {name: pa.date32() for name in _DATES} | {name: pa.int64() for name in _NUMBERS}
    types |= {name: pa.decimal128(type_.digits, type_.places) for name, type_ in _FIGURES.items()}
    return pa.schema([(name, types[name]) for name in _FIELDS])


def _column(values: list[Any], field: Any) -> Any:
    if field.name in _DATES:
        values = [each.date() if isinstance(each, datetime) else each for each in values]
    return pa.array(values, field.type)


def _read(name: str, text: str | None) -> Any:
    if text is None:
        return None
    if name in _DATES:
        return date.fromisoformat(text)
    if name in _NUMBERS:
        return int(text)
    return Decimal(text) if name in _FIGURES else text


def _figures(
    values: list[Any], type_: DecimalType, place: Places, wrong: dict[int, Finding], name: str
) -> Any:
    """A column of exact figures; those that do not fit are empty and noted."""
    arrow = pa.decimal128(type_.digits, type_.places)
    try:
        return pa.array(values, arrow)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        kept = [_figure(value, type_) for value in values]
    for at, (value, figure) in enumerate(zip(values, kept, strict=True)):
        if value is not None and figure is None and at not in wrong:
            digits = type_.digits - type_.places
            code = "number-too-large" if _is_figure(value) else "number-unreadable"
            wrong[at] = find(code, place(at), column=name, digits=digits)
    return pa.array(kept, arrow)


def _is_figure(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


def _figure(value: object, type_: DecimalType) -> Decimal | None:
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    try:
        return as_type(value, type_)
    except (FigureTooLarge, InvalidOperation):
        return None


def _check_texts(columns: dict[str, list[Any]], place: Places, wrong: dict[int, Finding]) -> None:
    for name in _TEXTS:
        texts = columns[name]
        if not any(texts) or _all_plain(texts):
            columns[name] = [text or None for text in texts] if "" in texts else texts
            continue
        for at, text in enumerate(texts):
            if text and len(text) > LONGEST_TEXT:
                wrong.setdefault(at, find("text-too-long", place(at), column=name, most=LONGEST_TEXT))
                texts[at] = None
            elif text and not _is_plain(text):
                wrong.setdefault(at, find("text-unprintable", place(at), column=name))
                texts[at] = None
            else:
                texts[at] = text or None


def _all_plain(texts: list[str | None]) -> bool:
    """Whether none is too long or holds what cannot be kept: most columns, by one look at all of them."""
    given = list(filter(None, texts))
    return max(map(len, given)) <= LONGEST_TEXT and _is_plain("".join(given))


def _is_plain(text: str) -> bool:
    return "\x00" not in text and PARTED_BY not in text and _is_encodable(text)


def _is_encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_needed(
    header: ReportHeader, columns: dict[str, list[Any]], place: Places, wrong: dict[int, Finding]
) -> None:
    stock = header.kind == "stock"
    if stock:
        pairs = zip(columns["counted_on"], columns["sold_on"], strict=True)
        columns["counted_on"] = [counted or sold for counted, sold in pairs]
    needed = ("counted_on", "quantity") if stock else ("sold_on", "currency")
    for name in needed:
        for at, value in enumerate(columns[name]):
            if value is None:
                wrong.setdefault(at, find("value-missing", place(at), column=name, table=header.kind))
    for at, kind in enumerate(columns["kind"]):
        if kind not in KINDS:
            wrong.setdefault(at, find("kind-unknown", place(at)))


def _digests(table: pa.Table, secret: bytes) -> list[int]:
    """One each line, of all that it says but its row; the same however its figures were written."""
    texts = [pc.cast(table.column(name), pa.string()) for name in _FIELDS if name not in _NUMBERS]
    joined = pc.binary_join_element_wise(
        *texts, PARTED_BY, null_handling="replace", null_replacement=_NOTHING
    )
    return [_digest(text, secret) for text in joined.to_pylist()]


def _digest(text: str, secret: bytes) -> int:
    made = hashlib.blake2b(text.encode(), digest_size=8, key=secret).digest()
    return int.from_bytes(made, "big", signed=True)


def _refused(line: ReportedLine, finding: Finding) -> RefusedRow:
    cells = tuple(
        (name, str(value)[:200])
        for name in _FIELDS
        if name not in _NUMBERS and (value := getattr(line, name)) is not None
    )
    return RefusedRow(row=line.row, part=line.part, finding=finding, cells=cells)
