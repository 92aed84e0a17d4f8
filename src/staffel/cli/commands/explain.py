"""`staffel explain`: from an amount, or a level, down to the lines; or the statements that ran."""

from enum import StrEnum
from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused
from staffel.cli.command import command
from staffel.cli.explanations import Explained, amounts_explained, level_explained, sql_of
from staffel.cli.options import ProgrammeArgument, StateOption
from staffel.cli.output import Answer, Verbatim
from staffel.cli.pages.evidence import MOST_ROWS
from staffel.cli.pages.explained import explained_page
from staffel.cli.partners import partner_named
from staffel.cli.settlements import settled, window_named
from staffel.core.engine.evidence import NoLadder, NothingAsked, Viewer
from staffel.core.findings import Finding, Text
from staffel.core.ledger import names_of
from staffel.core.programme.model import Programme


class ViewerOption(StrEnum):
    """Who looks."""

    OPERATOR = "operator"
    PARTNER = "partner"
    DISTRIBUTOR = "distributor"
    VENDOR = "vendor"


def register(app: typer.Typer) -> None:
    """Put `explain` into the command."""
    command(app, "explain")(explain)


def explain(
    call: DayCall,
    programme: ProgrammeArgument,
    partner: Annotated[str, typer.Option("--partner", help="A partner, by our id.", metavar="ID")],
    window: Annotated[
        str | None,
        typer.Option("--window", help="2026-Q1, 2026-03, 2026; none: the level.", metavar="WINDOW"),
    ] = None,
    incentive: Annotated[str | None, typer.Option(help="Only this incentive.", metavar="NAME")] = None,
    sql: Annotated[bool, typer.Option("--sql", help="The statements that ran, for a bare DuckDB.")] = False,
    rows: Annotated[int, typer.Option("--rows", min=0, help="Lines shown of each sum; 0: all.")] = MOST_ROWS,
    viewer: Annotated[
        ViewerOption, typer.Option("--viewer", help="As who may see it: what is not theirs is summed.")
    ] = ViewerOption.OPERATOR,
    viewer_id: Annotated[str | None, typer.Option("--viewer-id", help="Who that is.", metavar="ID")] = None,
    state: StateOption = None,
) -> Answer:
    """Explain what a partner earned in a window, down to the lines; without a window, its level."""
    said = call.read(programme)
    facts, day = call.state(state), call.day(said)
    named = partner_named(facts, partner, day)
    if window is not None:
        span = window_named(said, window)
        if state is None:
            facts = settled(call.store, said, span).state
        day = min(day, span.last_day)
    if sql:
        text = sql_of(said, facts, day=day, partner=partner, only=incentive)
        return Answer(data={"sql": text}, page=lambda _: (Verbatim(text),))
    looking = Viewer(kind=viewer.value, id=viewer_id or (partner if viewer is ViewerOption.PARTNER else ""))
    try:
        found: tuple[Explained, ...]
        if window is None:
            found = (level_explained(said, facts, day=day, partner=partner, viewer=looking),)
        else:
            found = amounts_explained(
                said, facts, day=day, partner=partner, window=span, only=incentive, viewer=looking
            )
    except (NoLadder, NothingAsked) as nothing:
        raise Refused((_nothing(said, incentive),)) from nothing
    names: dict[str, str] = {}
    if viewer is ViewerOption.OPERATOR:
        names = names_of(call.store, {key for one in found for key in one.keys})
    return Answer(
        data={"partner": partner, "name": named.name, "state": facts.state_id, "evidence": found},
        page=lambda voice: explained_page(found, named.name, said, facts.state_id, voice, rows, names),
    )


def _nothing(programme: Programme, incentive: str | None) -> Finding:
    names = ", ".join(one.name for one in programme.incentives)
    if incentive is not None:
        reason = Text(
            en=f"{programme.name} has no incentive {incentive[:40]!r} in this window.",
            de=f"{programme.name} hat in diesem Zeitraum keinen Bonus {incentive[:40]!r}.",
        )
    else:
        reason = Text(
            en=f"{programme.name} has no levels to explain.", de=f"{programme.name} hat keine Partnerstufen."
        )
    way_out = Text(
        en=f"Name a window with --window; its incentives are {names}.",
        de=f"Nennen Sie einen Zeitraum mit --window; die Boni heißen {names}.",
    )
    return Finding(code="nothing-to-explain", reason=reason, way_out=way_out)
