"""Killed at any moment, a store is whole: nothing lost, nothing doubled, the next command goes on.

A child works through a list of jobs and acknowledges each one that is done; it is killed after a random time,
and the next one begins where the store says that it stopped. Children come from a server that has the ledger
imported already, so that a round costs the work and not the start. Two works share the fifty kills: reports
that come and are replaced, and the months of a programme, each reported and closed; a new kind of job is a
row of `REPORTING` or `CLOSING`.
"""

import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from staffel.core.engine.closing import CloseRefused, close_window
from staffel.core.engine.settling import settle_windows
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
from staffel.core.programme.model import Programme
from staffel.core.programme.payment_days import close_day
from tests.core.engine.cases import incentive, programme

AT = datetime(2026, 4, 1, tzinfo=UTC)
NUMBERS = 21
MONTHS = 12
LINES = 12
WHO = ("kern", "moor")
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


def name_another(store: Store, number: int) -> None:
    """That reference corrected: its line moves to the other partner."""
    row = {"distributor_id": "rhein", "number": f"new-{number}", "partner_id": "moor", **SINCE}
    load(store, "partner_references", [row], at=AT)


def rules() -> Programme:
    """Two incentives that are settled each month, one of which carries small sums on."""
    head = {"vendor": "aurora", "calendar": "{settle: month}"}
    each = "base: revenue\nper: month\nrate: "
    bonus = incentive("bonus", f"{each}2 %")
    small = incentive("small", f"{each}0.5 %\nminimum_payout: {{amount: 1, otherwise: carry}}")
    return programme(bonus, small, head=head)


def report_month(store: Store, number: int) -> None:
    """What two partners bought in a month; one line is late, of the month that is closed already."""
    month = settle_windows(rules())[number]
    days = [month.start - timedelta(days=9)] + [month.start + timedelta(days=row) for row in range(1, LINES)]
    lines = [
        replace(line, sold_on=max(day, date(2026, 1, 1)), partner_number=f"100{1 + line.row % 2}")
        for line, day in zip(lines_of(number), days, strict=True)
    ]
    import_report(store, report=header_of(number), lines=lines, at=AT)


def close_month(store: Store, number: int) -> None:
    """The close of a month; that it was closed before counts as done."""
    said = rules()
    month = settle_windows(said)[number]
    try:
        close_window(store, said, month, on=close_day(said, month), at=AT)
    except CloseRefused as refusal:
        if {one.code for one in refusal.findings if one.severity == "error"} != {"window-closed"}:
            raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Jobs, done in turn for each number. Each may be done again when it is not known whether it was.

    seconds: the longest that a child lives before it is killed.
    """

    jobs: tuple[Callable[[Store, int], None], ...]
    numbers: int
    kills: int
    seconds: float

    @property
    def last(self) -> int:
        """The last job."""
        return self.numbers * len(self.jobs) - 1

    def do(self, store: Store, job: int) -> None:
        """One job."""
        self.jobs[job % len(self.jobs)](store, job // len(self.jobs))


REPORTING = Work(
    jobs=(import_new, replace_it, name_partner, name_another), numbers=NUMBERS, kills=34, seconds=0.35
)
CLOSING = Work(jobs=(report_month, close_month), numbers=MONTHS, kills=16, seconds=1.5)


def work(todo: Work, folder: Path, first: int, acknowledged: Connection) -> None:
    """Do all jobs from the first one on, and say so after each. Runs in a child."""
    store = Store.open(folder)
    for job in range(first, todo.last + 1):
        todo.do(store, job)
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
    """A store with one product and two partners that take part in a programme."""
    store = Store.create(tmp_path / "store", at=AT)
    product = {"product_id": "server", "vendor_id": "aurora", "number": "AU-100", **SINCE}
    partners = dict(zip(("1001", "1002"), WHO, strict=True))
    references = [
        {"distributor_id": "rhein", "number": number, "partner_id": partner, **SINCE}
        for number, partner in partners.items()
    ]
    enrolments = [{"programme": "p", "partner_id": partner, **SINCE} for partner in partners.values()]
    load(store, "products", [product], at=AT)
    load(store, "partner_references", references, at=AT)
    load(store, "enrolments", enrolments, at=AT)
    store.close()
    return store.path


def killed_after(seconds: float | None, todo: Work, folder: Path, first: int) -> tuple[int, bool]:
    """Let a child work and kill it then (None: let it end); its last job, and whether it was killed."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, "pyiceberg.io.pyarrow"])
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(todo, folder, first, sender))
    child.start()
    sender.close()
    child.join(seconds)
    if child.is_alive():
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
    assert child.exitcode in {0, -signal.SIGKILL}
    return said_by(receiver), child.exitcode != 0


