"""Conditions in words (1.4): each a clause, so that it can follow `wenn` and `dass` or stand for itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.model import (
    All,
    Any,
    Cases,
    Condition,
    Current,
    Enforced,
    Holds,
    Kept,
    Ladder,
    Measure,
    Not,
    Test,
    Trait,
    Use,
    When,
    Window,
)
from staffel.core.programme.words import clauses, figures, filters, measures, rates, traits, units, windows
from staffel.core.programme.words.clauses import Clause
from staffel.core.programme.words.voice import OR, Voice
from staffel.core.sources import Measured


def clause_of(voice: Voice, condition: Condition, *, holds: bool = True, depth: int = 0) -> Clause:
    """A condition, or with `holds` false its opposite, as a clause."""
    match condition:
        case Test():
            return _tested(voice, condition, holds)
        case Holds():
            return _held(voice, condition, holds)
        case Kept():
            return _kept(voice, condition, holds)
        case Enforced(of=inner):
            clause = clause_of(voice, inner, holds=holds, depth=depth)
            return replace(clause, tail=clause.tail + _from_when(voice, condition, holds))
        case Not(of=inner):
            return clause_of(voice, inner, holds=not holds, depth=depth)
        case All(of=(only,)) | Any(of=(only,)):
            return clause_of(voice, only, holds=holds, depth=depth)
        case All(of=parts) | Any(of=parts):
            mains = [clause_of(voice, part, holds=holds, depth=depth + 1).main() for part in parts]
            if not parts:
                return filters.nothing_asked(voice, isinstance(condition, All) is holds)
            several = clauses.every if isinstance(condition, All) is holds else clauses.some
            return several(voice, mains, depth)
        case _ as other:
            assert_never(other)


# ---------------------------------------------------------------- tests

_NONE_TOO = Text(
    en=" (it is enough, too, that there is no value)", de=" (es genügt auch, wenn es keinen Wert gibt)"
)


def _tested(voice: Voice, test: Test, holds: bool) -> Clause:
    measure = test.measure
    over = measure.over if isinstance(measure, Use) else None
    when = "" if over is None else _when(voice, measure, over)
    unit = units.unit_of(voice.programme, measure)
    compared = (filters.COMPARED if holds else filters.NOT_COMPARED)[test.comparison]
    named = measures.noun(voice, measure) if over is None else measures.subject(voice, measure)
    figure, rows = _figure(voice, test, unit)
    if when and not isinstance(test.figure, Decimal):
        named, when = f"{named} {when}", ""
    return Clause(
        language=voice.language,
        subject=named,
        verb=voice.say(Text(en="is", de="beträgt")),
        middle=when,
        rest=voice.say(compared, figure=figure) + _rounded(voice, test),
        tail=("" if holds else voice.say(_NONE_TOO)) + _titled(voice, test) + rows,
    )


def _figure(voice: Voice, test: Test, unit: Measured) -> tuple[str, str]:
    """What is asked for: a number, a measure, or the first of a table, whose rows follow the whole."""
    match test.figure:
        case Decimal() as number:
            return units.figure(voice, number, unit), ""
        case Cases() as table:
            said = partial(units.figure, voice, unit=unit)
            return voice.say(_FIRST), f": {rates.rows_of(voice, table, said, _NEVER, _IN_NUMBERS)}"
        case measure:
            return measures.noun(voice, measure), ""


_IN_NUMBERS = 2  # rows of a table stand within conditions, which have letters
_FIRST = Text(en="the first of these values that applies", de="den ersten zutreffenden dieser Werte")
_NEVER = Text(en="in all other cases this is not met", de="in allen anderen Fällen ist das nicht erfüllt")


def _when(voice: Voice, measure: Measure, over: Window) -> str:
    """A measure of terms in the asker's own window is read on the key day."""
    if isinstance(over, Current) and voice.asker is not None and measures.is_of_terms(voice, measure):
        return voice.say(_KEY_DAY)
    return measures.during(voice, measure)


def _rounded(voice: Voice, test: Test) -> str:
    if test.rounded is None:
        return ""
    text = Text(en=", rounded half up to {step}", de=", kaufmännisch auf {step} gerundet")
    return voice.say(text, step=voice.percent(test.rounded))


def _titled(voice: Voice, test: Test) -> str:
    if test.title is None:
        return ""
    text = Text(en=" (requirement {title})", de=" (Anforderung {title})")
    return voice.say(text, title=voice.quoted(test.title.say(voice.language)))


# ---------------------------------------------------------------- what a partner is or holds

