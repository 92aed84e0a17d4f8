"""`staffel init`: make a store."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import StoreCall
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.pieces import facts, sentence
from staffel.core.findings import Text
from staffel.core.ledger import Store


def register(app: typer.Typer) -> None:
    """Put `init` into the command."""
    command(app, "init")(init)


def init(
    call: StoreCall,
    folder: Annotated[Path | None, typer.Argument()] = None,
) -> Answer:
    """Make a store: one folder with the warehouse of facts and its database.

    It holds everything that results depend on. Programmes are files of your own, and arguments of commands.
    """
    path = folder or call.path
    Store.create(path, at=call.now()).close()
    told = Text(en="The store is ready.", de="Der Datenbestand ist angelegt.")
    following = Text(
        en="Next: staffel load products FILE, partners, enrolments; then staffel import.",
        de="Als Nächstes: staffel load products DATEI, partners, enrolments; dann staffel import.",
    )
    return Answer(
        data={"store": path},
        page=lambda voice: (
            facts([(voice.say(told), str(path))]),
            sentence(voice.say(following)),
        ),
    )
