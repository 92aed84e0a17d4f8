"""What reviews have decided and nobody has recorded yet. `language.md`, rules 48 and 50.

A level is the last recorded decision, replayed through the reviews since. A proposal is one step of that
replay: a rise, a fall, a fall that waits for its grace, or one that is off because its level was met
again. Recorded, it stands: the replay begins anew there, and neither late lines nor returns move it. A
lift by a merger is no review's and is not proposed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from staffel.core.calendar import ONE_DAY
from staffel.core.engine.calculation import Running
from staffel.core.engine.plan.levels import Replay
from staffel.core.programme.model import Ladder

DecisionRow = dict[str, object]
# A decision in force: the last recorded of each key and day, unless withdrawn. One for a day on which its
# partner took no part belongs to no enrolment, and so records nothing (rule 48).
_RECORDED = """
    select partner_id as subject, max(holds_from) as day
    from (
        select * from facts_decisions
        qualify row_number() over (
            partition by programme, ladder, partner_id, holds_from order by commit_no desc
        ) = 1 and not coalesce(withdrawn, false)
    )
    join enrolled e on e.subject = partner_id and holds_from >= e.start and holds_from < e.until
    where programme = $programme and ladder = $ladder and holds_from <= $day
    group by all
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A decision to record. key_day: the last day whose facts it read. falls_to: waits until falls_after."""

    programme: str
    ladder: str
    partner_id: str
    from_level: str
    to_level: str
    key_day: date
    effective: date
    cause: str = "review"
    falls_to: str | None = None
    falls_after: date | None = None

    def row(self, decided_by: str | None = None) -> DecisionRow:
        """As a row of `decisions`."""
        return {
            "programme": self.programme,
            "ladder": self.ladder,
            "partner_id": self.partner_id,
            "level": self.to_level,
            "cause": self.cause,
            "key_day": self.key_day,
            "falls_to": self.falls_to,
            "falls_after": self.falls_after,
            "decided_by": decided_by,
            "holds_from": self.effective,
        }


def proposals(running: Running) -> tuple[Proposal, ...]:
    """What reviews up to the day asked decided since the last recorded decision, by partner and day."""
    assembly = running.assembly
    if assembly.ladder is None or assembly.replay is None:
        return ()
    asked = set(running.results.table("levels")["partner_id"].to_pylist())
    moves = [row for row in _moves(running, assembly.replay) if row[0] in asked]
    found = [_proposal(running, assembly.ladder, row) for row in moves]
    return tuple(_outside_closed(found, _first_open_day(running)))


def decision_rows(proposed: Iterable[Proposal], decided_by: str | None = None) -> list[DecisionRow]:
    """As rows of `decisions`, for `ledger.record`."""
    return [one.row(decided_by) for one in proposed]


def _proposal(running: Running, ladder: Ladder, row: tuple[Any, ...]) -> Proposal:
    partner, day, before, level, falls_to, falls_after = row
    names = [one.name for one in ladder.levels]
    return Proposal(
        programme=running.assembly.programme.name,
        ladder=ladder.name,
        partner_id=partner,
        from_level=names[level if before is None else before],
        to_level=names[level],
        key_day=day - ONE_DAY,
        effective=day,
        falls_to=None if falls_to is None else names[falls_to],
        falls_after=falls_after,
    )


# ------------------------------------------------------------------------------ the steps of the replay


def _moves(running: Running, replay: Replay) -> list[tuple[Any, ...]]:
    """subject, day, level before, level, falls_to, falls_after of each step not yet recorded."""
    asking = running.assembly.asking
    query = f"""
        with recorded as ({_RECORDED}),
        falls as ({_falls(replay)}),
        moves as ({_level_moves(running, replay)}),
        off as ({_OFF}),
        steps as (
            select subject, day from moves
            union select subject, day from falls
            union select subject, day from off
        )
        select s.subject, s.day, b.level as before, v.level, f.falls_to, f.falls_after
        from steps s
        join levels v on v.subject = s.subject and s.day >= v.start and s.day < v.until
        left join levels b on b.subject = s.subject and s.day - 1 >= b.start and s.day - 1 < b.until
        left join falls f on f.subject = s.subject and f.day = s.day
        left join recorded d on d.subject = s.subject
        where s.day > coalesce(d.day, date '0001-01-01') and s.day <= $day + 1
        order by all"""
    given = {"programme": asking.programme.name, "ladder": replay.ladder.name, "day": replay.day}
    return running.db.execute(query, given).fetchall()


def _falls(replay: Replay) -> str:
    """The falls that each review left waiting, from the day after it."""
    numbers = {split: number for number, split in enumerate(replay.splits, start=1)}
    parts = [
        f"select subject, date '{key_day + ONE_DAY}' as day, falls_to, falls_after "
        f"from review_{numbers[key_day]} where falls_after = date '{end}'"
        for key_day, end in replay.graces
    ]
    return " union all ".join(parts) or _NO_FALLS


_NO_FALLS = """
    select null::varchar as subject, null::date as day, null::tinyint as falls_to, null::date as falls_after
    limit 0
