"""From the coins down to the rows: rule 30 retraced, each part to the last decimal."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.evidence import Kind, NothingAsked, NotKept, adds_up, explain
from staffel.core.programme.model import (
    Baseline,
    Before,
    By,
    Cap,
    Case,
    Cases,
    Earner,
    Group,
    GroupShare,
    GrownPart,
    Growth,
    InSequence,
    Is,
    Lump,
    Newcomers,
    Percent,
    Programme,
    Stacking,
    Test,
    Who,
)
from tests.core.engine.evidence.retraced import (
    QUARTER,
    SECOND,
    computed,
    every,
    lines_of,
    money,
    retraced,
    the,
)
from tests.forms.conftest import NAMED, incentive, programme, steps, use
from tests.laws.facts import Ledger

MARCH, MAY = date(2025, 3, 3), date(2025, 5, 5)
BOXES = Group(name="boxes", title=NAMED, where=Is(column="product.family", values=("boxes",)))


def sold(*nets: object, partner: str = "a", day: date = MARCH) -> Ledger:
    """A partner that sold lines of these sums on one day."""
    facts = Ledger()
    facts.enrolled(partner)
    for net in nets:
        facts.sale(partner, day, net)
    return facts


class TestRows:
    def test_each_row_has_its_part_and_one_gets_the_odd_cent(self) -> None:
        """Rule 47's case: three of 775.5145 are 2,326.5435, printed 2,326.54, where rounded lines show a
        cent less.
        """
        facts = sold("775.5145", "775.5145", "775.5145")
        tree = retraced(programme(incentive(scale=steps((0, "1")))), facts)
        assert tree.figure == money("2326.54")
        assert [leaf.figure for leaf in the(tree, Kind.CUT).leaves()] == [money("775.5145")] * 3
        coins = [leaf.coins for leaf in the(tree, Kind.CUT).leaves()]
        assert coins == [money("775.52"), money("775.51"), money("775.51")]
        assert adds_up(tree) == []

    def test_the_rounding_is_a_part_of_its_own(self) -> None:
        tree = retraced(programme(incentive()), sold("100.23"))
        rounding = the(tree, Kind.ROUNDING)
        assert (rounding.says["exact"], rounding.says["printed"]) == (money("2.0046"), money("2.00"))
        assert rounding.figure == money("-0.0046")

    def test_a_whole_cent_needs_no_rounding(self) -> None:
        assert every(retraced(programme(incentive()), sold(100)), Kind.ROUNDING) == []

    def test_a_return_takes_back_what_the_sale_was_given(self) -> None:
        facts = sold()
        sale = facts.sale("a", MARCH, 1000)
        facts.sale("a", MARCH, 500)
        facts.back(sale, MAY, 400)
        tree = retraced(programme(incentive()), facts)
        assert tree.figure == money("22.00")
        assert [figure for _, figure in lines_of(the(tree, Kind.CUT))] == [
            money("20"),
            money("10"),
            money("-8"),
        ]

    def test_a_window_of_returns_pays_back(self) -> None:
        tree = retraced(programme(incentive()), sold(-300))
        assert (tree.figure, tree.coins, adds_up(tree)) == (money("-6"), money("-6"), [])

    def test_two_strangers_are_not_in_it(self) -> None:
        facts = sold(1000)
        facts.enrolled("b")
        facts.sale("b", MARCH, 9999)
        tree = retraced(programme(incentive()), facts)
        assert tree.owners.partner == {"a"}
        assert len(lines_of(tree)) == 1


class TestSteps:
    def test_retroactive_shows_the_step_the_next_and_what_is_missing(self) -> None:
        scale = steps((0, "0.02"), (50_000, "0.04"))
        step = the(retraced(programme(incentive(scale=scale)), sold("49999.99")), Kind.STEP)
        assert (step.says["step"], step.says["next"], step.says["missing"]) == (1, 50_000, money("0.01"))

    def test_marginal_shows_every_steps_part(self) -> None:
        scale = steps((0, "0.02"), (50_000, "0.04"), kind="marginal")
        tree = retraced(programme(incentive(scale=scale)), sold(75_000))
        assert [one.figure for one in every(tree, Kind.STEP_PART)] == [50_000, 25_000]
        assert (tree.figure, the(tree, Kind.CUT).says["rate"]) == (2000, money("0.0266666667"))
        assert adds_up(tree) == []

    def test_below_the_first_step_nothing_and_why(self) -> None:
        tree = retraced(programme(incentive(scale=steps((100, "0.02")))), sold(99))
        assert (tree.figure, tree.note) == (0, "below-first-step")
        assert the(tree, Kind.STEP).says["missing"] == 1

    def test_a_marginal_step_above_zero_leaves_out_what_lies_below(self) -> None:
        tree = retraced(programme(incentive(scale=steps((100, "0.02"), kind="marginal"))), sold(150))
        assert [one.figure for one in every(tree, Kind.STEP_PART)] == [100, 50]


class TestCuts:
    def families(self) -> Ledger:
        facts = sold()
        facts.product("box", "boxes")
        facts.product("bag", "bags")
        facts.sale("a", MARCH, 10_000)
        facts.sale("a", MARCH, 5_000, product_id="bag")
        return facts

    def test_each_cut_has_its_rate_and_its_rows(self) -> None:
        boxes = Is(column="product.family", values=("boxes",))
        rate = Cases(rows=(Case(when=boxes, use=money("0.03")),), otherwise=money("0.01"))
        scale = steps((0, (Percent(rate=rate),)))
        tree = retraced(programme(incentive(scale=scale), products=(BOXES,)), self.families())
        cuts = [(cut.says["base"], cut.says["rate"], cut.figure) for cut in every(tree, Kind.CUT)]
        assert cuts == [(5_000, money("0.01"), 50), (10_000, money("0.03"), 300)]
        taken = [(one.figure, one.holds) for one in every(tree, Kind.CASE) if one.holds]
        assert taken == [(money("0.01"), True), (money("0.03"), True)]
        assert (tree.figure, adds_up(tree)) == (350, [])

    def test_a_factor_says_whether_it_acts(self) -> None:
        adjust = (By(when=Is(column="product.family", values=("boxes",)), factor=money("1.5")),)
        tree = retraced(programme(incentive(adjust=adjust), products=(BOXES,)), self.families())
        assert [one.holds for one in every(tree, Kind.FACTOR)] == [False, True]
        assert tree.figure == 100 + 300


class TestCaps:
    def test_the_whole_is_capped(self) -> None:
        tree = retraced(programme(incentive(caps=(Cap(money=money("50")),))), sold(2000, 1000))
        cap = the(tree, Kind.CAP)
        assert (cap.figure, cap.says["before"], cap.says["after"]) == (-10, 60, 50)
        assert [leaf.coins for leaf in tree.leaves() if leaf.kind is Kind.ROW] == [
            money("33.33"),
            money("16.67"),
        ]
        assert adds_up(tree) == []

    def test_each_customer_is_capped(self) -> None:
        facts = sold()
        for customer, net in [("e1", 300_000), ("e2", 50_000)]:
            facts.sale("a", MARCH, net, end_customer_id=customer)
        caps = (Cap(money=money("5000"), each="end_customer_id"),)
        tree = retraced(programme(incentive(caps=caps)), facts)
        assert [(key.says["key"], key.figure) for key in every(tree, Kind.KEY)] == [
            ("e1", 5000),
            ("e2", 1000),
        ]
        assert (tree.figure, the(tree, Kind.CAP).figure, adds_up(tree)) == (6000, -1000, [])


class TestLumps:
    def test_a_lump_is_a_part_without_rows(self) -> None:
        scale = steps((100, (Lump(money=money("500")),)))
        tree = retraced(programme(incentive(scale=scale, base=None, driver=use("revenue"))), sold(150))
        assert (tree.figure, the(tree, Kind.LUMP).coins) == (500, 500)
        assert adds_up(tree) == []


class TestGrowth:
    def grown(self, **values: object) -> Programme:
        growth = Growth(of=use("revenue"), against=(Baseline(window=Before(unit=Unit.QUARTER)),))
        own = {"driver": growth, "base": GrownPart(of=use("revenue")), "scale": steps((0, "0.02"))}
        return programme(incentive(**(own | values)))

    def test_the_grown_part_is_this_window_less_the_one_before(self) -> None:
        facts = sold(100_000)
        facts.sale("a", MAY, 120_000)
        tree = retraced(self.grown(), facts, window=SECOND)
        assert [figure for _, figure in lines_of(the(tree, Kind.CUT))] == [2400, -2000]
        assert [one.says["wins"] for one in every(tree, Kind.BASELINE)] == [True, True, True]
        assert (tree.figure, adds_up(tree)) == (400, [])

    def test_a_newcomers_baseline_is_given(self) -> None:
        facts = Ledger()
        facts.enrolled("a", date(2025, 4, 2))
        facts.sale("a", MAY, 12_000)
        newcomers = Newcomers(baseline=money("10000"))
        tree = retraced(self.grown(newcomers=newcomers), facts, window=SECOND)
        assert tree.figure == 40
        assert adds_up(tree) == []

    def test_without_a_baseline_it_says_so(self) -> None:
        facts = Ledger()
        facts.enrolled("a", date(2025, 4, 2))
        facts.sale("a", MAY, 12_000)
        tree = retraced(self.grown(), facts, window=SECOND)
        assert (tree.figure, tree.note) == (0, "no-figure")
        assert {one.note for one in every(tree, Kind.GROWTH)} == {"no-baseline"}
        assert {one.note for one in every(tree, Kind.BASELINE)} == {"newcomer"}


class TestSequence:
    def test_what_stands_before_takes_from_the_base(self) -> None:
        """Rule 35: 600 at 10 %, then 5 % of what is left: 60 + 27."""
        first, second = (
            incentive("first", scale=steps((0, "0.1"))),
            incentive("bonus", scale=steps((0, "0.05"))),
        )
        stacking = Stacking(said=True, sequences=(InSequence(incentives=("first", "bonus")),))
        tree = retraced(programme(first, second, stacking=stacking), sold(600))
        assert (tree.figure, the(tree, Kind.CUT).says["base"]) == (27, 540)
        assert the(tree, Kind.BEFORE).figure == 60
        assert adds_up(tree) == []


class TestGate:
    def test_a_gate_that_does_not_hold_pays_nothing_and_says_why(self) -> None:
        gate = Test(measure=use("revenue"), comparison="at_least", figure=money("1000"))
        tree = retraced(programme(incentive(gate=gate)), sold(400))
        assert (tree.figure, tree.note, the(tree, Kind.GATE).holds) == (0, "gate-not-met", False)
        assert the(tree, Kind.TEST).says["missing"] == 600


class TestGroups:
    def test_a_member_has_its_share_of_what_the_group_earned(self) -> None:
        facts = sold(40_000)
        facts.enrolled("b")
        facts.sale("b", MARCH, 20_000)
        for partner in "ab":
            facts.membership("g", partner)
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.BY_BASE)
        tree = retraced(programme(incentive(earner=earner)), facts)
        group = the(tree, Kind.GROUP)
        assert (tree.figure, group.figure) == (800, 1200)
        assert [(one.says["partner"], one.coins) for one in group.parts] == [("a", 800), ("b", 400)]
        assert adds_up(tree) == []


class TestNothing:
    def test_who_was_not_enrolled(self) -> None:
        tree = retraced(programme(incentive()), sold(100), partner="z")
        assert (tree.figure, tree.note) == (0, "not-enrolled")

    @pytest.mark.parametrize(
        ("name", "window"), [("none", QUARTER), ("bonus", Span(date(2025, 1, 1), date(2025, 2, 1)))]
    )
    def test_what_was_not_asked(self, name: str, window: Span) -> None:
        with pytest.raises(NothingAsked) as caught:
            retraced(programme(incentive()), sold(100), name=name, window=window)
        assert (caught.value.incentive, caught.value.window) == (name, window)

    def test_without_lines_there_is_no_evidence(self) -> None:
        with computed(programme(incentive()), sold(100), kept=False) as running, pytest.raises(NotKept):
            explain(running, incentive="bonus", partner="a", window=QUARTER)


def test_a_running_window_is_shown_up_to_the_day() -> None:
    tree = retraced(programme(incentive()), sold(100), day=date(2025, 3, 10))
    assert tree.window == Span(date(2025, 1, 1), date(2025, 3, 11))
    assert tree.figure == Decimal(2)
