"""A measure for each unit of time, and one figure of all: rule 10, worked by hand."""

from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme import read_programme
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Current,
    Fold,
    Growth,
    Last,
    Limit,
    Lump,
    Measure,
    Named,
    Newcomers,
    Programme,
    Rolling,
    Share,
    Test,
    Who,
)
from tests.forms.conftest import calculate, incentive, programme, record, selling, steps, use
from tests.forms.showing import HEAD, REVENUE
from tests.laws.facts import Ledger, day
from tests.laws.oracle import Book

Q1 = "2026-01-01"
CLOSED = Last(count=3, unit=Unit.MONTH, closed=True)


def monthly(shown_as: Any, of: Measure | None = None, **values: Any) -> Fold:
    """Revenue month by month."""
    return Fold(of=of or use(), each=Unit.MONTH, shown_as=shown_as, **values)


def driven(measure: Measure, facts: Ledger, on: str = "2026-03-31", **values: Any) -> Book:
    """An incentive that the measure drives; the gate asks it again as a measure by its name."""
    gate = Test(measure=use("fold"), comparison="at_least", figure=Decimal(0))
    bonus = incentive(
        driver=measure, base=None, gate=gate, scale=steps((0, Lump(money=Decimal(1)))), **values
    )
    return calculate(programme(bonus, measures={"fold": measure}), facts, on)


def driver(measure: Measure, facts: Ledger, on: str = "2026-03-31", **values: Any) -> Any:
    """What it comes to in the first quarter."""
    return record(driven(measure, facts, on, **values), "a", Q1).driver


def facts() -> Ledger:
    """300.00 in January, nothing in February, 600.00 in March."""
    return selling(("2026-01-10", 300), ("2026-03-05", 250), ("2026-03-31", 350))


class TestMonths:
    """Rule 10. Of a calendar unit all that meet the window exist, with 0 where nothing was sold."""

    @pytest.mark.parametrize(
        ("shown_as", "figure"),
        [("sum", 900), ("average", 300), ("largest", 600), ("smallest", 0), ("count", 3), ("last", 600)],
    )
    def test_300_0_600(self, shown_as: str, figure: int) -> None:
        assert driver(monthly(shown_as), facts()) == figure

    def test_the_running_month_up_to_the_day(self) -> None:
        """On 10 March: 300.00, 0 and 250.00; average 183.3333333333."""
        assert driver(monthly("average"), facts(), "2026-03-10") == Decimal("183.3333333333")
        assert driver(monthly("last"), facts(), "2026-02-20") == 0

    def test_over_a_window_of_its_own(self) -> None:
        """The last three closed months on 31 March: 120.00 in December, 300.00, nothing."""
        of = selling(("2025-12-31", 120), ("2026-01-10", 300), ("2026-03-05", 250))
        assert driver(monthly("average", over=CLOSED), of) == 140

    def test_asked_by_its_name_over_another_window(self) -> None:
        of = selling(("2025-12-31", 120), ("2026-01-10", 300), ("2026-03-05", 250))
        bonus = incentive(driver=use("fold", CLOSED), base=None, scale=steps((0, Lump(money=Decimal(1)))))
        book = calculate(programme(bonus, measures={"fold": monthly("average")}), of, "2026-03-31")
        assert record(book, "a", Q1).driver == 140

    def test_days_counted_back_meet_thirteen_months(self) -> None:
        """On 14 March, rolling 2 months begin on 15 January: three months, two of them in part."""
        of = selling(("2026-01-14", 1000), ("2026-01-15", 30), ("2026-03-14", 60), ("2026-03-15", 1000))
        rolling = Rolling(count=2, unit=Unit.MONTH)
        assert driver(monthly("average", over=rolling), of, "2026-03-14") == 30

    def test_a_named_span_cuts_its_months(self) -> None:
        span = Named(span=Span(day("2026-01-11"), day("2026-03-06")))
        assert driver(monthly("sum", over=span), facts()) == 250
        assert driver(monthly("count", over=span), facts()) == 3


