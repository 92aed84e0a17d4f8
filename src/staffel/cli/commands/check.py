"""`staffel check`: is this programme one?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.console import RenderableType

from staffel.cli.call import StoreCall, existing
from staffel.cli.command import command
from staffel.cli.output import Answer
from staffel.cli.pages.findings import findings_page, tally
from staffel.cli.pages.pieces import facts, gap, heading
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Text, refuses
from staffel.core.outlook.against_store import against_store
from staffel.core.programme import read_programme
from staffel.core.programme.check.versions import versions
from staffel.core.programme.model import Programme

_Right: TypeAlias = tuple[Programme, tuple[Finding, ...]]


def register(app: typer.Typer) -> None:
    """Put `check` into the command."""
    command(app, "check")(check)


def check(call: StoreCall, programmes: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> Answer:
    """Check programme files: all that is wrong at once, each with its line, its reason and a way out."""
    readings = [read_programme(existing(path), file=str(path)) for path in programmes]
    said = [reading.programme for reading in readings if reading.programme is not None]
    beyond = versions(said)
    if call.named:
        beyond += tuple(one for programme in said for one in against_store(programme, call.state()))
    findings = (*(finding for reading in readings for finding in reading.findings), *beyond)
    right = [(one, tuple(each for each in findings if _is_of(one, each))) for one in said]
    rest = tuple(dict.fromkeys(each.not_looked_at for each in readings if each.not_looked_at))
    return Answer(
        data={
            "programmes": [_summary(programme) for programme, _ in right],
            "findings": findings,
            "not_looked_at": rest,
        },
        page=lambda voice: _page(right, findings, rest, voice),
        found=len(right) < len(readings) or refuses(beyond),
    )


def _is_of(programme: Programme, finding: Finding) -> bool:
    """Whether it is told of this file."""
    return any(place.file == programme.place.file for place in finding.places[:1])


def _page(
    right: list[_Right], findings: tuple[Finding, ...], rest: tuple[Text, ...], voice: Voice
) -> Iterator[RenderableType]:
    if findings:
        yield from findings_page(findings, voice)
        yield from (voice.say(each) for each in rest)
        if right:
            yield gap()
    for at, (programme, told) in enumerate(right):
        if at:
            yield gap()
        yield heading(voice.say(programme.title), f"{programme.name} {programme.version}")
        in_order = () if refuses(told) else (voice.say(Text(en="in order", de="in Ordnung")),)
        checked = ", ".join((*in_order, *_tallied(told, voice)))
        yield facts((*_facts(programme, voice), (voice.say(_CHECK), checked)))


_CHECK = Text(en="check", de="Prüfung")


def _tallied(told: tuple[Finding, ...], voice: Voice) -> tuple[str, ...]:
    return (tally(told, voice),) if told else ()


def _facts(programme: Programme, voice: Voice) -> Iterator[tuple[str, str]]:
    yield voice.say(Text(en="valid", de="gültig")), voice.span(programme.valid)
    yield voice.say(Text(en="vendor", de="Hersteller")), programme.vendor
    if programme.ladder:
        levels = [voice.say(level.title) for level in programme.ladder.levels]
        yield voice.say(Text(en="levels", de="Partnerstufen")), ", ".join(levels)
    if programme.incentives:
        titles = [voice.say(incentive.title) for incentive in programme.incentives]
        yield voice.say(Text(en="incentives", de="Boni")), ", ".join(titles)


def _summary(programme: Programme) -> dict[str, object]:
    return {
        "programme": programme.name,
        "version": programme.version,
        "vendor": programme.vendor,
        "title": programme.title,
        "valid": programme.valid,
        "currency": programme.currency,
        "levels": [level.name for level in programme.ladder.levels] if programme.ladder else [],
        "incentives": [incentive.name for incentive in programme.incentives],
    }
