"""The door: a programme in plain words, German or English, that a partner can sign.

Complete: a stranger can compute the amount from it. What the file leaves out is a rule too and is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from staffel.core.calendar import Unit
from staffel.core.findings import Language, Text
from staffel.core.programme.model import Form, Programme
from staffel.core.programme.words import amounts, ground, incentives, levels, singly
from staffel.core.programme.words.sentences import Contract, Paragraph, Section, Sentence, once
from staffel.core.programme.words.voice import Voice


def words(
    programme: Programme, language: Language, examples: Mapping[str, str] = MappingProxyType({})
) -> Contract:
    """All that a programme says, in the order in which one would read it aloud.

    examples: a worked example by the incentive's name, the last that is said of it.
    """
    voice = spoken(programme, language)
    sections = map(once, _sections(voice, examples))
    return Contract(title=programme.title.say(language), sections=tuple(sections))


def spoken(programme: Programme, language: Language) -> Voice:
    """A voice for what no incentive or ladder asks."""
    quarter = programme.calendar.unit_of(programme.valid.start, Unit.QUARTER)
    return Voice(programme=programme, language=language, window=quarter, day=quarter.last_day)


def _sections(voice: Voice, examples: Mapping[str, str]) -> list[Section]:
    programme = voice.programme
    sections = [ground.programme(voice), ground.shared_rules(voice)]
    if programme.products:
        sections.append(ground.groups(voice))
    if programme.measures:
        sections.append(ground.measures(voice))
    sections += [levels.section(voice, ladder) for ladder in programme.ladders]
    sections += [
        _shown(voice, incentives.section(voice, one), examples.get(one.name)) for one in programme.incentives
    ]
    return [*sections, amounts.stacking(voice)] if programme.incentives else sections


def _shown(voice: Voice, section: Section, example: str | None) -> Section:
    """With an example of its own, if there is one."""
    if example is None:
        return section
    title = voice.say(Text(en="Example", de="Beispiel"))
    shown = Paragraph(title=title, sentences=(Sentence(text=example),))
    return replace(section, paragraphs=(*section.paragraphs, shown))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """The sentences of one programme by its forms, for who asks for many."""

    voice: Voice
    by_form: dict[int, str]

    def of(self, form: Form) -> str:
        """The sentence of this very form: the contract's, else the form said for itself; it may be empty."""
        said = self.by_form.get(id(form))
        return singly.said(self.voice, form) if said is None else said


def clauses(programme: Programme, language: Language) -> Clauses:
    """The sentences of a programme by its forms. Where a form has several, the first."""
    by_form: dict[int, str] = {}
    for sentence in words(programme, language).sentences():
        by_form.setdefault(id(sentence.form), sentence.text)
    return Clauses(voice=spoken(programme, language), by_form=by_form)


def clause(programme: Programme, form: Form, language: Language) -> str:
    """The sentence of one form of this programme; empty for a form that says nothing by itself."""
    return _kept(_Held(programme), language).of(form)


class _Held:
    """A programme that is kept by what it is, not by what it says: equal ones have other forms."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.programme is other.programme

    def __hash__(self) -> int:
        return id(self.programme)


@lru_cache(maxsize=8)
def _kept(held: _Held, language: Language) -> Clauses:
    return clauses(held.programme, language)
