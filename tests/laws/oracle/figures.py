"""Measures: one figure per subject and window. Rules 9 to 17.

A figure is none, a Decimal, or a pair (part, whole) with whole > 0, divided only when used as a number.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, assert_never

from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Current,
    Different,
    Fold,
    Growth,
    LastYear,
    Lines,
    Made,
    Measure,
    Named,
    Part,
    Score,
    Share,
    Span,
    SumOf,
    Take,
    Use,
    Who,
)
from tests.laws.oracle import exact, folds, made, rows, windows
from tests.laws.oracle.book import LINE_TABLES, Asked, Book, Row, Subject, View
from tests.laws.oracle.windows import Run

Pair = tuple[Decimal, Decimal]
Figure = Decimal | Pair | None


def number(figure: Figure) -> Decimal | None:
    """A figure as a number: a pair is divided now (rule 13)."""
    return exact.quotient(*figure) if isinstance(figure, tuple) else figure


def figure(book: Book, measure: Measure, asked: Asked) -> Figure:
    """The figure of a measure, as asked; none where it has none (rule 9)."""
    match measure:
        case Take():
            subject = whose(book, measure.who, asked)
            run = _run(book, measure, asked)
            return None if subject is None else take(book, measure, subject, run.cut, asked.view)
        case Use():
            return _used(book, measure, asked)
        case Share(part=part, whole=whole):
            return _share(number(figure(book, part, asked)), number(figure(book, whole, asked)))
        case Growth():
            return growth(book, measure, asked).figure
        case Score():
            points = score(book, measure, asked)
            return points.shown if points.reached else None
        case Agreed(target=target):
            return _agreed(book, target, asked)
        case Fold():
            return folds.figure(
                book,
                measure,
                asked,
                lambda one: figure(book, measure.of, one),
                is_share=is_share(book, measure),
            )
        case Made():
            return made.figure(
                measure, lambda part: figure(book, part, asked), is_share=is_share(book, measure)
            )
        case _:
            assert_never(measure)


def whose(book: Book, who: Who, asked: Asked) -> Subject | None:
    """The asker, or the alliance that the asker belongs to on the day asked; none where there is none."""
    if who is Who.ASKER or asked.subject.kind == "group":
        return asked.subject
    return book.alliance_of(asked.subject.id, asked.day)


def _run(book: Book, measure: Take | Use | Fold, asked: Asked) -> Run:
    return windows.resolve(book.programme.calendar, measure.over, asked.window, asked.day)


# ------------------------------------------------------------ rows (rules 9, 11)


def take(book: Book, form: Take, subject: Subject, days: Span, view: View) -> Decimal:
    """Sum, count or count of different over the rows that count in these days; 0 over none."""
    if form.source not in LINE_TABLES:
        return _of_terms(book, form, subject, days, view)
    found = rows.counted(book, form, subject, view, days)
    found = [row for row in found if days.start <= row.day < days.until]
    match form.aggregate:
        case SumOf():
            return sum((row.amount for row in found), exact.ZERO)
        case Lines():
            return Decimal(len(found))
        case Different():
            return Decimal(len({row.key for row in found}))
        case _:
            assert_never(form.aggregate)


def _of_terms(book: Book, form: Take, subject: Subject, days: Span, view: View) -> Decimal:
    """Of a term: the rows in force on the last day of the window; the days themselves are not asked."""
    if days.until <= days.start:
        return exact.ZERO
    found = rows.terms_in_force(book, form, subject, view, windows.last_day(days))
    match form.aggregate:
        case Different(key=key):
            return Decimal(len({row[key] for row in found} - {None}))
        case Lines():
            return Decimal(len(found))
        case SumOf(column=column):
            return sum((row[column] or exact.ZERO for row in found), exact.ZERO)
        case _:
            assert_never(form.aggregate)


# ------------------------------------------------------------ measures by name, and the older system


def _used(book: Book, use: Use, asked: Asked) -> Figure:
    """A measure by its name, asked anew over the window of the use."""
    subject = whose(book, use.who, asked)
    if subject is None:
        return None
    measure = book.programme.measure(use.measure)
    if isinstance(use.over, Current):
        return figure(book, measure, asked._replace(subject=subject))
    run = _run(book, use, asked)
    if isinstance(use.over, Before | LastYear | Named):
        vouched = _opened(book, use.measure, subject, run, asked.view)
        if vouched is not None:
            return vouched
    return figure(book, measure, asked._replace(subject=subject).again(subject, run))


def opening(book: Book, measure: str, subject: Subject, whole: Span, view: View) -> Decimal | None:
    """The figure of the older system for this measure and window; of firms that merged, the sum; none: not
    given.
    """
    latest: dict[str, Row] = {}
    for row in sorted(book.ours("openings"), key=lambda row: row["holds_from"]):
        window = (row["measure"], row["window_start"], row["window_until"])
        if window == (measure, whole.start, whole.until) and row["holds_from"] <= book.day:
            latest[row["partner_id"]] = row
    theirs = [row["figure"] for one, row in latest.items() if book.root(one) == subject.id]
    return sum(theirs, exact.ZERO) if theirs else None


def _opened(book: Book, measure: str, subject: Subject, run: Run, view: View) -> Decimal | None:
    """The older system's figure where no lines are, by days where the window is cut; none: it does not
    stand.
    """
    given = opening(book, measure, subject, run.whole, view)
    if given is None or _has_rows(book, book.programme.measure(measure), subject, run.whole, view):
        return None
    if run.cut == run.whole:
        return given
    return exact.half_up(exact.quotient(given * windows.days(run.cut), Decimal(windows.days(run.whole))), 4)


def _has_rows(book: Book, measure: Measure, subject: Subject, whole: Span, view: View) -> bool:
    """Whether any row counts in any part of a measure over this window."""
    asked = Asked(subject, whole, windows.last_day(whole), view)
    match measure:
        case Take():
            of, run = whose(book, measure.who, asked), _run(book, measure, asked)
            if of is None or measure.source not in LINE_TABLES:
                return False
            found = rows.counted(book, measure, of, view, run.cut)
            return any(run.cut.start <= row.day < run.cut.until for row in found)
        case Use():
            of, run = whose(book, measure.who, asked), _run(book, measure, asked)
            return of is not None and _has_rows(
                book, book.programme.measure(measure.measure), of, run.whole, view
            )
        case Share(part=part, whole=other):
            return any(_has_rows(book, one, subject, whole, view) for one in (part, other))
        case Growth(of=of_measure):
            return _has_rows(book, of_measure, subject, whole, view)
        case Score(parts=parts):
            return any(_has_rows(book, part.measure, subject, whole, view) for part in parts)
        case Made():
            return any(_has_rows(book, part, subject, whole, view) for part in made.parts(measure))
        case Agreed():
            return False
        case _:
            assert_never(measure)


# ------------------------------------------------------------ shares, targets, scores (rules 13, 16, 17)


def _share(part: Decimal | None, whole: Decimal | None) -> Figure:
    """A pair; none where either is none or the whole is 0 or less."""
    return None if part is None or whole is None or whole <= 0 else (part, whole)


def _agreed(book: Book, target: str, asked: Asked) -> Decimal | None:
    """The figure agreed for the asker's whole window; of firms that merged, the sum; cut for a newcomer (rule
    45).
    """
    figure_ = _as_agreed(book, target, asked)
    return None if figure_ is None else prorated(book, figure_, asked)


def _as_agreed(book: Book, target: str, asked: Asked) -> Decimal | None:
    """The same, whole."""
    key = (target, asked.subject.id, asked.window.start, asked.window.until)
    theirs = book.once("agreed", lambda: _agreements(book)).get(key)
    return sum(theirs, exact.ZERO) if theirs else None


def _agreements(book: Book) -> dict[tuple[Any, ...], list[Decimal]]:
    """The figures agreed, by target, partner after merges, first day and the day after the last."""
    found: dict[tuple[Any, ...], list[Decimal]] = {}
    for row in book.ours("targets"):
        key = (row["target"], book.root(row["partner_id"]), row["holds_from"], row["holds_until"])
        found.setdefault(key, []).append(row["figure"])
    return found


class Points(NamedTuple):
    """What a score shows, and whether each part has its least."""

    shown: Decimal | None
    reached: bool


def score(book: Book, form: Score, asked: Asked) -> Points:
    """The sum of its parts; a part below its least leaves the sum to be seen, but it does not count as
    reached.
    """
    points = [(part, _points(book, part, asked)) for part in form.parts]
    if form.missing == "stretch":
        points = [(part, of) for part, of in points if of is not None]
    reached = all(part.least is None or (of or exact.ZERO) >= part.least for part, of in points)
    shown = sum((exact.half_up(part.weight * (of or 0), 4) for part, of in points), exact.ZERO)
    if form.missing == "zero":
        return Points(shown, reached)
    weights = sum((part.weight for part, _ in points), exact.ZERO)
    return Points(exact.quotient(shown, weights), reached) if weights else Points(None, False)


def _points(book: Book, part: Part, asked: Asked) -> Decimal | None:
    """points × figure to 4 decimals, held to `most`, before the weight."""
    of = number(figure(book, part.measure, asked))
    if of is None:
        return None
    points = exact.half_up(part.points * of, 4)
    return points if part.most is None else min(points, part.most)


# ------------------------------------------------------------ newcomers (rule 45)


def prorated(book: Book, figure_: Decimal, asked: Asked) -> Decimal:
    """A threshold, target or start, cut to the part of the asker's window in which a newcomer was
    enrolled.
    """
    since = book.enrolled_since(asked.subject, asked.day)
    if asked.view.prorate == "none" or since is None or since <= asked.window.start:
        return figure_
    of, whole = _enrolled_part(book, asked, since)
    return exact.quotient(figure_ * of, Decimal(whole))


def _enrolled_part(book: Book, asked: Asked, since: date) -> tuple[int, int]:
    """How much of the window, and all of it: in days, or in months with the month of joining whole."""
    window, calendar = asked.window, book.programme.calendar
    months = windows.units_meeting(calendar, window, windows.Unit.MONTH)
    are_whole = months[0].start == window.start and months[-1].until == window.until
    if asked.view.prorate == "months" and not isinstance(asked.view.per, Span) and are_whole:
        return sum(since < month.until for month in months), len(months)
    return (window.until - since).days, windows.days(window)


# ------------------------------------------------------------ growth (rules 14, 15)


class Grown(NamedTuple):
    """Growth. winner: the baseline that won, "given" for the number, none where there was none."""

    figure: Figure
    winner: Baseline | str | None


def growth(book: Book, form: Growth, asked: Asked) -> Grown:
    """(m − b) : b as percent, or max(0, m − b) as amount; the smallest baseline wins, ties to the first
    written.
    """
    now = number(figure(book, form.of, asked))
    if now is None:
        return Grown(None, None)
    candidates: list[tuple[Decimal, Baseline | str]] = []
    for baseline in form.against:
        then = _baseline(book, form.of, baseline, asked)
        if then is not None:
            candidates.append((then, baseline))
    if form.given is not None:
        candidates.append((form.given, "given"))
    if form.shown_as == "percent":
        candidates = [(then, which) for then, which in candidates if then > 0]
    else:
        candidates = [(max(then, exact.ZERO), which) for then, which in candidates]
    if not candidates:
        return Grown(None, None)
    least, winner = min(candidates, key=lambda one: one[0])
    if form.shown_as == "percent":
        return Grown((now - least, least), winner)
    return Grown(max(exact.ZERO, now - least), winner)


def _baseline(book: Book, of: Measure, baseline: Baseline, asked: Asked) -> Decimal | None:
    """The same measure in the baseline's window; none for who enrolled after it began, unless a figure is
    given.
    """
    run = windows.baseline_run(
        book.programme.calendar, baseline, asked.window, asked.day, span_of(book, of, asked)
    )
    subject = whose(book, of.who, asked) if isinstance(of, Take | Use) else asked.subject
    if subject is None:
        return None
    vouched = opening(book, of.measure, subject, run.whole, asked.view) if isinstance(of, Use) else None
    if vouched is not None and isinstance(of, Use):
        stands = _opened(book, of.measure, subject, run, asked.view)
        return number(_over(book, of, subject, run, asked)) if stands is None else stands
    since = book.enrolled_since(subject, asked.day)
    if since is not None and since > run.whole.start:
        given = asked.view.baseline
        return _as_agreed(book, given.target, asked) if isinstance(given, Agreed) else given
    return number(_over(book, of, subject, run, asked))


def span_of(book: Book, of: Measure, asked: Asked) -> Run:
    """The days that growth compares: those of the measure's own window, else the asker's."""
    if isinstance(of, Take | Use | Fold):
        return _run(book, of, asked)
    return Run(asked.window, asked.cut)


def _over(book: Book, of: Measure, subject: Subject, run: Run, asked: Asked) -> Figure:
    """A measure with its window replaced by another run of days."""
    then = Asked(subject, run.whole, windows.last_day(run.cut), asked.view)
    match of:
        case Take():
            return take(book, of, subject, run.cut, asked.view)
        case Use(measure=name):
            return figure(book, book.programme.measure(name), then)
        case Fold():
            return figure(book, replace(of, over=Current()), then)
        case _:
            return figure(book, of, then)


def grown_part(
    book: Book, of: Measure, winner: Baseline | str, driver: Growth, asked: Asked
) -> Decimal | None:
    """What a measure grew over the driver's baseline that won, never below 0 (`growth_part_of`)."""
    against = (winner,) if isinstance(winner, Baseline) else ()
    alone = Growth(of=of, against=against, given=None if against else driver.given, shown_as="amount")
    return number(growth(book, alone, asked).figure)


