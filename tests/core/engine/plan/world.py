"""A world of a few partners, put to the engine alone: every test of the plan asks here.

Many partners stand in one world, each at an edge of its own, so that one calculation answers a table of
cases and every case has its strangers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.results import Results
from staffel.core.programme.model import Programme
from tests.forms.conftest import programme
from tests.laws.facts import LONG_AGO, Ledger, day

YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))
Q1, Q2 = Span(date(2026, 1, 1), date(2026, 4, 1)), Span(date(2026, 4, 1), date(2026, 7, 1))
FIRST, SECOND = "2026-01-01", "2026-04-01"


def year(*incentives: Any, **values: Any) -> Programme:
    """A programme of 2026 with the measure `revenue`."""
    return programme(*incentives, **({"valid": YEAR} | values))


def world(**sales: object) -> Ledger:
    """A market in which each named partner sold for one sum on 10 February 2026; none: nothing."""
    ledger = Ledger()
    ledger.product("box", "boxes")
    ledger.product("pen", "pens")
    for partner, net in sales.items():
        ledger.enrolled(partner)
        if net is not None:
            ledger.sale(partner, date(2026, 2, 10), net)
    return ledger


@contextmanager
def facts_of(ledger: Ledger) -> Iterator[MemoryFacts]:
    """The ledger's rows as facts, as long as the block runs."""
    with TemporaryDirectory(prefix="staffel-") as folder:
        yield MemoryFacts.of(Path(folder), ledger.tables)


@contextmanager
def running(of: Programme, ledger: Ledger, on: str, **options: Any) -> Iterator[Running]:
    """A calculation with its tables open."""
    with facts_of(ledger) as facts, calculation(of, facts, day=day(on), **options) as found:
        yield found


def calculated(of: Programme, ledger: Ledger, on: str, **options: Any) -> Results:
    """What a programme comes to on a day."""
    with running(of, ledger, on, **options) as found:
        return found.results.kept()


def column(results: Results, table: str, name: str, *keys: str, **where: object) -> dict[Any, Any]:
    """A column of a result table by the keys of its rows (one key stands alone); rows that are as said."""
    rows = [row for row in results.rows(table) if all(row[one] == value for one, value in where.items())]
    found = {tuple(row[one] for one in keys): row[name] for row in rows}
    assert len(found) == len(rows), f"{table} has several rows of one {keys}"
    return {key[0] if len(keys) == 1 else key: value for key, value in found.items()}


def coins(results: Results, start: str = FIRST, incentive: str = "bonus") -> dict[str, Decimal]:
    """What each partner is entitled to for the window that begins on a day."""
    return column(results, "entitled", "coins", "partner_id", window_start=day(start), incentive=incentive)


def earned(results: Results, name: str, start: str = FIRST, incentive: str = "bonus") -> dict[str, Any]:
    """A column of what each subject earned in the window that begins on a day."""
    return column(results, "earned", name, "subject", window_start=day(start), incentive=incentive)


def money(*figures: object) -> tuple[Decimal, ...]:
    """Several figures."""
    return tuple(Decimal(str(one)) for one in figures)


__all__ = [
    "FIRST",
    "LONG_AGO",
    "Q1",
    "Q2",
    "SECOND",
    "YEAR",
    "Ledger",
    "calculated",
    "coins",
    "column",
    "day",
]
__all__ += ["earned", "facts_of", "money", "running", "world", "year"]
