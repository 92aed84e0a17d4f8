"""What a settlement pays, as evidence: entitled, less what was settled, with what was carried. Rules 37 to
39.
"""

from dataclasses import replace
from decimal import Decimal

from staffel.core.engine.calculation import Running
from staffel.core.engine.evidence.amounts import NothingAsked, explain
from staffel.core.engine.evidence.node import Kind, Node, Owners, Particular, owners_of
from staffel.core.engine.statements import PaidPart, Settlement, WindowSum, statements
from staffel.core.programme.model import Form
from staffel.core.sources import Measured

ZERO = Decimal(0)


def explain_payment(running: Running, *, incentive: str, partner: str) -> Node:
    """The tree of what an incentive pays in the settlement that was asked. Raises NothingAsked, NotKept,
    NothingSettled.
    """
    lines = [
        line
        for statement in statements(running.results)
        if statement.partner_id == partner
        for line in statement.lines
        if line.incentive == incentive
    ]
    if not lines:
        raise NothingAsked(incentive, running.results.closing)
    return _payment(running, lines[0], partner)


def _payment(running: Running, line: Settlement, partner: str) -> Node:
    form = running.assembly.programme.incentive(line.incentive)
    windows = [_window(running, line, one, partner) for one in line.windows if _matters(running, one)]
    lost = line.due - line.paid - line.carried_out
    mine = Owners(partner=frozenset((partner,)))
    clause = form.minimum or form
    parts = [
        *windows,
        *_money(Kind.CARRIED_IN, form, line.carried_in, mine),
        *_money(Kind.CARRIED_OUT, clause, -line.carried_out, mine),
        *_money(Kind.FORFEITED, clause, -lost, mine),
    ]
    forms = [_form(form.payout, part, mine) for part in line.parts]
    return Node(
        kind=Kind.PAYMENT,
        form=form,
        figure=line.paid,
        unit=Measured.MONEY,
        window=running.results.closing,
        owners=owners_of(windows) | mine,
        says={
            "due": line.due,
            "due_day": line.due_day,
            "payer": line.payer,
            "minimum": None if form.minimum is None else form.minimum.money,
        },
        children=(*parts, *forms),
    )


def _matters(running: Running, window: WindowSum) -> bool:
    """Whether a window says anything: it adds something, or is the one that is settled."""
    closing = running.results.closing
    settled_now = closing is not None and window.window.start < closing.until <= window.window.until
    return bool(window.entitled or window.settled) or settled_now


def _money(kind: Kind, form: Form, figure: Decimal, owners: Owners) -> list[Node]:
    if not figure:
        return []
    return [Node(kind=kind, form=form, figure=figure, unit=Measured.MONEY, owners=owners, adds=True)]


def _form(payout: Form, part: PaidPart, owners: Owners) -> Node:
    says: dict[str, Particular] = {"form": part.form.value, "use_by": part.use_by}
    if part.claim_by is not None:
        says["claim_by"] = part.claim_by
    if part.payer:
        says["payer"] = part.payer
    return Node(kind=Kind.FORM, form=payout, figure=part.money, unit=Measured.MONEY, owners=owners, says=says)


def _window(running: Running, line: Settlement, window: WindowSum, partner: str) -> Node:
    """What one window adds now: what it entitles to, less what was settled for it."""
    form = running.assembly.programme.incentive(line.incentive)
    mine = Owners(partner=frozenset((partner,)))
    entitled = _entitled(running, line, window, partner)
    parts = (entitled, *_money(Kind.SETTLED, form, -window.settled, mine))
    return Node(
        kind=Kind.WINDOW,
        form=form,
        figure=window.difference,
        unit=Measured.MONEY,
        window=window.window,
        owners=owners_of(parts),
        adds=True,
        children=parts,
    )


def _entitled(running: Running, line: Settlement, window: WindowSum, partner: str) -> Node:
    """The tree of the window; a window that stays as it was settled keeps its figure, the tree stands beside
    it.
    """
    form = running.assembly.programme.incentive(line.incentive)
    mine = Owners(partner=frozenset((partner,)))
    node = Node(
        kind=Kind.ENTITLED, form=form, figure=window.entitled, unit=Measured.MONEY, owners=mine, adds=True
    )
    try:
        tree = explain(running, incentive=line.incentive, partner=partner, window=window.window)
    except NothingAsked:
        return replace(node, note="settled-before")
    if tree.figure == window.entitled:
        return replace(tree, adds=True)
    return replace(node, note="frozen", window=window.window, children=(tree,))
