"""Cells: lines summed to subject × day, month or quarter × what tells them apart, so that no figure reads a
line twice.

`language.md`, 5.1. A cell keeps the reasons of every core and the flags of every filter that must be
decided later; its day is the coarsest bucket into which all windows divide. A level of the day is joined
to cells, never to lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias, assert_never

from sqlglot import exp

from staffel.core.calendar import Span, add_months
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cores import (
    Basis,
    Core,
    code_of,
    is_late,
    late_parts,
    level_part,
    reads_level,
)
from staffel.core.engine.plan.lines import LineTable
from staffel.core.engine.plan.marks import LEVEL, read
from staffel.core.engine.plan.statement import Plan
from staffel.core.findings import LawBroken
from staffel.core.money import MONEY, PIECES
from staffel.core.programme.model import (
    All,
    Any,
    Different,
    Exists,
    Filter,
    Is,
    Ladder,
    Lines,
    Not,
    RowTest,
    SumOf,
)
from staffel.core.sources import MONEY_COLUMNS

Expr = exp.Expr


class Days(NamedTuple):
    """The days of the window in which cells are asked, as expressions."""

    start: Expr
    until: Expr


# The window in which cells are asked; none: nothing asks for it, or not yet.
Asking: TypeAlias = Days | Span | None
QUARTERS = (1, 4, 7, 10)


@dataclass(slots=True)
class CellTable:
    """The cells of one basis, and of one key where something is told apart by it.

    only: a table of the subjects that matter, for cells by day beside those of everybody by month. spans: of
    days over which they are asked. bucket: `day`, `month` or `quarter`. counts: rows are counted, those that
    stand for themselves.
    """

    lines: LineTable
    basis: Basis
    key: str | None
    ladder: Ladder | None
    only: str | None = None
    reasons: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    spans: set[Span] = field(default_factory=set)
    bucket: str = "day"
    counts: bool = False
    with_level: bool = False
    with_groups: bool = False
    windowed: list[Exists] = field(default_factory=list)
    insides: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The table's name."""
        number = self.lines.basis(self.basis)
        end = (f"_{self.key}" if self.key else "") + (f"_{self.only}" if self.only else "")
        return f"cells_{self.lines.source}_{number}{end}"

    def relation(self, *, groups: bool, leveled: bool) -> str:
        """The table to read: by partner or by alliance, with the level of the day or without."""
        return self.name + ("_at_level" if leveled else "") + ("_of_groups" if groups else "")

    # ------------------------------------------------------------------ asking

    def core(self, core: Core) -> None:
        """Makes room for a core's reason and for what its level part needs."""
        self._reason(core)
        if core.inside:
            self._inside(core, "c", None)
        for part in late_parts(core.where):
            self.holds(part, "c")

    def _reason(self, core: Core) -> str:
        name = self.lines.core(core)
        self.counts |= not isinstance(core.aggregate, SumOf)
        if name not in self.reasons:
            self.reasons.append(name)
        return name

    def _inside(self, core: Core, alias: str, asking: Asking) -> Expr:
        """Whether the other dates of a cell's rows lie in the window (rule 2)."""
        number = self.lines.inside(core)
        if number not in self.insides:
            self.insides.append(number)
        if asking is None:
            return sql.FALSE
        return sql.both(
            sql.ge(sql.column(f"{alias}.first_{number}"), _day(asking.start)),
            sql.lt(sql.column(f"{alias}.last_{number}"), _day(asking.until)),
        )

    def counted(self, core: Core, asking: Asking = None, alias: str = "c") -> Expr:
        """Whether a cell's rows count for a core."""
        tests = [sql.eq(sql.column(f"{alias}.{self._reason(core)}"), sql.whole(0))]
        tests += [self._inside(core, alias, asking)] if core.inside else []
        tests += [self.holds(part, alias, asking) for part in late_parts(core.where)]
        if isinstance(core.aggregate, Different):
            tests.append(sql.present(sql.column(f"{alias}.key")))
        return sql.both(*tests)

    def reason(self, core: Core, asking: Asking = None, alias: str = "c") -> Expr:
        """The reason's code of a cell's rows for a core, the level of the day included."""
        known = sql.column(f"{alias}.{self._reason(core)}")
        rows: list[tuple[Expr, Expr]] = []
        for reason, holds in self._by_window(core, asking, alias):
            at = sql.whole(code_of(reason))
            later = sql.either(sql.eq(known.copy(), sql.whole(0)), sql.gt(known.copy(), at.copy()))
            rows.append((sql.both(sql.no(holds), later), at))
        rows.append((exp.NEQ(this=known, expression=sql.whole(0)), known.copy()))
        if level_part(core.where):
            holds = sql.both(*(self.holds(part, alias, asking) for part in level_part(core.where)))
            rows.append((sql.no(holds), sql.whole(code_of("level-that-day"))))
        if isinstance(core.aggregate, Different):
            rows.append((sql.is_null(sql.column(f"{alias}.key")), sql.whole(code_of("key-missing"))))
        return sql.cast(sql.case(rows, sql.whole(0)), "TINYINT")

    def _by_window(self, core: Core, asking: Asking, alias: str) -> list[tuple[str, Expr]]:
        """What is asked of the window, each with the reason of a row that fails it, in the order of these."""
        found = []
        if core.inside:
            found.append(("other-date-outside", self._inside(core, alias, asking)))
        history = [part for part in late_parts(core.where) if not reads_level(part)]
        if history:
            found.append(("history", sql.both(*(self.holds(part, alias, asking) for part in history))))
        return found

    def holds(self, where: Filter, alias: str = "c", asking: Asking = None) -> Expr:
        """A filter, decided on cells: what reads no level and no window is a flag, the rest is put together
        here.
        """
        if not is_late(where):
            name = self.lines.flag(where, self.basis)
            if name not in self.flags:
                self.flags.append(name)
            return sql.column(f"{alias}.{name}")
        match where:
            case All(of=parts):
                return sql.both(*(self.holds(part, alias, asking) for part in parts))
            case Any(of=parts):
                return sql.either(*(self.holds(part, alias, asking) for part in parts))
            case Not(of=part):
                return sql.no(self.holds(part, alias, asking))
            case Is(column=column, values=names):
                assert column == LEVEL
                assert self.ladder is not None
                self.with_level = True
                indices = [sql.whole(self.ladder.index(one)) for one in names]
                inside = exp.In(this=sql.column(f"{alias}.level"), expressions=indices)
                return sql.coalesce(inside, sql.FALSE)
            case Exists():
                if where not in self.windowed:
                    self.windowed.append(where)
                self.lines.others.number(where)
                return (
                    sql.FALSE if asking is None else self.lines.others.in_window(where, alias, asking.start)
                )
            case RowTest():
                raise LawBroken(f"{where} asks for no level")
            case _:
                assert_never(where)

    def amount(self, core: Core, alias: str = "c") -> Expr:
        """What a core takes of a cell, before any test."""
        match core.aggregate:
            case SumOf(column=column):
                return sql.column(f"{alias}.s_{column}")
            case Lines():
                return sql.column(f"{alias}.own")
            case Different():
                return sql.column(f"{alias}.key")
            case _:
                assert_never(core.aggregate)

    # ------------------------------------------------------------------ making

    def make(self, plan: Plan) -> None:
        """Adds the cells.

        Rows are summed by what tells them apart, and their reasons and flags decided of the sums.
        """
        number = self.lines.basis(self.basis)
        decided = {one: self.lines.decided[one] for one in (*self.reasons, *self.flags)}
        marks = sorted({name for value in decided.values() for name in read(value)})
        day = sql.column(f"l.day_{number}")
        columns: dict[str, Expr] = {"subject": sql.column("l.subject"), "bucket": _bucket(day, self.bucket)}
        if self.key:
            columns["key"] = sql.column(f"l.k_{self.key}")
        group = [value.copy() for value in columns.values()]
        group += [sql.column(f"l.{one}") for one in marks]
        by_window = {one: sql.column(f"l.{one}") for one in self._of_window()}
        columns |= by_window
        group += [value.copy() for value in by_window.values()]
        told = {one: sql.column(f"s.{one}") for one in columns} | {k: v.copy() for k, v in decided.items()}
        columns |= {one: sql.column(f"l.{one}") for one in marks}
        columns |= (sums := self._sums(number))
        summed = sql.select(columns, sql.table(self.lines.name, "l"), where=self._mine(), group=group)
        query = sql.select(told | {one: sql.column(f"s.{one}") for one in sums}, sql.subquery(summed, "s"))
        by = f"{self.bucket}, {self.key}" if self.key else self.bucket
        plan.add(self.name, query, f"lines summed by subject and {by}")

    def _sums(self, number: int) -> dict[str, Expr]:
        sums: dict[str, Expr] = {}
        for one in self.lines.amounts:
            type_ = MONEY if one in MONEY_COLUMNS else PIECES
            sums[f"s_{one}"] = sql.total(sql.column(f"l.a_{one}"), type_)
        if self.counts:
            own = sql.case([(sql.column(f"l.own_{number}"), sql.whole(1))])
            sums["own"] = sql.cast(exp.Count(this=own), "BIGINT")
        sums["rows"] = sql.cast(exp.Count(this=exp.Star()), "BIGINT")
        return sums

    def _mine(self) -> Expr | None:
        if self.only is None:
            return None
        subjects = sql.select({"subject": sql.column("w.subject")}, sql.table(self.only, "w"))
        return exp.In(this=sql.column("l.subject"), query=exp.Subquery(this=subjects))

    def make_groups(self, plan: Plan, *, leveled: bool = False) -> None:
        """Adds the cells by alliance."""
        if self.with_groups and (self.with_level or not leveled):
            name = self.relation(groups=True, leveled=leveled)
            plan.add(name, self._of_groups(leveled=leveled), "cells by alliance, on the days of membership")

    def make_leveled(self, plan: Plan) -> None:
        """Adds the cells with the level of the day, once levels are known."""
        if not self.with_level:
            return
        # Who begins to take part within a bucket has no lines that count before: its level holds for all.
        start = sql.column("v.start")
        if self.bucket != "day":
            start = sql.cast(sql.first_of(self.bucket, start), "DATE")
        on = sql.both(
            sql.eq(sql.column("v.subject"), sql.column("c.subject")),
            sql.within(sql.column("c.bucket"), start, sql.column("v.until")),
        )
        columns = {one: sql.column(f"c.{one}") for one in self._columns()} | {"level": sql.column("v.level")}
        joins = [sql.join(sql.table("levels", "v"), on, side="LEFT")]
        joined = sql.select(columns, sql.table(self.name, "c"), joins=joins)
        plan.add(
            self.relation(groups=False, leveled=True), joined, "cells with the level in force on their day"
        )
        self.make_groups(plan, leveled=True)

    def _columns(self) -> list[str]:
        key = ["key"] if self.key else []
        sums = [f"s_{one}" for one in self.lines.amounts]
        own = ["own"] if self.counts else []
        return [
            "subject",
            "bucket",
            *key,
            *self._of_window(),
            *self.reasons,
            *self.flags,
            *sums,
            *own,
            "rows",
        ]

    def _of_window(self) -> list[str]:
        """The columns that are asked with a window."""
        near = self.lines.others.columns_of(self.windowed) if self.windowed else []
        return [*near, *(f"{end}_{number}" for number in self.insides for end in ("first", "last"))]

    def _of_groups(self, *, leveled: bool) -> exp.Select:
        names = [one for one in self._columns() if one != "subject"] + (["level"] if leveled else [])
        on = sql.both(
            sql.eq(sql.column("m.subject"), sql.column("c.subject")),
            sql.within(sql.column("c.bucket"), sql.column("m.start"), sql.column("m.until")),
        )
        return sql.select(
            {"subject": sql.column("m.grp"), "member": sql.column("c.subject")}
            | {one: sql.column(f"c.{one}") for one in names},
            sql.table(self.relation(groups=False, leveled=leveled), "c"),
            joins=[sql.join(sql.table("members", "m"), on)],
        )


def _day(day: Expr | date) -> Expr:
    return sql.day(day) if isinstance(day, date) else day.copy()


def _bucket(day: Expr, bucket: str) -> Expr:
    if bucket == "day":
        return day
    return sql.cast(sql.first_of(bucket, day), "DATE")


def bucket_of(boundaries: Sequence[date]) -> str:
    """The coarsest bucket into which all windows divide: quarter, month or day."""
    if any(day.day != 1 for day in boundaries):
        return "day"
    return "quarter" if all(day.month in QUARTERS for day in boundaries) else "month"


def buckets_of(span: Span, bucket: str) -> list[date]:
    """The first days of the quarters or months in a span."""
    months = 3 if bucket == "quarter" else 1
    first = span.start.replace(day=1)
    count = (span.until.year - first.year) * 12 + span.until.month - first.month + 1
    days = (add_months(first, at) for at in range(max(count, 0)))
    return [day for day in days if day in span and (day.month - 1) % months == 0]
