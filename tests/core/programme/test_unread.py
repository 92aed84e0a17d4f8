"""All errors at once: what cannot be read hides nothing of the rest, and what only follows is not told."""

import pytest

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme import read_programme
from staffel.core.programme.check import doubtful
from staffel.core.programme.text import Entries, Node, tree_of
from staffel.core.programme.unread import MOST_ROUNDS, Unread, declared, mended, nearest_way, ways_in
from tests.conftest import ROOT
from tests.core.programme.heron import AROUND, LEVELS, TOP, found, places, with_incentive, with_measure
from tests.core.programme.spelled import leaves

ASTER = """\
programme: aster
vendor: aster-systems
version: "1"
valid: {from: 2026-01-01, to: 2026-12-31}
currency: EUR
measures:
  revenue: {sum: net, of: sell_out}
  pieces: {sum: quantity, of: sel_out}
levels:
  - level: registered
  - level: select
    requires: [{measure: revenu, over: last 4 quarters, at_least: 25.000}]
incentives:
  - incentive: quarter-bonus
    base: revenu
    per: quartr
    scale: {kind: marginal, steps: [{from: 50_000, rate: 1}, {from: 0, rate: 2 %}]}
    cap: {amount: 5_000, each: end_customer}
  - incentive: growth
    base: {growth_part_of: revnue}
    driver: grwth
    per: quarter
    rate: 2 %
"""


def test_values_and_structure_come_at_once() -> None:
    assert places(ASTER) == [
        "value-not-of-type 8:31",  # sel_out
        "name-unknown 12:26",  # revenu
        "number-ambiguous 12:67",  # 25.000
        "name-unknown 15:11",
        "value-not-of-type 16:10",  # quartr
        "value-not-of-type 17:58",  # 1
        "steps-not-rising 17:62",
        "name-unknown 20:28",
        "name-unknown 21:13",
    ]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("cap: {amount: 5, each: order}", []),
        ("rate: {by: products, boxes: 1 %, else: 2 %}", []),
        ("multiply: [{when: {products: boxes}, by: 2}]", []),
        ("earner: {alliance: {base: group, share: by base}}", []),
        ("driver: {growth_of: revenu, against: quarter before}", ["newcomer-unsaid", "name-unknown"]),
    ],
)
def test_behind_an_unknown_measure_nothing_follows(line: str, codes: list[str]) -> None:
    rate = [] if line.startswith("rate") else ["rate: 2 %"]
    text = with_incentive("base: revenu", "per: quarter", *rate, line)
    assert sorted(found(text)) == sorted(["name-unknown", *codes])


def test_a_sequence_of_unknown_measures_is_told_of_once() -> None:
    bonus = "  - {{incentive: {0}, base: {1}, per: quarter, rate: 1 %}}\n"
    text = with_incentive("base: revenu", "per: quarter", "rate: 2 %") + bonus.format("more", "revenue")
    assert found(f"{text}stacking: [{{sequence: [bonus, more]}}]\n") == ["name-unknown"]


