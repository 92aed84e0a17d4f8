"""Which reports came: distributors down, months across, a sign each."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text as Styled

from staffel.cli.pages.pieces import gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.ledger import Covered

_MONTHS_SHOWN = 12


def coverage_page(rows: Sequence[Covered], voice: Voice) -> Iterator[RenderableType]:
    """The last twelve months as a grid; what is missing in them by name."""
    months = sorted({row.month.start for row in rows})[-_MONTHS_SHOWN:]
    if not months:
        yield sentence(voice.say(Text(en="No report was expected.", de="Keine Meldung wurde erwartet.")))
        return
    yield heading(
        voice.say(Text(en="Reports received", de="Eingegangene Meldungen")),
        f"{voice.month(months[0])} {'–' if voice.unicode else '-'} {voice.month(months[-1])}",
    )
    headings = [
        Heading(text=voice.say(Text(en="distributor", de="Distributor"))),
        Heading(text=voice.say(Text(en="vendor", de="Hersteller"))),
        *(Heading(text=_short(month, at == 0), right=True) for at, month in enumerate(months)),
    ]
    pairs = sorted({(row.distributor_id, row.vendor_id) for row in rows})
    found = {(row.distributor_id, row.vendor_id, row.month.start): row for row in rows}
    yield table(
        headings,
        (
            [
                distributor,
                vendor,
                *(_sign(found.get((distributor, vendor, month)), voice) for month in months),
            ]
            for distributor, vendor in pairs
        ),
        ascii_only=not voice.unicode,
    )
    yield gap()
    yield remark(_legend(voice))
    missing = [row for row in rows if row.expected and row.received != "whole"]
    if missing:
        yield gap()
        yield from _missing(missing, voice)
    unknown = sorted({row.distributor_id for row in rows if row.reports_from is None})
    if unknown:
        yield gap()
        yield remark(_not_known(unknown, voice))


def _not_known(distributors: Sequence[str], voice: Voice) -> str:
    """Nothing is owed by whoever is not said to report."""
    who = voice.listed(tuple(distributors))
    return voice.say(
        Text(
            en=f"Nothing is expected of {who}, because reports_from is empty there: "
            "staffel load distributors FILE.",
            de=f"Von {who} wird nichts erwartet, weil reports_from dort leer ist: staffel load distributors "
            "DATEI.",
        )
    )


def _missing(missing: Sequence[Covered], voice: Voice) -> Iterator[RenderableType]:
    for row in missing[:_MONTHS_SHOWN]:
        named = f"{row.distributor_id} {row.vendor_id}".strip()
        month = voice.month(row.month.start)
        part = Text(
            en=f"{named}: sell-out of {month} reported in part",
            de=f"{named}: Sell-out für {month} nur zum Teil gemeldet",
        )
        none = Text(
            en=f"{named}: no sell-out reported for {month}", de=f"{named}: kein Sell-out für {month} gemeldet"
        )
        yield sentence(Styled(voice.say(part if row.received == "part" else none), style="yellow"))
    if len(missing) > _MONTHS_SHOWN:
        more = len(missing) - _MONTHS_SHOWN
        yield sentence(voice.say(Text(en=f"… and {more} more.", de=f"… und {more} weitere.")))


def _short(month: date, first: bool) -> str:
    """The month, below its year where that begins."""
    return f"{month:%y}\n{month:%m}" if first or month.month == 1 else f"{month:%m}"


def _sign(row: Covered | None, voice: Voice) -> Styled:
    if row is None or (not row.expected and row.received == "none"):
        return Styled("")
    signs = (
        {"whole": "●", "part": "◐", "none": "○"}
        if voice.unicode
        else {"whole": "x", "part": "/", "none": "-"}
    )
    styles = {"whole": "green", "part": "yellow", "none": "red"}
    return Styled(signs[row.received], style=styles[row.received])


def _legend(voice: Voice) -> str:
    whole, part, none = ("●", "◐", "○") if voice.unicode else ("x", "/", "-")
    return voice.say(
        Text(
            en=f"{whole} the whole month   {part} a part of it   {none} nothing",
            de=f"{whole} der ganze Monat   {part} ein Teil   {none} nichts",
        )
    )
