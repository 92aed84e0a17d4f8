"""Which windows are settled, in which order, and which days hang on that. `language.md`, rules 37 to 39.

An incentive is settled in the windows of its `settle`; closing a window settles those incentives alone
whose window it is. Windows are closed in the order in which they end, the shorter before the longer. When a
window is closed and a bonus is due: `programme.payment_days`.
"""

from datetime import date, timedelta

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Finding, Text
from staffel.core.programme.model import Incentive, Programme


class WindowUnknown(ValueError):
    """No window of this name or day is settled. finding: why, and the way out."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.say())
        self.finding = finding


def windows_of(programme: Programme, incentive: Incentive) -> tuple[Span, ...]:
    """The windows in which an incentive is settled, in order."""
    if isinstance(incentive.settle, Span):
        return (incentive.settle,)
    return tuple(programme.calendar.windows(programme.valid, incentive.settle))


def settle_windows(programme: Programme) -> tuple[Span, ...]:
    """Every window that is settled, in the order in which they are closed."""
    found = {window for one in programme.incentives for window in windows_of(programme, one)}
    return tuple(sorted(found, key=_order))


def _order(window: Span) -> tuple[date, int]:
    """By its end; of two that end together the shorter comes first."""
    return window.until, window.days


def settled_in(programme: Programme, window: Span) -> tuple[Incentive, ...]:
    """The incentives that the close of a window settles, in the order of the programme."""
    return tuple(one for one in programme.incentives if window in windows_of(programme, one))


def earlier_windows(programme: Programme, window: Span) -> tuple[Span, ...]:
    """The windows that must be closed before this one."""
    return tuple(one for one in settle_windows(programme) if _order(one) < _order(window))


def settle_window(programme: Programme, which: str | date) -> Span:
    """The window of a name (`2026-Q1`, `2026-03-01..2026-05-31`), or the shortest one around a day.

    Raises WindowUnknown.
    """
    windows = settle_windows(programme)
    if isinstance(which, date):
        around = [window for window in windows if which in window]
        if not around:
            raise WindowUnknown(_unknown(programme, which.isoformat()))
        return min(around, key=lambda window: window.days)
    named = {window_name(programme, window): window for window in windows}
    if which.strip() in named:
        return named[which.strip()]
    try:
        window, _ = programme.calendar.named(which)
    except ValueError as error:
        raise WindowUnknown(_unknown(programme, which[:40])) from error
    if window not in windows:
        raise WindowUnknown(_unknown(programme, which[:40]))
    return window


def window_name(programme: Programme, window: Span) -> str:
    """`2026-Q1`, or first and last day of a window that is none of the calendar's."""
    for unit in Unit:
        if programme.calendar.unit_of(window.start, unit) == window:
            return programme.calendar.name_of(window, unit)
    return f"{window.start}..{window.last_day}"


def _unknown(programme: Programme, which: str) -> Finding:
    names = ", ".join(window_name(programme, window) for window in settle_windows(programme))
    return Finding(
        code="window-unknown",
        reason=Text(
            en=f"{programme.name} settles no window {which}.",
            de=f"{programme.name} rechnet keinen Zeitraum {which} ab.",
        ),
        way_out=Text(en=f"It settles {names}.", de=f"Abgerechnet werden {names}."),
    )


# ------------------------------------------------------------------------------ days


def reports_day(programme: Programme, window: Span) -> date:
    """The last day on which reports of a window are in time."""
    return window.last_day + timedelta(days=programme.close.reports_within)
