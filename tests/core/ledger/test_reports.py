"""One report is one commit: what enters, what waits, what is refused, what comes again, what is replaced."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.findings import Finding, Text
from staffel.core.ledger import RefusedRow, ReportedLine, Store, current_state, refused_rows, waiting_lines
from tests.core.ledger.market import APRIL, LATER, MAY, effective, header, line, made_store, sold, took


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


class TestFirstImport:
    def test_lines_enter_in_one_commit(self, store: Store) -> None:
        outcome = took(store, [line(1), line(2, "50.00", partner_number="1002")])
        assert (outcome.commit_no, outcome.taken, outcome.waiting, outcome.refused) == (4, 2, 0, 0)
        assert sold(store, "line_id, revision, partner_id, product_id, net, commit_no") == [
            ("rhein/D1/1", 1, "kern", "server", Decimal("100.0000"), 4),
            ("rhein/D1/2", 1, "moor", "server", Decimal("50.0000"), 4),
        ]

    def test_a_report_without_lines_is_a_commit_too(self, store: Store) -> None:
        outcome = took(store, [])
        assert (outcome.commit_no, outcome.taken) == (4, 0)
        assert current_state(store).state_id == "s-000004"

    def test_a_line_without_document_is_known_by_report_and_row(self, store: Store) -> None:
        took(store, [line(7, invoice_no=None, document_row=None)])
        assert sold(store, "line_id") == [("rhein/aurora/sell_out/2026-03/7",)]

    def test_a_slash_in_a_document_parts_nothing(self, store: Store) -> None:
        took(
            store, [line(1, invoice_no="A/B", document_row="C"), line(2, invoice_no="A", document_row="B/C")]
        )
        assert sold(store, "line_id") == [("rhein/A%2FB/C",), ("rhein/A/B%2FC",)]

    def test_large_amounts_keep_their_cents(self, store: Store) -> None:
        took(store, [line(1, "1000000000000000.0001"), line(2, "-999999999999999.9999")])
        assert sold(store, "net") == [
            (Decimal("-999999999999999.9999"),),
            (Decimal("1000000000000000.0001"),),
        ]

    def test_sell_in_needs_no_partner(self, store: Store) -> None:
        outcome = took(store, [line(1, partner_number=None)], header(kind="sell_in"))
        assert (outcome.taken, outcome.waiting) == (1, 0)


class TestSameReportAgain:
    def test_nothing_is_written(self, store: Store) -> None:
        took(store, [line(1)])
        again = took(store, [line(1)])
        assert (again.already_known, again.commit_no, again.taken) == (True, 4, 0)
        assert store.last_commit_no == 4

    def test_its_figures_may_be_written_otherwise(self, store: Store) -> None:
        took(store, [line(1, "100")])
        assert took(store, [line(1, "100.00")], header(digest="other file")).already_known

    def test_other_content_is_refused(self, store: Store) -> None:
        took(store, [line(1)])
        outcome = took(store, [line(1, "90.00")])
        assert [finding.code for finding in outcome.findings] == ["report-known-otherwise"]
        assert (outcome.commit_no, store.last_commit_no) == (None, 4)

    def test_its_rows_under_another_number_are_refused(self, store: Store) -> None:
        lines = [line(1, invoice_no=None, document_row=None)]
        took(store, lines)
        outcome = took(store, lines, header(number="77"))
        assert [finding.code for finding in outcome.findings] == ["report-under-other-name"]


class TestReplacement:
    def test_reverses_what_it_changes_and_leaves_out(self, store: Store) -> None:
        took(store, [line(1), line(2, "50.00"), line(3, "7.00")])
        outcome = took(store, [line(1), line(2, "60.00")], header(replaces=True), at=LATER)
        assert (outcome.taken, outcome.repeated, outcome.withdrawn) == (1, 1, 2)
        assert sold(store, "line_id, revision, reverses, net, quantity, sold_on, commit_no") == [
            ("rhein/D1/1", 1, None, Decimal("100.0000"), Decimal("1.0000"), date(2026, 3, 5), 4),
            ("rhein/D1/2", 1, 1, Decimal("-50.0000"), Decimal("-1.0000"), date(2026, 3, 5), 5),
            ("rhein/D1/2", 1, None, Decimal("50.0000"), Decimal("1.0000"), date(2026, 3, 5), 4),
            ("rhein/D1/2", 2, None, Decimal("60.0000"), Decimal("1.0000"), date(2026, 3, 5), 5),
            ("rhein/D1/3", 1, 1, Decimal("-7.0000"), Decimal("-1.0000"), date(2026, 3, 5), 5),
            ("rhein/D1/3", 1, None, Decimal("7.0000"), Decimal("1.0000"), date(2026, 3, 5), 4),
        ]

    def test_a_line_that_comes_back_takes_the_next_revision(self, store: Store) -> None:
        took(store, [line(1)])
        took(store, [], header(replaces=True))
        took(store, [line(1)], header(replaces=True))
        assert effective(store, ["line_id", "revision", "net"]) == [("rhein/D1/1", 2, Decimal("100.0000"))]

    def test_without_an_earlier_one_is_said(self, store: Store) -> None:
        outcome = took(store, [line(1)], header(replaces=True))
        assert ([finding.code for finding in outcome.findings], outcome.taken) == (["nothing-to-replace"], 1)

    def test_what_another_report_names_too_stays(self, store: Store) -> None:
        took(store, [line(1), line(2)])
        took(store, [line(1), line(3)], header(number="extra"))
        took(store, [line(2)], header(replaces=True))
        assert effective(store, ["line_id"]) == [("rhein/D1/1",), ("rhein/D1/2",), ("rhein/D1/3",)]
        took(store, [line(3)], header(number="extra", replaces=True))
        assert effective(store, ["line_id"]) == [("rhein/D1/2",), ("rhein/D1/3",)]


class TestLinesThatAreKnown:
    def test_the_same_counts_as_repeated(self, store: Store) -> None:
        took(store, [line(1)])
        outcome = took(store, [line(1), line(2)], header(number="2"))
        assert (outcome.taken, outcome.repeated) == (1, 1)

    def test_twice_in_one_report_counts_once(self, store: Store) -> None:
        outcome = took(store, [line(1), line(5, document_row="1")])
        assert (outcome.taken, outcome.repeated) == (1, 1)

    def test_something_else_is_refused_alone(self, store: Store) -> None:
        took(store, [line(1)])
        outcome = took(store, [line(1, "90.00"), line(2)], header(number="2"))
        assert (outcome.taken, outcome.refused) == (1, 1)
        assert [row.code for row in refused_rows(store)] == ["line-known-otherwise"]

    def test_overlapping_periods_are_found(self, store: Store) -> None:
        took(store, [line(1)])
        outcome = took(store, [line(2)], header(period_until=MAY))
        assert [finding.code for finding in outcome.findings] == ["periods-overlap"]
        april = line(3, sold_on=date(2026, 4, 1))
        more = took(store, [april], header(period_start=APRIL, period_until=MAY, number="x"))
        assert [finding.code for finding in more.findings] == ["periods-overlap"]
        assert "--replaces" in more.findings[0].way_out.en


class TestRefusedRows:
    def test_the_others_are_taken(self, store: Store) -> None:
        bad = [
            line(2, currency=None),
            line(3, kind="gift"),
            line(4, net=Decimal("1e400")),
            line(5, sold_on=None),
        ]
        bad += [line(6, order_no="x" * 1_000_000), line(7, net=Decimal("NaN")), line(8, order_no="\ud800")]
        outcome = took(store, [line(1), *bad])
        assert (outcome.taken, outcome.refused) == (1, 7)
        assert [(row.row, row.code) for row in refused_rows(store)] == [
            ("2", "value-missing"),
            ("3", "kind-unknown"),
            ("4", "number-too-large"),
            ("5", "value-missing"),
            ("6", "text-too-long"),
            ("7", "number-unreadable"),
            ("8", "text-unprintable"),
        ]

    def test_strict_refuses_the_whole(self, store: Store) -> None:
        outcome = took(store, [line(1), line(2, currency=None)], strict=True)
        assert (outcome.commit_no, [finding.code for finding in outcome.findings]) == (
            None,
            ["report-refused-whole"],
        )
        assert (store.last_commit_no, refused_rows(store), waiting_lines(store)) == (3, (), ())

    def test_rows_that_the_reader_refused_are_kept(self, store: Store) -> None:
        said = Text(en="No number.", de="Keine Zahl.")
        row = RefusedRow(
            row=9,
            finding=Finding(code="number-unreadable", reason=said, way_out=said),
            cells=(("net", "1,5,0"), ("end_customer", "Anna Adler")),
        )
        took(store, [line(1)], refused=[row], dropped_columns=["Telefon"])
        (kept,) = refused_rows(store)
        assert (kept.code, kept.cells[0]) == ("number-unreadable", ("net", "1,5,0"))
        assert kept.cells[1][1].startswith("e-")


def test_an_empty_period_is_refused(store: Store) -> None:
    outcome = took(store, [ReportedLine(row=1)], header(period_until=header().period_start))
    assert [finding.code for finding in outcome.findings] == ["period-empty"]
