"""Scales: which step a driver reaches, and what the steps pay on a base. Rules 20 to 26.

A rate is put together from its cases and the factors that act on it; each product is cast at once (rule 30).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import assert_never

from sqlglot import exp

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.increments import DRIVER, increments
from staffel.core.engine.plan.made import sides_hold
from staffel.core.engine.plan.panel import ZERO
from staffel.core.engine.plan.value import Value
from staffel.core.money import AMOUNT, COMPUTED, MONEY, PER_UNIT, PIECES, RATE, DecimalType
from staffel.core.programme.model import Cases, Lump, Pay, Percent, PerUnit, Scale, ScaleKind, Step

Expr = exp.Expr
PARTS = DecimalType(38, 14)
FINE = DecimalType(24, 10)  # a driver with 10 decimals: a share, or cut at a newcomer's start
FINE_PIECES = DecimalType(18, 10)  # the same in pieces, times what is paid for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How pays become SQL where they stand.

    driver: the type of the driver, MONEY or, for a share or a cut target, FINE; part: of what lies inside a
    step of it; base: the column of the base; is_pair: the driver is a share.
    """

    rate: Callable[[Percent | PerUnit], Expr]
    lump: Callable[[Lump], Expr]
    driver: DecimalType = MONEY
    part: DecimalType = MONEY
    base: str = "b.base"
    is_pair: bool = False


def starts(
    scale: Scale,
    *,
    is_pair: bool,
    prorated: Callable[[Expr], Expr],
    varied: Callable[[Cases[Decimal], DecimalType], Expr],
) -> list[Expr]:
    """Where each step begins, in the driver's unit; newcomers' starts are cut, a share's never.

    varied: the figure of a table that asks the subject; nothing where none of its rows holds.
    """
    type_ = RATE if is_pair else MONEY
    found = [
        varied(step.start, type_) if isinstance(step.start, Cases) else sql.figure(step.start, type_)
        for step in scale.steps
    ]
    if is_pair:
        return found
    return [
        sql.case([(sql.present(begin.copy()), prorated(begin))])
        if isinstance(step.start, Cases)
        else prorated(begin)
        for step, begin in zip(scale.steps, found, strict=True)
    ]


def reached(scale: Scale, driver: Value, begins: Sequence[Expr]) -> Expr:
    """The number of the highest step reached, from 1; 0 below the first and where the driver is none
    (rule 20).
    """
    rows = []
    for number, (step, begin) in reversed(list(enumerate(zip(scale.steps, begins, strict=True), start=1))):
        test = _reaches(driver, step.reached, begin)
        if number == 1 and step.is_endless:
            test = sql.present(driver.num.copy())
        elif number == 1 and step.reached == "from" and ZERO in step.starts:
            endless = sql.eq(begin.copy(), sql.figure(ZERO, MONEY))
            test = sql.either(test, sql.both(sql.present(driver.num.copy()), endless))
        rows.append((sql.coalesce(test, sql.FALSE), sql.whole(number)))
    return sql.cast(sql.case(rows, sql.whole(0)), "INTEGER")


def start_of(step: Expr, begins: Sequence[Expr]) -> Expr:
    """Where the step reached begins; nothing where none is. step: its number."""
    rows = [
        (sql.eq(step.copy(), sql.whole(number)), sql.cast(begin.copy(), AMOUNT))
        for number, begin in enumerate(begins, start=1)
    ]
    return sql.case(rows, sql.null(AMOUNT))


def part_above(figure: Expr, over: Expr) -> Expr:
    """What of a figure lies above another, never below 0; nothing where either is none (rule 29)."""
    part = sql.greatest(sql.minus(figure, over, AMOUNT), sql.figure(ZERO, AMOUNT))
    some = sql.both(sql.present(figure.copy()), sql.present(over.copy()))
    return sql.case([(some, sql.cast(part, MONEY))], sql.null(MONEY))


def _reaches(driver: Value, reached_: str, begin: Expr) -> Expr:
    if driver.sides:
        tests = [sql.coalesce(_reaches(side, reached_, begin.copy()), sql.FALSE) for side in driver.sides]
        return sides_hold(driver, tests, reached_)
    start = begin if driver.den is None else exp.Mul(this=begin, expression=driver.den.copy())
    return sql.gt(driver.num.copy(), start) if reached_ == "above" else sql.ge(driver.num.copy(), start)


# ------------------------------------------------------------------------------------------- what is paid


def paid(scale: Scale, rates: Rates, step: str, driver: str, *, exact: bool) -> Expr:
    """What a scale pays on a row's base.

    step, driver: columns. exact: base and driver are one figure, uncut.
    """
    if scale.below:
        return _or_below(
            step, _on_base(scale.below, rates), paid(above(scale), rates, step, driver, exact=exact)
        )
    match scale.kind:
        case ScaleKind.RETROACTIVE:
            return _retroactive(scale, rates, step)
        case ScaleKind.MARGINAL:
            return (
                _marginal_exact(scale, rates, step, driver) if exact else _average(scale, rates, step, driver)
            )
        case ScaleKind.LINEAR:
            return _linear(scale, rates, step, driver)
        case ScaleKind.INCREMENT:
            return sql.figure(ZERO, AMOUNT)
        case _:
            assert_never(scale.kind)


