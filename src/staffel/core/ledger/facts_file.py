"""A file of facts: CSV in UTF-8 whose first line names the columns. What is none is refused with what it is.

Facts are files of ours, so there is nothing to guess but the delimiter; reports are read by the readers.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from staffel.core.findings import Finding, Place, Text, in_order
from staffel.core.ledger.sentences import find

ROW_COLUMN = "row"
# What people hand over instead, by how it begins.
_OTHERS = (
    (b"%PDF", Text(en="a PDF document", de="ein PDF-Dokument")),
    (b"PK\x03\x04", Text(en="a spreadsheet or an archive", de="eine Tabelle (XLSX, ODS) oder ein Archiv")),
    (b"\xd0\xcf\x11\xe0", Text(en="a spreadsheet (XLS)", de="eine Tabelle (XLS)")),
)
_BINARY = Text(en="no text", de="kein Text")


class FactsRefused(Exception):
    """Rows cannot be recorded or a file not be read. findings: all that is wrong with them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(list(findings))
        super().__init__("; ".join(finding.say() for finding in self.findings))


def read_facts_file(path: Path) -> list[dict[str, object]]:
    """The rows of a CSV file whose first line names the columns; delimiter `,` or `;`. Raises
    FactsRefused.

    Findings name the file as it was given.
    """
    place = Place(file=str(path))
    text = _text_of(path, place)
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise FactsRefused([find("file-unreadable", place)]) from error
    if len(lines) < 2:
        raise FactsRefused([find("rows-missing" if lines else "file-empty", place)])
    names = [name.strip() for name in lines[0][1]]
    ragged = [
        find("row-ragged", Place(file=str(path), line=line), found=len(cells), named=len(names))
        for line, cells in lines[1:]
        if len(cells) != len(names)
    ]
    if ragged:
        raise FactsRefused(ragged)
    return [{**dict(zip(names, cells, strict=True)), ROW_COLUMN: line} for line, cells in lines[1:]]


def _text_of(path: Path, place: Place) -> str:
    content = path.read_bytes()
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise FactsRefused([find("file-no-csv", place, kind=kind)])
    if b"\0" in content:
        raise FactsRefused([find("file-no-csv", place, kind=_BINARY)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FactsRefused([find("file-unreadable", place)]) from error
