"""`staffel statement`."""

from pathlib import Path

from tests.cli.market import Desk

ASKED = ("statement", "aster.yaml", "--window", "2026-Q1", "--partner")


def test_can_be_pasted_into_a_mail(closed: Desk) -> None:
    lines = closed.run(*ASKED, "kern-it").out.splitlines()
    assert lines[:5] == [
        "Statement 2026-Q1  Aster Partner Programme, 1 Jan 2026 – 31 Mar 2026",
        "",
        "  partner    Kern IT (kern-it)",
        "  vendor     aster-systems",
        "  closed on  20 Apr 2026",
    ]
    assert "  Quarter bonus  €300.00           €0.00       €0.00  €300.00       €0.00" in lines
    assert "  Quarter bonus  money  30 Apr 2026                 €300.00" in lines
    assert lines[-1] == "  Computed by aster 2026.1, semantics 1, from state s-000005."


def test_german(closed: Desk) -> None:
    told = closed.run(*ASKED, "kern-it", "--lang", "de").out
    assert "Abrechnung 2026-Q1" in told
    assert "300,00 €" in told


def test_rests_on_the_state_of_its_close(closed: Desk) -> None:
    found = closed.json(*ASKED, "kern-it")
    assert (found["closed_on"], found["state"]) == ("2026-04-20", "s-000005")
    assert found["statement"]["lines"][0]["paid"] == "300.0000"


def test_an_open_window_is_a_preview(closed: Desk) -> None:
    ran = closed.run("statement", "aster.yaml", "--window", "2026-Q2", "--partner", "kern-it")
    assert "this is a preview" in ran.out


def test_writes_a_kit(closed: Desk) -> None:
    path = closed.folder / "kern.kit"
    found = closed.json(*ASKED, "kern-it", "--kit", str(path))
    assert path.is_file()
    assert len(found["kit"]["digest"]) == 64


def test_nobody_has_no_statement(closed: Desk) -> None:
    assert closed.run(*ASKED, "nobody").code == 1


def test_what_was_settled_before_is_explained(closed: Desk) -> None:
    later = closed.run("statement", "aster.yaml", "--partner", "kern-it", "--window", "2026-Q2")
    assert "settled before is what earlier closes have settled" in " ".join(later.out.split())
    first = closed.run("statement", "aster.yaml", "--partner", "kern-it", "--window", "2026-Q1")
    assert "settled before is" not in " ".join(first.out.split())


def test_a_kit_is_told_with_its_path(closed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kern.kit"
    asked = ("statement", "aster.yaml", "--partner", "kern-it", "--window", "2026-Q1", "--kit", str(path))
    assert f"staffel recompute {path}" in " ".join(closed.run(*asked).out.split())


def test_a_kit_that_cannot_be_written_says_where(closed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "kern.kit"
    asked = ("statement", "aster.yaml", "--partner", "kern-it", "--window", "2026-Q1", "--kit", str(path))
    ran = closed.run(*asked)
    assert (ran.code, "nowhere/kern.kit" in ran.err.replace("\n", "")) == (1, True)
