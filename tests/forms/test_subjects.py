"""Subjects: rules 42, 44 and 45, worked by hand."""

from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    Agreed,
    All,
    AtOnce,
    Baseline,
    Before,
    Different,
    Earner,
    GroupShare,
    Growth,
    Holds,
    LastYear,
    Length,
    Lump,
    Never,
    Newcomers,
    Not,
    Percent,
    Review,
    Share,
    Test,
    ToDate,
    Trait,
    Who,
)
from staffel.core.programme.model import Any as Either
from tests.forms.conftest import (
    calculate,
    earned,
    figure,
    incentive,
    ladder,
    programme,
    quarter,
    record,
    said,
    selling,
    steps,
    take,
    use,
)
from tests.laws import oracle
from tests.laws.facts import Ledger, day

Q1, Q2 = "2026-01-01", "2026-04-01"


def allied(**shares: object) -> Ledger:
    """A sells 40,000 and B 20,000 in February; both belong to one alliance."""
    facts = selling(("2026-02-10", 40000))
    selling(("2026-02-11", 20000), partner="b", facts=facts)
    for partner in ("a", "b"):
        facts.membership("g", partner, share=shares.get(partner))
    return facts


class TestGroups:
    """Rule 42. Whose conditions, whose driver, whose base; the amount is shared by base, equally, as
    agreed, or goes
    to the head office. People and customers count once for the group.
    """

    def test_driver_of_the_group_base_of_the_member(self) -> None:
        """A 40,000 and B 20,000 reach 60,000 = 3 %: A 1,200.00, B 600.00."""
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="member")
        bonus = incentive(earner=earner, scale=steps((0, "0.01"), (60000, "0.03")))
        book = calculate(programme(bonus), allied(), "2026-03-31")
        assert (earned(book, "a", Q1), earned(book, "b", Q1)) == (1200, 600)

    def test_an_alliance_lends_a_hurdle(self) -> None:
        """`or_alliance`: A is premier, B too, each by the same 60,000."""
        lent = (Test(measure=use(who=who), comparison="at_least", figure=Decimal(60000)) for who in Who)
        levels = ladder(
            ("select", ()), ("premier", (Either(of=tuple(lent)),)), review=Review(up=AtOnce(), down=Never())
        )
        book = calculate(programme(ladders=(levels,)), allied(), "2026-03-31")
        assert oracle.standing(book) == {"a": "premier", "b": "premier"}

    @pytest.mark.parametrize(
        ("share", "a", "b"),
        [
            (GroupShare.BY_BASE, "1200.00", "600.00"),
            (GroupShare.EQUALLY, "900.00", "900.00"),
            (GroupShare.AGREED, "450.00", "1350.00"),
            (GroupShare.HEAD_OFFICE, "0", "1800.00"),
        ],
    )
    def test_the_groups_bonus_is_shared(self, share: GroupShare, a: str, b: str) -> None:
        """3 % of 60,000 = 1,800.00."""
        facts = allied(a="0.25", b="0.75")
        facts.tables["partners"][0]["head_office"] = "b"
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=share)
        book = calculate(programme(incentive(earner=earner, scale=steps((0, "0.03")))), facts, "2026-03-31")
        assert (earned(book, "a", Q1), earned(book, "b", Q1)) == (Decimal(a), Decimal(b))

    def test_rows_count_on_the_days_of_membership(self) -> None:
        facts = selling(("2026-02-10", 40000), ("2026-03-10", 500))
        facts.membership("g", "a", until=day("2026-03-01"))
        facts.membership("g", "a", since=day("2026-03-20"))
        book = calculate(programme(), facts, "2026-03-31")
        assert figure(book, use(who=Who.ALLIANCE), "a") == 40000

    def test_customers_count_once_for_the_group(self) -> None:
        facts = allied()
        for line in facts.tables["sell_out"]:
            line["end_customer_id"] = "c"
        customers = take(aggregate=Different(key="end_customer_id"), who=Who.ALLIANCE)
        assert figure(calculate(programme(), facts, "2026-03-31"), customers, "a") == 1

    def test_without_an_alliance_there_is_no_figure(self) -> None:
        book = calculate(programme(), selling(("2026-02-10", 40000)), "2026-03-31")
        assert figure(book, use(who=Who.ALLIANCE), "a") is None

    def test_who_does_not_take_part_gets_no_share(self) -> None:
        facts = allied()
        facts.partner("c")
        facts.membership("g", "c")
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.EQUALLY)
        book = calculate(programme(incentive(earner=earner, scale=steps((0, "0.03")))), facts, "2026-03-31")
        assert {one: coins for (_, one, _), coins in oracle.shares(book).items() if coins} == {
            "a": 900,
            "b": 900,
        }


