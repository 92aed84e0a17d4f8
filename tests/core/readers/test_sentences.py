"""Every code says something whole in both languages, and every code that is used has its sentences."""

import re
from pathlib import Path

import pytest

from staffel.core.findings import Place
from staffel.core.readers.file_sentences import FILES, MAPPINGS, SENTENCES
from staffel.core.readers.refusals import Trouble, find, find_trouble
from staffel.core.readers.sentences import CELLS, LINES

QUOTES = {
    "value": "1",
    "column": "Menge",
    "found": "2",
    "expected": "3",
    "count": "4",
    "nearest": "5",
    "stated": "6",
    "read": "7",
    "word": "8",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_is_whole(code: str) -> None:
    finding = find(code, Place(file="test.csv"), **QUOTES)
    for text in (finding.reason, finding.way_out):
        for sentence in (text.en, text.de):
            assert sentence[-1] in ".?"
            assert "{" not in sentence
    assert finding.reason.en != finding.reason.de


def test_no_code_stands_twice() -> None:
    assert len(CELLS) + len(LINES) + len(FILES) + len(MAPPINGS) == len(SENTENCES)


def test_each_code_is_used(root: Path) -> None:
    """A code that nothing in the room names would be a promise that nobody keeps."""
    room = root / "src" / "staffel" / "core" / "readers"
    others = [path for path in room.glob("*.py") if "sentences" not in path.name]
    code = "".join(path.read_text(encoding="utf-8") for path in others)
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', code))
    assert set(SENTENCES) <= named


def test_a_trouble_gets_its_place() -> None:
    trouble = Trouble(code="number-ambiguous", quotes=(("value", "1,234"),))
    finding = find_trouble(trouble, Place(file="a.csv", line=3, column=2), column="Menge")
    assert finding.say() == (
        'a.csv:3:2: Menge "1,234" may be a fraction or thousands. '
        "Say decimal and thousands signs in the mapping. [number-ambiguous]"
    )
