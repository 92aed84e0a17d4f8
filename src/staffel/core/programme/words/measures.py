"""Measures in words: as a noun within a sentence, and as sentences that define one (rules 9 to 17)."""

from decimal import Decimal
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    Baseline,
    Current,
    Growth,
    Measure,
    Part,
    Score,
    Share,
    Take,
    Use,
    Who,
)
from staffel.core.programme.words import filters, rows, units, windows
from staffel.core.programme.words.nouns import Kasus
from staffel.core.programme.words.voice import OR, Voice, begun
from staffel.core.sources import Measured


def noun(voice: Voice, measure: Measure, kasus: Kasus = "nom") -> str:
    """`die Kennzahl „Umsatz“ in den letzten vier Quartalen`: whole, with its window."""
    named, when = subject(voice, measure, kasus), during(voice, measure)
    return f"{named} {when}" if when else named


def during(voice: Voice, measure: Measure) -> str:
    """The window that a measure says itself; empty where its parts say theirs, or where it has its own."""
    match measure:
        case Take(over=over) | Use(over=over):
            asks = not isinstance(over, Current) or follows(voice, measure)
            return windows.during(voice, over) if asks else ""
        case Share() | Growth() | Score() | Agreed():
            return ""
        case _ as other:
            assert_never(other)


def follows(voice: Voice, measure: Measure) -> bool:
    """Whether its figure depends on the days for which it is asked."""
    match measure:
        case Take(over=over):
            return isinstance(over, Current)
        case Use(measure=name, over=over):
            named = [one.measure for one in voice.programme.measures if one.name == name]
            return isinstance(over, Current) and all(follows(voice, one) for one in named)
        case Share() | Growth() | Score() | Agreed():
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
        case Share() | Growth() | Score() | Agreed():
            return False
        case _ as other:
            assert_never(other)


def subject(voice: Voice, measure: Measure, kasus: Kasus = "nom") -> str:
    """The same without its window."""
    match measure:
        case Take():
            return _taken(voice, measure, kasus)
        case Use(measure=name, who=who):
            text = Text(en="the measure {title}", de=f"{_FEMININE[kasus]} Kennzahl {{title}}")
            return voice.say(text, title=voice.measure(name)) + _whose(voice, who)
        case Share():
            return _shared(voice, measure, kasus)
        case Growth():
            return _grown(voice, measure, kasus)
        case Score(parts=parts):
            text = Text(en="the score of {parts}", de=f"{_FEMININE[kasus]} Punktzahl aus {{parts}}")
            return voice.say(text, parts=voice.listed([points(voice, part) for part in parts]))
        case Agreed(target=target):
            text = Text(en="the agreed target {target}", de=f"{_TARGET[kasus]} {{target}}")
            return voice.say(text, target=voice.quoted(target))
        case _ as other:
            assert_never(other)


_FEMININE: dict[Kasus, str] = {"nom": "die", "gen": "der", "dat": "der", "acc": "die"}
_SHARE: dict[Kasus, str] = {
    "nom": "der Anteil",
    "gen": "des Anteils",
    "dat": "dem Anteil",
    "acc": "den Anteil",
}
_RATIO: dict[Kasus, str] = {
    "nom": "das Verhältnis",
    "gen": "des Verhältnisses",
    "dat": "dem Verhältnis",
    "acc": "das Verhältnis",
}
_GROWTH: dict[Kasus, str] = {
    "nom": "das Wachstum",
    "gen": "des Wachstums",
    "dat": "dem Wachstum",
    "acc": "das Wachstum",
}
_TARGET: dict[Kasus, str] = {
    "nom": "das vereinbarte Ziel",
    "gen": "des vereinbarten Ziels",
    "dat": "dem vereinbarten Ziel",
    "acc": "das vereinbarte Ziel",
}


def _whose(voice: Voice, who: Who) -> str:
    match who:
        case Who.ASKER:
            return ""
        case Who.ALLIANCE:
            return voice.say(Text(en=" of the partner’s alliance", de=" der Allianz des Partners"))
        case _ as other:
            assert_never(other)


def _taken(voice: Voice, measure: Take, kasus: Kasus) -> str:
    text = Text(en="the {head} {rows}", de=f"{_FEMININE[kasus]} {{head}} {{rows}}")
    taken = rows.taken_by(voice, measure)
    if measure.where != EVERY_ROW:
        taken = filters.rows_that(voice, measure.where, taken) + ","
    return voice.say(text, head=rows.head(voice, measure), rows=taken) + _by_date(voice, measure)


def _by_date(voice: Voice, measure: Take) -> str:
    return "" if rows.is_term(measure.source) else rows.by_date(voice, measure.date)


def _shared(voice: Voice, measure: Share, kasus: Kasus) -> str:
    if units.unit_of(voice.programme, measure) is Measured.SHARE:
        share = Text(en="the share of {part} in {whole}", de=f"{_SHARE[kasus]} {{part}} an {{whole}}")
        part, whole = noun(voice, measure.part, "gen"), noun(voice, measure.whole, "dat")
        return voice.say(share, part=part, whole=whole)
    ratio = Text(en="the ratio of {part} to {whole}", de=f"{_RATIO[kasus]} {{part}} zu {{whole}}")
    part, whole = noun(voice, measure.part, "gen"), noun(voice, measure.whole, "dat")
    return voice.say(ratio, part=part, whole=whole)


def _grown(voice: Voice, measure: Growth, kasus: Kasus) -> str:
    percent = Text(
        en="the growth in percent of {of} over {against}",
        de=f"{_GROWTH[kasus]} {{of}} in Prozent gegenüber {{against}}",
    )
    amount = Text(
        en="the growth, as an amount, of {of} over {against}",
        de=f"{_GROWTH[kasus]} {{of}} als Betrag gegenüber {{against}}",
    )
    text = percent if measure.shown_as == "percent" else amount
    return voice.say(text, of=noun(voice, measure.of, "gen"), against=against(voice, measure))


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
    """What a part of a score gives, as a noun: `2 Punkten je gezählter Einheit der Kennzahl …`."""
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
        each=units.one_unit(voice, units.unit_of(voice.programme, part.measure)),
        measure=noun(voice, part.measure, kasus),
        bounds=_bounds(voice, part),
    )


def _bounds(voice: Voice, part: Part) -> str:
    most, least = (_or_none(voice, bound) for bound in (part.most, part.least))
    at_most = voice.say(_AT_MOST if most else _NO_MOST, most=most)
    text = Text(en=" ({most}; threshold {least})", de=" ({most}; Mindestmaß {least})")
    return voice.say(text, most=at_most, least=least) if least else f" ({at_most})"


_AT_MOST = Text(en="at most {most}", de="höchstens {most}")
_NO_MOST = Text(en="without an upper limit", de="ohne Obergrenze")


def _or_none(voice: Voice, bound: Decimal | None) -> str:
    return "" if bound is None else units.figure(voice, bound, Measured.POINTS)
