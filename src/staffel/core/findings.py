"""What was found wrong, as values: a code, the places, the reason and the way out, in English and German.

Expected trouble is a `Finding` and comes with all its fellows; what must refuse raises an exception of
its own module that carries them. A sentence is whole in each language, never put together from words.
What no input may bring about is a fault of ours and raises `LawBroken`.
"""

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]
Language = Literal["en", "de"]


class LawBroken(Exception):
    """What always holds does not: a figure made now could be wrong. Unlike `assert`, it stays under -O."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One sentence in both languages. Neither is empty."""

    en: str
    de: str

    def say(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands. line and column count from 1; 0: the file as a whole. path: the key's way."""

    file: str
    line: int = 0
    column: int = 0
    path: str = field(default="", compare=False)

    def __str__(self) -> str:
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


NOWHERE = Place(file="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. places: every place that takes part, the first one leads."""

    code: str
    reason: Text
    way_out: Text
    places: tuple[Place, ...] = ()
    severity: Severity = "error"

    def say(self, language: Language = "en") -> str:
        """One line: place, reason, way out, code."""
        where = f"{self.places[0]}: " if self.places else ""
        return f"{where}{self.reason.say(language)} {self.way_out.say(language)} [{self.code}]"


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings as they are shown: by place, then by code; the order of discovery is nothing."""
    return tuple(sorted(findings, key=lambda finding: (finding.places, finding.code, finding.reason.en)))


def refuses(findings: tuple[Finding, ...]) -> bool:
    """Whether one of them is an error."""
    return any(finding.severity == "error" for finding in findings)
