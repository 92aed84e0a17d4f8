"""What every part of a drawn programme is drawn with: chance, the market that it is fitted to, the values
noted.

Thresholds are figures that the market really has (or a cent beside them), so that edges are hit and something
is paid. They are found by asking the oracle for the measure alone.
"""

from decimal import Decimal
from random import Random
from typing import Any

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.model import (
    EVERY_ROW,
    All,
    Apart,
    Before,
    Current,
    Different,
    During,
    Exists,
    Filter,
    Form,
    Group,
    Is,
    Last,
    LastYear,
    Length,
    Lines,
    Measure,
    MeasureOf,
    Named,
    Not,
    Programme,
    Registered,
    Rolling,
    Stated,
    SumOf,
    Take,
    ToDate,
    Use,
    Who,
    Window,
    Within,
)
from staffel.core.programme.model import Any as Either
from tests.laws.markets import CERTIFICATES, DISTRIBUTORS, Market
from tests.laws.oracle import Book, Subject, exactly, figures, incentives, windows
from tests.laws.oracle.book import Asked, View
from tests.laws.values import VALUES

NAME = Text(en="a name", de="ein Name")
GROUPS = (
    Group(name="solutions", title=NAME, where=Is(column="product.family", values=("server", "storage"))),
    Group(
        name="rest",
        title=NAME,
        where=All(
            of=(
                Is(column="product.line", values=("l2",)),
                Not(of=Is(column="product.category", values=("k0",))),
            )
        ),
    ),
)
UNITS = (Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.YEAR)
# Tests of one column: by the value of the noun `filter`, the column and what may be asked of it.
LEAVES: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "group": ("product.group", (("solutions",),)),
    "kind": ("kind", (("sale",), ("sale", "return"))),
    "country": ("partner.country", (("DE", "AT"),)),
    "distributor": ("distributor_id", (DISTRIBUTORS[:2],)),
    "route": ("route", (("portal",),)),
    "family": ("product.family", (("server", "notebook"),)),
    "segment": ("partner.segment", (("retail",),)),
    "special price": ("special_price", (("sp1",),)),
    "currency": ("currency", (("EUR",), ("CHF", "USD"))),
    "billing": ("product.billing", (("monthly",),)),
    "customer": ("end_customer.kind", (("firm",), ("public", "person"))),
}
DATES = ("sold_on", "invoiced_on", "ordered_on")
NEAR = ("new", "seen", "order")
LENGTHS = (Length(count=3, unit=Unit.MONTH), Length(count=1, unit=Unit.YEAR), Length(count=45))
FIGURES = (300, 500, 1000, 1500, 2000, 3000)
AMOUNTS = {"money": "net", "pieces": "quantity"}


