"""The oracle: what a programme means, computed line by line in Decimal, in the plainest way that we found.

It knows the programme's model and nothing else of ours. What the engine computes must agree with it (law 2).
It is written to be read beside `docs/semantics.md`, one file a noun, and never to be quick.

Facts are plain rows: table → list of dicts, columns as in `staffel.core.sources`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from staffel.core.programme.model import (
    Enforced,
    Measure,
    Programme,
    Span,
)
from tests.laws.oracle import conditions, exact, figures, incentives, levels, rows, settlement, windows
from tests.laws.oracle import receipts as _receipts
from tests.laws.oracle.book import Asked, Book, Facts, Subject
from tests.laws.oracle.figures import Figure
from tests.laws.oracle.incentives import Record
from tests.laws.oracle.levels import Move
from tests.laws.oracle.receipts import Receipt
from tests.laws.oracle.settlement import Statement

__all__ = [
    "Book",
    "Move",
    "Receipt",
    "Record",
    "Required",
    "Statement",
    "Subject",
    "book",
    "changes",
    "days_of_lines",
    "entitled",
    "figure",
    "is_reduced",
    "level_on",
    "proposals",
    "receipts",
    "requirements",
    "shares",
    "standing",
    "statement",
]

P = ParamSpec("P")
T = TypeVar("T")


def exactly(work: Callable[P, T]) -> Callable[P, T]:
    """Runs with digits enough for every product, so that nothing is rounded but where a rule says so."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with localcontext(exact.WIDE):
            return work(*args, **kwargs)

    return run


class Required(NamedTuple):
    """A test or trait in a requirement of a path. actual: none, a number, or a pair (part, whole)."""

    level: str
    path: str
    requirement: int
    leaf: int
    actual: Figure
    required: Decimal | None
    holds: bool


def book(programme: Programme, facts: Facts, day: date) -> Book:
    """All that is asked of one programme, one state and one day; what is worked out is kept in it."""
    return Book(programme, facts, day)


@exactly
def level_on(book: Book, partner: str, day: date, ladder: str = "level") -> str | None:
    """The level in force on a day; none: not enrolled."""
    return levels.level_on(book, partner, day, ladder)


@exactly
def changes(book: Book, partner: str, ladder: str = "level") -> list[tuple[date, int | None]]:
    """The days on which a partner's level begins, with its place from the bottom; none: no level from then
    on.
    """
    form = next(one for one in book.programme.ladders if one.name == ladder)
    return levels.replay(book, form)[partner].since


@exactly
def standing(book: Book, ladder: str = "level") -> dict[str, str]:
    """The level on the day asked of each partner that is enrolled then."""
    found = {one: levels.level_on(book, one, book.day, ladder) for one in book.participants()}
    return {one: level for one, level in found.items() if level is not None}


@exactly
def requirements(book: Book, partner: str, ladder: str = "level") -> list[Required]:
    """Every test and trait of every path, as of the day asked, in the order written."""
    form = next(one for one in book.programme.ladders if one.name == ladder)
    asked = levels.asked_on(book, partner, book.day)
    return [
        Required(level.name, path.name, at, number, *conditions.leaf(book, leaf, asked))
        for level in form.levels
        for path in level.paths
        for at, requirement in enumerate(path.requirements)
        if not isinstance(requirement, Enforced) or (requirement.published or book.day) <= book.day
        for number, leaf in enumerate(conditions.leaves_of(requirement))
    ]


@exactly
def proposals(book: Book, ladder: str = "level") -> list[Move]:
    """The decisions that recording the reviews up to the day asked would write."""
    form = next(one for one in book.programme.ladders if one.name == ladder)
    return list(levels.proposals(book, form))


@exactly
def entitled(book: Book) -> dict[tuple[str, Subject, date], Record]:
    """(incentive, subject, first day of the window) → what it came to."""
    return {
        (incentive.name, subject, window.start): incentives.record(book, incentive, subject, window)
        for incentive in book.programme.incentives
        for window in incentives.windows_of(book, incentive)
        for subject in incentives.subjects_of(book, incentive, window)
    }


@exactly
def figure(book: Book, measure: Measure, subject: Subject, window: Span | None = None) -> Figure:
    """A measure's figure on the day asked; window: the asker's, the programme's year unless given."""
    of = window or windows.year_of(book.programme.calendar, book.day)
    day = min(book.day, windows.last_day(of))
    return figures.figure(book, measure, Asked(subject, of, day, levels.view_of_review(book)))


def is_reduced(book: Book, incentive: str) -> bool:
    """Whether it takes what others before it left of the base."""
    return bool(incentives.before_in_sequence(book, book.programme.incentive(incentive)))


@exactly
def shares(book: Book) -> dict[tuple[str, str, date], Decimal]:
    """(incentive, partner, first day of the window) → coins, what groups earned shared among their
    members.
    """
    found: dict[tuple[str, str, date], Decimal] = {}
    for (name, subject, start), record in entitled(book).items():
        incentive = book.programme.incentive(name)
        window = next(one for one in incentives.windows_of(book, incentive) if one.start == start)
        of = {subject.id: record.entitled}
        if subject.kind == "group":
            of = settlement.shares(book, incentive, subject, window)
        for partner, coins in of.items():
            found[(name, partner, start)] = found.get((name, partner, start), exact.ZERO) + coins
    return found


@exactly
def receipts(book: Book, incentive: str, window: Span, partner: str) -> list[Receipt]:
    """What became of each line of a partner for an incentive in a window, of its own or of each of its
    groups.
    """
    form = book.programme.incentive(incentive)
    subjects = [Subject("partner", partner)]
    if incentives.is_of_group(form):
        groups = {group for group, member, _ in book.memberships() if member == partner}
        subjects = [Subject("group", group) for group in sorted(groups)] or [_receipts.NO_ALLIANCE]
    return [one for subject in subjects for one in _receipts.receipts(book, form, window, subject, partner)]


@exactly
def days_of_lines(book: Book, incentive: str, partner: str) -> list[tuple[tuple[str, int, int | None], date]]:
    """Each line of a partner in the source of an incentive's base, with the day by which it is asked
    there.
    """
    form = book.programme.incentive(incentive)
    window = incentives.windows_of(book, form)[0]
    asked = incentives.question(book, form, Subject("partner", partner), window)
    takes = [one for one in _receipts.takes_of_incentive(book, asked) if one.role == "base"]
    lines = rows.of_subject(book, takes[0].take.source, Subject("partner", partner), takes[0].view)
    return [(line.key, _receipts.day_of(book, takes[0], line)) for line in lines]


@exactly
def statement(book: Book, settled: Span) -> dict[tuple[str, str], Statement]:
    """(incentive, partner) → what is due for a settled window, of all incentives that are settled in it."""
    return {
        (incentive.name, partner): settlement.statement(book, incentive, partner, settled)
        for incentive in book.programme.incentives
        if settled in settlement.settle_windows(book, incentive)
        for partner in book.participants()
    }
