"""Rows beside a row in words: what its end customer bought before, what else its order has."""

from collections.abc import Callable

from staffel.core.findings import Text
from staffel.core.programme.model import EVERY_ROW, Exists, Filter, Registered
from staffel.core.programme.words import windows
from staffel.core.programme.words.clauses import Clause
from staffel.core.programme.words.nouns import key_noun, the
from staffel.core.programme.words.voice import Voice

RowsThat = Callable[[Voice, Filter, str], str]


def clause_of(voice: Voice, asked: Exists, holds: bool, owner: Text, rows_that: RowsThat) -> Clause:
    """`deren Endkunde innerhalb von 24 Monaten vor dem Verkaufstag in keiner Zeile … steht`."""
    keys = [key_noun(key) for key in asked.same]
    head = voice.listed([noun.one(voice.language) for noun in keys])
    line = _LINES[asked.some is holds]
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=head, the=the(keys[0].gender, voice.language)),
        verb=voice.say(Text(en="stands", de="steht")),
        middle=_when(voice, asked),
        rest=voice.say(line, whom=voice.say(_WHOM[asked.whose])),
        tail=_meant(voice, asked.where, rows_that) + _missing(voice, asked, holds),
    )


def _when(voice: Voice, asked: Exists) -> str:
    if asked.reach == "same_day":
        return voice.say(Text(en="on the day of sale", de="am Verkaufstag"))
    before = voice.say(_BEFORE[asked.as_of])
    if asked.length is None:
        return voice.say(Text(en="at any time {before}", de="irgendwann {before}"), before=before)
    text = Text(en="within {length} {before}", de="innerhalb von {length} {before}")
    return voice.say(text, length=windows.length(voice, asked.length, "dat"), before=before)


def _meant(voice: Voice, where: Filter, rows_that: RowsThat) -> str:
    if where == EVERY_ROW:
        return ""
    rows = rows_that(voice, where, voice.say(Text(en="lines", de="Zeilen")))
    return voice.say(Text(en=", meaning only {rows}", de=", gemeint sind nur {rows}"), rows=rows)


def _missing(voice: Voice, asked: Exists, holds: bool) -> str:
    """What becomes of a line that does not state the key."""
    if not holds:
        return voice.say(Text(en=" (also where it is not stated)", de=" (auch wo die Angabe fehlt)"))
    if not asked.some:
        return voice.say(Text(en=" (not where it is not stated)", de=" (nicht, wo die Angabe fehlt)"))
    return ""


def registered(voice: Voice, asked: Registered, holds: bool, owner: Text) -> Clause:
    """`deren Endkunde mit ihrem Produkt am Verkaufstag in einem genehmigten Projekt des Partners steht`."""
    deal = _DEAL if holds else _NO_DEAL
    tail = ""
    if asked.ahead is not None:
        tail = voice.say(_AHEAD, length=windows.length(voice, asked.ahead, "acc"))
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=voice.say(_CUSTOMER), the=the("m", voice.language)),
        verb=voice.say(Text(en="stands", de="steht")),
        middle=voice.say(_WITH_PRODUCT),
        rest=voice.say(deal),
        tail=tail,
    )


_CUSTOMER = Text(en="end customer", de="Endkunde")
_WITH_PRODUCT = Text(en="with its product, on the day of sale,", de="mit ihrem Produkt am Verkaufstag")
_DEAL = Text(
    en="in an approved deal that the partner registered",
    de="in einem genehmigten Projekt, das der Partner registriert hat,",
)
_NO_DEAL = Text(
    en="in no approved deal that the partner registered",
    de="in keinem genehmigten Projekt, das der Partner registriert hat,",
)
_AHEAD = Text(
    en=", at least {length} before the order", de=" (mindestens {length} vor der Bestellung registriert)"
)
_LINES = {
    True: Text(en="in a line of {whom}", de="in einer Zeile {whom}"),
    False: Text(en="in no line of {whom}", de="in keiner Zeile {whom}"),
}
_WHOM = {
    "this": Text(en="the same partner", de="desselben Partners"),
    "any": Text(en="any partner", de="irgendeines Partners"),
}
_BEFORE = {
    "window": Text(en="before the first day of the window", de="vor dem ersten Tag des Zeitraums"),
    "line": Text(en="before the day of sale", de="vor dem Verkaufstag"),
}
