"""`staffel close`: settle a window."""

from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused
from staffel.cli.command import command
from staffel.cli.options import ProgrammeArgument, WindowOption
from staffel.cli.output import Answer
from staffel.cli.pages.closing import LineSum, Sum, close_page, line_sums_of, sums_of
from staffel.cli.settlements import window_named
from staffel.core.engine.closing import CloseRefused, Closing, trial_close, write_close
from staffel.core.engine.settling import window_name
from staffel.core.findings import Text


def register(app: typer.Typer) -> None:
    """Put `close` into the command."""
    command(app, "close")(close)


def close(
    call: DayCall,
    programme: ProgrammeArgument,
    window: WindowOption,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    trial: Annotated[bool, typer.Option("--trial")] = False,
    early: Annotated[bool, typer.Option("--early")] = False,
) -> Answer:
    """Close a window: what every partner is paid, what is carried on, which level holds. In one commit, once.

    What has not come in (waiting lines, refused rows, missing reports) is told first. The statements name the
    state that they were made of; what comes later goes into a later window.
    """
    said = call.read(programme)
    span = window_named(said, window)
    day = call.day(said)
    call.output.tell(Text(en="Computing the window …", de="Der Zeitraum wird gerechnet …"))
    try:
        done = trial_close(call.store, said, span, on=day, strict=strict, early=early or trial)
        call.output.warn(done.findings)
        if not trial:
            done = write_close(call.store, done, at=call.now())
    except CloseRefused as refusal:
        raise Refused(refusal.findings) from refusal
    sums, lines = sums_of(done), line_sums_of(done)
    return Answer(data=_data(done, sums, lines), page=lambda voice: close_page(done, sums, lines, voice))


def _data(done: Closing, sums: tuple[Sum, ...], lines: tuple[LineSum, ...]) -> dict[str, object]:
    results = done.results
    return {
        "programme": results.programme.name,
        "version": results.programme.version,
        "semantics": results.semantics,
        "window": window_name(results.programme, done.window),
        "days": done.window,
        "read_state": results.state_id,
        "state": None if done.commit_no is None else f"s-{done.commit_no:06d}",
        "incentives": sums,
        "lines": lines,
        "uncounted": done.uncounted,
        "decisions": len(done.rows.get("decisions", [])),
        "findings": done.findings,
    }
