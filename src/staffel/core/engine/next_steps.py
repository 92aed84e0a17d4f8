"""The result *next*: the nearest step of each incentive and the nearest level, what is missing, what it
would bring.

For each incentive whose window runs: the next step of its scale, how much its driver lacks, and the money
that would come of just that much more, by computing again with such rows supposed (`supposed`). Where the
gate is shut: what opens it. For the next level: the nearest path, the one whose smallest fulfilment is
the largest (rule 49), and what the running windows would have come to more, had the level held since they
began. Money is in the programme's currency.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from staffel.core.calendar import Span
from staffel.core.engine.accruals import Accrual, accruals
from staffel.core.engine.calculation import Running
from staffel.core.engine.demands import Demand, Demands, Missing, missing
from staffel.core.engine.duckdb import first_row
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.gaps import Gap
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.results import Results
from staffel.core.engine.samples import Samples, together
from staffel.core.engine.supposed import Supposition, suppose
from staffel.core.findings import Text
from staffel.core.programme.model import Comparison, Ladder, Path

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The next step of an incentive. brings: of this incentive; brings_in_all: of all, for the same rows.

    None where no rows can be supposed. reached: they reach the step; none for a group's step.
    """

    incentive: str
    title: Text
    window: Span
    step: int
    lacks: Missing
    gate: bool
    brings: Decimal | None
    brings_in_all: Decimal | None
    reached: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutGate:
    """An incentive that pays nothing until its gate holds. brings: once it does, on what was sold so far."""

    incentive: str
    title: Text
    window: Span
    demand: Demand
    brings: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLevel:
    """The next level by its nearest path. brings: had it held since the running windows began.

    reached: the rows that were supposed reach it; none where none can be supposed.
    """

    level: str
    title: Text
    path: str
    fulfilment: Decimal
    requirements: tuple[Demand, ...]
    brings: Decimal
    reached: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """What is next for one partner on the day asked. level: none at the top, or where there are no levels."""

    partner_id: str
    day: date
    steps: tuple[NextStep, ...] = ()
    gates: tuple[ShutGate, ...] = ()
    level: NextLevel | None = None


