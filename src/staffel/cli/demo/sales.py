"""What the resellers buy: documents of a few lines, more at the quarter's end, some goods come back.

Every pair has a seed of its own, so that its files hang on no other pair's.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from zlib import crc32

from staffel.cli.demo.goods import PAIRS
from staffel.cli.demo.kinds import Distributor, Partner, Product, Reseller, Sold, Vendor
from staffel.cli.demo.market import BEGINS, HERO, Market
from staffel.cli.demo.names import customer_names, person_name
from staffel.core.calendar import Span

# How the year breathes: January to December, the last month of each calendar quarter the strongest.
_SEASON = (0.86, 0.90, 1.26, 0.88, 0.92, 1.18, 0.80, 0.70, 1.20, 0.98, 1.14, 1.42)
_RETURNED = 0.02
_RETURN_NAMES_SALE = 0.6
_LATE_OF_1000 = 8
_UNKNOWN = 0.006
_LINES_OF_A_DOCUMENT = (1, 1, 2, 2, 3, 4, 5)
_STRANGERS = (
    ("Hofladen Rechnerstube", 3.0),
    ("Kontor am Deich", 2.0),
    ("Bürohaus Lindenallee", 1.5),
    ("Werkstatt Bitwerk", 1.0),
    ("Datenmühle Talaue", 1.0),
)
_BASE_GROWTH = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A distributor and a vendor: whom it sells to. share: of the market's lines."""

    distributor: Distributor
    vendor: Vendor
    resellers: tuple[Reseller, ...]
    strangers: tuple[Reseller, ...]
    partners: dict[str, Partner]
    share: float
    seed: str


def pairs_of(market: Market) -> tuple[Pair, ...]:
    """All pairs that report."""
    by_id = {distributor.id: distributor for distributor in market.distributors}
    return tuple(
        _pair(market, by_id[distributor], market.vendor(vendor), share)
        for distributor, vendor, share in PAIRS
    )


def _pair(market: Market, distributor: Distributor, vendor: Vendor, share: float) -> Pair:
    rng = Random(f"{market.seed} {distributor.id} {vendor.id}")
    selling = [name for name, of, _ in PAIRS if of == vendor.id]
    buying = [one for one in market.partners if vendor.id in one.vendors]
    mine = [
        one for one in buying if len(selling) == 1 or distributor.id in _buys_at(one, selling, market.seed)
    ]
    return Pair(
        distributor=distributor,
        vendor=vendor,
        resellers=tuple(_reseller(one, distributor, vendor, market) for one in mine),
        strangers=tuple(_stranger(at, distributor, rng) for at in range(len(_STRANGERS))),
        partners={one.id: one for one in mine},
        share=share,
        seed=f"{market.seed} {distributor.id} {vendor.id}",
    )


def _buys_at(partner: Partner, selling: Sequence[str], seed: int) -> list[str]:
    """Most buy at one distributor, some at two. The one of the story buys at the first two."""
    if partner.id == HERO:
        return list(selling[:2])
    rng = Random(f"{seed} {partner.id} buys at")
    return rng.sample(list(selling), 2 if rng.random() < 0.35 else 1)


def number_of(partner: Partner, distributor: str) -> str:
    """A distributor's own number for a partner; nothing where it goes by names."""
    number = partner.serial
    return {"rhein": f"1{number}", "isar": f"K-{99_999 - number:05}", "oder": f"V{number}"}.get(
        distributor, ""
    )


def _reseller(partner: Partner, distributor: Distributor, vendor: Vendor, market: Market) -> Reseller:
    rng = Random(f"{market.seed} {partner.id} customers")
    count = 3 if partner.id == HERO else min(60, 4 + int(6 * partner.weight**0.5))
    customers = customer_names(1000, Random(market.seed))
    return Reseller(
        partner=partner.id,
        number=number_of(partner, distributor.id),
        name=partner.name,
        place=partner.place,
        weight=partner.weight * partner.vendors[vendor.id],
        growth=partner.growth + _BASE_GROWTH,
        discount={"small": 9, "medium": 15, "large": 21}[partner.size],
        customers=tuple(rng.sample(customers, count)),
    )


def _stranger(at: int, distributor: Distributor, rng: Random) -> Reseller:
    name, weight = _STRANGERS[at]
    number = {"rhein": "19", "isar": "K-9", "oder": "V9"}.get(distributor.id, "")
    return Reseller(
        partner="",
        number=f"{number}{rng.randrange(10**4):04}" if number else "",
        name=name,
        place="Sandau",
        weight=weight,
        growth=0.0,
        discount=5,
        customers=(),
    )


# ------------------------------------------------------------------------------ a month of a pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Draws by weight."""

    of: tuple[object, ...]
    sums: tuple[float, ...]

    @classmethod
    def by(cls, things: Sequence[object], weights: Sequence[float]) -> "Chooser":
        """Of these, by these weights."""
        return cls(of=tuple(things), sums=tuple(accumulate(weights)))

    def draw(self, rng: Random) -> object:
        """One of them."""
        return self.of[bisect(self.sums, rng.random() * self.sums[-1])]


