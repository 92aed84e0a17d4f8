"""A proposed mapping reads the file it was proposed for."""

import re
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
        assert codes == ["mapping-currency-open", "mapping-guessed", "mapping-guessed"]

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

    @pytest.mark.parametrize("sheet", ["Juli 2026", "Abverkauf März", "2026-07", "KW30"])
    def test_a_sheet_of_one_month_is_not_asked_for_by_name(self, sheet: str) -> None:
        """The next report's sheet has another name."""
        mapping, _ = proposed(as_xlsx(**{sheet: [GERMAN, *LINES]}))
        assert mapping.sheet.name is None

    def test_of_currencies(self) -> None:
        headings = [*GERMAN[:6], "Umsatz netto EUR", "Art"]
        assert proposed(as_csv(LINES, headings))[0].currency.found_in is CurrencyFrom.HEADING
        column = [*GERMAN[:7], "Währung"]
        lines = [[*line[:7], "EUR"] for line in LINES]
        assert proposed(as_csv(lines, column))[0].currency.value == "Währung"


class TestNumbersAndNames:
    @pytest.mark.parametrize(
        ("headings", "cells", "found"),
        [
            (["Kunde", "Menge"], ["10021", "1"], {Column.PARTNER_NUMBER: "Kunde"}),
            (["Kunde", "Menge"], ["Kern IT GmbH", "1"], {Column.PARTNER_NAME: "Kunde"}),
            (
                ["Kunde", "Name", "Menge"],
                ["K-10021", "Kern IT GmbH", "1"],
                {Column.PARTNER_NUMBER: "Kunde", Column.PARTNER_NAME: "Name"},
            ),
            (
                ["Kd.-Nr.", "Kunde", "Menge"],
                ["10021", "Kern", "1"],
                {Column.PARTNER_NUMBER: "Kd.-Nr.", Column.PARTNER_NAME: "Kunde"},
            ),
            (["Artikel", "Menge"], ["A-100", "1"], {Column.PRODUCT_DISTRIBUTOR_NUMBER: "Artikel"}),
            (["Artikel", "Menge"], ["Server für das Büro", "1"], {Column.PRODUCT_NAME: "Artikel"}),
            (["Product", "Qty"], ["A-100", "1"], {Column.PRODUCT_VENDOR_NUMBER: "Product"}),
            (["Product", "Qty"], ["Small server", "1"], {Column.PRODUCT_NAME: "Product"}),
        ],
    )
    def test_the_values_tell(self, headings: list[str], cells: list[str], found: dict[Column, str]) -> None:
        columns = dict(proposed(as_csv([cells, cells], headings))[0].columns)
        del columns[Column.QUANTITY]
        assert columns == found


class TestHowAnAmountIsProven:
    HEADINGS: tuple[str, ...] = ("Datum", "Kundennr.", "Artikelnr.", "Menge", "Preis", "Netto EUR")

    def said(self, *lines: tuple[str, str, str], headings: tuple[str, ...] = HEADINGS) -> list[str]:
        rows = [["28.07.2026", "10021", "A-100", *line][: len(headings)] for line in lines]
        return proposed(as_csv(rows, headings))[1]

    def test_by_most_lines(self) -> None:
        assert self.said(("3", "2,00", "6,00"), ("2", "2,00", "4,00")) == ["mapping-guessed"] * 2

    def test_not_by_a_single_line_of_many(self) -> None:
        odd = [("3", "2,00", "7,00")] * 3
        assert self.said(("3", "2,00", "6,00"), *odd) == ["mapping-guess-unproven"] * 2

    def test_not_by_lines_of_one_piece(self) -> None:
        assert self.said(("1", "2,00", "2,00")) == ["mapping-guess-unproven"] * 2

    def test_not_without_a_price(self) -> None:
        """A newcomer's file: `Netto` alone may be the price of one piece."""
        headings = ("Datum", "Kundennr.", "Artikelnr.", "Menge", "Netto EUR")
        rows = [["28.07.2026", "10021", "A-100", "3", "6,00"]]
        text, findings = propose_mapping(as_csv(rows, headings))
        assert [(finding.code, finding.severity) for finding in findings] == [
            ("mapping-guess-unproven", "warning")
        ]
        assert "agrees" not in text
        assert "agrees" not in findings[0].reason.en

    def test_how_many_lines_are_said(self) -> None:
        rows = [["28.07.2026", "10021", "A-100", "3", "2,00", "6,00"]] * 3
        _, findings = propose_mapping(as_csv(rows, self.HEADINGS))
        assert all("the amount: 3 of 3." in finding.reason.en for finding in findings)


