"""The trouble a report can bring: for each code its reason and its way out, in English and German.

A sentence quotes a figure, a date or a heading, never a cell that may hold a person's name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from staffel.core.findings import Finding, Place, Severity, Text
from staffel.core.readers.file_sentences import SENTENCES

_LONGEST_QUOTE = 40
_LETTERS = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A code with what its sentences quote, before anybody knows the place."""

    code: str
    quotes: tuple[tuple[str, str], ...] = ()


class CellRefused(ValueError):
    """A cell cannot be read. trouble: why."""

    def __init__(self, code: str, value: object = "") -> None:
        super().__init__(code)
        # A name that slipped into a column of figures must not be quoted.
        shown = _LETTERS.sub("…", quoted(value))
        self.trouble = Trouble(code=code, quotes=(("value", shown),))


class ReportRefused(Exception):
    """A file is refused whole; nothing of it counts. digest: SHA-256 of its bytes, where they were read."""

    def __init__(self, findings: Iterable[Finding], digest: str = "") -> None:
        self.findings = tuple(findings)
        self.digest = digest
        super().__init__("; ".join(finding.say() for finding in self.findings))


class MappingRefused(Exception):
    """A mapping file cannot be used. findings: all that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.say() for finding in self.findings))


def quoted(value: object) -> str:
    """A value as a sentence shows it: on one line, at most 40 characters."""
    text = " ".join(str(value).replace("\0", "␀").split())
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def find(code: str, *places: Place, **quotes: object) -> Finding:
    """The finding of this code. quotes: what its sentences name."""
    sentences = SENTENCES[code]
    shown = {name: quoted(value) for name, value in quotes.items()}
    severity: Severity = sentences.severity
    return Finding(
        code=code,
        places=places,
        severity=severity,
        reason=Text(en=sentences.reason.en.format(**shown), de=sentences.reason.de.format(**shown)),
        way_out=Text(en=sentences.way_out.en.format(**shown), de=sentences.way_out.de.format(**shown)),
    )


def find_trouble(trouble: Trouble, place: Place, **more: object) -> Finding:
    """The finding of a trouble, at a place."""
    return find(trouble.code, place, **{**dict(trouble.quotes), **more})
