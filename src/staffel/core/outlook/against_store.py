"""A programme held against a store: groups that match no product, sources and targets that nobody brought.

What a file alone cannot show. The state is read, never written.
"""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from staffel.core.engine.duckdb import session
from staffel.core.engine.facts import Facts, current
from staffel.core.findings import Finding, Text, in_order
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Agreed, All, Any, Filter, Group, Is, Not, Programme, Take
from staffel.core.sources import TABLES

Row = Mapping[str, object]


def against_store(programme: Programme, facts: Facts) -> tuple[Finding, ...]:
    """What the programme asks for and the state does not have, by place."""
    with session() as db:
        found = [one for look in (_groups, _sources, _targets) for one in look(programme, facts, db)]
    return in_order(found)


def _rows(db: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> list[Row]:
    found = db.execute(query, list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# ------------------------------------------------------------------------------ products


def _groups(programme: Programme, facts: Facts, db: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Where the store has products of the vendor at all: else nothing is told of single groups."""
    query = f"select * from ({current(facts, 'products')}) where vendor_id = ?"
    products = _rows(db, query, [programme.vendor])
    groups = {group.name: group.where for group in programme.products}
    for group in programme.products:
        if not any(_picks(group.where, row, groups) for row in products):
            yield _matches_nothing(group, len(products))


def _picks(where: Filter, row: Row, groups: Mapping[str, Filter]) -> bool:
    """Whether a group has a product; what else than its columns is asked, a product cannot refuse."""
    match where:
        case All(of=parts):
            return all(_picks(part, row, groups) for part in parts)
        case Any(of=parts):
            return any(_picks(part, row, groups) for part in parts)
        case Not(of=part):
            return not _picks(part, row, groups)
        case Is(column="product.group", values=names):
            return any(_picks(groups[name], row, groups) for name in names)
        case Is(column=column, values=values) if column.startswith("product."):
            return row[column.removeprefix("product.")] in values
        case _:
            return True


def _matches_nothing(group: Group, products: int) -> Finding:
    return Finding(
        code="products-match-nothing",
        places=(group.place,),
        reason=Text(
            en=f"None of the vendor's {products} products in the store belongs to {group.name}.",
            de=f"Von den {products} Produkten des Herstellers im Bestand gehört keines zu {group.name}.",
        ),
        way_out=Text(
            en="Look at its columns: staffel load products --columns; or load the products.",
            de="Prüfen Sie ihre Spalten: staffel load products --columns; oder laden Sie die Produkte.",
        ),
    )


# ------------------------------------------------------------------------------ facts


def _sources(programme: Programme, facts: Facts, db: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Sources of which not one row was brought, each where it is first asked for."""
    asked: dict[str, Take] = {}
    for take in all_in(programme, Take):
        asked.setdefault(take.source, take)
    for source, take in sorted(asked.items()):
        of_vendor = "vendor_id" in {column.name for column in TABLES[source].columns}
        where, values = ("where vendor_id = ?", [programme.vendor]) if of_vendor else ("", [])
        if not _rows(db, f"select 1 from {facts.relation(source)} {where} limit 1", values):
            yield Finding(
                code="source-empty",
                places=(take.place,),
                reason=Text(
                    en=f"Nothing was brought to {source} yet: this figure is 0 for everybody.",
                    de=f"Zu {source} kam noch nichts: Dieser Wert ist für jeden 0.",
                ),
                way_out=Text(
                    en="Import its reports or load its rows, or ask for another source.",
                    de="Lesen Sie Meldungen ein, laden Sie die Zeilen, oder fragen Sie eine andere Quelle.",
                ),
            )


def _targets(programme: Programme, facts: Facts, db: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Targets that were agreed with nobody."""
    query = f"select distinct target from ({current(facts, 'targets')}) where programme = ?"
    agreed = {row["target"] for row in _rows(db, query, [programme.name])}
    asked = {one.target: one for one in reversed(all_in(programme, Agreed))}
    for name in sorted(set(asked) - agreed):
        yield Finding(
            code="target-unknown",
            places=(asked[name].place,),
            reason=Text(
                en=f"The target {name} was agreed with nobody: what is measured by it has no figure.",
                de=f"Das Ziel {name} ist mit niemandem vereinbart: Was daran gemessen wird, hat keinen Wert.",
            ),
            way_out=Text(
                en="Load it: staffel load targets FILE; or take a name that is there.",
                de="Laden Sie es: staffel load targets DATEI; oder nehmen Sie einen Namen, den es gibt.",
            ),
        )
