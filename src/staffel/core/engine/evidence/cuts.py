"""The base as it was cut, and what each cut comes to: read from the plan, with the lines of each cut. Rules
30 and 31.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from staffel.core.engine.evidence.figures import (
    Grown,
    given_rest,
    grown_part,
    measured,
    part_above,
    row_node,
    with_rows,
)
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.lines import Asked, Counted
from staffel.core.engine.evidence.node import NOBODY, Kind, Node, Owners, owners_of
from staffel.core.engine.evidence.rates import Whens, grounds_of, is_lump, pays_of
from staffel.core.engine.evidence.sharing import hand_out, priced, weights
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.incentives import Earning
from staffel.core.money import AMOUNT, quotient
from staffel.core.programme.model import GrownPart, Measure, PartAbove, ScaleKind
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part of the base. before, base: without and with what stands before it in a sequence; part: what it
    comes to, exact.
    """

    key: str | None
    flags: tuple[bool, ...]
    before: Decimal
    base: Decimal
    part: Decimal
    lump: Decimal
    rates: dict[tuple[int, int], Decimal]

    def each(self, pays: Sequence[int], step: int) -> Decimal:
        """What a unit of the base is paid by the reached step."""
        return sum((self.rates[step, at] for at in pays), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """The cuts of one incentive for one subject and window, asked and then told.

    asked: the lines of a base that is a sum of rows; base: what is paid on, in its own unit, before anything
    of a sequence; none for lump sums. cuts: once they are read.
    """

    inquiry: Inquiry
    earning: Earning
    whens: Whens
    asked: Asked | None
    base: Draft | None
    cuts: list[Cut] = field(default_factory=list)

    @classmethod
    def ask(cls, inquiry: Inquiry, earning: Earning) -> "Cuts":
        """Asks for cuts and lines."""
        whens, cuts = Whens.ask(inquiry, earning), list[Cut]()
        asked = _lines_of(inquiry, earning)
        base = _base_of(inquiry, earning) if asked is None else _rows_of(inquiry, earning, asked, cuts)
        found = cls(inquiry=inquiry, earning=earning, whens=whens, asked=asked, base=base, cuts=cuts)
        inquiry.later(found._read)
        return found

    # ------------------------------------------------------------------ reading

    def _read(self) -> None:
        flags = [f"x{n}" for n in range(len(self.earning.cut_by))]
        same = [f"c.{one} is not distinct from p.{one}" for one in ("subject", "ask", "key", *flags)]
        query = (
            f"select p.*, c.base as before from parts_{self.earning.name} p "
            f"left join cuts_{self.earning.name} c on {' and '.join(same)} where p.subject = ? and p.ask = ?"
        )
        found = self.inquiry.db.execute(query, [self.inquiry.subject, self.inquiry.at])
        names = [one[0] for one in found.description or ()]
        rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
        self.cuts.extend(sorted((self._cut(row) for row in rows), key=_order))

    def _cut(self, row: dict[str, object]) -> Cut:
        rates = {
            (number, at): Decimal(str(row[f"rate_{number}_{at}"]))
            for number in range(len(self.earning.incentive.scale.steps) + 1)
            for at, _ in enumerate(self.earning.incentive.scale.pays_at(number))
        }
        return Cut(
            key=None if row["key"] is None else str(row["key"]),
            flags=tuple(bool(row[f"x{n}"]) for n in range(len(self.earning.cut_by))),
            base=Decimal(str(row["base"])),
            before=Decimal(str(row["before"] or 0)),
            part=Decimal(str(row["part"])),
            lump=Decimal(str(row["lump"])),
            rates=rates,
        )

    # ------------------------------------------------------------------ telling

    def nodes(self, step: int) -> list[Node]:
        """A node for each cut, all of them parts: its rows, each with what it brought in money."""
        if self.base is None:
            return []
        if self.asked is None:
            base = self.base()
            return [
                self._node(cut, step, (priced(replace(base, adds=True), cut.part, ZERO),))
                for cut in self.cuts
            ]
        rows = [one for one in self.inquiry.lines.rows(self.asked) if one.code == 0]
        return [self._node(cut, step, self._rows(cut, step, rows)) for cut in self.cuts]

    def _rows(self, cut: Cut, step: int, rows: Sequence[Counted]) -> tuple[Node, ...]:
        mine = [row_node(one, Measured.MONEY) for one in rows if (one.key, one.flags) == (cut.key, cut.flags)]
        mine += given_rest(self.inquiry, cut.before, mine)
        shares = hand_out(cut.part, weights(mine, cut.part, self._each(cut, step)), AMOUNT.unit)
        return tuple(replace(one, figure=share) for one, share in zip(mine, shares, strict=True))

    def _members(self) -> Owners:
        return NOBODY if self.asked is None else self.inquiry.members(self.asked.who, self.asked.span)

    def _each(self, cut: Cut, step: int) -> Decimal:
        if not cut.part and cut.base:
            return ZERO
        pays = [at for at, pay in pays_of(self.earning, step) if not is_lump(pay)]
        return cut.each(pays, step)

    def _node(self, cut: Cut, step: int, parts: tuple[Node, ...]) -> Node:
        at_one_rate = self.earning.incentive.scale.kind is ScaleKind.RETROACTIVE or not step
        rate = self._each(cut, step) if at_one_rate or not cut.base else quotient(cut.part, cut.base)
        steps = self.earning.incentive.scale.steps
        asked = self.earning.asked_base()
        unit = None if asked is None else unit_of(self.inquiry.programme, asked[0])
        return Node(
            kind=Kind.CUT,
            form=steps[step - 1] if step else self.earning.incentive.scale,
            figure=cut.part,
            unit=Measured.MONEY,
            owners=owners_of(parts) | self._members(),
            adds=True,
            says={"base": cut.base, "base_unit": unit, "rate": rate, "key": cut.key},
            children=(*parts, *grounds_of(self.whens, step, cut.flags)),
        )


def _lines_of(inquiry: Inquiry, earning: Earning) -> Asked | None:
    """The lines of a base that is a sum of rows; none for any other."""
    asked = earning.asked_base()
    if asked is None or earning.base is None:
        return None
    cells, core, schedule = earning.base
    found = Asked(
        core=core,
        cells=cells,
        who=asked[1].who,
        span=earning.panel.schedules[schedule][inquiry.at],
        cut_by=tuple(earning.cut_by),
        key=earning.incentive.cap_key,
    )
    inquiry.lines.ask(found)
    return found


def _rows_of(inquiry: Inquiry, earning: Earning, asked: Asked, cuts: Sequence[Cut]) -> Draft:
    """A base that is a sum of rows; its cuts are known, so that it needs no figure of its own."""
    measure = _paid_on(earning)
    unit = unit_of(inquiry.programme, measure)

    def tell() -> Node:
        whole = sum((cut.before for cut in cuts), ZERO)
        node = Node(kind=Kind.TAKE, form=measure, figure=whole, unit=unit, window=asked.span)
        return with_rows(node, asked, inquiry)

    return tell


def _paid_on(earning: Earning) -> Measure:
    asked = earning.asked_base()
    assert asked is not None
    return asked[0]


def _base_of(inquiry: Inquiry, earning: Earning) -> Draft | None:
    """Any other base: a count, a growth, a score."""
    asked = earning.asked_base()
    if asked is None:
        return None
    measure, view = asked
    base, figure = earning.incentive.base, inquiry.sheet.ask(sql.column("e.grown"))
    if isinstance(base, PartAbove):
        return part_above(inquiry, base, view, inquiry.sheet.ask(earning.over_of(base)), figure)
    if not isinstance(base, GrownPart):
        return measured(inquiry, measure, view)
    _, driven = earning.asked_driver()
    grown = Grown(growth=earning.growth(), view=driven, of=measure, of_view=view)
    return grown_part(inquiry, grown, figure)


def _order(cut: Cut) -> tuple[bool, str, tuple[bool, ...]]:
    return (cut.key is None, cut.key or "", cut.flags)
