"""Headings in one to three rows, and the columns that references mean."""

import pytest

from staffel.core.findings import Place
from staffel.core.readers.columns import columns_for, find_layout, header_at, plain
from staffel.core.readers.mapping import Column, Mapping
from tests.core.readers.layouts import mapping_of

HERE = Place(file="test.xlsx")
GROUPED = [
    ["Abverkauf", "", "", "", "", ""],
    ["Beleg", "", "Fachhändler", "", "Werte", ""],
    ["Nummer", "Datum", "Nummer", "Name", "Menge", "Netto"],
    ["", "TT.MM.JJJJ", "", "", "Stk.", "EUR"],
    ["RE-1", "28.07.2026", "10021", "Weser", "3", "5,00"],
]


def mapping(**columns: str) -> Mapping:
    named = {Column(name): heading for name, heading in columns.items()}
    return Mapping(name="test", columns={Column.QUANTITY: "Menge", **named})


class TestGroups:
    def test_a_group_holds_on_to_the_right(self) -> None:
        header = header_at(GROUPED, (1, 2, 3))
        assert header.heading(3) == "Fachhändler / Name"
        assert header.heading(1) == "Beleg / Datum / TT.MM.JJJJ"

    def test_a_unit_does_not(self) -> None:
        assert header_at(GROUPED, (1, 2, 3)).columns[2] == ("Fachhändler", "Nummer")

    @pytest.mark.parametrize(
        ("reference", "columns"),
        [
            ("Nummer", [0, 2]),
            ("Beleg / Nummer", [0]),
            ("fachhändler  /  nummer", [2]),
            ("fachhändler / NUMMER", [2]),
            ("Menge", [4]),
            ("Werte / Netto / EUR", [5]),
            ("Netto / EUR", [5]),
            ("EUR / Netto", []),  # in their order
            ("#3", [2]),
            ("#7", []),
            ("Preis", []),
        ],
    )
    def test_references(self, reference: str, columns: list[int]) -> None:
        assert columns_for(header_at(GROUPED, (1, 2, 3)), reference) == columns


class TestFinding:
    def test_rows_that_hold_most_headings(self) -> None:
        layout = find_layout(GROUPED, mapping(invoice_no="Beleg / Nummer", net="Netto"), HERE)
        assert (layout.header.rows, layout.findings) == ((1, 2), ())
        assert layout.at == {"quantity": 4, "invoice_no": 0, "net": 5}

    def test_what_is_not_read_is_dropped(self) -> None:
        layout = find_layout(GROUPED, mapping(invoice_no="Beleg / Nummer", net="Netto"), HERE)
        assert layout.dropped == ("Beleg / Datum", "Fachhändler / Nummer", "Fachhändler / Name")

    def test_everything_that_is_wrong(self) -> None:
        layout = find_layout(GROUPED, mapping(invoice_no="Nummer", net="Nettto"), HERE)
        assert [finding.code for finding in layout.findings] == ["heading-ambiguous", "heading-missing"]
        assert "Netto" in layout.findings[1].reason.en

    def test_no_headings_at_all(self) -> None:
        layout = find_layout([["1", "2"]], mapping(), HERE)
        assert [finding.code for finding in layout.findings] == ["headings-missing"]

    def test_rows_that_are_said(self) -> None:
        said = mapping_of("header: [3, 4]\ncolumns: {quantity: Menge}")
        assert find_layout(GROUPED, said, HERE).header.data_from == 4

    def test_rows_beyond_the_file(self) -> None:
        said = mapping_of("header: 9\ncolumns: {quantity: Menge}")
        assert [finding.code for finding in find_layout(GROUPED, said, HERE).findings] == ["headings-missing"]

    def test_without_headings_columns_have_numbers(self) -> None:
        said = mapping_of('header: none\ncolumns: {quantity: "#4"}')
        layout = find_layout([["a", "b", "c", "4"]], said, HERE)
        assert (layout.at, layout.header.data_from) == ({"quantity": 3}, 0)
        assert layout.dropped == ("#1", "#2", "#3")


def test_blanks_and_capitals_make_no_difference() -> None:
    assert plain(" Umsatz\u00a0 Netto\n€ ") == "umsatz netto €"
