"""Every code says something whole in both languages, and every code that is used has its sentences."""

import re
from pathlib import Path

import pytest

from staffel.core.findings import Place
from staffel.core.readers.file_sentences import FILES, SENTENCES
from staffel.core.readers.mapping_sentences import MAPPINGS, PROPOSALS
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
    "example": "9",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_each_is_whole(code: str) -> None:
    finding = find(code, Place(file="test.csv"), **QUOTES)
    for text in (finding.reason, finding.way_out):
        for sentence in (text.en, text.de):
            assert sentence[-1] in ".?"
            assert not re.search(r"\{\w+\}", sentence)
    assert finding.reason.en != finding.reason.de


def test_no_code_stands_twice() -> None:
    assert sum(map(len, (CELLS, LINES, FILES, MAPPINGS, PROPOSALS))) == len(SENTENCES)


# What a mapping can say so that the file is read, by the code of what it says.
WAYS_OUT = {
    "number-ambiguous": 'decimal: ","',
    "number-signs": "decimal",
    "date-ambiguous": "dates: dmy",
    "date-other-order": "dates: dmy",
    "date-order-mixed": "dates: dmy",
    "currency-unknown": "currency: {fixed: EUR}",
    "currency-missing": "currency: {fixed: EUR}",
    "currency-differs": "currency",
    "not-in-encoding": "encoding",
    "encoding-wrong": "encoding: auto",
    "encoding-differs": "encoding: 2",
    "return-mark-unknown": "returns",
    "row-short": "short_lines: fill",
    "file-format-differs": "format: 2",
    "sheet-missing": "sheet: NAME",
    "sheet-not-read": "sheet: NAME",
    "headings-missing": "header",
    "heading-missing": "8",
    "heading-ambiguous": "8",
    "date-from-period": "columns: sold_on",
    "fact-missing": "report: 1",
    "fact-varies": "report: 1",
    "mapping-dates-open": "dates: dmy",
    "mapping-signs-open": 'decimal: ","',
    "mapping-currency-open": "currency: {fixed: EUR}",
    "mapping-no-product": "product_vendor_number: ",
    "mapping-no-partner": "partner_number: ",
    "mapping-no-date": "sold_on: ",
    "mapping-no-amount": "net: ",
    "mapping-no-quantity": "quantity: ",
    "mapping-no-figures": "quantity: ",
}


@pytest.mark.parametrize("code", WAYS_OUT)
def test_the_way_out_names_the_word_of_the_mapping(code: str) -> None:
    way_out = find(code, Place(file="test.csv"), **QUOTES).way_out
    assert WAYS_OUT[code] in way_out.en
    assert WAYS_OUT[code] in way_out.de


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
        'Write decimal: "," or decimal: "." into the mapping, whichever parts the fraction. '
        "[number-ambiguous]"
    )
