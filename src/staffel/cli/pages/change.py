"""What moved between two states, partner by partner, the largest difference first, and what moved it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text as Styled

from staffel.cli.pages.pieces import counted, gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.pages.titles import level_title
from staffel.cli.voice import Voice
from staffel.core.engine.changes import Change, FactCause, ReportCause
from staffel.core.engine.settling import window_name
from staffel.core.findings import Text
from staffel.core.programme.model import Programme

_MOST_PARTNERS = 20
_MOST_CAUSES = 4
_EXPLAINED = 3
_ANY = 1_000_000
ZERO = Decimal(0)


def change_page(
    found: Sequence[Change],
    names: Mapping[str, str],
    programme: Programme,
    voice: Voice,
    *,
    everything: bool = False,
) -> Iterator[RenderableType]:
    """All of them as a table, then the causes of those that moved most. everything: all of it."""
    shown, explained, causes = (
        (_ANY, _ANY, _ANY) if everything else (_MOST_PARTNERS, _EXPLAINED, _MOST_CAUSES)
    )
    yield heading(voice.say(Text(en="What moved", de="Was sich bewegt hat")), voice.say(programme.title))
    if not found:
        yield sentence(voice.say(Text(en="Nothing moved.", de="Nichts hat sich bewegt.")))
        return
    ordered = sorted(found, key=lambda one: (-abs(_difference(one)), one.partner_id))
    yield _table(ordered[:shown], names, programme, voice)
    if len(ordered) > shown:
        more = len(ordered) - shown
        yield remark(
            voice.say(Text(en=f"… and {more} more: --all", de=f"… und {more} weitere Partner: --all"))
        )
    yield gap()
    for one in ordered[:explained]:
        yield from _causes(one, names, voice, causes)


def _difference(one: Change) -> Decimal:
    return sum((each.difference for each in one.sums), ZERO)


def _table(
    found: Sequence[Change], names: Mapping[str, str], programme: Programme, voice: Voice
) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="partner", de="Partner"))),
        Heading(text=voice.say(Text(en="level", de="Partnerstufe"))),
        Heading(text=voice.say(Text(en="what", de="was"))),
        Heading(text=voice.say(Text(en="before", de="vorher")), right=True),
        Heading(text=voice.say(Text(en="after", de="nachher")), right=True),
        Heading(text=voice.say(Text(en="difference", de="Unterschied")), right=True),
    ]
    rows = [row for one in found for row in _rows(one, names, programme, voice)]
    return table(headings, rows, ascii_only=not voice.unicode)


def _rows(
    one: Change, names: Mapping[str, str], programme: Programme, voice: Voice
) -> Iterator[list[str | Styled]]:
    name: str = names.get(one.partner_id, one.partner_id)
    level = _level(one, programme, voice)
    if not one.sums:
        figures = Text(en="figures of its requirements", de="Werte seiner Anforderungen")
        yield [name, level, voice.say(figures), "", "", ""]
    for each in one.sums:
        title = voice.say(programme.incentive(each.incentive).title)
        yield [
            name,
            level,
            f"{title} {window_name(programme, each.window)}",
            "–" if each.before is None else voice.money(each.before, programme.currency),
            "–" if each.after is None else voice.money(each.after, programme.currency),
            voice.money(each.difference, programme.currency),
        ]
        name, level = "", ""


def _level(one: Change, programme: Programme, voice: Voice) -> str:
    before, after = (
        level_title(programme, each, voice) if each else "–" for each in (one.level_before, one.level_after)
    )
    return after if before == after else f"{before} {'→' if voice.unicode else '>'} {after}"


def _causes(one: Change, names: Mapping[str, str], voice: Voice, most: int) -> Iterator[RenderableType]:
    because = Text(en="because of", de="wegen")
    yield Styled(f"{names.get(one.partner_id, one.partner_id)}, {voice.say(because)}", style="bold")
    told = [report_cause(each, voice) for each in one.reports]
    told += [fact_cause(each, voice) for each in one.facts]
    for text in told[:most]:
        yield sentence(text)
    if len(told) > most:
        more = len(told) - most
        yield remark(voice.say(Text(en=f"… and {more} more: --all", de=f"… und {more} weitere: --all")))


def report_cause(cause: ReportCause, voice: Voice) -> str:
    net = voice.listed([voice.money(money, code) for code, money in cause.net.items()])
    days = f"{voice.day(cause.first_day)} – {voice.day(cause.last_day)}"
    count = counted(voice, cause.lines, Text(en="line", de="Zeile"), Text(en="lines", de="Zeilen"))
    return voice.say(
        Text(
            en=f"report {cause.report_id} (s-{cause.commit_no:06d}): {count}, {net}, {days}",
            de=f"Meldung {cause.report_id} (s-{cause.commit_no:06d}): {count}, {net}, {days}",
        )
    )


def fact_cause(cause: FactCause, voice: Voice) -> str:
    about = ", ".join(cause.key)
    day = voice.day(cause.holds_from)
    return voice.say(
        Text(
            en=f"{cause.table} {about} (s-{cause.commit_no:06d}), from {day}",
            de=f"{cause.table} {about} (s-{cause.commit_no:06d}), ab {day}",
        )
    )
