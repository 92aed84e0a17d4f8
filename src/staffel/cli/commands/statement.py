"""`staffel statement`: what a partner gets for a settled window."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import DayCall
from staffel.cli.command import command
from staffel.cli.options import ProgrammeArgument, WindowOption
from staffel.cli.output import Answer
from staffel.cli.pages.statement import kit_part, statement_page
from staffel.cli.partners import partner_named
from staffel.cli.settlements import Settled, settled, statement_of, window_named
from staffel.core.engine.kit import Kit, write_kit
from staffel.core.engine.settling import window_name
from staffel.core.programme.model import Programme


def register(app: typer.Typer) -> None:
    """Put `statement` into the command."""
    command(app, "statement")(statement)


def statement(
    call: DayCall,
    programme: ProgrammeArgument,
    partner: Annotated[str, typer.Option("--partner", metavar="ID")],
    window: WindowOption,
    kit: Annotated[Path | None, typer.Option("--kit", metavar="FILE")] = None,
) -> Answer:
    """Show what a partner gets for a window, from the state that its close read; if open, as of now."""
    said = call.read(programme)
    span = window_named(said, window)
    of = settled(call.store, said, span)
    named = partner_named(call.state(), partner, call.day(said))
    found = statement_of(said, of, partner)
    written = None if kit is None else _kit(programme, said, of, partner, kit)
    return Answer(
        data={
            "window": window_name(said, span),
            "closed_on": of.closed_on,
            "state": of.state.state_id,
            "name": named.name,
            "statement": found,
            "kit": written,
        },
        page=lambda voice: (*statement_page(said, of, found, named, voice), *kit_part(written, voice)),
    )


def _kit(file: Path, programme: Programme, of: Settled, partner: str, path: Path) -> Kit:
    """The kit of the same statement, with the rules as the file has them."""
    return write_kit(
        file.read_text(encoding="utf-8-sig"),
        programme,
        of.state,
        day=of.window.last_day,
        closing=of.window,
        partner=partner,
        path=path,
    )
