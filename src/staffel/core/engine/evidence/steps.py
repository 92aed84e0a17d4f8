"""The step that a driver reaches, as evidence: where it starts, where the next one does, what is missing.
Rules 20 to 23.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from staffel.core.engine.evidence.conditions import held
from staffel.core.engine.evidence.figures import measured
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.node import Kind, Node, Particular
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.incentives import Earning
from staffel.core.money import MONEY
from staffel.core.programme.model import Cases, Condition, Form, Scale, ScaleKind, Step
from staffel.core.programme.units import unit_of

ZERO = Decimal(0)


def stepped(inquiry: Inquiry, earning: Earning) -> Draft:
    """The driver, and the step that it reaches; of a marginal scale every step's part."""
    scale = earning.incentive.scale
    names = ("driver", "step", "driver_num", "driver_den")
    driver, step, num, den = (inquiry.sheet.ask(sql.column(f"e.{one}")) for one in names)
    starts = [inquiry.sheet.ask(sql.column(f"e.start_{n}")) for n, _ in enumerate(scale.steps, start=1)]
    tables = [_table(inquiry, step) for step in scale.steps if isinstance(step.start, Cases)]
    measure, view = earning.asked_driver()
    draft = measured(inquiry, measure, view)
    unit = unit_of(inquiry.programme, measure)

    def tell() -> Node:
        below = draft()
        begins = [one.figure for one in starts]
        whole = None if den.figure is None else _short(den.figure)
        parts: tuple[Node, ...] = ()
        if scale.kind is ScaleKind.MARGINAL and whole is None and driver.figure is not None and step.number:
            parts = tuple(_parts(scale, driver.figure, begins))
        reached = scale.steps[step.number - 1] if step.number else scale
        return Node(
            kind=Kind.STEP,
            form=reached,
            figure=None if num.figure is None else _short(num.figure),
            whole=whole,
            unit=unit,
            window=below.window,
            owners=below.owners,
            says=_said(step.number, driver.figure, begins),
            children=(*parts, below, *(found for table in tables for found in table())),
        )

    return tell


def _table(inquiry: Inquiry, step: Step) -> Callable[[], tuple[Node, ...]]:
    """The row of a table from which a step starts, with what makes it hold."""
    assert isinstance(step.start, Cases)
    table = step.start
    top = inquiry.measures.top
    asked = [(row, held(inquiry, cast("Condition", row.when), top)) for row in table.rows]

    def tell() -> tuple[Node, ...]:
        for row, draft in asked:
            why = draft()
            if why.holds:
                return (Node(kind=Kind.CASE, form=row, figure=row.use, holds=True, children=(why,)),)
        rest = table.otherwise
        return () if rest is None else (Node(kind=Kind.CASE, form=table, figure=rest, holds=True),)

    return tell


def _short(figure: Decimal) -> Decimal:
    """Without the places that a figure of its kind does not need."""
    cut = figure.quantize(MONEY.unit)
    return cut if cut == figure else figure


def _said(step: int, driver: Decimal | None, begins: Sequence[Decimal | None]) -> dict[str, Particular]:
    following = next((one for one in begins[step:] if one is not None), None)
    missing = None if following is None or driver is None else following - driver
    start = begins[step - 1] if step else None
    return {"step": step, "steps": len(begins), "start": start, "next": following, "missing": missing}


def _parts(scale: Scale, driver: Decimal, starts: Sequence[Decimal | None]) -> list[Node]:
    """What of the driver lies in each step, and what below the first."""
    begins = [one or ZERO for one in starts]
    endless = begins[0] == ZERO
    below = ZERO if endless else min(driver, begins[0])
    found = [_part(scale, below, 0)] if below else []
    for number, (step, start) in enumerate(zip(scale.steps, begins, strict=True), start=1):
        upper = min(driver, begins[number]) if number < len(begins) else driver
        inside = upper - start
        if inside > ZERO or (number == 1 and endless):
            found.append(_part(step, inside, number))
    return found


def _part(form: Form, figure: Decimal, number: int) -> Node:
    return Node(kind=Kind.STEP_PART, form=form, figure=_short(figure), adds=True, says={"step": number})
