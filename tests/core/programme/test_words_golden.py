"""Whole contracts, as a partner gets them. `STAFFEL_RENEW_GOLDEN=1 pytest` on this file writes them anew;
read the difference like code.
"""

import os
from pathlib import Path

import pytest

from staffel.core.findings import Language
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from staffel.core.programme.words import words
from tests.core.programme.everything import EVERYTHING

GOLDEN = Path(__file__).with_name("golden")
EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/programmes/*.yaml"))
LANGUAGES: tuple[Language, ...] = ("de", "en")


def compare(programme: Programme, language: Language) -> None:
    """The text of a programme with its golden file."""
    file, text = GOLDEN / f"{programme.name}.{language}.txt", words(programme, language).as_text(100)
    if os.environ.get("STAFFEL_RENEW_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples(path: Path, language: Language) -> None:
    programme = read_programme(path, file=path.name).programme
    assert programme is not None
    compare(programme, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything(language: Language) -> None:
    compare(EVERYTHING, language)
