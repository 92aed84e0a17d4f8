"""Figures and days, by language."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.cli.voice import Voice
from staffel.core.calendar import Span

EN, DE = Voice(), Voice(language="de")


@pytest.mark.parametrize(
    ("figure", "currency", "english", "german"),
    [
        ("12400", "EUR", "€12,400.00", "12.400,00 €"),
        ("0", "EUR", "€0.00", "0,00 €"),
        ("-0.5", "EUR", "-€0.50", "-0,50 €"),
        ("1234567.8912", "EUR", "€1,234,567.8912", "1.234.567,8912 €"),
        ("99.9000", "GBP", "£99.90", "99,90 £"),
        ("-7.10", "CHF", "CHF -7.10", "-7,10 CHF"),
        ("1000000000000000.0001", "EUR", "€1,000,000,000,000,000.0001", "1.000.000.000.000.000,0001 €"),
    ],
)
def test_money(figure: str, currency: str, english: str, german: str) -> None:
    amount = Decimal(figure)
    assert (EN.money(amount, currency), DE.money(amount, currency)) == (english, german)


@pytest.mark.parametrize(
    ("figure", "english", "german"),
    [("0.035", "3.5%", "3,5 %"), ("1", "100%", "100 %"), ("-0.1", "-10%", "-10 %"), ("0", "0%", "0 %")],
)
def test_percent(figure: str, english: str, german: str) -> None:
    assert (EN.percent(Decimal(figure)), DE.percent(Decimal(figure))) == (english, german)


@pytest.mark.parametrize(
    ("figure", "english", "german"),
    [
        ("12400.50", "12,400.5", "12.400,5"),
        ("0.0000", "0", "0"),
        ("1E+3", "1,000", "1.000"),
        ("-3", "-3", "-3"),
    ],
)
def test_number(figure: str, english: str, german: str) -> None:
    assert (EN.number(Decimal(figure)), DE.number(Decimal(figure))) == (english, german)


def test_days() -> None:
    day = date(2026, 3, 31)
    assert (EN.day(day), DE.day(day)) == ("31 Mar 2026", "31.03.2026")


@pytest.mark.parametrize(
    ("start", "until", "english", "german"),
    [
        ((2026, 3, 1), (2026, 4, 1), "March 2026", "März 2026"),
        ((2026, 1, 1), (2026, 4, 1), "1 Jan 2026 – 31 Mar 2026", "01.01.2026 – 31.03.2026"),
        ((2026, 3, 1), (2026, 3, 2), "1 Mar 2026", "01.03.2026"),
    ],
)
def test_spans(start: tuple[int, int, int], until: tuple[int, int, int], english: str, german: str) -> None:
    span = Span(date(*start), date(*until))
    assert (EN.span(span), DE.span(span)) == (english, german)


def test_a_dash_that_the_screen_can_show() -> None:
    span = Span(date(2026, 1, 1), date(2026, 4, 1))
    assert Voice(unicode=False).span(span) == "1 Jan 2026 - 31 Mar 2026"


def test_lists() -> None:
    assert [EN.listed(["a", "b", "c"]), DE.listed(["a", "b"]), EN.listed(["a"]), EN.listed([])] == [
        "a, b and c",
        "a und b",
        "a",
        "",
    ]
