"""Lines entering the tables: those that are new, those that come again otherwise, those that waited.

Whoever brings them (a report, a reference that came or was corrected) says which lines enter and which
rows are taken back; here partners and products are looked up, names exchanged for keys, sales found for
returns, and rows, claims and waiting lines put into one commit. A row is taken back by a row of its revision
with negative amounts and the same dates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, delete, insert

from staffel.core.ledger.commit import Commit
from staffel.core.ledger.database import REPORT_ROWS, WAITING
from staffel.core.ledger.known import KnownLine, write_known
from staffel.core.ledger.lines import (
    Lines,
    ReportHeader,
    Standing,
    as_content,
    document_line,
    document_prefix,
)
from staffel.core.ledger.namings import NAMED_BY, Namings
from staffel.core.ledger.persons import Keys, chunks
from staffel.core.ledger.references import Found, Register
from staffel.core.ledger.returns import OpenReturn, Returns, Sale, settle_returns
from staffel.core.ledger.state import State, relation_over
from staffel.core.ledger.tables import arrow_schema
from staffel.core.sources import TABLES

# Amounts that a row which takes another back bears with the other sign.
_AMOUNTS = ("quantity", "net", "list", "dealer", "cost", "value")
_AS_REPORTED = (
    "kind", "business", "sold_on", "ordered_on", "shipped_on", "invoiced_on", "paid_on", "counted_on",
    "quantity", "net", "list", "dealer", "cost", "value", "currency", "order_no", "invoice_no",
    "document_row", "route", "deal", "special_price", "warehouse",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Lines of one version of one report that enter. after: for each the revision that was written last."""

    header: ReportHeader
    report_no: int
    lines: Lines
    after: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lines are looked up in while one commit is made; `close` keeps with it what was new."""

    register: Register
    keys: Keys
    namings: Namings

    @classmethod
    def over(cls, register: Register) -> "Desk":
        """One that knows these references."""
        store = register.state.store
        return cls(register=register, keys=Keys.of(store), namings=Namings.of(store))

    def close(self, commit: Commit) -> None:
        """Keep the new keys and namings with the commit."""
        commit.note(self.keys.write)
        commit.note(self.namings.write)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of them. unresolved: returns whose sale was not found."""

    taken: int
    waiting: int
    unresolved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """An arrival with what its lines stand for; at: those that can enter."""

    arrival: Arrival
    partners: list[Found]
    products: list[Found]
    partner_namings: list[int] | list[None]
    product_namings: list[int]
    at: list[int] = field(default_factory=list)
    waiting: list[tuple[int, Found]] = field(default_factory=list)

    @classmethod
    def of(cls, arrival: Arrival, desk: Desk) -> "_Sorted":
        """Look up every line."""
        lines, header = arrival.lines, arrival.header
        references = desk.register.of(header.distributor_id, header.vendor_id)
        named: list[int] | list[None] = [None] * len(lines)
        days = lines.column(TABLES[header.kind].main_date)
        if header.kind == "sell_out":
            asked = zip(lines.column("partner_number"), lines.column("partner_name"), days, strict=True)
            partners = [references.partner(number, name, day) for number, name, day in asked]
            named = desk.namings.numbers_of("partner", header, lines)
        else:
            partners = [Found(id=None)] * len(lines)
        numbers = zip(*(lines.column(name) for name in NAMED_BY["product"]), strict=True)
        products = [references.product(asked, day) for asked, day in zip(numbers, days, strict=True)]
        made = cls(
            arrival=arrival,
            partners=partners,
            products=products,
            partner_namings=named,
            product_namings=desk.namings.numbers_of("product", header, lines),
        )
        for at in range(len(lines)):
            unknown = next((found for found in (partners[at], products[at]) if found.reason), None)
            if unknown is None:
                made.at.append(at)
            else:
                made.waiting.append((at, unknown))
        return made


