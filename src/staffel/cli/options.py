"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

ProgrammeArgument = Annotated[Path, typer.Argument(metavar="PROGRAMME")]
PartnerOption = Annotated[str | None, typer.Option("--partner", metavar="ID")]
StateOption = Annotated[str | None, typer.Option("--state", metavar="STATE")]
WindowOption = Annotated[
    str,
    typer.Option("--window", metavar="WINDOW"),
]