"""


def _level_moves(running: Running, replay: Replay) -> str:
    """Days on which a level changed while enrolled; not where a merger lifted it to what it brought, unless
    the review of the day before came to the same.
    """
    query = (
        "select subject, start as day, level from ("
        "select *, lag(until) over same as ended, lag(level) over same as before from levels "
        "window same as (partition by subject order by start)"
        ") m where ended = start"
    )
    if any(statement.name == "lifts" for statement in running.assembly.plan.statements):
        brought = "(subject, start, level) in (select (subject, day, level) from lifts)"
        query += f" and (not {brought} or {_reviewed(replay)})"
    return query


def _reviewed(replay: Replay) -> str:
    """Whether the review of the day before lifts to the level m by itself."""
    days = ", ".join(f"date '{day + ONE_DAY}'" for day in sorted(replay.up))
    looked_at = "true" if replay.at_once else f"m.start in ({days})" if days else "false"
    most = replay.ladder.review.most_up
    within = "true" if most is None else f"m.level <= m.before + {most}"
    return (
        f"({looked_at} and {within} and exists (select 1 from reached r where r.subject = m.subject "
        "and r.day = m.start - 1 and r.reached >= m.level))"
    )


# Falls that waited and are off: the first day of the grace on which the level was met, if it still stood.
_OFF = """
    select o.subject, o.day from (
        select p.subject, p.day as since, min(r.day) + 1 as day
        from (
            select subject, day, falls_after from falls
            union all select subject, day, falls_after from anchors where falls_after is not null
        ) p
        join levels v on v.subject = p.subject and p.day >= v.start and p.day < v.until
        join reached r on r.subject = p.subject and r.reached >= v.level
            and r.day >= p.day and r.day <= greatest(p.falls_after, p.day)
        where r.day <= $day
        group by all
    ) o
    where not exists (
        select 1 from levels m where m.subject = o.subject and m.start > o.since and m.start < o.day
    )
"""

# ------------------------------------------------------------------------------ closed windows


def _first_open_day(running: Running) -> date:
    return max((one.window.until for one in running.assembly.background.closed), default=date.min)


def _outside_closed(found: Sequence[Proposal], first_open: date) -> list[Proposal]:
    """No decision takes effect inside a closed window: what would begins on the first open day."""
    kept: list[Proposal] = []
    for _, group in groupby(found, key=lambda one: one.partner_id):
        mine = list(group)
        inside = [one for one in mine if one.effective < first_open]
        later = [one for one in mine if one.effective >= first_open]
        if inside and not (later and later[0].effective == first_open):
            later = [_moved(inside, first_open), *later]
        kept += later
    return kept


def _moved(inside: Sequence[Proposal], first_open: date) -> Proposal:
    last = inside[-1]
    waits = last.falls_after is not None and last.falls_after >= first_open
    return Proposal(
        programme=last.programme,
        ladder=last.ladder,
        partner_id=last.partner_id,
        from_level=inside[0].from_level,
        to_level=last.to_level,
        key_day=first_open - ONE_DAY,
        effective=first_open,
        falls_to=last.falls_to if waits else None,
        falls_after=last.falls_after if waits else None,
    )