_ON = {
    When.DAY_OF_SALE: Text(en="on the day of the line", de="am Tag der Zeile"),
    When.START: Text(en="on the first day of the window", de="am ersten Tag des Zeitraums"),
    When.END: Text(en="on the last day of the window", de="am letzten Tag des Zeitraums"),
    When.SETTLEMENT: Text(en="on the day of the settlement", de="am Tag der Abrechnung"),
}
_KEY_DAY = Text(en="on the key day", de="am Stichtag")
_DECLARED = _ON[When.START]
_YEAR_STARTS = Text(en="on the first day of the programme year", de="am ersten Tag des Programmjahres")


def _held(voice: Voice, held: Holds, holds: bool) -> Clause:
    if held.trait is Trait.NEWCOMER:
        return _newcomer(voice, (held.values == ("true",)) is holds)
    said = _SAID[held.trait]
    day = said.day or _ON[held.when]
    values = voice.listed([_value(voice, held.trait, value) for value in held.values], OR)
    verb, several = said.verb, said.many if said.many and len(held.values) > 1 else said.one
    middle = voice.say(_YEAR_STARTS if _is_asked_by_ladder(voice, day) else day)
    if held.within is not None and said.begun is not None:
        (verb, several), middle = said.begun, windows.during(voice, held.within)
    length = "" if held.least is None else windows.length(voice, held.least, "dat")
    rest = voice.say(several, values=values, length=length)
    return Clause(
        language=voice.language,
        subject=voice.say(Text(en="the partner", de="der Partner")),
        verb=voice.say(verb),
        middle=middle,
        rest=rest if holds else voice.say(Text(en="not {rest}", de="nicht {rest}"), rest=rest),
    )


def _is_asked_by_ladder(voice: Voice, when: Text) -> bool:
    return isinstance(voice.asker, Ladder) and when is _DECLARED


def _newcomer(voice: Voice, new: bool) -> Clause:
    return Clause(
        language=voice.language,
        subject=voice.say(Text(en="the partner", de="der Partner")),
        verb=voice.say(_IS),
        rest=voice.say(_NEW if new else _OLD),
    )


