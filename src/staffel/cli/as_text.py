"""Answers for people: pages on stdout, talk on stderr.

100 columns where there is no terminal, and then no colour; ASCII where the screen cannot show more.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, TextIO

from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from staffel.cli.output import Advance, Answer, Part, Verbatim
from staffel.cli.pages.findings import findings_page
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Language, Text

WIDTH = 100
_ANY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOutput:
    """Prints pages."""

    voice: Voice
    results: Console
    talk: Console

    @classmethod
    def in_language(cls, language: Language) -> "TextOutput":
        """For the screen at hand."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        results = console(sys.stdout)
        voice = Voice(language=language, unicode=shows_unicode(sys.stdout))
        return cls(voice=voice, results=results, talk=console(sys.stderr))

    def show(self, answer: Answer) -> None:
        """The answer's page."""
        for part in answer.page(self.voice):
            put(self.results, part)

    def refuse(self, findings: Sequence[Finding]) -> None:
        """Each finding, and how many there are."""
        for part in findings_page(findings, self.voice):
            put(self.talk, part)

    def warn(self, findings: Sequence[Finding]) -> None:
        """The same as why there is no result, beside one."""
        self.refuse(findings)

    def tell(self, text: Text) -> None:
        """A line on stderr."""
        self.talk.print(self.voice.say(text), style="dim", highlight=False, markup=False)

    @contextmanager
    def progress(self, what: Text, total: int) -> Iterator[Advance]:
        """A bar on stderr while the work lasts, where a person is looking."""
        if not self.talk.is_terminal:
            yield lambda _: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.talk, transient=True) as bar:
            task = bar.add_task(self.voice.say(what), total=total)
            yield lambda done: bar.advance(task, done)


def put(screen: Console, part: Part) -> None:
    """Print a part of a page; into a file without the blanks that only fill a line."""
    if isinstance(part, Verbatim):
        screen.print(part.text, highlight=False, markup=False, soft_wrap=True)
        return
    wide = _wide_enough(screen, part)
    if wide.is_terminal:
        wide.print(part, highlight=False, markup=False)
        return
    with wide.capture() as printed:
        wide.print(part, highlight=False, markup=False)
    lines = printed.get().split("\n")
    screen.file.write("\n".join(line.rstrip(" ") for line in lines))


def _wide_enough(screen: Console, part: RenderableType) -> Console:
    """The screen, or one as wide as the figures need: a figure is never cut."""
    least = Measurement.get(screen, screen.options.update(width=_ANY), part).minimum
    return screen if least <= screen.width else console(screen.file, least)


def console(stream: IO[str], width: int | None = None) -> Console:
    """A console of this width; of the terminal's, else 100 columns, where none is said."""
    if width is None and not stream.isatty():
        width = WIDTH
    return Console(file=stream, width=width, highlight=False, emoji=False, safe_box=True)


def shows_unicode(stream: TextIO) -> bool:
    """Whether the blocks of a bar come out."""
    try:
        "█░–→·".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
