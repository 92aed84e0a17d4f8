"""Small reports for the tests of this room: a layout, its mapping, and files in it as bytes."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

from staffel.core.readers import Mapping, ReadReport, parse_mapping, read

HEADINGS = ["Beleg", "Datum", "Kunde", "Name", "Artikel", "Menge", "Preis", "Netto"]
COLUMNS = """
columns:
  invoice_no: Beleg
  sold_on: Datum
  partner_number: Kunde
  partner_name: Name
  product_vendor_number: Artikel
  quantity: Menge
  unit_price: Preis
  net: Netto
"""
GERMAN = f"""
delimiter: ";"
decimal: ","
thousands: "."
dates: dmy
currency: {{fixed: EUR}}
{COLUMNS}
"""
SALE = ["RE-1", "28.07.2026", "10021", "Systemhaus Weser GmbH", "AN-1", "3", "6.150,00", "18.450,00"]


def mapping_of(text: str = GERMAN) -> Mapping:
    """A mapping from its text."""
    return parse_mapping(text, "test.mapping.yaml")


def as_csv(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Rows below their headings, with semicolons, in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([headings, *rows])
    return text.getvalue().encode()


def sale(**cells: str) -> list[str]:
    """A line of the layout, with some of its cells changed, by their headings."""
    return [cells.get(heading, cell) for heading, cell in zip(HEADINGS, SALE, strict=True)]


def read_rows(*rows: Sequence[str], mapping: str = GERMAN) -> ReadReport:
    """The report of these lines."""
    return read(as_csv(rows), mapping=mapping_of(mapping), kind="sell_out", name="test.csv")


def read_bytes(content: bytes, mapping: str = GERMAN, kind: str = "sell_out") -> ReadReport:
    """The report in these bytes."""
    return read(content, mapping=mapping_of(mapping), kind=kind, name="test.csv")


def codes(report: ReadReport) -> list[str]:
    """Why lines were refused, in their order."""
    return [row.finding.code for row in report.refused]


def notes(report: ReadReport) -> set[str]:
    """The codes of what is said of the report as a whole."""
    return {finding.code for finding in report.findings}


def as_xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook of these sheets; one whose name begins with "hidden" is."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def examples(root: Path) -> Path:
    """The folder of example reports."""
    return root / "examples" / "reports"
