"""The receipt of a line: counted and what it moved, or one reason, with the clause; for every role."""

from datetime import date
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.evidence import NothingAsked
from staffel.core.engine.receipts import Receipt, receipts
from staffel.core.programme.model import (
    EVERY_ROW,
    AtOnce,
    Baseline,
    Before,
    Cap,
    Different,
    Earner,
    Group,
    GroupShare,
    GrownPart,
    Growth,
    Is,
    Kept,
    Minimum,
    Programme,
    Review,
    Take,
    Test,
    Who,
)
from tests.core.engine.evidence.retraced import LATER, QUARTER, SECOND, computed, money
from tests.forms.conftest import NAMED, incentive, ladder, programme, steps, take, use
from tests.laws.facts import Ledger

MARCH, MAY = date(2025, 3, 3), date(2025, 5, 5)
BOXES = Is(column="product.family", values=("boxes",))


@pytest.fixture
def facts() -> Ledger:
    made = Ledger()
    made.enrolled("a")
    made.product("box", "boxes")
    made.product("bag", "bags")
    return made


def asked(of: Programme, facts: Ledger, line: str | None = "L0001", **values: Any) -> list[Receipt]:
    options = {name: values.pop(name) for name in ("day", "closing") if name in values}
    with computed(of, facts, **options) as running:
        return receipts(running, partner="a", line_id=line, **values)


def told(found: list[Receipt]) -> list[tuple[str, str, str]]:
    return [(one.role.value, one.verdict, one.reason) for one in found]


class TestCounted:
    def test_what_it_moved(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, "775.5145")
        (driver, base) = asked(programme(incentive(scale=steps((0, "1")))), facts, window=QUARTER)
        assert (driver.role.value, driver.moved) == ("driver", None)
        assert (base.verdict, base.step, base.rate, base.moved, base.coins) == (
            "counted",
            1,
            1,
            money("775.5145"),
            money("775.51"),
        )
        assert (base.window, base.days, base.day) == (QUARTER, QUARTER, MARCH)

    def test_capped(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 2000)
        facts.sale("a", MARCH, 1000)
        base = asked(programme(incentive(caps=(Cap(money=money("50")),))), facts, window=QUARTER)[-1]
        assert (base.moved, base.coins, base.notes) == (40, money("33.33"), ("capped",))

    def test_undone_by_a_return(self, facts: Ledger) -> None:
        sale = facts.sale("a", MARCH, 1000)
        facts.back(sale, MAY, 400, quantity=0)
        base = asked(programme(incentive()), facts, window=QUARTER)[-1]
        assert (base.moved, base.notes) == (20, ("undone-by:L0002",))

    def test_carried_in_a_settlement(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 1000)
        of = programme(incentive(minimum=Minimum(money=money("50"))))
        base = asked(of, facts, window=QUARTER, closing=QUARTER)[-1]
        assert (base.moved, base.notes) == (20, ("carried",))

    def test_a_baseline_takes_off(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 1000)
        facts.sale("a", MAY, 3000)
        growth = Growth(of=use("revenue"), against=(Baseline(window=Before(unit=Unit.QUARTER)),))
        of = programme(incentive(driver=growth, base=GrownPart(of=use("revenue"))))
        found = [(one.role.value, one.moved) for one in asked(of, facts, window=SECOND)]
        assert ("baseline", -20) in found

    def test_a_baseline_of_driver_and_of_base_that_count_the_same_rows(self, facts: Ledger) -> None:
        """The one by its measure, the other by what the bonus selects: two rules, two receipts."""
        facts.sale("a", MARCH, 1000)
        facts.sale("a", MAY, 3000)
        growth = Growth(of=take(where=BOXES), against=(Baseline(window=Before(unit=Unit.QUARTER)),))
        of = programme(incentive(driver=growth, select=BOXES, base=GrownPart(of=use("revenue"))))
        found = [one for one in asked(of, facts, window=SECOND) if one.role.value == "baseline"]
        assert [one.form.where for one in found if isinstance(one.form, Take)] == [BOXES, EVERY_ROW]


