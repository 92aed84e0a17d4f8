"""The vocabulary: which headings name which column, in English and German, as distributors spell them.

Headings as found in reports of the trade; common German words stand beside them. Spelling is compared
without blanks, signs and capitals, with abbreviations written out (`Kd.-Nr.`, `Herst.-Artikelnr.`), and a
slip of a letter or two is forgiven (`Distribtutor`, `parnterName`).
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
        InvoiceNumber | Invoice No | Invoice | Invoice # | Invoice ID | Inv No | Inv Number | Inv
        ResaleInvoiceNumber | ReportingCompanyInvoiceNumber | Document No | DistributorInvoiceNumber
        Document | Doc No | Billing Document | Bill No | Pos Reference Number | Rechnungsnummer
        BelegNummer | Beleg Nummer | Beleg | VorgangsNummer | Rechnung Nummer | Rechnung | RE-Nr | Rg-Nr
        Rech.-Nr. | Faktura | Fakturanummer | Invoice or Credit Note | Rechnung Gutschrift
        Rechnungs- oder Gutschriftsnummer""",
    Column.DOCUMENT_ROW: """
        InvoiceLine | Invoice Line No | Invoice Row | Line Number | Line No | Line | Line Item | Row
        Row No | Document Row | Position | Pos | Pos-Nr | Belegposition | Belegzeile | Positionsnr
        Rechnungsposition | Rechnungszeile | Rechnungspos | Zeile | Zeilennummer""",
    Column.RETURNS_DOCUMENT: """
        Original Invoice | OriginalInvoiceNumber | Original Document | Ursprungsrechnung | Bezugsbeleg
        Originalrechnung | Stornierter Beleg | Credited Invoice | Gutgeschriebene Rechnung""",
    Column.ORDER_NO: """
        PONumber | ResellerPONumber | CustomerPO | PO | Customer PO Number | Kundenbestellnummer
        Bestellnummer | Customer Order | Customer Order No | Bestellnummer des Kunden | Bestell-Nr""",
    Column.SOLD_ON: """
        Date | Sold On | SaleDate | Sales Date | Date of Sale | Date Sold | Transaction Date
        FinancialDate | Posting Date | Datum | Verkaufsdatum | Verkauft am | Tag des Verkaufs
        Rechnung Rücknahme Datum | Buchungsdatum | BelegDatum | Beleg Datum | Document Date""",
    Column.INVOICED_ON: """
        InvoiceDate | Invoice Date | Inv Date | Date of Invoice | Invoiced On | ResaleInvoiceDate
        ReportingCompanyBillDate | Bill Date | Billing Date | Rechnungsdatum | Rechnung Datum | Rg-Datum
        RE-Datum | Fakturadatum | Datum der Rechnung | Datum Rechnung""",
    Column.SHIPPED_ON: """
        Ship Date | ShippingDate | InvoiceDateShip | Shipped On | Date Shipped | Delivery Date
        Dispatch Date | Lieferdatum | Versanddatum | Geliefert am | Datum der Lieferung""",
    Column.ORDERED_ON: "Order Date | Ordered On | Date of Order | Bestelldatum | Auftragsdatum | Bestellt am",
    Column.PAID_ON: "Payment Date | Paid On | Zahlungsdatum | Bezahlt am",
    Column.COUNTED_ON: """
        Stichtag | Bestandsdatum | Stock Date | As Of | Inventory Date | Snapshot Date""",
    Column.PARTNER_NUMBER: """
        ResellerNumber | Reseller No | Reseller ID | Reseller Code | BuyingCustomerPartnerId
        BuyingCustomerCustNumber | PartnerID | Partner Number | Partner Code | CustomerAccount
        CustomerID | Customer Number | Customer No | Customer Code | Customer # | Cust No | Cust Number
        Cust ID | Account Number | Account No | Account ID | Dealer Number | Dealer No | Dealer ID
        Dealer Code | Buyer Number | Buyer No | Buyer ID | Sold-to | Sold-to Number | Sold-to Party
        Bill-to Number | Bill-to No | VAR id | VARID1 | MEMBER_ID | Kundennummer | Kunden-ID | Kundencode
        Kunde Nr | Kunden Nummer | Nummer des Kunden | Kunde Nummer | Händlernummer | Händler Nummer
        Händler-ID | Fachhändler Nummer | Fachhändlernummer | Wiederverkäufernummer | Partnernummer
        Partner-ID | Käufernummer | Abnehmernummer | Debitor | Debitorennummer | Debitornummer""",
    Column.PARTNER_NAME: """
        ResellerName | RESELLER (ACCOUNT NAME) | ResellerVARName | BuyingCustomerName | BillToName
        Bill To Name | Bill To Customer Name | Sold To Name | CustomerName | Cust Name | Reseller
        Reseller Company | Partner Name | Partner | Customer | Customer Company | Dealer | Dealer Name
        Buyer | Buyer Name | Kunde | Kundenname | Kunden Name | Name des Kunden | Firma | Firmenname
        Fachhändler Name | Händler | Fachhändler | Händlername | Wiederverkäufer | Systemhaus | Kunde Name
        Partnername | Käufer | Abnehmer | Rechnungsempfänger | Name""",
    Column.END_CUSTOMER: """
        EndUserCompanyName | EndUserName | End-Customer Name | END CUSTOMER (ACCOUNT NAME)
        EndCustomerName | End User Name Details | End Customer | End Customer Company | End User
        End User Company | Final Customer | Endkunde | Endkunde Name | Endkunde Firma | Endkundenname
        Name des Endkunden | Endanwender | Endabnehmer | Endnutzer""",
    Column.END_CUSTOMER_COUNTRY: """
        EndUserCountry | EndUserCountryCode | EndCustomerCountry | End Customer Country Code
        Endkunde Land | Endkundenland | Land des Endkunden""",
    Column.PRODUCT_VENDOR_NUMBER: """
        PartNumber | Part No | Part # | P/N | PN | ProductPartNumber | ManufacturerPartNumber
        Manufacturer Part No | Manufacturer Part | Manufacturer Number | Manufacturer Item Number
        Manufacturer Article Number | Manufacturer Product Number | Manufacturer SKU | Manufacturer Code
        Mfr Part Number | Mfr Part | Mfg Part
        Mfr No | Mfr SKU | Mfg Part Number | Mfg Part No | Mfg No | Mfg SKU | MPN
        VendorPN | PnSku | Vendor Part Number | Vendor Part No | Vendor Article Number
        Vendor Product Number | Vendor Item No | Vendor Item Number | Vendor SKU | Vendor Sku Code
        Supplier Part Number | Supplier Item Number | Supplier Article Number | Supplier SKU | ItemID
        PRODUCT | Product | PartCode | Product # | Product Number | Product Code | Product ID
        ModelNumber | Model No | OEMPartNumber | OEM Number | PRODUCT_SKU | Hersteller-Nr
        Herstellernummer | Hersteller-Art.-Nr | Herstellerartikelnummer | Hersteller-Artikel
        Hersteller Artikelnummer | Artikelnummer Hersteller | Artikelnummer des Herstellers
        Hersteller-Teilenummer | Hersteller-Produktnummer | Hersteller-Materialnummer | Hersteller-SKU
        Hersteller-Code | Lieferantenartikelnummer | Artikelnummer des Lieferanten | Teilenummer
        Produktnummer | Produkt | Modellnummer | Artikel / Nummer | HAN""",
    Column.PRODUCT_DISTRIBUTOR_NUMBER: """
        Partner Sku Code | BuyerPartNumber | Item No | ItemNumber | Item Code | Item | Article Number
        Article No | Article Code | Article | Material Number | Material No | Stock Code
        DISTRIBUTOR_PRODUCT_ID | Distributor Part Number | Distributor Part No | Distributor Item Number
        Distributor Item No | Distributor Article Number | Distributor Product Number | Distributor SKU
        Disti SKU | Disti Part Number | Internal Item Number | Our Item Number | Our Item No | VENDOR_STOCK_ID
        Artikelnummer | ArtNr | Art.-Nr | Artikel | Artikelcode | Artikel-ID | Produkt ID | SKU
        Distributor-Artikelnummer | Distributor Artikelnummer | Artikelnummer Distributor
        Artikelnummer des Distributors | Unsere Artikelnummer | Interne Artikelnummer | Materialnummer
        Sachnummer""",
    Column.PRODUCT_EAN: """
        upcEanNumber | EAN | UPC | GTIN | EAN Code | EAN-Nr | EAN13 | Artikel EAN | EAN/GTIN | Barcode
        Strichcode""",
    Column.PRODUCT_NAME: """
        ItemDesc | PartCodeDescription | PartDescription | PRODUCT DESCRIPTION | Part Number Description
        ProductDesc | sourceProductDescription | Description | Item Description | Item Name
        Article Description | Article Name | Bezeichnung | Produktname | Produktbezeichnung
        Artikelbezeichnung | Artikel Bezeichnung | Artikelname | Artikeltext | Beschreibung
        Product Name""",
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
        Qty | Quantity | ItemQty | ProductQuantity | Sales Quantity | Sales Qty | QuantitySold | Qty Sold
        Sold Qty | Sold Quantity | Units Sold | Units | Pieces | Pcs | No of Pieces | Invoiced Quantity
        Invoiced Qty | Billed Quantity | Shipped Quantity | Shipped Qty | ProductQt | salesQuantity
        Menge | Sell-Out Menge | Anzahl der Abgänge | Abverkaufsmenge | Verkaufsmenge | Absatzmenge
        Absatz | Liefermenge | Rechnungsmenge | Fakturierte Menge | Menge Rechnung | Menge Saldo
        Anzahl | Stück | Stückzahl | Stk | Verkaufte Menge | Verkaufte Stück | Verkaufte Stückzahl
        Werte Menge""",
    Column.RETURNED_QUANTITY: """
        returnQuantity | Returned Quantity | Returned Qty | Menge Gutschrift | Retourenmenge
        Rückgabemenge""",
    Column.UNIT_PRICE: """
        UnitResalePrice | NetPOS(ProductUnitPrice) | Price Per Unit For This Deal | UnitSalesPrice | Ø-VK
        UNIT SALE PRICE | Unit Price | Unit Net Price | Net Unit Price | Price per Unit | Price each
        Price per Piece | SalesPrice | Selling Price | Einzelpreis | Einzelpreis netto | Netto-Einzelpreis
        Stückpreis | Stückpreis netto | Preis je Stück | Preis pro Stück | Preis/Stück | VK-Preis
        VK netto | Verkaufspreis | E-Preis | EP | Preis/Stk""",
    Column.NET: """
        Extended Price For This Deal | Extended Price | Ext Price | Extended Amount | Ext Amount | Amount
        Total Price | Net Amount | Net Value | Net Total | Net Sales | Net Line Amount | Net Turnover
        Line Amount | Line Total | Line Net | Line Net Amount | Line Value | Amount net | Total net
        Total net amount | Total Amount | Sales Amount | Sales Value | Sales net | Turnover
        Umsatz Rechnung (netto) | Umsatz Saldo (netto) | Verkaufswert der Abgänge | Abverkaufswert Netto
        Warenwert | GesamtbetragNetto | Gesamtbetrag | Lieferwert | Umsatz netto | Netto-Umsatz | Umsatz
        Gesamtpreis | Gesamtpreis netto | Gesamt netto | Netto gesamt | Nettosumme | Summe netto
        Nettobetrag | Betrag netto | Nettowert | Wert netto | Warenwert netto | Nettowarenwert
        Zeilenbetrag | Zeilenwert | Positionsbetrag | Positionswert | Rechnungsbetrag netto | Erlös
        Nettoerlös | Nettoumsatz | Revenue | Net Revenue""",
    Column.RETURNED_NET: "Betrag Gutschrift (netto) | Retourenwert | Returned Amount | Returned Net",
    Column.LIST_PRICE: "Unit List Price | LIST_PRICE_EXCL_TAX | List Price | Listenpreis | UVP | MSRP",
    Column.COST_PRICE: """
        CurrentDistiCost | MSPUnitCost | NetUnitBuy | PURCHASE ORDER BUY PRICE - UNIT | POBuyPrice
        PurchasePrice | Purchase Price | Purch Cost Price | EK | Einkauf | Einkaufspreis | Unit Cost""",
    Column.COST: "ExtDistiCost | NetTotalBuy | Total Cost | Einkaufswert",
    Column.VALUE: "Lagerwert | Bestandswert | Stock Value | Inventory Value",
    Role.CURRENCY: """
        Currency | CurrencyCode | Curr | Cur | Ccy | ResaleCurrency | INVOICE CURRENCY | InvoiceCurrency
        SalesOrderCurrency | Document Currency | Transaction Currency | Local Currency
        ISO_CURRENCY_CODE | Währung | Währungscode | Währungskennzeichen | WKZ | Whg | Wä | Währ
        Belegwährung | Rechnungswährung""",
    Role.KIND_OF_DOCUMENT: """
        DistributerTransactionType | DistributorTransactionType | Document Type | TransactionType
        Type of Document | Invoice Type | BelegArt | Belegtyp | Vorgangsart | Art des Belegs""",
    Role.DISTRIBUTOR: """
        DistributorName | DISTRIBUTOR (ACCOUNT NAME) | DistributorIDNumber | ReportingPartnerName
        Distributor | DISTRIBUTOR_NAME | Niederlassung | Reporting Partner""",
    Role.QUANTITY_OR_PRICE: "Verkauf | Verkäufe | Sales | Abverkauf | Abgang",
    Role.PRICE_OR_NET: """
        Netto | Preis | VK | Net | Price | Net Price | Nettopreis | Preis netto | Betrag | Wert | Value
        Werte Preis | Werte Netto""",
    Role.DROPPED: """
        Zugang | Anfangsbestand | Rücknahme | davon reserviert | Reserviert | USDDistiUnitBuyPrice
        ExchangeRate | UnitSalesPriceUSD | SalesInvoiceUnitPriceUSD | SerialNumber | Serial Number
        ProductSerialNumber | Seriennummer | Seriennummern | ShipToName | Ship To Customer Name | Straße
        PLZ | Ort | Land | Kurs | ust_satz | Abverkaufswert Brutto | LIST_PRICE_INCL_TAX | OrderType
        ItemGroup | Warengruppe | Reseller Country | ResellerCountry | Fachhändler PLZ | Fachhändler Ort
        Distributor Country | DistributorPurchaseOrder | ResaleSalesOrderNumber | SalesOrderNumber
        Auftragsnummer | ClaimID | ResellerVARCountryCode | ResellerVARAddress1 | EndUserCity
        EndUserAddress | EndUserFirstName | EndUserLastName | EndUserEmailAddress | EndUserPhoneNumber
        EndUserZipCode | BusinessModel1 | Endkundennummer | Endkunde PLZ | Endkunde Ort | Endkunde Straße
        End Customer Number | End Customer City | End Customer Zip Code | Kundengruppe | Kundenadresse
        Customer Group | Customer Address | Customer Country | Lieferscheinnummer | Delivery Note No
        Vendor | Vendor Name | Hersteller | Herstellername | Manufacturer | Manufacturer Name | Brand
        Marke | Produktgruppe | Product Group | Steuersatz | VAT Rate | Rabatt | Discount""",
}
# Headings of a stock report, where the stock itself is what counts.
_STOCK_SPELLINGS: dict[Meaning, str] = {
    Column.QUANTITY: """
        Bestand | Lagerbestand | QTY_ON_HAND | currentStockLevel | ProductQtInv | On Hand | Stock""",
}
# Parts of headings in which vendors put their own names.
_PATTERNS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r"product\w*serial\w*|serial\w*"), Role.DROPPED),
    # With tax: never an amount of ours.
    (re.compile(r".*(?:brutto|gross|inkl?mwst|inkl?ust|inclvat|incltax|includingvat).*"), Role.DROPPED),
    (
        re.compile(r"[a-z]+(?:partnumber|modelnumber|pnsku|skucode)"),
        Column.PRODUCT_VENDOR_NUMBER,
    ),
    (re.compile(r"[a-z]+varid1?"), Column.PARTNER_NUMBER),
    (re.compile(r"[a-z]+posid|[a-z]+authorisation|specialpric\w+"), Column.SPECIAL_PRICE),
    (re.compile(r"(?:usd|eur|gbp)(?:disti)?\w*(?:buy|cost)\w*|purchaseprice(?:usd|eur|gbp)"), Role.DROPPED),
)
_CURRENCIES = "eur|euro|usd|gbp|chf|pln|czk|huf|sek|nok|dkk|ron"
# What follows a heading and says nothing more of it: "Umsatz netto (EUR)", "Net Amount excl. VAT".
_UNITS = re.compile(
    rf"(?:(?:in)?(?:{_CURRENCIES}|stk|stueck|pcs)|ttmmjjjj|ddmmyyyy|yyyymmdd"
    r"|(?:ex|excl|excluding|without)(?:vat|tax)|(?:exkl|zzgl|ohne|ex)(?:mwst|ust|steuer))$"
)
# Abbreviations written out, so that one spelling in the table stands for all of them.
_WRITTEN_OUT = tuple(
    (re.compile(short), long)
    for short, long in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        (r"num$|nbr$|no$", "number"),
        (r"nr(?=$|des|hersteller|distributor)", "nummer"),
        (r"^(?:herst|hst)(?=art|nummer|teile)", "hersteller"),
        (r"art(?=nummer)", "artikel"),
        (r"^kd(?=nummer|name)", "kunden"),
        (r"^kundenn?(?=ummer)", "kundenn"),
        (r"^rechnung(?=nummer)", "rechnungs"),
        (r"^(?:rech|rg|re)s?(?=nummer|datum)", "rechnungs"),
    )
)


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
    """A heading without blanks, signs and capitals, its abbreviations written out.

    >>> compact("Kd-Nr.")
    'kundennummer'
    """
    is_number = heading.rstrip().endswith("#")
    text = _SIGNS.sub("", heading).casefold() + ("number" if is_number else "")
    for short, long in _WRITTEN_OUT:
        text = short.sub(long, text)
    return text


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