Outcome: TypeAlias = NextStep | ShutGate | NextLevel
# What is known and what was supposed come to; none where nothing could be supposed.
Answers: TypeAlias = Sequence[Results | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Suppositions to be computed, and what their answers make. None: no rows can be supposed."""

    suppositions: tuple[Supposition | None, ...]
    told: Callable[[Results, Answers], Outcome]


def next_steps(running: Running, facts: Facts, partner: str) -> NextSteps:
    """What is next for a partner. running: a calculation restricted to it, over the same facts."""
    samples = Samples.of(running, facts, partner)
    runs = [one for one in accruals(running) if one.runs and one.partner_id == partner]
    questions = [*_steps(running, samples, runs), *_gates(running, samples, runs)]
    questions += _levels(running, facts, samples, runs)
    found = _answered(running, facts, partner, questions)
    return NextSteps(
        partner_id=partner,
        day=running.assembly.asking.day,
        steps=tuple(one for one in found if isinstance(one, NextStep)),
        gates=tuple(one for one in found if isinstance(one, ShutGate)),
        level=next((one for one in found if isinstance(one, NextLevel)), None),
    )


def _answered(running: Running, facts: Facts, partner: str, questions: Sequence[_Question]) -> list[Outcome]:
    """All questions by one calculation."""
    asked = [one for question in questions for one in question.suppositions if one is not None]
    answers = iter(suppose(running, facts, partner, asked) if questions else ())
    known = next(answers, running.results)
    return [
        question.told(known, [None if one is None else next(answers) for one in question.suppositions])
        for question in questions
    ]


# ------------------------------------------------------------------------------ steps and gates


def _gap(running: Running, earning: Earning, accrual: Accrual) -> Gap:
    at = [ask.window for ask in earning.panel.asks].index(accrual.window)
    return Gap(running=running, measures=earning.measures, subject=accrual.subject, at=at)


def _steps(running: Running, samples: Samples, runs: Sequence[Accrual]) -> Iterator[_Question]:
    """The next step of each running window that has one."""
    for accrual in runs:
        earning = running.assembly.earnings[accrual.incentive]
        if accrual.next_start is None:
            continue
        driver, view = earning.asked_driver()
        how: Comparison = (
            "above" if earning.incentive.scale.steps[accrual.step].reached == "above" else "at_least"
        )
        lacks = missing(_gap(running, earning, accrual), driver, accrual.next_start, how, view=view)
        yield _Question(
            suppositions=(rows_for(samples, (lacks,)),),
            told=partial(_step, accrual, lacks),
        )


def _step(accrual: Accrual, lacks: Missing, known: Results, answers: Answers) -> NextStep:
    own, then = accrual.subject == accrual.partner_id, answers[0]
    return NextStep(
        incentive=accrual.incentive,
        title=accrual.title,
        window=accrual.window,
        step=accrual.step + 1,
        lacks=lacks,
        gate=accrual.gate,
        brings=more_money(known, then, accrual),
        brings_in_all=more_money(known, then),
        reached=_reached(then, accrual) if then is not None and own else None,
    )


def _reached(then: Results, accrual: Accrual) -> bool:
    mine = (accrual.incentive, accrual.window.start)
    rows = [row for row in then.rows("earned") if (row["incentive"], row["window_start"]) == mine]
    return any(isinstance(row["step"], int) and row["step"] > accrual.step for row in rows)


def _gates(running: Running, samples: Samples, runs: Sequence[Accrual]) -> Iterator[_Question]:
    """What opens each gate that is shut."""
    for accrual in runs:
        if accrual.gate:
            continue
        earning = running.assembly.earnings[accrual.incentive]
        asks = Demands(gap=_gap(running, earning, accrual), conditions=earning.conditions)
        demand = asks.of(earning.incentive.gate)
        yield _Question(
            suppositions=(rows_for(samples, demand.lacks, demand.certificates),),
            told=partial(_gate, accrual, demand),
        )


def _gate(accrual: Accrual, demand: Demand, known: Results, then: Answers) -> ShutGate:
    return ShutGate(
        incentive=accrual.incentive,
        title=accrual.title,
        window=accrual.window,
        demand=demand,
        brings=more_money(known, then[0], accrual),
    )


def rows_for(
    samples: Samples, lacks: Sequence[Missing], certificates: Sequence[str] = ()
) -> Supposition | None:
    """Rows for all that is missing; none where some of it no row can bring."""
    made = [samples.rows(need) for lack in lacks for need in lack.needs]
    made += [samples.certificate(one) for one in certificates[:1]]
    if not made or any(one is None for one in made) or not all(lack.needs for lack in lacks):
        return None
    return together([one for one in made if one is not None])


def more_money(known: Results, then: Results | None, accrual: Accrual | None = None) -> Decimal | None:
    """How much more a partner is entitled to; in all, or in one window of one incentive."""
    if then is None:
        return None
    return _entitled(then, accrual) - _entitled(known, accrual)


def _entitled(results: Results, accrual: Accrual | None) -> Decimal:
    found = ZERO
    for row in results.rows("entitled"):
        coins = row["coins"]
        assert isinstance(coins, Decimal)
        if accrual is None or (row["incentive"], row["window_start"]) == (
            accrual.incentive,
            accrual.window.start,
        ):
            found += coins
    return found


# ------------------------------------------------------------------------------ the next level


def _levels(running: Running, facts: Facts, samples: Samples, runs: Sequence[Accrual]) -> Iterator[_Question]:
    """The level above the one in force, where there is one."""
    ladder, panel = running.assembly.ladder, running.assembly.ladder_panel
    standing = running.results.rows("standing") if ladder else []
    if ladder is None or panel is None or running.assembly.ladder_conditions is None or not standing:
        return
    index = ladder.index(str(standing[0]["level"])) + 1
    if index >= len(ladder.levels):
        return
    conditions = running.assembly.ladder_conditions
    at = [ask.day for ask in panel.asks].index(running.assembly.asking.day)
    gap = Gap(running=running, measures=conditions.measures, subject=samples.partner, at=at)
    path, asked = _nearest(Demands(gap=gap, conditions=conditions), ladder.levels[index].paths)
    lacks = [lack for demand in asked for lack in demand.lacks]
    certificates = [one for demand in asked for one in demand.certificates[:1]]
    since = min((one.window.start for one in runs), default=None)
    held = None if since is None else as_level(running, facts, samples.partner, ladder, index, since)
    yield _Question(
        suppositions=(rows_for(samples, lacks, certificates), held),
        told=partial(_level, ladder, index, path, asked),
    )


def _nearest(demands: Demands, paths: Sequence[Path]) -> tuple[Path, tuple[Demand, ...]]:
    """The path whose smallest fulfilment is the largest; of equal ones the first written."""
    asked = [(path, tuple(demands.of(one) for one in path.requirements)) for path in paths or (Path(),)]
    return max(asked, key=lambda one: _least(one[1]))


def _least(demands: Sequence[Demand]) -> Decimal:
    return min((demand.fulfilment for demand in demands), default=Decimal(1))


def _level(
    ladder: Ladder, index: int, path: Path, asked: tuple[Demand, ...], known: Results, then: Answers
) -> NextLevel:
    rows, held = then
    reached = None if rows is None else ladder.index(str(rows.rows("standing")[0]["reached"])) >= index
    return NextLevel(
        level=ladder.levels[index].name,
        title=ladder.levels[index].title,
        path=path.name,
        fulfilment=_least(asked),
        requirements=asked,
        brings=more_money(known, held) or ZERO,
        reached=reached,
    )


def as_level(
    running: Running, facts: Facts, partner: str, ladder: Ladder, index: int, since: date
) -> Supposition:
    """As if the level had been decided when the windows began, and on every day decided since."""
    programme = running.assembly.programme
    enrolled = "select coalesce(max(start), date '0001-01-01') from enrolled where subject = ? and start <= ?"
    begun = first_row(running.db.execute(enrolled, [partner, running.assembly.asking.day]))
    first = max(since, programme.valid.start, begun[0] if begun else since)
    query = (
        f"select holds_from from ({current(facts, 'decisions')}) where programme = ? and ladder = ? "
        "and partner_id = ? and holds_from > ? and holds_from <= ? order by all"
    )
    given = [programme.name, ladder.name, partner, first, running.assembly.asking.day]
    days = [first, *(row[0] for row in running.db.execute(query, given).fetchall())]
    row = {
        "programme": programme.name,
        "ladder": ladder.name,
        "partner_id": partner,
        "level": ladder.levels[index].name,
        "cause": "supposed",
    }
    return Supposition(rows={"decisions": tuple(row | {"holds_from": day} for day in days)})
