"""Law 5 in the ledger: any order, split or repetition of reports with document rows gives the same state.

But for the moments of recording, and so for the report and the revision that a line came with.
"""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core.ledger import ReportedLine, Store, load, names_of, verify, waiting_sums
from staffel.core.sources import TABLES
from tests.core.ledger.market import AT, effective, header, line, made_store, took

SINCE = {"holds_from": "2020-01-01"}
RECORDED = {"commit_no", "recorded_at", "revision", "report_id", "end_customer_id"}
COLUMNS = [column.name for column in TABLES["sell_out"].all_columns if column.name not in RECORDED]
REFERENCE = {"distributor_id": "rhein", "number": "9", "partner_id": "moor", "holds_from": "2020-01-01"}
MISTAKES = [
    ("partner_references", {**REFERENCE, "partner_id": "kern"}),
    ("partner_references", {**REFERENCE, "number": "1002", "partner_id": "kern"}),
    ("product_references", {"distributor_id": "*", "number": "AU-200", "product_id": "server", **SINCE}),
]
CORRECTED = [
    ("partner_references", REFERENCE),
    ("partner_references", {**REFERENCE, "number": "1002"}),
    ("product_references", {**MISTAKES[2][1], "withdrawn": "true"}),
]
LINES = [
    line(1, end_customer="Stadt Köln"),
    line(2, "50.00", product_vendor_number="AU-200", end_customer="stadt köln"),
    line(3, "70.00", partner_number="9"),
    line(4, "80.00", partner_number="never"),
    line(1, "40.00", invoice_no="D2", partner_number="1002", end_customer="Anna Adler"),
    line(1, "-50.00", invoice_no="R1", kind="return", returns_document="D1", product_vendor_number="AU-200"),
    line(2, "-10.00", invoice_no="R1", kind="return", returns_document="D1"),
    line(3, "-40.00", invoice_no="R1", kind="return", returns_document="D2", returns_row="1"),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the market and no lines, to be copied."""
    store = made_store(tmp_path_factory.mktemp("order"))
    store.close()
    return store.path


@pytest.fixture(scope="module")
def expected(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What comes of one report with every line once, the reference known before."""
    shutil.copytree(empty, there := tmp_path_factory.mktemp("once") / "store")
    store = Store.open(there)
    load(store, "partner_references", [REFERENCE], at=AT)
    took(store, LINES)
    return content_of(store)


def content_of(store: Store) -> list[Any]:
    """The lines that count, with names for keys, and what waits."""
    found = effective(store, [*COLUMNS, "end_customer_id"])
    names = names_of(store, [row[-1] for row in found if row[-1]])
    lines = [(*row[:-1], names[row[-1]].casefold() if row[-1] else None) for row in found]
    return [lines, [(each.reason, each.key, each.lines, each.net) for each in waiting_sums(store)]]


@st.composite
def reports(draw: st.DrawFn) -> list[list[ReportedLine]]:
    """Every line once or more, in reports of any size and order."""
    twice = draw(st.lists(st.sampled_from(LINES), max_size=4))
    shuffled = draw(st.permutations([*LINES, *twice]))
    cuts = sorted(draw(st.sets(st.integers(1, len(shuffled) - 1), max_size=4)))
    ends = [0, *cuts, len(shuffled)]
    return [shuffled[start:end] for start, end in pairwise(ends)]


@given(parts=reports(), mistaken_after=st.integers(0, 5), known_after=st.integers(0, 5))
@settings(max_examples=25)
def test_order_is_nothing(
    empty: Path,
    expected: list[Any],
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[list[ReportedLine]],
    mistaken_after: int,
    known_after: int,
) -> None:
    """The references may come before the lines or after them, and wrong ones before the right ones."""
    for store in copied(empty, tmp_path_factory.mktemp("parts")):
        for number, part in enumerate(parts):
            if number == mistaken_after:
                load_all(store, MISTAKES)
            if number == known_after > mistaken_after:
                load_all(store, CORRECTED)
            took(store, part, header(number=str(number)))
        load_all(store, CORRECTED)
        assert content_of(store) == expected
        assert verify(store) == ()


def load_all(store: Store, references: list[tuple[str, dict[str, str]]]) -> None:
    """Load them; what cannot be withdrawn, since it never was there, is left out."""
    for table, row in references:
        load(store, table, [row], at=AT, lenient=True)


def copied(store: Path, folder: Path) -> Iterator[Store]:
    """A copy to work in, gone afterwards."""
    shutil.copytree(store, folder / "store")
    opened = Store.open(folder / "store")
    yield opened
    opened.close()
    shutil.rmtree(folder)
