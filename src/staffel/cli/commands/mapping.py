"""`staffel map`: how to read this file?"""

from pathlib import Path
from typing import Annotated

import typer

from staffel.cli.call import Call, existing
from staffel.cli.command import command
from staffel.cli.output import Answer, Verbatim
from staffel.core.findings import Text
from staffel.core.readers import propose_mapping


def register(app: typer.Typer) -> None:
    """Put `map` into the command."""
    command(app, "map")(map_)


def map_(call: Call, report: Annotated[Path, typer.Argument(metavar="FILE")]) -> Answer:
    """Propose a mapping for a file from its headings and values: staffel map FILE > NAME.yaml"""
    text, findings = propose_mapping(existing(report), report.name, language=call.language)
    if findings:
        call.output.warn(findings)
    else:
        call.output.tell(
            Text(en="Everything was decided; look it over.", de="Alles ist entschieden; sehen Sie es durch.")
        )
    return Answer(
        data={"mapping": text, "findings": findings},
        page=lambda _: (Verbatim(text.rstrip("\n")),),
        found=any(finding.severity != "note" for finding in findings),
    )