def above(scale: Scale) -> Scale:
    """The scale without what is paid below it."""
    return replace(scale, below=())


def _or_below(step: str, below: Expr, reached_: Expr) -> Expr:
    """What is paid where a driver reaches no step, else what the step pays (rule 20)."""
    none = sql.both(sql.eq(sql.column(step), sql.whole(0)), sql.present(sql.column("e.driver_num")))
    return sql.case([(none, below)], reached_)


def _by_step(scale: Scale, step: str, of: Callable[[Step], Expr]) -> Expr:
    """What `of` gives for the reached step; nothing below the first."""
    rows = [
        (sql.eq(sql.column(step), sql.whole(number)), of(one))
        for number, one in enumerate(scale.steps, start=1)
    ]
    return sql.case(rows, sql.figure(ZERO, AMOUNT))


def _retroactive(scale: Scale, rates: Rates, step: str) -> Expr:
    """The reached step's pay on the whole base (rule 21)."""
    return _by_step(scale, step, lambda one: _on_base(one.pays, rates))


def _on_base(pays: Sequence[Pay], rates: Rates) -> Expr:
    parts = [_times_base(pay, rates) for pay in pays if not isinstance(pay, Lump)]
    return sql.plus(*parts, type_=AMOUNT) if parts else sql.figure(ZERO, AMOUNT)


def _times_base(pay: Percent | PerUnit, rates: Rates) -> Expr:
    base, rate = sql.column(rates.base), rates.rate(pay)
    if isinstance(pay, Percent):
        return sql.times(base, rate, AMOUNT)
    return sql.times(sql.cast(base, PIECES), rate, AMOUNT)


def _inside(number: int, scale: Scale, driver: str) -> Expr:
    """The part of the driver inside a step; of a first step at 0 also what lies below it."""
    begin, figure = sql.column(f"e.start_{number}"), sql.column(driver)
    upper = figure
    if number < len(scale.steps):
        upper = sql.least(figure.copy(), sql.column(f"e.start_{number + 1}"))
    part = sql.minus(upper, begin, DRIVER)
    if number == 1 and scale.steps[0].start == ZERO:
        return part
    if number == 1 and ZERO in scale.steps[0].starts:
        endless = sql.eq(sql.column("e.start_1"), sql.figure(ZERO, DRIVER))
        return sql.case([(endless, part)], sql.greatest(part.copy(), sql.figure(ZERO, DRIVER)))
    return sql.greatest(part, sql.figure(ZERO, DRIVER))


def _marginal_exact(scale: Scale, rates: Rates, step: str, driver: str) -> Expr:
    """Each step's rate on the part of the base inside it (rule 22)."""
    parts = []
    for number, one in enumerate(scale.steps, start=1):
        inside = sql.cast(_inside(number, scale, driver), rates.part)
        for pay in one.pays:
            if not isinstance(pay, Lump):
                parts.append(_on_part(pay, inside, rates.rate(pay), rates.part))
    figure = sql.plus(*parts, type_=AMOUNT) if parts else sql.figure(ZERO, AMOUNT)
    return sql.case([(sql.gt(sql.column(step), sql.whole(0)), figure)], sql.figure(ZERO, AMOUNT))


def _on_part(pay: Percent | PerUnit, inside: Expr, rate: Expr, part: DecimalType) -> Expr:
    if isinstance(pay, Percent):
        return sql.times(inside.copy(), rate, AMOUNT)
    pieces = PIECES if part is MONEY else FINE_PIECES
    return sql.times(sql.cast(inside.copy(), pieces), rate, AMOUNT)


def _average(scale: Scale, rates: Rates, step: str, driver: str) -> Expr:
    """The driver's average rate, times the base: every cut lies in the steps as the driver does (rule 23)."""
    kinds = {type(pay) for one in scale.steps for pay in one.pays if not isinstance(pay, Lump)}
    parts = [
        _average_of(kind, scale, rates, step, driver) for kind in sorted(kinds, key=lambda k: k.__name__)
    ]
    return sql.plus(*parts, type_=AMOUNT) if parts else sql.figure(ZERO, AMOUNT)


