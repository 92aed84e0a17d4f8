"""A programme as JSON and back: nothing is lost, and what is none is refused."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.kit.rules import KINDS, NoProgramme, dumped, loaded
from staffel.core.programme import read_programme
from staffel.core.programme.forms import forms_in
from staffel.core.programme.model import Programme
from tests.laws.worlds import make

EXAMPLES = sorted(Path("examples/programmes").glob("*.yaml"))


def example(path: Path) -> Programme:
    """A programme of the examples."""
    reading = read_programme(path, file=path.name)
    assert reading.programme is not None
    return reading.programme


class TestBack:
    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_every_example(self, path: Path) -> None:
        programme = example(path)
        assert loaded(dumped(programme)) == programme

    @pytest.mark.parametrize("seed", range(12))
    def test_every_form_of_the_spine(self, seed: int) -> None:
        programme = make(seed).programme
        assert loaded(dumped(programme)) == programme

    def test_twice_the_same_text(self) -> None:
        programme = make(1).programme
        assert dumped(loaded(dumped(programme))) == dumped(programme)

    def test_forms_are_named(self) -> None:
        """Every form that a programme holds is one that can be read back."""
        names = {type(form).__name__ for seed in range(12) for form in forms_in(make(seed).programme)}
        assert names <= set(KINDS)
        assert len(names) > 20

    def test_no_figure_is_a_number(self) -> None:
        """A reader of JSON makes a binary fraction of 0.1; figures stand as text."""
        for path in EXAMPLES:
            text = dumped(example(path))
            json.loads(text, parse_float=_refuse)

    def test_places_are_left_out(self) -> None:
        assert '"place"' not in dumped(example(EXAMPLES[0]))


def _refuse(text: str) -> Decimal:
    raise AssertionError(f"{text} stands as a number")


class TestRefused:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "1.5",
            '{"is": "Lines"}',
            '{"is": "Programme", "name": "p"}',
            '{"is": "Lines", "more": 1}',
            '{"is": "Exec", "of": "x"}',
            '{"is": "Decimal", "value": "Infinity"}',
            '{"is": "Decimal", "value": 5}',
            '{"is": "date", "value": "2026-02-31"}',
            '{"is": "ScaleKind", "value": "bent"}',
            '{"is": "ScaleKind"}',
            '{"name": "p"}',
        ],
    )
    def test_what_is_no_programme(self, text: str) -> None:
        with pytest.raises(NoProgramme):
            loaded(text)
