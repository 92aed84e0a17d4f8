"""A proposed mapping reads the file it was proposed for."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.readers import Column, Mapping, ReportRefused, parse_mapping, propose_mapping, read
from staffel.core.readers.mapping import CurrencyFrom, DateOrder, Encoding
from tests.core.readers.layouts import as_csv, as_xlsx, examples
from tests.core.readers.test_reading import NAMES, decimals, expected, figures_of


def proposed(content: bytes) -> tuple[Mapping, list[str]]:
    text, findings = propose_mapping(content, name="rhein.csv")
    return parse_mapping(text, "rhein.yaml"), [finding.code for finding in findings]


class TestExamples:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_read_to_their_figures(self, root: Path, name: str) -> None:
        path, figures = examples(root) / name, expected(examples(root))[name]
        text, _ = propose_mapping(path)
        report = read(path, mapping=parse_mapping(text, name), kind=str(figures["kind"]))
        assert figures_of(report) == decimals(figures)
        assert not report.refused

    @pytest.mark.parametrize("name", NAMES)
    def test_leave_persons_out(self, root: Path, name: str) -> None:
        text, _ = propose_mapping(examples(root) / name)
        read_columns = [line for line in text.splitlines() if line.startswith("  ") and "#" not in line]
        assert not any("Email" in line or "Phone" in line or "LastName" in line for line in read_columns)


GERMAN = ["Rechnungsnr", "Datum", "Kundenname", "Herstellernr", "Verkauf", "Netto", "Umsatz", "Belegart"]
LINES = [
    ["RE-1", "07.09.2026", "Weser", "AN-1", "3", "6.150,00", "18.450,00", "RE"],
    ["RE-2", "08.09.2026", "Leine", "AN-2", "5", "999,00", "4.995,00", "RE"],
    ["GS-1", "09.09.2026", "Leine", "AN-2", "2", "999,00", "1.998,00", "GU"],
]


class TestDecisions:
    def test_of_values(self) -> None:
        mapping, codes = proposed(as_csv(LINES, GERMAN))
        assert mapping.columns[Column.QUANTITY] == "Verkauf"
        assert mapping.columns[Column.UNIT_PRICE] == "Netto"
        assert (mapping.signs.decimal, mapping.dates) == (",", DateOrder.DMY)
        assert codes == ["mapping-guessed", "mapping-guessed", "mapping-undecided"]

    def test_of_returns(self) -> None:
        content = as_csv(LINES, GERMAN)
        mapping, _ = proposed(content)
        assert mapping.return_mark is not None
        assert (mapping.return_mark.returns, mapping.return_mark.sales) == ({"GU"}, {"RE"})
        sums = read(content, mapping=mapping, kind="sell_out").sums
        assert (sums.quantity, sums.net, sums.returns) == (Decimal(6), {None: Decimal("21447.00")}, 1)

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
    def test_of_bytes(self, encoding: str) -> None:
        content = as_csv([*LINES, *LINES], [*GERMAN[:-1], "Währung"]).decode().encode(encoding)
        assert proposed(content)[0].encoding is Encoding(encoding)

    def test_of_title_lines(self) -> None:
        content = b"Sell-out Juli\nDistributor: Rhein\n\n" + as_csv(LINES, GERMAN)
        assert proposed(content)[0].header == (4,)

    def test_of_sheets(self) -> None:
        content = as_xlsx(Deckblatt=[["Meldung"], ["Zeitraum", "Juli"]], Zahlen=[GERMAN, *LINES])
        mapping, _ = proposed(content)
        assert (mapping.sheet.name, mapping.header) == ("Zahlen", (1,))

    def test_of_currencies(self) -> None:
        headings = [*GERMAN[:6], "Umsatz netto EUR", "Art"]
        assert proposed(as_csv(LINES, headings))[0].currency.found_in is CurrencyFrom.HEADING
        column = [*GERMAN[:7], "Währung"]
        lines = [[*line[:7], "EUR"] for line in LINES]
        assert proposed(as_csv(lines, column))[0].currency.value == "Währung"


class TestWhatStaysOpen:
    def test_is_said(self) -> None:
        lines = [["07/09/2026", "2", "1.000", "2.000"]]
        text, findings = propose_mapping(as_csv(lines, ["Datum", "Menge", "Einzelpreis", "Umsatz"]))
        said = " ".join(finding.reason.en for finding in findings)
        assert all(word in said for word in ("dates", "decimal", "currency"))
        assert "decimal:" not in text

    def test_nothing_known(self) -> None:
        text, findings = propose_mapping(b"foo;bar\n1;2\n")
        assert "columns: {}" in text
        assert "columns: quantity" in " ".join(finding.reason.en for finding in findings)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_proposed_for_or_refused(self, noise: bytes) -> None:
        try:
            text, _ = propose_mapping(noise)
        except ReportRefused as refusal:
            assert refusal.findings  # noqa: PT017
        else:
            assert "columns:" in text
