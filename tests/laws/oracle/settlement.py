"""From entitlement to what is paid: rules 37 to 39, 42 (shares), 44 (settled by a firm that merged) and 4
(`next`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from staffel.core.programme.model import (
    Different,
    GroupShare,
    GrownPart,
    Incentive,
    PayForm,
    PayPart,
    Span,
)
from tests.laws.oracle import exact, incentives, rows, windows
from tests.laws.oracle.book import Book, Row, Subject, in_force
from tests.laws.oracle.incentives import Record

Paid = tuple[PayForm, date | None, date | None, str]


@dataclass(frozen=True)
class Statement:
    """What one incentive says to one partner for one settled window.

    due: with what was carried in; paid: split into forms; carried_out: what stays for the next. days: of each
    part its form, the last days to use and to claim it, who pays it, and its sum.
    """

    carried_in: Decimal
    due: Decimal
    paid: Decimal
    carried_out: Decimal
    parts: dict[PayForm, Decimal] = field(default_factory=dict)
    days: dict[Paid, Decimal] = field(default_factory=dict)


# ------------------------------------------------------------ who gets what of a group (rule 42)


def entitled(book: Book, incentive: Incentive, partner: str, window: Span) -> Decimal:
    """What a partner is entitled to for a window; of what groups earned, its shares."""
    if not incentives.is_of_group(incentive):
        subject = Subject("partner", partner)
        if subject not in incentives.subjects_of(book, incentive, window):
            return exact.ZERO
        return incentives.record(book, incentive, subject, window).entitled
    groups = incentives.subjects_of(book, incentive, window)
    return sum(
        (shares(book, incentive, group, window).get(partner, exact.ZERO) for group in groups), exact.ZERO
    )


def shares(book: Book, incentive: Incentive, group: Subject, window: Span) -> dict[str, Decimal]:
    """The coins of each member, by largest remainder, ties to the lower id."""
    return book.once(
        ("shares", incentive.name, group, window), lambda: _shares(book, incentive, group, window)
    )


def _shares(book: Book, incentive: Incentive, group: Subject, window: Span) -> dict[str, Decimal]:
    record: Record = incentives.record(book, incentive, group, window)
    weights = _weights(book, incentive, group, window)
    if not weights:
        return {}
    members = sorted(weights)
    return dict(
        zip(members, exact.shared_out(record.entitled, [weights[one] for one in members]), strict=True)
    )


def _weights(book: Book, incentive: Incentive, group: Subject, window: Span) -> dict[str, Decimal]:
    day = min(book.day, windows.last_day(window))
    members = _members(book, group, windows.cut_at(window, day), day)
    match incentive.earner.share:
        case GroupShare.BY_BASE:
            return dict.fromkeys(members, exact.ZERO) | _bases(book, incentive, group, window)
        case GroupShare.EQUALLY:
            return dict.fromkeys(members, Decimal(1))
        case GroupShare.AGREED:
            return {
                one: sum((row["share"] or exact.ZERO for row in held), exact.ZERO)
                for one, held in members.items()
            }
        case GroupShare.HEAD_OFFICE:
            head = _head_office(book, sorted(members), day)
            return {one: Decimal(one == head) for one in members}
        case None:
            raise AssertionError("how a group shares must be said: check refuses it")


def _members(book: Book, group: Subject, days: Span, day: date) -> dict[str, list[Row]]:
    """Members of the group on the window's last day (or the day asked) who took part on any day of the
    window; if there is none, of the last day before it on which there is one.
    """
    while day >= days.start:
        found = _members_on(book, group, days, day)
        if found:
            return found
        day -= windows.DAY
    return {}


def _members_on(book: Book, group: Subject, days: Span, day: date) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for one, member, row in book.memberships():
        takes_part = any(windows.meets(spell, days) for spell in book.spells(member))
        if one == group.id and in_force(row, day) and takes_part:
            found.setdefault(member, []).append(row)
    return found


def _bases(book: Book, incentive: Incentive, group: Subject, window: Span) -> dict[str, Decimal]:
    """What each member brought to the base, a negative part as 0; of those too that left since."""
    assert incentive.base is not None
    assert not isinstance(incentive.base, GrownPart), "a grown part has no parts of members: check refuses it"
    asked = incentives.question(book, incentive, group, window).base
    take, subject, days = incentives.base_take(book, incentive.base, asked)
    assert not isinstance(take.aggregate, Different), "customers of several members: check refuses it"
    sums: dict[str, Decimal] = {}
    for row in rows.counted(book, take, subject, asked.view, days):
        if days.start <= row.day < days.until:
            member = book.root(row.line.row["partner_id"])
            one = row.amount if hasattr(take.aggregate, "column") else Decimal(1)
            sums[member] = sums.get(member, exact.ZERO) + one
    return {member: max(of, exact.ZERO) for member, of in sums.items()}


def _head_office(book: Book, members: list[str], day: date) -> str | None:
    """The member that other members name as theirs; else the first."""
    named = {
        book.root(head)
        for one in members
        if (head := book.attribute("partners", one, day).get("head_office")) and book.root(head) != one
    }
    return next((one for one in members if one in named), members[0] if members else None)


# ------------------------------------------------------------ settling (rule 39)


def settle_windows(book: Book, incentive: Incentive) -> list[Span]:
    """The windows in which it is settled that meet the days of the programme."""
    if isinstance(incentive.settle, Span):
        return [incentive.settle]
    return windows.units_meeting(book.programme.calendar, book.programme.valid, incentive.settle)


def statement(book: Book, incentive: Incentive, partner: str, settled: Span) -> Statement:
    """What is due for a settled window: all entitlement to date less what was settled before, with the
    carry.
    """
    carried_in = _carried_in(book, incentive, partner, settled)
    open_ = [
        window
        for window in incentives.windows_of(book, incentive)
        if window.start < settled.until and not is_frozen(book, incentive, window, settled)
    ]
    due = carried_in + sum(
        (
            entitled(book, incentive, partner, window)
            - settled_before(book, incentive, partner, window, settled)
            for window in open_
        ),
        exact.ZERO,
    )
    paid, carried_out = _minimum(book, incentive, due, settled)
    days = _split(book, incentive, paid, partner, settled)
    parts: dict[PayForm, Decimal] = {}
    for (form, *_), money in days.items():
        parts[form] = parts.get(form, exact.ZERO) + money
    return Statement(carried_in, due, paid, carried_out, parts, days)


def _earlier(book: Book, incentive: Incentive, partner: str, settled: Span) -> Iterator[Row]:
    """What was settled for this incentive and partner, and for those who became part of it, before this
    window.
    """
    for row in book.ours("settled"):
        theirs = book.root(row["partner_id"]) == partner
        if row["incentive"] == incentive.name and theirs and row["settle_start"] < settled.start:
            yield row


def settled_before(book: Book, incentive: Incentive, partner: str, window: Span, settled: Span) -> Decimal:
    earlier = _earlier(book, incentive, partner, settled)
    return sum((row["amount"] for row in earlier if row["window_start"] == window.start), exact.ZERO)


def is_frozen(book: Book, incentive: Incentive, window: Span, settled: Span) -> bool:
    """A window keeps what was settled for it once its time of reopening was over before this one began, and
    with `late: next` once all of its days were closed before this one.
    """
    until = incentive.late.until
    if until is not None and windows.grace_end(windows.last_day(window), until) < settled.start:
        return True
    if incentive.late.lines != "next":
        return False
    closed = [row for row in book.ours("closes") if row["settle_until"] <= settled.start]
    days = [window.start + windows.DAY * at for at in range(windows.days(window))]
    return all(any(row["settle_start"] <= day < row["settle_until"] for row in closed) for day in days)


def _carried_in(book: Book, incentive: Incentive, partner: str, settled: Span) -> Decimal:
    """What the latest settled window carried out. Of a firm that merged: until its survivor settled a window
    after it.
    """
    earlier = list(_earlier(book, incentive, partner, settled))
    merged = {old: day for day, old, _ in book.merges()}
    carried = exact.ZERO
    for one in sorted({row["partner_id"] for row in earlier}):
        mine = [row for row in earlier if row["partner_id"] == one]
        taken_over = one in merged and any(
            row["partner_id"] == partner and row["settle_until"] > merged[one] for row in earlier
        )
        if not taken_over:
            latest = max(row["settle_start"] for row in mine)
            carried += sum(
                (row["carried"] or exact.ZERO for row in mine if row["settle_start"] == latest), exact.ZERO
            )
    return carried


# ------------------------------------------------------------ minimum and forms (rules 37, 38)


def _minimum(book: Book, incentive: Incentive, due: Decimal, settled: Span) -> tuple[Decimal, Decimal]:
    """(paid, carried out)."""
    minimum = incentive.minimum
    if due < 0:
        return exact.ZERO, due
    if minimum is None or due >= minimum.money:
        return due, exact.ZERO
    if minimum.otherwise == "forfeit":
        return exact.ZERO, exact.ZERO
    if settled == settle_windows(book, incentive)[-1]:
        return (due, exact.ZERO) if minimum.at_end == "pay" else (exact.ZERO, exact.ZERO)
    return exact.ZERO, due


def _split(
    book: Book, incentive: Incentive, paid: Decimal, partner: str, settled: Span
) -> dict[Paid, Decimal]:
    """Into forms by their shares; then a part that is too small is paid in another form. One sum for each
    form and its days.
    """
    choice = incentive.payout.choice
    parts = incentive.payout.parts or (PayPart(share=Decimal(1), form=choice[0]),)
    found: dict[tuple[PayForm, date | None, date | None], Decimal] = {}
    for part, money in zip(parts, exact.shared_out(paid, [part.share for part in parts]), strict=True):
        too_small = part.if_less_than is not None and money < part.if_less_than
        form = part.then if too_small and part.then is not None else part.form
        if incentive.payout.choice:
            form = _chosen_form(book, incentive, partner, settled)
        instead = form != part.form and form is PayForm.MONEY
        used, claimed = (None, None) if instead else _last_days(book, incentive, part, settled)
        persons = incentive.earner.persons
        if persons is not None:
            claimed = windows.grace_end(windows.last_day(settled), persons.within)
        days = (used, claimed)
        found[form, *days] = found.get((form, *days), exact.ZERO) + money
    payers = incentive.payout.payers
    shared: dict[Paid, Decimal] = {}
    for key, money in found.items():
        for payer, share in zip(payers, exact.shared_out(money, [one.share for one in payers]), strict=True):
            who = _chosen(book, partner, settled) if payer.who == "chosen" else payer.who
            shared[(*key, who)] = shared.get((*key, who), exact.ZERO) + share
    return shared


def _chosen_form(book: Book, incentive: Incentive, partner: str, settled: Span) -> PayForm:
    """The form that was chosen, if it may be; else the first."""
    among = incentive.payout.choice
    wanted = _chosen(book, partner, settled, "payout")
    return PayForm(wanted) if wanted in among else among[0]


def _chosen(book: Book, partner: str, settled: Span, name: str = "distributor") -> str:
    """What was chosen by the end of the settled window, with the last enrolment."""
    rows = [
        row
        for row in book.ours("enrolments")
        if book.root(row["partner_id"]) == partner and row["holds_from"] < settled.until
    ]
    last = max(rows, key=lambda row: (row["holds_from"], row["partner_id"] == partner), default=None)
    for pair in ((last or {}).get("choices") or "").split(";"):
        if pair.startswith(f"{name}="):
            return pair.removeprefix(f"{name}=")
    return "not-chosen"


def _last_days(
    book: Book, incentive: Incentive, part: PayPart, settled: Span
) -> tuple[date | None, date | None]:
    """(to use it, to claim it): counted from the window's last day, expiry from the day it is paid."""
    end = windows.last_day(settled)
    used = None if part.use_within is None else windows.grace_end(end, part.use_within)
    claimed = None if part.claim_within is None else windows.grace_end(used or end, part.claim_within)
    if part.expires is not None:
        closed = end + windows.DAY * book.programme.close.settle_after
        due = incentive.payout.due
        assert due is None or due.days_after_close is not None, "no day of the year is drawn"
        paid = closed if due is None else closed + windows.DAY * (due.days_after_close or 0)
        used = windows.grace_end(paid, part.expires)
    return used, claimed
