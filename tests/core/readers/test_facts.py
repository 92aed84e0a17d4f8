"""What a report says of itself, and where."""

from datetime import date

import pytest

from staffel.core.calendar import Span
from staffel.core.readers import Fact, ReadReport
from tests.core.readers.layouts import COLUMNS, GERMAN, HEADINGS, as_csv, as_xlsx, notes, read_bytes, sale

JULY = Span(date(2026, 7, 1), date(2026, 8, 1))


def read_with(facts: str, content: bytes) -> ReadReport:
    return read_bytes(content, f"{GERMAN}\nreport: {facts}")


def titled(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode() + as_csv([sale()])


@pytest.mark.parametrize(
    ("facts", "content", "number"),
    [
        ("{number: {fixed: 0815}}", titled(), "0815"),  # YAML reads a number, we do not
        ("{number: {fixed: 2026-08-03}}", titled(), "2026-08-03"),
        ("{number: {fixed: M7}}", titled(), "M7"),
        ('{number: {title: "Meldung (\\\\w+)"}}', titled("Rhein", "Meldung M7 vom August"), "M7"),
        ('{number: {title: "M\\\\d"}}', titled("Rhein M7"), "M7"),  # without a group: all that fits
        ('{number: {file_name: "^(\\\\w+)"}}', titled(), "test"),
        ('{number: {last_lines: "Stand: (\\\\d+)"}}', titled() + b"Stand: 4711\n", "4711"),
    ],
)
def test_places(facts: str, content: bytes, number: str) -> None:
    report = read_with(facts, content)
    assert report.header.number == number
    assert "fact-missing" not in notes(report)


class TestColumns:
    def content(self, *values: str) -> bytes:
        return as_csv([[*sale(), value] for value in values], [*HEADINGS, "Meldung"])

    def test_all_lines_agree(self) -> None:
        report = read_with("{number: {column: Meldung}}", self.content("M7", "M7", ""))
        assert (report.header.number, "Meldung" in report.dropped_columns) == ("M7", False)

    def test_lines_differ(self) -> None:
        report = read_with("{number: {column: Meldung}}", self.content("M7", "M8"))
        assert (report.header.number, "fact-varies" in notes(report)) == (None, True)

    def test_no_line_says_it(self) -> None:
        report = read_with("{number: {column: Meldung}}", self.content("", ""))
        assert (report.header.number, "fact-missing" in notes(report)) == (None, True)


class TestPeriods:
    @pytest.mark.parametrize("said", ["Juli 2026", "2026-07", "01.07.2026 - 31.07.2026"])
    def test_in_a_title(self, said: str) -> None:
        report = read_with('{period: {title: "Zeitraum (.+)"}}', titled(f"Zeitraum {said}"))
        assert report.header.period == JULY

    def test_in_a_sheets_name(self) -> None:
        content = as_xlsx(**{"2026 07": [HEADINGS, sale()]})
        assert read_with('{period: {sheet_name: "(.+)"}}', content).header.period == JULY

    def test_on_a_cover(self) -> None:
        content = as_xlsx(Deckblatt=[["Zeitraum", "07/2026"]], Zahlen=[HEADINGS, sale()])
        assert read_with('{period: {title: "^Zeitraum (.+)"}}', content).header.period == JULY

    def test_that_nobody_knows(self) -> None:
        report = read_with("{period: {fixed: bald}}", titled())
        assert (report.header.period, "period-unreadable" in notes(report)) == (None, True)


class TestWithoutDates:
    MAPPING = 'delimiter: ";"\ndecimal: ","\n' + COLUMNS.replace("  sold_on: Datum\n", "")

    def test_the_last_day_of_the_period(self) -> None:
        report = read_bytes(as_csv([sale()]), f"{self.MAPPING}\nreport: {{period: {{fixed: 2026-07}}}}")
        assert report.rows[0].sold_on == date(2026, 7, 31)
        assert "date-from-period" in notes(report)

    def test_no_period_either(self) -> None:
        report = read_bytes(as_csv([sale()]), self.MAPPING)
        assert [row.finding.code for row in report.refused] == ["date-missing"]


def test_every_fact_has_its_field() -> None:
    header = read_with("{}", titled()).header
    assert all(hasattr(header, fact) for fact in Fact)
    assert (header.number, header.period, header.issued, header.vendor) == (None, None, None, None)
