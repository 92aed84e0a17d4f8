"""Levels: what is reached on each day, and the replay through the reviews. Rules 48 to 51.

`reached` holds, per subject and day of change, the highest level of which a path holds; between its rows
nothing changes. The replay is one small statement per review day (`review_1` … `review_n`), each reading
the one before; promotion at once is a running maximum between them. `levels` is the outcome: who has
which level from when until when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from staffel.core.calendar import ONE_DAY, Span, Unit
from staffel.core.engine.background import Background
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.conditions import Conditions, reads_days
from staffel.core.engine.plan.days import Ask, grace_end, review_days
from staffel.core.engine.plan.decisions import STATE
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import (
    DAY_AFTER_ALL,
    AtOnce,
    Condition,
    Ladder,
    Path,
    Programme,
)

Expr = exp.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The days of a ladder's reviews up to the day asked.

    lifts: days after which a merger may lift; falls: last days of graces that decisions brought.
    """

    ladder: Ladder
    first: date
    day: date
    up: tuple[date, ...]
    down: tuple[date, ...]
    graces: tuple[tuple[date, date], ...]
    lifts: tuple[date, ...]
    falls: tuple[date, ...] = ()

    @property
    def at_once(self) -> bool:
        """Whether every day may lift."""
        return isinstance(self.ladder.review.up, AtOnce)

    @property
    def falls_at_once(self) -> bool:
        """Whether every day may let fall: then the level simply is what was reached the day before."""
        return isinstance(self.ladder.review.down, AtOnce)

    @property
    def splits(self) -> list[date]:
        """The days at which the replay takes a step, in order."""
        ends = [end for end in (*(end for _, end in self.graces), *self.falls) if end <= self.day]
        return sorted({*self.up, *self.down, *ends, *self.lifts})

    @property
    def daily(self) -> bool:
        """Whether what is reached matters for everybody on every day, not on review days alone."""
        memory = any(
            reads_days(r) for one in self.ladder.levels for path in one.paths for r in path.requirements
        )
        return self.at_once or self.falls_at_once or memory

    @property
    def waits(self) -> bool:
        """Whether a fall may wait: then the days of its grace matter too, for whom it may (`graces`)."""
        return bool(self.graces or self.falls) and not self.daily

    def grace_of(self, key_day: date) -> date | None:
        """The last day of the grace of a fall decided on `key_day`; none where there is no grace."""
        return dict(self.graces).get(key_day)


def replay(programme: Programme, ladder: Ladder, background: Background, day: date) -> Replay:
    """When a ladder's levels may move, from the first day of this version to the day asked."""
    first = programme.valid.start
    span = Span(first, max(first, day) + ONE_DAY)
    down = tuple(review_days(ladder.review.down, span, programme.calendar))
    grace = ladder.review.grace
    graces = tuple((one, grace_end(one, grace)) for one in down) if grace.count else ()
    lifts = tuple(one - ONE_DAY for one in background.merge_days if first < one <= day)
    up = tuple(review_days(ladder.review.up, span, programme.calendar))
    return Replay(
        ladder=ladder,
        first=first,
        day=day,
        up=up,
        down=down,
        graces=graces,
        lifts=lifts,
        falls=background.fall_days,
    )


def ladder_asks(programme: Programme, replay_: Replay) -> list[Ask]:
    """The days on which a ladder is looked at: every day, or its review days and the day asked."""
    days: list[date] = [*replay_.splits, replay_.day]
    if replay_.daily:
        count = (replay_.day - replay_.first).days + 1
        days = [date.fromordinal(replay_.first.toordinal() + at) for at in range(max(count, 1))]
    calendar = programme.calendar
    return [Ask(calendar.unit_of(day, Unit.YEAR), day) for day in sorted(set(days))]


def path_holds(conditions: Conditions, path: Path) -> Expr:
    """All requirements of a path."""
    return sql.both(*(conditions.holds(one) for one in path.requirements))


