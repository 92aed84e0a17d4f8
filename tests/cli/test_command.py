"""What all commands share: exit codes, language, format, no trace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from staffel.cli.call import WrongCall, existing, language_of, store_path
from tests.cli.market import Desk

STAFFEL = Path(sys.executable).with_name("staffel")


def staffel(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell runs it."""
    told = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", **environment}
    told.pop("STAFFEL_STORE", None)
    return subprocess.run(
        [STAFFEL, *arguments], cwd=cwd, env=told, capture_output=True, encoding="utf-8", check=False
    )


class TestExitCodes:
    def test_done(self, desk: Desk) -> None:
        assert desk.run("check", "aster.yaml").code == 0

    def test_refused(self, desk: Desk) -> None:
        assert desk.run("ledger", "log").code == 1

    def test_found(self, desk: Desk) -> None:
        (desk.folder / "aster.yaml").write_text("programme: aster\n")
        assert desk.run("check", "aster.yaml").code == 1

    @pytest.mark.parametrize(
        "arguments",
        [
            ("check",),
            ("check", "nothing.yaml"),
            ("nonsense",),
            ("check", "aster.yaml", "--format", "xml"),
            ("ledger", "coverage", "--day", "31.03.2026"),
            ("import", "march.csv", "--mapping", "rhein.yaml", "--period", "spring"),
        ],
    )
    def test_wrong_call(self, prepared: Desk, arguments: tuple[str, ...]) -> None:
        assert prepared.run(*arguments).code == 2


class TestSpeech:
    def test_results_and_talk_are_parted(self, desk: Desk) -> None:
        ran = desk.run("map", "march.csv")
        assert ran.out.startswith("mapping: march")
        assert "mapping:" not in ran.err

    def test_a_refusal_is_no_result(self, desk: Desk) -> None:
        ran = desk.run("ledger", "log")
        assert (ran.out, "store-missing" in ran.err) == ("", True)

    def test_a_machine_reads_a_refusal_too(self, desk: Desk) -> None:
        found = desk.json("ledger", "log")["findings"]
        assert [each["code"] for each in found] == ["store-missing"]

    @pytest.mark.parametrize(
        ("said", "environment", "language"),
        [
            (None, {}, "en"),
            (None, {"LANG": "de_DE.UTF-8"}, "de"),
            (None, {"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
            (None, {"LC_MESSAGES": "de_AT", "LANG": "en_GB"}, "de"),
            (None, {"LC_ALL": "", "LANG": "de"}, "de"),
        ],
    )
    def test_language(
        self, monkeypatch: pytest.MonkeyPatch, said: None, environment: dict[str, str], language: str
    ) -> None:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert language_of(said) == language

    def test_asked_goes_before_the_environment(self, desk: Desk) -> None:
        ran = desk.run("check", "aster.yaml", "--lang", "en", lang="de_DE")
        assert "in order" in ran.out

    def test_german_when_the_environment_is(self, desk: Desk) -> None:
        assert "in Ordnung" in desk.run("check", "aster.yaml", lang="de_DE.UTF-8").out


class TestStorePath:
    def test_said_named_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("STAFFEL_STORE", raising=False)
        assert store_path(None) == Path("store")
        monkeypatch.setenv("STAFFEL_STORE", "elsewhere")
        assert (store_path(None), store_path(Path("here"))) == (Path("elsewhere"), Path("here"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(WrongCall):
        existing(tmp_path)


class TestGuard:
    """Whatever happens, nobody sees a trace who did not ask for one."""

    @pytest.fixture
    def broken(self, imported: Desk) -> Desk:
        (imported.folder / "store" / "store.db").write_bytes(b"no database at all" * 300)
        return imported

    def test_says_what_to_report(self, broken: Desk) -> None:
        ran = broken.run("ledger", "log")
        assert ran.code == 1
        assert "[unexpected]" in ran.err
        assert "Traceback" not in ran.out + ran.err

    def test_shows_the_trace_when_asked(self, broken: Desk) -> None:
        assert "Traceback" in broken.run("ledger", "log", "--debug").err

    def test_speaks_json_to_machines(self, broken: Desk) -> None:
        assert broken.json("ledger", "log")["findings"][0]["code"] == "unexpected"


class TestAsAShellRunsIt:
    def test_plain_when_piped(self, desk: Desk) -> None:
        ran = staffel("check", "aster.yaml", cwd=desk.folder)
        assert ran.returncode == 0
        assert "\x1b" not in ran.stdout + ran.stderr
        lines = ran.stdout.splitlines()
        assert max(map(len, lines)) <= 100
        assert [line for line in lines if line.endswith(" ")] == []

    def test_ascii_where_the_screen_cannot_more(self, desk: Desk) -> None:
        ran = staffel("check", "aster.yaml", cwd=desk.folder, PYTHONIOENCODING="ascii:replace")
        assert ran.returncode == 0
        assert ran.stdout.isascii()

    def test_json_parses(self, desk: Desk) -> None:
        ran = staffel("check", "aster.yaml", "--format", "json", cwd=desk.folder)
        assert json.loads(ran.stdout)["programmes"][0]["programme"] == "aster"

    def test_version(self, tmp_path: Path) -> None:
        assert staffel("--version", cwd=tmp_path).stdout.startswith("staffel ")

    def test_nothing_shows_the_commands(self, tmp_path: Path) -> None:
        ran = staffel(cwd=tmp_path)
        assert "import" in ran.stdout + ran.stderr
