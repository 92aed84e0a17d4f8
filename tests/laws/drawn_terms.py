"""Measures, conditions and ladders as drawn: what an incentive is made of."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    All,
    AtOnce,
    Baseline,
    Before,
    Case,
    Cases,
    Combined,
    Condition,
    EachUnit,
    Enforced,
    FixedDays,
    Growth,
    Holds,
    Kept,
    Ladder,
    LastYear,
    Length,
    Level,
    Measure,
    Named,
    Never,
    Not,
    Part,
    Path,
    Review,
    ReviewDays,
    Score,
    Share,
    Test,
    ToDate,
    Trait,
    Use,
    When,
    Who,
)
from staffel.core.programme.model import Any as Either
from tests.laws.drawing import NAME, UNITS, Drawing
from tests.laws.drawn_made import MADE
from tests.laws.markets import CERTIFICATES, FIRMS_CERTIFICATE, HELD, KINDS
from tests.laws.oracle import Book, figures
from tests.laws.oracle.windows import DAY
from tests.laws.values import TERMS

LEVELS = ("registered", "select", "premier")
TARGETS = {Unit.MONTH: "monthly", Unit.QUARTER: "quarterly", Unit.HALF: "halfly", Unit.YEAR: "yearly"}


# ------------------------------------------------------------ measures


def name_measures(drawing: Drawing) -> None:
    """The measures that everything else uses; each with the values that it says."""
    _named(drawing, "revenue", lambda: drawing.take("money", where=EVERY_ROW, date="sold_on"))
    for name, aggregate in (
        ("special", "money"),
        ("pieces", "pieces"),
        ("orders", "lines"),
        ("customers", "different"),
    ):
        _named(drawing, name, lambda kind=aggregate: drawing.take(kind))  # type: ignore[misc]
    _named(drawing, "engineers", drawing.certificates)
    _named(drawing, "bought", lambda: drawing.take("money", source=drawing.pick("source", "sell_in")))
    _named(drawing, "part", lambda: Share(part=drawing.use("special"), whole=drawing.use("revenue")))
    _named(drawing, "capability", lambda: _score(drawing))
    for kind, make in MADE.items():
        _named(drawing, kind, lambda kind=kind, make=make: _made(drawing, kind, make))  # type: ignore[misc]


def _named(drawing: Drawing, name: str, make: Any) -> None:
    before, drawing.said = drawing.said, set()
    drawing.measures[name] = make()
    drawing.says[name], drawing.said = drawing.said, before


def _score(drawing: Drawing) -> Score:
    drawing.said.add("measure: score")
    money = Part(measure=drawing.use("revenue"), points=Decimal("0.01"), most=Decimal(20))
    people = Part(
        measure=drawing.use("engineers"),
        points=Decimal(5),
        most=Decimal(10),
        least=drawing.rng.choice([None, Decimal(1)]),
    )
    share = Part(measure=drawing.use("part"), points=Decimal("12.5"))
    parts = (money, people, share)[: drawing.rng.choice([2, 3])]
    weights = {2: ("0.6", "0.4"), 3: ("0.5", "0.3", "0.2")}[len(parts)]
    match drawing.pick("score"):
        case "plain":
            return Score(parts=parts)
        case "weighted":
            weights = drawing.rng.choice([weights, ("2", "0.333333", "1.5")])
    made = zip(parts, weights, strict=False)
    weighted = tuple(replace(part, weight=Decimal(one)) for part, one in made)
    return Score(parts=weighted, missing="stretch" if "score: stretched" in drawing.said else "zero")


def _made(drawing: Drawing, kind: str, make: Any) -> Combined:
    drawing.said.add(f"measure: {kind}")
    form: Combined = make(drawing)
    return form


@dataclass(frozen=True)
class Driver:
    """A measure that picks a step. unit: of its starts."""

    form: Measure
    unit: str


def driver(drawing: Drawing, per: Unit | Span, *, alone: bool = True) -> Driver:
    """A figure of any kind. alone: it may be a growth."""
    kinds = ["take", "take", "share", "attained", "score", drawing.rng.choice([*MADE])] + (
        ["growth percent", "growth amount"] if alone else []
    )
    match drawing.pick("measure", *kinds):
        case "take":
            name = drawing.rng.choice(["revenue", "special", "pieces", "orders", "customers", "bought"])
            over = drawing.window() if drawing.often(0.2) else None
            return Driver(drawing.use(name, over), "count")
        case "share":
            return Driver(drawing.use("part"), "share")
        case "attained":
            target = TARGETS.get(per, "quarterly") if isinstance(per, Unit) else "yearly"
            return Driver(Share(part=drawing.use("revenue"), whole=Agreed(target=target)), "share")
        case "score":
            return Driver(drawing.use("capability"), "count")
        case which if which in MADE:
            is_share = figures.is_share(
                Book(drawing.programme(), {}, drawing.market.until), drawing.measures[which]
            )
            return Driver(drawing.use(which), "share" if is_share else "count")
        case which:
            percent = which == "growth percent"
            return Driver(
                growth(drawing, per, "percent" if percent else "amount"), "share" if percent else "count"
            )


def growth(drawing: Drawing, per: Unit | Span, shown_as: Literal["percent", "amount"]) -> Growth:
    """Against the window before, a year ago, the better of both, a named span or a given number."""
    unit = per if isinstance(per, Unit) else Unit.QUARTER
    over = None
    if drawing.often(0.15):
        drawing.said.add("window: to date")
        over, unit = ToDate(unit=Unit.YEAR), Unit.YEAR
    of = drawing.use(drawing.rng.choice(["revenue", "revenue", "special", "pieces"]), over)
    before, year = Baseline(window=Before(unit=unit)), Baseline(window=LastYear(unit=unit))
    against: tuple[Baseline, ...] = {
        "before": (before,),
        "last year": (year,),
        "best of two": (year, before),
        "named": (Baseline(window=Named(span=drawing.span())),),
        "given": (year,) if drawing.often(0.5) else (),
        "whole": (Baseline(window=LastYear(unit=unit), whole=True),),
    }[which := drawing.pick("against")]
    given = drawing.threshold(of, per) + 1 if which == "given" else None
    return Growth(of=of, against=against, given=given, shown_as=shown_as)


# ------------------------------------------------------------ conditions


def condition(
    drawing: Drawing, per: Unit | Span, *, when: When | None, of_group: bool = False, deep: bool = True
) -> Condition:
    """Any condition. when: how a level is read, none: it must not be asked; of_group: a group has no
    traits.
    """
    kinds = ["test", "test", *(["all", "any", "not", "enforced"] if deep else [])]
    if not of_group:
        kinds += [
            "kind",
            "certificate",
            "newcomer",
            drawing.rng.choice(TERMS),
            "alliance",
            *(["kept", "kept in a window", "kept every day"] if deep else []),
            *(["level"] if when else []),
        ]
    match drawing.pick("condition", *kinds):
        case "test":
            return hurdle(drawing, per, of_group=of_group)
        case "alliance":
            lent = hurdle(drawing, per, who=Who.ALLIANCE)
            return Either(of=(lent, replace(lent, measure=_own(lent))))
        case "kind":
            return Holds(trait=Trait.KIND, values=KINDS[: drawing.rng.choice([1, 2])])
        case "certificate":
            return Holds(trait=Trait.HOLDS, values=(FIRMS_CERTIFICATE, *CERTIFICATES[:1]))
        case "newcomer":
            return Holds(trait=Trait.NEWCOMER, values=(drawing.rng.choice(["true", "false"]),))
        case term if term in TERMS:
            begun = drawing.pick("within", "in force that day", "begun in a window") == "begun in a window"
            return Holds(
                trait=Trait("elsewhere" if term == "enrolled" else term),
                values=HELD[term][: drawing.rng.choice([1, 2])],
                within=drawing.window() if begun else None,
            )
        case "level":
            assert when is not None
            return Holds(trait=Trait.LEVEL, values=LEVELS[1:], when=when)
        case joined:
            parts = [
                condition(drawing, per, when=when, of_group=of_group, deep=False)
                for _ in range(2 if joined in ("all", "any") else 1)
            ]
            if joined == "enforced":
                day = drawing.valid.start + drawing.rng.choice([0, 45, 90, 200]) * DAY
                shown = drawing.rng.choice([None, day - 30 * DAY, day])
                return Enforced(of=parts[0], day=day, published=shown)
            made = {"all": All(of=tuple(parts)), "any": Either(of=tuple(parts)), "not": Not(of=parts[0])}
            if joined in made:
                return made[joined]
            over = None if joined == "kept" else drawing.window()
            return Kept(of=parts[0], over=over, on="every" if joined == "kept every day" else "any")


def _own(test_: Test) -> Measure:
    """The same measure, of the asker alone."""
    assert isinstance(test_.measure, Use)
    return Use(measure=test_.measure.measure, over=test_.measure.over)


def hurdle(drawing: Drawing, per: Unit | Span, who: Who = Who.ASKER, *, of_group: bool = False) -> Test:
    """A measure over some window against a figure that it has now and then."""
    name = drawing.rng.choice(
        [
            *("revenue", "special", "pieces", "orders", "customers", "engineers", "part", "capability"),
            drawing.rng.choice([*MADE]),
        ]
    )
    measure = drawing.use(name, drawing.window() if drawing.often(0.6) else None, who)
    comparison = drawing.pick("comparison", "at_least", "at_least", "above", "at_most", "below")
    share = 0.3 if comparison in ("at_least", "above") else 0.8
    own = Use(measure=name, over=measure.over)
    figure = _required(drawing, name, drawing.threshold(own, per, share), of_group=of_group)
    plain = isinstance(figure, Decimal) and _is_share(drawing, name)
    rounded = Decimal("0.03") if plain and drawing.often(0.7) else None
    drawing.said.add(f"rounded: {'to a step' if rounded else 'not'}")
    return Test(measure=measure, comparison=comparison, figure=figure, rounded=rounded)


def _is_share(drawing: Drawing, name: str) -> bool:
    book = Book(drawing.programme(), {}, drawing.market.until)
    return figures.is_share(book, drawing.measures[name])


def _required(drawing: Drawing, name: str, figure: Decimal, *, of_group: bool) -> Any:
    """A number, a table of numbers, or the same measure over another window; a share is no such figure."""
    among = (
        ["a number"] * 3
        + ["a table"]
        + ["a measure"] * (name != "engineers" and not _is_share(drawing, name))
    )
    match drawing.pick("required", *among):
        case "a number":
            return figure
        case "a measure":
            return drawing.use(name, drawing.window())
        case _:
            when: Condition = Holds(trait=Trait.KIND, values=KINDS[:1])
            if of_group or drawing.often(0.3):
                orders = drawing.use("orders", drawing.window())
                when = Test(measure=orders, comparison="at_least", figure=Decimal(3))
            return Cases(
                rows=(Case(when=when, use=figure * 2),), otherwise=drawing.rng.choice([figure, figure, None])
            )


# ------------------------------------------------------------ levels


def ladder(drawing: Drawing) -> Ladder | None:
    """Three levels; the two upper ones by one or two paths."""
    up = drawing.pick("up")
    if up == "no levels":
        drawing.said |= {"down: no levels", "grace: none", "steps: any"}
        return None
    down = drawing.pick("down", *(["at once"] if up == "at once" else []), "each", "each", "fixed", "never")
    steps = "any" if "at once" in (up, down) else drawing.pick("steps", "most", "any")
    drawing.said.add(f"steps: {steps}")
    lengths = {
        "none": Length(),
        "units": Length(count=drawing.rng.choice([1, 2]), unit=drawing.rng.choice(UNITS[:2])),
    }
    lengths["days"] = Length(count=drawing.rng.choice([1, 20, 60]))
    review = Review(
        up=_days(drawing, up),
        down=_days(drawing, down),
        grace=lengths[drawing.pick("grace", *(["none"] if down == "at once" else []))],
        most_up=1 if steps == "most" else None,
        most_down=1 if steps == "most" else None,
    )
    select = Path(requirements=(_requirement(drawing, 0.25),))
    paths = [Path(name="volume", requirements=(_requirement(drawing, 0.6), _requirement(drawing, 0.3)))]
    if drawing.often(0.5):
        paths.append(Path(name="skill", requirements=(_requirement(drawing, 0.7),)))
    levels = [Level(name=LEVELS[0], title=NAME), Level(name=LEVELS[1], title=NAME, paths=(select,))]
    levels.append(Level(name=LEVELS[2], title=NAME, paths=tuple(paths)))
    return Ladder(name="level", levels=tuple(levels), review=review)


def _requirement(drawing: Drawing, share: float) -> Condition:
    """Mostly a plain hurdle that a good part of the partners reach."""
    if drawing.often(0.3):
        return condition(drawing, Unit.YEAR, when=None)
    name = drawing.rng.choice(["revenue", "revenue", "special", "orders", "customers", "pieces"])
    measure = drawing.use(name, drawing.window() if drawing.often(0.6) else None)
    figure = _required(drawing, name, drawing.threshold(measure, Unit.YEAR, share), of_group=False)
    return Test(measure=measure, comparison="at_least", figure=figure)


def _days(drawing: Drawing, which: str) -> ReviewDays:
    match which:
        case "at once":
            return AtOnce()
        case "each":
            return EachUnit(unit=drawing.rng.choice(UNITS))
        case "fixed":
            return FixedDays(days=((3, 31), (10, 15))[: drawing.rng.choice([1, 2])])
        case _:
            return Never()
