"""`staffel check`."""

from pathlib import Path

import pytest

from tests.cli.market import Desk

ERRORS = Path(__file__).parents[3] / "examples" / "errors"


def test_says_what_a_programme_is(desk: Desk) -> None:
    ran = desk.run("check", "aster.yaml")
    assert ran.out.splitlines() == [
        "Aster Partner Programme  aster 2026.1",
        "",
        "  valid       1 Jan 2026 – 31 Dec 2026",
        "  vendor      aster-systems",
        "  levels      Registered, Select",
        "  incentives  Quarter bonus",
        "  check       in order",
    ]


def test_all_errors_at_once_with_their_places(desk: Desk) -> None:
    text = (desk.folder / "aster.yaml").read_text()
    wrong = text.replace("measure: revenue", "measure: sales").replace("rate: 2 %", "rate: 200 %")
    (desk.folder / "aster.yaml").write_text(wrong)
    ran = desk.run("check", "aster.yaml")
    assert ran.code == 1
    assert "aster.yaml:17:" in ran.out.replace("\n", "")
    found = desk.json("check", "aster.yaml")
    assert found["programmes"] == []
    assert len(found["findings"]) >= 2
    assert {each["severity"] for each in found["findings"]} <= {"error", "warning"}


@pytest.mark.parametrize("name", ["steps-not-rising", "yaml-broken", "too-deep", "key-unknown"])
def test_examples_of_errors_name_their_code(desk: Desk, name: str) -> None:
    ran = desk.run("check", str(ERRORS / f"{name}.yaml"), "--lang", "de")
    assert (ran.code, f"[{name}]" in ran.out) == (1, True)


def test_one_wrong_does_not_hide_the_right(desk: Desk) -> None:
    found = desk.json("check", "aster.yaml", str(ERRORS / "steps-not-rising.yaml"))
    assert [each["programme"] for each in found["programmes"]] == ["aster"]
    assert found["findings"][0]["code"] == "steps-not-rising"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "in order, 1 warning"), ("de", "in Ordnung, 1 Warnung")]
)
def test_a_warning_is_counted_where_it_is_in_order(desk: Desk, language: str, said: str) -> None:
    ran = desk.run("check", "aster.yaml", str(ERRORS / "factor-of-nothing.yaml"), "--lang", language)
    lines = [line.strip() for line in ran.out.splitlines()]
    ends = [line.split("  ")[-1].strip() for line in lines if line.startswith(("check", "Prüfung"))]
    assert (ran.code, ends) == (0, [said.split(",")[0], said])


def test_values_and_structure_come_at_once(desk: Desk) -> None:
    text = (desk.folder / "aster.yaml").read_text()
    wrong = text.replace("per: quarter", "per: quartr").replace("base: revenue", "base: revenu")
    (desk.folder / "aster.yaml").write_text(wrong)
    found = desk.json("check", "aster.yaml")["findings"]
    assert {each["code"] for each in found} == {"value-not-of-type", "name-unknown"}


class TestAgainstAStore:
    """What a file alone cannot show."""

    def run(self, shelf: Desk, *lines: str) -> str:
        text = (shelf.folder / "aster.yaml").read_text()
        (shelf.folder / "next.yaml").write_text(text.replace("measures:\n", "\n".join((*lines, ""))))
        ran = shelf.run("check", "next.yaml", "--store", str(shelf.folder / "store"))
        assert ran.code == (0 if "in order" in ran.out else 1)
        return " ".join(ran.out.split())

    def test_all_is_there(self, shelf: Desk) -> None:
        told = self.run(shelf, "products: {servers: {family: server}}", "measures:")
        assert "in order" in told

    def test_a_group_without_products(self, shelf: Desk) -> None:
        told = self.run(shelf, "products: {printers: {family: printer}}", "measures:")
        assert "None of the vendor's 2 products in the store belongs to printers." in told
        assert "in order" not in told

    def test_a_source_that_nobody_brings(self, shelf: Desk) -> None:
        told = self.run(shelf, "measures:", "  bought: {sum: net, of: sell_in, accept: measure-unused}")
        assert "source-empty" in told

    def test_a_target_agreed_with_nobody(self, shelf: Desk) -> None:
        told = self.run(
            shelf, "measures:", "  part: {attained: revenue, of: {target: yearly}, accept: measure-unused}"
        )
        assert "The target yearly was agreed with nobody" in told

    def test_without_it_the_file_alone_is_checked(self, shelf: Desk) -> None:
        text = (shelf.folder / "aster.yaml").read_text()
        lines = "products: {printers: {family: printer}}\nmeasures:\n"
        (shelf.folder / "next.yaml").write_text(text.replace("measures:\n", lines))
        assert shelf.run("check", "next.yaml").code == 0


def test_versions_beside_each_other(desk: Desk) -> None:
    folder = ERRORS / "versions"
    ran = desk.run("check", str(folder / "first.yaml"), str(folder / "overlap.yaml"))
    assert ran.code == 1
    assert "window-overlap" in ran.out
    assert desk.run("check", str(folder / "first.yaml"), str(folder / "gap.yaml")).code == 0
