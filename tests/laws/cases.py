"""A world as the laws ask it: made once, calculated once, kept while its batch is at work.

`STAFFEL_LAWS_WORLDS` says how many worlds, `STAFFEL_LAWS_FIRST` from which seed on; they are spread over
workers in batches of `BATCH` seeds. A batch that was put to every law is let go before the next one.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.results import Results
from tests.laws import engine, oracle
from tests.laws.oracle import settlement
from tests.laws.worlds import World, make

WORLDS = int(os.environ.get("STAFFEL_LAWS_WORLDS", "200"))
FIRST = int(os.environ.get("STAFFEL_LAWS_FIRST", "0"))
BATCH = 10
BATCHES = [range(at, min(at + BATCH, FIRST + WORLDS)) for at in range(FIRST, FIRST + WORLDS, BATCH)]


class Case:
    """One world, what the oracle says to it and what the engine says to it."""

    def __init__(self, seed: int) -> None:
        self.world: World = make(seed)
        self.book: oracle.Book = self.world.book()
        self._open = ExitStack()

    def __repr__(self) -> str:
        return f"world {self.world.seed}"

    @cached_property
    def closing(self) -> Span:
        """The window whose settlement is asked: the last that has begun of those that settle anything."""
        programme = self.world.programme
        every = {span for one in programme.incentives for span in settlement.settle_windows(self.book, one)}
        return max(
            (span for span in every if span.start <= self.world.day),
            key=lambda span: (span.until, span.start),
        )

    @cached_property
    def running(self) -> Running:
        """The engine's calculation, its tables open until the batch is done."""
        return self._open.enter_context(engine.kept(self.book, self.closing))

    @property
    def results(self) -> Results:
        """What the engine says."""
        return self.running.results

    def close(self) -> None:
        """Lets the engine's tables go."""
        self._open.close()

    @cached_property
    def paid(self) -> dict[str, bool]:
        """Whether each incentive pays, or takes back, anything at all."""
        found = dict.fromkeys(self.world.says, False)
        for (name, _, _), coins in oracle.shares(self.book).items():
            found[name] |= coins != 0
        return found


class Batch:
    """Some worlds, each made when the first law asks for it."""

    def __init__(self, seeds: range) -> None:
        self.seeds = seeds
        self._cases: dict[int, Case] = {}

    def __iter__(self) -> Iterator[Case]:
        for seed in self.seeds:
            if seed not in self._cases:
                self._cases[seed] = Case(seed)
            yield self._cases[seed]

    def close(self) -> None:
        """Every law was asked."""
        for case in self._cases.values():
            case.close()
