"""`staffel waiting list|retry`: reported lines whose partner or product is not known yet."""

import typer

from staffel.cli.call import StoreCall
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.pieces import sentence
from staffel.cli.pages.waiting import waiting_page
from staffel.core.findings import Text
from staffel.core.ledger import refused_rows, retry_waiting, waiting_sums


def register(app: typer.Typer) -> None:
    """Put `waiting` into the command."""
    group = typer.Typer(no_args_is_help=True)
    command(group, "list")(list_)
    command(group, "retry")(retry)
    app.add_typer(group, name="waiting")


def list_(call: StoreCall) -> Answer:
    """Show what waits, by number or name, with its reason and its sums; and the rows that were refused.

    Refused rows of a report that was replaced since are left out: its replacement says what became of them.
    """
    sums = waiting_sums(call.store)
    refused = [row for row in refused_rows(call.store) if not row.replaced]
    return Answer(
        data={"waiting": sums, "refused": refused},
        page=lambda voice: waiting_page(sums, refused, voice),
        found=bool(sums),
    )


def retry(call: StoreCall) -> Answer:
    """Look all waiting lines up again, and take in those that are known now."""
    taken = retry_waiting(call.store, at=call.now())
    left = sum(each.lines for each in waiting_sums(call.store))
    return Answer(
        data={"taken": taken, "waiting": left},
        page=lambda voice: (
            sentence(
                voice.say(
                    Text(
                        en=f"Lines taken in: {voice.number(taken)}; still waiting: {voice.number(left)}.",
                        de=f"Zeilen übernommen: {voice.number(taken)}; noch wartend: {voice.number(left)}.",
                    )
                )
            ),
        ),
        found=left > 0,
    )
