"""Incentives, in the order of rule 30: rules 20 to 35, 42 and 45."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, assert_never

from staffel.core.programme.model import (
    EVERY_ROW,
    Add,
    Base,
    By,
    Case,
    Cases,
    Different,
    Filter,
    GrownPart,
    Incentive,
    Lines,
    Lump,
    PartAbove,
    Pay,
    Percent,
    ScaleKind,
    Span,
    Step,
    Take,
    Use,
    Who,
)
from tests.laws.oracle import conditions, exact, figures, rows, windows
from tests.laws.oracle.book import Asked, Book, Subject, view_of
from tests.laws.oracle.figures import Figure


@dataclass(frozen=True)
class Piece:
    """A part of the base. cut: which of the row filters of the incentive hold; key: the value of the cap's
    key.
    """

    amount: Decimal
    cut: tuple[bool, ...] = ()
    key: str | None = None


@dataclass(frozen=True)
class Record:
    """What an incentive came to for one subject and window, step by step.

    step: its index, none where none is reached. amount: exact, after caps and stacking; entitled: in coins.
    """

    gate: bool
    driver: Figure
    step: int | None
    base: Decimal | None
    amount: Decimal
    entitled: Decimal
    reason: str | None = None
    pieces: tuple[Piece, ...] = field(default=(), compare=False)


class Question(NamedTuple):
    """One incentive for one subject and window. gate, driver, base: how each of the three is asked."""

    incentive: Incentive
    subject: Subject
    window: Span
    gate: Asked
    driver: Asked | None
    base: Asked


# ------------------------------------------------------------ who, and when (rules 41, 42)


def windows_of(book: Book, incentive: Incentive) -> list[Span]:
    """Every window of `per` that meets the days of the programme and has begun by the day asked."""
    if isinstance(incentive.per, Span):
        every = [incentive.per]
    else:
        every = windows.units_meeting(book.programme.calendar, book.programme.valid, incentive.per)
    return [window for window in every if window.start <= book.day]


def is_of_group(incentive: Incentive) -> bool:
    """Whether the group earns, and its members share."""
    return incentive.earner.who is Who.ALLIANCE and incentive.earner.base_of == "group"


def subjects_of(book: Book, incentive: Incentive, window: Span) -> list[Subject]:
    """Partners enrolled on any day of the window; for a group those with a member that was."""
    cut = windows.cut_at(window, book.day)
    partners = [one for one in book.participants() if _takes_part(book, one, cut)]
    if not is_of_group(incentive):
        return [Subject("partner", one) for one in partners]
    groups = {
        group
        for group, member, row in book.memberships()
        if member in partners and windows.meets(Span(row["holds_from"], row["holds_until"] or cut.until), cut)
    }
    return [Subject("group", group) for group in sorted(groups)]


def _takes_part(book: Book, partner: str, days: Span) -> bool:
    return any(windows.meets(spell, days) for spell in book.spells(partner))


def question(book: Book, incentive: Incentive, subject: Subject, window: Span) -> Question:
    """How gate, driver and base are asked; each as of the window's last day, or the day asked before it."""
    day = min(book.day, windows.last_day(window))
    plain, picking = view_of(book, incentive, EVERY_ROW), view_of(book, incentive, incentive.select)
    gate = Asked(subject, window, day, plain)
    whose: Subject | None = subject
    if (
        subject.kind == "partner"
        and incentive.earner.who is Who.ALLIANCE
        and incentive.earner.driver_of == "group"
    ):
        whose = book.alliance_of(subject.id, day)
    driver_view = picking if incentive.driver is None else plain
    driver = None if whose is None else Asked(whose, window, day, driver_view)
    return Question(incentive, subject, window, gate, driver, Asked(subject, window, day, picking))


# ------------------------------------------------------------ the whole of it (rule 30)


def record(book: Book, incentive: Incentive, subject: Subject, window: Span) -> Record:
    """Gate, driver, step, base, amount, entitlement."""
    key = ("record", incentive.name, subject, window)
    return book.once(key, lambda: _record(book, question(book, incentive, subject, window)))


def _record(book: Book, asked: Question) -> Record:
    incentive = asked.incentive
    gate = conditions.holds(book, incentive.gate, asked.gate)
    driver = driver_of(book, asked)
    step = _reached(book, asked, driver)
    pieces = pieces_of(book, asked)
    base = None if pieces is None else sum((piece.amount for piece in pieces), exact.ZERO)
    reason = _reason(gate, driver, step, incentive)
    amount = exact.ZERO
    if reason is None:
        amount = _amount(book, asked, figures.number(driver) or exact.ZERO, step, pieces or ())
    return Record(gate, driver, step, base, amount, _rounded(incentive, amount), reason, tuple(pieces or ()))


