"""The base as it was cut, and what each cut comes to: read from the plan, with the lines of each cut. Rules
30 and 31.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from staffel.core.engine.evidence.figures import Grown, grown_part, measured, row_node, with_rows
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.lines import Asked, Counted
from staffel.core.engine.evidence.node import NOBODY, Kind, Node, Owners, owners_of
from staffel.core.engine.evidence.rates import Whens, grounds_of, is_lump, pays_of
from staffel.core.engine.evidence.sharing import hand_out, priced, weights
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.incentives import Earning, keyed_caps
from staffel.core.engine.plan.measures import View
from staffel.core.money import AMOUNT, quotient
from staffel.core.programme.model import GrownPart, Measure, ScaleKind
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part of the base. base: after what stands before it in a sequence; part: what it comes to, exact."""

    key: str | None
    flags: tuple[bool, ...]
    base: Decimal
    part: Decimal
    lump: Decimal
    rates: dict[tuple[int, int], Decimal]

    def each(self, pays: Sequence[int], step: int) -> Decimal:
        """What a unit of the base is paid by the reached step."""
        return sum((self.rates[step, at] for at in pays), ZERO)


@dataclass(slots=True)
class Cuts:
    """The cuts of one incentive for one subject and window, asked and then told."""

    inquiry: Inquiry
    earning: Earning
    whens: Whens
    cuts: list[Cut] = field(default_factory=list)
    whole: Decimal = ZERO
    _asked: Asked | None = None
    _base: Draft | None = None

    @classmethod
    def ask(cls, inquiry: Inquiry, earning: Earning) -> "Cuts":
        """Asks for cuts and lines."""
        found = cls(inquiry, earning, Whens.ask(inquiry, earning))
        inquiry.later(found._read)
        found._ask_base()
        return found

    def _ask_base(self) -> None:
        asked = self.earning.asked_base()
        if asked is None:
            return
        measure, view = asked
        if self.earning.base is not None:
            self._base = self._ask_rows(measure, view)
        elif isinstance(self.earning.incentive.base, GrownPart):
            _, driven = self.earning.asked_driver()
            grown = Grown(growth=self.earning.growth(), view=driven, of=measure, of_view=view)
            self._base = grown_part(self.inquiry, grown, self.inquiry.sheet.ask(sql.column("e.grown")))
        else:
            self._base = measured(self.inquiry, measure, view)

    def _ask_rows(self, measure: Measure, view: View) -> Draft:
        """A base that is a sum of rows, whose cuts are known and need no figure of their own."""
        assert self.earning.base is not None
        cells, core, schedule = self.earning.base
        caps = keyed_caps(self.earning.incentive)
        asked = Asked(
            core=core,
            cells=cells,
            who=view.who,
            span=self.earning.panel.schedules[schedule][self.inquiry.at],
            cut_by=tuple(self.earning.cut_by),
            key=caps[0].each if caps else None,
        )
        self._asked = asked
        self.inquiry.lines.ask(asked)
        unit = unit_of(self.inquiry.programme, measure)

        def tell() -> Node:
            node = Node(kind=Kind.TAKE, form=measure, figure=self.whole, unit=unit, window=asked.span)
            return with_rows(node, asked, self.inquiry)

        return tell

    def base(self) -> Node | None:
        """What is paid on, in its own unit, before anything of a sequence; none for lump sums."""
        return None if self._base is None else self._base()

    # ------------------------------------------------------------------ reading

    def _read(self) -> None:
        cuts = f"select coalesce(sum(base), 0) from cuts_{self.earning.name} where subject = ? and ask = ?"
        whole = self.inquiry.db.execute(cuts, [self.inquiry.subject, self.inquiry.at]).fetchone()
        self.whole = Decimal(str(whole[0])) if whole else ZERO
        query = f"select * from parts_{self.earning.name} where subject = ? and ask = ?"
        found = self.inquiry.db.execute(query, [self.inquiry.subject, self.inquiry.at])
        names = [one[0] for one in found.description or ()]
        self.cuts = sorted(
            (self._cut(dict(zip(names, row, strict=True))) for row in found.fetchall()), key=_order
        )

    def _cut(self, row: dict[str, object]) -> Cut:
        rates = {
            (number, at): Decimal(str(row[f"rate_{number}_{at}"]))
            for number, step in enumerate(self.earning.incentive.scale.steps, start=1)
            for at, _ in enumerate(step.pays)
        }
        return Cut(
            key=None if row["key"] is None else str(row["key"]),
            flags=tuple(bool(row[f"x{n}"]) for n in range(len(self.earning.cut_by))),
            base=Decimal(str(row["base"])),
            part=Decimal(str(row["part"])),
            lump=Decimal(str(row["lump"])),
            rates=rates,
        )

    # ------------------------------------------------------------------ telling

    def nodes(self, step: int) -> list[Node]:
        """A node for each cut, all of them parts: its rows, each with what it brought in money."""
        if self._base is None:
            return []
        if self._asked is None:
            base = self._base()
            return [
                self._node(cut, step, (priced(replace(base, adds=True), cut.part, ZERO),))
                for cut in self.cuts
            ]
        rows = [one for one in self.inquiry.lines.rows(self._asked) if one.code == 0]
        return [self._node(cut, step, self._rows(cut, step, rows)) for cut in self.cuts]

    def _rows(self, cut: Cut, step: int, rows: Sequence[Counted]) -> tuple[Node, ...]:
        mine = [row_node(one, Measured.MONEY) for one in rows if (one.key, one.flags) == (cut.key, cut.flags)]
        shares = hand_out(cut.part, weights(mine, cut.part, self._each(cut, step)), AMOUNT.unit)
        return tuple(replace(one, figure=share) for one, share in zip(mine, shares, strict=True))

    def _members(self) -> Owners:
        return NOBODY if self._asked is None else self.inquiry.members(self._asked.who, self._asked.span)

    def _each(self, cut: Cut, step: int) -> Decimal:
        if not cut.part and cut.base:
            return ZERO
        pays = [at for at, pay in pays_of(self.earning, step) if not is_lump(pay)]
        return cut.each(pays, step) if step else ZERO

    def _node(self, cut: Cut, step: int, parts: tuple[Node, ...]) -> Node:
        marginal = self.earning.incentive.scale.kind is ScaleKind.MARGINAL
        rate = quotient(cut.part, cut.base) if marginal and cut.base else self._each(cut, step)
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


def _order(cut: Cut) -> tuple[bool, str, tuple[bool, ...]]:
    return (cut.key is None, cut.key or "", cut.flags)
