"""The text of a programme as data: title, sections, paragraphs, sentences. Each sentence knows its form.

A sentence is whole. An item is a sentence too, shown as a row of a list: a requirement, a step.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from staffel.core.findings import NOWHERE, Place
from staffel.core.programme.model import Form

_GLUE = "\N{NO-BREAK SPACE}"
# Between these stand words with an example in brackets; where they come again, the example is left out.
_OPEN, _SHUT = "\x02", "\x03"
_EXAMPLE = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")
# What must not part at a line's end: a figure and its unit, a currency and its figure, a day and its month.
_FIGURE = re.compile(r"(?<=[\d,.]) (?=[€%£]|[A-Z]{3}\b)|(?<=\b[A-Z]{3}) (?=\d)|(?<=\d) (?=[A-Z][a-z]+ \d{4})")
_NARROWEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence. place, form: what in the file it says; none: it says a rule that every programme has."""

    text: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    form: Form | None = field(default=None, compare=False, repr=False)
    is_item: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences about one thing. title: "" where the section's says enough."""

    title: str = ""
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Paragraphs under one heading."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a programme says, whole: a stranger can compute the amount from it."""

    title: str
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All of them, in the order of reading."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.sentences

    def of(self, form: Form) -> Sentence | None:
        """The first sentence that says this very form, none where it has none of its own."""
        return next((one for one in self.sentences() if one.form is form), None)

    def as_text(self, width: int = 100) -> str:
        """The contract for a page `width` columns wide, each line ended."""
        width = max(width, _NARROWEST)
        lines = [self.title, "=" * min(len(self.title), width)]
        for number, section in enumerate(self.sections, start=1):
            lines += ["", *_wrapped(f"{number}  {section.title}", width, hang="   ")]
            for paragraph in section.paragraphs:
                lines += ["", *_of_paragraph(paragraph, width)]
        return "\n".join(lines) + "\n"


def with_example(text: str, example: str) -> str:
    """A text with an example, which a section says where the text comes first."""
    return f"{_OPEN}{text} {example}{_SHUT}"


def once(section: Section) -> Section:
    """The section with each example where it comes first."""
    said: set[str] = set()
    paragraphs = tuple(
        replace(paragraph, sentences=tuple(_once(one, said) for one in paragraph.sentences))
        for paragraph in section.paragraphs
    )
    return replace(section, paragraphs=paragraphs)


def _once(sentence: Sentence, said: set[str]) -> Sentence:
    return replace(sentence, text=without_repetition(sentence.text, said))


def without_repetition(text: str, said: set[str]) -> str:
    """The text without the examples in `said`, to which its own are added."""

    def keep(found: re.Match[str]) -> str:
        new = found[1] not in said
        said.add(found[1])
        return found[1] if new else found[1].partition(" (")[0]

    return _EXAMPLE.sub(keep, text)


def _of_paragraph(paragraph: Paragraph, width: int) -> list[str]:
    lines = _wrapped(paragraph.title, width, first="   ") if paragraph.title else []
    prose: list[str] = []
    for sentence in paragraph.sentences:
        if not sentence.is_item:
            prose.append(sentence.text)
            continue
        lines += [*_prose(prose, width), *_wrapped(sentence.text, width, first="   – ", hang="     ")]
        prose = []
    return [*lines, *_prose(prose, width)]


def _prose(sentences: list[str], width: int) -> list[str]:
    return _wrapped(" ".join(sentences), width, first="   ") if sentences else []


def _wrapped(text: str, width: int, first: str = "", hang: str = "   ") -> list[str]:
    glued = _FIGURE.sub(_GLUE, text)
    lines = textwrap.wrap(glued, width, initial_indent=first, subsequent_indent=hang, break_on_hyphens=False)
    return [line.replace(_GLUE, " ") for line in lines]
