"""The receipt of a line: per incentive and role counted, or not, for exactly one reason of the closed
list. `language.md`, 4.

A row that counts in several windows, or in several Takes of one role, has a receipt for each. What it
moved is exact money, and coins by largest remainder, out of the very tree that explains the amount, so
that receipts and evidence agree.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.evidence.amounts import AmountQuestion, NothingAsked
from staffel.core.engine.evidence.figures import NO_MEMBER, parted
from staffel.core.engine.evidence.inquiry import Inquiry, ask_on
from staffel.core.engine.evidence.lines import Counted
from staffel.core.engine.evidence.node import NOBODY, Kind, Node, Owners
from staffel.core.engine.evidence.roles import Role, RoleTake, numbered, takes_in, takes_of_earning
from staffel.core.engine.plan.cores import conjuncts, reads_level, reads_window, reasons_of
from staffel.core.engine.plan.incentives import Earning
from staffel.core.findings import NOWHERE, Place
from staffel.core.programme.model import Filter, Form, Incentive
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured

ZERO = Decimal(0)
Verdict = Literal["counted", "not-counted", "other-window"]
_AFTER_COUNTING = ("gate-not-met", "no-figure", "below-first-step")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a row for one Take. incentive: empty for a level's requirement.

    window: the asker's; days: those that the Take looks at; day: the row's that picks. figure: what it
    counts as, in `unit`, or would have. moved: exact money, positive or negative; coins: its part of what
    is printed. clause: where the reason stands. notes: beside *counted*; `no-member` where the row is
    not enrolled for its partner belongs to no group asked.
    """

    source: str
    line_id: str
    revision: int
    incentive: str
    level: str
    path: str
    role: Role
    number: int
    window: Span
    days: Span
    day: date
    verdict: Verdict
    reason: str = ""
    clause: Place = NOWHERE
    form: Form
    figure: Decimal
    unit: Measured | None
    step: int | None = None
    rate: Decimal | None = None
    factors: tuple[Decimal, ...] = ()
    key: str | None = None
    moved: Decimal | None = None
    coins: Decimal | None = None
    notes: tuple[str, ...] = ()
    owners: Owners = NOBODY


def receipts(
    running: Running,
    *,
    partner: str,
    line_id: str | None = None,
    incentive: str | None = None,
    window: Span | None = None,
) -> list[Receipt]:
    """The receipts of a partner's rows, or of one line, sorted. Raises NothingAsked for an unknown
    incentive, and NotKept.

    window: of the incentives asked; a line that lies in none of them is told to lie in another. Levels
    are asked on the day.
    """
    if incentive is not None and incentive not in running.assembly.earnings:
        raise NothingAsked(incentive, window)
    found: list[Receipt] = []
    for name, earning in sorted(running.assembly.earnings.items()):
        if incentive in (None, name):
            found += _of_incentive(running, earning, partner, line_id, window)
    if incentive is None:
        found += _of_levels(running, partner, line_id)
    return sorted(found, key=_order)


def one_a_line(found: Sequence[Receipt]) -> list[Receipt]:
    """Of each line, for each that asks for it, what became of the revision that stands; or once, at nothing,
    that it was taken back. Earlier revisions are its history.
    """
    newest: dict[tuple[object, ...], int] = {}
    for one in found:
        newest[_asking(one)] = max(newest.get(_asking(one), 0), one.revision)
    told: dict[tuple[object, ...], Receipt] = {}
    for at, one in enumerate(found):
        if one.revision == newest[_asking(one)]:
            taken_back = one.reason == "withdrawn"
            key = (*_asking(one), one.window, one.days) if taken_back else (at,)
            told.setdefault(key, replace(one, figure=ZERO) if taken_back else one)
    return list(told.values())


def _asking(one: Receipt) -> tuple[object, ...]:
    return (one.source, one.line_id, one.incentive, one.level, one.path, one.role, one.number)


def _order(one: Receipt) -> tuple[object, ...]:
    return (
        one.source,
        one.line_id,
        one.revision,
        one.incentive,
        one.window,
        list(Role).index(one.role),
        one.number,
        one.level,
        one.path,
    )


# ------------------------------------------------------------------------------------------- incentives


def _of_incentive(
    running: Running, earning: Earning, partner: str, line_id: str | None, window: Span | None
) -> list[Receipt]:
    found: list[Receipt] = []
    for at, ask in enumerate(earning.panel.asks):
        if window in (None, ask.window):
            several = [
                _of_window(running, earning, subject, at, partner, line_id)
                for subject in _subjects(running, earning, partner)
            ]
            found += several[0] if len(several) == 1 else _best_of(several)
    rows = [one for one in found if line_id in (None, one.line_id)]
    return _once_elsewhere(rows)


