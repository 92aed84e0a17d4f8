"""What bounds an amount: caps, other incentives, rounding, the minimum (rules 34, 35, 37)."""

from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.model import Cap, Incentive, InSequence
from staffel.core.programme.words import windows
from staffel.core.programme.words.nouns import key_noun
from staffel.core.programme.words.sentences import Paragraph, Section, Sentence
from staffel.core.programme.words.voice import Voice


def bounded(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """Caps, stacking, rounding, minimum, in this order."""
    return (
        *_floor(voice, incentive),
        *_caps(voice, incentive),
        *_stands(voice, incentive),
        _rounding(voice, incentive),
        *_minimum(voice, incentive),
    )


# ---------------------------------------------------------------- caps


def _caps(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    if not incentive.caps:
        return (voice.sentence(None, _NO_CAP),)
    keyed = [_keyed(voice, cap, cap.each or "") for cap in incentive.caps_by_key]
    whole = [_whole(voice, incentive, cap) for cap in incentive.caps_of_whole]
    return (*keyed, *whole)


def _floor(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    floor = incentive.floor
    return () if floor is None else (voice.sentence(floor, _AT_LEAST, money=voice.money(floor.money)),)


_AT_LEAST = Text(
    en="Where the bonus comes to more than nothing, it is at least {money}, before any cap on the whole.",
    de="Kommt beim Bonus mehr als nichts heraus, so sind es mindestens {money}, noch vor einer Grenze für den"
    " ganzen Bonus.",
)
_NO_CAP = Text(en="The bonus has no cap.", de="Der Bonus ist nach oben nicht begrenzt.")


def _keyed(voice: Voice, cap: Cap, key: str) -> Sentence:
    text = Text(
        en=(
            "At most {money} comes from {every}; lines that name {none} are held to this cap"
            " together, and lump sums do not fall under it."
        ),
        de=(
            "Auf {every} entfallen höchstens {money}; Zeilen, die {none} nennen, fallen gemeinsam"
            " unter diese Grenze, feste Beträge nicht."
        ),
    )
    noun = key_noun(key)
    every, none = noun.each(voice.language, "acc"), noun.none(voice.language, "acc")
    return voice.sentence(cap, text, every=every, none=none, money=voice.money(cap.money))


def _whole(voice: Voice, incentive: Incentive, cap: Cap) -> Sentence:
    text = Text(
        en="The bonus is at most {money} for each {unit} and partner.",
        de="Der Bonus beträgt höchstens {money} je {unit} und Partner.",
    )
    unit = windows.window_noun(incentive.per).one(voice.language)
    return voice.sentence(cap, text, money=voice.money(cap.money), unit=unit)


# ---------------------------------------------------------------- other incentives


def _stands(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    before = [
        (sequence, sequence.incentives[: sequence.incentives.index(incentive.name)])
        for sequence in voice.programme.stacking.sequences
        if incentive.name in sequence.incentives
    ]
    reduced = [_after(voice, sequence, earlier) for sequence, earlier in before if earlier]
    alone = len(voice.programme.incentives) == 1
    return tuple(reduced) or (voice.sentence(None, _ONLY if alone else _ADDED),)


_ONLY = Text(en="The programme has no other bonus.", de="Einen anderen Bonus kennt das Programm nicht.")


_ADDED = Text(
    en="The bonus is added to the others; none of them reduces its base.",
    de="Der Bonus wird zu den übrigen hinzugezählt; keiner von ihnen mindert seine Bemessungsgrundlage.",
)


def _after(voice: Voice, sequence: InSequence, earlier: tuple[str, ...]) -> Sentence:
    text = Text(
        en="The exact amounts of the bonuses before it are first taken off its base: {bonuses}.",
        de=(
            "Von seiner Bemessungsgrundlage werden zuvor die genauen Beträge der Boni abgezogen,"
            " die ihm vorgehen: {bonuses}."
        ),
    )
    return voice.sentence(sequence, text, bonuses=voice.listed([voice.incentive(name) for name in earlier]))


def stacking(voice: Voice) -> Section:
    """How the incentives stand to each other, as a whole."""
    stands = voice.programme.stacking
    first = voice.sentence(stands, _SAID if stands.said else _UNSAID)
    sequences = [_in_sequence(voice, sequence) for sequence in stands.sequences]
    title = voice.say(Text(en="How the bonuses stand together", de="Wie die Boni zueinander stehen"))
    return Section(title=title, paragraphs=(Paragraph(sentences=(first, *sequences)),))


_SAID = Text(
    en="The programme says so expressly: bonuses are added, and each is computed on its own base.",
    de="Das Programm sagt es ausdrücklich: Boni werden zusammengezählt, und jeder rechnet mit seiner eigenen"
    " Bemessungsgrundlage.",
)
_UNSAID = Text(
    en="The programme says nothing else, so bonuses are added, and each is computed on its own base.",
    de=(
        "Da das Programm nichts anderes sagt, werden Boni zusammengezählt, und jeder rechnet mit"
        " seiner eigenen Bemessungsgrundlage."
    ),
)


def _in_sequence(voice: Voice, sequence: InSequence) -> Sentence:
    text = Text(
        en="But these follow one another, each on what those before it have left of the base: {bonuses}.",
        de=(
            "Diese aber folgen aufeinander, jeder rechnet mit dem, was die vorigen von der"
            " Bemessungsgrundlage übrig lassen: {bonuses}."
        ),
    )
    return voice.sentence(
        sequence, text, bonuses=", ".join(voice.incentive(name) for name in sequence.incentives)
    )


# ---------------------------------------------------------------- rounding, minimum

_ROUNDING = Text(
    en=(
        "Only the bonus so computed is rounded, and once: half up to two decimals, for each partner and"
        " window."
    ),
    de=(
        "Erst der so berechnete Bonus wird gerundet, und zwar einmal: kaufmännisch auf zwei"
        " Nachkommastellen, je Partner und Zeitraum."
    ),
)


def _rounding(voice: Voice, incentive: Incentive) -> Sentence:
    rounding = incentive.round
    if rounding is None:
        return voice.sentence(None, _ROUNDING)
    return voice.sentence(
        rounding, _TO_MULTIPLES, money=voice.money(rounding.to), way=voice.say(_WAYS[rounding.way])
    )


_TO_MULTIPLES = Text(
    en=(
        "Only the bonus so computed is rounded, and once, for each partner and window: {way} to a"
        " multiple of {money}; a negative bonus as a positive one of its size."
    ),
    de=(
        "Erst der so berechnete Bonus wird gerundet, und zwar einmal, je Partner und Zeitraum: {way} auf"
        " ein Vielfaches von {money}; ein negativer Bonus wie ein positiver gleicher Höhe."
    ),
)
_WAYS = {
    "half_up": Text(en="half up", de="kaufmännisch"),
    "down": Text(en="down", de="abwärts"),
    "up": Text(en="up", de="aufwärts"),
}


def _minimum(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    minimum = incentive.minimum
    if minimum is None:
        return (voice.sentence(None, _NO_MINIMUM),)
    match minimum.otherwise:
        case "carry":
            carried = voice.sentence(minimum, _CARRY, money=voice.money(minimum.money))
            return (carried, voice.sentence(minimum, _END[minimum.at_end]), voice.sentence(None, _NEGATIVE))
        case "forfeit":
            lost = voice.sentence(minimum, _FORFEIT, money=voice.money(minimum.money))
            return (lost, voice.sentence(None, _NEGATIVE))
        case _ as other:
            assert_never(other)


_NO_MINIMUM = Text(
    en=(
        "There is no minimum: every positive amount is paid, a negative one is carried into the "
        "next settlement."
    ),
    de=(
        "Einen Mindestbetrag gibt es nicht: Jeder positive Betrag wird gezahlt, ein negativer in "
        "die nächste Abrechnung vorgetragen."
    ),
)
_CARRY = Text(
    en=(
        "If less than {money} is due with what was carried in, it is not paid but carried into the "
        "next settlement."
    ),
    de=(
        "Sind mit dem Vortrag weniger als {money} fällig, so werden sie nicht gezahlt, sondern in "
        "die nächste Abrechnung vorgetragen."
    ),
)
_FORFEIT = Text(
    en="If less than {money} is due, it is not paid and is lost.",
    de="Sind weniger als {money} fällig, so werden sie nicht gezahlt und verfallen.",
)
_NEGATIVE = Text(
    en="A negative amount is always carried into the next settlement.",
    de="Ein negativer Betrag wird stets in die nächste Abrechnung vorgetragen.",
)
_END = {
    "pay": Text(
        en="The programme’s last settlement pays what is left.",
        de="Die letzte Abrechnung des Programms zahlt den Rest aus.",
    ),
    "lost": Text(
        en="What is left after the programme’s last settlement is lost.",
        de="Was nach der letzten Abrechnung des Programms übrig ist, verfällt.",
    ),
}
