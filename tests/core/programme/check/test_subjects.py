"""Whose figure, whose money, and newcomers."""

import pytest

from tests.core.programme.heron import found, with_incentive

BONUS = ("base: revenue", "per: quarter", "rate: 2 %")


@pytest.mark.parametrize(
    ("alliance", "codes"),
    [
        ("{}", []),
        ("{base: group}", ["group-share-unsaid"]),
        ("{base: group, share: equally}", []),
        ("{share: equally}", ["earner-crossed"]),
        ("{driver: member}", ["earner-crossed"]),
        ("{driver: member, base: group}", ["earner-crossed", "group-share-unsaid"]),
    ],
)
def test_alliances(alliance: str, codes: list[str]) -> None:
    assert found(with_incentive(*BONUS, f"earner: {{alliance: {alliance}}}")) == codes


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("base: revenue", "rate: 2 %"), []),
        (("base: revenue", "lump: 500"), []),  # the lump is shared by the sum
        (("base: {count: lines, of: sell_out}", "per_unit: 2"), []),
        (("driver: revenue", "lump: 500"), ["share-without-base"]),
        (("base: customers", "per_unit: 2"), ["share-without-base"]),
        (("base: customers", "lump: 500"), ["share-without-base"]),
        (("base: people", "lump: 500"), ["share-without-base"]),
        (("base: {count: lines, of: certifications}", "lump: 500"), ["share-without-base"]),
        (("base: {score: [{measure: pieces, points: 1}]}", "per_unit: 2"), ["share-without-base"]),
        (
            ("base: {growth_part_of: revenue}", "driver: growth", "newcomers: {}", "rate: 2 %"),
            ["share-without-base"],
        ),
    ],
)
def test_shares_by_base_need_rows(lines: tuple[str, ...], codes: list[str]) -> None:
    by_base = "earner: {alliance: {driver: group, base: group, share: by base}}"
    assert found(with_incentive("per: quarter", *lines, by_base)) == codes
    assert found(with_incentive("per: quarter", *lines, by_base.replace("by base", "equally"))) == []


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("gate: [{measure: revenue, at_least: 5}]", []),
        ("gate: [{kind: dealer}]", ["group-has-no-trait"]),
        ("gate: [{measure: revenue, at_least: 5, once_met: stays}]", ["group-has-no-trait"]),
        ("for: {country: NO}", ["group-has-no-trait"]),
        ("for: {level: gold}", []),  # the level of each line, on its day
        ("multiply: [{when: {size: small}, by: 2}]", ["group-has-no-trait"]),
        ("multiply: [{when: {partner.size: small}, by: 2}]", []),
    ],
)
def test_an_alliance_is_no_firm(line: str, codes: list[str]) -> None:
    earner = "earner: {alliance: {base: group, share: equally}}"
    assert found(with_incentive(*BONUS, earner, line)) == codes
    assert found(with_incentive(*BONUS, "earner: {alliance: {}}", line)) == []


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("driver: growth",), ["newcomer-unsaid"]),
        (("driver: growth", "newcomers: {}"), []),
        (("driver: {growth_of: revenue, against: year before}",), ["newcomer-unsaid"]),
        (("driver: revenue",), []),
    ],
)
def test_newcomers(lines: tuple[str, ...], codes: list[str]) -> None:
    assert found(with_incentive(*BONUS, *lines)) == codes


@pytest.mark.parametrize(
    ("base", "driver", "codes"),
    [
        ("revenue", "growth", []),
        ("{sum: list, of: sell_out}", "growth", []),
        ("revenue", "revenue", ["baseline-of-two-windows"]),
        ("pieces", "growth", ["pay-needs-unit", "units-differ"]),
    ],
)
def test_the_grown_part(base: str, driver: str, codes: list[str]) -> None:
    lines = (f"base: {{growth_part_of: {base}}}", f"driver: {driver}", "newcomers: {baseline: none}")
    assert sorted(found(with_incentive(*lines, "per: quarter", "rate: 2 %"))) == codes
