"""Figures made of others in words: sums, products, the best of several, bounds, what stands in for none."""

from dataclasses import replace
from typing import TYPE_CHECKING

from staffel.core.findings import Text
from staffel.core.programme.model import (
    Best,
    Between,
    Combined,
    Const,
    Fold,
    FoldedAs,
    IfNone,
    Measure,
    Sum,
    Times,
)
from staffel.core.programme.words import measures, units
from staffel.core.programme.words.filters import COMPARED
from staffel.core.programme.words.nouns import WINDOWS, Kasus

if TYPE_CHECKING:
    from staffel.core.programme.words.voice import Voice


def subject(voice: "Voice", made: Combined, kasus: Kasus = "nom") -> str:
    """`die Summe aus …, abzüglich …`; each part with its own window."""
    match made:
        case Sum():
            return _sum(voice, made, kasus)
        case Times(of=of, factor=factor):
            said = voice.number(factor)
            return voice.say(_TIMES[kasus], factor=said, of=measures.noun(voice, of, "gen"))
        case Best(of=several, worst=worst):
            said = voice.listed([_part(voice, made, one, "dat") for one in several])
            return voice.say((_WORST if worst else _BEST)[kasus], of=said)
        case Between(of=of):
            return measures.noun(voice, of, kasus) + _bounds(voice, made)
        case IfNone(of=of, figure=figure):
            said = _figure(voice, made, figure)
            return voice.say(_STANDS_IN, of=measures.noun(voice, of, kasus), figure=said)
        case Const():
            return voice.say(_FIXED[kasus], figure=_figure(voice, made, made))
        case Fold():
            return _folded(voice, made, kasus)
        case _:
            return ""


def rule(made: Combined) -> Text | None:
    """What the noun leaves open: what becomes of a part without a value."""
    match made:
        case Sum():
            return _SUM_OF_NONE
        case Best():
            return _BEST_OF_NONE
        case Fold():
            return _UNITS
        case _:
            return None


def _folded(voice: "Voice", fold: Fold, kasus: Kasus) -> str:
    """`der Durchschnitt je Monat der Kennzahl …`: asked for each unit, the measure says no window."""
    unit, alone = WINDOWS[fold.each], replace(voice, asker=None)
    said = voice.say(
        _FOLDED[fold.shown_as][kasus],
        unit=unit.one(voice.language, "dat"),
        units=unit.many(voice.language),
        units_dat=unit.many(voice.language, "dat"),
        of=measures.noun(alone, fold.of, "gen"),
    )
    return said + _only(voice, fold)


def _only(voice: "Voice", fold: Fold) -> str:
    if not fold.where:
        return ""
    unit = units.unit_of(voice.programme, fold.of)
    limits = [
        voice.say(COMPARED[one.comparison], figure=units.figure(voice, one.figure, unit, "dat"))
        for one in fold.where
    ]
    many = WINDOWS[fold.each].many(voice.language)
    return voice.say(_ONLY, units=many, limits=voice.listed(limits))


def _sum(voice: "Voice", made: Sum, kasus: Kasus) -> str:
    added = [_part(voice, made, part.measure, "dat") for part in made.parts if not part.less]
    less = [_part(voice, made, part.measure, "gen") for part in made.parts if part.less]
    text = _LESS if less else _SUM
    return voice.say(text[kasus], added=voice.listed(added), less=voice.listed(less) if less else "")


def _part(voice: "Voice", made: Combined, part: Measure, kasus: Kasus) -> str:
    if isinstance(part, Const):
        return voice.say(_FIXED[kasus], figure=_figure(voice, made, part))
    return measures.noun(voice, part, kasus)


def _figure(voice: "Voice", made: Combined, const: Const) -> str:
    """A figure in the unit of what stands beside it."""
    return units.figure(voice, const.figure, units.unit_of(voice.programme, made), "dat")


def _bounds(voice: "Voice", made: Between) -> str:
    said = [
        voice.say(text, figure=_figure(voice, made, bound))
        for text, bound in ((_AT_LEAST, made.at_least), (_AT_MOST, made.at_most))
        if bound is not None
    ]
    return f" ({', '.join(said)})"


_AT_LEAST = Text(en="at least {figure}", de="mindestens {figure}")
_AT_MOST = Text(en="at most {figure}", de="höchstens {figure}")
_STANDS_IN = Text(
    en="{of} (or {figure} where it has no value)", de="{of} (oder {figure}, wo es keinen Wert gibt)"
)
_SUM_OF_NONE = Text(
    en="Where one of its parts has no value, it has none.",
    de="Hat einer ihrer Teile keinen Wert, hat auch sie keinen.",
)
_BEST_OF_NONE = Text(
    en="What has no value is left out of the comparison.",
    de="Was keinen Wert hat, bleibt beim Vergleich außer Betracht.",
)


