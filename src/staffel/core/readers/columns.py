"""Which column of a file is which: header rows found by their headings, merged groups told apart.

A column has parts, one per header row: `("Beleg", "Nummer")`. A reference such as `Beleg / Nummer` fits
when its parts stand in them in this order; blanks and the case of letters make no difference.
"""

import difflib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass

from staffel.core.findings import Finding, Place
from staffel.core.readers.mapping import MOST_HEADER_ROWS, Mapping, word_of
from staffel.core.readers.refusals import find
from staffel.core.readers.texts import Cell
from staffel.core.readers.told import heading_told

# Header rows are looked for in the first lines.
SEARCHED_LINES = 60
_SEPARATOR = " / "

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the headings stand. rows: positions among the records, from 0; columns: the parts of each."""

    rows: tuple[int, ...]
    columns: tuple[Parts, ...]

    @property
    def data_from(self) -> int:
        """The position of the first record behind it."""
        return self.rows[-1] + 1 if self.rows else 0

    def heading(self, column: int) -> str:
        """The heading of a column as a mapping writes it."""
        return _SEPARATOR.join(self.columns[column])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A header, and at which column (from 0) each thing stands that the mapping reads."""

    header: Header
    at: Table[str, int]
    findings: tuple[Finding, ...] = ()

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headings of the columns that nothing reads, in their order."""
        read = set(self.at.values())
        return tuple(
            self.header.heading(column) or f"#{column + 1}"
            for column in range(len(self.header.columns))
            if column not in read
        )


def plain(heading: str) -> str:
    """A heading for comparison: blanks made one, letters small."""
    return " ".join(heading.split()).casefold()


def header_at(records: Sequence[Sequence[Cell]], rows: tuple[int, ...]) -> Header:
    """The header in these records. Above the fullest row a heading holds on to the right: a merged group."""
    if not rows:
        return Header(rows=(), columns=tuple(() for _ in records[0]) if records else ())
    texts = [[" ".join(shown_safely(cell).split()) for cell in records[row]] for row in rows]
    width = max(map(len, texts))
    names = max(range(len(texts)), key=lambda row: sum(map(bool, texts[row])))
    filled = [
        _held_on(row, width) if number < names else row + [""] * (width - len(row))
        for number, row in enumerate(texts)
    ]
    columns = (tuple(part for part in parts if part) for parts in zip(*filled, strict=True))
    return Header(rows=rows, columns=tuple(columns))


def find_layout(records: Sequence[Sequence[Cell]], mapping: Mapping, place: Place) -> Layout:
    """The layout by the mapping: at the rows that it names, or where most of its columns are found."""
    if mapping.header is not None:
        rows = tuple(row - 1 for row in mapping.header)
        if rows and rows[-1] >= len(records):
            return Layout(
                header=Header(rows=(), columns=()), at={}, findings=(find("headings-missing", place),)
            )
        return resolve(header_at(records, rows), mapping, place)
    layouts = (resolve(header, mapping, place) for header in candidates(records))
    best = max(layouts, key=lambda layout: len(layout.at), default=None)
    if best is None or not best.at:
        return Layout(header=Header(rows=(), columns=()), at={}, findings=(find("headings-missing", place),))
    return best


def candidates(records: Sequence[Sequence[Cell]]) -> list[Header]:
    """Every header that may stand in the first records: one to three rows, the fewest rows first."""
    found = []
    for depth in range(1, MOST_HEADER_ROWS + 1):
        for first in range(min(len(records), SEARCHED_LINES) - depth + 1):
            rows = tuple(range(first, first + depth))
            if all(any(shown_safely(cell) for cell in records[row]) for row in rows):
                found.append(header_at(records, rows))
    return found


def shown_safely(cell: Cell) -> str:
    """A cell as text, also where its number is none that counts."""
    return cell.strip() if isinstance(cell, str) else str(cell)


def resolve(header: Header, mapping: Mapping, place: Place) -> Layout:
    """At which column each reference of the mapping stands; what is missing or doubtful is a finding."""
    at: dict[str, int] = {}
    findings = []
    for name, reference in mapping.references().items():
        columns = columns_for(header, reference)
        if len(columns) == 1:
            at[name] = columns[0]
        elif columns:
            findings.append(
                find("heading-ambiguous", place, value=heading_told(reference), word=word_of(name))
            )
        else:
            told, nearest = heading_told(reference), heading_told(_nearest(header, reference))
            findings.append(find("heading-missing", place, value=told, nearest=nearest, word=word_of(name)))
    return Layout(header=header, at=at, findings=tuple(findings))


def columns_for(header: Header, reference: str) -> list[int]:
    """The columns that a reference may mean: by number, by all parts, or by some of them in order."""
    if reference.startswith("#") and reference[1:].isdecimal():
        column = int(reference[1:]) - 1
        return [column] if 0 <= column < max(len(header.columns), 1) else []
    wanted = plain(reference)
    whole = [column for column in range(len(header.columns)) if plain(header.heading(column)) == wanted]
    if whole:
        return whole
    parts = [plain(part) for part in reference.split(_SEPARATOR)]
    return [
        column for column, own in enumerate(header.columns) if _in_order(parts, [plain(part) for part in own])
    ]


def _in_order(parts: list[str], own: list[str]) -> bool:
    rest = iter(own)
    return all(part in rest for part in parts)


def _held_on(row: list[str], width: int) -> list[str]:
    held, last = [], ""
    for text in row + [""] * (width - len(row)):
        last = text or last
        held.append(last)
    return held


def _nearest(header: Header, reference: str) -> str:
    headings = [header.heading(column) for column in range(len(header.columns))]
    nearest = difflib.get_close_matches(reference, headings, n=1)
    return nearest[0] if nearest else "–"
