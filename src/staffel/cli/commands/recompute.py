"""`staffel recompute`: a kit computed anew, without store and network."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import Call, existing
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.recomputed import recomputed_page
from staffel.core.engine.kit import recompute as recompute_kit


def register(app: typer.Typer) -> None:
    """Put `recompute` into the command."""
    command(app, "recompute")(recompute)


def recompute(call: Call, kit: Annotated[Path, typer.Argument(metavar="FILE")]) -> Answer:
    """Compute a statement anew from its kit: the same cents, or the figures that differ."""
    found = recompute_kit(existing(kit))
    return Answer(
        data={
            "agrees": found.agrees,
            "altered": found.altered,
            "given": found.given,
            "differences": [
                {"figure": str(each.figure), "said": each.said, "computed": each.computed}
                for each in found.differences
            ],
            "statement": found.statement,
        },
        page=lambda voice: recomputed_page(found, voice),
        found=not found.agrees,
    )
