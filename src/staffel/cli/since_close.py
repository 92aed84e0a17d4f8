"""What came after the close of a window for one partner, and by which reports and facts."""

from dataclasses import dataclass
from datetime import date

from staffel.cli.explanations import Asked
from staffel.cli.settlements import Settled
from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculation
from staffel.core.engine.changes import FactCause, ReportCause, Side, changes
from staffel.core.engine.late import LateSum, late_sums
from staffel.core.ledger import State


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceClose:
    """late: what moved, by incentive and window; reports, facts: what moved it, the first first.

    state: the one in which it is so.
    """

    late: tuple[LateSum, ...]
    reports: tuple[ReportCause, ...]
    facts: tuple[FactCause, ...]
    state: str


def since_close(asked: Asked, of: Settled, newest: State, day: date) -> SinceClose | None:
    """What is other than it was settled by a close; none where nothing is. day: until which is known."""
    window = asked.window
    if window is None or of.closed_on is None:
        return None
    with calculation(asked.programme, newest, day=day, partners=[asked.partner]) as running:
        late = tuple(one for one in late_sums(running, newest) if _is_asked(one, window, asked.only))
    if not late:
        return None
    last = window.last_day
    before, after = Side(facts=of.state, day=last), Side(facts=newest, day=last)
    moved = changes(asked.programme, before, after, partners=[asked.partner])
    return SinceClose(
        late=late,
        reports=tuple(cause for one in moved for cause in _in_question(one.reports, window)),
        facts=tuple(cause for one in moved for cause in one.facts),
        state=newest.state_id,
    )


def _is_asked(one: LateSum, window: Span, only: str | None) -> bool:
    within = window.start <= one.window.start and one.window.until <= window.until
    return within and only in (None, one.incentive)


def _in_question(reports: tuple[ReportCause, ...], window: Span) -> tuple[ReportCause, ...]:
    """Those with lines of the window; where none has, all: a return is dated later than its sale."""
    mine = [one for one in reports if one.first_day < window.until and window.start <= one.last_day]
    return tuple(sorted(mine or reports, key=lambda one: (one.commit_no, one.report_id)))
