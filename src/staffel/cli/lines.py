"""One line of the ledger, as a state has it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from staffel.core.ledger import State
from staffel.core.sources import LINE_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """A sold line, its newest revision that was not taken back. withdrawn: nothing of it is left."""

    source: str
    line_id: str
    revision: int
    report_id: str
    distributor_id: str
    partner_id: str | None
    product_id: str
    kind: str
    sold_on: date
    quantity: Decimal | None
    net: Decimal | None
    currency: str
    returns: str | None
    withdrawn: bool


_COLUMNS = (
    "line_id, revision, report_id, distributor_id, partner_id, product_id, kind, sold_on, quantity, net, "
    "currency, returns"
)


def line_named(state: State, line_id: str, vendor: str) -> SoldLine | None:
    """The line of this id among a vendor's; none where there is none."""
    for source in LINE_TABLES:
        row = (
            state.store.duck()
            .execute(
                f"""select {_COLUMNS}, revision in (select reverses from {state.relation(source)}
                        where line_id = $line and reverses is not null) as withdrawn
                    from {state.relation(source)}
                    where line_id = $line and vendor_id = $vendor and reverses is null
                    order by revision desc limit 1""",
                {"line": line_id, "vendor": vendor},
            )
            .fetchone()
        )
        if row is not None:
            names = [name.strip() for name in f"{_COLUMNS}, withdrawn".split(",")]
            return SoldLine(source=source, **dict(zip(names, row, strict=True)))
    return None
