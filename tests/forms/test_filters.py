"""Which rows: the tests that a filter puts to a row, worked by hand. `language.md`, 1.2."""

from dataclasses import replace
from decimal import Decimal
from typing import Any as Anything

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.receipts import receipts as receipts_of_engine
from staffel.core.programme.model import (
    All,
    Any,
    Apart,
    By,
    Case,
    Cases,
    Comparison,
    During,
    Exists,
    Filter,
    Is,
    Late,
    Length,
    Not,
    Percent,
    Registered,
    Stated,
    Within,
)
from tests.forms.conftest import calculate, earned, figure, incentive, programme, selling, steps, take
from tests.laws import engine
from tests.laws.facts import Ledger, day
from tests.laws.oracle import Book, Subject
from tests.laws.oracle.receipts import receipts

Q1, Q2 = "2026-01-01", "2026-04-01"
LARGE = Within(column="net", comparison="at_least", figure=Decimal(1500))


def total(facts: Ledger, where: Filter, on: str = "2026-03-31", **values: Anything) -> Decimal:
    """What counts of the net values of partner `a`, its year to date."""
    book = calculate(programme(measures={"large": take(where=where)}, **values), facts, on)
    return Decimal(figure(book, take(where=where), "a"))


class TestAmounts:
    """An amount lies between figures; of a sale and the returns that name it what is left is compared."""

    @pytest.mark.parametrize(
        ("comparison", "counted"),
        [("at_least", "3501"), ("above", "2001"), ("at_most", "2999"), ("below", "1499")],
    )
    def test_a_line_at_the_edge(self, comparison: Comparison, counted: str) -> None:
        """Lines of 1,499, 1,500 and 2,001 against 1,500."""
        facts = selling(("2026-01-10", 1499), ("2026-02-10", 1500), ("2026-03-10", 2001))
        where = Within(column="net", comparison=comparison, figure=Decimal(1500))
        assert total(facts, where) == Decimal(counted)

    @pytest.mark.parametrize(("back", "counted"), [(500, 1500), (501, 0), (2000, 0)])
    def test_what_is_left_of_a_sale_is_compared(self, back: int, counted: int) -> None:
        """2,000 less 500 is 1,500 and counts; less 501 neither the sale nor its return does."""
        facts = selling(("2026-02-10", 2000))
        facts.back(facts.tables["sell_out"][0], day("2026-03-10"), back, 0)
        assert total(facts, LARGE) == counted

    def test_where_a_return_has_its_own_dates_what_was_sold_is_compared(self) -> None:
        """With `returns: own` the sale's 40.00 stay in its quarter, and the return takes 10.02 off the next
        one, although 1,499 are left.
        """
        facts = selling(("2026-02-10", 2000))
        facts.back(facts.tables["sell_out"][0], day("2026-05-10"), 501, 0)
        bonus = incentive(base=take(where=LARGE), late=Late(returns="own"))
        book = calculate(programme(bonus), facts, "2026-06-30")
        assert (earned(book, "a", Q1), earned(book, "a", Q2)) == (Decimal("40.00"), Decimal("-10.02"))

    def test_money_is_compared_in_the_programmes_currency(self) -> None:
        """1,600 francs at 0.9 are 1,440 euros."""
        facts = selling(("2026-02-10", 1600), currency="CHF")
        facts.rate("CHF", "EUR", "0.9")
        assert total(facts, LARGE) == 0

    def test_an_amount_that_is_missing_lies_nowhere(self) -> None:
        facts = selling(("2026-02-10", 2000))
        dealer = Within(column="dealer", comparison="at_least", figure=Decimal(0))
        assert (total(facts, dealer), total(facts, Not(of=dealer))) == (0, 2000)

    def test_pieces(self) -> None:
        facts = selling(("2026-02-10", 100), quantity=4)
        facts.sale("a", day("2026-02-11"), 300, 5)
        five = Within(column="quantity", comparison="at_least", figure=Decimal(5))
        assert total(facts, five) == 300


