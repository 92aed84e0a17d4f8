"""How a worked case is asked: by the oracle, and by the engine beside it; both must say the same.

A case is a programme in core forms, rows made by `tests.laws.facts.Ledger`, and a day.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model import (
    Current,
    Incentive,
    Ladder,
    Level,
    Measure,
    MeasureOf,
    Path,
    Percent,
    Programme,
    Review,
    Scale,
    ScaleKind,
    Step,
    SumOf,
    Take,
    Use,
)
from tests.laws import engine, oracle
from tests.laws.facts import Ledger, day
from tests.laws.oracle import Book

NAMED = Text(en="a name", de="ein Name")
YEARS = Span(date(2024, 1, 1), date(2028, 1, 1))


def take(column: str = "net", **values: Any) -> Take:
    """The sum of a column of the sell-out by the day of sale."""
    own: dict[str, Any] = {"aggregate": SumOf(column=column), "source": "sell_out", "date": "sold_on"}
    return Take(**(own | values))


def use(measure: str = "revenue", over: Any = None, **values: Any) -> Use:
    """A measure by its name."""
    return Use(measure=measure, over=Current() if over is None else over, **values)


def steps(*rows: tuple[object, object], kind: str = "retroactive") -> Scale:
    """Steps from a figure, at a rate (a text such as `0.02`) or with pays of their own."""
    made = []
    for start, pay in rows:
        pays = (Percent(rate=Decimal(str(pay))),) if isinstance(pay, str | int) else pay
        made.append(Step(start=Decimal(str(start)), pays=pays if isinstance(pays, tuple) else (pays,)))
    return Scale(kind=ScaleKind(kind), steps=tuple(made))


def incentive(name: str = "bonus", **values: Any) -> Incentive:
    """A quarterly bonus on the revenue; what is given replaces what it is made of."""
    own: dict[str, Any] = {
        "name": name,
        "title": NAMED,
        "per": Unit.QUARTER,
        "scale": steps((0, "0.02")),
        "base": use("revenue"),
    }
    made = own | values
    return Incentive(**({"settle": made["per"]} | made))


def ladder(*levels: tuple[str, tuple[Any, ...]], review: Review) -> Ladder:
    """Levels with one path each: (name, requirements); with no requirement it always holds."""
    made = []
    for name, wanted in levels:
        paths = (
            wanted
            if wanted and isinstance(wanted[0], Path)
            else (Path(requirements=wanted),)
            if wanted
            else ()
        )
        made.append(Level(name=name, title=NAMED, paths=paths))
    return Ladder(name="level", levels=tuple(made), review=review)


def programme(*incentives: Incentive, measures: dict[str, Measure] | None = None, **values: Any) -> Programme:
    """A programme with the measure `revenue` and those given."""
    every: dict[str, Measure] = {"revenue": take()} | (measures or {})
    own: dict[str, Any] = {
        "name": "p",
        "vendor": "v",
        "title": NAMED,
        "version": "1",
        "valid": YEARS,
        "currency": "EUR",
        "measures": tuple(MeasureOf(name=name, title=NAMED, measure=of) for name, of in every.items()),
        "incentives": incentives,
    }
    return Programme(**(own | values))


def calculate(of: Programme, facts: Ledger, on: str, closing: Span | None = None) -> Book:
    """The case as the oracle sees it, after the engine was asked the same and agreed in all that it says."""
    book = oracle.book(of, facts.tables, day(on))
    engine.agree(book, closing)
    return book


def quarter(year: int, number: int) -> Span:
    """A quarter of the calendar year."""
    start = date(year, 3 * number - 2, 1)
    return Span(start, date(year + number // 4, 3 * number % 12 + 1, 1))


def said(book: Book, partner: str, settled: Span, name: str = "bonus") -> oracle.Statement:
    """What a settlement says to a partner."""
    return oracle.statement(book, settled)[(name, partner)]


def figure(book: Book, measure: Measure, partner: str, window: Span | None = None) -> Any:
    """The figure of a measure, asked by a partner on the book's day in a window, its year to date unless
    given.
    """
    return oracle.figure(book, measure, oracle.Subject("partner", partner), window)


def selling(
    *sales: tuple[str, object], partner: str = "a", facts: Ledger | None = None, **values: Any
) -> Ledger:
    """One enrolled partner with sales: (day, net)."""
    made = facts or Ledger()
    if facts is None:
        made.product("box", "boxes")
    made.enrolled(partner)
    for sold_on, net in sales:
        made.sale(partner, day(sold_on), net, **values)
    return made


def earned(book: Book, partner: str, window: str, name: str = "bonus") -> Decimal:
    """What a partner is entitled to for the window that begins on a day."""
    return oracle.shares(book)[(name, partner, day(window))]


def amount(book: Book, partner: str, window: str, name: str = "bonus") -> Decimal:
    """The exact amount, before it is rounded to coins."""
    return oracle.entitled(book)[(name, oracle.Subject("partner", partner), day(window))].amount


def record(book: Book, partner: str, window: str, name: str = "bonus") -> oracle.Record:
    """All that an incentive came to, step by step."""
    return oracle.entitled(book)[(name, oracle.Subject("partner", partner), day(window))]
