"""Incentives: who reached which step, on which base, and what that comes to. Rule 30, steps 1 to 11.

Three tables an incentive: `earning_…` (driver, step and gate per subject and window), `cuts_…` (the base,
cut by whatever rates, factors and caps tell apart) and `amounts_…` (the money, exact and in coins). Each
figure stands twice: as earned, and with the step that is expected at the end of a window that still runs
(rule 39); where no window runs the two are one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cells import CellTable
from staffel.core.engine.plan.conditions import Conditions
from staffel.core.engine.plan.cores import Core, reads_level
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.given import Given, added, joined
from staffel.core.engine.plan.increments import DRIVER
from staffel.core.engine.plan.measures import Measures, View
from staffel.core.engine.plan.panel import ZERO, Panel, window_of
from staffel.core.engine.plan.pays import Pays, When
from staffel.core.engine.plan.rounding import rounded
from staffel.core.engine.plan.scales import FINE, Rates, lumps, paid, part_above, reached, start_of, starts
from staffel.core.engine.plan.stacking import left_of_base
from staffel.core.engine.plan.statement import Plan, slug
from staffel.core.engine.plan.value import Value
from staffel.core.money import AMOUNT, MONEY, DecimalType
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import (
    EVERY_ROW,
    Baseline,
    Cases,
    Condition,
    Filter,
    GrownPart,
    Growth,
    Incentive,
    LastYear,
    Lump,
    Measure,
    PartAbove,
    PartOf,
    Percent,
    Programme,
    ScaleKind,
    Take,
    Use,
    Who,
)

Expr = exp.Expr
KINDS = ("", "_expected")


@dataclass(slots=True)
class Earning:
    """One incentive in a plan.

    cut_by: the row filters that its rates and factors ask; asked: the subject's conditions; kept: its
    cuts stay, for evidence.
    """

    programme: Programme
    incentive: Incentive
    measures: Measures
    conditions: Conditions
    cut_by: list[Filter] = field(default_factory=list)
    asked: list[Condition] = field(default_factory=list)
    before: Sequence[str] = ()
    kept: bool = False
    _driver: Value | None = None
    _expected: Expr | None = None
    _gate: Expr | None = None
    _number: Expr | None = None
    _begins: list[Expr] = field(default_factory=list)
    _asked: list[Expr] = field(default_factory=list)
    _grown: Expr | None = None
    _base: tuple[CellTable, Core, Who, int] | None = None
    _whole: bool = False

    @property
    def panel(self) -> Panel:
        """The subjects and windows of this incentive, shared with others of the same windows."""
        return self.measures.panel

    @property
    def name(self) -> str:
        """Its name in the names of tables."""
        return slug(self.incentive.name)

    @property
    def pays(self) -> Pays:
        """What its steps pay, once all is asked."""
        return Pays(adjust=self.incentive.adjust, cut_by=self.cut_by, asked=self.asked)

    @property
    def kinds(self) -> Sequence[str]:
        """As earned, and as expected where a window still runs."""
        return KINDS if any(ask.day < ask.window.last_day for ask in self.panel.asks) else KINDS[:1]

    @property
    def leveled(self) -> bool:
        """Whether its base reads the level of the day."""
        assert self._base is not None
        return any(reads_level(one) for one in (self._base[1].where, *self.cut_by))

    @property
    def base(self) -> tuple[CellTable, Core, int] | None:
        """Cells, core and schedule of a base that is a sum of rows; none for any other."""
        return None if self._base is None else (self._base[0], self._base[1], self._base[3])

    # ------------------------------------------------------------------ asking

    def ask(self) -> None:
        """Asks the panel for all that this incentive needs; before the panel is made."""
        driver = self.driver_measure()
        view = self._driver_view()
        self._driver = self.measures.value(driver, view)
        self._begins = starts(
            self.incentive.scale,
            is_pair=self._driver.is_pair,
            prorated=self.measures.prorated,
            varied=self._varied,
        )
        self._gate = self.conditions.holds(self.incentive.gate)
        self._number = self._as_number(self._driver)
        self._expected = self.panel.define(self._expected_driver(driver, view))
        for form in self._whens():
            if is_filter(form):
                if form not in self.cut_by:
                    self.cut_by.append(form)
            elif form not in self.asked:
                self.asked.append(form)
        self._asked = [self.conditions.holds(one) for one in self.asked]
        self._ask_base()

    def _varied(self, table: Cases[Decimal], type_: DecimalType) -> Expr:
        """A table that asks the subject, before its panel is made; nothing where none of its rows holds."""
        rows = [
            (self.conditions.holds(cast("Condition", row.when)), sql.figure(row.use, type_))
            for row in table.rows
        ]
        rest = sql.null(type_) if table.otherwise is None else sql.figure(table.otherwise, type_)
        return self.panel.define(sql.case(rows, rest))

    def _whens(self) -> Iterator[When]:
        """Everything that a rate's table or a factor asks, in the order written."""
        for pay in self.incentive.scale.every_pay:
            table = pay.rate if isinstance(pay, Percent) else pay.money
            if isinstance(table, Cases):
                for case in table.rows:
                    yield case.when
        for one in self.incentive.adjust:
            yield one.when

    def driver_measure(self) -> Measure:
        """What picks the step: the base, where nothing else is written."""
        picks = self.incentive.picks
        assert picks is not None
        return picks

    def _driver_view(self) -> View:
        earner = self.incentive.earner
        lent = earner.who is Who.ALLIANCE and earner.base_of == "member" and earner.driver_of == "group"
        view = self._base_view if self.incentive.driver is None else self.measures.top
        return replace(view, who=Who.ALLIANCE if lent else Who.ASKER)

    @property
    def _base_view(self) -> View:
        """The base's rows are those that `select` leaves; the driver's only if none is written (rule 31)."""
        return replace(self.measures.top, select=self.incentive.select)

    def _ask_base(self) -> None:
        base = self.incentive.base
        if base is None:
            return
        if isinstance(base, GrownPart):
            self._grown = self._grown_part(base)
            return
        if isinstance(base, PartAbove):
            figure = self.measures.number(base.of, self._base_view)
            self._grown = self.panel.define(part_above(figure, self.over_of(base)))
            return
        found = self._as_take(base, self._base_view)
        if found is None or not self._by_rows(found[0]):
            self._grown = self.measures.number(base, self._base_view)
            return
        take, view = found
        core = self.measures.core_of(take, view)
        cells = self.measures.cells_of(core, self.incentive.cap_key)
        cells.core(core)
        for where in self.cut_by:
            cells.holds(where)
        cells.with_groups |= self.panel.group
        spans = self.measures.spans(take, view)
        cells.spans.update(spans)
        self._base = (cells, core, take.who, self.panel.spans(spans))
        self._whole = self._is_whole(take.who)
        if self._whole:
            self._grown = self.panel.figure(cells, core, take.who, spans)

    def _is_whole(self, who: Who) -> bool:
        """Whether nothing tells the rows of its base apart, and nobody asks for them: then the base is one
        figure of the panel, and no cut has to be made and summed again.
        """
        apart = self.cut_by or self.incentive.cap_key or self.before or self.kept
        of_groups = self.panel.group or self.panel.given is not None or who is Who.ALLIANCE
        return not (apart or of_groups)

    def _by_rows(self, take: Take) -> bool:
        """Whether a base is a sum of rows, which can be cut; a count of keys cannot."""
        return take.source != "certifications" and not hasattr(take.aggregate, "key")

    def _as_take(self, base: Measure, view: View) -> tuple[Take, View] | None:
        """The Take behind a name, and under which view."""
        if isinstance(base, Take):
            return base, view
        if isinstance(base, Use):
            inner = replace(view, asks=self.measures.reasked(base.over, view), who=base.who)
            return self._as_take(self.programme.measure(base.measure), inner)
        return None

    def _grown_part(self, base: GrownPart) -> Expr:
        """What the measure grew over the driver's winning baseline, never below 0."""
        growth = self._growth_of(self.driver_measure())
        return self.measures.grown_part(base.of, self._base_view, growth, self._driver_view())

    def over_of(self, base: PartAbove) -> Expr:
        """Above which figure a part lies; nothing where that is a step, and none is reached."""
        match base.over:
            case "first_step":
                return self._begins[0]
            case "step":
                assert self._driver is not None
                step = reached(self.incentive.scale, self._driver, self._begins)
                return self.panel.define(start_of(self.panel.define(step), self._begins))
            case measure:
                return self.measures.number(measure, self._base_view)

    def _growth_of(self, driver: Measure) -> Growth:
        while isinstance(driver, Use):
            driver = self.programme.measure(driver.measure)
        assert isinstance(driver, Growth)
        return driver

    def _as_number(self, driver: Value) -> Expr:
        """A pair is divided only for whom its number is: an average rate, or a tree of evidence."""
        undivided = self.incentive.scale.kind in (ScaleKind.RETROACTIVE, ScaleKind.INCREMENT)
        if driver.is_pair and undivided and not self.kept:
            return sql.null(DRIVER)
        return self.panel.define(driver.number())

    def _expected_driver(self, driver: Measure, view: View) -> Expr:
        """The driver at the end of a window that still runs: by last year's run, else by days (rule 39).

        A pair is not carried on: it stays what it is.
        """
        value = self._driver
        assert value is not None
        assert self._number is not None
        if value.is_pair or len(self.kinds) == 1:
            return self._number.copy()
        run = (
            _days_of(self.panel, lambda ask: ask.window.days),
            _days_of(self.panel, lambda ask: ask.current.days),
        )
        by_days = sql.scaled(value.num.copy(), *(sql.cast(one, MONEY) for one in run))
        per = self.incentive.per
        ended = sql.ge(sql.column("p.day"), _last_day(self.panel))
        rows = [(ended, value.num.copy())]
        if not isinstance(per, Span) and isinstance(driver, Take | Use) and not self.panel.group:
            baseline = Baseline(window=LastYear(unit=per))
            cut, whole = self.measures.baseline_spans(driver, baseline, view)
            part, year = (
                self.panel.define(self.measures.bare_value(driver, s, view).number()) for s in (cut, whole)
            )
            known = sql.both(sql.gt(part, sql.figure(ZERO, MONEY)), sql.present(year))
            rows.append((sql.coalesce(known, sql.FALSE), sql.scaled(value.num.copy(), year, part)))
        return sql.case(rows, by_days)

    # ------------------------------------------------------------------ telling

    def asked_driver(self) -> tuple[Measure, View]:
        """What picks the step, and under which view."""
        return self.driver_measure(), self._driver_view()

    def asked_base(self) -> tuple[Measure, View] | None:
        """What is paid on, and under which view: of a grown part the measure that grew."""
        base = self.incentive.measured
        return None if base is None else (base, self._base_view)

    def growth(self) -> Growth:
        """The growth that drives it; where a grown part is paid on."""
        return self._growth_of(self.driver_measure())

    def _told(self) -> exp.Select:
        """Each cut with its base, what it comes to, and the rate or lump of every pay: for evidence."""
        columns = {f"x{n}": sql.column(f"b.x{n}") for n in range(len(self.cut_by))}
        scale = self.incentive.scale
        for number in range(len(scale.steps) + 1):
            for at, pay in enumerate(scale.pays_at(number)):
                rate = self.pays.lump(pay) if isinstance(pay, Lump) else self.pays.computed(pay)
                columns[f"rate_{number}_{at}"] = rate
        query = self._parts()
        aliases = [exp.alias_(value, name, quoted=True) for name, value in columns.items()]
        query.set("expressions", [*query.expressions, *aliases])
        return query

    # ------------------------------------------------------------------ making

    @property
    def _read_once(self) -> bool:
        """Whether only what each partner is entitled to is made of its amounts: no evidence, no sequence."""
        sequences = self.programme.stacking.sequences
        return not self.kept and all(self.incentive.name not in one.incentives for one in sequences)

    def make(self, plan: Plan) -> None:
        """Adds the three tables; the cuts only where there are any."""
        place, of = self.incentive.place, self.incentive.name
        by_cuts = self._base is None and not self._whole
        driver = f"{of}: driver, step, gate"
        plan.add(
            f"earning_{self.name}",
            self._earning(),
            driver,
            view=self._read_once and not by_cuts,
            place=place,
        )
        if not self._whole:
            cuts: exp.Query = self._cuts()
            if self.panel.given is not None:
                cuts = self.panel.given.with_cuts(self.name, cuts, len(self.cut_by))
            meaning = f"{of}: the base, cut"
            plan.add(f"cuts_{self.name}", cuts, meaning, view=self._read_once, place=place)
        if self.kept:
            told = f"{of}: each cut with what it comes to"
            plan.add(f"parts_{self.name}", self._told(), told, place=place)
        meaning = f"{of}: what it comes to"
        plan.add(f"amounts_{self.name}", self._amounts(), meaning, view=self._read_once, place=place)

    def _earning(self) -> exp.Select:
        driver = self._driver
        assert driver is not None
        assert self._gate is not None
        assert self._expected is not None
        assert self._number is not None
        columns = {one: sql.column(f"p.{one}") for one in ("subject", "ask", "day", "w_start", "w_until")}
        columns |= {"driver_num": sql.cast(driver.num, DRIVER)}
        columns["driver_den"] = sql.null(DRIVER) if driver.den is None else sql.cast(driver.den, DRIVER)
        columns["driver"] = sql.cast(self._number.copy(), DRIVER)
        columns["driver_expected"] = sql.null(DRIVER) if driver.is_pair else sql.cast(self._expected, DRIVER)
        columns["step"] = reached(self.incentive.scale, driver, self._begins)
        expected = driver if driver.is_pair else Value(num=sql.cast(self._expected.copy(), AMOUNT))
        columns["step_expected"] = reached(self.incentive.scale, expected, self._begins)
        columns |= {f"start_{n}": sql.cast(one, DRIVER) for n, one in enumerate(self._begins, start=1)}
        columns["gate"] = self._gate
        columns |= {f"y{n}": one for n, one in enumerate(self._asked)}
        columns["grown"] = _money_or_null(self._grown)
        return sql.select(columns, sql.table(f"panel_{self.panel.name}", "p"))

    def _cuts(self) -> exp.Select:
        """subject, ask, key, x0 …: whether each row filter holds, and the base in money or pieces."""
        none = {"key": sql.null("VARCHAR")} | {f"x{n}": sql.FALSE for n in range(len(self.cut_by))}
        if self._base is None:
            columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")} | none
            columns["base"] = sql.column("p.grown") if self._grown is not None else sql.figure(ZERO, MONEY)
            return sql.select(columns, sql.table(f"earning_{self.name}", "p"))
        cells, core, who, schedule = self._base
        groups = self.panel.group or who is Who.ALLIANCE
        inside = sql.within(
            sql.column("c.bucket"), sql.column(f"p.s{schedule}_start"), sql.column(f"p.s{schedule}_until")
        )
        subject = sql.eq(sql.column("c.subject"), sql.column(f"p.{self.panel.subject_column(who)}"))
        columns = {"subject": sql.column("p.subject"), "ask": sql.column("p.ask")}
        columns["key"] = sql.column("c.key") if self.incentive.cap_key else sql.null("VARCHAR")
        days = window_of(schedule)
        columns |= {f"x{n}": cells.holds(where, asking=days) for n, where in enumerate(self.cut_by)}
        group = [sql.whole(number) for number in range(1, len(columns) + 1)]
        columns["base"] = sql.total(sql.cast(cells.amount(core), MONEY), MONEY)
        return sql.select(
            columns,
            sql.table(f"points_{self.panel.name}", "p"),
            joins=[
                sql.join(
                    sql.table(cells.relation(groups=groups, leveled=self.leveled), "c"),
                    sql.both(subject, inside),
                )
            ],
            where=cells.counted(core, days),
            group=group,
        )

    # ------------------------------------------------------------------ amounts (rule 30, steps 6 to 11)

    def _amounts(self) -> exp.Select:
        """Rates per cut, caps by key, the sum, lumps, the cap of the whole, coins."""
        summed = sql.subquery(self._summed(), "k")
        columns = {one: sql.column(f"k.{one}") for one in ("subject", "ask", "base")}
        for kind in self.kinds:
            money = sql.plus(sql.column(f"k.parts{kind}"), sql.column(f"k.lump{kind}"), type_=AMOUNT)
            columns[f"uncapped{kind}"] = money
            exact = self._lifted(money.copy())
            for cap in self.incentive.caps_of_whole:
                exact = sql.least(exact, sql.figure(cap.money, AMOUNT))
            columns[f"exact{kind}"] = exact
        return self._in_coins(sql.select(columns, summed))

    def _lifted(self, amount: Expr) -> Expr:
        """An amount above 0 that lies below the floor is lifted to it (rule 34)."""
        if self.incentive.floor is None:
            return amount
        floor, zero = sql.figure(self.incentive.floor.money, AMOUNT), sql.figure(ZERO, AMOUNT)
        below = sql.both(sql.gt(amount.copy(), zero), sql.lt(amount.copy(), floor.copy()))
        return sql.case([(below, floor)], amount)

    def _in_coins(self, amounts: exp.Select) -> exp.Select:
        """With the coins of each amount; where no window runs, what is expected is what was earned."""
        columns = {one: sql.column(f"x.{one}") for one in ("subject", "ask", "base")}
        for kind in KINDS:
            of = kind if kind in self.kinds else ""
            columns |= {f"{one}{kind}": sql.column(f"x.{one}{of}") for one in ("uncapped", "exact")}
            exact = sql.column(f"x.exact{of}")
            columns[f"coins{kind}"] = rounded(exact, self.incentive.round, self.programme.currency)
        return sql.select(columns, sql.subquery(amounts, "x"))

    def _summed(self) -> exp.Select:
        if self._whole:
            columns = {one: sql.column(f"r.{one}") for one in ("subject", "ask", "base")}
            for kind in self.kinds:
                columns |= {f"parts{kind}": sql.column(f"r.part{kind}")}
                columns |= {f"lump{kind}": sql.column(f"r.lump{kind}")}
            return sql.select(columns, sql.subquery(self._parts(), "r"))
        by_key = sql.subquery(self._by_key(), "q")
        columns = {"subject": sql.column("q.subject"), "ask": sql.column("q.ask")}
        group = [one.copy() for one in columns.values()]
        columns["base"] = sql.total(sql.column("q.base"), MONEY)
        for kind in self.kinds:
            capped = sql.column(f"q.part{kind}")
            for cap in self.incentive.caps_by_key:
                capped = sql.least(capped, sql.figure(cap.money, AMOUNT))
            columns[f"parts{kind}"] = sql.total(capped, AMOUNT)
            columns[f"lump{kind}"] = exp.Max(this=sql.column(f"q.lump{kind}"))
        summed = sql.select(columns, by_key, group=group)
        return summed if self.panel.given is None else self._with_parts(summed, self.panel.given)

    def _with_parts(self, summed: exp.Select, given: Given) -> exp.Select:
        """What is left after caps by key, the given rests added."""
        rests = given.columns("part", self.name, AMOUNT)
        if rests is None:
            return summed
        columns = {one: sql.column(f"s.{one}") for one in summed.named_selects}
        for name in (one for one in rests[0] if one in columns):
            columns[name] = added(columns[name], name, MONEY if name == "base" else AMOUNT)
        return sql.select(columns, sql.subquery(summed, "s"), joins=[joined(rests[1], "s")])

    def _by_key(self) -> exp.Select:
        parts = sql.table(f"parts_{self.name}", "r") if self.kept else sql.subquery(self._parts(), "r")
        columns = {one: sql.column(f"r.{one}") for one in ("subject", "ask", "key")}
        group = [one.copy() for one in columns.values()]
        columns["base"] = sql.total(sql.column("r.base"), MONEY)
        for kind in self.kinds:
            columns[f"part{kind}"] = sql.total(sql.column(f"r.part{kind}"), AMOUNT)
            columns[f"lump{kind}"] = exp.Max(this=sql.column(f"r.lump{kind}"))
        return sql.select(columns, parts, group=group)

    def _parts(self) -> exp.Select:
        """Each cut with what its rate comes to; a gate that does not hold, or no step, pays nothing."""
        base = "e.grown" if self._whole else "b.base"
        columns = {"subject": sql.column("e.subject"), "ask": sql.column("e.ask")}
        if not self._whole:
            columns["key"] = sql.column("b.key")
        columns["base"] = sql.coalesce(sql.column(base), sql.figure(ZERO, MONEY))
        for kind in self.kinds:
            rates = Rates(
                rate=self.pays.rate,
                lump=self.pays.lump,
                driver=self._driver_type(),
                part=self._part_type(),
                base=base,
                is_pair=self._driver is not None and self._driver.is_pair,
            )
            pays = paid(
                self.incentive.scale, rates, f"e.step{kind}", self._driver_column(kind), exact=self._exact()
            )
            nothing = sql.figure(ZERO, AMOUNT)
            open_ = sql.column("e.gate")
            columns[f"part{kind}"] = sql.case([(open_, sql.coalesce(pays, nothing))], nothing.copy())
            lump = lumps(self.incentive.scale, rates, f"e.step{kind}", self._driver_column(kind))
            columns[f"lump{kind}"] = sql.case([(open_.copy(), lump)], nothing.copy())
        earning = sql.table(f"earning_{self.name}", "e")
        if self._whole:
            return sql.select(columns, earning)
        on = sql.both(*(sql.eq(sql.column(f"b.{one}"), sql.column(f"e.{one}")) for one in ("subject", "ask")))
        return sql.select(columns, earning, joins=[sql.join(self._base_left(), on, side="LEFT")])

    def _exact(self) -> bool:
        """Whether base and driver are one figure, uncut, so that a marginal scale needs no average (rule
        23).
        """
        same = self.incentive.driver == self.incentive.base and self.incentive.select == EVERY_ROW
        one = self.incentive.driver is None or same
        whole = not self.cut_by and self.incentive.cap_key is None and not self.before
        own = self.incentive.earner.base_of == "group" or self.incentive.earner.driver_of == "member"
        return one and whole and own and not isinstance(self.incentive.base, PartOf)

    def _driver_type(self) -> DecimalType:
        assert self._driver is not None
        return FINE if self._driver.is_pair or self._driver.fine else MONEY

    def _driver_column(self, kind: str) -> str:
        """Where a scale finds its driver; a pair is not carried on to the end of a window."""
        assert self._driver is not None
        return "e.driver" if self._driver.is_pair else f"e.driver{kind}"

    def _part_type(self) -> DecimalType:
        plain = self._driver_type() is MONEY and self.incentive.newcomers.prorate == "none"
        return MONEY if plain else FINE

    def _base_left(self) -> Expr:
        """The base; in a sequence less what those before it took."""
        if not self.before:
            return sql.table(f"cuts_{self.name}", "b")
        flags = [f"x{n}" for n in range(len(self.cut_by))]
        return left_of_base(f"cuts_{self.name}", [f"amounts_{slug(name)}" for name in self.before], flags)


def _money_or_null(value: Expr | None) -> Expr:
    return sql.null(MONEY) if value is None else sql.cast(value, MONEY)


def _days_of(panel: Panel, count: Callable[[Ask], int]) -> Expr:
    rows = [
        (sql.eq(sql.column("p.ask"), sql.whole(at)), sql.whole(count(ask)))
        for at, ask in enumerate(panel.asks)
    ]
    return sql.case(rows, sql.whole(1))


def _last_day(panel: Panel) -> Expr:
    rows = [
        (sql.eq(sql.column("p.ask"), sql.whole(at)), sql.day(ask.window.last_day))
        for at, ask in enumerate(panel.asks)
    ]
    return sql.case(rows, sql.column("p.day"))