class TestEnrolled:
    """A unit exists only if the partner was enrolled on one of its days."""

    def of(self, since: str, until: str | None = None) -> Ledger:
        """Sales of 100.00 in each month."""
        made = Ledger()
        made.product("box", "boxes")
        made.enrolled("a", day(since), None if until is None else day(until))
        for month in ("01", "02", "03"):
            made.sale("a", day(f"2026-{month}-15"), 100)
        return made

    def test_joined_in_february(self) -> None:
        """From 28 February on: February 0, since its sale came before, March 100.00; average 50.00."""
        assert driver(monthly("average"), self.of("2026-02-28")) == 50
        assert driver(monthly("count"), self.of("2026-02-28")) == 2

    def test_left_in_january(self) -> None:
        assert driver(monthly("average"), self.of("2025-01-01", "2026-01-20")) == 100

    def test_came_back(self) -> None:
        """January and March: 100.00 each; February was spent outside."""
        of = self.of("2025-01-01", "2026-02-01")
        of.enrolled("a", day("2026-03-01"))
        assert driver(monthly("average"), of) == 100


class TestWhere:
    """Of the units that exist, those whose own figure is such as is asked."""

    @pytest.mark.parametrize(
        ("limits", "count", "average"),
        [
            ((Limit(comparison="at_least", figure=Decimal(300)),), 2, 450),
            ((Limit(comparison="above", figure=Decimal(300)),), 1, 600),
            (
                (
                    Limit(comparison="above", figure=Decimal(0)),
                    Limit(comparison="below", figure=Decimal(600)),
                ),
                1,
                300,
            ),
            ((Limit(comparison="above", figure=Decimal(600)),), 0, None),
        ],
    )
    def test_limits(self, limits: tuple[Limit, ...], count: int, average: int | None) -> None:
        assert driver(monthly("count", where=limits), facts()) == count
        assert driver(monthly("average", where=limits), facts()) == average


class TestOfOthers:
    """Shares, growth and targets unit by unit."""

    def test_months_in_which_the_target_was_attained(self) -> None:
        """Targets of 300.00 and 700.00 in January and March, none in February: attained in January."""
        of = facts()
        of.target("a", "monthly", day("2026-01-01"), day("2026-02-01"), 300)
        of.target("a", "monthly", day("2026-03-01"), day("2026-04-01"), 700)
        share = Share(part=use(), whole=Agreed(target="monthly"))
        whole = (Limit(comparison="at_least", figure=Decimal(1)),)
        assert driver(monthly("count", share, where=whole), of) == 1
        assert driver(monthly("count", share), of) == 2
        assert driver(monthly("largest", share), of) == (1, 1)

    def test_the_sum_of_growth_month_on_month(self) -> None:
        """200 → 300 is 50 %, 300 → 450 is 50 %, 450 → 90 is −80 %: 20 %."""
        of = selling(("2025-12-10", 200), ("2026-01-10", 300), ("2026-02-10", 450), ("2026-03-10", 90))
        growth = Growth(of=use(), against=(Baseline(window=Before(unit=Unit.MONTH)),))
        assert driver(monthly("sum", growth), of) == (Decimal("0.2"), 1)

    def test_growth_of_the_months_average(self) -> None:
        """300.00 a month against 200.00 in the quarter before: 50 %."""
        of = facts()
        of.sale("a", day("2025-11-10"), 600)
        growth = Growth(of=use("fold"), against=(Baseline(window=Before(unit=Unit.QUARTER)),))
        bonus = incentive(driver=growth, base=None, scale=steps((0, Lump(money=Decimal(1)))))
        book = calculate(programme(bonus, measures={"fold": monthly("average")}), of, "2026-03-31")
        assert record(book, "a", Q1).driver == (100, 200)

    def test_of_an_alliance(self) -> None:
        """Two members: 400.00 and 0 and 600.00; who has no alliance has no figure."""
        of = facts()
        of.enrolled("b")
        of.sale("b", day("2026-01-20"), 100)
        of.enrolled("c")
        for member in "ab":
            of.membership("g", member)
        fold = monthly("average", use(who=Who.ALLIANCE), who=Who.ALLIANCE)
        book = driven(fold, of)
        assert record(book, "a", Q1).driver == Decimal("333.3333333333")
        assert record(book, "c", Q1).driver is None

    def test_targets_are_cut_for_a_newcomer(self) -> None:
        """Joined on 16 February, by days: of 280.00 for February 13 of 28 days are asked, 130.00."""
        made = Ledger()
        made.product("box", "boxes")
        made.enrolled("a", day("2026-02-16"))
        made.target("a", "monthly", day("2026-02-01"), day("2026-03-01"), 280)
        made.sale("a", day("2026-02-20"), 130)
        share = Share(part=use(), whole=Agreed(target="monthly"))
        whole = (Limit(comparison="at_least", figure=Decimal(1)),)
        fold = monthly("count", share, where=whole)
        assert driver(fold, made, newcomers=Newcomers(prorate="days")) == 1


