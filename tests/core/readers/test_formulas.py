"""Formulas without a stored result are told from empty cells, and from results that are empty or nought."""

import io
import zipfile

import pytest

from staffel.core.readers.formulas import column_number, hidden_cells
from staffel.core.readers.texts import NO_RESULT
from tests.core.readers.layouts import as_xlsx
from tests.core.readers.test_workbook import code_of, rewritten, sheets_in

BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
WRITTEN = as_xlsx(Juli=[["Menge", "Summe"], [3, "=A2*2"]])
COMPUTED = rewritten(WRITTEN, BOOK, lambda text: text.replace(b' fullCalcOnLoad="1"', b""))


def with_cell(cell: str, book: bytes = COMPUTED) -> bytes:
    """The workbook with another cell at B2."""

    def change(text: bytes) -> bytes:
        start = text.index(b'<c r="B2"')
        return text[:start] + cell.encode() + text[text.index(b"</c>", start) + 4 :]

    return rewritten(book, SHEET, change)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>A2*2</f><v /></c>',
        '<c r="B2"><f>A2*2</f><v></v></c>',
        '<c r="B2"><f>A2*2</f></c>',
        '<c s="1" r="B2" t="n"><f>A2*2</f><v/></c>',
        '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f></c>',
        '<c r="B2"><f t="shared" si="0"/><v/></c>',
        '<c r="B2" t="str"><f>A2&amp;"x"</f></c>',
    ],
)
def test_no_result(cell: str) -> None:
    (sheet,) = sheets_in(with_cell(cell))
    assert sheet.without_result == ((1, 1),)
    assert sheet.rows == [["Menge", "Summe"], [3.0, NO_RESULT]]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B2"><f>A2*2</f><v>6</v></c>', 6.0),
        ('<c r="B2"><f>A2*0</f><v>0</v></c>', 0.0),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),  # an empty text, as a spreadsheet program stores it
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),  # which calamine takes for empty
        ('<c r="B2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="B2" s="1"/><c r="C2"></c>', ""),
    ],
)
def test_results(cell: str, value: object) -> None:
    (sheet,) = sheets_in(with_cell(cell))
    assert (sheet.rows[1][1], list(sheet.without_result)) == (value, [])


def test_a_nought_in_place_of_a_result() -> None:
    """The workbook asks to be computed on opening, so its noughts are none; what else is stored counts."""
    nought, six = ('<c r="B2"><f>A2*2</f><v>0</v></c>', '<c r="B2"><f>A2*2</f><v>6</v></c>')
    assert sheets_in(with_cell(nought, WRITTEN))[0].rows[1][1] is NO_RESULT
    assert sheets_in(with_cell(six, WRITTEN))[0].rows[1][1] == 6.0


def test_of_the_sheet_in_which_it_stands() -> None:
    data = as_xlsx(**{"Umsatz & Menge": [["a"], [1]], "Juli": [["b"], ["=A1"]], "hidden": [["c"], ["=A1"]]})
    assert [(sheet.name, list(sheet.without_result)) for sheet in sheets_in(data)] == [
        ("Umsatz & Menge", []),
        ("Juli", [(1, 0)]),
    ]


def test_beyond_the_last_filled_cell() -> None:
    (sheet,) = sheets_in(as_xlsx(Juli=[["Menge"], [3], ["", "", "=A2"]]))
    assert [list(row) for row in sheet.rows][2] == ["", "", NO_RESULT]


def test_a_cell_outside_its_row() -> None:
    """It would make a sheet of hundreds of millions of cells of a file of a kilobyte."""
    far = with_cell('<c r="ZZ9999999"><f>A2</f></c>')
    assert code_of(far) in {"sheet-too-large", "file-unreadable"}


def test_tags_that_never_end_are_not_searched_again_and_again() -> None:
    """Each would be followed to the end of the file: minutes for a megabyte."""
    endless = rewritten(WRITTEN, SHEET, lambda text: text + b"<!--" + b"<c <f " * 200_000 + b"-->")
    assert sheets_in(endless)[0].without_result == ((1, 1),)


def test_not_the_sheet_of_another_kind_of_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<c><f/></c>")
    with zipfile.ZipFile(out) as archive:
        assert hidden_cells(archive, ["content.xml"]) == {}


@pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16384)])
def test_columns(letters: bytes, number: int) -> None:
    assert column_number(letters) == number
