"""The vocabulary of headings, in both languages, mistyped ones too."""

import pytest

from staffel.core.readers.headings import Meaning, Role, compact, recognise, speaks_of_stock
from staffel.core.readers.mapping import Column, ReportKind


def meaning(*parts: str, kind: ReportKind = ReportKind.SELL_OUT) -> Meaning | None:
    found = recognise(parts, kind)
    return found.meaning if found else None


# How distributors' own sheets spell them, with the abbreviations that people make.
SPELLED: dict[Meaning, str] = {
    Column.PRODUCT_VENDOR_NUMBER: """Hersteller-Artikelnr. | Hersteller-Art.Nr. | Herst.-Art.-Nr. | P/N | MPN
        Herst.Art.Nr | Hersteller Teile-Nr. | Artikel-Nr. des Herstellers | Artikelnr. Hersteller
        Hst.-Art.-Nr. | Manufacturer Part No. | Mfr. Part # | MFG Part# | Manufacturer's part number
        Vendor part no | Supplier part no.""",
    Column.PRODUCT_DISTRIBUTOR_NUMBER: """Artikel-Nr. | Art. Nr. | Artikelnr | Distributor-Artikelnr. | Item #
        Distributor Article No. | Artikelnr. Distributor | Item no. | Our item no. | Material-Nr.""",
    Column.PARTNER_NUMBER: """Kd.-Nr. | Kd. Nr. | Kunden-Nr. | Kundennr | Kundenummer | Kunden Nummer
        Customer no. | Customer # | Cust. # | Cust. No. | Debitor-Nr. | Händler-Nr. | Haendler Nr
        Fachhändler-Nr. | Reseller no. | Dealer # | Account no""",
    Column.PARTNER_NAME: """Kunde | Kundenname | Kd.-Name | Händler | Customer name | Reseller | Dealer
        Partner | Name""",
    Column.INVOICE_NO: """Rechnungs-Nr. | Rechnungsnr. | Rechnung Nr. | Rechnung | RE-Nr. | Rg.-Nr.
        Rech.-Nr. | Beleg-Nr. | Beleg | Invoice no. | Invoice # | Inv. no. | Doc. No. | Faktura-Nr.""",
    Column.DOCUMENT_ROW: "Pos. | Pos.-Nr. | Position | Rechnungspos. | Line | Line # | Row | Zeile",
    Column.INVOICED_ON: """Rechnungsdatum | RE-Datum | Rg-Datum | Invoice date | Inv. date
        Datum der Rechnung""",
    Column.SOLD_ON: "Belegdatum | Datum | Verkauft am | Buchungsdatum | Date of sale",
    Column.SHIPPED_ON: "Lieferdatum | Delivery date",
    Column.QUANTITY: """Menge | Menge (Stk.) | Menge Stück | Stk. | Stueck | Anzahl | Qty. | Units | Pcs.
        Verkaufte Stückzahl | Absatz (Stk) | Qty sold""",
    Column.NET: """Nettobetrag EUR | Netto-Betrag | Nettoumsatz (EUR) | Umsatz netto in € | Line total
        Net amount (EUR) | Net sales EUR | Betrag netto | Summe netto | Umsatz ohne MwSt.
        Net amount excl. VAT""",
    Column.UNIT_PRICE: "Einzelpreis EUR | Stückpreis netto | EP | Preis/Stk. | VK-Preis | Unit price",
    Column.END_CUSTOMER: "Endkunde | Endkunde (Firma) | Endabnehmer | End-user | End customer",
    Role.CURRENCY: "Waehrung | Wä. | Whg. | Currency | Curr. | Ccy",
    Role.PRICE_OR_NET: "Netto EUR | Betrag | Preis (EUR) | Net price | Net excl. VAT",
    Role.DROPPED: "Umsatz brutto | Gross amount | Amount incl. VAT | Betrag inkl. MwSt. | Endkunden-Nr.",
}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (heading.strip(), expected)
        for expected, spellings in SPELLED.items()
        for heading in spellings.replace("\n", "|").split("|")
    ],
)
def test_abbreviations(heading: str, expected: Meaning) -> None:
    assert meaning(heading) is expected


