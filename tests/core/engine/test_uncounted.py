"""What a close does not count: waiting lines, refused rows, months without a report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.calendar import Span
from staffel.core.engine.uncounted import Uncounted, amount_of, days_name, findings_of, uncounted_of
from staffel.core.ledger import Store, current_state, load
from staffel.core.programme.model import Programme, Take
from tests.core.engine.cases import Q1, Q2, incentive, programme
from tests.core.ledger.market import APRIL, AT, MARCH, header, line, made_store, took

MONTH = Span(MARCH, APRIL)
JANUARY, FEBRUARY = Span(date(2026, 1, 1), date(2026, 2, 1)), Span(date(2026, 2, 1), MARCH)
FROM_2026 = {"distributor_id": "rhein", "reports_from": "2026-01-01", "holds_from": "2020-01-01"}


@pytest.fixture
def rules() -> Programme:
    return programme(head={"vendor": "aurora"})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Rhein reports from January on."""
    store = made_store(tmp_path)
    assert load(store, "distributors", [FROM_2026], at=AT).written == 1
    return store


def seen(
    store: Store, rules: Programme, window: Span = Q1
) -> list[tuple[str, str, str, int, dict[str, str]]]:
    found = uncounted_of(current_state(store), rules, window)
    return [
        (
            one.distributor_id,
            days_name(one.days),
            one.fate,
            one.lines,
            {c: str(n) for c, n in one.net.items()},
        )
        for one in found
    ]


def selling_in(rules: Programme) -> Programme:
    """These rules, with a measure of sell-in beside them."""
    (revenue,) = [one for one in rules.measures if one.name == "revenue"]
    assert isinstance(revenue.measure, Take)
    bought = replace(revenue, name="bought", measure=replace(revenue.measure, source="sell_in"))
    return replace(rules, measures=(*rules.measures, bought))


def told(store: Store, rules: Programme, *, strict: bool = False, window: Span = Q1) -> list[str]:
    found = uncounted_of(current_state(store), rules, window)
    return [f"{one.severity}: {one.say()}" for one in findings_of(found, rules, window, strict=strict)]


