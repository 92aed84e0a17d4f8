"""Files on disk and in memory."""

import hashlib
from pathlib import Path

import pytest

from staffel.core.readers.files import refuse_other_files, report_file
from staffel.core.readers.mapping import Format
from staffel.core.readers.refusals import ReportRefused
from tests.core.readers.layouts import as_xlsx


def test_on_disk_and_in_memory_are_alike(tmp_path: Path) -> None:
    path = tmp_path / "rhein.csv"
    path.write_bytes(b"a;b\n")
    on_disk, in_memory = report_file(path, None), report_file(b"a;b\n", "rhein.csv")
    for file in (on_disk, in_memory):
        assert (file.name, file.size, file.data()) == ("rhein.csv", 4, b"a;b\n")
        assert file.digest() == hashlib.sha256(b"a;b\n").hexdigest()
        assert str(file.place) == "rhein.csv"


def test_a_name_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "upload-4711"
    path.write_bytes(b"x")
    assert report_file(path, "rhein.csv").name == "rhein.csv"
    assert report_file(b"x", None).name == "report"


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (as_xlsx(Juli=[["a"]]), Format.XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.XLSX),
        (b"PK;a\n", Format.CSV),
        (b"", Format.CSV),
    ],
)
def test_formats_by_their_first_bytes(content: bytes, format_: Format) -> None:
    assert report_file(content, None).format() is format_


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        (b"", "file-empty", "leer"),
        (b"%PDF-1.7\n%\xe2\xe3", "file-no-table", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "file-no-table", "Bild"),
        (b"\xff\xd8\xff\xe0", "file-no-table", "Bild"),
        (b"\x1f\x8b\x08\0", "file-no-table", "Archiv"),
        (b"Rar!\x1a", "file-no-table", "Archiv"),
        (b"{\\rtf1\\ansi", "file-no-table", "RTF"),
        (b"PAR1\x15", "file-no-table", "Parquet"),
        (b"<html><table>", "file-no-table", "Webseite"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html>", "file-no-table", "Webseite"),
        (b"<?xml version='1.0'?><Workbook/>", "file-no-table", "XML"),
    ],
)
def test_other_files_are_refused_by_what_they_are(content: bytes, code: str, named: str) -> None:
    with pytest.raises(ReportRefused) as refusal:
        refuse_other_files(report_file(content, "march.xlsx"))
    (finding,) = refusal.value.findings
    assert (finding.code, str(finding.places[0])) == (code, "march.xlsx")
    assert named in finding.reason.de


@pytest.mark.parametrize("content", [b"Menge;Netto\n", b"\xff\xfeM\0", b"PK;a\n", as_xlsx(Juli=[["a"]])])
def test_texts_and_workbooks_are_not(content: bytes) -> None:
    refuse_other_files(report_file(content, "march.pdf"))
