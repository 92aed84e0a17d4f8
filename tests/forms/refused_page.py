"""The page on what is refused: every code with the file that provokes it, pairs that no programme may say
together, words that are not computed yet. Made of `examples/errors`, the checks, and the laws' own table.

`python -m tests.forms.refused_page docs/refused.md` writes it anew.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from staffel.core.findings import Finding
from staffel.core.programme import read_programme
from staffel.core.programme.check.versions import versions
from staffel.core.programme.schema import spelling_title
from staffel.core.programme.spellings.spelling import Spelling
from tests.conftest import ROOT
from tests.house.repository import nodes
from tests.laws.values import REFUSED

ERRORS = sorted((ROOT / "examples" / "errors").glob("*.yaml"))
# What no single file can show: it is not there, or lies between two.
WITHOUT_A_FILE = {"file-unreadable", "window-gap", "window-overlap"}

_HEAD = """\
# What is refused, and why

Made from the code: `.venv/bin/python -m tests.forms.refused_page docs/refused.md` writes it anew, and a test
holds it true. `staffel check FILE` says all of this at once, each with its line, its reason and a way out, in
English and with `--lang de` in German. The files lie in [examples/errors](../examples/errors).

An *error* refuses the file. A *warning* lets it through; `accept: CODE` beside the place says that it is
meant.

- [Findings by their code](#findings-by-their-code)
- [Between versions of one programme](#between-versions-of-one-programme)
- [What cannot stand together](#what-cannot-stand-together)
- [What is not computed yet](#what-is-not-computed-yet)
"""


def page() -> str:
    """`docs/refused.md`."""
    return "\n".join([_HEAD, *_findings(), *_versions(), *_pairs(), *_later(), ""])


@cache
def found_in(path: Path) -> tuple[Finding, ...]:
    """What is found in a file, notes aside."""
    findings = read_programme(path, file=path.name).findings
    return tuple(finding for finding in findings if finding.severity != "note")


def by_code() -> dict[str, list[Path]]:
    """The files that provoke each code; the one that bears its name comes first."""
    files: dict[str, list[Path]] = {}
    for path in ERRORS:
        for code in sorted({finding.code for finding in found_in(path)}):
            files.setdefault(code, []).append(path)
    return {
        code: sorted(files[code], key=lambda path: (not _bears(path, code), path)) for code in sorted(files)
    }


def _bears(path: Path, code: str) -> bool:
    return path.stem == code or path.stem.startswith(f"{code}-")


def codes_in_source() -> set[str]:
    """The codes that the reading and the checks of a programme know."""
    found: set[str] = set()
    for _, node in nodes("src/staffel/core/programme/"):
        match node:
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                found.add(code)
            case ast.Call(func=ast.Name(id="unknown_word"), args=[_, ast.Constant(value=str(code)), *_]):
                found.add(code)
            case _:
                pass
    return found


def words_in_source() -> set[str]:
    """Every text in it: a code may be handed on by a table or a class."""
    every = (node for _, node in nodes("src/staffel/core/programme/"))
    return {node.value for node in every if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _findings() -> Iterator[str]:
    yield "## Findings by their code\n"
    for code, paths in by_code().items():
        yield f"### {code}\n"
        own = [path for path in paths if _bears(path, code)] or paths[:1]
        for path in own:
            yield from _shown(path, code)


def between_versions() -> Iterator[tuple[Path, Finding]]:
    """What is found between the first version and each other one."""
    folder = ROOT / "examples" / "errors" / "versions"
    first = read_programme(folder / "first.yaml", file="first.yaml").programme
    for path in sorted(set(folder.glob("*.yaml")) - {folder / "first.yaml"}):
        later = read_programme(path, file=path.name).programme
        assert first is not None
        assert later is not None
        yield from ((path, finding) for finding in versions([first, later]))


def _versions() -> Iterator[str]:
    yield "## Between versions of one programme\n"
    yield "`staffel check` is given all of them.\n"
    for path, finding in between_versions():
        link = f"[{path.name}](../examples/errors/versions/{path.name})"
        yield f"### {finding.code}\n"
        yield f"{path.read_text('utf-8').splitlines()[0].removeprefix('#').strip()} ({link})\n"
        yield from _told(finding)
        yield ""


def _told(finding: Finding) -> Iterator[str]:
    where = f"line {finding.places[0].line}: " if finding.places[0].line else ""
    yield f"- *{finding.severity}*, {where}{finding.reason.en} {finding.way_out.en}"
    yield f"- *{_GERMAN[finding.severity]}*: {finding.reason.de} {finding.way_out.de}"


def _shown(path: Path, code: str) -> Iterator[str]:
    text = path.read_text("utf-8")
    about = text.splitlines()[0].removeprefix("#").strip()
    yield f"{about} ([{path.name}](../examples/errors/{path.name}))\n"
    for finding in found_in(path):
        if finding.code == code:
            yield from _told(finding)
            break
    yield ""
    if len(text) < 1_500:
        yield f"```yaml\n{_body(text)}\n```\n"


_GERMAN = {"error": "Fehler", "warning": "Warnung", "note": "Hinweis"}


def _body(text: str) -> str:
    """A file without the remark that says what it provokes; lines keep their numbers elsewhere."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#")).rstrip()


def _pairs() -> Iterator[str]:
    yield "## What cannot stand together\n"
    yield "In one incentive, or in the ladder that it asks. A test spells each pair and asks `check`.\n"
    yield "| this | not with | because |"
    yield "|---|---|---|"
    for value, others, reason in REFUSED:
        yield f"| {value} | {' · '.join(others)} | {reason} |"
    yield ""


def spellings(above: type[Spelling] = Spelling) -> Iterator[type[Spelling]]:
    """Every spelling of the language."""
    for one in above.__subclasses__():
        yield one
        yield from spellings(one)


def _later() -> Iterator[str]:
    yield "## What is not computed yet\n"
    yield "The language has these words; whoever says one is told `not-yet`, and what can be said instead.\n"
    yield "| word | in | instead |"
    yield "|---|---|---|"
    rows: dict[tuple[str, str], list[str]] = {}
    for spelling in spellings():
        for word, instead in spelling.LATER.items():
            rows.setdefault((word, instead.en), []).append(spelling_title(spelling.__name__))
    for (word, instead), where in sorted(rows.items()):
        places = list(dict.fromkeys(where))
        yield f"| `{word}` | {', '.join(places[:3])}{', …' if places[3:] else ''} | {instead} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
