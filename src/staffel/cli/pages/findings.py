"""Findings as people read them: place, reason, way out, code; the errors counted at the end."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as Styled

from staffel.cli.pages.rows import INDENT
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Text

_STYLES = {"error": "red", "warning": "yellow", "note": "dim"}
_SEVERITIES = {
    "error": Text(en="error", de="Fehler"),
    "warning": Text(en="warning", de="Warnung"),
    "note": Text(en="note", de="Hinweis"),
}
_MANY = {
    "error": Text(en="errors", de="Fehler"),
    "warning": Text(en="warnings", de="Warnungen"),
    "note": Text(en="notes", de="Hinweise"),
}
MOST_SHOWN = 40


def findings_page(findings: Sequence[Finding], voice: Voice) -> Iterator[RenderableType]:
    """Each finding in two or three lines, then how many."""
    for finding in findings[:MOST_SHOWN]:
        yield from _finding(finding, voice)
    if len(findings) > MOST_SHOWN:
        more = len(findings) - MOST_SHOWN
        yield voice.say(Text(en=f"… and {more} more.", de=f"… und {more} weitere."))
    if len(findings) > 1:
        yield ""
        yield tally(findings, voice)


def tally(findings: Iterable[Finding], voice: Voice) -> str:
    """`2 errors, 1 warning`."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    return ", ".join(
        f"{voice.number(counts[each])} {voice.say((_SEVERITIES if counts[each] == 1 else _MANY)[each])}"
        for each in _SEVERITIES
        if each in counts
    )


def _finding(finding: Finding, voice: Voice) -> Iterator[RenderableType]:
    first = Styled()
    if finding.places:
        first.append(f"{finding.places[0]}: ", style="bold")
    first.append(f"{voice.say(_SEVERITIES[finding.severity])}: ", style=_STYLES[finding.severity])
    first.append(voice.say(finding.reason))
    yield first
    way_out = Styled(voice.say(finding.way_out))
    way_out.append(f"  [{finding.code}]", style="dim")
    yield Padding(way_out, (0, 0, 0, INDENT))
    also = [str(place) for place in finding.places[1:]]
    if also:
        told = voice.say(Text(en="see also", de="siehe auch"))
        yield Padding(Styled(f"{told} {', '.join(also)}", style="dim"), (0, 0, 0, INDENT))
