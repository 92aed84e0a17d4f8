"""Draws a whole programme: measures, levels, incentives. Nothing that `check` refuses (`values.REFUSED`)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    ALWAYS,
    EVERY_ROW,
    Add,
    Before,
    By,
    Cap,
    Case,
    Cases,
    Condition,
    Count,
    Different,
    Earner,
    Floor,
    GroupShare,
    GrownPart,
    Holds,
    Incentive,
    InSequence,
    Is,
    Ladder,
    Lump,
    Measure,
    PartAbove,
    Percent,
    PerUnit,
    Programme,
    Scale,
    ScaleKind,
    Stacking,
    Step,
    SumOf,
    Take,
    Trait,
    Use,
    When,
    Who,
)
from tests.laws.drawing import NAME, UNITS, Drawing
from tests.laws.drawn_settlement import SettlementDrawing
from tests.laws.drawn_terms import (
    LEVELS,
    Driver,
    condition,
    driver,
    growth,
    ladder,
    name_measures,
)
from tests.laws.markets import KINDS
from tests.laws.oracle import figures
from tests.laws.oracle.windows import DAY

# ------------------------------------------------------------ incentives


class IncentiveDrawing:
    """Draws one incentive; the order is the one in which it is computed."""

    def __init__(self, drawing: Drawing, name: str, ladder_: Ladder | None, settle: Unit | None) -> None:
        self.drawing = drawing
        self.name = name
        self.has_levels = ladder_ is not None
        self.settle = settle
        self.asks_level = False

    def draw(self) -> Incentive:
        """The whole of it."""
        drawing = self.drawing
        self.per = self._per()
        self.base_kind = drawing.pick("base", *["measure"] * 4, "grown part", "part above", "none")
        self.earner = self._earner()
        self.of_group = self.earner.base_of == "group"
        self.when = self._level_on()
        base, own_driver = self._base()
        scale = self._scale(base, own_driver)
        gate = self._gate()
        adjust, caps = self._adjust(), self._caps()
        drawing.said |= set() if self.asks_level else {"level on: not asked"}
        if self.asks_level:
            drawing.said.add(f"level on: {self.when.value}")
        becomes = SettlementDrawing(drawing, of_group=self.of_group)
        payout = becomes.of("payout")
        return Incentive(
            name=self.name,
            title=NAME,
            per=self.per,
            settle=self._settle(),
            earner=becomes.earner(self.earner, payout),
            level_on=self.when,
            select=self._select(),
            gate=becomes.gate(gate),
            driver=own_driver.form if own_driver else None,
            scale=scale,
            base=base,
            adjust=adjust,
            floor=self._floor(caps),
            caps=caps,
            round=becomes.of("round"),
            minimum=becomes.of("minimum"),
            payout=replace(payout, payers=becomes.of("payer")),
            late=becomes.late(),
            newcomers=becomes.newcomers(),
        )

    def _per(self) -> Unit | Span:
        which = self.drawing.pick("per", "month", "quarter", "quarter", "half", "year", "span")
        if which != "span":
            return Unit(which)
        start = self.drawing.valid.start + self.drawing.rng.choice([0, 0, 10, 45]) * DAY
        days = self.drawing.rng.choice([90, 200, 365])
        return Span(start, min(self.drawing.valid.until, start + days * DAY))

    def _settle(self) -> Unit | Span:
        if isinstance(self.per, Span) or self.settle is None:
            self.drawing.said.add("settle: same")
            return self.per
        order = UNITS.index(self.settle) - UNITS.index(self.per)
        self.drawing.said.add(f"settle: {'same' if not order else 'coarser' if order > 0 else 'finer'}")
        return self.settle

    def _earner(self) -> Earner:
        drawing = self.drawing
        kinds = ["partner", "partner", "driver of alliance"]
        which = drawing.pick("earner", *kinds, *(["base of alliance"] if self.base_kind == "measure" else []))
        if which == "partner":
            drawing.said.add("group share: nobody")
            return Earner()
        if which == "driver of alliance":
            drawing.said.add("group share: nobody")
            return Earner(who=Who.ALLIANCE, driver_of="group", base_of="member")
        share = GroupShare(drawing.pick("group share", "by_base", "equally", "agreed", "head_office"))
        return Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=share)

    def _level_on(self) -> When:
        days = [When.DAY_OF_SALE] if self.of_group else list(When)
        if self.base_kind != "measure":
            days.remove(When.DAY_OF_SALE)
        return self.drawing.rng.choice(days)

    @property
    def _may_cut(self) -> bool:
        return self.base_kind == "measure" and self.pay not in ("lump", "different")

    def _base(self) -> tuple[Any, Driver | None]:
        drawing = self.drawing
        if self.base_kind == "none":
            self.pay = "lump"
            drawing.said |= {"driver: its own"}
            return None, driver(drawing, self.per)
        if self.base_kind == "grown part":
            self.pay = "percent"
            drawing.said |= {"driver: its own"}
            shown = drawing.pick("measure", "growth percent", "growth amount")
            form = growth(drawing, self.per, "percent" if shown == "growth percent" else "amount")
            over = form.of.over if isinstance(form.of, Use) else None
            is_money = isinstance(form.of, Use) and form.of.measure != "pieces"
            of = form.of if is_money and drawing.often(0.6) else drawing.use("revenue", over)
            return GrownPart(of=of), Driver(form, "share" if shown == "growth percent" else "count")
        if self.base_kind == "part above":
            return self._part_above()
        by_base = self.earner.share is GroupShare.BY_BASE
        kinds = ["money", "money", "money", "pieces", "lines", *([] if by_base else ["different"])]
        self.pay = drawing.rng.choice(kinds)
        names = {
            "money": ["revenue", "special", "bought"],
            "pieces": ["pieces"],
            "lines": ["orders"],
            "different": ["customers"],
        }
        base: Measure = drawing.use(drawing.rng.choice(names[self.pay]))
        if drawing.often(0.3):
            base = drawing.take(self.pay)
        if drawing.pick("driver", "the base", "the base", "its own") == "the base":
            return base, None
        return base, driver(drawing, self.per)

    def _part_above(self) -> tuple[Any, Driver | None]:
        """What lies above a step, or another measure; whose whole picks the step, or a driver of its own."""
        drawing = self.drawing
        self.pay = "percent"
        of = drawing.use(drawing.rng.choice(["revenue", "special"]))
        before = drawing.use(drawing.rng.choice(["revenue", "bought"]), Before(unit=Unit.QUARTER))
        over = drawing.rng.choice(["step", "step", "first_step", before])
        base = PartAbove(of=of, over=over)
        if drawing.pick("driver", "the base", "the base", "its own") == "the base" or isinstance(over, str):
            drawing.said -= {"driver: its own"}
            drawing.said |= {"driver: the base"}
            return base, None
        return base, driver(drawing, self.per)

    # ------------------------------------------------------------ scale and pays

    def _scale(self, base: Any, own: Driver | None) -> Scale:
        drawing = self.drawing
        kinds = [kind.value for kind in ScaleKind]
        if self.base_kind == "part above":
            kinds = [ScaleKind.RETROACTIVE.value]
        kind = drawing.pick("scale", *kinds, *(["flat"] if base is not None else []))
        self.pays = self._pays(ScaleKind.INCREMENT.value == kind)
        if kind == "flat":
            drawing.said |= {"reached: from 0", "reached: from", "below: nothing", "start: one figure"}
            return Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=Decimal(0), pays=self._pay(0)),))
        measure = own.form if own else base.of if isinstance(base, PartAbove) else base
        found = self._samples(measure, bool(own and own.unit == "share"))
        starts = self._starts(found)
        reached = drawing.pick("reached", "from", "above")
        varied = self._varied_starts(starts, kind)
        steps = [
            Step(start=start, pays=self._pay(at), reached=reached if starts[at] else "from")
            for at, start in enumerate(varied)
        ]
        count = self._count(found) if kind == ScaleKind.INCREMENT.value else None
        return Scale(kind=ScaleKind(kind), steps=tuple(steps), count=count, below=self._below(starts))

    def _varied_starts(self, starts: list[Decimal], kind: str) -> list[Any]:
        """Now and then they are others for some: by what the partner is, or by another figure."""
        drawing = self.drawing
        among = ["one figure", "one figure", "by a figure", *([] if self.of_group else ["by the partner"])]
        which = drawing.pick("start", *among)
        if which == "one figure":
            return list(starts)
        by_kind: Any = Holds(trait=Trait.KIND, values=KINDS[:2])
        if which == "by a figure":
            by_kind = condition(drawing, self.per, when=None, of_group=self.of_group, deep=False)
        times = drawing.rng.choice([2, 2, 3])  # one for all, so that they rise for those too
        found = [Cases(rows=(Case(when=by_kind, use=start * times),), otherwise=start) for start in starts]
        if kind in ("retroactive", "increment") and drawing.often(0.3):
            found[-1] = replace(found[-1], otherwise=None)
        if drawing.often(0.2):
            found[0] = replace(found[0], rows=(replace(found[0].rows[0], use=Decimal(0)),))
        return found

    def _below(self, starts: list[Decimal]) -> tuple[Any, ...]:
        """Now and then something is paid below a first step that has a lower end."""
        whole = self.base_kind != "part above"
        among = ["nothing", "nothing", *(["paid"] if starts[0] and whole else [])]
        return () if self.drawing.pick("below", *among) == "nothing" else self._pay(0)

    def _count(self, found: list[Decimal]) -> Count:
        """What an increment counts: a figure of the driver itself, or a part of one."""
        drawing = self.drawing
        some = max(drawing.rng.choice(found), Decimal("0.0004"))
        parts = [some, (some / drawing.rng.choice([2, 3, 7])).quantize(Decimal("0.0001"))]
        counting = drawing.rng.choice(["full", "started"])
        free = drawing.rng.choice([Decimal(0), Decimal(0), parts[1], min(found)])
        return Count(every=drawing.rng.choice(parts), counting=counting, free=max(free, Decimal(0)))

    def _samples(self, measure: Measure, is_share: bool) -> list[Decimal]:
        found = [self.drawing.near(of, is_share) for of in self.drawing.samples(measure, self.per)]
        return found or [Decimal(1)]

    def _starts(self, found: list[Decimal]) -> list[Decimal]:
        drawing = self.drawing
        count = drawing.rng.choice([1, 2, 3])
        low = found[: max(1, len(found) * 2 // 3)]
        chosen = set(drawing.rng.sample(low, min(count, len(low))))
        if drawing.often(0.4):
            drawing.said.add("reached: from 0")
            chosen.add(Decimal(0))
        return sorted(chosen)

    def _pays(self, lumps: bool) -> str:
        kinds = {
            "lump": ["lump"],
            "percent": ["percent", "percent and lump"],
            "money": ["percent", "percent", "percent and lump", "lump"],
        }
        among = kinds.get(self.pay, ["per unit", "per unit", "lump"])
        which = self.drawing.pick("pay", *(["lump"] if lumps else among))
        if which == "lump":
            self.pay = "lump"
            if self.when is When.DAY_OF_SALE and not self.of_group:
                self.when = When.START
        self.by = self._rate_by()
        return which

    def _rate_by(self) -> str:
        among = ["nothing", "nothing"]
        if self.has_levels and not (self.when is When.DAY_OF_SALE and not self._may_cut):
            among.append("level")
        if self._may_cut:
            among.append("group")
        if not self.of_group:
            among.append("kind")
        among.append("figure")
        which = self.drawing.pick("rate by", *among)
        if which == "figure":
            self.figure = condition(self.drawing, self.per, when=None, of_group=self.of_group, deep=False)
        self.asks_level |= which == "level"
        return which

    def _pay(self, at: int) -> tuple[Any, ...]:
        rng, step = self.drawing.rng, at + 1
        share = Decimal(rng.choice([5, 10, 20, 33, 75]) * step) / 1000 + rng.choice(
            [Decimal(0), Decimal("0.000333")]
        )
        money = Decimal(rng.choice([50, 125, 399]) * step) / 100
        lump = Lump(money=self._varied(Decimal(rng.choice([50, 250]) * step), rows=False))
        return {
            "percent": (Percent(rate=self._varied(share)),),
            "per unit": (PerUnit(money=self._varied(money)),),
            "lump": (lump,),
            "percent and lump": (Percent(rate=self._varied(share)), Lump(money=Decimal(30 * step))),
        }[self.pays]

    def _varied(self, figure: Decimal, *, rows: bool = True) -> Any:
        """A figure, or a table of it by level, product group or kind."""
        if self.by == "nothing" or (self.by == "group" and not rows):
            return figure
        if self.by == "group":
            return Cases(
                rows=(Case(when=Is(column="product.group", values=("solutions",)), use=figure * 2),),
                otherwise=figure,
            )
        if self.by == "figure":
            return Cases(rows=(Case(when=self.figure, use=figure * 2),), otherwise=figure)
        if self.by == "kind":
            return Cases(
                rows=(Case(when=Holds(trait=Trait.KIND, values=KINDS[:2]), use=figure * 2),), otherwise=figure
            )
        upper = (self._of_level(LEVELS[2:], figure * 3), self._of_level(LEVELS[1:2], figure * 2))
        return Cases(rows=upper, otherwise=self.drawing.rng.choice([figure, None]))

    def _of_level(self, levels: tuple[str, ...], figure: Decimal) -> Case[Decimal]:
        return Case(when=self._at_level(levels), use=figure)

    def _at_level(self, levels: tuple[str, ...]) -> Any:
        if self.when is When.DAY_OF_SALE:
            return Is(column="partner.level", values=levels)
        return Holds(trait=Trait.LEVEL, values=levels, when=self.when)

    # ------------------------------------------------------------ gate, adjust, bounds

    def _gate(self) -> Condition:
        drawing = self.drawing
        if drawing.pick("gate", "none", "said") == "none":
            return ALWAYS
        readable = self.has_levels and self.when is not When.DAY_OF_SALE
        before = set(drawing.said)
        gate = condition(drawing, self.per, when=self.when if readable else None, of_group=self.of_group)
        self.asks_level |= "condition: level" in drawing.said - before
        return gate

    def _select(self) -> Any:
        if self.drawing.often(0.75):
            return EVERY_ROW
        if self.has_levels and self._may_cut and self.when is When.DAY_OF_SALE and self.drawing.often(0.5):
            self.drawing.said.add("level on: day_of_sale")
            return Is(column="partner.level", values=LEVELS[1:])
        return self.drawing.filter_()

    def _adjust(self) -> tuple[Add | By, ...]:
        return (*self._points(), *self._factors())

    def _points(self) -> tuple[Add, ...]:
        """Points for a rate, of rows or under a condition."""
        drawing = self.drawing
        to_rates = ["under a condition", *(["by rows"] if self._may_cut else [])]
        among = ["nothing", "nothing", *(to_rates if self.pays.startswith("percent") else [])]
        rate = drawing.rng.choice([Decimal("0.02"), Decimal("0.005"), Decimal("0.000333")])
        match drawing.pick("add", *among):
            case "nothing":
                return ()
            case "by rows":
                return (Add(when=drawing.leaf(), rate=rate), Add(when=drawing.leaf(), rate=Decimal("0.01")))
            case _:
                when = condition(drawing, self.per, when=None, of_group=self.of_group, deep=False)
                return (Add(when=when, rate=rate),)

    def _factors(self) -> tuple[By, ...]:
        drawing = self.drawing
        among = ["nothing", "nothing", "under a condition", *(["by rows"] if self._may_cut else [])]
        factor = drawing.rng.choice([Decimal("1.2"), Decimal("0.5"), Decimal("1.333333")])
        match drawing.pick("multiply", *among):
            case "nothing":
                return ()
            case "by rows":
                return (
                    By(when=drawing.leaf(), factor=factor),
                    By(when=drawing.leaf(), factor=Decimal("1.1")),
                )
            case _:
                when = condition(drawing, self.per, when=None, of_group=self.of_group, deep=False)
                return (By(when=when, factor=factor),)

    def _floor(self, caps: tuple[Cap, ...]) -> Floor | None:
        """Now and then, never above a cap of the whole."""
        if self.drawing.pick("floor", "none", "none", "said") == "none":
            return None
        most = min((cap.money for cap in caps if cap.each is None), default=Decimal(500))
        return Floor(money=self.drawing.rng.choice([most, most / 2, Decimal("12.50")]))

    def _caps(self) -> tuple[Cap, ...]:
        drawing = self.drawing
        whole, each = (
            Cap(money=Decimal(drawing.rng.choice([40, 150, 900]))),
            Cap(money=Decimal(25), each="end_customer_id"),
        )
        among = ["none", "none", "whole", *(["each customer", "both"] if self._may_cut else [])]
        return {"none": (), "whole": (whole,), "each customer": (each,), "both": (each, whole)}[
            drawing.pick("cap", *among)
        ]


# ------------------------------------------------------------ the whole


@dataclass(frozen=True)
class Drawn:
    """A programme, and the values that each incentive says, those of levels and market among them."""

    programme: Programme
    says: dict[str, frozenset[str]]


def draw(drawing: Drawing, settle: Unit | None) -> Drawn:
    """A programme of three to five incentives; two of them now and then in sequence."""
    name_measures(drawing)
    market_says, drawing.said = drawing.said, set()
    ladder_ = ladder(drawing)
    ladder_says = drawing.said
    made: list[Incentive] = []
    says: dict[str, frozenset[str]] = {}
    for at in range(drawing.rng.choice([3, 4])):
        drawing.said = {"stacking: added"}
        incentive = IncentiveDrawing(drawing, f"bonus{at}", ladder_, settle).draw()
        made.append(incentive)
        asks = "level on: not asked" not in drawing.said
        levels = ladder_says if asks or ladder_ is None else set()
        says[incentive.name] = frozenset(drawing.said | market_says | levels)
    stacking, made, says = _in_sequence(drawing, made, says)
    ladders = (ladder_,) if ladder_ else ()
    return Drawn(drawing.programme(ladders=ladders, incentives=tuple(made), stacking=stacking), says)


def _in_sequence(
    drawing: Drawing, made: list[Incentive], says: dict[str, frozenset[str]]
) -> tuple[Stacking, list[Incentive], dict[str, frozenset[str]]]:
    """A second incentive on the base of a first one that is a percentage of money takes what is left of
    it.
    """
    fitting = [one for one in made if _may_be_reduced(drawing, one) and one.floor is None]
    if not fitting or drawing.often(0.4):
        return Stacking(), made, says
    first = drawing.rng.choice(fitting)
    second = Incentive(
        name="second",
        title=NAME,
        per=first.per,
        settle=first.settle,
        earner=first.earner,
        level_on=first.level_on,
        select=first.select,
        driver=drawing.rng.choice([None, first.driver]),
        scale=Scale(
            kind=first.scale.kind,
            steps=tuple(
                Step(start=one.start, reached=one.reached, pays=(Percent(rate=Decimal("0.05")),))
                for one in first.scale.steps
            ),
        ),
        base=first.base,
        caps=drawing.rng.choice([(), first.caps]),
        late=first.late,
        newcomers=first.newcomers,
    )
    own = {
        value
        for value in says[first.name]
        if value.partition(":")[0] not in ("stacking", "rate by", "multiply", "add", "below")
    }
    both = {first.name: says[first.name] - {"stacking: added"} | {"stacking: in sequence"}}
    silent = {f"{noun}: nothing" for noun in ("rate by", "multiply", "add", "below")}
    both["second"] = frozenset(own | silent | {"stacking: in sequence"})
    sequence = InSequence(incentives=(first.name, "second"))
    return Stacking(said=True, sequences=(sequence,)), [*made, second], says | both


def _may_be_reduced(drawing: Drawing, incentive: Incentive) -> bool:
    pays = [pay for step in incentive.scale.steps for pay in step.pays]
    base = incentive.base
    if isinstance(base, Use):
        base = drawing.measures[base.measure]
    is_money = isinstance(base, Take) and isinstance(base.aggregate, SumOf) and base.aggregate.column == "net"
    return is_money and any(isinstance(pay, Percent) for pay in pays)


__all__ = ["Drawn", "Different", "draw", "figures"]
