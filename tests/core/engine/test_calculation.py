"""The one door: for everybody or for some the same, as of any day, of any size. Rules 3 and 54, law 8."""

import gc
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from staffel.core.calendar import Unit
from staffel.core.engine.calculation import _SET_ASIDE, asks_groups, calculate
from staffel.core.engine.results import Results
from staffel.core.programme.model import (
    Any as Either,
)
from staffel.core.programme.model import (
    AtOnce,
    Baseline,
    Before,
    Cap,
    EachUnit,
    Earner,
    GroupShare,
    Growth,
    Kept,
    LastYear,
    Late,
    Programme,
    Review,
    Test,
    Who,
)
from tests.core.engine.plan.world import (
    Q1,
    Ledger,
    calculated,
    coins,
    day,
    earned,
    facts_of,
    running,
    world,
    year,
)
from tests.forms.conftest import incentive, ladder, steps, use


def thousand(**values: Any) -> Test:
    return Test(measure=use(**values), comparison="at_least", figure=Decimal(1000))


RICH = year(
    incentive("plain", scale=steps((0, "0.01"), (500, "0.02"), kind="marginal")),
    incentive("lent", gate=Either(of=(thousand(), thousand(who=Who.ALLIANCE)))),
    incentive("kept", gate=Kept(of=thousand())),
    incentive(
        "grown",
        driver=Growth(of=use("revenue"), against=(Baseline(window=Before(unit=Unit.QUARTER)),)),
        scale=steps(("0.1", "0.05")),
    ),
    incentive(
        "team",
        earner=Earner(who=Who.ALLIANCE, driver_of="group", base_of="group", share=GroupShare.BY_BASE),
        scale=steps((0, "0.01"), (1500, "0.03")),
    ),
    ladders=(
        ladder(
            ("tin", ()),
            ("gold", (Either(of=(thousand(), thousand(who=Who.ALLIANCE))),)),
            review=Review(up=AtOnce(), down=EachUnit(unit=Unit.QUARTER)),
        ),
    ),
)


def market() -> Ledger:
    """a and b are an alliance, x became part of b, c is alone; returns, corrections and foreign money."""
    ledger = world(a=900, b=700, c=1200, x=50)
    ledger.rate("USD", "EUR", "0.91237")
    for partner in "ab":
        ledger.membership("g", partner)
    ledger.partner("x", day("2026-04-15"), same_as="b")
    sale = ledger.sale("a", day("2026-04-20"), 640, currency="USD")
    ledger.back(sale, day("2026-05-20"), 64)
    for partner, net in (("a", 300), ("b", 5000), ("c", 1), ("x", 333)):
        ledger.sale(partner, day("2026-04-30"), net)
    wrong = ledger.sale("c", day("2026-05-01"), 4000)
    ledger.commit()
    ledger.reversal(wrong)
    return ledger


def of(results: Results, partner: str) -> dict[str, list[dict[str, object]]]:
    """All that is told of a partner."""
    return {
        name: [row for row in results.rows(name) if row.get("partner_id") == partner]
        for name in results.tables
    }


class TestSomePartners:
    """Law 8. What a calculation restricted to partners gives for one is what the whole gives."""

    @pytest.fixture(scope="class")
    @classmethod
    def whole(cls) -> Results:
        return calculated(RICH, market(), "2026-06-15", closing=Q1)

    @pytest.mark.parametrize("partners", [["a"], ["b"], ["c", "a"]])
    def test_the_same_to_the_cent(self, whole: Results, partners: list[str]) -> None:
        some = calculated(RICH, market(), "2026-06-15", closing=Q1, partners=partners)
        for partner in partners:
            mine = of(some, partner)
            assert mine == of(whole, partner)
            assert all(mine[name] for name in ("standing", "earned", "entitled", "due") if name != "earned")

    def test_a_stranger_moves_nothing(self, whole: Results) -> None:
        ledger = market()
        ledger.enrolled("stranger")
        ledger.sale("stranger", day("2026-05-05"), 10**9)
        more = calculated(RICH, ledger, "2026-06-15", closing=Q1)
        assert [of(more, one) for one in "abc"] == [of(whole, one) for one in "abc"]

    def test_nobody_and_somebody_unknown(self) -> None:
        for partners in ([], ["z"]):
            found = calculated(year(incentive()), market(), "2026-06-15", partners=partners)
            assert {name: found.rows(name) for name in found.tables} == {"earned": [], "entitled": []}


