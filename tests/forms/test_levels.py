"""Levels: rules 48 to 51, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    Agreed,
    AtOnce,
    Case,
    Cases,
    Current,
    Different,
    EachUnit,
    Enforced,
    FixedDays,
    Holds,
    Kept,
    Last,
    LastYear,
    Length,
    Never,
    Path,
    Review,
    Test,
    Trait,
    Who,
)
from staffel.core.programme.model import Any as Any_
from tests.forms.conftest import calculate, incentive, ladder, programme, record, selling, take, use
from tests.laws import oracle
from tests.laws.facts import Ledger, day
from tests.laws.oracle import Book


def hurdle(figure: int, over: Any = None, measure: str = "revenue") -> Test:
    """At least this much."""
    return Test(measure=use(measure, over), comparison="at_least", figure=Decimal(figure))


def levels(book: Book, *days: str, partner: str = "a") -> list[str | None]:
    """The levels in force on these days."""
    return [oracle.level_on(book, partner, day(one)) for one in days]


def three(review: Review, over: Any = None) -> Any:
    """registered, select from 25,000, premier from 100,000."""
    return ladder(
        ("registered", ()),
        ("select", (hurdle(25000, over),)),
        ("premier", (hurdle(100000, over),)),
        review=review,
    )


UP_AT_ONCE = Review(up=AtOnce(), down=Never())


class TestLevelOnADay:
    """Rule 48. The last recorded decision, then replayed through the reviews since; what a day proves
    holds from the
    day after.
    """

    def test_reached_on_14_may_in_force_from_15_may(self) -> None:
        """25,000 reached on 14 May by a line of that day: select from 15 May."""
        facts = selling(("2026-05-10", 20000), ("2026-05-14", 5000))
        book = calculate(programme(ladders=(three(UP_AT_ONCE),)), facts, "2026-06-30")
        assert levels(book, "2026-05-14", "2026-05-15") == ["registered", "select"]

    def test_a_recorded_decision_is_not_taken_back(self) -> None:
        """Recorded that night; a late return does not take it back."""
        facts = selling(("2026-05-14", 25000))
        facts.back(facts.tables["sell_out"][0], day("2026-05-20"), 25000)
        of = programme(ladders=(three(UP_AT_ONCE),))
        assert levels(calculate(of, facts, "2026-06-30"), "2026-06-30") == ["registered"]
        facts.decision("a", "select", day("2026-05-15"))
        assert levels(calculate(of, facts, "2026-06-30"), "2026-05-14", "2026-06-30") == [
            "registered",
            "select",
        ]

    def test_a_fellow_who_joins_brings_its_people_that_day(self) -> None:
        """Two engineers of the alliance: B's one belongs to it from 14 May: select from 15 May."""
        people = take(aggregate=Different(key="person_id"), source="certifications", date="holds_from")
        of_both = Test(measure=use("people", who=Who.ALLIANCE), comparison="at_least", figure=Decimal(2))
        levels_ = ladder(("registered", ()), ("select", (of_both,)), review=UP_AT_ONCE)
        facts = Ledger()
        for partner, since in (("a", "2026-01-10"), ("b", "2026-05-14")):
            facts.enrolled(partner)
            facts.certificate(partner, "basic", f"engineer of {partner}")
            facts.membership("g", partner, day(since))
        book = calculate(programme(measures={"people": people}, ladders=(levels_,)), facts, "2026-06-30")
        assert levels(book, "2026-05-14", "2026-05-15") == ["registered", "select"]

    def test_who_is_not_enrolled_has_no_level(self) -> None:
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-05-10"), day("2026-06-01"))
        book = calculate(programme(ladders=(three(UP_AT_ONCE),)), facts, "2026-06-30")
        assert levels(book, "2026-05-09", "2026-05-10", "2026-06-01") == [None, "registered", None]

    def test_who_comes_back_starts_anew(self) -> None:
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-01-01"), day("2026-03-01"))
        facts.enrolment("a", day("2027-03-10"))
        facts.sale("a", day("2026-02-01"), 25000)
        book = calculate(programme(ladders=(three(UP_AT_ONCE),)), facts, "2027-03-31")
        assert levels(book, "2026-02-28", "2026-03-01", "2027-03-10") == ["select", None, "registered"]


