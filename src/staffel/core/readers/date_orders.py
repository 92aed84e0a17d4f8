"""In which order a column's dates are written, decided by all of its values."""

from collections.abc import Iterable

from staffel.core.findings import Finding
from staffel.core.readers.dates import orders_of
from staffel.core.readers.delimited import Record
from staffel.core.readers.mapping import DATE_COLUMNS, DateOrder, Mapping
from staffel.core.readers.opening import OpenReport
from staffel.core.readers.refusals import find

_ANY = frozenset({DateOrder.DMY, DateOrder.MDY})


def decide_orders(report: OpenReport, mapping: Mapping) -> tuple[dict[str, DateOrder], list[Finding]]:
    """The order of each column of dates. A column that stays undecided, or holds both orders, is `auto`."""
    columns = {name: at for name, at in report.layout.at.items() if name in DATE_COLUMNS}
    if mapping.dates is not DateOrder.AUTO or not columns:
        return {}, []
    texts = _texts(report.records(), columns, report.layout.header.data_from)
    orders, findings = {}, []
    for name, seen in texts.items():
        only = [allowed for text in seen if (allowed := orders_of(text)) and len(allowed) == 1]
        found = frozenset(order for allowed in only for order in allowed)
        if found == _ANY:
            heading = report.layout.header.heading(columns[name]) or name
            findings.append(find("date-order-mixed", report.place, column=heading))
        orders[name] = next(iter(found)) if len(found) == 1 else DateOrder.AUTO
    return orders, findings


def _texts(records: Iterable[Record], columns: dict[str, int], data_from: int) -> dict[str, set[str]]:
    texts: dict[str, set[str]] = {name: set() for name in columns}
    for number, record in enumerate(records):
        if number < data_from or record.broken:
            continue
        for name, at in columns.items():
            if at < len(record.cells) and isinstance(cell := record.cells[at], str):
                texts[name].add(cell)
    return texts
