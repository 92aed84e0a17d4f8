"""What a partner is entitled to, as evidence: from the coins through caps, cuts and rates down to the rows.
Rule 30.

The parts of an amount are money; its grounds are the gate, the step, the base and what stands before it in a
sequence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.evidence.conditions import held
from staffel.core.engine.evidence.cuts import Cuts
from staffel.core.engine.evidence.figures import NO_MEMBER
from staffel.core.engine.evidence.inquiry import Draft, Inquiry, Receipted
from staffel.core.engine.evidence.node import Kind, Node, Owners, Particular, owners_of
from staffel.core.engine.evidence.sharing import with_coins
from staffel.core.engine.evidence.sheet import Answer
from staffel.core.engine.evidence.steps import stepped
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.plan.statement import slug
from staffel.core.money import coin_of
from staffel.core.programme.model import ALWAYS, Cap, Floor, ScaleKind
from staffel.core.sources import Measured

ZERO = Decimal(0)
_ASKED = ("a.coins", "a.exact", "a.uncapped", "e.step", "e.gate", "e.driver")


class NothingAsked(ValueError):
    """The calculation has no such incentive, or none with such a window. incentive, window: what was
    asked.
    """

    def __init__(self, incentive: str, window: Span | None) -> None:
        days = "" if window is None else f" from {window.start} until {window.until}"
        super().__init__(f"nothing was computed for {incentive}{days}")
        self.incentive = incentive
        self.window = window


def explain(running: Running, *, incentive: str, partner: str, window: Span) -> Node:
    """The tree of what a partner is entitled to for a window. Raises NothingAsked, and NotKept."""
    earning = running.assembly.earnings.get(incentive)
    asks = [] if earning is None else [ask.window for ask in earning.panel.asks]
    if earning is None or window not in asks:
        raise NothingAsked(incentive, window)
    at = asks.index(window)
    if earning.panel.group:
        return _share_of_group(running, earning, partner, at)
    return amount_of(running, earning, partner, at)


def amount_of(running: Running, earning: Earning, subject: str, at: int) -> Node:
    """What one subject earned, itself a group or not."""
    question = AmountQuestion.ask(running, earning, subject, at)
    question.inquiry.read()
    return question.tell()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountQuestion:
    """All that is asked about an amount."""

    inquiry: Inquiry
    earning: Earning
    cuts: Cuts
    step: Draft
    gate: Draft
    before: list[tuple[str, Answer]]
    answers: dict[str, Answer]

    @classmethod
    def ask(
        cls, running: Running, earning: Earning, subject: str, at: int, receipt: Receipted | None = None
    ) -> "AmountQuestion":
        """Asks; `inquiry.read` reads it."""
        joined = {"e": f"earning_{earning.name}", "a": f"amounts_{earning.name}"}
        joined |= {f"b{n}": f"amounts_{slug(name)}" for n, name in enumerate(earning.before)}
        inquiry = Inquiry.of(running, earning.conditions, subject, at, joined, receipt)
        return cls(
            inquiry=inquiry,
            earning=earning,
            cuts=Cuts.ask(inquiry, earning),
            step=stepped(inquiry, earning),
            gate=held(inquiry, earning.incentive.gate, inquiry.measures.top),
            before=[
                (name, inquiry.sheet.ask(sql.column(f"b{n}.exact"))) for n, name in enumerate(earning.before)
            ],
            answers={one: inquiry.sheet.ask(sql.column(one)) for one in _ASKED},
        )

    def money(self, name: str) -> Decimal:
        """An answer in money; nothing where there is none."""
        return self.answers[name].figure or ZERO

    # ------------------------------------------------------------------ telling

    def tell(self) -> Node:
        """The tree, once all is read."""
        node = Node(
            kind=Kind.ENTITLED,
            form=self.earning.incentive,
            figure=self.money("a.coins"),
            unit=Measured.MONEY,
            window=self.inquiry.window.cut(self.inquiry.day),
        )
        if not self.inquiry.sheet.found:
            mine = Owners(partner=frozenset((self.inquiry.subject,)))
            return replace(node, coins=ZERO, owners=mine, note="not-enrolled")
        parts = self._parts(self.answers["e.step"].number)
        children = (*parts, *self._grounds())
        tree = replace(node, note=self._note(), owners=owners_of(parts), children=children)
        return with_coins(tree, self.money("a.coins"), _coin(self.inquiry.programme.currency))

    def _note(self) -> str:
        """The reason for which nothing is paid, if one holds."""
        if not self.answers["e.gate"].holds:
            return "gate-not-met"
        if self.answers["e.driver"].figure is None:
            return "no-figure"
        paid = self.answers["e.step"].number or self.earning.incentive.scale.below
        return "" if paid else "below-first-step"

    def _parts(self, step: int) -> tuple[Node, ...]:
        exact, coins = self.money("a.exact"), self.money("a.coins")
        earned = self._earned(exact, step)
        if coins == exact:
            return (earned,)
        says = {"exact": exact, "printed": coins}
        rounding = Node(
            kind=Kind.ROUNDING,
            form=self.earning.incentive.round,
            figure=coins - exact,
            unit=Measured.MONEY,
            adds=True,
            says=says,
        )
        return (earned, rounding)

    def _earned(self, exact: Decimal, step: int) -> Node:
        caps = self.earning.incentive.caps_by_key
        cuts = self.cuts.nodes(step)
        parts = _by_key(cuts, caps) if caps else cuts
        lump = max((cut.lump for cut in self.cuts.cuts), default=ZERO)
        if lump:
            parts = [*parts, self._lump(lump, step)]
        before = self.money("a.uncapped")
        floor = self.earning.incentive.floor
        if floor and ZERO < before < floor.money:
            parts = [*parts, _floor(floor, before)]
            before = floor.money
        whole = self.earning.incentive.caps_of_whole
        if whole and exact != before:
            lowest = min(whole, key=lambda cap: cap.money)
            parts = [*parts, _cap(lowest, before, exact, None)]
        return Node(
            kind=Kind.EARNED,
            form=self.earning.incentive,
            figure=exact,
            unit=Measured.MONEY,
            owners=owners_of(parts),
            adds=True,
            children=tuple(parts),
        )

    def _lump(self, lump: Decimal, step: int) -> Node:
        """A lump sum; of an increment with how many times it is paid (rule 25)."""
        scale = self.earning.incentive.scale
        says: dict[str, Particular] = {}
        if scale.kind is ScaleKind.INCREMENT and step:
            each = self.cuts.cuts[0].each(range(len(scale.steps[step - 1].pays)), step)
            says = {"times": int(lump / each), "each": each}
        form = scale.steps[step - 1] if step else scale
        return Node(kind=Kind.LUMP, form=form, figure=lump, unit=Measured.MONEY, adds=True, says=says)

    def _grounds(self) -> tuple[Node, ...]:
        grounds = []
        if self.earning.incentive.gate != ALWAYS:
            gate = self.gate()
            form = self.earning.incentive.gate
            grounds.append(
                Node(kind=Kind.GATE, form=form, holds=gate.holds, owners=gate.owners, children=(gate,))
            )
        grounds.append(self.step())
        base = None if self.cuts.base is None else self.cuts.base()
        if base is not None and self.earning.incentive.driver is not None:
            grounds.append(base)
        for name, answer in self.before:
            form_of = self.inquiry.programme.incentive(name)
            grounds.append(
                Node(kind=Kind.BEFORE, form=form_of, figure=answer.figure or ZERO, unit=Measured.MONEY)
            )
        return tuple(grounds)


def _by_key(cuts: Sequence[Node], caps: Sequence[Cap]) -> list[Node]:
    """Cuts under the value of their key, each held to the cap."""
    found = []
    for key, group in groupby(cuts, key=lambda one: one.says["key"]):
        mine = tuple(group)
        before = sum((one.figure or ZERO for one in mine), ZERO)
        lowest = min(caps, key=lambda cap: cap.money)
        after = min(before, lowest.money)
        parts = mine if after == before else (*mine, _cap(lowest, before, after, key and str(key)))
        found.append(
            Node(
                kind=Kind.KEY,
                form=lowest,
                figure=after,
                unit=Measured.MONEY,
                owners=owners_of(mine),
                adds=True,
                says={"key": key},
                children=parts,
            )
        )
    return found


def _floor(floor: Floor, before: Decimal) -> Node:
    figure, says = floor.money - before, {"before": before, "at_least": floor.money}
    return Node(kind=Kind.FLOOR, form=floor, figure=figure, unit=Measured.MONEY, adds=True, says=says)


def _cap(cap: Cap, before: Decimal, after: Decimal, key: str | None) -> Node:
    says = {"before": before, "after": after, "at_most": cap.money, "key": key}
    return Node(kind=Kind.CAP, form=cap, figure=after - before, unit=Measured.MONEY, adds=True, says=says)


def _coin(currency: str) -> Decimal:
    return Decimal(1).scaleb(-coin_of(currency))


# --------------------------------------------------------------------------------- a group's share (rule 42)


def _share_of_group(running: Running, earning: Earning, partner: str, at: int) -> Node:
    """A member's part of what its group earned, with the group's own tree and the other members' parts as
    grounds.
    """
    window = earning.panel.asks[at].window
    mine_too = "select grp from entitled where incentive = ? and window_start = ? and partner_id = ?"
    query = (
        "select grp, partner_id, coins from entitled where incentive = ? and window_start = ? "
        f"and grp in ({mine_too}) order by all"
    )
    asked = [earning.incentive.name, window.start]
    shares = running.db.execute(query, [*asked, *asked, partner]).fetchall()
    groups = tuple(
        _group(
            earning, [_member(earning, *row) for row in shares if row[0] == group], running, str(group), at
        )
        for group in sorted({row[0] for row in shares})
    )
    mine = [row[2] for row in shares if row[1] == partner]
    total = sum(mine, ZERO)
    return Node(
        kind=Kind.ENTITLED,
        form=earning.incentive,
        figure=total,
        coins=total,
        unit=Measured.MONEY,
        window=earning.panel.asks[at].current,
        owners=Owners(partner=frozenset((partner,))),
        note="" if groups else _of_no_group(running, partner),
        children=groups,
    )


def _of_no_group(running: Running, partner: str) -> str:
    """Why a group's bonus gives a partner nothing: it belongs to none, or does not take part."""
    query = "select 1 from members where subject = ? limit 1"
    return "not-enrolled" if running.db.execute(query, [partner]).fetchone() else NO_MEMBER


def _member(earning: Earning, group: str, partner: str, coins: Decimal) -> Node:
    return Node(
        kind=Kind.MEMBER_SHARE,
        form=earning.incentive.earner,
        figure=coins,
        coins=coins,
        unit=Measured.MONEY,
        owners=Owners(partner=frozenset((partner,))),
        adds=True,
        says={"partner": partner, "group": group},
    )


def _group(earning: Earning, shares: Sequence[Node], running: Running, group: str, at: int) -> Node:
    amount = amount_of(running, earning, group, at)
    return Node(
        kind=Kind.GROUP,
        form=earning.incentive.earner,
        figure=amount.figure,
        coins=amount.coins,
        unit=Measured.MONEY,
        window=amount.window,
        owners=owners_of([amount, *shares]),
        says={"group": group},
        children=(*shares, amount),
    )
