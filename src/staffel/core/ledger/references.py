"""Which partner and which product of ours a distributor means: by its number or name, exactly.

A reference holds from a day, so a number that was given to another partner stands for that one from then
on. Ids of our own, the vendor's numbers and EANs need no reference and no day. What only resembles is not
looked at.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from staffel.core.ledger.state import State, quoted

EVERYBODY = "*"
TABLES_READ = ("partner_references", "product_references", "partners", "products")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a line's number stands for. reason: why nothing; key: the number or name that is not known."""

    id: str | None
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """What one number stood for: days in rising order, and the id from each on."""

    days: tuple[date, ...]
    ids: tuple[str, ...]

    def on(self, day: date) -> str | None:
        """The id on this day; None before the first."""
        at = bisect_right(self.days, day)
        return self.ids[at - 1] if at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """All that one distributor's numbers stand for, for one vendor's products."""

    partner_spells: dict[str, Spell]
    product_spells: dict[str, Spell]
    partners: frozenset[str]
    products: dict[str, tuple[str, ...]]

    def partner(self, number: str | None, name: str | None, day: date) -> Found:
        """The partner of a number, or of a name where there is no number."""
        key = number or name
        if not key:
            return Found(id=None, reason="partner-missing")
        for each in (number, name):
            if not each:
                continue
            spell = self.partner_spells.get(each)
            found = spell.on(day) if spell else None
            if found is not None:
                return Found(id=found)
            if each in self.partners:
                return Found(id=each)
        return Found(id=None, reason="partner-unknown", key=key)

    def product(self, numbers: Sequence[str | None], day: date) -> Found:
        """The product of the distributor's number, the vendor's or the EAN, in this order."""
        named = [number for number in numbers if number]
        if not named:
            return Found(id=None, reason="product-missing")
        for number in named:
            spell = self.product_spells.get(number)
            found = spell.on(day) if spell else None
            if found is not None:
                return Found(id=found)
        for number in [number for number in numbers[1:] if number]:
            own = self.products.get(number, ())
            if len(own) == 1:
                return Found(id=own[0])
            if own:
                return Found(id=None, reason="product-ambiguous", key=number)
        return Found(id=None, reason="product-unknown", key=named[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The references of every distributor and vendor. coming: rows, by table, that a commit is about to
    bring.
    """

    state: State
    coming: Mapping[str, pa.Table] = field(default_factory=dict)
    _read: dict[tuple[str, str], References] = field(default_factory=dict)

    def of(self, distributor_id: str, vendor_id: str) -> References:
        """What one distributor's numbers stand for, for one vendor's products."""
        if not self.coming:
            return references_of(self.state, distributor_id, vendor_id)
        scope = (distributor_id, vendor_id)
        if scope not in self._read:
            self._read[scope] = _read(self, *scope)
        return self._read[scope]

    def rows(self, sql: str, table: str) -> list[tuple[Any, ...]]:
        """What a question to one of the tables finds, its coming rows among the others."""
        cursor, relation = self.state.store.duck(), self.state.relation(table)
        if table not in self.coming:
            return cursor.execute(sql.format(relation)).fetchall()
        cursor.register("coming_rows", self.coming[table])
        both = f"(select * from {relation} union all by name select * from coming_rows)"
        found = cursor.execute(sql.format(both)).fetchall()
        cursor.unregister("coming_rows")
        return found


def references_of(state: State, distributor_id: str, vendor_id: str) -> References:
    """The references in a state; kept by the store until one of their tables changes."""
    snapshots = tuple(state.snapshots.get(table) for table in TABLES_READ)
    key = f"references {distributor_id}/{vendor_id}"
    kept = state.store.manifests.get(key)
    if kept is None or kept[0] != snapshots:
        kept = (snapshots, _read(Register(state=state), distributor_id, vendor_id))
        state.store.manifests[key] = kept
    references: References = kept[1]
    return references


def _read(register: Register, distributor_id: str, vendor_id: str) -> References:
    partners = register.rows(
        """select distinct partner_id from (select partner_id, coalesce(withdrawn, false) as gone,
            row_number() over (partition by partner_id, holds_from order by commit_no desc) as place
            from {0}) where place = 1 and not gone""",
        "partners",
    )
    return References(
        partner_spells=_spells(register, "partner_references", "partner_id", [distributor_id]),
        product_spells=_spells(register, "product_references", "product_id", [EVERYBODY, distributor_id]),
        partners=frozenset(row[0] for row in partners),
        products=_own_numbers(register, vendor_id),
    )


def _spells(register: Register, table: str, column: str, scopes: Sequence[str]) -> dict[str, Spell]:
    """By number, what it stood for; a later scope goes before an earlier one."""
    rows = register.rows(
        f"""select distributor_id, number, holds_from, arg_max({column}, commit_no),
            arg_max(coalesce(withdrawn, false), commit_no)
            from {{0}} where distributor_id in ({", ".join(map(quoted, scopes))})
            group by distributor_id, number, holds_from order by distributor_id, number, holds_from""",
        table,
    )
    found: dict[str, Spell] = {}
    for scope in scopes:
        found |= _by_number(
            (number, day, id_) for of, number, day, id_, gone in rows if of == scope and not gone
        )
    return found


def _by_number(rows: Iterable[tuple[str, date, str]]) -> dict[str, Spell]:
    listed: dict[str, list[tuple[date, str]]] = {}
    for number, day, id_ in rows:
        listed.setdefault(number, []).append((day, id_))
    return {
        number: Spell(days=tuple(day for day, _ in spells), ids=tuple(id_ for _, id_ in spells))
        for number, spells in listed.items()
    }


def _own_numbers(register: Register, vendor_id: str) -> dict[str, tuple[str, ...]]:
    """By the vendor's number, EAN or our id: the products that bear it."""
    rows = register.rows(
        f"""select product_id, number, ean from (select product_id, number, ean,
            coalesce(withdrawn, false) as gone, row_number() over (partition by product_id, holds_from
            order by commit_no desc) as place from {{0}} where vendor_id = {quoted(vendor_id)})
            where place = 1 and not gone""",
        "products",
    )
    found: dict[str, set[str]] = {}
    for product_id, *numbers in rows:
        for number in (product_id, *numbers):
            if number:
                found.setdefault(number, set()).add(product_id)
    return {number: tuple(sorted(ids)) for number, ids in found.items()}
