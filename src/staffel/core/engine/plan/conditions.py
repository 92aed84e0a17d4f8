"""Conditions: a form becomes a boolean over a panel's columns, never null. Rules 9, 19, 45, 51, 53."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import assert_never

from sqlglot import exp

from staffel.core.calendar import ONE_DAY, Span
from staffel.core.engine.plan import held, subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.days import days_of
from staffel.core.engine.plan.made import compared
from staffel.core.engine.plan.measures import Measures, View
from staffel.core.engine.plan.value import Value
from staffel.core.money import COMPUTED, MONEY, RATE, DecimalType
from staffel.core.programme.forms import all_in, hurdles_of
from staffel.core.programme.model import (
    DAY_BEFORE_ALL,
    All,
    Any,
    Cases,
    Condition,
    Enforced,
    Holds,
    Kept,
    Ladder,
    Length,
    Not,
    Test,
    Trait,
    When,
)
from staffel.core.programme.payment_days import joined_by
from staffel.core.sources import TABLES

Expr = exp.Expr
MetOn = Callable[[Kept], str]


@dataclass(slots=True)
class Conditions:
    """Conditions of one panel.

    met_on: the table of the day on which a condition first held (for `once met`), or of the days on which it
    did, or did not.
    """

    measures: Measures
    ladder: Ladder | None
    met_on: MetOn
    known: dict[tuple[Condition, View], Expr] = field(default_factory=dict)

    def holds(self, condition: Condition, view: View | None = None) -> Expr:
        """Whether it holds; a test on none does not, its denial does (rule 9)."""
        view = self.measures.top if view is None else view
        key = (condition, view)
        if key not in self.known:
            self.known[key] = self.measures.panel.define(self._holds(condition, view))
        return self.known[key]

    def _holds(self, condition: Condition, view: View) -> Expr:
        match condition:
            case All(of=parts):
                return sql.both(*(self.holds(part, view) for part in parts))
            case Any(of=parts):
                return sql.either(*(self.holds(part, view) for part in parts))
            case Not(of=part):
                return sql.no(self.holds(part, view))
            case Test():
                return self._test(condition, view)
            case Holds():
                return self._trait(condition, view)
            case Kept():
                return self._kept(condition, view)
            case Enforced(of=inner, day=day):
                return sql.either(sql.lt(sql.column("p.day"), sql.day(day)), self.holds(inner, view))
            case _:
                assert_never(condition)

    def _test(self, test: Test, view: View) -> Expr:
        value = self.measures.value(test.measure, view)
        return compared(value, test.exactly, self.required(test, value, view))

    def required(self, test: Test, value: Value, view: View | None = None) -> Expr:
        """The figure that is asked for: a share as declared, else prorated where the incentive says so
        (rule 45); another measure's as it is, none where it is none.
        """
        type_ = RATE if value.is_pair else MONEY
        match test.figure:
            case Decimal() if test.rounded is not None:
                figure = sql.figure(test.edge, COMPUTED)
            case Decimal():
                figure = sql.figure(test.figure, type_)
            case Cases():
                figure = self._of_table(test.figure, type_, view)
            case measure:
                return self.measures.value(measure, view).num
        return figure if value.is_pair else self.measures.prorated(figure)

    def _of_table(self, table: Cases[Decimal], type_: DecimalType, view: View | None) -> Expr:
        """The figure of the first row that holds; null where none does and nothing is said for the rest."""
        rows = [
            (self.holds(row.when, view), sql.figure(row.use, type_))  # type: ignore[arg-type]
            for row in table.rows
        ]
        rest = sql.null(type_) if table.otherwise is None else sql.figure(table.otherwise, type_)
        return sql.case(rows, rest)

    # ------------------------------------------------------------------ what a partner is or holds

    def _trait(self, holds: Holds, view: View) -> Expr:
        if holds.trait is Trait.LEVEL:
            return self._level(holds)
        if holds.trait is Trait.NEWCOMER:
            later = sql.gt(sql.column("p.enrolled_from"), sql.column("p.w_start"))
            newcomer = sql.coalesce(later, sql.FALSE)
            return newcomer if holds.values == ("true",) else sql.no(newcomer)
        if holds.least is not None:
            return self._taken_part(holds.least)
        if holds.trait.is_attribute:
            return sql.among(self.attribute(holds.trait.value), holds.values)
        return sql.present(self.term(holds, view))

    def _taken_part(self, least: Length) -> Expr:
        """Whether it has taken part for so long by the end of the day asked (rule 45)."""
        panel = self.measures.panel
        days = [Span(joined_by(ask.day, least), ask.day + ONE_DAY) for ask in panel.asks]
        latest = sql.column(f"p.s{panel.spans(days)}_start")
        return sql.coalesce(sql.le(sql.column("p.enrolled_from"), latest), sql.FALSE)

    def _level(self, holds: Holds) -> Expr:
        assert self.ladder is not None
        indices = [sql.whole(self.ladder.index(one)) for one in holds.values]
        inside = exp.In(this=self.level(holds.when), expressions=indices)
        return sql.coalesce(inside, sql.FALSE)

    def level(self, when: When) -> Expr:
        """The level in force on the first day of the window, on its last day, or on the day asked."""
        panel = self.measures.panel
        return panel.join(
            f"level_{when.value}", lambda: self._levels(when), [("subject", "subject"), ("ask", "ask")]
        )

    def _levels(self, when: When) -> exp.Query:
        days = {When.START: sql.column("p.w_start"), When.SETTLEMENT: sql.day(self.measures.day)}
        on = sql.both(
            sql.eq(sql.column("v.subject"), sql.column("p.subject")),
            sql.within(days.get(when, sql.column("p.day")), sql.column("v.start"), sql.column("v.until")),
        )
        return self._beside("v.level", "levels", "v", on)

    def _beside(self, value: str, table: str, alias: str, on: Expr) -> exp.Query:
        columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask"), "value": sql.column(value)}
        points = sql.table(f"points_{self.measures.panel.name}", "p")
        return sql.select(columns, points, joins=[sql.join(sql.table(table, alias), on)])

    def attribute(self, name: str) -> Expr:
        """Kind, country, segment or size on the first day of the window, or of the enrolment where that
        is later.
        """
        columns = [one.name for one in TABLES["partners"].columns if one.name != "partner_id"]
        subjects.segments(self.measures.plan, "partners", columns)
        day = sql.greatest(sql.column("p.w_start"), sql.column("p.enrolled_from"))
        on = sql.both(
            sql.eq(sql.column("v.partner_id"), sql.column("p.subject")),
            sql.within(day, sql.column("v.start"), sql.column("v.until")),
        )
        keys = [("subject", "subject"), ("ask", "ask")]
        panel = self.measures.panel
        return panel.join(f"is_{name}", lambda: self._beside(f"v.{name}", "partners_held", "v", on), keys)

    def term(self, holds: Holds, view: View) -> Expr:
        """The day from which it is in force, of the firm's certificates their number; none: it is not."""
        panel = self.measures.panel
        table = held.SOURCES[holds.trait].make(self.measures.plan, self.measures.programme)
        panel.terms.setdefault(table)
        begun = None
        if holds.within is not None:
            begun = panel.spans([days_of(holds.within, ask, self.measures.calendar) for ask in view.asks])
        points = f"points_{panel.name}"
        keys = [("subject", "subject"), ("ask", "ask")]
        label = held.label_of(holds, begun)
        return panel.join(label, lambda: held.held_by(points, table, holds, begun), keys)

    # ------------------------------------------------------------------ memory

    def _kept(self, kept: Kept, view: View) -> Expr:
        day = self.kept_day(kept, view)
        if kept.on == "every":
            return sql.both(self._took_part(kept, view), sql.is_null(day))
        if kept.over is not None:
            return sql.present(day)
        return sql.coalesce(sql.le(day, sql.column("p.day")), sql.FALSE)

    def kept_day(self, kept: Kept, view: View) -> Expr:
        """The day on which it first held; of a window the last on which it began to hold, or where it must
        hold on every day, not to.
        """
        table, panel = self.met_on(kept), self.measures.panel
        if kept.over is None and kept.on == "any":
            keys = [("subject", "subject"), ("enrolled_from", "enrolled_from")]
            return panel.join(f"m_{table}", lambda: _first_days(table), keys)
        number = panel.spans(self._days(kept, view))
        keys = [("subject", "subject"), ("ask", "ask")]
        return panel.join(f"m_{table}_{number}", lambda: self._spells(table, number), keys)

    def _days(self, kept: Kept, view: View) -> list[Span]:
        """The window of a memory, up to the day asked; of a named span its own days alone are asked."""
        if kept.over is None:
            return [Span(DAY_BEFORE_ALL, ask.day + ONE_DAY) for ask in view.asks]
        days = [days_of(kept.over, ask, self.measures.calendar) for ask in view.asks]
        if not self.measures.panel.named:
            return days
        return [one.within(ask.window) for one, ask in zip(days, view.asks, strict=True)]

    def _took_part(self, kept: Kept, view: View) -> Expr:
        """Whether the window has a day on which the subject was enrolled and that is asked."""
        number = self.measures.panel.spans(self._days(kept, view))
        until = sql.column(f"p.s{number}_until")
        start = sql.column(f"p.s{number}_start")
        keys = [("subject", "subject"), ("enrolled_from", "start")]
        left = self.measures.panel.join("enrolled_until", _ends_of_enrolments, keys)
        enrolled = sql.both(sql.lt(sql.column("p.enrolled_from"), until), sql.gt(left, start))
        return sql.coalesce(sql.both(enrolled, sql.lt(start.copy(), until.copy())), sql.FALSE)

    def _spells(self, table: str, number: int) -> exp.Query:
        until = sql.column(f"p.s{number}_until")
        on = sql.both(
            sql.eq(sql.column("k.subject"), sql.column("p.subject")),
            sql.eq(sql.column("k.enrolled_from"), sql.column("p.enrolled_from")),
            sql.lt(sql.column("k.start"), until),
            sql.gt(sql.column("k.until"), sql.column(f"p.s{number}_start")),
            sql.lt(sql.column(f"p.s{number}_start"), until.copy()),
        )
        columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
        group = [one.copy() for one in columns.values()]
        points = sql.table(f"points_{self.measures.panel.name}", "p")
        begun = columns | {"value": exp.Max(this=sql.column("k.start"))}
        return sql.select(begun, points, joins=[sql.join(sql.table(table, "k"), on)], group=group)


def _ends_of_enrolments() -> exp.Query:
    columns = {"subject": sql.column("e.subject"), "start": sql.column("e.start")}
    return sql.select(columns | {"value": sql.column("e.until")}, sql.table("enrolled", "e"))


def _first_days(table: str) -> exp.Query:
    names = {"subject": "subject", "enrolled_from": "enrolled_from", "value": "met_on"}
    return sql.select({one: sql.column(f"k.{of}") for one, of in names.items()}, sql.table(table, "k"))


def reads_days(condition: Condition) -> bool:
    """Whether a condition has a memory, so that every day must be looked at."""
    return bool(all_in(condition, Kept))


def days_named(whole: object) -> list[date]:
    """The days on which conditions begin to decide: what is reached may change there, though nothing was
    sold.
    """
    return sorted({one.day for one in all_in(whole, Enforced)})


def tests_in(condition: Condition) -> list[Test]:
    """Every test on a measure in a condition, in the order written."""
    return [leaf for leaf in hurdles_of(condition) if isinstance(leaf, Test)]
