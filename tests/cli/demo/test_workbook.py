"""A workbook that others read."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from staffel.cli.demo.workbook import Pieces, workbook


def test_texts_numbers_and_days() -> None:
    content = workbook("Abverkauf 2026-03", [("a & <b>", Pieces(3), -123_45, date(2026, 3, 31), None, "")])
    sheet = load_workbook(BytesIO(content))["Abverkauf 2026-03"]
    ((text, pieces, money, day, *empty),) = sheet.iter_rows(values_only=True)
    assert (text, pieces, money, day.date()) == ("a & <b>", 3, -123.45, date(2026, 3, 31))
    assert set(empty) <= {None}
