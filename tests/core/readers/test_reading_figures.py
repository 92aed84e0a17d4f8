"""Reports from bytes to figures: exact to the last decimal, and held against totals lines."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core.readers import Column, RowKind
from tests.core.readers.layouts import (
    HEADINGS,
    as_csv,
    as_xlsx,
    codes,
    notes,
    read_bytes,
    read_rows,
    sale,
)


class TestFigures:
    def test_the_largest_amounts_lose_nothing(self) -> None:
        amount = "1.000.000.000.000.000,1234"
        report = read_rows(*[sale(Menge="1", Preis="", Netto=amount)] * 3)
        assert report.sums.net == {"EUR": Decimal("3000000000000000.3702")}

    def test_five_decimals_are_rounded_and_said(self) -> None:
        report = read_rows(sale(Netto="1,00005"), sale(Netto="1,00005"))
        assert [row.net for row in report.rows] == [Decimal("1.0001")] * 2
        rounded = [finding for finding in report.findings if finding.code == "amount-rounded"]
        assert [finding.reason.en[-2:] for finding in rounded] == ["2."]

    def test_a_totals_line_that_differs(self) -> None:
        report = read_rows(sale(), ["", "", "", "Summe", "", "4", "", "18.450,00"])
        (total,) = report.control_totals
        assert (total.agrees, total.quantity, total.read_quantity) == (False, Decimal(4), Decimal(3))
        assert "control-total-differs" in notes(report)

    @pytest.mark.parametrize(
        ("quantity", "net", "said"),
        [
            ("3", "18.450,00", {"control-total-agrees"}),
            ("", "18.450,00", {"control-total-agrees"}),
            ("", "", {"control-total-silent"}),
            ("#REF!", "", {"control-total-unchecked"}),
            ("#REF!", "18.450,00", {"control-total-unchecked", "control-total-agrees"}),
            ("#REF!", "18.450,01", {"control-total-unchecked", "control-total-differs"}),
            ("=…", "=…", {"control-total-unchecked"}),
        ],
    )
    def test_a_totals_line_agrees_only_with_what_it_states(
        self, quantity: str, net: str, said: set[str]
    ) -> None:
        report = read_rows(sale(), ["", "", "", "Summe", "", quantity, "", net])
        assert {code for code in notes(report) if code.startswith("control-total")} == said

    def test_a_totals_line_of_formulas_that_nobody_computed(self) -> None:
        cells = ["RE-1", "28.07.2026", "10021", "Weser", "AN-1", 3, 6150, 18450]
        total = ["", "", "", "Summe", "", "=SUM(F2:F2)", "", "=SUM(H2:H2)"]
        report = read_bytes(as_xlsx(Juli=[HEADINGS, cells, total]))
        (found,) = report.control_totals
        assert (found.agrees, found.unread) == (None, (Column.QUANTITY, Column.NET))
        (said,) = (finding for finding in report.findings if finding.code == "control-total-unchecked")
        assert "quantity 3, amount 18,450.00" in said.reason.en
        assert "Menge 3, Betrag 18.450,00" in said.reason.de

    def test_a_formula_that_nobody_computed_is_no_figure(self) -> None:
        rows = [
            ["RE-1", "28.07.2026", "10021", "Weser", "AN-1", 3, 6150, "=F2*G2"],
            ["RE-2", "28.07.2026", "=C2", "Weser", "AN-1", 3, 6150, 18450],
            ["RE-3", "28.07.2026", "10021", "Weser", "AN-1", 3, 6150, 18450],
        ]
        report = read_bytes(as_xlsx(Juli=[HEADINGS, *rows]))
        assert codes(report) == ["formula-without-result"] * 2
        assert [row.finding.places[0].column for row in report.refused] == [8, 3]
        assert report.sums.net == {"EUR": Decimal(18450)}

    @pytest.mark.parametrize(
        ("column", "code"),
        [
            ("H", "number-unreadable"),
            ("B", "date-unreadable"),
            ("C", "formula-failed"),
            ("D", "formula-failed"),
        ],
    )
    def test_a_formula_that_failed_is_no_empty_cell(self, column: str, code: str) -> None:
        cells = ["RE-1", "28.07.2026", "10021", "Weser", "AN-1", 3, 6150, 18450]
        cells[ord(column) - ord("A")] = "#REF!"
        for content in (as_xlsx(Juli=[HEADINGS, cells]), as_csv([list(map(str, cells))])):
            report = read_bytes(content)
            assert codes(report) == [code]
            assert "#REF!" in report.refused[0].finding.reason.de

    def test_subtotals_and_a_total(self) -> None:
        sub = ["", "", "", "Zwischensumme", "", "3", "", "18.450,00"]
        whole = ["", "", "", "Gesamt", "", "6", "", "36.900,00"]
        report = read_rows(sale(), sub, sale(), sub, whole)
        assert [total.agrees for total in report.control_totals] == [True, True, True]
        assert report.sums.lines == 2

    def test_a_partner_called_total_stays(self) -> None:
        report = read_rows(sale(Name="Total Networks GmbH", Kunde=""), sale(Name="Summe & Co"))
        assert report.sums.lines == 2


AMOUNTS = st.decimals(min_value=0, max_value=10**15, places=4)


class TestFiguresOfWholeFiles:
    """What was written into a file is what it comes to, to the last decimal."""

    @given(st.lists(AMOUNTS, min_size=1, max_size=20))
    def test_of_a_csv(self, amounts: list[Decimal]) -> None:
        german = [f"{amount:,f}".translate(str.maketrans(",.", ".,")) for amount in amounts]
        report = read_rows(*[sale(Menge="1", Preis="", Netto=text) for text in german])
        assert [row.net for row in report.rows] == amounts

    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(1, 10**15 - 1), st.integers(0, 4)), min_size=1, max_size=20))
    def test_of_a_workbook(self, figures: list[tuple[int, int]]) -> None:
        """Numbers of up to 15 digits, which is what a cell can hold; more digits come as text."""
        amounts = [Decimal(digits).scaleb(-places) for digits, places in figures]
        rows = [["RE-1", "28.07.2026", "1", "Weser", "AN-1", 1, "", float(amount)] for amount in amounts]
        report = read_bytes(as_xlsx(Juli=[HEADINGS, *rows]))
        assert [row.net for row in report.rows] == amounts


class TestReturnsInColumns:
    HEADINGS: tuple[str, ...] = ("Datum", "Kunde", "Artikel", "Verkauft", "Zurück", "Preis")
    MAPPING = """
