"""The commits of a store."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from staffel.cli.pages.pieces import gap, heading, remark
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.ledger import Entry

_KINDS = {
    "report": Text(en="report", de="Meldung"),
    "withdrawal": Text(en="withdrawal", de="Rücknahme"),
    "load": Text(en="load", de="Laden"),
    "waiting": Text(en="waiting", de="Wartende"),
    "record": Text(en="record", de="Eintrag"),
    "upkeep": Text(en="upkeep", de="Pflege"),
}


def log_page(entries: Sequence[Entry], of: int, voice: Voice) -> Iterator[RenderableType]:
    """The newest last, as one reads a journal."""
    yield heading(
        voice.say(Text(en="Commits", de="Eintragungen")),
        voice.say(
            Text(
                en=f"{voice.number(len(entries))} of {voice.number(of)}",
                de=f"{voice.number(len(entries))} von {voice.number(of)}",
            )
        ),
    )
    headings = [
        Heading(text=voice.say(Text(en="state", de="Datenstand"))),
        Heading(text=voice.say(Text(en="recorded (UTC)", de="erfasst (UTC)"))),
        Heading(text=voice.say(Text(en="what", de="was"))),
        Heading(text=voice.say(Text(en="of", de="von"))),
        Heading(text=voice.say(Text(en="rows", de="Zeilen")), right=True),
        Heading(text=voice.say(Text(en="waiting", de="wartend")), right=True),
        Heading(text=voice.say(Text(en="refused", de="abgelehnt")), right=True),
    ]
    yield table(headings, (_row(entry, voice) for entry in entries), ascii_only=not voice.unicode)
    if of > len(entries):
        yield gap()
        yield remark(voice.say(Text(en="All of them: --last 0", de="Alle: --last 0")))


def _row(entry: Entry, voice: Voice) -> list[str]:
    report = entry.report
    return [
        entry.state_id,
        f"{voice.day(entry.recorded_at.date())} {entry.recorded_at:%H:%M}",
        voice.say(_KINDS[entry.kind]) if entry.kind in _KINDS else entry.kind,
        entry.reason,
        voice.number(sum(entry.rows.values())),
        voice.number(report.waiting) if report and report.waiting else "",
        voice.number(report.refused) if report and report.refused else "",
    ]
