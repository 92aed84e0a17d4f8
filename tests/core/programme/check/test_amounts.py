"""More that pays less, and caps that never pay."""

import pytest

from staffel.core.programme import read_programme
from tests.core.programme.heron import found, with_incentive

TWO_STEPS = "scale: {{kind: {kind}, steps: [{{from: 0, {low}}}, {{from: 50_000, {high}}}]}}"


@pytest.mark.parametrize(
    ("kind", "low", "high", "codes"),
    [
        ("retroactive", "rate: 2 %", "rate: 2 %", []),
        ("retroactive", "rate: 2 %", "rate: 1.99 %", ["more-pays-less"]),
        ("marginal", "rate: 2 %", "rate: 1 %", []),  # what was earned below stays
        ("retroactive", "lump: 500", "lump: 400", ["more-pays-less"]),
        ("retroactive", "rate: 2 %", "lump: 1_000", []),  # 2 % of 50,000 is 1,000
        ("retroactive", "rate: 2 %", "lump: 999.99", ["more-pays-less"]),
        ("retroactive", "rate: 2 %", "rate: 1 %, lump: 500", []),
        (
            "retroactive",
            "rate: {by: products, boxes: 2 %, else: 1 %}",
            "rate: {by: products, boxes: 1 %, else: 3 %}",
            ["more-pays-less"],
        ),
        ("retroactive", "rate: {by: products, boxes: 2 %, else: 1 %}", "rate: 2 %", []),
        ("retroactive", "rate: 2 %", "rate: {by: products, boxes: 3 %, else: 1 %}", ["more-pays-less"]),
    ],
)
def test_on_its_own_driver(kind: str, low: str, high: str, codes: list[str]) -> None:
    scale = TWO_STEPS.format(kind=kind, low=low, high=high)
    assert found(with_incentive("base: revenue", "per: quarter", scale)) == codes


@pytest.mark.parametrize(
    ("low", "high", "codes"),
    [("rate: 2 %", "rate: 3 %", []), ("rate: 3 %", "rate: 2 %", ["more-pays-less"])],
)
def test_on_another_driver(low: str, high: str, codes: list[str]) -> None:
    scale = TWO_STEPS.format(kind="retroactive", low=low, high=high)
    assert found(with_incentive("base: revenue", "driver: pieces", "per: quarter", scale)) == codes


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("every: 50, steps: [{from: 0, lump: 5}, {from: 100, lump: 4}]", []),  # 1 × 5, then 2 × 4
        ("every: 50, steps: [{from: 0, lump: 9}, {from: 100, lump: 4}]", ["more-pays-less"]),  # 1 × 9, 2 × 4
        (
            "every: 50, counting: started, steps: [{from: 0, lump: 5}, {from: 100, lump: 4}]",
            ["more-pays-less"],
        ),
        (
            "every: 50, free: 100, steps: [{from: 0, lump: 5}, {from: 100, lump: 4}]",
            [],
        ),  # nothing counted yet
    ],
)
def test_increments(said: str, codes: list[str]) -> None:
    lines = ("base: pieces", "per: quarter", f"scale: {{kind: increment, {said}}}")
    assert found(with_incentive(*lines)) == codes


@pytest.mark.parametrize(
    ("scale", "codes"),
    [
        ("all_or_nothing: {from: 10_000, rate: 2 %, else: 2 %}", []),
        ("all_or_nothing: {from: 10_000, rate: 2 %, else: 3 %}", ["more-pays-less"]),
        ("all_or_nothing: {from: 10_000, rate: 2 %, else: {lump: 200}}", []),
        ("all_or_nothing: {from: 10_000, rate: 2 %, else: {lump: 201}}", ["more-pays-less"]),
        ("scale: {kind: marginal, steps: [{from: 50, rate: 2 %}], below: 1 %}", ["more-pays-less"]),
        ("scale: {kind: increment, every: 50, steps: [{from: 50, lump: 9}], below: {lump: 9}}", []),
        (
            "scale: {kind: increment, every: 60, steps: [{from: 50, lump: 9}], below: {lump: 9}}",
            ["more-pays-less"],
        ),
    ],
)
def test_below_the_first_step(scale: str, codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", scale)) == codes


def test_the_smallest_example() -> None:
    scale = TWO_STEPS.format(kind="retroactive", low="rate: 10 %", high="rate: 7.5 %")
    text = with_incentive("base: revenue", "per: quarter", scale)
    (finding,) = [one for one in read_programme(text, file="x").findings if one.code == "more-pays-less"]
    assert (finding.reason.en, finding.reason.de) == (
        "More is less: 49_999.99 earns about 5_000.00, 50_000 earns 3_750.00.",
        "Mehr ist weniger: 49_999.99 bringt etwa 5_000.00, 50_000 bringt 3_750.00.",
    )


@pytest.mark.parametrize(
    ("cap", "codes"),
    [("50", []), ("49.99", ["cap-below-minimum"]), ("{amount: 10, each: order}", [])],
)
def test_a_cap_below_the_minimum(cap: str, codes: list[str]) -> None:
    lines = ("base: revenue", "per: quarter", "rate: 2 %", "minimum_payout: 50", f"cap: {cap}")
    assert found(with_incentive(*lines)) == codes
