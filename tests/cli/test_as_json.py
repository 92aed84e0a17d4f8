"""Answers for machines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pytest

from staffel.cli.as_json import plain
from staffel.cli.voice import Voice
from staffel.core.calendar import Span
from staffel.core.findings import Finding, Place, Text

EN, DE = Voice(), Voice(language="de")


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Pair:
    left: object
    right: object


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("x", "x"),
        (Decimal("12400.5000"), "12400.5000"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 3, 31), "2026-03-31"),
        (Span(date(2026, 1, 1), date(2026, 4, 1)), {"start": "2026-01-01", "until": "2026-04-01"}),
        (Colour.RED, "red"),
        (Path("a/b"), "a/b"),
        ((1, [2]), [1, [2]]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({"a": Decimal(1)}, {"a": "1"}),
        (Pair(1, Text(en="yes", de="ja")), {"left": 1, "right": "yes"}),
        (pa.table({"net": [Decimal("1.50")]}), [{"net": "1.50"}]),
    ],
)
def test_plain(value: object, expected: object) -> None:
    assert plain(value, EN) == expected


def test_a_finding_speaks_the_language_asked() -> None:
    finding = Finding(
        code="late",
        reason=Text(en="It is late.", de="Es ist spät."),
        way_out=Text(en="Go.", de="Gehen Sie."),
        places=(Place(file="a.yaml", line=3),),
    )
    assert plain(finding, DE) == {
        "code": "late",
        "severity": "error",
        "places": [{"file": "a.yaml", "line": 3, "column": None}],
        "reason": "Es ist spät.",
        "way_out": "Gehen Sie.",
    }


def test_what_has_no_form_is_said() -> None:
    with pytest.raises(TypeError, match="object has no form"):
        plain(object(), EN)
