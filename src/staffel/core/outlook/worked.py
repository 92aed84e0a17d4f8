"""A worked example for each incentive: what the engine makes of a made-up market (`made_up`).

The partner holds the highest level and sells as always; where a step lies ahead, so much more on the last
day that it reaches that step, and where the gate is shut, what opens it. What no row can bring has no
example: nothing is said that the engine did not compute.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from staffel.core.calendar import Span, Unit
from staffel.core.engine.accruals import Accrual, accruals
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.demands import Demands, missing
from staffel.core.engine.facts import Facts, MemoryFacts
from staffel.core.engine.gaps import Gap
from staffel.core.engine.next_steps import rows_for
from staffel.core.engine.results import Results
from staffel.core.engine.samples import Samples
from staffel.core.engine.supposed import Supposition, suppose
from staffel.core.money import quotient
from staffel.core.outlook.made_up import PARTNER, market
from staffel.core.programme.model import Comparison, Incentive, Programme
from staffel.core.sources import Measured

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What one incentive comes to for a partner in a window.

    driver: a share divided, none where there is none. step: from 1, 0 below the first. base: none where
    nothing is paid by it. coins: what is paid, in the programme's currency.
    """

    incentive: str
    window: Span
    driver: Decimal | None
    driver_unit: Measured | None
    step: int
    steps: int
    base: Decimal | None
    coins: Decimal


def worked(programme: Programme) -> tuple[Worked, ...]:
    """An example of each incentive that can be shown, in the programme's order."""
    found: dict[str, Worked] = {}
    with TemporaryDirectory(prefix="staffel-") as folder:
        for number, (day, names) in enumerate(_days(programme)):
            place = Path(folder) / str(number)
            place.mkdir()
            facts = MemoryFacts.of(place, market(programme, day), state_id="example")
            found |= {one.incentive: one for one in _on(programme, facts, day, names)}
    return tuple(found[one.name] for one in programme.incentives if one.name in found)


def _days(programme: Programme) -> Iterator[tuple[date, list[str]]]:
    """The days to look at, each with its incentives: the end of the year in which the rules begin, where
    every unit of time ends, or of the rules themselves; of a named span its own end.
    """
    calendar, valid = programme.calendar, programme.valid
    year = calendar.unit_of(valid.start, Unit.YEAR)
    last = min(year.last_day, valid.last_day)
    days: dict[date, list[str]] = {}
    for one in programme.incentives:
        day = one.per.last_day if isinstance(one.per, Span) else last
        days.setdefault(day, []).append(one.name)
    yield from sorted(days.items())


def _on(programme: Programme, facts: Facts, day: date, names: Sequence[str]) -> Iterator[Worked]:
    with calculation(programme, facts, day=day, partners=[PARTNER], only=names) as running:
        samples = Samples.of(running, facts, PARTNER)
        shown = [one for one in accruals(running) if one.incentive in names and one.day == day]
        supposed = [_supposed(running, samples, one) for one in shown]
        answers = suppose(running, facts, PARTNER, supposed)[1:]
        for accrual, answer in zip(shown, answers, strict=True):
            if found := _worked(programme.incentive(accrual.incentive), accrual, answer):
                yield found


def _supposed(running: Running, samples: Samples, accrual: Accrual) -> Supposition:
    """What leads through the gate to the next step; what no row can bring is left."""
    earning = running.assembly.earnings[accrual.incentive]
    at = [ask.window for ask in earning.panel.asks].index(accrual.window)
    gap = Gap(running=running, measures=earning.measures, subject=accrual.subject, at=at)
    demand = Demands(gap=gap, conditions=earning.conditions).of(earning.incentive.gate)
    made = rows_for(samples, demand.lacks, demand.certificates) or Supposition()
    if accrual.next_start is None:
        return made
    driver, view = earning.asked_driver()
    how: Comparison = (
        "above" if earning.incentive.scale.steps[accrual.step].reached == "above" else "at_least"
    )
    lacks = missing(gap, driver, accrual.next_start, how, view=view)
    return made.also(rows_for(samples, (lacks,)) or Supposition())


def _worked(incentive: Incentive, accrual: Accrual, results: Results) -> Worked | None:
    """What came of it; none where nothing is paid."""
    mine = (incentive.name, accrual.window.start)
    entitled: list[dict[str, Any]] = [row for row in results.rows("entitled") if _key(row) == mine]
    coins: Decimal = sum((row["coins"] for row in entitled), ZERO)
    row: dict[str, Any] | None = next((row for row in results.rows("earned") if _key(row) == mine), None)
    if row is None or coins <= 0:
        return None
    driver = row["driver_num"]
    if driver is not None and row["driver_den"] is not None:
        driver = quotient(driver, row["driver_den"])
    return Worked(
        incentive=incentive.name,
        window=accrual.window,
        driver=driver,
        driver_unit=accrual.driver_unit,
        step=row["step"],
        steps=accrual.steps,
        base=row["base"] or None,
        coins=coins,
    )


def _key(row: dict[str, Any]) -> tuple[object, object]:
    return row["incentive"], row["window_start"]