def enter(
    state: State,
    commit: Commit,
    table: str,
    arrivals: Sequence[Arrival],
    *,
    desk: Desk,
    before: Mapping[str, KnownLine],
    taken_back: Sequence[KnownLine] = (),
    gone: Sequence[KnownLine] = (),
) -> Entered:
    """Put lines into a commit. taken_back: those whose newest row is reversed; gone: those that nobody
    reports now.

    before: what was known of the lines that enter or go; a line that is taken back may enter again.
    """
    sorted_ = [_Sorted.of(_with_keys(each, desk.keys), desk) for each in arrivals]
    returns = _settled(state, table, sorted_, [*taken_back, *gone])
    reversed_ = written_rows(state, table, [*taken_back, *returns.known.values()])
    parts = [_rows(table, each, returns) for each in sorted_ if each.at]
    parts += [taking_back(reversed_), _with_sales(reversed_, returns.moved_sales)]
    rows = pa.concat_tables(parts)
    if rows.num_rows:
        commit.append(table, {name: rows.column(name) for name in rows.column_names})
        commit.note(lambda connection: _note_rows(connection, commit.number, table, rows))
    after = [*_known_after(sorted_, commit.number), *_moved(returns, commit.number)]
    staying = {line.line_id for line in after}
    after += [replace(line, standing=Standing.WITHDRAWN) for line in gone if line.line_id not in staying]
    commit.note(returns.write)
    commit.note(lambda connection: write_known(connection, table, after, {**before, **returns.known}))
    commit.note(lambda connection: _write_waiting(connection, commit.number, table, sorted_, before))
    return Entered(
        taken=sum(len(each.at) for each in sorted_),
        waiting=sum(len(each.waiting) for each in sorted_),
        unresolved=returns.unresolved,
    )


def _with_keys(arrival: Arrival, keys: Keys) -> Arrival:
    lines, scope = arrival.lines, arrival.header.distributor_id
    for column, kind in (("end_customer", "end_customer"), ("seller", "person")):
        lines = lines.with_column(column, keys.keys_of(kind, scope, lines.column(column)))
    return replace(arrival, lines=lines)


