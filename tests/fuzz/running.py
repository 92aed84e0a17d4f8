"""How long the fuzzing goes on: by the clock, in numbered batches, so that a red run can be run again.

`STAFFEL_FUZZ_SECONDS` (30) is shared among the tests here; `STAFFEL_FUZZ_FIRST` is the number of the first
batch, under CI 0 and at home that of the moment. A failing batch is shrunk and shown by Hypothesis.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

SECONDS = float(os.environ.get("STAFFEL_FUZZ_SECONDS", "30"))
FIRST = int(os.environ.get("STAFFEL_FUZZ_FIRST", "0" if os.environ.get("CI") else str(int(time.time()))))
IN_A_BATCH = 60
MOST_SECONDS = 60  # for one text, on a machine that has much else to do


def fuzz(read: Callable[[str], None], texts: SearchStrategy[str], *, share: float) -> None:
    """Read drawn texts until this share of the time is over; one batch at least."""
    until = time.monotonic() + share * SECONDS
    batch = FIRST
    while batch == FIRST or time.monotonic() < until:
        _once(read, texts, batch)
        batch += 1


def _once(read: Callable[[str], None], texts: SearchStrategy[str], batch: int) -> None:
    @seed(batch)
    @settings(max_examples=IN_A_BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(text=texts)
    def reads(text: str) -> None:
        with soon():
            read(text)

    try:
        reads()
    except BaseException as failure:
        failure.add_note(f"Run it again: STAFFEL_FUZZ_FIRST={batch} .venv/bin/pytest tests/fuzz")
        raise


@contextmanager
def soon() -> Iterator[None]:
    """What is done here ends in reasonable time; else it is stopped, and fails."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"goes on for more than {MOST_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
