"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

ProgrammeArgument = Annotated[Path, typer.Argument(help="The programme's file.", metavar="PROGRAMME")]
PartnerOption = Annotated[str | None, typer.Option("--partner", help="A partner, by our id.", metavar="ID")]
StateOption = Annotated[
    str | None, typer.Option("--state", help="Ask an earlier state, such as s-000042.", metavar="STATE")
]
WindowOption = Annotated[
    str,
    typer.Option("--window", help="The window that is settled: 2026-Q1, 2026-03, 2026.", metavar="WINDOW"),
]
