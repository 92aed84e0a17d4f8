"""What came of a kit: the statement again, or the figures that differ."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text as Styled

from staffel.cli.pages.figure_names import figure_name, figure_value
from staffel.cli.pages.pieces import facts, gap, heading, mark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.engine.kit import Recomputed
from staffel.core.findings import Text

_MOST_SHOWN = 20


def recomputed_page(found: Recomputed, voice: Voice) -> Iterator[RenderableType]:
    """Whether it agrees, first."""
    statement = found.statement
    title = voice.say(Text(en="Recomputed", de="Nachgerechnet"))
    yield heading(title, f"{voice.say(statement.title)}, {voice.span(statement.window)}")
    yield sentence(mark(found.agrees, voice).append(f" {_verdict(found, voice)}", style="default"))
    yield gap()
    yield facts(
        (
            (voice.say(Text(en="partner", de="Partner")), statement.partner_id),
            (voice.say(Text(en="paid", de="bezahlt")), voice.money(statement.paid, statement.currency)),
            (
                voice.say(Text(en="carried on", de="vorgetragen")),
                voice.money(statement.carried_out, statement.currency),
            ),
            (voice.say(Text(en="given figures", de="gegebene Werte")), voice.number(found.given)),
        )
    )
    if found.altered:
        yield gap()
        files = voice.listed(found.altered)
        told = Text(en=f"Altered since it was written: {files}.", de=f"Seither verändert: {files}.")
        yield sentence(Styled(voice.say(told), style="yellow"))
    if found.differences:
        yield gap()
        yield _differences(found, voice)


def _verdict(found: Recomputed, voice: Voice) -> str:
    if found.agrees:
        return voice.say(
            Text(en="The same cents, from this file alone.", de="Dieselben Cent, aus dieser Datei allein.")
        )
    if not found.differences:
        return voice.say(Text(en="The file was altered.", de="Die Datei wurde verändert."))
    count = voice.number(len(found.differences))
    one = Text(en="One figure differs.", de="Ein Wert weicht ab.")
    many = Text(en=f"{count} figures differ.", de=f"{count} Werte weichen ab.")
    return voice.say(one if len(found.differences) == 1 else many)


def _differences(found: Recomputed, voice: Voice) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="figure", de="Wert"))),
        Heading(text=voice.say(Text(en="the kit says", de="das Paket sagt")), right=True),
        Heading(text=voice.say(Text(en="computed", de="gerechnet")), right=True),
    ]
    rows = [
        [
            figure_name(each.figure, found.programme, voice),
            figure_value(each.figure, each.said, voice),
            figure_value(each.figure, each.computed, voice),
        ]
        for each in found.differences[:_MOST_SHOWN]
    ]
    if len(found.differences) > _MOST_SHOWN:
        more = len(found.differences) - _MOST_SHOWN
        rows.append([voice.say(Text(en=f"… {more} more", de=f"… {more} weitere")), "", ""])
    return table(headings, rows, ascii_only=not voice.unicode)
