"""A mapping written as YAML reads back as the same mapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.findings import Language
from staffel.core.readers.mapping import (
    Column,
    CurrencyFrom,
    CurrencySource,
    DateOrder,
    Encoding,
    Fact,
    FactFrom,
    FactSource,
    Format,
    Mapping,
    ReturnMark,
    SheetChoice,
    Signs,
)
from staffel.core.readers.mapping_file import parse_mapping
from staffel.core.readers.mapping_text import PROVEN, UNPROVEN, Remarks, mapping_text, spelled

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))
HEADINGS = st.text(LETTERS, min_size=1, max_size=20)
MARKS = st.builds(ReturnMark, column=HEADINGS, returns=st.frozensets(HEADINGS, min_size=1))
FACTS = st.builds(FactSource, found_in=st.just(FactFrom.COLUMN), value=HEADINGS)


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    rest = draw(st.dictionaries(st.sampled_from(list(Column)), HEADINGS, max_size=6))
    return Mapping(
        name=draw(HEADINGS),
        columns={Column.QUANTITY: draw(HEADINGS), **rest},
        format=draw(st.sampled_from(Format)),
        encoding=draw(st.sampled_from(Encoding)),
        delimiter=draw(st.sampled_from([None, ";", ",", "|", "\t"])),
        sheet=SheetChoice(name=draw(st.none() | HEADINGS)),
        header=draw(st.sampled_from([None, (), (1,), (3, 4), (2, 3, 4)])),
        signs=draw(st.sampled_from([Signs(), Signs(decimal=","), Signs(decimal=".", thousands=",")])),
        dates=draw(st.sampled_from(DateOrder)),
        return_mark=draw(st.none() | MARKS),
        currency=draw(
            st.sampled_from([CurrencySource(), CurrencySource(found_in=CurrencyFrom.HEADING)])
            | st.builds(CurrencySource, found_in=st.just(CurrencyFrom.COLUMN), value=HEADINGS)
        ),
        facts=draw(st.dictionaries(st.sampled_from(Fact), FACTS)),
    )


@given(mappings(), st.sampled_from(["en", "de"]))
def test_reads_back(mapping: Mapping, language: Language) -> None:
    """The remarks of either language make no difference."""
    remarks = Remarks(
        columns={Column.QUANTITY: PROVEN},
        missing=(Column.SOLD_ON,),
        unread=("not", "read: #"),
        undecided=("dates", "decimal"),
    )
    found = parse_mapping(mapping_text(mapping, remarks, language), "test.yaml")
    assert found.references() == mapping.references()
    assert (found.name, found.format, found.encoding) == (mapping.name, mapping.format, mapping.encoding)
    assert (found.delimiter, found.sheet, found.header) == (mapping.delimiter, mapping.sheet, mapping.header)
    assert (found.signs, found.dates) == (mapping.signs, mapping.dates)
    assert (found.return_mark, found.currency) == (mapping.return_mark, mapping.currency)
    assert found.facts == mapping.facts


@pytest.mark.parametrize(
    "text", ["Menge", "Umsatz netto €", "Beleg / Nummer", "NetPOS(ProductUnitPrice)", "Straße"]
)
def test_plain_texts_stay_plain(text: str) -> None:
    assert spelled(text) == text


@pytest.mark.parametrize(
    "text", ["#4", "null", "Yes", "4711", "a: b", "a #b", " a", "a ", ">>>", "-", "", "a,b", "[a]"]
)
def test_what_yaml_would_read_otherwise_is_quoted(text: str) -> None:
    assert spelled(text).startswith('"')


def test_remarks_stand_behind_columns() -> None:
    mapping = Mapping(name="t", columns={Column.QUANTITY: "Menge"})
    text = mapping_text(mapping, Remarks(columns={Column.QUANTITY: UNPROVEN}))
    assert "  quantity: Menge                                # a guess: no price proves it\n" in text


def test_what_is_missing_stands_ready_to_be_written() -> None:
    mapping = Mapping(name="t", columns={})
    remarks = Remarks(missing=(Column.QUANTITY,), unread=("Dings",))
    assert mapping_text(mapping, remarks, "de").splitlines()[2:5] == [
        "columns:",
        "  # quantity: SPALTENTITEL                       # fehlt: Titel eintragen und # wegnehmen",
        "  # nicht gelesen: Dings",
    ]
