"""Lines of the ledger as a state has them: what each says, and what became of it with later reports."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from staffel.cli.partners import partners_on
from staffel.core.engine.facts import current
from staffel.core.ledger import State, log
from staffel.core.sources import LINE_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a line once was. recorded: the state that has it first; taken_back: the state that has it no more,
    none where it stands; by: the report that took it back, and which version of it.
    """

    revision: int
    sold_on: date
    quantity: Decimal | None
    net: Decimal | None
    report_id: str
    recorded: str
    taken_back: str | None = None
    by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """A sold line as it was reported last. withdrawn: nothing of it is left; earlier: what it was before.

    invoice_no, document_row: the distributor's document and the row in it, where the report has them.
    """

    source: str
    line_id: str
    revision: int
    report_id: str
    distributor_id: str
    partner_id: str | None
    product_id: str
    kind: str
    sold_on: date
    invoice_no: str | None
    document_row: str | None
    quantity: Decimal | None
    net: Decimal | None
    currency: str
    returns: str | None
    withdrawn: bool
    history: tuple[Revision, ...]

    @property
    def is_named_by_document(self) -> bool:
        """Whether its id says document and row already."""
        return self.document_row is not None

    @property
    def earlier(self) -> tuple[Revision, ...]:
        """What it was before; of a line that was taken back, all that it ever was."""
        return tuple(one for one in self.history if one.taken_back is not None)


_OWN = (
    "line_id", "revision", "report_id", "distributor_id", "partner_id", "product_id", "kind", "sold_on",
    "invoice_no", "document_row", "quantity", "net", "currency", "returns",
)  # fmt: skip
_COLUMNS = (*_OWN, "reverses", "commit_no")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNames:
    """What the ids of a line stand for, for people; empty: its id."""

    partner: str = ""
    product: str = ""


def names_of_line(state: State, line: SoldLine, day: date) -> LineNames:
    """Names with the ids that one types, as of a day."""
    partner, product = line.partner_id, product_names(state, [line.product_id], day)
    known = partners_on(state, day).get(partner or "")
    named = known is not None and known.name != partner
    return LineNames(
        partner=f"{known.name} ({partner})" if known and named else "",
        product=product.get(line.product_id, ""),
    )


def product_names(state: State, product_ids: Collection[str], day: date) -> dict[str, str]:
    """`AS-100 Server tower` by id: the vendor's number, and the name where the store has one."""
    rows = state.store.duck().execute(
        f"""select product_id, arg_max(number, holds_from), arg_max(name, holds_from)
            from ({current(state, "products")})
            where product_id in (select unnest(?)) and holds_from <= ? group by 1""",
        [sorted(product_ids), day],
    )
    return {id_: f"{number} {name or ''}".strip() for id_, number, name in rows.fetchall()}


def line_named(state: State, line_id: str, vendor: str) -> SoldLine | None:
    """The line of this id among a vendor's; none where there is none."""
    return lines_named(state, [line_id], vendor).get(line_id)


def lines_named(
    state: State, line_ids: Collection[str], vendor: str, partners: Collection[str] | None = None
) -> dict[str, SoldLine]:
    """The lines of these ids among a vendor's, by id. partners: whose rows are read; none: everybody's."""
    found: dict[str, SoldLine] = {}
    if not line_ids:
        return found
    versions: dict[int, tuple[str, int]] | None = None
    for source in LINE_TABLES:
        for line_id, rows in groupby(
            _rows(state, source, line_ids, vendor, partners), key=lambda row: row["line_id"]
        ):
            of_line = list(rows)
            if versions is None and any(row["reverses"] is not None for row in of_line):
                versions = _versions(state)
            line = _line(source, of_line, versions or {})
            if line is not None:
                found.setdefault(line_id, line)
    return found


def _rows(
    state: State, source: str, line_ids: Collection[str], vendor: str, partners: Collection[str] | None
) -> Iterator[dict[str, Any]]:
    """Their rows, each revision before the row that takes it back."""
    whose = "" if partners is None else "and partner_id in (select unnest($partners))"
    asked: dict[str, object] = {"lines": sorted(line_ids), "vendor": vendor}
    asked |= {} if partners is None else {"partners": sorted(partners)}
    query = f"""select {", ".join(_COLUMNS)} from {state.relation(source)}
        where line_id in (select unnest($lines)) and vendor_id = $vendor {whose}
        order by line_id, revision, reverses nulls first"""
    for row in state.store.duck().execute(query, asked).fetchall():
        yield dict(zip(_COLUMNS, row, strict=True))


def _versions(state: State) -> dict[int, tuple[str, int]]:
    """Which version of which report a commit took in."""
    return {
        entry.commit_no: (entry.report.report_id, entry.report.version)
        for entry in log(state.store)
        if entry.report is not None
    }


def _line(
    source: str, rows: Sequence[dict[str, Any]], versions: dict[int, tuple[str, int]]
) -> SoldLine | None:
    brought = [row for row in rows if row["reverses"] is None]
    if not brought:
        return None
    gone = {row["reverses"]: row["commit_no"] for row in rows if row["reverses"] is not None}
    newest = brought[-1]
    return SoldLine(
        source=source,
        **{name: newest[name] for name in _OWN},
        withdrawn=newest["revision"] in gone,
        history=tuple(_revision(row, gone.get(row["revision"]), versions) for row in brought),
    )


def _revision(row: dict[str, Any], gone: int | None, versions: dict[int, tuple[str, int]]) -> Revision:
    by, version = versions.get(gone, ("", 0)) if gone is not None else ("", 0)
    return Revision(
        **{name: row[name] for name in ("revision", "sold_on", "quantity", "net", "report_id")},
        recorded=_state_name(row["commit_no"]),
        taken_back=None if gone is None else _state_name(gone),
        by=by,
        version=version,
    )


def _state_name(commit_no: int) -> str:
    return f"s-{commit_no:06d}"