def _average_of(kind: type, scale: Scale, rates: Rates, step: str, driver: str) -> Expr:
    """The average; in a first step without a lower end, and for a driver of 0, simply the step's rate."""
    type_ = COMPUTED if kind is Percent else PER_UNIT
    base = sql.column(rates.base) if kind is Percent else sql.cast(sql.column(rates.base), PIECES)
    weighed, simple = [], []
    for number, one in enumerate(scale.steps, start=1):
        own = [rates.rate(pay) for pay in one.pays if type(pay) is kind and not isinstance(pay, Lump)]
        rate = own[0] if len(own) == 1 else sql.plus(*own, type_=type_) if own else sql.figure(ZERO, type_)
        inside = sql.cast(_inside(number, scale, driver), rates.part)
        weighed.append(sql.times(inside, sql.cast(rate, type_), PARTS))
        reached_ = sql.eq(sql.column(step), sql.whole(number))
        simple.append((reached_, sql.times(base.copy(), rate.copy(), AMOUNT)))
    alone = sql.eq(sql.column(driver), sql.figure(ZERO, DRIVER))
    if scale.steps[0].start == ZERO:
        alone = sql.either(alone, sql.eq(sql.column(step), sql.whole(1)))
    elif ZERO in scale.steps[0].starts:
        endless = sql.eq(sql.column("e.start_1"), sql.figure(ZERO, DRIVER))
        alone = sql.either(alone, sql.both(endless, sql.eq(sql.column(step), sql.whole(1))))
    average = sql.quotient(
        sql.plus(*weighed, type_=PARTS), sql.column(driver), type_, part_type=PARTS, divisor_type=rates.driver
    )
    nothing = sql.figure(ZERO, AMOUNT)
    below = (sql.eq(sql.column(step), sql.whole(0)), nothing)
    by_step = (alone, sql.case(simple, nothing.copy()))
    return sql.case([below, by_step], sql.times(base, average, AMOUNT))


def _linear(scale: Scale, rates: Rates, step: str, driver: str) -> Expr:
    """The rate on the line between two steps, times the base (rule 24)."""
    parts = []
    for kind, type_, base in ((Percent, COMPUTED, MONEY), (PerUnit, PER_UNIT, PIECES)):
        if any(isinstance(pay, kind) for one in scale.steps for pay in one.pays):
            line = _on_line(scale, step, driver, partial(_own_rate, kind, type_, rates), type_, rates.part)
            left = sql.column(rates.base) if base is MONEY else sql.cast(sql.column(rates.base), base)
            parts.append(sql.times(left, line, AMOUNT))
    return sql.plus(*parts, type_=AMOUNT) if parts else sql.figure(ZERO, AMOUNT)


def _own_rate(kind: type, type_: DecimalType, rates: Rates, step: Step) -> Expr:
    """What a step pays for one of the base, in pays of one kind."""
    own = [rates.rate(pay) for pay in step.pays if isinstance(pay, kind) and not isinstance(pay, Lump)]
    return sql.plus(*own, type_=type_) if own else sql.figure(ZERO, type_)


def _on_line(
    scale: Scale, step: str, driver: str, of: Callable[[Step], Expr], type_: DecimalType, part: DecimalType
) -> Expr:
    """A straight line from what one step pays to what the next does; nothing below the first, and beyond
    the last its own. part: the type of a part of the driver.
    """
    rows = []
    for number, one in enumerate(scale.steps, start=1):
        pay = of(one)
        if number < len(scale.steps):
            begin, end = sql.column(f"e.start_{number}"), sql.column(f"e.start_{number + 1}")
            run = sql.greatest(sql.minus(sql.column(driver), begin, part), sql.figure(ZERO, part))
            rise = sql.times(sql.minus(of(scale.steps[number]), pay.copy(), type_), run, PARTS)
            length = sql.minus(end, begin.copy(), part)
            risen = sql.quotient(rise, length, type_, part_type=PARTS, divisor_type=part)
            pay = sql.plus(pay, risen, type_=type_)
        rows.append((sql.eq(sql.column(step), sql.whole(number)), pay))
    return sql.case(rows, sql.figure(ZERO, type_))


def lumps(scale: Scale, rates: Rates, step: str, driver: str) -> Expr:
    """The lump sums that a scale pays. step, driver: columns."""
    if scale.below:
        below = _lump_in(scale.below, rates)
        return _or_below(step, below, lumps(above(scale), rates, step, driver))
    match scale.kind:
        case ScaleKind.RETROACTIVE:
            return _by_step(scale, step, lambda one: _lump_of((one,), rates))
        case ScaleKind.MARGINAL:
            return _by_step(
                scale, step, lambda one: _lump_of(scale.steps[: scale.steps.index(one) + 1], rates)
            )
        case ScaleKind.LINEAR:
            return _on_line(scale, step, driver, lambda one: _lump_of((one,), rates), AMOUNT, rates.part)
        case ScaleKind.INCREMENT:
            each = _by_step(scale, step, lambda one: _lump_of((one,), rates))
            counted = sql.times(each, increments(scale, driver, is_pair=rates.is_pair), AMOUNT)
            return sql.case([(sql.gt(sql.column(step), sql.whole(0)), counted)], sql.figure(ZERO, AMOUNT))
        case _:
            assert_never(scale.kind)


def _lump_of(steps: Sequence[Step], rates: Rates) -> Expr:
    """The lump of the reached step; of a marginal scale, of every step entered (rules 21 and 22)."""
    return _lump_in([pay for one in steps for pay in one.pays], rates)


def _lump_in(pays: Sequence[Pay], rates: Rates) -> Expr:
    found = [rates.lump(pay) for pay in pays if isinstance(pay, Lump)]
    return sql.plus(*found, type_=AMOUNT) if found else sql.figure(ZERO, AMOUNT)
