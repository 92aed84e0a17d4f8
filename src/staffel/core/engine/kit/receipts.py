"""What became of each line of a kit: for every incentive whose base is a sum of rows, the windows in which
the line counted, or the reason for which it did not."""

from collections.abc import Sequence
from datetime import date

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.kit.sheet import Row
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.settling import window_name
from staffel.core.programme.model import Programme
from staffel.core.sources import REASONS

_KEY = ("line_id", "revision", "reverses")
Receipts = dict[str, list[str]]


def receipts_of(running: Running, source: str, rows: Sequence[Row]) -> Receipts:
    """By incentive, for each row in the given order. running: a calculation that kept its lines."""
    found: Receipts = {}
    for name, earning in running.assembly.earnings.items():
        if earning.base is not None and earning.base[1].source == source:
            known = _by_line(running, earning)
            found[name] = [known.get(tuple(row.get(one) for one in _KEY), "") for row in rows]
    return found


def _by_line(running: Running, earning: Earning) -> dict[tuple[object, ...], str]:
    assert earning.base is not None
    cells, core, schedule = earning.base
    number = cells.lines.basis(cells.basis)
    columns = {one: sql.column(f"c.{one}") for one in _KEY}
    spans = list(zip(earning.panel.asks, earning.panel.schedules[schedule], strict=True))
    windows = [(ask.window, span) for ask, span in spans]
    columns |= {"day": sql.column(f"c.day_{number}")}
    # One reason serves all windows, unless it depends on the window.
    asked = [span for _, span in (windows if core.by_window else windows[:1])]
    columns |= {f"reason_{n}": cells.reason(core, span) for n, span in enumerate(asked)}
    query = sql.select(columns, _leveled(earning, number))
    return {
        row[: len(_KEY)]: _said(running.assembly.programme, row[len(_KEY) + 1 :], row[len(_KEY)], windows)
        for row in running.db.execute(query.sql("duckdb")).fetchall()
    }


def _leveled(earning: Earning, number: int) -> exp.Expr:
    """The lines, with the level of the day where the base asks for it."""
    assert earning.base is not None
    lines = earning.base[0].lines.name
    if not earning.leveled:
        return sql.table(lines, "c")
    on = sql.both(
        sql.eq(sql.column("v.subject"), sql.column("l.subject")),
        sql.within(sql.column(f"l.day_{number}"), sql.column("v.start"), sql.column("v.until")),
    )
    query = sql.select(
        {"level": sql.column("v.level")},
        sql.table(lines, "l"),
        joins=[sql.join(sql.table("levels", "v"), on, side="LEFT")],
    )
    every = exp.Column(this=exp.Star(), table=exp.to_identifier("l"))
    query.set("expressions", [every, *query.expressions])
    return sql.subquery(query, "c")


def _said(
    programme: Programme, reasons: Sequence[int], day: object, windows: Sequence[tuple[Span, Span]]
) -> str:
    """The windows in which it counted, by name; the reason for which it counts in none. reasons: of each
    window, or one for all.
    """
    each = reasons if len(reasons) == len(windows) else [*reasons] * len(windows)
    asked = [
        (window, reason)
        for (window, span), reason in zip(windows, each, strict=True)
        if isinstance(day, date) and day in span
    ]
    counted = [window_name(programme, window) for window, reason in asked if not reason]
    failed = [reason for _, reason in asked if reason] or [one for one in each if one]
    return " ".join(counted) or (REASONS[failed[0] - 1] if failed else "")
