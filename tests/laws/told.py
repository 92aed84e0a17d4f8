"""Tells at the end of a run which pairs of values the worlds generated and paid something for.

A plugin of pytest: workers hand their counts to the run that started them, which prints the sum. A pair that
never paid anything is named with its reason.
"""

from collections import Counter
from typing import Any

import pytest

from tests.laws.values import Coverage

COVERAGE = Coverage()
_KEY = "laws_coverage"


def _plain(counts: Counter[tuple[str, str]]) -> dict[str, int]:
    return {"|".join(pair): count for pair, count in counts.items()}


def _add(counts: Counter[tuple[str, str]], plain: dict[str, int]) -> None:
    for pair, count in plain.items():
        a, b = pair.split("|")
        counts[a, b] += count


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it counted."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = [_plain(COVERAGE.drawn), _plain(COVERAGE.paid)]


def pytest_testnodedown(node: Any) -> None:
    """The run that started a worker adds its counts."""
    drawn, paid = getattr(node, "workeroutput", {}).get(_KEY, [{}, {}])
    _add(COVERAGE.drawn, drawn)
    _add(COVERAGE.paid, paid)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints it, where worlds were made."""
    if not COVERAGE.drawn:
        return
    terminalreporter.section("values of the language in these worlds")
    for line in COVERAGE.told():
        terminalreporter.write_line(line)
