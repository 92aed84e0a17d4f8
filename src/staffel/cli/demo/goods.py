"""Four vendors, what they sell, and four distributors. Prices change each half-year."""

from random import Random

from staffel.cli.demo.kinds import Distributor, Product, Vendor

# family → name of the product, price of one piece in euro from and to, weight in sales, most pieces of a line
_FAMILIES: dict[str, tuple[str, int, int, float, int]] = {
    "server": ("Server", 1_400, 6_800, 3, 2),
    "storage": ("Storage", 900, 4_900, 2.5, 2),
    "service": ("Service pack", 120, 900, 12, 4),
    "notebook": ("Notebook", 540, 1_600, 18, 3),
    "monitor": ("Monitor", 120, 520, 22, 4),
    "accessory": ("Accessory", 12, 140, 60, 12),
    "printer": ("Printer", 260, 2_400, 16, 2),
    "supplies": ("Supplies", 25, 190, 70, 8),
    "firewall": ("Firewall", 320, 3_200, 10, 2),
    "licence": ("Licence", 35, 480, 70, 10),
}
_RANGES: dict[str, dict[str, int]] = {
    "AN": {"server": 8, "storage": 6, "service": 8, "notebook": 12, "monitor": 10, "accessory": 16},
    "IB": {"server": 10, "storage": 8, "service": 6, "accessory": 12},
    "WT": {"printer": 9, "supplies": 24},
    "SI": {"firewall": 10, "licence": 20, "service": 4},
}
_SHORT = {
    "server": "SRV",
    "storage": "STO",
    "service": "SVC",
    "notebook": "NB",
    "monitor": "MON",
    "accessory": "ACC",
    "printer": "PRN",
    "supplies": "SUP",
    "firewall": "FW",
    "licence": "LIC",
}
# The five models that the programme of the third vendor names.
FIVE_MODELS = ("WT-1200", "WT-1400", "WT-2200", "WT-2400", "WT-3300")
_HALF_YEARS = 5
# In percent: what becomes of a price from one half-year to the next.
_CHANGES = (94, 97, 100, 100, 100, 103, 106)

DISTRIBUTORS = (
    Distributor(id="rhein", name="Rhein Distribution", country="DE", layout="rhein"),
    Distributor(id="isar", name="Isar Handelshaus", country="DE", layout="isar"),
    Distributor(id="oder", name="Oder Supply", country="DE", layout="oder"),
    Distributor(id="aare", name="Aare Vertrieb", country="CH", layout="aare"),
)
# (distributor, vendor, share of the market's lines)
PAIRS = (
    ("rhein", "aurora-networks", 0.26),
    ("isar", "aurora-networks", 0.19),
    ("oder", "aurora-networks", 0.15),
    ("rhein", "ibex-systems", 0.16),
    ("aare", "wagtail-imaging", 0.10),
    ("oder", "siskin-security", 0.14),
)


def vendors(rng: Random) -> tuple[Vendor, ...]:
    """The four, each with its products."""
    told = (
        ("aurora-networks", "Aurora Networks", "aurora", "EUR", "AN"),
        ("ibex-systems", "Ibex Systems", "ten-up", "EUR", "IB"),
        ("wagtail-imaging", "Wagtail Imaging", "kickback", "CHF", "WT"),
        ("siskin-security", "Siskin Security", "year-kick", "EUR", "SI"),
    )
    return tuple(
        Vendor(
            id=id_, title=title, programme=programme, currency=currency, products=_products(id_, prefix, rng)
        )
        for id_, title, programme, currency, prefix in told
    )


def _products(vendor: str, prefix: str, rng: Random) -> tuple[Product, ...]:
    found: list[Product] = []
    for family, count in _RANGES[prefix].items():
        for at in range(count):
            number = _number(prefix, family, at)
            ean = f"40{len(vendor):02}{len(found):03}{rng.randrange(10**5):05}0"
            found.append(_product(vendor, number, ean, family, at, rng))
    return tuple(found)


def _number(prefix: str, family: str, at: int) -> str:
    if family == "printer" and at < len(FIVE_MODELS):
        return FIVE_MODELS[at]
    return f"{prefix}-{_SHORT[family]}-{100 + 10 * at}"


def _product(vendor: str, number: str, ean: str, family: str, at: int, rng: Random) -> Product:
    name, low, high, weight, most = _FAMILIES[family]
    price = rng.randrange(low * 100, high * 100)
    prices = [price - price % 10]
    for _ in range(_HALF_YEARS - 1):
        prices.append(prices[-1] * rng.choice(_CHANGES) // 100)
    return Product(
        id=number.lower(),
        vendor=vendor,
        number=number,
        ean=ean,
        name=f"{name} {number.rpartition('-')[2]}",
        family=family,
        prices=tuple(prices),
        popular=weight / (at + 2),
        most=most,
    )
