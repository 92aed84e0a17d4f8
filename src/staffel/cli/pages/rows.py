"""Tables in the form that fits the screen: whole, with folded texts, or row by row as a list.

No frame but a line under the headings and one over the sum, so that they survive a mail. A figure, an id
and a path are never broken; where a text would stand in many short lines, the list is read more easily.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from staffel.cli.screen import unbroken

INDENT = 2
_BETWEEN = 2  # columns: a blank, and the place of a line that is not drawn
_MOST_FOLDED = 3  # lines of a cell; where it takes more, the list
_ANY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column. right: figures."""

    text: str
    right: bool = False
    style: str = ""


Cell = str | Styled


def table(
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    *,
    total: Sequence[Cell] | None = None,
    ascii_only: bool = False,
) -> RenderableType:
    """Rows under headings, the sum under a line; row by row where that is too wide for the screen."""
    told = _Told(
        headings=tuple(headings),
        rows=[list(row) for row in rows],
        total=list(total) if total is not None else None,
        ascii_only=ascii_only,
    )
    return Padding(told, (0, 0, 0, INDENT))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A table that takes the form in which it fits the screen."""

    headings: tuple[Heading, ...]
    rows: list[list[Cell]]
    total: list[Cell] | None
    ascii_only: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = self._widths(console, options.max_width)
        yield self._listed() if widths is None else self._table(widths)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._listed())

    # -------------------------------------------------------------------------- under headings

    def _widths(self, console: Console, room: int) -> list[int] | None:
        """Of each column, in a room as wide; none where it is to be read as a list."""
        room -= _BETWEEN * (len(self.headings) - 1)
        whole, least = self._needs()
        widths = _shared(whole, least, room)
        if widths is None:
            return None
        torn = (self._is_torn(console, at, widths[at], whole[at]) for at in range(len(widths)))
        return None if any(torn) else widths

    def _needs(self) -> tuple[list[int], list[int]]:
        """The width of each column in one line, and the least: a figure's whole, a text's longest word."""
        whole, least = [], []
        for at, column in enumerate(self.headings):
            lines = [line for cell in self._column(at) for line in cell.split("\n")]
            widest = max(map(len, lines), default=0)
            words = [len(word) for line in lines for word in line.split()]
            heading = [len(word) for word in column.text.split()]
            whole.append(max(widest, *map(len, column.text.split("\n")), 1))
            least.append(max(widest if column.right else max(words, default=0), *heading, 1))
        return whole, least

    def _column(self, at: int) -> Iterator[str]:
        for row in (*self.rows, *([self.total] if self.total else [])):
            cell = row[at]
            yield unbroken(cell.plain if isinstance(cell, Styled) else cell)

    def _is_torn(self, console: Console, at: int, width: int, whole: int) -> bool:
        """Whether a text of a column stands in many lines."""
        if width >= whole:
            return False
        texts = (cell for cell in self._column(at) if len(cell) > width)
        return any(
            sum(len(Styled(line).wrap(console, width)) for line in text.split("\n")) - text.count("\n")
            > _MOST_FOLDED
            for text in texts
        )

    def _table(self, widths: Sequence[int]) -> Table:
        made = Table(
            box=box.ASCII_DOUBLE_HEAD if self.ascii_only else box.SIMPLE_HEAD,
            show_footer=self.total is not None,
            pad_edge=False,
            header_style="dim",
            footer_style="bold",
            padding=(0, 1, 0, 0),
            show_edge=False,
        )
        for at, column in enumerate(self.headings):
            justify: Literal["left", "right"] = "right" if column.right else "left"
            footer = self.total[at] if self.total is not None else ""
            made.add_column(column.text, footer, justify=justify, overflow="fold", style=column.style)
            made.columns[at].width = widths[at]
        for row in self.rows:
            made.add_row(*row)
        return made

    # -------------------------------------------------------------------------- row by row

    def _listed(self) -> "_Listed":
        rows = [*self.rows, *([self.total] if self.total else [])]
        return _Listed(rows=[self._pieces(row) for row in rows])

    def _pieces(self, row: Sequence[Cell]) -> list[Styled]:
        """What a row says, each under its heading's name; first what it is about."""
        pieces = []
        for at, (column, cell) in enumerate(zip(self.headings, row, strict=True)):
            text = cell.copy() if isinstance(cell, Styled) else Styled(cell, style=column.style)
            if not text.plain.strip():
                continue
            text.plain = text.plain.replace("\n", " ")
            if at:
                pieces.append(Styled.assemble((column.text.replace("\n", " "), "dim"), " ", text))
            else:
                text.stylize("bold")
                pieces.append(text)
        return pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """Rows as lines of what they say, which go on below, further in."""

    rows: list[list[Styled]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for pieces in self.rows:
            for at, line in enumerate(_flowing(pieces, options.max_width)):
                yield Padding(line, (0, 0, 0, INDENT)) if at else line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        words = [word for pieces in self.rows for piece in pieces for word in unbroken(piece.plain).split()]
        longest = max(map(len, words), default=1) + INDENT
        return Measurement(longest, max(longest, options.max_width))


def _flowing(pieces: Sequence[Styled], room: int) -> Iterator[Styled]:
    """As many pieces in a line as go into it; one that is longer than a line has its own."""
    line, left = Styled(), room
    for piece in pieces:
        if line and len(line) + _BETWEEN + len(piece) > left:
            yield line
            line, left = Styled(), room - INDENT
        line = Styled.assemble(line, "  ", piece) if line else piece
    if line:
        yield line


def _shared(whole: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """A width for each column: those that lack little get it all, the others an equal share of the rest."""
    widths = [min(one, two) for one, two in zip(whole, least, strict=True)]
    left = room - sum(widths)
    if left < 0:
        return None
    by_lack = sorted(range(len(widths)), key=lambda at: (whole[at] - widths[at], at))
    for number, at in enumerate(by_lack):
        more = min(whole[at] - widths[at], left // (len(by_lack) - number))
        widths[at] += more
        left -= more
    return widths
