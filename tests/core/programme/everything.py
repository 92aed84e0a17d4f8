"""A programme that says everything there is to say, sensible or not: each form, each value of a choice."""

from datetime import date
from decimal import Decimal as D

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model import (
    Add,
    Agreed,
    All,
    Any,
    Apart,
    AtOnce,
    Baseline,
    Before,
    Benefit,
    Best,
    Between,
    By,
    Cap,
    Case,
    Cases,
    Close,
    Const,
    Count,
    Different,
    Due,
    During,
    EachUnit,
    Earner,
    Enforced,
    Exists,
    FixedDays,
    Floor,
    Fold,
    Group,
    GroupShare,
    GrownPart,
    Growth,
    Holds,
    IfNone,
    Incentive,
    InSequence,
    Is,
    Kept,
    Ladder,
    Last,
    LastYear,
    Late,
    Length,
    Level,
    Limit,
    Lines,
    Lump,
    Measure,
    MeasureOf,
    Minimum,
    Named,
    Never,
    Newcomers,
    Not,
    Part,
    PartAbove,
    Path,
    Payer,
    PayForm,
    Payout,
    PayPart,
    Percent,
    Persons,
    PerUnit,
    Programme,
    Registered,
    Review,
    Rolling,
    Rounding,
    Scale,
    ScaleKind,
    Score,
    Share,
    Signed,
    Stacking,
    Stated,
    Step,
    Sum,
    SumOf,
    Take,
    Test,
    Times,
    ToDate,
    Trait,
    Use,
    When,
    Who,
    Within,
)

AUTUMN = Span(date(2026, 9, 1), date(2026, 12, 1))
REVENUE = Use(measure="revenue")
SOLUTIONS = Is(column="product.group", values=("solutions",))
DEALERS = Holds(trait=Trait.KIND, values=("dealer",))
ASKED = Cases(
    rows=(
        Case(when=DEALERS, use=D(1234)),
        Case(when=Not(of=Holds(trait=Trait.COUNTRY, values=("AT",))), use=D(4321)),
    ),
    otherwise=D(99),
)
ALLIANCE = Use(measure="revenue", over=ToDate(unit=Unit.HALF), who=Who.ALLIANCE)


def titled(en: str, de: str) -> Text:
    return Text(en=en, de=de)


def of(name: str, measure: Measure, en: str, de: str) -> MeasureOf:
    return MeasureOf(name=name, title=titled(en, de), measure=measure)