class TestDays:
    """A date lies in a span, both of its ends included as written; a date that is missing lies in none."""

    NOVEMBER = Span(day("2026-11-01"), day("2026-12-01"))

    def test_both_ends_are_in(self) -> None:
        sales = [("2026-10-31", 1), ("2026-11-01", 10), ("2026-11-30", 100), ("2026-12-01", 1000)]
        where = During(column="sold_on", span=self.NOVEMBER)
        assert total(selling(*sales), where, "2026-12-31") == 110

    def test_another_date(self) -> None:
        """Ordered in November, sold in December; a second line does not say when it was ordered."""
        facts = selling(("2026-12-10", 500), ordered_on=day("2026-11-20"))
        facts.sale("a", day("2026-12-11"), 70)
        assert total(facts, During(column="ordered_on", span=self.NOVEMBER), "2026-12-31") == 500

    def bonus_of(self, late: Late) -> Book:
        """1 % of the fourth quarter, four times that in November; 1,000 sold then, 400 back in December."""
        facts = selling(("2026-11-10", 1000))
        facts.back(facts.tables["sell_out"][0], day("2026-12-10"), 400, 0)
        fourfold = By(when=During(column="sold_on", span=self.NOVEMBER), factor=Decimal(4))
        bonus = incentive(scale=steps((0, "0.01")), adjust=(fourfold,), late=late)
        return calculate(programme(bonus), facts, "2026-12-31")

    def test_a_return_has_its_sales_days(self) -> None:
        """(1,000 − 400) × 4 %."""
        assert earned(self.bonus_of(Late()), "a", "2026-10-01") == Decimal("24.00")

    def test_or_its_own_where_the_incentive_says_so(self) -> None:
        """1,000 × 4 % − 400 × 1 %."""
        assert earned(self.bonus_of(Late(returns="own")), "a", "2026-10-01") == Decimal("36.00")

    def test_both_together(self) -> None:
        facts = selling(("2026-11-10", 1500), ("2026-11-11", 1499), ("2026-12-10", 1500))
        where = All(of=(LARGE, During(column="sold_on", span=self.NOVEMBER)))
        assert total(facts, where, "2026-12-31") == 1500


NEW = Exists(same=("end_customer_id",), whose="any", length=Length(count=24, unit=Unit.MONTH), some=False)


class TestHistories:
    """What the same end customer bought before the window, or before the line; of this partner, or of any."""

    @staticmethod
    def market() -> Ledger:
        """Customer `c` bought from a stranger on 31 January 2024, and from `a` twice in the first quarter of
        2026, which begins 23 months and a day later.
        """
        facts = selling(("2026-02-10", 100), ("2026-03-10", 20), end_customer_id="c")
        facts.enrolled("b")
        facts.sale("b", day("2024-01-31"), 7, end_customer_id="c", line_id="theirs")
        facts.sale("a", day("2026-03-11"), 3000, end_customer_id="d")
        return facts

    @pytest.mark.parametrize(
        ("months", "whose", "counted"),
        [(24, "any", 3000), (23, "any", 3120), (24, "this", 3120), (23, "this", 3120)],
    )
    def test_new_before_the_window(self, months: int, whose: Any, counted: int) -> None:
        """Both lines of a window, or none: the second one follows the first, which is in the window."""
        length = Length(count=months, unit=Unit.MONTH)
        where = replace(NEW, length=length, whose=whose)
        assert total(self.market(), where) == counted

    @pytest.mark.parametrize(("days", "counted"), [(27, 3120), (28, 3100), (29, 3100), (None, 3000)])
    def test_new_before_the_line(self, days: int | None, counted: int) -> None:
        """10 March lies 28 days after 10 February; ever before there is the stranger's sale as well."""
        length = None if days is None else Length(count=days)
        assert total(self.market(), replace(NEW, length=length, as_of="line")) == counted

    def test_seen_is_the_opposite_where_the_key_is_there(self) -> None:
        """A line that names no end customer is neither new nor seen."""
        facts = self.market()
        facts.sale("a", day("2026-03-12"), 40000)
        assert total(facts, NEW) == 3000
        assert total(facts, replace(NEW, some=True)) == 120
        assert total(facts, Not(of=replace(NEW, some=True))) == 43000

    def test_a_sale_that_came_back_whole_is_no_history(self) -> None:
        facts = self.market()
        theirs = next(row for row in facts.tables["sell_out"] if row["line_id"] == "theirs")
        facts.back(theirs, day("2024-02-20"), 7)
        assert total(facts, NEW) == 3120

    def test_a_return_asks_what_its_sale_asks(self) -> None:
        """Of 3,000 of a new customer 300 come back in a later quarter; the other one's 100 are new too."""
        facts = self.market()
        facts.back(facts.tables["sell_out"][-1], day("2026-04-20"), 300, 0)
        assert total(facts, replace(NEW, as_of="line"), "2026-06-30") == 2800

    def test_only_what_the_question_names_is_history(self) -> None:
        facts = self.market()
        large = replace(NEW, where=Within(column="net", comparison="at_least", figure=Decimal(8)))
        assert total(facts, large) == 3120

    def test_it_has_its_reason(self) -> None:
        book = calculate(programme(incentive(base=take(where=NEW))), self.market(), "2026-03-31")
        assert verdicts(book) == {"L0001": "history", "L0002": "history", "L0004": "counted"}

    def test_a_missing_amount_comes_before_history(self) -> None:
        """The reasons have an order: what has no net is not counted for that, bought before or not."""
        facts = self.market()
        facts.sale("a", day("2026-02-12"), None, end_customer_id="c")
        new = replace(NEW, as_of="line")
        book = calculate(programme(incentive(base=take(where=new))), facts, "2026-03-31")
        assert set(verdicts(book).values()) == {"history", "counted", "amount-missing"}


