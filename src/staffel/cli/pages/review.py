"""Decisions that reviews propose."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import RenderableType

from staffel.cli.pages.pieces import gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.pages.titles import level_title
from staffel.cli.voice import Voice
from staffel.core.engine.reviews import Proposal
from staffel.core.findings import Text
from staffel.core.programme.model import Programme

_MOST_SHOWN = 30


def review_page(
    found: Sequence[Proposal],
    names: Mapping[str, str],
    programme: Programme,
    day: date,
    number: int | None,
    voice: Voice,
) -> Iterator[RenderableType]:
    """Each proposal, the newest last; how many rise and fall."""
    on = voice.day(day)
    yield heading(
        voice.say(Text(en=f"Reviews up to {on}", de=f"Überprüfungen bis {on}")), voice.say(programme.title)
    )
    if not found:
        yield sentence(voice.say(Text(en="Nothing moved that is not recorded.", de="Nichts ist unerfasst.")))
        return
    yield _table(found, names, programme, voice)
    yield gap()
    yield sentence(_tally(found, programme, voice))
    recorded = Text(
        en=f"Recorded, state s-{number or 0:06d}.", de=f"Erfasst, Datenstand s-{number or 0:06d}."
    )
    proposed = Text(
        en="Nothing was written; --record writes it.", de="Nichts geschrieben; --record erfasst es."
    )
    yield remark(voice.say(proposed if number is None else recorded))


def _table(
    found: Sequence[Proposal], names: Mapping[str, str], programme: Programme, voice: Voice
) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="partner", de="Partner"))),
        Heading(text=voice.say(Text(en="from", de="von"))),
        Heading(text=voice.say(Text(en="to", de="auf"))),
        Heading(text=voice.say(Text(en="key day", de="Stichtag")), right=True),
        Heading(text=voice.say(Text(en="in force from", de="gilt ab")), right=True),
        Heading(text=voice.say(Text(en="waits", de="wartet"))),
    ]
    rows = [
        [
            names.get(one.partner_id, one.partner_id),
            level_title(programme, one.from_level, voice),
            level_title(programme, one.to_level, voice),
            voice.day(one.key_day),
            voice.day(one.effective),
            _grace(one, programme, voice),
        ]
        for one in found[:_MOST_SHOWN]
    ]
    if len(found) > _MOST_SHOWN:
        more = len(found) - _MOST_SHOWN
        rows.append([voice.say(Text(en=f"… {more} more", de=f"… {more} weitere")), "", "", "", "", ""])
    return table(headings, rows, ascii_only=not voice.unicode)


def _grace(one: Proposal, programme: Programme, voice: Voice) -> str:
    if one.falls_to is None or one.falls_after is None:
        return ""
    level, day = level_title(programme, one.falls_to, voice), voice.day(one.falls_after)
    return voice.say(Text(en=f"{level} after {day}", de=f"{level} nach dem {day}"))


def _tally(found: Sequence[Proposal], programme: Programme, voice: Voice) -> str:
    assert programme.ladder is not None
    index = programme.ladder.index
    steps = [index(one.to_level) - index(one.from_level) for one in found]
    moves = Counter((step > 0) - (step < 0) for step in steps)
    up, down, same = (voice.number(moves[way]) for way in (1, -1, 0))
    return voice.say(
        Text(
            en=f"Rises: {up}, falls: {down}, unchanged or waiting for their grace: {same}.",
            de=f"Aufstiege: {up}, Abstiege: {down}, unverändert oder in ihrer Frist: {same}.",
        )
    )