def read(spelled: str) -> Programme:
    """A file with this measure under the name `fold`."""
    text = (
        HEAD
        + REVENUE.replace("}}", "}, fold: " + spelled + "}")
        + "incentives: [{incentive: b, driver: fold, per: quarter, lump: 5}]\n"
    )
    reading = read_programme(text, file="fold.yaml")
    assert reading.programme is not None, [finding.say() for finding in reading.findings]
    return reading.programme


class TestSpelled:
    """As a file says it."""

    @pytest.mark.parametrize(
        ("spelled", "fold"),
        [
            (
                "{average: revenue, each: month, over: last 3 closed months}",
                monthly("average", over=CLOSED),
            ),
            ("{largest: revenue, each: month}", monthly("largest", over=Current())),
            ("{smallest: revenue, each: month}", monthly("smallest")),
            ("{each: month, of: revenue, as: last}", monthly("last")),
            (
                "{each: month, of: revenue, as: count, where: {at_least: 1_000}}",
                monthly("count", where=(Limit(comparison="at_least", figure=Decimal(1000)),)),
            ),
        ],
    )
    def test_read(self, spelled: str, fold: Fold) -> None:
        assert read(spelled).measure("fold") == fold

    def test_in_a_condition_the_hurdle_is_asked_of_the_whole(self) -> None:
        gate = "gate: [{average: revenue, each: month, where: {above: 5}, at_least: 500}]"
        text = f"incentives: [{{incentive: b, base: revenue, per: quarter, rate: 2 %, {gate}}}]"
        found = read_programme(HEAD + REVENUE + text, file="fold.yaml").programme
        assert found is not None
        average = monthly("average", where=(Limit(comparison="above", figure=Decimal(5)),))
        test = Test(measure=average, comparison="at_least", figure=Decimal(500))
        assert all_in(found.incentive("b").gate, Test) == (test,)

    @pytest.mark.parametrize(
        ("spelled", "code"),
        [
            ("{each: end_customer, of: revenue, as: count}", "not-yet"),
            ("{average: revenue, each: month, over: last 90 months}", "too-long"),
            ("{average: {measure: revenue, of: alliance}, each: month}", "not-yet"),
            ("{average: revenue, each: month, where: {at_least: 5 %}}", "units-differ"),
            ("{average: revenue, each: month, where: {}}", "key-missing"),
        ],
    )
    def test_refused(self, spelled: str, code: str) -> None:
        text = HEAD + REVENUE.replace("}}", "}, fold: " + spelled + "}")
        text += "incentives: [{incentive: b, driver: fold, per: quarter, lump: 5}]\n"
        assert code in {finding.code for finding in read_programme(text, file="fold.yaml").findings}