class TestDecided:
    """Rule 50. Invited or approved levels also need their decision: `decided: {select: approved}`."""

    APPROVED = Holds(trait=Trait.DECIDED, values=("select=approved",))

    def test_approved_and_reached(self) -> None:
        """25,000 reached on 10 May, approved on 20 May: select from 21 May; not approved: never."""
        of = programme(
            ladders=(
                ladder(("registered", ()), ("select", (hurdle(25000), self.APPROVED)), review=UP_AT_ONCE),
            )
        )
        facts = selling(("2026-05-10", 25000))
        assert levels(calculate(of, facts, "2026-06-30"), "2026-06-30") == ["registered"]
        facts.ruling("a", "select", "approved", day("2026-05-20"))
        book = calculate(of, facts, "2026-06-30")
        assert levels(book, "2026-05-20", "2026-05-21") == ["registered", "select"]

    def test_an_approval_that_is_withdrawn_falls_with_the_next_review(self) -> None:
        """Approved on 20 May, refused on 3 June: registered from 1 July."""
        review = Review(up=AtOnce(), down=EachUnit(unit=Unit.QUARTER))
        of = programme(ladders=(ladder(("registered", ()), ("select", (self.APPROVED,)), review=review),))
        facts = selling(("2026-05-10", 5))
        facts.ruling("a", "select", "approved", day("2026-05-20"))
        facts.ruling("a", "select", "refused", day("2026-06-03"))
        book = calculate(of, facts, "2026-07-31")
        assert levels(book, "2026-05-21", "2026-06-30", "2026-07-01") == ["select", "select", "registered"]


class TestPaths:
    """Rule 49. The candidate is the highest level one of whose paths holds; the levels below need not
    hold.
    """

    def test_between_paths_any_within_a_path_all(self) -> None:
        volume = Path(name="volume", requirements=(hurdle(100000), hurdle(3, measure="pieces")))
        skill = Path(name="skill", requirements=(hurdle(5, measure="pieces"),))
        of = ladder(
            ("registered", ()), ("select", (hurdle(25000),)), ("premier", (volume, skill)), review=UP_AT_ONCE
        )
        for quantity, level in ((5, "premier"), (4, "registered")):
            facts = selling(("2026-05-14", 100), quantity=quantity)
            book = calculate(
                programme(measures={"pieces": take("quantity")}, ladders=(of,)), facts, "2026-06-30"
            )
            assert levels(book, "2026-06-30") == [level]


class TestWhatIsAsked:
    """Rules 9 and 19. What a measure is compared with may be a table of figures, or another measure."""

    LEVELS = ("registered", "select")

    def reached(self, figure: Any, facts: Ledger, **measures: Any) -> list[str | None]:
        """The levels of a (in Germany) and b (in Austria) after the review of 30 June."""
        test = Test(measure=use(), comparison="at_least", figure=figure)
        review = Review(up=EachUnit(unit=Unit.HALF), down=Never())
        of = ladder(("registered", ()), ("select", (test,)), review=review)
        valid = Span(date(2026, 1, 1), date(2027, 1, 1))
        book = calculate(programme(measures=measures, ladders=(of,), valid=valid), facts, "2026-07-01")
        return [levels(book, "2026-07-01", partner=one)[0] for one in ("a", "b")]

    def facts(self, *sales: tuple[str, object]) -> Ledger:
        """Two partners who sell the same."""
        facts = selling(*sales)
        facts.enrolled("b", country="AT")
        for sold_on, net in sales:
            facts.sale("b", day(sold_on), net)
        return facts

    def test_another_figure_by_country(self) -> None:
        """10,000 in Germany, 5,000 in Austria: 7,000 are enough there alone."""
        rows = tuple(
            Case(when=Holds(trait=Trait.COUNTRY, values=(country,)), use=Decimal(figure))
            for country, figure in (("DE", 10000), ("AT", 5000))
        )
        facts = self.facts(("2026-05-14", 7000))
        assert self.reached(Cases(rows=rows), facts) == ["registered", "select"]

    def test_whom_no_row_takes_never_meets_it(self) -> None:
        """Nothing is said of Germany and there is no `else`: 7,000,000 are not enough."""
        table = Cases(rows=(Case(when=Holds(trait=Trait.COUNTRY, values=("AT",)), use=Decimal(5000)),))
        facts = self.facts(("2026-05-14", 7000000))
        assert self.reached(table, facts) == ["registered", "select"]
        assert self.reached(Cases(rows=table.rows, otherwise=Decimal(9)), facts) == ["select", "select"]

    def test_more_than_last_year(self) -> None:
        """8,000 against 8,000 last year: enough; a cent less is not."""
        last_year = use(over=LastYear(unit=Unit.YEAR))
        for net, level in (("8000", "select"), ("7999.99", "registered")):
            facts = self.facts(("2025-03-14", 8000), ("2026-05-14", Decimal(net)))
            assert self.reached(last_year, facts) == [level, level]

    def test_a_measure_without_a_figure_is_not_met(self) -> None:
        """No target was agreed with either, so nothing is enough."""
        facts = self.facts(("2026-05-14", 8000))
        assert self.reached(Agreed(target="yearly"), facts) == ["registered", "registered"]


