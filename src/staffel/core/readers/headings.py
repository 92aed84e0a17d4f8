"""The vocabulary: which headings name which column, in English and German, as distributors spell them.

Headings as found in reports of the trade; common German words stand beside them. Spelling is compared
without blanks, signs and capitals, and a slip of a letter or two is forgiven (`Distribtutor`, `parnterName`).
A vendor's name within a heading makes no difference: `ProductAcmePartNumber` is a part number.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from staffel.core.readers.mapping import Column, ReportKind

_SIGNS = re.compile(r"[\W_]+")
# Parts a group from a name in the table: "Artikel / Nummer" is another thing than "Artikelnummer".
_GROUP = "/"
_FORGIVEN_PERCENT = 88
_SHORTEST_FORGIVEN = 8


class Role(StrEnum):
    """What a heading may say besides a column: what is no column of a row, or what only the values decide."""

    CURRENCY = "currency"
    KIND_OF_DOCUMENT = "kind of document"
    DISTRIBUTOR = "distributor"
    QUANTITY_OR_PRICE = "quantity or price"
    PRICE_OR_NET = "price or net"
    DROPPED = "dropped"  # known, and of no use here; keeps its heading from being taken for another


Meaning = Column | Role

_SPELLINGS: dict[Meaning, str] = {
    Column.INVOICE_NO: """
        InvoiceNumber | Invoice No | Invoice | ResaleInvoiceNumber | ReportingCompanyInvoiceNumber
        Document No | DistributorInvoiceNumber | Document Number | Pos Reference Number | Rechnungsnummer
        Rechnungsnr | BelegNummer | Belegnr | Beleg Nummer | VorgangsNummer | Rechnung Nummer
        Rechnung Nr | Beleg Nr""",
    Column.DOCUMENT_ROW: """
        InvoiceLine | Invoice Line No | Line Number | Line No | Position | Pos | Belegposition
        Positionsnr | Rechnungsposition | Zeile""",
    Column.RETURNS_DOCUMENT: """
        Original Invoice | OriginalInvoiceNumber | Original Document | Ursprungsrechnung | Bezugsbeleg
        Originalrechnung | Stornierter Beleg""",
    Column.ORDER_NO: """
        PONumber | ResellerPONumber | CustomerPO | PO | Customer PO Number | Kundenbestellnummer
        Bestellnummer | Bestellnr | Customer Order""",
    Column.SOLD_ON: """
        Date | Sold On | SaleDate | Sales Date | Transaction Date | FinancialDate | Posting Date | Datum
        Verkaufsdatum | Rechnung Rücknahme Datum | Buchungsdatum | BelegDatum | Beleg Datum""",
    Column.INVOICED_ON: """
        InvoiceDate | Invoice Date | ResaleInvoiceDate | ReportingCompanyBillDate | Bill Date
        Rechnungsdatum | Rechnung Datum""",
    Column.SHIPPED_ON: """
        Ship Date | ShippingDate | InvoiceDateShip | Shipped On | Lieferdatum | Versanddatum""",
    Column.ORDERED_ON: "Order Date | Bestelldatum | Auftragsdatum | Ordered On",
    Column.PAID_ON: "Payment Date | Paid On | Zahlungsdatum | Bezahlt am",
    Column.COUNTED_ON: """
        Stichtag | Bestandsdatum | Stock Date | As Of | Inventory Date | Snapshot Date""",
    Column.PARTNER_NUMBER: """
        ResellerNumber | Reseller No | Reseller ID | BuyingCustomerPartnerId | BuyingCustomerCustNumber
        PartnerID | CustomerAccount | CustomerID | Customer Number | Customer No | VAR id | VARID1
        MEMBER_ID | Kundennummer | Kundennr | Kd-Nr | KdNr | Kunde Nr | Fachhändler Nummer | Händlernummer
        Partnernummer | Kunde Nummer | Händler Nummer | Debitor | Debitorennummer""",
    Column.PARTNER_NAME: """
        ResellerName | RESELLER (ACCOUNT NAME) | ResellerVARName | BuyingCustomerName | BillToName
        Bill To Name | Bill To Customer Name | CustomerName | Reseller | Partner Name | Customer | Kunde
        Kundenname | Firma | Fachhändler Name | Händler | Fachhändler | Händlername | Systemhaus
        Kunde Name""",
    Column.END_CUSTOMER: """
        EndUserCompanyName | EndUserName | End-Customer Name | END CUSTOMER (ACCOUNT NAME)
        EndCustomerName | End User Name Details | End Customer | End User | Endkunde | Endkunde Name
        Endkundenname | Endanwender""",
    Column.END_CUSTOMER_COUNTRY: """
        EndUserCountry | EndUserCountryCode | EndCustomerCountry | End Customer Country Code
        Endkunde Land""",
    Column.PRODUCT_VENDOR_NUMBER: """
        PartNumber | Part No | ProductPartNumber | ManufacturerPartNumber | Mfr Part Number | VendorPN
        PnSku | Vendor Part Number | ItemID | PRODUCT | Product | PartCode | Product # | ModelNumber
        OEMPartNumber | MPN | Vendor Item No | PRODUCT_SKU | Vendor Sku Code | Hersteller-Nr
        Herstellernr | Herstellernummer | Hersteller-Art.-Nr | Herstellerartikelnummer | Artikel / Nummer
        HAN""",
    Column.PRODUCT_DISTRIBUTOR_NUMBER: """
        Partner Sku Code | BuyerPartNumber | Item No | ItemNumber | DISTRIBUTOR_PRODUCT_ID
        VENDOR_STOCK_ID | Artikelnummer | Artikelnr | ArtNr | Art.-Nr | Produkt ID | SKU
        Distributor Part Number""",
    Column.PRODUCT_EAN: "upcEanNumber | EAN | UPC | GTIN | EAN Code | EAN13 | Artikel EAN | EAN/GTIN",
    Column.PRODUCT_NAME: """
        ItemDesc | PartCodeDescription | PartDescription | PRODUCT DESCRIPTION | Part Number Description
        ProductDesc | sourceProductDescription | Description | Item Description | Bezeichnung
        Produktname | Artikelbezeichnung | Artikel Bezeichnung | Artikeltext | Product Name""",
    Column.BUSINESS: "BusinessType | Geschäftsart",
    Column.ROUTE: "Route | Order Route | Bestellweg | Sales Channel | Vertriebsweg",
    Column.SELLER: "Seller | Sales Person | Salesperson | Verkäufer | Sales Rep",
    Column.DEAL: """
        Deal | Deal ID | Deal Registration | Opportunity ID | Deal Number | Projektregistrierung
        Deal Reg""",
    Column.SPECIAL_PRICE: """
        SpecialPricingAuthorization | Special Pricing Identifier if applicable | SpecialPricingRequest
        SPQ | DANumber | SandDRef | Authorisation | VendorPromotion | Bid No | Bid Number | POSID
        VendorPOSID | SPA Entitlement # | Projektnr | Projektnummer | Sonderpreis Nr | Special Price
        Projektpreis""",
    Column.WAREHOUSE: "Warehouse | WarehouseCod | Branch Office | Lager | Lagerort",
    Column.QUANTITY: """
        Qty | Quantity | ItemQty | ProductQuantity | Sales Quantity | QuantitySold | ProductQt
        salesQuantity | Menge | Sell-Out Menge | Anzahl der Abgänge | Abverkaufsmenge | Liefermenge
        Menge Rechnung | Menge Saldo | Anzahl | Stück | Verkaufte Menge | Werte Menge""",
    Column.RETURNED_QUANTITY: "returnQuantity | Returned Quantity | Menge Gutschrift | Retourenmenge",
    Column.UNIT_PRICE: """
        UnitResalePrice | NetPOS(ProductUnitPrice) | Price Per Unit For This Deal | UnitSalesPrice | Ø-VK
        UNIT SALE PRICE | Unit Price | SalesPrice | Einzelpreis | Einzelpreis netto | Stückpreis
        VK-Preis | VK netto | Net Unit Price""",
    Column.NET: """
        Extended Price For This Deal | Extended Price | Amount | Total Price | Net Amount | Line Amount
        Umsatz Rechnung (netto) | Umsatz Saldo (netto) | Verkaufswert der Abgänge | Abverkaufswert Netto
        Warenwert | GesamtbetragNetto | Lieferwert | Umsatz netto | Umsatz | Gesamtpreis | Nettobetrag
        Nettoumsatz | Revenue | Net Revenue""",
    Column.RETURNED_NET: "Betrag Gutschrift (netto) | Retourenwert | Returned Amount",
    Column.LIST_PRICE: "Unit List Price | LIST_PRICE_EXCL_TAX | List Price | Listenpreis | UVP | MSRP",
    Column.COST_PRICE: """
        CurrentDistiCost | MSPUnitCost | NetUnitBuy | PURCHASE ORDER BUY PRICE - UNIT | POBuyPrice
        PurchasePrice | Purchase Price | Purch Cost Price | EK | Einkauf | Einkaufspreis | Unit Cost""",
    Column.COST: "ExtDistiCost | NetTotalBuy | Total Cost | Einkaufswert",
    Column.VALUE: "Lagerwert | Bestandswert | Stock Value | Inventory Value",
    Role.CURRENCY: """
        Currency | CurrencyCode | ResaleCurrency | INVOICE CURRENCY | InvoiceCurrency | SalesOrderCurrency
        Local Currency | ISO_CURRENCY_CODE | Währung | Whg""",
    Role.KIND_OF_DOCUMENT: """
        DistributerTransactionType | DistributorTransactionType | Document Type | TransactionType
        BelegArt | Belegtyp | Vorgangsart""",
    Role.DISTRIBUTOR: """
        DistributorName | DISTRIBUTOR (ACCOUNT NAME) | DistributorIDNumber | ReportingPartnerName
        Distributor | DISTRIBUTOR_NAME | Niederlassung | Reporting Partner""",
    Role.QUANTITY_OR_PRICE: "Verkauf | Verkäufe | Sales | Abverkauf | Abgang",
    Role.PRICE_OR_NET: "Netto | Preis | VK | Net | Price | Betrag | Wert | Werte Preis | Werte Netto",
    Role.DROPPED: """
        Zugang | Anfangsbestand | Rücknahme | davon reserviert | Reserviert | USDDistiUnitBuyPrice
        ExchangeRate | UnitSalesPriceUSD | SalesInvoiceUnitPriceUSD | SerialNumber | Serial Number
        ProductSerialNumber | Seriennummer | Seriennummern | ShipToName | Ship To Customer Name | Straße
        PLZ | Ort | Land | Kurs | ust_satz | Abverkaufswert Brutto | LIST_PRICE_INCL_TAX | OrderType
        ItemGroup | Warengruppe | Reseller Country | ResellerCountry | Fachhändler PLZ | Fachhändler Ort
        Distributor Country | DistributorPurchaseOrder | ResaleSalesOrderNumber | SalesOrderNumber
        Auftragsnummer | ClaimID | ResellerVARCountryCode | ResellerVARAddress1 | EndUserCity
        EndUserAddress | EndUserFirstName | EndUserLastName | EndUserEmailAddress | EndUserPhoneNumber
        EndUserZipCode | BusinessModel1""",
}
# Headings of a stock report, where the stock itself is what counts.
_STOCK_SPELLINGS: dict[Meaning, str] = {
    Column.QUANTITY: """
        Bestand | Lagerbestand | QTY_ON_HAND | currentStockLevel | ProductQtInv | On Hand | Stock""",
}
# Parts of headings in which vendors put their own names.
_PATTERNS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r"product\w*serial\w*|serial\w*"), Role.DROPPED),
    (
        re.compile(r"[a-z]+(?:partnumber|modelnumber|pnsku|skucode)"),
        Column.PRODUCT_VENDOR_NUMBER,
    ),
    (re.compile(r"[a-z]+varid1?"), Column.PARTNER_NUMBER),
    (re.compile(r"[a-z]+posid|[a-z]+authorisation|specialpric\w+"), Column.SPECIAL_PRICE),
    (re.compile(r"(?:usd|eur|gbp)(?:disti)?\w*(?:buy|cost)\w*|purchaseprice(?:usd|eur|gbp)"), Role.DROPPED),
)
_UNITS = re.compile(r"(?:in)?(?:eur|euro|usd|gbp|chf|stk|stück|tt\.?mm\.?jjjj)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a heading means. rank: its place in the list of spellings, the first is the surest."""

    meaning: Meaning
    rank: int


