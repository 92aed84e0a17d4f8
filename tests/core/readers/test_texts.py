"""Names and keys: trimmed and composed, refused when they are dirty or endless."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.readers.refusals import CellRefused
from staffel.core.readers.texts import LONGEST, Cell, LostDigits, is_number, read_ean, read_text, shown


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Köhler & Söhne", "Köhler & Söhne"),
        ("  Leine \u00a0 Computer\te.K. ", "Leine Computer e.K."),
        ("Schulstr. 1\nHintereingang", "Schulstr. 1 Hintereingang"),
        ("Bu\u0308ro", "Büro"),  # letters put together, as some systems write them
        ("01067", "01067"),
        (10021.0, "10021"),
        (4049992001011, "4049992001011"),
        (0.5, "0.5"),
        (True, "TRUE"),
        (date(2026, 7, 28), "2026-07-28"),
        (datetime(2026, 7, 28, 7, 12, tzinfo=UTC), "2026-07-28T07:12:00+00:00"),
        (time(7, 12), "07:12:00"),
        ("", None),
        (" \u00a0 ", None),
        ("-", None),
        ("N/A", None),
        ("#NV", None),
    ],
)
def test_cells(cell: Cell, text: str | None) -> None:
    assert read_text(cell) == text


def test_what_is_no_letter() -> None:
    for text in ("a\0b", "B\udcfcro", "B\ufffdro", "\x1b[31m", "\x7f"):
        with pytest.raises(CellRefused, match="not-in-encoding"):
            read_text(text)


class TestLength:
    def test_at_the_edge(self) -> None:
        assert read_text("x" * LONGEST) == "x" * LONGEST

    @pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "ü" * 1_000_000])
    def test_beyond(self, text: str) -> None:
        with pytest.raises(CellRefused, match="cell-too-long"):
            read_text(text)


class TestEan:
    @pytest.mark.parametrize(
        ("cell", "ean"),
        [
            ("4049992001011", "4049992001011"),
            (4049992001011.0, "4049992001011"),
            ("4 049992 001011", "4049992001011"),
            ("'4049992001011", "4049992001011"),
            ("978-3-16-148410-0", "9783161484100"),
            ("", None),
        ],
    )
    def test_keys(self, cell: Cell, ean: str | None) -> None:
        assert read_ean(cell) == ean

    @pytest.mark.parametrize("cell", ["4,04999E+12", "4.04999E+12", "4E12", "4,05e+012"])
    def test_what_has_lost_its_digits(self, cell: str) -> None:
        assert isinstance(read_ean(cell), LostDigits)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_text(text)
    except CellRefused:
        return
    assert found is None or (found == " ".join(found.split()) and read_text(found) == found)


def test_numbers_by_their_type() -> None:
    assert all(map(is_number, (1, 1.5, -7)))
    assert not any(map(is_number, (True, "1", date(2026, 1, 1))))


def test_what_is_shown_of_a_text_is_the_text() -> None:
    assert shown(" x ") == " x "
