"""Kits for tests: made of a small world, opened, changed as somebody at home might change them."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.kit import Kit, Recomputed, recompute, write_kit
from staffel.core.programme.model import Programme
from tests.core.engine.cases import Q1, memory
from tests.laws.facts import Ledger


def kit_of(
    folder: Path, programme: Programme, ledger: Ledger, partner: str, window: Span = Q1, text: str = ""
) -> Kit:
    """The kit of a partner's statement for a window, as of its last day."""
    facts = memory(folder, ledger)
    path = folder / f"kit-{len(list(folder.iterdir()))}.zip"
    return write_kit(text, programme, facts, day=window.last_day, closing=window, partner=partner, path=path)


def files_of(path: Path) -> dict[str, str]:
    """The files of a kit, as text; a byte order mark stays."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def changed(path: Path, name: str, change: Callable[[str], str]) -> Path:
    """The kit with one file changed, the manifest left as it was; packed as an archiver at home packs."""
    files = files_of(path)
    said = change(files[name])
    assert said != files[name], "nothing was changed"
    return repacked(path, files | {name: said})


def repacked(path: Path, files: dict[str, str]) -> Path:
    """Another archive beside the kit."""
    other = path.with_name(f"{path.stem}-changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return other


def with_key(name: str, value: Any) -> Callable[[str], str]:
    """A change of one key of a JSON object."""
    return lambda text: json.dumps(json.loads(text) | {name: value})


def named(found: Recomputed) -> list[str]:
    """The figures that differ, as they are told."""
    return [str(one.figure) for one in found.differences]


def again(path: Path, name: str, old: str, new: str) -> Recomputed:
    """What comes of a kit in which one thing is written otherwise."""
    return recompute(changed(path, name, lambda text: text.replace(old, new, 1)))
