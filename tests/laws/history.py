"""What was closed and decided in a world before the day asked: closes as the oracle states them, grants at
random.
"""

from datetime import date
from random import Random

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import Programme
from tests.laws import oracle
from tests.laws.drawn import LEVELS
from tests.laws.facts import Row
from tests.laws.markets import Market
from tests.laws.oracle import exact, exactly, incentives, settlement, windows


def add_closes(rng: Random, market: Market, programme: Programme, settle: Unit, day: date) -> None:
    """The first windows of the programme were closed, each from what was known by its commit."""
    every = units_meeting = windows.units_meeting(market.calendar, programme.valid, settle)
    ended = [window for window in every if window.until <= day]
    for window in units_meeting[: rng.randint(0, len(ended))]:
        _close(market, programme, window)


@exactly
def _close(market: Market, programme: Programme, window: Span) -> None:
    """Writes what is due for a window as settled, as of its last day and a commit of the month after."""
    facts = market.facts
    facts.commit_no = market.commit_of(window.until) + 5
    known = {
        name: [row for row in rows if row["commit_no"] <= facts.commit_no]
        for name, rows in facts.tables.items()
    }
    book = oracle.book(programme, known, windows.last_day(window))
    for (name, partner), said in oracle.statement(book, window).items():
        incentive = programme.incentive(name)
        once = said.carried_out, said.paid  # of the incentive: they stand in one of its rows
        for per in incentives.windows_of(book, incentive):
            before = settlement.settled_before(book, incentive, partner, per, window)
            amount = settlement.entitled(book, incentive, partner, per) - before
            frozen = settlement.is_frozen(book, incentive, per, window)
            if per.start < window.until and not frozen and (amount or any(once)):
                spans = (per.start, per.until), (window.start, window.until)
                facts.settled(name, partner, *spans, amount, *once)
                once = exact.ZERO, exact.ZERO
    facts.close(window.start, window.until, window.until)
    facts.commit_no = 1


def add_decisions(rng: Random, market: Market, programme: Programme, day: date) -> None:
    """Some levels were recorded: granted, opened with, or with a fall that waits."""
    if not programme.ladders:
        return
    for partner in rng.sample(market.enrolled, min(3, len(market.enrolled))):
        since = min(market.any_day(), day)
        values: Row = {"cause": rng.choice(["grant", "review", "opening"])}
        values["commit_no"] = market.known(f"decided {partner}", since)
        at = rng.randrange(3)
        if at and rng.random() < 0.4:
            values |= {"falls_to": LEVELS[at - 1], "falls_after": since + rng.choice([10, 45]) * windows.DAY}
        market.facts.decision(partner, LEVELS[at], since, **values)