class TestMerges:
    """Rule 44. From the day on, the rows of the old id are the new one's, as if they had always been one."""

    @staticmethod
    def facts(**values: Any) -> Ledger:
        """Last year 60 + 40, this year 110; b becomes part of a on 1 March."""
        facts = selling(("2025-02-10", 60), ("2026-02-10", 80))
        selling(("2025-02-11", 40), ("2026-02-11", 30), partner="b", facts=facts)
        facts.partner("b", day("2026-03-01"), same_as="a", **values)
        return facts

    def test_a_merger_is_no_growth(self) -> None:
        """Last year 60 + 40, this year 110: 10 %."""
        driver = Growth(of=use(), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),))
        book = calculate(programme(incentive(driver=driver)), self.facts(), "2026-03-31")
        assert record(book, "a", Q1).driver == (10, 100)
        assert {subject.id for _, subject, _ in oracle.entitled(book)} == {"a"}

    def test_before_its_day_nothing_is_joined(self) -> None:
        book = calculate(programme(incentive()), self.facts(), "2026-02-28")
        assert (record(book, "a", Q1).base, record(book, "b", Q1).base) == (80, 30)

    def test_what_was_settled_for_the_old_one_counts_for_the_new_one(self) -> None:
        facts, first, second = self.facts(), quarter(2025, 1), quarter(2026, 1)
        spans = (first.start, first.until), (first.start, first.until)
        facts.settled("bonus", "a", *spans, "1.20", paid="1.20")
        facts.settled("bonus", "b", *spans, "0.80", carried="0.80")
        of = programme(incentive(), valid=Span(day("2025-01-01"), day("2027-01-01")))
        one = said(calculate(of, facts, "2026-03-31", second), "a", second)
        assert (one.carried_in, one.due) == (Decimal("0.80"), Decimal("3.00"))

    def test_the_higher_of_both_levels(self) -> None:
        levels = ladder(
            ("select", ()),
            ("premier", (Test(measure=use(), comparison="at_least", figure=Decimal(9999)),)),
            review=Review(up=AtOnce(), down=Never()),
        )
        facts = self.facts()
        facts.decision("b", "premier", day("2026-02-01"), cause="grant")
        book = calculate(programme(ladders=(levels,)), facts, "2026-03-31")
        assert [oracle.level_on(book, "a", day(one)) for one in ("2026-02-28", "2026-03-01")] == [
            "select",
            "premier",
        ]


