"""What the market's store knows before the first report: partners, products, references and the rest.

Each table is a CSV that a person can open, and load with `staffel load`.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random

from staffel.cli.demo.goods import PAIRS
from staffel.cli.demo.kinds import Partner
from staffel.cli.demo.layouts import article_of
from staffel.cli.demo.market import BEGINS, HERO, MONTHS, SINCE, Market
from staffel.cli.demo.names import person_name
from staffel.cli.demo.sales import number_of
from staffel.core.calendar import add_months

Row = Mapping[str, object]
# Half-years from which a price list holds.
_LISTS = (date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1), date(2026, 7, 1))
_SWISS_PROGRAMME = "kickback"


def write_facts(market: Market, folder: Path) -> list[tuple[str, Path]]:
    """One CSV a table; the tables in the order in which they are loaded."""
    made = []
    for name, rows in tables(market).items():
        path = folder / f"{name}.csv"
        path.write_text(_csv(list(rows)), encoding="utf-8")
        made.append((name, path))
    return made


def tables(market: Market) -> dict[str, Iterator[Row]]:
    """Every table's rows."""
    return {
        "distributors": _distributors(market),
        "products": _products(market),
        "prices": _prices(market),
        "partners": _partners(market),
        "partner_references": _partner_references(market),
        "product_references": _product_references(market),
        "enrolments": _enrolments(market),
        "certifications": _certifications(market),
        "memberships": _memberships(market),
        "targets": _targets(market),
        "rates": _rates(market),
    }


def _csv(rows: Sequence[Row]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _distributors(market: Market) -> Iterator[Row]:
    for one in market.distributors:
        yield {
            "distributor_id": one.id,
            "name": one.name,
            "country": one.country,
            "reports_from": BEGINS if one.country == "DE" else "",
            "rhythm": "month",
            "holds_from": SINCE,
        }


def _products(market: Market) -> Iterator[Row]:
    for vendor in market.vendors:
        for product in vendor.products:
            yield {
                "product_id": product.id,
                "vendor_id": vendor.id,
                "number": product.number,
                "ean": product.ean,
                "name": product.name,
                "family": product.family,
                "holds_from": SINCE,
            }


def _prices(market: Market) -> Iterator[Row]:
    for vendor in market.vendors:
        for product in vendor.products:
            for day, cents in zip(_LISTS, product.prices, strict=True):
                yield {
                    "product_id": product.id,
                    "price": "list",
                    "currency": vendor.currency,
                    "amount": f"{cents // 100}.{cents % 100:02}",
                    "holds_from": day,
                }


def _partners(market: Market) -> Iterator[Row]:
    for one in market.partners:
        row: dict[str, object] = {
            "partner_id": one.id,
            "name": one.name,
            "kind": one.kind,
            "country": one.country,
            "size": one.size,
            "holds_from": SINCE,
        }
        yield row
        if one.same_as is not None:
            into, day = one.same_as
            yield row | {"same_as": into, "holds_from": day}


def _partner_references(market: Market) -> Iterator[Row]:
    """Aare knows its partners by name, the others by a number of their own."""
    for name in dict.fromkeys(distributor for distributor, _, _ in PAIRS):
        for one in market.partners:
            yield {
                "distributor_id": name,
                "number": number_of(one, name) or one.name,
                "partner_id": one.id,
                "holds_from": SINCE,
            }


def _product_references(market: Market) -> Iterator[Row]:
    for product in market.vendor("wagtail-imaging").products:
        yield {
            "distributor_id": "aare",
            "number": article_of(product.number),
            "product_id": product.id,
            "holds_from": SINCE,
        }


def _enrolments(market: Market) -> Iterator[Row]:
    for one in market.partners:
        for programme, (start, until) in one.enrolled.items():
            yield {
                "programme": programme,
                "partner_id": one.id,
                "holds_from": start,
                "holds_until": until or "",
            }


def _certifications(market: Market) -> Iterator[Row]:
    """The larger a partner, the more of its people hold a certificate; some lapse and are not renewed."""
    for one in market.partners:
        if "aurora" not in one.enrolled or one.id == HERO:
            continue
        rng = Random(f"{market.seed} {one.id} certificates")
        for _ in range(min(8, int(rng.random() * 2.4 + one.weight**0.5))):
            yield _certificate(one, person_name(rng), rng.choice(("server-pro", "storage-pro")), rng)
        if one.weight > 3 and rng.random() < 0.4:
            yield _certificate(one, "", "datacenter-specialist", rng)
    for person, until in (("Frauke Gehrke", ""), ("Ole Harms", ""), ("Kaya Ahlers", date(2026, 12, 31))):
        yield {
            "partner_id": HERO,
            "person_id": person,
            "certification": "server-pro",
            "holds_from": SINCE,
            "holds_until": until,
        }


def _certificate(one: Partner, person: str, certification: str, rng: Random) -> Row:
    start = add_months(SINCE, rng.randrange(0, 18))
    lapses = rng.random() < 0.3
    return {
        "partner_id": one.id,
        "person_id": person,
        "certification": certification,
        "holds_from": start,
        "holds_until": add_months(start, rng.choice((12, 24, 30))) if lapses else "",
    }


def _memberships(market: Market) -> Iterator[Row]:
    """Two alliances of small system houses."""
    rng = Random(f"{market.seed} alliances")
    small = [one for one in market.partners if "aurora" in one.enrolled and one.weight < 2 and one.id != HERO]
    chosen = rng.sample(small, min(9, len(small)))
    for at, one in enumerate(chosen):
        yield {
            "kind": "alliance",
            "group_id": "nordbund" if at < len(chosen) // 2 else "talverbund",
            "partner_id": one.id,
            "share": "",
            "holds_from": SINCE,
        }


def _targets(market: Market) -> Iterator[Row]:
    """What the third vendor agreed with each partner for each quarter of 2026."""
    for one in market.partners:
        if _SWISS_PROGRAMME not in one.enrolled:
            continue
        rng = Random(f"{market.seed} {one.id} targets")
        for quarter in range(4):
            start = date(2026, 1 + 3 * quarter, 1)
            yield {
                "programme": _SWISS_PROGRAMME,
                "partner_id": one.id,
                "target": "quarterly",
                "figure": max(1, round(one.weight * rng.uniform(4, 9))) * 1000,
                "holds_from": start,
                "holds_until": add_months(start, 3),
            }


def _rates(market: Market) -> Iterator[Row]:
    """Francs for a euro, month by month."""
    rng = Random(f"{market.seed} rates")
    rate = 9400
    for at in range(MONTHS + 2):
        rate += rng.randrange(-60, 61)
        yield {
            "base": "EUR",
            "quote": "CHF",
            "basis": "month",
            "rate": f"0.{rate}",
            "holds_from": add_months(BEGINS, at),
        }
