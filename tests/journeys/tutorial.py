"""The tutorial as it is run: each of its blocks does something, and what the commands print is put in anew.

A `yaml` block goes to the end of the file `willow.yaml`; a `diff` block is what somebody might write instead,
for the next command only; a `console` block runs its command in the language of the page. `console N` shows
section N of what is printed. `python -m tests.journeys.tutorial` writes both pages anew.
"""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from staffel.cli.application import app
from tests.cli.market import RUNNER
from tests.conftest import ROOT

PAGES = {"en": ROOT / "docs" / "tutorial.md", "de": ROOT / "docs" / "tutorial.de.md"}
FILE = "willow.yaml"
_BLOCK = re.compile(r"^```(?P<kind>yaml|diff|console)(?: (?P<section>\d+))?\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a page. section: of what is printed; none: all."""

    kind: str
    text: str
    section: str | None = None


@dataclass(slots=True, kw_only=True)
class Course:
    """The tutorial while it is followed. text: of the file; instead: what was written for one command."""

    language: str
    text: str = ""
    instead: str | None = None
    files: list[str] = field(default_factory=list)

    def follow(self, block: Block) -> str:
        """What stands in the block after it was followed."""
        if block.kind == "yaml":
            self.text += block.text if not self.text else f"\n{block.text}"
            self.files.append(self.text)
            return block.text
        if block.kind == "diff":
            self.instead = _changed(self.text, block.text)
            return block.text
        command = block.text.splitlines()[0]
        printed = self._printed(command.removeprefix("$ staffel ").split())
        self.instead = None
        return f"{command}\n{_section(printed, block.section)}"

    def _printed(self, arguments: list[str]) -> str:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            Path(FILE).write_text(self.instead or self.text, encoding="utf-8")
            Path("before.yaml").write_text(self.text, encoding="utf-8")
            ran = RUNNER.invoke(app, arguments, env={"LANG": self.language, "LC_ALL": self.language})
        assert ran.exception is None or isinstance(ran.exception, SystemExit)
        return ran.stdout


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page, in their order."""
    for found in _BLOCK.finditer(page):
        yield Block(kind=found["kind"], text=found["text"], section=found["section"])


def followed(page: str, language: str) -> tuple[str, list[str]]:
    """The page with all that is printed put in anew, and the file after each step."""
    course = Course(language=language)

    def again(found: re.Match[str]) -> str:
        head = found[0].split("\n", 1)[0]
        block = Block(kind=found["kind"], text=found["text"], section=found["section"])
        return f"{head}\n{course.follow(block)}```"

    return _BLOCK.sub(again, page), course.files


def _changed(text: str, change: str) -> str:
    """The text with the lines of `-` replaced by those of `+`."""
    old, new = (
        "".join(f"{line[1:]}\n" for line in change.splitlines() if line.startswith(sign)) for sign in "-+"
    )
    assert text.count(old) == 1, f"stands {text.count(old)} times in the file: {old}"
    return text.replace(old, new)


def _section(printed: str, number: str | None) -> str:
    if number is None:
        return printed
    sections = re.split(r"^(?=\d+  )", printed, flags=re.M)
    return next(each for each in sections if each.startswith(f"{number}  ")).rstrip() + "\n"


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(followed(path.read_text("utf-8"), language)[0], encoding="utf-8")
