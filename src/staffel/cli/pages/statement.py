"""A statement that a finance clerk can paste into a mail."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rich.console import RenderableType

from staffel.cli.pages.pieces import facts, gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.partners import NamedPartner
from staffel.cli.settlements import Settled
from staffel.cli.voice import Voice
from staffel.core.engine.kit import Kit
from staffel.core.engine.payers import NOT_CHOSEN
from staffel.core.engine.settling import window_name
from staffel.core.engine.statements import PaidPart, Settlement, Statement
from staffel.core.findings import Text
from staffel.core.programme.model import PayForm, Programme

_FORMS = {
    PayForm.MONEY: Text(en="money", de="Geld"),
    PayForm.FUNDS: Text(en="marketing funds", de="Werbekostenzuschuss"),
    PayForm.DISCOUNT: Text(en="discount", de="Rabatt"),
    PayForm.VOUCHER: Text(en="voucher", de="Gutschein"),
    PayForm.POINTS: Text(en="points", de="Punkte"),
}
ZERO = Decimal(0)
_BEFORE = Text(
    en="Earned counts every window that late lines and returns may still move, not this one alone; settled "
    "before is what earlier closes have settled of the same windows. The difference is what is new.",
    de="Verdient zählt jeden Zeitraum, den Nachmeldungen und Rückgaben noch bewegen können, nicht nur "
    "diesen; schon abgerechnet ist, was frühere Abschlüsse von denselben Zeiträumen abgerechnet haben. Der "
    "Unterschied ist das Neue.",
)


def statement_page(
    programme: Programme, of: Settled, found: Statement | None, partner: NamedPartner, voice: Voice
) -> Iterator[RenderableType]:
    """Lines by incentive, the payout by form, what it was made of."""
    name = window_name(programme, of.window)
    title = voice.say(Text(en=f"Statement {name}", de=f"Abrechnung {name}"))
    yield heading(title, f"{voice.say(programme.title)}, {voice.span(of.window)}")
    yield facts(_head(of, partner, programme, voice))
    yield gap()
    if found is None:
        nothing = Text(
            en="Nothing was earned and nothing carried.", de="Nichts verdient, nichts vorgetragen."
        )
        yield sentence(voice.say(nothing))
        return
    yield _lines(found, voice)
    if any(line.settled for line in found.lines):
        yield gap()
        yield remark(voice.say(_BEFORE))
    late = [line for line in found.lines if len(line.windows) > 1 and _reopened(line)]
    for line in late:
        yield gap()
        yield from _windows(line, found, programme, voice)
    parts = [(line, part) for line in found.lines for part in line.parts]
    if parts:
        yield gap()
        yield heading(voice.say(Text(en="Paid as", de="Auszahlung")), _due_note(found, voice))
        yield _parts(parts, found, voice)
    yield gap()
    yield remark(_made_of(found, voice))


def _head(
    of: Settled, partner: NamedPartner, programme: Programme, voice: Voice
) -> Iterator[tuple[str, str]]:
    yield voice.say(Text(en="partner", de="Partner")), f"{partner.name} ({partner.id})"
    yield voice.say(Text(en="vendor", de="Hersteller")), programme.vendor
    open_ = voice.say(Text(en="not yet: this is a preview", de="noch nicht: dies ist eine Vorschau"))
    closed = voice.say(Text(en="closed on", de="abgeschlossen am"))
    yield closed, open_ if of.closed_on is None else voice.day(of.closed_on)


def _lines(found: Statement, voice: Voice) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="incentive", de="Bonus"))),
        Heading(text=voice.say(Text(en="earned", de="verdient")), right=True),
        Heading(text=voice.say(Text(en="settled before", de="schon abgerechnet")), right=True),
        Heading(text=voice.say(Text(en="carried in", de="Übertrag")), right=True),
        Heading(text=voice.say(Text(en="paid", de="bezahlt")), right=True),
        Heading(text=voice.say(Text(en="carried on", de="vorgetragen")), right=True),
    ]
    names = ("entitled", "settled", "carried_in", "paid", "carried_out")
    rows = [
        [
            voice.say(line.title),
            *(voice.money(getattr(line, name), found.currency) for name in names),
        ]
        for line in found.lines
    ]
    whole = [sum((getattr(line, name) for line in found.lines), ZERO) for name in names]
    all_ = voice.say(Text(en="all", de="alle"))
    total = [all_, *(voice.money(each, found.currency) for each in whole)]
    return table(headings, rows, total=total, ascii_only=not voice.unicode)


def _reopened(line: Settlement) -> bool:
    """Whether an earlier window than the settled one moved."""
    return any(window.difference for window in line.windows[:-1])


def _windows(
    line: Settlement, found: Statement, programme: Programme, voice: Voice
) -> Iterator[RenderableType]:
    """The windows of a line where late lines or returns moved one that was settled before."""
    note = Text(en="late lines and returns included", de="mit Nachmeldungen und Rückgaben")
    yield heading(voice.say(line.title), voice.say(note))
    headings = [
        Heading(text=voice.say(Text(en="window", de="Zeitraum"))),
        Heading(text=voice.say(Text(en="earned", de="verdient")), right=True),
        Heading(text=voice.say(Text(en="settled before", de="schon abgerechnet")), right=True),
        Heading(text=voice.say(Text(en="difference", de="Unterschied")), right=True),
    ]
    rows = [
        [
            window_name(programme, each.window),
            voice.money(each.entitled, found.currency),
            voice.money(each.settled, found.currency),
            voice.money(each.difference, found.currency),
        ]
        for each in line.windows
    ]
    yield table(headings, rows, ascii_only=not voice.unicode)


def _parts(parts: list[tuple[Settlement, PaidPart]], found: Statement, voice: Voice) -> RenderableType:
    claims = any(part.claim_by is not None for _, part in parts)
    payers = [_payer(line, part, voice) for line, part in parts]
    named = any(payers)
    headings = [
        Heading(text=voice.say(Text(en="incentive", de="Bonus"))),
        Heading(text=voice.say(Text(en="as", de="als"))),
        Heading(text=voice.say(Text(en="due", de="fällig"))),
        Heading(text=voice.say(Text(en="to be used by", de="zu nutzen bis"))),
        *([Heading(text=voice.say(Text(en="to be claimed by", de="abzurufen bis")))] if claims else []),
        *([Heading(text=voice.say(Text(en="paid by", de="zahlt")))] if named else []),
        Heading(text=voice.say(Text(en="amount", de="Betrag")), right=True),
    ]
    rows = [
        [
            voice.say(line.title),
            voice.say(_FORMS[part.form]),
            _day(line.due_day, voice),
            _day(part.use_by, voice),
            *([_day(part.claim_by, voice)] if claims else []),
            *([payer] if named else []),
            voice.money(part.money, found.currency),
        ]
        for (line, part), payer in zip(parts, payers, strict=True)
    ]
    whole = voice.money(sum((part.money for _, part in parts), ZERO), found.currency)
    total = [voice.say(Text(en="all", de="alle")), *[""] * (len(headings) - 2), whole]
    return table(headings, rows, total=total, ascii_only=not voice.unicode)


_PAYERS = {
    "vendor": Text(en="vendor", de="Hersteller"),
    "distributor": Text(en="distributor", de="Distributor"),
    NOT_CHOSEN: Text(en="none chosen yet", de="noch keiner gewählt"),
}


def _payer(line: Settlement, part: PaidPart, voice: Voice) -> str:
    """Who pays a part, where several do or the partner chooses; the rule itself is said by the words."""
    if not part.payer and line.payer in ("vendor", "distributor"):
        return ""
    payer = part.payer or line.payer
    return voice.say(_PAYERS[payer]) if payer in _PAYERS else payer


def _day(day: date | None, voice: Voice) -> str:
    return "" if day is None else voice.day(day)


def _due_note(found: Statement, voice: Voice) -> str:
    """From which day due days count: whenever the window is closed, they stay."""
    if not any(line.due_day for line in found.lines):
        return ""
    return voice.say(
        Text(
            en="due days go by the day planned for the close",
            de="Fälligkeiten rechnen ab dem geplanten Tag des Abschlusses",
        )
    )


def _made_of(found: Statement, voice: Voice) -> str:
    made = f"{found.programme} {found.version}"
    return voice.say(
        Text(
            en=f"Computed by {made}, semantics {found.semantics}, from state {found.state_id}.",
            de=f"Gerechnet nach {made}, Semantik {found.semantics}, aus Datenstand {found.state_id}.",
        )
    )


def kit_part(kit: Kit | None, voice: Voice) -> Iterator[RenderableType]:
    """Where the kit was written, and how it is told from another."""
    if kit is None:
        return
    yield gap()
    yield facts(
        (
            (voice.say(Text(en="recompute kit", de="Nachrechenpaket")), str(kit.path)),
            ("SHA-256", kit.digest),
            (voice.say(Text(en="given figures", de="gegebene Werte")), voice.number(kit.given)),
        )
    )
    yield remark(
        voice.say(
            Text(
                en=f"Anywhere, once it is there: staffel recompute {kit.path}",
                de=f"Überall, wo es liegt: staffel recompute {kit.path}",
            )
        )
    )
