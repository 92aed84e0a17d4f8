"""Accruals: what windows not settled yet have earned so far, and are expected to. `language.md`, rule 39.

An accrual is the same figure as a statement's, without settling: once as earned now, once at the step that
the driver is expected to reach by the window's end. Money in the programme's currency; a driver that is a
share travels as a pair, `driver_whole` beside it; a rate is a fraction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.settling import windows_of
from staffel.core.findings import Text
from staffel.core.money import quotient
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import Add, Cases, Incentive, Lump, Pay, Percent
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPay:
    """What the reached step pays. figures: its rate or money, several where rows or conditions choose one."""

    kind: str
    figures: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor that multiplies, or with `adds` a share that is added to the rate.

    holds: none where single rows decide it.
    """

    factor: Decimal
    holds: bool | None
    adds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accrual:
    """One incentive, partner and window.

    subject: whose figures these are, the partner or its group. runs: it may still change by selling. step: 0
    below the first. average: amount before the caps over base. taken: what caps without a key took off,
    less what a floor added. earned, expected: the partner's own, in whole coins.
    """

    incentive: str
    title: Text
    partner_id: str
    subject: str
    window: Span
    day: date
    runs: bool
    gate: bool
    driver: Decimal | None
    driver_whole: Decimal | None
    driver_unit: Measured | None
    step: int
    steps: int
    start: Decimal | None
    next_start: Decimal | None
    pays: tuple[StepPay, ...]
    factors: tuple[Factor, ...]
    base: Decimal
    average: Decimal | None
    taken: Decimal
    exact: Decimal
    earned: Decimal
    driver_expected: Decimal | None
    step_expected: int
    expected: Decimal


def accruals(running: Running) -> tuple[Accrual, ...]:
    """Every window that is not settled yet, by partner, incentive and window."""
    found = [one for earning in running.assembly.earnings.values() for one in _of_incentive(running, earning)]
    return tuple(sorted(found, key=lambda one: (one.partner_id, one.incentive, one.window)))


def _of_incentive(running: Running, earning: Earning) -> Iterator[Accrual]:
    until = settled_until(running, earning.incentive)
    asked = set(running.results.table("entitled")["partner_id"].to_pylist())
    for row in _rows(running, earning):
        if row["w_until"] > until and row["partner_id"] in asked:
            yield _accrual(running, earning, row)


def settled_until(running: Running, incentive: Incentive) -> date:
    """The end of the last window that was settled for this incentive."""
    closed = {one.window for one in running.assembly.background.closed}
    mine = [window.until for window in windows_of(running.assembly.programme, incentive) if window in closed]
    return max(mine, default=date.min)


def _rows(running: Running, earning: Earning) -> list[dict[str, Any]]:
    name = earning.name
    query = f"""
        select t.partner_id, t.coins as earned, t.coins_expected as expected, e.*, a.base, a.uncapped, a.exact
        from entitled t
        join earning_{name} e on e.subject = coalesce(t.grp, t.partner_id) and e.w_start = t.window_start
        join amounts_{name} a on a.subject = e.subject and a.ask = e.ask
        where t.incentive = ? order by t.partner_id, e.w_start"""
    found = running.db.execute(query, [earning.incentive.name])
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _accrual(running: Running, earning: Earning, row: dict[str, Any]) -> Accrual:
    incentive, step = earning.incentive, row["step"]
    steps = incentive.scale.steps
    return Accrual(
        incentive=incentive.name,
        title=incentive.title,
        partner_id=row["partner_id"],
        subject=row["subject"],
        window=Span(row["w_start"], row["w_until"]),
        day=row["day"],
        runs=running.assembly.asking.day < row["w_until"],
        gate=row["gate"],
        driver=row["driver_num"],
        driver_whole=row["driver_den"],
        driver_unit=unit_of(running.assembly.programme, earning.driver_measure()),
        step=step,
        steps=len(steps),
        start=row[f"start_{step}"] if step else None,
        next_start=row[f"start_{step + 1}"] if step < len(steps) else None,
        pays=tuple(_pay(one) for one in incentive.scale.pays_at(step)),
        factors=_factors(earning, row),
        base=row["base"],
        average=quotient(row["uncapped"], row["base"]) if row["base"] else None,
        taken=row["uncapped"] - row["exact"],
        exact=row["exact"],
        earned=row["earned"],
        driver_expected=row["driver_expected"],
        step_expected=row["step_expected"],
        expected=row["expected"],
    )


def _pay(pay: Pay) -> StepPay:
    table = pay.rate if isinstance(pay, Percent) else pay.money
    kind = "percent" if isinstance(pay, Percent) else "lump" if isinstance(pay, Lump) else "per_unit"
    if not isinstance(table, Cases):
        return StepPay(kind=kind, figures=(table,))
    figures = {row.use for row in table.rows} | {table.otherwise or Decimal(0)}
    return StepPay(kind=kind, figures=tuple(sorted(figures)))


def _factors(earning: Earning, row: dict[str, Any]) -> tuple[Factor, ...]:
    """Every factor; what asks the subject has its answer in a column of its own."""
    answers = {number: row[f"y{number}"] for number in range(len(earning.asked))}
    found = []
    for one in earning.incentive.adjust:
        at = next((number for number, asked in enumerate(earning.asked) if asked == one.when), None)
        holds = None if at is None or is_filter(one.when) else answers[at]
        adds = isinstance(one, Add)
        figure = one.rate if isinstance(one, Add) else one.factor
        found.append(Factor(factor=figure, holds=holds, adds=adds))
    return tuple(found)
