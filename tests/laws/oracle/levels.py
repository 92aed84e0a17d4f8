"""Levels: replayed through the reviews since the last recorded decision. Rules 48 to 50, and 44 for merges.

A review on key day x reads facts to the end of x; what it decides is in force from x + 1. A partner that
became part of another has no levels of its own: its rows are the other's already; it brings its last
decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, assert_never

from staffel.core.programme.model import (
    AtOnce,
    EachUnit,
    FixedDays,
    Ladder,
    Level,
    Never,
    ReviewDays,
    Span,
    Unit,
)
from tests.laws.oracle import conditions, windows
from tests.laws.oracle.book import Asked, Book, Row, Subject, View
from tests.laws.oracle.windows import DAY


class Fall(NamedTuple):
    """A fall that is decided and waits. to: the level it falls to; until: the last day of grace."""

    to: int
    until: date


class Move(NamedTuple):
    """What a review decided, in force from the day after its key day. fall: what it leaves waiting."""

    ladder: str
    partner: str
    key_day: date
    level: int
    fall: Fall | None

    @property
    def holds_from(self) -> date:
        """The first day in force."""
        return self.key_day + DAY


@dataclass
class Standing:
    """Where a partner stands while the replay runs. since: days and levels so far, none: not enrolled."""

    level: int | None = None
    fall: Fall | None = None
    since: list[tuple[date, int | None]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def becomes(self, day: date, level: int | None, fall: Fall | None = None) -> None:
        """From `day` on it is this level."""
        self.level, self.fall = level, fall
        if self.since and self.since[-1][0] == day:
            self.since.pop()
        self.since.append((day, level))


# ------------------------------------------------------------ what others ask


def level_on(book: Book, partner: str, day: date, ladder: str = "level") -> str | None:
    """The level in force on a day; a partner that merged has its own before, its survivor's from then on."""
    form = next((one for one in book.programme.ladders if one.name == ladder), None)
    if form is None:
        return None
    standing = replay(book, form).get(book.root(partner))
    index = _at(standing.since, day) if standing else None
    return None if index is None else form.levels[index].name


def _at(since: list[tuple[date, int | None]], day: date) -> int | None:
    begun = [level for start, level in since if start <= day]
    return begun[-1] if begun else None


# ------------------------------------------------------------ candidates (rule 49)


def view_of_review(book: Book) -> View:
    """How a review looks at rows: returns with their sale, late lines where they belong."""
    return book.once("review", lambda: View(per=Unit.YEAR))


def candidate(book: Book, ladder: Ladder, partner: str, day: date) -> int:
    """The highest level one of whose paths holds; the lowest always does."""
    asked = asked_on(book, partner, day)
    return max(
        (at for at, level in enumerate(ladder.levels) if at == 0 or _reached(book, level, asked)), default=0
    )


def asked_on(book: Book, partner: str, day: date) -> Asked:
    """How a ladder asks on a day: over the programme's year to date."""
    year = windows.year_of(book.programme.calendar, day)
    return Asked(Subject("partner", partner), year, day, view_of_review(book))


def _reached(book: Book, level: Level, asked: Asked) -> bool:
    """One path holds with all its requirements; no paths: it holds."""
    return not level.paths or any(
        all(conditions.holds(book, one, asked) for one in path.requirements) for path in level.paths
    )


# ------------------------------------------------------------ the replay (rules 48, 50)


def replay(book: Book, ladder: Ladder) -> dict[str, Standing]:
    """Where each partner stood on each day up to the day asked."""
    return book.once(("replay", ladder.name), lambda: _replay(book, ladder))


def _replay(book: Book, ladder: Ladder) -> dict[str, Standing]:
    standings = {partner: Standing() for partner in book.participants()}
    for day in _days(book, ladder):
        for partner, standing in standings.items():
            _open_the_day(book, ladder, partner, standing, day)
            if standing.level is not None and _is_ruled(book, day):
                _close_the_day(book, ladder, partner, standing, day)
    return standings


def _is_ruled(book: Book, day: date) -> bool:
    """Whether this version of the programme rules reviews of that day."""
    return book.programme.valid.start <= day < book.programme.valid.until


def _days(book: Book, ladder: Ladder) -> list[date]:
    """The days to look at: all, where a review at once takes single steps or figures move daily; else of
    change.
    """
    first = min((row["holds_from"] for row in book.ours("enrolments")), default=book.day)
    review = ladder.review
    asked = conditions.All(
        of=tuple(one for level in ladder.levels for path in level.paths for one in path.requirements)
    )
    days = set(conditions.days_to_ask(book, asked, first, book.day))
    days |= _key_days(book, review.up, first) | _key_days(book, review.down, first)
    graces = {windows.grace_end(day, review.grace) for day in days if review.grace.count}
    graces |= {row["falls_after"] for row in book.ours("decisions") if row["falls_after"]}
    days |= graces | {day + DAY for day in graces}
    return sorted(day for day in days if first <= day <= book.day)


def _key_days(book: Book, reviewed: ReviewDays, first: date) -> set[date]:
    """The key days of a direction; at once is every day, of which those of change are enough."""
    match reviewed:
        case AtOnce() | Never():
            return set()
        case EachUnit(unit=unit):
            units = windows.units_meeting(book.programme.calendar, Span(first, book.day + DAY), unit)
            return {windows.last_day(one) for one in units}
        case FixedDays(days=days):
            years = range(first.year, book.day.year + 1)
            return {date(year, month, day) for year in years for month, day in days}
        case _:
            assert_never(reviewed)


def _is_key_day(book: Book, reviewed: ReviewDays, day: date) -> bool:
    match reviewed:
        case AtOnce():
            return True
        case Never():
            return False
        case EachUnit(unit=unit):
            return day == windows.last_day(windows.unit_of(book.programme.calendar, day, unit))
        case FixedDays(days=days):
            return (day.month, day.day) in days
        case _:
            assert_never(reviewed)