def recognise(parts: tuple[str, ...], kind: ReportKind = ReportKind.SELL_OUT) -> Recognised | None:
    """What a heading means by its parts: by all of them, then by the last ones alone."""
    spelled = [compact(part) for part in parts]
    for first in range(len(parts)):
        for last in range(len(parts), first, -1):
            some = spelled[first:last]
            found = _table(kind).get(_GROUP.join(some)) or _of_spelling("".join(some), kind)
            if found is not None:
                return found
    return None


def compact(heading: str) -> str:
    """A heading without blanks, signs and capitals.

    >>> compact("Kd-Nr.")
    'kdnr'
    """
    return _SIGNS.sub("", heading).casefold()


def speaks_of_stock(headings: list[str]) -> bool:
    """Whether headings are those of a stock report."""
    known = set(_table(ReportKind.STOCK)) - set(_table(ReportKind.SELL_OUT))
    return any(compact(heading) in known for heading in headings)


@cache
def _of_spelling(spelling: str, kind: ReportKind) -> Recognised | None:
    table = _table(kind)
    plain = _UNITS.sub("", spelling) or spelling
    if spelling in table:
        return table[spelling]
    for pattern, meaning in _PATTERNS:
        if pattern.fullmatch(spelling):
            return Recognised(meaning=meaning, rank=len(table))
    return table.get(plain) or _nearest(plain, table)


def _nearest(spelling: str, table: dict[str, Recognised]) -> Recognised | None:
    """The spelling that differs in a letter or two; short words must be spelled right."""
    if len(spelling) < _SHORTEST_FORGIVEN:
        return None
    near = [
        (matcher.ratio(), known)
        for known in table
        if abs(len(known) - len(spelling)) <= 2
        and (matcher := SequenceMatcher(None, spelling, known)).quick_ratio() * 100 >= _FORGIVEN_PERCENT
    ]
    best = max(near, default=None)
    if best is None or best[0] * 100 < _FORGIVEN_PERCENT:
        return None
    return Recognised(meaning=table[best[1]].meaning, rank=len(table))


@cache
def _table(kind: ReportKind) -> dict[str, Recognised]:
    found: dict[str, Recognised] = {}
    spellings = [_STOCK_SPELLINGS, _SPELLINGS] if kind is ReportKind.STOCK else [_SPELLINGS]
    for table in spellings:
        for meaning, words in table.items():
            for rank, word in enumerate(re.split(r"\s*[|\n]\s*", words.strip())):
                spelling = _GROUP.join(map(compact, word.split(" / ")))
                found.setdefault(spelling, Recognised(meaning=meaning, rank=rank))
    return found
