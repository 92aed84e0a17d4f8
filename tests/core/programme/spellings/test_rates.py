"""A figure, or a table of figures."""

from decimal import Decimal

import pytest

from staffel.core.programme.model import All, Case, Cases, Holds, Is, Percent, Test, Trait, Use, Varies, When
from tests.core.programme.heron import bonus, found, with_incentive

TWO, FOUR = Decimal("0.02"), Decimal("0.04")
NOTHING = Decimal(0)
BOXES = Is(column="product.group", values=("boxes",))


def level(name: str) -> Is:
    return Is(column="partner.level", values=(name,))


def held(name: str) -> Holds:
    return Holds(trait=Trait.LEVEL, values=(name,), when=When.START)


def revenue(figure: int) -> Test:
    return Test(measure=Use(measure="revenue"), comparison="at_least", figure=Decimal(figure))


@pytest.mark.parametrize(
    ("spelled", "level_on", "rate"),
    [
        ("2 %", "start", TWO),
        (
            "{by: level, silver: 2 %, gold: 4 %, else: 0 %}",
            "day of sale",
            Cases(
                rows=(Case(when=level("silver"), use=TWO), Case(when=level("gold"), use=FOUR)),
                otherwise=NOTHING,
            ),
        ),
        (
            "{by: level, else: 0 %, gold: 4 %}",
            "start",
            Cases(rows=(Case(when=held("gold"), use=FOUR),), otherwise=NOTHING),
        ),
        (
            "{by: products, boxes: 4 %, else: 2 %}",
            "start",
            Cases(rows=(Case(when=BOXES, use=FOUR),), otherwise=TWO),
        ),
        (
            "{by: [level, products], gold: {boxes: 4 %, else: 2 %}, silver: 2 %, else: 0 %}",
            "day of sale",
            Cases(
                rows=(
                    Case(when=All(of=(level("gold"), BOXES)), use=FOUR),
                    Case(when=level("gold"), use=TWO),
                    Case(when=level("silver"), use=TWO),
                ),
                otherwise=NOTHING,
            ),
        ),
        (
            "{by: country, NO: 2 %, else: 0 %}",
            "start",
            Cases(rows=(Case(when=Holds(trait=Trait.COUNTRY, values=("NO",)), use=TWO),), otherwise=NOTHING),
        ),
        (
            "{by: {measure: revenue}, from: {0: 2 %, 50_000: 4 %}}",
            "start",
            Cases(rows=(Case(when=revenue(50_000), use=FOUR), Case(when=revenue(0), use=TWO))),
        ),
        (
            "[{when: {kind: dealer}, use: 4 %}, {else: 2 %}]",
            "start",
            Cases(rows=(Case(when=Holds(trait=Trait.KIND, values=("dealer",)), use=FOUR),), otherwise=TWO),
        ),
    ],
)
def test_tables(spelled: str, level_on: str, rate: Varies[Decimal]) -> None:
    incentive = bonus(f"rate: {spelled}", f"level_on: {level_on}")
    assert incentive.scale.steps[0].pays == (Percent(rate=rate),)


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("{silver: 2 %}", ["key-missing"]),
        ("{by: colour, red: 2 %}", ["column-unknown"]),
        ("{by: currency, EUR: 2 %}", ["cases-open"]),
        ("{by: level}", ["key-missing"]),
        ("{by: level, silver: 2}", ["value-not-of-type"]),
        ("{by: level, silver: {boxes: 2 %}}", ["value-not-of-type"]),
        ("{by: [level, products], silver: [2 %]}", ["value-not-of-type"]),
        ("{by: [kind, products], dealer: {boxes: 2 %, else: 1 %}, else: 0 %}", ["not-yet"]),
        ("{by: {measure: revenue}}", ["key-missing"]),
        ("{by: {measure: revenue}, from: {0: 2 %}, else: 1 %}", ["key-unknown"]),
        ("{by: {measure: revenue}, from: {10 %: 2 %, 0: 1 %}}", ["units-differ"]),
        ("{measure: revenue}", ["not-yet"]),
        ("[]", ["value-not-of-type"]),
        ("[{else: 1 %}, {when: {kind: dealer}, use: 2 %}]", ["value-not-of-type"]),
        ("[{when: {kind: dealer}}]", ["value-not-of-type"]),
        (
            "[{when: {kind: dealer}, use: 2 %}, {when: {products: boxes}, use: 1 %}]",
            ["cases-open", "not-yet"],
        ),
    ],
)
def test_what_is_no_table(spelled: str, codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", f"rate: {spelled}")) == codes