class TestTerms:
    """At which terms a line was sold, and to whom: columns of the line, its product and its end customer."""

    @staticmethod
    def facts() -> Ledger:
        """1,000 plain, 200 at a special price, 30 of a registered deal, 4 in francs."""
        facts = selling(("2026-02-10", 1000), end_customer_id="school")
        facts.product("soft", "software", licence="term", billing="monthly")
        facts.sale("a", day("2026-02-11"), 200, special_price="sp7", end_customer_id="shop")
        facts.sale("a", day("2026-02-12"), 30, deal="d9", product_id="soft")
        facts.sale("a", day("2026-02-13"), 4, currency="CHF", end_customer_id="shop")
        facts.rate("CHF", "EUR", 2)
        for since, kind in (("2020-01-01", "firm"), ("2026-02-12", "public")):
            own = {"end_customer_id": "shop", "kind": kind, "size": "small", "holds_from": day(since)}
            facts.add("end_customers", own)
        return facts

    @pytest.mark.parametrize(
        ("where", "counted", "reason"),
        [
            (Not(of=Any(of=(Stated(column="deal"), Stated(column="special_price")))), 1008, "wrong-terms"),
            (Is(column="special_price", values=("sp7", "sp8")), 200, "wrong-terms"),
            (Is(column="deal", values=("d9",)), 30, "wrong-terms"),
            (Is(column="currency", values=("CHF",)), 8, "wrong-terms"),
            (Is(column="product.licence", values=("perpetual", "term")), 30, "wrong-product"),
            (Not(of=Is(column="product.billing", values=("monthly",))), 1208, "wrong-product"),
            (Is(column="end_customer.kind", values=("firm",)), 200, "wrong-customer"),
            (Is(column="end_customer.kind", values=("public",)), 8, "wrong-customer"),
            (Is(column="end_customer.size", values=("small",)), 208, "wrong-customer"),
        ],
    )
    def test_each_counts_its_own(self, where: Filter, counted: int, reason: str) -> None:
        assert total(self.facts(), where) == counted
        book = calculate(programme(incentive(base=take(where=where))), self.facts(), "2026-03-31")
        assert set(verdicts(book).values()) == {"counted", reason}

    def test_a_rate_by_them(self) -> None:
        """10 % of the 8.00 from francs, 1 % of all else: 0.80 + 12.30."""
        rows = (Case(when=Is(column="currency", values=("CHF",)), use=Decimal("0.1")),)
        rate = Percent(rate=Cases(rows=rows, otherwise=Decimal("0.01")))
        book = calculate(programme(incentive(scale=steps((0, rate)))), self.facts(), "2026-03-31")
        assert earned(book, "a", Q1) == Decimal("13.10")