def _rounded(incentive: Incentive, amount: Decimal) -> Decimal:
    """To coins, or to multiples of what is said (rule 30, step 11)."""
    said = incentive.round
    return exact.coins(amount) if said is None else exact.multiples(amount, said.to, said.way)


def _reason(gate: bool, driver: Figure, step: int | None, incentive: Incentive) -> str | None:
    if not gate:
        return "gate-not-met"
    if driver is None:
        return "no-figure"
    return "below-first-step" if step is None and not incentive.scale.below else None


# ------------------------------------------------------------ 3 driver, 4 step (rules 20, 45)


def driver_of(book: Book, asked: Question) -> Figure:
    """The figure that picks the step; the base's own where none is written."""
    if asked.driver is None:
        return None
    measure = driver_measure(asked.incentive)
    if isinstance(measure, GrownPart):
        raise AssertionError("a grown part needs a driver that grows: check refuses it")
    return figures.figure(book, measure, asked.driver)


def driver_measure(incentive: Incentive) -> Base:
    """The driver, or the base in its place."""
    measure = incentive.driver if incentive.driver is not None else incentive.base
    assert measure is not None
    return measure.of if isinstance(measure, PartAbove) else measure  # the measure picks, not its part


def starts(book: Book, asked: Question) -> list[Decimal | None]:
    """The steps' starts, cut for a newcomer unless the driver is a share; none where no row of one holds."""
    written = [_start(book, asked, step) for step in asked.incentive.scale.steps]
    measure = driver_measure(asked.incentive)
    assert not isinstance(measure, GrownPart)
    if figures.is_share(book, measure):
        return written
    return [None if start is None else figures.prorated(book, start, asked.gate) for start in written]


def _start(book: Book, asked: Question, step: Step) -> Decimal | None:
    if not isinstance(step.start, Cases):
        return step.start
    holding = (case.use for case in step.start.rows if _holds(book, asked, case.when, ()))
    return next(holding, step.start.otherwise)


def _certain(starts_: list[Decimal | None]) -> list[Decimal]:
    """The starts of a scale whose steps are all there: check refuses others but in two kinds."""
    return [start for start in starts_ if start is not None]


def _reached(book: Book, asked: Question, driver: Figure) -> int | None:
    """The highest step that the driver reaches."""
    if driver is None:
        return None
    found = zip(asked.incentive.scale.steps, starts(book, asked), strict=True)
    reached = [at for at, (step, start) in enumerate(found) if _is_reached(step, start, driver, at)]
    return max(reached, default=None)


def _is_reached(step: Step, start: Decimal | None, driver: Figure, at: int) -> bool:
    """From its start, or above it; a first step from 0 has no lower end."""
    if start is None:
        return False
    endless = at == 0 and start == 0 and step.reached == "from"
    return endless or figures.compare(driver, step.reached, start)


# ------------------------------------------------------------ 5 base, cut (rules 23, 31)


def row_filters(incentive: Incentive) -> list[Filter]:
    """Every filter of rows by which a rate of any step or a factor varies, as written, each once."""
    whens = [case.when for pay in pays_of(incentive) for case in cases_of(pay)]
    whens += [by.when for by in incentive.adjust]
    found: list[Filter] = []
    for when in whens:
        if conditions.is_filter(when) and when not in found:
            found.append(when)  # type: ignore[arg-type]
    return found


def pays_of(incentive: Incentive) -> list[Pay]:
    """Every pay of every step."""
    steps = [step.pays for step in incentive.scale.steps]
    return [pay for pays in (*steps, incentive.scale.below) for pay in pays]


def pays_of_step(incentive: Incentive, step: int | None) -> tuple[Pay, ...]:
    """What a step pays; where none is reached, what is paid below the first (20)."""
    return incentive.scale.below if step is None else incentive.scale.steps[step].pays


def cases_of(pay: Pay) -> tuple[Case[Decimal], ...]:
    """The rows of a pay's table, where it varies."""
    varies = pay.money if hasattr(pay, "money") else pay.rate
    return varies.rows if isinstance(varies, Cases) else ()


def cap_key(incentive: Incentive) -> str | None:
    """The key of the cap that is held for each of its values."""
    keys = [cap.each for cap in incentive.caps if cap.each is not None]
    assert len(keys) <= 1, "one key a cap: check refuses more"
    return keys[0] if keys else None


