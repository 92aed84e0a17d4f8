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
