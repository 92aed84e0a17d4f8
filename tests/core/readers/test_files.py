"""Files on disk and in memory."""

import hashlib
from pathlib import Path

import pytest

from staffel.core.readers.files import report_file
from staffel.core.readers.mapping import Format
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
