"""A panel: subjects × asks, with every figure that is asked of them as a column.

`language.md`, 5.1 (`figures`). A panel is filled in two passes. First everything that measures and
conditions need is asked for, and each asking gives back an expression over the panel's columns; then the
panel is made: a table of points, one statement for all figures that share cells and days, and the panel
itself, which joins them. Each Take costs one column, however often it is used.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cells import CellTable, Days, buckets_of
from staffel.core.engine.plan.cores import Core, level_part
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.given import Given, added, joined
from staffel.core.engine.plan.statement import Plan
from staffel.core.findings import LawBroken
from staffel.core.money import MONEY, DecimalType
from staffel.core.programme.model import Different, Who

Expr = exp.Expr
Spans = tuple[Span, ...]
ZERO = Decimal(0)
# From so many asks on, sums over days are differences of running sums.
MANY_ASKS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure asked: a core over spans of days.

    rows: how many rows count, instead of what they come to.
    """

    cells: CellTable = field(compare=False, repr=False)
    table: str
    core: Core
    who: Who
    spans: Spans
    rows: bool = False

    @property
    def is_additive(self) -> bool:
        """Whether two windows beside one another come to the sum of both: keys may be in both, and what was
        there before a window is asked of each by itself.
        """
        if self.core.by_window:
            return False
        return self.rows or not isinstance(self.core.aggregate, Different)

    @property
    def type(self) -> str | DecimalType:
        """Its type in SQL."""
        return "BIGINT" if self.rows else MONEY

    def aggregate(self, days: Days | None = None) -> Expr:
        """Over cells c. days: of the window, where it may be asked for."""
        counted = self.cells.counted(self.core, days)
        if self.rows:
            return sql.cast(exp.Sum(this=sql.case([(counted, sql.column("c.rows"))], sql.whole(0))), "BIGINT")
        amount = self.cells.amount(self.core)
        if isinstance(self.core.aggregate, Different):
            alone = sql.both(counted, sql.gt(sql.column("c.own"), sql.whole(0)))
            distinct = exp.Distinct(expressions=[sql.case([(alone, amount)])])
            return sql.cast(exp.Count(this=distinct), MONEY)
        return sql.total(sql.case([(counted, sql.cast(amount, MONEY))]), MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Anything else that is joined to a point: a query of (subject, ask, value) or (subject, value from
    the point).
    """

    name: str
    query: exp.Query = field(compare=False, repr=False)
    on: tuple[tuple[str, str], ...]  # (panel column, column of the query)


@dataclass(slots=True)
class Panel:
    """asks: the questions, in order. group: its subjects are alliances. named: its window is a named span.

    given: what others' lines add. terms: tables of what subjects hold, in the order asked.
    """

    name: str
    asks: list[Ask]
    group: bool = False
    named: bool = False
    given: Given | None = None
    schedules: list[Spans] = field(default_factory=list)
    figures: dict[Hashable, Figure] = field(default_factory=dict)
    beside: dict[str, Beside] = field(default_factory=dict)
    defined: list[tuple[int, Expr]] = field(default_factory=list)
    terms: dict[str, None] = field(default_factory=dict)
    needs_alliance: bool = False
    made: bool = False

    # ------------------------------------------------------------------ asking

    def spans(self, spans: Sequence[Span]) -> int:
        """The number of a schedule: one span per ask; its columns are s<n>_start and s<n>_until."""
        key = tuple(spans)
        if len(key) != len(self.asks):
            raise LawBroken(f"panel {self.name} has {len(self.asks)} asks, and {len(key)} spans were given")
        if key not in self.schedules:
            self.schedules.append(key)
        return self.schedules.index(key)

    def figure(
        self, cells: CellTable, core: Core, who: Who, spans: Sequence[Span], *, rows: bool = False
    ) -> Expr:
        """A core's figure over one span per ask, as a column of the panel."""
        cells.core(core)
        cells.spans.update(spans)
        who = Who.ASKER if self.group and who is Who.ALLIANCE else who
        of_groups = self.group or who is Who.ALLIANCE
        cells.with_groups |= of_groups
        self.needs_alliance |= who is Who.ALLIANCE
        table = cells.name
        self.spans(spans)
        key = (table, core, who, tuple(spans), rows)
        if key not in self.figures:
            self.figures[key] = Figure(
                cells=cells, table=table, core=core, who=who, spans=tuple(spans), rows=rows
            )
        number = list(self.figures).index(key)
        return sql.column(f"p.f{number}")

    def join(self, name: str, make: Callable[[], exp.Query], on: Sequence[tuple[str, str]]) -> Expr:
        """The `value` of a query joined by columns of the point; made once for a name."""
        if name not in self.beside:
            self.beside[name] = Beside(name=name, query=make(), on=tuple(on))
        return sql.column(f"p.{name}")

    def define(self, value: Expr) -> Expr:
        """Names an expression over the panel's columns, so that whoever needs it again reads a column."""
        if isinstance(value, exp.Column | exp.Null | exp.Boolean) or _is_literal(value):
            return value
        for number, (_, known) in enumerate(self.defined):
            if known == value:
                return sql.column(f"p.v{number}")
        if self.made:
            raise LawBroken(f"panel {self.name} was made before {value} was asked")
        self.defined.append((self._depth(value), value))
        return sql.column(f"p.v{len(self.defined) - 1}")

    def _depth(self, value: Expr) -> int:
        """One more than the deepest named expression that it reads."""
        names = {column.name for column in value.find_all(exp.Column)}
        return 1 + max((depth for n, (depth, _) in enumerate(self.defined) if f"v{n}" in names), default=0)

    def subject_column(self, who: Who) -> str:
        """Which column of a point says whose figure it is."""
        if who is Who.ALLIANCE and not self.group:
            self.needs_alliance = True
            return "grp"
        return "subject"

    # ------------------------------------------------------------------ making

    def make(self, plan: Plan, points: exp.Query) -> str:
        """Adds `asks_…`, `points_…`, the figures and the panel.

        points: a query of subject, ask, enrolled_from.
        """
        plan.add(f"asks_{self.name}", self._asks(), "the days asked, and the days of each window then")
        if self.given is not None:
            points = self.given.with_points(self.name, points)
        plan.add(f"points_{self.name}", self._points(plan, points), "who is asked when")
        tables = self._make_figures(plan)
        self.made = True
        query = self._panel(tables)
        for depth in sorted({depth for depth, _ in self.defined}):
            layer = {f"v{n}": value for n, (at, value) in enumerate(self.defined) if at == depth}
            query = _with_star(query, layer)
        plan.add(f"panel_{self.name}", query, "subjects by asks, each figure a column")
        return f"panel_{self.name}"

    def _asks(self) -> exp.Select:
        columns = {"ask": "INTEGER", "day": "DATE", "w_start": "DATE", "w_until": "DATE"}
        for number in range(len(self.schedules)):
            columns |= {f"s{number}_start": "DATE", f"s{number}_until": "DATE"}
        rows = []
        for at, ask in enumerate(self.asks):
            row: list[object] = [at, ask.day, ask.window.start, ask.window.until]
            for spans in self.schedules:
                row += [spans[at].start, spans[at].until]
            rows.append(row)
        return sql.values("given", columns, rows)

    def _points(self, plan: Plan, points: exp.Query) -> exp.Select:
        names = ["day", "w_start", "w_until"]
        for number in range(len(self.schedules)):
            names += [f"s{number}_start", f"s{number}_until"]
        columns = {"subject": sql.column("q.subject"), "ask": sql.column("q.ask")}
        columns |= {one: sql.column(f"a.{one}") for one in names}
        columns["enrolled_from"] = sql.column("q.enrolled_from")
        joins = [
            sql.join(sql.table(f"asks_{self.name}", "a"), sql.eq(sql.column("a.ask"), sql.column("q.ask")))
        ]
        if self.needs_alliance:
            subjects.members(plan, None)
            joins.append(self._alliance())
            columns["grp"] = sql.column("g.grp")
        return sql.select(columns, sql.subquery(points, "q"), joins=joins)

    def _alliance(self) -> exp.Join:
        """The alliance of each subject on the day asked."""
        inside = sql.within(sql.column("a.day"), sql.column("m.start"), sql.column("m.until"))
        groups = sql.select(
            {
                "subject": sql.column("m.subject"),
                "ask": sql.column("a.ask"),
                "grp": exp.Min(this=sql.column("m.grp")),
            },
            sql.table("members", "m"),
            joins=[sql.join(sql.table(f"asks_{self.name}", "a"), inside)],
            group=[sql.column("m.subject"), sql.column("a.ask")],
        )
        on = sql.both(
            sql.eq(sql.column("g.subject"), sql.column("q.subject")),
            sql.eq(sql.column("g.ask"), sql.column("q.ask")),
        )
        return sql.join(sql.subquery(groups, "g"), on, side="LEFT")

    def _make_figures(self, plan: Plan) -> dict[str, list[int]]:
        """One statement for all figures that share cells, whose they are, and days."""
        shared: dict[tuple[str, Who, int, bool], dict[int, Figure]] = {}
        for number, figure in enumerate(self.figures.values()):
            running = figure.is_additive and figure.cells.bucket == "day" and len(self.asks) >= MANY_ASKS
            key = (figure.table, figure.who, self.schedules.index(figure.spans), running)
            shared.setdefault(key, {})[number] = figure
        made = {}
        for at, ((_, who, schedule, running), chosen) in enumerate(shared.items()):
            name = f"figures_{self.name}_{at}"
            if running:
                sums = f"running_{self.name}_{at}"
                plan.add(sums, self._running(who, schedule, chosen), "sums of all days before a day")
                figures = self._between(sums, who, schedule, chosen)
            else:
                figures = self._figures(who, schedule, chosen)
            plan.add(name, figures, "sums over the days of a window", view=True)
            made[name] = list(chosen)
        return made

    def _relation(self, who: Who, chosen: dict[int, Figure]) -> str:
        leveled = any(level_part(figure.core.where) for figure in chosen.values())
        cells = next(iter(chosen.values())).cells
        return cells.relation(groups=self.group or who is Who.ALLIANCE, leveled=leveled)

    def _running(self, who: Who, schedule: int, chosen: dict[int, Figure]) -> exp.Select:
        """Of each subject the sums of all days before those on which its windows begin or end.

        Windows that grow day by day would else each read all of their days: with a year of days asked, a
        heavy partner's a hundred thousand times.
        """
        spans = self.schedules[schedule]
        known = sql.cast(exp.Add(this=sql.column("c.bucket"), expression=sql.whole(1)), "DATE")
        first, last = min(one.start for one in spans), max(one.until for one in spans)
        by_day = sql.select(
            {"subject": sql.column("c.subject"), "day": known}
            | {f"f{n}": figure.aggregate() for n, figure in chosen.items()},
            sql.table(self._relation(who, chosen), "c"),
            where=sql.within(sql.column("c.bucket"), sql.day(first), sql.day(last)),
            group=[sql.column("c.subject"), sql.column("c.bucket")],
        )
        subject = sql.column(f"p.{self.subject_column(who)}")
        asked = [
            sql.select(
                {"subject": subject.copy(), "day": sql.column(f"p.s{schedule}_{end}")}
                | {f"f{n}": _nothing(figure) for n, figure in chosen.items()},
                sql.table(f"points_{self.name}", "p"),
                distinct=True,
            )
            for end in ("start", "until")
        ]
        before = [sql.column("d.subject")], [sql.column("d.day")]
        sums = {
            f"f{n}": sql.window(exp.Sum(this=exp.Sum(this=sql.column(f"d.f{n}"))), *before, "running")
            for n in chosen
        }
        return sql.select(
            {"subject": sql.column("d.subject"), "day": sql.column("d.day")} | sums,
            sql.subquery(sql.union([by_day, *asked]), "d"),
            group=[sql.column("d.subject"), sql.column("d.day")],
        )

    def _between(self, sums: str, who: Who, schedule: int, chosen: dict[int, Figure]) -> exp.Select:
        """What was summed until a window's end and not yet at its start."""
        subject = f"p.{self.subject_column(who)}"
        joins = [
            sql.join(
                sql.table(sums, alias),
                sql.both(
                    sql.eq(sql.column(f"{alias}.subject"), sql.column(subject)),
                    sql.eq(sql.column(f"{alias}.day"), sql.column(f"p.s{schedule}_{end}")),
                ),
            )
            for alias, end in (("b", "start"), ("u", "until"))
        ]
        columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
        columns |= {
            f"f{n}": sql.minus(sql.column(f"u.f{n}"), sql.column(f"b.f{n}"), figure.type)
            for n, figure in chosen.items()
        }
        return sql.select(columns, sql.table(f"points_{self.name}", "p"), joins=joins)

    def _figures(self, who: Who, schedule: int, chosen: dict[int, Figure]) -> exp.Select:
        cells = next(iter(chosen.values())).cells
        if cells.bucket != "day" and self.subject_column(who) == "subject" and not self.group:
            return self._by_bucket(cells, schedule, chosen)
        subject = self.subject_column(who)
        on = sql.both(
            sql.eq(sql.column("c.subject"), sql.column(f"p.{subject}")),
            sql.within(
                sql.column("c.bucket"), sql.column(f"p.s{schedule}_start"), sql.column(f"p.s{schedule}_until")
            ),
        )
        columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
        group = [value.copy() for value in columns.values()]
        days = window_of(schedule)
        columns |= {f"f{n}": figure.aggregate(days) for n, figure in chosen.items()}
        return sql.select(
            columns,
            sql.table(f"points_{self.name}", "p"),
            joins=[sql.join(sql.table(self._relation(who, chosen), "c"), on)],
            group=group,
        )

    def _by_bucket(self, cells: CellTable, schedule: int, chosen: dict[int, Figure]) -> exp.Select:
        """Figures over whole months or quarters: each belongs to the asks in whose days it lies, whoever asks
        then.
        """
        windowed = any(figure.core.by_window for figure in chosen.values())
        parts = _parted(self.schedules[schedule], cells.bucket, with_window=windowed)
        columns = {"subject": sql.column("c.subject"), "ask": sql.column("m.ask")}
        group = [value.copy() for value in columns.values()]
        days = Days(sql.column("m.start"), sql.column("m.until"))
        columns |= {f"f{n}": figure.aggregate(days) for n, figure in chosen.items()}
        on = sql.eq(sql.column("m.bucket"), sql.column("c.bucket"))
        return sql.select(
            columns,
            sql.table(self._relation(Who.ASKER, chosen), "c"),
            joins=[sql.join(sql.subquery(parts, "m"), on)],
            group=group,
        )

    def _panel(self, tables: dict[str, list[int]]) -> exp.Select:
        columns: dict[str, Expr] = {"subject": sql.column("q.subject"), "ask": sql.column("q.ask")}
        columns |= {one: sql.column(f"q.{one}") for one in ("day", "w_start", "w_until", "enrolled_from")}
        if self.needs_alliance:
            columns["grp"] = sql.column("q.grp")
        for number in range(len(self.schedules)):
            columns |= {f"s{number}_{end}": sql.column(f"q.s{number}_{end}") for end in ("start", "until")}
        joins = []
        figures = list(self.figures.values())
        rests = self.given.columns("figure", self.name, MONEY) if self.given is not None else None
        with_rest = set(rests[0]) if rests else set()
        for at, (name, numbers) in enumerate(tables.items()):
            on = [sql.eq(sql.column(f"t{at}.{one}"), sql.column(f"q.{one}")) for one in ("subject", "ask")]
            joins.append(sql.join(sql.table(name, f"t{at}"), sql.both(*on), side="LEFT"))
            for n in numbers:
                value = sql.column(f"t{at}.f{n}")
                value = added(value, f"f{n}", MONEY) if f"f{n}" in with_rest else value
                columns[f"f{n}"] = _or_none(value, figures[n], self.group)
        for at, one in enumerate(self.beside.values()):
            on = [sql.eq(sql.column(f"j{at}.{theirs}"), sql.column(f"q.{ours}")) for ours, theirs in one.on]
            joins.append(sql.join(sql.subquery(one.query.copy(), f"j{at}"), sql.both(*on), side="LEFT"))
            value = sql.column(f"j{at}.value")
            columns[one.name] = added(value, one.name, MONEY) if one.name in with_rest else value
        if rests is not None:
            joins.append(joined(rests[1], "q"))
        return sql.select(columns, sql.table(f"points_{self.name}", "q"), joins=joins)

    # ------------------------------------------------------------------ points

    def enrolled_points(self) -> exp.Select:
        """Everyone who was enrolled on a day of the asker's window, up to the day asked; since when, at
        the latest. Of groups: each that such a partner belonged to on a day of it.
        """
        source, subject = (sql.table("enrolled", "e"), "e.subject")
        joins = []
        if self.group:
            of_member = sql.eq(sql.column("m.subject"), sql.column("e.subject"))
            joins.append(sql.join(sql.table("members", "m"), of_member))
            subject = "m.grp"
        start = [
            sql.le(sql.column("e.start"), sql.column("a.day")),
            sql.gt(sql.column("e.until"), sql.column("a.w_start")),
        ]
        if self.group:
            start += [
                sql.le(sql.column("m.start"), sql.column("a.day")),
                sql.gt(sql.column("m.until"), sql.column("a.w_start")),
            ]
        joins.append(sql.join(sql.table(f"asks_{self.name}", "a"), sql.both(*start)))
        since = exp.Max(this=sql.column("e.start"))
        group = [sql.column(subject), sql.column("a.ask")]
        columns = {"subject": sql.column(subject), "ask": sql.column("a.ask"), "enrolled_from": since}
        if self.group:
            columns["enrolled_from"] = sql.null("DATE")
        return sql.select(columns, source, joins=joins, group=group)


def window_of(schedule: int) -> Days:
    """The days of a point p in a schedule."""
    return Days(*(sql.column(f"p.s{schedule}_{end}") for end in ("start", "until")))


def _parted(spans: Spans, bucket: str, *, with_window: bool) -> exp.Select:
    """The buckets of each ask, with the days of its window where these are asked for."""
    types = {"ask": "INTEGER", "bucket": "DATE"}
    types |= {"start": "DATE", "until": "DATE"} if with_window else {}
    rows = [
        (at, day, span.start, span.until) for at, span in enumerate(spans) for day in buckets_of(span, bucket)
    ]
    return sql.values("given", types, [row[: len(types)] for row in rows])


def _is_literal(value: Expr) -> bool:
    return isinstance(value, exp.Literal) or (
        isinstance(value, exp.Cast) and isinstance(value.this, exp.Literal)
    )


def _with_star(query: exp.Query, columns: dict[str, Expr]) -> exp.Select:
    """All columns of a query, and some more made of them."""
    layer = sql.select(columns, sql.subquery(query, "p"))
    layer.set("expressions", [exp.Column(this=exp.Star(), table=exp.to_identifier("p")), *layer.expressions])
    return layer


def _nothing(figure: Figure) -> Expr:
    return sql.whole(0) if figure.rows else sql.figure(ZERO, MONEY)


def _or_none(value: Expr, figure: Figure, group: bool) -> Expr:
    """No rows: 0; but nobody's figure is none, for who has no alliance on the day (rule 9)."""
    zero = _nothing(figure)
    found = sql.coalesce(sql.cast(value, "BIGINT") if figure.rows else value, zero)
    if figure.who is Who.ALLIANCE and not group:
        return sql.case([(sql.present(sql.column("q.grp")), found)])
    return found
