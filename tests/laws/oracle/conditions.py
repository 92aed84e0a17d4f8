"""Conditions of a subject: rules 9, 19, 45 and 51."""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, assert_never

from staffel.core.programme.model import (
    All,
    Any,
    Cases,
    Condition,
    Enforced,
    Filter,
    Fold,
    Growth,
    Holds,
    Kept,
    LastYear,
    Made,
    Measure,
    Not,
    Rolling,
    RowTest,
    Score,
    Share,
    Span,
    Take,
    Test,
    Trait,
    Use,
    When,
)
from tests.laws.oracle import figures, made, windows
from tests.laws.oracle.book import Asked, Book, Row
from tests.laws.oracle.figures import Figure
from tests.laws.oracle.windows import DAY


def holds(book: Book, condition: Condition, asked: Asked) -> bool:
    """Whether a condition holds of the asked subject on the asked day."""
    match condition:
        case All(of=of):
            return all(holds(book, one, asked) for one in of)
        case Any(of=of):
            return any(holds(book, one, asked) for one in of)
        case Not(of=of):
            return not holds(book, of, asked)
        case Test():
            return tested(book, condition, asked).holds
        case Holds():
            return _is(book, condition, asked)
        case Enforced(of=of, day=day):
            return asked.day < day or holds(book, of, asked)
        case Kept():
            found = [holds(book, condition.of, then) for then in _days_of_memory(book, condition, asked)]
            return any(found) if condition.on == "any" else bool(found) and all(found)
        case _:
            assert_never(condition)


class Tested(NamedTuple):
    """A test with its figures. actual: what is shown; of a score below a least it is the sum all the same."""

    actual: Figure
    required: figures.Decimal | None
    holds: bool


def tested(book: Book, test: Test, asked: Asked) -> Tested:
    """A measure compared with its threshold; with none it does not hold (rule 9)."""
    required = _required(book, test, asked)
    actual = figures.figure(book, test.measure, asked)
    if test.rounded is not None:
        return _rounded(test, actual, test.rounded)
    it_holds = required is not None and figures.compare(actual, test.comparison, required)
    return Tested(_shown(book, test.measure, asked) if actual is None else actual, required, it_holds)


def _rounded(test: Test, actual: Figure, step: figures.Decimal) -> Tested:
    """A share rounded half up, away from zero, to a step before it is compared (rule 19).

    What is shown as required is the edge from which on it is rounded so that it holds, or no longer.
    """
    assert isinstance(test.figure, figures.Decimal)
    one = Fraction(step)
    asks_more = test.comparison in ("at_least", "above")
    steps = math.floor(Fraction(test.figure) / one) - 2
    while figures.compare(steps * step, test.comparison, test.figure) is not asks_more:
        steps += 1
    edge = (steps - figures.Decimal("0.5")) * step
    if actual is None:
        return Tested(None, edge, False)
    assert isinstance(actual, tuple), "check asks for a share"
    share = Fraction(actual[0]) / Fraction(actual[1])
    whole = math.floor(abs(share) / one + Fraction(1, 2)) * (1 if share >= 0 else -1)
    return Tested(actual, edge, figures.compare(whole * step, test.comparison, test.figure))


def _required(book: Book, test: Test, asked: Asked) -> figures.Decimal | None:
    """What is asked for: another measure's figure, or a number, by a table that of the first row that holds;
    a number is cut for a newcomer unless it is a share (rule 45).
    """
    match test.figure:
        case figures.Decimal() as number:
            required = number
        case Cases(rows=rows, otherwise=otherwise):
            found = next((row.use for row in rows if holds(book, row.when, asked)), otherwise)
            if found is None:
                return None
            required = found
        case measure:
            return figures.number(figures.figure(book, measure, asked))
    if figures.is_share(book, test.measure):
        return required
    return figures.prorated(book, required, asked)


def _shown(book: Book, measure: Measure, asked: Asked) -> Figure:
    """What a measure without a figure shows: a score its sum (rule 16), all else nothing."""
    match measure:
        case Score():
            return figures.score(book, measure, asked).shown
        case Use(measure=name):
            subject = figures.whose(book, measure.who, asked)
            if subject is None:
                return None
            again = asked._replace(subject=subject)
            run = windows.resolve(book.programme.calendar, measure.over, asked.window, asked.day)
            if run.whole != asked.window:
                again = again.again(subject, run)
            return _shown(book, book.programme.measure(name), again)
        case _:
            return None


# ------------------------------------------------------------ what the partner is or holds (1.4)


