"""Currencies in cells and headings."""

import pytest

from staffel.core.readers.currencies import CODES, currency_in_heading, currency_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR", "EUR"),
        (" usd ", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("Euro", "EUR"),
        ("XYQ", None),
        ("", None),
    ],
)
def test_in_cells(text: str, code: str | None) -> None:
    assert currency_of(text) == code


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Umsatz netto €", "EUR"),
        ("Lagerwert (EUR)", "EUR"),
        ("Werte / Netto / EUR", "EUR"),
        ("Purchase Price (USD)", "USD"),
        ("Amount EUR / USD", None),  # two
        ("ALL SALES", None),  # a word, not Albanian money
        ("Menge", None),
    ],
)
def test_in_headings(heading: str, code: str | None) -> None:
    assert currency_in_heading(heading) == code


def test_codes_are_three_capitals() -> None:
    assert all(len(code) == 3 and code.isupper() for code in CODES)
    assert len(CODES) > 150