def base_take(book: Book, base: Base, asked: Asked) -> tuple[Take, Subject, Span]:
    """The rows that a base is a figure of: whose they are, and of which days."""
    match base:
        case Take():
            subject = figures.whose(book, base.who, asked)
            assert subject is not None
            run = windows.resolve(book.programme.calendar, base.over, asked.window, asked.day)
            return base, subject, run.cut
        case Use(measure=name):
            subject = figures.whose(book, base.who, asked)
            assert subject is not None
            run = windows.resolve(book.programme.calendar, base.over, asked.window, asked.day)
            again = asked._replace(subject=subject)
            again = again if run.whole == asked.window else again.again(subject, run)
            return base_take(book, book.programme.measure(name), again)
        case _:
            raise AssertionError(f"{type(base).__name__} is no base: check refuses it")


def pieces_of(book: Book, asked: Question) -> list[Piece] | None:
    """The base in its parts, by cut and by key, in their order; none where there is none."""
    incentive, base = asked.incentive, asked.incentive.base
    if base is None:
        return None
    if isinstance(base, GrownPart):
        return _grown(book, asked, base)
    if isinstance(base, PartAbove):
        return _above(book, asked, base)
    take, subject, days = base_take(book, base, asked.base)
    if isinstance(take.aggregate, Different) or take.source == "certifications":
        return [Piece(figures.take(book, take, subject, days, asked.base.view))]
    filters, key = row_filters(incentive), cap_key(incentive)
    sums: dict[tuple[tuple[bool, ...], str | None], Decimal] = {}
    for row in rows.counted(book, take, subject, asked.base.view, days):
        if days.start <= row.day < days.until:
            view = asked.base.view
            cut = tuple(rows.holds(book, one, row.line, row.day, view, days.start) for one in filters)
            where = (cut, row.line.row[key] if key else None)
            one = Decimal(1) if isinstance(take.aggregate, Lines) else row.amount
            sums[where] = sums.get(where, exact.ZERO) + one
    return [Piece(sums[where], *where) for where in sorted(sums, key=repr)]


def _above(book: Book, asked: Question, base: PartAbove) -> list[Piece] | None:
    """What lies above the reached step's start, the first one's, or another measure; 0 if nothing (29)."""
    assert not row_filters(asked.incentive), "a part is not cut: check refuses it"
    figure = figures.number(figures.figure(book, base.of, asked.base))
    step = _reached(book, asked, driver_of(book, asked))
    if isinstance(base.over, str):
        at = 0 if base.over == "first_step" else step
        over = None if at is None else starts(book, asked)[at]
    else:
        over = figures.number(figures.figure(book, base.over, asked.base))
    if figure is None or over is None:
        return None
    return [Piece(exact.half_up(max(figure - over, exact.ZERO), 4))]


def _grown(book: Book, asked: Question, base: GrownPart) -> list[Piece] | None:
    """The grown part over the driver's baseline that won; nothing is known of its rows, so it is never
    cut.
    """
    assert not row_filters(asked.incentive), "a grown part is not cut: check refuses it"
    assert cap_key(asked.incentive) is None, "a grown part is not cut: check refuses it"
    assert asked.incentive.driver is not None
    if asked.driver is None:
        return None
    found = figures.driving_growth(book, asked.incentive.driver, asked.driver)
    if found is None:
        return None
    form, how = found
    winner = figures.growth(book, form, how).winner
    if winner is None:
        return None
    mine = Asked(asked.base.subject, how.window, how.day, asked.base.view)
    grown = figures.grown_part(book, base.of, winner, form, mine)
    return None if grown is None else [Piece(grown)]


# ------------------------------------------------------------ 6 rate, 7 adjust (rules 31 to 33)


def _figure_of(book: Book, asked: Question, pay: Pay, cut: tuple[bool, ...]) -> Decimal:
    """What a pay says for a cut: the first row of its table that holds; none holds: nothing."""
    varies = pay.money if hasattr(pay, "money") else pay.rate
    if not isinstance(varies, Cases):
        return varies
    for case in varies.rows:
        if _holds(book, asked, case.when, cut):
            return case.use
    return exact.ZERO if varies.otherwise is None else varies.otherwise


def _holds(book: Book, asked: Question, when: "Filter | conditions.Condition", cut: tuple[bool, ...]) -> bool:
    if conditions.is_filter(when):
        return cut[row_filters(asked.incentive).index(when)]  # type: ignore[arg-type]
    return conditions.holds(book, when, asked.gate)  # type: ignore[arg-type]