def _by_case(en: str, *, nom: str, gen: str, dat: str, acc: str) -> dict[Kasus, Text]:
    return {
        "nom": Text(en=en, de=nom),
        "gen": Text(en=en, de=gen),
        "dat": Text(en=en, de=dat),
        "acc": Text(en=en, de=acc),
    }


_ONLY = Text(en=" (only {units} with {limits})", de=" (nur {units} mit {limits})")
_UNITS = Text(
    en=(
        "Every such unit counts that the window touches and in which the partner took part, with 0 where"
        " nothing was sold, the current one up to the key day; one without a value is left out."
    ),
    de=(
        "Es zählt jede solche Einheit, die der Zeitraum berührt und in der der Partner teilnahm, ohne Verkauf"
        " mit 0, die laufende bis zum Stichtag; eine ohne Wert bleibt außer Betracht."
    ),
)
_FOLDED: dict[FoldedAs, dict[Kasus, Text]] = {
    "sum": _by_case(
        "the sum of the values per {unit} of {of}",
        nom="die Summe der Werte je {unit} {of}",
        gen="der Summe der Werte je {unit} {of}",
        dat="der Summe der Werte je {unit} {of}",
        acc="die Summe der Werte je {unit} {of}",
    ),
    "average": _by_case(
        "the average per {unit} of {of}",
        nom="der Durchschnitt je {unit} {of}",
        gen="des Durchschnitts je {unit} {of}",
        dat="dem Durchschnitt je {unit} {of}",
        acc="den Durchschnitt je {unit} {of}",
    ),
    "largest": _by_case(
        "the largest value in a {unit} of {of}",
        nom="der größte Wert in einem {unit} {of}",
        gen="des größten Werts in einem {unit} {of}",
        dat="dem größten Wert in einem {unit} {of}",
        acc="den größten Wert in einem {unit} {of}",
    ),
    "smallest": _by_case(
        "the smallest value in a {unit} of {of}",
        nom="der kleinste Wert in einem {unit} {of}",
        gen="des kleinsten Werts in einem {unit} {of}",
        dat="dem kleinsten Wert in einem {unit} {of}",
        acc="den kleinsten Wert in einem {unit} {of}",
    ),
    "count": _by_case(
        "the number of {units} with a value of {of}",
        nom="die Anzahl von {units_dat} mit einem Wert {of}",
        gen="der Anzahl von {units_dat} mit einem Wert {of}",
        dat="der Anzahl von {units_dat} mit einem Wert {of}",
        acc="die Anzahl von {units_dat} mit einem Wert {of}",
    ),
    "last": _by_case(
        "the value in the last {unit} of {of}",
        nom="der Wert im letzten {unit} {of}",
        gen="des Werts im letzten {unit} {of}",
        dat="dem Wert im letzten {unit} {of}",
        acc="den Wert im letzten {unit} {of}",
    ),
}
_SUM = _by_case(
    "the sum of {added}",
    nom="die Summe aus {added}",
    gen="der Summe aus {added}",
    dat="der Summe aus {added}",
    acc="die Summe aus {added}",
)
_LESS = _by_case(
    "the sum of {added}, less {less}",
    nom="die Summe aus {added}, abzüglich {less}",
    gen="der Summe aus {added}, abzüglich {less}",
    dat="der Summe aus {added}, abzüglich {less}",
    acc="die Summe aus {added}, abzüglich {less}",
)
_TIMES = _by_case(
    "{factor} times {of}",
    nom="das {factor}-Fache {of}",
    gen="des {factor}-Fachen {of}",
    dat="dem {factor}-Fachen {of}",
    acc="das {factor}-Fache {of}",
)
_BEST = _by_case(
    "the greatest of {of}",
    nom="der größte Wert aus {of}",
    gen="des größten Werts aus {of}",
    dat="dem größten Wert aus {of}",
    acc="den größten Wert aus {of}",
)
_WORST = _by_case(
    "the smallest of {of}",
    nom="der kleinste Wert aus {of}",
    gen="des kleinsten Werts aus {of}",
    dat="dem kleinsten Wert aus {of}",
    acc="den kleinsten Wert aus {of}",
)
_FIXED = _by_case(
    "a fixed figure of {figure}",
    nom="ein fester Wert von {figure}",
    gen="eines festen Werts von {figure}",
    dat="einem festen Wert von {figure}",
    acc="einen festen Wert von {figure}",
)
