"""`staffel recompute`."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.market import Desk


@pytest.fixture
def kit(closed: Desk, tmp_path: Path) -> Path:
    """The kit of a statement."""
    path = tmp_path / "kern.kit"
    asked = ("statement", "aster.yaml", "--window", "2026-Q1", "--partner", "kern-it", "--kit", str(path))
    assert closed.run(*asked).code == 0
    return path


def changed(kit: Path, name: str, old: str, new: str) -> Path:
    """The kit with another text in one of its files."""
    path = kit.with_name("changed.kit")
    with ZipFile(kit) as before, ZipFile(path, "w") as after:
        for each in before.namelist():
            content = before.read(each)
            if each == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(each, content)
    return path


def test_the_same_cents(desk: Desk, kit: Path) -> None:
    ran = desk.run("recompute", str(kit))
    assert ran.code == 0
    assert "The same cents, from this file alone." in ran.out
    assert "€300.00" in ran.out


def test_one_cent_changed_names_the_figure(desk: Desk, kit: Path) -> None:
    other = changed(kit, "lines.csv", "20000", "20001")
    ran = desk.run("recompute", str(other))
    assert ran.code == 1
    assert "lines.csv" in ran.out
    assert "Quarter bonus, 2026-Q1: figure that picks the step" in ran.out
    assert "driver_num" not in ran.out
    found = desk.json("recompute", str(other))
    assert found["agrees"] is False
    assert found["differences"]


def test_what_is_no_kit_is_refused(desk: Desk) -> None:
    ran = desk.run("recompute", "march.csv", "--lang", "de")
    assert (ran.code, "kein Nachrechenpaket" in " ".join(ran.err.split())) == (1, True)


def test_a_file_that_cannot_be_opened_is_named_with_its_path(desk: Desk) -> None:
    (desk.folder / "deep").mkdir()
    (desk.folder / "deep" / "no.kit").write_text("nothing")
    ran = desk.run("recompute", str(desk.folder / "deep" / "no.kit"))
    assert (ran.code, "deep/no.kit" in ran.err.replace("\n", "")) == (1, True)
