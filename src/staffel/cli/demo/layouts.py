"""Four distributors' spreadsheets, each as its house writes it. The mappings beside this module read them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from staffel.cli.demo.kinds import Distributor, Sold, Vendor
from staffel.cli.demo.workbook import Cell, Pieces, workbook
from staffel.core.calendar import Span


def written(
    distributor: Distributor, vendor: Vendor, month: Span, lines: Sequence[Sold]
) -> tuple[str, bytes]:
    """The report's file name and bytes."""
    stem = f"{distributor.id}-{vendor.id}-{month.start:%Y-%m}"
    ordered = sorted(lines, key=lambda line: (line.day, line.document, line.row))
    match distributor.layout:
        case "rhein":
            return f"{stem}.csv", _rhein(month, ordered)
        case "isar":
            return f"{stem}.xlsx", _isar(distributor, vendor, month, ordered)
        case "oder":
            return f"{stem}.csv", _oder(distributor, ordered)
        case "aare":
            return f"{stem}.txt", _aare(ordered)
        case other:
            raise ValueError(other)


# --------------------------------------------- Rhein: a German export, Windows-1252, minus behind the number


def _rhein(month: Span, lines: Sequence[Sold]) -> bytes:
    head = (
        "Rechnungsnr.;Pos.;Rechnungsdatum;Kundennr.;Kundenname;Ort;Herstellernr.;EAN;Bezeichnung;Menge;"
        "Einzelpreis netto;Umsatz netto €;Endkunde;Zu Rechnung;Sachbearbeiter\r\n"
    )
    rows = [
        f"{one.document};{one.row};{one.day:%d.%m.%Y};{one.reseller.number};{one.reseller.name};"
        f"{one.reseller.place};{one.product.number};{one.product.ean};{one.product.name};"
        f"{_german_pieces(one.quantity)};{_german(one.unit)};{_german(one.unit * one.quantity)};"
        f"{one.customer};{one.returns};{one.seller}\r\n"
        for one in lines
    ]
    pieces = sum(one.quantity for one in lines)
    net = sum(one.unit * one.quantity for one in lines)
    printed = month.until + timedelta(days=4)
    tail = (
        f";;;;;;;;Summe;{_german_pieces(pieces)};;{_german(net)};;;\r\n"
        f"Stand: {printed:%d.%m.%Y} 07:12;;;;;;;;;;;;;;\r\n"
    )
    return "".join([head, *rows, tail]).encode("cp1252")


def _german(cents: int) -> str:
    """`1.234,50`, a minus behind it."""
    whole = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"{whole},{abs(cents) % 100:02}{'-' if cents < 0 else ''}"


def _german_pieces(count: int) -> str:
    return f"{abs(count):,}".replace(",", ".") + ("-" if count < 0 else "")


# --------------------------------------------- Isar: a workbook, three header rows under a title


def _isar(distributor: Distributor, vendor: Vendor, month: Span, lines: Sequence[Sold]) -> bytes:
    head: list[Sequence[Cell]] = [
        (f"Abverkauf {vendor.id} – {month.start:%Y-%m}",),
        (f"Distributor {distributor.id}",),
        ("Beleg", None, None, "Fachhändler", None, "Artikel", None, None, "Werte", None, "Endkunde",
         "Rückgabe"),
        ("Nummer", "Zeile", "Datum", "Nummer", "Name", "Nummer", "EAN", "Bezeichnung", "Menge", "Netto",
         "Name", "zu Beleg"),
        (None, None, None, None, None, None, None, None, "Stück", "EUR", None, None),
    ]  # fmt: skip
    rows: Iterable[Sequence[Cell]] = (
        (
            one.document,
            Pieces(one.row),
            one.day,
            one.reseller.number,
            one.reseller.name,
            one.product.number,
            one.product.ean,
            one.product.name,
            Pieces(one.quantity),
            one.unit * one.quantity,
            one.customer,
            one.returns,
        )
        for one in lines
    )
    return workbook(f"Abverkauf {month.start:%Y-%m}", [*head, *rows])


# --------------------------------------------- Oder: American style, price of one piece, returns by a code


def _oder(distributor: Distributor, lines: Sequence[Sold]) -> bytes:
    head = (
        "DistributorID,TransactionType,InvoiceNumber,InvoiceLine,InvoiceDate,OriginalInvoice,ResellerID,"
        "ResellerName,EndUserName,SalesRep,SalesRepEmail,OrderRoute,PartNumber,Description,Qty,"
        "UnitPrice,Currency\r\n"
    )
    rows = [
        f"{distributor.id},{'RD' if one.quantity < 0 else 'POS'},{one.document},{one.row},"
        f"{one.day:%m/%d/%Y},{one.returns},{one.reseller.number},{one.reseller.name},{one.customer},"
        f"{one.seller},,{one.route},{one.product.number},{one.product.name},{abs(one.quantity)},"
        f"{_american(one.unit)},{one.currency}\r\n"
        for one in lines
    ]
    return "".join([head, *rows]).encode()


def _american(cents: int) -> str:
    text = f"{cents // 100:,}.{cents % 100:02}"
    return f'"{text}"' if "," in text else text


# --------------------------------------------- Aare: tabs, UTF-16, the partner by name, francs and some euro


def _aare(lines: Sequence[Sold]) -> bytes:
    head = "Datum\tBeleg-Nr.\tFachhändler\tOrt\tArtikel\tModell\tAnzahl\tBetrag\tWährung\tRückgabe zu\r\n"
    rows = [
        f"{one.day:%Y-%m-%d}\t{one.document}\t{one.reseller.name}\t{one.reseller.place}\t"
        f"{article_of(one.product.number)}\t{one.product.name}\t{one.quantity}\t"
        f"{_plain(one.unit * one.quantity)}\t{one.currency}\t{one.returns}\r\n"
        for one in lines
    ]
    return b"\xff\xfe" + "".join([head, *rows]).encode("utf-16-le")


def article_of(number: str) -> str:
    """Aare's own number for a product."""
    return f"77.{sum(map(ord, number)) % 1000:03}.{number.rpartition('-')[2]}"


def _plain(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


__all__ = ["article_of", "written"]
