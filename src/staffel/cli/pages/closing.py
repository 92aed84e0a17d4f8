"""What a close settled: a row an incentive, and what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.console import RenderableType

from staffel.cli.pages.pieces import facts, gap, heading, sentence
from staffel.cli.pages.reasons import reason_text
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.engine.closing import Closing
from staffel.core.engine.reasons import ReasonSum
from staffel.core.engine.settling import window_name
from staffel.core.engine.statements import statement_table
from staffel.core.engine.uncounted import SOURCES, Fate, Uncounted, days_name
from staffel.core.findings import Text

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """All partners of one incentive. partners: those who are paid something."""

    incentive: str
    title: Text
    partners: int
    difference: Decimal
    carried_in: Decimal
    paid: Decimal
    carried_out: Decimal


def sums_of(done: Closing) -> tuple[Sum, ...]:
    """By incentive, in the programme's order."""
    rows = statement_table(done.results).to_pylist()
    found = []
    for incentive in done.results.programme.incentives:
        mine = [row for row in rows if row["incentive"] == incentive.name]
        if mine:
            names = ("difference", "carried_in", "paid", "carried_out")
            sums = {name: sum((row[name] for row in mine), ZERO) for name in names}
            paid = sum(1 for row in mine if row["paid"])
            found.append(Sum(incentive=incentive.name, title=incentive.title, partners=paid, **sums))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSum:
    """Lines of the base of one incentive with one fate. reason: empty where they count.

    number: tells parts of a base apart. sum: money of the programme, else pieces or a count.
    """

    incentive: str
    title: Text
    number: int
    source: str
    reason: str
    rows: int
    sum: Decimal
    is_money: bool


def line_sums_of(done: Closing) -> tuple[LineSum, ...]:
    """By incentive, in the programme's order: its lines that count, then the others by reason."""
    groups: dict[tuple[str, int, str], list[ReasonSum]] = {}
    for one in done.reasons:
        groups.setdefault((one.incentive, one.number, one.reason), []).append(one)
    return tuple(
        _line_sum(incentive.title, groups[key])
        for incentive in done.results.programme.incentives
        for key in sorted(groups)
        if key[0] == incentive.name
    )


def _line_sum(title: Text, sums: Sequence[ReasonSum]) -> LineSum:
    """Of several windows with one fate. A line that was taken back has two rows in the ledger, and is one."""
    first = sums[0]
    rows = sum(one.rows for one in sums)
    return LineSum(
        incentive=first.incentive,
        title=title,
        number=first.number,
        source=first.source,
        reason=first.reason,
        rows=(rows + 1) // 2 if first.reason == "withdrawn" else rows,
        sum=sum((one.sum for one in sums), ZERO),
        is_money=first.is_money,
    )


def close_page(
    done: Closing, sums: Sequence[Sum], lines: Sequence[LineSum], voice: Voice
) -> Iterator[RenderableType]:
    """The window, its sums, its state."""
    programme = done.results.programme
    name = window_name(programme, done.window)
    closed = Text(en="closed", de="abgeschlossen")
    trial = Text(en="trial, nothing written", de="Probe, nichts geschrieben")
    note = voice.say(trial if done.commit_no is None else closed)
    yield heading(f"{voice.say(programme.title)} {name}", f"{voice.span(done.window)}, {note}")
    yield closing_table(sums, programme.currency, voice)
    if lines:
        yield gap()
        yield lines_table(lines, programme.currency, voice)
    yield gap()
    yield from _uncounted(done, voice)
    yield gap()
    yield facts(_facts(done, voice))


def closing_table(sums: Sequence[Sum], currency: str, voice: Voice) -> RenderableType:
    """By incentive."""
    headings = [
        Heading(text=voice.say(Text(en="incentive", de="Bonus"))),
        Heading(text=voice.say(Text(en="partners paid", de="bezahlte Partner")), right=True),
        Heading(text=voice.say(Text(en="earned", de="verdient")), right=True),
        Heading(text=voice.say(Text(en="carried in", de="Übertrag")), right=True),
        Heading(text=voice.say(Text(en="paid", de="bezahlt")), right=True),
        Heading(text=voice.say(Text(en="carried on", de="vorgetragen")), right=True),
    ]
    names = ("difference", "carried_in", "paid", "carried_out")
    rows = [
        [
            voice.say(one.title),
            voice.number(one.partners),
            *(voice.money(getattr(one, name), currency) for name in names),
        ]
        for one in sums
    ]
    whole = [sum((getattr(one, name) for one in sums), ZERO) for name in names]
    all_ = voice.say(Text(en="all", de="alle"))
    total = [all_, "", *(voice.money(each, currency) for each in whole)]
    return table(headings, rows, total=total, ascii_only=not voice.unicode)


