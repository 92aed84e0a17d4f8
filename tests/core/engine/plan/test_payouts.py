"""What is due: shares of a group, settled windows, minimum, carry. Rules 4, 37, 39, 42 and 44."""

from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.plan.payouts import is_last
from staffel.core.engine.results import Results
from staffel.core.programme.model import (
    Earner,
    GroupShare,
    Is,
    Late,
    Lump,
    Minimum,
    Scale,
    ScaleKind,
    Step,
    Who,
)
from tests.core.engine.plan.world import (
    FIRST,
    Q1,
    Q2,
    SECOND,
    YEAR,
    Ledger,
    calculated,
    coins,
    column,
    day,
    money,
    world,
    year,
)
from tests.forms.conftest import incentive, steps, use

Q4 = Span(day("2026-10-01"), day("2027-01-01"))


class TestLast:
    @pytest.mark.parametrize(("window", "last"), [(Q1, False), (Q4, True), (YEAR, True)])
    def test_nothing_comes_after_the_last_window(self, window: Span, last: bool) -> None:
        one = incentive()
        assert is_last(year(one), one, window) is last


class TestGroupShares:
    """Rule 42. What a group earned goes to its members by largest remainder, ties by id; it adds up."""

    def shares(
        self, ledger: Ledger, share: GroupShare, on: str = "2026-03-31", **values: Any
    ) -> dict[Any, Decimal]:
        earner = Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=share)
        one = incentive(**({"earner": earner, "scale": steps((0, "0.1"))} | values))
        return coins(calculated(year(one), ledger, on))

    def alliance(self, **sales: object) -> Ledger:
        """All of them members of g; s is alone, t and u are another alliance."""
        ledger = world(**sales, s=1000, t=30, u=70)
        for partner in sales:
            ledger.membership("g", partner)
        for partner in "tu":
            ledger.membership("h", partner)
        return ledger

    @pytest.mark.parametrize(
        ("sales", "shares"),
        [
            # 10 % of 1.00 in thirds: 3.33… coins each, the odd one to the first by id
            ({"a": "0.3333", "b": "0.3333", "c": "0.3333"}, ("0.04", "0.03", "0.03")),
            ({"c": 600, "b": 300, "a": 100}, (10, 30, 60)),
            # 10 % of 800: a's return is part of the sum, but weighs 0
            ({"a": -100, "b": 300, "c": 600}, (0, "26.67", "53.33")),
            # A sum below 0 mirrors: −10 ÷ 3 in coins
            ({"a": "-100.01", "b": "0.01", "c": 0}, (0, "-10.00", 0)),
            ({"a": -60, "b": -40, "c": 0}, (-10, 0, 0)),  # no weight at all: all to the first by id
            ({"a": 0, "b": 0, "c": None}, (0, 0, 0)),  # c has no row in the base
        ],
    )
    def test_by_base(self, sales: dict[str, object], shares: tuple[object, ...]) -> None:
        found = self.shares(self.alliance(**sales), GroupShare.BY_BASE)
        expected = dict(zip("abc", money(*shares), strict=False))
        assert found == expected | {"t": Decimal(3), "u": Decimal(7)}

    def test_equally_among_members_of_the_last_day(self) -> None:
        """c joined late, d left before the last day, though its sales count: 10 % of 400 in three."""
        ledger = self.alliance(a=100, b=100)
        for partner, net, since, until in (
            ("c", 0, "2026-03-31", None),
            ("d", 200, "2026-01-01", "2026-03-31"),
        ):
            ledger.enrolled(partner)
            ledger.sale(partner, day("2026-02-10"), net)
            ledger.membership("g", partner, day(since), day(until) if until else None)
        found = self.shares(ledger, GroupShare.EQUALLY)
        assert {one: found[one] for one in "abc"} == dict(
            zip("abc", money("13.34", "13.33", "13.33"), strict=True)
        )
        assert {one: found[one] for one in found if one not in "abc"} == {"t": Decimal(5), "u": Decimal(5)}

    @pytest.mark.parametrize(
        ("share", "shares"),
        [
            (GroupShare.EQUALLY, {"b": 15, "c": 15}),
            (GroupShare.AGREED, {"b": 10, "c": 20}),
            (GroupShare.HEAD_OFFICE, {"b": 30, "c": 0}),
            (GroupShare.BY_BASE, {"a": 10, "b": 10, "c": 10}),
        ],
    )
    def test_where_nobody_is_left_those_who_left_last_share(
        self, share: GroupShare, shares: dict[str, int]
    ) -> None:
        """a left first, b and c on the same day; b's share was another before. 10 % of 300."""
        ledger = world(a=100, b=100, c=100)
        march = day("2026-03-01")
        for partner, until in (("a", day("2026-02-20")), ("c", march)):
            ledger.membership("g", partner, day("2026-01-01"), until, share="0.5")
        ledger.membership("g", "b", day("2026-01-01"), day("2026-02-15"), share="0.9")
        ledger.membership("g", "b", day("2026-02-15"), march, share="0.25")
        found = self.shares(ledger, share)
        assert found == {one: Decimal(coins) for one, coins in shares.items()}

    def test_a_group_takes_part_by_a_member_that_took_part_before_it_joined(self) -> None:
        """100.00 for every group: g's only member left the programme before it joined g."""
        ledger = world(s=7)
        ledger.enrolled("a", day("2026-01-01"), day("2026-02-01"))
        ledger.membership("g", "a", day("2026-03-01"))
        lump = Scale(
            kind=ScaleKind.RETROACTIVE, steps=(Step(start=Decimal(0), pays=(Lump(money=Decimal(100)),)),)
        )
        assert self.shares(ledger, GroupShare.EQUALLY, scale=lump) == {"a": Decimal(100)}

    @pytest.mark.parametrize(
        ("agreed", "shares"),
        [
            (("0.5", "0.25", "0.25"), (50, 25, 25)),
            (("0.333333", "0.333333", "0.333333"), ("33.34", "33.33", "33.33")),
            ((None, "1", None), (0, 100, 0)),
            ((None, None, None), (100, 0, 0)),
            (("0.2", "0.2", None), (50, 50, 0)),  # of what is said
        ],
    )
    def test_as_agreed(self, agreed: tuple[str | None, ...], shares: tuple[object, ...]) -> None:
        ledger = world(a=100, b=400, c=500, s=7)
        for partner, share in zip("abc", agreed, strict=True):
            ledger.membership("g", partner, share=share)
        found = self.shares(ledger, GroupShare.AGREED)
        assert found == dict(zip("abc", money(*shares), strict=True))

    @pytest.mark.parametrize(("head", "receives"), [("b", "b"), (None, "a"), ("s", "a")])
    def test_to_the_head_office(self, head: str | None, receives: str) -> None:
        """Whom the others name; if nobody, or somebody outside, the first by id."""
        ledger = self.alliance(a=100, b=400, c=500)
        for partner in "ac":
            ledger.partner(partner, day("2020-01-02"), head_office=head)
        found = self.shares(ledger, GroupShare.HEAD_OFFICE)
        assert {one: found[one] for one in "abc"} == dict.fromkeys("abc", Decimal(0)) | {
            receives: Decimal(100)
        }

    @pytest.mark.parametrize(
        ("told", "receives"),
        [
            ([("c", "2020-01-02", "a"), ("c", "2025-01-01", "b")], "b"),  # what is in force on the day asked
            ([("c", "2020-01-02", "a"), ("c", "2026-04-01", "b")], "a"),
            ([("c", "2020-01-02", "b"), ("c", "2026-01-01", None)], "a"),  # it names nobody any more
            ([("a", "2020-01-02", "c"), ("c", "2020-01-02", "b")], "b"),  # of two the first by id
            ([("b", "2020-01-02", "b")], "a"),  # who names itself names nobody
            ([("b", "2020-01-02", "b"), ("a", "2020-01-02", "c")], "c"),
            ([("d", "2020-01-02", "b"), ("a", "2020-01-02", "c")], "c"),  # d has left, nor is it heard
            ([("c", "2020-01-02", "d")], "a"),  # nor does it receive
            ([("s", "2020-01-02", "b"), ("t", "2020-01-02", "c")], "a"),  # strangers name nobody here
            ([("c", "2020-01-02", "x")], "b"),  # x became part of b
            ([("b", "2020-01-02", "x")], "a"),  # so b names itself
        ],
    )
    def test_one_head_office(self, told: list[tuple[str, str, str | None]], receives: str) -> None:
        """The first by id of those whom other members name on the day asked. d left the day before."""
        ledger = self.alliance(a=100, b=400, c=500)
        ledger.enrolled("d")
        ledger.membership("g", "d", until=day("2026-03-31"))
        ledger.partner("x")
        ledger.partner("x", day("2024-01-01"), same_as="b")
        for partner, since, head in told:
            ledger.partner(partner, day(since), head_office=head)
        found = self.shares(ledger, GroupShare.HEAD_OFFICE)
        shares = {one: found[one] for one in found if one not in "tu"}
        assert shares == dict.fromkeys("abc", Decimal(0)) | {receives: Decimal(100)}

    @pytest.mark.parametrize(
        ("pens", "shares"),
        [
            ({}, {"b": 100, "c": 0}),  # no row of the base: all to the first that takes part to the end
            ({"c": 10}, {"b": 0, "c": 100}),
            ({"a": 30, "c": 10}, {"a": 75, "b": 0, "c": 25}),  # a left, but its rows are in the base
            ({"a": -30}, {"a": 100, "b": 0, "c": 0}),  # a row, though without weight, makes it the first
        ],
    )
    def test_by_a_base_that_few_or_none_brought(self, pens: dict[str, int], shares: dict[str, int]) -> None:
        """A lump of 100 by all revenue, shared by pens. a left, d never took part: it is not among them."""
        ledger = world(a=100, b=400, c=500, s=1000)
        ledger.partner("d")
        for partner, until in (("a", day("2026-03-31")), ("b", None), ("c", None), ("d", None)):
            ledger.membership("g", partner, until=until)
        for partner, net in pens.items():
            ledger.sale(partner, day("2026-02-11"), net, product_id="pen")
        found = self.shares(
            ledger,
            GroupShare.BY_BASE,
            driver=use("revenue"),
            select=Is(column="product.family", values=("pens",)),
            scale=steps((0, Lump(money=Decimal(100)))),
        )
        assert found == {one: Decimal(coins) for one, coins in shares.items()}

    def test_a_lump_of_a_group_is_one(self) -> None:
        found = self.shares(
            self.alliance(a=1, b=3), GroupShare.EQUALLY, scale=steps((0, Lump(money=Decimal(5))))
        )
        assert {one: found[one] for one in "ab"} == dict.fromkeys("ab", Decimal("2.5"))

    def test_of_large_bases(self) -> None:
        """Two members of 6 and 3 × 10^14: 10 % of it is 9 × 10^13, by two thirds and one."""
        found = self.shares(self.alliance(a=6 * 10**14, b=3 * 10**14), GroupShare.BY_BASE)
        assert {one: found[one] for one in "ab"} == {"a": Decimal(6 * 10**13), "b": Decimal(3 * 10**13)}


