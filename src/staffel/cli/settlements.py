"""What was settled for a window: from the very state that its close was made of, or as it would be today."""

from dataclasses import dataclass
from datetime import date

from staffel.cli.call import Refused
from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculate
from staffel.core.engine.facts import current
from staffel.core.engine.settling import WindowUnknown, settle_window
from staffel.core.engine.statements import Statement, statements
from staffel.core.ledger import State, Store, current_state, state_at
from staffel.core.programme.model import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A window and the state it is asked in. closed_on: none while it is open. version: that closed it."""

    window: Span
    state: State
    closed_on: date | None
    version: str


def window_named(programme: Programme, name: str) -> Span:
    """The window that a programme settles under this name. Raises Refused."""
    try:
        return settle_window(programme, name)
    except WindowUnknown as unknown:
        raise Refused((unknown.finding,)) from unknown


def settled(store: Store, programme: Programme, window: Span) -> Settled:
    """Of a closed window the state that its close read; of an open one the newest."""
    newest = current_state(store)
    row = (
        store.duck()
        .execute(
            f"""select state_id, holds_from, version from ({current(newest, "closes")})
                where programme = ? and settle_start = ? and settle_until = ?""",
            [programme.name, window.start, window.until],
        )
        .fetchone()
    )
    if row is None:
        return Settled(window=window, state=newest, closed_on=None, version=programme.version)
    return Settled(window=window, state=state_at(store, row[0]), closed_on=row[1], version=row[2])


def statement_of(programme: Programme, of: Settled, partner: str) -> Statement | None:
    """The statement of one partner; none where it earned nothing and carries nothing."""
    results = calculate(programme, of.state, day=of.window.last_day, partners=[partner], closing=of.window)
    return next((one for one in statements(results) if one.partner_id == partner), None)
