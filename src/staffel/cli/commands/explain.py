"""`staffel explain`: from an amount, or a level, down to the lines; or the statements that ran."""

from enum import StrEnum
from typing import Annotated

import typer

from staffel.cli.call import DayCall, Refused
from staffel.cli.command import command
from staffel.cli.explanations import Asked, Explained, explained, lines_of, sql_of
from staffel.cli.options import ProgrammeArgument, StateOption
from staffel.cli.output import Answer, Verbatim
from staffel.cli.pages.evidence import MOST_ROWS
from staffel.cli.pages.explained import Told, explained_page
from staffel.cli.pages.late import late_data, since_page
from staffel.cli.partners import partner_named, partners_on
from staffel.cli.settlements import settled, window_named
from staffel.cli.since_close import SinceClose, since_close
from staffel.core.engine.evidence import NoLadder, NothingAsked, Viewer
from staffel.core.findings import Finding, Text
from staffel.core.ledger import names_of


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
    partner: Annotated[str, typer.Option("--partner", metavar="ID")],
    window: Annotated[
        str | None,
        typer.Option("--window", metavar="WINDOW"),
    ] = None,
    incentive: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    sql: Annotated[bool, typer.Option("--sql")] = False,
    rows: Annotated[int, typer.Option("--rows", min=0)] = MOST_ROWS,
    viewer: Annotated[ViewerOption, typer.Option("--viewer")] = ViewerOption.OPERATOR,
    viewer_id: Annotated[str | None, typer.Option("--viewer-id", metavar="ID")] = None,
    state: StateOption = None,
) -> Answer:
    """Explain what a partner earned in a window, down to the lines; without a window, its level."""
    said = call.read(programme)
    newest, day = call.state(state), call.day(said)
    named, facts = partner_named(newest, partner, day), newest
    span, of = None if window is None else window_named(said, window), None
    if span is not None:
        if state is None:
            of = settled(call.store, said, span)
            facts = of.state
        day = min(day, span.last_day)
    looking = Viewer(kind=viewer.value, id=viewer_id or (partner if viewer is ViewerOption.PARTNER else ""))
    asked = Asked(programme=said, facts=facts, day=day, partner=partner, window=span, only=incentive)
    try:
        if sql:
            text = sql_of(asked)
            return Answer(data={"sql": text}, page=lambda _: (Verbatim(text),))
        found = explained(asked, looking)
    except (NoLadder, NothingAsked) as nothing:
        raise Refused((_nothing(asked),)) from nothing
    partners = partners_on(newest, call.day(said))
    told = Told(
        partner=named,
        programme=said,
        state=facts.state_id,
        viewer=looking,
        names=_names(call, found) if viewer is ViewerOption.OPERATOR else {},
        partners={id_: one.name for id_, one in partners.items()},
        lines=lines_of(found, facts, said.vendor, partners),
    )
    since = None
    if of is not None and viewer is not ViewerOption.DISTRIBUTOR:
        since = since_close(asked, of, newest, call.day(said))
    return Answer(
        data=_data(found, told, since),
        page=lambda voice: (
            *explained_page(found, told, voice, rows),
            *since_page(since, said, voice),
        ),
    )


def _names(call: DayCall, found: tuple[Explained, ...]) -> dict[str, str]:
    return names_of(call.store, {key for one in found for key in one.keys})


def _data(found: tuple[Explained, ...], told: Told, since: SinceClose | None) -> dict[str, object]:
    return {
        "partner": told.partner.id,
        "name": told.partner.name,
        "state": told.state,
        "evidence": found,
        "lines": told.lines,
        "since_close": None if since is None else _since(since),
    }


def _since(since: SinceClose) -> dict[str, object]:
    return {
        "late": [late_data(each) for each in since.late],
        "reports": since.reports,
        "facts": since.facts,
        "state": since.state,
    }


def _nothing(asked: Asked) -> Finding:
    programme = asked.programme
    names = ", ".join(one.name for one in programme.incentives)
    if asked.only is None:
        reason = Text(
            en=f"{programme.name} has no levels to explain on this day.",
            de=f"{programme.name} hat an diesem Tag keine Partnerstufen.",
        )
    elif asked.window is None:
        reason = Text(
            en="A bonus is explained for a window, and none is named.",
            de="Ein Bonus wird für einen Zeitraum erklärt, und keiner ist genannt.",
        )
    else:
        reason = Text(
            en=f"{programme.name} has no incentive {asked.only[:40]!r} in this window.",
            de=f"{programme.name} hat in diesem Zeitraum keinen Bonus {asked.only[:40]!r}.",
        )
    way_out = Text(
        en=f"Name a window with --window; its incentives are {names}.",
        de=f"Nennen Sie einen Zeitraum mit --window; die Boni heißen {names}.",
    )
    return Finding(code="nothing-to-explain", reason=reason, way_out=way_out)
