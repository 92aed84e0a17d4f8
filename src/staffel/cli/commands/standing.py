"""`staffel standing`: where partners are, what is missing, what is earned so far, what comes next."""

from typing import Annotated

import typer

from staffel.cli.call import DayCall
from staffel.cli.command import command
from staffel.cli.options import PartnerOption, ProgrammeArgument, StateOption
from staffel.cli.output import Answer
from staffel.cli.pages.late import late_data
from staffel.cli.pages.standing import standing_page, standings_page
from staffel.cli.partners import partner_named, partners_on
from staffel.cli.standings import PartnerStanding, all_standings, partner_standing
from staffel.core.programme.model import Programme


def register(app: typer.Typer) -> None:
    """Put `standing` into the command."""
    command(app, "standing")(standing)


def standing(
    call: DayCall,
    programme: ProgrammeArgument,
    partner: PartnerOption = None,
    state: StateOption = None,
    limit: Annotated[int, typer.Option("--limit", min=0)] = 25,
) -> Answer:
    """Show where a partner stands: level, hurdles, earned so far, next, dates. Without one: everybody."""
    said = call.read(programme)
    if partner is None:
        return _everybody(call, said, state, limit)
    facts, day = call.state(state), call.day(said)
    named = partner_named(facts, partner, day)
    found = partner_standing(said, facts, day=day, partner=partner)
    return Answer(data=_data(found, named.name), page=lambda voice: standing_page(found, named.name, voice))


def _everybody(call: DayCall, programme: Programme, state: str | None, limit: int) -> Answer:
    facts, day = call.state(state), call.day(programme)
    rows = all_standings(programme, facts, day=day)
    names = {id_: one.name for id_, one in partners_on(facts, day).items()}
    shown = limit or len(rows)
    return Answer(
        data={"programme": programme.name, "day": day, "state": facts.state_id, "partners": rows},
        page=lambda voice: standings_page(rows, shown, names, programme, day, voice),
    )


def _data(found: PartnerStanding, name: str) -> dict[str, object]:
    return {
        "programme": found.programme.name,
        "version": found.programme.version,
        "currency": found.programme.currency,
        "day": found.day,
        "state": found.state_id,
        "name": name,
        "standing": found.place,
        "enrolled": found.enrolled,
        "requirements": [
            {
                "level": each.level,
                "path": each.path,
                "number": each.number,
                "actual": each.actual,
                "required": each.required,
                "holds": each.holds,
            }
            for each in found.hurdles
        ],
        "accruals": found.accruals,
        "late": [late_data(each) for each in found.late],
        "next": found.next,
        "dates": found.dates,
    }