def candidate(conditions: Conditions, ladder: Ladder) -> Expr:
    """The highest level of which a path holds; the lowest always does (rule 49)."""
    rows = []
    for index, level in reversed(list(enumerate(ladder.levels))[1:]):
        holds = (
            sql.either(*(path_holds(conditions, path) for path in level.paths)) if level.paths else sql.TRUE
        )
        rows.append((holds, sql.whole(index)))
    return sql.cast(sql.case(rows, sql.whole(0)), "TINYINT")


def reached_at(panel: str, level: Expr) -> exp.Select:
    """Subjects by the days of a panel, each with the highest level of which a path holds."""
    columns = {one: sql.column(f"p.{one}") for one in ("subject", "ask", "day", "enrolled_from")}
    return sql.select(columns | {"reached": level}, sql.table(panel, "p"))


# ------------------------------------------------------------------------------------------- the replay


def make_levels(plan: Plan, replay_: Replay) -> None:
    """`review_1` … `review_n`, then `levels` and `falling`. Reads `anchors` and `reached`."""
    before: str | None = None
    start, bases = replay_.first, []
    for number, split in enumerate(replay_.splits, start=1):
        name = f"review_{number}"
        plan.add(name, _review(replay_, before, start, split), f"levels after the reviews of {split}")
        before, start = name, split + ONE_DAY
        bases.append((name, start))
    plan.add(
        "bases", _bases(bases), "levels from the days on which they were settled", view=not replay_.daily
    )
    plan.add("levels", _levels(replay_), "who has which level from when until when")
    last = [split for split in replay_.splits if split < replay_.day]
    before = f"review_{len(last)}" if last else None
    start = last[-1] + ONE_DAY if last else replay_.first
    falling = "falls that are decided and wait for their grace"
    plan.add("falling", _falling(replay_, before, start), falling, view=True)


def _segment(before: str | None, start: date, end: date) -> exp.Select:
    """The state that a subject brings into the days from start to end: its last anchor there, else the
    last review's.
    """
    inside = sql.both(
        sql.ge(sql.column("a.day"), sql.day(start)),
        sql.le(sql.column("a.day"), sql.day(end)),
    )
    latest = sql.window(sql.row_number(), [sql.column("a.subject")])
    latest.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column("a.day"), desc=True)]))
    ranked = sql.select(
        {one: sql.column(f"a.{one}") for one in ("subject", "day", *STATE)} | {"latest": latest},
        sql.table("anchors", "a"),
        where=inside,
    )
    fresh = sql.select(
        {one: sql.column(f"r.{one}") for one in ("subject", "day", *STATE)},
        sql.subquery(ranked, "r"),
        where=sql.eq(sql.column("r.latest"), sql.whole(1)),
    )
    if before is None:
        return fresh
    anchored = sql.select(
        {"subject": sql.column("a.subject")}, sql.table("anchors", "a"), where=inside.copy(), distinct=True
    )
    carried = sql.select(
        {"subject": sql.column("b.subject"), "day": sql.day(start)}
        | {one: sql.column(f"b.{one}") for one in STATE},
        sql.table(before, "b"),
        joins=[
            sql.join(
                sql.subquery(anchored, "n"),
                sql.eq(sql.column("n.subject"), sql.column("b.subject")),
                side="LEFT",
            )
        ],
        where=sql.is_null(sql.column("n.subject")),
    )
    return exp.Union(this=fresh, expression=carried, distinct=False)  # type: ignore[return-value]


def _met(before: str | None, start: date, end: date, last: date) -> exp.Select:
    """State, the highest level reached on the days before `last`, and the one reached on it."""
    on = sql.both(
        sql.eq(sql.column("r.subject"), sql.column("s.subject")),
        sql.ge(sql.column("r.day"), sql.column("s.day")),
        sql.le(sql.column("r.day"), sql.day(last)),
    )
    earlier = sql.case([(sql.lt(sql.column("r.day"), sql.day(last)), sql.column("r.reached"))])
    here = sql.case([(sql.eq(sql.column("r.day"), sql.day(last)), sql.column("r.reached"))])
    columns = {"subject": sql.column("s.subject")} | {one: sql.column(f"s.{one}") for one in STATE}
    group = [one.copy() for one in columns.values()]
    columns |= {"earlier": exp.Max(this=earlier), "here": exp.Max(this=here)}
    return sql.select(
        columns,
        sql.subquery(_segment(before, start, end), "s"),
        joins=[sql.join(sql.table("reached", "r"), on, side="LEFT")],
        group=group,
    )


