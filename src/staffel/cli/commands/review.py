"""`staffel review`: which levels the reviews have moved, and to record that."""

from typing import Annotated

import typer

from staffel.cli.call import DayCall
from staffel.cli.command import command
from staffel.cli.options import PartnerOption, ProgrammeArgument
from staffel.cli.output import Answer
from staffel.cli.pages.review import review_page
from staffel.cli.partners import partners_on
from staffel.core.engine.calculation import calculation
from staffel.core.engine.reviews import decision_rows, proposals
from staffel.core.ledger import record


def register(app: typer.Typer) -> None:
    """Put `review` into the command."""
    command(app, "review")(review)


def review(
    call: DayCall,
    programme: ProgrammeArgument,
    partner: PartnerOption = None,
    write: Annotated[bool, typer.Option("--record")] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME")] = None,
) -> Answer:
    """Propose what reviews have decided and nobody has recorded: rises, falls, falls that wait."""
    said = call.read(programme)
    facts, day = call.state(), call.day(said)
    partners = None if partner is None else [partner]
    with calculation(said, facts, day=day, partners=partners) as running:
        found = proposals(running)
    number = None
    if write and found:
        rows = decision_rows(found, by)
        number = record(call.store, {"decisions": rows}, at=call.now(), reason=f"review {said.name} {day}")
    names = {id_: one.name for id_, one in partners_on(facts, day).items()}
    return Answer(
        data={"programme": said.name, "day": day, "proposals": found, "commit_no": number},
        page=lambda voice: review_page(found, names, said, day, number, voice),
        found=bool(found) and number is None,
    )
