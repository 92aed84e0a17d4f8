"""The reader's rows as the ledger takes them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from staffel.cli.imports import HeaderMissing, Told, _of_reading, header_of, lines_of, refused_of, span_of
from staffel.core.calendar import Span
from staffel.core.readers import ReadReport, ReportKind, parse_mapping, read
from tests.cli.market import MAPPING, REPORT

MARCH = Span(date(2026, 3, 1), date(2026, 4, 1))
TOLD = Told(distributor="rhein", vendor="aster-systems", period=MARCH)


def report(text: str = REPORT, mapping: str = MAPPING, kind: ReportKind = ReportKind.SELL_OUT) -> ReadReport:
    return read(text.encode(), mapping=parse_mapping(mapping, "rhein.yaml"), kind=kind, name="march.csv")


class TestLines:
    def test_one_each_row_with_all_it_says(self) -> None:
        first, *rest = lines_of(report(), None)
        assert len(rest) == 3
        assert (first.row, first.invoice_no, first.document_row, first.kind) == (2, "R1", "1", "sale")
        assert (first.partner_number, first.partner_name) == ("1001", "Kern IT")
        assert (first.product_vendor_number, first.product_ean) == ("AS-100", None)
        assert (first.sold_on, first.invoiced_on) == (date(2026, 3, 5), date(2026, 3, 5))
        assert (first.quantity, first.net, first.currency) == (Decimal(2), Decimal(20000), "EUR")

    def test_what_is_no_key_finds_nobody(self) -> None:
        named = MAPPING.replace("partner: number", "partner: name")
        first = next(lines_of(report(mapping=named), None))
        assert (first.partner_number, first.partner_name) == (None, "Kern IT")

    def test_currency_told_for_rows_that_name_none(self) -> None:
        silent = MAPPING.replace("Netto EUR", "Netto").replace("currency: heading", "currency: told")
        told = report(REPORT.replace("Netto EUR", "Netto"), silent)
        assert {line.currency for line in lines_of(told, "CHF")} == {"CHF"}

    @pytest.mark.parametrize(("currency", "asked"), [(None, True), ("CHF", False)])
    def test_currency_told_is_not_asked_for(self, currency: str | None, asked: bool) -> None:
        silent = MAPPING.replace("Netto EUR", "Netto").replace("currency: heading", "currency: told")
        silently = report(REPORT.replace("Netto EUR", "Netto"), silent)
        taken: Any = SimpleNamespace(commit_no=1)
        found = list(_of_reading(silently, Told(currency=currency), taken))
        assert ("currency-missing" in [one.code for one in found]) is asked

    def test_refused_rows_keep_their_cells(self) -> None:
        (row,) = refused_of(report())
        assert (row.row, row.cells_in_place, row.finding.severity) == (6, True, "error")
        assert "31.02.2026" in [text for _, text in row.cells]


class TestHeader:
    def test_what_the_call_says(self) -> None:
        header = header_of(report(), TOLD)
        assert header.report_id == "rhein/aster-systems/sell_out/2026-03"

    def test_what_nobody_says_is_named(self) -> None:
        with pytest.raises(HeaderMissing) as refusal:
            header_of(report(), Told(vendor="aster-systems"))
        (finding,) = refusal.value.findings
        assert "--distributor, --period is missing" in finding.reason.en

    def test_what_the_file_says(self) -> None:
        mapping = f"{MAPPING}report:\n  distributor: {{fixed: isar}}\n  vendor: {{fixed: aster}}\n"
        header = header_of(report(mapping=mapping), Told(period=MARCH))
        assert (header.distributor_id, header.vendor_id) == ("isar", "aster")


@pytest.mark.parametrize(
    ("text", "start", "last"),
    [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-03-01..2026-03-15", "2026-03-01", "2026-03-15"),
        ("2026-03-15 .. 2026-03-15", "2026-03-15", "2026-03-15"),
    ],
)
def test_periods(text: str, start: str, last: str) -> None:
    span = span_of(text)
    assert span is not None
    assert (span.start.isoformat(), span.last_day.isoformat()) == (start, last)


@pytest.mark.parametrize(
    "text", ["", "spring", "2026-13", "2026-Q5", "2026-03-15..2026-03-01", "2026-02-30.."]
)
def test_no_periods(text: str) -> None:
    assert span_of(text) is None


def test_files_are_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "march.csv").write_text(REPORT)
    read_ = read(tmp_path / "march.csv", mapping=parse_mapping(MAPPING, "m"), kind="sell_out")
    assert len(list(lines_of(read_, None))) == 4
