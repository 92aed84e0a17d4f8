"""The vocabulary of headings, in both languages, mistyped ones too."""

import pytest

from staffel.core.readers.headings import Meaning, Role, compact, recognise, speaks_of_stock
from staffel.core.readers.mapping import Column, ReportKind


def meaning(*parts: str, kind: ReportKind = ReportKind.SELL_OUT) -> Meaning | None:
    found = recognise(parts, kind)
    return found.meaning if found else None


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
