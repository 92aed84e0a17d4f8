"""The receipt of a line: what it is, then a row for each incentive and role."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text as Styled

from staffel.cli.lines import LineNames, SoldLine
from staffel.cli.pages.figures import figure
from staffel.cli.pages.pieces import gap, heading, mark, remark
from staffel.cli.pages.reasons import reason_text
from staffel.cli.pages.rows import Heading, table
from staffel.cli.pages.sold_line import history_page, line_facts
from staffel.cli.pages.titles import incentive_title, level_title
from staffel.cli.voice import Voice
from staffel.core.engine.evidence.roles import Role
from staffel.core.engine.receipts import Receipt
from staffel.core.engine.settling import window_name
from staffel.core.findings import NOWHERE, Text
from staffel.core.programme.model import Programme

ROLES = {
    Role.DRIVER: Text(en="driver", de="Staffelwert"),
    Role.BASE: Text(en="base", de="Bemessung"),
    Role.BASELINE: Text(en="baseline", de="Vergleichswert"),
    Role.GATE: Text(en="gate", de="Voraussetzung"),
    Role.REQUIREMENT: Text(en="requirement", de="Anforderung"),
}


def receipt_page(
    line: SoldLine,
    named: LineNames,
    found: Sequence[Receipt],
    programme: Programme,
    day: date,
    voice: Voice,
) -> Iterator[RenderableType]:
    """One line. named: what its ids stand for."""
    yield heading(voice.say(Text(en="Receipt", de="Zeilennachweis")), line.line_id)
    yield line_facts(line, named, voice)
    yield gap()
    if line.earlier:
        yield from history_page(line, voice)
        yield gap()
    if not found:
        nothing = Text(
            en="No incentive and no level of this programme asks for it in these windows.",
            de="Kein Bonus und keine Partnerstufe dieses Programms fragt in diesen Zeiträumen danach.",
        )
        yield remark(voice.say(nothing))
        return
    yield receipts_table(found, programme, voice)
    yield gap()
    on = voice.day(day)
    made = f"{programme.name} {programme.version}"
    yield remark(voice.say(Text(en=f"By {made}, on {on}.", de=f"Nach {made}, am {on}.")))


def receipts_table(found: Sequence[Receipt], programme: Programme, voice: Voice) -> RenderableType:
    """A row for each incentive and role."""
    headings = [
        Heading(text=voice.say(Text(en="for", de="für"))),
        Heading(text=voice.say(Text(en="window", de="Zeitraum"))),
        Heading(text=voice.say(Text(en="as", de="als"))),
        Heading(text=voice.say(Text(en="what became of it", de="was daraus wurde"))),
        Heading(text=voice.say(Text(en="counts", de="zählt")), right=True),
        Heading(text=voice.say(Text(en="moved", de="bewegt")), right=True),
    ]
    return table(
        headings,
        (_row(one, programme, voice) for one in _in_order(found, programme)),
        ascii_only=not voice.unicode,
    )


def _in_order(found: Sequence[Receipt], programme: Programme) -> list[Receipt]:
    """What pays first, as the programme has it; then the levels from the bottom."""
    incentives = [one.name for one in programme.incentives]
    levels = [one.name for one in programme.ladder.levels] if programme.ladder else []
    return sorted(
        found,
        key=lambda one: incentives.index(one.incentive) if one.incentive else 1000 + levels.index(one.level),
    )


def _row(one: Receipt, programme: Programme, voice: Voice) -> list[str | Styled]:
    counted = one.verdict == "counted"
    moved = "" if one.coins is None else voice.money(one.coins, programme.currency)
    return [
        _asker(one, programme, voice),
        _window(one, programme, voice),
        voice.say(ROLES[one.role]),
        mark(counted, voice).append(f" {_verdict(one, voice)}", style="default"),
        figure(one.figure, one.unit, programme.currency, voice) if counted else "",
        moved if counted else "",
    ]


def _window(one: Receipt, programme: Programme, voice: Voice) -> str:
    """The window of an incentive; where a line lies in another, or is a baseline, the days that are asked."""
    name = window_name(programme, one.window) if one.incentive else ""
    told = one.role is Role.BASELINE or one.verdict == "other-window"
    return "\n".join(filter(None, (name, voice.span(one.days) if told else "")))


def _asker(one: Receipt, programme: Programme, voice: Voice) -> str:
    if one.incentive:
        return incentive_title(programme, one.incentive, voice)
    level = level_title(programme, one.level, voice)
    return f"{level} ({one.path})" if one.path else level


def _verdict(one: Receipt, voice: Voice) -> str:
    if one.verdict == "other-window":
        return voice.say(Text(en="lies in another window", de="liegt in einem anderen Zeitraum"))
    if one.verdict == "not-counted":
        why = voice.say(reason_text(one.notes[0] if one.notes else one.reason))
        place = "" if one.clause == NOWHERE else f" ({one.clause})"
        return voice.say(Text(en=f"not counted: {why}{place}", de=f"nicht gezählt: {why}{place}"))
    told = [voice.say(Text(en="counted", de="gezählt"))]
    if one.step:
        told.append(voice.say(Text(en=f"on step {one.step}", de=f"auf Stufe {one.step}")))
    told += [_note(note, voice) for note in one.notes]
    return ", ".join(told)


def _note(note: str, voice: Voice) -> str:
    undone, _, line = note.partition(":")
    if undone == "undone-by":
        return voice.say(Text(en=f"taken back with {line}", de=f"zurückgenommen mit {line}"))
    return voice.say(reason_text(note))
