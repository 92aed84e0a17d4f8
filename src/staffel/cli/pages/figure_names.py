"""What a kit vouches for, in words: the figures of a calculation and the values of a statement."""

import re
from datetime import date
from decimal import Decimal

from staffel.cli.pages.titles import incentive_title, level_title
from staffel.cli.voice import Voice
from staffel.core.engine.kit import Figure
from staffel.core.findings import Text
from staffel.core.programme.model import Programme

_ABOUT = {
    "statement": Text(en="statement", de="Abrechnung"),
    "standing": Text(en="standing", de="Stand"),
    "level": Text(en="level", de="Partnerstufe"),
    "programme.yaml": Text(en="rules", de="Regeln"),
}
# The last word of a figure's name, as the engine and a statement have them.
NAMES: dict[str, Text] = {
    # of an incentive
    "driver_num": Text(en="figure that picks the step", de="Staffelwert"),
    "driver_den": Text(en="whole that it is a share of", de="Ganzes, von dem er ein Anteil ist"),
    "step": Text(en="step reached", de="erreichte Staffelstufe"),
    "gate": Text(en="conditions met", de="Voraussetzungen erfüllt"),
    "driver_expected": Text(en="figure expected", de="erwarteter Staffelwert"),
    "step_expected": Text(en="step expected", de="erwartete Staffelstufe"),
    "base": Text(en="what is paid on", de="Bemessung"),
    "uncapped": Text(en="amount before caps", de="Betrag vor Obergrenzen"),
    "exact": Text(en="amount before rounding", de="Betrag vor dem Runden"),
    "coins": Text(en="amount", de="Betrag"),
    "exact_expected": Text(en="amount expected, before rounding", de="erwarteter Betrag vor dem Runden"),
    "coins_expected": Text(en="amount expected", de="erwarteter Betrag"),
    "expected": Text(en="own part expected", de="erwarteter eigener Teil"),
    "weight": Text(en="what weighs for the own part", de="Gewicht des eigenen Teils"),
    # of a standing
    "level": Text(en="level", de="Partnerstufe"),
    "since": Text(en="since", de="seit"),
    "reached": Text(en="level reached", de="erreichte Partnerstufe"),
    "falls_to": Text(en="falls to", de="fällt auf"),
    "falls_after": Text(en="falls after", de="fällt nach dem"),
    "actual": Text(en="actual", de="Ist"),
    "whole": Text(en="whole that it is a share of", de="Ganzes, von dem es ein Anteil ist"),
    "required": Text(en="required", de="verlangt"),
    "leaf_holds": Text(en="met", de="erfüllt"),
    "holds": Text(en="requirement met", de="Anforderung erfüllt"),
    # of a table
    "rows": Text(en="rows", de="Zeilen"),
    "rules": Text(en="text", de="Text"),
    # of a statement
    "partner": Text(en="partner", de="Partner"),
    "programme": Text(en="programme", de="Programm"),
    "version": Text(en="version", de="Version"),
    "state": Text(en="state", de="Datenstand"),
    "semantics": Text(en="semantics", de="Semantik"),
    "currency": Text(en="currency", de="Währung"),
    "window": Text(en="window", de="Zeitraum"),
    "incentive": Text(en="incentive", de="Bonus"),
    "en": Text(en="title in English", de="Titel auf Englisch"),
    "de": Text(en="title in German", de="Titel auf Deutsch"),
    "entitled": Text(en="earned", de="verdient"),
    "settled": Text(en="settled before", de="schon abgerechnet"),
    "difference": Text(en="difference", de="Unterschied"),
    "carried_in": Text(en="carried in", de="Übertrag"),
    "due": Text(en="due", de="fälliger Betrag"),
    "paid": Text(en="paid", de="bezahlt"),
    "carried_out": Text(en="carried on", de="vorgetragen"),
    "payer": Text(en="payer", de="Zahler"),
    "due_day": Text(en="day on which it is due", de="Tag der Fälligkeit"),
    "form": Text(en="paid as", de="Form der Auszahlung"),
    "money": Text(en="amount of a part", de="Betrag eines Teils"),
    "use_by": Text(en="to be used by", de="zu nutzen bis"),
    "claim_by": Text(en="to be claimed by", de="abzurufen bis"),
    "rests_on_given_figures": Text(en="rests on given figures", de="beruht auf gegebenen Werten"),
}
_AS_THEY_ARE = frozenset({"partner", "programme", "version", "state", "semantics", "window", "payer"})
_DAY, _NUMBER = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"-?\d+(\.\d+)?")
_FLAGS = {"True": Text(en="yes", de="ja"), "False": Text(en="no", de="nein")}


def figure_name(figure: Figure, programme: Programme, voice: Voice) -> str:
    """`Quarter bonus, 2026-Q1: amount`."""
    about = _about(figure.about, programme, voice)
    where = ", ".join(filter(None, (about, _window(figure.window, voice))))
    return f"{where}: {_named(figure.name, voice)}"


def figure_value(figure: Figure, value: str | None, voice: Voice) -> str:
    """A value as people write it; a dash where there is none, a name or number of something as it is."""
    if not value:
        return "–"
    return value if figure.name.rpartition(" ")[2] in _AS_THEY_ARE else _written(value, voice)


def _written(value: str, voice: Voice) -> str:
    if value in _FLAGS:
        return voice.say(_FLAGS[value])
    if _DAY.fullmatch(value):
        return voice.day(date.fromisoformat(value))
    return voice.number(Decimal(value)) if _NUMBER.fullmatch(value) else value


def _about(about: str, programme: Programme, voice: Voice) -> str:
    if about in _ABOUT:
        return voice.say(_ABOUT[about])
    word, _, level = about.partition(" ")
    if word == "level":
        return f"{voice.say(_ABOUT[word])} {level_title(programme, level, voice)}"
    incentive, of, group = about.partition(" of ")
    return f"{incentive_title(programme, incentive, voice)}{f' ({group})' if of else ''}"


def _window(window: str, voice: Voice) -> str:
    """Days in it as people write them; a name as it is."""
    first, parted, last = window.partition("..")
    return f"{_written(first, voice)} – {_written(last, voice)}" if parted else window


def _named(name: str, voice: Voice) -> str:
    """The words of a name; what stands before its last word tells several of them apart."""
    before, _, last = name.rpartition(" ")
    if name.startswith("sum of "):
        column = name.removeprefix("sum of ")
        return voice.say(Text(en=f"sum of {column}", de=f"Summe von {column}"))
    said = voice.say(NAMES[last]) if last in NAMES else last
    path, _, numbers = before.rpartition(" ")
    hurdle, _, leaf = numbers.partition(".")
    if hurdle.isdigit() and leaf.isdigit():
        which = voice.say(Text(en="requirement", de="Anforderung"))
        return f"{which} {int(hurdle) + 1}{f' ({path})' if path else ''}, {said}"
    return said
