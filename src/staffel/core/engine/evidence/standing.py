"""Where a partner stands, as evidence: its level, since when and by which decision, every hurdle down to its
rows. Rules 48 to 50.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlglot import exp

from staffel.core.engine.calculation import Running
from staffel.core.engine.duckdb import first_row
from staffel.core.engine.evidence.conditions import held
from staffel.core.engine.evidence.inquiry import Draft, Inquiry, ask_on
from staffel.core.engine.evidence.node import Kind, Node, Owners, Particular, owners_of
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.standings import is_shown
from staffel.core.money import quotient
from staffel.core.programme.model import Ladder, Level, Path

ZERO, ONE = Decimal(0), Decimal(1)


class NoLadder(ValueError):
    """The programme has no levels, or nothing of them was computed."""


def explain_standing(running: Running, *, partner: str) -> Node:
    """The tree of a partner's level on the day asked. Raises NoLadder, and NotKept."""
    assembly = running.assembly
    if assembly.ladder is None or assembly.ladder_conditions is None or assembly.ladder_panel is None:
        raise NoLadder("the programme has no levels")
    at = ask_on(assembly.ladder_panel, assembly.asking.day)
    if at is None:
        raise NoLadder("the programme does not hold on this day")
    inquiry = Inquiry.of(running, assembly.ladder_conditions, partner, at)
    levels = list(enumerate(assembly.ladder.levels))[1:]
    drafts = [(n, level, [_path(inquiry, path) for path in level.paths]) for n, level in levels]
    inquiry.read()
    found = _Found.read(running, assembly.ladder, partner)
    mine = Owners(partner=frozenset((partner,)))
    if found is None:
        return Node(kind=Kind.STANDING, form=assembly.ladder, owners=mine, note="not-enrolled")
    nodes = tuple(_level(found, n, level, [draft() for draft in paths]) for n, level, paths in drafts)
    fall = () if found.falls_to is None else (found.fall(),)
    children = (*fall, *nodes)
    return Node(kind=Kind.STANDING, form=assembly.ladder, owners=mine, says=found.said(), children=children)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the plan says of a partner. decided: cause, key day and by whom, where a recorded decision set
    the level.
    """

    ladder: Ladder
    level: int
    since: date
    reached: int
    falls_to: int | None
    falls_after: date | None
    decided: tuple[object, ...] | None

    @classmethod
    def read(cls, running: Running, ladder: Ladder, partner: str) -> "_Found | None":
        """Reads it; none for who does not take part."""
        query = "select level, since, reached, falls_to, falls_after from standing where subject = ?"
        row = first_row(running.db.execute(query, [partner]))
        if row is None:
            return None
        level, since, reached, falls_to, falls_after = row
        decided = _decision(running, ladder, partner, since)
        return cls(
            ladder=ladder,
            level=level,
            since=since,
            reached=reached,
            falls_to=falls_to,
            falls_after=falls_after,
            decided=decided,
        )

    def said(self) -> dict[str, Particular]:
        """Level, since when, why."""
        cause, key_day, by = self.decided or ("replay", None, None)
        return {
            "level": self.ladder.levels[self.level].name,
            "since": self.since,
            "reached": self.ladder.levels[self.reached].name,
            "cause": str(cause),
            "key_day": key_day if isinstance(key_day, date) else None,
            "decided_by": None if by is None else str(by),
        }

    def fall(self) -> Node:
        """What is in danger, and until when it can be saved."""
        name = None if self.falls_to is None else self.ladder.levels[self.falls_to].name
        return Node(
            kind=Kind.FALL,
            form=self.ladder.review,
            says={"falls_to": name, "falls_after": self.falls_after},
        )

    def relation(self, number: int) -> str:
        """How a level stands to the one held."""
        if number <= self.level:
            return "held" if number == self.level else "below"
        return "next" if number == self.level + 1 else "above"


def _decision(running: Running, ladder: Ladder, partner: str, since: date) -> tuple[object, ...] | None:
    """The recorded decision that put the level in force, if it was one."""
    mine = sql.both(
        sql.eq(sql.column("f.programme"), sql.text(running.assembly.programme.name)),
        sql.eq(sql.column("f.ladder"), sql.text(ladder.name)),
        sql.eq(sql.column("f.partner_id"), sql.text(partner)),
    )
    query = sql.select(
        {one: sql.column(f"t.{one}") for one in ("cause", "key_day", "decided_by")},
        sql.subquery(subjects.in_force("decisions", mine), "t"),
        where=sql.eq(sql.column("t.holds_from"), sql.day(since)),
    )
    query.set("order", exp.Order(expressions=[exp.Ordered(this=sql.column("t.cause"))]))
    row = first_row(running.db.execute(query.sql("duckdb")))
    return None if row is None else tuple(row)


# ------------------------------------------------------------------------------------------- levels and paths


def _path(inquiry: Inquiry, path: Path) -> Draft:
    shown = [one for one in path.requirements if is_shown(one, inquiry.day)]
    drafts = [held(inquiry, one, inquiry.measures.top) for one in shown]

    def tell() -> Node:
        children = tuple(draft() for draft in drafts)
        return Node(
            kind=Kind.PATH,
            form=path,
            holds=all(one.holds for one in children),
            owners=owners_of(children),
            says={"path": path.name, "fulfilled": _least(children)},
            children=children,
        )

    return tell


def _level(found: _Found, number: int, level: Level, paths: Sequence[Node]) -> Node:
    """A level with its paths; the nearest is the one with the largest smallest fulfilment (rule 49)."""
    nearest = max(paths, key=lambda one: _figure(one.says["fulfilled"]), default=None)
    return Node(
        kind=Kind.LEVEL,
        form=level,
        holds=not paths or any(path.holds for path in paths),
        owners=owners_of(list(paths)),
        says={
            "level": level.name,
            "relation": found.relation(number),
            "nearest": None if nearest is None else nearest.says["path"],
        },
        children=tuple(paths),
    )


def _figure(value: Particular) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _least(nodes: Sequence[Node]) -> Decimal:
    return min((fulfilled(one) for one in nodes), default=ONE)


def fulfilled(node: Node) -> Decimal:
    """How far a condition is met, from 0 to 1: actual to required; of what cannot be half met all or
    nothing.
    """
    if node.holds:
        return ONE
    match node.kind:
        case Kind.ALL | Kind.ENFORCED:
            return _least(node.children)
        case Kind.ANY:
            return max((fulfilled(one) for one in node.children), default=ZERO)
        case Kind.TEST:
            return _met(node)
        case _:
            return ZERO


def _met(node: Node) -> Decimal:
    required, actual = _figure(node.says["required"]), node.figure
    if actual is None or required <= ZERO or node.says["comparison"] not in ("at_least", "above"):
        return ZERO
    if node.whole is not None:
        actual = quotient(actual, node.whole) if node.whole > ZERO else ZERO
    return min(max(quotient(actual, required), ZERO), ONE)