_IS = Text(en="is", de="ist")
_NEW = Text(
    en="new, having enrolled after the first day of the window",
    de="neu, also nach dem ersten Tag des Zeitraums beigetreten",
)
_OLD = Text(
    en="not new, having enrolled on the first day of the window or before",
    de="nicht neu, also spätestens am ersten Tag des Zeitraums beigetreten",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """How a trait is said. day: none: as the level is read. many: of several values; none: like one.

    begun: verb and pattern of a term that must have begun in a window.
    """

    verb: Text = Text(en="is", de="ist")
    day: Text | None = None
    one: Text
    many: Text | None = None
    begun: tuple[Text, Text] | None = None


_HAS, _EFFECT = Text(en="has", de="hat"), Text(en="with effect on the key day", de="mit Wirkung am Stichtag")
_ACCEPTED = Text(en="accepted {values}", de="{values} angenommen")
_CHOSEN = Text(en="chosen {values}", de="{values} gewählt")
_TERMS: dict[Trait, _Said] = {
    Trait.ACCEPTED: _Said(verb=_HAS, day=_EFFECT, one=_ACCEPTED, begun=(_HAS, _ACCEPTED)),
    Trait.CHOICE: _Said(verb=_HAS, day=_EFFECT, one=_CHOSEN, begun=(_HAS, _CHOSEN)),
    Trait.ELSEWHERE: _Said(
        verb=Text(en="is", de="nimmt"),
        day=_KEY_DAY,
        one=Text(en="taking part in the programme {values}", de="am Programm {values} teil"),
        begun=(
            Text(en="has", de="ist"),
            Text(en="joined the programme {values}", de="dem Programm {values} beigetreten"),
        ),
    ),
    Trait.AGREEMENT: _Said(
        verb=_IS,
        day=_KEY_DAY,
        one=Text(en="party to the agreement {values}", de="Vertragspartei der Vereinbarung {values}"),
        begun=(_HAS, Text(en="entered the agreement {values}", de="die Vereinbarung {values} geschlossen")),
    ),
    Trait.DECIDED: _Said(
        verb=Text(en="is", de="fällt"),
        day=_KEY_DAY,
        one=Text(en="under the decision {values}", de="unter die Entscheidung {values}"),
        begun=(_HAS, Text(en="received the decision {values}", de="die Entscheidung {values} erhalten")),
    ),
}
_BELONGS = Text(en="is", de="gehört")
_SAID: dict[Trait, _Said] = {
    Trait.LEVEL: _Said(one=Text(en="on the level {values}", de="auf der Partnerstufe {values}")),
    Trait.HOLDS: _Said(
        verb=Text(en="is", de="besitzt"),
        day=_KEY_DAY,
        one=Text(en="in possession of the firm’s certificate {values}", de="das Firmenzertifikat {values}"),
        many=Text(
            en="in possession of one of the firm’s certificates {values}",
            de="eines der Firmenzertifikate {values}",
        ),
        begun=(
            _HAS,
            Text(en="gained the firm’s certificate {values}", de="das Firmenzertifikat {values} erworben"),
        ),
    ),
    **_TERMS,
    Trait.KIND: _Said(
        verb=Text(en="is", de="wird"),
        day=_DECLARED,
        one=Text(en="listed as {values}", de="als {values} geführt"),
    ),
    Trait.COUNTRY: _Said(day=_DECLARED, one=Text(en="based {values}", de="{values} ansässig")),
    Trait.SEGMENT: _Said(
        verb=_BELONGS,
        day=_DECLARED,
        one=Text(en="of the segment {values}", de="zum Segment {values}"),
        many=Text(en="of one of the segments {values}", de="zu einem der Segmente {values}"),
    ),
    Trait.SIZE: _Said(
        verb=_BELONGS,
        day=_DECLARED,
        one=Text(en="of the size class {values}", de="zur Größenklasse {values}"),
        many=Text(en="of one of the size classes {values}", de="zu einer der Größenklassen {values}"),
    ),
}
_SAID |= {
    Trait.ENROLLED: _Said(
        day=_ON[When.END],
        one=Text(en="taking part in the programme", de="Teilnehmer des Programms"),
    ),
    Trait.AGE: _Said(
        verb=Text(en="has", de="ist"),
        day=_ON[When.END],
        one=Text(
            en="taken part in the programme for at least {length}",
            de="seit mindestens {length} Teilnehmer des Programms",
        ),
    ),
}
_NAMED: dict[Trait, Callable[[Voice, str], str]] = {
    Trait.LEVEL: Voice.level,
    Trait.KIND: traits.kind,
    Trait.COUNTRY: traits.country,
    **dict.fromkeys((Trait.CHOICE, Trait.DECIDED), traits.named),
}


def _value(voice: Voice, trait: Trait, value: str) -> str:
    return _NAMED.get(trait, Voice.quoted)(voice, value)


# ---------------------------------------------------------------- time


def _from_when(voice: Voice, enforced: Enforced, holds: bool) -> str:
    day = figures.day(enforced.day, voice.language)
    if enforced.published is None:
        return voice.say(_DECIDES if holds else _LATER, day=day)
    return voice.say(
        _SHOWN if holds else _LATER_SHOWN, day=day, published=figures.day(enforced.published, voice.language)
    )


_DECIDES = Text(
    en=" (this decides from {day} on; before that it is shown and counts as met)",
    de=" (das entscheidet ab dem {day}; vorher wird es gezeigt und gilt als erfüllt)",
)
_LATER = Text(en=" (on {day} or later)", de=" (am {day} oder später)")
_LATER_SHOWN = Text(
    en=" (on {day} or later; shown from {published} on)",
    de=" (am {day} oder später; gezeigt vom {published} an)",
)
_SHOWN = Text(
    en=" (this decides from {day} on; from {published} until then it is shown and counts as met)",
    de=" (das entscheidet ab dem {day}; vom {published} an wird es gezeigt und gilt bis dahin als erfüllt)",
)


# ---------------------------------------------------------------- memory


_ONE_DAY = {
    True: Text(en="on at least one day {window},", de="an mindestens einem Tag {window}"),
    False: Text(en="on no day {window},", de="an keinem Tag {window}"),
}
_EVERY_DAY = {
    True: Text(
        en="on every day {window} on which the partner took part,",
        de="an jedem Tag {window}, an dem der Partner teilnahm,",
    ),
    False: Text(
        en="on every day {window} on which the partner took part,",
        de="nicht an jedem Tag {window}, an dem der Partner teilnahm,",
    ),
}
_SINCE = Text(
    en="since the partner enrolled, up to the key day", de="seit dem Beitritt des Partners bis zum Stichtag"
)


_WAS, _WAS_NOT = Text(en="was true", de="hat"), Text(en="was not true", de="hat")


def _kept(voice: Voice, kept: Kept, holds: bool) -> Clause:
    window = voice.say(_SINCE) if kept.over is None else windows.during(voice, kept.over)
    days = (_ONE_DAY if kept.on == "any" else _EVERY_DAY)[holds]
    that = Text(en=" that {clause}", de=", dass {clause}")
    return Clause(
        language=voice.language,
        subject=voice.say(Text(en="it", de="es")),
        verb=voice.say(_WAS_NOT if kept.on == "every" and not holds else _WAS),
        middle=voice.say(days, window=window),
        rest="" if voice.language == "en" else "gegolten",
        tail=voice.say(that, clause=clause_of(voice, kept.of).sub()),
    )
