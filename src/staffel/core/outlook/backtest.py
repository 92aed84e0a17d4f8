"""What two sets of rules would have come to on one year that is known: the backtest.

Both are moved back by whole years until they begin with that year, and are put to the same state. Levels
are what each set of rules would have given by itself in the year before and in the year: what was decided,
settled and closed under the rules that really ruled is left out. Sums are entitlements of the windows that
end in the year, in coins, before minimums.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.engine.calculation import calculate
from staffel.core.engine.facts import Facts
from staffel.core.engine.plan import tree as sql
from staffel.core.findings import Finding, Text
from staffel.core.programme.model import Programme
from staffel.core.programme.moved import moved

ZERO = Decimal(0)
_OF_THE_RULES = ("decisions", "settled", "closes")


class BacktestRefused(Exception):
    """Two programmes that cannot be put beside each other. findings: why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.say() for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What a partner would have been entitled to in the year, in coins of the programme's currency."""

    partner_id: str
    old: Decimal
    new: Decimal

    @property
    def difference(self) -> Decimal:
        """New less old."""
        return self.new - self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """year: its days. partners: who would be entitled to anything under either set of rules, by id."""

    year: Span
    state_id: str
    partners: tuple[Paid, ...]


def backtest(old: Programme, new: Programme, facts: Facts, *, day: date) -> Backtest:
    """Both programmes on the last year of the new one's calendar that had ended by `day`.

    Raises BacktestRefused where vendor or currency differ, StatementFailed as `calculate` does.
    """
    findings = tuple(_unlike(old, new))
    if findings:
        raise BacktestRefused(findings)
    year = last_whole_year(new.calendar, day)
    before, after = (_entitled(one, old.name, facts, year) for one in (old, new))
    found = (
        Paid(partner_id=one, old=before.get(one, ZERO), new=after.get(one, ZERO))
        for one in sorted({*before, *after})
    )
    return Backtest(
        year=year, state_id=facts.state_id, partners=tuple(one for one in found if one.old or one.new)
    )


def last_whole_year(calendar: Calendar, day: date) -> Span:
    """The last year that had ended by a day, its last day included."""
    year = calendar.unit_of(day, Unit.YEAR)
    return year if year.last_day == day else calendar.shift(year, Unit.YEAR, -1)


def _unlike(old: Programme, new: Programme) -> list[Finding]:
    """One name's partners and one vendor's lines are asked, and sums of one currency."""
    found = []
    if old.vendor != new.vendor:
        found.append(
            Finding(
                code="vendors-differ",
                reason=Text(
                    en=f"One is a programme of {old.vendor}, the other of {new.vendor}.",
                    de=f"Das eine ist ein Programm von {old.vendor}, das andere von {new.vendor}.",
                ),
                way_out=Text(
                    en="Compare two versions of one vendor's programme, or leave --store out.",
                    de="Vergleichen Sie zwei Fassungen eines Herstellers, oder lassen Sie --store weg.",
                ),
            )
        )
    if old.currency != new.currency:
        found.append(
            Finding(
                code="currencies-differ",
                reason=Text(
                    en=f"One pays in {old.currency}, the other in {new.currency}.",
                    de=f"Das eine zahlt in {old.currency}, das andere in {new.currency}.",
                ),
                way_out=Text(
                    en="Compare versions that pay in one currency, or leave --store out.",
                    de="Vergleichen Sie Fassungen, die in einer Währung zahlen, oder lassen Sie --store weg.",
                ),
            )
        )
    return found


def _entitled(programme: Programme, name: str, facts: Facts, year: Span) -> Mapping[str, Decimal]:
    """By partner, of the windows that end in the year."""
    ruling = _ruling(programme, year)
    undecided = _Undecided(facts, tuple(one.name for one in programme.ladders))
    results = calculate(replace(ruling, name=name), undecided, day=year.last_day)
    sums: dict[str, Decimal] = {}
    if "entitled" not in results.tables:
        return sums
    rows: list[dict[str, Any]] = results.rows("entitled")
    for row in rows:
        if year.start < row["window_until"] <= year.until:
            partner = row["partner_id"]
            sums[partner] = sums.get(partner, ZERO) + row["coins"]
    return sums


def _ruling(programme: Programme, year: Span) -> Programme:
    """The programme as if its first year had been this one, and the same rules had held the year before."""
    calendar = programme.calendar
    first = calendar.unit_of(programme.valid.start, Unit.YEAR)
    back = moved(programme, year.start.year - first.start.year)
    before = calendar.shift(calendar.unit_of(year.start, Unit.YEAR), Unit.YEAR, -1)
    return replace(back, valid=Span(before.start, max(back.valid.until, year.until)))


@dataclass(frozen=True, slots=True)
class _Undecided:
    """Facts without what was decided of levels, settled and closed. ladders: whose levels."""

    known: Facts
    ladders: tuple[str, ...]

    @property
    def _levels(self) -> str:
        """Names of ladders, in SQL; one that there is not stands for none."""
        return ", ".join(sql.text(one).sql("duckdb") for one in (*self.ladders, ""))

    @property
    def state_id(self) -> str:
        return self.known.state_id

    def relation(self, table: str, span: Span | None = None) -> str:
        known = self.known.relation(table, span)
        if table == "decisions":
            return f"(select * from {known} where ladder not in ({self._levels}))"
        return f"(select * from {known} where false)" if table in _OF_THE_RULES else known

    def has_any(self, table: str, column: str) -> bool:
        return (table == "decisions" or table not in _OF_THE_RULES) and self.known.has_any(table, column)
