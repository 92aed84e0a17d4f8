"""The engine's door for tests: the same question put to the plan, its answers put beside the oracle's (law
2).

What is compared: the level of every day, each hurdle's figures, and of each incentive, subject and window
driver, step,
gate, base, exact amount and coins; shares of members; what a settlement says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculate, calculation
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.results import Results
from staffel.core.engine.reviews import proposals
from staffel.core.engine.statements import statements
from tests.laws import oracle
from tests.laws.oracle import Book

ZERO = Decimal(0)
SHOWN = 12


def results_of(book: Book, closing: Span | None = None, **options: Any) -> Results:
    """What the engine says to the same question. closing: the window whose settlement is asked."""
    with TemporaryDirectory(prefix="staffel-") as folder:
        facts = MemoryFacts.of(Path(folder), book.facts)
        return calculate(book.programme, facts, day=book.day, closing=closing, **options)


def agree(book: Book, closing: Span | None = None) -> None:
    """Asks the engine what the oracle was asked. Raises AssertionError that names where they differ."""
    found = unlike(book, results_of(book, closing))
    shown = "\n".join(found[:SHOWN])
    assert not found, f"engine and oracle differ in {len(found)} figures, engine first:\n{shown}"


def unlike(book: Book, results: Results) -> list[str]:
    """Each figure in which these results and the oracle differ, as a line: what, where, engine's,
    oracle's.
    """
    found = [*_levels(book, results), *_requirements(book, results), *_earned(book, results)]
    found += _shares(book, results)
    if results.closing is not None:
        found += _due(book, results, results.closing)
    return found


def _unlike(what: str, engine: dict[Any, Any], oracle_: dict[Any, Any]) -> Iterator[str]:
    for key in sorted({*engine, *oracle_}, key=repr):
        if engine.get(key) != oracle_.get(key):
            yield f"{what} {key}: {engine.get(key)} / {oracle_.get(key)}"


def _levels(book: Book, results: Results) -> Iterator[str]:
    """The level of every partner on every day on which either says that it changes."""
    if book.programme.ladder is None:
        return
    spans = results.rows("levels")
    for partner in book.participants():
        mine = [row for row in spans if row["partner_id"] == partner]
        days = {day for row in mine for day in (row["start"], row["until"])}
        days |= {day for day, _ in oracle.changes(book, partner)}
        asked = sorted(day for day in days if isinstance(day, date) and day <= book.day)
        engine = {(partner, day): _level_on(mine, day) for day in asked}
        yield from _unlike(
            "level", engine, {(partner, day): oracle.level_on(book, partner, day) for day in asked}
        )


def _level_on(spans: list[dict[str, Any]], day: date) -> object:
    return next((row["level"] for row in spans if row["start"] <= day < row["until"]), None)


def _requirements(book: Book, results: Results) -> Iterator[str]:
    """Every test of every path, as of the day asked."""
    if book.programme.ladder is None or "requirements" not in results.tables:
        return
    engine = {
        (row["partner_id"], row["level"], row["path"], row["number"], row["leaf"]): (
            row["actual"],
            row["whole"],
            row["required"],
            row["leaf_holds"],
        )
        for row in results.rows("requirements")
    }
    ours = {
        (partner, one.level, one.path, one.requirement, one.leaf): (
            *_told(one.actual),
            _to_six(one.required),
            one.holds,
        )
        for partner in oracle.standing(book)
        for one in oracle.requirements(book, partner)
    }
    yield from _unlike("requirement", engine, ours)


def _told(figure: Any) -> tuple[Decimal | None, Decimal | None]:
    """As a requirement's table tells it: a figure that is no share with four decimals, half up."""
    part, whole = _pair(figure)
    if part is None or whole is not None:
        return part, whole
    return part.quantize(Decimal("0.0001"), ROUND_HALF_UP), None


def _to_six(required: Decimal | None) -> Decimal | None:
    """As the table tells what is required: with six decimals, half up."""
    return None if required is None else required.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _pair(figure: Any) -> tuple[Decimal | None, Decimal | None]:
    return figure if isinstance(figure, tuple) else (figure, None)