def sold_by_month(market: Market, pair: Pair) -> Iterator[tuple[Span, list[Sold]]]:
    """What each report says: sales of the month, goods that came back, late lines of the one before."""
    before: list[Sold] = []
    for month in market.months:
        own = _sales(pair, month, lines_in(market, pair, month))
        rng = Random(f"{pair.seed} {month.start} after")
        late = [line for line in before if _is_late(line)]
        on_time = [line for line in own if not _is_late(line)]
        yield month, [*on_time, *late, *_returns(pair, month, before, rng)]
        before = own


def lines_in(market: Market, pair: Pair, month: Span) -> int:
    """How many lines a pair sells in a month."""
    whole = sum(_season(each) for each in market.months)
    return max(1, round(market.lines * pair.share * _season(month) / whole))


def _season(month: Span) -> float:
    years = (month.start - BEGINS).days / 365
    return _SEASON[month.start.month - 1] * (1 + 0.06 * years)


def _is_late(line: Sold) -> bool:
    """Whether a document is reported a month late; it hangs on the document alone."""
    return crc32(line.document.encode()) % 1000 < _LATE_OF_1000


def _sales(pair: Pair, month: Span, lines: int) -> list[Sold]:
    rng = Random(f"{pair.seed} {month.start}")
    resellers = _resellers(pair, month)
    products = Chooser.by(pair.vendor.products, [product.popular for product in pair.vendor.products])
    days = _days(month)
    half_year = (month.start.year - 2024) * 2 + (month.start.month > 6) - 1
    found: list[Sold] = []
    number = 0
    prefix = f"{pair.distributor.id[:2].upper()}{month.start:%y%m}"
    while len(found) < lines:
        number += 1
        reseller = resellers.draw(rng)
        assert isinstance(reseller, Reseller)
        day = days.draw(rng)
        assert isinstance(day, date)
        document = f"{prefix}-{pair.vendor.id[0].upper()}{number:05}"
        found += _document(document, day, reseller, products, half_year, pair, rng)
    return found[:lines]


def _document(
    document: str,
    day: date,
    reseller: Reseller,
    products: Chooser,
    half_year: int,
    pair: Pair,
    rng: Random,
) -> Iterator[Sold]:
    customer = rng.choice(reseller.customers) if reseller.customers and rng.random() < 0.7 else ""
    route = "vendor_shop" if rng.random() < 0.22 else "distributor"
    seller = person_name(rng) if rng.random() < 0.3 else ""
    currency = "EUR" if pair.vendor.currency == "EUR" or rng.random() < 0.04 else pair.vendor.currency
    for row in range(1, rng.choice(_LINES_OF_A_DOCUMENT) + 1):
        product = products.draw(rng)
        assert isinstance(product, Product)
        pieces = int(product.most ** rng.random())
        unit = product.prices[half_year] * (100 - reseller.discount - rng.randrange(6)) // 100
        yield Sold(document, row, day, reseller, product, pieces, unit, customer, "", route, currency, seller)


def _resellers(pair: Pair, month: Span) -> Chooser:
    """Who buys in this month, the growing ones more; some numbers that nobody knows."""
    run = (month.start - BEGINS).days / 30
    mine = [one for one in pair.resellers if _buys_then(pair.partners[one.partner], month)]
    weights = [one.weight * (1 + one.growth) ** run for one in mine]
    known = sum(weights)
    strange = sum(one.weight for one in pair.strangers)
    return Chooser.by(
        [*mine, *pair.strangers],
        [*weights, *(known * _UNKNOWN * one.weight / strange for one in pair.strangers)],
    )


def _buys_then(partner: Partner, month: Span) -> bool:
    ends = partner.buys_until
    return partner.buys_from < month.until and (ends is None or month.start < ends)


def _days(month: Span) -> Chooser:
    """Working days; the last week of a calendar quarter three times as busy."""
    days = [month.start + timedelta(days=at) for at in range(month.days)]
    working = [day for day in days if day.weekday() < 5]
    ends_quarter = month.start.month % 3 == 0
    weights = [3.0 if ends_quarter and (month.until - day).days <= 7 else 1.0 for day in working]
    return Chooser.by(working, weights)


def _returns(pair: Pair, month: Span, before: Sequence[Sold], rng: Random) -> Iterator[Sold]:
    """Of last month's goods some come back; more than half of the credit notes name the sale."""
    days = _days(month)
    for line in before:
        if rng.random() >= _RETURNED:
            continue
        day = days.draw(rng)
        assert isinstance(day, date)
        pieces = rng.randint(1, line.quantity)
        named = line.document if rng.random() < _RETURN_NAMES_SALE else ""
        document = f"GS-{line.document}-{line.row}"
        yield line._replace(document=document, row=1, day=day, quantity=-pieces, returns=named)