def _is(book: Book, form: Holds, asked: Asked) -> bool:
    """A trait of the partner. Kind, country, segment and size: on the window's first day, or when it
    enrolled.
    """
    if asked.subject.kind == "group":
        raise AssertionError("a group has no traits: check refuses it")
    partner = asked.subject.id
    since = book.enrolled_since(asked.subject, asked.day)
    match form.trait:
        case Trait.LEVEL:
            return _level(book, form.when, asked) in form.values
        case Trait.NEWCOMER:
            return str(since is not None and since > asked.window.start).lower() in form.values
        case Trait.ENROLLED:
            return book.enrolled(partner, asked.day)
        case Trait.AGE:
            assert form.least is not None
            return since is not None and windows.grace_end(since - windows.DAY, form.least) <= asked.day
        case Trait.KIND | Trait.COUNTRY | Trait.SEGMENT | Trait.SIZE:
            day = max(asked.window.start, since or asked.window.start)
            return book.attribute("partners", partner, day).get(form.trait.value) in form.values
        case trait:
            spells = [
                one for one in terms(book, trait) if one.partner == partner and one.value in form.values
            ]
            if form.within is None:
                return any(one.start <= asked.day < one.until for one in spells)
            cut = windows.resolve(book.programme.calendar, form.within, asked.window, asked.day).cut
            return any(cut.start <= one.start < cut.until for one in spells)


class Term(NamedTuple):
    """Something that holds for a partner from a day until a day."""

    partner: str
    value: str
    start: date
    until: date


def terms(book: Book, trait: Trait) -> list[Term]:
    """Every spell of a term. Of what the partner that stays holds, what a merged one held is a part; what was
    chosen or decided is of one id alone, and holds until the next is said of the same.
    """
    return book.once(("terms", trait), lambda: list(_terms(book, trait)))


def _terms(book: Book, trait: Trait) -> Iterator[Term]:
    match trait:
        case Trait.HOLDS:
            rows, value = (
                [row for row in book.rows("certifications") if row["person_id"] is None],
                "certification",
            )
        case Trait.ACCEPTED:
            rows, value = book.ours("consents"), "consent"
        case Trait.ELSEWHERE:
            rows, value = book.rows("enrolments"), "programme"
        case Trait.AGREEMENT:
            rows, value = [row for row in book.rows("memberships") if row["kind"] == "agreement"], "group_id"
        case Trait.CHOICE:
            yield from _last_said(book.ours("enrolments"), _choices_of)
            return
        case Trait.DECIDED:
            said = book.ours("decisions")
            for question in {row["ladder"] for row in said}:
                of_it = [row for row in said if row["ladder"] == question]
                yield from _last_said(of_it, lambda row: [f"{row['ladder']}={row['level']}"])
            return
        case _:
            raise AssertionError(trait)
    for row in rows:
        yield Term(
            book.root(row["partner_id"]), row[value], row["holds_from"], row["holds_until"] or date.max
        )


def _choices_of(row: Row) -> list[str]:
    pairs = [one.partition("=") for one in (row["choices"] or "").split(";")]
    return [f"{name.strip()}={value.strip()}" for name, _, value in pairs]


def _last_said(rows: Sequence[Row], values: Callable[[Row], list[str]]) -> Iterator[Term]:
    for partner in {row["partner_id"] for row in rows}:
        own = sorted((row for row in rows if row["partner_id"] == partner), key=lambda row: row["holds_from"])
        ends = [row["holds_from"] for row in own[1:]] + [date.max]
        for row, end in zip(own, ends, strict=True):
            for value in values(row):
                yield Term(partner, value, row["holds_from"], min(end, row.get("holds_until") or date.max))


def _level(book: Book, when: When, asked: Asked) -> str | None:
    """The level in force on the day that `when` names (rule 32)."""
    from tests.laws.oracle import levels

    match when:
        case When.START:
            day = asked.window.start
        case When.END:
            day = min(asked.day, windows.last_day(asked.window))
        case When.SETTLEMENT:
            day = book.day
        case When.DAY_OF_SALE:
            raise AssertionError("the level on the day of sale is a filter of rows")
        case _:
            assert_never(when)
    return levels.level_on(book, asked.subject.id, day)


# ------------------------------------------------------------ once met stays met (rule 51)


def _days_of_memory(book: Book, kept: Kept, asked: Asked) -> list[Asked]:
    """The same question on each day of the partner's enrolment, or of these those in a window; each in the
    asker's window of that day.
    """
    since, last = book.enrolled_since(asked.subject, asked.day), asked.day
    if since is None:
        return []
    if kept.over is not None:
        cut = windows.resolve(book.programme.calendar, kept.over, asked.window, asked.day).cut
        since, last = max(since, cut.start), min(last, windows.last_day(cut))
    days = [day for day in days_to_ask(book, kept.of, since, last) if book.enrolled(asked.subject.id, day)]
    found = [(day, window_at(book, asked.view.per, day)) for day in days]
    return [asked._replace(window=window, day=day) for day, window in found if window is not None]


