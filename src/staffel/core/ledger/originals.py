"""Report files as they came: kept only if a setting of the store says for how many days.

They hold names in clear, so that an erasure removes all of them. Else nothing stays but their hash.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert

from staffel.core.ledger.database import SETTINGS
from staffel.core.ledger.store import Store, as_utc

FOLDER = "originals"
_DAYS = "keep_originals_days"


def keep_originals_for(store: Store, days: int) -> None:
    """Keep files that are imported from now on for this many days; 0 for not at all."""
    if days < 0:
        raise ValueError("files cannot be kept for less than 0 days")
    with store.writing(), store.engine.begin() as connection:
        connection.execute(delete(SETTINGS).where(SETTINGS.c.name == _DAYS))
        connection.execute(insert(SETTINGS).values(name=_DAYS, value=str(days)))


def keep_original(store: Store, content: bytes, *, digest: str, at: datetime) -> Path | None:
    """Keep a file if the store says so; where it lies now. digest: SHA-256 of its content."""
    if not int(store.setting(_DAYS, "0")):
        return None
    folder = store.path / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{as_utc(at):%Y-%m-%d}-{digest}"
    path.write_bytes(content)
    return path


def drop_originals(store: Store, *, at: datetime) -> int:
    """Remove what was kept for its time; how many files."""
    oldest = as_utc(at) - timedelta(days=int(store.setting(_DAYS, "0")))
    return _remove(path for path in originals(store) if path.name[:10] < f"{oldest:%Y-%m-%d}")


def originals(store: Store) -> list[Path]:
    """The files that are kept, the oldest first."""
    folder = store.path / FOLDER
    return sorted(folder.iterdir()) if folder.is_dir() else []


def remove_originals(store: Store) -> int:
    """Remove all of them; how many files."""
    return _remove(originals(store))


def _remove(paths: Iterable[Path]) -> int:
    count = 0
    for path in paths:
        path.unlink()
        count += 1
    return count
