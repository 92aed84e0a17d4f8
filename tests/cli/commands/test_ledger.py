"""`staffel ledger log|verify|coverage`."""

from tests.cli.market import Desk


class TestLog:
    def test_every_commit(self, imported: Desk) -> None:
        commits = imported.json("ledger", "log")["commits"]
        assert [each["entry"]["kind"] for each in commits] == [*["load"] * 4, "report"]
        assert commits[-1]["state"] == "s-000005"

    def test_the_last(self, imported: Desk) -> None:
        ran = imported.run("ledger", "log", "--last", "1")
        assert "1 of 5" in ran.out
        assert "rhein/aster-systems" in ran.out.replace("\n", "")

    def test_german(self, imported: Desk) -> None:
        assert "Datenstand" in imported.run("ledger", "log", "--lang", "de").out


class TestVerify:
    def test_whole(self, imported: Desk) -> None:
        assert imported.json("ledger", "verify") == {"whole": True, "commits": 5, "findings": []}
        assert "is whole" in imported.run("ledger", "verify").out

    def test_damage_is_found(self, imported: Desk) -> None:
        files = sorted((imported.folder / "store" / "warehouse").rglob("*.parquet"))
        files[-1].unlink()
        ran = imported.run("ledger", "verify")
        assert (ran.code, "error" in ran.out) == (1, True)


class TestCoverage:
    def test_nothing_was_expected(self, prepared: Desk) -> None:
        ran = prepared.run("ledger", "coverage", "--day", "2026-05-01")
        assert (ran.code, "No report was expected" in ran.out) == (0, True)

    def test_what_is_missing_is_named(self, imported: Desk) -> None:
        (imported.folder / "d.csv").write_text(
            "distributor_id,reports_from,holds_from\nrhein,2026-02-01,2026-01-01\n"
        )
        imported.run("load", "distributors", "d.csv")
        ran = imported.run("ledger", "coverage", "--day", "2026-05-01")
        assert ran.code == 1
        assert "rhein aster-systems: February 2026 is missing" in ran.out
        assert "●" in ran.out


class TestChange:
    ASKED = ("ledger", "change", "aster.yaml", "--day", "2026-03-31", "--since")

    def test_what_moved_and_by_which_report(self, shelf: Desk) -> None:
        ran = shelf.run(*self.ASKED, "s-000004")
        assert ran.code == 1
        told = " ".join(ran.out.split())
        assert "Registered → Select" in told
        assert "€300.00" in told
        assert "report rhein/aster-systems/sell_out/2026-03 (s-000005): 2 lines, €30,000.00" in told

    def test_nothing_moved(self, shelf: Desk) -> None:
        ran = shelf.run(*self.ASKED, "s-000005", "--lang", "de")
        assert (ran.code, "Nichts hat sich bewegt" in ran.out) == (0, True)

    def test_as_data(self, shelf: Desk) -> None:
        found = shelf.json(*self.ASKED, "s-000004", "--partner", "moor-daten")["changes"]
        assert [each["partner_id"] for each in found] == ["moor-daten"]
