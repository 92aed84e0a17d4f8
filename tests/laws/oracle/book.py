"""What a calculation is asked with: programme, plain facts, the day; and what was already worked out.

Facts are rows as dicts, by table. Of attributes and terms, the row recorded last for a key and its day stands
in
for the earlier ones, or ends them (`withdrawn`). Facts of business after the day asked do not count.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeVar

from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    Filter,
    Incentive,
    Programme,
    Span,
    Unit,
)
from tests.laws.oracle import windows

T = TypeVar("T")
Row = Mapping[str, Any]
Facts = Mapping[str, Sequence[Row]]

KEYS = {
    "products": ("product_id",),
    "partners": ("partner_id",),
    "end_customers": ("end_customer_id",),
    "deals": ("deal",),
    "enrolments": ("programme", "partner_id"),
    "memberships": ("kind", "group_id", "partner_id"),
    "consents": ("programme", "partner_id", "consent"),
    "certifications": ("partner_id", "person_id", "certification"),
    "targets": ("programme", "partner_id", "target"),
    "rates": ("base", "quote", "basis"),
    "decisions": ("programme", "ladder", "partner_id"),
    "closes": ("programme", "settle_start"),
    "settled": ("programme", "incentive", "partner_id", "window_start", "settle_start"),
    "openings": ("programme", "partner_id", "measure", "window_start", "window_until"),
}
MAIN_DATE = "sold_on"
LINE_TABLES = ("sell_out", "sell_in")


class Subject(NamedTuple):
    """Whose figure it is: a partner, or a group by its id."""

    kind: Literal["partner", "group"]
    id: str


class View:
    """How rows are looked at by one asker. Compared by identity, so that it can be a key of what is kept.

    returns: by their sale's dates or their own. refuses_late: late lines count nowhere. settle: windows in
    which late lines are moved on (`late: next`), none: they stay. select: which rows an incentive picks.
    per: the windows in which a condition is asked again (`Kept`). prorate, baseline: of newcomers.
    """

    def __init__(
        self,
        *,
        per: Unit | Span = Unit.YEAR,
        returns: Literal["sale", "own"] = "sale",
        moves_late: bool = False,
        refuses_late: bool = False,
        select: Filter = EVERY_ROW,
        prorate: Literal["none", "months", "days"] = "none",
        baseline: Decimal | Agreed | None = None,
    ) -> None:
        self.per = per
        self.returns = returns
        self.moves_late = moves_late
        self.refuses_late = refuses_late
        self.select = select
        self.prorate = prorate
        self.baseline = baseline


class Asked(NamedTuple):
    """One question: whose figure, in which window (all its days), up to the end of which day, seen how."""

    subject: Subject
    window: Span
    day: date
    view: View

    @property
    def cut(self) -> Span:
        """The window up to the day asked."""
        return windows.cut_at(self.window, self.day)

    def again(self, subject: Subject, run: windows.Run) -> "Asked":
        """The question that a measure puts to another one over a window of its own."""
        return Asked(subject, run.whole, min(self.day, windows.last_day(run.cut)), self.view)


class Book:
    """The facts of one calculation and all that was worked out from them, each once."""

    def __init__(self, programme: Programme, facts: Facts, day: date) -> None:
        self.programme = programme
        self.facts = facts
        self.day = day
        self._kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What `work_out` gives, worked out at the first asking."""
        if key not in self._kept:
            self._kept[key] = work_out()
        return self._kept[key]

    def rows(self, table: str) -> list[Row]:
        """The rows of an attribute or a term that stand: of one key and day, the one recorded last."""
        return self.once(("rows", table), lambda: self._standing(table))

    def _standing(self, table: str) -> list[Row]:
        last: dict[tuple[Any, ...], Row] = {}
        for row in sorted(self.facts.get(table, ()), key=lambda row: row["commit_no"]):
            last[(*(row[column] for column in KEYS[table]), row["holds_from"])] = row
        return [row for row in last.values() if not row.get("withdrawn")]

    def ours(self, table: str) -> list[Row]:
        """Of these, the rows of this programme."""
        return self.once(
            ("ours", table),
            lambda: [row for row in self.rows(table) if row["programme"] == self.programme.name],
        )

    def attribute(self, table: str, key: str, day: date) -> Row:
        """The row of `key` in force on a day; before the first one begins, that first one; none: empty."""
        history = self.once(("history", table), lambda: self._histories(table)).get(key, [])
        begun = [row for row in history if row["holds_from"] <= day]
        return begun[-1] if begun else history[0] if history else {}

    def _histories(self, table: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in sorted(self.rows(table), key=lambda row: row["holds_from"]):
            found.setdefault(row[KEYS[table][0]], []).append(row)
        return found

    # ------------------------------------------------------------ merges (rule 44)

    def merges(self) -> list[tuple[date, str, str]]:
        """(day, partner, what it became part of), of merges up to the day asked, in order."""
        return self.once("merges", self._merges)

    def _merges(self) -> list[tuple[date, str, str]]:
        first: dict[str, tuple[date, str, str]] = {}
        for row in sorted(self.rows("partners"), key=lambda row: row["holds_from"]):
            if row["same_as"] is not None and row["holds_from"] <= self.day:
                first.setdefault(row["partner_id"], (row["holds_from"], row["partner_id"], row["same_as"]))
        return sorted(first.values())

    def root(self, partner: str) -> str:
        """Which partner this one is, after all merges up to the day asked. Chains are followed."""
        joined = self.once("joined", lambda: {old: new for _, old, new in self.merges()})
        while partner in joined:
            partner = joined[partner]
        return partner

    # ------------------------------------------------------------ who takes part (rules 6 and 42)

    def spells(self, partner: str) -> list[Span]:
        """The spans of days on which this partner was enrolled, in order; those without a gap are one."""
        return self.once("spells", self._spells).get(partner, [])

    def _spells(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for row in sorted(self.ours("enrolments"), key=lambda row: row["holds_from"]):
            spells = found.setdefault(self.root(row["partner_id"]), [])
            until = row["holds_until"] or date.max
            if spells and row["holds_from"] <= spells[-1].until:
                spells[-1] = Span(spells[-1].start, max(spells[-1].until, until))
            elif row["holds_from"] < until:
                spells.append(Span(row["holds_from"], until))
        return found

    def enrolled(self, partner: str, day: date) -> bool:
        """Whether the partner was enrolled on that day."""
        return any(spell.start <= day < spell.until for spell in self.spells(partner))

    def enrolled_since(self, subject: Subject, day: date) -> date | None:
        """The first day of the enrolment in force on `day`, else of the latest that began before; of a group:
        none.
        """
        if subject.kind == "group":
            return None
        begun = [spell.start for spell in self.spells(subject.id) if spell.start <= day]
        return begun[-1] if begun else None

    def participants(self) -> list[str]:
        """All partners that ever enrolled, after all merges."""
        return sorted({self.root(row["partner_id"]) for row in self.ours("enrolments")})

    def memberships(self) -> list[tuple[str, str, Row]]:
        """(group, member, row) of all alliances, in the order of group and member."""
        return self.once("memberships", self._memberships)

    def _memberships(self) -> list[tuple[str, str, Row]]:
        alliances = [row for row in self.rows("memberships") if row["kind"] == "alliance"]
        found = [(row["group_id"], self.root(row["partner_id"]), row) for row in alliances]
        return sorted(found, key=lambda one: (one[0], one[1], one[2]["holds_from"]))

    def is_member(self, group: str, partner: str, day: date) -> bool:
        """Whether the partner belongs to the group on that day."""
        return any(
            one == group and member == partner and in_force(row, day)
            for one, member, row in self.memberships()
        )

    def alliance_of(self, partner: str, day: date) -> Subject | None:
        """The alliance to which the partner belongs on that day."""
        for group, member, row in self.memberships():
            if member == partner and in_force(row, day):
                return Subject("group", group)
        return None


def in_force(term: Row, day: date) -> bool:
    """Whether a term holds on a day."""
    return term["holds_from"] <= day and (term["holds_until"] is None or day < term["holds_until"])


def view_of(book: Book, incentive: Incentive, select: Filter) -> View:
    """How an incentive looks at rows. select: its own for base, and for the driver where none is written."""
    return book.once(
        ("view", incentive.name, select is EVERY_ROW),
        lambda: View(
            per=incentive.per,
            returns=incentive.late.returns,
            moves_late=incentive.late.lines == "next",
            refuses_late=incentive.late.lines == "refuse",
            select=select,
            prorate=incentive.newcomers.prorate,
            baseline=incentive.newcomers.baseline,
        ),
    )
