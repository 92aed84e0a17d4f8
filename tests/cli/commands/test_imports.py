"""`staffel import`."""

from tests.cli.market import MAPPING, REPORT, Desk


def test_taken_waiting_refused(prepared: Desk) -> None:
    ran = prepared.take("march.csv")
    assert ran.code == 1  # a row was refused
    told = " ".join(ran.out.split())
    assert "rhein/aster-systems/sell_out/2026-03 March 2026" in told
    assert "read 4 lines, net €46,000.00 taken 3 waiting 1 refused 1" in told
    assert "columns dropped 1: Telefon" in told
    assert "march.csv:6" in told


def test_as_data(prepared: Desk) -> None:
    (done,) = prepared.take("march.csv", "--format", "json").data["reports"]
    outcome = done["outcome"]
    assert (outcome["taken"], outcome["waiting"], outcome["refused"]) == (3, 1, 1)
    assert (done["sums"], done["dropped_columns"]) == ({"EUR": "46000.00"}, ["Telefon"])


def test_the_same_twice_is_once(imported: Desk) -> None:
    ran = imported.take("march.csv")
    assert "known already" in ran.out
    assert (ran.code, "march.csv:6" in ran.out) == (1, True)  # what was refused is said again
    assert imported.take("march.csv", "--format", "json").data["reports"][0]["outcome"]["already_known"]


def test_another_content_needs_to_say_that_it_replaces(imported: Desk) -> None:
    (imported.folder / "march.csv").write_text(REPORT.replace("20.000,00", "21.000,00"))
    assert imported.take("march.csv").code == 1
    assert "import it with --replaces" in " ".join(imported.take("march.csv").out.split())
    ran = imported.take("march.csv", "--replaces", "--format", "json")
    assert ran.data["reports"][0]["outcome"]["withdrawn"] == 1


def test_strict_takes_all_or_nothing(prepared: Desk) -> None:
    ran = prepared.take("march.csv", "--strict")
    assert ran.code == 1
    assert prepared.json("waiting", "list") == {"waiting": [], "refused": []}


def test_whose_it_is_must_be_said(prepared: Desk) -> None:
    ran = prepared.run("import", "march.csv", "--mapping", "rhein.yaml")
    assert (ran.code, "--distributor, --vendor" in ran.err) == (1, True)


def test_several_files_each_for_itself(prepared: Desk) -> None:
    (prepared.folder / "broken.csv").write_bytes(b"\xff\xfe")
    named = ("--distributor", "rhein", "--vendor", "aster-systems", "--period", "2026-03", "--lang", "de")
    ran = prepared.run("import", "broken.csv", "march.csv", "--mapping", "rhein.yaml", *named)
    assert ran.code == 1
    assert "broken.csv" in ran.err
    assert "46.000,00" in ran.out


def test_a_mapping_that_is_none_is_refused(prepared: Desk) -> None:
    (prepared.folder / "rhein.yaml").write_text("colums: {}\n")
    ran = prepared.take("march.csv")
    assert (ran.code, "rhein.yaml:1" in ran.err) == (1, True)


class TestTheWrongMapping:
    def test_can_be_put_right(self, prepared: Desk) -> None:
        (prepared.folder / "rhein.yaml").write_text(MAPPING.replace("on: Rechnungsdatum", "on: Kundenname"))
        first, second = (prepared.take("march.csv") for _ in range(2))
        assert (first.code, first.out) == (1, second.out)
        assert "[report-none-taken]" in first.out
        assert "they are kept" not in first.out
        (prepared.folder / "rhein.yaml").write_text(MAPPING)
        assert prepared.take("march.csv", "--format", "json").data["reports"][0]["outcome"]["taken"] == 3


def test_a_replaced_report_has_no_refused_rows_left(imported: Desk) -> None:
    (imported.folder / "march.csv").write_text(REPORT.replace("31.02.2026", "28.02.2026"))
    imported.take("march.csv", "--replaces")
    assert imported.json("waiting", "list")["refused"] == []


def test_strangers_are_told(prepared: Desk) -> None:
    (prepared.folder / "more.csv").write_text("distributor_id,holds_from\nrhein,2024-01-01\n")
    prepared.run("load", "distributors", "more.csv")
    said = ("--distributor", "rein", "--vendor", "aster", "--period", "2025-01")
    told = prepared.run("import", "march.csv", "--mapping", "rhein.yaml", *said).out
    for code in ("distributor-unknown", "vendor-unknown", "period-holds-no-line"):
        assert f"[{code}]" in told


def test_one_line_is_one_line(prepared: Desk) -> None:
    assert "1 line waits in the store" in prepared.take("march.csv").out
    assert "1 Zeile," in prepared.run("waiting", "list", "--lang", "de").out


def test_the_file_is_named_as_it_was_given(prepared: Desk) -> None:
    """Wherever its name is said; a mapping may read the name alone."""
    named = '{file_name: "^([0-9]{4}-[0-9]{2})"}'
    (prepared.folder / "rhein.yaml").write_text(f"{MAPPING}report:\n  period: {named}\n")
    (prepared.folder / "2026-03.csv").write_text(REPORT)
    said = ("--mapping", "rhein.yaml", "--distributor", "rhein", "--vendor", "aster-systems")
    ran = prepared.run("import", "2026-03.csv", *said)
    assert "sell_out/2026-03" in ran.out
    assert f"{prepared.folder / '2026-03.csv'}:6" in ran.out
    assert f"{prepared.folder / 'march.csv'}: error" in prepared.run("import", "march.csv", *said).err