class TestPublishedAndEnforced:
    """Rule 53. Between the two a requirement is shown with its actual and does not decide."""

    ENFORCED = Enforced(of=hurdle(25000), day=date(2026, 3, 31), published=date(2026, 2, 1))

    def book(self, asked: Any, on: str, *sales: tuple[str, object]) -> Book:
        """select asks for 100 of revenue and for one thing more; both ways are looked at every quarter."""
        quarterly = Review(up=AtOnce(), down=EachUnit(unit=Unit.QUARTER))
        of = ladder(("registered", ()), ("select", (hurdle(100), asked)), review=quarterly)
        return calculate(programme(ladders=(of,)), selling(*sales), on)

    def test_it_first_decides_on_its_day(self) -> None:
        """200 sold in January: select from the day after; lost by the review of 31 March, the first day on
        which 25,000 are asked.
        """
        book = self.book(self.ENFORCED, "2026-06-30", ("2026-01-14", 200))
        assert levels(book, "2026-01-15", "2026-03-31", "2026-04-01") == ["select", "select", "registered"]

    def test_who_meets_it_keeps_the_level(self) -> None:
        book = self.book(self.ENFORCED, "2026-06-30", ("2026-01-14", 25000))
        assert levels(book, "2026-01-15", "2026-04-01") == ["select", "select"]

    def test_a_day_later_it_would_come_a_quarter_later(self) -> None:
        later = replace(self.ENFORCED, day=date(2026, 4, 1))
        book = self.book(later, "2026-07-31", ("2026-01-14", 200))
        assert levels(book, "2026-04-01", "2026-06-30", "2026-07-01") == ["select", "select", "registered"]

    def test_it_is_shown_from_the_day_on_which_it_is_published(self) -> None:
        for on, actuals in (("2026-01-31", 1), ("2026-02-01", 2)):
            book = self.book(self.ENFORCED, on, ("2026-01-14", 200))
            assert [one.actual for one in oracle.requirements(book, "a")] == [Decimal(200)] * actuals

    def test_newcomers_are_exempt(self) -> None:
        """Who joined in the year is free of it until the year ends; who was there before is not."""
        new = Holds(trait=Trait.NEWCOMER, values=("true",))
        of = ladder(("registered", ()), ("select", (Any_(of=(new, hurdle(25000))),)), review=UP_AT_ONCE)
        facts = selling()
        facts.enrolled("b", day("2026-05-10"))
        book = calculate(programme(ladders=(of,)), facts, "2026-06-30")
        assert [levels(book, "2026-06-30", partner=one)[0] for one in ("a", "b")] == ["registered", "select"]