def _best_of(several: Sequence[Sequence[Receipt]]) -> list[Receipt]:
    """Of a row's receipts from several groups the one of the group that it belonged to."""
    best: dict[tuple[object, ...], Receipt] = {}
    for one in (one for rows in several for one in rows):
        known = best.get(_place(one))
        if known is None or (known.reason == "not-enrolled" and one.reason != "not-enrolled"):
            best[_place(one)] = one
    return list(best.values())


def _once_elsewhere(rows: Sequence[Receipt]) -> list[Receipt]:
    """That a row lies in another window is said only where none of those asked holds it, and once."""
    held = {_place(one) for one in rows if one.verdict != "other-window"}
    found = []
    for one in rows:
        if one.verdict == "other-window":
            if _place(one) in held:
                continue
            held.add(_place(one))
        found.append(one)
    return found


def _place(one: Receipt) -> tuple[object, ...]:
    return (one.source, one.line_id, one.revision, one.role, one.number)


def _subjects(running: Running, earning: Earning, partner: str) -> list[str]:
    """The partner; where a group earns, its groups, or nobody's where it belongs to none."""
    if not earning.panel.group:
        return [partner]
    query = "select distinct grp from members where subject = ? order by all"
    return [str(row[0]) for row in running.db.execute(query, [partner]).fetchall()] or [""]


def _of_window(
    running: Running, earning: Earning, subject: str, at: int, partner: str, line_id: str | None
) -> list[Receipt]:
    question = AmountQuestion.ask(running, earning, subject, at, (partner, line_id))
    inquiry = question.inquiry
    takes = takes_of_earning(inquiry, earning)
    for one in takes:
        inquiry.lines.ask(one.asked)
    inquiry.read()
    told = _Told.of(question, running, partner)
    found = []
    for one in takes:
        for row, reason in _verdicts(inquiry, one, partner):
            found.append(told.receipt(_plain(inquiry, one, row, reason, earning.incentive)))
        if line_id is not None:
            found += _elsewhere(inquiry, one, earning, partner)
    return found


def _verdicts(inquiry: Inquiry, one: RoleTake, partner: str) -> Iterator[tuple[Counted, str]]:
    """The partner's rows in the days of a Take, each with its reason; none where it counts."""
    counted, left_out = parted(one.asked, inquiry.lines.rows(one.asked))
    verdicts = [*((row, "") for row in counted), *((row, reason) for reason, row in left_out)]
    yield from (one for one in verdicts if one[0].row.subject == partner)


def _plain(
    inquiry: Inquiry, one: RoleTake, row: Counted, reason: str, incentive: Incentive | None
) -> Receipt:
    return Receipt(
        source=row.row.source,
        line_id=row.row.line_id,
        revision=row.row.revision,
        incentive="" if incentive is None else incentive.name,
        level="",
        path="",
        role=one.role,
        number=one.number,
        window=inquiry.window,
        days=one.asked.span,
        day=row.day or row.row.main_day,
        verdict="not-counted" if reason else "counted",
        reason=reason,
        clause=_clause(one, reason),
        form=one.take,
        figure=row.amount,
        unit=unit_of(inquiry.programme, one.take),
        key=row.key,
        notes=(NO_MEMBER,) if row.outsider and reason else (),
        owners=row.row.owners,
    )


def _clause(one: RoleTake, reason: str) -> Place:
    """The part of the filter that left the row out; else the Take."""
    for part in conjuncts(one.asked.core.where):
        if reason in _reasons(part):
            return part.place if part.place != NOWHERE else one.take.place
    return one.take.place


def _reasons(part: Filter) -> tuple[str, ...]:
    if reads_level(part):
        return ("level-that-day",)
    return ("history",) if reads_window(part) else reasons_of(part)


def _elsewhere(inquiry: Inquiry, one: RoleTake, earning: Earning, partner: str) -> Iterator[Receipt]:
    """Rows of the partner that were read for other days than these."""
    for row in inquiry.lines.beside(one.asked):
        if row.row.subject == partner:
            plain = _plain(inquiry, one, row, "", earning.incentive)
            yield replace(plain, verdict="other-window")


# ------------------------------------------------------------------------------------------- what a row moved


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """A leaf of an amount's tree, with what it stands under."""

    exact: Decimal
    coins: Decimal
    step: int
    rate: Decimal | None
    factors: tuple[Decimal, ...]
    capped: bool