class Drawing:
    """Draws the parts of one programme. said: the values that the part now drawn has used."""

    def __init__(self, rng: Random, market: Market, valid: Span, rates: str) -> None:
        self.rng = rng
        self.market = market
        self.valid = valid
        self.said: set[str] = set()
        self.measures: dict[str, Measure] = {}
        self.says: dict[str, set[str]] = {}
        self.rates = rates

    def pick(self, noun: str, *among: str) -> str:
        """One of the values of a noun, noted as said."""
        value = self.rng.choice(among or VALUES[noun])
        assert value in VALUES[noun], (noun, value)
        self.said.add(f"{noun}: {value}")
        return value

    def often(self, share: float) -> bool:
        """True in this share of draws."""
        return self.rng.random() < share

    # ------------------------------------------------------------ rows

    def filter_(self) -> Filter:
        """Which rows: all, by one column, or some joined."""
        match self.pick("filter"):
            case "all":
                return EVERY_ROW
            case "not":
                return Not(of=self.leaf())
            case "any":
                return Either(of=(self.leaf(), self.leaf()))
            case which:
                return self.leaf(which)

    def leaf(self, which: str = "") -> Filter:
        """One column has one of some values, or lies somewhere."""
        which = which or self.rng.choice([*LEAVES, "stated", "registered", "apart", "amount", "days", *NEAR])
        match which:
            case "amount":
                return self.amount()
            case "new" | "seen" | "order":
                return self.beside(which)
            case "days":
                return self.days()
            case "apart":
                return Apart(
                    start="ordered_on",
                    end="invoiced_on",
                    comparison=self.rng.choice(["at_most", "below", "above", "at_least"]),
                    figure=Decimal(self.rng.choice([0, 1, 5, 15])),
                )
            case "registered":
                return Registered(ahead=self.rng.choice([None, None, Length(count=10)]))
            case "stated":
                return Stated(column=self.rng.choice(["deal", "special_price"]))
        column, values = LEAVES[which]
        return Is(column=column, values=self.rng.choice(values))

    def beside(self, which: str) -> Filter:
        """A row beside a row: what its end customer bought before, what else its order has."""
        rng = self.rng
        where: Filter = rng.choice([EVERY_ROW, self.leaf(rng.choice([*LEAVES])), self.amount()])
        if which == "order":
            return Exists(same=("order_no",), where=where, reach="same_day", as_of="line")
        return Exists(
            same=rng.choice([("end_customer_id",), ("end_customer_id", "product_id"), ("order_no",)]),
            where=where,
            whose=rng.choice(["this", "any", "any"]),
            length=rng.choice([*LENGTHS, None, self.reach()]),
            as_of=rng.choice(["line", "window"]),
            some=which == "seen",
        )

    def reach(self) -> Length:
        """So long that it begins on the very day of a sale, for a window that begins a quarter."""
        sold = self.rng.choice(self.market.facts.tables["sell_out"])["sold_on"]
        later = [edge for edge in self.market.edges if edge > sold and (edge.day, edge.month % 3) == (1, 1)]
        return Length(count=(later[0] - sold).days if later else 30)

    def days(self) -> Filter:
        """A date lies between two days on which some line has it."""
        column = self.rng.choice(DATES)
        rows = self.market.facts.tables["sell_out"]
        first, last = sorted(self.rng.sample([row[column] for row in rows if row[column] is not None], 2))
        return During(column=column, span=Span(first, last + windows.DAY))

    def amount(self) -> Filter:
        """An amount lies above, below or between figures such as the market has."""
        column = self.rng.choice(["net", "net", "list", "quantity"])
        low, high = sorted(self.rng.sample([1, 2, 5, 8, 12] if column == "quantity" else FIGURES, 2))
        more, less = self.rng.choice(["at_least", "above"]), self.rng.choice(["at_most", "below"])
        tests = (
            Within(column=column, comparison=more, figure=Decimal(low)),
            Within(column=column, comparison=less, figure=Decimal(high)),
        )
        return self.rng.choice([tests[0], tests[1], All(of=tests)])

    def take(self, aggregate: str = "", **values: Any) -> Take:
        """Rows of the sell-out as money, pieces, lines or different customers."""
        aggregate = aggregate or self.pick("aggregate")
        self.said |= {f"aggregate: {aggregate}", "measure: take"}
        form = {"lines": Lines(), "different": Different(key="end_customer_id")}.get(aggregate)
        form = form or SumOf(column=AMOUNTS[aggregate])
        own: dict[str, Any] = {"aggregate": form, "source": self.pick("source", "sell_out")}
        own["date"] = self.pick("date", *DATES) if self.often(0.3) else "sold_on"
        own["inside"] = self.inside(own["date"]) if self.often(0.15) else ()
        own["where"] = self.filter_() if self.often(0.5) else EVERY_ROW
        return Take(**(own | values))

    def inside(self, date: str) -> tuple[str, ...]:
        """One or two dates that must lie in the window too."""
        self.said.add("date: inside")
        others = [one for one in DATES if one != date]
        return tuple(sorted(self.rng.sample(others, self.rng.choice([1, 1, 2]))))

    def certificates(self) -> Take:
        """People who hold one of the certificates."""
        self.pick("source", "certifications")
        where = Is(column="certification", values=CERTIFICATES[: self.rng.choice([1, 2])])
        return Take(
            aggregate=Different(key="person_id"), source="certifications", where=where, date="holds_from"
        )

    # ------------------------------------------------------------ windows

    def window(self) -> Window:
        """Any window."""
        unit = self.rng.choice(UNITS)
        made: dict[str, Window] = {
            "current": Current(),
            "to date": ToDate(unit=unit),
            "last": Last(count=self.rng.choice([1, 2, 4]), unit=self.rng.choice(UNITS[:3])),
            "last closed": Last(count=self.rng.choice([1, 3]), unit=self.rng.choice(UNITS[:2]), closed=True),
            "rolling": Rolling(count=self.rng.choice([1, 2, 12]), unit=Unit.MONTH),
            "before": Before(unit=unit),
            "last year": LastYear(unit=unit),
            "year to date ago": LastYear(unit=Unit.YEAR, to_date=True),
            "named": Named(span=self.span()),
        }
        return made[self.pick("window")]

    def span(self) -> Span:
        """Some months of the market."""
        start = self.market.first + self.rng.randrange(200) * windows.DAY
        return Span(start, start + self.rng.choice([30, 90, 200, 365]) * windows.DAY)

    # ------------------------------------------------------------ figures that the market has

    def use(self, name: str, over: Window | None = None, who: Who = Who.ASKER) -> Use:
        """A measure by its name; what it says is said."""
        self.said |= self.says[name]
        return Use(measure=name, over=over or Current(), who=who)

    def programme(self, **values: Any) -> Programme:
        """The programme so far."""
        own: dict[str, Any] = {
            "name": "aurora",
            "vendor": "v",
            "title": NAME,
            "version": "1",
            "valid": self.valid,
            "currency": "EUR",
            "calendar": self.market.calendar,
            "rates": self.rates,
            "products": GROUPS,
            "measures": tuple(
                MeasureOf(name=name, title=NAME, measure=of) for name, of in self.measures.items()
            ),
        }
        return Programme(**(own | values))

    @exactly
    def samples(self, measure: Measure, per: Unit | Span) -> list[Decimal]:
        """Figures of the measure for partners and windows, positive ones, smallest first."""
        book = Book(self.programme(), self.market.facts.tables, self.market.until)
        view = View(per=per)
        every = (
            [per] if isinstance(per, Span) else windows.units_meeting(self.market.calendar, self.valid, per)
        )
        asked = [
            Asked(Subject("partner", partner), window, min(windows.last_day(window), book.day), view)
            for partner in book.participants()
            for window in every
            if window.start <= book.day
        ]
        chosen = self.rng.sample(asked, min(len(asked), 24))
        found = [figures.number(figures.figure(book, measure, one)) for one in chosen]
        return sorted({of for of in found if of is not None and of > 0})

    def near(self, figure: Decimal, is_share: bool) -> Decimal:
        """The figure itself, or just above or below it."""
        step = Decimal("0.0001") if is_share else Decimal("0.01")
        return max(Decimal(0), figure.quantize(step) + self.rng.choice([0, 0, 0, 1, -1]) * step)

    def threshold(self, measure: Measure, per: Unit | Span, share: float = 0.5) -> Decimal:
        """A figure that about this share of all is below."""
        found = self.samples(measure, per)
        if not found:
            return Decimal(1)
        at = min(len(found) - 1, int(len(found) * share * self.rng.uniform(0.3, 1.4)))
        return self.near(found[at], figures.is_share(Book(self.programme(), {}, self.market.until), measure))


__all__ = ["GROUPS", "NAME", "Drawing", "Form", "incentives"]
