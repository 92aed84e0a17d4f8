"""Answers for machines: one JSON document on stdout, keys as the core names them, figures as text.

Money and other exact figures are strings, so that no reader makes binary fractions of them; days are
ISO 8601; a span has `start` and `until`, the first day that no longer belongs to it.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pyarrow as pa

from staffel.cli.output import Advance, Answer
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonOutput:
    """Writes each answer as JSON; keeps quiet otherwise."""

    voice: Voice

    def show(self, answer: Answer) -> None:
        """The answer's data."""
        print_json(plain(answer.data, self.voice))

    def refuse(self, findings: Sequence[Finding]) -> None:
        """`{"findings": […]}`, on stdout too: it is what a machine waits for."""
        print_json({"findings": plain(list(findings), self.voice)})

    def warn(self, findings: Sequence[Finding]) -> None:
        """Nothing: the answer has them."""

    def tell(self, text: Text) -> None:
        """Nothing."""

    @contextmanager
    def progress(self, what: Text, total: int) -> Iterator[Advance]:
        """No bar."""
        yield lambda _: None


def print_json(data: object) -> None:
    """One document, in UTF-8 whatever the terminal says."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def plain(value: object, voice: Voice) -> object:
    """Any answer as JSON knows it."""
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case Path():
            return str(value)
        case Text():
            return voice.say(value)
        case Finding():
            return _finding(value, voice)
        case pa.Table():
            return plain(value.to_pylist(), voice)
        case Mapping():
            return {str(key): plain(each, voice) for key, each in value.items()}
        case list() | tuple():
            return [plain(each, voice) for each in value]
        case frozenset() | set():
            return sorted((plain(each, voice) for each in value), key=str)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {each.name: plain(getattr(value, each.name), voice) for each in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")


def _finding(finding: Finding, voice: Voice) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "places": [_place(place) for place in finding.places],
        "reason": voice.say(finding.reason),
        "way_out": voice.say(finding.way_out),
    }


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line or None, "column": place.column or None}
