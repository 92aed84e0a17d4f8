"""What waits and what was refused."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from staffel.cli.pages.pieces import counted, gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.ledger import RefusedLine, WaitingSum

REASONS = {
    "partner-unknown": Text(en="partner unknown", de="Partner unbekannt"),
    "partner-missing": Text(en="no partner named", de="kein Partner genannt"),
    "product-unknown": Text(en="product unknown", de="Produkt unbekannt"),
    "product-missing": Text(en="no product named", de="kein Produkt genannt"),
    "product-ambiguous": Text(en="several products", de="mehrere Produkte"),
}
_MOST_SHOWN = 30


def waiting_page(
    sums: Sequence[WaitingSum], refused: Sequence[RefusedLine], voice: Voice
) -> Iterator[RenderableType]:
    """The largest sums first."""
    lines = sum(each.lines for each in sums)
    if not sums:
        yield sentence(voice.say(Text(en="Nothing waits.", de="Nichts wartet.")))
    else:
        count = counted(voice, lines, Text(en="line", de="Zeile"), Text(en="lines", de="Zeilen"))
        note = Text(
            en=f"{count}, counted nowhere until the reference is loaded",
            de=f"{count}, nirgends gezählt, bis die Referenz geladen ist",
        )
        yield heading(voice.say(Text(en="Waiting lines", de="Wartende Zeilen")), voice.say(note))
        yield waiting_table(sums, voice)
        yield gap()
        yield remark(
            voice.say(
                Text(
                    en="Next: staffel load references FILE (distributor_id, number, partner_id or product_id,"
                    " "
                    "holds_from).",
                    de="Als Nächstes: staffel load references DATEI (distributor_id, number, partner_id oder "
                    "product_id, holds_from).",
                )
            )
        )
    if refused:
        yield gap()
        yield from _refused(refused, voice)


def waiting_table(sums: Sequence[WaitingSum], voice: Voice, most: int = _MOST_SHOWN) -> RenderableType:
    """What waits for each number or name, the largest sum first."""
    headings = [
        Heading(text=voice.say(Text(en="distributor", de="Distributor"))),
        Heading(text=voice.say(Text(en="reason", de="Grund"))),
        Heading(text=voice.say(Text(en="number or name", de="Nummer oder Name"))),
        Heading(text=voice.say(Text(en="reported as", de="gemeldet als"))),
        Heading(text=voice.say(Text(en="lines", de="Zeilen")), right=True),
        Heading(text=voice.say(Text(en="net", de="netto")), right=True),
    ]
    ordered = sorted(
        sums, key=lambda each: (-sum(map(abs, each.net.values())), each.distributor_id, each.key)
    )
    rows = [_row(each, voice) for each in ordered[:most]]
    rest = ordered[most:]
    if rest:
        more = Text(en=f"… {len(rest)} more", de=f"… {len(rest)} weitere")
        rows.append([voice.say(more), "", "", "", voice.number(sum(each.lines for each in rest)), ""])
    return table(headings, rows, ascii_only=not voice.unicode)


def _row(each: WaitingSum, voice: Voice) -> list[str]:
    names = [name for name in each.names if name != each.key]
    return [
        each.distributor_id,
        voice.say(REASONS[each.reason]) if each.reason in REASONS else each.reason,
        each.key,
        ", ".join(names[:2]) + (" …" if len(names) > 2 else ""),
        voice.number(each.lines),
        "\n".join(voice.money(net, code) for code, net in each.net.items() if code),
    ]


def _refused(refused: Sequence[RefusedLine], voice: Voice) -> Iterator[RenderableType]:
    note = Text(en="kept, counted nowhere", de="aufgehoben, nirgends gezählt")
    yield heading(voice.say(Text(en="Refused rows", de="Abgelehnte Zeilen")), voice.say(note))
    headings = [
        Heading(text=voice.say(Text(en="report", de="Meldung"))),
        Heading(text=voice.say(Text(en="row", de="Zeile")), right=True),
        Heading(text=voice.say(Text(en="reason and way out", de="Grund und Ausweg"))),
    ]
    rows = [_refused_row(each, voice) for each in refused[:_MOST_SHOWN]]
    if len(refused) > _MOST_SHOWN:
        rest = voice.number(len(refused) - _MOST_SHOWN)
        rows.append([voice.say(Text(en=f"… {rest} more", de=f"… {rest} weitere")), "", ""])
    yield table(headings, rows, ascii_only=not voice.unicode)


def _refused_row(each: RefusedLine, voice: Voice) -> list[str]:
    told = f"{each.reason[voice.language]} {each.way_out[voice.language]}"
    return [each.report_id, each.row, told]
