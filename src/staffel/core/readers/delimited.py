"""Delimited text → records: RFC 4180 as people bend it. Every line of the file comes out in one record.

Cells in quotes may hold delimiters, doubled quotes and line breaks. A quote that is opened and never closed
would swallow the lines behind it: such a line comes out alone, as a broken one, and reading goes on.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffel.core.readers.texts import Cell

DELIMITERS = (";", ",", "\t", "|")
# A quoted cell of more lines than this is an open quote.
_MOST_LINES_IN_A_RECORD = 200


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the file. line: where it begins, from 1. broken: the code of what is wrong with it."""

    line: int
    cells: Sequence[Cell]
    broken: str = ""


class _QuoteOpen(Exception):
    """A record runs over more lines than any cell does."""


class _Feed:
    """Hands lines to the reader and remembers those of the record that is being read."""

    __slots__ = ("back", "cut", "lines", "pending")

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.back: deque[str] = deque()
        self.pending: list[str] = []
        self.cut = False  # the file ended within a record

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        try:
            text = self.back.popleft() if self.back else next(self.lines)
        except StopIteration:
            self.cut = bool(self.pending)
            raise
        self.pending.append(text)
        if len(self.pending) > _MOST_LINES_IN_A_RECORD:
            raise _QuoteOpen
        return text


def records_of(lines: Iterator[str], delimiter: str) -> Iterator[Record]:
    """The records of a text, in order."""
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    line, width = 1, 0
    while True:
        broken = ""
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken = "line-too-long"
        except _QuoteOpen:
            broken = "quote-open"
        taken = feed.pending
        if len(taken) > 1 and not broken and (feed.cut or _has_swallowed(taken, cells, delimiter, width)):
            broken = "quote-open"
        if broken or feed.cut:
            feed.back.extendleft(reversed(taken[1:]))
            cells, broken = taken[0].rstrip("\r\n").split(delimiter), broken or "quote-open"
            taken, feed.cut = taken[:1], False
            reader = csv.reader(feed, delimiter=delimiter)
        yield Record(line, cells, broken)
        width = max(width, len(cells))
        line += len(taken)
        feed.pending = []


def _has_swallowed(taken: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a record of several lines is two lines and an open quote, not a cell with line breaks."""
    whole_lines = sum(text.count(delimiter) >= width - 1 for text in taken[1:-1])
    return width > 1 and (len(cells) != width or whole_lines > 0)


def guess_delimiter(lines: list[str]) -> str:
    """The delimiter that parts most lines into the same number of cells, the more the better."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=evenness)