class TestLines:
    def test_waiting_by_distributor_and_month_with_their_sums(self, store: Store, rules: Programme) -> None:
        unknown = {"partner_number": "9"}
        took(
            store,
            [
                line(1),
                line(2, "10.00", **unknown),
                line(3, "5.50", **unknown, currency="CHF"),
                line(4, "2.00", product_vendor_number="AU-999"),
                line(5, "1.00", **unknown, sold_on=date(2026, 4, 1)),
            ],
        )
        march = ("rhein", "2026-03", "waiting", 3, {"CHF": "5.5000", "EUR": "12.0000"})
        assert march in seen(store, rules)
        assert [each for each in seen(store, rules) if each[2] == "waiting"] == [march]

    def test_of_another_vendor_or_a_source_that_nobody_asks(self, store: Store, rules: Programme) -> None:
        unknown = {"product_vendor_number": "AU-999"}
        took(store, [line(1, **unknown)], header(vendor_id="boreal"))
        took(store, [line(2, **unknown)], header(kind="sell_in"))
        assert not [each for each in seen(store, rules) if each[2] == "waiting"]

    def test_those_from_before_the_window_are_one_sum(self, store: Store, rules: Programme) -> None:
        days = (date(2025, 11, 3), date(2025, 12, 1), date(2026, 3, 1))
        took(store, [line(n, "1.00", partner_number="9", sold_on=day) for n, day in enumerate(days)])
        found = [each[1:4] for each in seen(store, rules) if each[2] == "waiting"]
        assert found == [("2025-11..2025-12", "waiting", 2), ("2026-03", "waiting", 1)]

    def test_sell_in_stands_apart_from_sell_out(self, store: Store, rules: Programme) -> None:
        """One sale can be in both; a sum of the two would be money that nobody turned over."""
        both = selling_in(rules)
        took(store, [line(1, "10.00", partner_number="9"), line(2, "3.00", currency=None)])
        took(
            store,
            [line(1, "20.00", product_vendor_number="AU-9"), line(2, "4.00", currency=None)],
            header(kind="sell_in", digest="d2"),
        )
        found = uncounted_of(current_state(store), both, Q1)
        lines = [(one.fate, one.source, one.lines, one.net) for one in found if one.lines]
        assert lines == [
            ("refused", "sell_in", 1, {"": Decimal("4.00")}),
            ("refused", "sell_out", 1, {"": Decimal("3.00")}),
            ("waiting", "sell_in", 1, {"EUR": Decimal("20.00")}),
            ("waiting", "sell_out", 1, {"EUR": Decimal("10.00")}),
        ]
        said = [one for one in findings_of(found, both, Q1, strict=False) if one.code == "lines-wait"]
        assert [one.reason.en.partition(" and counted")[0] for one in said] == [
            "Reported by rhein as sell-in",
            "Reported by rhein as sell-out",
        ]
        assert [one.reason.de.partition(" und nirgends")[0] for one in said] == [
            "Von rhein als Sell-in gemeldet",
            "Von rhein als Sell-out gemeldet",
        ]
        assert ["€20" in one.reason.en for one in said] == [True, False]

    def test_a_refused_row_of_a_report_over_two_windows_is_told_in_both(
        self, store: Store, rules: Programme
    ) -> None:
        """Nobody can say of a row that was not read on which day it was sold."""
        span = {"period_start": MARCH, "period_until": date(2026, 5, 1)}
        took(store, [line(1), line(2, "7.25", currency=None)], header(**span))
        for window in (Q1, Q2):
            (one,) = [each for each in seen(store, rules, window) if each[2] == "refused"]
            assert one == ("rhein", "2026-03..2026-04", "refused", 1, {"": "7.25"})

    def test_refused_rows_by_their_report(self, store: Store, rules: Programme) -> None:
        took(store, [line(1), line(2, "7.25", currency=None)])
        assert ("rhein", "2026-03", "refused", 1, {"": "7.25"}) in seen(store, rules)

    def test_a_row_of_a_report_that_was_replaced_is_past(self, store: Store, rules: Programme) -> None:
        took(store, [line(1), line(2, currency=None)])
        took(store, [line(1), line(2)], header(digest="d2", replaces=True))
        assert not [each for each in seen(store, rules) if each[2] == "refused"]

    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("100", "100"),
            ("-100,5", "-100.5"),
            ("1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1.234.567,00", "1234567.00"),
            ("0.1234", "0.1234"),
            ("1.234", None),
            ("1,234", None),
            ("1,5,0", None),
            ("1e400", None),
            ("NaN", None),
            ("", None),
        ],
    )
    def test_an_amount_is_read_only_where_it_is_plain(self, text: str, amount: str | None) -> None:
        assert amount_of(text) == (None if amount is None else Decimal(amount))

    def test_an_amount_that_is_not_is_counted(self, store: Store, rules: Programme) -> None:
        took(store, [line(1), line(2, "1.234", currency=None)])
        (one,) = [each for each in uncounted_of(current_state(store), rules, Q1) if each.fate == "refused"]
        assert (one.lines, one.net, one.unread) == (1, {}, 1)


