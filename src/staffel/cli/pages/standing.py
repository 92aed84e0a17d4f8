"""A partner's standing, to be understood in five seconds: level, hurdles as bars, earned, next, dates."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from staffel.cli.pages.figures import figure, short_name
from staffel.cli.pages.hurdles import Hurdles
from staffel.cli.pages.late import late_page
from staffel.cli.pages.pieces import gap, heading, remark, sentence
from staffel.cli.pages.rows import INDENT, Heading, table
from staffel.cli.pages.titles import level_title
from staffel.cli.standings import PartnerStanding, Row
from staffel.cli.voice import Voice
from staffel.core.engine.accruals import Accrual
from staffel.core.engine.coming_dates import ComingDate
from staffel.core.engine.demands import Demand, Missing
from staffel.core.engine.next_steps import NextLevel, NextStep, ShutGate
from staffel.core.engine.settling import window_name
from staffel.core.findings import Text
from staffel.core.money import divide, quotient
from staffel.core.programme.model import Measure, Programme
from staffel.core.sources import Measured

_MOST_DATES = 8


def standing_page(standing: PartnerStanding, name: str, voice: Voice) -> Iterator[RenderableType]:
    """One partner."""
    programme = standing.programme
    on = Text(en=f"on {voice.day(standing.day)}", de=f"am {voice.day(standing.day)}")
    yield heading(name, f"{voice.say(programme.title)}, {voice.say(on)}")
    if not standing.enrolled:
        told = Text(
            en="Does not take part: no enrolment is in force on this day.",
            de="Nimmt nicht teil: An diesem Tag gilt keine Teilnahme.",
        )
        yield sentence(voice.say(told))
        return
    if programme.ladder is not None:
        yield sentence(_level_line(standing, voice))
        yield gap()
        yield Padding(Hurdles(standing, voice), (0, 0, 0, INDENT))
    if standing.accruals:
        yield gap()
        yield from _earned(standing, voice)
    if standing.late:
        yield gap()
        yield from late_page(standing.late, programme, voice)
    if standing.next is not None and (standing.next.steps or standing.next.gates or standing.next.level):
        yield gap()
        yield from _next(standing, voice)
    if standing.dates:
        yield gap()
        yield from _dates(standing.dates, programme, voice)


# ------------------------------------------------------------------------------ level and hurdles


def _level_line(standing: PartnerStanding, voice: Voice) -> Styled:
    place = standing.place
    line = Styled()
    line.append(level_title(standing.programme, place.level, voice), style="bold green")
    if place.since is not None:
        since = voice.day(place.since)
        line.append("  " + voice.say(Text(en=f"since {since}", de=f"seit {since}")), style="dim")
    if place.falls_to is not None and place.falls_after is not None:
        lower, day = level_title(standing.programme, place.falls_to, voice), voice.day(place.falls_after)
        told = Text(en=f"falls to {lower} after {day}", de=f"fällt nach dem {day} auf {lower}")
        line.append(f"   {voice.say(told)}", style="yellow")
    return line


# ------------------------------------------------------------------------------ earned


def _earned(standing: PartnerStanding, voice: Voice) -> Iterator[RenderableType]:
    programme = standing.programme
    note = Text(en="not settled yet", de="noch nicht abgerechnet")
    yield heading(voice.say(Text(en="Earned so far", de="Bisher verdient")), voice.say(note))
    headings = [
        Heading(text=voice.say(Text(en="incentive", de="Bonus"))),
        Heading(text=voice.say(Text(en="window", de="Zeitraum"))),
        Heading(text=voice.say(Text(en="counts", de="zählt")), right=True),
        Heading(text=voice.say(Text(en="step", de="Staffelstufe")), right=True),
        Heading(text=voice.say(Text(en="earned", de="verdient")), right=True),
        Heading(text=voice.say(Text(en="expected", de="erwartet")), right=True),
    ]
    rows = [_accrual(one, programme, voice) for one in standing.accruals]
    expected = sum((one.expected for one in standing.accruals), Decimal(0))
    total = [
        voice.say(Text(en="all", de="alle")),
        "",
        "",
        "",
        voice.money(standing.earned, programme.currency),
        voice.money(expected, programme.currency),
    ]
    yield table(headings, rows, total=total, ascii_only=not voice.unicode)


def _accrual(one: Accrual, programme: Programme, voice: Voice) -> list[str | Styled]:
    counts = "–" if one.driver is None else _driver(one, programme, voice)
    step = f"{one.step}/{one.steps}" if one.gate else voice.say(Text(en="gate shut", de="gesperrt"))
    return [
        voice.say(one.title),
        window_name(programme, one.window),
        counts,
        step,
        voice.money(one.earned, programme.currency),
        voice.money(one.expected, programme.currency) if one.runs else "",
    ]


def _driver(one: Accrual, programme: Programme, voice: Voice) -> str:
    assert one.driver is not None
    value = one.driver
    if one.driver_whole is not None:
        if one.driver_whole <= 0:
            return "–"
        value = quotient(value, one.driver_whole)
    return figure(value, one.driver_unit, programme.currency, voice)


# ------------------------------------------------------------------------------ next


def _next(standing: PartnerStanding, voice: Voice) -> Iterator[RenderableType]:
    coming, programme = standing.next, standing.programme
    assert coming is not None
    yield heading(voice.say(Text(en="Next", de="Als Nächstes")))
    arrow = "→" if voice.unicode else ">"
    lines = [_next_level(coming.level, programme, voice)] if coming.level else []
    lines += [_next_step(one, programme, voice) for one in coming.steps]
    lines += [_gate(one, programme, voice) for one in coming.gates]
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style="green")
    grid.add_column()
    for line in lines:
        grid.add_row(arrow, line)
    yield Padding(grid, (0, 0, 0, INDENT))


def _next_level(level: NextLevel, programme: Programme, voice: Voice) -> str:
    title = voice.say(level.title)
    lacks = _lacks(level.requirements, programme, voice)
    by = f" ({level.path})" if level.path else ""
    told = Text(en=f"{lacks} to {title}{by}", de=f"{lacks} bis {title}{by}")
    if level.brings <= 0:  # returns outweigh: a level would have brought a larger loss, which is no reason
        return voice.say(told)
    amount = voice.money(level.brings, programme.currency)
    since = Text(
        en=f": held since the running windows began, it would have brought {amount}",
        de=f": seit Beginn der laufenden Zeiträume gehalten, hätte das {amount} gebracht",
    )
    return f"{voice.say(told)}{voice.say(since)}"


def _next_step(step: NextStep, programme: Programme, voice: Voice) -> str:
    driver = programme.incentive(step.incentive).driver
    lacks = _lack(step.lacks, programme, voice, driver if step.lacks.measure is None else None)
    title = voice.say(step.title)
    told = Text(
        en=f"{lacks} to step {step.step} of the {title}",
        de=f"{lacks} bis Staffelstufe {step.step} des Bonus „{title}“",
    )
    return f"{voice.say(told)}{_brings(step.brings, programme, voice)}"


def _gate(gate: ShutGate, programme: Programme, voice: Voice) -> str:
    title, lacks = voice.say(gate.title), _lacks((gate.demand,), programme, voice)
    told = Text(en=f"{lacks} to open the {title}", de=f"{lacks}, damit „{title}“ zählt")
    return f"{voice.say(told)}{_brings(gate.brings, programme, voice)}"


def _lacks(demands: Sequence[Demand], programme: Programme, voice: Voice) -> str:
    found = [_lack(one, programme, voice) for demand in demands for one in demand.lacks]
    certificates = [name for demand in demands for name in demand.certificates]
    if certificates:
        named = ", ".join(dict.fromkeys(certificates))
        found.append(voice.say(Text(en=f"the certificate {named}", de=f"das Zertifikat {named}")))
    return voice.listed(found) or voice.say(Text(en="something else", de="anderes"))


def _lack(lack: Missing, programme: Programme, voice: Voice, unnamed: Measure | None = None) -> str:
    """What is missing of a measure. unnamed: the measure itself, where it has no name of its own."""
    title = voice.say(lack.title) if unnamed is None else short_name(programme, unnamed, voice)
    if lack.missing is None:
        return title
    if lack.unit is Measured.SHARE:
        points = voice.number(divide(lack.missing.scaleb(2), Decimal(1), 1))
        amount = voice.say(Text(en=f"{points} percentage points", de=f"{points} Prozentpunkte"))
    else:
        amount = figure(lack.missing, lack.unit, programme.currency, voice)
    return voice.say(Text(en=f"{amount} more {title}", de=f"{amount} mehr {title}"))


def _brings(money: Decimal | None, programme: Programme, voice: Voice) -> str:
    if not money:
        return ""
    amount = voice.money(money, programme.currency)
    return voice.say(Text(en=f": brings {amount}", de=f": bringt {amount}"))


# ------------------------------------------------------------------------------ dates


def _dates(dates: Sequence[ComingDate], programme: Programme, voice: Voice) -> Iterator[RenderableType]:
    yield heading(voice.say(Text(en="Dates", de="Termine")))
    headings = [
        Heading(text=voice.say(Text(en="day", de="Tag"))),
        Heading(text=voice.say(Text(en="what happens", de="was geschieht"))),
        Heading(text=voice.say(Text(en="money", de="Betrag")), right=True),
    ]
    rows = [
        [
            voice.day(one.day),
            voice.say(one.cause),
            "" if one.money is None else voice.money(one.money, programme.currency),
        ]
        for one in dates[:_MOST_DATES]
    ]
    yield table(headings, rows, ascii_only=not voice.unicode)
    if len(dates) > _MOST_DATES:
        more = len(dates) - _MOST_DATES
        yield remark(voice.say(Text(en=f"… and {more} later.", de=f"… und {more} spätere.")))


# ------------------------------------------------------------------------------ everybody


def standings_page(
    rows: Sequence[Row], shown: int, names: dict[str, str], programme: Programme, day: date, voice: Voice
) -> Iterator[RenderableType]:
    """All partners of a programme, the most earned first. shown: how many of them in rows of their own."""
    on = voice.say(Text(en=f"on {voice.day(day)}", de=f"am {voice.day(day)}"))
    partners = voice.say(Text(en="partners", de="Partner"))
    yield heading(voice.say(programme.title), f"{on}, {voice.number(len(rows))} {partners}")
    headings = [
        Heading(text=voice.say(Text(en="partner", de="Partner"))),
        Heading(text=voice.say(Text(en="name", de="Name"))),
        Heading(text=voice.say(Text(en="level", de="Partnerstufe"))),
        Heading(text=voice.say(Text(en="earned", de="verdient")), right=True),
        Heading(text=voice.say(Text(en="expected", de="erwartet")), right=True),
    ]
    late = any(row.late for row in rows)
    if late:
        headings.append(Heading(text=voice.say(Text(en="come late", de="nachgekommen")), right=True))
    body = [
        [
            row.partner_id,
            names.get(row.partner_id, ""),
            level_title(programme, row.level, voice) if programme.ladder else "",
            *_sums([row], late, programme, voice),
        ]
        for row in rows[:shown]
    ]
    body += _rest(rows[shown:], late, programme, voice)
    total = [voice.say(Text(en="all", de="alle")), "", "", *_sums(rows, late, programme, voice)]
    yield table(headings, body, total=total, ascii_only=not voice.unicode)
    if late:
        note = Text(
            en="Come late: for closed windows, settled with the next statement.",
            de="Nachgekommen: für abgeschlossene Zeiträume, wird mit der nächsten Abrechnung abgerechnet.",
        )
        yield gap()
        yield remark(voice.say(note))


def _sums(rows: Sequence[Row], late: bool, programme: Programme, voice: Voice) -> list[str]:
    """Earned, expected and, where any came late, that, of all these partners."""
    names = ("earned", "expected", "late") if late else ("earned", "expected")
    sums = (sum((getattr(row, name) for row in rows), Decimal(0)) for name in names)
    return [voice.money(money, programme.currency) for money in sums]


def _rest(rows: Sequence[Row], late: bool, programme: Programme, voice: Voice) -> list[list[str]]:
    """The others in one row."""
    if not rows:
        return []
    more = voice.say(Text(en=f"… {len(rows)} more", de=f"… {len(rows)} weitere"))
    sums = _sums(rows, late, programme, voice)
    return [[more, voice.say(Text(en="all of them: --limit 0", de="alle: --limit 0")), "", *sums]]
