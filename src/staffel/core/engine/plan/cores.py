"""Cores: what a Take asks of a row, by which day the row counts, and which reason a failing test gives.

A *basis* says which date of a row picks its window, whether a return takes its sale's dates, and whether what
comes late moves on. A *core* is what a Take asks of a row; its reason is 0 where the row counts, else the
place (from 1) of the reason in `sources.REASONS`. `language.md`, rules 2 to 5, and 4.
"""

from dataclasses import dataclass
from typing import assert_never

from staffel.core.engine.plan.marks import LEVEL, leaves
from staffel.core.programme.model import (
    Aggregate,
    All,
    Apart,
    Different,
    During,
    Exists,
    Filter,
    Is,
    Lines,
    Registered,
    Stated,
    Within,
)
from staffel.core.sources import FILTER_REASONS, REASONS


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Basis:
    """How a row finds its day.

    moves_on: rows that come after their window was closed move to the first window then open. refuses: they
    count nowhere.
    """

    date: str
    returns: str = "sale"
    moves_on: bool = False
    refuses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What a Take asks of a row, without its window: the same core serves every window. inside: dates that
    must lie in the window too.
    """

    source: str
    aggregate: Aggregate
    where: Filter
    basis: Basis
    inside: tuple[str, ...] = ()

    @property
    def by_window(self) -> bool:
        """Whether it depends on the window if a row counts, not on the day that picks it alone."""
        return bool(self.inside) or reads_window(self.where)


def code_of(reason: str) -> int:
    """The place of a reason in the closed list, from 1; 0 is counted."""
    return REASONS.index(reason) + 1


def reads_level(where: Filter) -> bool:
    """Whether a filter asks for the level of the day."""
    return any(leaf.column == LEVEL for leaf in leaves(where))


def reads_window(where: Filter) -> bool:
    """Whether the answer of a filter depends on the window in which a row is asked."""
    return any(isinstance(leaf, Exists) and leaf.by_window for leaf in leaves(where))


def is_late(where: Filter) -> bool:
    """Whether a filter is decided on cells, not on rows: it reads the level of the day, or the window."""
    return reads_level(where) or reads_window(where)


def conjuncts(where: Filter) -> tuple[Filter, ...]:
    """The parts that must all hold, one by one, so that each can give its own reason."""
    if isinstance(where, All):
        return tuple(part for one in where.of for part in conjuncts(one))
    return (where,)


def reasons_of(where: Filter) -> tuple[str, ...]:
    """The reasons that a failing filter may give, those of its first test: that what it asks for is missing,
    and that it is another.
    """
    match next(iter(leaves(where)), None):
        case None:
            return ("wrong-kind",)
        case Is(column=column) | Stated(column=column):
            return (FILTER_REASONS[column],)
        case Within():
            return ("amount-missing", "amount-outside")
        case During() | Apart():
            return ("date-missing", "other-date-outside")
        case Registered():
            return (FILTER_REASONS["deal"],)
        case Exists(reach="same_day"):
            return ("order",)
        case Exists():
            return ("history",)
        case _ as other:
            assert_never(other)


def reason_kind(aggregate: Aggregate) -> Aggregate:
    """Different keys share one reason at the row: whether it stands for itself; a missing key shows in
    `cells`.
    """
    return Lines() if isinstance(aggregate, Different) else aggregate


def decided_on_rows(where: Filter) -> Filter:
    """The parts of a filter that a row decides by itself."""
    plain = tuple(part for part in conjuncts(where) if not is_late(part))
    return plain[0] if len(plain) == 1 else All(of=plain)


def late_parts(where: Filter) -> tuple[Filter, ...]:
    """The parts of a filter that are decided on cells, those that read the level last."""
    return tuple(sorted((part for part in conjuncts(where) if is_late(part)), key=reads_level))


def level_part(where: Filter) -> tuple[Filter, ...]:
    """The parts of a filter that read the level of the day."""
    return tuple(part for part in conjuncts(where) if reads_level(part))
