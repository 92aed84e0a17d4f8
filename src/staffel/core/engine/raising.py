"""What it takes to raise a measure: how much more of which rows, and such rows to suppose.

A measure that sums or counts rows is raised by rows like those that it counts: a sale on the day asked, at the prices of the
partner's last such sale; a certificate in force from that day. A share or a growth is raised by its part, a score by the part
that needs the fewest units. What no new row can raise (a window that is over, an agreed target) gives nothing. The rows are a
proposal: whether they reach what they are meant to is shown by computing again (`supposed`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, assert_never

from staffel.core.engine.calculation import Running
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.plan.days import Ask, days_of, reask
from staffel.core.engine.plan.lines import leaves
from staffel.core.engine.supposed import Supposition
from staffel.core.money import EXACT, coin_of
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    All,
    Any as AnyOf,
    Different,
    Filter,
    Growth,
    Is,
    Lines,
    Measure,
    Not,
    Programme,
    Score,
    Share,
    SumOf,
    Take,
    Use,
)
from staffel.core.sources import TABLES, ColumnType

Row = dict[str, Any]
ZERO, ONE = Decimal(0), Decimal(1)
# More rows than this are no advice.
MOST_ROWS = 1000
_AMOUNTS = ("quantity", "net", "list", "dealer", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure's figure as it is: a number, or a part and its whole. None: there is none."""

    num: Decimal | None
    den: Decimal | None = None

    @property
    def is_pair(self) -> bool:
        """Whether it is a share of something."""
        return self.den is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """So much more of what a Take takes. measure: its name in the programme, none where it has none of its own."""

    take: Take
    amount: Decimal
    measure: str | None = None


# ------------------------------------------------------------------------------------------- how much is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Asks how much a measure lacks. select: what an incentive picks of all rows. score: the figures of a score's parts."""

    programme: Programme
    select: Filter = EVERY_ROW

    def needs(self, measure: Measure, figure: Figure, target: Decimal, ask: Ask, parts: "Parts") -> tuple[Need, ...]:
        """What must come, so that the figure is at least `target`; nothing where no new row can bring it."""
        if figure.num is None:
            return ()
        match measure:
            case Take():
                return self._of_take(measure, target - figure.num, ask)
            case Use(measure=name, over=over):
                inner = reask(over, ask, self.programme.calendar)
                found = self.needs(self.programme.measure(name), figure, target, inner, parts)
                return tuple(replace(one, measure=one.measure or name) for one in found)
            case Share(part=part, whole=whole):
                return self._of_share(part, whole, figure, target, ask, parts)
            case Growth(of=of):
                missing = _of_pair(figure, target) if figure.is_pair else target - figure.num
                return self._more(of, missing, ask, parts)
            case Score():
                return self._of_score(measure, figure.num, target, ask, parts)
            case Agreed():
                return ()
            case _:
                assert_never(measure)

    def _of_take(self, take: Take, missing: Decimal, ask: Ask) -> tuple[Need, ...]:
        if ask.day not in days_of(take.over, ask, self.programme.calendar) or missing <= 0:
            return ()
        picked = [one for one in (self.select, take.where) if one != EVERY_ROW]
        where: Filter = picked[0] if len(picked) == 1 else All(of=tuple(picked))
        amount = missing.quantize(_unit_of(self.programme, take), rounding=ROUND_CEILING, context=EXACT)
        return (Need(take=replace(take, where=where), amount=amount),)

    def _more(self, measure: Measure, missing: Decimal, ask: Ask, parts: "Parts") -> tuple[Need, ...]:
        """So much more of a measure, whatever its figure is."""
        return self.needs(measure, Figure(num=ZERO), missing, ask, parts)

    def _of_share(
        self, part: Measure, whole: Measure, figure: Figure, target: Decimal, ask: Ask, parts: "Parts"
    ) -> tuple[Need, ...]:
        """What is sold of the part is sold of the whole too, unless the whole is a figure agreed."""
        missing = _of_pair(figure, target)
        if not isinstance(self._resolved(whole), Agreed):
            if target >= ONE:
                return ()
            missing = EXACT.divide(missing, ONE - target)
        return self._more(part, missing, ask, parts)

    def _resolved(self, measure: Measure) -> Measure:
        while isinstance(measure, Use):
            measure = self.programme.measure(measure.measure)
        return measure

    def _of_score(
        self, score: Score, points: Decimal, target: Decimal, ask: Ask, parts: "Parts"
    ) -> tuple[Need, ...]:
        """First the parts below their least, then the one that gives the points with the fewest units."""
        found: list[Need] = []
        gap, open_ = target - points, []
        for part in score.parts:
            if part.points <= 0:
                continue
            gained = parts.points(part, ask)
            lack = max((part.least or ZERO) - gained, ZERO)
            needed = self._more(part.measure, EXACT.divide(lack, part.points), ask, parts) if lack else ()
            found += needed
            gap -= lack if needed else ZERO
            room = gap if part.most is None else part.most - gained - lack
            open_.append((part, room))
        able = [part for part, room in open_ if gap > 0 and room >= gap]
        ways = [self._more(part.measure, EXACT.divide(gap, part.points), ask, parts) for part in able]
        ways = [way for way in ways if way]
        if gap > 0 and not ways:
            return ()
        return (*found, *(min(ways, key=lambda way: way[0].amount) if ways else ()))


class Parts:
    """The points of a score's parts, as they are. Asked by the one who knows the panel."""

    def points(self, part: Any, ask: Ask) -> Decimal:
        """What a part gives now."""
        raise NotImplementedError


def _of_pair(figure: Figure, target: Decimal) -> Decimal:
    """What a part lacks for `target` of its whole."""
    assert figure.num is not None and figure.den is not None
    return EXACT.subtract(EXACT.multiply(target, figure.den), figure.num)


def _unit_of(programme: Programme, take: Take) -> Decimal:
    if isinstance(take.aggregate, SumOf):
        (type_,) = [one.type for one in TABLES[take.source].columns if one.name == take.aggregate.column]
        if type_ is ColumnType.MONEY:
            return ONE.scaleb(-coin_of(programme.currency))
    return ONE
