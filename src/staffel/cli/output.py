"""Where a command's answer goes: an `Output`, once as text for people, once as JSON for machines.

Results go to stdout, talk and progress to stderr. A command builds an `Answer` and knows neither of the two.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from rich.console import RenderableType

from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Text


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that is a file, or one already: printed as it is, never wrapped nor cut."""

    text: str


Part: TypeAlias = RenderableType | Verbatim
Page: TypeAlias = Callable[[Voice], Iterable[Part]]
Advance: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command found out. data: for machines; page: for people; found: something is amiss, exit 1."""

    data: object
    page: Page
    found: bool = False


class Output(Protocol):
    """Shows answers, says why something was refused, talks while it works."""

    @property
    def voice(self) -> Voice:
        """The language and the figures of people."""
        ...

    def show(self, answer: Answer) -> None:
        """The result."""
        ...

    def refuse(self, findings: Sequence[Finding]) -> None:
        """Why there is no result."""
        ...

    def warn(self, findings: Sequence[Finding]) -> None:
        """What is doubtful beside a result that names it too."""
        ...

    def tell(self, text: Text) -> None:
        """Talk that is no result."""
        ...

    def progress(self, what: Text, total: int) -> AbstractContextManager[Advance]:
        """A bar for long work; only a person at a terminal sees it."""
        ...
