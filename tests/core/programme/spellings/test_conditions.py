"""Conditions: tests, what a partner is or holds, and their logic."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    All,
    Any,
    Before,
    Case,
    Cases,
    Condition,
    Current,
    Enforced,
    Holds,
    Is,
    Kept,
    Last,
    Not,
    Test,
    Trait,
    Use,
    When,
    Who,
)
from tests.core.programme.heron import bonus, found, requirements, with_incentive, with_requirement

REVENUE = Use(measure="revenue")
OVER_YEAR = Use(measure="revenue", over=Last(count=4, unit=Unit.QUARTER))


def at_least(figure: int, measure: Use = REVENUE) -> Test:
    return Test(measure=measure, comparison="at_least", figure=Decimal(figure))


TEN = at_least(10)
ALLIANCE = at_least(10, Use(measure="revenue", who=Who.ALLIANCE))
DEALER = Holds(trait=Trait.KIND, values=("dealer",))


@pytest.mark.parametrize(
    ("spelled", "forms"),
    [
        ("{measure: revenue, at_least: 10}", (TEN,)),
        ("[{measure: revenue, at_least: 10}, {kind: dealer}]", (TEN, DEALER)),
        ("{measure: revenue, over: last 4 quarters, at_least: 10}", (at_least(10, OVER_YEAR),)),
        (
            "{measure: revenue, above: 10, below: 20}",
            (
                All(
                    of=(
                        Test(measure=REVENUE, comparison="above", figure=Decimal(10)),
                        Test(measure=REVENUE, comparison="below", figure=Decimal(20)),
                    )
                ),
            ),
        ),
        ("{measure: revenue, at_least: 10, or_alliance: true}", (Any(of=(TEN, ALLIANCE)),)),
        ("{measure: revenue, at_least: 10, or_alliance: false}", (TEN,)),
        ("{measure: revenue, at_least: 10, once_met: stays}", (Kept(of=TEN),)),
        (
            "{measure: revenue, at_least: 10, or_alliance: true, once_met: stays}",
            (Kept(of=Any(of=(TEN, ALLIANCE))),),
        ),
        ("{any: [{measure: revenue, at_least: 10}, {kind: dealer}]}", (Any(of=(TEN, DEALER)),)),
        ("{all: [{measure: revenue, at_least: 10}, {kind: dealer}]}", (All(of=(TEN, DEALER)),)),
        ("[[{measure: revenue, at_least: 10}, {kind: dealer}]]", (All(of=(TEN, DEALER)),)),
        ("{not: {kind: dealer}}", (Not(of=DEALER),)),
        ("{kind: [dealer, etailer]}", (Holds(trait=Trait.KIND, values=("dealer", "etailer")),)),
        (
            "{country: NO, size: small}",
            (
                All(
                    of=(
                        Holds(trait=Trait.COUNTRY, values=("NO",)),
                        Holds(trait=Trait.SIZE, values=("small",)),
                    )
                ),
            ),
        ),
        (
            "{measure: revenue, at_least: {by: country, AT: 5, else: 10}}",
            (
                Test(
                    measure=REVENUE,
                    comparison="at_least",
                    figure=Cases(
                        rows=(Case(when=Holds(trait=Trait.COUNTRY, values=("AT",)), use=Decimal(5)),),
                        otherwise=Decimal(10),
                    ),
                ),
            ),
        ),
        (
            "{measure: revenue, above: {measure: revenue, over: year before}}",
            (
                Test(
                    measure=REVENUE,
                    comparison="above",
                    figure=Use(measure="revenue", over=Before(unit=Unit.YEAR)),
                ),
            ),
        ),
        (
            "{measure: revenue, at_least: 10, published: 2026-04-01, enforced: 2026-07-01}",
            (Enforced(of=TEN, day=date(2026, 7, 1), published=date(2026, 4, 1)),),
        ),
        (
            "{measure: revenue, at_least: 10, exempt: newcomers}",
            (Any(of=(Holds(trait=Trait.NEWCOMER, values=("true",)), TEN)),),
        ),
        (
            "{measure: revenue, at_least: 10, reached_on_any_day_of: last 4 quarters}",
            (Kept(of=TEN, over=Last(count=4, unit=Unit.QUARTER)),),
        ),
        (
            "{measure: revenue, at_least: 10, kept_on_every_day_of: quarter before}",
            (Kept(of=TEN, over=Before(unit=Unit.QUARTER), on="every"),),
        ),
        (
            "{accepted: [terms, data], within: window}",
            (Holds(trait=Trait.ACCEPTED, values=("data", "terms"), within=Current()),),
        ),
        ("{choice: {hurdle: low}}", (Holds(trait=Trait.CHOICE, values=("hurdle=low",)),)),
        (
            "{decided: {hardship: [granted, half]}}",
            (Holds(trait=Trait.DECIDED, values=("hardship=granted", "hardship=half")),),
        ),
        ("{newcomer: false}", (Holds(trait=Trait.NEWCOMER, values=("false",)),)),
        ("{holds: datacenter}", (Holds(trait=Trait.HOLDS, values=("datacenter",)),)),
    ],
)
def test_conditions(spelled: str, forms: tuple[Condition, ...]) -> None:
    assert requirements(spelled) == forms


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("{measure: revenue}", ["key-missing"]),
        ("{measure: revenue, atleast: 10}", ["key-unknown"]),
        ("{measure: revenue, at_least: ten}", ["value-not-of-type"]),
        ("{measure: revenue, at_least: {by: level}}", ["key-missing"]),
        ("{measure: revenue, at_least: {by: level, member: 5, else: 0}}", ["level-in-requirement"]),
        ("{measure: revenue, at_least: {by: products, boxes: 5, else: 0}}", ["varies-by-line"]),
        ("{measure: revenue, at_least: [{when: {kind: sale}, use: 5}, {else: 0}]}", ["varies-by-line"]),
        ("{measure: revenue, at_least: {by: country, DE: 5 %, else: 0}}", ["units-differ"]),
        ("{measure: revenue, at_least: {measure: sales}}", ["name-unknown"]),
        ("{measure: revenue, at_least: {times: 2}}", ["key-missing"]),
        ("{measure: revenue, at_least: 10 %}", ["units-differ"]),
        ("{share: pieces, in: pieces, at_least: 0.4}", ["units-differ"]),
        ("{measure: revenue, at_least: 10, published: 2026-01-01}", ["key-missing"]),
        (
            "{measure: revenue, at_least: 10, published: 2026-05-01, enforced: 2026-02-01}",
            ["published-too-late"],
        ),
        ("{holds: iso, enforced: 2026-05-01}", ["not-yet"]),
        ("{measure: revenue, at_least: 10, exempt: dealers}", ["value-not-of-type"]),
        ("{measure: revenue, at_least: 10, reached_on_any_day_of: yore}", ["value-not-of-type"]),
        ("{measure: revenue, at_least: 10, once_met: stays, kept_on_every_day_of: year}", ["one-of-both"]),
        ("{measure: revenue, at_least: 10, once_met: goes}", ["value-not-of-type"]),
        ("{knd: dealer}", ["key-unknown"]),
        ("{}", ["key-missing"]),
        ("revenue", ["value-not-of-type"]),
        ("{within: window}", ["key-missing"]),
        ("{newcomer: perhaps}", ["value-not-of-type"]),
        ("{any: []}", ["never-true"]),
        ("{products: boxes}", ["varies-by-line"]),
        ("{kind: return}", ["varies-by-line"]),
        ("{level: member}", ["level-in-requirement"]),
    ],
)
def test_what_is_no_condition(spelled: str, codes: list[str]) -> None:
    assert sorted(found(with_requirement(spelled))) == sorted(codes)


class TestWhen:
    """`multiply: when`: what a line answers cuts the base, what the partner answers does not."""

    @pytest.mark.parametrize(
        ("level_on", "when", "form"),
        [
            ("day of sale", "{level: gold}", Is(column="partner.level", values=("gold",))),
            ("start", "{level: gold}", Holds(trait=Trait.LEVEL, values=("gold",), when=When.START)),
            ("end", "{level: gold}", Holds(trait=Trait.LEVEL, values=("gold",), when=When.END)),
            ("day of sale", "{not: {level: gold}}", Not(of=Is(column="partner.level", values=("gold",)))),
            ("start", "{products: boxes}", Is(column="product.group", values=("boxes",))),
            ("start", "{kind: sale}", Is(column="kind", values=("sale",))),
            ("start", "{kind: dealer}", DEALER),
            ("end", "{country: NO}", Holds(trait=Trait.COUNTRY, values=("NO",), when=When.START)),
            ("start", "{measure: revenue, at_least: 10}", TEN),
            (
                "day of sale",
                "{level: gold, products: boxes}",
                All(
                    of=(
                        Is(column="partner.level", values=("gold",)),
                        Is(column="product.group", values=("boxes",)),
                    )
                ),
            ),
        ],
    )
    def test_lowers(self, level_on: str, when: str, form: object) -> None:
        incentive = bonus("rate: 2 %", f"level_on: {level_on}", f"multiply: [{{when: {when}, by: 1.2}}]")
        assert [by.when for by in incentive.adjust] == [form]

    def test_refuses_both_at_once(self) -> None:
        lines = ("rate: 2 %", "level_on: start", "multiply: [{when: {level: gold, products: boxes}, by: 2}]")
        assert found(with_incentive("base: revenue", "per: quarter", *lines)) == ["not-yet"]
