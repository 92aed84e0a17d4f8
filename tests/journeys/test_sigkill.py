"""Killed at any moment, a store is whole: nothing lost, nothing doubled, the next command goes on.

A child works through a list of jobs and acknowledges each one that is done; it is killed after a random time,
and the next one begins where the store says that it stopped. Children come from a server that has the ledger
imported already, so that a round costs the work and not the start. A new kind of work is a row of `JOBS`.
"""

import os
import random
import signal
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from staffel.core.ledger import (
    ReportedLine,
    ReportHeader,
    Store,
    current_state,
    import_report,
    load,
    log,
    verify,
    waiting_lines,
)

AT = datetime(2026, 4, 1, tzinfo=UTC)
KILLS = 50
NUMBERS = 30
LINES = 12
LONGEST_SECONDS = 0.35
SINCE = {"holds_from": "2020-01-01"}


def lines_of(number: int, net: str = "10.01") -> list[ReportedLine]:
    """Twelve lines of one document, the last for a partner that is not known at first."""
    return [
        ReportedLine(
            row=row,
            invoice_no=f"R{number:04}",
            document_row=str(row),
            partner_number="1001" if row < LINES else f"new-{number}",
            product_vendor_number="AU-100",
            end_customer=f"Customer {number}-{row}",
            sold_on=date(2026, 1, 5) + timedelta(days=number * 31 % 300 + row),
            quantity=Decimal(1),
            net=Decimal(net),
            currency="EUR",
        )
        for row in range(1, LINES + 1)
    ]


def header_of(number: int, *, replaces: bool = False) -> ReportHeader:
    """A report of its own number."""
    return ReportHeader(
        distributor_id="rhein",
        vendor_id="aurora",
        kind="sell_out",
        period_start=date(2026, 1, 1),
        period_until=date(2027, 1, 1),
        digest=f"{number} {replaces}",
        number=str(number),
        replaces=replaces,
    )


def import_new(store: Store, number: int) -> None:
    """A report that nobody knows."""
    import_report(store, report=header_of(number), lines=lines_of(number), at=AT)


def replace_it(store: Store, number: int) -> None:
    """The same report, every line with another amount."""
    report = header_of(number, replaces=True)
    import_report(store, report=report, lines=lines_of(number, "20.02"), at=AT)


def name_partner(store: Store, number: int) -> None:
    """The partner that its last line waits for."""
    row = {"distributor_id": "rhein", "number": f"new-{number}", "partner_id": "kern", **SINCE}
    load(store, "partner_references", [row], at=AT)


# Each may be done again when it is not known whether it was.
JOBS: tuple[Callable[[Store, int], None], ...] = (import_new, replace_it, name_partner)
LAST = NUMBERS * len(JOBS) - 1


def work(folder: Path, first: int, acknowledged: Connection) -> None:
    """Do all jobs from the first one on, and say so after each. Runs in a child."""
    store = Store.open(folder)
    for job in range(first, LAST + 1):
        JOBS[job % len(JOBS)](store, job // len(JOBS))
        acknowledged.send(job)


def said_by(acknowledged: Connection) -> int:
    """The last job that a child said was done; -1 for none."""
    last = -1
    try:
        while True:
            last = acknowledged.recv()
    except EOFError:
        return last


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one partner and one product."""
    store = Store.create(tmp_path / "store", at=AT)
    product = {"product_id": "server", "vendor_id": "aurora", "number": "AU-100", **SINCE}
    reference = {"distributor_id": "rhein", "number": "1001", "partner_id": "kern", **SINCE}
    load(store, "products", [product], at=AT)
    load(store, "partner_references", [reference], at=AT)
    store.close()
    return store.path


def killed_after(seconds: float | None, folder: Path, first: int) -> tuple[int, bool]:
    """Let a child work and kill it then (None: let it end); its last job, and whether it was killed."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, "pyiceberg.io.pyarrow"])
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(folder, first, sender))
    child.start()
    sender.close()
    child.join(seconds)
    if child.is_alive():
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
    assert child.exitcode in {0, -signal.SIGKILL}
    return said_by(receiver), child.exitcode != 0


def done_by(store: Store) -> int:
    """How many jobs left their commit: versions of reports, and references after the first one."""
    entries = log(store)
    reports = [(entry.reason, entry.report.version) for entry in entries if entry.report]
    assert len(reports) == len(set(reports)), "a report was taken twice"
    references = [entry for entry in entries if entry.kind == "load" and "partner_references" in entry.rows]
    return len(reports) + len(references) - 1


def totals(store: Store) -> tuple[int, Decimal]:
    """How many lines count, and what they come to."""
    relation = current_state(store).relation("sell_out")
    sql = f"select sum(case when reverses is null then 1 else -1 end), sum(net) from {relation}"
    count, net = store.duck().execute(sql).fetchall()[0]
    return int(count), net


def test_fifty_kills_lose_and_double_nothing(folder: Path) -> None:
    chance = random.Random(50)
    done, kills = -1, 0
    while done < LAST:
        seconds = chance.random() * LONGEST_SECONDS if kills < KILLS else None
        last, killed = killed_after(seconds, folder, done + 1)
        kills += killed
        done = max(done, last)
        store = Store.open(folder)
        assert verify(store) == ()
        assert done + 1 <= done_by(store) <= done + 2, "what was acknowledged is there, and at most one more"
        store.close()
    store = Store.open(folder)
    assert (kills, waiting_lines(store)) == (KILLS, ())
    assert totals(store) == (NUMBERS * LINES, NUMBERS * LINES * Decimal("20.0200"))
