"""`staffel explain`."""

import duckdb
import pytest

from tests.cli.market import Desk

ASKED = ("explain", "aster.yaml", "--partner", "kern-it", "--day", "2026-04-30")


def test_from_the_amount_to_the_lines(closed: Desk) -> None:
    lines = [line.strip(" │├└─") for line in closed.run(*ASKED, "--window", "2026-Q1").out.splitlines()]
    assert any(line.startswith("€300.00  Quarter bonus, 1 Jan 2026 – 31 Mar 2026") for line in lines)
    assert any(line.startswith("= €30,000.00 × 1%", line.find("=")) for line in lines if "=" in line)
    assert "€200.00  5 Mar 2026  rhein/R1/1  as-100  of 20,000" in lines
    assert "€100.00  5 Mar 2026  rhein/R1/2  as-200  of 10,000" in lines


def test_a_level(closed: Desk) -> None:
    told = closed.run(*ASKED, "--lang", "de").out
    assert "Select, seit" in told
    assert "mindestens 25.000,00 € verlangt" in told


def test_adds_up_as_data(closed: Desk) -> None:
    (found,) = closed.json(*ASKED, "--window", "2026-Q1")["evidence"]
    earned = next(child for child in found["node"]["children"] if child["kind"] == "earned")
    assert earned["figure"] == "300.0000000000"


def test_rows_are_limited(closed: Desk) -> None:
    told = closed.run(*ASKED, "--window", "2026-Q1", "--rows", "1").out
    assert "€100.00  1 more line" in told


def test_a_partner_sees_itself(closed: Desk) -> None:
    asked = (*ASKED, "--window", "2026-Q1", "--viewer", "partner")
    assert "rhein/R1/1" in closed.run(*asked).out
    assert "rhein/R1/1" not in closed.run(*asked, "--viewer-id", "moor-daten").out


@pytest.mark.parametrize("window", [("--window", "2026-Q1"), ()])
def test_the_statements_run_in_a_bare_duckdb(closed: Desk, window: tuple[str, ...]) -> None:
    text = closed.run(*ASKED, *window, "--sql").out
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as bare:
        bare.execute(text)
        row = bare.execute("select coins from entitled where window_start = date '2026-01-01'").fetchone()
    assert row is not None
    assert str(row[0]) == "300.0000"


@pytest.mark.parametrize(
    "wrong", [("--window", "2031-Q1"), ("--window", "2026-Q1", "--incentive", "nothing")]
)
def test_what_is_not_there(closed: Desk, wrong: tuple[str, ...]) -> None:
    ran = closed.run(*ASKED, *wrong)
    assert (ran.code, ran.out) == (1, "")
