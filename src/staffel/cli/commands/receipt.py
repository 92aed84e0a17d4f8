"""`staffel receipt`: what became of one reported line."""

from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused
from staffel.cli.command import command
from staffel.cli.explanations import receipts_of
from staffel.cli.lines import SoldLine, line_named, names_of_line
from staffel.cli.options import ProgrammeArgument, StateOption
from staffel.cli.output import Answer
from staffel.cli.pages.receipt import receipt_page
from staffel.cli.settlements import window_named
from staffel.core.findings import Finding, Text


def register(app: typer.Typer) -> None:
    """Put `receipt` into the command."""
    command(app, "receipt")(receipt)


def receipt(
    call: DayCall,
    programme: ProgrammeArgument,
    line: Annotated[str, typer.Argument(metavar="LINE")],
    window: Annotated[str | None, typer.Option("--window", metavar="WINDOW")] = None,
    state: StateOption = None,
) -> Answer:
    """Show what became of a line, per incentive and role: counted, on which step, or not, and why."""
    said = call.read(programme)
    facts, day = call.state(state), call.day(said)
    span = window_named(said, window) if window is not None else None
    if span is not None:
        day = min(day, span.last_day)
    sold = line_named(facts, line, said.vendor)
    if sold is None or sold.partner_id is None:
        raise Refused((_unknown(line, sold),))
    found = receipts_of(said, facts, day=day, partner=sold.partner_id, line_id=line, window=span)
    named = names_of_line(facts, sold, call.day(said))
    return Answer(
        data={"line": sold, "names": named, "state": facts.state_id, "day": day, "receipts": found},
        page=lambda voice: receipt_page(sold, named, found, said, day, voice),
    )


def _unknown(line: str, sold: SoldLine | None) -> Finding:
    shown = line[:80]
    if sold is None:
        reason = Text(en=f"No line {shown!r} was taken in.", de=f"Keine Zeile {shown!r} wurde übernommen.")
    else:
        reason = Text(en=f"The line {shown!r} has no partner.", de=f"Die Zeile {shown!r} hat keinen Partner.")
    way_out = Text(
        en="It may wait or be refused: staffel waiting list. A line is named distributor/document/row.",
        de="Sie wartet vielleicht: staffel waiting list. Eine Zeile heißt Distributor/Beleg/Zeile.",
    )
    return Finding(code="line-unknown", reason=reason, way_out=way_out)
