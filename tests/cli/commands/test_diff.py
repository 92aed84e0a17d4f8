"""`staffel diff`."""

from decimal import Decimal

import pytest

from tests.cli.market import PROGRAMME, Desk


@pytest.fixture
def next_year(shelf: Desk) -> Desk:
    """A version for 2027 that pays 2 % from the first euro and 3 % from 50,000, and asks no level."""
    text = (
        PROGRAMME.replace("2026-", "2027-")
        .replace("rate: 2 %", "rate: 3 %")
        .replace("rate: 1 %", "rate: 2 %")
    )
    (shelf.folder / "next.yaml").write_text(text)
    return shelf


def asked(desk: Desk, *more: str) -> tuple[str, ...]:
    """The call that also asks the store."""
    return ("diff", "aster.yaml", "next.yaml", "--store", str(desk.folder / "store"), *more)


def test_names_what_changed(next_year: Desk) -> None:
    ran = next_year.run("diff", "aster.yaml", "next.yaml")
    assert ran.code == 0
    assert "incentives.quarter-bonus.scale.steps.1.pays.1.rate: 0.01 → 0.02" in ran.out
    assert "last year" not in ran.out


def test_one_programme(next_year: Desk) -> None:
    assert next_year.run("diff", "aster.yaml", "aster.yaml").out == "No change.\n"


def test_what_it_would_have_paid(next_year: Desk) -> None:
    """30,000.00 at 1 % and at 2 %, and 9,000.00 likewise."""
    found = next_year.json(*asked(next_year, "--day", "2027-02-10"))["backtest"]
    assert found["year"] == {"start": "2026-01-01", "until": "2027-01-01"}
    sums = {one["partner_id"]: (Decimal(one["old"]), Decimal(one["new"])) for one in found["partners"]}
    assert sums == {"kern-it": (300, 600), "moor-daten": (90, 180)}


def test_reads_well(next_year: Desk) -> None:
    told = " ".join(next_year.run(*asked(next_year, "--day", "2026-12-31")).out.split())
    assert "On last year's sales 1 Jan 2026 – 31 Dec 2026" in told
    assert "Kern IT €300.00 €600.00 €300.00" in told
    assert "all partners €390.00 €780.00 €390.00" in told
    assert "Of 2 partners 2 would have got more, 0 less, 0 the same." in told


def test_speaks_german(next_year: Desk) -> None:
    told = " ".join(next_year.run(*asked(next_year, "--day", "2026-12-31", "--lang", "de")).out.split())
    assert "alle Partner 390,00 € 780,00 € 390,00 €" in told


def test_shows_some_and_says_how_many_more(next_year: Desk) -> None:
    told = next_year.run(*asked(next_year, "--day", "2026-12-31", "--limit", "1")).out
    assert "Moor" not in told
    assert "1 more" in told


def test_a_year_without_sales(next_year: Desk) -> None:
    told = next_year.run(*asked(next_year, "--day", "2026-06-30")).out
    assert "Neither version would have paid anybody" in told


def test_another_vendors_programme(next_year: Desk) -> None:
    path = next_year.folder / "next.yaml"
    path.write_text(path.read_text().replace("aster-systems", "heron-tools").replace("EUR", "CHF"))
    ran = next_year.run(*asked(next_year))
    assert ran.code == 1
    assert "vendors-differ" in ran.err
    assert "currencies-differ" in ran.err