def _adjusted(
    book: Book, asked: Question, figure: Decimal, factors: list[Add | By], cut: tuple[bool, ...]
) -> Decimal:
    """Points that hold are added; then factors multiply it, in the order written, each cast at once."""
    acting = [one for one in factors if _holds(book, asked, one.when, cut)]
    figure += sum((one.rate for one in acting if isinstance(one, Add)), exact.ZERO)
    for one in acting:
        if isinstance(one, By):
            figure = exact.product(figure, one.factor)
    return figure


def rate_of(book: Book, asked: Question, step: int | None, cut: tuple[bool, ...]) -> Decimal:
    """What a step pays for one of the base, in a cut, after the factors: percents, or money per unit."""
    rated = [pay for pay in pays_of_step(asked.incentive, step) if not isinstance(pay, Lump)]
    every = list(asked.incentive.adjust)
    factors: list[Add | By] = [one for one in every if isinstance(one, By)]
    acting = [every if isinstance(pay, Percent) else factors for pay in rated]
    return sum(
        (
            _adjusted(book, asked, _figure_of(book, asked, pay, cut), adjust, cut)
            for pay, adjust in zip(rated, acting, strict=True)
        ),
        exact.ZERO,
    )


def lumps_of(book: Book, asked: Question, step: int | None) -> Decimal:
    """The lumps of a step, after the factors that are the subject's."""
    factors: list[Add | By] = [
        by for by in asked.incentive.adjust if isinstance(by, By) and not conditions.is_filter(by.when)
    ]
    lumps = [pay for pay in pays_of_step(asked.incentive, step) if isinstance(pay, Lump)]
    return sum(
        (_adjusted(book, asked, _figure_of(book, asked, pay, ()), factors, ()) for pay in lumps), exact.ZERO
    )


# ------------------------------------------------------------ 8 amount, 9 bounds, 10 stacking


def _amount(
    book: Book, asked: Question, driver: Decimal, step: int | None, pieces: tuple[Piece, ...] | list[Piece]
) -> Decimal:
    """The exact amount of the incentive: what is paid on the base, then lumps, then the cap of the whole."""
    incentive = asked.incentive
    if step is None:
        return _capped(incentive, _below(book, asked, pieces))
    match incentive.scale.kind:
        case ScaleKind.RETROACTIVE:
            paid = _bounded(
                incentive, list(_paid(book, asked, pieces, lambda cut: rate_of(book, asked, step, cut)))
            )
            lumps = lumps_of(book, asked, step)
        case ScaleKind.MARGINAL:
            paid = _marginal(book, asked, driver, step, pieces)
            lumps = sum((lumps_of(book, asked, at) for at in range(step + 1)), exact.ZERO)
        case ScaleKind.LINEAR:
            rated = _paid(
                book,
                asked,
                pieces,
                lambda cut: _on_line(book, asked, driver, step, lambda at: rate_of(book, asked, at, cut)),
            )
            paid = _bounded(incentive, list(rated))
            lumps = _on_line(book, asked, driver, step, lambda at: lumps_of(book, asked, at))
        case ScaleKind.INCREMENT:
            paid, lumps = exact.ZERO, lumps_of(book, asked, step) * _increments(book, asked)
        case _:
            assert_never(incentive.scale.kind)
    return _capped(incentive, paid + lumps)


def _capped(incentive: Incentive, amount: Decimal) -> Decimal:
    """What is above 0 is at least the floor; then at most the caps of the whole (34)."""
    if incentive.floor is not None and amount > 0:
        amount = max(amount, incentive.floor.money)
    return min([amount, *(cap.money for cap in incentive.caps if cap.each is None)])


def _below(book: Book, asked: Question, pieces: tuple[Piece, ...] | list[Piece]) -> Decimal:
    """What is paid where no step is reached, on the whole base and once, whatever the scale (20)."""
    rated = _paid(book, asked, pieces, lambda cut: rate_of(book, asked, None, cut))
    return _bounded(asked.incentive, list(rated)) + lumps_of(book, asked, None)


def _marginal(
    book: Book, asked: Question, driver: Decimal, step: int, pieces: tuple[Piece, ...] | list[Piece]
) -> Decimal:
    """Each part of the driver at its own step's rate; where the base is another figure, at the average
    rate.
    """
    if _is_plain(asked.incentive, book):
        parts = inside(book, asked, driver, step)
        return sum((exact.product(part, rate_of(book, asked, at, ())) for at, part in parts), exact.ZERO)
    paid = _paid(book, asked, pieces, lambda cut: average_rate(book, asked, driver, step, cut))
    return _bounded(asked.incentive, list(paid))


