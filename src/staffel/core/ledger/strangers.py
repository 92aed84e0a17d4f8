"""Whom and what rows and reports name that no table knows: told, never refused.

Facts and reports may come in any order, so what is not known today may be tomorrow. It is told where the
table that would know has rows at all: an empty one knows nobody, and there is nothing to compare with.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from staffel.core.findings import Finding, Place
from staffel.core.ledger.lines import Lines, ReportHeader
from staffel.core.ledger.references import EVERYBODY
from staffel.core.ledger.sentences import find
from staffel.core.ledger.state import State
from staffel.core.sources import TABLES, Table

# Columns that name ids, and the table and its column that knows them.
_KNOWN_IN = {
    "partner_id": ("partners", "partner_id"),
    "head_office": ("partners", "partner_id"),
    "same_as": ("partners", "partner_id"),
    "product_id": ("products", "product_id"),
    "distributor_id": ("distributors", "distributor_id"),
}


def unknown_ids(
    state: State, table: Table, rows: Sequence[Mapping[str, object]], places: Sequence[Place]
) -> Iterator[Finding]:
    """A warning for each id of a partner, product or distributor that no table knows, at its row."""
    for column, (known_in, its_column) in _KNOWN_IN.items():
        if column not in {each.name for each in table.columns} or (known_in, its_column) == (
            table.name,
            column,
        ):
            continue
        known = ids_in(state, known_in, its_column)
        if table.name == known_in:
            known |= {str(row[its_column]) for row in rows}
        code = "id-in-key-unknown" if column in table.key else "id-unknown"
        for row, place in zip(rows, places, strict=True):
            named = row[column]
            if known and named is not None and named not in {*known, EVERYBODY} and not row["withdrawn"]:
                yield find(code, place, column=column, id=named, table=known_in)


def doubtful_header(state: State, report: ReportHeader, lines: Lines) -> Iterator[Finding]:
    """A distributor or vendor that no table knows, a period that holds none of the lines."""
    place = Place(file=report.report_id)
    for code, id_, table, column in (
        ("distributor-unknown", report.distributor_id, "distributors", "distributor_id"),
        ("vendor-unknown", report.vendor_id, "products", "vendor_id"),
    ):
        known = ids_in(state, table, column)
        if known and id_ not in known:
            yield find(code, place, id=id_)
    days: list[date] = lines.column(TABLES[report.kind].main_date)
    period = report.period
    if days and not any(period.start <= day < period.until for day in days):
        start, last = period.start, period.last_day
        yield find(
            "period-holds-no-line", place, start=start, last=last, earliest=min(days), latest=max(days)
        )


def ids_in(state: State, table: str, column: str) -> set[str]:
    """All ids in a column of a table."""
    sql = f'select distinct "{column}" from {state.relation(table)} where "{column}" is not null'
    return {row[0] for row in state.store.duck().execute(sql).fetchall()}