class TestOrder:
    """Rule 54, law 3. Nothing depends on the order of rows."""

    def test_of_rows(self) -> None:
        ledger, turned = market(), market()
        for rows in turned.tables.values():
            rows.reverse()
        one, other = (calculated(RICH, each, "2026-06-15", closing=Q1) for each in (ledger, turned))
        assert {name: one.rows(name) for name in one.tables} == {
            name: other.rows(name) for name in other.tables
        }


class TestTime:
    """Rule 3. The day decides what is known; a day in the future is as today."""

    def test_before_the_first_window(self) -> None:
        assert calculated(RICH, market(), "2025-12-31").table("standing").num_rows == 0

    @pytest.mark.parametrize(
        ("on", "paid"), [("2026-02-09", "0.00"), ("2026-02-10", "18.00"), ("2026-03-31", "18.00")]
    )
    def test_a_line_is_known_from_its_day(self, on: str, paid: str) -> None:
        found = coins(calculated(year(incentive()), world(a=900, b=5), on))
        assert found == {"a": Decimal(paid), "b": Decimal(paid) / 180}

    def test_long_after_the_end_all_windows_stand(self) -> None:
        """Lines after the last window, and days after it, move nothing."""
        ledger = world(a=900, b=5)
        ledger.sale("a", day("2026-12-31"), 100)
        ledger.sale("b", day("2027-01-01"), 100)
        later, last = (calculated(year(incentive()), ledger, on) for on in ("2030-01-01", "2026-12-31"))
        assert coins(last, "2026-10-01") == {"a": Decimal(2), "b": Decimal(0)}
        assert later.rows("entitled") == last.rows("entitled")


class TestSizes:
    """Up to 10^15 with 4 decimals: percent, marginal, capped and foreign, without a lost cent."""

    TOP = Decimal("999999999999999.9999")

    def test_in_a_foreign_currency(self) -> None:
        """850 × 0.91237 is 775.5145, thrice 2,326.5435 → 2,326.54; and all of 10^15 at a rate of 0.91237."""
        ledger = world(a=None, b=None, c=None)
        ledger.rate("USD", "EUR", "0.91237")
        ledger.rate("EUR", "CHF", "0.9371")
        for _ in range(3):
            ledger.sale("a", day("2026-02-10"), 850, currency="USD")
        ledger.sale("b", day("2026-02-10"), self.TOP, currency="USD")
        ledger.sale("c", day("2026-02-10"), self.TOP, currency="CHF")
        found = calculated(year(incentive(scale=steps((0, "1")))), ledger, "2026-03-31")
        # 10^15 ÷ 0.9371 = 1,067,122,025,397,502.9346… of which 0.0001 CHF are 0.0001 EUR
        assert earned(found, "base") == {
            "a": Decimal("2326.5435"),
            "b": Decimal("912369999999999.9999"),
            "c": (Decimal(10) ** 15 / Decimal("0.9371")).quantize(Decimal("0.0001")) - Decimal("0.0001"),
        }
        assert coins(found)["a"] == Decimal("2326.54")
        assert coins(found)["b"] == Decimal("912370000000000")

    def test_over_a_third_currency(self) -> None:
        """1 NOK is 1/11.6455 EUR over USD: 10^12 × 10,000 × 1.0837… as one fraction, rounded once."""
        ledger = world(a=None, b=100)
        ledger.rate("USD", "NOK", "10.746")
        ledger.rate("EUR", "USD", "1.0837")
        ledger.sale("a", day("2026-02-10"), 10**12, currency="NOK")
        found = calculated(year(incentive(scale=steps((0, "1")))), ledger, "2026-03-31")
        exact = Decimal(10) ** 12 / (Decimal("10.746") * Decimal("1.0837"))
        assert earned(found, "base") == {"a": exact.quantize(Decimal("0.0001")), "b": Decimal(100)}

    def test_many_large_lines_together(self) -> None:
        """A hundred lines of 10^13 less a ten-thousandth: no sum loses what is behind the point."""
        ledger = world(a=None, b=1)
        for _ in range(100):
            ledger.sale("a", day("2026-02-10"), Decimal(10) ** 13 - Decimal("0.0001"))
        one = incentive(
            scale=steps((0, "0.01"), (10**14, "0.03"), kind="marginal"), caps=(Cap(money=Decimal(10) ** 14),)
        )
        found = calculated(year(one), ledger, "2026-03-31")
        # 10^14 × 1 % + (9 × 10^14 − 0.01) × 3 %
        assert earned(found, "exact")["a"] == Decimal(28) * 10**12 - Decimal("0.0003")

    def test_a_share_of_almost_all(self) -> None:
        """Rule 13. 10^15 less a ten-thousandth of 10^15 is not all of it: compared undivided."""
        ledger = world(a=self.TOP, b=self.TOP)
        ledger.sale("a", day("2026-02-10"), "0.0001", product_id="pen")
        growth = Growth(of=use("revenue"), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),))
        for partner, before in (("a", "500000000000000"), ("b", "500000000000000")):
            ledger.sale(partner, day("2025-02-10"), before)
        found = calculated(year(incentive(driver=growth, scale=steps((1, "0.01")))), ledger, "2026-03-31")
        assert earned(found, "step") == {"a": 1, "b": 0}


