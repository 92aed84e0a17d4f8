"""`staffel diff`: what changed between two versions of a programme, and what it would have paid."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.diff import diff_page
from staffel.cli.partners import partners_on
from staffel.core.findings import Text
from staffel.core.outlook.backtest import Backtest, BacktestRefused, backtest
from staffel.core.programme.diff import diff as changes_of
from staffel.core.programme.model import Programme


def register(app: typer.Typer) -> None:
    """Put `diff` into the command."""
    command(app, "diff")(diff)


def diff(
    call: DayCall,
    old: Annotated[Path, typer.Argument(metavar="OLD")],
    new: Annotated[Path, typer.Argument(metavar="NEW")],
    limit: Annotated[int, typer.Option("--limit", min=0)] = 25,
) -> Answer:
    """Name what changed from OLD to NEW, in words; with --store also what NEW would have paid last year."""
    before, after = call.read(old), call.read(new)
    changes = changes_of(before, after, call.language)
    tested = _tested(call, before, after) if call.named else None
    names = {}
    if tested is not None:
        names = {id_: one.name for id_, one in partners_on(call.state(), tested.year.last_day).items()}
    return Answer(
        data={"changes": changes, "backtest": tested},
        page=lambda voice: diff_page(changes, tested, names, after, limit, voice),
    )


def _tested(call: DayCall, old: Programme, new: Programme) -> Backtest:
    day = call.day(new)
    call.output.tell(Text(en="Both versions are computed …", de="Beide Fassungen werden gerechnet …"))
    try:
        return backtest(old, new, call.state(), day=day)
    except BacktestRefused as refusal:
        raise Refused(refusal.findings) from refusal
