"""What a close does not count, because it has not come in: lines that wait, rows that were refused, months
without a report.

Sell-out and sell-in stand apart, since one box can be in both. Waiting lines are told by the month of their
main date, refused rows by the period of their report: of a row that could not be read nobody knows the day,
so that one of a report over two windows is told in both. Months are those of sell-out reports, since only
these are owed, and whether a month was owed is known only of a distributor whose `reports_from` is filled; of
another one that is all that can be said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal, assert_never

from staffel.core.calendar import Span, add_months
from staffel.core.findings import Finding, Language, Severity, Text
from staffel.core.ledger import Covered, State, WaitingLine, coverage, refused_rows, waiting_lines
from staffel.core.money import written
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Programme, Take
from staffel.core.programme.words.figures import money
from staffel.core.sources import LINE_TABLES, SELL_OUT, TABLES

Fate = Literal["waiting", "refused", "missing", "in_part", "unknown"]
# A refused row is as the file has it: only what reads the same everywhere is read, and `1.234` does not.
_PLAIN = re.compile(r"[-+]?\d+(?:[.,](?:\d{1,2}|\d{4,}))?")
_PARTED = re.compile(r"[-+]?\d{1,3}(?:(\.)\d{3}(?:\.\d{3})*,\d+|(,)\d{3}(?:,\d{3})*\.\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """What one distributor has not brought in. source: a table of lines. days: a month; of refused
    rows the period of their report; of lines that wait since before the window all months until then.

    fate: lines are `waiting` or `refused`; a month is `missing` or came `in_part`, or did not come and it is
    `unknown` whether it was owed. lines: 0 of a month. net: by currency, empty where none is named, of those
    lines whose amount can be read; unread: how many lines have none.
    """

    distributor_id: str
    source: str
    days: Span
    fate: Fate
    lines: int = 0
    net: Mapping[str, Decimal] = field(default_factory=dict)
    unread: int = 0


def uncounted_of(state: State, programme: Programme, window: Span) -> tuple[Uncounted, ...]:
    """All that a close of the window on this state leaves out; by distributor, fate, source and days."""
    sources = {one.source for one in all_in(programme, Take)} & set(LINE_TABLES)
    found = [
        *_waiting(state, programme.vendor, sources, window),
        *_refused(state, programme.vendor, sources, window),
        *(_months(state, programme.vendor, window) if SELL_OUT.name in sources else ()),
    ]
    return tuple(sorted(found, key=lambda one: (one.distributor_id, one.fate, one.source, one.days)))


# ------------------------------------------------------------------------------ lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line that is not counted. net: as it is written."""

    distributor_id: str
    source: str
    days: Span
    net: str
    currency: str


def _waiting(state: State, vendor: str, sources: set[str], window: Span) -> Iterator[Uncounted]:
    lines = [
        (_day_of(line), line)
        for line in waiting_lines(state.store)
        if line.vendor_id == vendor and line.table in sources and _day_of(line) < window.until
    ]
    first = min((day for day, _ in lines), default=window.start)
    before = Span(min(first.replace(day=1), window.start), window.start)
    return _summed(
        (
            _Line(
                distributor_id=line.distributor_id,
                source=line.table,
                days=before if day < window.start else _month_of(day),
                net=line.content.get("net", ""),
                currency=line.content.get("currency", ""),
            )
            for day, line in lines
        ),
        "waiting",
    )


def _day_of(line: WaitingLine) -> date:
    return date.fromisoformat(line.content[TABLES[line.table].main_date])


def _refused(state: State, vendor: str, sources: set[str], window: Span) -> Iterator[Uncounted]:
    """Of the newest version of each report of the window."""
    rows = [
        (row, dict(row.cells))
        for row in refused_rows(state.store)
        if row.vendor_id == vendor and row.kind in sources and not row.replaced and _meet(row.period, window)
    ]
    return _summed(
        (
            _Line(
                distributor_id=row.distributor_id,
                source=row.kind,
                days=row.period,
                net=cells.get("net", ""),
                currency=cells.get("currency", ""),
            )
            for row, cells in rows
        ),
        "refused",
    )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.until and other.start < one.until


