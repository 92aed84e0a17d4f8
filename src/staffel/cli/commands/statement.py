"""`staffel statement`: what a partner gets for a settled window."""

from typing import Annotated

import typer

from staffel.cli.call import DayCall
from staffel.cli.command import command
from staffel.cli.options import ProgrammeArgument, WindowOption
from staffel.cli.output import Answer
from staffel.cli.pages.statement import statement_page
from staffel.cli.partners import partner_named
from staffel.cli.settlements import settled, statement_of, window_named
from staffel.core.engine.settling import window_name


def register(app: typer.Typer) -> None:
    """Put `statement` into the command."""
    command(app, "statement")(statement)


def statement(
    call: DayCall,
    programme: ProgrammeArgument,
    partner: Annotated[str, typer.Option("--partner", help="A partner, by our id.", metavar="ID")],
    window: WindowOption,
) -> Answer:
    """Show what a partner gets for a window, from the state that its close read; if open, as of now."""
    said = call.read(programme)
    span = window_named(said, window)
    of = settled(call.store, said, span)
    named = partner_named(call.state(), partner, call.day(said))
    found = statement_of(said, of, partner)
    return Answer(
        data={
            "window": window_name(said, span),
            "closed_on": of.closed_on,
            "state": of.state.state_id,
            "name": named.name,
            "statement": found,
        },
        page=lambda voice: statement_page(said, of, found, named, voice),
    )