STEPS = "scale: {{kind: {}, steps: [{{{}}}, {{from: 0, rate: 2 %}}]}}"


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("rate: 2", "value-not-of-type"),
        ("rate: {by: level, silver: 2, gold: x, else: 1 %}", "value-not-of-type value-not-of-type"),
        ("rate: {by: levl, silver: 2 %, gold: 3 %, else: 1 %}", "column-unknown"),
        ("rate: {by: {measure: revenu}, from: {0: 5 %, x: 3 %}}", "name-unknown value-not-of-type"),
        (
            "rate: [{when: {level: gld}, use: 4 %}, {when: {kind: y}, use: 3}]",
            "level-unknown value-not-of-type",
        ),
        ("table: {rows: 1}", "key-missing value-not-of-type"),
        (STEPS.format("marginl", "from: 0, rate: 1 %"), "steps-equal value-not-of-type"),
        (
            STEPS.format("increment", "from: 9, rate: 2"),
            "pay-needs-unit steps-not-rising value-not-of-type",
        ),
        (STEPS.format("marginal", "from: 1.000, rate: 1 %"), "number-ambiguous"),
        (STEPS.format("marginal", "rate: 1 %, fro: 5"), "key-unknown steps-not-rising"),
        (STEPS.format("marginal", "rate: 1 %, from: 5 %"), "units-differ"),
    ],
)
def test_what_is_unread_in_a_scale_hides_nothing_else(line: str, codes: str) -> None:
    assert sorted(found(with_incentive("base: revenue", "per: quarter", line))) == codes.split()


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("payout: {split: [{as: money, share: 60}, {as: funds, share: 40 %}]}", "value-not-of-type"),
        ("payout: {split: [{as: mony, share: 60 %}, {as: fund, share: 30 %}]}", "value-not-of-type " * 2),
        ("late: {returns: onw, lines: next}", "value-not-of-type"),
        (
            "driver: {growth_of: revenu, against: last yaer}",
            "name-unknown newcomer-unsaid value-not-of-type",
        ),
        (
            "gate: [{measure: people, at_least: x}, {measure: peple, at_least: 1}]",
            "name-unknown value-not-of-type",
        ),
        (
            "gate: [{score: [{measure: peple, points: x, most: 5}], at_least: 9}]",
            "name-unknown value-not-of-type",
        ),
        ("earner: {alliance: {base: group, share: bybase}}", "value-not-of-type"),
        ("multiply: [{when: {level: gld}, by: x}]", "level-unknown value-not-of-type"),
        ("newcomers: {baseline: x}", "value-not-of-type"),
    ],
)
def test_what_is_unread_in_an_incentive_hides_nothing_else(line: str, codes: str) -> None:
    text = with_incentive("base: revenue", "per: quarter", "rate: 2 %", line)
    assert sorted(found(text)) == codes.split()


@pytest.mark.parametrize(
    ("gone", "codes"),
    [
        ("valid: {from: 2026-01-01, to: 2026-12-31}\n", ["key-missing"]),
        ("currency: EUR\n", ["key-missing"]),
        ("programme: heron\n", ["key-missing"]),
    ],
)
def test_a_missing_key_at_the_top_hides_nothing_below(gone: str, codes: list[str]) -> None:
    text = with_incentive("base: revenu", "per: quarter", "rate: 2 %").replace(gone, "")
    assert found(text) == [*codes, "name-unknown"]


class TestNames:
    """What could not be read keeps its name: whoever uses it is not told that it is unknown."""

    @pytest.mark.parametrize("spelled", ["{sum: net, of: nothing}", "7", "[]", "{average: net}"])
    def test_of_a_measure(self, spelled: str) -> None:
        text = with_incentive("base: this", "per: quarter", "rate: 2 %")
        assert len(found(text.replace("levels:", f"  this: {spelled}\nlevels:", 1))) == 1

    def test_of_a_group(self) -> None:
        text = with_measure("{sum: net, of: sell_out, products: boxes, accept: measure-unused}")
        assert found(text.replace("{family: [server, storage]}", "[server]")) == ["value-not-of-type"]

    def test_of_a_level(self) -> None:
        text = with_incentive("base: revenue", "per: quarter", "rate: 2 %", "for: {level: [silver, gold]}")
        assert found(text.replace("- level: silver", "- level: 9", 1)) == ["value-not-of-type"]
        assert found(text.replace("requires: [{", "requires: [[{", 1).replace("}]", "}]]", 1)) == []
        assert found(text.replace("    requires: [", "    requires: [5, ", 1)) == ["value-not-of-type"]

    @pytest.mark.parametrize("section", ["measures", "levels", "incentives"])
    def test_of_a_whole_section(self, section: str) -> None:
        text = with_incentive("base: revenue", "per: quarter", "rate: 2 %", "for: {level: gold}")
        at = text.index(f"{section}:")
        rest = text[at:].split("\n")
        end = next((n for n, line in enumerate(rest[1:], 1) if line and line[0].isalpha()), len(rest))
        assert found(text[:at] + "\n".join([f"{section}: 5", *rest[end:]])) == ["value-not-of-type"]

    def test_of_a_section_with_a_foreign_name(self) -> None:
        text = with_incentive("base: revenue", "per: quarter", "rate: 2 %").replace("measures:", "zahlen:")
        assert found(text) == ["key-unknown"]


