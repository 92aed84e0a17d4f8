"""Bad input by name: what goes wrong in a file, by accident or on purpose, and what is said of it."""

import pytest

from staffel.core.programme import read_programme
from staffel.core.readers.mapping_file import parse_mapping
from staffel.core.readers.refusals import MappingRefused
from tests.core.programme.heron import AROUND, LEVELS, TOP
from tests.fuzz.running import soon

BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{letter}: &{letter} [*{before}, *{before}, *{before}, *{before}]\n"
    for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
)
BONUS = "incentives:\n  - {incentive: bonus, base: revenue, per: quarter, "


def said(text: str) -> list[str]:
    """What is found in a programme: code and place; its notes aside."""
    with soon():
        findings = read_programme(text, file="x").findings
    return [
        f"{finding.code} {finding.places[0].line}:{finding.places[0].column}"
        for finding in findings
        if finding.severity != "note"
    ]


def in_bonus(keys: str) -> list[str]:
    """What is found in an incentive with these keys, without its line."""
    return [found.partition(" ")[0] for found in said(f"{TOP}{AROUND}{LEVELS}{BONUS}{keys}}}\n")]


def in_mapping(text: str) -> list[str]:
    """The codes of what is found in a mapping."""
    with soon():
        try:
            parse_mapping(text, "x")
        except MappingRefused as refusal:
            return [finding.code for finding in refusal.findings]
    return []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BOMB, ["yaml-broken 1:4"]),
        ("programme: &a heron\nvendor: *a\n", ["yaml-broken 1:12"]),
        (f"{TOP}measures: &all {{}}\n", ["yaml-broken 6:11"]),
        (f"{TOP}<<: {{currency: USD}}\n", ["key-unknown 6:1"]),
        (f"{TOP}currency: USD\n", ["key-twice 6:1"]),
        (f"{TOP}\tcurrency: USD\n", ["yaml-broken 6:1"]),
        (f"{TOP}\x1e\tmeasures: {{}}\n", ["yaml-broken 6:2"]),  # a sign that ends no line
        (TOP.replace("2026-12-31", "2026-11-31"), ["date-impossible 4:31"]),
        (TOP.replace("currency: EUR", "currency: €"), ["value-not-of-type 5:11"]),
        ("[" * 100_000, ["too-deep 1:25"]),
        ("- " * 100_000, ["too-deep 1:49"]),
        ("{" * 3_000, ["yaml-broken 1:2"]),
        (
            f"programme: {'a' * 3_000}\n{TOP[TOP.index('vendor') :]}",
            ["too-long 1:12", "value-not-of-type 1:12"],
        ),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_text_that_is_no_programme(text: str, found: list[str]) -> None:
    assert said(text)[:2] == found


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("rate: 1 %", []),
        ("rate: '1 %'", []),  # every word is a text, with quotes or without
        ("rate: 1.200", ["number-ambiguous"]),
        ("rate: 1,5 %", ["number-ambiguous"]),
        ("lump: 1.200", ["number-ambiguous"]),
        ("lump: 1'200", ["value-not-of-type"]),
        ("lump: 1200 EUR", ["value-not-of-type"]),
        ("lump: twelve", ["value-not-of-type"]),
        ("lump: 1e9", ["value-not-of-type"]),
        ("lump: １２", ["value-not-of-type"]),  # wide digits
        ("lump: 99999999999999999999", ["number-too-large"]),
        (f"lump: {'9' * 1_900}", ["number-too-large"]),
        ("rate: 150 %", ["rate-above-100"]),
        ("rate: 1.5", ["value-not-of-type"]),
        ("rate: -1 %", ["value-not-of-type"]),
        ("rate: 1.1234567 %", ["too-many-decimals"]),
        ("rate: [1 %, 2 %]", ["value-not-of-type", "value-not-of-type"]),
        ("scale: {kind: marginal, steps: []}", ["key-missing"]),
        ("scale: {kind: marginal, steps: [{}]}", ["key-missing", "key-missing"]),
        ("scale: {kind: marginal, steps: [null]}", ["value-not-of-type"]),
        ("scale: {kind: marginal, steps: [{from: 5}]}", ["key-missing"]),
        ("scale: {kind: marginal, steps: [{from: 5, rate: 1 %}, {from: 5, rate: 2 %}]}", ["steps-equal"]),
        ("r\u0430te: 1 %", ["looks-alike"]),
        ("rate: 1 %, b\u0430se: revenue", ["looks-alike"]),
        ("rate: 1 %, driver: r\u0435venue", ["looks-alike"]),
        ("rate: 1 %, rate: 2 %", ["key-twice"]),
        ("rate: 1 %, rate : 2 %", ["key-twice"]),
        ("rate: 1 %, cap: NaN", ["value-not-of-type"]),
        ("rate: 1 %, cap: [[[[5]]]]", ["value-not-of-type"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_incentive_said_badly(keys: str, found: list[str]) -> None:
    assert in_bonus(keys) == found


def many(made: str, count: int) -> str:
    """A programme with this many incentives."""
    each = "".join(f"  - {made.replace('NAME', f'i{number}')}\n" for number in range(count))
    return f"{TOP}measures: {{revenue: {{sum: net, of: sell_out}}}}\nstacking: added\nincentives:\n{each}"


class TestTooMuch:
    """What is larger than any programme is refused, and soon; what is as large as one may be is read."""

    SHORT = "{incentive: NAME, base: revenue, per: year, rate: 1 %}"

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (many(SHORT, 250), []),
            (many(SHORT, 251), ["too-long 9:3"]),
            (many(SHORT, 10_000), ["too-long 0:0"]),
            (many("{incentive: NAME}", 10_000), ["too-long 6666:17"]),
            (TOP + "".join(f"revenu{number}: a\n" for number in range(5_000)), ["too-long 1:1"]),
        ],
        ids=["250", "251", "10,000", "10,000 short ones", "unknown keys"],
    )
    def test_incentives(self, text: str, found: list[str]) -> None:
        assert said(text)[:1] == found

    @pytest.mark.parametrize("made", ["share: {0}, in: {0}", "growth_of: {0}, against: quarter before"])
    def test_measures_on_measures(self, made: str) -> None:
        """Each of a chain is asked once, though the ways to the first are 2 to the power of 200."""
        chain = "".join(f"  m{at}: {{{made.format(f'm{at - 1}')}}}\n" for at in range(1, 200))
        bonus = f"{BONUS}driver: m199, rate: 1 %}}\n".replace("revenue", "m0")
        assert said(f"{TOP}measures:\n  m0: {{sum: net, of: sell_out}}\n{chain}{bonus}")

    def test_conditions(self) -> None:
        each = ", ".join(f"{{measure: revenue, at_least: {figure}}}" for figure in range(1_000))
        assert in_bonus(f"rate: 1 %, gate: [{each}]") == ["too-long"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BOMB, ["mapping-anchor"]),
        ("columns: &all {net: *all}", ["mapping-anchor"]),
        ("<<: {x: 1}\ncolumns: {net: Netto}", ["mapping-anchor"]),
        ("columns: {net: '<<'}", []),
        ("columns: !!omap [net: Netto]", ["mapping-tag"]),
        ("columns: {net: !!float Netto}", ["mapping-tag"]),
        ("columns: {net: a, net: b}", ["mapping-word-twice"]),
        ("columns:\n\tnet: Netto", ["mapping-tab"]),
        ("[" * 50_000, ["mapping-too-deep"]),
        ("columns: " + "[" * 500 + "]" * 500, ["mapping-too-deep"]),
        ("columns:\n" + "".join(f"  net{number}: a\n" for number in range(20_000)), ["mapping-too-long"]),
        ("header: " + "9" * 5_000, ["mapping-unreadable"]),
        ("mapping: 2026-02-30\ncolumns: {net: Netto}", ["mapping-unreadable"]),
        ("columns: {net: .nan}", ["mapping-value-wrong"]),
        ("columns: {net: 1e400}", ["mapping-value-wrong"]),
        ("columns: {n\u0435t: Netto, quantity: Menge}", ["mapping-word-unknown"]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_text_that_is_no_mapping(text: str, found: list[str]) -> None:
    assert in_mapping(text) == found
