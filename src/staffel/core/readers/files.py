"""A report's file: its name, its bytes and their digest; what it is, by its first bytes, not by its name."""

import codecs
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from staffel.core.findings import Place, Text
from staffel.core.readers.mapping import Format
from staffel.core.readers.refusals import ReportRefused, find

DEFAULT_NAME = "report"
# ZIP (XLSX, ODS) and the compound file of XLS.
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
# What people send that is neither text nor a spreadsheet, by how it begins.
_OTHERS = (
    ((b"%PDF",), Text(en="a PDF document", de="ein PDF-Dokument")),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), Text(en="a picture", de="ein Bild")),
    ((b"{\\rtf",), Text(en="a text document (RTF)", de="ein Textdokument (RTF)")),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), Text(en="an archive", de="ein Archiv")),
    ((b"PAR1",), Text(en="a Parquet file", de="eine Parquet-Datei")),
)
_PAGES = (
    (b"<!doctype", b"<html", b"<?xml", b"<table"),
    Text(en="a web page or XML", de="eine Webseite oder XML"),
)
_STARTS_WITHIN = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """A file on disk or in memory. name: as findings show it, without its folder."""

    name: str
    content: bytes | Path

    def open(self) -> BinaryIO:
        """Its bytes from the start."""
        return self.content.open("rb") if isinstance(self.content, Path) else io.BytesIO(self.content)

    def data(self) -> bytes:
        """All its bytes."""
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(file=self.name)

    @property
    def size(self) -> int:
        """In bytes."""
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)

    def digest(self) -> str:
        """SHA-256 of its bytes, in hexadecimal."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]

    def format(self) -> Format:
        """What it is, by its first bytes."""
        with self.open() as stream:
            start = stream.read(8)
        return Format.XLSX if start.startswith(_WORKBOOKS) else Format.CSV


def report_file(file: bytes | Path, name: str | None) -> ReportFile:
    """A file under a name; a path's own name where none is given."""
    own = file.name if isinstance(file, Path) else DEFAULT_NAME
    return ReportFile(name=name or own, content=file)


def refuse_other_files(file: ReportFile) -> None:
    """Raises ReportRefused for what is empty, or neither a text nor a spreadsheet whatever its name says."""
    if not file.size:
        raise ReportRefused([find("file-empty", file.place)])
    with file.open() as stream:
        start = stream.read(_STARTS_WITHIN)
    page = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for begin, kind in (*((start, other) for other in _OTHERS), (page, _PAGES)):
        if begin.startswith(kind[0]):
            raise ReportRefused([find("file-no-table", file.place, value=kind[1])])