class TestReasons:
    @pytest.mark.parametrize(
        ("reason", "line"),
        [
            ("not-enrolled", {"sold_on": date(2019, 1, 1)}),
            ("wrong-product", {"product_id": "bag"}),
            ("amount-missing", {"net": None}),
        ],
    )
    def test_of_rows(self, facts: Ledger, reason: str, line: dict[str, Any]) -> None:
        values: dict[str, Any] = {"sold_on": MARCH, "net": 100} | line
        on, net = values.pop("sold_on"), values.pop("net")
        facts.sale("a", on, net, **values)
        of = programme(incentive(base=take(where=BOXES)), valid=Span(date(2019, 1, 1), date(2026, 1, 1)))
        found = [
            one for one in asked(of, facts) if one.role.value == "base" and one.verdict != "other-window"
        ]
        assert [(one.verdict, one.reason) for one in found] == [("not-counted", reason)]

    def test_withdrawn_rows_both(self, facts: Ledger) -> None:
        facts.reversal(facts.sale("a", MARCH, 100))
        found = asked(programme(incentive()), facts, window=QUARTER)
        assert {one.reason for one in found} == {"withdrawn"}
        assert len([one for one in found if one.role.value == "base"]) == 2

    def test_all_of_it_returned(self, facts: Ledger) -> None:
        facts.back(facts.sale("a", MARCH, 100), MAY, 100)
        found = asked(programme(incentive()), facts, None, window=QUARTER)
        assert {(one.line_id, one.reason) for one in found} == {("L0001", "returned"), ("L0002", "returned")}

    def test_counted_once(self, facts: Ledger) -> None:
        for customer in ("e1", "e1", None):
            facts.sale("a", MARCH, 1, end_customer_id=customer)
        customers = Take(aggregate=Different(key="end_customer_id"), source="sell_out", date="sold_on")
        of = programme(incentive(gate=Test(measure=customers, comparison="at_least", figure=money("1"))))
        found = [one for one in asked(of, facts, None, window=QUARTER) if one.role.value == "gate"]
        assert [one.reason for one in found] == ["", "counted-once", "key-missing"]

    def test_level_that_day_is_told_with_its_clause(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 100)
        sold = Test(measure=use("revenue"), comparison="at_least", figure=money("5000"))
        levels = ladder(("basic", ()), ("select", (sold,)), review=Review(up=AtOnce(), down=AtOnce()))
        select = Is(column="partner.level", values=("select",))
        of = programme(incentive(select=select), ladders=(levels,))
        assert told(asked(of, facts, incentive="bonus", window=QUARTER)) == [
            ("driver", "not-counted", "level-that-day"),
            ("base", "not-counted", "level-that-day"),
        ]

    @pytest.mark.parametrize(
        ("reason", "values"),
        [
            ("gate-not-met", {"gate": Test(measure=use("revenue"), comparison="above", figure=money("100"))}),
            ("below-first-step", {"scale": steps((101, "0.02"))}),
            (
                "no-figure",
                {"driver": Growth(of=use("revenue"), against=(Baseline(window=Before(unit=Unit.QUARTER)),))},
            ),
        ],
    )
    def test_a_base_that_pays_nothing_says_why(
        self, facts: Ledger, reason: str, values: dict[str, object]
    ) -> None:
        facts.sale("a", MARCH, 100)
        base = [
            one for one in asked(programme(incentive(**values)), facts, window=QUARTER) if one.role == "base"
        ]
        assert [(one.verdict, one.reason, one.moved) for one in base] == [("not-counted", reason, None)]


class TestWindows:
    def test_another_window_is_told_once(self, facts: Ledger) -> None:
        facts.sale("a", MAY, 100)
        found = asked(programme(incentive()), facts, window=QUARTER)
        assert told(found) == [("driver", "other-window", ""), ("base", "other-window", "")]
        assert {one.day for one in found} == {MAY}

    def test_without_a_window_every_window_is_looked_at(self, facts: Ledger) -> None:
        facts.sale("a", MAY, 100)
        found = asked(programme(incentive()), facts)
        assert {(one.window, one.verdict) for one in found} == {(SECOND, "counted")}

    def test_an_unknown_incentive(self, facts: Ledger) -> None:
        with pytest.raises(NothingAsked):
            asked(programme(incentive()), facts, incentive="none")

    def test_an_unknown_line_has_no_receipt(self, facts: Ledger) -> None:
        assert asked(programme(incentive()), facts, "nowhere") == []