def _earned(book: Book, results: Results) -> Iterator[str]:
    """Of each incentive, subject and window what it came to, step by step.

    A base is compared where it is whole: in a sequence the engine shows what the ones before left of it.
    """
    if "earned" not in results.tables:
        return
    engine, ours = {}, {}
    for (name, subject, start), one in oracle.entitled(book).items():
        step = 0 if one.step is None else one.step + 1
        base = None if oracle.is_reduced(book, name) else one.base
        ours[(name, subject.id, start)] = (one.gate, _pair(one.driver), step, base, one.amount, one.entitled)
    for row in results.rows("earned"):
        key = (row["incentive"], row["subject"], row["window_start"])
        driver = (row["driver_num"], row["driver_den"] if row["driver_num"] is not None else None)
        base = row["base"] if key in ours and ours[key][3] is not None else None
        engine[key] = (row["gate"], driver, row["step"], base, row["exact"], row["coins"])
    yield from _unlike("earned", engine, ours)


def _shares(book: Book, results: Results) -> Iterator[str]:
    """What each partner is entitled to, its shares of groups' bonuses among it; nothing is as good as no
    row.
    """
    if "entitled" not in results.tables:
        return
    engine: dict[Any, Decimal] = {}
    for row in results.rows("entitled"):
        key = (row["incentive"], row["partner_id"], row["window_start"])
        engine[key] = engine.get(key, ZERO) + row["coins"]  # type: ignore[operator]
    yield from _unlike("entitled", _paying(engine), _paying(oracle.shares(book)))


def _paying(coins: dict[Any, Decimal]) -> dict[Any, Decimal]:
    return {key: value for key, value in coins.items() if value}


def _due(book: Book, results: Results, closing: Span) -> Iterator[str]:
    """What a settlement says to each partner about each incentive."""
    engine = {
        (row["incentive"], row["partner_id"]): (
            row["carried_in"],
            row["due"],
            row["paid"],
            row["carried_out"],
        )
        for row in results.rows("due")
    }
    ours = {
        key: (one.carried_in, one.due, one.paid, one.carried_out)
        for key, one in oracle.statement(book, closing).items()
    }
    settled_now = {name for name, _ in ours}
    said = {key: value for key, value in engine.items() if key[0] in settled_now}
    yield from _unlike(f"due {closing.start}", _telling(said), _telling(ours))
    yield from _unlike(f"paid {closing.start}", _paid(results), _paid_by(book, closing))


def _paid(results: Results) -> dict[Any, Decimal]:
    """Each part of a payout: incentive, partner, form, days, payer."""
    return {
        (line.incentive, one.partner_id, part.form, part.use_by, part.claim_by, part.payer or line.payer): (
            part.money
        )
        for one in statements(results)
        for line in one.lines
        for part in line.parts
    }


def _paid_by(book: Book, closing: Span) -> dict[Any, Decimal]:
    said = oracle.statement(book, closing)
    return {(*key, *part): money for key, one in said.items() for part, money in one.days.items() if money}


def _telling(statements: dict[Any, Any]) -> dict[Any, Any]:
    """Those that are not nothing in every figure."""
    return {key: value for key, value in statements.items() if any(value)}


@contextmanager
def kept(book: Book, closing: Span | None = None) -> Iterator[Running]:
    """A calculation whose tables lie open, with its lines: for evidence and receipts."""
    with TemporaryDirectory(prefix="staffel-") as folder:
        facts = MemoryFacts.of(Path(folder), book.facts)
        with calculation(book.programme, facts, day=book.day, closing=closing, kept=True) as running:
            yield running


def unlike_proposals(book: Book, running: Running) -> list[str]:
    """Decisions that the reviews propose to record, where engine and oracle differ."""
    ladder = book.programme.ladder
    if ladder is None:
        return []
    names = [level.name for level in ladder.levels]
    ours = {
        (one.partner, one.key_day): (
            names[one.level],
            names[one.fall.to] if one.fall else None,
            one.fall and one.fall.until,
        )
        for one in oracle.proposals(book)
    }
    engine = {
        (one.partner_id, one.key_day): (one.to_level, one.falls_to, one.falls_after)
        for one in proposals(running)
    }
    return list(_unlike("proposal", engine, ours))
