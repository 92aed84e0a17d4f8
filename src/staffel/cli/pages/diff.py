"""What changed between two versions, and what both would have paid each partner on last year's sales."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled

from staffel.cli.pages.pieces import gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.outlook.backtest import Backtest, Paid
from staffel.core.programme.diff import Change, told
from staffel.core.programme.model import Programme

ZERO = Decimal(0)


def diff_page(
    changes: Sequence[Change],
    tested: Backtest | None,
    names: Mapping[str, str],
    programme: Programme,
    limit: int,
    voice: Voice,
) -> Iterator[RenderableType]:
    """The leaves that changed; below, the partners whom it would have moved most. limit: 0 is all."""
    yield from map(_told, told(changes, voice.language).splitlines())
    if tested is None:
        return
    yield gap()
    title = voice.say(Text(en="On last year's sales", de="Auf den Verkäufen des letzten Jahres"))
    yield heading(title, voice.span(tested.year))
    if not tested.partners:
        nobody = Text(
            en="Neither version would have paid anybody: is somebody enrolled, and were lines taken in?",
            de="Keine der Fassungen hätte jemandem etwas gezahlt: Nimmt jemand teil, sind Zeilen da?",
        )
        yield sentence(voice.say(nobody))
        return
    ordered = sorted(tested.partners, key=lambda one: (-abs(one.difference), one.partner_id))
    shown = ordered[: limit or len(ordered)]
    yield _table(shown, tested.partners, names, programme.currency, voice)
    if len(ordered) > len(shown):
        more = len(ordered) - len(shown)
        yield remark(
            voice.say(Text(en=f"… and {more} more: --limit 0", de=f"… und {more} weitere: --limit 0"))
        )
    yield gap()
    yield sentence(voice.say(_summary(tested.partners)))
    yield remark(voice.say(_how(voice, tested)))


def _told(line: str) -> RenderableType:
    """A sentence stands beside its sign, also where it wraps."""
    sign, _, sentence_ = line.strip().partition(" ")
    if not line.startswith(" "):
        return line
    beside = Table.grid(padding=(0, 1, 0, 0))
    beside.add_row(f"  {sign}", sentence_)
    return beside


def _table(
    shown: Sequence[Paid], every: Sequence[Paid], names: Mapping[str, str], currency: str, voice: Voice
) -> RenderableType:
    headings = [
        Heading(text=voice.say(Text(en="partner", de="Partner"))),
        Heading(text=voice.say(Text(en="old version", de="alte Fassung")), right=True),
        Heading(text=voice.say(Text(en="new version", de="neue Fassung")), right=True),
        Heading(text=voice.say(Text(en="difference", de="Unterschied")), right=True),
    ]
    rows: list[list[str | Styled]] = [
        [names.get(one.partner_id, one.partner_id), *_sums(one.old, one.new, currency, voice)]
        for one in shown
    ]
    whole = (sum((one.old for one in every), ZERO), sum((one.new for one in every), ZERO))
    rows.append([voice.say(Text(en="all partners", de="alle Partner")), *_sums(*whole, currency, voice)])
    return table(headings, rows, ascii_only=not voice.unicode)


def _sums(old: Decimal, new: Decimal, currency: str, voice: Voice) -> list[str | Styled]:
    return [voice.money(old, currency), voice.money(new, currency), voice.money(new - old, currency)]


def _summary(partners: Sequence[Paid]) -> Text:
    more = sum(one.difference > 0 for one in partners)
    less = sum(one.difference < 0 for one in partners)
    same = len(partners) - more - less
    return Text(
        en=f"Of {len(partners)} partners {more} would have got more, {less} less, {same} the same.",
        de=f"Von {len(partners)} Partnern hätten {more} mehr bekommen, {less} weniger, {same} gleich viel.",
    )


def _how(voice: Voice, tested: Backtest) -> Text:
    return Text(
        en=f"Both versions as if their first year had been this one, on state {tested.state_id}: levels by "
        "these rules alone, what was decided or settled left out, before minimums.",
        de=f"Beide Fassungen, als wäre dies ihr erstes Jahr gewesen, auf dem Datenstand {tested.state_id}: "
        "Partnerstufen allein nach diesen Regeln, ohne was entschieden oder abgerechnet wurde, vor "
        "Mindestbeträgen.",
    )
