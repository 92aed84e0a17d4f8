"""Rows to suppose: such as a Take would count, for one partner, on the day asked.

A sale is made after the partner's last one that the filter picks, at the same prices; where there is
none, of a product that the filter picks, with what the filter asks of the row itself. What a filter asks
of the partner no row can change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any as Anything

from staffel.core.engine.calculation import Running
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.gaps import Need
from staffel.core.engine.plan.marks import named
from staffel.core.engine.supposed import Supposition, own_columns
from staffel.core.money import EXACT, quotient
from staffel.core.programme.model import (
    All,
    Any,
    Apart,
    Comparison,
    Different,
    During,
    Exists,
    Filter,
    Is,
    Lines,
    Not,
    Registered,
    RowTest,
    Stated,
    SumOf,
    Take,
    Within,
)
from staffel.core.sources import AMOUNT_COLUMNS, LINE_TABLES, TABLES, ColumnType

Row = dict[str, Anything]
ZERO = Decimal(0)
# More rows than this are no advice.
MOST_ROWS = 1000
_KEPT = ("product_id", "end_customer_id", "route", "distributor_id", "deal", "special_price")


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """What is known of one partner, of what it bought last, and of the products."""

    partner: str
    day: date
    vendor: str
    currency: str
    groups: dict[str, Filter]
    level: str | None
    traits: Row
    products: dict[str, Row]
    bought: dict[str, tuple[Row, ...]]

    @classmethod
    def of(cls, running: Running, facts: Facts, partner: str) -> "Samples":
        """Reads it. running: a calculation restricted to this partner."""
        asking = running.assembly.asking
        programme = asking.programme
        levels = [row["level"] for row in running.results.rows("standing")] if programme.ladder else []
        traits = _held(running, facts, "partners", asking.day, f"partner_id = {_quoted(partner)}")
        products = _held(running, facts, "products", asking.day, f"vendor_id = {_quoted(programme.vendor)}")
        return cls(
            partner=partner,
            day=asking.day,
            vendor=programme.vendor,
            currency=programme.currency,
            groups={group.name: group.where for group in programme.products},
            level=str(levels[0]) if levels else None,
            traits=traits[0] if traits else {},
            products={str(row["product_id"]): row for row in products},
            bought={
                source: _bought(running, facts, source, partner)
                for source in LINE_TABLES
                if source in running.assembly.lines
            },
        )

    def rows(self, need: Need) -> Supposition | None:
        """Rows that come to a need; none where no row can."""
        take = need.take
        if take.source == "certifications":
            return self._certificates(take, need.amount)
        sale = next(self._sales(take), None)
        if sale is None:
            return None
        match take.aggregate:
            case SumOf(column=column):
                made = [self._scaled(sale, column, need.amount)]
                if not self.fits(take.where, made[0]):
                    return None
            case Lines() | Different():
                made = [self._numbered(sale, take, number) for number in range(int(need.amount))]
        return Supposition(rows={take.source: tuple(made)}) if len(made) <= MOST_ROWS else None

    # ------------------------------------------------------------------ certificates

    def _certificates(self, take: Take, amount: Decimal) -> Supposition | None:
        """Of so many more people, in force from the day asked."""
        certificates = named(take.where)
        if not certificates or amount > MOST_ROWS:
            return None
        rows = [
            {
                "partner_id": self.partner,
                "person_id": f"supposed {number}",
                "certification": certificates[0],
                "holds_from": self.day,
            }
            for number in range(int(amount))
        ]
        return Supposition(rows={"certifications": tuple(rows)})

    def certificate(self, certification: str) -> Supposition:
        """One of the firm itself."""
        row = {"partner_id": self.partner, "certification": certification, "holds_from": self.day}
        return Supposition(rows={"certifications": (row,)})

    # ------------------------------------------------------------------ sales

    def _sales(self, take: Take) -> Iterator[Row]:
        """Sales that the Take counts, the likeliest first."""
        own = self.bought.get(take.source, ())
        for row in (*own, *({"product_id": product} for product in self.products)):
            made = self._fitted(take.where, self._sale(row, take))
            if made is not None and self.fits(take.where, made):
                yield made

    def _sale(self, like: Row, take: Take) -> Row:
        """A sale of today like another one."""
        kept = {name: like.get(name) for name in (*_KEPT, *AMOUNT_COLUMNS)}
        days = {one.name: self.day for one in TABLES[take.source].columns if one.type is ColumnType.DATE}
        return (
            kept
            | days
            | {
                "line_id": "supposed",
                "revision": 1,
                "report_id": "supposed",
                "distributor_id": kept["distributor_id"] or "supposed",
                "vendor_id": self.vendor,
                "partner_id": self.partner,
                "kind": "sale",
                "currency": self.currency,
            }
        )

    def _scaled(self, sale: Row, column: str, amount: Decimal) -> Row:
        """The sale at such an amount, its others in proportion: pieces whole, at least one."""
        before = sale[column]
        made = dict(sale)
        for name in AMOUNT_COLUMNS:
            if before is None or before <= 0 or sale[name] is None:
                made[name] = Decimal(1) if name == "quantity" else None
            else:
                made[name] = quotient(EXACT.multiply(sale[name], amount), before)
        if made["quantity"] is not None:
            made["quantity"] = made["quantity"].quantize(Decimal(1), rounding=ROUND_CEILING)
        return made | {column: amount}

    def _numbered(self, sale: Row, take: Take, number: int) -> Row:
        """One of several sales, each with a key of its own."""
        made = sale | {"line_id": f"supposed {number}"}
        if isinstance(take.aggregate, Different):
            made[take.aggregate.key] = f"supposed {number}"
        return made

    # ------------------------------------------------------------------ filters

    def fits(self, where: Filter, row: Row) -> bool:
        """Whether a filter picks a row."""
        match where:
            case All(of=parts):
                return all(self.fits(part, row) for part in parts)
            case Any(of=parts):
                return any(self.fits(part, row) for part in parts)
            case Not(of=part):
                return not self.fits(part, row)
            case Is(column="product.group", values=values):
                return any(self.fits(self.groups[one], row) for one in values)
            case Is(column=column, values=values):
                return self._value(column, row) in values
            case Within(column=column, comparison=comparison, figure=figure):
                return row[column] is not None and _compared(row[column], comparison, figure)
            case Stated(column=column):
                return row[column] is not None
            case Apart(start=start, end=end, comparison=comparison, figure=figure):
                known = row[start] is not None and row[end] is not None
                return known and _compared(Decimal((row[end] - row[start]).days), comparison, figure)
            case During(column=column, span=span):
                return row[column] in span
            case Exists() | Registered():
                return True  # the calculation with the supposed row tells

    def _value(self, column: str, row: Row) -> Anything:
        of, _, name = column.rpartition(".")
        if column == "partner.level":
            return self.level
        rows = {"": row, "partner": self.traits, "product": self.products.get(str(row["product_id"]), {})}
        return rows[of].get(name)

    def _fitted(self, where: Filter, row: Row) -> Row | None:
        """The row with what a filter asks of it; none where it asks what the row cannot give."""
        if self.fits(where, row):
            return row
        match where:
            case All(of=parts):
                made: Row | None = row
                for part in parts:
                    made = self._fitted(part, made) if made is not None else None
                return made
            case Any(of=parts):
                return next((made for part in parts if (made := self._fitted(part, row)) is not None), None)
            case Not(of=Is(column=column)) if "." not in column and column not in ("kind", "distributor_id"):
                return row | {column: None}
            case Stated(column=column):
                return row | {column: "supposed"}
            case Not(of=Stated(column=column)):
                return row | {column: None}
            case Is(column=column, values=values) if "." not in column:
                return row | {column: values[0]}
            case Not() | RowTest():
                return None


def _compared(amount: Decimal, comparison: Comparison, figure: Decimal) -> bool:
    match comparison:
        case "at_least":
            return amount >= figure
        case "above":
            return amount > figure
        case "at_most":
            return amount <= figure
        case "below":
            return amount < figure


def _quoted(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _read(running: Running, query: str) -> list[Row]:
    found = running.db.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _held(running: Running, facts: Facts, table: str, day: date, where: str) -> list[Row]:
    """Attributes in force on a day; the first ones where they begin later."""
    key = TABLES[table].key[0]
    query = f"""
        select {own_columns(table)} from ({current(facts, table)}) where {where}
        qualify row_number() over (
            partition by {key} order by holds_from <= date '{day}' desc,
            case when holds_from <= date '{day}' then holds_from end desc, holds_from
        ) = 1 order by {key}"""
    return _read(running, query)


def _bought(running: Running, facts: Facts, source: str, partner: str) -> tuple[Row, ...]:
    """The last sale of each product, the latest first."""
    asking = running.assembly.asking
    query = f"""
        select {own_columns(source)} from {facts.relation(source)}
        where partner_id = {_quoted(partner)} and vendor_id = {_quoted(asking.programme.vendor)}
        and kind = 'sale' and returns is null and reverses is null and sold_on <= date '{asking.day}'
        and currency = {_quoted(asking.programme.currency)}
        qualify row_number() over (partition by product_id order by sold_on desc, line_id, revision desc) = 1
        order by sold_on desc, line_id limit 200"""
    return tuple(_read(running, query))


def together(parts: Sequence[Supposition]) -> Supposition:
    """All of them at once; lines of several parts keep apart."""
    whole = Supposition()
    for number, part in enumerate(parts):
        rows = {table: tuple(_apart(row, number) for row in of) for table, of in part.rows.items()}
        whole = whole.also(Supposition(rows=rows))
    return whole


def _apart(row: Mapping[str, object], number: int) -> Row:
    names = ("line_id", "person_id")
    return {**row, **{name: f"{row[name]} of {number}" for name in names if row.get(name)}}
