"""`staffel map`."""

from staffel.core.readers import Column, parse_mapping
from tests.cli.market import Desk


def test_proposes_a_mapping_that_can_be_loaded(desk: Desk) -> None:
    ran = desk.run("map", "march.csv")
    mapping = parse_mapping(ran.out, "march.yaml")
    assert mapping.columns[Column.PARTNER_NUMBER] == "Kundennr."
    assert (ran.code, ran.err.count("[")) == (1, 1)
    assert "mapping-guess-unproven" in ran.err  # `Netto` alone may be the price of one piece


def test_all_decided(desk: Desk) -> None:
    report = (desk.folder / "march.csv").read_text(encoding="utf-8")
    (desk.folder / "march.csv").write_text(report.replace(";Netto", ";Umsatz netto"), encoding="utf-8")
    ran = desk.run("map", "march.csv")
    assert (ran.code, ran.err.strip()) == (0, "Everything was decided; look it over.")


def test_remarks_are_german_when_asked(desk: Desk) -> None:
    assert "# geraten: kein Preis belegt es" in desk.run("map", "march.csv", "--lang", "de").out


def test_what_is_missing_is_named_with_its_word(desk: Desk) -> None:
    (desk.folder / "march.csv").write_text("Datum;Menge;Umsatz EUR;Dings\n28.07.2026;3;6,50;x\n")
    ran = desk.run("map", "march.csv")
    assert ran.code == 1
    for code, word in (
        ("mapping-no-product", "product_vendor_number"),
        ("mapping-no-partner", "partner_number"),
    ):
        assert code in ran.err
        assert f"  # {word}: HEADING" in ran.out


def test_a_file_of_headings_alone_is_not_decided(desk: Desk) -> None:
    (desk.folder / "march.csv").write_text("Datum;Kundennr.;Herstellernr.;Menge;Umsatz EUR\n")
    ran = desk.run("map", "march.csv")
    assert (ran.code, "mapping-no-lines" in ran.err, "Everything" in ran.err) == (1, True, False)


def test_as_data(desk: Desk) -> None:
    assert desk.json("map", "march.csv")["mapping"].startswith("mapping: march\n")


def test_nothing_is_nothing(desk: Desk) -> None:
    (desk.folder / "march.csv").write_bytes(b"")
    ran = desk.run("map", "march.csv")
    assert (ran.code, "Traceback" in ran.err) == (1, False)


def test_what_is_left_open_is_found(desk: Desk) -> None:
    (desk.folder / "march.csv").write_text("a;b\nx;y\n")
    ran = desk.run("map", "march.csv")
    assert (ran.code, "mapping-nothing-known" in ran.err) == (1, True)
