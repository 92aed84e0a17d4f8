"""The trouble a report can bring: for each code its reason and its way out, in English and German.

A sentence quotes a figure, a date or a heading, never a cell that may hold a person's name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from staffel.core.findings import Finding, Place, Severity, Text
from staffel.core.readers.file_sentences import SENTENCES
from staffel.core.readers.told import in_words, quoted

_LETTERS = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A code with what its sentences quote, before anybody knows the place."""

    code: str
    quotes: tuple[tuple[str, str | int], ...] = ()


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


def find(code: str, *places: Place, **quotes: object) -> Finding:
    """The finding of this code. quotes: what its sentences name; figures and texts in each language."""
    sentences = SENTENCES[code]
    severity: Severity = sentences.severity
    return Finding(
        code=code,
        places=places,
        severity=severity,
        reason=_filled(sentences.reason, quotes),
        way_out=_filled(sentences.way_out, quotes),
    )


def _filled(sentence: Text, quotes: Mapping[str, object]) -> Text:
    told = {name: in_words(value) for name, value in quotes.items()}
    return Text(
        en=sentence.en.format(**{name: text.en for name, text in told.items()}),
        de=sentence.de.format(**{name: text.de for name, text in told.items()}),
    )


def find_trouble(trouble: Trouble, place: Place, **more: object) -> Finding:
    """The finding of a trouble, at a place."""
    return find(trouble.code, place, **{**dict(trouble.quotes), **more})