delimiter: ";"
decimal: ","
dates: dmy
columns: {sold_on: Datum, partner_name: Kunde, product_vendor_number: Artikel, quantity: Verkauft,
  returned_quantity: Zurück, unit_price: Preis}
"""

    @pytest.mark.parametrize(
        ("sold", "back", "parts"),
        [
            ("5", "", [(0, RowKind.SALE, "5", "50")]),
            ("5", "0", [(0, RowKind.SALE, "5", "50")]),
            ("5", "2", [(0, RowKind.SALE, "5", "50"), (1, RowKind.RETURN, "-2", "-20")]),
            ("", "2", [(0, RowKind.RETURN, "-2", "-20")]),
            ("0", "-2", [(0, RowKind.RETURN, "-2", "-20")]),
        ],
    )
    def test_parts(self, sold: str, back: str, parts: list[tuple[int, RowKind, str, str]]) -> None:
        content = as_csv([["28.07.2026", "Weser", "AN-1", sold, back, "10"]], self.HEADINGS)
        report = read_bytes(content, self.MAPPING)
        assert [(row.part, row.kind, row.quantity, row.net) for row in report.rows] == [
            (part, kind, Decimal(quantity), Decimal(net)) for part, kind, quantity, net in parts
        ]
        assert report.counts.data == 1
