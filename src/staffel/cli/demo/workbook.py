"""A workbook of one sheet, written without a library: texts, numbers and days."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Cell = str | int | date | None
_FIRST_DAY = date(1899, 12, 30)
_MADE = (2026, 1, 1, 0, 0, 0)
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Cells of style 1 are days (built-in format 14), of style 2 money (4).
    "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_SPREADSHEET}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="4" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def workbook(sheet: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes of a workbook: one sheet of this name. Whole numbers are cents and are shown as money."""
    data = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    parts = {
        **_PARTS,
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}">'
        f"<sheetData>{data}</sheetData></worksheet>",
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, _MADE), text, ZIP_DEFLATED, 1)
    return packed.getvalue()


class Pieces(int):
    """A whole number that is no money."""


def _cell(value: Cell) -> str:
    match value:
        case None | "":
            return "<c/>"
        case Pieces():
            return f"<c><v>{int(value)}</v></c>"
        case int():
            sign, cents = ("-" if value < 0 else ""), abs(value)
            return f'<c s="2"><v>{sign}{cents // 100}.{cents % 100:02}</v></c>'
        case date():
            return f'<c s="1"><v>{(value - _FIRST_DAY).days}</v></c>'
        case str():
            return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
