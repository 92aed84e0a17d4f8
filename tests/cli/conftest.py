"""A desk for every test of the command."""

from pathlib import Path

import pytest

from tests.cli.market import Desk, written


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Files and no store yet."""
    return written(tmp_path)


@pytest.fixture
def prepared(desk: Desk) -> Desk:
    """A store that knows who takes part."""
    return desk.prepared()


@pytest.fixture
def imported(desk: Desk) -> Desk:
    """A store with a report."""
    return desk.imported()
