"""`staffel ledger …`: what was recorded, is it whole, what is missing or moved; and a report taken back."""

from datetime import date, datetime
from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused, StoreCall
from staffel.cli.command import command
from staffel.cli.options import PartnerOption, ProgrammeArgument
from staffel.cli.output import Answer
from staffel.cli.pages.change import change_page
from staffel.cli.pages.coverage import coverage_page
from staffel.cli.pages.findings import findings_page
from staffel.cli.pages.log import log_page
from staffel.cli.pages.pieces import sentence
from staffel.cli.pages.withdrawal import withdrawal_page
from staffel.cli.partners import partners_on
from staffel.core.engine.changes import Side, changes
from staffel.core.findings import Text
from staffel.core.ledger import Entry, WithdrawalRefused, withdraw_report
from staffel.core.ledger import coverage as coverage_of
from staffel.core.ledger import log as log_of
from staffel.core.ledger import verify as verify_store


def register(app: typer.Typer) -> None:
    """Put `ledger` into the command."""
    group = typer.Typer(no_args_is_help=True)
    command(group, "log")(log)
    command(group, "verify")(verify)
    command(group, "coverage")(coverage)
    command(group, "change")(change)
    command(group, "withdraw")(withdraw)
    app.add_typer(group, name="ledger")


def log(
    call: StoreCall,
    last: Annotated[int, typer.Option("--last", min=0)] = 20,
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
        en=f"The store is whole: every row, claim and file as written; commits: {commits}.",
        de=f"Der Datenbestand ist heil: jede Zeile und Datei wie geschrieben; Eintragungen: {commits}.",
    )
    return Answer(
        data={"whole": not findings, "commits": commits, "findings": findings},
        page=lambda voice: findings_page(findings, voice) if findings else (sentence(voice.say(whole)),),
        found=bool(findings),
    )


def coverage(
    call: DayCall,
    vendor: Annotated[str | None, typer.Option(metavar="ID")] = None,
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


def change(
    call: DayCall,
    programme: ProgrammeArgument,
    since: Annotated[str, typer.Option("--since", metavar="STATE")],
    to: Annotated[str | None, typer.Option("--to")] = None,
    since_day: Annotated[
        datetime | None,
        typer.Option("--since-day", formats=["%Y-%m-%d"], metavar="DAY"),
    ] = None,
    partner: PartnerOption = None,
    everything: Annotated[bool, typer.Option("--all")] = False,
) -> Answer:
    """Show what moved between two states, for whom, and which report or fact moved it."""
    said = call.read(programme)
    day = call.day(said)
    before = Side(facts=call.state(since), day=since_day.date() if since_day else day)
    after = Side(facts=call.state(to), day=day)
    found = changes(said, before, after, partners=None if partner is None else [partner])
    names = {id_: one.name for id_, one in partners_on(call.state(to), day).items()}
    return Answer(
        data={"programme": said.name, "since": since, "to": after.facts.state_id, "changes": found},
        page=lambda voice: change_page(found, names, said, voice, everything=everything),
        found=bool(found),
    )


def withdraw(
    call: StoreCall,
    report: Annotated[str, typer.Argument(metavar="REPORT")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT")],
) -> Answer:
    """Take a report back that was handed in under the wrong distributor, vendor or month."""
    try:
        done = withdraw_report(call.store, report, reason=reason, at=call.now())
    except WithdrawalRefused as refusal:
        raise Refused((refusal.finding,)) from refusal
    return Answer(
        data={"withdrawal": done, "state": done.state_id},
        page=lambda voice: withdrawal_page(done, voice),
    )


def _entry(entry: Entry) -> dict[str, object]:
    return {"state": entry.state_id, "entry": entry}
