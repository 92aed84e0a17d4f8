"""What a level brings, in words: a sentence for each benefit; one that is not known is told by its name."""

from staffel.core.findings import Text
from staffel.core.programme.model import Benefit, Level
from staffel.core.programme.words.sentences import Sentence
from staffel.core.programme.words.voice import Voice


def brought(voice: Voice, level: Level) -> tuple[Sentence, ...]:
    """A sentence for each benefit."""
    if not level.benefits:
        return (voice.sentence(None, _NOTHING),)
    return tuple(_benefit(voice, benefit) for benefit in level.benefits)


_NOTHING = Text(
    en="This level carries no benefits.", de=("Eine Leistung ist mit dieser Stufe nicht verbunden.")
)


def _benefit(voice: Voice, benefit: Benefit) -> Sentence:
    text = _KNOWN.get((benefit.name, "" if benefit.figure is not None else benefit.text)) or _ANY
    return voice.sentence(benefit, text, name=voice.quoted(benefit.name), worth=_worth(voice, benefit))


_ANY = Text(
    en="The level brings the benefit {name}: {worth}.", de=("Die Stufe bringt die Leistung {name}: {worth}.")
)
_KNOWN = {
    ("discount", ""): Text(
        en="The level brings a discount of {worth}.", de=("Die Stufe bringt einen Rabatt von {worth}.")
    ),
    ("funds", ""): Text(
        en="The level brings marketing funds (MDF) of {worth}.",
        de="Die Stufe bringt einen Werbekostenzuschuss (WKZ) von {worth}.",
    ),
    ("contact", "vendor"): Text(
        en="The level brings a named contact at the vendor.",
        de="Die Stufe bringt einen festen Ansprechpartner beim Hersteller.",
    ),
    ("contact", "distributor"): Text(
        en="The level brings a named contact at the distributor.",
        de="Die Stufe bringt einen festen Ansprechpartner beim Distributor.",
    ),
    ("demo_units", "true"): Text(en="The level brings demo units.", de="Die Stufe bringt Vorführgeräte."),
}


def _worth(voice: Voice, benefit: Benefit) -> str:
    if benefit.figure is None:
        return voice.quoted(benefit.text)
    return voice.percent(benefit.figure) if benefit.is_share else voice.number(benefit.figure)