def lines_table(lines: Sequence[LineSum], currency: str, voice: Voice) -> RenderableType:
    """What became of the lines of each base."""
    headings = [
        Heading(text=voice.say(Text(en="incentive", de="Bonus"))),
        Heading(text=voice.say(Text(en="what became of them", de="was daraus wurde"))),
        Heading(text=voice.say(Text(en="lines", de="Zeilen")), right=True),
        Heading(text=voice.say(Text(en="sum", de="Summe")), right=True),
    ]
    counts = Text(en="counted", de="gezählt")
    rows = [
        [
            voice.say(one.title),
            voice.say(reason_text(one.reason) if one.reason else counts),
            voice.number(one.rows),
            voice.money(one.sum, currency) if one.is_money else voice.number(one.sum),
        ]
        for one in lines
    ]
    return table(headings, rows, ascii_only=not voice.unicode)


_FATES: dict[Fate, Text] = {
    "waiting": Text(en="wait for their partner or product", de="warten auf Partner oder Produkt"),
    "refused": Text(en="were refused", de="wurden abgelehnt"),
    "missing": Text(en="report missing", de="Meldung fehlt"),
    "in_part": Text(en="reported in part", de="nur zum Teil gemeldet"),
    "unknown": Text(
        en="nothing reported; owed or not is unknown", de="nichts gemeldet; ob fällig, unbekannt"
    ),
}


def _uncounted(done: Closing, voice: Voice) -> Iterator[RenderableType]:
    """What has not come in, a row each distributor, fate, source and month."""
    if not done.uncounted:
        all_in = Text(
            en="Nothing is left out: no line waits, no row was refused, every report owed is there.",
            de="Nichts fehlt: Keine Zeile wartet, keine wurde abgelehnt, jede fällige Meldung ist da.",
        )
        yield sentence(voice.say(all_in))
        return
    yield heading(voice.say(Text(en="Not in it", de="Nicht darin")))
    headings = [
        Heading(text=voice.say(Text(en="distributor", de="Distributor"))),
        Heading(text=voice.say(Text(en="report", de="Meldung"))),
        Heading(text=voice.say(Text(en="month", de="Monat"))),
        Heading(text=voice.say(Text(en="what became of them", de="was daraus wurde"))),
        Heading(text=voice.say(Text(en="lines", de="Zeilen")), right=True),
        Heading(text=voice.say(Text(en="sum", de="Summe")), right=True),
    ]
    rows = [_uncounted_row(one, voice) for one in done.uncounted]
    yield table(headings, rows, ascii_only=not voice.unicode)


def _uncounted_row(one: Uncounted, voice: Voice) -> list[str]:
    sums = [voice.money(net, code) if code else voice.amount(net) for code, net in one.net.items()]
    if one.unread:
        count = voice.number(one.unread)
        sums.append(voice.say(Text(en=f"{count} unreadable", de=f"{count} unlesbar")))
    return [
        one.distributor_id,
        voice.say(SOURCES[one.source]),
        days_name(one.days),
        voice.say(_FATES[one.fate]),
        voice.number(one.lines) if one.lines else "",
        "\n".join(sums),
    ]


def _facts(done: Closing, voice: Voice) -> Iterator[tuple[str, str]]:
    results = done.results
    yield voice.say(Text(en="read state", de="gelesener Datenstand")), results.state_id
    if done.commit_no is not None:
        yield voice.say(Text(en="written as", de="geschrieben als")), f"s-{done.commit_no:06d}"
    levels = len(done.rows.get("decisions", []))
    if levels:
        yield voice.say(Text(en="levels recorded", de="Partnerstufen erfasst")), voice.number(levels)
    semantics = f"{results.programme.version}, {results.semantics}"
    yield voice.say(Text(en="version, semantics", de="Version, Semantik")), semantics
