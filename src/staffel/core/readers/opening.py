"""Opening a report: format, encoding, delimiter, sheet, header rows; what has none is refused whole."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from staffel.core.findings import Finding, Place
from staffel.core.readers.columns import SEARCHED_LINES, Layout, find_layout, shown_safely
from staffel.core.readers.delimited import DELIMITERS, Record, records_of
from staffel.core.readers.encoding import Decoding, decide_encoding, lines_of
from staffel.core.readers.files import ReportFile, refuse_other_files
from staffel.core.readers.mapping import MOST_HEADER_ROWS, Format, Mapping
from staffel.core.readers.refusals import ReportRefused, find
from staffel.core.readers.texts import Cell
from staffel.core.readers.told import heading_told, headings_listed
from staffel.core.readers.workbook import Sheet, visible_sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """A report whose columns are known. records: all of its records from the first, as often as asked.

    titles: texts above the headings and on other visible sheets. place: the file, with its sheet.
    """

    place: Place
    layout: Layout
    records: Callable[[], Iterator[Record]]
    sheet: str = ""
    titles: tuple[str, ...] = ()
    ends_with_line_end: bool = True
    findings: tuple[Finding, ...] = field(default=())


def open_report(file: ReportFile, mapping: Mapping, most_megabytes: int) -> OpenReport:
    """The report in a file, by its mapping. Raises ReportRefused."""
    refuse_other_files(file)
    found = file.format()
    if mapping.format not in (Format.AUTO, found):
        differs = find("file-format-differs", file.place, expected=mapping.format, found=found)
        raise ReportRefused([differs])
    if found is Format.XLSX:
        return _open_workbook(file, mapping, most_megabytes)
    return _open_delimited(file, mapping)


def delimited_records(file: ReportFile, decoding: Decoding, delimiter: str) -> Iterator[Record]:
    """The records of a CSV from its first line. Raises ReportRefused where bytes cannot be read at all."""
    with lines_of(file.open(), decoding) as lines:
        try:
            yield from records_of(lines, delimiter)
        except UnicodeError:
            raise ReportRefused([find("encoding-wrong", file.place, value=decoding.encoding)]) from None


def decoding_of(file: ReportFile, mapping: Mapping) -> Decoding:
    """How the bytes of a CSV are read."""
    with file.open() as stream:
        return decide_encoding(stream, mapping.encoding, file.place)


def _open_delimited(file: ReportFile, mapping: Mapping) -> OpenReport:
    decoding, lines = decoding_of(file, mapping), _head_lines(mapping)
    tries = []
    for delimiter in [mapping.delimiter] if mapping.delimiter else DELIMITERS:
        head = [record.cells for record in islice(delimited_records(file, decoding, delimiter), lines)]
        tries.append((find_layout(head, mapping, file.place), delimiter, head))
    layout, delimiter, head = max(tries, key=lambda each: (len(each[0].at), _width(each[2])))
    _refuse_errors(layout)
    return OpenReport(
        place=file.place,
        layout=layout,
        records=lambda: delimited_records(file, decoding, delimiter),
        titles=texts_of(head[: layout.header.data_from]),
        ends_with_line_end=decoding.ends_with_line_end,
        findings=decoding.findings,
    )


def _head_lines(mapping: Mapping) -> int:
    """How many lines are looked at for the headings."""
    return max([SEARCHED_LINES, *(mapping.header or ())]) + MOST_HEADER_ROWS


def _width(head: Sequence[Sequence[Cell]]) -> int:
    return max(map(len, head), default=0)


def _open_workbook(file: ReportFile, mapping: Mapping, most_megabytes: int) -> OpenReport:
    sheets = visible_sheets(file.data(), file.place, most_megabytes)
    wanted = [sheet for sheet in sheets if _is_wanted(sheet, mapping)]
    if not wanted:
        said = mapping.sheet.name or mapping.sheet.pattern or "–"
        names = headings_listed([sheet.name for sheet in sheets])
        code = "sheet-missing" if sheets else "sheets-empty"
        raise ReportRefused([find(code, file.place, value=said, found=names)])
    lines = _head_lines(mapping)
    layouts = [find_layout(sheet.rows[:lines], mapping, file.place) for sheet in wanted]
    best = max(range(len(wanted)), key=lambda number: (len(layouts[number].at), -number))
    _refuse_errors(layouts[best])
    sheet, layout = wanted[best], layouts[best]
    unread = [
        find("sheet-not-read", file.place, value=heading_told(other.name))
        for other, its_layout in zip(wanted, layouts, strict=True)
        if other is not sheet and not its_layout.findings
    ]
    others = [row for other in sheets if other is not sheet for row in other.rows[:lines]]
    return OpenReport(
        place=Place(file=f"{file.name}#{sheet.name}"),
        layout=layout,
        records=sheet.records,
        sheet=sheet.name,
        titles=texts_of([*sheet.rows[: layout.header.data_from], *others]),
        findings=tuple(unread),
    )


def _is_wanted(sheet: Sheet, mapping: Mapping) -> bool:
    choice = mapping.sheet
    if choice.name is not None:
        return sheet.name.strip().casefold() == choice.name.strip().casefold()
    return choice.pattern is None or re.search(choice.pattern, sheet.name) is not None


def _refuse_errors(layout: Layout) -> None:
    if layout.findings:
        raise ReportRefused(layout.findings)


def texts_of(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Each row as one text, its filled cells joined by blanks; longer than a title is cut off."""
    texts = (" ".join(shown_safely(cell)[:500] for cell in row if str(cell).strip()) for row in rows)
    return tuple(text for text in texts if text)
