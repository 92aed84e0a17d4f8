"""One partner's own facts: the rows of the state that are its alone, and those that name no partner.

Its lines up to the day asked, and those of who became part of it; the products on them; what it is, holds,
agreed and was settled; what its alliances agreed (under the group's id); exchange rates and the closes of
the programme. Nothing of another partner: where a row of its own names one (a head office, whom it becomes
part of later), the name is left out, as is who decided a level. Attributes and terms are those in force;
of lines every revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from staffel.core.calendar import Span
from staffel.core.engine.background import background
from staffel.core.engine.facts import Facts, current
from staffel.core.engine.kit.sheet import LEFT_OUT, Row, columns_of
from staffel.core.programme.model import Programme
from staffel.core.sources import LINE_TABLES

Tables = dict[str, list[Row]]
# What is the partner's, by table.
_OF_PROGRAMME = "programme = $programme and partner_id in (select unnest($ids))"
_OF_GROUPS = "programme = $programme and partner_id in (select unnest($ids || $groups))"
_OF_PARTNER = "partner_id in (select unnest($ids))"
WHOSE: dict[str, str] = {
    "partners": _OF_PARTNER,
    "memberships": _OF_PARTNER,
    "certifications": _OF_PARTNER,
    "enrolments": _OF_PROGRAMME,
    "decisions": _OF_PROGRAMME,
    "settled": _OF_PROGRAMME,
    "targets": _OF_GROUPS,
    "openings": _OF_GROUPS,
    "closes": "programme = $programme",
    "rates": "true",
}
# Columns that name another partner, or a person who decided.
_STRANGERS = {"partners": ("head_office", "same_as"), "decisions": ("decided_by",)}


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
    asked: dict[str, object] = {"ids": list(ids), "programme": programme.name}
    groups = groups_of(_rows(db, current(facts, "memberships"), "memberships", WHOSE["memberships"], asked))
    asked["groups"] = list(groups)
    tables = {name: _rows(db, current(facts, name), name, whose, asked) for name, whose in WHOSE.items()}
    asked |= {"vendor": programme.vendor, "day": day}
    for name in LINE_TABLES:
        mine = f"{_OF_PARTNER} and vendor_id = $vendor and sold_on <= $day"
        tables[name] = _rows(db, f"select * from {facts.relation(name)}", name, mine, asked)
    asked["products"] = sorted({str(row["product_id"]) for name in LINE_TABLES for row in tables[name]})
    bought = "product_id in (select unnest($products))"
    tables["products"] = _rows(db, current(facts, "products"), "products", bought, asked)
    for name, columns in _STRANGERS.items():
        tables[name] = [_without(row, columns, ids) for row in tables[name]]
    return Own(partner=partner, groups=groups, tables=tables)


def groups_of(memberships: Sequence[Row]) -> tuple[str, ...]:
    """The groups that a partner ever belonged to."""
    return tuple(sorted({str(row["group_id"]) for row in memberships}))


def _rows(
    db: duckdb.DuckDBPyConnection, source: str, table: str, whose: str, asked: dict[str, object]
) -> list[Row]:
    names = [one.name for one in columns_of(table) if one.name not in LEFT_OUT]
    chosen = ", ".join(f'"{name}"' for name in names)
    query = f"select {chosen} from ({source}) where {whose} order by all"
    used = {name: value for name, value in asked.items() if f"${name}" in whose}
    return [dict(zip(names, row, strict=True)) for row in db.execute(query, used).fetchall()]


def _without(row: Row, columns: Sequence[str], ids: Sequence[str]) -> Row:
    return row | {name: None for name in columns if row.get(name) not in ids}