class TestWhatStaysOpen:
    def test_is_said_with_an_example(self) -> None:
        lines = [["07/09/2026", "2", "1.000", "2.000"]]
        text, findings = propose_mapping(as_csv(lines, ["Datum", "Menge", "Einzelpreis", "Umsatz"]))
        said = {finding.code: finding.reason.en for finding in findings}
        assert set(said) == {
            "mapping-dates-open",
            "mapping-signs-open",
            "mapping-currency-open",
            "mapping-no-partner",
            "mapping-no-product",
        }
        assert "07/09/2026" in said["mapping-dates-open"]
        assert "1.000" in said["mapping-signs-open"]
        assert "\ndecimal:" not in text
        assert re.search(r"\n# dates: dmy +# undecided, one of: dmy \| mdy \| ymd\n", text)
        assert re.search(r'\n# decimal: "," +# undecided, one of: "," \| "."\n', text)

    @pytest.mark.parametrize(
        ("without", "code", "word"),
        [
            ("Datum", "mapping-no-date", "sold_on"),
            ("Kundennr.", "mapping-no-partner", "partner_number"),
            ("Hersteller-Artikelnr.", "mapping-no-product", "product_vendor_number"),
            ("Umsatz EUR", "mapping-no-amount", "net"),
        ],
    )
    def test_a_column_that_every_line_needs(self, without: str, code: str, word: str) -> None:
        text, findings = propose_mapping(self.file_without(without))
        assert [finding.code for finding in findings] == [code]
        assert "Dings" in findings[0].reason.en
        assert f"{word}: HEADING" in findings[0].way_out.en
        assert f"\n  # {word}: HEADING " in text

    @pytest.mark.parametrize("without", ["Menge", "Dings"])
    def test_a_column_that_no_line_needs(self, without: str) -> None:
        """A line may have an amount alone."""
        assert propose_mapping(self.file_without(without))[1] == ()

    def file_without(self, heading: str) -> bytes:
        headings = ["Datum", "Kundennr.", "Hersteller-Artikelnr.", "Menge", "Umsatz EUR", "Dings"]
        line = ["28.07.2026", "10021", "A-100", "3", "6,50", "x"]
        kept = [at for at, other in enumerate(headings) if other != heading]
        return as_csv([[line[at] for at in kept]], [headings[at] for at in kept])

    def test_of_headings_alone(self) -> None:
        headings = ["Rechnungsdatum", "Kundennr.", "Hersteller-Artikelnr.", "Menge", "Umsatz EUR"]
        for content in (as_csv([], headings), as_xlsx(Juli=[headings])):
            mapping, codes = proposed(content)
            assert codes == ["mapping-no-lines"]
            assert mapping.columns[Column.INVOICED_ON] == "Rechnungsdatum"

    def test_of_formulas_that_nobody_computed(self) -> None:
        headings = ["Rechnungsdatum", "Kundennr.", "Hersteller-Artikelnr.", "Menge", "Umsatz EUR"]
        content = as_xlsx(Juli=[headings, ["28.07.2026", "10021", "A-1", 3, "=D2*2"]])
        _, findings = propose_mapping(content, "rhein.xlsx")
        assert [(finding.code, str(finding.places[0])) for finding in findings] == [
            ("formulas-without-result", "rhein.xlsx#Juli:2:5")
        ]

    def test_nothing_known(self) -> None:
        text, findings = propose_mapping(b"foo;bar\n1;2\n")
        assert [finding.code for finding in findings] == ["mapping-nothing-known"]
        assert "foo · bar" in findings[0].reason.en
        assert "header: 1\ncolumns:\n  # quantity: HEADING " in text

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file-empty"),
            (b"\n \n", "file-empty"),
            (as_xlsx(Juli=[], hidden=[["Menge"]]), "sheets-empty"),
            (b"%PDF-1.7", "file-no-table"),
        ],
    )
    def test_no_file_to_propose_for(self, content: bytes, code: str) -> None:
        with pytest.raises(ReportRefused, match=code):
            propose_mapping(content)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_proposed_for_or_refused(self, noise: bytes) -> None:
        try:
            text, _ = propose_mapping(noise)
        except ReportRefused as refusal:
            assert refusal.findings  # noqa: PT017
        else:
            assert "columns:" in text
