"""`staffel receipt`."""

from tests.cli.market import Desk

ASKED = ("receipt", "aster.yaml", "--day", "2026-03-31")


def test_what_became_of_a_line(shelf: Desk) -> None:
    told = " ".join(shelf.run(*ASKED, "rhein/R1/1").out.split())
    assert "line sale, 5 Mar 2026, as-100" in told
    assert "amount 2, €20,000.00" in told
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
