"""`staffel close`: settle a window."""

from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused
from staffel.cli.command import command
from staffel.cli.options import ProgrammeArgument, WindowOption
from staffel.cli.output import Answer
from staffel.cli.pages.closing import LineSum, Sum, close_page, line_sums_of, sums_of
from staffel.cli.settlements import window_named
from staffel.core.engine.closing import CloseRefused, Closing, close_window, prepare_close
from staffel.core.engine.settling import window_name
from staffel.core.findings import Text
from staffel.core.ledger import coverage, current_state


def register(app: typer.Typer) -> None:
    """Put `close` into the command."""
    command(app, "close")(close)


def close(
    call: DayCall,
    programme: ProgrammeArgument,
    window: WindowOption,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse if a report is missing.")] = False,
    trial: Annotated[bool, typer.Option("--trial", help="Show what it would write, write nothing.")] = False,
) -> Answer:
    """Close a window: what every partner is paid, what is carried on, which level holds. In one commit, once.

    The statements name the state that they were made of; what comes later goes into a later window.
    """
    said = call.read(programme)
    span = window_named(said, window)
    day = call.day(said)
    call.output.tell(Text(en="Computing the window …", de="Der Zeitraum wird gerechnet …"))
    try:
        if trial:
            state = current_state(call.store)
            covered = coverage(state, until=span.until, vendor_id=said.vendor)
            done = prepare_close(said, state, span, on=day, covered=covered, strict=strict)
        else:
            done = close_window(call.store, said, span, on=day, at=call.now(), strict=strict)
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
        "decisions": len(done.rows.get("decisions", [])),
        "findings": done.findings,
    }
