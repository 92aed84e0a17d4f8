"""Receipts: what became of each line of a partner, per incentive and role. `language.md`, section 4.

An incentive looks at lines through one or more Takes in each role. In the days of a Take every line of the
partner is counted, or not for exactly one reason, the first of the closed list. For an alliance's figure the
line of a partner that belongs to none, or not on that day, is `not-enrolled`.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, assert_never

from staffel.core.programme.model import (
    Agreed,
    All,
    Any,
    Cases,
    Condition,
    Different,
    Enforced,
    Filter,
    Fold,
    GrownPart,
    Growth,
    Holds,
    Incentive,
    Kept,
    Made,
    Measure,
    Not,
    PartAbove,
    Score,
    Share,
    Span,
    Take,
    Test,
    Use,
    Who,
)
from tests.laws.oracle import conditions, figures, folds, incentives, made, rows, windows
from tests.laws.oracle.book import LINE_TABLES, MAIN_DATE, Asked, Book, Subject, View
from tests.laws.oracle.rows import Line

COUNTED = "counted"
NO_ALLIANCE = Subject("group", "")


class RoleTake(NamedTuple):
    """A Take in a role. asked: for whom and how; days: those that it looks at."""

    role: str
    take: Take
    subject: Subject
    view: View
    days: Span


class Receipt(NamedTuple):
    """What became of a line for one Take. verdict: counted, or the reason."""

    role: str
    source: str
    aggregate: object
    where: Filter
    date: str
    inside: tuple[str, ...]
    days: Span
    line_id: str
    revision: int
    reverses: int | None
    verdict: str


def receipts(
    book: Book, incentive: Incentive, window: Span, subject: Subject, partner: str
) -> Iterator[Receipt]:
    """The receipts of a partner's lines in what one subject (itself, or its group) earned in a window."""
    asked = incentives.question(book, incentive, subject, window)
    pays_not = incentives.record(book, incentive, subject, window).reason
    seen: list[tuple[object, ...]] = []
    for one in takes_of_incentive(book, asked):
        same = (
            one.role,
            one.take.aggregate,
            one.take.source,
            one.take.where,
            one.take.date,
            one.take.inside,
            *one[2:],
        )
        if same in seen:
            continue
        seen.append(same)
        for line, verdict in _verdicts(book, one, partner):
            nothing = one.role == "base" and verdict == COUNTED and pays_not is not None
            yield _receipt(one, line, pays_not if nothing and pays_not else verdict)


def _receipt(one: RoleTake, line: Line, verdict: str) -> Receipt:
    take = one.take
    return Receipt(
        one.role,
        take.source,
        take.aggregate,
        take.where,
        take.date,
        take.inside,
        one.days,
        *line.key,
        verdict,
    )


# ------------------------------------------------------------ which Takes (rule 30)


def takes_of_incentive(book: Book, asked: incentives.Question) -> Iterator[RoleTake]:
    """Of the gate, the driver, the base and its baseline, and of all other conditions."""
    incentive = asked.incentive
    yield from _of_condition(book, incentive.gate, asked.gate, "gate")
    driver = incentives.driver_measure(incentive)
    assert not isinstance(driver, GrownPart)
    yield from _of_measure(book, driver, _driver(asked), "driver")
    if incentive.base is not None:
        yield from _of_base(book, asked)
    for when in _conditions(incentive):
        yield from _of_condition(book, when, asked.gate, "gate")


def _driver(asked: incentives.Question) -> Asked:
    """How the driver is asked; of a partner without an alliance, where that one's is meant, for nobody's."""
    if asked.driver is not None:
        return asked.driver
    return (asked.base if asked.incentive.driver is None else asked.gate)._replace(subject=NO_ALLIANCE)


def _of_base(book: Book, asked: incentives.Question) -> Iterator[RoleTake]:
    base = asked.incentive.base
    if isinstance(base, PartAbove):
        yield from _of_measure(book, base.of, asked.base, "base")
        if not isinstance(base.over, str):
            yield from _of_measure(book, base.over, asked.base, "baseline")
        return
    if not isinstance(base, GrownPart):
        assert base is not None
        yield from _of_measure(book, base, asked.base, "base")
        return
    yield from _of_measure(book, base.of, asked.base, "base")
    assert asked.incentive.driver is not None
    found = figures.driving_growth(book, asked.incentive.driver, _driver(asked))
    if found is not None:
        form, how = found
        mine = Asked(asked.base.subject, how.window, how.day, asked.base.view)
        yield from _of_baselines(book, form, base.of, mine)


def _conditions(incentive: Incentive) -> Iterator[Condition]:
    """Those of rates and factors that ask the subject."""
    for pay in incentives.pays_of(incentive):
        for case in incentives.cases_of(pay):
            if not conditions.is_filter(case.when):
                yield case.when
    for by in incentive.adjust:
        if not conditions.is_filter(by.when):
            yield by.when  # type: ignore[misc]


