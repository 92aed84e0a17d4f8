"""The pieces of a page: headings, tables, facts beside their names, bars.

Tables have no frame but a line under the headings and one over the sum, so that they survive a mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from staffel.cli.voice import Voice
from staffel.core.findings import Text

INDENT = 2
LONGEST_WORD = 9
_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column. right: figures."""

    text: str
    right: bool = False
    style: str = ""


Cell = str | Styled


def heading(title: str, note: str = "") -> RenderableType:
    """The first line of a page or a part of it, with a quiet remark behind it."""
    line = Styled(title, style="bold")
    if note:
        line.append(f"  {note}", style="not bold dim")
    return Group(line, "")


def remark(text: str) -> RenderableType:
    """A sentence below what it speaks of."""
    return Padding(Styled(text, style="dim"), (0, 0, 0, INDENT))


def sentence(text: str | Styled) -> RenderableType:
    """A line that one reads."""
    return Padding(text if isinstance(text, Styled) else Styled(text), (0, 0, 0, INDENT))


def gap() -> str:
    """An empty line."""
    return ""


def table(
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    *,
    total: Sequence[Cell] | None = None,
    ascii_only: bool = False,
) -> RenderableType:
    """Rows under headings, the sum under a line. Where it is narrow texts fold, figures never."""
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
        whole = self._table(folded=False)
        fits = Measurement.get(console, options.update(width=10_000), whole).maximum <= options.max_width
        yield whole if fits else self._table(folded=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._table(folded=True))

    def _table(self, *, folded: bool) -> Table:
        made = Table(
            box=box.ASCII_DOUBLE_HEAD if self.ascii_only else box.SIMPLE_HEAD,
            show_footer=self.total is not None,
            pad_edge=False,
            header_style="dim",
            footer_style="bold",
            padding=(0, 1, 0, 0),
            show_edge=False,
        )
        for at in range(len(self.headings)):
            self._add_column(made, at, folded)
        for row in self.rows:
            made.add_row(*row)
        return made

    def _add_column(self, made: Table, at: int, folded: bool) -> None:
        column = self.headings[at]
        justify: Literal["left", "right"] = "right" if column.right else "left"
        least = self._least(at)
        made.add_column(
            column.text,
            footer=self.total[at] if self.total is not None else "",
            justify=justify,
            overflow="fold",
            style=column.style,
            no_wrap=not folded,
            width=least if folded and column.right else None,
            min_width=min(least, LONGEST_WORD) if folded and not column.right else None,
        )

    def _least(self, at: int) -> int:
        """A figure needs its whole width, a text that of its longest word."""
        cells = [row[at] for row in (*self.rows, *([self.total] if self.total else []))]
        texts = [cell.plain if isinstance(cell, Styled) else cell for cell in cells]
        texts = [line for text in texts for line in text.split("\n")]
        parts = texts if self.headings[at].right else [word for text in texts for word in text.split()]
        return max(map(len, [*parts, *self.headings[at].text.split()]), default=1)


def facts(pairs: Iterable[tuple[str, Cell]]) -> RenderableType:
    """Names and what they stand for, in two columns."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        grid.add_row(name, value)
    return Padding(grid, (0, 0, 0, INDENT))


def bar(share: Decimal, width: int, *, reached: bool, voice: Voice) -> Styled:
    """How much of a hurdle is taken: blocks by the eighth, `#` and `.` on a screen that cannot.

    share: below 0 shows nothing, above 1 all.
    """
    held = min(max(share, Decimal(0)), Decimal(1))
    style = "green" if reached else "yellow"
    if not voice.unicode:
        full = int(held * width)
        return Styled("#" * full, style=style) + Styled("." * (width - full), style="dim")
    eighths = int(held * width * 8)
    full, part = divmod(eighths, 8)
    blocks = "█" * full + (_EIGHTHS[part] if part else "")
    return Styled(blocks, style=style) + Styled("░" * (width - len(blocks)), style="dim")


def mark(holds: bool, voice: Voice) -> Styled:
    """Done, or not yet."""
    signs = ("✓", "·") if voice.unicode else ("x", "-")
    return Styled(signs[0], style="green") if holds else Styled(signs[1], style="yellow")


def counted(voice: Voice, count: int, one: Text, many: Text) -> str:
    """`1 line`, `12 lines`."""
    return f"{voice.number(count)} {voice.say(one if count == 1 else many)}"
