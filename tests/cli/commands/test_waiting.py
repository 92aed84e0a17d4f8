"""`staffel waiting list|retry`."""

from tests.cli.market import Desk


def test_nothing_waits(prepared: Desk) -> None:
    ran = prepared.run("waiting", "list")
    assert (ran.code, ran.out) == (0, "  Nothing waits.\n")


def test_shows_reason_and_sums(imported: Desk) -> None:
    ran = imported.run("waiting", "list", "--lang", "de")
    assert ran.code == 1
    assert "Partner unbekannt" in ran.out
    assert "7.000,00 €" in ran.out
    assert "Wer auch immer" in ran.out


def test_as_data(imported: Desk) -> None:
    (waiting,) = imported.json("waiting", "list")["waiting"]
    assert (waiting["key"], waiting["lines"], waiting["net"]) == ("1009", 1, {"EUR": "7000.0000"})


def test_a_reference_takes_it_in_once(imported: Desk) -> None:
    reference = "distributor_id,number,partner_id,holds_from\nrhein,1009,moor-daten,2024-01-01\n"
    (imported.folder / "more.csv").write_text(reference)
    assert imported.json("load", "references", "more.csv")["outcome"]["taken_in"] == 1
    assert imported.json("waiting", "retry") == {"taken": 0, "waiting": 0}


def test_retry_says_what_is_left(imported: Desk) -> None:
    ran = imported.run("waiting", "retry")
    assert (ran.code, ran.out.strip()) == (1, "Lines taken in: 0; still waiting: 1.")