def _of_condition(book: Book, condition: Condition, asked: Asked, role: str) -> Iterator[RoleTake]:
    match condition:
        case All(of=of) | Any(of=of):
            for one in of:
                yield from _of_condition(book, one, asked, role)
        case Not(of=of) | Kept(of=of) | Enforced(of=of):
            yield from _of_condition(book, of, asked, role)
        case Test(measure=measure, figure=required):
            yield from _of_measure(book, measure, asked, role)
            if isinstance(required, Cases):
                for row in required.rows:
                    yield from _of_condition(book, row.when, asked, role)
            elif not isinstance(required, figures.Decimal):
                yield from _of_measure(book, required, asked, role)
        case Holds():
            return
        case _:
            assert_never(condition)


def _of_measure(book: Book, measure: Measure, asked: Asked, role: str) -> Iterator[RoleTake]:
    """Every Take over lines below a measure; those of a baseline have a role of their own."""
    match measure:
        case Take():
            subject = figures.whose(book, measure.who, asked) or NO_ALLIANCE
            if measure.source in LINE_TABLES:
                run = windows.resolve(book.programme.calendar, measure.over, asked.window, asked.day)
                yield RoleTake(role, measure, subject, asked.view, run.cut)
        case Use(measure=name):
            subject = figures.whose(book, measure.who, asked) or NO_ALLIANCE
            run = windows.resolve(book.programme.calendar, measure.over, asked.window, asked.day)
            again = asked._replace(subject=subject)
            again = again if run.whole == asked.window else again.again(subject, run)
            yield from _of_measure(book, book.programme.measure(name), again, role)
        case Share(part=part, whole=whole):
            yield from _of_measure(book, part, asked, role)
            yield from _of_measure(book, whole, asked, role)
        case Growth(of=of):
            yield from _of_measure(book, of, asked, role)
            yield from _of_baselines(book, measure, of, asked)
        case Score(parts=parts):
            for part in parts:
                yield from _of_measure(book, part.measure, asked, role)
        case Fold(of=of):
            for unit in folds.units(
                book, measure, asked, figures.whose(book, measure.who, asked) or NO_ALLIANCE
            ):
                yield from _of_measure(book, of, unit, role)
        case Made():
            for below in made.parts(measure):
                yield from _of_measure(book, below, asked, role)
        case Agreed():
            return
        case _:
            assert_never(measure)


def _of_baselines(book: Book, growth: Growth, of: Measure, asked: Asked) -> Iterator[RoleTake]:
    """The same measure in the window of each baseline, whether it won or not."""
    for baseline in growth.against:
        run = windows.baseline_run(
            book.programme.calendar, baseline, asked.window, asked.day, figures.span_of(book, of, asked)
        )
        who = of.who if isinstance(of, Take | Use) else Who.ASKER
        subject = figures.whose(book, who, asked) or NO_ALLIANCE
        then = Asked(subject, run.whole, windows.last_day(run.cut), asked.view)
        if isinstance(of, Take):
            yield RoleTake("baseline", of, subject, asked.view, run.cut)
        else:
            measure = book.programme.measure(of.measure) if isinstance(of, Use) else of
            yield from _of_measure(book, measure, then, "baseline")


# ------------------------------------------------------------ what became of each line


def _verdicts(book: Book, one: RoleTake, partner: str) -> Iterator[tuple[Line, str]]:
    """The partner's lines in the days of a Take, each counted or with its reason."""
    standing = _standing_for_keys(book, one)
    for line in rows.of_subject(book, one.take.source, Subject("partner", partner), one.view):
        if not one.days.start <= day_of(book, one, line) < one.days.until:
            continue
        reason = rows.reason_against(book, one.take, line, one.subject, one.view, one.days)
        if reason is None and standing is not None and line.key not in standing:
            reason = "counted-once"
        yield line, reason or COUNTED


def day_of(book: Book, one: RoleTake, line: Line) -> date:
    """The day that picks the window; of a line without it its main date (rule 2), which a return takes of
    its sale.
    """
    main: date = rows.said_of(line, one.view)[MAIN_DATE]
    return rows.picking_day(book, line, one.take.date, one.view) or main


def _standing_for_keys(book: Book, one: RoleTake) -> set[tuple[str, int, int | None]] | None:
    """Of a count of different keys the first line of each key, by day and line; none: every line counts."""
    if not isinstance(one.take.aggregate, Different):
        return None
    first: dict[str | None, tuple[str, int, int | None]] = {}
    found = [
        row
        for row in rows.counted(book, one.take, one.subject, one.view, one.days)
        if one.days.start <= row.day < one.days.until
    ]
    for row in sorted(found, key=lambda row: (row.day, row.line.row["line_id"])):
        first.setdefault(row.key, row.line.key)
    return set(first.values())
