"""The whole plan: programme, background and day in, named statements out. `language.md`, 5.1.

Everything that reads rows is asked for first, so that the lines are read once; then the statements are
made in the order in which they depend on each other: who, lines, cells, levels, and what is earned.
"""

from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from staffel.core.calendar import ONE_DAY, Span, Unit
from staffel.core.engine.background import Background
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cells import CellTable, bucket_of
from staffel.core.engine.plan.change_days import jumps, points_of_change
from staffel.core.engine.plan.conditions import Conditions, MetOn, days_named
from staffel.core.engine.plan.cores import Basis
from staffel.core.engine.plan.days import Ask, earning_windows
from staffel.core.engine.plan.decisions import anchors, lifts
from staffel.core.engine.plan.given import Given
from staffel.core.engine.plan.graces import REVIEWED, WAITING, grace_asks, waiting
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.plan.levels import (
    Replay,
    candidate,
    held_on,
    ladder_asks,
    make_levels,
    met_on,
    reached_at,
    replay,
    requirements_of,
)
from staffel.core.engine.plan.lines import LineTable
from staffel.core.engine.plan.measures import Measures
from staffel.core.engine.plan.panel import Panel
from staffel.core.engine.plan.payers import make_chosen
from staffel.core.engine.plan.payouts import make_due, make_entitled
from staffel.core.engine.plan.standings import make_standing
from staffel.core.engine.plan.statement import Plan, slug
from staffel.core.programme.forms import hurdles_of
from staffel.core.programme.model import Incentive, Kept, Ladder, Programme, Who
from staffel.core.programme.payment_days import is_over
from staffel.core.sources import TABLES

