"""Given figures of a kit: what rests on others' lines is added, marked so, and shows none of them."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculate
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.kit import KitRefused, kit_agrees, recompute
from staffel.core.engine.settling import settle_windows
from staffel.core.engine.statements import statements
from staffel.core.programme.forms import asking_strangers
from staffel.core.programme.model import Programme
from tests.core.engine.cases import AT_ONCE, LEVELS, incentive, programme, world
from tests.core.engine.kits import again, changed, files_of, kit_of, named
from tests.laws.facts import Ledger
from tests.laws.worlds import make

LENT = incentive(
    "bonus",
    """
    base: revenue
    per: quarter
    rate: 2 %
    gate: [{measure: revenue, over: year to date, at_least: 1_000, or_alliance: true}]
    """,
)
SKILLED = incentive(
    "bonus",
    "base: revenue\nper: quarter\nrate: 2 %\ngate: [{measure: engineers, at_least: 2, or_alliance: true}]",
)
LEVELS_LENT = LEVELS.replace("at_least: 1_000}", "at_least: 1_000, or_alliance: true}")
AT_ONCE_LENT = AT_ONCE.replace("at_least: 1_000}", "at_least: 1_000, or_alliance: true}")
QUARTERLY_LENT = LEVELS_LENT + "review: {promote: each quarter, demote: each quarter}\n"
BY_LEVEL = incentive(
    "bonus", "base: revenue\nper: quarter\nrate: {by: level, basic: 1 %, select: 2 %, premier: 3 %}"
)


def together(share: str, more: str = "") -> str:
    """A bonus of the alliance on all that its members sold, by steps."""
    return incentive(
        "joint",
        f"""
        earner: {{alliance: {{driver: group, base: group, share: {share}}}}}
        base: revenue
        per: quarter
        scale: {{kind: marginal, steps: [{{from: 0, rate: 1 %}}, {{from: 1_000, rate: 3 %}}]}}
        {more}
        """,
    )


def lender() -> str:
    """A bonus of the member on its own base, at the step that its alliance reaches."""
    return incentive(
        "lent",
        """
        earner: {alliance: {driver: group, base: member}}
        driver: revenue
        base: revenue
        per: quarter
        scale: {kind: retroactive, steps: [{from: 0, rate: 1 %}, {from: 1_000, rate: 3 %}]}
        """,
    )


def alliance(*others: str) -> Ledger:
    """a and others are one alliance, g; a stranger stands outside. Each sold, each has an engineer."""
    ledger = world("a", *others, "outside")
    ledger.product("crate", "storage")
    for number, one in enumerate(("a", *others)):
        ledger.membership("g", one, share="0.25")
        ledger.certificate(one, "pro", f"person-of-{one}")
        for month in (1, 2, 3):
            net = Decimal("333.33") + 7 * month + number * 411
            ledger.sale(one, date(2026, month, 3 + number), net, 1 + number, end_customer_id=f"end-of-{one}")
    ledger.sale("outside", date(2026, 2, 2), "9999.99", end_customer_id="end-of-outside")
    return ledger


def kit(folder: Path, form: Programme, ledger: Ledger | None = None) -> Path:
    """The kit of a's statement."""
    return kit_of(folder, form, ledger or alliance("other-b", "other-c"), "a").path


def strange(path: Path, *others: str) -> list[str]:
    """What a kit holds of others: ids, names, keys, numbers of their lines."""
    text = "".join(files_of(path).values())
    lines = [f"L{number:04}" for number in range(4, 4 + 3 * len(others) + 1)]
    words = [f"{what}{one}" for one in (*others, "outside") for what in ("", "end-of-", "person-of-")]
    return [word for word in (*words, *lines, "9999.99") if word in text]


class TestAgrees:
    """Whatever rests on others: the kit comes to the same cents, and holds nothing of theirs."""

    @pytest.mark.parametrize(
        ("body", "levels"),
        [
            (LENT, ""),
            (SKILLED, ""),
            (lender(), ""),
            (BY_LEVEL, QUARTERLY_LENT),
            (BY_LEVEL, AT_ONCE_LENT),
            (together("by_base"), ""),
            (together("equally"), ""),
            (together("agreed"), ""),
            (together("head_office"), ""),
            (together("by_base", "cap: [{amount: 9, each: end_customer}]"), ""),
            (together("by_base", "gate: [{measure: engineers, at_least: 3}]"), ""),
        ],
    )
    def test_and_shows_no_stranger(self, tmp_path: Path, body: str, levels: str) -> None:
        path = kit(tmp_path, programme(body, levels=levels))
        found = recompute(path)
        assert found.agrees, found.differences
        assert found.given > 0
        assert found.statement.paid > 0
        assert strange(path, "other-b", "other-c") == []

    def test_an_alliance_of_two(self, tmp_path: Path) -> None:
        path = kit(tmp_path, programme(together("by_base")), alliance("other-b"))
        assert recompute(path).agrees
        assert strange(path, "other-b") == []

    def test_what_nobody_adds_is_not_given(self, tmp_path: Path) -> None:
        ledger = world("a", "outside")
        ledger.membership("g", "a")
        ledger.sale("a", date(2026, 1, 3), "1500")
        found = recompute(kit(tmp_path, programme(LENT), ledger))
        assert (found.agrees, found.given, found.statement.paid) == (True, 0, Decimal(30))

    def test_the_head_office_takes_all(self, tmp_path: Path) -> None:
        """Who it is, the others say: the weight itself is given."""
        ledger = alliance("other-b", "other-c")
        ledger.partner("other-b", date(2021, 1, 1), head_office="a")
        found = kit_of(tmp_path, programme(together("head_office")), ledger, "a")
        assert recompute(found.path).agrees
        assert strange(found.path, "other-b", "other-c") == []
        assert found.statement.paid == Decimal("184.75")  # 10 and 3 % of 5,824.97

    def test_days_of_strangers_are_told_only_where_something_turns(self, tmp_path: Path) -> None:
        """Of nine lines one lifts a to select; the days of the others stand nowhere."""
        files = files_of(kit(tmp_path, programme(BY_LEVEL, levels=AT_ONCE_LENT)))
        points = [one for one in json.loads(files["given.json"])["rests"] if one["kind"] == "point"]
        assert [value[2] for one in points for value in one["values"]] == ["2026-01-05"]

    def test_strangers_decisions_and_merges_only_number_the_asks(self, tmp_path: Path) -> None:
        ledger = alliance("other-b", "other-c")
        ledger.decision(
            "outside", "premier", date(2026, 2, 3), falls_to="select", falls_after=date(2026, 3, 4)
        )
        ledger.enrolled("merged")
        ledger.partner("merged", date(2026, 1, 20), same_as="outside")
        ledger.opening("outside", "revenue", date(2025, 1, 1), date(2025, 4, 1), 5)
        path = kit(tmp_path, programme(BY_LEVEL, levels=QUARTERLY_LENT), ledger)
        assert recompute(path).agrees
        assert "merged" not in "".join(files_of(path).values())


