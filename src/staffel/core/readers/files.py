"""A report's file: its name, its bytes and their digest; what it is, by its first bytes."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from staffel.core.findings import Place
from staffel.core.readers.mapping import Format

DEFAULT_NAME = "report"
# ZIP (XLSX, ODS) and the compound file of XLS.
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


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
