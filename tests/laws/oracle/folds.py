"""A measure for each unit of time, and one figure of all. Rule 10.

Of a calendar unit all that meet the window exist, with 0 where nothing was sold, if the subject was enrolled
on a day of it in the window; a unit whose figure is none is left out.
"""

from collections.abc import Callable
from decimal import Decimal

from staffel.core.programme.model import Fold, Who
from tests.laws.oracle import exact, windows
from tests.laws.oracle.book import Asked, Book, Subject

Pair = tuple[Decimal, Decimal]
Figure = Decimal | Pair | None


def units(book: Book, fold: Fold, asked: Asked, subject: Subject) -> list[Asked]:
    """The question for each unit that meets the window, whether the subject was enrolled in it or not."""
    calendar = book.programme.calendar
    run = windows.resolve(calendar, fold.over, asked.window, asked.day)
    day = min(asked.day, windows.last_day(run.cut))
    if run.cut.until <= run.cut.start:
        return []
    found = []
    for unit in windows.units_meeting(calendar, run.cut, fold.each):
        window = windows.Span(max(unit.start, run.whole.start), min(unit.until, run.whole.until))
        found.append(Asked(subject, window, min(day, windows.last_day(window)), asked.view))
    return found


def figure(book: Book, fold: Fold, asked: Asked, ask: Callable[[Asked], Figure], *, is_share: bool) -> Figure:
    """ask: gives the figure of one unit. is_share: a plain figure is one of one."""
    subject = asked.subject
    if fold.who is Who.ALLIANCE and subject.kind != "group":
        alliance = book.alliance_of(subject.id, asked.day)
        if alliance is None:
            return None
        subject = alliance
    found = [ask(one) for one in units(book, fold, asked, subject) if _exists(book, one)]
    known = [_number(one) for one in found if one is not None and _holds(fold, one)]
    of = _joined(fold, known)
    return (of, Decimal(1)) if is_share and of is not None else of


def _exists(book: Book, unit: Asked) -> bool:
    if unit.subject.kind == "group":
        return True
    return any(windows.meets(spell, unit.cut) for spell in book.spells(unit.subject.id))


def _holds(fold: Fold, of: Figure) -> bool:
    from tests.laws.oracle.figures import compare

    return all(compare(of, one.comparison, one.figure) for one in fold.where)


def _number(of: Pair | Decimal) -> Decimal:
    return exact.quotient(*of) if isinstance(of, tuple) else of


def _joined(fold: Fold, known: list[Decimal]) -> Decimal | None:
    match fold.shown_as:
        case "count":
            return Decimal(len(known))
        case "sum":
            return sum(known, exact.ZERO)
        case _ if not known:
            return None
        case "average":
            return exact.quotient(sum(known, exact.ZERO), Decimal(len(known)))
        case "largest":
            return max(known)
        case "smallest":
            return min(known)
        case "last":
            return known[-1]
