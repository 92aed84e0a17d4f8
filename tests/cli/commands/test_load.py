"""`staffel load`."""

import pytest

from tests.cli.market import Desk


@pytest.fixture
def made(desk: Desk) -> Desk:
    desk.run("init")
    return desk


def test_takes_rows_once(made: Desk) -> None:
    first, second = (made.json("load", "partners", "partners.csv")["outcome"] for _ in range(2))
    assert (first["written"], second["written"], second["unchanged"]) == (2, 0, 2)


def test_says_which_columns_it_wants(made: Desk) -> None:
    (made.folder / "partners.csv").write_text("id,kind\nkern-it,dealer\n")
    ran = made.run("load", "partners", "partners.csv")
    assert ran.code == 1
    assert "partner_id" in ran.out


def test_an_unknown_table_lists_the_known(made: Desk) -> None:
    ran = made.run("load", "partner", "partners.csv")
    assert (ran.code, "enrolments" in ran.out) == (1, True)


def test_a_day_for_all_rows(made: Desk) -> None:
    (made.folder / "partners.csv").write_text("partner_id\nkern-it\n")
    assert made.run("load", "partners", "partners.csv").code == 1
    assert made.run("load", "partners", "partners.csv", "--from", "2026-01-01").code == 0


def test_right_rows_of_a_wrong_file(made: Desk) -> None:
    (made.folder / "partners.csv").write_text("partner_id,holds_from\nkern-it,2026-01-01\nmoor,2026-02-31\n")
    assert made.json("load", "partners", "partners.csv")["outcome"]["written"] == 0
    assert made.json("load", "partners", "partners.csv", "--lenient")["outcome"]["written"] == 1


@pytest.mark.parametrize(
    ("column", "table"), [("partner_id", "partner_references"), ("product_id", "product_references")]
)
def test_references_by_their_columns(made: Desk, column: str, table: str) -> None:
    (made.folder / "references.csv").write_text(
        f"distributor_id,number,{column},holds_from\nrhein,1,x,2026-01-01\n"
    )
    assert made.json("load", "references", "references.csv")["table"] == table


def test_german(made: Desk) -> None:
    assert "neue Zeilen" in made.run("load", "partners", "partners.csv", "--lang", "de").out


class TestACorrectedReference:
    WRONG = "distributor_id,number,partner_id,holds_from\nrhein,1001,moor-daten,2024-01-01\n"

    def test_says_how_many_lines_moved_and_how_to_see_it(self, imported: Desk) -> None:
        (imported.folder / "corrected.csv").write_text(self.WRONG)
        ran = imported.run("load", "references", "corrected.csv")
        assert (ran.code, "lines moved to another  2" in ran.out) == (0, True)
        assert "ledger change PROGRAMME --since s-000005" in ran.out

    def test_moves_what_partners_get(self, imported: Desk) -> None:
        (imported.folder / "corrected.csv").write_text(self.WRONG)
        imported.run("load", "references", "corrected.csv")
        ran = imported.run("ledger", "change", "aster.yaml", "--since", "s-000005", "--day", "2026-03-31")
        told = " ".join(ran.out.split())
        assert "partner_references rhein, 1001 (s-000006)" in told
        assert "-€300.00" in told
        assert imported.run("ledger", "verify").code == 0

    def test_withdrawn_its_lines_wait_again(self, imported: Desk) -> None:
        (imported.folder / "gone.csv").write_text(
            "distributor_id,number,partner_id,holds_from,withdrawn\nrhein,1001,kern-it,2024-01-01,true\n"
        )
        ran = imported.run("load", "references", "gone.csv", "--lang", "de")
        assert "Zeilen warten wieder  2" in ran.out
        assert imported.json("waiting", "retry") == {"taken": 0, "waiting": 3}