def _open_the_day(book: Book, ladder: Ladder, partner: str, standing: Standing, day: date) -> None:
    """Who begins stands lowest, who left has no level; a merger lifts, and what was decided holds."""
    if not book.enrolled(partner, day) or day < book.programme.valid.start:
        if standing.level is not None:
            standing.becomes(day, None)
        return
    begins = standing.level is None
    if begins:
        standing.becomes(day, 0)
    _lift(book, ladder, partner, standing, day)
    row = _decided(book, ladder, partner, day, begins=begins)
    if row is not None:
        standing.becomes(day, ladder.index(row["level"]), _recorded_fall(ladder, row))
        standing.moves.clear()


def _lift(book: Book, ladder: Ladder, partner: str, standing: Standing, day: date) -> None:
    """On the day of a merge: the higher of its level and the last decided for the partner that joins (rule
    44).
    """
    assert standing.level is not None
    for since, old, _ in book.merges():
        if since != day or book.root(old) != partner:
            continue
        decided = [row for row in _decisions(book, ladder, old) if row["holds_from"] <= day]
        if decided and ladder.index(decided[-1]["level"]) > standing.level:
            standing.becomes(day, ladder.index(decided[-1]["level"]))


def _decided(book: Book, ladder: Ladder, partner: str, day: date, *, begins: bool) -> Row | None:
    """What was recorded for this day; when the replay begins, the last of this enrolment before it."""
    since = book.enrolled_since(Subject("partner", partner), day) if begins else day
    assert since is not None
    found = [row for row in _decisions(book, ladder, partner) if since <= row["holds_from"] <= day]
    return found[-1] if found else None


def _decisions(book: Book, ladder: Ladder, partner: str) -> list[Row]:
    """The recorded decisions of this partner's own id, in the order of their days."""
    mine = (ladder.name, partner)
    found = [row for row in book.ours("decisions") if (row["ladder"], row["partner_id"]) == mine]
    return sorted(found, key=lambda row: row["holds_from"])


def _recorded_fall(ladder: Ladder, row: Row) -> Fall | None:
    waits = row["falls_to"] and not isinstance(ladder.review.down, AtOnce)  # every day lets fall: none waits
    return Fall(ladder.index(row["falls_to"]), row["falls_after"]) if waits else None


def _close_the_day(book: Book, ladder: Ladder, partner: str, standing: Standing, day: date) -> None:
    """The reviews of a key day, in order: a grace that ends, then down, then up."""
    before = (standing.level, standing.fall)
    found = _Review(book, ladder, partner, day)
    level, fall = found.grace(*before)
    level, fall = found.down(level, fall)
    level, fall = found.up(level, fall)
    if (level, fall) != before:
        standing.becomes(day + DAY, level, fall)
        standing.moves.append(Move(ladder.name, partner, day, level, fall))


class _Review:
    """The reviews of one partner on one key day. Its candidate is worked out when it is first asked for."""

    def __init__(self, book: Book, ladder: Ladder, partner: str, day: date) -> None:
        self._book, self._ladder, self._partner, self._day = book, ladder, partner, day

    @property
    def candidate(self) -> int:
        """The level that the partner's figures reach on this day."""
        key = ("candidate", self._ladder.name, self._partner, self._day)
        return self._book.once(key, lambda: candidate(self._book, self._ladder, self._partner, self._day))

    def grace(self, level: int, fall: Fall | None) -> tuple[int, Fall | None]:
        """A fall that waits is off when the level's conditions hold on a day of its grace; else it comes at
        the end.
        """
        if fall is None or self.candidate >= level:
            return level, None
        return (fall.to, None) if self._day >= fall.until else (level, fall)

    def down(self, level: int, fall: Fall | None) -> tuple[int, Fall | None]:
        """A fall is decided, by `most_down` at most; it waits where there is grace."""
        review = self._ladder.review
        if not _is_key_day(self._book, review.down, self._day) or fall is not None or self.candidate >= level:
            return level, fall
        to = self.candidate if review.most_down is None else max(self.candidate, level - review.most_down)
        if review.grace.count == 0:
            return to, None
        return level, Fall(to, windows.grace_end(self._day, review.grace))

    def up(self, level: int, fall: Fall | None) -> tuple[int, Fall | None]:
        """A rise, by `most_up` at most; it ends a fall that waits."""
        review = self._ladder.review
        if not _is_key_day(self._book, review.up, self._day) or self.candidate <= level:
            return level, fall
        to = self.candidate if review.most_up is None else min(self.candidate, level + review.most_up)
        return to, None


# ------------------------------------------------------------ what is shown


def proposals(book: Book, ladder: Ladder) -> Iterator[Move]:
    """What recording the reviews would write: each move since the last recorded decision, by partner and
    day.
    """
    first_open = max((row["settle_until"] for row in book.ours("closes")), default=date.min)
    for partner, standing in sorted(replay(book, ladder).items()):
        moves = [move for move in standing.moves if book.enrolled(partner, move.holds_from)]
        yield from _outside_closed(moves, first_open)


def _outside_closed(moves: list[Move], first_open: date) -> list[Move]:
    """No decision takes effect inside a closed window: what would is recorded on the first open day (rule
    48).
    """
    inside = [move for move in moves if move.holds_from < first_open]
    later = [move for move in moves if move.holds_from >= first_open]
    if not inside or (later and later[0].holds_from == first_open):
        return later
    last = inside[-1]
    fall = last.fall if last.fall is not None and last.fall.until >= first_open else None
    return [last._replace(key_day=first_open - DAY, fall=fall), *later]
