"""A made-up market as large as one asks, in a ledger of its own, written as the ledger writes it.

Heavy-tailed partners (the top 20 % have more than 80 % of the lines), quarter-end peaks, returns of which
half name their sale, firms that join later, certificates. Line `i` is a function of seed and `i` alone, so
that a return can say what its sale was without looking it up. A store is made once and kept in `.work`.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from staffel.core.calendar import Span, add_months
from staffel.core.ledger import Store, load
from staffel.core.ledger.commit import Commit

WORK = Path(__file__).parent / ".work"
VENDOR = "bench-vendor"
DISTRIBUTORS = ("rhein", "isar", "elbe")
FIRST = date(2025, 1, 1)
MADE = datetime(2026, 1, 1, tzinfo=UTC)
SINCE = "2020-01-01"
# A month of business beside an even one, from January: the last of each quarter is the strongest.
SEASON = (8, 9, 13, 8, 9, 13, 7, 8, 13, 9, 11, 17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the market is. certificates: of persons, the larger a partner the likelier it holds one."""

    lines: int
    partners: int = 20_000
    products: int = 5_000
    families: int = 40
    months: int = 24
    certificates: int = 4_000
    seed: int = 1

    @property
    def name(self) -> str:
        """The folder of its store."""
        return f"{self.lines}-lines-{self.partners}-partners-seed-{self.seed}-two-programmes"


def store_of(size: Size, folder: Path = WORK) -> Store:
    """The store of this market: made when it is first asked for."""
    made = folder / size.name
    if not made.exists():
        making = folder / f"{size.name}.part"
        shutil.rmtree(making, ignore_errors=True)
        _make(size, making)
        making.rename(made)
    return Store.open(made)


def _make(size: Size, folder: Path) -> None:
    store = Store.create(folder, at=MADE)
    with duckdb.connect() as db:
        db.execute(_MACROS.format(seed=size.seed, families=size.families, distributors=list(DISTRIBUTORS)))
        db.execute(_PARTNERS.format(partners=size.partners))
        for table, query in _facts(size).items():
            rows = db.sql(query).to_arrow_table().to_pylist()
            found = load(store, table, [{"holds_from": SINCE, **row} for row in rows], at=MADE)
            assert found.written == len(rows), found.findings[:3]
        for number, (month, first, count) in enumerate(_months(size)):
            db.execute(_month_query(size, month, first, count))
            for distributor in DISTRIBUTORS:
                lines = db.sql(f"select * from lines where distributor_id = '{distributor}'")
                _report(store, f"{distributor} {number}", month, lines.to_arrow_table())
    store.close()


def _report(store: Store, reason: str, month: Span, lines: pa.Table) -> None:
    """One report is one commit, on the fifth day after its month."""
    at = datetime(month.until.year, month.until.month, 5, tzinfo=UTC)
    with store.writing():
        commit = Commit.begin(store, at=at, kind="report", reason=reason)
        commit.append("sell_out", {name: lines[name] for name in lines.column_names})
        commit.confirm()


