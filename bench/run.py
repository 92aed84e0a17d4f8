"""`make bench`: a full close beside its floor, one of hard forms beside a query by hand, memory, and an
explanation, each against its goal.

Only ratios of one run mean anything on a machine that others use too: close and floor, or hand, are timed in
turns, after one of each that is not counted, and the medians compared. Writes `results.json`, prints all, and
always ends well: whether a goal holds is told, not enforced.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from close import close, programme_called
from explain import explain_ms, groups_read_to_admitting, partners_by_rank
from floor import sum_files
from hand import by_hand, same_by_plan
from market import Size, last_quarter, store_of
from reading import rows_a_second

from staffel.core.ledger import State, current_state

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. goal: not to be passed, or where `least`, to be reached; none: only told."""

    figure: str
    value: float
    unit: str
    goal: float | None = None
    least: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the goal is kept; none without a goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal


def main() -> None:
    """Makes the ledger if need be, takes all figures, prints and writes them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=2_000_000)
    parser.add_argument("--times", type=int, default=5, help="how often close and floor are timed")
    asked = parser.parse_args()
    size = Size(lines=asked.lines)
    print(f"{size.lines:,} lines, {size.partners:,} partners, {size.months} months", flush=True)
    state = current_state(store_of(size))
    figures = [
        *_closing(state, size, asked.times),
        *_hard(state, size, asked.times),
        *_explaining(state, size),
        _reading(),
    ]
    _write(figures)
    _print(figures)


def _closing(state: State, size: Size, times: int) -> list[Figure]:
    programme, quarter = programme_called("plain"), last_quarter(size)
    floors, closes = [], []
    for _ in range(times + 1):
        floors.append(_seconds(lambda: sum_files(state)))
        closes.append(_seconds(lambda: close(programme, state, quarter)))
    floor, closing = median(floors[1:]), median(closes[1:])
    alone = _close_alone(size)
    return [
        Figure(figure="close_plain_vs_floor", value=round(closing / floor, 2), unit="times", goal=3),
        Figure(figure="close_peak_memory_mib", value=alone["peak_mib"], unit="MiB", goal=2048),
        Figure(figure="close_seconds", value=round(closing, 3), unit="s"),
        Figure(figure="floor_seconds", value=round(floor, 3), unit="s"),
        Figure(figure="close_first_seconds", value=alone["seconds"], unit="s"),
    ]


def _hard(state: State, size: Size, times: int) -> list[Figure]:
    programme, quarter = programme_called("hard"), last_quarter(size)
    if by_hand(state, quarter) != same_by_plan(programme, state, quarter):
        raise SystemExit("the plan and the query by hand differ: neither may be measured")
    hands, closes = [], []
    for _ in range(times + 1):
        hands.append(_seconds(lambda: by_hand(state, quarter)))
        closes.append(_seconds(lambda: close(programme, state, quarter)))
    hand, closing = median(hands[1:]), median(closes[1:])
    return [
        Figure(figure="close_hard_vs_hand", value=round(closing / hand, 2), unit="times", goal=1.5),
        Figure(figure="close_hard_seconds", value=round(closing, 3), unit="s"),
        Figure(figure="hand_seconds", value=round(hand, 3), unit="s"),
    ]


def _close_alone(size: Size) -> dict[str, float]:
    """One close in a process that does nothing else."""
    command = [sys.executable, str(HERE / "close.py"), "--lines", str(size.lines)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _explaining(state: State, size: Size) -> list[Figure]:
    programme, quarter = programme_called("plain"), last_quarter(size)
    partners = partners_by_rank(state)
    taken = explain_ms(programme, state, partners, quarter)
    groups = max(groups_read_to_admitting(programme, state, one, quarter) for one in partners[::4])
    return [
        Figure(figure="explain_ms", value=round(taken), unit="ms", goal=150),
        Figure(figure="explain_row_groups", value=round(groups, 2), unit="times", goal=2),
    ]


def _reading() -> Figure:
    return Figure(figure="csv_rows_a_second", value=rows_a_second(), unit="rows/s")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _write(figures: list[Figure]) -> None:
    rows = [asdict(one) | {"holds": one.holds} for one in figures]
    kept = [{name: row[name] for name in ("figure", "value", "unit", "goal", "holds")} for row in rows]
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _print(figures: list[Figure]) -> None:
    words = {True: "holds", False: "DOES NOT HOLD", None: ""}
    for one in figures:
        sign = "" if one.goal is None else f"{'≥' if one.least else '≤'} {one.goal:,}"
        print(f"{one.figure:24} {one.value:>12,} {one.unit:8} {sign:>8}  {words[one.holds]}".rstrip())
    missed = [one.figure for one in figures if one.holds is False]
    print(f"does not hold: {', '.join(missed)}" if missed else "all goals hold")


if __name__ == "__main__":
    main()
