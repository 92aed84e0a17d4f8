"""`staffel review`."""

from tests.cli.market import Desk

ASKED = ("review", "aster.yaml", "--day", "2026-03-31")


def test_proposes_and_writes_nothing(shelf: Desk) -> None:
    ran = shelf.run(*ASKED)
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "Kern IT Registered Select" in told
    assert "Rises: 1, falls: 0, unchanged or waiting for their grace: 0." in told
    assert "--record writes it" in told


def test_records_once(imported: Desk) -> None:
    found = imported.json(*ASKED, "--record", "--by", "Frauke")
    assert [each["to_level"] for each in found["proposals"]] == ["select"]
    assert found["commit_no"] == 6
    again = imported.run(*ASKED, "--lang", "de")
    assert (again.code, "Nichts ist unerfasst" in again.out) == (0, True)


def test_one_partner(shelf: Desk) -> None:
    assert shelf.json(*ASKED, "--partner", "moor-daten")["proposals"] == []
