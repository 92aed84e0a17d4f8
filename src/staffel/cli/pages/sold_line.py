"""What a sold line says: its document, its amounts, and what it was before later reports."""

from collections.abc import Iterator

from rich.console import RenderableType

from staffel.cli.lines import LineNames, Revision, SoldLine
from staffel.cli.pages.pieces import facts, heading
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text

_KINDS = {
    "sale": Text(en="sale", de="Verkauf"),
    "return": Text(en="return", de="Rückgabe"),
    "correction": Text(en="correction", de="Korrektur"),
}


def line_facts(line: SoldLine, named: LineNames, voice: Voice) -> RenderableType:
    """What the line says, as it stands."""
    return facts(_facts(line, named, voice))


def history_page(line: SoldLine, voice: Voice) -> Iterator[RenderableType]:
    """What the line was before, and which report took that back."""
    note = Text(en="counted no more", de="zählt nicht mehr")
    yield heading(voice.say(Text(en="What it was before", de="Was sie vorher war")), voice.say(note))
    headings = [
        Heading(text=voice.say(Text(en="recorded in", de="erfasst in"))),
        Heading(text=voice.say(Text(en="day", de="Tag"))),
        Heading(text=voice.say(Text(en="pieces", de="Stück")), right=True),
        Heading(text=voice.say(Text(en="net", de="netto")), right=True),
        Heading(text=voice.say(Text(en="taken back by", de="zurückgenommen durch"))),
    ]
    rows = [
        [
            one.recorded,
            voice.day(one.sold_on),
            "–" if one.quantity is None else voice.number(one.quantity),
            "–" if one.net is None else voice.money(one.net, line.currency),
            taken_back_by(one, voice),
        ]
        for one in line.earlier
    ]
    yield table(headings, rows, ascii_only=not voice.unicode)


def taken_back_by(one: Revision, voice: Voice) -> str:
    """The report, its version and the state that has the line no more."""
    state = one.taken_back or ""
    if not one.by:
        return state
    report, version = one.by, voice.number(one.version)
    return voice.say(
        Text(en=f"{report}, version {version} ({state})", de=f"{report}, Fassung {version} ({state})")
    )


def _facts(line: SoldLine, named: LineNames, voice: Voice) -> Iterator[tuple[str, str]]:
    kind = voice.say(_KINDS[line.kind]) if line.kind in _KINDS else line.kind
    yield voice.say(Text(en="line", de="Zeile")), f"{kind}, {voice.day(line.sold_on)}"
    if line.invoice_no:
        yield voice.say(Text(en="document", de="Beleg")), document_of(line, voice)
    yield voice.say(Text(en="product", de="Produkt")), named.product or line.product_id
    pieces = "–" if line.quantity is None else voice.number(line.quantity)
    net = "–" if line.net is None else voice.money(line.net, line.currency)
    yield voice.say(Text(en="amount", de="Betrag")), f"{pieces}, {net}"
    yield voice.say(Text(en="partner", de="Partner")), named.partner or line.partner_id or "–"
    yield voice.say(Text(en="report", de="Meldung")), line.report_id
    if line.returns:
        yield voice.say(Text(en="takes back", de="nimmt zurück")), line.returns
    if line.withdrawn:
        gone = Text(en="taken back since", de="inzwischen zurückgenommen")
        yield voice.say(Text(en="state", de="Stand")), voice.say(gone)
    elif line.earlier:
        again = Text(en="corrected since", de="inzwischen berichtigt")
        yield voice.say(Text(en="state", de="Stand")), voice.say(again)


def document_of(line: SoldLine, voice: Voice) -> str:
    """`R1, row 2`: the distributor's document."""
    document, row = line.invoice_no or "", line.document_row
    if not row:
        return document
    return voice.say(Text(en=f"{document}, row {row}", de=f"{document}, Zeile {row}"))