def _review(replay_: Replay, before: str | None, start: date, split: date) -> exp.Query:
    """One step: a grace that ends, then down, then up, then what a merger lifts; in force from the day
    after.
    """
    met = sql.subquery(_met(before, start, split, split), "m")
    graced = sql.subquery(_after_grace(replay_, met, split), "g")
    fallen = sql.subquery(_after_down(replay_, graced, split), "d")
    return _after_up(replay_, fallen, split)


def _highest(*parts: Expr) -> Expr:
    return sql.greatest(*(sql.coalesce(part, sql.whole(-1)) for part in parts))


def _after_grace(replay_: Replay, met: Expr, split: date) -> exp.Select:
    level, here, earlier = (sql.column(f"m.{one}") for one in ("level", "here", "earlier"))
    running: Expr = level
    if replay_.at_once:
        running = sql.greatest(level, sql.coalesce(earlier, level.copy()))
    if replay_.falls_at_once:
        running = level
    cancelled = sql.ge(_highest(earlier.copy(), here), level.copy())
    pending = sql.both(sql.present(sql.column("m.falls_after")), sql.no(cancelled))
    due = sql.both(pending, sql.le(sql.column("m.falls_after"), sql.day(split)))
    waits = sql.both(pending.copy(), sql.gt(sql.column("m.falls_after"), sql.day(split)))
    return sql.select(
        {
            "subject": sql.column("m.subject"),
            "level": sql.case([(due, sql.column("m.falls_to"))], running),
            "falls_to": sql.case([(waits, sql.column("m.falls_to"))]),
            "falls_after": sql.case([(waits.copy(), sql.column("m.falls_after"))]),
            "here": here.copy(),
        },
        met,
    )


def _after_down(replay_: Replay, graced: Expr, split: date) -> exp.Select:
    columns = {one: sql.column(f"g.{one}") for one in ("subject", *STATE, "here")}
    if split not in replay_.down:
        return sql.select(columns, graced)
    level, here = sql.column("g.level"), sql.column("g.here")
    misses = sql.both(sql.coalesce(sql.lt(here, level), sql.FALSE), sql.is_null(sql.column("g.falls_after")))
    target: Expr = here.copy()
    if replay_.ladder.review.most_down is not None:
        least = exp.Sub(this=level.copy(), expression=sql.whole(replay_.ladder.review.most_down))
        target = sql.greatest(here.copy(), least)
    end = replay_.grace_of(split)
    if end is None:
        columns["level"] = sql.case([(misses, target)], level.copy())
    else:
        columns["falls_to"] = sql.case([(misses, target)], sql.column("g.falls_to"))
        columns["falls_after"] = sql.case([(misses.copy(), sql.day(end))], sql.column("g.falls_after"))
    return sql.select(columns, graced)


def _after_up(replay_: Replay, fallen: Expr, split: date) -> exp.Select:
    level, here = sql.column("d.level"), sql.column("d.here")
    columns: dict[str, Expr] = {"subject": sql.column("d.subject")}
    joins = []
    lifted: Expr = level
    if replay_.at_once or split in replay_.up:
        rises = sql.coalesce(sql.gt(here, level), sql.FALSE)
        to: Expr = here.copy()
        if replay_.ladder.review.most_up is not None:
            most = exp.Add(this=level.copy(), expression=sql.whole(replay_.ladder.review.most_up))
            to = sql.least(here.copy(), most)
        lifted = sql.case([(rises, to)], level.copy())
        if replay_.falls_at_once:
            lifted = sql.coalesce(here.copy(), level.copy())
    if split in replay_.lifts:
        on = sql.both(
            sql.eq(sql.column("l.subject"), sql.column("d.subject")),
            sql.eq(sql.column("l.day"), sql.day(split + ONE_DAY)),
        )
        joins.append(sql.join(sql.table("lifts", "l"), on, side="LEFT"))
        lifted = sql.greatest(lifted, sql.coalesce(sql.column("l.level"), sql.whole(0)))
    columns["level"] = sql.cast(lifted, "TINYINT")
    stays = sql.le(lifted.copy(), level.copy())
    columns["falls_to"] = sql.case([(stays, sql.cast(sql.column("d.falls_to"), "TINYINT"))])
    columns["falls_after"] = sql.case([(stays.copy(), sql.column("d.falls_after"))])
    return sql.select(columns, fallen, joins=joins)


