"""Every leaf matters: changed to another value that a file may say there, both texts change."""

from pathlib import Path

import pytest

from staffel.core.findings import Language
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from staffel.core.programme.words import words
from tests.core.programme.everything import EVERYTHING
from tests.core.programme.leaves import EXEMPT, changed
from tests.core.programme.spelled import rewritten as spelled

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


def test_every_leaf_of_every_form_is_said() -> None:
    assert silent(EVERYTHING) == []


def is_title(path: str) -> bool:
    """A title of one language: the only leaf of a file that one text alone has to show."""
    return path.endswith((".title.en", ".title.de")) or path in {"title.en", "title.de"}


def first_allowed(original: Programme, texts: list[str], file: str) -> Programme | None:
    """The first of the rewritten files that reads, and means something else."""
    read = (read_programme(text, file=file).programme for text in texts)
    return next((one for one in read if one is not None and one != original), None)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_leaf_of_a_file_is_said(path: Path) -> None:
    """Rewritten in the file itself, but for what nothing else may replace alone: a name that others use."""
    text, original = path.read_text(encoding="utf-8"), example(path)
    said = {language: words(original, language) for language in LANGUAGES}
    rewritten = [
        (leaf, first_allowed(original, texts, path.name)) for leaf, texts in spelled(text, path.name)
    ]
    changed_ones = [(leaf, other) for leaf, other in rewritten if other is not None]
    assert len(changed_ones) >= len(rewritten) * 0.8, [leaf for leaf, other in rewritten if other is None]
    for leaf, other in changed_ones:
        silent_in = [language for language in LANGUAGES if words(other, language) == said[language]]
        assert len(silent_in) == is_title(leaf), (leaf, silent_in)
