"""Statements: what a settled window pays, in which form, on which day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculate, calculation
from staffel.core.engine.closing import close_rows
from staffel.core.engine.statements import (
    SCHEMA,
    NothingSettled,
    PaidPart,
    Statement,
    parts_of,
    statement_table,
    statements,
)
from staffel.core.programme.model import PayForm
from tests.core.engine.cases import (
    Q1,
    Q2,
    Q3,
    YEAR,
    incentive,
    memory,
    programme,
    settled,
    take_in,
    world,
)
from tests.laws.facts import Ledger

SPLIT = incentive(
    "bonus",
    """
    base: revenue
    per: quarter
    rate: 10 %
    payout:
      split:
        - {as: money, share: 60 %}
        - {as: funds, share: 40 %, use_within: 6 months, if_less_than: 40, then: money}
      due: 30 days after close
    """,
)
VOUCHERS = incentive(
    "bonus",
    """
    base: revenue
    per: quarter
    rate: 10 %
    payout:
      split:
        - {as: voucher, share: 25 %, expires: 6 months}
        - {as: points, share: 75 %, claim_within: 45 days}
    """,
)
CARRIED = incentive(
    "bonus",
    "base: revenue\nper: quarter\nrate: 1 %\nminimum_payout: {amount: 50, otherwise: carry}",
)


def only(folder: Path, ledger: Ledger, body: str, window: object = Q1) -> Statement:
    """The one statement of a world of one partner."""
    (found,) = statements(settled(programme(body), folder, ledger, window))  # type: ignore[arg-type]
    return found


class TestForms:
    """Shares first, by largest remainder, then what is too small takes its other form (rule 38)."""

    @pytest.mark.parametrize(
        ("paid", "money", "funds"),
        [
            ("0", "0", "0"),
            ("99.97", "99.97", "0"),  # 39.99 of funds are less than 40
            ("99.98", "99.98", "0"),
            ("99.99", "59.99", "40.00"),  # 59.994 and 39.996: the coin goes to the funds
            ("100.00", "60.00", "40.00"),
            ("1000.01", "600.01", "400.00"),
        ],
    )
    def test_split(self, paid: str, money: str, funds: str) -> None:
        rules = programme(SPLIT)
        parts = parts_of(rules, rules.incentive("bonus"), Decimal(paid), Q1)
        found = {form.value: sum(p.money for p in parts if p.form is form) for form in PayForm}
        assert (found["money"], found["funds"]) == (Decimal(money), Decimal(funds))

    def test_funds_say_their_last_day(self) -> None:
        rules = programme(SPLIT)
        parts = parts_of(rules, rules.incentive("bonus"), Decimal(1000), Q1)
        assert parts == (
            PaidPart(form=PayForm.MONEY, money=Decimal(600)),
            PaidPart(form=PayForm.FUNDS, money=Decimal(400), use_by=date(2026, 9, 30)),
        )

    def paid_as(self, said: Statement, form: PayForm) -> Decimal:
        parts = [part for line in said.lines for part in line.parts if part.form is form]
        return sum((part.money for part in parts), Decimal(0))

    def test_table_and_statements_say_the_same(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 2, 1), "12_345.67")
        ledger.sale("b", date(2026, 2, 1), "100")
        results = settled(programme(SPLIT), tmp_path, ledger)
        table = statement_table(results)
        assert table.schema.equals(SCHEMA)
        rows = {row["partner_id"]: row for row in table.to_pylist()}
        for said in statements(results):
            assert rows[said.partner_id]["money"] == self.paid_as(said, PayForm.MONEY)
            assert rows[said.partner_id]["funds"] == self.paid_as(said, PayForm.FUNDS)
            assert rows[said.partner_id]["paid"] == said.paid
        assert [rows[one]["use_by"] for one in "ab"] == [date(2026, 9, 30), None]

    def test_further_forms_have_columns_and_days_where_they_are_said(self, tmp_path: Path) -> None:
        """10 % of 1,000.00: a quarter as a voucher, the rest in points to be claimed."""
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 1), "1000")
        results = settled(programme(VOUCHERS), tmp_path, ledger)
        (row,) = statement_table(results).to_pylist()
        assert (row["money"], row["voucher"], row["points"]) == (0, 25, 75)
        assert (row["use_by"], row["claim_by"]) == (date(2026, 10, 20), date(2026, 5, 15))
        assert "discount" not in row
        (said,) = statements(results)
        assert said.lines[0].parts == (
            PaidPart(form=PayForm.VOUCHER, money=Decimal(25), use_by=date(2026, 10, 20)),
            PaidPart(form=PayForm.POINTS, money=Decimal(75), claim_by=date(2026, 5, 15)),
        )


class TestDays:
    def test_due_so_many_days_after_the_close(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 1), "1000")
        (line,) = only(tmp_path, ledger, SPLIT).lines
        assert line.due_day == date(2026, 5, 20)  # 31 March + 20 + 30 days


class TestSettling:
    """Due is what is entitled to date less what was settled; what is small is carried (rules 37 and 39)."""

    def test_a_statement_says_what_it_was_made_of(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 1), "1000")
        said = only(tmp_path, ledger, SPLIT)
        assert (said.partner_id, said.window, said.version, said.state_id) == ("a", Q1, "1", "s-1")
        assert (said.due, said.paid, said.carried_out) == (Decimal(100), Decimal(100), Decimal(0))
        assert [one.window for one in said.lines[0].windows] == [Q1]

    def test_what_is_small_is_carried_and_paid_with_the_next(self, tmp_path: Path) -> None:
        rules = programme(CARRIED)
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 1), "3000")
        ledger.sale("a", date(2026, 5, 1), "2500")
        with calculation(rules, memory(tmp_path, ledger), day=Q1.last_day, closing=Q1) as running:
            (first,) = statements(running.results)
            take_in(ledger, close_rows(running, Q1, on=date(2026, 4, 20)))
        (second,) = statements(settled(rules, tmp_path, ledger, Q2))
        line = second.lines[0]
        assert (first.due, first.paid, first.carried_out) == (30, 0, 30)
        assert (line.difference, line.carried_in, line.due, line.paid) == (25, 30, 55, 55)
        behind = [(one.window, one.entitled, one.settled) for one in line.windows]
        assert behind == [(Q1, 30, 30), (Q2, 25, 0)]

    def test_a_yearly_bonus_trues_up_by_the_quarter(self, tmp_path: Path) -> None:
        scale = "scale: {kind: retroactive, steps: [{from: 10_000, rate: 1 %}, {from: 40_000, rate: 2 %}]}"
        rules = programme(incentive("bonus", f"base: revenue\nper: year\n{scale}\nsettle: quarter"))
        ledger = world("a")
        for month, net in ((2, 8_000), (5, 12_000), (8, 30_000)):
            ledger.sale("a", date(2026, month, 1), net)
        due = []
        for window in (Q1, Q2, Q3):
            facts = memory(tmp_path, ledger)
            with calculation(rules, facts, day=window.last_day, closing=window) as running:
                due += [said.due for said in statements(running.results)]
                take_in(ledger, close_rows(running, window, on=window.until))
        assert due == [0, 200, 800]

    def test_a_window_settles_its_own_incentives_alone(self, tmp_path: Path) -> None:
        yearly = incentive("extra", "base: revenue\nper: year\nrate: 1 %\nsettle: year")
        rules = programme(SPLIT, yearly)
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 1), "1000")
        quarter = statements(settled(rules, tmp_path, ledger, Q1))
        year = statements(settled(rules, tmp_path, ledger, YEAR))
        assert [[line.incentive for line in said.lines] for said in (*quarter, *year)] == [
            ["bonus"],
            ["extra"],
        ]

    def test_without_a_window_nothing_is_settled(self, tmp_path: Path) -> None:
        results = calculate(programme(), memory(tmp_path, world("a")), day=Q1.last_day)
        with pytest.raises(NothingSettled):
            statement_table(results)
