"""The pieces of a page: headings, facts beside their names, bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from staffel.cli.pages.rows import INDENT, Cell
from staffel.cli.screen import unbroken
from staffel.cli.voice import Voice
from staffel.core.findings import Text

_BETWEEN = 2
_EIGHTHS = " ▏▎▍▌▋▊▉"


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


def facts(pairs: Iterable[tuple[str, Cell]]) -> RenderableType:
    """Names and what they stand for, in two columns; what is too long stands below its name."""
    return Padding(_Facts(pairs=tuple(pairs)), (0, 0, 0, INDENT))


@dataclass(frozen=True, slots=True)
class _Facts:
    """Two columns as wide as the screen. pairs: names and values."""

    pairs: tuple[tuple[str, Cell], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        names = max((len(name) for name, _ in self.pairs), default=0)
        for name, value in self.pairs:
            if names + _BETWEEN + _longest_word(value) > options.max_width:
                below = INDENT if _longest_word(value) + INDENT <= options.max_width else 0
                yield Styled(name, style="dim")
                yield Padding(value, (0, 0, 0, below))
                continue
            grid = Table.grid(padding=(0, _BETWEEN, 0, 0))
            grid.add_column(style="dim", no_wrap=True, width=names)
            grid.add_column(overflow="fold")
            grid.add_row(name, value)
            yield grid

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = max((_longest_word(text) for pair in self.pairs for text in pair), default=1)
        return Measurement(longest, max(longest, options.max_width))


def _longest_word(text: Cell) -> int:
    plain = text.plain if isinstance(text, Styled) else text
    return max(map(len, unbroken(plain).split()), default=1)


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
