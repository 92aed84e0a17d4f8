"""What is known: append-only Iceberg tables of all that a result depends on, and the states of them.

The front door. Moments and days come in as arguments; trouble that is expected comes out as findings.
`programme` and `readers` are strangers here: whoever reads a report hands its lines over as
`ReportedLine`.
"""

from staffel.core.ledger.corrections import retry_waiting
from staffel.core.ledger.covered import Covered, coverage
from staffel.core.ledger.facts import (
    LOADABLE,
    LoadOutcome,
    load,
    record,
)
from staffel.core.ledger.facts_file import FactsRefused, read_facts_file
from staffel.core.ledger.history import Entry, ReportCounts, log
from staffel.core.ledger.lines import RefusedRow, ReportedLine, ReportHeader
from staffel.core.ledger.meanings import ColumnNote, TableNote, table_note
from staffel.core.ledger.originals import drop_originals, keep_original, keep_originals_for
from staffel.core.ledger.persons import Erasure, Person, PersonUnknown, erase_person, names_of, person_of
from staffel.core.ledger.reports import ImportOutcome, import_report
from staffel.core.ledger.state import State, StateUnknown, current_state, state_at
from staffel.core.ledger.store import Store, StoreRefused
from staffel.core.ledger.upkeep import Cleared, clear_orphans, compact, let_go
from staffel.core.ledger.verification import verify
from staffel.core.ledger.waiting import (
    RefusedLine,
    WaitingLine,
    WaitingSum,
    refused_rows,
    waiting_lines,
    waiting_sums,
)
from staffel.core.ledger.withdrawals import Withdrawal, WithdrawalRefused, withdraw_report

__all__ = [
    "Cleared",
    "ColumnNote",
    "Covered",
    "Entry",
    "Erasure",
    "FactsRefused",
    "ImportOutcome",
    "LOADABLE",
    "LoadOutcome",
    "Person",
    "PersonUnknown",
    "RefusedLine",
    "RefusedRow",
    "ReportCounts",
    "ReportHeader",
    "ReportedLine",
    "State",
    "StateUnknown",
    "Store",
    "StoreRefused",
    "TableNote",
    "WaitingLine",
    "WaitingSum",
    "Withdrawal",
    "WithdrawalRefused",
    "clear_orphans",
    "compact",
    "coverage",
    "current_state",
    "drop_originals",
    "erase_person",
    "import_report",
    "keep_original",
    "keep_originals_for",
    "let_go",
    "load",
    "log",
    "names_of",
    "person_of",
    "read_facts_file",
    "record",
    "refused_rows",
    "retry_waiting",
    "state_at",
    "table_note",
    "verify",
    "waiting_lines",
    "waiting_sums",
    "withdraw_report",
]
