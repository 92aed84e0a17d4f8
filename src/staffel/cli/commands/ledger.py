"""`staffel ledger log|verify|coverage`: what was recorded, whether it is whole, which reports are missing."""

from datetime import date
from typing import Annotated

import typer

from staffel.cli.call import DayCall, StoreCall
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.coverage import coverage_page
from staffel.cli.pages.findings import findings_page
from staffel.cli.pages.log import log_page
from staffel.cli.pages.pieces import sentence
from staffel.core.findings import Text
from staffel.core.ledger import coverage as coverage_of
from staffel.core.ledger import log as log_of
from staffel.core.ledger import verify as verify_store


def register(app: typer.Typer) -> None:
    """Put `ledger` into the command."""
    group = typer.Typer(help="What was recorded, and what moved.", no_args_is_help=True)
    command(group, "log")(log)
    command(group, "verify")(verify)
    command(group, "coverage")(coverage)
    app.add_typer(group, name="ledger")


def log(
    call: StoreCall,
    last: Annotated[int, typer.Option("--last", min=0, help="Only the last commits; 0: all.")] = 20,
) -> Answer:
    """Show the commits: what each brought, and the state after it."""
    entries = log_of(call.store)
    shown = entries[-last:] if last else entries
    return Answer(
        data={"commits": [_entry(entry) for entry in shown]},
        page=lambda voice: log_page(shown, len(entries), voice),
    )


def verify(call: StoreCall) -> Answer:
    """Look whether the store holds what it says: every commit's rows, each claim, each file."""
    commits = call.store.last_commit_no
    findings = verify_store(call.store)
    whole = Text(
        en=f"The store is whole: {commits} commits, every row, claim and file as written.",
        de=f"Der Datenbestand ist heil: {commits} Eintragungen, jede Zeile und Datei wie geschrieben.",
    )
    return Answer(
        data={"whole": not findings, "commits": commits, "findings": findings},
        page=lambda voice: findings_page(findings, voice) if findings else (sentence(voice.say(whole)),),
        found=bool(findings),
    )


def coverage(
    call: DayCall,
    vendor: Annotated[str | None, typer.Option(help="Look at this vendor only.", metavar="ID")] = None,
) -> Answer:
    """Show which reports were expected and which came, per distributor and month."""
    day: date = call.day()
    rows = coverage_of(call.state(), until=day, vendor_id=vendor)
    missing = any(row.expected and row.received != "whole" for row in rows)
    return Answer(
        data={"until": day, "coverage": rows},
        page=lambda voice: coverage_page(rows, voice),
        found=missing,
    )


def _entry(entry: object) -> dict[str, object]:
    return {"state": getattr(entry, "state_id"), "entry": entry}  # noqa: B009
