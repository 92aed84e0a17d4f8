"""The small facts that shape a plan: merges, exchange rates, closed windows, days of decisions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from staffel.core.engine.background import Background, Closed, Merge, background, conversions
from staffel.core.engine.duckdb import session
from staffel.core.programme.model import DAY_AFTER_ALL, DAY_BEFORE_ALL
from tests.core.engine.plan.world import Q1, Q2, Ledger, day, facts_of, year

START = date(2026, 1, 1)


def read(ledger: Ledger, on: str = "2026-06-30") -> Background:
    """The background of a ledger on a day."""
    with facts_of(ledger) as facts, session() as db:
        return background(db, facts, year(), day(on))


def test_of_nothing() -> None:
    assert read(Ledger()) == Background()


class TestMerges:
    """Rule 44. From the day on, the rows of the old id are the new one's; chains are followed."""

    def ledger(self, *merges: tuple[str, str, str]) -> Ledger:
        ledger = Ledger()
        for one in "abcd":
            ledger.partner(one)
        for partner, survivor, since in merges:
            ledger.partner(partner, day(since), same_as=survivor)
        return ledger

    @pytest.mark.parametrize(
        ("merges", "found"),
        [
            ([], []),
            ([("a", "b", "2026-05-01")], [("a", "b", "2026-05-01")]),
            ([("a", "b", "2026-06-30")], [("a", "b", "2026-06-30")]),  # on the day asked
            ([("a", "b", "2026-07-01")], []),  # the day after it
            (
                [("a", "b", "2026-05-01"), ("b", "c", "2026-02-01")],
                [("a", "c", "2026-05-01"), ("b", "c", "2026-02-01")],  # of c from the later of both days
            ),
            (
                [("a", "b", "2026-01-01"), ("b", "c", "2026-02-01"), ("c", "d", "2026-03-01")],
                [("a", "d", "2026-03-01"), ("b", "d", "2026-03-01"), ("c", "d", "2026-03-01")],
            ),
            ([("a", "a", "2026-01-01")], []),  # of itself: nothing
        ],
    )
    def test_as_of_a_day(self, merges: list[tuple[str, str, str]], found: list[tuple[str, str, str]]) -> None:
        expected = tuple(Merge(partner=a, survivor=b, day=day(since)) for a, b, since in found)
        assert read(self.ledger(*merges)).merges == expected

    def test_a_circle_ends(self) -> None:
        """Wrong facts, but no plan that never ends: each of both stays what it is."""
        found = read(self.ledger(("a", "b", "2026-01-01"), ("b", "a", "2026-02-01"))).merges
        assert [(one.partner, one.survivor) for one in found] == [("a", "a"), ("b", "b")]

    def test_what_was_withdrawn_is_none(self) -> None:
        ledger = self.ledger(("a", "b", "2026-05-01"))
        ledger.commit()
        ledger.partner("a", date(2026, 5, 1), same_as="b", withdrawn=True)
        assert read(ledger).merges == ()


class TestConversions:
    """Rule 47. Straight, the other way round, by a third; the rate as given, never its rounded reciprocal."""

    Row = tuple[str, str, str, str, str]

    def spans(self, rows: list[Row], basis: str = "day") -> list[tuple[str, str, str, Fraction]]:
        typed = [(b, q, basis_, Decimal(rate), day(since)) for b, q, basis_, rate, since in rows]
        return [
            (one.currency, str(one.span.start), str(one.span.until), Fraction(one.above, one.below))
            for one in conversions(typed, "EUR", basis, START)
        ]

    def test_straight(self) -> None:
        rows = [("USD", "EUR", "day", "0.9", "2026-01-01"), ("USD", "EUR", "day", "0.8", "2026-02-01")]
        assert self.spans(rows) == [
            ("USD", "2026-01-01", "2026-02-01", Fraction(9, 10)),
            ("USD", "2026-02-01", str(DAY_AFTER_ALL), Fraction(4, 5)),
        ]

    def test_the_other_way_round_is_one_over_it(self) -> None:
        rows = [("EUR", "USD", "day", "1.0837", "2026-01-01")]
        assert self.spans(rows) == [("USD", "2026-01-01", str(DAY_AFTER_ALL), Fraction(10000, 10837))]

    def test_straight_before_the_other_way_round(self) -> None:
        rows = [("EUR", "USD", "day", "2", "2026-01-01"), ("USD", "EUR", "day", "0.4", "2026-01-01")]
        assert self.spans(rows) == [("USD", "2026-01-01", str(DAY_AFTER_ALL), Fraction(2, 5))]

    @pytest.mark.parametrize("rate", ["0", "-0.9"])
    def test_a_rate_that_is_none_leads_nowhere(self, rate: str) -> None:
        """No door lets it in; a store of old may hold it. Another way is taken, else none."""
        known = ("USD", "EUR", "day", "0.8", "2026-01-01")
        assert self.spans([("EUR", "USD", "day", rate, "2026-01-01")]) == []
        assert self.spans([("USD", "EUR", "day", rate, "2026-01-01")]) == []
        assert self.spans([("EUR", "USD", "day", rate, "2026-01-01"), known])[0][3] == Fraction(4, 5)

    def test_over_a_third_as_one_fraction(self) -> None:
        """1 NOK is 1/3 USD, 1 USD is 1/7 EUR: both the other way round, no rounded step between."""
        rows = [("USD", "NOK", "day", "3", "2026-01-01"), ("EUR", "USD", "day", "7", "2026-01-01")]
        assert self.spans(rows)[0] == ("NOK", "2026-01-01", str(DAY_AFTER_ALL), Fraction(1, 21))

    def test_the_first_third_by_name(self) -> None:
        rows = [
            ("NOK", "CHF", "day", "2", "2026-01-01"),
            ("CHF", "EUR", "day", "3", "2026-01-01"),
            ("NOK", "USD", "day", "5", "2026-01-01"),
            ("USD", "EUR", "day", "7", "2026-01-01"),
        ]
        found = {one[0]: one[3] for one in self.spans(rows)}
        assert found == {"CHF": Fraction(3), "NOK": Fraction(6), "USD": Fraction(7)}

    def test_no_way_no_span(self) -> None:
        rows = [("NOK", "SEK", "day", "1", "2026-01-01"), ("USD", "EUR", "day", "2", "2026-01-15")]
        assert self.spans(rows) == [("USD", "2026-01-15", str(DAY_AFTER_ALL), Fraction(2))]

    def test_another_basis_is_another_table(self) -> None:
        rows = [("USD", "EUR", "month", "1", "2026-01-01"), ("USD", "EUR", "day", "2", "2026-02-01")]
        assert self.spans(rows) == [("USD", "2026-02-01", str(DAY_AFTER_ALL), Fraction(2))]

    def test_a_months_rate_holds_for_its_month_alone(self) -> None:
        """January and March are known; of February there is none."""
        rows = [("USD", "EUR", "month", "1", "2026-01-31"), ("USD", "EUR", "month", "2", "2026-03-02")]
        assert self.spans(rows, "month") == [
            ("USD", "2026-01-01", "2026-02-01", Fraction(1)),
            ("USD", "2026-03-01", "2026-04-01", Fraction(2)),
        ]

    @pytest.mark.parametrize(
        ("since", "rate"), [("2025-12-31", Fraction(2)), ("2026-01-01", Fraction(2)), ("2026-01-02", None)]
    )
    def test_the_programmes_rate_is_the_last_at_its_start(self, since: str, rate: Fraction | None) -> None:
        found = self.spans([("USD", "EUR", "programme", "2", since)], "programme")
        assert found == ([] if rate is None else [("USD", str(DAY_BEFORE_ALL), str(DAY_AFTER_ALL), rate)])


