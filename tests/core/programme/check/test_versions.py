"""Versions of one programme beside each other."""

from dataclasses import replace
from datetime import date

import pytest

from staffel.core.calendar import Span
from staffel.core.programme.check.versions import versions
from tests.forms.conftest import programme
from tests.forms.refused_page import between_versions


@pytest.mark.parametrize(
    ("begins", "codes"),
    [((2027, 1, 1), []), ((2027, 1, 2), ["window-gap"]), ((2026, 12, 31), ["window-overlap"])],
)
def test_one_follows_the_other(begins: tuple[int, int, int], codes: list[str]) -> None:
    first = programme(valid=Span(date(2026, 1, 1), date(2027, 1, 1)))
    later = replace(first, version="2", valid=Span(date(*begins), date(2028, 1, 1)))
    for given in ([first, later], [later, first]):
        assert [finding.code for finding in versions(given)] == codes


def test_each_is_held_against_the_one_that_ends_last() -> None:
    """One of three years, one of its second year, one of its last: both lie inside the first."""
    long = programme(valid=Span(date(2024, 1, 1), date(2027, 1, 1)))
    short, last = (
        replace(long, version=str(year), valid=Span(date(year, 1, 1), date(year + 1, 1, 1)))
        for year in (2025, 2026)
    )
    found = versions([long, short, last])
    assert [(one.code, one.reason.en.split()[2]) for one in found] == [("window-overlap", "1")] * 2


def test_other_programmes_are_no_versions() -> None:
    of = programme()
    assert versions([of, replace(of, name="another")]) == ()


def test_each_file_shows_one() -> None:
    assert {(path.stem, finding.code) for path, finding in between_versions()} == {
        ("gap", "window-gap"),
        ("overlap", "window-overlap"),
    }
