"""What people call the names of a programme: its levels, incentives and measures, and traits of partners."""

from collections.abc import Sequence

from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.programme.model import Programme, Trait

_TRAITS = {
    Trait.HOLDS: Text(en="certificate", de="Zertifikat"),
    Trait.LEVEL: Text(en="level", de="Partnerstufe"),
    Trait.KIND: Text(en="kind of partner", de="Art des Partners"),
    Trait.COUNTRY: Text(en="country", de="Land"),
    Trait.SEGMENT: Text(en="segment", de="Segment"),
    Trait.SIZE: Text(en="size", de="Größe"),
    Trait.NEWCOMER: Text(en="newcomer", de="neu dabei"),
    Trait.ENROLLED: Text(en="takes part at the end", de="nimmt am Ende teil"),
    Trait.AGE: Text(en="takes part since", de="nimmt teil seit"),
    Trait.ACCEPTED: Text(en="accepted", de="angenommen"),
    Trait.ELSEWHERE: Text(en="taking part in", de="Teilnahme an"),
    Trait.AGREEMENT: Text(en="agreement", de="Vereinbarung"),
    Trait.CHOICE: Text(en="choice", de="Wahl"),
    Trait.DECIDED: Text(en="decision", de="Entscheidung"),
}
_KINDS = {
    "system_house": Text(en="system house", de="Systemhaus"),
    "dealer": Text(en="dealer", de="Fachhändler"),
    "etailer": Text(en="etailer", de="Etailer"),
    "service_provider": Text(en="service provider", de="Dienstleister"),
}


def level_title(programme: Programme, level: str | None, voice: Voice) -> str:
    """Of a level; that there is none."""
    if not level or programme.ladder is None:
        return voice.say(Text(en="no level", de="keine Partnerstufe"))
    titles = {one.name: one.title for one in programme.ladder.levels}
    return voice.say(titles[level]) if level in titles else level


def incentive_title(programme: Programme, incentive: str, voice: Voice) -> str:
    """Of an incentive; its name where the programme does not have it."""
    titles = {one.name: one.title for one in programme.incentives}
    return voice.say(titles[incentive]) if incentive in titles else incentive


def measure_title(programme: Programme, measure: str, voice: Voice) -> str:
    """Of a measure; its name where the programme does not have it."""
    titles = {one.name: one.title for one in programme.measures}
    return voice.say(titles[measure]) if measure in titles else measure


def trait_name(trait: Trait, voice: Voice) -> str:
    """What is asked of a partner."""
    return voice.say(_TRAITS[trait])


def trait_values(programme: Programme, trait: Trait, values: Sequence[str], voice: Voice) -> str:
    """Values of a trait, one of which is enough."""
    match trait:
        case Trait.LEVEL:
            said = [level_title(programme, one, voice) for one in values]
        case Trait.KIND:
            said = [voice.say(_KINDS[one]) if one in _KINDS else one for one in values]
        case _:
            said = list(values)
    last = voice.say(Text(en="or", de="oder"))
    return f"{', '.join(said[:-1])} {last} {said[-1]}" if len(said) > 1 else "".join(said)
