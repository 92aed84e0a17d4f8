"""Workbooks → records: XLSX (ECMA-376), ODS and XLS, read by calamine; the stored results of formulas count.

calamine holds a sheet in memory and lays it out as a full rectangle, so what is too large is refused before:
by what it unpacks to (measured, not as declared), and by how far its cells stretch.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import python_calamine as calamine

from staffel.core.findings import Place, Text
from staffel.core.readers.delimited import Record
from staffel.core.readers.formulas import At, column_number, hidden_cells, may_hide_cells
from staffel.core.readers.refusals import ReportRefused, find
from staffel.core.readers.texts import NO_RESULT, Cell, shown

DEFAULT_MOST_MEGABYTES = 100
MOST_CELLS = 10_000_000
_CHUNK = 1 << 20
_OVERLAP = 8_192
_FAR_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})[0-9]+"')
_ROW = re.compile(rb'<row [^>]*?r="([0-9]+)"')
# ODS: cells with a value, and rows with such cells, that stand for many. Empty ones do so in every file.
_REPEATED = re.compile(
    rb'number-columns-repeated="([0-9]{4,})"[^>]*office:value'
    rb'|number-rows-repeated="([0-9]{4,})"[^>]*>(?:(?!</table:table-row>).){0,4000}?office:value',
    re.DOTALL,
)
_MOST_REPEATED = 10_000
_COLUMNS_WITHOUT_SECOND_LETTER = 26
# The entry that makes an archive a workbook: XLSX, XLSB, ODS.
_TABLES = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_OTHERS = (
    ("word/", Text(en="a text document (DOCX)", de="ein Textdokument (DOCX)")),
    ("ppt/", Text(en="a presentation (PPTX)", de="eine Präsentation (PPTX)")),
)
_ZIP = Text(en="a ZIP archive", de="ein ZIP-Archiv")
_ENCRYPTED = 1
# [MS-OFFCRYPTO] 2.3.4: the stream that holds an encrypted XLSX within a compound file.
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A visible sheet. rows are its cells from the first row on, empty ones too; truth values are texts.

    without_result: row and column, from 0, of the cells that are `NO_RESULT`.
    """

    name: str
    rows: list[list[Cell]]
    without_result: Sequence[At] = ()

    def records(self) -> Iterator[Record]:
        """Its rows as records."""
        for number, cells in enumerate(self.rows, start=1):
            yield Record(number, cells)


def _without_truth(cells: list[Cell]) -> list[Cell]:
    if bool not in set(map(type, cells)):
        return cells
    return [shown(cell) if isinstance(cell, bool) else cell for cell in cells]


def visible_sheets(data: bytes, place: Place, most_megabytes: int) -> list[Sheet]:
    """The visible sheets that hold anything, in order. Raises ReportRefused (damaged, or too large)."""
    hidden = _look_over(data, place, most_megabytes)
    try:
        return _read(data, hidden)
    except calamine.PasswordError:
        raise ReportRefused([find("file-protected", place)]) from None
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise _damaged(place, error) from None
    except BaseException as panic:
        # A damaged file can make the library's Rust panic: that is no Exception, and known by name only.
        if type(panic).__name__ != "PanicException":
            raise
        raise _damaged(place, panic) from None


def _read(data: bytes, hidden: Mapping[str, Mapping[At, str]]) -> list[Sheet]:
    workbook = calamine.load_workbook(io.BytesIO(data))
    sheets = []
    for about in workbook.sheets_metadata:
        is_table = about.typ is calamine.SheetTypeEnum.WorkSheet
        if about.visible is calamine.SheetVisibleEnum.Visible and is_table:
            rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            cells, found = list(map(_without_truth, rows)), hidden.get(about.name, {})
            _put_in(found, cells)
            unknown = tuple(at for at, cell in found.items() if cell is NO_RESULT)
            sheets.append(Sheet(name=about.name, rows=cells, without_result=unknown))
    return [sheet for sheet in sheets if sheet.rows]


def _put_in(hidden: Mapping[At, str], rows: list[list[Cell]]) -> None:
    """Puts cells where they stand: calamine has them empty, or beyond the last cell that it sees."""
    width = max([0, *map(len, rows), *(column + 1 for _, column in hidden)])
    if any((row + 1) * width > MOST_CELLS for row, _ in hidden):
        raise ValueError("a cell stands outside its row")
    for (row, column), cell in hidden.items():
        rows.extend([""] * width for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = cell


def _damaged(place: Place, error: BaseException) -> ReportRefused:
    return ReportRefused([find("file-unreadable", place, value=str(error) or type(error).__name__)])


def _look_over(data: bytes, place: Place, most_megabytes: int) -> dict[str, dict[At, str]]:
    """Refuses what is too large; by sheet, what stands in cells that only look empty."""
    if not data.startswith(b"PK"):
        if _PROTECTED in data:
            raise ReportRefused([find("file-protected", place)])
        _refuse_over(len(data), place, most_megabytes)
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other(archive, place)
            _refuse_over(sum(entry.file_size for entry in archive.infolist()), place, most_megabytes)
            entries = [entry.filename for entry in archive.infolist() if _may_hide(archive, entry, place)]
            return hidden_cells(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise _damaged(place, error) from None


def _refuse_other(archive: zipfile.ZipFile, place: Place) -> None:
    """Refuses an archive of something else, or behind a password."""
    names = archive.namelist()
    if _TABLES.isdisjoint(names):
        kind = next((kind for begin, kind in _OTHERS if any(name.startswith(begin) for name in names)), _ZIP)
        raise ReportRefused([find("file-no-table", place, value=kind)])
    if any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist()):
        raise ReportRefused([find("file-protected", place)])


def _refuse_over(size: int, place: Place, most_megabytes: int) -> None:
    if size > most_megabytes << 20:
        found = size >> 20
        raise ReportRefused([find("file-too-large", place, found=found, expected=most_megabytes)])


def _may_hide(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place) -> bool:
    """Reads an entry to its end, so that a wrong sum shows, and measures how far its cells stretch.

    Whether it may hold cells that look empty and are not.
    """
    rows, columns, tail, hides = 0, _COLUMNS_WITHOUT_SECOND_LETTER, b"", False
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            part = tail + chunk
            rows = max(rows, *map(int, _ROW.findall(part)), 0)
            columns = max(columns, *map(column_number, set(_FAR_COLUMN.findall(part))), 0)
            hides = hides or may_hide_cells(part)
            tail = chunk[-_OVERLAP:]
            found = max(rows * columns, _repeated_cells(part))
            if found > MOST_CELLS:
                raise ReportRefused([find("sheet-too-large", place, found=found, expected=MOST_CELLS)])
    return hides


def _repeated_cells(part: bytes) -> int:
    """How far a repeated cell or row would stretch an ODS, if it does so at all."""
    times = (int(columns or rows) for columns, rows in _REPEATED.findall(part))
    most = max(times, default=0)
    return most * _MOST_REPEATED if most > _MOST_REPEATED else 0
