"""Measures in words: as a noun within a sentence, and as sentences that define one (rules 9 to 17)."""

from decimal import Decimal
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    Baseline,
    Current,
    Fold,
    Growth,
    Made,
    Measure,
    Part,
    Score,
    Share,
    Take,
    Use,
    Who,
)
from staffel.core.programme.words import filters, made, rows, units, windows
from staffel.core.programme.words.nouns import GROWTH, MEASURE, RATIO, SCORE, SHARE, TARGET, Kasus, the
from staffel.core.programme.words.voice import OR, Voice, begun
from staffel.core.sources import Measured


def noun(voice: Voice, measure: Measure, kasus: Kasus = "nom") -> str:
    """`die Kennzahl „Umsatz“ in den letzten vier Quartalen`: whole, with its window."""
    named, when = subject(voice, measure, kasus), during(voice, measure)
    return f"{named} {when}" if when else named


def during(voice: Voice, measure: Measure) -> str:
    """The window that a measure says itself; empty where its parts say theirs, or where it has its own."""
    match measure:
        case Take(over=over) | Use(over=over) | Fold(over=over):
            asks = not isinstance(over, Current) or follows(voice, measure)
            return windows.during(voice, over) if asks else ""
        case Share() | Growth() | Score() | Agreed() | Made():
            return ""
        case _ as other:
            assert_never(other)


def follows(voice: Voice, measure: Measure) -> bool:
    """Whether its figure depends on the days for which it is asked."""
    match measure:
        case Take(over=over) | Fold(over=over):
            return isinstance(over, Current)
        case Use(measure=name, over=over):
            named = [one.measure for one in voice.programme.measures if one.name == name]
            return isinstance(over, Current) and all(follows(voice, one) for one in named)
        case Share() | Growth() | Score() | Agreed() | Made():
            return True
        case _ as other:
            assert_never(other)


def is_of_terms(voice: Voice, measure: Measure) -> bool:
    """Whether it counts rows that hold from a day until a day, and so is a figure of one day."""
    match measure:
        case Take(source=source, over=over):
            return rows.is_term(source) and isinstance(over, Current)
        case Use(measure=name):
            named = [one.measure for one in voice.programme.measures if one.name == name]
            return bool(named) and is_of_terms(voice, named[0])
        case Share() | Growth() | Score() | Agreed() | Made():
            return False
        case _ as other:
            assert_never(other)


def subject(voice: Voice, measure: Measure, kasus: Kasus = "nom") -> str:
    """The same without its window."""
    match measure:
        case Take():
            return _taken(voice, measure, kasus)
        case Use(measure=name, who=who):
            return f"{MEASURE.the(voice.language, kasus)} {voice.measure(name)}{_whose(voice, who)}"
        case Share():
            return _shared(voice, measure, kasus)
        case Growth():
            return _grown(voice, measure, kasus)
        case Score(parts=parts):
            text = Text(en="{score} of {parts}", de="{score} aus {parts}")
            said = voice.listed([points(voice, part) for part in parts])
            return voice.say(text, score=SCORE.the(voice.language, kasus), parts=said)
        case Agreed(target=target):
            return f"{TARGET.the(voice.language, kasus)} {voice.quoted(target)}"
        case Made():
            who = measure.who if isinstance(measure, Fold) else Who.ASKER
            return made.subject(voice, measure, kasus) + _whose(voice, who)
        case _ as other:
            assert_never(other)


def _whose(voice: Voice, who: Who) -> str:
    match who:
        case Who.ASKER:
            return ""
        case Who.ALLIANCE:
            return voice.say(Text(en=" of the partner’s alliance", de=" der Allianz des Partners"))
        case _ as other:
            assert_never(other)


def _taken(voice: Voice, measure: Take, kasus: Kasus) -> str:
    taken = rows.taken_by(voice, measure)
    if measure.where != EVERY_ROW:
        taken = filters.rows_that(voice, measure.where, taken) + ","
    # Sum and number are both feminine.
    said = f"{the('f', voice.language, kasus)} {rows.head(voice, measure)} {taken}"
    return said + _by_date(voice, measure)


