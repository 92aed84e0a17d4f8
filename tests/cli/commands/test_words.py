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