def _bases(reviews: Sequence[tuple[str, date]]) -> exp.Query:
    """Levels as settled: by a review from the day after it, by an anchor on its day; the anchor has the
    last word.
    """
    names = ("subject", "day", "level", "rank")
    parts: list[exp.Query] = [
        sql.select(
            {
                "subject": sql.column("a.subject"),
                "day": sql.column("a.day"),
                "level": sql.cast(sql.column("a.level"), "TINYINT"),
                "rank": sql.whole(2),
            },
            sql.table("anchors", "a"),
        )
    ]
    for review, start in reviews:
        columns = {
            "subject": sql.column("r.subject"),
            "day": sql.day(start),
            "level": sql.column("r.level"),
            "rank": sql.whole(1),
        }
        parts.append(sql.select(columns, sql.table(review, "r")))
    last = sql.window(sql.row_number(), [sql.column("u.subject"), sql.column("u.day")])
    last.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column("u.rank"), desc=True)]))
    ranked = sql.select(
        {one: sql.column(f"u.{one}") for one in names} | {"latest": last}, sql.subquery(sql.union(parts), "u")
    )
    until = sql.window(
        sql.call("lead", sql.column("k.day")), [sql.column("k.subject")], [sql.column("k.day")]
    )
    return sql.select(
        {
            "subject": sql.column("k.subject"),
            "day": sql.column("k.day"),
            "until": sql.coalesce(until, sql.day(DAY_AFTER_ALL)),
            "level": sql.column("k.level"),
        },
        sql.subquery(ranked, "k"),
        where=sql.eq(sql.column("k.latest"), sql.whole(1)),
    )


def _levels(replay_: Replay) -> exp.Query:
    """The timeline: bases, and between them what each day reached, in force from the day after."""
    settled = sql.select(
        {one: sql.column(f"b.{one}") for one in ("subject", "day", "level")} | {"rank": sql.whole(1)},
        sql.table("bases", "b"),
    )
    parts: list[exp.Query] = [settled]
    if replay_.at_once:
        parts.append(_reached_between(replay_))
    last = sql.window(sql.row_number(), [sql.column("u.subject"), sql.column("u.day")])
    last.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column("u.rank"), desc=True)]))
    ranked = sql.select(
        {one: sql.column(f"u.{one}") for one in ("subject", "day", "level")} | {"latest": last},
        sql.subquery(sql.union(parts), "u"),
    )
    on = sql.both(
        sql.eq(sql.column("e.subject"), sql.column("k.subject")),
        sql.within(sql.column("k.day"), sql.column("e.start"), sql.column("e.until")),
    )
    enrolment = [sql.column("k.subject"), sql.column("e.start")]
    before = sql.window(sql.call("lag", sql.column("k.level")), enrolment, [sql.column("k.day")])
    inside = sql.select(
        {one: sql.column(f"k.{one}") for one in ("subject", "day", "level")}
        | {"begin": sql.column("e.start"), "end": sql.column("e.until"), "before": before},
        sql.subquery(ranked, "k"),
        joins=[sql.join(sql.table("enrolled", "e"), on)],
        where=sql.eq(sql.column("k.latest"), sql.whole(1)),
    )
    moved = sql.either(
        sql.is_null(sql.column("s.before")),
        exp.NEQ(this=sql.column("s.before"), expression=sql.column("s.level")),
    )
    same = [sql.column("s.subject"), sql.column("s.begin")]
    until = sql.window(sql.call("lead", sql.column("s.day")), same, [sql.column("s.day")])
    return sql.select(
        {
            "subject": sql.column("s.subject"),
            "start": sql.column("s.day"),
            "until": sql.coalesce(until, sql.column("s.end")),
            "level": sql.column("s.level"),
        },
        sql.subquery(inside, "s"),
        where=moved,
    )