LADDER_BASIS = Basis(date="sold_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked.

    day: the day of business. closing: the window to be settled. kept: lines stay for single receipts.
    given: what others' lines add to the figures of a group, where these are not at hand.
    """

    programme: Programme
    day: date
    scope: tuple[str, ...] | None = None
    closing: Span | None = None
    kept: bool = False
    given: Given | None = None


@dataclass(slots=True)
class Memory:
    """A condition with a memory: its panel looks at every day since the first enrolment.

    owner: the incentive that asks, none: the ladder; name: of its table.
    """

    owner: str | None
    name: str
    panel: Panel
    conditions: Conditions
    kept: Kept

    def is_of(self, kept: Kept) -> bool:
        """Whether it serves this one: of windows each looks at the same days."""
        windowed = [one.over is not None or one.on == "every" for one in (self.kept, kept)]
        return (self.kept.of, self.kept.on) == (kept.of, kept.on) and windowed[0] is windowed[1]


@dataclass(slots=True)
class Assembly:
    """A plan in the making, and what its reader needs to find things in it again."""

    asking: Asking
    background: Background
    plan: Plan = field(default_factory=Plan)
    lines: dict[str, LineTable] = field(default_factory=dict)
    cells: dict[tuple[str, Basis, str | None], CellTable] = field(default_factory=dict)
    panels: dict[tuple[Unit | Span, bool], Panel] = field(default_factory=dict)
    earnings: dict[str, Earning] = field(default_factory=dict)
    memories: list[Memory] = field(default_factory=list)
    ladder_panel: Panel | None = None
    ladder_conditions: Conditions | None = None
    grace_panel: Panel | None = None
    grace_conditions: Conditions | None = None
    grace_cells: dict[tuple[str, Basis, str | None], CellTable] = field(default_factory=dict)
    replay: Replay | None = None

    @property
    def programme(self) -> Programme:
        """The programme asked."""
        return self.asking.programme

    @property
    def ladder(self) -> Ladder | None:
        """Its ladder."""
        return self.programme.ladder

    # ------------------------------------------------------------------ asking

    def cell_table(self, source: str, basis: Basis, key: str | None) -> CellTable:
        """The cells of a source, basis and key; made once."""
        found = self.cells.get((source, basis, key))
        if found is None:
            found = CellTable(lines=self._line_table(source), basis=basis, key=key, ladder=self.ladder)
            found.lines.basis(basis)
            if key is not None and key not in found.lines.keys:
                found.lines.keys.append(key)
            self.cells[(source, basis, key)] = found
        return found

    def _line_table(self, source: str) -> LineTable:
        if source not in self.lines:
            self.lines[source] = LineTable(
                source=source,
                programme=self.programme,
                background=self.background,
                day=self.asking.day,
                scope=self.asking.scope,
            )
        return self.lines[source]

    def _ask_ladder(self) -> None:
        ladder = self.ladder
        if ladder is None:
            return
        self.replay = replay(self.programme, ladder, self.background, self.asking.day)
        self.ladder_panel = Panel("ladder", ladder_asks(self.programme, self.replay), given=self.asking.given)
        measures = self._measures(self.ladder_panel, LADDER_BASIS)
        self.ladder_conditions = Conditions(
            measures=measures, ladder=None, met_on=self._remember(None, measures)
        )
        candidate(self.ladder_conditions, ladder)
        for *_, requirement in requirements_of(ladder):
            for leaf in hurdles_of(requirement):
                self.ladder_conditions.holds(leaf)

    def _ask_graces(self) -> None:
        """The days on which a fall may be called off; asked last, when it is known what cells there are."""
        if self.ladder is None or self.replay is None or self.ladder_panel is None or not self.replay.waits:
            return
        asks = grace_asks(self.programme, self.replay, self.ladder_panel.asks)
        if not asks:
            return
        self.grace_panel = Panel("grace", asks, given=self.asking.given)
        measures = self._measures(self.grace_panel, LADDER_BASIS)
        measures.cells = self._grace_table
        self.grace_conditions = Conditions(
            measures=measures, ladder=None, met_on=self._remember(None, measures)
        )
        candidate(self.grace_conditions, self.ladder)

    def _grace_table(self, source: str, basis: Basis, key: str | None) -> CellTable:
        """Cells by day: those of everybody where they are by day, else of those alone for whom a fall may
        wait.
        """
        every = self.cell_table(source, basis, key)
        if every.bucket == "day":
            return every
        found = self.grace_cells.get((source, basis, key))
        if found is None:
            found = CellTable(lines=every.lines, basis=basis, key=key, ladder=self.ladder, only=WAITING)
            self.grace_cells[(source, basis, key)] = found
        return found

    def _measures(self, panel: Panel, basis: Basis, incentive: Incentive | None = None) -> Measures:
        measures = Measures(
            programme=self.programme,
            background=self.background,
            plan=self.plan,
            panel=panel,
            cells=self.cell_table,
            basis=basis,
            day=self.asking.day,
        )
        if incentive is not None:
            measures.newcomers = incentive.newcomers
        return measures

    def _ask_incentives(self) -> None:
        for incentive in self.programme.incentives:
            panel = self._panel_of(incentive)
            if panel is None:
                continue
            late = incentive.late
            of_late = {"moves_on": late.lines == "next", "refuses": late.lines == "refuse"}
            basis = Basis(date="sold_on", returns=late.returns, **of_late)
            measures = self._measures(panel, basis, incentive)
            conditions = Conditions(
                measures=measures, ladder=self.ladder, met_on=self._remember(incentive.name, measures)
            )
            earning = Earning(
                programme=self.programme, incentive=incentive, measures=measures, conditions=conditions
            )
            earning.before, earning.kept = self._before(incentive), self.asking.kept
            self.earnings[incentive.name] = earning
            earning.ask()

    def _before(self, incentive: Incentive) -> tuple[str, ...]:
        """The incentives that stand before it in its sequence."""
        for sequence in self.programme.stacking.sequences:
            if incentive.name in sequence.incentives:
                return sequence.incentives[: sequence.incentives.index(incentive.name)]
        return ()

    def _panel_of(self, incentive: Incentive) -> Panel | None:
        group = incentive.earner.who is Who.ALLIANCE and incentive.earner.base_of == "group"
        asks = earning_windows(incentive.per, self.programme.valid, self.asking.day, self.programme.calendar)
        if not asks:
            return None
        key = (incentive.per, group)
        if key not in self.panels:
            name = f"earning_{len(self.panels)}"
            named = isinstance(incentive.per, Span)
            self.panels[key] = Panel(name, asks, group=group, named=named, given=self.asking.given)
        return self.panels[key]

    def _remember(self, name: str | None, measures: Measures) -> MetOn:
        """Gives the table of the day on which a condition first held; its own panel looks at every day.

        name: of the incentive that asks; none: the ladder does.
        """

        def made(kept: Kept) -> str:
            for memory in self.memories:
                if memory.owner == name and memory.is_of(kept):
                    return memory.name
            first = kept.over is None and kept.on == "any"
            kind, asks = "met" if first else "held", "ladder" if name is None else slug(name)
            table = f"{kind}_{asks}_{len(self.memories)}"
            days, asker = self._days_since_enrolment(measures.panel), measures.panel
            panel = Panel(table, days, group=asker.group, named=asker.named, given=self.asking.given)
            own = self._measures(panel, measures.basis)
            own.newcomers = measures.newcomers
            conditions = Conditions(measures=own, ladder=self.ladder, met_on=made)
            self.memories.append(Memory(name, table, panel, conditions, kept))
            conditions.holds(kept.of)
            return table

        return made

    def _days_since_enrolment(self, asker: Panel) -> list[Ask]:
        """Every day from the first enrolment on, each in the asker's window of that day; of a named span
        its days.
        """
        first = min(self.background.first_enrolment or self.programme.valid.start, self.asking.day)
        per = self._per_of(asker)
        span = Span(first, self.asking.day + ONE_DAY)
        if isinstance(per, Span):
            span = Span(max(first, per.start), min(span.until, per.until))
        days = [date.fromordinal(at) for at in range(span.start.toordinal(), span.until.toordinal())]
        unit_of = self.programme.calendar.unit_of
        return [Ask(per if isinstance(per, Span) else unit_of(day, per), day) for day in days]

    def _per_of(self, asker: Panel) -> Unit | Span:
        """The windows of a panel: an incentive's, or a ladder's year."""
        return next((per for (per, _), panel in self.panels.items() if panel is asker), Unit.YEAR)

    # ------------------------------------------------------------------ making

    def assemble(self) -> Plan:
        """Asks for everything, then makes everything."""
        subjects.merged(self.plan, self.background)
        again = self.background.takes_part_again
        subjects.enrolled(self.plan, self.programme, self.asking.scope, again=again)
        self._ask_ladder()
        self._ask_incentives()
        self._set_buckets()
        self._ask_graces()
        if self._needs_members():
            subjects.members(self.plan, self.asking.scope)
        self._make_cells()
        self._make_levels()
        self._make_earned()
        return self.plan

    def _needs_members(self) -> bool:
        groups = any(panel.group or panel.needs_alliance for panel in self.all_panels())
        return groups or any(cells.with_groups for cells in self.cells.values())

    def all_panels(self) -> list[Panel]:
        """Every panel: of the ladder, of the incentives' windows, of conditions with a memory."""
        ladder = [panel for panel in (self.ladder_panel, self.grace_panel) if panel]
        return [*ladder, *self.panels.values(), *(memory.panel for memory in self.memories)]

    def all_spans(self) -> list[Span]:
        """Every span of days that any figure asks."""
        return [span for panel in self.all_panels() for spans in panel.schedules for span in spans]

    def _make_cells(self) -> None:
        for table in self.lines.values():
            mine = [cells for cells in self.cells.values() if cells.lines is table]
            table.shown = self.asking.kept
            table.kept = table.shown or len(mine) > 1
            if table.asks_others:
                table.others.starts = sorted({span.start for span in self.all_spans()})
            table.make(self.plan)
            for cells in mine:
                cells.make(self.plan)
                cells.make_groups(self.plan)

    def _set_buckets(self) -> None:
        daily = [memory.panel for memory in self.memories]
        if self.ladder_panel is not None and self.replay is not None and self.replay.daily:
            daily.append(self.ladder_panel)
        watched = {figure.table for panel in daily for figure in panel.figures.values()}
        for cells in self.cells.values():
            cells.bucket = "day" if cells.name in watched else self._bucket(cells)

    def _bucket(self, cells: CellTable) -> str:
        """The coarsest bucket within which no window begins that asks these cells, and no level that they
        are told apart by.

        The first level of a spell may begin within one: its cells are joined to it nevertheless, as long as
        the subject has no other spell in the same bucket.
        """
        days = {day for span in cells.spans for day in (span.start, span.until)}
        if cells.with_level and self.replay is not None:
            if self.replay.daily:
                return "day"
            days |= {split + ONE_DAY for split in self.replay.splits} | set(self.background.decision_days)
            days |= {self.replay.first, *self.background.spell_days}
        if self._needs_members() or self.programme.calendar.starts_day != 1:
            return "day"
        days.discard(self.asking.day + ONE_DAY)
        return bucket_of(sorted(days))

    def _make_levels(self) -> None:
        ladder_memories = [one for one in self.memories if one.owner is None]
        if (
            self.ladder is None
            or self.replay is None
            or self.ladder_panel is None
            or self.ladder_conditions is None
        ):
            return
        anchors(self.plan, self.programme, self.ladder)
        if self.replay.lifts:
            brought = lifts(self.programme, self.ladder)
            self.plan.add("lifts", brought, "levels that merged partners bring")
        for memory in ladder_memories:
            self._make_memory(memory)
        panel = self.ladder_panel
        points = points_of_change(panel, self._always(panel), all_days=not self.replay.daily)
        table = panel.make(self.plan, points)
        reached = reached_at(table, candidate(self.ladder_conditions, self.ladder))
        meaning = "the highest level whose path holds, by day"
        self.plan.add("reached" if self.grace_panel is None else REVIEWED, reached, meaning)
        if self.grace_panel is not None:
            self.plan.add("reached", self._reached_in_graces(), f"{meaning}, also of a grace")
        make_levels(self.plan, self.replay)
        make_standing(self.plan, self.ladder, self.ladder_conditions, self.replay)
        for cells in self.cells.values():
            cells.make_leveled(self.plan)

    def _reached_in_graces(self) -> exp.Query:
        """What review days reached, and every day of a grace for whom a fall may wait."""
        panel, conditions = self.grace_panel, self.grace_conditions
        assert panel is not None
        assert conditions is not None
        assert self.replay is not None
        assert self.ladder is not None
        self.plan.add(WAITING, waiting(self.replay), "for whom a fall may wait, on which days")
        for cells in self.grace_cells.values():
            cells.make(self.plan)
        table = panel.make(self.plan, points_of_change(panel, self._always(panel), only=WAITING))
        names = ("subject", "ask", "day", "enrolled_from", "reached")
        reviewed = sql.select({one: sql.column(f"r.{one}") for one in names}, sql.table(REVIEWED, "r"))
        return sql.union([reviewed, reached_at(table, candidate(conditions, self.ladder))])

    def _always(self, panel: Panel) -> list[date]:
        assert self.replay is not None
        days = set(jumps(panel.asks, panel.schedules)) | {self.replay.first, self.replay.day}
        days |= set(days_named(self.replay.ladder))
        days |= {day for split in self.replay.splits for day in (split, split + ONE_DAY)}
        return sorted(day for day in days if self.replay.first <= day <= self.replay.day)

    def _make_memory(self, memory: Memory) -> None:
        days = [*jumps(memory.panel.asks, memory.panel.schedules), *days_named(memory.kept)]
        points = points_of_change(memory.panel, days)
        table = memory.panel.make(self.plan, points)
        holds = memory.conditions.holds(memory.kept.of)
        if memory.kept.on == "every":
            held_on(self.plan, memory.name, table, sql.no(holds))
        elif memory.kept.over is not None:
            held_on(self.plan, memory.name, table, holds)
        else:
            met_on(self.plan, memory.name, table, holds)

    def _make_earned(self) -> None:
        for memory in self.memories:
            if memory.owner is not None:
                self._make_memory(memory)
        for panel in self.panels.values():
            points = panel.enrolled_points()
            panel.make(self.plan, points)
        for earning in self._in_order():
            earning.make(self.plan)
        if self.earnings:
            make_entitled(self.plan, self.programme, list(self.earnings.values()))
            if self.asking.closing is not None:
                closing = self.asking.closing
                make_due(self.plan, self.programme, closing, self.frozen(closing.start))
                make_chosen(self.plan, self.programme, closing, self.asking.scope)

    def _in_order(self) -> list[Earning]:
        """Members of a sequence after those before them."""
        return sorted(self.earnings.values(), key=lambda one: len(one.before))

    def frozen(self, before: date) -> list[tuple[str, Span]]:
        """Windows that stay as they were settled: with `late: next` those all of whose days lie in closed
        windows that begin before a day; those of which the time of reopening is over on that day.
        """
        closed = [one.window for one in self.background.closed if one.window.start < before]
        until = max((one.until for one in closed), default=date.min)
        start = min((one.start for one in closed), default=date.max)
        return [
            (name, ask.window)
            for name, earning in self.earnings.items()
            for ask in earning.panel.asks
            if (
                earning.incentive.late.lines == "next"
                and start <= ask.window.start
                and ask.window.until <= until
            )
            or is_over(earning.incentive.late, ask.window, before)
        ]


def facts_used(plan: Plan) -> list[str]:
    """The tables of the state that a plan reads."""
    names = {node.name for one in plan.statements for node in one.query.find_all(exp.Table)}
    return sorted(name for name in TABLES if f"facts_{name}" in names)
