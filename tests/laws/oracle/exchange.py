"""What a currency is worth in the programme's one on a day: rule 47."""

from datetime import date
from fractions import Fraction

from tests.laws.oracle.book import Book


def conversion(book: Book, currency: str, day: date) -> Fraction | None:
    """What one of `currency` is: straight, or over the first third currency that works; rounded nowhere."""
    return book.once(("conversion", currency, day), lambda: _conversion(book, currency, day))


def _conversion(book: Book, currency: str, day: date) -> Fraction | None:
    ours = book.programme.currency
    straight = _leg(book, currency, ours, day)
    if straight is not None:
        return straight
    known = {row[side] for row in book.rows("rates") for side in ("base", "quote")}
    for third in sorted(known - {currency, ours}):
        first, second = _leg(book, currency, third, day), _leg(book, third, ours, day)
        if first is not None and second is not None:
            return first * second
    return None


def _leg(book: Book, base: str, quote: str, day: date) -> Fraction | None:
    """The rate as given, else one over the rate of the other direction."""
    given = _rate(book, base, quote, day)
    if given is not None:
        return given
    other = _rate(book, quote, base, day)
    return None if other is None else 1 / other


def _rate(book: Book, base: str, quote: str, day: date) -> Fraction | None:
    basis = book.programme.rates
    fitting = [
        row
        for row in book.rows("rates")
        if (row["base"], row["quote"], row["basis"]) == (base, quote, basis)
        and _rate_holds(book, basis, row["holds_from"], day)
    ]
    latest = max(fitting, key=lambda row: row["holds_from"], default=None)
    return None if latest is None else Fraction(latest["rate"])


def _rate_holds(book: Book, basis: str, since: date, day: date) -> bool:
    match basis:
        case "day":
            return since <= day
        case "month":
            return (since.year, since.month) == (day.year, day.month)
        case _:
            return since <= book.programme.valid.start