def _reached_between(replay_: Replay) -> exp.Select:
    on = sql.both(
        sql.eq(sql.column("r.subject"), sql.column("b.subject")),
        sql.within(sql.column("r.day"), sql.column("b.day"), sql.column("b.until")),
    )
    partition = [sql.column("b.subject"), sql.column("b.day")]
    highest = sql.window(exp.Max(this=sql.column("r.reached")), partition, [sql.column("r.day")], "running")
    level: Expr = sql.greatest(sql.column("b.level"), highest)
    if replay_.falls_at_once:
        level = sql.column("r.reached")
    else:
        on = sql.both(on, sql.gt(sql.column("r.reached"), sql.column("b.level")))
    return sql.select(
        {
            "subject": sql.column("b.subject"),
            "day": sql.cast(exp.Add(this=sql.column("r.day"), expression=sql.whole(1)), "DATE"),
            "level": sql.cast(level, "TINYINT"),
            "rank": sql.whole(0),
        },
        sql.table("bases", "b"),
        joins=[sql.join(sql.table("reached", "r"), on)],
    )


def _falling(replay_: Replay, before: str | None, start: date) -> exp.Select:
    met = sql.subquery(_met(before, start, replay_.day, replay_.day), "m")
    level = sql.column("m.level")
    cancelled = sql.ge(_highest(sql.column("m.earlier"), sql.column("m.here")), level)
    return sql.select(
        {one: sql.column(f"m.{one}") for one in ("subject", "falls_to", "falls_after")},
        met,
        where=sql.both(sql.present(sql.column("m.falls_after")), sql.no(cancelled)),
    )


def met_on(plan: Plan, name: str, panel: str, holds: Expr) -> str:
    """`met_…`: subject, enrolled_from and the first day on which a condition held, for `once met`."""
    columns = {"subject": sql.column("p.subject"), "enrolled_from": sql.column("p.enrolled_from")}
    group = [one.copy() for one in columns.values()]
    columns["met_on"] = exp.Min(this=sql.column("p.day"))
    return plan.add(name, sql.select(columns, sql.table(panel, "p"), where=holds, group=group), "first met")


def held_on(plan: Plan, name: str, panel: str, holds: Expr) -> str:
    """`held_…`: subject, enrolled_from, start and until of the days on which a condition held, for memories
    of a window. With its last day of taking part a partner's last days end.
    """
    spell = [sql.column("p.subject"), sql.column("p.enrolled_from")]
    until = sql.window(sql.call("lead", sql.column("p.day")), spell, [sql.column("p.day")])
    columns = {one: sql.column(f"p.{one}") for one in ("subject", "enrolled_from")}
    end = sql.least(sql.coalesce(until, sql.day(DAY_AFTER_ALL)), sql.column("e.until"))
    columns |= {"start": sql.column("p.day"), "until": end}
    on = sql.both(
        sql.eq(sql.column("e.subject"), sql.column("p.subject")),
        sql.eq(sql.column("e.start"), sql.column("p.enrolled_from")),
    )
    enrolled = sql.join(sql.table("enrolled", "e"), on)
    every = sql.select(columns | {"holds": holds}, sql.table(panel, "p"), joins=[enrolled])
    names = ("subject", "enrolled_from", "start", "until")
    held = sql.select(
        {one: sql.column(f"k.{one}") for one in names}, sql.subquery(every, "k"), where=sql.column("k.holds")
    )
    return plan.add(name, held, "days on which it held, or did not")


def requirements_of(ladder: Ladder) -> list[tuple[int, Path, int, Condition]]:
    """Every requirement: level's place, path, its own number in the path, the condition."""
    return [
        (index, path, number, condition)
        for index, level in enumerate(ladder.levels)
        for path in level.paths
        for number, condition in enumerate(path.requirements)
    ]
