"""The door: a programme in plain words, German or English, that a partner can sign.

Complete: a stranger can compute the amount from it. What the file leaves out is a rule too and is said.
"""

from functools import lru_cache

from staffel.core.calendar import Unit
from staffel.core.findings import Language
from staffel.core.programme.model import Form, Programme
from staffel.core.programme.words import amounts, ground, incentives, levels, singly
from staffel.core.programme.words.sentences import Contract, Section, once
from staffel.core.programme.words.voice import Voice


def words(programme: Programme, language: Language) -> Contract:
    """All that a programme says, in the order in which one would read it aloud."""
    voice = spoken(programme, language)
    return Contract(title=programme.title.say(language), sections=tuple(map(once, _sections(voice))))


def spoken(programme: Programme, language: Language) -> Voice:
    """A voice for what no incentive or ladder asks."""
    quarter = programme.calendar.unit_of(programme.valid.start, Unit.QUARTER)
    return Voice(programme=programme, language=language, window=quarter, day=quarter.last_day)


def _sections(voice: Voice) -> list[Section]:
    programme = voice.programme
    sections = [ground.programme(voice), ground.shared_rules(voice)]
    if programme.products:
        sections.append(ground.groups(voice))
    if programme.measures:
        sections.append(ground.measures(voice))
    sections += [levels.section(voice, ladder) for ladder in programme.ladders]
    sections += [incentives.section(voice, incentive) for incentive in programme.incentives]
    return [*sections, amounts.stacking(voice)] if programme.incentives else sections


def clause(programme: Programme, form: Form, language: Language) -> str:
    """The sentence of one form: as the contract has it, else the form said for itself."""
    told = _told(programme, language).of(form) or words(programme, language).of(form)
    return told.text if told else singly.said(spoken(programme, language), form)


@lru_cache(maxsize=8)
def _told(programme: Programme, language: Language) -> Contract:
    return words(programme, language)