class TestSettledAndDecided:
    def test_closed_windows_in_order_with_their_commits(self) -> None:
        ledger = Ledger()
        for window in (Q2, Q1):
            ledger.commit()
            ledger.close(window.start, window.until, window.until)
        assert read(ledger).closed == (Closed(window=Q1, commit_no=3), Closed(window=Q2, commit_no=2))

    def test_of_this_programme_alone(self) -> None:
        other = Ledger("another")
        other.close(Q1.start, Q1.until, Q1.until)
        other.decision("a", "gold", Q1.until)
        found = read(other)
        assert (found.closed, found.decision_days) == ((), ())

    def test_days_of_decisions_and_of_waiting_falls(self) -> None:
        """A grace that ended before this version began, or before it was said, ends on the later day."""
        ledger = Ledger()
        ledger.decision("a", "gold", date(2026, 2, 1), falls_to="tin", falls_after=date(2026, 7, 31))
        ledger.decision("b", "gold", date(2026, 3, 1), falls_to="tin", falls_after=date(2026, 2, 1))
        ledger.decision("c", "gold", date(2025, 3, 1), falls_to="tin", falls_after=date(2025, 6, 30))
        ledger.decision("d", "gold", date(2026, 3, 1))
        found = read(ledger)
        assert sorted(found.decision_days) == [date(2025, 3, 1), date(2026, 2, 1), date(2026, 3, 1)]
        assert found.fall_days == (date(2026, 1, 1), date(2026, 3, 1), date(2026, 7, 31))


class TestWhatIsThere:
    """A column that holds nothing saves a join."""

    def test_returns_and_reversals(self) -> None:
        ledger = Ledger()
        sale = ledger.sale("a", date(2026, 1, 5), 100)
        assert (read(ledger).has_returns, read(ledger).has_reversals) == (False, False)
        ledger.back(sale, date(2026, 1, 6), 100)
        assert (read(ledger).has_returns, read(ledger).has_reversals) == (True, False)
        ledger.reversal(sale)
        assert (read(ledger).has_returns, read(ledger).has_reversals) == (True, True)

    def test_a_product_that_changes(self) -> None:
        ledger = Ledger()
        ledger.product("box", "boxes")
        ledger.product("pen", "pens")
        assert not read(ledger).has_product_changes
        ledger.product("pen", "boxes", date(2026, 2, 1))
        assert read(ledger).has_product_changes

    def test_who_takes_part_again(self) -> None:
        ledger = Ledger()
        assert read(ledger).first_enrolment is None
        ledger.enrolled("a", date(2026, 2, 1), date(2026, 3, 1))
        ledger.enrolled("b", date(2026, 1, 5))
        found = read(ledger)
        assert (found.first_enrolment, found.has_second_spells) == (date(2026, 1, 5), False)
        ledger.enrolment("a", date(2026, 4, 1))
        found = read(ledger)
        assert found.has_second_spells
        assert found.spell_days == (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))

    def test_openings_and_settled(self) -> None:
        ledger = Ledger()
        ledger.opening("a", "revenue", Q1.start, Q1.until, 5)
        ledger.settled("bonus", "a", (Q1.start, Q1.until), (Q1.start, Q1.until), 5)
        found = read(ledger)
        assert (found.has_openings, found.has_settled) == (True, True)
