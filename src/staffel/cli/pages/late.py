"""What came after a close: the windows that it moves, and from which report it is."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import RenderableType

from staffel.cli.pages.change import fact_cause, report_cause
from staffel.cli.pages.pieces import gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.since_close import SinceClose
from staffel.cli.voice import Voice
from staffel.core.engine.late import LateSum
from staffel.core.engine.settling import window_name
from staffel.core.findings import Text
from staffel.core.programme.model import Programme

_MOST_CAUSES = 6


def late_page(late: Sequence[LateSum], programme: Programme, voice: Voice) -> Iterator[RenderableType]:
    """A row per incentive and closed window, with what the next statement settles."""
    title = Text(en="Come late for closed windows", de="Nachgekommen für abgeschlossene Zeiträume")
    note = Text(en="settled with the next statement", de="wird mit der nächsten Abrechnung abgerechnet")
    yield heading(voice.say(title), voice.say(note))
    headings = [
        Heading(text=voice.say(Text(en="incentive", de="Bonus"))),
        Heading(text=voice.say(Text(en="window", de="Zeitraum"))),
        Heading(text=voice.say(Text(en="earned", de="verdient")), right=True),
        Heading(text=voice.say(Text(en="settled before", de="schon abgerechnet")), right=True),
        Heading(text=voice.say(Text(en="difference", de="Unterschied")), right=True),
    ]
    rows = [
        [
            voice.say(each.title),
            window_name(programme, each.window),
            *(
                voice.money(money, programme.currency)
                for money in (each.entitled, each.settled, each.difference)
            ),
        ]
        for each in late
    ]
    whole = sum((each.difference for each in late), Decimal(0))
    total = [voice.say(Text(en="all", de="alle")), "", "", "", voice.money(whole, programme.currency)]
    yield table(headings, rows, total=total, ascii_only=not voice.unicode)


def since_page(since: SinceClose | None, programme: Programme, voice: Voice) -> Iterator[RenderableType]:
    """That a closed window is another by now: by how much, since which report, and where to see it."""
    if since is None:
        return
    yield gap()
    yield from late_page(since.late, programme, voice)
    told = [report_cause(each, voice) for each in since.reports]
    told += [fact_cause(each, voice) for each in since.facts]
    if told:
        yield gap()
        yield sentence(voice.say(Text(en=f"Since {told[0]}", de=f"Seit {told[0]}")))
    for each in told[1:_MOST_CAUSES]:
        yield sentence(each)
    if len(told) > _MOST_CAUSES:
        more = len(told) - _MOST_CAUSES
        yield remark(voice.say(Text(en=f"… and {more} more", de=f"… und {more} weitere")))
    yield gap()
    now = Text(
        en=f"Above is what was settled. As it is now: the same with --state {since.state}",
        de=f"Oben steht, was abgerechnet wurde. Wie es jetzt ist: dasselbe mit --state {since.state}",
    )
    yield remark(voice.say(now))


def late_data(each: LateSum) -> dict[str, object]:
    """The same for a machine."""
    return {
        "incentive": each.incentive,
        "window": each.window,
        "entitled": each.entitled,
        "settled": each.settled,
        "difference": each.difference,
    }
