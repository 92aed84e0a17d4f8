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


class TestWhatHasNotComeIn:
    """Lines that wait, rows that were refused, months nobody reported: told first, and strictly refused."""

    def test_is_told_before_it_settles(self, imported: Desk) -> None:
        ran = imported.run(*ASKED)
        assert "because their partner or product is not known: 1 of 2026-03 (€7,000)." in joined(ran.err)
        assert "because these rows were refused: 1 of 2026-03 (100)." in joined(ran.err)
        assert "rhein has reported nothing to aster-systems for 2026-01, 2026-02; whether" in joined(ran.err)

    def test_stands_in_the_page(self, imported: Desk) -> None:
        told = joined(imported.run(*ASKED, "--trial").out)
        assert "rhein sell-out 2026-03 wait for their partner or product 1 €7,000.00" in told
        assert "rhein sell-out 2026-03 were refused 1 100.00" in told
        assert "rhein sell-out 2026-01 nothing reported; owed or not is unknown" in told

    def test_in_german(self, imported: Desk) -> None:
        ran = imported.run(*ASKED, "--trial", "--lang", "de")
        assert "weil Partner oder Produkt unbekannt sind: 1 aus 2026-03 (7.000 €)." in joined(ran.err)
        assert "rhein Sell-out 2026-03 warten auf Partner oder Produkt 1 7.000,00 €" in joined(ran.out)

    def test_strictly_it_refuses(self, imported: Desk) -> None:
        found = imported.json(*ASKED, "--strict")["findings"]
        assert [each["code"] for each in found] == ["lines-wait", "report-unknown", "rows-refused"]
        assert len(imported.json("ledger", "log")["commits"]) == 5

    def test_as_data(self, imported: Desk) -> None:
        found = imported.json(*ASKED, "--trial")
        assert {each["code"] for each in found["findings"]} == {
            "lines-wait",
            "report-unknown",
            "rows-refused",
        }
        first = next(each for each in found["uncounted"] if each["fate"] == "waiting")
        assert (first["distributor_id"], first["lines"], first["net"]) == ("rhein", 1, {"EUR": "7000.0000"})
        assert {each["source"] for each in found["uncounted"]} == {"sell_out"}

    def test_nothing_left_out_is_told_too(self, prepared: Desk) -> None:
        (prepared.folder / "distributors.csv").write_text(
            "distributor_id,reports_from,holds_from\nrhein,2026-03-01,2024-01-01\n"
        )
        assert prepared.run("load", "distributors", "distributors.csv").code == 0
        text = "\n".join((prepared.folder / "march.csv").read_text().splitlines()[:3])
        (prepared.folder / "clean.csv").write_text(text)
        prepared.take("clean.csv")
        ran = prepared.run(*ASKED, "--strict")
        assert (ran.code, ran.err.count("warning")) == (0, 0)
        assert "Nothing is left out" in ran.out


def joined(text: str) -> str:
    return " ".join(text.split())


def test_early_only_where_it_is_meant(imported: Desk) -> None:
    text = (imported.folder / "aster.yaml").read_text(encoding="utf-8")
    planned = text.replace("currency: EUR\n", "currency: EUR\nclose: {settle_after: 20 days}\n", 1)
    (imported.folder / "aster.yaml").write_text(planned, encoding="utf-8")
    asked = (*ASKED[:-1], "2026-04-19")
    ran = imported.run(*asked)
    told = " ".join(ran.err.split())
    assert (ran.code, "Wait until then, or say --early" in told) == (1, True)
    assert imported.run(*asked, "--trial").code == 0
    assert imported.run(*asked, "--early").code == 0
