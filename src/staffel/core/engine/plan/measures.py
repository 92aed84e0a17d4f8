"""Measures: a form becomes an expression over a panel's columns. Rules 9 to 17.

A `Value` is a figure, or a pair that travels undivided (rule 13); null is *none* (rule 9). A measure is
valued under a *view*: whose figure it is, and one ask for each ask of the panel, so that a window inside
a window is a view of a view.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from sqlglot import exp

from staffel.core.calendar import Calendar, Span
from staffel.core.engine.background import Background
from staffel.core.engine.plan import newcomers as joining
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cells import CellTable
from staffel.core.engine.plan.cores import Basis, Core
from staffel.core.engine.plan.days import Ask, days_of, reask, same_run, whole_of
from staffel.core.engine.plan.folds import folded, units_of, views_of
from staffel.core.engine.plan.made import made_of
from staffel.core.engine.plan.marks import named
from staffel.core.engine.plan.panel import ZERO, Panel
from staffel.core.engine.plan.statement import Plan, slug
from staffel.core.engine.plan.value import Value
from staffel.core.money import MONEY, RATE
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    All,
    Baseline,
    Before,
    Combined,
    Current,
    Filter,
    Fold,
    Growth,
    LastYear,
    Made,
    Measure,
    Named,
    Newcomers,
    Part,
    Programme,
    Score,
    Share,
    SumOf,
    Take,
    Use,
    Who,
    Window,
)

Expr = exp.Expr
CellsOf = Callable[[str, Basis, str | None], CellTable]


@dataclass(frozen=True, slots=True)
class View:
    """Whose figure, one ask per ask of the panel, and an incentive's `select` where its rows are meant."""

    asks: tuple[Ask, ...]
    who: Who = Who.ASKER
    select: Filter = EVERY_ROW