class TestSettling:
    def test_late_next_freezes_what_lies_in_closed_windows(self) -> None:
        """Both quarters of a were closed; a sale that is taken back later moves nothing in them."""
        ledger = world(a=100, b=100)
        ledger.commit()
        ledger.close(Q1.start, Q1.until, Q1.until)
        for partner in "ab":
            ledger.settled("bonus", partner, (Q1.start, Q1.until), (Q1.start, Q1.until), 2)
        ledger.commit()
        ledger.reversal(ledger.tables["sell_out"][0])
        one = incentive(late=Late(lines="next"))
        found = calculated(
            year(one), ledger, "2026-06-30", closing=year(one).calendar.windows(Q1, Unit.QUARTER)[0]
        )
        assert {row["partner_id"]: row["due"] for row in found.rows("due")} == {"a": 0, "b": 2}


class TestRunning:
    def test_tables_lie_open_until_the_end_of_the_block(self) -> None:
        with running(year(incentive()), world(a=1, b=2), "2026-03-31", kept=True) as found:
            rows = found.db.sql("select line_id, subject from lines_sell_out order by 1").fetchall()
        assert rows == [("L0001", "a"), ("L0002", "b")]
        with pytest.raises(duckdb.ConnectionException):
            found.db.sql("select 1")

    def test_the_state_is_named(self) -> None:
        with facts_of(world(a=1)) as facts:
            results = calculate(year(incentive()), facts, day=date(2026, 3, 31))
        assert results.state_id == facts.state_id


class TestSetAside:
    """What was there before a calculation is out of the collector's sight meanwhile, and only meanwhile."""

    def test_one_within_another_lets_go_last(self) -> None:
        gc.unfreeze()
        with _SET_ASIDE:
            with _SET_ASIDE:
                assert gc.get_freeze_count()
            assert gc.get_freeze_count()
        assert not gc.get_freeze_count()

    def test_what_somebody_froze_before_stays_frozen(self) -> None:
        gc.freeze()
        try:
            with _SET_ASIDE:
                pass
            assert gc.get_freeze_count()
        finally:
            gc.unfreeze()


class TestProgramme:
    @pytest.mark.parametrize(
        ("programme", "asks"),
        [
            (year(incentive()), False),
            (year(incentive(gate=thousand(who=Who.ALLIANCE))), True),
            (year(incentive(earner=Earner(who=Who.ALLIANCE, driver_of="group"))), True),
        ],
    )
    def test_whether_groups_are_asked(self, programme: Programme, asks: bool) -> None:
        assert asks_groups(programme) is asks
