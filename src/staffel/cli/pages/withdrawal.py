"""A report that was taken back: its lines and sums, the closed windows that they lay in, what it moves."""

from collections.abc import Iterator

from rich.console import RenderableType

from staffel.cli.pages.pieces import facts, gap, heading, remark, sentence
from staffel.cli.voice import Voice
from staffel.core.calendar import ONE_DAY, Span
from staffel.core.findings import Text
from staffel.core.ledger import Withdrawal


def withdrawal_page(done: Withdrawal, voice: Voice) -> Iterator[RenderableType]:
    """What is gone, and what that moves."""
    yield heading(voice.say(Text(en="Withdrawn", de="Zurückgenommen")), done.report_id)
    yield facts(_facts(done, voice))
    if done.closed:
        yield gap()
        yield from _closed(done, voice)
    yield gap()
    yield remark(
        voice.say(
            Text(
                en=f"What it moves: staffel ledger change PROGRAMME --since {done.before}",
                de=f"Was es bewegt: staffel ledger change PROGRAMM --since {done.before}",
            )
        )
    )


def _facts(done: Withdrawal, voice: Voice) -> Iterator[tuple[str, str]]:
    yield voice.say(Text(en="written as", de="geschrieben als")), done.state_id
    net = voice.listed([voice.money(money, currency) for currency, money in done.net.items()])
    lines = voice.number(done.lines)
    yield voice.say(Text(en="lines reversed", de="Zeilen storniert")), f"{lines}, {net}" if net else lines
    if done.first_day is not None and done.last_day is not None:
        days = Span(done.first_day, done.last_day + ONE_DAY)
        yield voice.say(Text(en="of the days", de="von den Tagen")), voice.span(days)
    yield voice.say(Text(en="no longer wait", de="warten nicht mehr")), voice.number(done.waiting)
    if done.handed_on:
        kept = Text(en="stay, by another report", de="bleiben, durch eine andere Meldung")
        yield voice.say(kept), voice.number(done.handed_on)


def _closed(done: Withdrawal, voice: Voice) -> Iterator[RenderableType]:
    for each in done.closed:
        span = voice.span(Span(each.start, each.until))
        told = Text(
            en=f"{each.programme}, {span}, is closed and holds some of these days.",
            de=f"{each.programme}, {span}, ist abgeschlossen und enthält einige dieser Tage.",
        )
        yield sentence(voice.say(told))
    yield remark(
        voice.say(
            Text(
                en="An incentive that reopens its windows (late: reopen) takes the difference back with the "
                "next statement; one that does not (late: next) counts it in the first window that is open. "
                "staffel standing shows it.",
                de="Ein Bonus, der seine Zeiträume wieder öffnet (late: reopen), nimmt den Unterschied mit "
                "der nächsten Abrechnung zurück; einer, der das nicht tut (late: next), zählt ihn im ersten "
                "offenen Zeitraum. staffel standing zeigt es.",
            )
        )
    )
