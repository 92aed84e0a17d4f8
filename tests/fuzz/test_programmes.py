"""No text makes the reading of a programme raise or hang: it is a programme, or it has findings."""

from collections.abc import Iterator

from hypothesis import strategies as st

from staffel.core.findings import refuses
from staffel.core.programme import read_programme
from staffel.core.programme.diff import diff
from staffel.core.programme.spellings.spelling import Spelling
from staffel.core.programme.words import words
from tests.core.programme.edits import edited
from tests.core.programme.test_reading import ERRORS, EXAMPLES
from tests.fuzz.running import fuzz
from tests.fuzz.trees import spoiled, stock_of, tree

TEXTS = [path.read_text("utf-8") for path in EXAMPLES]
WRONG = [path.read_text("utf-8") for path in ERRORS]


def spellings(above: type[Spelling] = Spelling) -> Iterator[type[Spelling]]:
    """Every spelling of the language."""
    for one in above.__subclasses__():
        yield one
        yield from spellings(one)


KEYS = {key for spelling in spellings() for key in (*spelling.keys(), *spelling.LATER)}
RIGHTS = [tree(text) for text in TEXTS]
STOCK = stock_of(RIGHTS, sorted(KEYS))


def sound(text: str) -> None:
    """Nothing is raised; each finding has a place in the file and a sentence; what is right can be told."""
    reading = read_programme(text, file="x.yaml")
    lines = sum(text.count(end) for end in "\n\r\x85\u2028\u2029")
    for finding in reading.findings:
        assert finding.code
        assert finding.places
        assert all(place.file == "x.yaml" and place.line <= lines + 1 for place in finding.places)
        assert all(len(finding.say(language)) < 1_500 for language in ("en", "de"))
    assert (reading.programme is None) is refuses(reading.findings)
    if reading.programme is not None:
        assert words(reading.programme, "en").sections
        assert words(reading.programme, "de").sections
        assert diff(reading.programme, reading.programme, "de") == ()


@st.composite
def in_a_hurry(draw: st.DrawFn) -> str:
    """An example, right or wrong, after somebody typed into it."""
    return edited(draw(st.data()), draw(st.sampled_from([*TEXTS, *WRONG])), most=6)


def test_an_example_that_was_spoiled() -> None:
    fuzz(sound, spoiled(RIGHTS, STOCK), share=0.4)


def test_an_example_that_somebody_typed_into() -> None:
    fuzz(sound, in_a_hurry(), share=0.2)


def test_any_text() -> None:
    letters = st.text(max_size=200) | st.text(alphabet="ab:-[]{},'\"#&*!|>%?@\t\r\n 0", max_size=120)
    fuzz(sound, letters, share=0.1)
