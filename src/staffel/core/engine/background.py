"""What a plan has to know of the facts before it is built: the few things that are lists in Python.

Merges, exchange rates and closed windows are small and decide the shape of the statements; everything
that grows with partners or lines stays in SQL. All of it comes from the state, so that a plan is a
function of programme and state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import duckdb

from staffel.core.calendar import Span
from staffel.core.engine.facts import Facts, current
from staffel.core.programme.model import DAY_AFTER_ALL, DAY_BEFORE_ALL, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """partner became part of survivor on `day`."""

    partner: str
    survivor: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """On the days of `span` one of `currency` is above ÷ below of the programme's currency."""

    currency: str
    span: Span
    above: int
    below: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A settled window and the commit that closed it."""

    window: Span
    commit_no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The small facts, and which kinds of facts there are at all: what no fact asks for is not joined.

    spell_days: days on which those begin or end to take part who may do so more than once.
    """

    merges: tuple[Merge, ...] = ()
    merge_days: tuple[date, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    closed: tuple[Closed, ...] = ()
    decision_days: tuple[date, ...] = ()
    fall_days: tuple[date, ...] = ()
    has_returns: bool = False
    has_reversals: bool = False
    has_openings: bool = False
    has_product_changes: bool = False
    has_second_spells: bool = False
    has_settled: bool = False
    first_enrolment: date | None = None
    spell_days: tuple[date, ...] = ()

    @property
    def takes_part_again(self) -> bool:
        """Whether a subject may have more than one spell of taking part; else a row finds it first, and then
        its days are compared, which is sooner done.
        """
        return self.has_second_spells or bool(self.merges)


def background(db: duckdb.DuckDBPyConnection, facts: Facts, programme: Programme, day: date) -> Background:
    """Reads it. day: the day asked."""
    name = programme.name
    became = "partner_id, same_as, holds_from"
    some = facts.has_any("partners", "same_as")
    first, again = _first_and_again(db, facts, "enrolments", "partner_id", "programme = ?", name)
    _, changes = _first_and_again(db, facts, "products", "product_id", "true")
    merges = _merges(_rows(db, facts, "partners", became, "same_as is not null") if some else [], day)
    return Background(
        merges=merges,
        merge_days=tuple(one.day for one in merges),
        conversions=conversions(
            _rows(db, facts, "rates", "base, quote, basis, rate, holds_from", "true"),
            programme.currency,
            programme.rates,
            programme.valid.start,
        ),
        closed=_closed(
            _rows(db, facts, "closes", "settle_start, settle_until, commit_no", "programme = ?", name)
        ),
        decision_days=tuple(
            day
            for (day,) in _rows(db, facts, "decisions", "distinct holds_from", "programme = ?", name)
            if isinstance(day, date)
        ),
        fall_days=_fall_days(_rows(db, facts, "decisions", _FALLS, "programme = ?", name), programme),
        has_returns=any(facts.has_any(table, "returns") for table in ("sell_out", "sell_in")),
        has_reversals=any(facts.has_any(table, "reverses") for table in ("sell_out", "sell_in")),
        has_openings=facts.has_any("openings", "figure"),
        has_product_changes=changes,
        has_second_spells=again,
        has_settled=facts.has_any("settled", "amount"),
        first_enrolment=first,
        spell_days=_spell_days(db, facts, name, merges) if again or merges else (),
    )


def _first_and_again(
    db: duckdb.DuckDBPyConnection, facts: Facts, table: str, key: str, where: str, *parameters: object
) -> tuple[date | None, bool]:
    """The first day from which a row holds, and whether any key may have more than one.

    A row said again, or withdrawn, counts as another: to look for the last said takes longer than it saves.
    """
    if not facts.has_any(table, key):
        return None, False
    withdrawn = facts.has_any(table, "withdrawn")
    rows = f"({current(facts, table)})" if withdrawn else facts.relation(table)
    query = f"select min(holds_from), count(*) > count(distinct {key}) from {rows} where {where}"
    ((first, again),) = db.execute(query, list(parameters)).fetchall()
    return first, withdrawn or bool(again)


def _spell_days(
    db: duckdb.DuckDBPyConnection, facts: Facts, programme: str, merges: Sequence[Merge]
) -> tuple[date, ...]:
    """The days on which anybody's second spell of taking part may begin, and all others of the same partners.

    Partners that became one share their spells.
    """
    if not facts.has_any("enrolments", "partner_id"):
        return ()
    query = f"""
        with e as (select * from ({current(facts, "enrolments")}) where programme = ?)
        select distinct unnest([holds_from, holds_until]) as day from e
        where partner_id in (select unnest(?))
        or partner_id in (select partner_id from e group by all having count(*) > 1)
        order by all"""
    joined = sorted({partner for one in merges for partner in (one.partner, one.survivor)})
    found = db.execute(query, [programme, joined]).fetchall()
    return tuple(day for (day,) in found if day is not None)


def _rows(
    db: duckdb.DuckDBPyConnection, facts: Facts, table: str, columns: str, where: str, *parameters: object
) -> list[tuple[object, ...]]:
    if not facts.has_any(table, "commit_no"):
        return []
    query = f"select {columns} from ({current(facts, table)}) where {where} order by all"
    return db.execute(query, list(parameters)).fetchall()


def _merges(rows: Sequence[tuple[object, ...]], day: date) -> tuple[Merge, ...]:
    """Chains are followed: A into B, B into C makes A part of C from the later of both days."""
    direct = {str(a): (str(b), d) for a, b, d in rows if isinstance(d, date) and d <= day and a != b}
    found = []
    for partner in sorted(direct):
        survivor, since = direct[partner]
        seen = {partner}
        while survivor in direct and survivor not in seen:
            seen.add(survivor)
            survivor, later = direct[survivor]
            since = max(since, later)
        found.append(Merge(partner=partner, survivor=survivor, day=since))
    return tuple(found)


_FALLS = "distinct greatest(falls_after, holds_from) as day, falls_after is not null as known"


def _fall_days(rows: Sequence[tuple[object, ...]], programme: Programme) -> tuple[date, ...]:
    """Last days of a grace that a recorded decision brings with it, as far as this version rules them."""
    days = {day for day, known in rows if known and isinstance(day, date)}
    return tuple(sorted({max(day, programme.valid.start) for day in days}))


def _closed(rows: Sequence[tuple[object, ...]]) -> tuple[Closed, ...]:
    found = [
        Closed(window=Span(start, until), commit_no=int(str(no)))
        for start, until, no in rows
        if isinstance(start, date) and isinstance(until, date)
    ]
    return tuple(sorted(found, key=lambda one: one.window))


# ------------------------------------------------------------------------------------------- exchange rates
# (rule 47)


def conversions(
    rows: Sequence[tuple[object, ...]], currency: str, basis: str, programme_start: date
) -> tuple[Conversion, ...]:
    """The way of every currency into the programme's one, as spans of days: straight, the other way
    round, by a third.
    """
    table: dict[tuple[str, str], list[tuple[date, Fraction]]] = {}
    for base, quote, row_basis, rate, since in rows:
        if row_basis == basis and isinstance(since, date) and isinstance(rate, Decimal):
            table.setdefault((str(base), str(quote)), []).append((since, Fraction(rate)))
    currencies = sorted({one for pair in table for one in pair} - {currency})
    found: list[Conversion] = []
    for foreign in currencies:
        for span in _spans(table, basis):
            way = _way(
                table, foreign, currency, _rate_day(span.start, basis, programme_start), basis, currencies
            )
            if way is not None:
                found.append(
                    Conversion(currency=foreign, span=span, above=way.numerator, below=way.denominator)
                )
    return tuple(found)


def _rate_day(day: date, basis: str, programme_start: date) -> date:
    return programme_start if basis == "programme" else day


def _spans(table: dict[tuple[str, str], list[tuple[date, Fraction]]], basis: str) -> list[Span]:
    """Spans of days within which no rate changes; one for all where the programme has one rate."""
    if basis == "programme":
        return [Span(DAY_BEFORE_ALL, DAY_AFTER_ALL)]
    days = {day for rows in table.values() for day, _ in rows}
    if basis == "month":
        days |= {(day.replace(day=1) + timedelta(days=32)).replace(day=1) for day in days}
        days = {day.replace(day=1) for day in days}
    return [Span(a, b) for a, b in pairwise([*sorted(days), DAY_AFTER_ALL])]


def _way(
    table: dict[tuple[str, str], list[tuple[date, Fraction]]],
    source: str,
    target: str,
    day: date,
    basis: str,
    currencies: Sequence[str],
) -> Fraction | None:
    direct = _leg(table, source, target, day, basis)
    if direct is not None:
        return direct
    for third in currencies:
        first, second = _leg(table, source, third, day, basis), _leg(table, third, target, day, basis)
        if third != source and first is not None and second is not None:
            return first * second
    return None


def _leg(
    table: dict[tuple[str, str], list[tuple[date, Fraction]]], source: str, target: str, day: date, basis: str
) -> Fraction | None:
    """The rate as given, or one over it: never a rounded reciprocal. A rate of 0 or less is none."""
    given = _on(table.get((source, target), []), day, basis)
    if given is not None and given > 0:
        return given
    inverse = _on(table.get((target, source), []), day, basis)
    return None if inverse is None or inverse <= 0 else 1 / inverse


def _on(rows: list[tuple[date, Fraction]], day: date, basis: str) -> Fraction | None:
    month = (day.year, day.month)
    fitting = [(since, rate) for since, rate in rows if since <= day]
    if basis == "month":
        fitting = [(since, rate) for since, rate in rows if (since.year, since.month) == month]
    return max(fitting)[1] if fitting else None
