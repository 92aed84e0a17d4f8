"""The words of a mapping file: what may stand for each, what it means, an example.

A test holds them against the door (`mapping_door.py`): every word is here, every example is a mapping. Page
(`docs/mapping.md`), schema and error messages are made of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from staffel.core.readers.mapping import (
    REMARK_WORDS,
    TOTALS_WORDS,
    Column,
    DateOrder,
    Encoding,
    Fact,
    FactFrom,
    Format,
    ShortLines,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """forms: what may stand for it, capitals for what varies. example: of its use, without `columns`."""

    forms: tuple[str, ...]
    meaning: str
    example: str

    @property
    def form(self) -> str:
        """`auto | dmy | mdy`."""
        return " | ".join(self.forms)


def _word(forms: tuple[str, ...] | type[StrEnum], meaning: str, example: str) -> Word:
    values = forms if isinstance(forms, tuple) else tuple(each.value for each in forms)
    return Word(forms=values, meaning=meaning, example=example)


TOP = {
    "mapping": _word(("NAME",), "The name of the layout; else that of the file.", "mapping: rhein"),
    "format": _word(
        Format,
        "What the file is. `auto`: by its first bytes. `xlsx` stands for XLS and ODS too.",
        "format: csv",
    ),
    "encoding": _word(
        Encoding,
        "How the bytes of a CSV are letters. `auto`: by the bytes.",
        "encoding: cp1252",
    ),
    "delimiter": _word(
        ("auto", '";"', '","', '"|"', "tab"),
        "What parts the cells of a CSV. `auto`: the one by which most headings are found.",
        'delimiter: ";"',
    ),
    "sheet": _word(
        ("NAME", "{matches: PATTERN}"),
        "Which sheet is read; else the first visible one with the headings.",
        'sheet: {matches: "^Abverkauf"}',
    ),
    "header": _word(
        ("auto", "none", "1", "[3, 4, 5]"),
        "The numbers of the header rows, at most three. `auto`: where most headings are found; "
        '`none`: the file has no headings, its columns are `"#1"`, `"#2"` and so on.',
        "header: [3, 4]",
    ),
    "decimal": _word(
        ('","', '"."'),
        "What parts the decimals of figures written as text; unsaid, what may be a fraction or thousands is "
        "refused.",
        'decimal: ","',
    ),
    "thousands": _word(
        ('"."', '","'),
        "What parts thousands; another sign than `decimal`. Blanks and apostrophes may always do so.",
        'thousands: "."',
    ),
    "dates": _word(
        DateOrder,
        "The order of day, month and year in dates written as text. `auto`: by all values of the column; "
        "what stays open is refused. ISO dates are read under any order.",
        "dates: dmy",
    ),
    "columns": _word(
        ("{quantity: HEADING, …}",),
        "Which column is which, see below; `quantity` or `net` at least. Where several header rows tell "
        'them apart, a heading is `Group / Name`; `"#4"` is the fourth column. All others are dropped.',
        "columns: {quantity: Menge, net: Umsatz netto}",
    ),
    "returns": _word(
        ("{column: HEADING, values: [RD], sales: [POS]}",),
        "A column whose values mark returns. With `sales`, any other value is refused. A minus also marks "
        "a return.",
        "returns: {column: Belegart, values: [GU], sales: [RE]}",
    ),
    "currency": _word(
        ("told", "heading", "{column: HEADING}", "{fixed: EUR}"),
        "Where the currency stands: told when importing (`--currency`), in the heading of the amount, in a "
        "column of codes, or one for all.",
        "currency: {fixed: EUR}",
    ),
    "report": _word(
        ('{period: {title: "Zeitraum (.+)"}, …}',),
        "What the file says of itself, see below; else it is told when importing.",
        'report: {period: {sheet_name: "Abverkauf (.+)"}}',
    ),
    "keys": _word(
        ("{partner: [number, name], product: [vendor_number, ean, distributor_number]}",),
        "What names partner and product, the first that a line has; else all, in this order.",
        "keys: {partner: number, product: [vendor_number, ean]}",
    ),
    "totals_words": _word(
        ("[WORD, …]",),
        f"With which a totals line begins; else {', '.join(TOTALS_WORDS)}.",
        "totals_words: [Summe, Gesamt]",
    ),
    "remark_words": _word(
        ("[WORD, …]",),
        f"With which a line below the data begins that is none; else {', '.join(REMARK_WORDS)}.",
        "remark_words: [Stand]",
    ),
    "short_lines": _word(
        ShortLines,
        "What becomes of a line with fewer cells than headings: refused, or those missing taken as empty.",
        "short_lines: fill",
    ),
}
# Column → what it says, and a heading as an example.
_COLUMNS = {
    Column.INVOICE_NO: ("The document: invoice or credit note.", "Rechnungsnr."),
    Column.DOCUMENT_ROW: (
        "The row of the document; with it, a line is known again in any report.",
        "Position",
    ),
    Column.RETURNS_DOCUMENT: ("The document of the sale that the line takes back.", "Ursprungsrechnung"),
    Column.ORDER_NO: ("The partner's order.", "Customer PO"),
    Column.SOLD_ON: (
        "The main day of the line; else that of the invoice, shipment, order or payment.",
        "Datum",
    ),
    Column.ORDERED_ON: ("The day of the order.", "Bestelldatum"),
    Column.SHIPPED_ON: ("The day of delivery.", "Lieferdatum"),
    Column.INVOICED_ON: ("The day of the invoice.", "Rechnungsdatum"),
    Column.PAID_ON: ("The day of payment.", "Zahlungsdatum"),
    Column.COUNTED_ON: ("The day of the stock.", "Stichtag"),
    Column.PARTNER_NUMBER: ("The distributor's number of the partner who bought.", "Kundennr."),
    Column.PARTNER_NAME: ("The name of the partner who bought.", "Kundenname"),
    Column.END_CUSTOMER: ("To whom the partner sold.", "Endkunde"),
    Column.END_CUSTOMER_COUNTRY: ("The end customer's country.", "EndUserCountry"),
    Column.PRODUCT_VENDOR_NUMBER: ("The vendor's part number.", "Hersteller-Artikelnr."),
    Column.PRODUCT_EAN: ("EAN, GTIN or UPC.", "EAN"),
    Column.PRODUCT_DISTRIBUTOR_NUMBER: ("The distributor's own article number.", "Artikelnr."),
    Column.PRODUCT_NAME: ("The product's name; it names nothing by itself.", "Bezeichnung"),
    Column.BUSINESS: ("New, renewal, upgrade or change.", "BusinessType"),
    Column.ROUTE: ("The way of the order, such as a web shop.", "Bestellweg"),
    Column.SELLER: ("Who sold, a person.", "Verkäufer"),
    Column.DEAL: ("The registered deal.", "Deal ID"),
    Column.SPECIAL_PRICE: ("The special price agreement.", "Projektnr."),
    Column.WAREHOUSE: ("Where the stock lies.", "Lager"),
    Column.QUANTITY: ("Pieces; of a stock report, the stock.", "Menge"),
    Column.NET: ("Net amount of the whole line.", "Umsatz netto"),
    Column.LIST: ("Amount of the line at list price.", "List Amount"),
    Column.DEALER: ("Amount of the line at the dealer's price.", "Dealer Amount"),
    Column.COST: ("Amount of the line at the distributor's cost.", "Einkaufswert"),
    Column.UNIT_PRICE: ("Net price of one piece; times quantity where no amount stands.", "Einzelpreis"),
    Column.LIST_PRICE: ("List price of one piece.", "Listenpreis"),
    Column.DEALER_PRICE: ("Dealer's price of one piece.", "Dealer Price"),
    Column.COST_PRICE: ("Distributor's cost of one piece.", "Einkaufspreis"),
    Column.RETURNED_QUANTITY: ("Pieces returned, where they have a column of their own.", "Menge Gutschrift"),
    Column.RETURNED_NET: ("Amount credited, where it has a column of its own.", "Betrag Gutschrift"),
    Column.VALUE: ("Value of the stock.", "Lagerwert"),
}
COLUMNS = {
    str(column): _word(("HEADING",), meaning, f"{column}: {heading}")
    for column, (meaning, heading) in _COLUMNS.items()
}
FACTS = {
    str(fact): _word(("{SOURCE: …}",), meaning, example)
    for fact, meaning, example in (
        (Fact.NUMBER, "The distributor's number of the report.", 'number: {title: "Meldung ([0-9]+)"}'),
        (Fact.PERIOD, "The time it reports.", 'period: {sheet_name: "Abverkauf (.+)$"}'),
        (Fact.ISSUED, "The day on which it was made.", 'issued: {last_lines: "Stand: (.+)"}'),
        (Fact.DISTRIBUTOR, "Who reports, by our id.", "distributor: {fixed: rhein}"),
        (Fact.VENDOR, "Whose goods, by our id.", "vendor: {fixed: aster-systems}"),
    )
}
SOURCES = {
    str(source): _word((form,), meaning, f"{source}: {value}")
    for source, form, meaning, value in (
        (FactFrom.FIXED, "TEXT", "The fact itself, the same for every file.", "rhein"),
        (FactFrom.COLUMN, "HEADING", "A column in which all lines say the same.", "Distributor"),
        (
            FactFrom.TITLE,
            "PATTERN",
            "A line above the headings, or on another visible sheet.",
            '"Zeitraum (.+)"',
        ),
        (FactFrom.SHEET_NAME, "PATTERN", "The name of the sheet.", '"Abverkauf (.+)"'),
        (FactFrom.FILE_NAME, "PATTERN", "The name of the file.", '"_([0-9]{4}-[0-9]{2})"'),
        (FactFrom.LAST_LINES, "PATTERN", "A remark below the data.", '"Stand: (.+)"'),
    )
}
_KEY_LISTS = {
    "partner": _word(("[number, name]",), "What names the partner.", "partner: number"),
    "product": _word(
        ("[vendor_number, ean, distributor_number]",),
        "What names the product.",
        "product: [ean, vendor_number]",
    ),
}
# The words below another, by the way from the top; `*` stands for any.
BELOW: Mapping[tuple[str, ...], Mapping[str, Word]] = {
    (): TOP,
    ("columns",): COLUMNS,
    ("report",): FACTS,
    ("report", "*"): SOURCES,
    ("keys",): _KEY_LISTS,
    ("sheet",): {"matches": _word(("PATTERN",), "A pattern of the sheet's name.", 'matches: "^Juli"')},
    ("returns",): {
        "column": _word(("HEADING",), "The column of the marks.", "column: Belegart"),
        "values": _word(("[VALUE, …]",), "Its values that mark returns.", "values: [GU]"),
        "sales": _word(("[VALUE, …]",), "Its values that mark sales.", "sales: [RE]"),
    },
    ("currency",): {
        "column": _word(("HEADING",), "A column of codes or signs.", "column: Währung"),
        "fixed": _word(("EUR",), "One code of ISO 4217.", "fixed: EUR"),
    },
}


def words_below(way: tuple[object, ...]) -> Mapping[str, Word]:
    """The words that may stand at the end of this way from the top; none where no word can."""
    plain = tuple(map(str, way))
    if len(plain) == 2 and plain[0] == "report":
        plain = ("report", "*")
    return BELOW.get(plain, {})


def word_at(way: tuple[object, ...]) -> Word:
    """The word at this way from the top, or the nearest one above it that is known."""
    for last in range(len(way) - 1, -1, -1):
        words = words_below(way[:last])
        if str(way[last]) in words:
            return words[str(way[last])]
    return TOP["columns"]
