"""Suppositions: answers differ by what was supposed and by nothing else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculate, calculation
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.supposed import SupposedFacts, Supposition, suppose
from staffel.core.programme.model import Programme
from tests.core.engine.cases import AT_ONCE, Q1, bonus, incentive, memory, programme, world
from tests.laws.facts import Ledger
from tests.laws.worlds import make

DAY = date(2026, 3, 15)
LENT = incentive(
    "bonus",
    """
    base: revenue
    per: quarter
    scale: {kind: retroactive, steps: [{from: 0, rate: 1 %}, {from: 4_000, rate: 2 %}]}
    gate: [{measure: revenue, over: year to date, at_least: 1_000, or_alliance: true}]
    """,
)


def sale(partner: str, net: int) -> Supposition:
    """A line more."""
    row = {
        "line_id": "new",
        "revision": 1,
        "report_id": "r",
        "distributor_id": "d1",
        "vendor_id": "v",
        "partner_id": partner,
        "product_id": "box",
        "kind": "sale",
        "sold_on": DAY,
        "net": Decimal(net),
        "quantity": Decimal(1),
        "currency": "EUR",
    }
    return Supposition(rows={"sell_out": (row,)})


def alliance() -> Ledger:
    """Two partners of one alliance and a stranger; one was merged into the first."""
    ledger = world("a", "b", "c", "old")
    for one in "ab":
        ledger.membership("g", one)
    ledger.partner("old", date(2026, 2, 1), same_as="a")
    for one, net in (("a", 300), ("b", 500), ("c", 9000), ("old", 150)):
        ledger.sale(one, date(2026, 1, 10), net)
    ledger.decision("a", "select", date(2026, 2, 1), "grant")
    return ledger


@pytest.fixture(scope="module")
def rules() -> Programme:
    return programme(LENT, levels=AT_ONCE)


def test_the_first_answer_is_what_is_known(tmp_path: Path, rules: Programme) -> None:
    facts = memory(tmp_path, alliance())
    with calculation(rules, facts, day=DAY, partners=["a"]) as running:
        (known,) = suppose(running, facts, "a", [])
        assert {name: table.to_pylist() for name, table in known.tables.items()} == {
            name: table.to_pylist() for name, table in running.results.tables.items()
        }
    assert known.state_id == "s-1 (supposed)"


def test_each_supposition_stands_alone(tmp_path: Path, rules: Programme) -> None:
    """A fellow's line lends the hurdle; neither sees the other's supposition."""
    facts = memory(tmp_path, alliance())
    with calculation(rules, facts, day=DAY, partners=["a"]) as running:
        answers = suppose(running, facts, "a", [sale("a", 5000), sale("b", 100)])
    assert [one.rows("entitled")[0]["coins"] for one in answers] == [0, 109, Decimal("4.5")]


@pytest.mark.parametrize("back", [100, 300])
def test_a_return_finds_the_sale_of_its_own_copy(tmp_path: Path, rules: Programme, back: int) -> None:
    """300 less what came back, whatever else is supposed: 1 % of 1,000 more."""
    ledger = world("a")
    sold = ledger.sale("a", date(2026, 1, 10), 300, line_id="sold")
    ledger.sale("a", date(2026, 1, 10), 2000)
    ledger.back(sold, date(2026, 2, 1), back, line_id="back")
    facts = memory(tmp_path, ledger)
    with calculation(rules, facts, day=DAY, partners=["a"]) as running:
        answers = suppose(running, facts, "a", [sale("a", 1000), Supposition(), sale("a", 1000)])
        known = running.results.rows("entitled")[0]["coins"]
    assert known == Decimal(2300 - back) / 100
    assert [one.rows("entitled")[0]["coins"] - known for one in answers] == [0, 10, 0, 10]


@pytest.mark.parametrize("seed", range(6))
def test_of_a_world_what_is_known_stays(tmp_path: Path, seed: int) -> None:
    """However many copies there are beside it."""
    of = make(seed)
    facts = MemoryFacts.of(tmp_path, of.tables)
    partner = of.book().participants()[0]
    with calculation(of.programme, facts, day=of.day, partners=[partner]) as running:
        answers = suppose(running, facts, partner, [Supposition(), Supposition()])
        for name in ("standing", "earned", "entitled"):
            if name in running.results.tables:
                assert [one.rows(name) for one in answers] == [running.results.rows(name)] * 3


def test_both_at_once(tmp_path: Path, rules: Programme) -> None:
    """The same as if the rows had been recorded."""
    ledger = alliance()
    facts = memory(tmp_path, ledger)
    both = sale("b", 100).also(sale("a", 20))
    with calculation(rules, facts, day=DAY, partners=["a"]) as running:
        supposed = suppose(running, facts, "a", [both])[1].rows("entitled")
    ledger.sale("b", DAY, 100)
    ledger.sale("a", DAY, 20)
    real = calculate(rules, memory(tmp_path, ledger), day=DAY, partners=["a"]).rows("entitled")
    assert supposed == real


def test_a_row_takes_an_earlier_one_s_place(tmp_path: Path) -> None:
    rules = programme(bonus("rate: 2 %\ngate: [{measure: engineers, at_least: 1}]"))
    ledger = world("a")
    ledger.sale("a", date(2026, 1, 10), 1000)
    held = ledger.certificate("a", "pro", "someone")
    gone = {name: held[name] for name in ("partner_id", "certification", "person_id", "holds_from")}
    facts = memory(tmp_path, ledger)
    with calculation(rules, facts, day=DAY, partners=["a"]) as running:
        ended = Supposition(rows={"certifications": ({**gone, "holds_until": DAY},)})
        answers = suppose(running, facts, "a", [ended])
    assert [one.rows("entitled")[0]["coins"] for one in answers] == [20, 0]


def test_odd_ids_are_quoted(tmp_path: Path) -> None:
    name = "a'; drop table x --"
    rules, ledger = programme(), world(name)
    ledger.sale(name, date(2026, 1, 10), 1000)
    facts = memory(tmp_path, ledger)
    with calculation(rules, facts, day=DAY, partners=[name]) as running:
        (known,) = suppose(running, facts, name, [])
    assert [(row["partner_id"], row["coins"]) for row in known.rows("entitled")] == [(name, 20)]


def test_tables_that_are_nobody_s_stay_as_they_are(tmp_path: Path) -> None:
    facts = memory(tmp_path, world("a"))
    supposed = SupposedFacts(known=facts, partners=("a",), suppositions=(Supposition(), sale("a", 1)))
    assert supposed.relation("products", Q1) == facts.relation("products", Q1)
    assert supposed.has_any("sell_out", "net")
    assert not supposed.has_any("sell_in", "net")
