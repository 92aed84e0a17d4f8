"""One partner's own facts: the rows of the state that are its alone, and those that name no partner.

Its lines up to the day asked, and those of who became part of it; the products on them; what it is, holds,
agreed and was settled; what its alliances agreed (under the group's id); exchange rates and the closes of
the programme. Nothing of another partner: where a row of its own names one (a head office, whom it becomes
part of later), the name is left out, as is who decided a level. What a distributor paid stays with the
distributor, unless the programme takes it, so that figures rest on it. Attributes and terms are those in
force; of lines every revision."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from staffel.core.calendar import Span
from staffel.core.engine.background import background
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.kit.sheet import Row, columns_of
from staffel.core.engine.plan import tree as sql
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Holds, Programme, SumOf, Trait, Within
from staffel.core.sources import LINE_TABLES

Tables = dict[str, list[Row]]
# What is the partner's, by table. Ids stand as a list in the text, so that files of others are not read.
_OF_PROGRAMME = "programme = $programme and partner_id in {ids}"
_OF_GROUPS = "programme = $programme and partner_id in {ids_and_groups}"
_OF_PARTNER = "partner_id in {ids}"
_OF_LINES = "partner_id in {ids} and vendor_id = $vendor and sold_on <= $day"
WHOSE: dict[str, str] = {
    "partners": _OF_PARTNER,
    "memberships": _OF_PARTNER,
    "certifications": _OF_PARTNER,
    "deals": _OF_PARTNER,
    "enrolments": _OF_PROGRAMME,
    "consents": _OF_PROGRAMME,
    "decisions": _OF_PROGRAMME,
    "settled": _OF_PROGRAMME,
    "targets": _OF_GROUPS,
    "openings": _OF_GROUPS,
    "closes": "programme = $programme",
    "rates": "true",
}
# Columns that name another partner, or a person who decided.
_STRANGERS = {"partners": ("head_office", "same_as"), "decisions": ("decided_by",)}
# Columns of lines that a kit holds only where the programme takes them: what the distributor paid.
_UNLESS_TAKEN = ("cost",)


@dataclass(frozen=True, slots=True, kw_only=True)
class EverySource:
    """Facts of which any column may hold a value: so a plan has one shape, whatever the state holds."""

    known: Facts

    @property
    def state_id(self) -> str:
        """The state's own."""
        return self.known.state_id

    def relation(self, table: str, span: Span | None = None) -> str:
        """The state's own."""
        return self.known.relation(table, span)

    def has_any(self, table: str, column: str) -> bool:
        """Always right."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """groups: the alliances and buying groups that the partner ever belonged to. tables: its rows."""

    partner: str
    groups: tuple[str, ...]
    tables: Tables


def own_facts(
    db: duckdb.DuckDBPyConnection, facts: Facts, programme: Programme, partner: str, day: date
) -> Own:
    """Reads them, each table sorted."""
    merges = background(db, facts, programme, day).merges
    ids = tuple(sorted({partner, *(one.partner for one in merges if one.survivor == partner)}))
    asking = _Asking(db=db, values={"programme": programme.name, "vendor": programme.vendor, "day": day})
    asking = asking.listing("ids", ids)
    groups = groups_of(asking.rows("memberships", current(facts, "memberships"), _OF_PARTNER))
    asking = asking.listing("ids_and_groups", (*ids, *groups))
    asked = {"enrolments": _OF_PARTNER} if _asks_other_programmes(programme) else {}
    tables = {name: asking.rows(name, current(facts, name), whose) for name, whose in (WHOSE | asked).items()}
    sums, tests = all_in(programme, SumOf), all_in(programme, Within)
    taken = {one.column for one in sums} | {one.column for one in tests}
    untaken = {name: None for name in _UNLESS_TAKEN if name not in taken}
    for name in LINE_TABLES:
        lines = asking.rows(name, f"select * from {facts.relation(name)}", _OF_LINES)
        tables[name] = [row | untaken for row in lines]
    bought = sorted({str(row["product_id"]) for name in LINE_TABLES for row in tables[name]})
    asking = asking.listing("products", bought or [""])
    tables["products"] = asking.rows("products", current(facts, "products"), "product_id in {products}")
    served = {str(row["end_customer_id"]) for name in LINE_TABLES for row in tables[name]}
    asking = asking.listing("customers", sorted(served) or [""])
    tables["end_customers"] = asking.rows(
        "end_customers", current(facts, "end_customers"), "end_customer_id in {customers}"
    )
    for name, columns in _STRANGERS.items():
        tables[name] = [_without(row, columns, ids) for row in tables[name]]
    return Own(partner=partner, groups=groups, tables=tables)


def _asks_other_programmes(programme: Programme) -> bool:
    return any(one.trait is Trait.ELSEWHERE for one in all_in(programme, Holds))


def groups_of(memberships: Sequence[Row]) -> tuple[str, ...]:
    """The groups that a partner ever belonged to."""
    return tuple(sorted({str(row["group_id"]) for row in memberships}))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """Reads rows. values: parameters by name; lists: of texts, as SQL."""

    db: duckdb.DuckDBPyConnection
    values: dict[str, object]
    lists: dict[str, str] = field(default_factory=dict)

    def listing(self, name: str, texts: Sequence[str]) -> "_Asking":
        """One more list."""
        listed = ", ".join(sql.text(one).sql("duckdb") for one in texts)
        return replace(self, lists=self.lists | {name: f"({listed})"})

    def rows(self, table: str, source: str, whose: str) -> list[Row]:
        """The rows of a source for which `whose` holds, sorted."""
        names = [one.name for one in columns_of(table)]
        chosen = ", ".join(f'"{name}"' for name in names)
        query = f"select {chosen} from ({source}) where {whose.format_map(self.lists)} order by all"
        used = {name: value for name, value in self.values.items() if f"${name}" in whose}
        return [dict(zip(names, row, strict=True)) for row in self.db.execute(query, used).fetchall()]


def _without(row: Row, columns: Sequence[str], ids: Sequence[str]) -> Row:
    return row | {name: None for name in columns if row.get(name) not in ids}
