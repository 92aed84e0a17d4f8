"""`staffel words`."""

from tests.cli.market import Desk


def test_in_the_language_asked(desk: Desk) -> None:
    assert desk.run("words", "aster.yaml").out.startswith("Aster Partner Programme\n====")
    assert desk.run("words", "aster.yaml", "--language", "de").out.startswith("Aster Partnerprogramm\n")


def test_as_data(desk: Desk) -> None:
    said = desk.json("words", "aster.yaml")
    sentences = [
        sentence
        for section in said["sections"]
        for paragraph in section["paragraphs"]
        for sentence in paragraph["sentences"]
    ]
    assert any("€25,000" in sentence for sentence in sentences)


def test_a_wrong_programme_has_no_words(desk: Desk) -> None:
    (desk.folder / "aster.yaml").write_text("programme: [")
    ran = desk.run("words", "aster.yaml")
    assert (ran.code, ran.out) == (1, "")


def test_each_incentive_has_a_worked_example(desk: Desk) -> None:
    told = " ".join(desk.run("words", "aster.yaml").out.split())
    assert (
        "Example For a partner at the level “Select”, “Revenue” comes to €50,000.00 from 1 Oct 2026 to "
        "31 Dec 2026. That is step 2 of 2 and brings €500.00." in told
    )
    told = " ".join(desk.run("words", "aster.yaml", "--lang", "de").out.split())
    assert (
        "Beispiel Bei einem Partner der Stufe „Select“ ergibt „Umsatz“ vom 01.10.2026 bis 31.12.2026 "
        "50.000,00 €. Das ist Stufe 2 von 2 und bringt 500,00 €." in told
    )