class TestUpAndDown:
    """Rule 50. `up` lifts on its days, `down` decides a fall on its own; it takes effect when the grace
    has run, unless
    the level's conditions hold on a day between.
    """

    OVER = Last(count=1, unit=Unit.QUARTER)
    YEARLY = Review(
        up=AtOnce(),
        down=FixedDays(days=((1, 31),)),
        grace=Length(count=2, unit=Unit.QUARTER),
        most_down=1,
    )

    def book(self, *sales: tuple[str, object]) -> Book:
        """Premier in the autumn of 2025."""
        facts = selling(("2025-10-10", 100000), *sales)
        return calculate(programme(ladders=(three(self.YEARLY, self.OVER),)), facts, "2026-08-31")

    def test_one_step_after_two_quarters(self) -> None:
        """Missed on 31 Jan → in danger; not met on any day to 31 Jul → one level lower from 1 Aug."""
        assert levels(self.book(), "2025-10-11", "2026-01-31", "2026-07-31", "2026-08-01") == [
            "premier",
            "premier",
            "premier",
            "select",
        ]

    def test_met_once_between_nothing_falls(self) -> None:
        assert levels(self.book(("2026-04-02", 100000)), "2026-07-31", "2026-08-31") == ["premier", "premier"]

    def test_steps_up_are_held_too(self) -> None:
        review = Review(up=EachUnit(unit=Unit.QUARTER), down=Never(), most_up=1)
        book = calculate(programme(ladders=(three(review),)), selling(("2026-02-10", 150000)), "2026-12-31")
        assert levels(book, "2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01") == [
            "registered",
            "select",
            "select",
            "premier",
        ]

    def test_at_once_both_ways(self) -> None:
        review = Review(up=AtOnce(), down=AtOnce())
        facts = selling(("2026-02-10", 25000))
        book = calculate(programme(ladders=(three(review, self.OVER),)), facts, "2026-04-30")
        assert levels(book, "2026-02-11", "2026-04-01", "2026-04-02") == ["select", "select", "registered"]

    def test_a_recorded_fall_waits_for_its_grace(self) -> None:
        facts = selling()
        facts.decision("a", "premier", day("2026-02-01"), falls_to="select", falls_after=day("2026-03-15"))
        book = calculate(programme(ladders=(three(self.YEARLY, self.OVER),)), facts, "2026-04-30")
        assert levels(book, "2026-02-01", "2026-03-15", "2026-03-16") == ["premier", "premier", "select"]

    def test_reviews_before_the_programme_begins_do_not_happen(self) -> None:
        review = Review(up=EachUnit(unit=Unit.QUARTER), down=Never())
        facts = selling(("2023-11-10", 150000))
        book = calculate(
            programme(ladders=(three(review, Last(count=4, unit=Unit.QUARTER)),)), facts, "2024-04-30"
        )
        assert levels(book, "2023-12-31", "2024-03-31", "2024-04-01") == [None, "registered", "premier"]


