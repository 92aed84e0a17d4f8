"""Workbooks: only visible sheets; what is cut, lies about its size or stretches too far is refused whole."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core.findings import Place
from staffel.core.readers.refusals import ReportRefused
from staffel.core.readers.workbook import Sheet, visible_sheets
from tests.core.readers.layouts import as_xlsx

HERE = Place(file="test.xlsx")


def sheets_in(data: bytes, most_megabytes: int = 100) -> list[Sheet]:
    return visible_sheets(data, HERE, most_megabytes)


def code_of(data: bytes, most_megabytes: int = 100) -> str:
    with pytest.raises(ReportRefused) as refusal:
        sheets_in(data, most_megabytes)
    return refusal.value.findings[0].code


def rewritten(data: bytes, entry: str, change: object) -> bytes:
    """The workbook with one entry's text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info, change(text) if info.filename == entry else text)  # type: ignore[operator]
    return out.getvalue()


def far_cell(row: int, column: str) -> bytes:
    """A row of a sheet's XML with one cell."""
    return f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'.encode()


SMALL = as_xlsx(Juli=[["Menge"], [3]], hidden=[["Menge"], [99]], August=[["Menge"], [4]])
SHEET = "xl/worksheets/sheet1.xml"


def test_hidden_sheets_are_not_read() -> None:
    assert [(sheet.name, sheet.rows) for sheet in sheets_in(SMALL)] == [
        ("Juli", [["Menge"], [3.0]]),
        ("August", [["Menge"], [4.0]]),
    ]


def test_rows_count_from_the_first_of_the_sheet() -> None:
    data = as_xlsx(Juli=[[], [], ["", "Menge"], ["", 3]])
    (sheet,) = sheets_in(data)
    assert [(record.line, list(record.cells)) for record in sheet.records()][2:] == [
        (3, ["", "Menge"]),
        (4, ["", 3.0]),
    ]


def test_truth_values_are_texts() -> None:
    (sheet,) = sheets_in(as_xlsx(Juli=[["Menge", "NFR"], [1, True], [0, False]]))
    assert sheet.rows[1:] == [[1.0, "TRUE"], [0.0, "FALSE"]]


class TestDamage:
    @pytest.mark.parametrize("share", [1, 10, 50, 90, 99])
    def test_cut_off(self, share: int) -> None:
        assert code_of(SMALL[: len(SMALL) * share // 100]) == "file-unreadable"

    def test_one_bit(self) -> None:
        at = SMALL.index(b"sheet1.xml") + 40
        assert code_of(SMALL[:at] + bytes([SMALL[at] ^ 255]) + SMALL[at + 1 :]) == "file-unreadable"

    def test_another_archive(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("letter.txt", "Sehr geehrte Damen und Herren")
        assert code_of(out.getvalue()) == "file-no-table"

    @pytest.mark.parametrize(
        ("entry", "kind"), [("word/document.xml", "DOCX"), ("ppt/presentation.xml", "PPTX"), ("a", "ZIP")]
    )
    def test_an_archive_says_what_it_is(self, entry: str, kind: str) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(entry, "x")
        with pytest.raises(ReportRefused, match=kind):
            sheets_in(out.getvalue())

    def test_behind_a_password(self) -> None:
        encrypted = b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le")
        assert code_of(encrypted) == "file-protected"

    def test_entries_behind_a_password(self) -> None:
        at = SMALL.rindex(b"PK\x01\x02") + 8
        assert code_of(SMALL[:at] + b"\x01" + SMALL[at + 1 :]) == "file-protected"

    def test_xls_that_is_none(self) -> None:
        assert code_of(b"\xd0\xcf\x11\xe0" + b"x" * 4_000) == "file-unreadable"

    @settings(max_examples=60)
    @given(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=8))
    def test_any_change_is_read_or_refused(self, at: int, noise: bytes) -> None:
        data = SMALL[:at] + noise + SMALL[at + len(noise) :]
        try:
            sheets_in(data)
        except ReportRefused as refusal:
            assert refusal.findings  # noqa: PT017


class TestSize:
    def test_above_the_limit_unpacked(self) -> None:
        data = rewritten(SMALL, SHEET, lambda text: text + b" " * (3 << 20))
        assert len(data) < 1 << 20
        assert code_of(data, most_megabytes=2) == "file-too-large"
        assert sheets_in(data, most_megabytes=4)

    def test_a_bomb_that_lies(self) -> None:
        """The directory says ten bytes, the entry unpacks to a megabyte."""
        data = rewritten(SMALL, SHEET, lambda text: text + b" " * (1 << 20))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = archive.getinfo(SHEET).file_size
        lying = data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
        assert code_of(lying) == "file-unreadable"

    @pytest.mark.parametrize(("row", "column"), [(1_048_576, "XFD"), (900_000, "ZZ")])
    def test_a_cell_far_away(self, row: int, column: str) -> None:
        cell = far_cell(row, column)
        data = rewritten(SMALL, SHEET, lambda text: text.replace(b"</sheetData>", cell + b"</sheetData>"))
        assert code_of(data) == "sheet-too-large"

    def test_a_long_narrow_sheet_is_not_far(self) -> None:
        cell = far_cell(300_000, "B")
        data = rewritten(SMALL, SHEET, lambda text: text.replace(b"</sheetData>", cell + b"</sheetData>"))
        assert len(sheets_in(data)[0].rows) == 300_000

    def test_repeated_cells(self, root: Path) -> None:
        ods = (root / "examples" / "reports" / "stock-de.ods").read_bytes()
        old = b'<table:table-cell office:value-type="float" office:value="20">'
        new = old.replace(
            b" office:value-type", b' table:number-columns-repeated="99999999" office:value-type'
        )
        assert (
            code_of(rewritten(ods, "content.xml", lambda text: text.replace(old, new))) == "sheet-too-large"
        )

    def test_repeated_rows(self, root: Path) -> None:
        ods = (root / "examples" / "reports" / "stock-de.ods").read_bytes()

        def repeat(text: bytes) -> bytes:
            start = text.rindex(b"<table:table-row", 0, text.index(b"710022")) + len(b"<table:table-row")
            return text[:start] + b' table:number-rows-repeated="1000000"' + text[start:]

        assert code_of(rewritten(ods, "content.xml", repeat)) == "sheet-too-large"

    def test_empty_rows_to_the_end_of_the_sheet_are_usual(self, root: Path) -> None:
        ods = (root / "examples" / "reports" / "stock-de.ods").read_bytes()
        row = (
            b'<table:table-row table:number-rows-repeated="1048566">'
            b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
        data = rewritten(ods, "content.xml", lambda text: text.replace(b"</table:table>", row))
        assert len(sheets_in(data)[0].rows) < 20


def test_other_formats_come_for_free(root: Path) -> None:
    ods = (root / "examples" / "reports" / "stock-de.ods").read_bytes()
    (sheet,) = sheets_in(ods)
    assert sheet.rows[2][:3] == ["Artikelnummer", "Hersteller-Nr.", "EAN"]


def test_a_panic_of_the_library_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("python_calamine.load_workbook", panics)
    assert code_of(SMALL) == "file-unreadable"


def test_what_is_no_panic_flies(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("python_calamine.load_workbook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sheets_in(SMALL)
