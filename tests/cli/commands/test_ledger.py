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
        assert "rhein aster-systems: no sell-out reported for February 2026" in ran.out
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

    def test_all_of_it(self, shelf: Desk) -> None:
        ran = shelf.run(*self.ASKED, "s-000001", "--all")
        assert (ran.code, "more" in ran.out) == (1, False)


class TestWithdraw:
    ASKED = ("ledger", "withdraw", "rhein/aster-systems/sell_out/2026-03", "--reason", "wrong distributor")

    def test_says_what_it_takes_back_and_what_that_moves(self, imported: Desk) -> None:
        imported.run("close", "aster.yaml", "--window", "2026-Q1", "--day", "2026-04-20")
        ran = imported.run(*self.ASKED)
        told = " ".join(ran.out.split())
        assert (ran.code, "lines reversed 3, €39,000.00" in told) == (0, True)
        assert "no longer wait 1" in told
        assert "aster, 1 Jan 2026 – 31 Mar 2026, is closed and holds some of these days" in told
        assert "staffel ledger change PROGRAMME --since s-000006" in told
        late = imported.json("standing", "aster.yaml", "--partner", "kern-it", "--day", "2026-04-25")["late"]
        assert [each["difference"] for each in late] == ["-300.0000"]
        log = imported.run("ledger", "log", "--last", "1", "--lang", "de").out
        assert "Rücknahme" in log
        assert "wrong distributor" in log

    def test_twice_is_refused(self, imported: Desk) -> None:
        assert imported.run(*self.ASKED).code == 0
        ran = imported.run(*self.ASKED)
        assert (ran.code, "was withdrawn already" in ran.err) == (1, True)

    def test_a_report_that_never_came(self, imported: Desk) -> None:
        ran = imported.run(*self.ASKED[:2], "rhein/aster-systems/sell_out/2026-04", *self.ASKED[3:])
        assert (ran.code, "rhein/aster-systems/sell_out/2026-03 is known" in " ".join(ran.err.split())) == (
            1,
            True,
        )

    def test_the_file_can_be_taken_again(self, imported: Desk) -> None:
        imported.run(*self.ASKED)
        assert imported.run("waiting", "list").out.count("Wer auch immer") == 0
        assert "taken in, state s-000007" in " ".join(imported.take("march.csv").out.split())
