"""What a rate was made of: the step's pays, the row of a table that was taken, the factors that act. Rules
31 to 33.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from staffel.core.engine.evidence.conditions import held
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.node import Kind, Node
from staffel.core.engine.evidence.sheet import Answer
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.incentives import Earning
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import Add, Cases, Condition, Filter, Lump, Pay, Percent
from staffel.core.sources import Measured

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whens:
    """What the `when`s of an incentive say: of the subject as asked here, of a row by the flags of its
    cut.
    """

    earning: Earning
    answers: list[Answer] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    @classmethod
    def ask(cls, inquiry: Inquiry, earning: Earning) -> "Whens":
        """Asks those of the subject."""
        found = cls(earning=earning)
        for number, condition in enumerate(earning.asked):
            found.answers.append(inquiry.sheet.ask(sql.column(f"e.y{number}")))
            found.drafts.append(held(inquiry, condition, inquiry.measures.top))
        return found

    def holds(self, when: "Filter | Condition", flags: Sequence[bool]) -> bool:
        """Whether it holds, for rows of a cut."""
        if is_filter(when):
            return flags[self.earning.cut_by.index(when)]
        return self.answers[self.earning.asked.index(when)].holds

    def evidence(self, when: "Filter | Condition") -> tuple[Node, ...]:
        """Why a condition of the subject holds; a row's filter needs none."""
        if is_filter(when):
            return ()
        return (self.drafts[self.earning.asked.index(when)](),)


def pays_of(earning: Earning, step: int) -> list[tuple[int, Pay]]:
    """The pays of a step, with their place in it; 0: what is paid below the first."""
    return list(enumerate(earning.incentive.scale.pays_at(step)))


def grounds_of(whens: Whens, step: int, flags: Sequence[bool]) -> tuple[Node, ...]:
    """The rows of tables that were taken, and the factors."""
    cases = [node for _, pay in pays_of(whens.earning, step) for node in _case(whens, pay, flags)]
    return (*cases, *(_factor(whens, at, flags) for at in range(len(whens.earning.incentive.adjust))))


def _case(whens: Whens, pay: Pay, flags: Sequence[bool]) -> list[Node]:
    """The row taken, and as a ground the first row that would pay more."""
    table = pay.rate if isinstance(pay, Percent) else pay.money
    if not isinstance(table, Cases):
        return []
    unit = Measured.SHARE if isinstance(pay, Percent) else Measured.MONEY
    taken = next((row for row in table.rows if whens.holds(row.when, flags)), None)
    use = taken.use if taken is not None else table.otherwise or ZERO
    more = next((row for row in table.rows if row.use > use), None)
    better = (
        () if more is None else (Node(kind=Kind.CASE, form=more, figure=more.use, unit=unit, holds=False),)
    )
    return [Node(kind=Kind.CASE, form=taken or table, figure=use, unit=unit, holds=True, children=better)]


def _factor(whens: Whens, at: int, flags: Sequence[bool]) -> Node:
    one = whens.earning.incentive.adjust[at]
    if isinstance(one, Add):
        return Node(
            kind=Kind.ADDED,
            form=one,
            figure=one.rate,
            unit=Measured.SHARE,
            holds=whens.holds(one.when, flags),
            children=whens.evidence(one.when),
        )
    return Node(
        kind=Kind.FACTOR,
        form=one,
        figure=one.factor,
        unit=Measured.FACTOR,
        holds=whens.holds(one.when, flags),
        children=whens.evidence(one.when),
    )


def is_lump(pay: Pay) -> bool:
    """Whether a pay needs no base."""
    return isinstance(pay, Lump)
