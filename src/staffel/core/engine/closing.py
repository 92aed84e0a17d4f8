"""Closing a window: what it settles and decides becomes facts, in one commit. `language.md`, rules 4, 37
to 39 and 48.

`prepare_close` computes the window as of its last day and gives the rows of `closes`, `settled` and
`decisions`; written by `ledger.record`, they are seen all at once or not at all, so that whoever is
killed in between finds nothing half done and closes again. A close is refused, with all its reasons,
where the window is not over, is closed, comes before an open one, or where a sum has no exchange rate.
Against a store `trial_close` computes, `write_close` records, and `close_window` does both.

Of a settled incentive each window that is moved has a row; what is carried and paid stands on the row of
the latest window, so that it stands once. The level of each partner at the window's end is recorded too,
in force from the first open day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from staffel.core.calendar import ONE_DAY, Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.facts import Facts
from staffel.core.engine.payers import unchosen
from staffel.core.engine.reasons import ReasonSum, base_sums
from staffel.core.engine.results import Results
from staffel.core.engine.reviews import DecisionRow, decision_rows, proposals
from staffel.core.engine.settling import earlier_windows, settle_windows, window_name
from staffel.core.engine.statements import settlement_rows
from staffel.core.engine.uncounted import Uncounted, findings_of, uncounted_of
from staffel.core.findings import Finding, Severity, Text, in_order, refuses
from staffel.core.ledger import FactsRefused, Store, current_state, record
from staffel.core.programme.model import SEMANTICS, Programme
from staffel.core.programme.payment_days import close_day
from staffel.core.programme.words.figures import day as day_text
from staffel.core.sources import MONEY_COLUMNS

Rows = dict[str, list[dict[str, object]]]
ZERO = Decimal(0)


class CloseRefused(Exception):
    """A window cannot be closed. findings: every reason, and what else was found."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(list(findings))
        super().__init__("; ".join(finding.say() for finding in self.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A close. rows: by table. reasons: of every line of the bases, whether it counts, or why not.

    uncounted: what has not come in. findings: warnings. after: the commit of the store that it was computed
    from, none of facts that are in no store. commit_no: its own, none until it is written.
    """

    window: Span
    results: Results
    rows: Rows
    reasons: tuple[ReasonSum, ...]
    uncounted: tuple[Uncounted, ...]
    findings: tuple[Finding, ...]
    after: int | None = None
    commit_no: int | None = None

    @property
    def reason(self) -> str:
        """What the ledger's log says of it."""
        programme = self.results.programme
        return f"close {programme.name} {window_name(programme, self.window)}"


def close_window(
    store: Store, programme: Programme, window: Span, *, on: date, at: datetime, strict: bool = False
) -> Closing:
    """Closes a window of a store. on: the day of the close; at: the moment recorded. Raises CloseRefused."""
    return write_close(store, trial_close(store, programme, window, on=on, strict=strict), at=at)


def trial_close(
    store: Store, programme: Programme, window: Span, *, on: date, strict: bool = False, early: bool = True
) -> Closing:
    """What closing a window of a store would come to now; nothing is written. Raises CloseRefused."""
    state = current_state(store)
    left_out = uncounted_of(state, programme, window)
    made = prepare_close(programme, state, window, on=on, uncounted=left_out, strict=strict, early=early)
    return replace(made, after=state.commit_no)


def write_close(store: Store, made: Closing, *, at: datetime) -> Closing:
    """Records what `trial_close` made, right behind the commit that it was computed from: nothing is settled
    that a late report, or another close, has changed meanwhile. Raises CloseRefused where one came.
    """
    if made.after is None:
        raise ValueError("this close was computed from no commit of a store")
    try:
        number = record(store, made.rows, at=at, reason=made.reason, after=made.after)
    except FactsRefused as refusal:
        raise CloseRefused(refusal.findings) from refusal
    return replace(made, commit_no=number)


def prepare_close(
    programme: Programme,
    facts: Facts,
    window: Span,
    *,
    on: date,
    uncounted: Sequence[Uncounted] = (),
    strict: bool = False,
    early: bool = True,
) -> Closing:
    """What closing a window would write. uncounted: what has not come in; strict: that refuses. early: the
    day that the programme plans need not have come.

    Raises CloseRefused.
    """
    with calculation(programme, facts, day=window.last_day, closing=window) as running:
        findings = [
            *_of_time(running, window, on, early),
            *_of_rates(running, facts),
            *unchosen(running.results, settlement_rows(running.results, "due")),
            *findings_of(uncounted, programme, window, strict=strict),
        ]
        if refuses(tuple(findings)):
            raise CloseRefused(findings)
        rows = close_rows(running, window, on=on)
        return Closing(
            window=window,
            results=running.results.kept(),
            rows=rows,
            reasons=tuple(base_sums(running, window)),
            uncounted=tuple(uncounted),
            findings=in_order(findings),
        )


def close_rows(running: Running, window: Span, *, on: date) -> Rows:
    """The rows of a close, by table. running: a calculation as of the window's last day, with `closing`."""
    results = running.results
    rows: Rows = {
        "closes": [_close_row(results, window, on)],
        "settled": _settled(results, window),
        "decisions": _decisions(running, window),
    }
    return {table: of for table, of in rows.items() if of}


def _close_row(results: Results, window: Span, on: date) -> dict[str, object]:
    return {
        "programme": results.programme.name,
        "version": results.programme.version,
        "settle_start": window.start,
        "settle_until": window.until,
        "state_id": results.state_id,
        "semantics": SEMANTICS,
        "holds_from": on,
    }


# ------------------------------------------------------------------------------ what is settled


def _settled(results: Results, window: Span) -> list[dict[str, object]]:
    """Per incentive, partner and window that was earned in: what counts as settled from now on."""
    sums = {(row["incentive"], row["partner_id"]): row for row in settlement_rows(results, "due").to_pylist()}
    moved = settlement_rows(results, "differences").to_pylist()
    latest: dict[tuple[str, str], date] = {}
    for row in moved:
        key = (row["incentive"], row["partner_id"])
        latest[key] = max(latest.get(key, date.min), row["window_start"])
    found = []
    for row in moved:
        key = (row["incentive"], row["partner_id"])
        of = sums[key] if row["window_start"] == latest[key] else None
        amount = row["entitled"] - row["settled"]
        if amount or (of and (of["carried_in"] or of["paid"] or of["carried_out"])):
            found.append(_settled_row(results, row, window, amount, of))
    return sorted(
        found, key=lambda row: [str(row[name]) for name in ("incentive", "partner_id", "window_start")]
    )


def _settled_row(
    results: Results, row: dict[str, Any], window: Span, amount: Decimal, of: dict[str, Any] | None
) -> dict[str, object]:
    return {
        "programme": results.programme.name,
        "incentive": row["incentive"],
        "partner_id": row["partner_id"],
        "window_start": row["window_start"],
        "window_until": row["window_until"],
        "settle_start": window.start,
        "settle_until": window.until,
        "amount": amount,
        "carried": of["carried_out"] if of else ZERO,
        "paid": of["paid"] if of else ZERO,
        "holds_from": window.until,
    }


# ------------------------------------------------------------------------------ what is decided (rule 48)


def _decisions(running: Running, window: Span) -> list[DecisionRow]:
    """The steps within the window, then everybody's level on the first open day, with the fall that waits."""
    if running.assembly.ladder is None:
        return []
    proposed = proposals(running)
    steps = decision_rows(one for one in proposed if one.effective < window.until)
    waiting = {one.partner_id: one for one in proposed if one.effective == window.until}
    falls = {row["partner_id"]: row for row in running.results.rows("standing")}
    levels = []
    for row in running.results.rows("levels"):
        partner, start, until = str(row["partner_id"]), row["start"], row["until"]
        assert isinstance(start, date)
        assert isinstance(until, date)
        if start <= window.until < until:
            fall = _fall(waiting.get(partner), falls.get(partner))
            levels.append(_level_row(running, partner, row["level"], window, fall))
    return sorted([*steps, *levels], key=lambda row: (str(row["partner_id"]), str(row["holds_from"])))


def _fall(proposed: Any, standing: dict[str, object] | None) -> tuple[object, object]:
    """The fall that waits after the window's last day: what its reviews left, else what waited before."""
    if proposed is not None:
        return proposed.falls_to, proposed.falls_after
    return (None, None) if standing is None else (standing["falls_to"], standing["falls_after"])


def _level_row(
    running: Running, partner: str, level: object, window: Span, fall: tuple[object, object]
) -> DecisionRow:
    return {
        "programme": running.assembly.programme.name,
        "ladder": running.assembly.ladder.name if running.assembly.ladder else "",
        "partner_id": partner,
        "level": level,
        "cause": "close",
        "key_day": window.last_day,
        "falls_to": fall[0],
        "falls_after": fall[1],
        "decided_by": None,
        "holds_from": window.until,
    }


# ------------------------------------------------------------------------------ what refuses


def _finding(code: str, en: str, de: str, way: Text, severity: Severity = "error") -> Finding:
    return Finding(code=code, reason=Text(en=en, de=de), way_out=way, severity=severity)


def _of_time(running: Running, window: Span, on: date, early: bool) -> list[Finding]:
    """The window must be one that is settled, be over, and have no closed self and no open one before it."""
    programme = running.assembly.programme
    name = window_name(programme, window)
    closed = {one.window for one in running.assembly.background.closed}
    found = []
    if window not in settle_windows(programme):
        found.append(_not_settled(programme, name))
    if on < window.until:
        found.append(_not_over(window, name))
    elif on < close_day(programme, window):
        found.append(_early(close_day(programme, window), name, meant=early))
    if window in closed:
        found.append(_closed(name))
    open_ = [window_name(programme, one) for one in earlier_windows(programme, window) if one not in closed]
    if open_:
        found.append(_earlier_open(open_, name))
    return found


def _not_settled(programme: Programme, name: str) -> Finding:
    names = ", ".join(window_name(programme, one) for one in settle_windows(programme))
    return _finding(
        "window-unknown",
        f"{programme.name} settles no window {name}.",
        f"{programme.name} rechnet keinen Zeitraum {name} ab.",
        Text(en=f"It settles {names}.", de=f"Abgerechnet werden {names}."),
    )


def _not_over(window: Span, name: str) -> Finding:
    last, first = _in_both(window.last_day), _in_both(window.until)
    return _finding(
        "window-not-over",
        f"{name} runs until {last.en}.",
        f"{name} läuft bis {last.de}.",
        _filled(Text(en="Close it from {day} on.", de="Schließen Sie ihn ab dem {day} ab."), first),
    )


def _in_both(when: date) -> Text:
    """A day as each language writes it."""
    return Text(en=day_text(when, "en"), de=day_text(when, "de"))


def _filled(pattern: Text, day: Text) -> Text:
    return Text(en=pattern.en.format(day=day.en), de=pattern.de.format(day=day.de))


_NEXT = Text(
    en="What is reported until then is settled with the next window.",
    de="Was bis dahin noch gemeldet wird, wird mit dem nächsten Zeitraum abgerechnet.",
)
_WAIT = Text(
    en="Wait until then, or say --early: what is reported in between is settled with the next window.",
    de="Warten Sie so lange, oder sagen Sie --early: Was dazwischen gemeldet wird, wird mit dem nächsten "
    "Zeitraum abgerechnet.",
)


def _early(day: date, name: str, *, meant: bool) -> Finding:
    return _finding(
        "closed-early",
        f"The programme closes {name} on {_in_both(day).en}.",
        f"Das Programm schließt {name} am {_in_both(day).de} ab.",
        _NEXT if meant else _WAIT,
        "warning" if meant else "error",
    )


def _closed(name: str) -> Finding:
    return _finding(
        "window-closed",
        f"{name} is closed already.",
        f"{name} ist schon abgeschlossen.",
        Text(
            en="What changed since is settled with the next window.",
            de="Was sich seither geändert hat, wird mit dem nächsten Zeitraum abgerechnet.",
        ),
    )


def _earlier_open(open_: Sequence[str], name: str) -> Finding:
    names = ", ".join(open_)
    return _finding(
        "earlier-window-open",
        f"Before {name} these are still open: {names}.",
        f"Vor {name} sind noch offen: {names}.",
        Text(en="Close them first, in order.", de="Schließen Sie diese zuerst ab, der Reihe nach."),
    )


def _of_rates(running: Running, facts: Facts) -> list[Finding]:
    """Currencies without a way into the programme's one, on days that a figure reads (rule 47)."""
    programme = running.assembly.programme
    known = running.assembly.background.conversions
    spans = running.assembly.all_spans()
    missing: dict[str, set[date]] = {}
    for source, lines in sorted(running.assembly.lines.items()):
        if not spans or not set(lines.amounts) & set(MONEY_COLUMNS):
            continue
        days = Span(min(one.start for one in spans), running.assembly.asking.day + ONE_DAY)
        for currency, day in _foreign(running, facts, source, days):
            if not any(one.currency == currency and day in one.span for one in known):
                missing.setdefault(currency, set()).add(day)
    return [_rate_missing(name, programme.currency, days) for name, days in sorted(missing.items())]


def _foreign(running: Running, facts: Facts, source: str, days: Span) -> list[tuple[str, date]]:
    """Currencies and days of sale of enrolled partners' rows, but the programme's own currency."""
    programme = running.assembly.programme
    query = f"""
        select distinct f.currency, f.sold_on from {facts.relation(source)} f
        left join merged m on m.partner_id = f.partner_id
        join enrolled e on e.subject = coalesce(m.subject, f.partner_id)
            and f.sold_on >= e.start and f.sold_on < e.until
        where f.vendor_id = ? and f.currency <> ? and f.sold_on >= ? and f.sold_on < ? order by all"""
    given = [programme.vendor, programme.currency, days.start, days.until]
    return running.db.execute(query, given).fetchall()


# On one day, on two, on more.
_WITHOUT_RATE = (
    Text(
        en="On {day} there is no exchange rate from {currency} to {into}.",
        de="Am {day} fehlt der Wechselkurs von {currency} in {into}.",
    ),
    Text(
        en="On {day} and on {more} more day there is no exchange rate from {currency} to {into}.",
        de="Am {day} und an {more} weiteren Tag fehlt der Wechselkurs von {currency} in {into}.",
    ),
    Text(
        en="On {day} and on {more} more days there is no exchange rate from {currency} to {into}.",
        de="Am {day} und an {more} weiteren Tagen fehlt der Wechselkurs von {currency} in {into}.",
    ),
)


def _rate_missing(currency: str, into: str, days: set[date]) -> Finding:
    first, more = _in_both(min(days)), len(days) - 1
    pattern = _WITHOUT_RATE[min(more, 2)]
    told = {"more": more, "currency": currency, "into": into}
    return _finding(
        "rate-missing",
        pattern.en.format(day=first.en, **told),
        pattern.de.format(day=first.de, **told),
        Text(
            en="Load it with `staffel load rates FILE`.",
            de="Laden Sie ihn mit `staffel load rates DATEI`.",
        ),
    )
