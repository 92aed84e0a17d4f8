"""`staffel import`: take distributors' reports in."""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import StoreCall, WrongCall, existing
from staffel.cli.command import command
from staffel.cli.imports import HeaderMissing, Imported, Told, import_file, span_of
from staffel.cli.output import Answer
from staffel.cli.pages.imports import imports_page
from staffel.core.calendar import Span
from staffel.core.findings import Finding, Text
from staffel.core.ledger import waiting_sums
from staffel.core.readers import Mapping, ReportKind, ReportRefused, load_mapping


def register(app: typer.Typer) -> None:
    """Put `import` into the command."""
    command(app, "import")(import_)


def import_(
    call: StoreCall,
    reports: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    mapping: Annotated[Path, typer.Option("--mapping", metavar="FILE")],
    kind: Annotated[ReportKind, typer.Option()] = ReportKind.SELL_OUT,
    distributor: Annotated[str | None, typer.Option(metavar="ID")] = None,
    vendor: Annotated[str | None, typer.Option(metavar="ID")] = None,
    period: Annotated[str | None, typer.Option(metavar="PERIOD")] = None,
    number: Annotated[str | None, typer.Option()] = None,
    currency: Annotated[str | None, typer.Option()] = None,
    replaces: Annotated[bool, typer.Option("--replaces")] = False,
    strict: Annotated[bool, typer.Option("--strict")] = False,
) -> Answer:
    """Take reports in: what is known is taken, what is not known yet waits, what cannot be read is refused.

    The same report twice is one. What a file does not say of itself is told with options.
    """
    told = Told(
        kind=kind,
        distributor=distributor,
        vendor=vendor,
        period=_period(period),
        number=number,
        currency=currency,
        replaces=replaces,
        strict=strict,
    )
    layout = load_mapping(existing(mapping))
    files = [existing(report) for report in reports]
    done, refused = _import_all(call, files, layout, told)
    call.output.warn(refused)
    amiss = any(one.outcome.commit_no is None or one.outcome.refused for one in done)
    waiting = waiting_sums(call.store)
    return Answer(
        data={"reports": done, "findings": refused, "waiting": sum(each.lines for each in waiting)},
        page=lambda voice: imports_page(done, waiting, voice),
        found=bool(refused) or amiss,
    )


def _import_all(
    call: StoreCall, files: list[Path], mapping: Mapping, told: Told
) -> tuple[list[Imported], list[Finding]]:
    """Each file for itself: one that is refused does not keep the others out."""
    done: list[Imported] = []
    refused: list[Finding] = []
    with call.output.progress(Text(en="Taking reports in", de="Meldungen einlesen"), len(files)) as advance:
        for file in files:
            try:
                done.append(import_file(call.store, file, mapping=mapping, told=told, at=call.now()))
            except (ReportRefused, HeaderMissing) as refusal:
                refused += refusal.findings
            advance(1)
    return done, refused


def _period(text: str | None) -> Span | None:
    if text is None:
        return None
    span = span_of(text)
    if span is None:
        raise WrongCall(
            Finding(
                code="period-unreadable",
                reason=Text(en=f"{text[:40]!r} is no period.", de=f"{text[:40]!r} ist kein Zeitraum."),
                way_out=Text(
                    en="Write 2026-03, 2026-Q1 or 2026-03-01..2026-03-15.",
                    de="Schreiben Sie 2026-03, 2026-Q1 oder 2026-03-01..2026-03-15.",
                ),
            )
        )
    return span