def amount_of(text: str) -> Decimal | None:
    """An amount that reads the same whatever parts its thousands; none of any other text.

    >>> [str(amount_of(text)) for text in ("1.234,50", "1,234.50", "100,5", "1.234", "a lot")]
    ['1234.50', '1234.50', '100.5', 'None', 'None']
    """
    plain = text.strip()
    if _PLAIN.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    parted = _PARTED.fullmatch(plain)
    if parted is None:
        return None
    thousands = parted[1] or parted[2]
    return Decimal(plain.replace(thousands, "").replace(",", "."))


def _month_of(day: date) -> Span:
    first = day.replace(day=1)
    return Span(first, add_months(first, 1))


def _summed(lines: Iterable[_Line], fate: Fate) -> Iterator[Uncounted]:
    def where(line: _Line) -> tuple[str, str, Span]:
        return line.distributor_id, line.source, line.days

    for (distributor, source, days), group in groupby(sorted(lines, key=where), key=where):
        mine = [(line.currency, amount_of(line.net)) for line in group]
        net = dict.fromkeys(sorted({code for code, amount in mine if amount is not None}), Decimal(0))
        for code, amount in mine:
            if amount is not None:
                net[code] += amount
        yield Uncounted(
            distributor_id=distributor,
            source=source,
            days=days,
            fate=fate,
            lines=len(mine),
            net=net,
            unread=sum(1 for _, amount in mine if amount is None),
        )


# ------------------------------------------------------------------------------ months


def _months(state: State, vendor: str, window: Span) -> Iterator[Uncounted]:
    """Months of the window without a whole report, of whoever reports this vendor, or nothing yet."""
    known = coverage(state, until=window.until)
    mine = [one for one in known if one.vendor_id in (vendor, "")]
    for one in mine:
        fate = _fate(one)
        if fate is not None and _meet(one.month, window):
            yield _month(one.distributor_id, one.month, fate)
    yield from _before_the_first(mine, window)


def _month(distributor: str, month: Span, fate: Fate) -> Uncounted:
    return Uncounted(distributor_id=distributor, source=SELL_OUT.name, days=month, fate=fate)


def _fate(one: Covered) -> Fate | None:
    """None where nothing is amiss."""
    match one.received:
        case "whole":
            return None
        case "part":
            return "in_part"
        case "none" if one.reports_from is None:
            return "unknown"
        case "none":
            return "missing" if one.expected else None
        case _:
            assert_never(one.received)


def _before_the_first(mine: Sequence[Covered], window: Span) -> Iterator[Uncounted]:
    """Months before the first report of a distributor of whom it is not known from when it reports."""
    firsts: dict[str, date] = {}
    for one in mine:
        if one.reports_from is None:
            firsts[one.distributor_id] = min(one.month.start, firsts.get(one.distributor_id, date.max))
    for distributor, first in sorted(firsts.items()):
        start = window.start.replace(day=1)
        while start < min(first, window.until):
            yield _month(distributor, _month_of(start), "unknown")
            start = add_months(start, 1)


# ------------------------------------------------------------------------------ what is said of it