def driving_growth(book: Book, driver: Measure, asked: Asked) -> tuple[Growth, Asked] | None:
    """The growth that a driver is, also by its name, and how it is asked; none: it is no growth."""
    match driver:
        case Growth():
            return driver, asked
        case Use(measure=name, over=over):
            subject = whose(book, driver.who, asked)
            if subject is None:
                return None
            again = asked._replace(subject=subject)
            again = again if isinstance(over, Current) else again.again(subject, _run(book, driver, asked))
            return driving_growth(book, book.programme.measure(name), again)
        case _:
            return None


# ------------------------------------------------------------ comparing (rules 13, 19)


def compare(figure_: Figure, comparison: str, threshold: Decimal) -> bool:
    """Exactly, pairs by multiplying out; on none it does not hold, whichever way it asks."""
    if figure_ is None:
        return False
    part, whole = figure_ if isinstance(figure_, tuple) else (figure_, Decimal(1))
    left, right = Fraction(part), Fraction(threshold) * Fraction(whole)
    match comparison:
        case "at_least" | "from":
            return left >= right
        case "above":
            return left > right
        case "at_most":
            return left <= right
        case "below":
            return left < right
        case _:
            raise AssertionError(comparison)


def is_share(book: Book, measure: Measure) -> bool:
    """Whether its unit is a share: such thresholds are not cut for newcomers."""
    match measure:
        case Share():
            return True
        case Growth(shown_as=shown_as):
            return shown_as == "percent"
        case Fold(shown_as="count"):
            return False
        case Made():
            parts = made.parts(measure)
            return book.once(("is share", measure), lambda: any(is_share(book, part) for part in parts))
        case Use(measure=name):
            return is_share(book, book.programme.measure(name))
        case _:
            return False
