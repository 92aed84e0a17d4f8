"""The forms of the made-up market: who sells, who buys, what, and what was sold."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

SYSTEM_HOUSE, DEALER, ETAILER, SERVICE_PROVIDER = "system_house", "dealer", "etailer", "service_provider"


class Product(NamedTuple):
    """A product. prices: of one piece in cents, from each half-year on. popular: its weight in sales."""

    id: str
    vendor: str
    number: str
    ean: str
    name: str
    family: str
    prices: tuple[int, ...]
    popular: float
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor. programme: the name of its programme. products: what it sells."""

    id: str
    title: str
    programme: str
    currency: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributor:
    """A distributor. layout: the name of its mapping."""

    id: str
    name: str
    country: str
    layout: str


class Reseller(NamedTuple):
    """Whom a distributor sells to. number: the distributor's own for it. discount: percent off the list.

    customers: whom it sells on to. growth: how much its weight grows a month.
    """

    partner: str
    number: str
    name: str
    place: str
    weight: float
    growth: float
    discount: int
    customers: tuple[str, ...]


class Sold(NamedTuple):
    """A line: unit in cents; quantity below 0 for a return, which names its sale's document or nothing."""

    document: str
    row: int
    day: date
    reseller: Reseller
    product: Product
    quantity: int
    unit: int
    customer: str
    returns: str
    route: str
    currency: str
    seller: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner. serial: the number from which distributors make theirs.

    enrolled: programme → from when until when (none: until further notice).
    """

    id: str
    serial: int
    name: str
    kind: str
    country: str
    place: str
    size: str
    weight: float
    growth: float
    vendors: dict[str, float]
    enrolled: dict[str, tuple[date, date | None]]
    buys_from: date
    buys_until: date | None
    same_as: tuple[str, date] | None = None
