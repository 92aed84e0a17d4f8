"""Cells of an XLSX that calamine takes for empty and that are not: formulas without a result, and errors.

ECMA-376, part 1, 18.3.1.4: a cell with a formula holds its last result beside it. Where none is there, a
library wrote the file and nobody opened it since: nothing is known of the cell. A stored nought is no result
either in a workbook that asks to be computed on opening (18.2.2, `fullCalcOnLoad`): some libraries put it
there in place of one, and spreadsheet programs do not leave the mark. An error (`#REF!`) is the cell's text.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from html import unescape
from posixpath import normpath

from staffel.core.readers.texts import NO_RESULT

# Row and column of a cell, from 0.
At = tuple[int, int]

# Tags are sought within bounds: a file that never ends one must not be searched again and again.
_MARKS = (b"<f", b't="e"')
_FORMULA = rb"<f\b[^>]{0,1000}?(?:/>|>[^<]*</f>)\s*"
_VALUE = rb"(?:<v\b[^>]*?(?:/>|>(?P<value>[^<]*)</v>)\s*)?"
_CELL = re.compile(
    rb"<c\b(?P<about>[^>]{0,1000}[^>/])>\s*(?P<formula>" + _FORMULA + rb")?" + _VALUE + rb"</c>"
)
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_TEXT, _ERROR = re.compile(rb'\bt="str"'), re.compile(rb'\bt="e"')
_COMPUTED_ON_OPENING = re.compile(rb'<calcPr\b[^>]{0,1000}\bfullCalcOnLoad="(?:1|true)"')
_SHEET = re.compile(r"<sheet\b[^>]{0,2000}>")
_RELATION = re.compile(r"<Relationship\b[^>]{0,4000}>")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def may_hide_cells(text: bytes) -> bool:
    """Whether a formula or an error may stand in a piece of XML."""
    return any(mark in text for mark in _MARKS)


def hidden_cells(archive: zipfile.ZipFile, entries: Sequence[str]) -> dict[str, dict[At, str]]:
    """By the name of its sheet, what stands in cells that calamine leaves empty: `NO_RESULT` or an error.

    entries: those of the archive that may hide cells.
    """
    if not entries or _WORKBOOK not in archive.namelist():
        return {}
    is_stale = _COMPUTED_ON_OPENING.search(archive.read(_WORKBOOK)) is not None
    names = _sheet_names(archive)
    found = {names[entry]: dict(_cells(archive.read(entry), is_stale)) for entry in entries if entry in names}
    return {name: cells for name, cells in found.items() if cells}


def column_number(letters: bytes) -> int:
    """The number of a column, from 1.

    >>> column_number(b"AA")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _cells(text: bytes, is_stale: bool) -> Iterator[tuple[At, str]]:
    for cell in _CELL.finditer(text):
        hidden = _hidden(cell, is_stale)
        address = _ADDRESS.search(cell["about"]) if hidden else None
        if hidden and address:
            yield (int(address[2]) - 1, column_number(address[1]) - 1), hidden


def _hidden(cell: re.Match[bytes], is_stale: bool) -> str | None:
    value = (cell["value"] or b"").strip()
    if _ERROR.search(cell["about"]):
        return value.decode("utf-8", "replace") or None
    if cell["formula"] is None:
        return None
    if _TEXT.search(cell["about"]):
        return None if b"<v" in cell[0] else NO_RESULT  # an empty text is a result
    return None if value and not (is_stale and value == b"0") else NO_RESULT


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Entry of the archive → the name of its sheet."""
    if _RELATIONS not in archive.namelist():
        return {}
    targets = {
        _attribute(about, "Id"): normpath(f"/xl/{target}" if not target.startswith("/") else target)[1:]
        for about in _RELATION.findall(archive.read(_RELATIONS).decode("utf-8", "replace"))
        if (target := _attribute(about, "Target"))
    }
    sheets = _SHEET.findall(archive.read(_WORKBOOK).decode("utf-8", "replace"))
    return {targets.get(_attribute(about, "r:id"), ""): _attribute(about, "name") for about in sheets}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}=(?:"([^"]*)"|\'([^\']*)\')', tag)
    return unescape(found[1] or found[2] or "") if found else ""
