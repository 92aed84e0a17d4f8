"""`staffel words`: the programme as the partner reads it."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import Call
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.contract import contract_page
from staffel.cli.pages.worked import worked_text
from staffel.cli.screen import WIDTH
from staffel.cli.voice import Voice
from staffel.core.outlook.worked import worked
from staffel.core.programme.words import Contract
from staffel.core.programme.words import words as contract_of


def register(app: typer.Typer) -> None:
    """Put `words` into the command."""
    command(app, "words")(words)


def words(
    call: Call,
    programme: Annotated[Path, typer.Argument(metavar="FILE")],
) -> Answer:
    """Say a programme in plain words: whole sentences that a partner can sign."""
    said = call.read(programme)
    voice = Voice(language=call.language)
    examples = {one.incentive: worked_text(said, one, voice) for one in worked(said)}
    contract = contract_of(said, call.language, examples)
    return Answer(data=_data(contract), page=lambda _: contract_page(contract, WIDTH))


def _data(contract: Contract) -> dict[str, object]:
    return {
        "title": contract.title,
        "sections": [
            {
                "title": section.title,
                "paragraphs": [
                    {"title": each.title, "sentences": [sentence.text for sentence in each.sentences]}
                    for each in section.paragraphs
                ],
            }
            for section in contract.sections
        ],
    }
