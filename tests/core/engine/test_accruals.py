"""Accruals: what open windows have earned, and are expected to."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from staffel.core.engine.accruals import Accrual, StepPay, accruals
from staffel.core.engine.calculation import calculation
from staffel.core.engine.closing import prepare_close
from staffel.core.programme.model import Programme
from staffel.core.sources import Measured
from tests.core.engine.cases import (
    AT_ONCE,
    Q1,
    Q2,
    incentive,
    memory,
    programme,
    take_in,
    world,
)
from tests.laws.facts import Ledger

STEPS = "scale: {kind: retroactive, steps: [{from: 1_000, rate: 1 %}, {from: 4_000, rate: 2 %}]}"
BONUS = incentive("bonus", f"base: revenue\nper: quarter\n{STEPS}\ncap: 70")
BY_LEVEL = incentive(
    "bonus",
    """
    base: revenue
    per: quarter
    rate: {by: level, select: 2 %, premier: 3 %, else: 1 %}
    multiply: [{when: {kind: dealer}, by: 1.5}, {when: {level: premier}, by: 2}]
    """,
)


def found(rules: Programme, folder: Path, ledger: Ledger, day: date, **asked: object) -> tuple[Accrual, ...]:
    """The accruals of a day."""
    with calculation(rules, memory(folder, ledger), day=day, **asked) as running:  # type: ignore[arg-type]
        return accruals(running)


class TestAccruals:
    """The same figure as the statement's: once as earned now, once at the expected step (rule 39)."""

    def test_driver_step_and_both_amounts(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 1, 10), "2500")
        (one,) = found(programme(BONUS), tmp_path, ledger, date(2026, 2, 14))  # 45 of 90 days
        assert (one.window, one.runs, one.gate) == (Q1, True, True)
        assert (one.driver, one.driver_unit, one.base) == (2500, Measured.MONEY, 2500)
        assert (one.step, one.steps, one.start, one.next_start) == (1, 2, 1000, 4000)
        assert one.pays == (StepPay(kind="percent", figures=(Decimal("0.01"),)),)
        assert (one.earned, one.average) == (25, Decimal("0.01"))
        assert (one.driver_expected, one.step_expected, one.expected) == (5000, 2, 50)

    def test_what_a_cap_took(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 1, 10), "5000")
        (one,) = found(programme(BONUS), tmp_path, ledger, date(2026, 2, 14))
        assert (one.taken, one.exact, one.earned) == (30, 70, 70)

    def test_rates_and_factors_that_depend(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 1, 10), "5000")
        rules = programme(BY_LEVEL, levels=AT_ONCE)
        (one,) = found(rules, tmp_path, ledger, date(2026, 2, 14))
        assert one.pays[0].figures == (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))
        assert [(by.factor, by.holds) for by in one.factors] == [(Decimal("1.5"), True), (2, None)]

    def test_windows_stay_open_until_they_are_settled(self, tmp_path: Path) -> None:
        rules, ledger, day = programme(BONUS), world("a"), date(2026, 4, 15)
        both = [(one.window, one.runs) for one in found(rules, tmp_path, ledger, day)]
        assert both == [(Q1, False), (Q2, True)]
        take_in(ledger, prepare_close(rules, memory(tmp_path, ledger), Q1, on=day).rows)
        assert [one.window for one in found(rules, tmp_path, ledger, day)] == [Q2]

    def test_a_member_s_part_of_what_its_group_earned(self, tmp_path: Path) -> None:
        earner = "earner: {alliance: {driver: group, base: group, share: by_base}}"
        rules = programme(incentive("bonus", f"{earner}\nbase: revenue\nper: quarter\n{STEPS}"))
        ledger = world("a", "b")
        for one, net in (("a", 3000), ("b", 2000)):
            ledger.membership("g", one)
            ledger.sale(one, date(2026, 1, 10), net)
        (one,) = found(rules, tmp_path, ledger, date(2026, 3, 31), partners=["b"])
        assert (one.partner_id, one.subject, one.driver, one.earned) == ("b", "g", 5000, 40)