@pytest.mark.parametrize("heading", ["Bemerkung", "Piano", "Memo", "Summe", "Menge Lager", "no", "#", "Nr."])
def test_what_is_none_of_them(heading: str) -> None:
    assert meaning(heading) is None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("ResellerName", Column.PARTNER_NAME),
        ("RESELLER (ACCOUNT NAME)", Column.PARTNER_NAME),
        ("Kundenname", Column.PARTNER_NAME),
        ("Kd-Nr.", Column.PARTNER_NUMBER),
        ("Kundennr.", Column.PARTNER_NUMBER),
        ("EndUserCompanyName", Column.END_CUSTOMER),
        ("Endkunde", Column.END_CUSTOMER),
        ("Hersteller-Art.-Nr.", Column.PRODUCT_VENDOR_NUMBER),
        ("Product #", Column.PRODUCT_VENDOR_NUMBER),
        ("Artikelnummer", Column.PRODUCT_DISTRIBUTOR_NUMBER),
        ("upcEanNumber", Column.PRODUCT_EAN),
        ("ResaleInvoiceNumber", Column.INVOICE_NO),
        ("rechnungsnummer", Column.INVOICE_NO),
        ("ResellerPONumber", Column.ORDER_NO),
        ("Transaction Date", Column.SOLD_ON),
        ("Rechnungsdatum", Column.INVOICED_ON),
        ("Ship Date", Column.SHIPPED_ON),
        ("Bestelldatum", Column.ORDERED_ON),
        ("Sell-Out Menge", Column.QUANTITY),
        ("Menge Gutschrift", Column.RETURNED_QUANTITY),
        ("NetPOS(ProductUnitPrice)", Column.UNIT_PRICE),
        ("Umsatz Rechnung (netto)", Column.NET),
        ("Extended Price For This Deal", Column.NET),
        ("Betrag Gutschrift (netto)", Column.RETURNED_NET),
        ("SpecialPricingAuthorization", Column.SPECIAL_PRICE),
        ("Projektnr.", Column.SPECIAL_PRICE),
        ("ResaleCurrency", Role.CURRENCY),
        ("BelegArt", Role.KIND_OF_DOCUMENT),
        ("Verkauf", Role.QUANTITY_OR_PRICE),
        ("Netto", Role.PRICE_OR_NET),
        ("Straße", Role.DROPPED),
        (">>>", None),
        ("Blank1", None),
        ("", None),
    ],
)
def test_spellings(heading: str, expected: Meaning | None) -> None:
    assert meaning(heading) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("parnterName", Column.PARTNER_NAME),
        ("DistributerIDNumber", Role.DISTRIBUTOR),
        ("DistributerTransactionType", Role.KIND_OF_DOCUMENT),
        ("Rechnugsnummer", Column.INVOICE_NO),
        ("Hersteler-Nr.", Column.PRODUCT_VENDOR_NUMBER),
        ("Mnege", None),  # a short word must be right
    ],
)
def test_slips_of_a_letter(heading: str, expected: Meaning | None) -> None:
    assert meaning(heading) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("ProductAcmePartNumber", Column.PRODUCT_VENDOR_NUMBER),
        ("AcmePartNumber", Column.PRODUCT_VENDOR_NUMBER),
        ("AcmeVARID1", Column.PARTNER_NUMBER),
        ("AcmePOSID", Column.SPECIAL_PRICE),
        ("USDDistiUnitBuyPrice", Role.DROPPED),  # in another currency than the line
        ("Purchase Price (USD)", Role.DROPPED),
        ("ProductAcmeSerialNumber", Role.DROPPED),
    ],
)
def test_a_vendors_name_within(heading: str, expected: Meaning) -> None:
    assert meaning(heading) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Beleg", "Nummer"), Column.INVOICE_NO),
        (("Fachhändler", "Nummer"), Column.PARTNER_NUMBER),
        (("Artikel", "Nummer"), Column.PRODUCT_VENDOR_NUMBER),
        (("Fachhändler", "Name"), Column.PARTNER_NAME),
        (("Beleg", "Datum", "TT.MM.JJJJ"), Column.SOLD_ON),
        (("Werte", "Menge", "Stk."), Column.QUANTITY),
        (("Umsatz netto", "EUR"), Column.NET),
        (("Irgendwas", "Menge"), Column.QUANTITY),
    ],
)
def test_groups_and_units(parts: tuple[str, ...], expected: Meaning) -> None:
    assert meaning(*parts) == expected


def test_stock() -> None:
    assert speaks_of_stock(["Artikel", "Lagerbestand"])
    assert not speaks_of_stock(["Artikel", "Menge"])
    assert meaning("Bestand", kind=ReportKind.STOCK) is Column.QUANTITY
    assert meaning("Bestand") is None


def test_comparison() -> None:
    assert compact("End-Customer Contact – First Name\u00a0") == "endcustomercontactfirstname"
