"""The close: everything a settled quarter comes to, but for the commit that records it.

Levels, all four incentives over all windows, what is due, statements, sums per reason. Run as a script it
closes once and prints what that took in time and memory, as JSON.
"""

import argparse
import json
import resource
import time
from pathlib import Path

from market import Size, last_quarter, store_of

from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculation
from staffel.core.engine.reasons import base_sums
from staffel.core.engine.statements import statement_table
from staffel.core.ledger import State, current_state
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme

PROGRAMMES = Path(__file__).parent / "programmes"
MIB = 1024


def programme_called(name: str) -> Programme:
    """A programme of the bench."""
    path = PROGRAMMES / f"{name}.yaml"
    read = read_programme(path, file=path.name)
    assert read.programme is not None, [finding.say() for finding in read.findings]
    return read.programme


def close(programme: Programme, state: State, quarter: Span) -> int:
    """Closes a quarter for everybody; how many rows its statements have."""
    with calculation(programme, state, day=quarter.last_day, closing=quarter) as running:
        assert running.results.table("standing").num_rows
        assert base_sums(running, quarter)
        return statement_table(running.results).num_rows


def main() -> None:
    """One close in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=2_000_000)
    size = Size(lines=parser.parse_args().lines)
    state = current_state(store_of(size))
    begun = time.perf_counter()
    rows = close(programme_called("plain"), state, last_quarter(size))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
    print(json.dumps({"rows": rows, "seconds": round(time.perf_counter() - begun, 3), "peak_mib": peak}))


if __name__ == "__main__":
    main()
