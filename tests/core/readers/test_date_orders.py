"""The order of dates, decided by all values of their column; each column for itself."""

from datetime import date

from staffel.core.readers import ReadReport
from tests.core.readers.layouts import COLUMNS, HEADINGS, as_csv, codes, read_bytes, sale

MAPPING = f'delimiter: ";"\ndecimal: ","\n{COLUMNS}  ordered_on: Bestellt\n'


def read_dates(*pairs: tuple[str, str]) -> ReadReport:
    lines = [[*sale(Datum=sold), ordered] for sold, ordered in pairs]
    return read_bytes(as_csv(lines, [*HEADINGS, "Bestellt"]), MAPPING)


def test_each_column_has_its_own() -> None:
    report = read_dates(("07/09/2026", "07/09/2026"), ("28/07/2026", "07/28/2026"))
    assert [(row.sold_on, row.ordered_on) for row in report.rows] == [
        (date(2026, 9, 7), date(2026, 7, 9)),
        (date(2026, 7, 28), date(2026, 7, 28)),
    ]


def test_a_value_far_down_decides() -> None:
    report = read_dates(*[("07/09/2026", "")] * 200, ("07/28/2026", ""))
    assert {row.sold_on for row in report.rows} == {date(2026, 7, 9), date(2026, 7, 28)}


def test_nothing_decides() -> None:
    report = read_dates(("07/09/2026", ""), ("2026-07-09", ""))
    assert codes(report) == ["date-ambiguous"]
    assert report.rows[0].sold_on == date(2026, 7, 9)
