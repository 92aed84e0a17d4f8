"""The partners of the market: few large ones, many small; they join, merge and leave.

Weights are lognormal by quantile, so that the largest fifth makes about four fifths whatever the seed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp
from random import Random
from statistics import NormalDist

from staffel.cli.demo.goods import DISTRIBUTORS, vendors
from staffel.cli.demo.kinds import (
    DEALER,
    ETAILER,
    SERVICE_PROVIDER,
    SYSTEM_HOUSE,
    Distributor,
    Partner,
    Vendor,
)
from staffel.cli.demo.names import firm_names, legal_form, place_name
from staffel.core.calendar import Span, add_months

SEED = 2026
BEGINS = date(2024, 11, 1)
MONTHS = 24
UNTIL = add_months(BEGINS, MONTHS)
SINCE = date(2024, 1, 1)
# The partner whose story the demo tells.
HERO = "moorweide-systemhaus"
_SPREAD = 1.6
_KINDS = ((SYSTEM_HOUSE, 0.36), (DEALER, 0.50), (SERVICE_PROVIDER, 0.10), (ETAILER, 0.04))
_SWISS = "wagtail-imaging"


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Who takes part. lines: how many are sold in all; month_count: in how many months, up to UNTIL."""

    seed: int
    lines: int
    month_count: int
    vendors: tuple[Vendor, ...]
    distributors: tuple[Distributor, ...]
    partners: tuple[Partner, ...]

    def vendor(self, name: str) -> Vendor:
        """The vendor of this id."""
        return next(vendor for vendor in self.vendors if vendor.id == name)

    @property
    def months(self) -> Iterator[Span]:
        """The months of reports."""
        for at in range(MONTHS - self.month_count, MONTHS):
            yield Span(add_months(BEGINS, at), add_months(BEGINS, at + 1))


def made_market(
    *, partners: int = 400, lines: int = 300_000, months: int = MONTHS, seed: int = SEED
) -> Market:
    """A market of this size."""
    rng = Random(seed)
    sold = vendors(rng)
    return Market(
        seed=seed,
        lines=lines,
        month_count=months,
        vendors=sold,
        distributors=DISTRIBUTORS,
        partners=tuple(_with_mergers(list(_partners(partners, sold, rng)), rng)),
    )


def _partners(count: int, sold: Sequence[Vendor], rng: Random) -> Iterator[Partner]:
    weights = [exp(_SPREAD * NormalDist().inv_cdf((at + 0.5) / count)) for at in range(count)]
    rng.shuffle(weights)
    names = {kind: firm_names(kind, rng) for kind, _ in _KINDS}
    for kind in names:
        names[kind] = [name for name in names[kind] if _id(name) != HERO]
    yield _hero(sold)
    serials = rng.sample(range(10_000, 100_000), count)
    for serial, weight in zip(serials, weights[1:], strict=False):
        kind = rng.choices([kind for kind, _ in _KINDS], [share for _, share in _KINDS])[0]
        kind = kind if names[kind] else DEALER
        yield _partner(names[kind].pop(), serial, kind, weight, sold, rng)


def _partner(
    name: str, serial: int, kind: str, weight: float, sold: Sequence[Vendor], rng: Random
) -> Partner:
    country = rng.choices(("DE", "AT", "CH"), (74, 10, 16))[0]
    begins = SINCE if rng.random() < 0.85 else add_months(BEGINS, rng.randrange(2, 20))
    leaves = add_months(BEGINS, rng.randrange(10, 23)) if rng.random() < 0.05 else None
    if leaves is not None and leaves <= begins:
        leaves = None
    buys = _buys(country, sold, rng)
    return Partner(
        id=_id(name),
        serial=serial,
        name=f"{name} {legal_form(country, rng)}",
        kind=kind,
        country=country,
        place=place_name(rng),
        size="small" if weight < 3 else "medium" if weight < 10 else "large",
        weight=weight,
        growth=min(0.02, max(-0.02, rng.gauss(0.002, 0.01))),
        vendors=buys,
        enrolled=dict(_enrolments(buys, sold, begins, leaves, rng)),
        buys_from=begins,
        buys_until=leaves,
    )


def _buys(country: str, sold: Sequence[Vendor], rng: Random) -> dict[str, float]:
    """Whose goods it sells, and how much of each. The Swiss sell the Swiss distributor's vendor."""
    shares = {"aurora-networks": 0.72, "ibex-systems": 0.5, "siskin-security": 0.5}
    shares[_SWISS] = 0.95 if country == "CH" else 0.04
    found = {vendor.id: rng.uniform(0.4, 1.0) for vendor in sold if rng.random() < shares[vendor.id]}
    return found or {"aurora-networks": 1.0}


def _enrolments(
    buys: dict[str, float], sold: Sequence[Vendor], begins: date, leaves: date | None, rng: Random
) -> Iterator[tuple[str, tuple[date, date | None]]]:
    """Most who buy take part; some never enrolled, some did so after they had begun to buy."""
    for vendor in sold:
        if vendor.id in buys and rng.random() < 0.84:
            late = rng.random() < 0.12
            start = add_months(max(begins, BEGINS), rng.randrange(1, 14)) if late else begins
            if leaves is None or start < leaves:
                yield vendor.programme, (start, leaves)


def _with_mergers(partners: list[Partner], rng: Random) -> list[Partner]:
    """Three of the smaller ones become part of others."""
    plain = [at for at, one in enumerate(partners) if one.buys_until is None and one.id != HERO]
    for away, into in zip(*[iter(rng.sample(plain, min(6, len(plain) // 2 * 2)))] * 2, strict=True):
        small, large = sorted((away, into), key=lambda at: partners[at].weight)
        day = add_months(BEGINS, rng.randrange(14, 22))
        partners[small] = _merged(partners[small], partners[large].id, day)
    return partners


def _merged(partner: Partner, into: str, day: date) -> Partner:
    return replace(partner, same_as=(into, day))


def _hero(sold: Sequence[Vendor]) -> Partner:
    """A system house of middle size on its way up, with a colleague's certificate about to lapse."""
    return Partner(
        id=HERO,
        serial=10_021 - 22,
        name="Moorweide Systemhaus GmbH",
        kind=SYSTEM_HOUSE,
        country="DE",
        place="Weiherau",
        size="medium",
        weight=0.95,
        growth=0.02,
        vendors={"aurora-networks": 0.9, "ibex-systems": 0.5, "siskin-security": 0.3},
        enrolled={vendor.programme: (SINCE, None) for vendor in sold if vendor.id != _SWISS},
        buys_from=SINCE,
        buys_until=None,
    )


def _id(name: str) -> str:
    return name.lower().replace(" ", "-").replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