@dataclass(slots=True)
class Measures:
    """Values the measures of one panel. basis: of rows, but for the date, which each Take names."""

    programme: Programme
    background: Background
    plan: Plan
    panel: Panel
    cells: CellsOf
    basis: Basis
    day: date
    newcomers: Newcomers = Newcomers()
    values: dict[tuple[Measure, View], Value] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """The programme's."""
        return self.programme.calendar

    @property
    def top(self) -> View:
        """The panel's own asks."""
        return View(tuple(self.panel.asks))

    def value(self, measure: Measure, view: View | None = None) -> Value:
        """A measure under a view; asked twice, it is valued once."""
        view = self.top if view is None else view
        key = (measure, view)
        if key not in self.values:
            self.values[key] = self._named(self._value(measure, view))
        return self.values[key]

    def _named(self, value: Value) -> Value:
        """The same figure, read from columns of the panel."""
        define = self.panel.define
        return Value(
            num=define(value.num),
            den=None if value.den is None else define(value.den),
            shown=None if value.shown is None else define(value.shown),
            fine=value.fine,
            sides=value.sides,
            worst=value.worst,
        )

    def number(self, measure: Measure, view: View) -> Expr:
        """A measure as one number, a pair divided."""
        return self.panel.define(self.value(measure, view).number())

    def _value(self, measure: Measure, view: View) -> Value:
        match measure:
            case Take():
                return Value(num=self._take(measure, view))
            case Use():
                return self._use(measure, view)
            case Share():
                return self._share(measure, view)
            case Growth():
                return self._growth(measure, view)
            case Score():
                return self._score(measure, view)
            case Agreed():
                return self._agreed(measure, view)
            case Fold():
                return folded(self, measure, view)
            case Made():
                return made_of(self, measure, view)
            case _:
                assert_never(measure)

    def reasked(self, window: Window, view: View) -> tuple[Ask, ...]:
        """The asks that a window puts to what it is made of."""
        return tuple(reask(window, ask, self.calendar) for ask in view.asks)

    def bare_value(self, of: Measure, spans: Sequence[Span], view: View) -> Value:
        """A measure over other days than its own."""
        inner = replace(view, asks=tuple(Ask(span, span.last_day) for span in spans))
        return self.value(self.bare(of), inner)

    def below(self, made: Combined, view: View, at: int) -> list[tuple[Measure, View]]:
        """What a figure is made of, and how each is asked: of the ask at a place, its units one by one."""
        if isinstance(made, Fold):
            count = len(units_of(made, view.asks[at], self.calendar))
            return [(made.of, inner) for inner in views_of(self, made, view)[:count]]
        return [(part, view) for part in made.made_of]

    # ------------------------------------------------------------------ rows

    def core_of(self, take: Take, view: View) -> Core:
        """What a Take asks of rows, an incentive's `select` with it."""
        parts = [part for part in (view.select, take.where) if part != EVERY_ROW]
        where: Filter = parts[0] if len(parts) == 1 else All(of=tuple(parts))
        return Core(
            source=take.source,
            aggregate=take.aggregate,
            where=where,
            basis=replace(self.basis, date=take.date),
            inside=take.inside,
        )

    def cells_of(self, core: Core, key: str | None = None) -> CellTable:
        """The cells that hold a core."""
        own_key = getattr(core.aggregate, "key", None)
        return self.cells(core.source, core.basis, key or own_key)

    def _take(self, take: Take, view: View) -> Expr:
        who = take.who if view.who is Who.ASKER else view.who
        spans = self.spans(take, view)
        if take.source == "certifications":
            return self._certified(take, who, spans)
        core = self.core_of(take, view)
        return self.panel.figure(self.cells_of(core), core, who, spans)

    def spans(self, measure: Measure, view: View) -> tuple[Span, ...]:
        """The days of a measure under a view, one span per ask."""
        return tuple(self._span(measure, ask)[0] for ask in view.asks)

    def _span(self, measure: Measure, ask: Ask) -> tuple[Span, Span]:
        """The days of a measure for one ask, cut and whole."""
        match measure:
            case Take(over=over) | Fold(over=over):
                return days_of(over, ask, self.calendar), whole_of(over, ask, self.calendar)
            case Use(measure=name, over=over):
                return self._span(self.programme.measure(name), reask(over, ask, self.calendar))
            case Share(part=part):
                return self._span(part, ask)
            case Growth(of=of):
                return self._span(of, ask)
            case Score() | Agreed() | Made():
                return ask.current, ask.window
            case _:
                assert_never(measure)

    def _certified(self, take: Take, who: Who, spans: Sequence[Span]) -> Expr:
        """How many different persons hold one of the certificates on the last day of the window (rule 1)."""
        subjects.certified(self.plan, None)
        number = self.panel.spans(spans)
        values = named(take.where)
        subject = self.panel.subject_column(who)
        name = f"c{_label(take)}_{number}_{subject}"
        value = self.panel.join(
            name, lambda: self._persons(take, values, number, who), [("subject", "subject"), ("ask", "ask")]
        )
        found = sql.coalesce(value, sql.figure(ZERO, MONEY))
        if subject == "grp":
            return sql.case([(sql.present(sql.column("p.grp")), found)])
        return found

    def _persons(self, take: Take, values: Sequence[str], number: int, who: Who) -> exp.Query:
        day = sql.column(f"p.s{number}_until")
        held = sql.both(sql.lt(sql.column("t.start"), day), sql.ge(sql.column("t.until"), day.copy()))
        tests = [held, sql.lt(sql.column(f"p.s{number}_start"), day.copy())]
        if values:
            tests.append(sql.among(sql.column("t.certification"), values))
        joins = []
        subject = sql.column(f"p.{self.panel.subject_column(who)}")
        if self.panel.group or who is Who.ALLIANCE:
            last_day = sql.both(
                sql.lt(sql.column("m.start"), day.copy()), sql.ge(sql.column("m.until"), day.copy())
            )
            subjects.members(self.plan, None)
            joins.append(
                sql.join(sql.table("members", "m"), sql.both(sql.eq(sql.column("m.grp"), subject), last_day))
            )
            subject = sql.column("m.subject")
        tests.append(sql.eq(sql.column("t.subject"), subject))
        joins.append(sql.join(sql.table("certified", "t"), sql.both(*tests)))
        counted: Expr = exp.Count(this=exp.Distinct(expressions=[sql.column("t.person_id")]))
        if not hasattr(take.aggregate, "key"):
            counted = exp.Count(this=exp.Star())
        columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
        group = [one.copy() for one in columns.values()]
        columns["value"] = sql.cast(counted, MONEY)
        return sql.select(columns, sql.table(f"points_{self.panel.name}", "p"), joins=joins, group=group)

    # ------------------------------------------------------------------ measures made of others

    def _use(self, use: Use, view: View) -> Value:
        who = use.who if view.who is Who.ASKER else view.who
        inner = replace(view, asks=self.reasked(use.over, view), who=who)
        found = self.value(self.programme.measure(use.measure), inner)
        if isinstance(use.over, Before | LastYear | Named) and not found.is_pair:
            cut = tuple(days_of(use.over, ask, self.calendar) for ask in view.asks)
            whole = tuple(whole_of(use.over, ask, self.calendar) for ask in view.asks)
            return replace(found, num=self._or_opening(use, found.num, inner, cut, whole))
        return found

    def _share(self, share: Share, view: View) -> Value:
        part, whole = self.number(share.part, view), self.number(share.whole, view)
        positive = sql.gt(whole, sql.figure(ZERO, MONEY))
        fine = any(self.value(one, view).fine for one in (share.part, share.whole))
        den = sql.case([(positive.copy(), whole.copy())])
        return Value(num=sql.case([(positive, part)]), den=den, fine=fine)

    def _score(self, score: Score, view: View) -> Value:
        points = [self.gained(part, view) for part in score.parts]
        asked = [self.asked_for(score, part, view) for part in score.parts]
        least = [
            sql.ge(own.copy(), sql.figure(part.least, MONEY))
            for part, own in zip(score.parts, asked, strict=True)
            if part.least is not None
        ]
        total = sql.plus(*points, type_=MONEY)
        stretched = score.missing == "stretch"
        if stretched:
            total = sql.quotient(total, self.weight_there(score, view), part_type=MONEY, divisor_type=RATE)
        shown = self.panel.define(self.of_somebody(total, view))
        return Value(num=sql.case([(sql.both(*least), shown)]), shown=shown.copy(), fine=stretched)

    def asked_for(self, score: Score, part: Part, view: View) -> Expr:
        """The points that are compared with the least, before the weight: of a part without a figure 0, or
        the least itself where it leaves its weight to the others.
        """
        missing = part.least if score.missing == "stretch" and part.least is not None else ZERO
        points = sql.coalesce(self._held(part, view), sql.figure(missing, MONEY))
        return self.panel.define(points)

    def weight_there(self, score: Score, view: View) -> Expr:
        """The weights of the parts that have a figure; none where no part has one."""
        zero = sql.figure(ZERO, RATE)
        weights = [
            sql.case(
                [(sql.present(self.number(part.measure, view)), sql.figure(part.weight, RATE))], zero.copy()
            )
            for part in score.parts
        ]
        total = sql.plus(*weights, type_=RATE)
        return self.panel.define(sql.case([(sql.gt(total, zero.copy()), total.copy())]))

    def _held(self, part: Part, view: View) -> Expr:
        """The points of one part, held to the most; none where its measure is none (rule 16)."""
        points = sql.times(self.number(part.measure, view), sql.figure(part.points, MONEY), MONEY)
        if part.most is not None:
            points = sql.case([(sql.present(points), sql.least(points.copy(), sql.figure(part.most, MONEY)))])
        return points

    def gained(self, part: Part, view: View) -> Expr:
        """The same by its weight; 0 where its measure is none."""
        points = self._held(part, view)
        if part.weight != 1:
            points = sql.times(points, sql.figure(part.weight, RATE), MONEY)
        return self.panel.define(sql.coalesce(points, sql.figure(ZERO, MONEY)))

    def of_somebody(self, shown: Expr, view: View) -> Expr:
        """None for who has no alliance: no figure stands in for nobody's."""
        if view.who is Who.ALLIANCE and not self.panel.group:
            self.panel.needs_alliance = True
            return sql.case([(sql.present(sql.column("p.grp")), shown)])
        return shown

    def _agreed(self, agreed: Agreed, view: View) -> Value:
        """The figure agreed for the asker's whole window; none where there is none (rule 17)."""
        figure = self.agreed_figure(agreed, view)
        if view.who is Who.ALLIANCE or not self._cuts:
            return Value(num=figure)
        return Value(num=self.prorated(figure, view), fine=True)

    def agreed_figure(self, agreed: Agreed, view: View) -> Expr:
        """As it was agreed, whenever one joined."""
        subjects.agreed(self.plan, self.programme)
        number = self.panel.spans([ask.window for ask in view.asks])
        subject = self.panel.subject_column(view.who)
        on = [(subject, "subject"), (f"s{number}_start", "start"), (f"s{number}_until", "until")]
        name = f"t_{slug(agreed.target)}_{number}_{subject}"
        return self.panel.join(name, lambda: _target(agreed.target), on)

    @property
    def _cuts(self) -> bool:
        """Whether anything is cut for newcomers; a group is none."""
        return self.newcomers.prorate != "none" and not self.panel.group

    def prorated(self, figure: Expr, view: View | None = None) -> Expr:
        """A threshold, target or start cut to the months or days enrolled, for who joined in the window
        (rule 45): the panel's own, or of a target that of the view.
        """
        if not self._cuts:
            return figure
        asks = self.panel.asks if view is None else view.asks
        in_months = self.newcomers.prorate == "months" and not self.panel.named
        return joining.prorated(self.panel, self.calendar, figure, asks, in_months=in_months)

    # ------------------------------------------------------------------ growth (rules 14 and 15)

    def _growth(self, growth: Growth, view: View) -> Value:
        of = self.value(growth.of, view)
        figure, type_ = self.number(growth.of, view), of.type
        least = self.winning_baseline(growth, view)
        zero = sql.figure(ZERO, MONEY)
        if growth.shown_as == "amount":
            grown = sql.greatest(sql.minus(figure, sql.greatest(least, zero), type_), zero.copy())
            none = sql.either(sql.is_null(figure.copy()), sql.is_null(least.copy()))
            return Value(num=sql.case([(none, sql.null(type_))], grown), fine=of.fine)
        positive = sql.gt(least, zero)
        some = sql.both(positive, sql.present(figure.copy()))
        grown = sql.minus(figure, least.copy(), type_)
        den = sql.case([(some.copy(), least.copy())])
        return Value(num=sql.case([(some, grown)]), den=den, fine=of.fine)

    def winning_baseline(self, growth: Growth, view: View) -> Expr:
        """The baseline that wins: the least above 0 for percent (the greatest growth), the least for
        amount.
        """
        return self.panel.define(sql.least(*self.rivals(growth, view)))

    def rivals(self, growth: Growth, view: View) -> list[Expr]:
        """The baselines that may win, none where one may not; for an amount what lies below 0 counts as 0."""
        zero = sql.figure(ZERO, MONEY)
        found = self._baselines(growth, view)
        if growth.shown_as == "percent":
            return [self.panel.define(sql.case([(sql.gt(one, zero.copy()), one.copy())])) for one in found]
        return [self.panel.define(_at_least_nothing(one)) for one in found]

    def _baselines(self, growth: Growth, view: View) -> list[Expr]:
        found = [self.panel.define(self.baseline(growth.of, one, view)) for one in growth.against]
        if growth.given is not None:
            found.append(sql.figure(growth.given, MONEY))
        return found

    def grown_part(self, of: Measure, view: View, growth: Growth, driver_view: View) -> Expr:
        """What `of` grew over the baseline that won for the driver, never below 0; the winner's window
        serves it.
        """
        winner = self.winning_baseline(growth, driver_view)
        rivals = self.rivals(growth, driver_view)
        own = self._baselines(replace(growth, of=of), view)
        rows = [(sql.eq(rival.copy(), winner.copy()), mine) for rival, mine in zip(rivals, own, strict=True)]
        baseline = self.panel.define(sql.case(rows))
        figure = self.number(of, view)
        zero = sql.figure(ZERO, MONEY)
        grown = sql.greatest(sql.minus(figure, sql.greatest(baseline, zero), MONEY), zero.copy())
        none = sql.either(sql.is_null(figure.copy()), sql.is_null(baseline.copy()))
        return sql.case([(none, sql.null(MONEY))], grown)

    def baseline_spans(
        self, of: Measure, baseline: Baseline, view: View
    ) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The days of a baseline, cut at the same day of the run, and whole."""
        cut, whole = [], []
        for ask in view.asks:
            window = whole_of(baseline.window, ask, self.calendar)
            run_cut, run = self._span(of, ask)
            whole.append(window)
            day = run_cut.last_day
            cut.append(window if baseline.whole else same_run(window, run, day))
        return tuple(cut), tuple(whole)

    def baseline(self, of: Measure, baseline: Baseline, view: View) -> Expr:
        """What a baseline comes to: of a newcomer what is given, where no lines are what was opened with."""
        cut, whole = self.baseline_spans(of, baseline, view)
        inner = replace(view, asks=tuple(Ask(span, span.last_day) for span in cut))
        figure = self.number(self.bare(of), inner)
        if self._of_group(view):
            return figure
        number = self.panel.spans(cut)
        own = list(view.asks) == self.panel.asks
        since = sql.column("p.enrolled_from") if own else joining.since(self.panel, view.asks)
        late = sql.gt(since, sql.column(f"p.s{number}_start"))
        known = sql.case([(sql.coalesce(late, sql.FALSE), self.of_newcomers(view))], figure)
        if isinstance(of, Use) and self.background.has_openings:
            return self._or_opening(of, figure, inner, cut, whole, otherwise=known)
        return known

    def of_newcomers(self, view: View) -> Expr:
        """The baseline of who joined after it began; a group has none such."""
        match None if self._of_group(view) else self.newcomers.baseline:
            case None:
                return sql.null(MONEY)
            case Agreed() as agreed:
                return self.agreed_figure(agreed, view)
            case figure:
                return sql.figure(figure, MONEY)

    def _of_group(self, view: View) -> bool:
        return self.panel.group or view.who is Who.ALLIANCE

    def bare(self, of: Measure) -> Measure:
        """The same measure, asked over the asker's own window: a baseline puts its own in the place of
        `over`.
        """
        match of:
            case Use(measure=name):
                inside = self.programme.measure(name)
                return (
                    replace(inside, over=Current())
                    if isinstance(inside, Take | Use | Fold)
                    else replace(of, over=Current())
                )
            case Take() | Fold():
                return replace(of, over=Current())
            case _:
                return of

    def _or_opening(
        self,
        use: Use,
        figure: Expr,
        inner: View,
        cut: Sequence[Span],
        whole: Sequence[Span],
        otherwise: Expr | None = None,
    ) -> Expr:
        """An opening figure stands where no lines are: days that an older system kept (issue of the
        ledger).
        """
        otherwise = figure if otherwise is None else otherwise
        take = self._innermost(use)
        if not self.background.has_openings or take is None:
            return otherwise
        subjects.opened(self.plan, self.programme)
        number, part = self.panel.spans(whole), self.panel.spans(cut)
        subject = self.panel.subject_column(inner.who)
        on = [(subject, "subject"), (f"s{number}_start", "start"), (f"s{number}_until", "until")]
        opening = self.panel.join(
            f"o_{slug(use.measure)}_{number}_{subject}", lambda: _opening(use.measure), on
        )
        core = self.core_of(take, inner)
        rows = self.panel.figure(self.cells_of(core), core, inner.who, whole, rows=True)
        run = opening.copy()
        if tuple(cut) != tuple(whole):
            run = sql.quotient(sql.times(opening, _length("p", part), MONEY), _length("p", number), MONEY)
        vouched = sql.present(opening.copy())
        stands = sql.both(sql.eq(rows, sql.whole(0)), vouched)
        # Whom an older system vouches for is no newcomer, even where lines stand in the place of its figure.
        return sql.case([(stands, run), (vouched.copy(), figure)], otherwise)

    def _innermost(self, use: Use) -> Take | None:
        inside = self.programme.measure(use.measure)
        while isinstance(inside, Use):
            inside = self.programme.measure(inside.measure)
        return inside if isinstance(inside, Take) and inside.source != "certifications" else None


def _days(start: str, until: str) -> Expr:
    """How many days lie between, as a figure."""
    return sql.cast(
        exp.DateDiff(this=sql.column(until), expression=sql.column(start), unit=exp.Literal.string("DAY")),
        MONEY,
    )


def _length(alias: str, number: int) -> Expr:
    """How many days a span of a point has, as a figure."""
    return _days(f"{alias}.s{number}_start", f"{alias}.s{number}_until")


def _at_least_nothing(value: Expr) -> Expr:
    zero = sql.figure(ZERO, MONEY)
    return sql.case([(sql.present(value), sql.greatest(value.copy(), zero))])


def _label(take: Take) -> str:
    values = sorted(set(named(take.where)))
    return ("p" if hasattr(take.aggregate, "key") else "r") + slug("|".join(values))


def _target(target: str) -> exp.Query:
    columns = {
        "subject": sql.column("t.subject"),
        "start": sql.column("t.start"),
        "until": sql.column("t.until"),
        "value": sql.cast(sql.column("t.figure"), MONEY),
    }
    return sql.select(
        columns, sql.table("agreed", "t"), where=sql.eq(sql.column("t.target"), sql.text(target))
    )


def _opening(measure: str) -> exp.Query:
    columns = {
        "subject": sql.column("t.subject"),
        "start": sql.column("t.start"),
        "until": sql.column("t.until"),
        "value": sql.cast(sql.column("t.figure"), MONEY),
    }
    return sql.select(
        columns, sql.table("opened", "t"), where=sql.eq(sql.column("t.measure"), sql.text(measure))
    )


def is_sum_of_money(measure: Measure, programme: Programme) -> bool:
    """Whether a measure is in money."""
    match measure:
        case Take(aggregate=SumOf(column=column)):
            return column != "quantity"
        case Use(measure=name):
            return is_sum_of_money(programme.measure(name), programme)
        case _:
            return False
