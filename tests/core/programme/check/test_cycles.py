"""Circles."""

import pytest

from staffel.core.programme.check.cycles import MOST_NAMES_DEEP
from tests.core.programme.heron import AROUND, LEVELS, TOP, found, with_incentive


@pytest.mark.parametrize(
    ("measures", "circular"),
    [
        ("  a: {measure: a}\n", 1),
        ("  a: {measure: b}\n  b: {share: revenue, in: a}\n", 2),
        ("  a: {growth_of: b, against: year before}\n  b: {measure: c}\n  c: {measure: a}\n", 3),
        ("  a: {measure: b}\n  b: {measure: b}\n", 1),  # a rests on a circle and is in none
    ],
)
def test_a_measure_in_itself(measures: str, circular: int) -> None:
    codes = [code for code in found(f"{TOP}{AROUND}{measures}") if code != "measure-unused"]
    assert codes == ["measure-in-itself"] * circular


@pytest.mark.parametrize(("deep", "codes"), [(MOST_NAMES_DEEP, []), (MOST_NAMES_DEEP + 5, ["too-deep"])])
def test_measures_below_each_other(deep: int, codes: list[str]) -> None:
    chain = "".join(f"  m{at}: {{measure: m{at - 1}}}\n" for at in range(1, deep))
    text = f"{TOP}measures:\n  m0: {{sum: net, of: sell_out}}\n{chain}"
    assert [code for code in found(text) if code != "measure-unused"] == codes


@pytest.mark.parametrize(
    "requires",
    [
        "{level: silver}",
        "{any: [{level: silver}, {kind: dealer}]}",
        "{sum: net, of: sell_out, where: {partner.level: silver}, at_least: 1}",
        "{measure: silvers, at_least: 1}",  # through a name
    ],
)
def test_a_level_that_asks_for_a_level(requires: str) -> None:
    silvers = "  silvers: {sum: net, of: sell_out, where: {partner.level: silver}, accept: measure-unused}\n"
    text = f"{TOP}{AROUND}{silvers}{LEVELS}  - {{level: top, requires: {requires}}}\n"
    assert found(text) == ["level-in-requirement"]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("lump: {by: level, gold: 5, else: 0}",), ["varies-by-line"]),
        (("lump: {by: level, gold: 5, else: 0}", "level_on: end"), []),
        (("lump: {by: products, boxes: 5, else: 0}", "level_on: end"), ["varies-by-line"]),
        (("lump: {by: country, NO: 5, else: 0}",), []),
    ],
)
def test_a_lump_sum_by_the_line(lines: tuple[str, ...], codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", *lines)) == codes
