"""What is known: append-only Iceberg tables of all that a result depends on, and the states of them.

The front door. Moments and days come in as arguments; trouble that is expected comes out as findings.
`programme` and `readers` are strangers here: whoever reads a report hands its lines over as
`ReportedLine`.
"""

from staffel.core.ledger.facts import (
    LOADABLE,
    FactsRefused,
    LoadOutcome,
    load,
    read_facts_file,
    record,
)
from staffel.core.ledger.lines import RefusedRow, ReportedLine, ReportHeader
from staffel.core.ledger.persons import Erasure, Person, PersonUnknown, erase_person, names_of, person_of
from staffel.core.ledger.reports import ImportOutcome, import_report
from staffel.core.ledger.state import State, StateUnknown, current_state, state_at
from staffel.core.ledger.store import Store, StoreRefused
from staffel.core.ledger.waiting import (
    RefusedLine,
    WaitingLine,
    WaitingSum,
    refused_rows,
    retry_waiting,
    waiting_lines,
    waiting_sums,
)

__all__ = [
    "LOADABLE",
    "Erasure",
    "FactsRefused",
    "ImportOutcome",
    "LoadOutcome",
    "Person",
    "PersonUnknown",
    "RefusedLine",
    "RefusedRow",
    "ReportHeader",
    "ReportedLine",
    "State",
    "StateUnknown",
    "Store",
    "StoreRefused",
    "WaitingLine",
    "WaitingSum",
    "current_state",
    "erase_person",
    "import_report",
    "load",
    "names_of",
    "person_of",
    "read_facts_file",
    "record",
    "refused_rows",
    "retry_waiting",
    "state_at",
    "waiting_lines",
    "waiting_sums",
]
