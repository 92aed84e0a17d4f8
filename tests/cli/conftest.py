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


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with a report, for tests that only look."""
    return written(tmp_path_factory.mktemp("shelf")).imported()


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with a report whose quarter was closed, for tests that only look."""
    desk = written(tmp_path_factory.mktemp("closed")).imported()
    ran = desk.run("close", "aster.yaml", "--window", "2026-Q1", "--day", "2026-04-20")
    assert ran.code == 0, ran.out + ran.err
    return desk


@pytest.fixture(scope="session")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store whose report was replaced: of R1 row 1 says 21,000 now, row 2 is gone."""
    desk = written(tmp_path_factory.mktemp("corrected")).imported()
    lines = (desk.folder / "march.csv").read_text(encoding="utf-8").splitlines()
    again = lines[1].replace(";2;20.000,00;", ";3;21.000,00;")
    (desk.folder / "again.csv").write_text("\n".join([lines[0], again, *lines[3:]]), encoding="utf-8")
    ran = desk.take("again.csv", "--replaces")
    assert "march" not in ran.err, ran.err
    return desk
