"""Returns that name a document and no row: which sale do they take back?

The sale of the same product in that document, if there is exactly one that counts. That depends on all
lines there are, not on the order in which they came: when a later report brings a sale of the document,
or one is taken back, the answer is asked anew, and a return with another answer is written again (law 5).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from sqlalchemy import Connection, delete, insert, select

from staffel.core.ledger.database import OPEN_RETURNS
from staffel.core.ledger.known import KnownLine, known_lines, live_with_prefix
from staffel.core.ledger.persons import chunks
from staffel.core.ledger.state import State, relation_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A sale that enters."""

    line_id: str
    product_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReturn:
    """A return that names a document. document: the beginning of its lines' ids. sale: the one found."""

    line_id: str
    document: str
    product_id: str
    sale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """What the returns of one commit take back. sought: those that enter. moved: older ones with another
    answer now.
    """

    table: str
    sought: tuple[OpenReturn, ...]
    moved: tuple[OpenReturn, ...]
    known: dict[str, KnownLine]
    gone: tuple[str, ...]

    @property
    def sales(self) -> dict[str, str | None]:
        """By return, the sale that was found."""
        return {each.line_id: each.sale for each in self.sought}

    @property
    def moved_sales(self) -> dict[str, str | None]:
        """By older return, the sale that it takes back from now on."""
        return {each.line_id: each.sale for each in self.moved}

    @property
    def unresolved(self) -> int:
        """How many of those that enter found no sale."""
        return sum(each.sale is None for each in self.sought)

    def write(self, connection: Connection) -> None:
        """Keep the answers."""
        changed = [*self.sought, *self.moved]
        for chunk in chunks(sorted({*self.gone, *(each.line_id for each in changed)})):
            same = (OPEN_RETURNS.c.table_name == self.table) & OPEN_RETURNS.c.line_id.in_(chunk)
            connection.execute(delete(OPEN_RETURNS).where(same))
        rows = [
            {
                "table_name": self.table,
                "line_id": each.line_id,
                "document": each.document,
                "product_id": each.product_id,
                "sale": each.sale,
            }
            for each in changed
        ]
        if rows:
            connection.execute(insert(OPEN_RETURNS), rows)


def settle_returns(
    state: State, table: str, sales: Sequence[Sale], sought: Sequence[OpenReturn], leaving: Sequence[str]
) -> Returns:
    """Answer the returns that enter, and anew those that a sale which enters or leaves concerns."""
    with state.store.engine.connect() as connection:
        busy = {*leaving, *(each.line_id for each in sought)}
        touched = {document_of(each.line_id) for each in sales} | set(map(document_of, leaving))
        older = [each for each in _open_in(connection, table, touched) if each.line_id not in busy]
        documents = {each.document for each in (*sought, *older)}
        found = _sales_in(connection, state, table, documents, sales, set(leaving)) if documents else {}
        answered = [_answered(each, found) for each in (*sought, *older)]
        moved = [each for each, before in zip(answered[len(sought) :], older, strict=True) if each != before]
        known = known_lines(connection, table, sorted(each.line_id for each in moved))
    return Returns(
        table=table,
        sought=tuple(answered[: len(sought)]),
        moved=tuple(moved),
        known=known,
        gone=tuple(leaving),
    )


def document_of(line_id: str) -> str:
    """The beginning of the ids of all lines of its document."""
    return line_id[: line_id.rindex("/") + 1]


def _answered(sought: OpenReturn, found: dict[tuple[str, str], list[str]]) -> OpenReturn:
    sales = found.get((sought.document, sought.product_id), [])
    return OpenReturn(
        line_id=sought.line_id,
        document=sought.document,
        product_id=sought.product_id,
        sale=sales[0] if len(sales) == 1 else None,
    )


def _open_in(connection: Connection, table: str, documents: set[str]) -> Iterator[OpenReturn]:
    if connection.execute(select(OPEN_RETURNS.c.line_id).limit(1)).first() is None:
        return
    for chunk in chunks(sorted(documents)):
        same = (OPEN_RETURNS.c.table_name == table) & OPEN_RETURNS.c.document.in_(chunk)
        for row in connection.execute(select(OPEN_RETURNS).where(same).order_by(OPEN_RETURNS.c.line_id)):
            yield OpenReturn(
                line_id=row.line_id, document=row.document, product_id=row.product_id, sale=row.sale
            )


def _sales_in(
    connection: Connection,
    state: State,
    table: str,
    documents: Iterable[str],
    arriving: Sequence[Sale],
    leaving: set[str],
) -> dict[tuple[str, str], list[str]]:
    """By document and product the sales that will count, those in the tables and those that enter."""
    asked = set(documents)
    found: dict[tuple[str, str], set[str]] = {}
    for sale in arriving:
        document = document_of(sale.line_id)
        if document in asked:
            found.setdefault((document, sale.product_id), set()).add(sale.line_id)
    written: dict[str, int] = {}
    for document in sorted(asked):
        written |= live_with_prefix(connection, table, document)
    stays = {line_id: commit_no for line_id, commit_no in written.items() if line_id not in leaving}
    for line_id, product_id in _products_of(state, table, stays):
        found.setdefault((document_of(line_id), product_id), set()).add(line_id)
    return {key: sorted(lines) for key, lines in found.items()}


def _products_of(state: State, table: str, lines: dict[str, int]) -> list[tuple[str, str]]:
    """(line, product) of those of these lines that are no returns. lines: with the commit that wrote each."""
    if not lines:
        return []
    wanted = pa.table(
        {"line_id": pa.array(list(lines)), "commit_no": pa.array(list(lines.values()), pa.int64())}
    )
    files = state.files_of_commits(table, set(lines.values()))
    cursor = state.store.duck()
    cursor.register("wanted_lines", wanted)
    rows: list[tuple[str, str]] = cursor.execute(
        f"select line_id, product_id from {relation_over(state, table, files)} semi join wanted_lines"
        " using (line_id, commit_no) where reverses is null and kind <> 'return' order by line_id"
    ).fetchall()
    cursor.unregister("wanted_lines")
    return rows
