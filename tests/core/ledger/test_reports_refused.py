"""A report of which nothing can be taken is refused whole, each time with its reasons; it can come again."""

from datetime import date
from pathlib import Path

import pytest

from staffel.core.calendar import Span
from staffel.core.findings import Finding, Text
from staffel.core.ledger import RefusedRow, Store, coverage, current_state, log, refused_rows
from tests.core.ledger.market import APRIL, LATER, MARCH, header, line, made_store, sold, took

MISREAD = Text(en="No day.", de="Kein Tag.")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


def misread(*numbers: int) -> list[RefusedRow]:
    """Rows that a wrong mapping made unreadable."""
    finding = Finding(code="date-not-in-calendar", reason=MISREAD, way_out=MISREAD)
    return [RefusedRow(row=number, finding=finding) for number in numbers]


class TestOfWhichNothingCanBeTaken:
    def test_is_not_reported(self, store: Store) -> None:
        outcome = took(store, [], refused=misread(1, 2))
        assert (outcome.commit_no, outcome.refused) == (None, 2)
        assert [finding.code for finding in outcome.findings] == ["report-none-taken"]
        assert (store.last_commit_no, refused_rows(store), log(store)[-1].report) == (3, (), None)
        assert coverage(current_state(store), until=APRIL) == ()

    def test_says_its_reasons_each_time(self, store: Store) -> None:
        first, second = (took(store, [], refused=misread(1, 2)) for _ in range(2))
        assert first == second

    def test_comes_in_once_the_mapping_is_right(self, store: Store) -> None:
        took(store, [], refused=misread(1, 2))
        assert took(store, [line(1), line(2)]).taken == 2

    def test_replaces_nothing(self, store: Store) -> None:
        """A replacement read by the wrong mapping does not take back what it was to replace."""
        took(store, [line(1)])
        assert took(store, [], header(replaces=True), refused=misread(1)).commit_no is None
        assert len(sold(store)) == 1

    def test_nor_do_lines_that_are_known_otherwise(self, store: Store) -> None:
        took(store, [line(1)])
        outcome = took(store, [line(1, "5.00")], header(number="2"))
        assert (outcome.commit_no, [row.finding.code for row in outcome.refused_rows]) == (
            None,
            ["line-known-otherwise"],
        )

    def test_without_any_row_it_is_a_report(self, store: Store) -> None:
        """Nothing was sold, and that is what it says."""
        assert took(store, []).commit_no == 4


class TestKnownAlready:
    def test_says_again_what_was_refused(self, store: Store) -> None:
        took(store, [line(1)])
        lines = [line(1, "5.00"), line(2), line(3, currency=None)]
        first = took(store, lines, header(number="2"), refused=misread(9))
        again = took(store, lines, header(number="2"), refused=misread(9))
        assert (again.already_known, again.commit_no, again.refused) == (True, first.commit_no, 3)
        assert again.refused_rows == first.refused_rows


class TestReplaced:
    def test_its_refused_rows_are_marked(self, store: Store) -> None:
        took(store, [line(1)], refused=misread(7))
        took(store, [line(1), line(2)], header(replaces=True), refused=misread(8), at=LATER)
        assert [(row.row, row.replaced, row.period) for row in refused_rows(store)] == [
            ("7", True, Span(MARCH, APRIL)),
            ("8", False, Span(MARCH, APRIL)),
        ]


def test_days_are_those_of_the_lines(store: Store) -> None:
    """A report of nothing but late lines is taken, with a word on its period."""
    outcome = took(store, [line(1, sold_on=date(2026, 2, 27))])
    assert (outcome.taken, [finding.code for finding in outcome.findings]) == (1, ["period-holds-no-line"])
