"""Every leaf matters: changed to another value that a file may say there, both texts change."""

from pathlib import Path

import pytest

from staffel.core.findings import Language
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from staffel.core.programme.words import words
from tests.core.programme.aurora import AURORA
from tests.core.programme.everything import EVERYTHING
from tests.core.programme.leaves import EXEMPT, changed

pytestmark = pytest.mark.slow
LANGUAGES: tuple[Language, ...] = ("en", "de")
EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/programmes/*.yaml"))


def example(path: Path) -> Programme:
    read = read_programme(path, file=path.name)
    assert read.programme is not None, [finding.say() for finding in read.findings]
    return read.programme


def silent(programme: Programme) -> list[str]:
    """The leaves that can change without a word, with the language that keeps silent."""
    said = {language: words(programme, language) for language in LANGUAGES}
    return [
        f"{path}: {language}"
        for path, other in changed(programme)
        for language in LANGUAGES
        if words(other, language) == said[language]
    ]


def test_what_need_not_be_said_is_little() -> None:
    assert len(EXEMPT) <= 10
    assert all(reason for _, reason in EXEMPT)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_leaf_of_an_example_is_said(path: Path) -> None:
    assert silent(example(path)) == []


@pytest.mark.parametrize("programme", [AURORA, EVERYTHING], ids=lambda programme: programme.name)
def test_every_leaf_of_every_form_is_said(programme: Programme) -> None:
    assert silent(programme) == []