class TestMarked:
    """A given figure is said to be one, in words that tell what it is."""

    def test_in_the_statement(self, tmp_path: Path) -> None:
        plain = incentive("own", "base: revenue\nper: quarter\nrate: 2 %")
        files = files_of(kit(tmp_path, programme(together("by_base"), plain)))
        lines = json.loads(files["statement.json"])["lines"]
        assert {one["incentive"]: "rests_on_given_figures" in one for one in lines} == {
            "joint": True,
            "own": False,
        }

    def test_in_a_file_of_their_own(self, tmp_path: Path) -> None:
        files = files_of(kit(tmp_path, programme(LENT)))
        (series,) = json.loads(files["given.json"])["rests"]
        assert series["what"] == "sum of net, sell_out, of others"
        assert series["subject"] == "a"
        # Of b and c: 6 × 333.33 + 2 × (7 + 14 + 21) + 3 × (411 + 822).
        assert series["values"] == [[0, "2026-01-01", "2026-04-01", "5782.9800"]]

    def test_none_without_an_alliance(self, tmp_path: Path) -> None:
        form = programme(LENT)
        files = files_of(kit_of(tmp_path, form, alliance("other-b"), "outside").path)
        assert json.loads(files["given.json"]) == {"rests": []}


class TestOneCent:
    """The group's figure is the own part and the rest: a changed cent of a line moves it."""

    @pytest.mark.parametrize("share", ["by_base", "equally"])
    def test_of_an_own_line(self, tmp_path: Path, share: str) -> None:
        found = again(kit(tmp_path, programme(together(share))), "lines.csv", ";340.3300;", ";340.3400;")
        assert {"joint of g 2026-Q1: base", "joint of g 2026-Q1: exact"} <= set(named(found))
        weighs = "joint of g 2026-Q1: own weight" in named(found)
        assert weighs == (share == "by_base")

    def test_of_a_base_capped_by_key(self, tmp_path: Path) -> None:
        body = together("by_base", "cap: [{amount: 9, each: end_customer}]")
        found = again(kit(tmp_path, programme(body)), "lines.csv", ";340.3300;", ";340.3400;")
        assert "joint of g 2026-Q1: base" in named(found)

    def test_of_a_given_figure(self, tmp_path: Path) -> None:
        form = programme(together("by_base"))
        path = kit(tmp_path, form)
        found = recompute(changed(path, "given.json", lambda text: text.replace("5782.98", "5782.97")))
        assert found.altered == ("given.json",)
        assert "joint of g 2026-Q1: base" in named(found)

    def test_of_a_hurdle_that_was_lent(self, tmp_path: Path) -> None:
        path = kit(tmp_path, programme(BY_LEVEL, levels=QUARTERLY_LENT))
        found = again(path, "lines.csv", ";340.3300;", ";340.3400;")
        assert {"level select: 0.0 actual", "level select: 0.1 actual"} <= set(named(found))


class TestLaws:
    """Law 4 over generated worlds: statement = kit."""

    @pytest.mark.parametrize("seed", [2, 5])
    def test_of_a_world(self, tmp_path: Path, seed: int) -> None:
        world_ = make(seed)
        (tmp_path / "facts").mkdir()
        facts = MemoryFacts.of(tmp_path / "facts", world_.tables)
        closing = [one for one in settle_windows(world_.programme) if one.start <= world_.day][-1]
        results = calculate(world_.programme, facts, day=world_.day, closing=closing)
        for statement in statements(results)[-2:]:
            partner = statement.partner_id
            if asking_strangers(world_.programme):
                with pytest.raises(KitRefused):
                    kit_agrees(world_.programme, facts, world_.day, closing, partner, tmp_path)
                continue
            assert kit_agrees(world_.programme, facts, world_.day, closing, partner, tmp_path)
