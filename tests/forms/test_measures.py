"""Windows and measures: rules 7, 9, 11, 13 to 17 and 19, worked by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme import read_programme
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Different,
    GrownPart,
    Growth,
    Is,
    Last,
    LastYear,
    Lump,
    Named,
    Newcomers,
    Not,
    Part,
    Rolling,
    Score,
    Share,
    Test,
    ToDate,
)
from tests.forms.conftest import (
    calculate,
    earned,
    figure,
    incentive,
    programme,
    quarter,
    record,
    selling,
    steps,
    take,
    use,
)
from tests.forms.showing import HEAD, REVENUE
from tests.laws.facts import Ledger, day

FIRST = quarter(2026, 1)
Q1 = "2026-01-01"


class TestWindows:
    """Rule 7. `last n units` are whole units, the running one up to the day asked; `closed` leaves it out."""

    @pytest.mark.parametrize(
        ("over", "total"),
        [
            (Last(count=4, unit=Unit.QUARTER), 11),  # 1 July to 14 May
            (Last(count=4, unit=Unit.QUARTER, closed=True), 7),  # 1 April to 31 March
            (Rolling(count=12, unit=Unit.MONTH), 11),  # 15 May to 14 May
            (ToDate(unit=Unit.YEAR), 9),
            (Before(unit=Unit.QUARTER), 1),
            (LastYear(unit=Unit.QUARTER), 4),
            (LastYear(unit=Unit.QUARTER, to_date=True), 4),
            (Named(span=Span(date(2025, 6, 30), date(2026, 5, 14))), 3),
        ],
    )
    def test_on_14_may(self, over: Any, total: int) -> None:
        """On 14 May: last 4 quarters = 1 Jul – 14 May; last 4 closed quarters = 1 Apr – 31 Mar."""
        facts = selling(
            ("2025-03-31", 16), ("2025-05-14", 4), ("2025-07-01", 2), ("2026-03-31", 1), ("2026-05-14", 8)
        )
        book = calculate(programme(), facts, "2026-05-14")
        assert figure(book, use(over=over), "a") == total

    @pytest.mark.parametrize(
        ("on", "total"),
        [("2026-02-28", 4), ("2026-03-30", 7), ("2026-03-31", 6), ("2026-05-30", 0)],
    )
    def test_rolling_one_month(self, on: str, total: int) -> None:
        """To 28 February from 1 February on; to 30 March from 28 February; to 31 March from 1 March."""
        facts = selling(("2026-01-28", 8), ("2026-01-29", 2), ("2026-02-28", 1), ("2026-03-30", 6))
        facts.sale("a", day("2026-02-01"), 3)
        book = calculate(programme(), facts, on)
        assert figure(book, use(over=Rolling(count=1, unit=Unit.MONTH)), "a") == total

    def test_to_the_same_day_a_year_ago(self) -> None:
        facts = selling(("2025-05-14", 4), ("2025-05-15", 32))
        book = calculate(programme(), facts, "2026-05-14")
        assert figure(book, use(over=LastYear(unit=Unit.QUARTER, to_date=True)), "a") == 4

    def test_without_over_an_incentive_takes_its_window_and_a_ladder_the_year(self) -> None:
        facts = selling(("2026-03-31", 100), ("2026-05-14", 800))
        book = calculate(programme(incentive()), facts, "2026-05-14")
        assert (record(book, "a", "2026-04-01").driver, figure(book, use(), "a")) == (800, 900)

    def test_the_programmes_year(self) -> None:
        """A year that starts on 1 February: its first quarter ends on 30 April."""
        facts = selling(("2026-04-30", 100), ("2026-05-01", 800))
        from staffel.core.calendar import Calendar

        of = programme(incentive(), calendar=Calendar(starts_month=2))
        assert record(calculate(of, facts, "2026-05-14"), "a", "2026-02-01").driver == 100


class TestZeroAndNone:
    """Rule 9. Sums and counts over no rows are 0; a share of nothing is none, and no test on it holds."""

    @pytest.mark.parametrize(("comparison", "threshold"), [("at_least", "0"), ("below", "0.10")])
    def test_on_none_no_test_holds(self, comparison: Any, threshold: str) -> None:
        """Services 0 of revenue 0: none; `at_least: 0 %` fails, `below: 10 %` fails too; `Not` of it
        holds.
        """
        share = Share(part=use("services"), whole=use())
        test = Test(measure=share, comparison=comparison, figure=Decimal(threshold))
        bonuses = [
            incentive(name, scale=steps((0, Lump(money=Decimal(1)))), gate=gate)
            for name, gate in (("plain", test), ("not", Not(of=test)))
        ]
        services = {"services": take(where=Is(column="product.family", values=("service",)))}
        book = calculate(programme(*bonuses, measures=services), selling(), "2026-03-31")
        assert (earned(book, "a", Q1, "plain"), earned(book, "a", Q1, "not")) == (0, 1)

    def test_a_driver_that_is_none_pays_nothing(self) -> None:
        bonus = incentive(driver=Share(part=use(), whole=Agreed(target="quarterly")))
        book = calculate(programme(bonus), selling(("2026-02-10", 100)), "2026-03-31")
        assert (record(book, "a", Q1).reason, earned(book, "a", Q1)) == ("no-figure", 0)


class TestDifferent:
    """Rule 11. Different keys count once however many rows; a missing key is not counted."""

    def test_over_two_months(self) -> None:
        """Three orders of one customer in two months: 1 for the quarter, although 1 for each month."""
        facts = selling(("2026-01-10", 1), ("2026-01-11", 1), ("2026-02-10", 1), end_customer_id="c")
        facts.sale("a", day("2026-02-11"), 1)
        customers = take(aggregate=Different(key="end_customer_id"))
        book = calculate(programme(measures={"customers": customers}), facts, "2026-03-31")
        spans = [FIRST, Span(date(2026, 1, 1), date(2026, 2, 1)), Span(date(2026, 2, 1), date(2026, 3, 1))]
        assert [figure(book, customers, "a", span) for span in spans] == [1, 1, 1]


class TestShares:
    """Rule 13. Shares travel as a pair and are compared by multiplying out: no rounding lifts one over a
    step.
    """

    @pytest.mark.parametrize(("part", "paid"), [("39999.99", 0), ("40000.00", 1)])
    def test_39_999_99_of_100_000_is_not_40_percent(self, part: str, paid: int) -> None:
        facts = selling(("2026-02-10", part), kind="sale")
        facts.sale("a", day("2026-02-11"), Decimal(100000) - Decimal(part), kind="correction")
        share = Share(part=use("sales"), whole=use())
        sales = {"sales": take(where=Is(column="kind", values=("sale",)))}
        bonus = incentive(driver=share, scale=steps(("0.40", Lump(money=Decimal(1)))))
        assert earned(calculate(programme(bonus, measures=sales), facts, "2026-03-31"), "a", Q1) == paid


class TestGrowth:
    """Rule 14. Of several baselines the one with the greatest growth wins; windows are cut at the same
    day.
    """

    BETTER = (Baseline(window=LastYear(unit=Unit.QUARTER)), Baseline(window=Before(unit=Unit.QUARTER)))

    def facts(self) -> Ledger:
        """120 against 100 last year and 90 the quarter before."""
        return selling(("2025-03-31", 100), ("2025-11-10", 90), ("2026-02-10", 120))

    def test_the_better_of_two(self) -> None:
        """20 % and 33.3 %: the latter wins; the grown part is 30."""
        driver = Growth(of=use(), against=self.BETTER)
        bonus = incentive(driver=driver, base=GrownPart(of=use()), scale=steps((0, "0.10")))
        book = calculate(programme(bonus), self.facts(), "2026-03-31")
        assert record(book, "a", Q1).driver == (30, 90)
        assert earned(book, "a", Q1) == Decimal("3.00")

    @pytest.mark.parametrize(("whole", "pair"), [(False, None), (True, (20, 100))])
    def test_cut_at_the_same_day(self, whole: bool, pair: Any) -> None:
        """On day 51 of the quarter it compares with days 1–51, unless the whole is asked."""
        against = (Baseline(window=LastYear(unit=Unit.QUARTER), whole=whole),)
        book = calculate(
            programme(incentive(driver=Growth(of=use(), against=against))), self.facts(), "2026-02-20"
        )
        assert record(book, "a", Q1).driver == pair

    def test_a_given_number_is_one_more_baseline(self) -> None:
        driver = Growth(of=use(), against=self.BETTER, given=Decimal(80))
        book = calculate(programme(incentive(driver=driver)), self.facts(), "2026-03-31")
        assert record(book, "a", Q1).driver == (40, 80)

    def test_the_drivers_winner_serves_the_base(self) -> None:
        """Revenue grew most over the quarter before, from 90; so the part by phone is what grew over that:
        70 − 60.
        """
        facts = selling(("2025-03-31", 10), ("2025-11-10", 60), ("2026-02-10", 70), route="phone")
        for sold_on, net in (("2025-03-31", 90), ("2025-11-10", 30), ("2026-02-10", 50)):
            facts.sale("a", day(sold_on), net, route="portal")
        by_phone = take(where=Is(column="route", values=("phone",)))
        driver = Growth(of=use(), against=self.BETTER)
        bonus = incentive(driver=driver, base=GrownPart(of=use("by_phone")), scale=steps((0, "0.10")))
        book = calculate(programme(bonus, measures={"by_phone": by_phone}), facts, "2026-03-31")
        assert (record(book, "a", Q1).base, earned(book, "a", Q1)) == (10, Decimal("1.00"))


class TestBaselines:
    """Rule 15. With b of 0 or less the percent is none and the amount takes b as 0; a newcomer has none."""

    AGAINST = (Baseline(window=LastYear(unit=Unit.QUARTER)),)

    def book(self, shown_as: Any, baseline: int | None) -> Any:
        """A newcomer with 12,000."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2025-06-01"))
        facts.sale("a", day("2026-02-10"), 12000)
        newcomers = Newcomers(baseline=None if baseline is None else Decimal(baseline))
        driver = Growth(of=use(), against=self.AGAINST, shown_as=shown_as)
        return calculate(programme(incentive(driver=driver, newcomers=newcomers)), facts, "2026-03-31")

    @pytest.mark.parametrize(
        ("shown_as", "baseline", "driver"),
        [
            ("percent", None, None),
            ("amount", None, None),
            ("percent", 10000, (2000, 10000)),
            ("percent", 0, None),
            ("amount", 0, 12000),
        ],
    )
    def test_a_newcomer_with_12_000(self, shown_as: Any, baseline: int | None, driver: Any) -> None:
        """None; baseline 10,000: 20 %; baseline 0: grown part 12,000, percent still none."""
        assert record(self.book(shown_as, baseline), "a", Q1).driver == driver

    @pytest.mark.parametrize(("agreed", "driver"), [(10000, (2000, 10000)), (None, None)])
    def test_a_newcomer_grows_from_what_was_agreed(self, agreed: int | None, driver: Any) -> None:
        """12,000 against an agreed 10,000, whole though the newcomer's steps are cut: 20 %; else none."""
        facts = Ledger()
        facts.product("box", "boxes")
        facts.enrolled("a", day("2026-02-01"))
        facts.sale("a", day("2026-02-10"), 12000)
        if agreed is not None:
            facts.target("a", "start", day("2026-01-01"), day("2026-04-01"), agreed)
        newcomers = Newcomers(prorate="months", baseline=Agreed(target="start"))
        bonus = incentive(driver=Growth(of=use(), against=self.AGAINST), newcomers=newcomers)
        assert record(calculate(programme(bonus), facts, "2026-03-31"), "a", Q1).driver == driver

    def test_an_older_systems_figure_stands_where_no_lines_are(self) -> None:
        facts = selling(("2026-02-10", 12000))
        facts.opening("a", "revenue", day("2025-01-01"), day("2025-04-01"), 9000)
        driver = Growth(of=use(), against=self.AGAINST)
        book = calculate(programme(incentive(driver=driver)), facts, "2026-03-31")
        assert record(book, "a", Q1).driver == (3000, 9000)

    def test_it_is_cut_by_days(self) -> None:
        """On day 51 of 90: 9,000 × 51 ÷ 90 = 5,100."""
        facts = selling(("2026-02-10", 12000))
        facts.opening("a", "revenue", day("2025-01-01"), day("2025-04-01"), 9000)
        book = calculate(
            programme(incentive(driver=Growth(of=use(), against=self.AGAINST))), facts, "2026-02-20"
        )
        assert record(book, "a", Q1).driver == (6900, 5100)


