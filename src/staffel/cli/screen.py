"""A screen on which no figure breaks: `131.257,23 €` and `31 Oct 2026` stay in one line, as paths do.

Blanks within a figure are put as a sign that is no blank while lines are laid, and taken back as they are
printed. 100 columns where neither a terminal nor COLUMNS says how many, and then no colour.
"""

import os
import re
from collections.abc import Iterable
from typing import IO, Any, cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text as Styled

WIDTH = 100
_LEAST_WIDTH = 20
_GLUE = "\ue000"  # of the private plane: one cell wide, and no blank to anybody
_FIGURE = re.compile(
    r"(?<=\d) (?=[€£%])"  # 12,50 €
    r"|(?<=\d) (?=[A-Z]{3}\b)|(?<=\b[A-Z]{3}) (?=-?\d)"  # 12,50 CHF, CHF 12.50
    r"|(?<=\d) (?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b)"
    r"|(?<=\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)) (?=\d{4}\b)"
    r"|(?<=\d{4}) (?=[–-] \d)"  # a span ends its line with the dash
    r"|(?<=\bof) (?=-?[€£]?\d)|(?<=\bvon) (?=-?\d)"  # 2 of 3
    r"|(?<=[×=]) (?=-?[€£]?\d)|(?<=[\d%€£]) (?=×)"  # = €9,150.82 × 1%
)


def unbroken(text: str) -> str:
    """With the blanks of its figures kept, so that its words may be measured and lines laid.

    >>> len(unbroken("hätte 35,48 € gebracht").split())
    3
    """
    return _FIGURE.sub(_GLUE, text)


class Screen(Console):
    """A console that lays lines around figures."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is to be printed, its texts with figures in one piece."""
        for segment in super().render(_kept(renderable), options):
            if _GLUE in segment.text:
                yield Segment(segment.text.replace(_GLUE, " "), segment.style, segment.control)
            else:
                yield segment


def _kept(part: Any) -> RenderableType:
    if isinstance(part, str):
        return unbroken(part)
    if not isinstance(part, Styled) or _FIGURE.search(part.plain) is None:
        return cast(RenderableType, part)
    kept = part.copy()
    kept.plain = unbroken(part.plain)
    return kept


def console(stream: IO[str], width: int | None = None) -> Screen:
    """A console of this width; of the terminal's, of COLUMNS, else 100, where none is said."""
    if width is None and not stream.isatty():
        width = _asked_width() or WIDTH
    return Screen(file=stream, width=width, highlight=False, emoji=False, markup=False, safe_box=True)


def _asked_width() -> int | None:
    """What the environment says, where it says a width."""
    said = os.environ.get("COLUMNS", "")
    return max(int(said), _LEAST_WIDTH) if said.isdecimal() and int(said) else None


def laid(screen: Console, part: RenderableType) -> list[list[Segment]]:
    """The lines of a part, without the blanks that only fill them."""
    options = screen.options.update(highlight=False, markup=False)
    return [_without_fill(line) for line in Segment.split_lines(screen.render(part, options))]


def _without_fill(line: list[Segment]) -> list[Segment]:
    kept = list(line)
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept:
        kept[-1] = Segment(kept[-1].text.rstrip(" "), kept[-1].style, kept[-1].control)
    return kept
