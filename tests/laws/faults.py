"""Faults to be planted into the engine, one at a time: small changes that somebody might make in earnest.

A law must catch each of them within CI's worlds. `where` is the place in the engine; `plant` makes what is
there for the while from what was there. `among`: values of the language without which it does not show.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp

from staffel.core.calendar import ONE_DAY, Span
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.levels import held_on
from staffel.core.money import RATE
from staffel.core.programme.model import (
    All,
    Enforced,
    Limit,
    Path,
    When,
)
from staffel.core.programme.model import Any as Either
from tests.laws.faults_rows import FAULTS_OF_ROWS, later
from tests.laws.faults_scales import FAULTS_OF_SCALES
from tests.laws.faults_settlement import FAULTS_OF_SETTLEMENT
from tests.laws.planting import Fault, changed, instead, then

PLAN = "staffel.core.engine.plan"


# ------------------------------------------------------------ what is changed


def of_no_rows(query: Any) -> Any:
    """A query that finds nothing."""
    query.set("where", exp.Where(this=sql.FALSE))
    return query


def all_later(days: list[date]) -> list[date]:
    """Each the day after."""
    return [later(day) for day in days]


def above_for_from(original: Any) -> Any:
    """At least means more than."""

    def faulty(value: Any, comparison: str, figure: Any) -> Any:
        return original(value, "above" if comparison == "at_least" else comparison, figure)

    return faulty


def all_for_any(condition: Any) -> Any:
    """Where one is enough, all are asked."""
    return All(of=condition.of) if isinstance(condition, Either) else condition


def only_above_0(original: Any) -> Any:
    """What comes to 0 is left out."""
    zero = Limit(comparison="above", figure=Decimal(0))
    return lambda measures, fold, view: original(measures, replace(fold, where=(*fold.where, zero)), view)


def without_most(part: Any) -> Any:
    """A part of a score without a bound."""
    return replace(part, most=None)


def without_leasts(score: Any) -> Any:
    """A score of which no part must be there."""
    return replace(score, parts=tuple(replace(part, least=None) for part in score.parts))


def all_paths_at_once(ladder: Any) -> Any:
    """Levels that ask for all of their paths."""

    def of_one(level: Any) -> Any:
        asked = tuple(one for path in level.paths for one in path.requirements)
        return replace(level, paths=(Path(requirements=asked),)) if level.paths else level

    return replace(ladder, levels=tuple(of_one(level) for level in ladder.levels))


def of_no_step(replay: Any) -> Any:
    """A ladder from which nobody falls."""
    review = replace(replay.ladder.review, most_down=0)
    return replace(replay, ladder=replace(replay.ladder, review=review))


def end_for_start(when: When) -> When:
    """The level is read on the last day."""
    return When.END if when is When.START else when


def shorter(original: Any) -> Any:
    """One unit less, where there are several."""
    return lambda day, unit, count, *args, **kwargs: original(day, unit, max(count - 1, 1), *args, **kwargs)


def added_all(made: Any) -> Any:
    """A sum that takes nothing off."""
    return replace(made, parts=tuple(replace(part, less=False) for part in made.parts))


def first_of_several(made: Any) -> Any:
    """The first written is taken, whatever the others are."""
    return replace(made, of=made.of[:1])


def without_bounds(made: Any) -> Any:
    """A figure between no bounds."""
    return replace(made, at_least=None, at_most=None)


def a_day_more(original: Any) -> Any:
    """Counted back from the day itself, which is then a day more."""
    return lambda day, unit, count: Span(original(day, unit, count).start - ONE_DAY, day + ONE_DAY)


def greatest_wins(original: Any) -> Any:
    """Of several baselines the greatest is taken."""
    return lambda measures, growth, view: measures.panel.define(sql.greatest(*measures.rivals(growth, view)))


FAULTS = (
    *FAULTS_OF_ROWS,
    Fault("measure", "a window is a unit short", f"{PLAN}.days._last", shorter, ("window: last",)),
    Fault(
        "measure",
        "a rolling window has a day more",
        f"{PLAN}.days._rolling",
        a_day_more,
        ("window: rolling",),
    ),
    Fault(
        "measure",
        "a baseline is never cut",
        f"{PLAN}.days.same_run",
        lambda _: lambda baseline, run, day: baseline,
        ("window: year to date ago",),
    ),
    Fault(
        "measure",
        "the greatest baseline wins",
        f"{PLAN}.measures.Measures.winning_baseline",
        greatest_wins,
        ("against: best of two",),
    ),
    Fault(
        "measure",
        "a part of a score has no weight",
        f"{PLAN}.measures.Measures.gained",
        changed(1, lambda part: replace(part, weight=Decimal(1))),
        ("score: weighted", "score: stretched"),
    ),
    Fault(
        "measure",
        "what is missing in a score stretches nothing",
        f"{PLAN}.measures.Measures.weight_there",
        instead(sql.figure(Decimal(1), RATE)),
        ("score: stretched",),
    ),
    Fault(
        "measure",
        "no part of a score must be there",
        f"{PLAN}.measures.Measures._score",
        changed(1, without_leasts),
        ("measure: score",),
    ),
    Fault(
        "measure",
        "a part of a score has no bound",
        f"{PLAN}.measures.Measures.gained",
        changed(1, without_most),
        ("measure: score",),
    ),
    Fault(
        "measure", "a sum takes nothing off", f"{PLAN}.made._sum", changed(1, added_all), ("measure: sum",)
    ),
    Fault(
        "measure",
        "the best is the first",
        f"{PLAN}.made._best",
        changed(1, first_of_several),
        ("measure: best", "measure: worst"),
    ),
    Fault(
        "measure",
        "a unit of time without a sale does not exist",
        f"{PLAN}.folds.counting",
        only_above_0,
        ("measure: unit by unit", "measure: units counted"),
    ),
    Fault(
        "measure",
        "no bound holds",
        f"{PLAN}.made._between",
        changed(1, without_bounds),
        ("measure: between",),
    ),
    Fault(
        "measure",
        "a product is the figure itself",
        f"{PLAN}.made._times",
        changed(1, lambda factor: Decimal(1)),
        ("measure: times",),
    ),
    Fault(
        "measure",
        "nothing stands in for none",
        f"{PLAN}.made._if_none",
        lambda _: lambda measures, value, const, view: value,
        ("measure: if none",),
    ),
    Fault(
        "measure",
        "an older system's figure is ignored",
        f"{PLAN}.measures.Measures._or_opening",
        lambda _: lambda m, use, figure, *args, otherwise=None: figure if otherwise is None else otherwise,
        ("against: last year",),
    ),
    Fault(
        "requirement",
        "at least means more than",
        f"{PLAN}.conditions.compared",
        above_for_from,
        ("comparison: at_least",),
    ),
    Fault(
        "requirement",
        "a table of what is asked has its last row for all",
        f"{PLAN}.conditions.Conditions._of_table",
        changed(1, lambda table: replace(table, rows=table.rows[:0])),
        ("required: a table",),
    ),
    Fault(
        "requirement",
        "what is published decides",
        f"{PLAN}.conditions.Conditions._holds",
        changed(1, lambda one: one.of if isinstance(one, Enforced) else one),
        ("condition: enforced",),
    ),
    Fault(
        "requirement",
        "nothing is rounded before it is compared",
        f"{PLAN}.conditions.Conditions._test",
        changed(1, lambda test: replace(test, rounded=None)),
        ("rounded: to a step",),
    ),
    Fault(
        "requirement",
        "any asks for all",
        f"{PLAN}.conditions.Conditions._holds",
        changed(1, all_for_any),
        ("condition: any",),
    ),
    Fault(
        "requirement",
        "once met is asked anew",
        f"{PLAN}.conditions.Conditions._kept",
        lambda _: lambda conditions, kept, view: conditions.holds(kept.of),
        ("condition: kept",),
    ),
    Fault(
        "requirement",
        "one day stands for every day",
        f"{PLAN}.assembly.held_on",
        lambda _: lambda plan, name, panel, holds: held_on(plan, name, panel, sql.FALSE),
        ("condition: kept in a window", "condition: kept every day"),
    ),
    Fault(
        "requirement",
        "any term will do",
        f"{PLAN}.held.SOURCES",
        lambda sources: {
            trait: replace(source, matches=lambda values: (sql.TRUE,)) for trait, source in sources.items()
        },
        ("condition: accepted", "condition: enrolled", "condition: agreement", "condition: decided"),
    ),
    Fault(
        "requirement",
        "a term that began earlier will do",
        f"{PLAN}.held.held_by",
        changed(3, lambda begun: None),
        ("within: begun in a window",),
    ),
    Fault(
        "requirement",
        "nothing is cut for newcomers",
        f"{PLAN}.measures.Measures.prorated",
        lambda _: lambda measures, figure: figure,
        ("prorate: days",),
    ),
    Fault(
        "level",
        "a grace lasts a day longer",
        f"{PLAN}.levels.grace_end",
        then(later),
        ("grace: days", "grace: units"),
    ),
    Fault(
        "level",
        "a fall takes no step",
        f"{PLAN}.levels._after_down",
        changed(0, of_no_step),
        ("down: each", "down: fixed"),
    ),
    Fault(
        "level",
        "all paths are asked",
        f"{PLAN}.assembly.candidate",
        changed(1, all_paths_at_once),
        ("up: at once", "up: each", "up: fixed"),
    ),
    Fault("level", "reviews are a day late", f"{PLAN}.levels.review_days", then(all_later), ("up: each",)),
    Fault(
        "level",
        "decisions of levels are lost",
        f"{PLAN}.decisions._decisions",
        then(of_no_rows),
        ("market: decided",),
    ),
    *FAULTS_OF_SCALES,
    Fault(
        "incentive",
        "a cap of each customer holds the sum",
        "staffel.core.programme.model.Incentive.cap_key",
        lambda _: None,
        ("cap: each customer",),
    ),
    Fault(
        "incentive",
        "factors do not act",
        f"{PLAN}.pays.Pays.multiplied",
        lambda _: lambda earning, rate, *args: rate,
        ("multiply: by rows",),
    ),
    Fault(
        "incentive",
        "points are not added",
        f"{PLAN}.pays.Pays.with_points",
        lambda _: lambda earning, rate: rate,
        ("add: by rows", "add: under a condition"),
    ),
    Fault(
        "incentive",
        "the second in a sequence takes all",
        f"{PLAN}.stacking._left_of",
        lambda _: lambda part, whole, taken: part,
        ("stacking: in sequence",),
    ),
    Fault(
        "incentive",
        "the level of the start is that of the end",
        f"{PLAN}.conditions.Conditions._levels",
        changed(1, end_for_start),
        ("level on: start",),
    ),
    *FAULTS_OF_SETTLEMENT,
)
