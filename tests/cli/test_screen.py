"""What a screen shows: figures, days and paths in one piece, whatever its width."""

import io

import pytest

from staffel.cli.as_text import put
from staffel.cli.pages.pieces import facts, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.screen import Screen, console, unbroken


def screen(width: int) -> Screen:
    return console(io.StringIO(), width)


def shown(part: object, width: int) -> list[str]:
    at = screen(width)
    put(at, part)  # type: ignore[arg-type]
    assert isinstance(at.file, io.StringIO)
    return at.file.getvalue().splitlines()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("hätte 131.257,23 € gebracht", ["hätte", "131.257,23 €", "gebracht"]),
        ("of -12.50 CHF", ["of -12.50 CHF"]),
        ("CHF -12.50 more", ["CHF -12.50", "more"]),
        ("since 31 Oct 2026, held", ["since", "31 Oct 2026,", "held"]),
        ("1 Aug 2026 – 31 Oct 2026", ["1 Aug 2026 –", "31 Oct 2026"]),
        ("= €9,150.82 × 1.5%", ["= €9,150.82 × 1.5%"]),
        ("42,9 % von 40 %", ["42,9 %", "von 40 %"]),
        ("12 lines of 3 reports", ["12", "lines", "of 3", "reports"]),
        ("a sentence of words", ["a", "sentence", "of", "words"]),
    ],
)
def test_what_stays_together(text: str, pieces: list[str]) -> None:
    assert [piece.replace("\ue000", " ") for piece in unbroken(text).split()] == pieces


@pytest.mark.parametrize("width", range(20, 40))
def test_no_figure_breaks_in_a_sentence(width: int) -> None:
    lines = shown(sentence("seit dem 1.1. hätte das 131.257,23 € gebracht"), width)
    assert max(map(len, lines)) <= width
    assert sum("131.257,23 €" in line for line in lines) == 1


@pytest.mark.parametrize(("said", "width"), [("80", 80), ("120", 120), ("5", 20), ("", 100), ("wide", 100)])
def test_as_wide_as_columns_says(said: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", said)
    assert console(io.StringIO()).width == width


HEADINGS = (
    Heading(text="for"),
    Heading(text="window"),
    Heading(text="what became of it"),
    Heading(text="moved", right=True),
)
WHY = "not counted: the product belongs to none of the groups that count (aurora.yaml:24:90)"
ROWS = [["Device bonus", "2026-Q3", WHY, ""], ["Device bonus", "2026-Q3", "counted", "€1,008.00"]]


class TestTables:
    def test_as_a_list_where_a_text_would_stand_in_many_lines(self) -> None:
        assert shown(table(HEADINGS, ROWS), 50) == [
            "  Device bonus  window 2026-Q3",
            "    what became of it not counted: the product",
            "    belongs to none of the groups that count",
            "    (aurora.yaml:24:90)",
            "  Device bonus  window 2026-Q3",
            "    what became of it counted  moved €1,008.00",
        ]

    def test_the_sum_is_the_last_of_a_list(self) -> None:
        lines = shown(table(HEADINGS, ROWS, total=["all", "", "", "€1,008.00"]), 50)
        assert lines[-1] == "  all  moved €1,008.00"

    @pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
    def test_never_wider_than_the_screen_and_nothing_torn(self, width: int) -> None:
        lines = shown(table(HEADINGS, ROWS, total=["all", "", "", "€1,008.00"]), width)
        assert max(map(len, lines)) <= width
        for whole in ("(aurora.yaml:24:90)", "€1,008.00", "2026-Q3"):
            assert any(whole in line for line in lines)


class TestFacts:
    DIGEST = "f5410fee7959475272d4916a61180a2dfc13a45cdde25ed8a00e575ede168f5a"

    @pytest.mark.parametrize(
        ("width", "lines"),
        [
            (90, ["  SHA-256        " + DIGEST, "  given figures  0"]),
            (80, ["  SHA-256", "    " + DIGEST, "  given figures  0"]),
            (66, ["  SHA-256", "  " + DIGEST, "  given figures  0"]),
        ],
    )
    def test_what_is_too_long_stands_below(self, width: int, lines: list[str]) -> None:
        assert shown(facts([("SHA-256", self.DIGEST), ("given figures", "0")]), width) == lines

    def test_what_is_longer_than_the_screen_is_whole(self) -> None:
        assert self.DIGEST in "".join(shown(facts([("SHA-256", self.DIGEST)]), 40))
        assert shown(facts([("SHA-256", self.DIGEST)]), 40)[-1] == "  " + self.DIGEST