class TestScores:
    """Rule 16. A part gives points per unit, held to `most`; below `least` the sum is shown and not
    reached.
    """

    @staticmethod
    def score(least: int | None = None) -> Score:
        """2 points a customer, 5 an engineer, at most 10 of them."""
        customers = Part(measure=use("customers"), points=Decimal(2))
        return Score(
            parts=(
                customers,
                Part(
                    measure=use("engineers"),
                    points=Decimal(5),
                    most=Decimal(10),
                    least=None if least is None else Decimal(least),
                ),
            )
        )

    def book(self, engineers: int, least: int | None = None) -> Any:
        """4 customers and some engineers."""
        facts = selling()
        for at in range(4):
            facts.sale("a", day("2026-02-10"), 1, end_customer_id=f"c{at}")
        for at in range(engineers):
            facts.certificate("a", "pro", f"h{at}")
        measures = {
            "customers": take(aggregate=Different(key="end_customer_id")),
            "engineers": take(
                aggregate=Different(key="person_id"), source="certifications", date="holds_from"
            ),
        }
        bonus = incentive(driver=self.score(least), base=None, scale=steps((1, Lump(money=Decimal(1)))))
        return calculate(programme(bonus, measures=measures), facts, "2026-03-31")

    @pytest.mark.parametrize(
        ("missing", "target", "least", "points"),
        [
            ("zero", 100, None, "8.8"),
            ("stretch", 100, None, "8.8"),
            ("zero", None, None, "4.8"),
            ("stretch", None, None, "8"),
            ("zero", None, 1, None),
            ("stretch", None, 1, "8"),
            ("stretch", 100, 11, None),
        ],
    )
    def test_weights(self, missing: Any, target: int | None, least: int | None, points: str | None) -> None:
        """8 points at 60 %; 100.00 of a target of 100.00 are 10 at 40 %: 8.8, and with no target 4.8, or
        stretched 4.8 : 0.6 = 8. A least is compared before the weight.
        """
        facts = selling(("2026-02-10", 100))
        if target is not None:
            facts.target("a", "quarterly", day("2026-01-01"), day("2026-04-01"), target)
        attained = Share(part=use(), whole=Agreed(target="quarterly"))
        parts = (
            Part(measure=use(), points=Decimal("0.08"), weight=Decimal("0.6")),
            Part(
                measure=attained,
                points=Decimal(10),
                weight=Decimal("0.4"),
                least=None if least is None else Decimal(least),
            ),
        )
        score = Score(parts=parts, missing=missing)
        bonus = incentive(driver=score, base=None, scale=steps((1, Lump(money=Decimal(1)))))
        found = record(calculate(programme(bonus), facts, "2026-03-31"), "a", Q1).driver
        assert found == (None if points is None else Decimal(points))

    def test_nothing_at_all_to_be_stretched(self) -> None:
        """No part has a figure: no score."""
        share = Share(part=use(), whole=Agreed(target="quarterly"))
        score = Score(parts=(Part(measure=share, points=Decimal(10)),), missing="stretch")
        bonus = incentive(driver=score, base=None, scale=steps((1, Lump(money=Decimal(1)))))
        found = record(calculate(programme(bonus), selling(("2026-02-10", 100)), "2026-03-31"), "a", Q1)
        assert (found.driver, found.reason) == (None, "no-figure")

    @pytest.mark.parametrize(("weight", "code"), [("60 %", "shares-not-100"), ("100 %", "")])
    def test_weights_that_are_stretched_make_100(self, weight: str, code: str) -> None:
        text = (
            HEAD
            + REVENUE
            + (
                "incentives: [{incentive: b, per: quarter, lump: 5, driver: {score: [{measure: revenue,"
                f" points: 1, weight: {weight}}}], missing: stretch}}}}]"
            )
        )
        findings = read_programme(text, file="score.yaml").findings
        assert [one.code for one in findings if one.severity == "error"] == ([code] if code else [])

    def test_parts_are_added_and_held(self) -> None:
        """4 customers × 2 = 8, 3 engineers × 5 = 15, at most 10: 18 points."""
        assert record(self.book(3), "a", Q1).driver == 18

    def test_below_a_least_it_is_not_reached(self) -> None:
        """With `least: 1` and no engineer: 8 points, shown, not reached."""
        assert record(self.book(0, least=1), "a", Q1).driver is None


