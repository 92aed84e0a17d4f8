"""The demo, small: it ends after printing, works twice, and shows all that it promises."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.cli.application import app
from staffel.cli.as_json import JsonOutput
from staffel.cli.call import Refused
from staffel.cli.demo.run import MARK, SMALL, play
from staffel.cli.voice import Voice
from tests.cli.market import RUNNER

STAFFEL = Path(sys.executable).with_name("staffel")


def demo(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """As `make demo` runs it, without a terminal."""
    told = {
        **os.environ,
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }
    asked = [STAFFEL, "demo", "--small", "--folder", str(folder), *more]
    return subprocess.run(
        asked, env=told, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder and what the demo printed."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    ran = demo(folder)
    assert ran.returncode == 0, ran.stderr
    return folder, ran.stdout


@pytest.mark.slow
class TestDemo:
    @pytest.mark.parametrize(
        "part",
        [
            "1  The market  4 vendors, 4 distributors, 60 partners",
            "2  A quarter, closed: Aurora 2026-Q3",
            "3  One partner's standing",
            "4  One bonus, down to its lines",
            "5  One line that did not count, and why",
            "6  What waits",
            "7  What to type next",
            "not counted: ",
            "partner unknown",
            "staffel explain aurora.yaml",
        ],
    )
    def test_shows(self, shown: tuple[Path, str], part: str) -> None:
        assert part in shown[1]

    def test_every_command_to_type_next_works(
        self, shown: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As they are printed, in the demo's folder, where the store is found by itself."""
        folder, text = shown
        monkeypatch.chdir(folder)
        monkeypatch.delenv("STAFFEL_STORE", raising=False)
        lines = [line.strip() for line in text.splitlines()]
        typed = [line for line in lines if line.startswith("staffel ")]
        assert len(typed) == 9
        for line in typed:
            ran = RUNNER.invoke(app, line.split()[1:])
            assert ran.exit_code in {0, 1}, line
            assert "[unexpected]" not in ran.stderr, line
            assert ran.stdout, line

    def test_what_to_type_next_shows_what_was_earned(
        self, shown: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Not the noughts of a quarter that is closed."""
        folder, text = shown
        monkeypatch.chdir(folder)
        monkeypatch.delenv("STAFFEL_STORE", raising=False)
        typed = [line.strip() for line in text.splitlines() if line.startswith("  staffel standing ")]
        everybody, one = (
            json.loads(RUNNER.invoke(app, [*each.split()[1:], "--format", "json"]).stdout) for each in typed
        )
        assert sum(Decimal(each["earned"]) for each in everybody["partners"]) > 0
        assert sum(Decimal(each["earned"]) for each in one["accruals"]) > 0

    def test_works_twice_and_speaks_json(self, shown: tuple[Path, str]) -> None:
        folder, _ = shown
        ran = demo(folder, "--format", "json")
        assert ran.returncode == 0, ran.stderr
        found = json.loads(ran.stdout)
        assert sum(each["reports"] for each in found["reports"]) == 72
        assert sum(each["refused"] for each in found["reports"]) == 0
        assert found["closed"] == "2026-Q3"


def test_never_takes_the_room_of_others(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(Refused):
        play(tmp_path, SMALL, JsonOutput(voice=Voice()))
    assert (tmp_path / "precious.txt").read_text() == "mine"
    assert not (tmp_path / MARK).exists()