def killing(todo: Work, folder: Path) -> Iterator[tuple[int, Store]]:
    """Kill until the work is done; after each kill the last job acknowledged, and the store, found whole.

    A quick machine may be done before the last kill: it does its last job again, which is safe to repeat.
    """
    chance = random.Random(50)
    done, kills = -1, 0
    while done < todo.last or kills < todo.kills:
        seconds = chance.random() * todo.seconds if kills < todo.kills else None
        last, killed = killed_after(seconds, todo, folder, min(done + 1, todo.last))
        kills += killed
        done = max(done, last)
        store = Store.open(folder)
        assert verify(store) == ()
        yield done, store
        store.close()
    assert kills >= todo.kills


def reports_of(store: Store) -> int:
    """How many versions of reports were taken."""
    reports = [(entry.reason, entry.report.version) for entry in log(store) if entry.report]
    assert len(reports) == len(set(reports)), "a report was taken twice"
    return len(reports)


def references_of(store: Store) -> int:
    """How many references were loaded after the first ones."""
    return sum(entry.kind == "load" and "partner_references" in entry.rows for entry in log(store)) - 1


def totals(store: Store, partner: str = "%") -> tuple[int, Decimal]:
    """How many lines of a partner, or of all, count, and what they come to."""
    relation = current_state(store).relation("sell_out")
    sql = f"select sum(case when reverses is null then 1 else -1 end), sum(net) from {relation}"
    sql += f" where partner_id like '{partner}'"
    count, net = store.duck().execute(sql).fetchall()[0]
    return int(count), net


def closes_of(store: Store) -> list[tuple[object, ...]]:
    """Each month that is closed, and the state it was computed from."""
    relation = current_state(store).relation("closes")
    return store.duck().execute(f"select settle_start, state_id from {relation} order by all").fetchall()


def settled_of(store: Store) -> list[tuple[object, ...]]:
    """Every settled row, by the month that settled it."""
    relation = current_state(store).relation("settled")
    columns = "settle_start, incentive, partner_id, window_start, amount, carried, paid"
    return store.duck().execute(f"select {columns} from {relation} order by all").fetchall()


def test_fifty_kills_it_is() -> None:
    assert REPORTING.kills + CLOSING.kills == 50
    assert CLOSING.kills >= 10


def test_a_killed_import_loses_and_doubles_nothing(folder: Path) -> None:
    for done, store in killing(REPORTING, folder):
        found = reports_of(store) + references_of(store)
        assert done + 1 <= found <= done + 2, "what was acknowledged is there, and at most one more"
    store = Store.open(folder)
    assert waiting_lines(store) == ()
    assert totals(store) == (NUMBERS * LINES, NUMBERS * LINES * Decimal("20.0200"))
    assert totals(store, "moor") == (NUMBERS, NUMBERS * Decimal("20.0200"))


def test_a_killed_close_settles_each_month_once_and_whole(folder: Path, tmp_path: Path) -> None:
    """After each kill, and at the end, what an undisturbed store says of the months closed so far."""
    shutil.copytree(folder, tmp_path / "undisturbed")
    calm = Store.open(tmp_path / "undisturbed")
    for job in range(CLOSING.last + 1):
        CLOSING.do(calm, job)
    closes, settled = closes_of(calm), settled_of(calm)
    assert len(closes) == MONTHS
    assert {row[1:3] for row in settled} == {(one, who) for one in ("bonus", "small") for who in WHO}
    assert any(row[0] != row[3] for row in settled), "late lines settle a month that was closed before"
    for done, store in killing(CLOSING, folder):
        months = closes_of(store)
        assert done + 1 <= reports_of(store) + len(months) <= done + 2
        assert months == closes[: len(months)]
        assert settled_of(store) == [row for row in settled if row[0] in {month for month, _ in months}]
    store = Store.open(folder)
    assert (closes_of(store), settled_of(store)) == (closes, settled)
