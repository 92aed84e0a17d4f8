"""What the demo prints: the market, a closed quarter, one partner, one bonus, one line, what waits."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType
from rich.rule import Rule

from staffel.cli.demo.market import HERO
from staffel.cli.demo.run import CLOSED_ON, LAST_DAY, Played
from staffel.cli.demo.shown import ReportSum, Shown
from staffel.cli.output import Part, Verbatim
from staffel.cli.pages.closing import closing_table
from staffel.cli.pages.evidence import evidence_page
from staffel.cli.pages.node_text import NodeText
from staffel.cli.pages.pieces import counted, gap, heading
from staffel.cli.pages.receipt import receipts_table
from staffel.cli.pages.rows import Heading, table
from staffel.cli.pages.sold_line import line_facts
from staffel.cli.pages.standing import standing_page
from staffel.cli.pages.waiting import waiting_table
from staffel.cli.voice import Voice
from staffel.core.findings import Text

_ROWS = 3
_MOST_WAITING = 6


def demo_page(played: Played, found: Shown, voice: Voice) -> Iterator[Part]:
    """From the reports down to what to type next."""
    aurora = played.programmes[0]
    market = Text(en="The market", de="Der Markt")
    partners = voice.number(len(played.market.partners))
    months = played.market.month_count
    note = Text(
        en=f"4 vendors, 4 distributors, {partners} partners, {months} months; all of it made up",
        de=f"4 Hersteller, 4 Distributoren, {partners} Partner, {months} Monate; alles erfunden",
    )
    yield from _part(1, voice.say(market), voice.say(note), voice)
    yield _reports(found, voice)
    yield from _part(2, *_said(_closed(found, voice), voice), voice)
    yield closing_table(found.sums, aurora.currency, voice)
    yield gap()
    others = Text(en="The other programmes", de="Die anderen Programme")
    yield heading(voice.say(others), voice.day(LAST_DAY))
    yield _programmes(found, voice)
    standing = Text(en="One partner's standing", de="Der Stand eines Partners")
    yield from _part(3, voice.say(standing), voice.say(_last_day(voice)), voice)
    yield from standing_page(found.standing, found.partner.name, voice)
    bonus = Text(en="One bonus, down to its lines", de="Ein Bonus bis zu seinen Zeilen")
    yield from _part(4, voice.say(bonus), found.partner.name, voice)
    text = NodeText(programme=aurora, voice=voice, names=found.names)
    yield from evidence_page(found.explained.node, text, _ROWS)
    line = Text(en="One line that did not count, and why", de="Eine Zeile, die nicht zählte, und warum")
    yield from _part(5, voice.say(line), found.line.line_id, voice)
    yield line_facts(found.line, found.line_names, voice)
    yield gap()
    yield receipts_table(found.receipts, aurora, voice)
    waits = Text(en="What waits", de="Was wartet")
    line_words = (Text(en="line", de="Zeile"), Text(en="lines", de="Zeilen"))
    lines = counted(voice, sum(each.lines for each in found.waiting), *line_words)
    why = Text(
        en=f"{lines}, of resellers whom nobody knows yet; counted nowhere",
        de=f"{lines} von Fachhändlern, die noch niemand kennt; nirgends gezählt",
    )
    yield from _part(6, voice.say(waits), voice.say(why), voice)
    yield waiting_table(found.waiting, voice, _MOST_WAITING)
    yield from _part(7, voice.say(Text(en="What to type next", de="Was Sie als Nächstes tippen")), "", voice)
    yield Verbatim(_commands(played, found))


def _part(number: int, title: str, note: str, voice: Voice) -> Iterator[RenderableType]:
    yield gap()
    yield Rule(characters="─" if voice.unicode else "-", style="dim")
    yield heading(f"{number}  {title}", note)


def _said(texts: tuple[Text, Text], voice: Voice) -> tuple[str, str]:
    return voice.say(texts[0]), voice.say(texts[1])


def _closed(found: Shown, voice: Voice) -> tuple[Text, Text]:
    day = voice.day(CLOSED_ON)
    return (
        Text(
            en=f"A quarter, closed: Aurora {found.closed}",
            de=f"Ein Quartal, abgeschlossen: Aurora {found.closed}",
        ),
        Text(
            en=f"on {day}, late lines and returns included", de=f"am {day}, mit Nachmeldungen und Rückgaben"
        ),
    )


def _last_day(voice: Voice) -> Text:
    day = voice.day(LAST_DAY)
    return Text(en=f"on {day}, before the close", de=f"am {day}, vor dem Abschluss")


def _reports(found: Shown, voice: Voice) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="distributor", de="Distributor"))),
        Heading(text=voice.say(Text(en="vendor", de="Hersteller"))),
        Heading(text=voice.say(Text(en="reports", de="Meldungen")), right=True),
        Heading(text=voice.say(Text(en="lines taken", de="Zeilen")), right=True),
        Heading(text=voice.say(Text(en="waiting", de="wartend")), right=True),
        Heading(text=voice.say(Text(en="net", de="netto")), right=True),
    ]
    rows = [_report(each, voice) for each in found.reports]
    total = [
        voice.say(Text(en="all", de="alle")),
        "",
        voice.number(sum(each.reports for each in found.reports)),
        voice.number(sum(each.taken for each in found.reports)),
        voice.number(sum(each.waiting for each in found.reports)),
        "",
    ]
    return table(headings, rows, total=total, ascii_only=not voice.unicode)


def _report(each: ReportSum, voice: Voice) -> list[str]:
    return [
        each.distributor,
        each.vendor,
        voice.number(each.reports),
        voice.number(each.taken),
        voice.number(each.waiting),
        "\n".join(voice.money(net, code) for code, net in sorted(each.net.items())),
    ]


def _programmes(found: Shown, voice: Voice) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="programme", de="Programm"))),
        Heading(text=voice.say(Text(en="vendor", de="Hersteller"))),
        Heading(text=voice.say(Text(en="partners", de="Partner")), right=True),
        Heading(text=voice.say(Text(en="earned, not settled", de="verdient, offen")), right=True),
        Heading(text=voice.say(Text(en="expected", de="erwartet")), right=True),
    ]
    rows = [
        [
            voice.say(each.programme.title),
            each.programme.vendor,
            voice.number(each.partners),
            voice.money(each.earned, each.programme.currency),
            voice.money(each.expected, each.programme.currency),
        ]
        for each in found.programmes
    ]
    return table(headings, rows, ascii_only=not voice.unicode)


def _commands(played: Played, found: Shown) -> str:
    day, partner = f"--day {LAST_DAY}", f"--partner {HERO}"
    window = f"--window {found.closed}"
    # What is closed is no longer open to be earned: standings are asked of the state before the close.
    before = f"{day} --state {found.standing.state_id}"
    activated = shutil.which("staffel") is not None
    activate = Path(sys.executable).with_name("activate")
    lines = (
        *(() if activated else (f". {os.path.relpath(activate)}",)),
        f"cd {played.folder}",
        "staffel words aurora.yaml --lang de",
        f"staffel standing aurora.yaml {before}",
        f"staffel standing aurora.yaml {partner} {before}",
        f"staffel statement aurora.yaml {partner} {window} --kit bonus.kit",
        "staffel recompute bonus.kit",
        f"staffel explain aurora.yaml {partner} {window}",
        f"staffel receipt aurora.yaml {found.line.line_id} {window}",
        "staffel waiting list",
        f"staffel ledger coverage {day}",
    )
    return "\n".join(f"  {line}" for line in lines)
