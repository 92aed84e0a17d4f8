"""What makes a function a command: the options that all share, the answer shown, refusals told, the exit.

A command takes a `Call` first; which kind of call says which shared options it has: `StoreCall` adds
`--store`, `DayCall` `--day` too. Exit 0: done; 1: refused, or something was found; 2: the call is wrong.
"""

import inspect
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from staffel.cli.call import (
    Call,
    DayCall,
    Format,
    Refused,
    Spoken,
    StoreCall,
    WrongCall,
    language_of,
    store_path,
)
from staffel.cli.output import Answer
from staffel.cli.spoken import SpokenCommand
from staffel.core.engine.duckdb import StatementFailed
from staffel.core.engine.kit import KitRefused
from staffel.core.findings import Finding, Text
from staffel.core.ledger import FactsRefused, PersonUnknown, StateUnknown, StoreRefused
from staffel.core.readers import MappingRefused, ReportRefused

DONE, FOUND, WRONG = 0, 1, 2

FormatOption = Annotated[Format, typer.Option("--format")]
LangOption = Annotated[Spoken | None, typer.Option("--lang", "--language")]
DebugOption = Annotated[bool, typer.Option("--debug")]
StoreOption = Annotated[Path | None, typer.Option("--store", metavar="FOLDER")]
DayOption = Annotated[str | None, typer.Option("--day", metavar="DAY")]

Command = TypeVar("Command", bound=Callable[..., Answer])


def command(app: typer.Typer, name: str) -> Callable[[Command], Command]:
    """Register a function as a command of this name; what it returns is shown."""

    def register(function: Command) -> Command:
        app.command(name, cls=SpokenCommand)(_with_options(function))
        return function

    return register


def _with_options(function: Callable[..., Answer]) -> Callable[..., None]:
    signature = inspect.signature(function)
    first, *own = signature.parameters.values()
    kind: type[Call] = get_type_hints(function)[first.name]
    shared = _shared(kind)
    names = {parameter.name for parameter in own}

    @wraps(function)
    def run(**given: Any) -> None:
        said = {name: given[name] for name in given if name in names}
        _run(function, kind, {name: given[name] for name in given if name not in names}, said)

    hints = get_type_hints(function, include_extras=True)
    run.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: hints[each.name] for each in own} | {
        each.name: each.annotation for each in shared
    }
    return run


def _shared(kind: type[Call]) -> list[inspect.Parameter]:
    options: list[tuple[str, Any, object]] = []
    if issubclass(kind, DayCall):
        options.append(("day", DayOption, None))
    if issubclass(kind, StoreCall):
        options.append(("store", StoreOption, None))
    options += [
        ("format_", FormatOption, Format.TEXT),
        ("lang", LangOption, None),
        ("debug", DebugOption, False),
    ]
    keyword = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(name, keyword, default=default, annotation=type_)
        for name, type_, default in options
    ]


def _run(
    function: Callable[..., Answer], kind: type[Call], shared: dict[str, Any], own: dict[str, Any]
) -> None:
    call = _call(kind, shared)
    with call.closing:
        try:
            if isinstance(call, DayCall):
                call = replace(call, given=_day(shared["day"]))
            answer = function(call, **own)
            call.output.show(answer)
        except WrongCall as refusal:
            _refuse(call, [refusal.finding], WRONG)
        except (StoreRefused, StateUnknown, PersonUnknown) as refusal:
            _refuse(call, [refusal.finding], FOUND)
        except (Refused, FactsRefused, ReportRefused, MappingRefused, KitRefused) as refusal:
            _refuse(call, refusal.findings, FOUND)
        except StatementFailed as failure:
            _refuse(call, [_beyond(failure)], FOUND)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - the outermost guard: nobody is shown a trace unasked
            if shared["debug"]:
                traceback.print_exc()
            _refuse(call, [unexpected(error)], FOUND)
        else:
            raise typer.Exit(FOUND if answer.found else DONE)


def _call(kind: type[Call], shared: dict[str, Any]) -> Call:
    more: dict[str, object] = {}
    if issubclass(kind, StoreCall):
        more["path"] = store_path(shared["store"])
        more["named"] = shared["store"] is not None
    return kind.of(shared["format_"], language_of(shared["lang"]), **more)


def _day(said: str | None) -> date | None:
    """A day as it is typed: 2026-03-31. Raises WrongCall."""
    try:
        return None if said is None else date.fromisoformat(said if "-" in said else "")
    except ValueError as error:
        shown = said[:40] if said else ""
        raise WrongCall(
            Finding(
                code="day-unreadable",
                reason=Text(en=f"{shown!r} is no day.", de=f"{shown!r} ist kein Tag."),
                way_out=Text(
                    en="Write it as year, month, day: --day 2026-03-31.",
                    de="Schreiben Sie Jahr, Monat, Tag: --day 2026-03-31.",
                ),
            )
        ) from error


def _refuse(call: Call, findings: Sequence[Finding], code: int) -> None:
    call.output.refuse(findings)
    raise typer.Exit(code)


def _beyond(failure: StatementFailed) -> Finding:
    return Finding(
        code="statement-failed",
        reason=Text(
            en=f"The step {failure.name!r} of the calculation could not be computed.",
            de=f"Der Schritt {failure.name!r} der Berechnung ließ sich nicht rechnen.",
        ),
        way_out=Text(
            en="A figure may be beyond all bounds: look at the largest reports; --debug shows the trace.",
            de="Ein Wert mag jede Grenze sprengen: Prüfen Sie die größten Meldungen; --debug zeigt mehr.",
        ),
    )


def unexpected(error: Exception) -> Finding:
    """What is said of an error that nobody foresaw."""
    name = type(error).__name__
    return Finding(
        code="unexpected",
        reason=Text(
            en=f"Something happened that Staffel did not expect ({name}).",
            de=f"Es geschah etwas, womit Staffel nicht gerechnet hat ({name}).",
        ),
        way_out=Text(
            en="Nothing was half written. Report the command and what it prints with --debug.",
            de="Nichts ist halb geschrieben. Melden Sie den Befehl und was er mit --debug ausgibt.",
        ),
    )
