"""What two sets of rules would have come to on a year that is known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.calendar import Calendar, Span, Unit
from staffel.core.engine.facts import MemoryFacts
from staffel.core.outlook.backtest import Backtest, BacktestRefused, backtest, last_whole_year
from staffel.core.programme.model import EachUnit, Holds, Programme, Review, Trait, When
from tests.forms.conftest import incentive, ladder, programme, selling, steps
from tests.forms.test_levels import hurdle
from tests.laws.facts import Ledger, day

NEXT_YEAR = Span(date(2027, 1, 1), date(2028, 1, 1))


def asked(old: Programme, new: Programme, facts: Ledger, on: str, folder: Path) -> Backtest:
    """On what was sold."""
    return backtest(old, new, MemoryFacts.of(folder, facts.tables), day=day(on))


def percent(rate: object, **values: object) -> Programme:
    """One bonus a quarter."""
    return programme(incentive(scale=steps((0, rate))), **values)


def sums(found: Backtest) -> dict[str, tuple[Decimal, Decimal]]:
    """By partner: the old rules' and the new ones'."""
    return {one.partner_id: (one.old, one.new) for one in found.partners}


@pytest.mark.parametrize(("on", "start"), [("2026-12-30", 2025), ("2026-12-31", 2026), ("2027-05-01", 2026)])
def test_the_last_whole_year(on: str, start: int) -> None:
    assert last_whole_year(Calendar(), day(on)).start == date(start, 1, 1)


class TestBacktest:
    def test_both_on_the_same_year(self, tmp_path: Path) -> None:
        """1,000.00 in 2026 at 2 % and at 3 %; neither the year before nor the next is of it."""
        facts = selling(("2025-12-31", 500), ("2026-01-01", 400), ("2026-12-31", 600), ("2027-01-01", 70))
        found = asked(percent("0.02"), percent("0.03", valid=NEXT_YEAR), facts, "2027-03-01", tmp_path)
        assert sums(found) == {"a": (20, 30)}
        assert found.year == Span(date(2026, 1, 1), date(2027, 1, 1))

    def test_a_named_span_moves_with_its_year(self, tmp_path: Path) -> None:
        """An action in September 2027 is asked of September 2026."""
        september = Span(date(2027, 9, 1), date(2027, 10, 1))
        action = incentive(per=september, settle=september, scale=steps((0, "0.10")))
        facts = selling(("2026-08-31", 100), ("2026-09-15", 200))
        found = asked(percent("0.02"), programme(action, valid=NEXT_YEAR), facts, "2026-12-31", tmp_path)
        assert sums(found) == {"a": (6, 20)}

    def test_levels_are_the_rules_own(self, tmp_path: Path) -> None:
        """Gold from 1,000 in the year before pays 5 % from January on; that the partner was given gold under
        the old rules says nothing about the new ones.
        """
        gold = ladder(
            ("member", ()),
            ("gold", (hurdle(1000),)),
            review=Review(up=EachUnit(unit=Unit.YEAR), down=EachUnit(unit=Unit.YEAR)),
        )
        gate = Holds(trait=Trait.LEVEL, values=("gold",), when=When.START)
        new = programme(incentive(gate=gate, scale=steps((0, "0.05"))), ladders=(gold,), valid=NEXT_YEAR)
        for before, comes_to in ((1000, 50), (999, 0)):
            facts = selling(("2025-05-01", before), ("2026-05-01", 1000))
            facts.decision("a", "gold", date(2026, 1, 1))
            found = asked(percent("0.02"), new, facts, "2026-12-31", tmp_path)
            assert sums(found) == {"a": (20, comes_to)}

    def test_what_else_was_decided_counts(self, tmp_path: Path) -> None:
        """Hardship was granted on 1 May: of the quarters that end then or later 2 % of 1,000.00."""
        new = percent("0.02")
        granted = Holds(trait=Trait.DECIDED, values=("hardship=granted",))
        gated = replace(new, incentives=(replace(new.incentives[0], gate=granted),))
        facts = selling(("2026-02-01", 500), ("2026-05-10", 1000))
        facts.ruling("a", "hardship", "granted", date(2026, 5, 1))
        found = asked(new, gated, facts, "2026-12-31", tmp_path)
        assert sums(found) == {"a": (30, 20)}

    def test_what_was_settled_stays_out(self, tmp_path: Path) -> None:
        facts = selling(("2026-02-01", 1000))
        facts.commit()
        first = (date(2026, 1, 1), date(2026, 4, 1))
        facts.settled("bonus", "a", first, first, Decimal(5), Decimal(0), Decimal(5))
        facts.close(*first, on=date(2026, 4, 1))
        found = asked(percent("0.02"), percent("0.02"), facts, "2026-12-31", tmp_path)
        assert sums(found) == {"a": (20, 20)}

    def test_another_name_has_the_old_ones_partners(self, tmp_path: Path) -> None:
        new = replace(percent("0.03"), name="renamed")
        found = asked(percent("0.02"), new, selling(("2026-02-01", 1000)), "2026-12-31", tmp_path)
        assert sums(found) == {"a": (20, 30)}

    def test_another_vendor_is_refused(self, tmp_path: Path) -> None:
        other = replace(percent("0.03"), vendor="other", currency="CHF")
        with pytest.raises(BacktestRefused) as refused:
            asked(percent("0.02"), other, selling(), "2026-12-31", tmp_path)
        assert [one.code for one in refused.value.findings] == ["vendors-differ", "currencies-differ"]
