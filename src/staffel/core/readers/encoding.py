"""Bytes → letters. The bytes decide, not the word of the sender.

What is no letter is kept, to be refused in its line. A file that is UTF-8 but for some lines is read as
UTF-8, and those lines are refused; one that is UTF-8 in nothing but its ASCII is Windows-1252 (of which
ISO 8859-1 is a part, for all letters).
"""

import codecs
import io
from dataclasses import dataclass
from typing import BinaryIO

from staffel.core.findings import Finding, Place
from staffel.core.readers.mapping import Encoding
from staffel.core.readers.refusals import ReportRefused, find

_CHUNK = 1 << 20
_MOST_MEGABYTES_IN_A_LINE = 64
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CODECS = {
    Encoding.UTF_8: "utf-8",
    Encoding.UTF_16: "utf-16",
    Encoding.CP1252: "cp1252",
    Encoding.LATIN_1: "latin-1",
}
_NAMES = {"utf-8-sig": Encoding.UTF_8, "utf-16-le": Encoding.UTF_16, "utf-16-be": Encoding.UTF_16}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """codec: Python's name of the encoding. ends_with_line_end: whether the last line is ended."""

    codec: str
    ends_with_line_end: bool
    findings: tuple[Finding, ...] = ()

    @property
    def encoding(self) -> Encoding:
        """Its name in a mapping."""
        return _NAMES.get(self.codec) or Encoding(self.codec)


@dataclass(slots=True, kw_only=True)
class _Evidence:
    """What was seen in a file's bytes. sequences: well-formed UTF-8 sequences beyond ASCII."""

    start: bytes = b""
    last: bytes = b""
    sequences: int = 0
    broken: int = 0


def decide_encoding(stream: BinaryIO, said: Encoding, place: Place) -> Decoding:
    """How the bytes of `stream` are read. Raises ReportRefused for an endless line."""
    seen = _look(stream, place)
    by_bytes = _by_bytes(seen)
    codec = _CODECS.get(said, by_bytes)
    findings = []
    # Valid UTF-8 with letters beyond ASCII is hardly ever anything else; a mark at the start never is.
    sure = by_bytes.startswith("utf-16") or by_bytes == "utf-8-sig" or (seen.sequences and not seen.broken)
    # A text in UTF-16 shows noughts; one without them is another.
    sure = sure or said is Encoding.UTF_16
    if (
        said is not Encoding.AUTO
        and sure
        and Decoding(codec=by_bytes, ends_with_line_end=True).encoding != said
    ):
        found = Decoding(codec=by_bytes, ends_with_line_end=True).encoding
        findings.append(find("encoding-differs", place, expected=said, found=found))
        codec = by_bytes
    if by_bytes == "utf-8-sig" and codec == "utf-8":
        codec = by_bytes
    if codec == "utf-16" and not seen.start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = by_bytes if by_bytes.startswith("utf-16") else "utf-16-le"
    return Decoding(
        codec=codec,
        ends_with_line_end=seen.last.rstrip(b"\0")[-1:] in (b"\n", b"\r"),
        findings=tuple(findings),
    )


def lines_of(stream: BinaryIO, decoding: Decoding) -> io.TextIOWrapper:
    """The file's lines with their ends; bytes that are no letters are marked, not lost."""
    errors = "replace" if decoding.codec.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(stream, encoding=decoding.codec, errors=errors, newline="")


def _by_bytes(seen: _Evidence) -> str:
    for mark, codec in _MARKS:
        if seen.start.startswith(mark):
            return codec
    even, odd = seen.start[0::2].count(0), seen.start[1::2].count(0)
    # Half of the bytes of a text in UTF-16 are nought, all on one side.
    if max(even, odd) * 4 > len(seen.start) > min(even, odd) * 40:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "cp1252" if seen.broken > seen.sequences else "utf-8"


def _look(stream: BinaryIO, place: Place) -> _Evidence:
    seen = _Evidence()
    since_line_end = 0
    rest = b""
    while chunk := stream.read(_CHUNK):
        seen.start = seen.start or chunk[:4096]
        seen.last = chunk[-2:]
        since_line_end = 0 if b"\n" in chunk or b"\r" in chunk else since_line_end + len(chunk)
        if since_line_end > _MOST_MEGABYTES_IN_A_LINE << 20:
            raise ReportRefused([find("line-without-end", place, value=_MOST_MEGABYTES_IN_A_LINE)])
        rest = _count(rest + chunk, seen)
    seen.broken += bool(rest)
    return seen


def _count(data: bytes, seen: _Evidence) -> bytes:
    """Counts UTF-8's sequences in `data`, and returns the sequence that is cut at its end."""
    if data.isascii():
        return b""
    text, used = codecs.utf_8_decode(data, "surrogateescape", False)
    if not text.isascii():
        beyond = len(text.encode("ascii", "ignore"))
        broken = sum(1 for sign in text if "\udc80" <= sign <= "\udcff") if _has_escapes(text) else 0
        seen.broken += broken
        seen.sequences += len(text) - beyond - broken
    return data[used:]


def _has_escapes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
