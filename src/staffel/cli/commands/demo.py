"""`staffel demo`: a made-up market, two years of reports, a closed quarter, and what came of it."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import Call
from staffel.cli.command import command
from staffel.cli.demo.run import SMALL, WHOLE, play
from staffel.cli.demo.shown import shown
from staffel.cli.output import Answer
from staffel.cli.pages.demo import demo_page
from staffel.core.findings import Text


def register(app: typer.Typer) -> None:
    """Put `demo` into the command."""
    command(app, "demo")(demo)


def demo(
    call: Call,
    folder: Annotated[Path, typer.Option("--folder", metavar="FOLDER")] = Path("demo"),
    small: Annotated[bool, typer.Option("--small")] = False,
) -> Answer:
    """Make a market of four vendors, four distributors and 400 partners, import its reports, close a quarter.

    Then show a partner's standing, a bonus down to its lines, a line that did not count, and what waits.
    """
    call.output.tell(
        Text(
            en="Making a market, taking in two years of its reports: a minute at most.",
            de="Ein Markt entsteht, zwei Jahre seiner Meldungen werden eingelesen: höchstens eine Minute.",
        )
    )
    played = play(folder, SMALL if small else WHOLE, call.output)
    call.output.tell(Text(en="Computing what it comes to …", de="Es wird gerechnet, was dabei herauskommt …"))
    found = shown(played)
    return Answer(data=found.data(), page=lambda voice: demo_page(played, found, voice))
