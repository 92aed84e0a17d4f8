"""The result *dates*: what lies ahead of a partner, each day with its cause and, where money hangs on it,
how much.

Money is in the programme's currency. Of a window that runs it is what it has earned so far, with what is
expected beside it; of a payout what is paid; of funds what may be used. Of a fall and of a certificate that
lapses it is what the windows that run today would come to less, by computing again: with the lower level
since they began, or without the certificate today; later windows are likely to lose as much. None: no money
hangs on it, or none is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from staffel.core.calendar import ONE_DAY, Span
from staffel.core.engine.accruals import Accrual, accruals
from staffel.core.engine.calculation import Running
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.next_steps import as_level
from staffel.core.engine.plan.days import review_days
from staffel.core.engine.results import Results
from staffel.core.engine.settling import reports_day, settle_windows, window_name
from staffel.core.engine.statements import parts_of
from staffel.core.engine.supposed import Supposition, own_columns, suppose
from staffel.core.findings import Text
from staffel.core.programme.model import All, Holds, Is, Ladder, Level, PayForm, Programme, Take, Trait
from staffel.core.programme.payment_days import close_day, due_day

ZERO = Decimal(0)
HALF_A_YEAR = 182
# How far one looks for the next review: every rhythm comes round within it.
_YEAR = timedelta(days=370)


class DateKind(StrEnum):
    """What a day brings."""

    REVIEW = "review"
    GRACE_ENDS = "grace_ends"
    LAPSE = "lapse"
    WINDOW_ENDS = "window_ends"
    REPORTS_DUE = "reports_due"
    CLOSE = "close"
    PAYOUT = "payout"
    USE_BY = "use_by"
    CLAIM_BY = "claim_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDate:
    """A day ahead. money: what hangs on it; expected: the same by the end of a window that runs."""

    partner_id: str
    day: date
    kind: DateKind
    cause: Text
    money: Decimal | None = None
    expected: Decimal | None = None
    incentive: str | None = None
    window: Span | None = None


def coming_dates(
    running: Running, facts: Facts, partner: str, *, days: int = HALF_A_YEAR
) -> tuple[ComingDate, ...]:
    """A partner's dates from the day asked on, in order. days: how far certificates are looked at.

    running: a calculation restricted to the partner, over the same facts.
    """
    day = running.assembly.asking.day
    found = [
        *_windows(running, partner),
        *_reviews(running, partner),
        *_settled(running, facts, partner),
        *_by_computing_again(running, facts, partner, day + timedelta(days=days)),
    ]
    ahead = [one for one in found if one.day >= day]
    return tuple(sorted(ahead, key=lambda one: (one.day, one.kind, one.incentive or "", one.cause.en)))


def _filled(text: Text, **quotes: "str | Text") -> Text:
    """A sentence with what it quotes, each in its language."""
    en = {name: quote.en if isinstance(quote, Text) else quote for name, quote in quotes.items()}
    de = {name: quote.de if isinstance(quote, Text) else quote for name, quote in quotes.items()}
    return Text(en=text.en.format(**en), de=text.de.format(**de))


# ------------------------------------------------------------------------------ windows

_ENDS = Text(en="The window of {title} ends.", de="Der Zeitraum von {title} endet.")
_REPORTS = Text(
    en="Distributors’ reports of {name} are due.",
    de="Die Meldungen der Distributoren für {name} sind fällig.",
)
_CLOSE = Text(en="{name} is closed and settled.", de="{name} wird abgeschlossen und abgerechnet.")


def _windows(running: Running, partner: str) -> Iterator[ComingDate]:
    """Ends of windows that run; reports and close of those that are not closed."""
    for one in accruals(running):
        if one.runs:
            yield ComingDate(
                partner_id=partner,
                day=one.window.last_day,
                kind=DateKind.WINDOW_ENDS,
                cause=_filled(_ENDS, title=one.title),
                money=one.earned,
                expected=one.expected,
                incentive=one.incentive,
                window=one.window,
            )
    programme, asking = running.assembly.programme, running.assembly.asking
    closed = {one.window for one in running.assembly.background.closed}
    for window in settle_windows(programme):
        if window.start <= asking.day and window not in closed:
            yield from _of_settling(programme, partner, window)


def _of_settling(programme: Programme, partner: str, window: Span) -> Iterator[ComingDate]:
    name = window_name(programme, window)
    for kind, text, day in (
        (DateKind.REPORTS_DUE, _REPORTS, reports_day(programme, window)),
        (DateKind.CLOSE, _CLOSE, close_day(programme, window)),
    ):
        yield ComingDate(
            partner_id=partner, day=day, kind=kind, cause=_filled(text, name=name), window=window
        )


# ------------------------------------------------------------------------------ reviews

_MAY_RISE = Text(
    en="Review: a higher level may be reached.", de="Überprüfung: Aufstieg in eine höhere Stufe."
)
_HOLDS = Text(
    en="Review: {level} is checked; as things stand it is met.",
    de="Überprüfung der Stufe {level}; nach heutigem Stand ist sie erfüllt.",
)
_DANGER = Text(
    en="Review: {level} is checked; as things stand it is not met.",
    de="Überprüfung der Stufe {level}; nach heutigem Stand ist sie nicht erfüllt.",
)


def _reviews(running: Running, partner: str) -> Iterator[ComingDate]:
    """The next review day in each direction; where every day is one, there is none to wait for."""
    ladder, programme = running.assembly.ladder, running.assembly.programme
    standing = running.results.rows("standing") if ladder else []
    if ladder is None or not standing:
        return
    day = running.assembly.asking.day
    span = Span(day, max(day, min(programme.valid.until, day + _YEAR)))
    for direction in ("up", "down"):
        days = review_days(getattr(ladder.review, direction), span, programme.calendar)
        cause = _MAY_RISE if direction == "up" else _of_level(ladder, standing[0])
        if days and cause is not None:
            yield ComingDate(partner_id=partner, day=days[0], kind=DateKind.REVIEW, cause=cause)


def _of_level(ladder: Ladder, standing: dict[str, Any]) -> Text | None:
    """Whether the level would fall; the lowest cannot."""
    level, reached = (ladder.index(str(standing[one])) for one in ("level", "reached"))
    if level == 0:
        return None
    return _filled(_HOLDS if reached >= level else _DANGER, level=ladder.levels[level].title)


# ------------------------------------------------------------------------------ what was settled

_PAID = Text(en="{title} for {name} is paid.", de="{title} für {name} wird ausgezahlt.")
_USED = Text(
    en="Last day to use {paid} of {title} for {name}.",
    de="Letzter Tag, {paid} aus {title} für {name} zu verwenden.",
)
_CLAIMED = Text(
    en="Last day to claim {paid} of {title} for {name}.",
    de="Letzter Tag, {paid} aus {title} für {name} abzurufen.",
)
_FORMS = {
    PayForm.MONEY: Text(en="the money", de="das Geld"),
    PayForm.FUNDS: Text(en="the funds", de="die Mittel"),
    PayForm.DISCOUNT: Text(en="the discount", de="den Rabatt"),
    PayForm.VOUCHER: Text(en="the voucher", de="den Gutschein"),
    PayForm.POINTS: Text(en="the points", de="die Punkte"),
}


def _settled(running: Running, facts: Facts, partner: str) -> Iterator[ComingDate]:
    """Payouts and last days of use of what was settled."""
    programme = running.assembly.programme
    names = {one.name for one in programme.incentives}
    query = f"""
        select t.incentive, t.settle_start, t.settle_until, sum(t.paid)
        from ({current(facts, "settled")}) t left join merged m on m.partner_id = t.partner_id
        where t.programme = ? and coalesce(m.subject, t.partner_id) = ?
        group by all having sum(t.paid) > 0 order by all"""
    for name, start, until, paid in running.db.execute(query, [programme.name, partner]).fetchall():
        if name in names:
            yield from _of_payout(programme, partner, name, Span(start, until), paid)


def _of_payout(
    programme: Programme, partner: str, name: str, window: Span, paid: Decimal
) -> Iterator[ComingDate]:
    incentive = programme.incentive(name)
    name_of = window_name(programme, window)
    day = due_day(programme, incentive.payout.due, window)
    form: str | Text
    days: list[tuple[DateKind, Text, str | Text, date | None, Decimal]]
    days = [(DateKind.PAYOUT, _PAID, "", day, paid)]
    for part in parts_of(programme, incentive, paid, window):
        form = _FORMS[part.form]
        days.append((DateKind.USE_BY, _USED, form, part.use_by, part.money))
        days.append((DateKind.CLAIM_BY, _CLAIMED, form, part.claim_by, part.money))
    for kind, text, form, on, money in days:
        if on is not None:
            yield ComingDate(
                partner_id=partner,
                day=on,
                kind=kind,
                cause=_filled(text, title=incentive.title, name=name_of, paid=form),
                money=money,
                incentive=name,
                window=window,
            )


# ------------------------------------------------------------------------------ by computing again

_FALL = Text(
    en="Last day of grace: {level} becomes {lower}, unless {level} is met until then.",
    de="Letzter Tag der Schonfrist: Aus {level} wird {lower}, wenn {level} bis dahin nicht erfüllt wird.",
)
_LAPSE = Text(en="A certificate {name} lapses.", de="Ein Zertifikat {name} läuft ab.")
_LAPSE_ENDANGERS = Text(
    en="A certificate {name} lapses; without it {level} is no longer met.",
    de="Ein Zertifikat {name} läuft ab; ohne es ist {level} nicht mehr erfüllt.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Certificate:
    name: str
    last_day: date
    row: dict[str, object]


def _by_computing_again(running: Running, facts: Facts, partner: str, until: date) -> Iterator[ComingDate]:
    runs = [one for one in accruals(running) if one.runs and one.partner_id == partner]
    falls = _fall(running, facts, partner, runs)
    lapses = _lapses(running, facts, partner, until)
    if not falls and not lapses:
        return
    asked = [*(row for _, row in falls), *(_gone(running, one) for one in lapses)]
    known, *found = suppose(running, facts, partner, asked)
    for (said, _), then in zip(falls, found, strict=False):
        yield _with_money(said, _less(runs, known, then))
    for lapse, then in zip(lapses, found[len(falls) :], strict=True):
        yield _lapse(running, partner, lapse, known, then, _less(runs, known, then))


def _with_money(said: ComingDate, money: Decimal | None) -> ComingDate:
    return ComingDate(partner_id=said.partner_id, day=said.day, kind=said.kind, cause=said.cause, money=money)


def _less(runs: Sequence[Accrual], known: Results, then: Results) -> Decimal | None:
    """The difference in the windows that run; none where there is none."""
    running = {(one.incentive, one.window.start) for one in runs}
    sums = []
    for results in (then, known):
        rows = [row for row in results.rows("entitled") if (row["incentive"], row["window_start"]) in running]
        sums.append(sum((_coins(row) for row in rows), ZERO))
    return sums[0] - sums[1] or None


def _coins(row: dict[str, object]) -> Decimal:
    coins = row["coins"]
    assert isinstance(coins, Decimal)
    return coins


def _fall(
    running: Running, facts: Facts, partner: str, runs: Sequence[Accrual]
) -> list[tuple[ComingDate, Supposition]]:
    """The fall that waits, and the lower level supposed since the running windows began."""
    ladder = running.assembly.ladder
    standing = running.results.rows("standing") if ladder else []
    if ladder is None or not standing or standing[0]["falls_after"] is None:
        return []
    level, lower = (ladder.levels[ladder.index(str(standing[0][one]))] for one in ("level", "falls_to"))
    day = standing[0]["falls_after"]
    assert isinstance(day, date)
    said = ComingDate(
        partner_id=partner,
        day=day,
        kind=DateKind.GRACE_ENDS,
        cause=_filled(_FALL, level=level.title, lower=lower.title),
    )
    since = min((one.window.start for one in runs), default=running.assembly.asking.day)
    return [(said, as_level(running, facts, partner, ladder, ladder.index(lower.name), since))]


def _lapses(running: Running, facts: Facts, partner: str, until: date) -> list[_Certificate]:
    """Certificates that the programme asks for and that end by a day without one that follows."""
    day, columns = running.assembly.asking.day, own_columns("certifications")
    query = f"""
        with held as (select t.* from ({current(facts, "certifications")}) t
            left join merged m on m.partner_id = t.partner_id
            where coalesce(m.subject, t.partner_id) = $partner)
        select {columns} from held h
        where h.holds_from <= $day and h.holds_until > $day and h.holds_until <= $until and not exists (
            select 1 from held f where f.certification = h.certification
            and f.person_id is not distinct from h.person_id
            and f.holds_from <= h.holds_until and coalesce(f.holds_until, date '9999-12-31') > h.holds_until)
        order by h.holds_until, h.certification, h.person_id"""
    found = running.db.execute(query, {"partner": partner, "day": day, "until": until})
    names = [column[0] for column in found.description]
    asked = certificates_asked(running.assembly.programme)
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [
        _Certificate(name=row["certification"], last_day=row["holds_until"] - ONE_DAY, row=row)
        for row in rows
        if asked is None or row["certification"] in asked
    ]


def _gone(running: Running, one: _Certificate) -> Supposition:
    """As if it had ended the day before the day asked."""
    day = running.assembly.asking.day
    ended = {"holds_until": day} if one.row["holds_from"] != day else {"withdrawn": True}
    return Supposition(rows={"certifications": ({**one.row, **ended},)})


def _lapse(
    running: Running,
    partner: str,
    lapse: _Certificate,
    known: Results,
    then: Results,
    money: Decimal | None,
) -> ComingDate:
    level = _endangered(running.assembly.ladder, known, then)
    cause = (
        _filled(_LAPSE, name=lapse.name)
        if level is None
        else _filled(_LAPSE_ENDANGERS, name=lapse.name, level=level.title)
    )
    return ComingDate(partner_id=partner, day=lapse.last_day, kind=DateKind.LAPSE, cause=cause, money=money)


def _endangered(ladder: Ladder | None, known: Results, then: Results) -> Level | None:
    """The level in force, where it is met with a certificate and not without it."""
    if ladder is None or not known.rows("standing") or not then.rows("standing"):
        return None
    now, without = known.rows("standing")[0], then.rows("standing")[0]
    level = ladder.index(str(now["level"]))
    met, still = (ladder.index(str(row["reached"])) >= level for row in (now, without))
    return ladder.levels[level] if met and not still else None


def certificates_asked(programme: Programme) -> frozenset[str] | None:
    """The certificates that a programme names; none: any, for it counts them without naming one."""
    found: set[str] = set()
    for form in _forms(programme):
        match form:
            case Is(column="certification", values=values):
                found |= set(values)
            case Holds(trait=Trait.HOLDS, values=values):
                found |= set(values)
            case Take(source="certifications", where=All(of=())):
                return None
            case _:
                pass
    return frozenset(found)


def _forms(form: object) -> Iterator[object]:
    """Every form in a form, itself first."""
    if isinstance(form, tuple):
        for part in form:
            yield from _forms(part)
    elif is_dataclass(form):
        yield form
        for one in fields(form):
            yield from _forms(getattr(form, one.name))