MEASURES = (
    of(
        "revenue", Take(aggregate=SumOf(column="net"), source="sell_out", date="sold_on"), "Revenue", "Umsatz"
    ),
    of(
        "pieces",
        Take(
            aggregate=SumOf(column="quantity"),
            source="sell_in",
            date="shipped_on",
            inside=("invoiced_on", "ordered_on"),
            where=All(
                of=(
                    Not(of=Is(column="kind", values=("return", "correction"))),
                    Any(of=(SOLUTIONS, Is(column="partner.country", values=("AT", "CH")))),
                )
            ),
            over=Last(count=2, unit=Unit.HALF, closed=True),
        ),
        "Pieces",
        "Stückzahl",
    ),
    of(
        "lines",
        Take(
            aggregate=Lines(),
            source="sell_out",
            date="paid_on",
            where=Any(
                of=(
                    Is(column="distributor_id", values=("rhein",)),
                    Is(column="route", values=("portal", "phone")),
                )
            ),
            over=Named(span=AUTUMN),
            who=Who.ALLIANCE,
        ),
        "Lines of autumn",
        "Zeilen im Herbst",
    ),
    of(
        "orders",
        Take(
            aggregate=Different(key="order_no"),
            source="sell_out",
            date="ordered_on",
            where=All(
                of=(
                    Is(column="business", values=("new",)),
                    Is(column="partner.segment", values=("public",)),
                    Not(of=Is(column="partner.size", values=("small", "middle"))),
                    Within(column="net", comparison="at_least", figure=D("1500")),
                    Not(of=Within(column="quantity", comparison="below", figure=D("5"))),
                    During(column="shipped_on", span=AUTUMN),
                    Not(of=Stated(column="deal")),
                    Stated(column="special_price"),
                    Registered(ahead=Length(count=30)),
                    Apart(start="ordered_on", end="shipped_on", comparison="at_most", figure=D(60)),
                    Exists(
                        same=("end_customer_id",),
                        where=SOLUTIONS,
                        whose="any",
                        length=Length(count=24, unit=Unit.MONTH),
                        some=False,
                    ),
                    Not(of=Exists(same=("order_no",), where=SOLUTIONS, reach="same_day", as_of="line")),
                )
            ),
        ),
        "Orders",
        "Bestellungen",
    ),
    of(
        "certificates",
        Take(aggregate=Lines(), source="certifications", date="holds_from"),
        "Certificates",
        "Zertifikate",
    ),
    of(
        "average",
        Share(part=REVENUE, whole=Use(measure="orders")),
        "Revenue per order",
        "Umsatz je Bestellung",
    ),
    of(
        "growth",
        Growth(
            of=REVENUE,
            against=(
                Baseline(window=Before(unit=Unit.MONTH), whole=True),
                Baseline(window=LastYear(unit=Unit.YEAR, to_date=True)),
                Baseline(window=Named(span=AUTUMN)),
            ),
            given=D(20000),
            shown_as="amount",
        ),
        "Growth",
        "Wachstum",
    ),
    of("target", Agreed(target="yearly"), "Target", "Ziel"),
    of(
        "made",
        IfNone(
            of=Between(
                of=Best(
                    of=(
                        Times(of=REVENUE, factor=D("1.05")),
                        Sum(
                            parts=(
                                Signed(measure=REVENUE),
                                Signed(measure=Agreed(target="monthly"), less=True),
                                Signed(measure=Const(figure=D(75)), less=True),
                            )
                        ),
                    ),
                    worst=True,
                ),
                at_least=Const(figure=D(8000)),
                at_most=Const(figure=D(50000)),
            ),
            figure=Const(figure=D(12)),
        ),
        "Made of others",
        "Aus anderen",
    ),
    of(
        "months",
        Fold(
            of=REVENUE,
            each=Unit.MONTH,
            where=(Limit(comparison="at_least", figure=D(500)), Limit(comparison="below", figure=D(90000))),
            shown_as="average",
            over=Last(count=12, unit=Unit.MONTH, closed=True),
        ),
        "Months",
        "Monate",
    ),
    of(
        "quarters",
        Fold(of=Use(measure="average"), each=Unit.QUARTER, shown_as="count"),
        "Quarters",
        "Quartale",
    ),
    of("rolling", Use(measure="revenue", over=Rolling(count=7, unit=Unit.MONTH)), "Rolling", "Gleitend"),
    of("again", Use(measure="revenue", over=LastYear(unit=Unit.HALF)), "Revenue", "Umsatz"),
    of(
        "score",
        Score(
            parts=(
                Part(measure=Use(measure="average"), points=D("0.5"), weight=D("0.4")),
                Part(measure=Share(part=REVENUE, whole=Agreed(target="yearly")), points=D(50), least=D(1)),
            ),
            missing="stretch",
        ),
        "Score",
        "Punktzahl",
    ),
)
REQUIREMENTS = (
    Test(measure=REVENUE, comparison="above", figure=D("1000.5"), title=titled("Turnover", "Jahresumsatz")),
    Test(
        measure=Share(part=REVENUE, whole=Use(measure="target")),
        comparison="at_least",
        figure=D("0.4"),
        rounded=D("0.01"),
    ),
    Not(
        of=Any(
            of=(
                Test(measure=Use(measure="score"), comparison="at_most", figure=D(1)),
                All(
                    of=(
                        DEALERS,
                        Holds(trait=Trait.COUNTRY, values=("DE",)),
                        Kept(of=Test(measure=REVENUE, comparison="below", figure=D(5))),
                    )
                ),
            )
        )
    ),
    Kept(of=Test(measure=ALLIANCE, comparison="at_least", figure=D(100000))),
    Test(
        measure=REVENUE, comparison="at_most", figure=Use(measure="revenue", over=Before(unit=Unit.QUARTER))
    ),
    Kept(of=Test(measure=REVENUE, comparison="above", figure=D(29)), over=Last(count=3, unit=Unit.MONTH)),
    Kept(of=DEALERS, over=Before(unit=Unit.HALF), on="every"),
    Not(of=Kept(of=DEALERS, over=Last(count=5, unit=Unit.MONTH, closed=True), on="every")),
    Enforced(
        of=Test(measure=ALLIANCE, comparison="above", figure=D(17)),
        day=date(2026, 7, 1),
        published=date(2026, 3, 1),
    ),
    Enforced(of=Test(measure=REVENUE, comparison="above", figure=D(19)), day=date(2026, 8, 1)),
    Not(of=Enforced(of=Test(measure=REVENUE, comparison="above", figure=D(23)), day=date(2026, 9, 1))),
    Any(
        of=(
            Test(measure=REVENUE, comparison="below", figure=ASKED),
            Test(measure=ALLIANCE, comparison="above", figure=Cases(rows=ASKED.rows[:1])),
        )
    ),
    Holds(trait=Trait.SEGMENT, values=("public", "health")),
    Not(of=Holds(trait=Trait.SIZE, values=("small",))),
    Holds(trait=Trait.ACCEPTED, values=("terms", "data"), within=Last(count=9, unit=Unit.MONTH)),
    Not(of=Holds(trait=Trait.AGREEMENT, values=("framework",))),
    Any(
        of=(
            Holds(trait=Trait.ELSEWHERE, values=("care",)),
            Holds(trait=Trait.CHOICE, values=("hurdle=low",)),
            Holds(trait=Trait.DECIDED, values=("hardship=granted", "hardship=half")),
            Holds(trait=Trait.DECIDED, values=("audit=passed",), within=Before(unit=Unit.HALF)),
            Holds(trait=Trait.HOLDS, values=("iso",), within=Last(count=8, unit=Unit.MONTH)),
        )
    ),
)
LADDERS = (
    Ladder(
        name="level",
        levels=(
            Level(name="base", title=titled("Base", "Basis")),
            Level(name="free", title=titled("Free", "Frei"), paths=(Path(name="gift"),)),
            Level(
                name="gold",
                title=titled("Gold", "Gold"),
                paths=(Path(name="long", requirements=REQUIREMENTS), Path(requirements=(DEALERS,))),
                benefits=(
                    Benefit(name="stand", text="12", figure=D(12)),
                    Benefit(name="funds", text="1 %", figure=D("0.01"), is_share=True),
                    Benefit(name="training", text="free of charge"),
                    Benefit(name="contact", text="vendor"),
                ),
            ),
        ),
        review=Review(
            up=FixedDays(days=((2, 29), (6, 30))),
            down=AtOnce(),
            grace=Length(count=30),
            most_up=1,
            most_down=2,
        ),
    ),
    Ladder(
        name="specialist",
        levels=(
            Level(name="none", title=titled("None", "Keine")),
            Level(name="cloud", title=titled("Cloud", "Cloud")),
        ),
        review=Review(up=EachUnit(unit=Unit.MONTH), down=Never()),
    ),
)
VARIED = Cases(
    rows=(
        Case(when=SOLUTIONS, use=D("0.03")),
        Case(when=Holds(trait=Trait.LEVEL, values=("gold",), when=When.END), use=D("0.02")),
        Case(when=All(of=(DEALERS, Not(of=Holds(trait=Trait.NEWCOMER, values=("true",))))), use=D("0.01")),
    ),
    otherwise=D("0.005"),
)
CORE = Incentive(
    name="core",
    title=titled("Core bonus", "Grundbonus"),
    per=Unit.HALF,
    settle=Unit.QUARTER,
    earner=Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.AGREED),
    level_on=When.END,
    driver=Use(measure="score"),
    scale=Scale(
        kind=ScaleKind.MARGINAL,
        steps=(
            Step(start=D(1), pays=(Percent(rate=VARIED),), reached="above"),
            Step(start=D(50), pays=(Percent(rate=D("0.04")), Lump(money=D(500)))),
        ),
    ),
    base=REVENUE,
    adjust=(
        Add(when=SOLUTIONS, rate=D("0.015")),
        Add(when=DEALERS, rate=D("0.02")),
        By(
            when=Any(of=(SOLUTIONS, Not(of=Is(column="product.family", values=("server", "rack"))))),
            factor=D(2),
        ),
        By(when=Any(of=(DEALERS, Holds(trait=Trait.HOLDS, values=("iso", "tisax")))), factor=D("0.5")),
    ),
    round=Rounding(to=D("0.05"), way="up"),
    minimum=Minimum(money=D(200), otherwise="forfeit"),
    payout=Payout(
        parts=(PayPart(share=D(1), form=PayForm.FUNDS),),
        payers=(Payer(who="distributor"),),
        due=Due(month_day=(2, 15)),
    ),
    late=Late(lines="next", returns="own"),
    newcomers=Newcomers(prorate="months"),
)
UNITS = Incentive(
    name="units",
    title=titled("Units", "Stückbonus"),
    per=AUTUMN,
    settle=AUTUMN,
    earner=Earner(who=Who.ALLIANCE, base_of="member", driver_of="group"),
    level_on=When.SETTLEMENT,
    select=Is(column="partner.kind", values=("etailer",)),
    gate=Test(measure=Use(measure="again"), comparison="at_least", figure=D(1)),
    scale=Scale(
        kind=ScaleKind.RETROACTIVE,
        steps=(Step(start=D(0), pays=(PerUnit(money=Cases(rows=(Case(when=DEALERS, use=D("2.5")),))),)),),
    ),
    base=Use(measure="pieces"),
    caps=(Cap(money=D(10), each="order_no"),),
    payout=Payout(
        parts=(
            PayPart(share=D("0.5"), form=PayForm.FUNDS, use_within=Length(count=45)),
            PayPart(share=D("0.2"), form=PayForm.VOUCHER, expires=Length(count=9)),
            PayPart(
                share=D("0.2"), form=PayForm.POINTS, use_within=Length(count=3), claim_within=Length(count=5)
            ),
            PayPart(share=D("0.1"), form=PayForm.DISCOUNT, claim_within=Length(count=4)),
        ),
        payers=(Payer(who="chosen", share=D("0.5")), Payer(who="vendor", share=D("0.5"))),
        due=Due(days_after_close=1),
    ),
    newcomers=Newcomers(prorate="days"),
)
LUMPS = Incentive(
    name="lumps",
    title=titled("Lumps", "Prämie"),
    per=Unit.MONTH,
    settle=Unit.MONTH,
    level_on=When.START,
    driver=Growth(of=REVENUE, against=(Baseline(window=LastYear(unit=Unit.MONTH), whole=True),)),
    scale=Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=D("0.1"), pays=(Lump(money=D(100)),)),)),
    minimum=Minimum(money=D(1), at_end="lost"),
    earner=Earner(persons=Persons(within=Length(count=2, unit=Unit.MONTH), otherwise="lost")),
    gate=All(
        of=(
            Holds(trait=Trait.AGE, values=(), least=Length(count=3, unit=Unit.MONTH)),
            Holds(trait=Trait.ENROLLED, values=()),
        )
    ),
    newcomers=Newcomers(baseline=Agreed(target="start")),
    late=Late(lines="refuse", until=Length(count=12, unit=Unit.MONTH)),
    payout=Payout(
        parts=(),
        choice=(PayForm.POINTS, PayForm.MONEY, PayForm.VOUCHER),
    ),
)
GROWN = Incentive(
    name="grown",
    title=titled("Grown", "Zuwachsbonus"),
    per=Unit.YEAR,
    settle=Unit.YEAR,
    select=All(of=(SOLUTIONS, Is(column="product.number", values=("A-1", "A-2")))),
    driver=Growth(of=REVENUE, against=(Baseline(window=LastYear(unit=Unit.YEAR)),)),
    scale=Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=D("0.1"), pays=(Percent(rate=D("0.1")),)),)),
    base=GrownPart(of=REVENUE),
)
ABOVE = Incentive(
    name="above",
    title=titled("Above", "Mehrbonus"),
    per=Unit.YEAR,
    settle=Unit.YEAR,
    scale=Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=D(10), pays=(Percent(rate=D("0.1")),)),)),
    base=PartAbove(of=REVENUE, over="step"),
    floor=Floor(money=D(20)),
)
COUNTED = Incentive(
    name="counted",
    title=titled("Counted", "Zählbonus"),
    per=Unit.MONTH,
    settle=Unit.MONTH,
    scale=Scale(
        kind=ScaleKind.INCREMENT,
        steps=(
            Step(
                start=Cases(rows=(Case(when=DEALERS, use=D(100)),), otherwise=D(200)),
                pays=(Lump(money=D(4)),),
            ),
            Step(start=Cases(rows=(Case(when=DEALERS, use=D(300)),)), pays=(Lump(money=D(5)),)),
        ),
        below=(Lump(money=D(25)), PerUnit(money=VARIED)),
        count=Count(every=D(50), counting="started", free=D(60)),
    ),
    base=Use(measure="pieces"),
)
EVERYTHING = Programme(
    name="everything",
    vendor="siskin",
    title=titled("Everything", "Alles"),
    version="1",
    valid=Span(date(2026, 1, 1), date(2027, 1, 1)),
    currency="CHF",
    calendar=Calendar(time_zone="Europe/Zurich"),
    close=Close(reports_within=1),
    rates="programme",
    products=(
        Group(
            name="solutions",
            title=titled("Solutions", "Lösungen"),
            where=All(
                of=(
                    Is(column="product.category", values=("hardware",)),
                    Any(
                        of=(
                            Is(column="product.line", values=("one", "two")),
                            Not(of=Is(column="product.family", values=("monitor",))),
                        )
                    ),
                )
            ),
        ),
    ),
    measures=MEASURES,
    ladders=LADDERS,
    incentives=(CORE, UNITS, LUMPS, GROWN, ABOVE, COUNTED),
    stacking=Stacking(sequences=(InSequence(incentives=("core", "grown")),)),
)