def due(results: Results, name: str = "bonus") -> dict[str, tuple[Decimal, ...]]:
    """Per partner: carried in, due, paid, carried out."""
    told = ("carried_in", "due", "paid", "carried_out")
    parts = [column(results, "due", one, "partner_id", incentive=name) for one in told]
    return {partner: tuple(part[partner] for part in parts) for partner in parts[0]}


def settled(ledger: Ledger, closing: Span, **values: Any) -> dict[str, tuple[Decimal, ...]]:
    """What a settlement comes to."""
    one = incentive(**({"scale": steps((0, "0.1"))} | values))
    return due(calculated(year(one), ledger, closing.last_day.isoformat(), closing=closing))


class TestMinimum:
    """Rule 37. Tested with what was carried in; a small sum is carried on or lost, a negative one carried."""

    CARRY, FORFEIT = Minimum(money=Decimal(50)), Minimum(money=Decimal(50), otherwise="forfeit")
    LOST = Minimum(money=Decimal(50), at_end="lost")

    @pytest.mark.parametrize(
        ("minimum", "closing", "a", "b", "c"),
        [
            # 10 % of 499.95 (= 49.995, rounded 50.00), of 499.94 (= 49.994 → 49.99), and of −100
            (None, Q1, (0, 50, 50, 0), (0, "49.99", "49.99", 0), (0, -10, 0, -10)),
            (CARRY, Q1, (0, 50, 50, 0), (0, "49.99", 0, "49.99"), (0, -10, 0, -10)),
            (FORFEIT, Q1, (0, 50, 50, 0), (0, "49.99", 0, 0), (0, -10, 0, -10)),
            (LOST, Q1, (0, 50, 50, 0), (0, "49.99", 0, "49.99"), (0, -10, 0, -10)),
            (CARRY, YEAR, (0, 50, 50, 0), (0, "49.99", "49.99", 0), (0, -10, 0, -10)),  # the last window pays
            (LOST, YEAR, (0, 50, 50, 0), (0, "49.99", 0, 0), (0, -10, 0, -10)),
            (FORFEIT, YEAR, (0, 50, 50, 0), (0, "49.99", 0, 0), (0, -10, 0, -10)),
        ],
    )
    def test_tested_on_what_is_printed(
        self, minimum: Minimum | None, closing: Span, a: Any, b: Any, c: Any
    ) -> None:
        ledger = world(a="499.95", b="499.94", c=-100)
        found = settled(ledger, closing, minimum=minimum, per=Unit.YEAR if closing is YEAR else Unit.QUARTER)
        assert found == {"a": money(*a), "b": money(*b), "c": money(*c)}

    def test_carried_in_from_the_latest_settlement(self) -> None:
        """Minimum 50: 30, then 25 → 0.00, 55.00; b carries −5 to its 20; c has what it carries."""
        ledger = world(a=None, b=None, c=None)
        for partner, earlier, later, carried in (("a", 300, 250, 30), ("b", -50, 200, -5), ("c", 400, 0, 40)):
            ledger.sale(partner, day("2026-02-10"), earlier)
            ledger.sale(partner, day("2026-05-10"), later)
            ledger.settled(
                "bonus", partner, (Q1.start, Q1.until), (Q1.start, Q1.until), Decimal(earlier) / 10, carried
            )
        ledger.settled("another", "a", (Q1.start, Q1.until), (Q1.start, Q1.until), 0, 1000)
        assert settled(ledger, Q2, minimum=self.CARRY) == {
            "a": money(30, 55, 55, 0),
            "b": money(-5, 15, 0, 15),
            "c": money(40, 40, 0, 40),
        }


