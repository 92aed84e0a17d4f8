"""`staffel load TABLE FILE`: take facts in that hold from a day. `--columns`: what a file may say."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from staffel.cli.call import StoreCall, WrongCall, existing
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.findings import findings_page
from staffel.cli.pages.pieces import facts, gap, heading, remark
from staffel.cli.pages.tables import columns_page
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Text
from staffel.core.ledger import LOADABLE, FactsRefused, LoadOutcome, read_facts_file, table_note
from staffel.core.ledger import load as load_rows
from staffel.core.ledger.facts import table_unknown

REFERENCES = "references"


def register(app: typer.Typer) -> None:
    """Put `load` into the command."""
    command(app, "load")(load)


def load(
    call: StoreCall,
    table: Annotated[str, typer.Argument(metavar="TABLE")],
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    holds_from: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY"),
    ] = None,
    lenient: Annotated[bool, typer.Option("--lenient")] = False,
    columns: Annotated[bool, typer.Option("--columns")] = False,
) -> Answer:
    """Load facts: a row holds from a day, and a later one with its key takes its place.

    `references` is partner_references or product_references, as the columns say. Lines that waited for one
    are taken in; lines that a corrected one leads elsewhere are moved there.
    """
    if columns:
        return _columns(table)
    if file is None:
        raise WrongCall(_unsaid(table))
    rows = read_facts_file(existing(file))
    if holds_from is not None:
        rows = [{**row, "holds_from": row.get("holds_from") or f"{holds_from:%Y-%m-%d}"} for row in rows]
    name = _table(table, rows)
    outcome = load_rows(call.store, name, rows, at=call.now(), file=str(file), lenient=lenient)
    return Answer(
        data={"table": name, "outcome": outcome},
        page=lambda voice: _page(name, outcome, voice),
        found=bool(outcome.findings),
    )


def _columns(table: str) -> Answer:
    """The columns of a table, of both where `references` may be either. Raises FactsRefused."""
    names = [name for name in LOADABLE if name.endswith("_references")] if table == REFERENCES else [table]
    try:
        notes = [table_note(name) for name in names]
    except KeyError as error:
        raise FactsRefused([table_unknown(table)]) from error
    return Answer(data={"tables": notes}, page=lambda voice: columns_page(notes, voice))


def _unsaid(table: str) -> Finding:
    return Finding(
        code="file-unsaid",
        reason=Text(en="No file is named.", de="Es ist keine Datei genannt."),
        way_out=Text(
            en=f"Name it behind the table; `staffel load {table} --columns` shows what it may say.",
            de=f"Nennen Sie sie nach der Tabelle; `staffel load {table} --columns` zeigt, was darin steht.",
        ),
    )


def _table(name: str, rows: list[dict[str, object]]) -> str:
    if name != REFERENCES:
        return name
    return "product_references" if rows and "product_id" in rows[0] else "partner_references"


def _page(name: str, outcome: LoadOutcome, voice: Voice) -> Iterator[RenderableType]:
    if outcome.findings:
        yield from findings_page(outcome.findings, voice)
        yield gap()
    nothing = Text(en="nothing was taken", de="nichts übernommen")
    state = "" if outcome.commit_no is None else f"s-{outcome.commit_no:06d}"
    refused = outcome.commit_no is None and not outcome.unchanged
    yield heading(name, voice.say(nothing) if refused and outcome.findings else state)
    counts = (
        (Text(en="new rows", de="neue Zeilen"), outcome.written),
        (Text(en="known before", de="schon bekannt"), outcome.unchanged),
        (Text(en="lines that waited, taken in", de="wartende Zeilen übernommen"), outcome.taken_in),
        (Text(en="lines moved to another", de="Zeilen umgebucht"), outcome.moved),
        (Text(en="lines that wait again", de="Zeilen warten wieder"), outcome.waiting_again),
    )
    yield facts(
        (voice.say(told), voice.number(count)) for told, count in counts if count or told is counts[0][0]
    )
    if outcome.commit_no and (outcome.moved or outcome.waiting_again):
        yield gap()
        yield remark(voice.say(_moved(outcome.commit_no - 1)))


def _moved(before: int) -> Text:
    """How to see what that did. before: the commit before."""
    return Text(
        en=f"What that moved: staffel ledger change PROGRAMME --since s-{before:06d}",
        de=f"Was das bewegt: staffel ledger change PROGRAMM --since s-{before:06d}",
    )