def _months(size: Size) -> Iterator[tuple[Span, int, int]]:
    """Each month with the number of its first line and how many it has."""
    weights = [SEASON[number % 12] for number in range(size.months)]
    ends = [size.lines * sum(weights[: number + 1]) // sum(weights) for number in range(size.months)]
    for number, (first, end) in enumerate(zip([0, *ends], ends, strict=False)):
        yield Span(add_months(FIRST, number), add_months(FIRST, number + 1)), first, end - first


def last_quarter(size: Size) -> Span:
    """The quarter that the bench closes."""
    until = add_months(FIRST, size.months)
    return Span(add_months(until, -3), until)


# ------------------------------------------------------------------------------ as SQL

# chance: a fraction in [0, 1) of a line and a purpose. normal: Box and Muller's way to a bell curve.
_MACROS = """
create macro chance(i, what) as (hash(i, what, {seed}) % 4294967296) / 4294967296;
create macro normal(i, what) as
    sqrt(-2 * ln(1 - chance(i, what || '1'))) * cos(2 * pi() * chance(i, what || '2'));
create macro pick(i, what, n) as cast(floor(chance(i, what) * n) as bigint);
create macro partner_name(p) as 'p' || lpad(p::varchar, 6, '0');
create macro product_name(p) as 'a' || lpad(p::varchar, 5, '0');
create macro family_of(p) as 'f' || lpad((p % {families})::varchar, 2, '0');
create macro distributor(place) as list_extract({distributors}, 1 + place);
create macro line_of(place, i) as distributor(place) || '/R' || i // 4 || '/' || (i % 4 + 1);
create macro price_of(p) as cast(exp(5 + 1.2 * normal(p, 'price')) as decimal(9, 2)) + 1;
"""

# Weights on a lognormal curve; `upto` is the share of the lines up to and with a partner.
_PARTNERS = """
create table partners as
with weighed as (
    select range as partner, exp(1.68 * normal(range, 'weight')) as weight from range({partners})
)
select partner, weight, sum(weight) over (order by partner) / sum(weight) over () as upto from weighed
"""

_LINES = """
create or replace table lines as
with drawn as (
    select range as i, {first} + pick(range, 'sale', {count}) as sale, chance(range, 'kind') < 0.04 as back
    from range({first}, {first} + {count})
), dated as (
    select *, if(back, sale, i) as o, if(back, pick(i, 'later', 15), 0) as later from drawn
), what as (
    select *, pick(o, 'product', {products}) as product, pick(o, 'distributor', {distributors}) as place,
        least(1 + cast(floor(-3 * ln(1 - chance(o, 'pieces'))) as int), 99) * if(back, -1, 1) as pieces,
        cast(100 - pick(o, 'discount', 25) as decimal(5, 0)) as percent,
        least({days} - 1, pick(o, 'day', {days}) + later) as day,
        back and chance(i, 'named') < 0.6 and not (chance(sale, 'kind') < 0.04) as named,
        least(chance(o, 'partner'), 0.9999999) as share
    from dated
), whom as (
    select what.*, partners.partner from what asof join partners on what.share < partners.upto
)
select line_of(place, i) as line_id, 1 as revision,
    distributor(place) || '/{vendor}/sell_out/{month:%Y-%m}' as report_id,
    distributor(place) as distributor_id, '{vendor}' as vendor_id, partner_name(partner) as partner_id,
    product_name(product) as product_id, if(back, 'return', 'sale') as kind,
    if(chance(o, 'renewal') < 0.2, 'renewal', 'new') as business,
    date '{month}' + cast(day as int) as sold_on, pieces as quantity,
    cast(cast(pieces * price_of(product) as decimal(14, 2)) * percent * 0.01 as decimal(14, 2)) as net,
    cast(pieces * price_of(product) as decimal(14, 2)) as list,
    'EUR' as currency, 'R' || i // 4 as invoice_no, (i % 4 + 1)::varchar as document_row,
    if(chance(o, 'end') < 0.3, hash(pick(o, 'whom', {partners} * 3))::varchar, null) as end_customer_id,
    if(named, line_of(place, sale), null) as returns
from whom
"""


def _month_query(size: Size, month: Span, first: int, count: int) -> str:
    return _LINES.format(
        first=first,
        count=count,
        products=size.products,
        partners=size.partners,
        distributors=len(DISTRIBUTORS),
        vendor=VENDOR,
        month=month.start,
        days=(month.until - month.start).days,
    )


def _facts(size: Size) -> dict[str, str]:
    """The facts by table. One partner in ten joins within the two years."""
    vendor = f"'{VENDOR}' as vendor_id"
    joined = f"cast(date '{FIRST}' + to_months(cast(1 + pick(partner, 'joined', 20) as int)) as date)"
    listed = ", ".join(f"('{name}', 'DE', date '{FIRST}')" for name in DISTRIBUTORS)
    kinds = "list_extract(['dealer', 'system_house', 'etailer'], 1 + pick(partner, 'what', 3))"
    held = f"partner_name(pick(range, 'whose', {size.partners} // 20) * 20)"
    return {
        "distributors": f"select * from (values {listed}) as d(distributor_id, country, reports_from)",
        "products": f"select product_name(range) as product_id, {vendor}, 'N' || range as number, "
        f"family_of(range) as family from range({size.products})",
        "partners": f"select partner_name(partner) as partner_id, {kinds} as kind, 'DE' as country "
        "from partners",
        "enrolments": "select programme, partner_name(partner) as partner_id, "
        f"if(chance(partner, 'new') < 0.1, {joined}, date '{SINCE}') as holds_from "
        "from partners cross join (values ('plain'), ('hard')) as both_of(programme)",
        "certifications": f"select {held} as partner_id, 'Expert ' || range as person_id, "
        f"if(range % 2 = 0, 'basic', 'expert') as certification from range({size.certificates})",
    }
