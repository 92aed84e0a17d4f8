"""A programme as if it had been declared in another year."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from staffel.core.calendar import Span
from staffel.core.programme import read_programme
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import During, Enforced
from staffel.core.programme.moved import _moved, moved

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "programmes").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_there_and_back(path: Path) -> None:
    programme = read_programme(path, file=path.name).programme
    assert programme is not None
    there = moved(programme, -1)
    assert there.valid.start.year == programme.valid.start.year - 1
    assert moved(there, 1) == programme


def test_the_28th_of_february_stays_in() -> None:
    """Until 29 February 2028, so with the 28th in it: moved it ends with the 28th too."""
    span = Span(date(2028, 2, 28), date(2028, 2, 29))
    form = During(column="sold_on", span=span)
    assert _moved(form, -1).span == Span(date(2027, 2, 28), date(2027, 3, 1))


def test_days_inside_move_too() -> None:
    span = Span(date(2026, 1, 1), date(2026, 2, 1))
    form = Enforced(of=During(column="sold_on", span=span), day=date(2024, 2, 29))  # type: ignore[arg-type]
    there = _moved(form, 1)
    assert there.day == date(2025, 2, 28)
    assert all_in(there, During)[0].span == replace(span, start=date(2027, 1, 1), until=date(2027, 2, 1))
