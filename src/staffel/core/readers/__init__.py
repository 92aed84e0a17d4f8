"""Report files as typed rows with findings, by a mapping file: one file of this room per format.

Stands on the ground: it knows no ledger and no programme; whoever imports takes the rows there.
"""

from staffel.core.readers.mapping import Column, Fact, Mapping, ReportKind
from staffel.core.readers.mapping_file import load_mapping, parse_mapping
from staffel.core.readers.proposal import propose_mapping
from staffel.core.readers.reading import Chunk, ReportReader, read
from staffel.core.readers.refusals import MappingRefused, ReportRefused
from staffel.core.readers.report import LineCounts, ReadReport, ReportHeader
from staffel.core.readers.rows import AmountFrom, RefusedRow, ReportedRow, RowKind, StockRow
from staffel.core.readers.totals import ControlTotal, Sums

__all__ = [
    "AmountFrom",
    "Chunk",
    "Column",
    "ControlTotal",
    "Fact",
    "LineCounts",
    "Mapping",
    "MappingRefused",
    "ReadReport",
    "RefusedRow",
    "ReportHeader",
    "ReportKind",
    "ReportReader",
    "ReportRefused",
    "ReportedRow",
    "RowKind",
    "StockRow",
    "Sums",
    "load_mapping",
    "parse_mapping",
    "propose_mapping",
    "read",
]