_CODES: dict[Fate, str] = {
    "waiting": "lines-wait",
    "refused": "rows-refused",
    "missing": "report-missing",
    "in_part": "report-missing",
    "unknown": "report-unknown",
}
_REASONS: dict[Fate, Text] = {
    "waiting": Text(
        en="Reported by {distributor} as {source} and counted nowhere, because their partner or product is "
        "not known: {lines}.",
        de="Von {distributor} als {source} gemeldet und nirgends gezählt, weil Partner oder Produkt "
        "unbekannt sind: {lines}.",
    ),
    "refused": Text(
        en="Reported by {distributor} as {source} and counted nowhere, because these rows were refused: "
        "{lines}.",
        de="Von {distributor} als {source} gemeldet und nirgends gezählt, weil diese Zeilen abgelehnt "
        "wurden: {lines}.",
    ),
    "missing": Text(
        en="{distributor} has reported nothing to {vendor} for {months}.",
        de="{distributor} hat {vendor} nichts gemeldet für {months}.",
    ),
    "in_part": Text(
        en="{distributor} has reported to {vendor} only a part of {months}.",
        de="{distributor} hat {vendor} nur einen Teil gemeldet von {months}.",
    ),
    "unknown": Text(
        en="{distributor} has reported nothing to {vendor} for {months}; whether it should have cannot be "
        "told, because the table distributors does not say from when it reports.",
        de="{distributor} hat {vendor} nichts gemeldet für {months}; ob es etwas zu melden gab, ist nicht zu "
        "sagen, weil in der Tabelle distributors nicht steht, ab wann er meldet.",
    ),
}
_LATER = Text(
    en="What comes after the close is settled with the next window.",
    de="Was nach dem Abschluss kommt, rechnet der nächste Zeitraum ab.",
)
_WAYS: dict[Fate, Text] = {
    "waiting": Text(
        en="Load who and what they are: `staffel waiting list` names them.",
        de="Laden Sie, wer und was gemeint ist: `staffel waiting list` nennt sie.",
    ),
    "refused": Text(
        en="Import the corrected report with `--replaces`: `staffel waiting list` says what is wrong.",
        de="Lesen Sie die berichtigte Meldung mit `--replaces` ein: `staffel waiting list` nennt die Gründe.",
    ),
    "missing": Text(en="Import the report.", de="Lesen Sie die Meldung ein."),
    "in_part": Text(en="Import the rest of it.", de="Lesen Sie den Rest ein."),
    "unknown": Text(
        en="Fill reports_from with `staffel load distributors FILE`, or import the report.",
        de="Füllen Sie reports_from mit `staffel load distributors DATEI`, oder lesen Sie die Meldung ein.",
    ),
}
SOURCES: dict[str, Text] = {
    "sell_in": Text(en="sell-in", de="Sell-in"),
    "sell_out": Text(en="sell-out", de="Sell-out"),
}
_BOTH: tuple[Language, Language] = ("en", "de")
_COUNT = Text(en="{count} of {days}", de="{count} aus {days}")
_EARLIER = Text(en="{count} of {days}, before this window", de="{count} aus {days}, vor diesem Zeitraum")
_UNREAD = Text(en="the amount of {count} cannot be read", de="von {count} ist der Betrag nicht lesbar")


def findings_of(
    left_out: Sequence[Uncounted], programme: Programme, window: Span, *, strict: bool
) -> Iterator[Finding]:
    """A finding for each distributor, fate and source. strict: it refuses, unless older than the window."""

    def which(one: Uncounted) -> tuple[str, Fate, str]:
        return one.distributor_id, one.fate, one.source

    for (_, fate, _), group in groupby(left_out, key=which):
        mine = list(group)
        severity: Severity = "error" if strict and any(_of_window(one, window) for one in mine) else "warning"
        quotes = [_quotes(mine, programme.vendor, window, language) for language in _BOTH]
        way = _WAYS[fate]
        yield Finding(
            code=_CODES[fate],
            severity=severity,
            reason=Text(en=_REASONS[fate].en.format(**quotes[0]), de=_REASONS[fate].de.format(**quotes[1])),
            way_out=Text(en=" ".join((way.en, _LATER.en)), de=" ".join((way.de, _LATER.de))),
        )


def _of_window(one: Uncounted, window: Span) -> bool:
    return one.days.until > window.start


def _quotes(mine: Sequence[Uncounted], vendor: str, window: Span, language: Language) -> dict[str, str]:
    return {
        "distributor": mine[0].distributor_id,
        "source": SOURCES[mine[0].source].say(language),
        "vendor": vendor,
        "months": ", ".join(days_name(one.days) for one in mine),
        "lines": "; ".join(_lines(one, window, language) for one in mine),
    }


def days_name(days: Span) -> str:
    """`2026-03` for a month, `2026-01..2026-02` for several, else both days."""
    if days.start.day != 1 or days.until.day != 1:
        return f"{days.start}..{days.last_day}"
    first, last = f"{days.start:%Y-%m}", f"{days.last_day:%Y-%m}"
    return first if first == last else f"{first}..{last}"


def _lines(one: Uncounted, window: Span, language: Language) -> str:
    """`348 of 2026-08 (€12,400.00)`."""
    sums = [
        money(amount, code, language) if code else written(amount, language, 2 if amount % 1 else 0)
        for code, amount in one.net.items()
    ]
    if one.unread:
        sums.append(_UNREAD.say(language).format(count=written(Decimal(one.unread), language)))
    pattern = _COUNT if _of_window(one, window) else _EARLIER
    count = written(Decimal(one.lines), language)
    return f"{pattern.say(language).format(count=count, days=days_name(one.days))} ({', '.join(sums)})"