def window_at(book: Book, per: windows.Unit | Span, day: date) -> Span | None:
    """The window in which a day lies; none: the named span does not have it."""
    if isinstance(per, Span):
        return per if per.start <= day < per.until else None
    return windows.unit_of(book.programme.calendar, day, per)


def days_to_ask(book: Book, condition: Condition, first: date, last: date) -> list[date]:
    """The days on which a condition may change: those of facts and of windows; every day where windows are
    cut.
    """
    if _changes_daily(book, condition):
        return [first + DAY * at for at in range((last - first).days + 1)]
    return [day for day in sorted({first, last} | days_of_change(book)) if first <= day <= last]


def days_of_change(book: Book) -> set[date]:
    """Every day that any fact names, and every one on which a window begins or ends."""
    return book.once("days of change", lambda: _days_of_change(book))


def _days_of_change(book: Book) -> set[date]:
    facts = {
        value
        for rows in book.facts.values()
        for row in rows
        for value in row.values()
        if type(value) is date and value <= book.day
    }
    first = min(facts, default=book.programme.valid.start)
    months = windows.units_meeting(book.programme.calendar, Span(first, book.day + DAY), windows.Unit.MONTH)
    named = {day for span in _named_spans(book) for day in (span.start, span.until)}
    begin = {day for day in _days_named(book) if day <= book.day}
    return facts | {month.start for month in months} | named | begin | {book.programme.valid.start}


def _days_named(book: Book) -> set[date]:
    """The days on which a requirement anywhere in the programme begins to decide (rule 53)."""
    return {form.day for form in _forms(book.programme) if isinstance(form, Enforced)}


def _forms(form: object) -> Iterator[object]:
    """Every part of a form, itself first."""
    yield form
    if isinstance(form, tuple):
        for one in form:
            yield from _forms(one)
    elif hasattr(form, "__dataclass_fields__"):
        for name in form.__dataclass_fields__:
            yield from _forms(getattr(form, name))


def _named_spans(book: Book) -> list[Span]:
    """Every span named anywhere in the programme."""
    return [form for form in _forms(book.programme) if isinstance(form, Span)]


def _changes_daily(book: Book, form: "Condition | Measure") -> bool:
    """Whether a figure may change on a day without facts: a window cut at the same day of its run moves
    daily.
    """
    match form:
        case All(of=of) | Any(of=of):
            return any(_changes_daily(book, one) for one in of)
        case Kept(over=LastYear(to_date=True) | Rolling()):
            return True
        case Not(of=of) | Kept(of=of) | Enforced(of=of):
            return _changes_daily(book, of)
        case Test(measure=measure, figure=figures.Decimal()):
            return _changes_daily(book, measure)
        case Test(measure=measure, figure=Cases(rows=rows)):
            return _changes_daily(book, measure) or any(_changes_daily(book, row.when) for row in rows)
        case Test(measure=measure, figure=other):
            return _changes_daily(book, measure) or _changes_daily(book, other)
        case Holds(within=Rolling() | LastYear(to_date=True)):
            return True
        case Holds(trait=trait):
            return trait is Trait.LEVEL
        case Growth():
            return True
        case Share(part=part, whole=whole):
            return _changes_daily(book, part) or _changes_daily(book, whole)
        case Score(parts=parts):
            return any(_changes_daily(book, part.measure) for part in parts)
        case Fold(over=Rolling() | LastYear(to_date=True)):
            return True
        case Made():
            return any(_changes_daily(book, part) for part in made.parts(form))
        case Take(over=over):
            return isinstance(over, Rolling) or (isinstance(over, LastYear) and over.to_date)
        case Use(measure=name, over=over):
            daily = isinstance(over, Rolling) or (isinstance(over, LastYear) and over.to_date)
            return daily or _changes_daily(book, book.programme.measure(name))
        case _:
            return False


def is_filter(when: "Filter | Condition") -> bool:
    """Whether the `when` of a row of a table asks the rows (and so cuts the base), or the subject."""
    match when:
        case RowTest():
            return True
        case All(of=of) | Any(of=of):
            return any(is_filter(one) for one in of)
        case Not(of=of):
            return is_filter(of)
        case _:
            return False


def leaves_of(condition: Condition) -> list[Test | Holds]:
    """Every test and trait in a condition, in the order written."""
    match condition:
        case Test() | Holds():
            return [condition]
        case All(of=of) | Any(of=of):
            return [leaf for one in of for leaf in leaves_of(one)]
        case Not(of=of) | Kept(of=of) | Enforced(of=of):
            return leaves_of(of)
        case _:
            assert_never(condition)


def leaf(book: Book, form: Test | Holds, asked: Asked) -> tuple[Figure, figures.Decimal | None, bool]:
    """What is shown of a test or a trait: actual, required, whether it holds; a trait has no figures."""
    if isinstance(form, Holds):
        return None, None, _is(book, form, asked)
    return tested(book, form, asked)