class TestNewcomers:
    """Rule 45. `prorate: months` cuts thresholds and starts to the months enrolled, the month of joining
    whole; `days`
    to the days. Rates and lumps stay.
    """

    @staticmethod
    def facts(net: object) -> Ledger:
        """Joined on 10 May, in the second month of the quarter."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-05-10"))
        facts.sale("a", day("2026-05-20"), net)
        return facts

    @pytest.mark.parametrize(
        ("prorate", "net", "paid"),
        [
            ("months", "20000", 100),
            ("months", "19999.99", 0),
            ("none", "20000", 0),
            ("days", "17142.86", 100),  # 30,000 × 52 ÷ 91 = 17,142.857…
            ("days", "17142.85", 0),
        ],
    )
    def test_from_30_000(self, prorate: Any, net: str, paid: int) -> None:
        """Quarter, from 30,000, joined in its second month: from 20,000."""
        bonus = incentive(
            scale=steps((30000, Lump(money=Decimal(100)))), newcomers=Newcomers(prorate=prorate)
        )
        assert earned(calculate(programme(bonus), self.facts(net), "2026-06-30"), "a", Q2) == paid

    def test_a_gate_is_cut_too(self) -> None:
        gate = Test(measure=use(), comparison="at_least", figure=Decimal(30000))
        bonus = incentive(gate=gate, newcomers=Newcomers(prorate="months"))
        book = calculate(programme(bonus), self.facts("20000"), "2026-06-30")
        assert earned(book, "a", Q2) == 400

    @pytest.mark.parametrize(
        ("prorate", "least", "holds"),
        [
            ("months", "8000", True),
            ("months", "7999.99", False),
            ("none", "8000", False),
            ("days", "7758.90", False),
        ],
    )
    def test_a_target_is_cut_to_its_own_window(self, prorate: Any, least: str, holds: bool) -> None:
        """A year's target of 12,000, joined on 10 May: 8 of its 12 months, 8,000, or 236 of 365 days,
        7,758.904…, also where a quarter of the year after looks back at it.
        """
        facts = self.facts(least)
        facts.target("a", "yearly", day("2026-01-01"), day("2027-01-01"), 12000)
        attained = use("attained", Before(unit=Unit.YEAR))
        gate = Test(measure=attained, comparison="at_least", figure=Decimal(1))
        of = programme(
            incentive(gate=gate, newcomers=Newcomers(prorate=prorate)),
            measures={"attained": Share(part=use(), whole=Agreed(target="yearly"))},
        )
        assert record(calculate(of, facts, "2027-03-31"), "a", "2027-01-01").gate is holds

    @pytest.mark.parametrize("first", ["of_half", "of_year"])
    def test_two_targets_are_cut_each_to_its_own_window(self, first: str) -> None:
        """Joined on 10 May: 2 of 6 months of the half's 6,000 are 2,000, 8 of 12 of the year's 12,000 are
        8,000; 4,000 sold are enough for the one and not for the other, whichever is asked first.
        """
        facts = self.facts("4000")
        facts.target("a", "of_half", day("2026-01-01"), day("2026-07-01"), 6000)
        facts.target("a", "of_year", day("2026-01-01"), day("2027-01-01"), 12000)
        asked = [
            Test(measure=use(name, ToDate(unit=unit)), comparison="at_least", figure=Decimal(1))
            for name, unit in (("of_half", Unit.HALF), ("of_year", Unit.YEAR))
        ]
        gate = [asked[0], Not(of=asked[1])]
        of = programme(
            incentive(
                gate=All(of=tuple(gate if first == "of_half" else gate[::-1])),
                newcomers=Newcomers(prorate="months"),
            ),
            measures={name: Share(part=use(), whole=Agreed(target=name)) for name in ("of_half", "of_year")},
            valid=Span(day("2026-01-01"), day("2027-01-01")),
        )
        assert record(calculate(of, facts, "2026-06-30"), "a", "2026-04-01").gate


class TestLeastAge:
    """Rule 45. `least_age: 3 months`: who has not taken part for so long by the end earns nothing."""

    @pytest.mark.parametrize(
        ("joined", "money"), [("2026-01-01", 20), ("2026-01-02", 0), ("2025-06-30", 20), ("2026-03-31", 0)]
    )
    def test_by_the_last_day_of_the_window(self, joined: str, money: int) -> None:
        """2 % of 1,000.00 in the first quarter."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day(joined))
        facts.sale("a", day("2026-03-31"), 1000)
        gate = Holds(trait=Trait.AGE, values=(), least=Length(count=3, unit=Unit.MONTH))
        assert earned(calculate(programme(incentive(gate=gate)), facts, "2026-03-31"), "a", Q1) == money


class TestLeavers:
    """Rule 45. Rows until the last day count, nothing is prorated, unless who leaves earns nothing."""

    @staticmethod
    def facts() -> Ledger:
        """12,000 on its last day, 500 on the day after."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", until=day("2026-05-21"))
        facts.sale("a", day("2026-05-20"), 12000)
        facts.sale("a", day("2026-05-21"), 500)
        return facts

    def test_earns_nothing_for_the_window_in_which_it_leaves(self) -> None:
        """Asked on its last day it still takes part: 120.00; settled for the quarter: 0.00."""
        gate = Holds(trait=Trait.ENROLLED, values=())
        rules = programme(incentive(scale=steps((0, Percent(rate=Decimal("0.01")))), gate=gate))
        assert earned(calculate(rules, self.facts(), "2026-05-20"), "a", Q2) == 120
        assert earned(calculate(rules, self.facts(), "2026-06-30"), "a", Q2) == 0

    def test_paid_on_what_was_sold(self) -> None:
        """Leaves on 20 May with 12,000 so far: paid on 12,000."""
        facts = self.facts()
        bonus = incentive(
            scale=steps((0, Percent(rate=Decimal("0.01")))), newcomers=Newcomers(prorate="months")
        )
        assert earned(calculate(programme(bonus), facts, "2026-06-30"), "a", Q2) == 120
