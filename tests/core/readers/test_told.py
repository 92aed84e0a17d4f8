"""What sentences quote, as each language writes it."""

from decimal import Decimal

import pytest

from staffel.core.findings import Text
from staffel.core.readers.mapping import Column
from staffel.core.readers.told import (
    figure_told,
    heading_told,
    headings_listed,
    in_words,
    listed,
    quoted,
    sums_told,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a\n b", "a b"), ("x" * 50, "x" * 39 + "…"), ("a\0b", "a␀b"), ("B\udcfc", "B?"), (7, "7")],
)
def test_quotes_are_short_and_on_one_line(value: object, shown: str) -> None:
    assert quoted(value) == shown


@pytest.mark.parametrize(
    ("figure", "places", "en", "de"),
    [
        ("0", 0, "0", "0"),
        ("-0", 0, "0", "0"),
        ("-0.5", 0, "-0.5", "-0,5"),
        ("1000", 0, "1,000", "1.000"),
        ("1334.4", 2, "1,334.40", "1.334,40"),
        ("1334.4567", 2, "1,334.4567", "1.334,4567"),
        ("-12400", 2, "-12,400.00", "-12.400,00"),
        ("1E+3", 0, "1,000", "1.000"),
        ("3000000000000000000000000.3702", 2, *["3" + ",000" * 8 + ".3702", "3" + ".000" * 8 + ",3702"]),
    ],
)
def test_figures(figure: str, places: int, en: str, de: str) -> None:
    assert figure_told(Decimal(figure), places) == Text(en=en, de=de)


@pytest.mark.parametrize(
    ("value", "en", "de"),
    [
        (12345, "12,345", "12.345"),
        (Decimal("0.25"), "0.25", "0,25"),
        ("12345", "12345", "12345"),  # as it stands in the file
        (Text(en="net", de="netto"), "net", "netto"),
        (Column.NET, "net", "net"),
    ],
)
def test_values(value: object, en: str, de: str) -> None:
    assert in_words(value) == Text(en=en, de=de)


@pytest.mark.parametrize(
    ("quantity", "net", "en", "de"),
    [
        ("5", "1334.4", "quantity 5, amount 1,334.40", "Menge 5, Betrag 1.334,40"),
        ("5", None, "quantity 5", "Menge 5"),
        (None, "0", "amount 0.00", "Betrag 0,00"),
        (None, None, "", ""),
    ],
)
def test_sums(quantity: str | None, net: str | None, en: str, de: str) -> None:
    found = sums_told(None if quantity is None else Decimal(quantity), None if net is None else Decimal(net))
    assert found == Text(en=en, de=de)


def test_lists() -> None:
    assert listed([Column.VALUE]) == Text(en="value", de="Wert")
    assert listed([Column.QUANTITY, Column.NET]) == Text(
        en="quantity and net amount", de="Menge und Nettobetrag"
    )


def test_headings_are_whole_so_that_one_can_find_them() -> None:
    long = "Special Pricing Identifier if applicable (as agreed with the vendor)"
    assert heading_told(long) == Text(en=long, de=long)
    assert len(heading_told("x" * 1_000_000).en) == 120


def test_headings_listed() -> None:
    assert headings_listed([]).en == "–"
    assert headings_listed(["Menge\nStk.", "Netto"]).en == "Menge Stk. · Netto"
    assert headings_listed([str(number) for number in range(9)]).de == "0 · 1 · 2 · 3 · 4 · 5 · 6 · 7 · …"