class TestTargets:
    """Rule 17. Agreed reads the figure given for that subject and window."""

    def test_attained(self) -> None:
        facts = selling(("2026-02-10", 75000))
        facts.target("a", "quarterly", FIRST.start, FIRST.until, 60000)
        facts.target("a", "yearly", day("2026-01-01"), day("2027-01-01"), 400000)
        bonus = incentive(
            driver=Share(part=use(), whole=Agreed(target="quarterly")), scale=steps((1, "0.03"))
        )
        book = calculate(programme(bonus), facts, "2026-03-31")
        assert (record(book, "a", Q1).driver, earned(book, "a", Q1)) == ((75000, 60000), Decimal("2250.00"))


class TestComparing:
    """Rule 19. Exact: at_least ≥, above >, at_most ≤, below <."""

    @pytest.mark.parametrize(
        ("part", "comparison", "rounded", "holds"),
        [
            (395, "at_least", None, False),
            (395, "at_least", "0.01", True),
            (394, "at_least", "0.01", False),
            (404, "above", "0.01", False),
            (405, "above", "0.01", True),
            (404, "at_most", "0.01", True),
            (395, "below", "0.01", False),
            (394, "below", "0.01", True),
            (370, "at_least", "0.05", False),
            (375, "at_least", "0.05", True),
        ],
    )
    def test_a_share_is_rounded_before(self, part: int, comparison: Any, rounded: Any, holds: bool) -> None:
        """`at_least: 40 %`: 39.5 % rounded to 1 % is 40 % and holds; without it does not."""
        facts = selling(("2026-02-10", part), route="portal")
        facts.sale("a", day("2026-02-10"), 1000 - part)
        share = Share(part=take(where=Is(column="route", values=("portal",))), whole=use())
        step = None if rounded is None else Decimal(rounded)
        test = Test(measure=share, comparison=comparison, figure=Decimal("0.40"), rounded=step)
        book = calculate(programme(incentive(gate=test)), facts, "2026-03-31")
        assert record(book, "a", Q1).gate is holds

    def test_half_a_step_below_nothing_is_away_from_it(self) -> None:
        """−0.5 % is −1 % rounded to 1 %, and not at least 0 %; −0.4 % is 0 %."""
        for part, holds in ((-5, False), (-4, True)):
            facts = selling(("2026-02-10", part), route="portal")
            facts.sale("a", day("2026-02-10"), 1000 - part)
            share = Share(part=take(where=Is(column="route", values=("portal",))), whole=use())
            test = Test(measure=share, comparison="at_least", figure=Decimal(0), rounded=Decimal("0.01"))
            book = calculate(programme(incentive(gate=test)), facts, "2026-03-31")
            assert record(book, "a", Q1).gate is holds

    @pytest.mark.parametrize(
        ("comparison", "holds"), [("at_least", True), ("above", False), ("at_most", True), ("below", False)]
    )
    def test_on_the_figure_itself(self, comparison: Any, holds: bool) -> None:
        test = Test(measure=use(), comparison=comparison, figure=Decimal("100.00"))
        book = calculate(programme(incentive(gate=test)), selling(("2026-02-10", 100)), "2026-03-31")
        assert record(book, "a", Q1).gate is holds