def _by_date(voice: Voice, measure: Take) -> str:
    return "" if rows.is_term(measure.source) else rows.by_date(voice, measure)


def _shared(voice: Voice, measure: Share, kasus: Kasus) -> str:
    part, whole = noun(voice, measure.part, "gen"), noun(voice, measure.whole, "dat")
    if units.unit_of(voice.programme, measure) is Measured.SHARE:
        share = Text(en="{share} of {part} in {whole}", de="{share} {part} an {whole}")
        return voice.say(share, share=SHARE.the(voice.language, kasus), part=part, whole=whole)
    ratio = Text(en="{ratio} of {part} to {whole}", de="{ratio} {part} zu {whole}")
    return voice.say(ratio, ratio=RATIO.the(voice.language, kasus), part=part, whole=whole)


def _grown(voice: Voice, measure: Growth, kasus: Kasus) -> str:
    percent = Text(
        en="{growth} in percent of {of} over {against}", de="{growth} {of} in Prozent gegenüber {against}"
    )
    amount = Text(
        en="{growth}, as an amount, of {of} over {against}", de="{growth} {of} als Betrag gegenüber {against}"
    )
    return voice.say(
        percent if measure.shown_as == "percent" else amount,
        growth=GROWTH.the(voice.language, kasus),
        of=noun(voice, measure.of, "gen"),
        against=against(voice, measure),
    )


def against(voice: Voice, measure: Growth) -> str:
    """What growth is measured against, behind `gegenüber`."""
    compared = [windows.against(voice, baseline) for baseline in measure.against]
    if measure.given is not None:
        unit = units.unit_of(voice.programme, measure.of)
        text = Text(en="a fixed figure of {figure}", de="einem festen Wert von {figure}")
        compared.append(voice.say(text, figure=units.figure(voice, measure.given, unit, "dat")))
    said = voice.listed(compared, OR)
    if len(compared) < 2:
        return said
    better = Text(en="{said}, whichever gives more growth", de="{said}, je nachdem, was mehr Wachstum ergibt")
    return voice.say(better, said=said)


def cuts_baseline(baselines: tuple[Baseline, ...]) -> bool:
    """Whether one of them is cut at the same day of its run."""
    return any(not baseline.whole for baseline in baselines)


def points(voice: Voice, part: Part) -> str:
    """What a part of a score gives, as a noun: `2 Punkten je Endkunde der Kennzahl …`."""
    text = Text(en="{points} {each} of {measure}{bounds}", de="{points} {each} {measure}{bounds}")
    return _part(voice, text, part, "gen")


def points_sentence(voice: Voice, part: Part) -> str:
    """The same as a sentence without its full stop: `Die Kennzahl … bringt 2 Punkte je …`."""
    text = Text(en="{measure} gives {points} {each}{bounds}", de="{measure} bringt {points} {each}{bounds}")
    return begun(_part(voice, text, part, "nom"))


def _part(voice: Voice, text: Text, part: Part, kasus: Kasus) -> str:
    return voice.say(
        text,
        points=units.figure(voice, part.points, Measured.POINTS, "dat" if kasus == "gen" else "nom"),
        each=units.one_unit(voice, part.measure),
        measure=noun(voice, part.measure, kasus),
        bounds=_bounds(voice, part),
    )


def _bounds(voice: Voice, part: Part) -> str:
    most, least = (_or_none(voice, bound) for bound in (part.most, part.least))
    at_most = voice.say(_AT_MOST if most else _NO_MOST, most=most)
    text = Text(en=" ({most}; threshold {least})", de=" ({most}; Mindestmaß {least})")
    said = voice.say(text, most=at_most, least=least) if least else f" ({at_most})"
    return said if part.weight == 1 else said + voice.say(_WEIGHT, weight=voice.percent(part.weight))


_WEIGHT = Text(en=", weighted with {weight}", de=", gewichtet mit {weight}")
_AT_MOST = Text(en="at most {most}", de="höchstens {most}")
_NO_MOST = Text(en="without an upper limit", de="ohne Obergrenze")


def _or_none(voice: Voice, bound: Decimal | None) -> str:
    return "" if bound is None else units.figure(voice, bound, Measured.POINTS)