class TestDifferences:
    """Rule 39. What is due is what is entitled to date, less what was settled for it."""

    def test_a_year_paid_by_quarters_trues_up(self) -> None:
        """1 % from 10,000, 2 % from 40,000; quarters 8,000, 12,000, 30,000: due 0, 200, 800. b is b."""
        ledger = world()
        ledger.enrolled("a")
        ledger.enrolled("b")
        scale = steps((10000, "0.01"), (40000, "0.02"))
        paid = []
        for number, (net, closing) in enumerate(((8000, Q1), (12000, Q2), (30000, Span(Q2.until, Q4.start)))):
            ledger.sale("a", closing.start, net)
            ledger.sale("b", closing.start, 10000 if number == 0 else 0)
            found = settled(ledger, closing, scale=scale, per=Unit.YEAR, settle=Unit.QUARTER)
            paid.append([found[one][2] for one in "ab"])
            for partner in "ab":
                ledger.settled(
                    "bonus",
                    partner,
                    (YEAR.start, YEAR.until),
                    (closing.start, closing.until),
                    found[partner][2],
                )
        assert paid == [list(money(0, 100)), list(money(200, 0)), list(money(800, 0))]

    def late(self) -> Ledger:
        """Quarter 1 was settled on 49,000 at 2 %; a late 1,000 lifts it to a step. b had all in time."""
        ledger = world(a=49000, b=50000)
        ledger.commit()
        ledger.close(Q1.start, Q1.until, Q1.until)
        for partner, amount in (("a", 980), ("b", 1500)):
            ledger.settled("bonus", partner, (Q1.start, Q1.until), (Q1.start, Q1.until), amount)
        ledger.commit()
        ledger.sale("a", day("2026-03-30"), 1000)
        return ledger

    @pytest.mark.parametrize(
        ("lines", "rows"),
        [
            ("reopen", {("a", FIRST): (1500, 980), ("a", SECOND): (0, 0)}),  # +520 in the next statement
            ("next", {("a", FIRST): (980, 980), ("a", SECOND): (20, 0)}),  # 1,000 of revenue there
        ],
    )
    def test_late_lines(self, lines: Any, rows: dict[tuple[str, str], tuple[int, int]]) -> None:
        one = incentive(scale=steps((0, "0.02"), (50000, "0.03")), late=Late(lines=lines))
        results = calculated(year(one), self.late(), "2026-06-30", closing=Q2)
        entitled, before = (
            column(results, "differences", name, "partner_id", "window_start")
            for name in ("entitled", "settled")
        )
        expected = rows | {("b", FIRST): (1500, 1500), ("b", SECOND): (0, 0)}
        found = {
            (partner, str(start)): (entitled[partner, start], before[partner, start])
            for partner, start in entitled
        }
        assert found == expected

    def test_only_windows_that_have_begun_by_its_end(self) -> None:
        """Asked on a later day, a settlement of quarter 1 says nothing of quarter 2."""
        ledger = world(a=100, b=200)
        ledger.sale("a", day("2026-04-01"), 100)
        results = calculated(year(incentive()), ledger, "2026-05-10", closing=Q1)
        found = column(results, "differences", "entitled", "partner_id", "window_start")
        assert found == {("a", Q1.start): Decimal(2), ("b", Q1.start): Decimal(4)}

    def test_settled_again_is_not_settled_before(self) -> None:
        """What was settled for the window itself, or later, is no fact of its settlement."""
        ledger = world(a=100, b=100)
        for closing, amount in ((Q1, 7), (Q2, 9)):
            ledger.settled("bonus", "a", (Q1.start, Q1.until), (closing.start, closing.until), amount)
        assert settled(ledger, Q1) == {"a": money(0, 10, 10, 0), "b": money(0, 10, 10, 0)}

    def test_of_who_became_part_of_another(self) -> None:
        """Rule 44. What was settled with a counts for b, and what it carried."""
        ledger = world(a=600, b=400)
        ledger.settled("bonus", "a", (Q1.start, Q1.until), (Q1.start, Q1.until), 50, 10)
        ledger.settled("bonus", "b", (Q1.start, Q1.until), (Q1.start, Q1.until), 40, -3)
        ledger.partner("a", day("2026-05-01"), same_as="b")
        assert settled(ledger, Q2) == {"b": money(7, 17, 17, 0)}

    def test_who_earns_no_more_pays_back(self) -> None:
        """a's sale was taken back after the close: −60 is carried, never paid; b keeps its own."""
        ledger = world(b=100)
        ledger.enrolled("a")
        ledger.settled("bonus", "a", (Q1.start, Q1.until), (Q1.start, Q1.until), 60)
        ledger.settled("bonus", "b", (Q1.start, Q1.until), (Q1.start, Q1.until), 10)
        assert settled(ledger, Q2) == {"a": money(0, -60, 0, -60), "b": money(0, 0, 0, 0)}


def test_an_incentive_by_products_settles_by_itself() -> None:
    pens = incentive("pens", select=Is(column="product.family", values=("pens",)), scale=steps((0, "0.5")))
    ledger = world(a=100, b=10)
    ledger.sale("a", day("2026-02-10"), 10, product_id="pen")
    results = calculated(year(incentive(), pens), ledger, "2026-03-31", closing=Q1)
    assert due(results, "pens") == {"a": money(0, 5, 5, 0), "b": money(0, 0, 0, 0)}
    assert due(results) == {"a": money(0, "2.2", "2.2", 0), "b": money(0, "0.2", "0.2", 0)}
