"""`staffel standing`."""

from decimal import Decimal

import pytest

from tests.cli.market import Desk

ASKED = ("standing", "aster.yaml", "--day", "2026-03-31")


class TestOnePartner:
    def test_is_understood_at_a_glance(self, shelf: Desk) -> None:
        ran = shelf.run(*ASKED, "--partner", "moor-daten")
        assert ran.code == 0
        told = " ".join(ran.out.split())
        assert told.startswith(
            "Moor Daten Aster Partner Programme, on 31 Mar 2026 Registered since 1 Jan 2026"
        )
        assert "Select, to reach · Revenue, last 4 quarters █████▊░░░░░░░░░░ €9,000.00 of €25,000" in told
        assert "€16,000.00 missing" in told
        assert "Quarter bonus 2026-Q1 €9,000.00 1/2 €90.00" in told

    def test_says_what_brings_more(self, shelf: Desk) -> None:
        told = " ".join(shelf.run(*ASKED, "--partner", "moor-daten").out.split())
        assert "→ €16,000.00 more Revenue to Select" in told
        assert "€41,000.00 more Revenue to step 2 of the Quarter bonus: brings €410.00" in told

    def test_speaks_german(self, shelf: Desk) -> None:
        told = " ".join(shelf.run(*ASKED, "--partner", "moor-daten", "--lang", "de").out.split())
        assert "9.000,00 € von 25.000 €" in told
        assert "noch 16.000,00 €" in told
        assert "Quartalsbonus 2026-Q1 9.000,00 € 1/2 90,00 €" in told

    def test_as_data(self, shelf: Desk) -> None:
        found = shelf.json(*ASKED, "--partner", "kern-it")
        assert found["standing"]["level"] == "select"
        (hurdle,) = found["requirements"]
        assert (hurdle["actual"], hurdle["holds"]) == ("30000.0000", True)
        (accrual,) = found["accruals"]
        assert Decimal(accrual["earned"]) == 300

    @pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 160])
    def test_fits_the_screen(self, shelf: Desk, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("staffel.cli.screen.WIDTH", width)
        lines = shelf.run(*ASKED, "--partner", "moor-daten").out.splitlines()
        assert max(map(len, lines)) <= width

    def test_no_figure_is_cut_where_it_is_too_narrow(
        self, shelf: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("staffel.cli.screen.WIDTH", 50)
        lines = shelf.run(*ASKED, "--partner", "moor-daten").out.splitlines()
        assert "    €9,000.00 of €25,000  €16,000.00 missing" in lines[lines.index("  Select, to reach") :]

    def test_who_does_not_take_part(self, shelf: Desk) -> None:
        ran = shelf.run("standing", "aster.yaml", "--partner", "kern-it", "--day", "2023-12-31")
        assert ran.code == 1  # the store knows the partner from 2024 on
        (shelf.folder / "other.yaml").write_text(
            (shelf.folder / "aster.yaml").read_text().replace("programme: aster", "programme: other")
        )
        ran = shelf.run("standing", "other.yaml", "--partner", "kern-it", "--day", "2026-03-31")
        assert "Does not take part" in ran.out

    def test_an_unknown_partner_is_told_who_is_near(self, shelf: Desk) -> None:
        ran = shelf.run(*ASKED, "--partner", "kern")
        assert (ran.code, "Did you mean kern-it?" in ran.err) == (1, True)


class TestEverybody:
    def test_the_most_earned_first(self, shelf: Desk) -> None:
        rows = [
            line.split()[0]
            for line in shelf.run(*ASKED).out.splitlines()
            if "Daten" in line or "Kern" in line
        ]
        assert rows == ["kern-it", "moor-daten"]

    def test_adds_up(self, shelf: Desk) -> None:
        ran = shelf.run(*ASKED, "--limit", "1")
        assert "… 1 more" in ran.out
        assert "€390.00" in ran.out.splitlines()[-1]

    def test_as_data(self, shelf: Desk) -> None:
        found = shelf.json(*ASKED)
        assert [(row["partner_id"], row["level"]) for row in found["partners"]] == [
            ("kern-it", "select"),
            ("moor-daten", "registered"),
        ]


def test_an_earlier_state_can_be_asked(shelf: Desk) -> None:
    found = shelf.json(*ASKED, "--partner", "kern-it", "--state", "s-000004")
    assert found["standing"]["level"] == "registered"
    assert shelf.run(*ASKED, "--state", "s-999999").code == 1
