"""What a line of the data is besides a row: empty, a totals line, a remark (`Stand: …`), headings again.

A totals word alone makes no totals line, else a partner named "Total Networks" would vanish: no document,
partner or product may stand beside it, and where it stands in a partner's or product's place, no other word.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from enum import StrEnum

from staffel.core.readers.columns import Header, plain
from staffel.core.readers.mapping import PARTNER_KEYS, PRODUCT_KEYS, Column, Mapping
from staffel.core.readers.texts import Cell

_WORDS = re.compile(r"[^\W\d_]+")
_FIGURE_LIKE = re.compile(r"[\s0-9.,'’()+\-−–%€$£]*(?:[A-Za-z]{3})?[\s0-9.,'’()+\-−–%€$£]*")


_KEYS = {
    str(column)
    for column in (Column.INVOICE_NO, Column.ORDER_NO, *PARTNER_KEYS, *PRODUCT_KEYS, Column.END_CUSTOMER)
}
_BESIDE_TOTALS = set(
    "netto brutto net gross umsatz menge stück stk eur usd gbp chf aller zeilen of all".split()
)


class LineKind(StrEnum):
    """What a line that is no row is."""

    EMPTY = "empty"
    TOTALS = "totals"
    REMARK = "remark"
    HEADINGS = "headings"


class LineSorter:
    """Tells the lines apart that are no rows."""

    def __init__(self, mapping: Mapping, header: Header, at: Table[str, int]) -> None:
        self._totals = _beginning(mapping.totals_words)
        self._remarks = _beginning(mapping.remark_words)
        self._suspect = _beginning([*mapping.totals_words, *mapping.remark_words])
        self._beside = _BESIDE_TOTALS | {
            part for word in mapping.totals_words for part in plain(word).split()
        }
        self._headings = [{plain(part) for part in parts} for parts in header.columns]
        self._keys = frozenset(column for name, column in at.items() if name in _KEYS)

    def kind_of(self, cells: Sequence[Cell]) -> LineKind | None:
        """The kind of a line that is no row; None: it is one, or it is to be refused."""
        filled = [(column, cell) for column, cell in enumerate(cells) if not is_empty(cell)]
        if not filled:
            return LineKind.EMPTY
        if self._is_totals(filled):
            return LineKind.TOTALS
        if self._is_remark(filled):
            return LineKind.REMARK
        return LineKind.HEADINGS if self._is_headings(filled) else None

    def is_suspect(self, cell: Cell) -> bool:
        """Whether a cell begins with a totals word or one of a remark, so that its line must be looked at."""
        return _begins(cell, self._suspect)

    def _is_totals(self, filled: list[tuple[int, Cell]]) -> bool:
        worded = [(column, cell) for column, cell in filled if _begins(cell, self._totals)]
        if len(worded) != 1:
            return False
        column, cell = worded[0]
        if any(other in self._keys for other, _ in filled if other != column):
            return False
        return column not in self._keys or self._says_no_more(str(cell))

    def _says_no_more(self, text: str) -> bool:
        return all(word.casefold() in self._beside for word in _WORDS.findall(text))

    def _is_remark(self, filled: list[tuple[int, Cell]]) -> bool:
        texts = [cell for _, cell in filled if not _is_like_figure(cell)]
        return len(filled) <= 2 and bool(texts) and _begins(filled[0][1], self._remarks)

    def _is_headings(self, filled: list[tuple[int, Cell]]) -> bool:
        return len(filled) > 1 and all(
            column < len(self._headings) and isinstance(cell, str) and plain(cell) in self._headings[column]
            for column, cell in filled
        )


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return isinstance(cell, str) and not cell.strip()


def _is_like_figure(cell: Cell) -> bool:
    return not isinstance(cell, str) or _FIGURE_LIKE.fullmatch(cell) is not None


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    """Matches a cell that begins with one of these words: "Summe netto:", but not "Summerset"."""
    spelled = (r"\W+".join(map(re.escape, word.split())) for word in words if word.strip())
    return re.compile(rf"\W*(?:{'|'.join(spelled)})(?![^\W\d_])", re.IGNORECASE)


def _begins(cell: Cell, pattern: re.Pattern[str]) -> bool:
    return isinstance(cell, str) and pattern.match(cell) is not None
