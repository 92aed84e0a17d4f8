"""The repository as the house rules see it: its files, their text, their syntax trees, their functions.

A file is what git tracks or would take on the next `git add`; without git, every file outside hidden folders.
All is read once a process. Paths are relative to the repository, with slashes.
"""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".xlsx", ".ods", ".parquet", ".png", ".gz", ".zip"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A function's or a file's length in lines, its own first and last line included."""

    where: str
    lines: int


@cache
def files() -> tuple[str, ...]:
    """Every file of the repository, sorted."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = set(listed.stdout.splitlines())
    else:
        found = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if _is_ours(path)}
    return tuple(sorted(name for name in found if (ROOT / name).is_file()))


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return not any(part.startswith(".") or part == "__pycache__" for part in parts)


def below(*folders: str, suffix: str = "") -> tuple[str, ...]:
    """The files in these folders, those alone whose names end so."""
    return tuple(name for name in files() if name.startswith(folders) and name.endswith(suffix))


@cache
def text_of(name: str) -> str:
    """A file's text; empty for one that is not text."""
    if Path(name).suffix in BINARY:
        return ""
    return (ROOT / name).read_bytes().decode("utf-8", errors="replace")


@cache
def tree_of(name: str) -> ast.Module:
    """A Python file's syntax tree; an empty one for a file that is none, of which another rule speaks."""
    try:
        return ast.parse(text_of(name), filename=name)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def nodes(folder: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node of every Python file in a folder, with `file:line` before it."""
    for name in below(folder, suffix=".py"):
        for node in ast.walk(tree_of(name)):
            yield f"{name}:{getattr(node, 'lineno', 1)}", node


def functions(*folders: str) -> Iterator[Measured]:
    """Every function in these folders, from `def` to its last line."""
    for folder in folders:
        for where, node in nodes(folder):
            if isinstance(node, Function):
                yield Measured(where=f"{where} {node.name}", lines=(node.end_lineno or 0) - node.lineno + 1)


def lengths(*folders: str) -> Iterator[Measured]:
    """Every Python file in these folders."""
    for name in below(*folders, suffix=".py"):
        yield Measured(where=name, lines=text_of(name).count("\n"))


def listed(rule: str, broken: list[str]) -> str:
    """What a failing rule says: the right form, then each place that has another."""
    return "\n  ".join([rule, *broken])
