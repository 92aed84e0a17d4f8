"""Worlds: a market, a programme fitted to it, and a history of closes and decisions, all from one seed.

Each world is made once and put to every law. `World.says` names, for each incentive, the values of the spine
that
it mixes (`values.VALUES`), so that a run can tell which pairs were seen to pay something.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import Programme
from tests.laws import oracle
from tests.laws.drawing import Drawing
from tests.laws.drawn import draw
from tests.laws.drawn_terms import TARGETS
from tests.laws.facts import Row
from tests.laws.history import add_closes, add_decisions
from tests.laws.markets import Market, add_rates
from tests.laws.oracle.windows import DAY, last_day, months_on, units_meeting


@dataclass(frozen=True)
class World:
    """One world. day: the day asked; says: incentive → the values that it mixes."""

    seed: int
    programme: Programme
    tables: dict[str, list[Row]]
    day: date
    says: dict[str, frozenset[str]]

    def book(self) -> oracle.Book:
        """The world as the oracle is asked about it."""
        return oracle.book(self.programme, self.tables, self.day)


def make(seed: int) -> World:
    """The world of a seed: always the same."""
    rng = Random(seed)
    market = Market(rng)
    valid = _valid(rng, market)
    history = rng.choice(["plain", "plain", "closed", "closed", "decided"])
    basis = rng.choice(["day", "day", "month", "programme"])
    add_rates(market, basis)
    _add_targets(rng, market, valid)
    _add_openings(rng, market)
    drawing = Drawing(rng, market, valid, basis)
    drawing.said = {f"rates: {basis}", f"market: {'merge' if market.merged else history}"}
    settle = rng.choice([Unit.MONTH, Unit.QUARTER, Unit.QUARTER, Unit.HALF]) if history == "closed" else None
    drawn = draw(drawing, settle)
    day = _day(rng, market, valid)
    if settle is not None:
        add_closes(rng, market, drawn.programme, settle, day)
    if history == "decided":
        add_decisions(rng, market, drawn.programme, day)
    return World(seed, drawn.programme, market.facts.tables, day, drawn.says)


def _valid(rng: Random, market: Market) -> Span:
    """One or two years of the programme, mostly beginning a year after the first lines."""
    start = rng.choice([market.edges[12], market.edges[12], market.first, market.edges[6], market.edges[13]])
    return Span(start, months_on(start, rng.choice([12, 24])))


def _day(rng: Random, market: Market, valid: Span) -> date:
    """The day asked: the last of a window as often as any other."""
    end = min(valid.until, market.until) - DAY
    span = (end - valid.start).days
    edges = [edge - DAY for edge in market.edges if valid.start + 60 * DAY < edge <= end + DAY]
    return rng.choice(
        [end, rng.choice(edges or [end]), valid.start + DAY * rng.randrange(span * 2 // 3, span)]
    )


def _add_targets(rng: Random, market: Market, valid: Span) -> None:
    """Targets of most partners, and now and then of a group, for most windows."""
    for unit, target in TARGETS.items():
        for window in units_meeting(market.calendar, Span(market.first, valid.until), unit):
            for one in [*market.enrolled, *market.groups]:
                if rng.random() < (0.9 if one in market.enrolled else 0.4):
                    figure = Decimal(rng.choice([500, 1000, 2000, 4000]) * (1 + list(TARGETS).index(unit)))
                    market.facts.target(one, target, window.start, window.until, figure)


def _add_openings(rng: Random, market: Market) -> None:
    """Figures of an older system for windows before, and in, the first year of lines."""
    span = Span(months_on(market.first, -12), market.edges[6])
    for partner in rng.sample(market.enrolled, min(2, len(market.enrolled))):
        for unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR):
            for window in units_meeting(market.calendar, span, unit):
                if rng.random() < 0.5:
                    figure = Decimal(rng.randint(1000, 900_000)) / 100
                    name = rng.choice(["revenue", "revenue", "special", "pieces"])
                    market.facts.opening(partner, name, window.start, window.until, figure)


__all__ = ["World", "last_day", "make"]
