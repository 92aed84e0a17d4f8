"""Answers for people: pages on stdout, talk on stderr.

ASCII where the screen cannot show more.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

from rich.console import RenderableType
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.segment import Segment, Segments

from staffel.cli.output import Advance, Answer, Part, Verbatim
from staffel.cli.pages.findings import findings_page
from staffel.cli.screen import Screen, console, laid
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Language, Text

_ANY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOutput:
    """Prints pages."""

    voice: Voice
    results: Screen
    talk: Screen

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


def put(screen: Screen, part: Part) -> None:
    """Print a part of a page, without the blanks that only fill a line."""
    if isinstance(part, Verbatim):
        screen.print(part.text, highlight=False, markup=False, soft_wrap=True)
        return
    wide = _wide_enough(screen, part)
    for line in laid(wide, part):
        wide.print(Segments([*line, Segment.line()]), end="", crop=False)


def _wide_enough(screen: Screen, part: RenderableType) -> Screen:
    """The screen, or one as wide as a figure or a path needs: neither is ever cut."""
    least = Measurement.get(screen, screen.options.update(width=_ANY), part).minimum
    return screen if least <= screen.width else console(screen.file, least)


def shows_unicode(stream: TextIO) -> bool:
    """Whether the blocks of a bar come out."""
    try:
        "█░–→·".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
