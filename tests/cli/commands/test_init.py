"""`staffel init`."""

from tests.cli.market import Desk


def test_makes_a_store(desk: Desk) -> None:
    assert desk.run("init", str(desk.folder / "new")).code == 0
    assert (desk.folder / "new" / "warehouse").is_dir()


def test_as_the_environment_says(desk: Desk) -> None:
    assert desk.json("init") == {"store": str(desk.folder / "store")}
    assert (desk.folder / "store" / "store.db").is_file()


def test_never_over_another(desk: Desk) -> None:
    desk.run("init")
    ran = desk.run("init")
    assert (ran.code, "store-exists" in ran.err) == (1, True)
