"""The command and its parts: every command registers itself here."""

from typing import Annotated

import typer

from staffel import __version__
from staffel.cli.commands import (
    check,
    close,
    demo,
    diff,
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
from staffel.cli.spoken import SpokenGroup

app = typer.Typer(
    name="staffel",
    cls=SpokenGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"staffel {__version__}")
        raise typer.Exit


@app.callback()
def _staffel(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Runs before every command."""


for _module in (
    init,
    check,
    words,
    diff,
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
for _group in app.registered_groups:
    _group.cls = SpokenGroup