@dataclass(slots=True)
class _Told:
    """An amount's tree, asked row by row. note: the reason for which the whole pays nothing."""

    earning: Earning
    tree: Node
    notes: tuple[str, ...]
    undone: Callable[[str], tuple[str, ...]]
    moved: dict[tuple[Role, str, int], _Moved] = field(default_factory=dict)

    @classmethod
    def of(cls, question: AmountQuestion, running: Running, partner: str) -> "_Told":
        """Reads the leaves of a tree."""
        earning, tree = question.earning, question.tell()
        notes = _settled(running, earning, partner)
        found = cls(earning=earning, tree=tree, notes=notes, undone=question.inquiry.lines.undone)
        step = next((one.says["step"] for one in tree.grounds if one.kind is Kind.STEP), 0)
        start = _Moved(exact=ZERO, coins=ZERO, step=int(str(step)), rate=None, factors=(), capped=False)
        found._walk(tree, start, Role.BASE)
        return found

    def _walk(self, node: Node, under: _Moved, role: Role) -> None:
        capped = under.capped or any(one.kind is Kind.CAP for one in node.parts)
        under = replace(under, capped=capped)
        if node.kind is Kind.CUT:
            held = [one.figure for one in node.grounds if one.kind is Kind.FACTOR and one.holds]
            rate = node.says["rate"]
            under = replace(
                under,
                rate=rate if isinstance(rate, Decimal) else None,
                factors=tuple(one for one in held if one is not None),
            )
        if node.kind is Kind.BASELINE:
            role = Role.BASELINE
        if node.kind is Kind.ROW:
            self._add(node, under, role)
        for part in node.parts:
            self._walk(part, under, role)

    def _add(self, row: Node, under: _Moved, role: Role) -> None:
        key = (role, str(row.says["line_id"]), int(str(row.says["revision"])))
        before = self.moved.get(key, under)
        self.moved[key] = replace(
            under, exact=before.exact + (row.figure or ZERO), coins=before.coins + (row.coins or ZERO)
        )

    def receipt(self, plain: Receipt) -> Receipt:
        """With what the row moved; a base that pays nothing says why."""
        if plain.role not in (Role.BASE, Role.BASELINE) or plain.verdict != "counted":
            return plain
        if plain.role is Role.BASE and self.tree.note in _AFTER_COUNTING:
            return replace(plain, verdict="not-counted", reason=self.tree.note, clause=self._why())
        moved = self.moved.get((plain.role, plain.line_id, plain.revision))
        if moved is None:
            return plain
        undone = [f"undone-by:{one}" for one in self.undone(plain.line_id)]
        return replace(
            plain,
            step=moved.step,
            rate=moved.rate,
            factors=moved.factors,
            moved=moved.exact,
            coins=moved.coins,
            notes=(*(("capped",) if moved.capped else ()), *undone, *self.notes),
        )

    def _why(self) -> Place:
        """The clause for which nothing is paid."""
        incentive = self.earning.incentive
        match self.tree.note:
            case "gate-not-met":
                place = incentive.gate.place
            case "no-figure":
                place = self.earning.driver_measure().place
            case _:
                place = incentive.scale.place
        return place if place != NOWHERE else incentive.place


def _settled(running: Running, earning: Earning, partner: str) -> tuple[str, ...]:
    """Whether the settlement that was asked carries what the incentive comes to, or lets it go."""
    due = running.results.tables.get("due")
    if due is None or running.results.closing is None:
        return ()
    for row in running.results.rows("due"):
        if (row["incentive"], row["partner_id"]) == (earning.incentive.name, partner):
            carried, due_, paid = (Decimal(str(row[name])) for name in ("carried_out", "due", "paid"))
            notes = (("carried",) if carried else ()) + (("forfeited",) if due_ - paid - carried else ())
            return notes
    return ()


# ------------------------------------------------------------------------------------------- levels


def _of_levels(running: Running, partner: str, line_id: str | None) -> list[Receipt]:
    """A row and every requirement of every level, on the day asked."""
    assembly = running.assembly
    if assembly.ladder is None or assembly.ladder_panel is None or assembly.ladder_conditions is None:
        return []
    at = ask_on(assembly.ladder_panel, assembly.asking.day)
    if at is None:
        return []
    inquiry = Inquiry.of(running, assembly.ladder_conditions, partner, at, receipt=(partner, None))
    asked: list[tuple[str, str, RoleTake]] = []
    for level in assembly.ladder.levels:
        for path in level.paths:
            takes = [
                one
                for requirement in path.requirements
                for one in takes_in(inquiry, requirement, inquiry.measures.top, Role.REQUIREMENT)
            ]
            asked += [(level.name, path.name, one) for one in numbered(takes)]
    for _, _, one in asked:
        inquiry.lines.ask(one.asked)
    inquiry.read()
    return [
        replace(_plain(inquiry, one, row, reason, None), level=level, path=path)
        for level, path, one in asked
        for row, reason in _verdicts(inquiry, one, partner)
        if line_id in (None, row.row.line_id)
    ]
