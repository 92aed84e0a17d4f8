"""`staffel explain`."""

import duckdb
import pytest

from tests.cli.market import Desk

ASKED = ("explain", "aster.yaml", "--partner", "kern-it", "--day", "2026-04-30")


def test_from_the_amount_to_the_lines(closed: Desk) -> None:
    lines = [line.strip(" │├└─") for line in closed.run(*ASKED, "--window", "2026-Q1").out.splitlines()]
    assert any(line.startswith("€300.00  Quarter bonus, 1 Jan 2026 – 31 Mar 2026") for line in lines)
    assert any(line.startswith("= €30,000.00 × 1%", line.find("=")) for line in lines if "=" in line)
    assert "€200.00  5 Mar 2026  rhein/R1/1  as-100  of 20,000" in lines
    assert "€100.00  5 Mar 2026  rhein/R1/2  as-200  of 10,000" in lines


def test_a_level(closed: Desk) -> None:
    told = closed.run(*ASKED, "--lang", "de").out
    assert "Select, seit" in told
    assert "mindestens 25.000,00 € verlangt" in told


def test_a_level_shows_the_figures_that_decided_it(closed: Desk) -> None:
    told = unfolded(closed.run(*ASKED[:-1], "2026-12-10").out)
    assert "Select, since 6 Mar 2026, by the review of 5 Mar 2026" in told
    assert "✓ decided by the figures of 5 Mar 2026" in told
    before, _, decided = told.partition("decided by")
    assert ("met on" in before, "met on 5 Mar 2026" in decided) == (False, True)


def test_before_the_programme_there_is_nothing_to_explain(closed: Desk) -> None:
    ran = closed.run(*ASKED[:-1], "2025-06-01")
    assert (ran.code, "has no levels to explain on this day" in ran.err) == (1, True)


def test_adds_up_as_data(closed: Desk) -> None:
    (found,) = closed.json(*ASKED, "--window", "2026-Q1")["evidence"]
    earned = next(child for child in found["node"]["children"] if child["kind"] == "earned")
    assert earned["figure"] == "300.0000000000"


def test_rows_are_limited(closed: Desk) -> None:
    told = closed.run(*ASKED, "--window", "2026-Q1", "--rows", "1").out
    assert "€100.00  1 more line" in told


def test_a_partner_sees_itself(closed: Desk) -> None:
    asked = (*ASKED, "--window", "2026-Q1", "--viewer", "partner")
    assert "rhein/R1/1" in closed.run(*asked).out
    assert "rhein/R1/1" not in closed.run(*asked, "--viewer-id", "moor-daten").out


@pytest.mark.parametrize("window", [("--window", "2026-Q1"), ()])
def test_the_statements_run_in_a_bare_duckdb(closed: Desk, window: tuple[str, ...]) -> None:
    text = closed.run(*ASKED, *window, "--sql").out
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as bare:
        bare.execute(text)
        row = bare.execute("select coins from entitled where window_start = date '2026-01-01'").fetchone()
    assert row is not None
    assert str(row[0]) == "300.0000"


@pytest.mark.parametrize(
    "wrong", [("--window", "2031-Q1"), ("--window", "2026-Q1", "--incentive", "nothing")]
)
def test_what_is_not_there(closed: Desk, wrong: tuple[str, ...]) -> None:
    ran = closed.run(*ASKED, *wrong)
    assert (ran.code, ran.out) == (1, "")


class TestLines:
    def test_a_corrected_line_stands_once_with_what_it_was(self, corrected: Desk) -> None:
        told = corrected.run(*ASKED, "--window", "2026-Q1", "--rows", "0").out
        lines = [line.strip(" │├└─") for line in told.splitlines()]
        assert "€210.00  5 Mar 2026  rhein/R1/1  as-100  of 21,000" in lines
        assert "before: €20,000.00, 5 Mar 2026, taken back by rhein/aster-systems/sell_out" in unfolded(told)
        assert told.count("rhein/R1/1") == 1

    def test_a_line_taken_back_stands_once_at_nothing(self, corrected: Desk) -> None:
        told = corrected.run(*ASKED, "--window", "2026-Q1", "--rows", "0").out
        assert "1 line did not count: the line was taken back since, or is another partner’s" in told
        lines = [line.strip(" │├└─") for line in told.splitlines()]
        assert "€0.00  5 Mar 2026  rhein/R1/2  as-200" in lines
        assert "before: €10,000.00, 5 Mar 2026, taken back by rhein/aster-systems/sell_out" in unfolded(told)

    def test_the_close_counts_lines_too(self, corrected: Desk) -> None:
        found = corrected.json("close", "aster.yaml", "--window", "2026-Q1", "--day", "2026-04-20", "--trial")
        withdrawn = [one for one in found["lines"] if one["reason"] == "withdrawn"]
        assert [(one["rows"], one["sum"]) for one in withdrawn] == [(2, "0.0000")]

    def test_a_line_without_rows_of_its_document_shows_it(self, prepared: Desk) -> None:
        mapping = (prepared.folder / "rhein.yaml").read_text().replace("  document_row: Position\n", "")
        (prepared.folder / "rhein.yaml").write_text(mapping)
        prepared.take("march.csv")
        told = prepared.run(*ASKED, "--window", "2026-Q1").out
        assert "rhein/aster-systems/sell_out/2026-03/2  document R1  as-100" in told

    def test_as_data(self, corrected: Desk) -> None:
        found = corrected.json(*ASKED, "--window", "2026-Q1")["lines"]
        assert (found["rhein/R1/1"]["invoice_no"], found["rhein/R1/1"]["document_row"]) == ("R1", "1")


class TestViewers:
    def test_what_is_left_out_is_explained(self, closed: Desk) -> None:
        asked = (*ASKED, "--window", "2026-Q1", "--viewer", "distributor", "--viewer-id", "isar")
        told = " ".join(closed.run(*asked).out.split())
        assert "Shown as isar may see it." in told
        assert "None" not in told

    def test_an_incentive_without_a_window_is_refused(self, closed: Desk) -> None:
        ran = closed.run(*ASKED, "--incentive", "quarter-bonus")
        assert (ran.code, "is explained for a window, and none is named" in ran.err) == (1, True)


def unfolded(text: str) -> str:
    """A tree without its branches and folds."""
    return " ".join(text.translate(str.maketrans("│├└─", "    ")).split())
