"""No text makes the reading of a mapping raise or hang: it is a mapping, or it is refused with findings."""

from hypothesis import strategies as st

from staffel.core.readers.mapping import Mapping
from staffel.core.readers.mapping_file import parse_mapping
from staffel.core.readers.mapping_text import Remarks, mapping_text
from staffel.core.readers.refusals import MappingRefused
from staffel.core.readers.words import COLUMNS, FACTS, SOURCES, TOP
from tests.conftest import ROOT
from tests.core.programme.edits import edited
from tests.fuzz.running import fuzz
from tests.fuzz.trees import spoiled, stock_of, tree

TEXTS = [
    path.read_text("utf-8")
    for folder in ("examples/reports", "src/staffel/cli/demo/mappings")
    for path in sorted((ROOT / folder).glob("*.yaml"))
    if path.stem != "EXPECTED"
]
RIGHTS = [tree(text) for text in TEXTS]
STOCK = stock_of(RIGHTS, [*TOP, *map(str, (*COLUMNS, *FACTS, *SOURCES))])


def sound(text: str) -> None:
    """Nothing else is raised; each finding has its place; a mapping is written and read back."""
    try:
        mapping = parse_mapping(text, "x.yaml")
    except MappingRefused as refusal:
        _says_something(refusal, text)
    else:
        assert isinstance(mapping, Mapping)
        assert mapping_text(mapping, Remarks(), "de")


def _says_something(refusal: MappingRefused, text: str) -> None:
    assert refusal.findings
    for finding in refusal.findings:
        assert all(place.file == "x.yaml" for place in finding.places)
        assert all(place.line <= len(text) + 1 for place in finding.places)
        assert all(finding.say(language) for language in ("en", "de"))


@st.composite
def in_a_hurry(draw: st.DrawFn) -> str:
    """An example after somebody typed into it."""
    return edited(draw(st.data()), draw(st.sampled_from(TEXTS)), most=6)


def test_an_example_that_was_spoiled() -> None:
    fuzz(sound, spoiled(RIGHTS, STOCK), share=0.15)


def test_an_example_that_somebody_typed_into() -> None:
    fuzz(sound, in_a_hurry(), share=0.1)


def test_any_text() -> None:
    letters = st.text(max_size=200) | st.text(alphabet="ab:-[]{},'\"#&*!|>%?@\t\r\n 0", max_size=120)
    fuzz(sound, letters, share=0.05)
