"""What became of reports: taken, waiting, refused, each with its sums and reasons."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text as Styled

from staffel.cli.imports import Imported
from staffel.cli.pages.findings import findings_page
from staffel.cli.pages.pieces import facts, gap, heading, remark
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Text
from staffel.core.ledger import WaitingSum

_MOST_REFUSED = 10
_SAID_ABOVE = {"columns-dropped"}


def imports_page(
    done: Sequence[Imported], waiting: Sequence[WaitingSum], voice: Voice
) -> Iterator[RenderableType]:
    """One report in full, several as a table."""
    if len(done) == 1:
        yield from _one(done[0], voice)
    elif done:
        yield from _several(done, voice)
    lines = sum(each.lines for each in waiting)
    if lines:
        one = Text(
            en="1 line waits in the store: staffel waiting list",
            de="1 Zeile wartet im Datenbestand: staffel waiting list",
        )
        many = Text(
            en=f"{voice.number(lines)} lines wait in the store: staffel waiting list",
            de=f"{voice.number(lines)} Zeilen warten im Datenbestand: staffel waiting list",
        )
        yield gap()
        yield remark(voice.say(one if lines == 1 else many))


def _one(imported: Imported, voice: Voice) -> Iterator[RenderableType]:
    outcome = imported.outcome
    yield heading(outcome.report_id, voice.span(imported.period))
    yield facts(_facts(imported, voice))
    findings = [finding for finding in imported.findings if finding.code not in _SAID_ABOVE]
    if findings:
        yield gap()
        yield from findings_page(findings, voice)
    if outcome.refused_rows:
        yield gap()
        kept = Text(
            en="Rows refused; they are kept and shown.", de="Abgelehnte Zeilen; sie bleiben aufgehoben."
        )
        whole = Text(en="Why its rows cannot be taken:", de="Warum sich ihre Zeilen nicht übernehmen lassen:")
        yield Styled(voice.say(whole if outcome.commit_no is None else kept), style="bold")
        yield from _refused([row.finding for row in outcome.refused_rows], voice)


def _facts(imported: Imported, voice: Voice) -> Iterator[tuple[str, str | Styled]]:
    outcome = imported.outcome
    yield voice.say(Text(en="file", de="Datei")), imported.file
    yield voice.say(Text(en="result", de="Ergebnis")), _result(imported, voice)
    if outcome.commit_no is None:
        return
    if outcome.already_known:
        if outcome.refused:
            yield voice.say(Text(en="refused", de="abgelehnt")), voice.number(outcome.refused)
        return
    sums = [voice.money(net, code) for code, net in imported.sums.items() if code]
    read = f"{voice.number(imported.lines)} {_lines(imported.lines, voice)}"
    net = voice.say(Text(en="net", de="netto"))
    yield voice.say(Text(en="read", de="gelesen")), f"{read}, {net} {voice.listed(sums)}" if sums else read
    counts = (
        (Text(en="taken", de="übernommen"), outcome.taken),
        (Text(en="waiting", de="wartend"), outcome.waiting),
        (Text(en="refused", de="abgelehnt"), outcome.refused),
        (Text(en="known before", de="schon bekannt"), outcome.repeated),
        (Text(en="taken back", de="zurückgenommen"), outcome.withdrawn),
    )
    for name, count in counts:
        if count:
            yield voice.say(name), voice.number(count)
    if imported.dropped_columns:
        told = Text(en="columns dropped", de="Spalten verworfen")
        yield voice.say(told), f"{len(imported.dropped_columns)}: {', '.join(imported.dropped_columns)}"


def _result(imported: Imported, voice: Voice) -> Styled:
    outcome = imported.outcome
    if outcome.already_known:
        known = Text(en="known already; nothing new", de="schon bekannt; nichts Neues")
        return Styled(voice.say(known), style="dim")
    if outcome.commit_no is None:
        return Styled(voice.say(Text(en="refused", de="abgelehnt")), style="red")
    state = f"s-{outcome.commit_no:06d}"
    return Styled(
        voice.say(Text(en=f"taken in, state {state}", de=f"übernommen, Datenstand {state}")), style="green"
    )


def _several(done: Sequence[Imported], voice: Voice) -> Iterator[RenderableType]:
    headings = [
        Heading(text=voice.say(Text(en="report", de="Meldung"))),
        Heading(text=voice.say(Text(en="taken", de="übernommen")), right=True),
        Heading(text=voice.say(Text(en="waiting", de="wartend")), right=True),
        Heading(text=voice.say(Text(en="refused", de="abgelehnt")), right=True),
        Heading(text=voice.say(Text(en="net", de="netto")), right=True),
    ]
    rows = [_row(one, voice) for one in done]
    total = [
        voice.say(Text(en=f"{len(done)} reports", de=f"{len(done)} Meldungen")),
        voice.number(sum(one.outcome.taken for one in done)),
        voice.number(sum(one.outcome.waiting for one in done)),
        voice.number(sum(one.outcome.refused for one in done)),
        _total(done, voice),
    ]
    yield table(headings, rows, total=total, ascii_only=not voice.unicode)
    findings = [each for one in done for each in one.findings if each.code not in _SAID_ABOVE]
    if findings:
        yield gap()
        yield from findings_page(findings, voice)


def _row(one: Imported, voice: Voice) -> list[str]:
    sums = [voice.money(net, code) for code, net in one.sums.items() if code]
    known = f"  ({voice.say(Text(en='known already', de='schon bekannt'))})"
    return [
        one.outcome.report_id + (known if one.outcome.already_known else ""),
        voice.number(one.outcome.taken),
        voice.number(one.outcome.waiting),
        voice.number(one.outcome.refused),
        "\n".join(sums),
    ]


def _total(done: Sequence[Imported], voice: Voice) -> str:
    totals: dict[str, Decimal] = {}
    for one in done:
        for code, net in one.sums.items():
            totals[code] = totals.get(code, Decimal(0)) + net
    return "\n".join(voice.money(totals[code], code) for code in sorted(totals) if code)


def _refused(findings: Sequence[Finding], voice: Voice) -> Iterator[RenderableType]:
    yield from findings_page(findings[:_MOST_REFUSED], voice)
    if len(findings) > _MOST_REFUSED:
        more = voice.number(len(findings) - _MOST_REFUSED)
        yield voice.say(Text(en=f"… and {more} more.", de=f"… und {more} weitere."))


def _lines(count: int, voice: Voice) -> str:
    return voice.say(Text(en="line", de="Zeile") if count == 1 else Text(en="lines", de="Zeilen"))
