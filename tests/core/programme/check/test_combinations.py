"""What does not stand together."""

import pytest

from tests.core.programme.heron import found, with_incentive


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("lump: 500",), ["key-missing"]),  # neither base nor driver
        (("driver: revenue", "lump: 500"), []),
        (("driver: revenue", "rate: 2 %"), ["key-missing"]),
        (("driver: revenue", "per_unit: 2"), ["key-missing"]),
    ],
)
def test_without_a_base(lines: tuple[str, ...], codes: list[str]) -> None:
    assert found(with_incentive("per: quarter", *lines)) == codes


CUT = "per_unit: {by: products, boxes: 2, else: 1}"
FACTOR = "multiply: [{when: {products: boxes}, by: 2}]"
KEYED = "cap: {amount: 5, each: order}"


@pytest.mark.parametrize(
    ("base", "lines", "codes"),
    [
        ("pieces", (CUT, FACTOR, KEYED), []),
        ("{count: lines, of: sell_out}", (CUT, FACTOR, KEYED), []),
        ("customers", (CUT,), ["base-not-parted"]),
        ("customers", ("per_unit: 2", FACTOR), ["base-not-parted"]),
        ("customers", ("per_unit: 2", KEYED), ["base-not-parted"]),
        ("customers", ("per_unit: {by: country, NO: 2, else: 1}",), []),  # of the partner, no cut
        ("{score: [{measure: people, points: 1}]}", ("per_unit: 2", "cap: 5"), []),
        ("{score: [{measure: pieces, points: 1}]}", ("per_unit: 2", FACTOR), ["base-not-parted"]),
        ("revenue", ("lump: 5", KEYED), ["cap-of-nothing"]),
        ("revenue", ("rate: 2 %", KEYED), []),
        (
            "revenue",
            ("rate: 2 %", "cap: [{amount: 5, each: order}, {amount: 6, each: order}]"),
            ["key-twice"],
        ),
        (
            "revenue",
            ("rate: 2 %", "cap: [{amount: 5, each: order}, {amount: 6, each: end_customer}, 7]"),
            ["caps-by-two-keys"],
        ),
    ],
)
def test_cuts_and_caps_need_the_base_line_by_line(
    base: str, lines: tuple[str, ...], codes: list[str]
) -> None:
    assert found(with_incentive(f"base: {base}", "per: quarter", *lines)) == codes


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("lump: 5", FACTOR), ["factor-of-nothing"]),
        (("lump: 5", "multiply: [{when: {level: gold}, by: 2}]"), ["factor-of-nothing"]),  # of each line
        (("lump: 5", "multiply: [{when: {net: {at_least: 5}}, by: 2}]"), ["factor-of-nothing"]),
        (("lump: 5", "add: [{when: {kind: dealer}, rate: 2 %}]"), ["factor-of-nothing"]),
        (("lump: 5", "multiply: [{when: {level: gold}, by: 2}]", "level_on: start"), []),
        (("lump: 5", "multiply: [{when: {kind: dealer}, by: 2}]"), []),
        (("lump: 5", "rate: 2 %", FACTOR), []),
        (("lump: 5", FACTOR.replace("by: 2", "by: 2, accept: factor-of-nothing")), []),
        (("scale: {kind: retroactive, steps: [{from: 0, lump: x}]}", FACTOR), ["value-not-of-type"]),
    ],
)
def test_a_factor_of_lines_multiplies_no_lump_sum(lines: tuple[str, ...], codes: list[str]) -> None:
    text = with_incentive("base: revenue", "per: quarter", *lines)
    assert found(text) == codes


def test_the_grown_part_is_one_figure() -> None:
    lines = ("base: {growth_part_of: revenue}", "driver: growth", "newcomers: {baseline: none}")
    pays = ("per: quarter", "rate: {by: level, gold: 2 %, else: 1 %}")
    assert found(with_incentive(*lines, *pays)) == ["base-not-parted"]
    assert found(with_incentive(*lines, *pays, "level_on: end")) == []


@pytest.mark.parametrize(
    ("late", "start", "codes"),
    [
        ("{}", "10", []),
        ("{returns: own}", "10", ["return-on-other-step"]),
        ("{lines: next}", "10", ["return-on-other-step"]),
        ("{returns: own}", "0", []),  # one step for all
    ],
)
def test_returns_apart_from_their_sale(late: str, start: str, codes: list[str]) -> None:
    lines = ("base: revenue", "per: quarter", f"late: {late}")
    assert found(with_incentive(*lines, f"all_or_nothing: {{from: {start}, rate: 2 %}}")) == codes