def _is_plain(incentive: Incentive, book: Book) -> bool:
    """Whether the driver is the base itself, whole and in one piece: then each part is paid at its own step's
    rate.
    """
    same = incentive.driver is None or (incentive.driver == incentive.base and incentive.select == EVERY_ROW)
    earner = incentive.earner
    same_owner = earner.who is Who.ASKER or earner.base_of == "group" or earner.driver_of == "member"
    in_one_piece = not row_filters(incentive) and cap_key(incentive) is None
    return same and same_owner and in_one_piece and not before_in_sequence(book, incentive)


def inside(book: Book, asked: Question, driver: Decimal, step: int) -> Iterator[tuple[int, Decimal]]:
    """The part of the driver that lies in each step that is entered (rule 22)."""
    bounds = _certain(starts(book, asked))
    for at in range(step + 1):
        top = min(driver, bounds[at + 1]) if at + 1 < len(bounds) else driver
        yield at, top - bounds[at]


def _paid(
    book: Book,
    asked: Question,
    pieces: tuple[Piece, ...] | list[Piece],
    rate: Callable[[tuple[bool, ...]], Decimal],
) -> Iterator[tuple[str | None, Decimal]]:
    """(key, amount) of each piece: what the sequence left of it, times the rate of its cut."""
    before = before_in_sequence(book, asked.incentive)
    taken = sum((record(book, one, asked.subject, asked.window).amount for one in before), exact.ZERO)
    whole = sum((piece.amount for piece in pieces), exact.ZERO)
    for piece in pieces:
        left = piece.amount
        if before and whole > 0:
            left = left - exact.quotient(taken * left, whole)
        yield piece.key, exact.product(left, rate(piece.cut))


def average_rate(book: Book, asked: Question, driver: Decimal, step: int, cut: tuple[bool, ...]) -> Decimal:
    """The driver's average rate over the steps it enters; at a driver of 0 the reached step's (rule 23)."""
    if driver == 0:
        return rate_of(book, asked, step, cut)
    parts = [part * rate_of(book, asked, at, cut) for at, part in inside(book, asked, driver, step)]
    return exact.quotient(sum(parts, exact.ZERO), driver)


def _on_line(
    book: Book, asked: Question, driver: Decimal, step: int, pay: Callable[[int], Decimal]
) -> Decimal:
    """A straight line from what the step pays to what the next does; the last one's own beyond it (24)."""
    begins = _certain(starts(book, asked))
    if step + 1 == len(begins):
        return pay(step)
    run = max(driver - begins[step], exact.ZERO)
    rise = (pay(step + 1) - pay(step)) * run
    return pay(step) + exact.quotient(rise, begins[step + 1] - begins[step])


def _increments(book: Book, asked: Question) -> int:
    """How many `every` lie in the driver beyond `free`, full ones or those begun as well (25)."""
    count, driver = asked.incentive.scale.counted, driver_of(book, asked)
    assert driver is not None
    whole = Fraction(*map(Fraction, driver)) if isinstance(driver, tuple) else Fraction(driver)
    beyond = max(abs(whole) - Fraction(count.free), Fraction(0)) / Fraction(count.every)
    number = floor(beyond) if count.counting == "full" else ceil(beyond)
    return number if whole >= 0 else -number


def _bounded(incentive: Incentive, paid: list[tuple[str | None, Decimal]]) -> Decimal:
    """Held to the cap for each value of its key; rows without the key are one value together (rule 34)."""
    if cap_key(incentive) is None:
        return sum((amount for _, amount in paid), exact.ZERO)
    most = min(cap.money for cap in incentive.caps if cap.each is not None)
    by_key: dict[str | None, Decimal] = {}
    for key, amount in paid:
        by_key[key] = by_key.get(key, exact.ZERO) + amount
    return sum((min(amount, most) for amount in by_key.values()), exact.ZERO)


def before_in_sequence(book: Book, incentive: Incentive) -> list[Incentive]:
    """Those that take from the base before this one (rule 35)."""
    for sequence in book.programme.stacking.sequences:
        if incentive.name in sequence.incentives:
            before = sequence.incentives[: sequence.incentives.index(incentive.name)]
            return [book.programme.incentive(name) for name in before]
    return []
