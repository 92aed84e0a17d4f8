"""`staffel receipt`."""

from tests.cli.market import Desk

ASKED = ("receipt", "aster.yaml", "--day", "2026-03-31")


def test_what_became_of_a_line(shelf: Desk) -> None:
    told = " ".join(shelf.run(*ASKED, "rhein/R1/1").out.split())
    assert "line sale, 5 Mar 2026 document R1, row 1 product AS-100 amount 2, €20,000.00" in told
    assert "partner Kern IT (kern-it) report rhein/aster-systems/sell_out/2026-03" in told
    assert "Quarter bonus 2026-Q1 base ✓ counted, on step 1 €20,000.00 €200.00" in told
    assert "Select requirement ✓ counted" in told


def test_as_data(shelf: Desk) -> None:
    found = shelf.json(*ASKED, "rhein/R1/1")
    assert found["line"]["net"] == "20000.0000"
    assert {(one["role"], one["verdict"]) for one in found["receipts"]} == {
        ("driver", "counted"),
        ("base", "counted"),
        ("requirement", "counted"),
    }


def test_why_not(shelf: Desk) -> None:
    text = (shelf.folder / "aster.yaml").read_text()
    narrow = text.replace("    base: revenue\n", "    base: revenue\n    for: {kind: dealer}\n")
    (shelf.folder / "narrow.yaml").write_text(narrow)
    ran = shelf.run("receipt", "narrow.yaml", "rhein/R1/1", "--day", "2026-03-31", "--lang", "de")
    assert "nicht gezählt: eine Bedingung des Bonus ist nicht erfüllt" in " ".join(ran.out.split())


def test_an_unknown_line(shelf: Desk) -> None:
    ran = shelf.run(*ASKED, "rhein/R9/9")
    assert (ran.code, "line-unknown" in ran.err) == (1, True)


class TestALineThatCameAgain:
    """One row, as the line stands; what it was before is told as such, with the report that took it back."""

    def test_corrected(self, corrected: Desk) -> None:
        ran = corrected.run(*ASKED, "rhein/R1/1")
        told = " ".join(ran.out.split())
        assert "amount 3, €21,000.00" in told
        assert "state corrected since" in told
        assert "What it was before counted no more" in told
        assert "s-000005 5 Mar 2026 2 €20,000.00 rhein/aster-systems/sell_out/2026-03, version 2" in told
        assert told.count("Quarter bonus 2026-Q1 base") == 1
        assert "Quarter bonus 2026-Q1 base ✓ counted, on step 1 €21,000.00 €210.00" in told

    def test_taken_back(self, corrected: Desk) -> None:
        ran = corrected.run(*ASKED, "rhein/R1/2", "--lang", "de")
        told = " ".join(ran.out.split())
        assert "Stand inzwischen zurückgenommen" in told
        assert told.count("Quartalsbonus 2026-Q1 Bemessung") == 1
        assert "inzwischen zurückgenommen" in told

    def test_as_data(self, corrected: Desk) -> None:
        found = corrected.json(*ASKED, "rhein/R1/1")
        first, second = found["line"]["history"]
        assert (first["net"], first["taken_back"], first["by"], first["version"]) == (
            "20000.0000",
            "s-000006",
            "rhein/aster-systems/sell_out/2026-03",
            2,
        )
        assert (second["net"], second["taken_back"]) == ("21000.0000", None)
        assert [one["revision"] for one in found["receipts"]] == [2, 2, 2]
