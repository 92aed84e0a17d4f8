"""Which reports were expected and which came: per distributor, vendor and month.

A distributor is expected to report each month from its `reports_from` on, for every vendor that it ever
reported sales of; one that never reported anything is expected all the same, with no vendor named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select

from staffel.core.calendar import ONE_DAY, Calendar, Span, Unit
from staffel.core.ledger.database import REPORTS, WITHDRAWN
from staffel.core.ledger.facts import effective, rows_of
from staffel.core.ledger.state import State
from staffel.core.sources import TABLES

Received = Literal["whole", "part", "none"]
_MONTHS = Calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One month of one distributor and vendor. reports: those whose periods meet it. lines: that they
    brought or keep waiting. reports_from: none where the store does not say, so that nothing is expected.
    """

    distributor_id: str
    vendor_id: str
    month: Span
    expected: bool
    received: Received
    reports: tuple[str, ...]
    lines: int
    reports_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    report_id: str
    distributor_id: str
    vendor_id: str
    period: Span
    lines: int


def coverage(state: State, *, until: date, vendor_id: str | None = None) -> tuple[Covered, ...]:
    """Months before `until` of every distributor. vendor_id: look at this vendor only, for every
    distributor.
    """
    reports = _reports(state)
    begins = _begins(state)
    pairs = {(each.distributor_id, each.vendor_id) for each in reports}
    if vendor_id is not None:
        pairs = {(each, vendor_id) for each in {*begins, *(distributor for distributor, _ in pairs)}}
    pairs |= {(each, vendor_id or "") for each in set(begins) - {distributor for distributor, _ in pairs}}
    return tuple(
        row
        for distributor, vendor in sorted(pairs)
        for row in _months(
            distributor, vendor, begins.get(distributor), until,
            [each for each in reports if (each.distributor_id, each.vendor_id) == (distributor, vendor)],
        )
    )  # fmt: skip


def _months(
    distributor: str, vendor: str, begins: date | None, until: date, reports: list[_Report]
) -> Iterable[Covered]:
    starts = [each.period.start for each in reports] + ([begins] if begins else [])
    if not starts or min(starts) >= until:
        return
    for month in _MONTHS.windows(Span(min(starts), until), Unit.MONTH):
        meeting = [
            each for each in reports if each.period.start < month.until and month.start < each.period.until
        ]
        yield Covered(
            distributor_id=distributor,
            vendor_id=vendor,
            month=month,
            expected=begins is not None and begins < month.until,
            received=_received(month, [each.period for each in meeting]),
            reports=tuple(sorted(each.report_id for each in meeting)),
            lines=sum(each.lines for each in meeting),
            reports_from=begins,
        )


def _received(month: Span, periods: list[Span]) -> Received:
    """Whether the periods hold every day of the month."""
    if not periods:
        return "none"
    day = month.start
    for period in sorted(periods):
        if period.start > day:
            break
        day = max(day, period.until)
    return "whole" if day > month.until - ONE_DAY else "part"


def _reports(state: State) -> list[_Report]:
    """The newest version of each report of sales in this state that was not withdrawn."""
    asked = (
        select(REPORTS)
        .where(REPORTS.c.commit_no <= state.commit_no, REPORTS.c.kind == "sell_out")
        .order_by(REPORTS.c.report_no)
    )
    with state.store.engine.connect() as connection:
        newest = {row.report_id: row for row in connection.execute(asked)}
    return [
        _Report(
            report_id=row.report_id,
            distributor_id=row.distributor_id,
            vendor_id=row.vendor_id,
            period=Span(row.period_start, row.period_until),
            lines=row.taken + row.waiting + row.repeated,
        )
        for row in newest.values()
        if row.content != WITHDRAWN
    ]


def _begins(state: State) -> dict[str, date]:
    """From which day each distributor reports."""
    table = TABLES["distributors"]
    found: dict[str, date] = {}
    for row in sorted(effective(table, rows_of(state, table.name)), key=lambda row: str(row["holds_from"])):
        begins = row["reports_from"]
        if isinstance(begins, date):
            found[str(row["distributor_id"])] = begins
    return found
