"""The kit as one file: a ZIP archive of a few named texts, always the same bytes for the same content.

Names are sorted, every entry bears the first day that a ZIP can say, and nothing is compressed: the bytes
of DEFLATE differ between releases of zlib. So two people who ask for the same statement get the same file,
and its hash may be printed on the statement. What is read may be compressed: who changed a line packs as
they like.

Nothing is ever unpacked to a path: entries are read by name into memory, and only names that a kit knows.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from staffel.core.engine.kit.sentences import KitRefused, find
from staffel.core.findings import Place
from staffel.core.sources import TABLES

LARGEST = 256 * 1024 * 1024  # bytes, of all entries together
MANIFEST, STATEMENT, FIGURES = "manifest.json", "statement.json", "figures.json"
PROGRAMME, RULES, GIVEN, LINES = "programme.json", "programme.yaml", "given.json", "lines.csv"
NEEDED = (MANIFEST, STATEMENT, FIGURES, PROGRAMME, GIVEN, LINES)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16
_ENCRYPTED = 0x1


def sheet_name(table: str) -> str:
    """The file that holds a table."""
    return {"sell_out": LINES, "sell_in": "lines_sell_in.csv"}.get(table, f"facts/{table}.csv")


SHEETS: Mapping[str, str] = {sheet_name(table): table for table in TABLES}
KNOWN = frozenset({*NEEDED, RULES, *SHEETS})


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def packed(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=_FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, files[name])
    return whole.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of an archive, by name. Raises KitRefused."""
    place = Place(file=str(path))
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _refuse_foreign(entries, place)
            return {entry.filename: _content(archive, entry, place) for entry in entries}
    except OSError as error:
        raise KitRefused([find("kit-unreadable", place, why=error.strerror or error)]) from error
    except zipfile.BadZipFile as error:
        raise KitRefused([find("kit-no-archive", place)]) from error


def _refuse_foreign(entries: list[zipfile.ZipInfo], place: Place) -> None:
    """Before anything is read: names, their number, and the sizes that the archive says of itself."""
    names = [entry.filename for entry in entries]
    found = [find("kit-foreign-file", place, name=name) for name in names if name not in KNOWN][:10]
    found += [find("kit-foreign-file", place, name=name) for name in _twice(names)]
    found += [find("kit-file-missing", place, name=name) for name in NEEDED if name not in names]
    if sum(entry.file_size for entry in entries) > LARGEST:
        found.append(find("kit-too-large", place, limit=LARGEST))
    if found:
        raise KitRefused(found)


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if name in KNOWN and names.count(name) > 1})


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place) -> bytes:
    """An entry, read no further than it says it is long: what says less than it holds fails its checksum."""
    if entry.flag_bits & _ENCRYPTED:
        raise KitRefused([find("kit-damaged", place, name=entry.filename, why="it is encrypted")])
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise KitRefused([find("kit-damaged", place, name=entry.filename, why=error)]) from error
    if len(content) != entry.file_size:
        why = "it is not as long as it says"
        raise KitRefused([find("kit-damaged", place, name=entry.filename, why=why)])
    return content
