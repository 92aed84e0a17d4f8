"""Conditions and levels as nodes of evidence, each in one line."""

from datetime import date

from staffel.cli.pages.telling import HIDDEN, Telling
from staffel.cli.pages.titles import level_title, trait_name, trait_values
from staffel.core.engine.evidence import Node
from staffel.core.findings import Text
from staffel.core.programme.model import Holds, Who

_COMPARISONS = {
    "at_least": Text(en="at least {figure} asked", de="mindestens {figure} verlangt"),
    "above": Text(en="more than {figure} asked", de="mehr als {figure} verlangt"),
    "at_most": Text(en="at most {figure} allowed", de="höchstens {figure} erlaubt"),
    "below": Text(en="less than {figure} allowed", de="weniger als {figure} erlaubt"),
}
_CAUSES = {
    "replay": Text(en="by the review of {day}", de="durch die Prüfung vom {day}"),
    "review": Text(en="by the review of {day}", de="durch die Prüfung vom {day}"),
    "close": Text(en="recorded at the close of {day}", de="erfasst beim Abschluss zum {day}"),
    "opening": Text(en="as taken over", de="wie übernommen"),
}


def said_test(text: Telling, node: Node) -> str:
    """`3, at least 1 asked, met on 5 Mar 2026`."""
    required = text.figure(node.says.get("required"), node.unit) or "–"
    asked = text.voice.say(_COMPARISONS[str(node.says.get("comparison"))]).format(figure=required)
    if node.note == HIDDEN:
        return asked
    met = node.says.get("met_on")
    if node.holds and isinstance(met, date):
        day = text.voice.day(met)
        asked += text.voice.say(Text(en=f", met on {day}", de=f", erfüllt am {day}"))
    none = Text(en="no figure", de="kein Wert")
    if getattr(getattr(node.form, "measure", None), "who", None) is Who.ALLIANCE:
        none = Text(en="in no alliance", de="in keiner Allianz")
    return f"{text.actual(node) or text.voice.say(none)}, {asked}"


def said_holds(text: Telling, node: Node) -> str:
    """`kind of partner: system house; dealer or system house asked`."""
    form = node.form
    if not isinstance(form, Holds):
        return text.voice.say(Text(en="a condition", de="eine Bedingung"))
    name = trait_name(form.trait, text.voice)
    asked = trait_values(text.programme, form.trait, form.values, text.voice)
    if not asked:
        return name
    wanted = text.voice.say(Text(en=f"{asked} asked", de=f"{asked} verlangt"))
    actual, since = node.says.get("actual"), node.says.get("since")
    if node.note != HIDDEN and isinstance(since, date):
        day = text.voice.day(since)
        wanted += text.voice.say(Text(en=f", since {day}", de=f", seit {day}"))
    if node.note == HIDDEN or actual is None:
        return f"{name}: {wanted}"
    return f"{name}: {trait_values(text.programme, form.trait, [str(actual)], text.voice)}; {wanted}"


def said_level(text: Telling, node: Node) -> str:
    """A level by its title."""
    return level_title(text.programme, str(node.says.get("level") or ""), text.voice)


def said_standing(text: Telling, node: Node) -> str:
    """`Select, since 2 Feb 2026, by the review of 1 Feb 2026`."""
    since = node.says.get("since")
    told = said_level(text, node)
    if isinstance(since, date):
        day = text.voice.day(since)
        told += text.voice.say(Text(en=f", since {day}", de=f", seit {day}"))
    return told + _cause(text, node)


def _cause(text: Telling, node: Node) -> str:
    key_day, by = node.says.get("key_day"), node.says.get("decided_by")
    pattern = _CAUSES.get(str(node.says.get("cause")))
    told = ""
    if pattern is not None and (isinstance(key_day, date) or "{day}" not in pattern.en):
        day = text.voice.day(key_day) if isinstance(key_day, date) else ""
        told = f", {text.voice.say(pattern).format(day=day)}"
    if by:
        told += text.voice.say(Text(en=f", decided by {by}", de=f", entschieden von {by}"))
    return told


def said_path(text: Telling, node: Node) -> str:
    """The path that is told, where a level has several."""
    path = node.says.get("path")
    only = Text(en="asks", de="verlangt")
    return text.voice.say(Text(en=f"by {path}", de=f"über {path}") if path else only)


def said_fall(text: Telling, node: Node) -> str:
    """The level that waits below, and until when it can be averted."""
    lower = level_title(text.programme, str(node.says.get("falls_to") or ""), text.voice)
    last = node.says.get("falls_after")
    day = text.voice.day(last) if isinstance(last, date) else ""
    return text.voice.say(Text(en=f"falls to {lower} after {day}", de=f"fällt nach dem {day} auf {lower}"))


def said_review(text: Telling, node: Node) -> str:
    """The review that decided the level, with the figures of its day."""
    key_day = node.says.get("key_day")
    day = text.voice.day(key_day) if isinstance(key_day, date) else "–"
    told = Text(en=f"decided by the figures of {day}", de=f"entschieden nach den Werten vom {day}")
    if node.holds is False:
        told = Text(
            en=f"decided on {day}; by what is known of that day now it would not have been",
            de=f"entschieden am {day}; nach heutigem Wissen über diesen Tag wäre es nicht so",
        )
    return text.voice.say(told)
