"""The command and its parts: every command registers itself here."""

from typing import Annotated

import typer

from staffel import __version__
from staffel.cli.commands import (
    check,
    close,
    demo,
    explain,
    imports,
    init,
    ledger,
    load,
    mapping,
    receipt,
    recompute,
    review,
    standing,
    statement,
    waiting,
    words,
)

ABOUT = "Partner programmes: declared in one file, computed from reports, retraced to the line."

app = typer.Typer(
    name="staffel",
    help=ABOUT,
    epilog="Exit codes: 0 done, 1 refused or something found, 2 wrong call. Start with: staffel demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"staffel {__version__}")
        raise typer.Exit


@app.callback(help=ABOUT)
def _staffel(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Runs before every command."""


for _module in (
    init,
    check,
    words,
    mapping,
    imports,
    waiting,
    load,
    ledger,
    review,
    standing,
    close,
    statement,
    explain,
    receipt,
    recompute,
    demo,
):
    _module.register(app)
