"""Scales in words (rules 20 to 25): what picks the step, the table of steps, and how a step pays."""

from collections.abc import Sequence
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import Cases, Growth, Incentive, Lump, PartOf, Pay, ScaleKind, Step
from staffel.core.programme.words import definitions, measures, rates, units
from staffel.core.programme.words.sentences import Sentence
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import Measured


def scale(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """The driver, the kind, the steps."""
    steps = incentive.scale.steps
    if _is_one_rate(incentive):
        return (_plain(voice, incentive), *_below(voice, incentive))
    table = [_step(voice, incentive, at) for at in range(len(steps))]
    return (
        *_driver(voice, incentive),
        *_kind(voice, incentive),
        *table,
        *_inside(voice, incentive),
        *_below(voice, incentive),
    )


def _is_one_rate(incentive: Incentive) -> bool:
    """Whether there is nothing to reach: one step from 0, on the whole of the base that decides it."""
    scale_, first = incentive.scale, incentive.scale.steps[0]
    alone = len(scale_.steps) == 1 and first.is_endless
    return alone and scale_.kind is ScaleKind.RETROACTIVE and incentive.driver is None


def _plain(voice: Voice, incentive: Incentive) -> Sentence:
    step = incentive.scale.steps[0]
    return voice.sentence(step, _ONE_RATE, pays=_pays(voice, incentive, step, _ON_BASE))


_ONE_RATE = Text(
    en="There are no steps: the bonus pays {pays}.",
    de="Staffelstufen gibt es nicht: Der Bonus zahlt {pays}.",
)


def _driver(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    driver = incentive.driver
    if driver is None:
        part, text = isinstance(incentive.base, PartOf), _BY
        measure = measures.noun(voice, incentive.picks) if part and incentive.picks else ""
        return (voice.sentence(None, text if part else _BY_BASE, measure=measure),)
    first = voice.sentence(driver, _BY, measure=measures.noun(voice, driver))
    explained = definitions.explained(voice, driver) if isinstance(driver, Growth) else ()
    return (first, *explained, voice.sentence(None, _NO_FIGURE))


_BY_BASE = Text(
    en="The base itself decides which step is reached.",
    de="Welche Staffelstufe erreicht ist, entscheidet die Bemessungsgrundlage selbst.",
)
_BY = Text(
    en="Which step is reached is decided by {measure}.",
    de="Welche Staffelstufe erreicht ist, entscheidet {measure}.",
)
_NO_FIGURE = Text(
    en="Where that has no value, nothing is paid.", de="Gibt es keinen Wert, wird nichts gezahlt."
)


def driver_unit(voice: Voice, incentive: Incentive) -> Measured:
    """The unit in which steps start."""
    measure = incentive.picks
    return Measured.MONEY if measure is None else units.unit_of(voice.programme, measure)


def base_unit(voice: Voice, incentive: Incentive) -> Measured:
    """The unit of the base."""
    return Measured.MONEY if incentive.base is None else units.unit_of(voice.programme, incentive.base)


# ---------------------------------------------------------------- kind


def _kind(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    match incentive.scale.kind:
        case ScaleKind.RETROACTIVE:
            return (voice.sentence(incentive.scale, _RETROACTIVE),)
        case ScaleKind.MARGINAL:
            return (voice.sentence(incentive.scale, _MARGINAL),)
        case ScaleKind.LINEAR:
            return (voice.sentence(incentive.scale, _LINEAR),)
        case ScaleKind.INCREMENT:
            return _counted(voice, incentive)
        case _ as other:
            assert_never(other)


def _counted(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """What an increment counts, and what it leaves out."""
    found, unit = incentive.scale.counted, driver_unit(voice, incentive)
    text = _FULL if found.counting == "full" else _STARTED
    said = [voice.sentence(found, text, every=units.figure(voice, found.every, unit))]
    if found.free:
        said.append(voice.sentence(found, _FREE, free=units.figure(voice, found.free, unit)))
    return tuple(said)


_FULL = Text(
    en="The scale counts: the step reached pays its amount for each full {every} of that figure.",
    de="Die Staffel zählt: Die erreichte Staffelstufe zahlt ihren Betrag für je volle {every} dieses Werts.",
)
_STARTED = Text(
    en=(
        "The scale counts: the step reached pays its amount for each {every} of that figure, one that is"
        " only begun included."
    ),
    de=(
        "Die Staffel zählt: Die erreichte Staffelstufe zahlt ihren Betrag für je {every} dieses Werts, auch"
        " wenn sie erst angefangen sind."
    ),
)
_FREE = Text(
    en="The first {free} of it are not counted.",
    de="Nicht mitgezählt werden davon die ersten {free}.",
)
_RETROACTIVE = Text(
    en="The scale is retroactive: what the highest step reached pays is paid on the whole base.",
    de="Die Staffel ist durchgerechnet: Was die höchste erreichte Staffelstufe zahlt, gilt für die ganze"
    " Bemessungsgrundlage.",
)
_MARGINAL = Text(
    en="The scale is marginal: each step pays on the part that lies inside it, and all parts are added.",
    de=(
        "Die Staffel ist anteilig: Jede Staffelstufe zahlt auf den Teil, der in ihr liegt, und alle"
        " Teile werden zusammengezählt."
    ),
)
_LINEAR = Text(
    en=(
        "The scale is linear: between the starts of two steps the pay runs in a straight line from the"
        " one's to the other's, as the figure that decides the step does; beyond the last start it stays."
        " What is added to the lower pay is rounded half up to ten decimals, and the pay so found is paid"
        " on the whole base."
    ),
    de=(
        "Die Staffel ist linear: Zwischen den Anfängen zweier Staffelstufen verläuft die Zahlung geradlinig"
        " von der einen zur anderen, so wie der Wert, der die Staffelstufe entscheidet; ab dem letzten"
        " Anfang bleibt sie gleich. Was zur niedrigeren Zahlung hinzukommt, wird kaufmännisch auf zehn"
        " Nachkommastellen gerundet, und was sich so ergibt, gilt für die ganze Bemessungsgrundlage."
    ),
)
_AVERAGE = Text(
    en=(
        "Each line is paid its average rate: each part is multiplied with the rate that its step"
        " pays for this line, the sum is divided by the figure that decides the step, and the"
        " result is rounded half up to ten decimals; where that figure is 0, the rate of the step"
        " reached holds."
    ),
    de=(
        "Auf jede Zeile wird ihr Durchschnittssatz gezahlt: Jeder Teil wird mit dem Satz"
        " multipliziert, den seine Staffelstufe für diese Zeile zahlt, die Summe durch den Wert"
        " geteilt, der die Staffelstufe entscheidet, und das Ergebnis kaufmännisch auf zehn"
        " Nachkommastellen gerundet; ist dieser Wert 0, gilt der Satz der erreichten Staffelstufe."
    ),
)
_LUMPS = Text(
    en="A lump sum is paid for each step that is reached.",
    de="Ein fester Betrag wird für jede Staffelstufe gezahlt, die erreicht ist.",
)


def _inside(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """What the parts inside the steps of a marginal scale come to."""
    if incentive.scale.kind is not ScaleKind.MARGINAL:
        return ()
    said = [voice.sentence(None, _AVERAGE)] if takes_average(voice, incentive) else []
    if any(isinstance(pay, Lump) for step in incentive.scale.steps for pay in step.pays):
        said.append(voice.sentence(None, _LUMPS))
    return tuple(said)


def takes_average(voice: Voice, incentive: Incentive) -> bool:
    """Whether a marginal scale pays its average rate: the base is another measure, cut or reduced (23)."""
    pays = incentive.scale.every_pay
    another = not incentive.is_on_own
    cut = any(map(rates.cuts, pays)) or any(is_filter(by.when) for by in incentive.adjust)
    sequences = voice.programme.stacking.sequences
    reduced = any(incentive.name in sequence.incentives[1:] for sequence in sequences)
    return another or cut or reduced or incentive.cap_key is not None


# ---------------------------------------------------------------- steps


def _step(voice: Voice, incentive: Incentive, at: int) -> Sentence:
    step = incentive.scale.steps[at]
    marginal = incentive.scale.kind is ScaleKind.MARGINAL
    text = Text(
        en="Step {number} {reached} and pays {pays}.", de="Staffelstufe {number} {reached} und zahlt {pays}."
    )
    return voice.item(
        step,
        text,
        number=str(at + 1),
        reached=_reached(voice, incentive, at),
        pays=_pays(voice, incentive, step, _ON_PART if marginal else _ON_BASE),
    )


_ON_BASE = Text(en="{rate} of the base", de="{rate} der Bemessungsgrundlage")
_ON_PART = Text(en="{rate} on the part inside it", de="{rate} auf den Teil innerhalb der Stufe")


def _pays(voice: Voice, incentive: Incentive, step: Step, on: Text) -> str:
    return _listed(voice, incentive, step.pays, on)


def _listed(voice: Voice, incentive: Incentive, pays: Sequence[Pay], on: Text) -> str:
    each = units.one_unit(voice, incentive.base) if incentive.base else ""
    return voice.listed([rates.paid(voice, pay, each, on) for pay in pays], _AS_WELL)


_AS_WELL = Text(en="and in addition", de="und zusätzlich")


def _reached(voice: Voice, incentive: Incentive, at: int) -> str:
    """Where a step begins, and within a marginal scale where it ends."""
    steps = incentive.scale.steps
    if incentive.scale.kind is not ScaleKind.MARGINAL or at + 1 == len(steps):
        return _begins(voice, incentive, at)
    text = Text(en="{begins} ends at {end}", de="{begins} reicht bis {end}")
    following = steps[at + 1].start
    if isinstance(following, Cases):
        text = Text(
            en="{begins} ends where step {end} begins", de="{begins} reicht bis zur Staffelstufe {end}"
        )
        end = str(at + 2)
    else:
        end = units.figure(voice, following, driver_unit(voice, incentive))
    return voice.say(text, begins=_begins(voice, incentive, at).rstrip(",") + ",", end=end)


def _begins(voice: Voice, incentive: Incentive, at: int) -> str:
    step, unit = incentive.scale.steps[at], driver_unit(voice, incentive)
    if at == 0 and step.is_endless:
        always = Text(
            en="is always reached, below {start} too,", de="ist immer erreicht, auch unter {start},"
        )
        return voice.say(always, start=units.figure(voice, step.starts[0], unit))
    from_ = Text(en="is reached from {start}", de="ist ab {start} erreicht")
    above = Text(en="is reached above {start}", de="ist erst oberhalb von {start} erreicht")
    return voice.say(from_ if step.reached == "from" else above, start=_start(voice, step, unit))


def _start(voice: Voice, step: Step, unit: Measured) -> str:
    if not isinstance(step.start, Cases):
        return units.figure(voice, step.start, unit, "dat")
    rows = rates.rows_of(voice, step.start, lambda one: units.figure(voice, one, unit), _NOT_REACHED)
    text = Text(en="the first figure that applies, {rows},", de="dem ersten zutreffenden Wert, {rows},")
    return voice.say(text, rows=rows)


_NOT_REACHED = Text(en="never in all other cases", de="in allen anderen Fällen gar nicht")


def _below(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    first = incentive.scale.steps[0]
    if first.is_endless:
        if incentive.scale.kind is ScaleKind.INCREMENT:
            return (voice.sentence(None, _COUNTED_BACK),)
        if all(isinstance(pay, Lump) for pay in first.pays):
            return ()
        return (voice.sentence(None, _PAYS_BACK_PLAIN if _is_one_rate(incentive) else _PAYS_BACK),)
    if incentive.scale.below:
        pays = _listed(voice, incentive, incentive.scale.below, _ON_BASE)
        return (voice.sentence(incentive.scale, _PAID_BELOW, pays=pays),)
    return (voice.sentence(None, _NOTHING_BELOW),)


_PAYS_BACK = Text(
    en="Where returns outweigh sales, the amount is negative, at the rate of the first step.",
    de="Überwiegen die Rückgaben, so ist der Betrag negativ; es gilt der Satz der ersten Staffelstufe.",
)
_COUNTED_BACK = Text(
    en="Where returns outweigh sales, what lies below 0 is counted in the same way, and taken back.",
    de="Überwiegen die Rückgaben, so wird, was unter 0 liegt, ebenso gezählt und zurückgenommen.",
)
_PAYS_BACK_PLAIN = Text(
    en="Where returns outweigh sales, the amount is negative, at the same rate.",
    de="Überwiegen die Rückgaben, so ist der Betrag negativ; es gilt derselbe Satz.",
)
_PAID_BELOW = Text(
    en="Below the first step the bonus pays {pays}.",
    de="Unterhalb der ersten Staffelstufe zahlt der Bonus {pays}.",
)
_NOTHING_BELOW = Text(
    en="Below the first step nothing is paid.", de="Unterhalb der ersten Staffelstufe wird nichts gezahlt."
)
