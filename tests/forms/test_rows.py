"""Rows and time: rules 1 to 6, and 47 for currencies, worked by hand."""

from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    AtOnce,
    Different,
    Is,
    Late,
    Length,
    Lines,
    Never,
    PerUnit,
    Review,
    Test,
    ToDate,
)
from tests.forms.conftest import (
    amount,
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
from tests.forms.test_filters import verdicts
from tests.laws import engine
from tests.laws.facts import Ledger, day
from tests.laws.oracle.levels import level_on

Q1, Q2 = "2026-01-01", "2026-04-01"
FIRST, SECOND = quarter(2026, 1), quarter(2026, 2)
RETROACTIVE = steps((0, "0.02"), (50000, "0.03"))


class TestFacts:
    """Rule 1. A row is never edited: a correction takes the old row back and brings a new one."""

    def test_a_correction_replaces_what_it_takes_back(self) -> None:
        facts = selling(("2026-03-30", 1200))
        line = facts.tables["sell_out"][0]
        facts.commit()
        facts.reversal(line)
        facts.sale("a", day("2026-03-30"), 900, line_id=line["line_id"], revision=2)
        book = calculate(programme(incentive()), facts, "2026-03-31")
        assert earned(book, "a", Q1) == Decimal("18.00")

    def test_a_row_of_another_vendor_is_not_read(self) -> None:
        facts = selling(("2026-03-30", 1200), vendor_id="w")
        assert earned(calculate(programme(incentive()), facts, "2026-03-31"), "a", Q1) == 0


class TestWhichWindow:
    """Rule 2. The date that the measure names picks the window; a row without it is not counted."""

    def test_invoiced_picks_the_window(self) -> None:
        """Sold 2026-03-30, invoiced 2026-04-02, net 1,200.00: by the invoice it falls in April to June."""
        facts = selling(("2026-03-30", 1200), invoiced_on=day("2026-04-02"))
        bonus = incentive(base=take(date="invoiced_on"))
        book = calculate(programme(bonus), facts, "2026-06-30")
        assert (earned(book, "a", Q1), earned(book, "a", Q2)) == (0, Decimal("24.00"))

    def test_without_the_date_it_is_in_no_window(self) -> None:
        facts = selling(("2026-03-30", 1200))
        bonus = incentive(base=take(date="invoiced_on"))
        assert earned(calculate(programme(bonus), facts, "2026-06-30"), "a", Q1) == 0


class TestOtherDates:
    """Rule 2. Dates under `inside` must lie in the window too; which of them fails has its reason."""

    BONUS = incentive(base=take(date="invoiced_on", inside=("ordered_on", "shipped_on")))

    @staticmethod
    def facts() -> Ledger:
        """Invoiced on 2 April; ordered in March or in April, shipped in April, in July, or nobody knows."""
        facts = selling()
        for net, ordered, shipped in (
            (1000, "2026-03-28", "2026-04-01"),
            (200, "2026-04-01", "2026-06-30"),
            (30, "2026-04-01", "2026-07-01"),
            (4, "2026-04-01", None),
        ):
            days = {"ordered_on": day(ordered), "shipped_on": None if shipped is None else day(shipped)}
            facts.sale("a", day("2026-04-01"), net, invoiced_on=day("2026-04-02"), **days)
        return facts

    def test_all_of_them_lie_in_the_window(self) -> None:
        book = calculate(programme(self.BONUS), self.facts(), "2026-12-31")
        assert (earned(book, "a", Q2), earned(book, "a", Q1)) == (Decimal("4.00"), 0)
        assert verdicts(book, Q2) == {
            "L0001": "other-date-outside",
            "L0002": "counted",
            "L0003": "other-date-outside",
            "L0004": "date-missing",
        }

    def test_what_is_shipped_later_does_not_count_before(self) -> None:
        """Asked on 29 June what is to be shipped on the 30th has not been shipped."""
        book = calculate(programme(self.BONUS), self.facts(), "2026-06-29")
        assert earned(book, "a", Q2) == 0

    def test_a_longer_window_takes_more(self) -> None:
        measure = take(date="invoiced_on", inside=("ordered_on", "shipped_on"), over=ToDate(unit=Unit.YEAR))
        book = calculate(programme(measures={"all": measure}), self.facts(), "2026-12-31")
        assert figure(book, measure, "a") == 1230

    def test_a_level_is_reached_on_the_last_of_the_days(self) -> None:
        """200 ordered on 1 April and shipped on 30 June: from 1 July a member, on the next day."""
        measures = {"spent": take(date="invoiced_on", inside=("ordered_on", "shipped_on"))}
        asked = Test(measure=use("spent"), comparison="at_least", figure=Decimal(1200))
        levels = ladder(("none", ()), ("member", (asked,)), review=Review(up=AtOnce(), down=Never()))
        of = programme(measures=measures, ladders=(levels,))
        book = calculate(of, self.facts(), "2026-07-31")
        assert [level_on(book, "a", day(one)) for one in ("2026-06-30", "2026-07-01")] == ["none", "member"]

    def test_a_return_has_its_sales_dates(self) -> None:
        facts = self.facts()
        facts.back(facts.tables["sell_out"][1], day("2026-08-01"), 50, 0)
        book = calculate(programme(self.BONUS), facts, "2026-12-31")
        assert earned(book, "a", Q2) == Decimal("3.00")

    def test_late_rows_move_with_all_their_dates(self) -> None:
        """`late: next`: the first quarter is closed; what comes in May counts in the second, as if dated on
        1 April.
        """
        facts = selling(("2026-03-10", 100), ordered_on=day("2026-03-01"))
        facts.commit()
        facts.close(day("2026-01-01"), day("2026-04-01"), day("2026-04-20"))
        facts.commit()
        facts.sale("a", day("2026-03-20"), 1000, ordered_on=day("2026-03-19"))
        bonus = incentive(base=take(inside=("ordered_on",)), late=Late(lines="next", returns="own"))
        book = calculate(programme(bonus), facts, "2026-06-30")
        assert (earned(book, "a", Q1), earned(book, "a", Q2)) == (Decimal("2.00"), Decimal("20.00"))


class TestTwoTimes:
    """Rule 3. The day of business decides the window; what a calculation knows is its state."""

    def test_a_line_after_the_day_asked_is_not_known(self) -> None:
        facts = selling(("2026-03-30", 600), ("2026-04-01", 5000))
        book = calculate(programme(incentive()), facts, "2026-03-30")
        assert earned(book, "a", Q1) == Decimal("12.00")


class TestLateLines:
    """Rule 4. Late = accepted after its window was closed. `reopen` computes the window anew and the
    difference
    stands in the next statement; `next` counts it on the first day of the window then open.
    """

    @staticmethod
    def facts() -> Ledger:
        """Closed at 49,000 = 980.00; a late 1,000 of March comes in May."""
        made = selling(("2026-02-10", 49000))
        made.commit()
        made.close(FIRST.start, FIRST.until, day("2026-04-20"))
        made.settled("bonus", "a", (FIRST.start, FIRST.until), (FIRST.start, FIRST.until), 980, 0, 980)
        made.commit()
        made.sale("a", day("2026-03-30"), 1000)
        return made

    def test_reopen_pays_the_difference(self) -> None:
        """Retroactive, 2 % to 50,000, then 3 %: 1,500.00, so the next statement has +520.00."""
        book = calculate(programme(incentive(scale=RETROACTIVE)), self.facts(), "2026-06-30", SECOND)
        assert said(book, "a", SECOND).due == Decimal("520.00")

    def test_next_counts_it_in_the_open_window(self) -> None:
        """With `next` it is 1,000 of revenue there: 20.00, and the first quarter stays at 980.00."""
        bonus = incentive(scale=RETROACTIVE, late=Late(lines="next"))
        book = calculate(programme(bonus), self.facts(), "2026-06-30", SECOND)
        assert (earned(book, "a", Q2), said(book, "a", SECOND).due) == (Decimal("20.00"), Decimal("20.00"))

    def test_refuse_counts_it_nowhere(self) -> None:
        """With `refuse` the first quarter stays at 980.00, and the second has nothing of it."""
        bonus = incentive(scale=RETROACTIVE, late=Late(lines="refuse"))
        book = calculate(programme(bonus), self.facts(), "2026-06-30", SECOND)
        assert (earned(book, "a", Q1), earned(book, "a", Q2)) == (Decimal("980.00"), Decimal("0.00"))
        assert said(book, "a", SECOND).due == Decimal("0.00")

    def test_what_was_refused_takes_nothing_back(self) -> None:
        """200 of the late 1,000 come back: still 980.00. Of the 49,000 in time 9,000 do: 800.00."""
        bonus = incentive(scale=RETROACTIVE, late=Late(lines="refuse"))
        facts = self.facts()
        early, late = facts.tables["sell_out"]
        facts.back(late, day("2026-05-05"), 200)
        book = calculate(programme(bonus), facts, "2026-06-30", SECOND)
        assert said(book, "a", SECOND).due == Decimal("0.00")
        facts.back(early, day("2026-05-06"), 9000, 0)
        book = calculate(programme(bonus), facts, "2026-06-30", SECOND)
        assert said(book, "a", SECOND).due == Decimal("-180.00")

    def test_refuse_lets_a_correction_in(self) -> None:
        """The line of 49,000.00 was 50,000.00, as a report after the close says: 1,500.00."""
        bonus = incentive(scale=RETROACTIVE, late=Late(lines="refuse"))
        facts = self.facts()
        early = facts.tables["sell_out"][0]
        facts.reversal(early)
        facts.sale("a", early["sold_on"], 50000, line_id=early["line_id"], revision=2)
        book = calculate(programme(bonus), facts, "2026-06-30", SECOND)
        assert said(book, "a", SECOND).due == Decimal("520.00")

    def test_a_line_corrected_to_another_partner_came_in_time(self) -> None:
        """The line of 49,000.00 was b's, as a report after the close says: in time it is for b too, asked
        alone or with all.
        """
        bonus = incentive(scale=RETROACTIVE, late=Late(lines="refuse"))
        facts = self.facts()
        facts.enrolled("b")
        early = facts.tables["sell_out"][0]
        facts.reversal(early)
        facts.sale("b", early["sold_on"], 49000, line_id=early["line_id"], revision=2)
        book = calculate(programme(bonus), facts, "2026-06-30", SECOND)
        assert earned(book, "b", Q1) == Decimal("980.00")
        alone = engine.results_of(book, partners=["b"]).rows("entitled")
        coins = {row["window_start"]: row["coins"] for row in alone}
        assert coins[day("2026-01-01")] == Decimal("980.00")

    @pytest.mark.parametrize(("until", "due"), [(3, "520.00"), (0, "0.00")])
    def test_until_ends_reopening(self, until: int, due: str) -> None:
        """Open for 3 months after its end it has the late +520.00 in June; for none it stays settled."""
        bonus = incentive(scale=RETROACTIVE, late=Late(until=Length(count=until, unit=Unit.MONTH)))
        book = calculate(programme(bonus), self.facts(), "2026-06-30", SECOND)
        assert said(book, "a", SECOND).due == Decimal(due)

    def test_next_takes_back_what_was_paid_when_all_returns(self) -> None:
        """A sale of a closed quarter comes back whole in the next: its 20.00 are taken back there."""
        facts = selling(("2026-02-10", 1000))
        facts.commit()
        facts.close(FIRST.start, FIRST.until, day("2026-04-20"))
        facts.settled("bonus", "a", (FIRST.start, FIRST.until), (FIRST.start, FIRST.until), 20, 0, 20)
        facts.commit()
        facts.back(facts.tables["sell_out"][0], day("2026-05-05"), 1000)
        bonus = incentive(late=Late(lines="next"))
        book = calculate(programme(bonus), facts, "2026-06-30", SECOND)
        assert said(book, "a", SECOND).due == Decimal("-20.00")


class TestReturns:
    """Rule 5. A return that names its sale takes the sale's dates; with nothing left it counts nowhere."""

    @staticmethod
    def facts(taken_back: int = 1000) -> Ledger:
        """A sale of 1,000 in March at 3 %, a return in May."""
        made = selling(("2026-03-10", 1000), end_customer_id="c")
        made.sale("a", day("2026-05-20"), 50, end_customer_id="d")
        made.back(made.tables["sell_out"][0], day("2026-05-05"), taken_back, 1 if taken_back == 1000 else 0)
        return made

    def test_the_return_goes_with_its_sale(self) -> None:
        """Sale 30.00, return −30.00 for March."""
        bonus = incentive(scale=steps((0, "0.03")))
        before = calculate(programme(bonus), self.facts(), "2026-04-30")
        after = calculate(programme(bonus), self.facts(), "2026-05-31")
        assert (earned(before, "a", Q1), earned(after, "a", Q1)) == (Decimal("30.00"), 0)

    def test_own_dates_leave_the_step(self) -> None:
        """With `own` the 1,000 come off May: 3 % of 50 − 1,000 = −28.50, and March keeps its 30.00."""
        bonus = incentive(scale=steps((0, "0.03")), late=Late(returns="own"))
        book = calculate(programme(bonus), self.facts(), "2026-05-31")
        assert (earned(book, "a", Q1), earned(book, "a", Q2)) == (Decimal("30.00"), Decimal("-28.50"))

    def test_with_nothing_left_it_is_no_line_and_no_customer(self) -> None:
        for aggregate in (Lines(), Different(key="end_customer_id")):
            bonus = incentive(base=take(aggregate=aggregate), scale=steps((0, PerUnit(money=Decimal(5)))))
            book = calculate(programme(bonus), self.facts(), "2026-05-31")
            assert (earned(book, "a", Q1), earned(book, "a", Q2)) == (0, Decimal("5.00"))

    def test_with_something_left_it_is_one_line(self) -> None:
        bonus = incentive(base=take(aggregate=Lines()), scale=steps((0, PerUnit(money=Decimal(5)))))
        book = calculate(programme(bonus), self.facts(taken_back=400), "2026-05-31")
        assert earned(book, "a", Q1) == Decimal("5.00")

    def test_a_kind_narrows_the_rows(self) -> None:
        bonus = incentive(base=take(where=Is(column="kind", values=("sale",))))
        book = calculate(programme(bonus), self.facts(taken_back=400), "2026-05-31")
        assert earned(book, "a", Q1) == Decimal("20.00")


class TestEnrolledDays:
    """Rule 6. A row counts only if its subject was enrolled on the row's picking day."""

    def test_from_the_day_of_joining(self) -> None:
        """Joined 10 May: a line of 9 May is not counted, one of 10 May is."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-05-10"))
        facts.sale("a", day("2026-05-09"), 1000)
        facts.sale("a", day("2026-05-10"), 500)
        assert earned(calculate(programme(incentive()), facts, "2026-06-30"), "a", Q2) == Decimal("10.00")


class TestCurrency:
    """Rule 47. A row is converted by the rate of its day, 4 decimals half up, so that lines add up to the
    base.
    """

    def test_lines_add_up_and_cents_come_last(self) -> None:
        """850.00 at 0.91237: 775.5145; three of them 2,326.5435, at 100 %: 2,326.54."""
        facts = selling(*[("2026-02-10", 850)] * 3, currency="CHF")
        facts.rate("CHF", "EUR", "0.91237")
        book = calculate(programme(incentive(scale=steps((0, "1")))), facts, "2026-03-31")
        assert amount(book, "a", Q1) == Decimal("2326.5435")
        assert earned(book, "a", Q1) == Decimal("2326.54")

    def test_the_rate_as_given_is_used_never_its_reciprocal(self) -> None:
        """1 euro is 0.9 francs: 100.00 francs are 111.1111 euros; over the dollar, rounded once."""
        facts = selling(("2026-02-10", 100), currency="CHF")
        facts.rate("EUR", "CHF", "0.9")
        assert figure(calculate(programme(), facts, "2026-03-31"), use(), "a") == Decimal("111.1111")
        third = selling(("2026-02-10", 100), currency="CHF")
        third.rate("USD", "CHF", "0.9")
        third.rate("USD", "EUR", "0.87")
        assert figure(calculate(programme(), third, "2026-03-31"), use(), "a") == Decimal("96.6667")

    @pytest.mark.parametrize(
        ("rates", "total"), [("day", "80.0000"), ("month", "85.0000"), ("programme", "70.0000")]
    )
    def test_by_the_day_the_month_or_the_programme(self, rates: str, total: str) -> None:
        facts = selling(("2026-02-10", 100), currency="CHF")
        facts.rate("CHF", "EUR", "0.80", day("2026-02-01"), "day")
        facts.rate("CHF", "EUR", "0.81", day("2026-02-11"), "day")
        facts.rate("CHF", "EUR", "0.85", day("2026-02-01"), "month")
        facts.rate("CHF", "EUR", "0.70", day("2023-12-01"), "programme")
        of = programme(rates=rates)
        assert figure(calculate(of, facts, "2026-03-31"), use(), "a") == Decimal(total)

    def test_without_a_rate_there_is_no_amount(self) -> None:
        facts = selling(("2026-02-10", 100), currency="CHF")
        assert record(calculate(programme(incentive()), facts, "2026-03-31"), "a", Q1).base == 0
