"""How much a measure lacks: which rows must come, and how many more of them, for a figure to be reached.

A share or a growth is raised by its part (a share's whole grows with it, unless it is a figure agreed), a
score by its parts below their least and then by the part that needs the fewest units. What no new row can
raise, a window that is over or a target agreed, needs nothing that anybody could bring: then there are no
needs. Whether the rows reach what they are meant to is shown by computing again (`supposed`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import assert_never

from staffel.core.engine.calculation import Running
from staffel.core.engine.duckdb import first_row
from staffel.core.engine.plan.folds import counting
from staffel.core.engine.plan.measures import Measures, View
from staffel.core.engine.plan.tree import Expr
from staffel.core.money import EXACT, coin_of
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    All,
    Best,
    Between,
    Combined,
    Fold,
    Growth,
    IfNone,
    Made,
    Measure,
    Part,
    Score,
    Share,
    Sum,
    SumOf,
    Take,
    Times,
    Use,
    Who,
)
from staffel.core.sources import TABLES, ColumnType

ZERO, ONE = Decimal(0), Decimal(1)
# How much over a figure is above it: less than any coin or share of one that is asked.
EPSILON = Decimal("0.000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """So much more of what a Take takes. measure: its name in the programme, where it has one of its own."""

    take: Take
    amount: Decimal
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it is: a number, or a part and its whole. shown: of a score below a least. None: none."""

    num: Decimal | None
    den: Decimal | None = None
    shown: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Asks the figures of one subject in one of a panel's asks."""

    running: Running
    measures: Measures
    subject: str
    at: int

    def figure(self, measure: Measure, view: View | None = None) -> Figure:
        """A measure that the plan has valued already."""
        value = self.measures.value(measure, view)
        num, den, shown = (self.number(one) for one in (value.num, value.den, value.shown))
        return Figure(num=num, den=den, shown=shown)

    def number(self, expression: Expr | None) -> Decimal | None:
        """What an expression over the panel's columns comes to."""
        found = self._asked(expression)
        return None if found is None else Decimal(str(found))

    def holds(self, expression: Expr) -> bool:
        """Whether a condition over the panel's columns holds."""
        return self._asked(expression) is True

    def _asked(self, expression: Expr | None) -> object:
        if expression is None:
            return None
        query = (
            f"select {expression.sql('duckdb')} from panel_{self.measures.panel.name} p "
            "where p.subject = ? and p.ask = ?"
        )
        found = first_row(self.running.db.execute(query, [self.subject, self.at]))
        return None if found is None else found[0]

    # ------------------------------------------------------------------ to a figure

    def to(self, measure: Measure, target: Decimal, view: View | None = None) -> tuple[Need, ...]:
        """What must come, so that the figure is at least `target`."""
        view = self.measures.top if view is None else view
        match measure:
            case Take():
                return self._by(measure, target, view)
            case Use(measure=name):
                found = self.to(self.measures.programme.measure(name), target, self._inner(measure, view))
                return tuple(replace(one, measure=one.measure or name) for one in found)
            case Share(part=part, whole=whole):
                return self._share(measure, part, whole, target, view)
            case Growth():
                return self._growth(measure, target, view)
            case Score():
                return self._score(measure, target, view)
            case Agreed():
                return ()
            case Made():
                return self._made(measure, target, view)
            case _:
                assert_never(measure)

    def _inner(self, use: Use, view: View) -> View:
        who = use.who if view.who is Who.ASKER else view.who
        return replace(view, asks=self.measures.reasked(use.over, view), who=who)

    def _by(self, measure: Measure, target: Decimal, view: View) -> tuple[Need, ...]:
        figure = self.figure(measure, view).num
        return () if figure is None else self.more(measure, target - figure, view)

    def more(self, measure: Measure, amount: Decimal, view: View) -> tuple[Need, ...]:
        """What must come, so that the figure rises by `amount`."""
        match measure:
            case Take():
                return self._rows(measure, amount, view)
            case Use(measure=name):
                found = self.more(self.measures.programme.measure(name), amount, self._inner(measure, view))
                return tuple(replace(one, measure=one.measure or name) for one in found)
            case Share() | Growth() | Score() | Agreed() | Made():
                figure = self.figure(measure, view)
                return () if figure.num is None else self.to(measure, figure.num + amount, view)
            case _:
                assert_never(measure)

    def _rows(self, take: Take, amount: Decimal, view: View) -> tuple[Need, ...]:
        """Rows of the day asked, where the window still runs on that day."""
        if amount <= 0 or self.running.assembly.asking.day not in self.measures.spans(take, view)[self.at]:
            return ()
        picked = tuple(one for one in (view.select, take.where) if one != EVERY_ROW)
        where = picked[0] if len(picked) == 1 else All(of=picked)
        rounded = amount.quantize(self._unit(take), rounding=ROUND_CEILING, context=EXACT)
        return (Need(take=replace(take, where=where), amount=rounded),)

    def _unit(self, take: Take) -> Decimal:
        """What the figure grows by at least: a coin, or one."""
        if isinstance(take.aggregate, SumOf):
            column = TABLES[take.source].column(take.aggregate.column)
            if column.type is ColumnType.MONEY:
                return ONE.scaleb(-coin_of(self.measures.programme.currency))
        return ONE

    # ------------------------------------------------------------------ of measures made of others

    def _share(
        self, share: Share, part: Measure, whole: Measure, target: Decimal, view: View
    ) -> tuple[Need, ...]:
        figure = self.figure(share, view)
        if figure.num is None or figure.den is None:
            return ()
        missing = EXACT.subtract(EXACT.multiply(target, figure.den), figure.num)
        if not isinstance(self._behind(whole), Agreed):
            if target >= ONE:
                return ()
            missing = EXACT.divide(missing, ONE - target)
        return self.more(part, missing, view)

    def _behind(self, measure: Measure) -> Measure:
        while isinstance(measure, Use):
            measure = self.measures.programme.measure(measure.measure)
        return measure

    def _growth(self, growth: Growth, target: Decimal, view: View) -> tuple[Need, ...]:
        baseline = self.number(self.measures.winning_baseline(growth, view))
        figure = self.figure(growth.of, view).num
        if baseline is None or figure is None:
            return ()
        wanted = max(baseline, ZERO) + target
        if growth.shown_as == "percent":
            wanted = EXACT.multiply(baseline, ONE + target)
        return self.more(growth.of, wanted - figure, view)

    def _made(self, made: Combined, target: Decimal, view: View) -> tuple[Need, ...]:
        """Of a sum its first part that rows can raise; of the smallest all that lie below the target."""
        match made:
            case Sum():
                figure = self.figure(made, view).num
                missing = ZERO if figure is None else target - figure
                ways = [self.more(part.measure, missing, view) for part in made.parts if not part.less]
            case Times(of=of, factor=factor):
                ways = [self.to(of, EXACT.divide(target, factor), view)] if factor > 0 else []
            case Best(of=several, worst=False):
                ways = [self.to(one, target, view) for one in several]
            case Best(of=several):
                below = [self.to(one, target, view) for one in several if self._lies_below(one, target, view)]
                ways = [_summed([need for way in below for need in way])] if all(below) else []
            case Between(of=of, at_most=most):
                ways = [self.to(of, target, view)] if most is None or most.figure >= target else []
            case IfNone(of=of):
                ways = [self.to(of, target, view)]
            case Fold(of=of):
                running = self.measures.below(made, view, self.at)[-1:]
                ways = [self._in_unit(made, target, view, one) for _, one in running]
            case _:
                ways = []
        return next((way for way in ways if way), ())

    def _in_unit(self, fold: Fold, target: Decimal, view: View, running: View) -> tuple[Need, ...]:
        """Of the unit that runs: all that is missing, of an average so many times; of a count its limit."""
        figure = self.figure(fold, view).num
        missing = target - (figure or ZERO)
        match fold.shown_as:
            case "average":
                holds = [self.holds(one) for one in counting(self.measures, fold, view)]
                return self.more(fold.of, missing * max(sum(holds), 1), running)
            case "sum":
                return self.more(fold.of, missing, running)
            case "count":
                least = [one.figure for one in fold.where if one.comparison in ("at_least", "above")]
                return self.to(fold.of, max(least), running) if least and missing <= ONE else ()
            case _:
                return self.to(fold.of, target, running)

    def _lies_below(self, measure: Measure, target: Decimal, view: View) -> bool:
        figure = self.number(self.measures.value(measure, view).number())
        return figure is not None and figure < target

    def _score(self, score: Score, target: Decimal, view: View) -> tuple[Need, ...]:
        """Parts below their least first; then the part that gives the rest with the fewest units."""
        shown = self.figure(score, view).shown
        if shown is None:
            return ()
        gained = {
            part: self.number(self.measures.asked_for(score, part, view)) or ZERO for part in score.parts
        }
        low = {part: (part.least or ZERO) - gained[part] for part in score.parts}
        found: list[Need] = []
        for part in (one for one in score.parts if low[one] > 0):
            found += self._for_points(part, low[part], view)
            gained[part] += low[part]
        gap = target - shown - sum((low[part] * part.weight for part in score.parts if low[part] > 0), ZERO)
        if gap <= 0:
            return _summed(found)
        more = {part: EXACT.divide(gap, part.weight) for part in score.parts if part.weight}
        able = [part for part in more if part.most is None or part.most - gained[part] >= more[part]]
        ways = [way for part in able if (way := self._for_points(part, more[part], view))]
        return _summed([*found, *min(ways, key=lambda way: way[0].amount)]) if ways else ()

    def _for_points(self, part: Part, points: Decimal, view: View) -> tuple[Need, ...]:
        if part.points <= 0:
            return ()
        return self.more(part.measure, EXACT.divide(points, part.points), view)


def _summed(needs: Sequence[Need]) -> tuple[Need, ...]:
    """Needs of the same rows made one."""
    found: dict[tuple[Take, str | None], Need] = {}
    for need in needs:
        known = found.get((need.take, need.measure))
        whole = need.amount if known is None else known.amount + need.amount
        found[need.take, need.measure] = replace(need, amount=whole)
    return tuple(found.values())