def unsound(text: str, at: str, garbage: str) -> list[Finding]:
    tree, _ = tree_of(text, "x")
    assert tree is not None
    for path, scalar in leaves(tree):
        if ".".join(path) == at:
            lines = text.split("\n")
            row, start = scalar.place.line - 1, scalar.place.column - 1
            start += lines[row][start:].index(scalar.text)
            lines[row] = lines[row][:start] + garbage + lines[row][start + len(scalar.text) :]
            findings = read_programme("\n".join(lines), file="x").findings
            return [one for one in findings if one.severity == "error"]
    raise AssertionError(at)


def all_leaves() -> list[tuple[str, str]]:
    found_: list[tuple[str, str]] = []
    for path in sorted((ROOT / "examples" / "programmes").glob("*.yaml")):
        tree, _ = tree_of(path.read_text("utf-8"), "x")
        assert tree is not None
        found_ += [(path.stem, ".".join(way)) for way, _ in leaves(tree)]
    return found_


@pytest.mark.parametrize(("stem", "at"), all_leaves())
def test_one_wrong_value_is_one_error(stem: str, at: str) -> None:
    """Whatever single value of an example is replaced by one that cannot be read: nothing else is told."""
    text = (ROOT / "examples" / "programmes" / f"{stem}.yaml").read_text("utf-8")
    garbage = ("[[]]", '"§§"')[len(at) % 2]
    assert len(unsound(text, at, garbage)) <= 1


class TestTree:
    """What is left out of a tree, and what takes its place."""

    TEXT = "a: {b: [1, 2], c: {d: 3}}\nincentives: [{incentive: x, per: y}]\nmeasures: {m: 1}\n"

    def tree(self) -> Node:
        tree, _ = tree_of(self.TEXT, "x")
        assert tree is not None
        return tree

    def refused(self, way: str) -> list[Finding]:
        text = Text(en="a", de="b")
        return [Finding(code="c", reason=text, way_out=text, places=(Place(file="x", path=way),))]

    @pytest.mark.parametrize(
        ("way", "gone"),
        [
            ("a.b[0]", {"a.b[0]"}),
            ("a.c", {"a.c", "a.c.d"}),
            ("a.c.missing", {"a.c", "a.c.d"}),
            ("a.b[0].x.y[3]", {"a.b[0]"}),
            ("incentives[0].per", set()),  # a stand-in
            ("", set()),
        ],
    )
    def test_leaves_out(self, way: str, gone: set[str]) -> None:
        rest = mended(self.tree(), self.refused(way), set())
        assert ways_in(self.tree()) - ways_in(rest) == gone

    def test_puts_in_what_is_missing(self) -> None:
        rest = mended(self.tree(), self.refused("currency"), set())
        assert ways_in(rest) - ways_in(self.tree()) == {"currency"}

    def test_a_stand_in_that_is_refused_goes_too(self) -> None:
        unread: set[str] = set()
        rest = mended(self.tree(), self.refused("incentives[0].per"), unread)
        assert "incentives[0].per" not in ways_in(mended(rest, self.refused("incentives[0].per"), unread))

    def test_knows_what_has_a_name(self) -> None:
        assert declared(self.tree()) == {"incentives.x", "measures.m"}
        assert declared(Entries(of=(), place=Place(file="x"))) == frozenset()

    @pytest.mark.parametrize(
        ("way", "touched"),
        [("a", True), ("a.b", True), ("a.b[1]", True), ("a.b[1].c", False), ("a.bc", False), ("", True)],
    )
    def test_touches_what_lies_at_or_below(self, way: str, touched: bool) -> None:
        assert Unread.of({"a.b[1]"}).touches(way) is touched

    def test_the_nearest_way_that_stands(self) -> None:
        standing = {"", "a", "a.b", "a.b[0]"}
        ways = ("a.b[0].c", "a.b[1]", "x[0].y", "a")
        assert [nearest_way(way, standing) for way in ways] == ["a.b[0]", "a.b", "", "a"]


