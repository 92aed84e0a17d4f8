"""Incentives: windows, for whom, gates, earners, newcomers, late lines, stacking."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    ALWAYS,
    EVERY_ROW,
    Agreed,
    All,
    Baseline,
    Before,
    By,
    Condition,
    Earner,
    Filter,
    GroupShare,
    GrownPart,
    Growth,
    Holds,
    InSequence,
    Is,
    Late,
    Length,
    Newcomers,
    PartAbove,
    Persons,
    Stacking,
    Test,
    Trait,
    Use,
    When,
    Who,
)
from tests.core.programme.heron import AROUND, LEVELS, TOP, bonus, found, incentive, whole, with_incentive

REVENUE = Use(measure="revenue")
AUTUMN = Span(date(2026, 9, 1), date(2026, 12, 1))
DEALER = Holds(trait=Trait.KIND, values=("dealer",))
GOLD = Is(column="partner.level", values=("gold",))
BOXES = Is(column="product.group", values=("boxes",))


def test_the_rest_is_left_out() -> None:
    read = bonus("rate: 2 %")
    assert (read.base, read.driver, read.per, read.settle) == (REVENUE, None, Unit.QUARTER, Unit.QUARTER)
    assert (read.level_on, read.select, read.gate) == (When.DAY_OF_SALE, EVERY_ROW, ALWAYS)
    assert (read.earner, read.late, read.newcomers, read.caps) == (Earner(), Late(), Newcomers(), ())


@pytest.mark.parametrize(
    ("lines", "per", "settle"),
    [
        (["per: quarter"], Unit.QUARTER, Unit.MONTH),  # what the calendar says
        (["per: year", "settle: quarter"], Unit.YEAR, Unit.QUARTER),
        (["per: {from: 2026-09-01, to: 2026-11-30}"], AUTUMN, AUTUMN),
    ],
)
def test_windows(lines: list[str], per: Unit | Span, settle: Unit | Span) -> None:
    text = with_incentive("base: revenue", "rate: 2 %", *lines) + "calendar: {settle: month}\n"
    read = whole(text).incentive("bonus")
    assert (read.per, read.settle) == (per, settle)


class TestFor:
    """`for`: a level on the day of sale picks lines, everything else is asked of the partner."""

    @pytest.mark.parametrize(
        ("lines", "select", "gate"),
        [
            (["for: {level: gold}"], GOLD, ALWAYS),
            (["for: {level: gold, kind: dealer}"], GOLD, DEALER),
            (
                ["for: {level: gold}", "level_on: end"],
                EVERY_ROW,
                Holds(trait=Trait.LEVEL, values=("gold",), when=When.END),
            ),
            (["for: {level: gold}", "select: {products: boxes}"], All(of=(GOLD, BOXES)), ALWAYS),
            (
                ["gate: [{holds: x}]", "for: {kind: dealer, country: NO}"],
                EVERY_ROW,
                All(
                    of=(
                        Holds(trait=Trait.HOLDS, values=("x",)),
                        DEALER,
                        Holds(trait=Trait.COUNTRY, values=("NO",)),
                    )
                ),
            ),
            (
                ["for: [{kind: dealer}, {measure: revenue, at_least: 10}]"],
                EVERY_ROW,
                All(of=(DEALER, Test(measure=REVENUE, comparison="at_least", figure=Decimal(10)))),
            ),
        ],
    )
    def test_is_spread(self, lines: list[str], select: Filter, gate: Condition) -> None:
        read = bonus("rate: 2 %", *lines)
        assert (read.select, read.gate) == (select, gate)

    def test_asks_no_product(self) -> None:
        assert found(
            with_incentive("base: revenue", "per: quarter", "rate: 2 %", "for: {products: boxes}")
        ) == ["varies-by-line"]


@pytest.mark.parametrize(
    ("spelled", "over"),
    [
        ("step", "step"),
        ("first step", "first_step"),
        ("{measure: revenue, over: quarter before}", Use(measure="revenue", over=Before(unit=Unit.QUARTER))),
    ],
)
def test_a_part_above(spelled: str, over: object) -> None:
    read = incentive(f"base: {{part_above: {spelled}, of: revenue}}", "per: quarter", "rate: 2 %")
    assert (read.base, read.picks) == (PartAbove(of=REVENUE, over=over), REVENUE)


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("scale: {kind: retroactive, steps: [{from: 5, rate: 1 %}]}",), []),
        (("scale: {kind: marginal, steps: [{from: 5, rate: 1 %}]}",), ["part-above-refused"]),
        (("scale: {kind: retroactive, steps: [{from: 5, rate: 2 %}], below: 1 %}",), ["part-above-refused"]),
        (
            ("scale: {kind: retroactive, steps: [{from: 5, rate: 1 %}, {from: 9, rate: 9 %}]}",),
            ["more-pays-less"],
        ),
        (("driver: pieces", "rate: 1 %"), ["units-differ"]),
        (("rate: {by: products, boxes: 1 %, else: 2 %}",), ["base-not-parted"]),
        (("rate: 1 %", "cap: {amount: 5, each: order}"), ["base-not-parted"]),
    ],
)
def test_a_part_above_is_one_figure_of_a_retroactive_scale(lines: tuple[str, ...], codes: list[str]) -> None:
    text = with_incentive("base: {part_above: step, of: revenue}", "per: quarter", *lines)
    assert found(text) == codes


def test_growth_and_the_grown_part() -> None:
    read = incentive(
        "base: {growth_part_of: revenue}",
        "driver: {growth_of: revenue, against: quarter before}",
        "per: quarter",
        "newcomers: {baseline: 1_000}",
        "all_or_nothing: {from: 10 %, rate: 2 %}",
    )
    assert read.base == GrownPart(of=REVENUE)
    assert read.driver == Growth(of=REVENUE, against=(Baseline(window=Before(unit=Unit.QUARTER)),))


@pytest.mark.parametrize(
    ("spelled", "earner"),
    [
        ("partner", Earner()),
        (
            "{person: {shared_by: firm, within: 30 days, otherwise: lost}}",
            Earner(persons=Persons(within=Length(count=30), otherwise="lost")),
        ),
        ("{alliance: {}}", Earner(who=Who.ALLIANCE, driver_of="group", base_of="member")),
        (
            "{alliance: {base: group, share: by base}}",
            Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.BY_BASE),
        ),
        (
            "{alliance: {driver: group, base: group, share: head_office}}",
            Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.HEAD_OFFICE),
        ),
    ],
)
def test_earners(spelled: str, earner: Earner) -> None:
    assert bonus("rate: 2 %", f"earner: {spelled}").earner == earner


@pytest.mark.parametrize(
    ("spelled", "newcomers"),
    [
        ("{prorate: months}", Newcomers(prorate="months")),
        ("{prorate: days, baseline: 1_000}", Newcomers(prorate="days", baseline=Decimal(1000))),
        ("{baseline: none}", Newcomers()),
        ("{baseline: 0}", Newcomers(baseline=Decimal(0))),
        ("{baseline: {target: start}}", Newcomers(baseline=Agreed(target="start"))),
    ],
)
def test_newcomers(spelled: str, newcomers: Newcomers) -> None:
    assert bonus("rate: 2 %", f"newcomers: {spelled}").newcomers == newcomers


@pytest.mark.parametrize(
    ("spelled", "late"),
    [("{lines: next}", Late(lines="next")), ("{returns: own}", Late(returns="own")), ("{}", Late())],
)
def test_late_lines(spelled: str, late: Late) -> None:
    assert bonus("rate: 2 %", f"late: {spelled}").late == late


def test_factors() -> None:
    both = ("multiply: [{when: {products: boxes}, by: 1.5}]", "add: [{when: {kind: dealer}, rate: 2 %}]")
    assert [type(one).__name__ for one in bonus("rate: 2 %", *both).adjust] == ["Add", "By"]
    assert bonus("rate: 2 %", "multiply: [{when: {products: boxes}, by: 1.5}]").adjust == (
        By(when=BOXES, factor=Decimal("1.5")),
    )


@pytest.mark.parametrize(
    ("spelled", "stacking"),
    [
        ("added", Stacking(said=True)),
        ("[{sequence: [a, b]}]", Stacking(said=True, sequences=(InSequence(incentives=("a", "b")),))),
        ("{sequence: [b, a]}", Stacking(said=True, sequences=(InSequence(incentives=("b", "a")),))),
    ],
)
def test_stacking(spelled: str, stacking: Stacking) -> None:
    two = "".join(
        f"  - {{incentive: {name}, base: revenue, per: quarter, rate: 2 %}}\n" for name in ("a", "b")
    )
    text = f"{TOP}{AROUND}{LEVELS}incentives:\n{two}stacking: {spelled}\n"
    assert whole(text).stacking == stacking


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("per: quarter", ["key-twice"]),
        ("settle: {from: 2026-01-01, to: 2026-12-31}", ["value-not-of-type"]),
        ("level_on: monday", ["value-not-of-type"]),
        ("earner: distributor", ["not-yet"]),
        ("earner: friends", ["value-not-of-type"]),
        ("earner: {person: {shared_by: firm}}", ["key-missing"]),
        ("earner: {person: {shared_by: firm, within: 30 days}, alliance: {}}", ["one-of-both"]),
        ("earner: {branches: {}}", ["not-yet", "key-missing"]),
        ("earner: {alliance: {share: half}}", ["value-not-of-type"]),
        ("newcomers: {scale: {}}", ["not-yet"]),
        ("newcomers: {baseline: 10 %}", ["value-not-of-type"]),
        ("late: {lines: next, until: 3 months}", ["one-of-both"]),
        ("multiply: [{when: {kind: dealer}}]", ["key-missing"]),
        ("add: [{when: {kind: dealer}, rate: 2}]", ["value-not-of-type"]),
        ("multiply: {when: {kind: dealer}, by: 2}", ["value-not-of-type"]),
        ("select: {level: gold}", ["column-unknown"]),
        ("windows: {at_most: 4, of: year}", ["not-yet"]),
        ("not_with: other", ["not-yet"]),
    ],
)
def test_what_is_no_incentive(line: str, codes: list[str]) -> None:
    assert sorted(found(with_incentive("base: revenue", "per: quarter", "rate: 2 %", line))) == sorted(codes)


def test_what_people_share_is_not_claimed_besides() -> None:
    lines = ("earner: {person: {shared_by: firm, within: 30 days}}", "payout: {claim_within: 45 days}")
    assert found(with_incentive("base: revenue", "per: quarter", "rate: 2 %", *lines)) == ["one-of-both"]


def test_who_leaves_or_has_just_come() -> None:
    read = bonus("rate: 2 %", "leavers: {earn: nothing}", "newcomers: {least_age: 3 months}")
    of_age = Holds(trait=Trait.AGE, values=(), least=Length(count=3, unit=Unit.MONTH))
    assert read.gate == All(of=(of_age, Holds(trait=Trait.ENROLLED, values=())))


@pytest.mark.parametrize("per", ["week", "day", "half month"])
def test_units_that_follow_later(per: str) -> None:
    assert found(with_incentive("base: revenue", f"per: {per}", "rate: 2 %")) == ["not-yet"]


@pytest.mark.parametrize("base", ["{incentive: other}", "{users: active}"])
def test_bases_that_are_none(base: str) -> None:
    codes = found(with_incentive(f"base: {base}", "per: quarter", "rate: 2 %"))
    assert codes in (["not-yet"], ["key-missing"])
