"""Lines that are no rows; and rows that look like them."""

import pytest

from staffel.core.readers.columns import header_at
from staffel.core.readers.lines import LineKind, LineSorter
from tests.core.readers.layouts import HEADINGS, SALE, mapping_of, sale

NOTHING = [""] * len(HEADINGS)


def sorter(mapping: str | None = None) -> LineSorter:
    found = mapping_of() if mapping is None else mapping_of(mapping)
    names = {column: HEADINGS.index(heading) for column, heading in found.columns.items()}
    return LineSorter(found, header_at([HEADINGS], (0,)), {str(name): at for name, at in names.items()})


def line(**cells: str) -> list[str]:
    return [cells.get(heading, "") for heading in HEADINGS]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([], LineKind.EMPTY),
        (NOTHING, LineKind.EMPTY),
        (["", " ", "\u00a0"], LineKind.EMPTY),
        (line(Artikel="Summe", Menge="3", Netto="5,00"), LineKind.TOTALS),
        (line(Name="Gesamtsumme netto:", Netto="5,00"), LineKind.TOTALS),
        (line(Beleg="Zwischensumme", Datum="28.07.2026", Netto="5,00"), LineKind.TOTALS),
        (line(Artikel="Grand Total EUR", Netto="5,00"), LineKind.TOTALS),
        (line(Preis="Summe", Netto="5,00"), LineKind.TOTALS),
        (line(Beleg="Stand: 03.08.2026 07:12"), LineKind.REMARK),
        (["Erstellt am", "03.08.2026"], LineKind.REMARK),
        (["Seite 1 von 3"], LineKind.REMARK),
        (HEADINGS, LineKind.HEADINGS),
        (SALE, None),
        (sale(Name="Total Networks GmbH"), None),
        (line(Name="Total Networks GmbH", Menge="3", Netto="5,00"), None),
        (line(Name="Summerset Ltd", Menge="3", Netto="5,00"), None),
        (sale(Artikel="Stand"), None),  # a product of that name
        (line(Beleg="unklar"), None),
        (line(Menge="3"), None),
    ],
)
def test_kinds(cells: list[str], kind: LineKind | None) -> None:
    assert sorter().kind_of(cells) is kind


def test_words_of_the_mapping() -> None:
    words = "totals_words: [totaal]\nremark_words: [peildatum]\ncolumns: {quantity: Menge, net: Netto}"
    own = sorter(words)
    assert own.kind_of(line(Name="Totaal", Menge="3")) is LineKind.TOTALS
    assert own.kind_of(line(Beleg="Peildatum: 3 aug")) is LineKind.REMARK
    assert own.kind_of(line(Name="Summe", Menge="3")) is None


def test_what_must_be_looked_at() -> None:
    own = sorter()
    assert [own.is_suspect(cell) for cell in ("Summe", "Stand: heute", "Weser", 3)] == [
        True,
        True,
        False,
        False,
    ]