def test_nothing_is_doubtful_where_all_was_read() -> None:
    findings = read_programme(ASTER, file="x").findings
    assert not any(doubtful(finding, Unread()) for finding in findings)


def test_a_table_of_errors_takes_few_rounds() -> None:
    rows = ", ".join(f"v{number}: x" for number in range(200))
    text = with_incentive("base: revenue", "per: quarter", f"rate: {{by: route, {rows}}}")
    assert found(text) == ["value-not-of-type"] * 200
    assert MOST_ROUNDS < 20


def test_a_file_of_another_kind_is_told_of_as_that() -> None:
    assert found("- a\n- b\n") == ["value-not-of-type"]
    assert found(f"{TOP}{AROUND}{LEVELS}") == []


@pytest.mark.parametrize("key", ["fo[o", "[", "]", ".", "a.b", "x[0", "x[0].", "..", "[1]", "per[", "é[é"])
def test_any_sign_may_stand_in_a_key(key: str) -> None:
    """Ways are cut at dots and brackets; a key may have its own."""
    text = with_incentive("base: revenue", "per: quarter", "rate: 2", f'"{key}": 3', f'gate: {{"{key}": x}}')
    assert "value-not-of-type" in found(text)
    assert len(found(text)) == 3
    assert Unread.of({key, f"a.{key}"}).touches("")


@pytest.mark.parametrize(
    "valid", ["{from: 2026-01-01, to: 2026-02-30}", "{from: x, to: 2026-12-31}", "{from: x, to: y}"]
)
def test_an_unread_day_of_the_validity_hides_nothing_below(valid: str) -> None:
    """`valid` needs both its days; without one it is stood in for as a whole."""
    text = ASTER.replace("{from: 2026-01-01, to: 2026-12-31}", valid)
    shown = set(places(text))
    assert set(places(ASTER)) <= shown
    assert all(" 4:" in one for one in shown - set(places(ASTER)))


def test_an_unread_day_of_a_window_hides_nothing_of_its_incentive() -> None:
    text = with_incentive("base: revenu", "per: {from: 2026-02-30, to: 2026-03-31}", "rate: 2")
    assert sorted(found(text)) == ["date-impossible", "name-unknown", "value-not-of-type"]


class TestNotLookedAt:
    """What waits for what cannot be read is said in one line."""

    def said(self, text: str) -> tuple[str, str] | None:
        rest = read_programme(text, file="x").not_looked_at
        return (rest.en, rest.de) if rest else None

    def test_names_what_it_hangs_on(self) -> None:
        text = with_incentive("base: revenue", "per: quartr", "rate: 2")
        ways = "`incentives[0].per`, `incentives[0].rate`"
        assert self.said(text) == (
            f"What hangs on {ways} was not looked at until these are mended.",
            f"Was an {ways} hängt, wird erst geprüft, wenn dies behoben ist.",
        )

    def test_is_the_whole_where_a_part_stands_in_it(self) -> None:
        assert Unread.of({"", "valid", "valid.to", "a.b[1]"}).outermost == ("a.b[1]", "valid")

    @pytest.mark.parametrize("text", ["- a\n", "a: [", "{}: 5\n? [a]\n: b\n"])
    def test_is_the_rest_where_nothing_can_be_read(self, text: str) -> None:
        said = self.said(text)
        assert said is not None
        assert said[0].startswith("The rest of the file")

    def test_is_nothing_where_all_was_read(self) -> None:
        assert self.said(with_incentive("base: revenu", "per: quarter", "rate: 2 %")) is None
        assert self.said(with_incentive("base: revenue", "per: quarter", "rate: 2 %")) is None