class TestDaysApart:
    """Days from one date of a line to another."""

    @pytest.mark.parametrize(
        ("comparison", "counting"),
        [("at_least", {20}), ("above", set()), ("at_most", {1000, 20, 300}), ("below", {1000, 300})],
    )
    def test_a_line_at_the_edge(self, comparison: Comparison, counting: set[int]) -> None:
        """Ordered on 1 March: 1,000 shipped on the 20th, 20 on the 31st, 300 the day before, 4 never."""
        facts = selling()
        sales = ((1000, "2026-03-20"), (20, "2026-03-31"), (300, "2026-02-28"), (4, None))
        for net, shipped in sales:
            days = {"ordered_on": day("2026-03-01"), "shipped_on": None if shipped is None else day(shipped)}
            facts.sale("a", day("2026-03-05"), net, **days)
        where = Apart(start="ordered_on", end="shipped_on", comparison=comparison, figure=Decimal(30))
        assert total(facts, where) == sum(counting)
        book = calculate(programme(incentive(base=take(where=where))), facts, "2026-03-31")
        reasons = ["counted" if net in counting else "other-date-outside" for net, _ in sales[:3]]
        assert list(verdicts(book).values()) == [*reasons, "date-missing"]

    @pytest.mark.parametrize(("returns", "counted"), [("sale", 900), ("own", 1000)])
    def test_a_return_has_its_sales_days(self, returns: str, counted: int) -> None:
        """Its own dates lie 40 days apart, those of its sale 10; 1 % of the quarter."""
        days = {"ordered_on": day("2026-01-01"), "shipped_on": day("2026-01-11")}
        facts = selling(("2026-01-05", 1000), **days)
        later = {"ordered_on": day("2026-01-01"), "shipped_on": day("2026-02-10")}
        facts.back(facts.tables["sell_out"][0], day("2026-02-10"), 100, 0, **later)
        where = Apart(start="ordered_on", end="shipped_on", comparison="at_most", figure=Decimal(30))
        late = Late(returns=returns)  # type: ignore[arg-type]
        bonus = incentive(scale=steps((0, "0.01")), base=take(where=where), late=late)
        book = calculate(programme(bonus), facts, "2026-03-31")
        assert earned(book, "a", Q1) == Decimal(counted) / 100