class TestLevels:
    def test_each_requirement(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 100)
        sold = Test(measure=use("revenue"), comparison="at_least", figure=money("5000"))
        levels = ladder(("basic", ()), ("select", (sold,)), review=Review(up=AtOnce(), down=AtOnce()))
        (one,) = asked(programme(ladders=(levels,)), facts)
        assert (one.level, one.role.value, one.verdict, one.figure) == (
            "select",
            "requirement",
            "counted",
            100,
        )
        assert one.window == Span(date(2025, 1, 1), date(2026, 1, 1))

    def test_before_the_programme_no_level_asks(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 100)
        sold = Test(measure=use("revenue"), comparison="at_least", figure=money("5000"))
        levels = ladder(("basic", ()), ("select", (sold,)), review=Review(up=AtOnce(), down=AtOnce()))
        assert asked(programme(ladders=(levels,)), facts, day=date(2019, 6, 1)) == []


class TestGroups:
    def test_a_row_counts_in_the_group_of_its_day(self, facts: Ledger) -> None:
        facts.enrolled("b")
        facts.membership("g", "a", until=date(2025, 3, 1))
        facts.membership("h", "a", date(2025, 3, 1))
        facts.membership("h", "b", date(2025, 3, 1))
        facts.sale("a", MARCH, 100)
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.BY_BASE)
        base = asked(programme(incentive(earner=earner)), facts, window=QUARTER)[-1]
        assert (base.verdict, base.moved) == ("counted", 2)

    def test_who_belongs_to_none(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 100)
        facts.enrolled("b")
        facts.membership("h", "b")
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.BY_BASE)
        found = asked(programme(incentive(earner=earner)), facts)
        assert {(one.reason, one.notes) for one in found} == {("not-enrolled", ("no-member",))}

    @pytest.mark.parametrize(
        ("until", "told_"),
        [
            (None, ("gate", "counted", "", ())),
            # it no longer belongs to it on 31 March: the alliance's figure is nobody's
            (date(2025, 3, 31), ("gate", "not-counted", "not-enrolled", ("no-member",))),
        ],
    )
    def test_only_a_memory_asks_for_the_alliance(
        self, facts: Ledger, until: date | None, told_: tuple[object, ...]
    ) -> None:
        """A gate once met by the alliance, which nothing else in the incentive asks for."""
        facts.sale("a", MARCH, 100)
        facts.membership("h", "a", until=until)
        lent = Test(measure=use("revenue", who=Who.ALLIANCE), comparison="at_least", figure=money("100"))
        of = programme(incentive(gate=Kept(of=lent)))
        found = [one for one in asked(of, facts, window=QUARTER) if one.role == "gate"]
        assert [(one.role, one.verdict, one.reason, one.notes) for one in found] == [told_]

    def test_only_the_memory_of_a_level_asks_for_the_alliance(self, facts: Ledger) -> None:
        facts.sale("a", MARCH, 100)
        facts.membership("h", "a")
        lent = Test(measure=use("revenue", who=Who.ALLIANCE), comparison="at_least", figure=money("100"))
        levels = ladder(
            ("basic", ()), ("select", (Kept(of=lent),)), review=Review(up=AtOnce(), down=AtOnce())
        )
        (one,) = asked(programme(ladders=(levels,)), facts)
        assert (one.level, one.role, one.verdict, one.figure) == ("select", "requirement", "counted", 100)

    def test_whoever_does_not_take_part_is_told_that(self, facts: Ledger) -> None:
        facts.sale("a", date(2019, 1, 1), 100)
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.BY_BASE)
        of = programme(incentive(earner=earner), valid=Span(date(2019, 1, 1), date(2026, 1, 1)))
        found = [one for one in asked(of, facts) if one.verdict != "other-window"]
        assert {(one.reason, one.notes) for one in found} == {("not-enrolled", ())}


def test_receipts_come_sorted(facts: Ledger) -> None:
    for day in (MAY, MARCH):
        facts.sale("a", day, 100)
    of = programme(
        incentive("two"), incentive("one"), products=(Group(name="boxes", title=NAMED, where=BOXES),)
    )
    found = asked(of, facts, None, day=LATER)
    assert [(one.line_id, one.incentive, one.role.value) for one in found] == [
        (line, name, role)
        for line in ("L0001", "L0002")
        for name in ("one", "two")
        for role in ("driver", "base")
    ]
