"""Names and columns."""

import pytest

from staffel.core.programme import read_programme
from tests.core.programme.heron import AROUND, LEVELS, TOP, found, with_incentive, with_measure

BONUS = ("base: revenue", "per: quarter", "rate: 2 %")


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("driver: revenu", ["name-unknown"]),
        ("gate: [{measure: revenu, at_least: 1}]", ["name-unknown"]),
        ("select: {products: [boxes, bxes]}", ["name-unknown"]),
        ("for: {level: golden}", ["level-unknown"]),
        ("multiply: [{when: {level: golden}, by: 2}]", ["level-unknown"]),
        ("select: {partner.level: golden}", ["level-unknown"]),
        ("select: {certification: x}", ["source-lacks-column"]),
        ("cap: {amount: 5, each: invoice}", []),
    ],
)
def test_what_an_incentive_names(line: str, codes: list[str]) -> None:
    assert found(with_incentive(*BONUS, line)) == codes


def test_an_unknown_name_offers_the_nearest() -> None:
    text = with_incentive("base: revenu", "per: quarter", "rate: 2 %")
    (finding,) = [one for one in read_programme(text, file="x").findings if one.severity == "error"]
    assert (finding.way_out.en, finding.way_out.de) == ("Did you mean `revenue`?", "Meinten Sie `revenue`?")


@pytest.mark.parametrize(
    ("tail", "codes"),
    [
        ("  - {level: gold}\n", ["name-twice", "always-true"]),
        ("ladders: [{ladder: level, levels: [{level: a}]}]\n", ["name-twice"]),
        ("ladders: [{ladder: skill, levels: [{level: gold}]}]\n", ["not-yet"]),  # its names are its own
        ("stacking: [{sequence: [anybody, nobody]}]\n", ["name-unknown"] * 2),
    ],
)
def test_what_levels_and_stacking_name(tail: str, codes: list[str]) -> None:
    assert sorted(found(f"{TOP}{AROUND}{LEVELS}{tail}")) == sorted(codes)


class TestUnused:
    """A measure that neither a level nor an incentive uses, directly or through another."""

    def test_through_another_is_used(self) -> None:
        text = with_incentive("base: this", *BONUS[1:]).replace(
            "levels:", "  below: {sum: net, of: sell_out}\n  this: {measure: below}\nlevels:", 1
        )
        assert found(text) == []

    def test_through_an_unused_one_is_not(self) -> None:
        text = f"{TOP}measures:\n  below: {{sum: net, of: sell_out}}\n  this: {{measure: below}}\n"
        assert found(text) == ["measure-unused", "measure-unused"]

    def test_is_not_said_beside_an_unknown_name(self) -> None:
        text = f"{TOP}measures:\n  a: {{sum: net, of: sell_out}}\n  b: {{measure: c}}\n"
        assert found(text) == ["name-unknown"]


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("{count: partner, of: certifications}", []),
        ("{count: order, of: certifications}", ["source-lacks-column"]),
        ("{count: person, of: certifications, country: NO}", []),
        ("{count: person, of: certifications, products: boxes}", ["source-lacks-column"]),
        ("{count: person, of: certifications, route: x}", ["source-lacks-column"]),
        ("{count: lines, of: certifications, dates: {window: sold}}", ["source-lacks-date"]),
        ("{sum: quantity, of: certifications}", ["source-lacks-column"]),
        ("{sum: cost, of: sell_in, dates: {window: paid}}", []),
    ],
)
def test_sources_have_what_is_asked(spelled: str, codes: list[str]) -> None:
    assert found(with_measure(f"{spelled[:-1]}, accept: measure-unused}}")) == codes
