"""What is asked to show where a partner stands: level, hurdles, what is earned so far, what comes next."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.engine.accruals import Accrual, accruals
from staffel.core.engine.calculation import calculation
from staffel.core.engine.coming_dates import ComingDate, coming_dates
from staffel.core.engine.facts import Facts
from staffel.core.engine.late import LateSum, late_sums
from staffel.core.engine.next_steps import NextSteps, next_steps
from staffel.core.engine.plan.levels import requirements_of
from staffel.core.money import quotient
from staffel.core.programme.forms import hurdles_of
from staffel.core.programme.model import All, Enforced, Holds, Programme, Test


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdle:
    """A test or trait of a level. actual: of a share the quotient; none: there is no figure.

    number: of the requirement in its path; any_of: one of several of which one is enough; enforced: the day
    from which it decides, where that is still to come.
    """

    level: str
    path: str
    number: int
    leaf: Test | Holds
    any_of: bool
    actual: Decimal | None
    required: Decimal | None
    holds: bool
    requirement_holds: bool
    enforced: date | None = None

    @property
    def share(self) -> Decimal:
        """How much of it is taken, from 0 to 1."""
        if self.holds:
            return Decimal(1)
        if self.actual is None or not self.required:
            return Decimal(0)
        return min(max(quotient(self.actual, self.required), Decimal(0)), Decimal("0.999"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The level of a partner on a day; none: not enrolled."""

    partner_id: str
    level: str | None
    since: date | None
    reached: str | None
    falls_to: str | None
    falls_after: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerStanding:
    """All of one partner. accruals: of windows not settled yet; late: of those that are."""

    programme: Programme
    day: date
    state_id: str
    place: Place
    enrolled: bool
    hurdles: tuple[Hurdle, ...]
    accruals: tuple[Accrual, ...]
    late: tuple[LateSum, ...]
    next: NextSteps | None
    dates: tuple[ComingDate, ...]

    @property
    def earned(self) -> Decimal:
        """So far, of all that is not settled."""
        return sum((one.earned for one in self.accruals), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One partner of many. late: of windows that are settled already."""

    partner_id: str
    level: str | None
    since: date | None
    earned: Decimal
    expected: Decimal
    late: Decimal


def partner_standing(programme: Programme, facts: Facts, *, day: date, partner: str) -> PartnerStanding:
    """Where one partner stands."""
    with calculation(programme, facts, day=day, partners=[partner], kept=True) as running:
        tables = running.results.tables
        places = tables["standing"].to_pylist() if "standing" in tables else []
        rows = tables["requirements"].to_pylist() if "requirements" in tables else []
        entitled = tables["entitled"].num_rows if "entitled" in tables else 0
        enrolled = bool(places) or entitled > 0
        return PartnerStanding(
            programme=programme,
            day=day,
            state_id=facts.state_id,
            place=_place(partner, places[0] if places else {}),
            enrolled=enrolled,
            hurdles=_hurdles(programme, rows, day),
            accruals=accruals(running) if entitled else (),
            late=late_sums(running, facts) if entitled else (),
            next=next_steps(running, facts, partner) if enrolled else None,
            dates=coming_dates(running, facts, partner) if enrolled else (),
        )


def all_standings(programme: Programme, facts: Facts, *, day: date) -> tuple[Row, ...]:
    """Everybody who takes part, the most earned first."""
    with calculation(programme, facts, day=day) as running:
        tables = running.results.tables
        places = tables["standing"].to_pylist() if "standing" in tables else []
        open_ = accruals(running) if tables.get("entitled") is not None else ()
        moved = late_sums(running, facts)
    late: dict[str, Decimal] = {}
    for each in moved:
        late[each.partner_id] = late.get(each.partner_id, Decimal(0)) + each.difference
    earned: dict[str, list[Accrual]] = {}
    for one in open_:
        earned.setdefault(one.partner_id, []).append(one)
    by_partner = {row["partner_id"]: _place(row["partner_id"], row) for row in places}
    rows = [
        _row(name, by_partner.get(name), earned.get(name, []), late.get(name, Decimal(0)))
        for name in sorted({*by_partner, *earned, *late})
    ]
    return tuple(sorted(rows, key=lambda row: (-row.earned, -row.expected, row.partner_id)))


def _row(partner: str, place: Place | None, open_: list[Accrual], late: Decimal) -> Row:
    return Row(
        partner_id=partner,
        level=place.level if place else None,
        since=place.since if place else None,
        earned=sum((one.earned for one in open_), Decimal(0)),
        expected=sum((one.expected for one in open_), Decimal(0)),
        late=late,
    )


def _place(partner: str, row: dict[str, Any]) -> Place:
    names = ("level", "since", "reached", "falls_to", "falls_after")
    return Place(partner_id=partner, **{name: row.get(name) for name in names})


def _hurdles(programme: Programme, rows: list[dict[str, Any]], day: date) -> tuple[Hurdle, ...]:
    """In the order of the ladder."""
    ladder = programme.ladder
    if ladder is None:
        return ()
    found = {(row["level"], row["path"], row["number"], row["leaf"]): row for row in rows}
    hurdles = []
    for index, path, number, condition in requirements_of(ladder):
        leaves, enforced = hurdles_of(condition), None
        if isinstance(condition, Enforced):
            enforced, condition = condition.day if day < condition.day else None, condition.of
        any_of = len(leaves) > 1 and not isinstance(condition, All)
        for at, leaf in enumerate(leaves):
            row = found.get((ladder.levels[index].name, path.name, number, at))
            if row is not None:
                hurdles.append(replace(_hurdle(row, leaf, any_of), enforced=enforced))
    return tuple(hurdles)


def _hurdle(row: dict[str, Any], leaf: Test | Holds, any_of: bool) -> Hurdle:
    actual, whole = row["actual"], row["whole"]
    if whole is not None and actual is not None:
        actual = quotient(actual, whole) if whole > 0 else None
    return Hurdle(
        level=row["level"],
        path=row["path"],
        number=row["number"],
        leaf=leaf,
        any_of=any_of,
        actual=actual,
        required=row["required"],
        holds=row["leaf_holds"],
        requirement_holds=row["holds"],
    )
