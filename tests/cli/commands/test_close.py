"""`staffel close`."""

from tests.cli.market import Desk

ASKED = ("close", "aster.yaml", "--window", "2026-Q1", "--day", "2026-04-20")


def test_settles_a_window_once(imported: Desk) -> None:
    ran = imported.run(*ASKED)
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert "Aster Partner Programme 2026-Q1 1 Jan 2026 – 31 Mar 2026, closed" in told
    assert "Quarter bonus 2 €390.00 €0.00 €390.00 €0.00" in told
    assert "levels recorded 3" in told
    assert "Quarter bonus counted 3 €39,000.00" in told
    again = imported.run(*ASKED)
    assert (again.code, again.out) == (1, "")


def test_as_data(imported: Desk) -> None:
    found = imported.json(*ASKED)
    (sums,) = found["incentives"]
    assert (sums["paid"], sums["partners"]) == ("390.0000", 2)
    (lines,) = found["lines"]
    assert (lines["incentive"], lines["reason"], lines["rows"], lines["sum"]) == (
        "quarter-bonus",
        "",
        3,
        "39000.0000",
    )
    assert (found["read_state"], found["state"]) == ("s-000005", "s-000006")


def test_a_trial_writes_nothing(imported: Desk) -> None:
    ran = imported.run(*ASKED, "--trial", "--lang", "de")
    assert "Probe, nichts geschrieben" in ran.out
    assert len(imported.json("ledger", "log")["commits"]) == 5


def test_a_window_that_is_not_over_is_refused(imported: Desk) -> None:
    ran = imported.run("close", "aster.yaml", "--window", "2026-Q2", "--day", "2026-05-01")
    assert (ran.code, ran.out) == (1, "")


def test_an_unknown_window_lists_the_known(imported: Desk) -> None:
    ran = imported.run("close", "aster.yaml", "--window", "2031-Q1")
    assert (ran.code, "2026-Q3" in ran.err) == (1, True)