def _rows(table: str, sorted_: _Sorted, returns: Returns) -> pa.Table:
    """The rows of the lines that can enter, as the table keeps them; who recorded them is added by the
    commit.
    """
    arrival, at = sorted_.arrival, sorted_.at
    lines, header = arrival.lines.take(at), arrival.header
    count = len(lines)
    columns: dict[str, Any] = {name: lines.reported.column(name) for name in _AS_REPORTED}
    columns |= {
        "line_id": lines.ids,
        "revision": [arrival.after[each] + 1 for each in at],
        "report_id": [header.report_id] * count,
        "distributor_id": [header.distributor_id] * count,
        "vendor_id": [header.vendor_id] * count,
        "partner_id": [sorted_.partners[each].id for each in at],
        "product_id": [sorted_.products[each].id for each in at],
        "end_customer_id": lines.reported.column("end_customer"),
        "seller": lines.reported.column("seller"),
        "returns": _sales_of(header, lines, returns),
    }
    schema = arrow_schema(table)
    arrays = [
        columns[each.name]
        if isinstance(columns.get(each.name), pa.ChunkedArray)
        else pa.chunked_array([pa.array(columns.get(each.name, [None] * count), each.type)])
        for each in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _settled(state: State, table: str, sorted_: Sequence[_Sorted], leaving: Sequence[KnownLine]) -> Returns:
    """The returns among the lines that enter, answered. Stock knows none."""
    sales: list[Sale] = []
    sought: list[OpenReturn] = []
    for each in sorted_ if table != "stock" else ():
        lines = each.arrival.lines.take(each.at)
        distributor = each.arrival.header.distributor_id
        asked = zip(
            lines.ids,
            [str(each.products[at].id) for at in each.at],
            *(lines.column(name) for name in ("kind", "returns_document", "returns_row")),
            strict=True,
        )
        for line_id, product, kind, document, row in asked:
            if kind != "return":
                sales.append(Sale(line_id=line_id, product_id=product))
            if document and not row:
                prefix = document_prefix(distributor, document)
                sought.append(OpenReturn(line_id=line_id, document=prefix, product_id=product))
    return settle_returns(state, table, sales, sought, [line.line_id for line in leaving])


def _sales_of(header: ReportHeader, lines: Lines, returns: Returns) -> list[str | None]:
    """For each line the sale that it takes back: by document and row, else what was found in the document."""
    found = returns.sales
    asked = zip(lines.ids, lines.column("returns_document"), lines.column("returns_row"), strict=True)
    return [
        document_line(header.distributor_id, document, row) if document and row else found.get(line_id)
        for line_id, document, row in asked
    ]


def taking_back(rows: pa.Table) -> pa.Table:
    """The rows that take these back: their amounts with the other sign, all else as it was."""
    for name in _AMOUNTS:
        if name in rows.column_names:
            field = rows.schema.field(name)
            negative = pc.cast(pc.negate(rows.column(name)), field.type)
            rows = rows.set_column(rows.schema.get_field_index(name), field, negative)
    at = rows.schema.get_field_index("reverses")
    return rows.set_column(at, rows.schema.field("reverses"), rows.column("revision"))


def _with_sales(rows: pa.Table, sales: Mapping[str, str | None]) -> pa.Table:
    """Of these rows the returns in `sales`, in their next revision, with that sale."""
    again = rows.filter(pc.is_in(rows.column("line_id"), pa.array(list(sales), pa.string())))
    if not sales:
        return again
    named = pa.array([sales[line_id] for line_id in again.column("line_id").to_pylist()], pa.string())
    changed = {"returns": named, "revision": pc.add(again.column("revision"), 1)}
    for name, values in changed.items():
        at = again.schema.get_field_index(name)
        again = again.set_column(at, again.schema.field(name), values)
    return again


def written_rows(state: State, table: str, lines: Sequence[KnownLine]) -> pa.Table:
    """The newest row of each of these lines, out of the files of the commits that wrote them."""
    if not lines:
        return arrow_schema(table).empty_table()
    files = state.files_of_commits(table, {line.commit_no for line in lines})
    wanted = pa.table(
        {
            "line_id": pa.array([line.line_id for line in lines], pa.string()),
            "revision": pa.array([line.revision for line in lines], pa.int64()),
        }
    )
    cursor = state.store.duck()
    cursor.register("wanted_lines", wanted)
    names = ", ".join(f'"{name}"' for name in arrow_schema(table).names)
    found = cursor.sql(
        f"select {names} from {relation_over(state, table, files)} semi join wanted_lines"
        " using (line_id, revision) where reverses is null order by line_id"
    ).to_arrow_table()
    cursor.unregister("wanted_lines")
    return found.cast(arrow_schema(table))


def _known_after(sorted_: Sequence[_Sorted], number: int) -> list[KnownLine]:
    """What becomes of the lines that enter."""
    after = []
    for each in sorted_:
        arrival = each.arrival
        waits = {at for at, _ in each.waiting}
        rows = arrival.lines.column("row")
        for at, line_id in enumerate(arrival.lines.ids):
            live = at not in waits
            after.append(
                KnownLine(
                    line_id=line_id,
                    standing=Standing.LIVE if live else Standing.WAITING,
                    revision=arrival.after[at] + live,
                    digest=arrival.lines.digests[at],
                    report_no=arrival.report_no,
                    commit_no=number,
                    row=rows[at],
                    partner_naming=each.partner_namings[at],
                    product_naming=each.product_namings[at],
                )
            )
    return after


def _moved(returns: Returns, number: int) -> list[KnownLine]:
    """What becomes of returns that take back another sale than before."""
    return [replace(line, revision=line.revision + 1, commit_no=number) for line in returns.known.values()]


def _write_waiting(
    connection: Connection,
    number: int,
    table: str,
    sorted_: Sequence[_Sorted],
    before: Mapping[str, KnownLine],
) -> None:
    """Lines that waited and are here again, or are gone, no longer wait; others begin to."""
    waited = sorted(line_id for line_id, line in before.items() if line.standing is Standing.WAITING)
    for chunk in chunks(waited):
        connection.execute(delete(WAITING).where(WAITING.c.table_name == table, WAITING.c.line_id.in_(chunk)))
    rows = [
        {
            "table_name": table,
            "line_id": each.arrival.lines.ids[at],
            "report_no": each.arrival.report_no,
            "commit_no": number,
            "reason": found.reason,
            "key": found.key,
            "content": as_content(each.arrival.lines, at),
        }
        for each in sorted_
        for at, found in each.waiting
    ]
    if rows:
        connection.execute(insert(WAITING), rows)


def _note_rows(connection: Connection, number: int, table: str, rows: pa.Table) -> None:
    """What the commit brought of each report, to be found again."""
    amount = "net" if "net" in rows.column_names else "value"
    summed = rows.group_by("report_id").aggregate(
        [("line_id", "count"), ("quantity", "sum"), (amount, "sum")]
    )
    connection.execute(
        insert(REPORT_ROWS),
        [
            {
                "commit_no": number,
                "report_id": row["report_id"],
                "table_name": table,
                "rows": row["line_id_count"],
                "quantity": as_sum(row["quantity_sum"]),
                "amount": as_sum(row[f"{amount}_sum"]),
            }
            for row in summed.sort_by("report_id").to_pylist()
        ],
    )


def as_sum(figure: Decimal | None) -> str:
    """A sum as it is kept: four decimals."""
    return f"{figure or Decimal(0):.4f}"
