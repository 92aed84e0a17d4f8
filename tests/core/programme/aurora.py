"""Aurora, built from core forms: one of each thing that a simple programme says."""

from datetime import date
from decimal import Decimal as D

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model import (
    All,
    Any,
    AtOnce,
    Baseline,
    Before,
    Benefit,
    By,
    Cap,
    Close,
    Different,
    Due,
    EachUnit,
    Group,
    GrownPart,
    Growth,
    Holds,
    Incentive,
    Is,
    Ladder,
    Last,
    LastYear,
    Length,
    Level,
    MeasureOf,
    Minimum,
    Newcomers,
    Part,
    Path,
    PayForm,
    Payout,
    PayPart,
    Percent,
    Programme,
    Review,
    Scale,
    ScaleKind,
    Score,
    Share,
    Stacking,
    Step,
    SumOf,
    Take,
    Test,
    Trait,
    Use,
    Who,
)

NET = Take(aggregate=SumOf(column="net"), source="sell_out", date="sold_on")
SOLUTIONS = Is(column="product.group", values=("solutions",))
LAST_YEAR = Last(count=4, unit=Unit.QUARTER)


def _named(name: str) -> Text:
    return Text(en=name, de=name)


MEASURES = (
    MeasureOf(name="revenue", title=Text(en="Revenue", de="Umsatz"), measure=NET),
    MeasureOf(
        name="solution_revenue",
        title=Text(en="Solution revenue", de="Lösungsumsatz"),
        measure=Take(aggregate=SumOf(column="net"), source="sell_out", date="sold_on", where=SOLUTIONS),
    ),
    MeasureOf(
        name="solution_share",
        title=Text(en="Share of solutions", de="Lösungsanteil"),
        measure=Share(part=Use(measure="solution_revenue"), whole=Use(measure="revenue")),
    ),
    MeasureOf(
        name="engineers",
        title=Text(en="Certified engineers", de="Zertifizierte Techniker"),
        measure=Take(
            aggregate=Different(key="person_id"),
            source="certifications",
            date="holds_from",
            where=Is(column="certification", values=("server-pro", "storage-pro")),
        ),
    ),
    MeasureOf(
        name="customers",
        title=Text(en="End customers", de="Endkunden"),
        measure=Take(aggregate=Different(key="end_customer_id"), source="sell_out", date="invoiced_on"),
    ),
    MeasureOf(
        name="capability",
        title=_named("capability"),
        measure=Score(
            parts=(
                Part(measure=Use(measure="customers"), points=D(2), most=D(20), least=D(1)),
                Part(measure=Use(measure="engineers"), points=D(5), most=D(10)),
            )
        ),
    ),
)
LADDER = Ladder(
    name="level",
    levels=(
        Level(name="registered", title=Text(en="Registered", de="Registriert")),
        Level(
            name="select",
            title=Text(en="Select", de="Select"),
            paths=(
                Path(
                    requirements=(
                        Test(
                            measure=Use(measure="revenue", over=LAST_YEAR),
                            comparison="at_least",
                            figure=D(25000),
                        ),
                        Test(measure=Use(measure="engineers"), comparison="at_least", figure=D(1)),
                    )
                ),
            ),
            benefits=(
                Benefit(name="discount", text="4 %", figure=D("0.04"), is_share=True),
                Benefit(name="contact", text="distributor"),
            ),
        ),
        Level(
            name="premier",
            title=Text(en="Premier", de="Premier"),
            paths=(
                Path(
                    name="volume",
                    requirements=(
                        Any(
                            of=(
                                Test(
                                    measure=Use(measure="revenue", over=LAST_YEAR),
                                    comparison="at_least",
                                    figure=D(150000),
                                ),
                                Test(
                                    measure=Use(measure="revenue", over=LAST_YEAR, who=Who.ALLIANCE),
                                    comparison="at_least",
                                    figure=D(150000),
                                ),
                            )
                        ),
                        Any(
                            of=(
                                Test(measure=Use(measure="engineers"), comparison="at_least", figure=D(4)),
                                Holds(trait=Trait.HOLDS, values=("datacenter-specialist",)),
                            )
                        ),
                    ),
                ),
                Path(
                    name="competence",
                    requirements=(
                        Test(
                            measure=Use(measure="capability", over=Last(count=12, unit=Unit.MONTH)),
                            comparison="at_least",
                            figure=D(24),
                        ),
                    ),
                ),
            ),
            benefits=(
                Benefit(name="discount", text="8 %", figure=D("0.08"), is_share=True),
                Benefit(name="demo_units", text="true"),
            ),
        ),
    ),
    review=Review(
        up=AtOnce(), down=EachUnit(unit=Unit.YEAR), grace=Length(count=2, unit=Unit.QUARTER), most_down=1
    ),
)
SOLUTION_BONUS = Incentive(
    name="solution-bonus",
    title=Text(en="Solution bonus", de="Lösungsbonus"),
    per=Unit.QUARTER,
    settle=Unit.QUARTER,
    select=Is(column="partner.level", values=("select", "premier")),
    gate=All(
        of=(
            Holds(trait=Trait.KIND, values=("system_house", "dealer")),
            Test(measure=Use(measure="engineers"), comparison="at_least", figure=D(1)),
        )
    ),
    base=Use(measure="solution_revenue"),
    scale=Scale(
        kind=ScaleKind.MARGINAL,
        steps=(
            Step(start=D(0), pays=(Percent(rate=D("0.01")),)),
            Step(start=D(50000), pays=(Percent(rate=D("0.02")),)),
            Step(start=D(150000), pays=(Percent(rate=D("0.035")),)),
        ),
    ),
    adjust=(By(when=Is(column="partner.level", values=("premier",)), factor=D("1.2")),),
    caps=(Cap(money=D(60000)), Cap(money=D(5000), each="end_customer_id")),
    payout=Payout(
        parts=(
            PayPart(share=D("0.6"), form=PayForm.MONEY),
            PayPart(
                share=D("0.4"),
                form=PayForm.FUNDS,
                use_within=Length(count=6, unit=Unit.MONTH),
                if_less_than=D(4000),
                then=PayForm.MONEY,
            ),
        ),
        due=Due(days_after_close=30),
    ),
)
RISER = Incentive(
    name="riser",
    title=Text(en="Riser", de="Aufsteiger"),
    per=Unit.QUARTER,
    settle=Unit.QUARTER,
    gate=Test(
        measure=Use(measure="revenue", over=Before(unit=Unit.YEAR)), comparison="below", figure=D(250000)
    ),
    driver=Growth(
        of=Use(measure="revenue"),
        against=(
            Baseline(window=LastYear(unit=Unit.QUARTER)),
            Baseline(window=Before(unit=Unit.QUARTER)),
        ),
    ),
    base=GrownPart(of=Use(measure="revenue")),
    scale=Scale(
        kind=ScaleKind.RETROACTIVE,
        steps=(
            Step(start=D("0.1"), pays=(Percent(rate=D("0.02")),)),
            Step(start=D("0.25"), pays=(Percent(rate=D("0.04")),)),
        ),
    ),
    newcomers=Newcomers(baseline=D(10000)),
    minimum=Minimum(money=D(50)),
)
AURORA = Programme(
    name="aurora",
    vendor="aurora-networks",
    title=Text(en="Aurora Partner Programme", de="Aurora Partnerprogramm"),
    version="2026.1",
    valid=Span(date(2026, 2, 1), date(2027, 2, 1)),
    currency="EUR",
    calendar=Calendar(starts_month=2),
    close=Close(reports_within=10, settle_after=20),
    products=(
        Group(
            name="solutions",
            title=Text(en="Solutions", de="Lösungen"),
            where=Is(column="product.family", values=("server", "storage", "service")),
        ),
    ),
    measures=MEASURES,
    ladders=(LADDER,),
    incentives=(SOLUTION_BONUS, RISER),
    stacking=Stacking(said=True),
)
