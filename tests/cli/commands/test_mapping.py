"""`staffel map`."""

from staffel.core.readers import Column, parse_mapping
from tests.cli.market import Desk


def test_proposes_a_mapping_that_can_be_loaded(desk: Desk) -> None:
    ran = desk.run("map", "march.csv")
    mapping = parse_mapping(ran.out, "march.yaml")
    assert mapping.columns[Column.PARTNER_NUMBER] == "Kundennr."
    assert ran.code == 0


def test_as_data(desk: Desk) -> None:
    assert desk.json("map", "march.csv")["mapping"].startswith("mapping: march\n")


def test_nothing_is_nothing(desk: Desk) -> None:
    (desk.folder / "march.csv").write_bytes(b"")
    ran = desk.run("map", "march.csv")
    assert (ran.code, "Traceback" in ran.err) == (1, False)


def test_what_is_left_open_is_found(desk: Desk) -> None:
    (desk.folder / "march.csv").write_text("a;b\nx;y\n")
    ran = desk.run("map", "march.csv")
    assert (ran.code, "mapping-undecided" in ran.err) == (1, True)
