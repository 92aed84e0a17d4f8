"""What came after a close, in `staffel standing` and `staffel explain`."""

from pathlib import Path

import pytest

from tests.cli.market import Desk, written

LATE = "R9;1;30.03.2026;1002;Moor Daten;AS-100;1;50.000,00;0"
STANDING = ("standing", "aster.yaml", "--day", "2026-04-25")
EXPLAIN = ("explain", "aster.yaml", "--window", "2026-Q1", "--day", "2026-04-25", "--partner")


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A closed quarter, and a report of its last days that came afterwards."""
    desk = written(tmp_path_factory.mktemp("late")).imported()
    ran = desk.run("close", "aster.yaml", "--window", "2026-Q1", "--day", "2026-04-20")
    assert ran.code == 0, ran.err
    first = Path(desk.folder / "march.csv").read_text(encoding="utf-8").splitlines()[0]
    (desk.folder / "late.csv").write_text(f"{first}\n{LATE}\n", encoding="utf-8")
    assert desk.take("late.csv", "--number", "late").code == 0
    return desk


def test_a_standing_shows_the_window_it_comes_from(late: Desk) -> None:
    told = " ".join(late.run(*STANDING, "--partner", "moor-daten").out.split())
    assert "Come late for closed windows settled with the next statement" in told
    assert "Quarter bonus 2026-Q1 €680.00 €90.00 €590.00" in told
    assert "Come late" not in late.run(*STANDING, "--partner", "kern-it").out


def test_everybody(late: Desk) -> None:
    told = late.run(*STANDING, "--lang", "de").out
    (row,) = [line.split() for line in told.splitlines() if line.strip().startswith("moor-daten")]
    assert (row[-2:], "nachgekommen" in told) == (["590,00", "€"], True)


def test_as_data(late: Desk) -> None:
    (one,) = late.json(*STANDING, "--partner", "moor-daten")["late"]
    assert (one["incentive"], one["window"]["start"], one["difference"]) == (
        "quarter-bonus",
        "2026-01-01",
        "590.0000",
    )


def test_the_explanation_of_a_closed_window_leads_there(late: Desk) -> None:
    told = " ".join(late.run(*EXPLAIN, "moor-daten").out.split())
    assert "€90.00 Quarter bonus, 1 Jan 2026 – 31 Mar 2026" in told
    assert "Quarter bonus 2026-Q1 €680.00 €90.00 €590.00" in told
    report = "rhein/aster-systems/sell_out/late (s-000007): 1 line, €50,000.00"
    assert f"Since report {report}, 30 Mar 2026 – 30 Mar 2026" in told
    assert "the same with --state s-000007" in told
    again = " ".join(late.run(*EXPLAIN, "moor-daten", "--state", "s-000007").out.split())
    assert "€680.00 Quarter bonus, 1 Jan 2026 – 31 Mar 2026" in again
    assert "Come late" not in again


def test_who_had_nothing_late_is_told_nothing(late: Desk) -> None:
    assert "Since" not in late.run(*EXPLAIN, "kern-it").out


def test_a_distributor_is_not_told(late: Desk) -> None:
    looking = ("--viewer", "distributor", "--viewer-id", "rhein")
    assert "Come late" not in late.run(*EXPLAIN, "moor-daten", *looking).out