class TestFilesThatCannotBeLoaded:
    @pytest.mark.parametrize(
        ("content", "code", "told"),
        [
            (b"", "file-empty", "The file is empty."),
            (b"partner_id,holds_from\n", "rows-missing", "no row"),
            (b"%PDF-1.4", "file-no-csv", "a PDF document"),
            (b"PK\x03\x04", "file-no-csv", "a spreadsheet"),
            (b"\x7fELF\0\0", "file-no-csv", "no text"),
        ],
    )
    def test_are_told_what_they_are(self, made: Desk, content: bytes, code: str, told: str) -> None:
        (made.folder / "partners.csv").write_bytes(content)
        ran = made.run("load", "partners", "partners.csv")
        assert (ran.code, f"[{code}]" in ran.err, told in " ".join(ran.err.split())) == (1, True, True)

    def test_a_folder_is_none(self, made: Desk) -> None:
        ran = made.run("load", "partners", str(made.folder / "store"))
        assert (ran.code, "This is a folder." in ran.err) == (2, True)

    def test_missing_columns_are_named_once(self, made: Desk) -> None:
        (made.folder / "partners.csv").write_text("id\n" + "a\n" * 60)
        ran = made.run("load", "partners", "partners.csv")
        assert ran.out.count("error:") == 1
        assert "partner_id, holds_from" in " ".join(ran.out.split())

    def test_the_file_is_named_as_it_was_given(self, made: Desk) -> None:
        (made.folder / "partners.csv").write_text("partner_id,holds_from\nkern-it,2026-02-31\n")
        assert f"{made.folder / 'partners.csv'}:2: error" in made.run("load", "partners", "partners.csv").out
        assert "partners: partners.csv" not in made.run("ledger", "log").out
        (made.folder / "partners.csv").write_text("partner_id,holds_from\nkern-it,2026-02-28\n")
        made.run("load", "partners", "partners.csv")
        assert "partners: partners.csv" in made.run("ledger", "log").out


def test_a_partner_that_no_table_knows_is_told(prepared: Desk) -> None:
    (prepared.folder / "more.csv").write_text("programme,partner_id,holds_from\naster,kern,2026-01-01\n")
    ran = prepared.run("load", "enrolments", "more.csv", "--lang", "de")
    assert ran.code == 1
    assert "more.csv:2: Warnung: partner_id kern steht in keiner Zeile von partners." in " ".join(
        ran.out.split()
    )


class TestColumns:
    def test_of_a_table_without_a_store(self, desk: Desk) -> None:
        ran = desk.run("load", "partners", "--columns")
        assert (ran.code, ran.err) == (0, "")
        told = " ".join(ran.out.split())
        assert "partner_id key, required text our id of the partner" in told
        assert "partner_id,name,kind,country,segment,size,head_office,same_as,holds_from,withdrawn" in ran.out

    def test_in_german(self, desk: Desk) -> None:
        told = " ".join(desk.run("load", "enrolments", "--columns", "--lang", "de").out.split())
        assert "partner_id Schlüssel, Pflicht Text unsere Kennung des Partners" in told

    def test_of_references_are_those_of_both(self, desk: Desk) -> None:
        tables = desk.json("load", "references", "--columns")["tables"]
        assert [table["name"] for table in tables] == ["partner_references", "product_references"]
        assert [column["name"] for column in tables[0]["columns"] if column["needed"]] == [
            "distributor_id", "number", "partner_id", "holds_from",
        ]  # fmt: skip

    def test_of_no_table_are_refused(self, desk: Desk) -> None:
        ran = desk.run("load", "partner", "--columns")
        assert (ran.code, "[table-unknown-meant]" in ran.err) == (1, True)

    def test_a_file_must_be_named_otherwise(self, made: Desk) -> None:
        ran = made.run("load", "partners")
        assert (ran.code, "staffel load partners --columns" in " ".join(ran.err.split())) == (2, True)


def test_a_table_spelled_nearly_so(made: Desk) -> None:
    ran = made.run("load", "product", "products.csv")
    assert (ran.code, "Did you mean products?" in " ".join(ran.out.split())) == (1, True)