class TestMemory:
    """Rule 51. `Kept` looks back: once met stays met, or over the days of a window."""

    MONTH = Last(count=1, unit=Unit.MONTH)

    def kept(self, asked: Any, on: str, *sales: tuple[str, object]) -> Book:
        """Every month it is looked at who is select."""
        monthly = Review(up=EachUnit(unit=Unit.MONTH), down=EachUnit(unit=Unit.MONTH))
        of = ladder(("registered", ()), ("select", (asked,)), review=monthly)
        return calculate(programme(ladders=(of,)), selling(*sales), on)

    def test_reached_on_any_day_of_the_last_six_months(self) -> None:
        """70 reached on 3 March: holds to 31 August, so that the review of that day is the last that finds
        it; the one of 30 September does not.
        """
        asked = Kept(of=hurdle(70, self.MONTH), over=Last(count=6, unit=Unit.MONTH))
        book = self.kept(asked, "2026-10-31", ("2026-03-03", 70))
        days = ("2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01")
        assert levels(book, *days) == ["registered", "select", "select", "registered"]

    def test_held_at_the_beginning_of_a_window_is_held_in_it(self) -> None:
        """70 of the quarter are there from 15 January to 31 March, and not from 1 April on; the last two
        months look to 1 March until 30 April.
        """
        quarter = hurdle(70, Last(count=1, unit=Unit.QUARTER))
        asked = Kept(of=quarter, over=Last(count=2, unit=Unit.MONTH))
        book = self.kept(asked, "2026-07-31", ("2026-01-15", 70))
        days = ("2026-02-01", "2026-05-01", "2026-06-01")
        assert levels(book, *days) == ["select", "select", "registered"]

    def test_kept_on_every_day(self) -> None:
        """70 of the last two months on every day of the last month: from 15 January to 28 February they are
        there, so that February alone is whole.
        """
        asked = Kept(of=hurdle(70, Last(count=2, unit=Unit.MONTH)), over=self.MONTH, on="every")
        book = self.kept(asked, "2026-05-31", ("2026-01-15", 70))
        days = ("2026-02-01", "2026-03-01", "2026-04-01")
        assert levels(book, *days) == ["registered", "select", "registered"]

    def test_no_day_in_the_window_is_not_every_day(self) -> None:
        """Of the year before somebody enrolled no day counts: it is neither kept nor reached."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-02-01"))
        for on in ("any", "every"):
            asked = Kept(of=hurdle(0), over=LastYear(unit=Unit.YEAR), on=on)  # type: ignore[arg-type]
            of = ladder(("registered", ()), ("select", (asked,)), review=UP_AT_ONCE)
            book = calculate(programme(ladders=(of,)), facts, "2026-06-30")
            assert levels(book, "2026-06-30") == ["registered"]

    def test_days_after_leaving_are_not_asked(self) -> None:
        """Left on 21 February with 70 since 1 January: kept on every day of the quarter that it was there."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", until=day("2026-02-21"))
        facts.sale("a", day("2026-01-01"), 70)
        for unit, holds in ((Unit.MONTH, False), (Unit.QUARTER, True)):
            over = Last(count=1, unit=unit)
            gate = Kept(of=hurdle(70, over), over=Current(), on="every")
            book = calculate(programme(incentive(gate=gate)), facts, "2026-03-31")
            assert record(book, "a", "2026-01-01").gate is holds

    @pytest.mark.parametrize(
        ("left", "on", "holds"),
        [
            ("2026-03-01", "any", False),
            ("2026-03-02", "any", True),
            ("2026-03-01", "every", False),
            ("2026-03-02", "every", True),
        ],
    )
    def test_who_left_before_the_window_has_no_day_in_it(self, left: str, on: Any, holds: bool) -> None:
        """March asked on its last day, of who took part to the end of February or on 1 March too."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", until=day(left))
        facts.sale("a", day("2026-01-01"), 70)
        of_quarter = hurdle(70, Last(count=1, unit=Unit.QUARTER))
        gate = Kept(of=of_quarter, over=Last(count=1, unit=Unit.MONTH), on=on)
        book = calculate(programme(incentive(gate=gate)), facts, "2026-03-31")
        assert record(book, "a", "2026-01-01").gate is holds

    def test_a_named_window_asks_its_own_days_alone(self) -> None:
        """A gate of the first half of 2026, asked over the year before, has no day to ask: not kept. Over
        the last four quarters it asks on 31 March its own days alone, from 1 January on, which all have 70.
        """
        half = Span(day("2026-01-01"), day("2026-07-01"))
        facts = selling(("2025-03-03", 90), ("2026-01-01", 70))
        for over, holds in ((LastYear(unit=Unit.YEAR), False), (Last(count=4, unit=Unit.QUARTER), True)):
            gate = Kept(of=hurdle(70, Current()), over=over, on="every")
            of = programme(incentive(per=half, settle=half, gate=gate))
            book = calculate(of, facts, "2026-03-31")
            assert record(book, "a", "2026-01-01").gate is holds

    def test_for_ever_with_once_met(self) -> None:
        """70 points reached on 3 March, 66 today: holds for ever with `once_met: stays`."""
        over = Last(count=1, unit=Unit.MONTH)
        review = Review(up=EachUnit(unit=Unit.YEAR), down=EachUnit(unit=Unit.YEAR))
        for condition, level in ((hurdle(70, over), "registered"), (Kept(of=hurdle(70, over)), "select")):
            facts = selling(("2026-03-03", 70), ("2026-12-10", 66))
            of = ladder(("registered", ()), ("select", (condition,)), review=review)
            assert levels(calculate(programme(ladders=(of,)), facts, "2027-01-31"), "2027-01-01") == [level]


@pytest.mark.parametrize(
    ("key_day", "grace", "last"),
    [
        (date(2026, 1, 31), Length(count=2, unit=Unit.QUARTER), date(2026, 7, 31)),
        (date(2026, 3, 31), Length(count=1, unit=Unit.MONTH), date(2026, 4, 30)),
        (date(2026, 3, 15), Length(count=10), date(2026, 3, 25)),
    ],
)
def test_the_last_day_of_a_grace(key_day: date, grace: Length, last: date) -> None:
    """Rule 50. Whole units from the day after the key day; days are counted off."""
    from tests.laws.oracle import windows

    assert windows.grace_end(key_day, grace) == last
