"""Figures as their reader writes them: numbers, money, percent, days and lengths of time.

German: `12.400 €`, `2 %`, `31.03.2026`. English: `€12,400`, `2%`, `31 March 2026`. Money with a fraction
shows at least its cents; nothing is rounded, so that two figures never read alike.
"""

from datetime import date
from decimal import Decimal

from staffel.core.calendar import Span
from staffel.core.findings import Language, Text
from staffel.core.money import written

_SIGNS = {"EUR": "€", "GBP": "£"}
_MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()
_NUMERALS_DE = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_NUMERALS_EN = "no one two three four five six seven eight nine ten eleven twelve".split()


def money(figure: Decimal, currency: str, language: Language) -> str:
    """`12.400 €` or `€12,400`; a currency without a sign is written by its code."""
    text = written(figure, language, 2 if figure % 1 else 0)
    if language == "de":
        return f"{text} {_SIGNS.get(currency, currency)}"
    return f"{_SIGNS[currency]}{text}" if currency in _SIGNS else f"{currency} {text}"


def percent(share: Decimal, language: Language) -> str:
    """A share of 0.035 as `3,5 %` or `3.5%`."""
    text = written(share.scaleb(2), language)
    return f"{text} %" if language == "de" else f"{text}%"


def day(when: date, language: Language) -> str:
    """`31.03.2026` or `31 March 2026`."""
    if language == "de":
        return f"{when:%d.%m.%Y}"
    return f"{when.day} {_MONTHS_EN[when.month - 1]} {when.year}"


def day_of_year(month: int, day_of_month: int, language: Language) -> str:
    """`31. März` or `31 March`."""
    if language == "de":
        return f"{day_of_month}. {_MONTHS_DE[month - 1]}"
    return f"{day_of_month} {_MONTHS_EN[month - 1]}"


def days(span: Span, language: Language) -> str:
    """`vom 01.02.2026 bis zum 30.04.2026` or `from 1 February 2026 to 30 April 2026`, both days in it."""
    pattern = Text(en="from {first} to {last}", de="vom {first} bis zum {last}").say(language)
    return pattern.format(first=day(span.start, language), last=day(span.last_day, language))


def numeral(count: int, language: Language) -> str:
    """A whole number in words up to twelve: `vier`, `four`; `1` is `ein` before a noun without an article."""
    words = _NUMERALS_DE if language == "de" else _NUMERALS_EN
    return words[count] if 0 <= count < len(words) else written(Decimal(count), language)