class TestMonths:
    def test_owed_and_not_there_or_only_in_part(self, store: Store, rules: Programme) -> None:
        took(store, [line(1)], header(period_start=date(2026, 3, 10)))
        assert seen(store, rules) == [
            ("rhein", "2026-03", "in_part", 0, {}),
            ("rhein", "2026-01", "missing", 0, {}),
            ("rhein", "2026-02", "missing", 0, {}),
        ]

    def test_nothing_is_owed_before_the_first_month(self, store: Store, rules: Programme) -> None:
        load(store, "distributors", [FROM_2026 | {"reports_from": "2026-03-01"}], at=AT)
        took(store, [line(1)])
        assert seen(store, rules) == []

    def test_whoever_never_reported_this_vendor_owes_it_nothing(self, store: Store, rules: Programme) -> None:
        took(store, [line(1)], header(vendor_id="boreal"))
        assert seen(store, rules) == []

    def test_whoever_never_reported_anything_does(self, store: Store, rules: Programme) -> None:
        assert [each[1:3] for each in seen(store, rules)] == [
            ("2026-01", "missing"),
            ("2026-02", "missing"),
            ("2026-03", "missing"),
        ]

    def test_without_a_first_month_it_is_not_known(self, tmp_path: Path, rules: Programme) -> None:
        store = made_store(tmp_path)
        took(
            store,
            [line(1, sold_on=date(2026, 2, 1))],
            header(period_start=FEBRUARY.start, period_until=MARCH),
        )
        assert [each[:3] for each in seen(store, rules)] == [
            ("rhein", "2026-01", "unknown"),
            ("rhein", "2026-03", "unknown"),
        ]

    def test_a_programme_that_asks_no_sell_out_owes_none(self, store: Store) -> None:
        people = incentive(
            "people",
            "base: engineers\nper: quarter\nscale: {kind: retroactive, steps: [{from: 0, per_unit: 1}]}",
        )
        rules = programme(people, head={"vendor": "aurora"})
        asked = tuple(one for one in rules.measures if one.name == "engineers")
        assert seen(store, replace(rules, measures=asked)) == []


class TestFindings:
    def test_say_who_what_and_how_much(self, store: Store, rules: Programme) -> None:
        took(store, [line(1), line(2, "1234.50", partner_number="9"), line(3, "7.00", currency=None)])
        missing, refused, waiting = told(store, rules)
        assert missing == (
            "warning: rhein has reported nothing to aurora for 2026-01, 2026-02. Import the report. "
            "What comes after the close is settled with the next window. [report-missing]"
        )
        assert refused.startswith(
            "warning: Reported by rhein as sell-out and counted nowhere, because these rows were refused: "
            "1 of 2026-03 (7). Import the corrected report with `--replaces`"
        )
        assert waiting.startswith(
            "warning: Reported by rhein as sell-out and counted nowhere, because their partner or product is "
            "not known: 1 of 2026-03 (€1,234.50). Load who and what they are"
        )

    def test_in_german(self, store: Store, rules: Programme) -> None:
        took(store, [line(1), line(2, "1234.50", partner_number="9")])
        found = uncounted_of(current_state(store), rules, Q1)
        (waiting,) = [one for one in findings_of(found, rules, Q1, strict=False) if one.code == "lines-wait"]
        assert "1 aus 2026-03 (1.234,50 €)" in waiting.say("de")

    def test_strictly_they_refuse(self, store: Store, rules: Programme) -> None:
        took(store, [line(1, partner_number="9"), line(2, currency=None)])
        assert [each.partition(":")[0] for each in told(store, rules, strict=True)] == ["error"] * 3

    def test_what_is_older_than_the_window_refuses_nothing(self, store: Store, rules: Programme) -> None:
        took(store, [line(1), line(2, partner_number="9", sold_on=date(2025, 12, 1))])
        waiting = [each for each in told(store, rules, strict=True) if "lines-wait" in each]
        assert [each.partition(":")[0] for each in waiting] == ["warning"]
        assert "1 of 2025-12, before this window (€100)" in waiting[0]

    def test_nothing_left_out_says_nothing(self, rules: Programme) -> None:
        assert list(findings_of((), rules, Q1, strict=True)) == []


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (MONTH, "2026-03"),
        (Q1, "2026-01..2026-03"),
        (Span(MARCH, date(2026, 3, 16)), "2026-03-01..2026-03-15"),
    ],
)
def test_days_by_name(days: Span, name: str) -> None:
    assert days_name(days) == name


def test_a_month_of_none_has_no_lines() -> None:
    one = Uncounted(distributor_id="d", source="sell_out", days=JANUARY, fate="missing")
    assert (one.lines, one.net, one.unread) == (0, {}, 0)