class TestDeals:
    """A deal that the partner registered for the line's end customer and product, approved and in force on
    the day of sale.
    """

    @staticmethod
    def facts(**values: Anything) -> Ledger:
        """Sales of 1,000, 200, 30 and 4 of the box to `shop`, and of 5,000 of ink; the deal is for boxes."""
        sales = (("2026-01-09", 1000), ("2026-01-10", 200), ("2026-02-08", 30), ("2026-02-09", 4))
        facts = selling(*sales, end_customer_id="shop", ordered_on=day("2026-02-01"))
        facts.product("ink", "paper")
        facts.sale("a", day("2026-01-20"), 5000, product_id="ink", end_customer_id="shop")
        TestDeals.deal(facts, **values)
        return facts

    @staticmethod
    def deal(facts: Ledger, **values: Anything) -> None:
        """From 10 January on for 30 days."""
        own = {"deal": "d1", "vendor_id": "v", "partner_id": "a", "end_customer_id": "shop"}
        own |= {"product_id": "box", "verdict": "approved", "holds_from": day("2026-01-10")}
        facts.add("deals", own | {"holds_until": day("2026-02-09")} | values)

    def test_it_is_in_force_on_the_day_of_sale(self) -> None:
        """200 and 30: from the first day on, and not on the first day after."""
        assert total(self.facts(), Registered()) == 230
        assert total(self.facts(), Not(of=Registered())) == 6004

    @pytest.mark.parametrize(
        ("other", "counted"),
        [
            ({"product_id": None}, 5230),
            ({"holds_until": None}, 234),
            ({"end_customer_id": "school"}, 0),
            ({"partner_id": "b"}, 0),
            ({"vendor_id": "w"}, 0),
            ({"verdict": "refused"}, 0),
            ({"verdict": None}, 0),
        ],
    )
    def test_whose_and_for_what_it_is(self, other: dict[str, Anything], counted: int) -> None:
        assert total(self.facts(**other), Registered()) == counted

    def test_two_deals_count_a_line_once(self) -> None:
        facts = self.facts()
        self.deal(facts, deal="d2", product_id=None)
        self.deal(facts, deal="d3")
        assert total(facts, Registered()) == 5230

    @pytest.mark.parametrize(("days", "counted"), [(22, 230), (23, 0)])
    def test_so_long_before_the_order(self, days: int, counted: int) -> None:
        """Ordered on 1 February, 22 days after 10 January."""
        assert total(self.facts(), Registered(ahead=Length(count=days))) == counted

    def test_a_deal_that_goes_on_was_registered_with_its_first(self) -> None:
        """The second deal begins on the day on which the first one ends: 4 of that day are registered since
        10 January.
        """
        facts = self.facts()
        self.deal(facts, deal="d2", holds_from=day("2026-02-09"), holds_until=None)
        assert total(facts, Registered(ahead=Length(count=22))) == 234

    def test_a_return_asks_what_its_sale_asks(self) -> None:
        facts = self.facts()
        facts.back(facts.tables["sell_out"][1], day("2026-03-20"), 50, 0)
        assert total(facts, Registered()) == 180

    def test_it_has_its_reason(self) -> None:
        book = calculate(programme(incentive(base=take(where=Registered()))), self.facts(), "2026-03-31")
        assert list(verdicts(book).values()).count("wrong-terms") == 3


class TestOrders:
    """What else is on the same order of this partner, on the same day; the line itself is on it too."""

    def test_a_neighbour_of_another_vendor(self) -> None:
        facts = selling(("2026-02-10", 100), order_no="o1")
        facts.sale("a", day("2026-02-10"), 7, order_no="o1", vendor_id="allied", line_id="theirs")
        facts.sale("a", day("2026-02-11"), 30, order_no="o1")
        facts.sale("a", day("2026-02-10"), 5, order_no="o2")
        allied = Is(column="vendor_id", values=("allied",))
        where = Exists(same=("order_no",), where=allied, reach="same_day", as_of="line")
        assert total(facts, where) == 100
        book = calculate(programme(incentive(base=take(where=where))), facts, "2026-03-31")
        assert verdicts(book) == {"L0001": "counted", "L0003": "order", "L0004": "order"}

    def test_an_order_is_its_partners(self) -> None:
        facts = selling(("2026-02-10", 100), order_no="o1")
        facts.enrolled("b")
        facts.sale("b", day("2026-02-10"), 2000, order_no="o1")
        large = Exists(same=("order_no",), where=LARGE, reach="same_day", as_of="line")
        assert total(facts, large) == 0

    def test_the_line_itself_is_on_it(self) -> None:
        facts = selling(("2026-02-10", 2000), ("2026-02-10", 1), order_no="o1")
        large = Exists(same=("order_no",), where=LARGE, reach="same_day", as_of="line")
        assert total(facts, large) == 2001


def verdicts(book: Book, start: str = "2026-01-01") -> dict[str, str]:
    """What became of each line of `a` in the base of the bonus of a quarter; the engine agrees."""
    bonus = book.programme.incentives[0]
    window = book.programme.calendar.unit_of(day(start), Unit.QUARTER)
    found = receipts(book, bonus, window, Subject("partner", "a"), "a")
    said = {one.line_id: one.verdict for one in found if one.role == "base"}
    with engine.kept(book) as running:
        ours = receipts_of_engine(running, partner="a", incentive=bonus.name, window=window)
        lines = [one for one in ours if one.role == "base" and one.verdict != "other-window"]
        assert {one.line_id: one.reason or "counted" for one in lines} == said
    return said
