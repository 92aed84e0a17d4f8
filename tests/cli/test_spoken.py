"""Help and wrong calls, in the language of whoever calls."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from staffel.cli.application import app
from staffel.cli.help_texts import COMMANDS, GIVEN, given_text
from staffel.cli.spoken import language_in, speak
from tests.cli.market import Desk


def commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its name, those of commands before those below them."""
    yield name, command
    for below, each in getattr(command, "commands", {}).items():
        yield from commands(each, f"{name} {below}".strip())


EVERY = dict(commands(typer.main.get_command(app)))
EVERY_GIVEN = [(name, each.name) for name, command in EVERY.items() for each in command.params]


class TestTexts:
    """Each command, argument and option has its text in English and German, and no text is left over."""

    def test_of_commands(self) -> None:
        assert set(COMMANDS) == set(EVERY)

    @pytest.mark.parametrize(("command", "name"), EVERY_GIVEN)
    def test_of_what_they_are_given(self, command: str, name: str) -> None:
        text = given_text(command, name)
        assert text is not None
        assert text.en
        assert text.de

    def test_none_is_left_over(self) -> None:
        used = {name for pair in EVERY_GIVEN for name in (" ".join(pair).strip(), pair[1])}
        assert set(GIVEN) <= used

    def test_german_is_not_english(self) -> None:
        said = [*COMMANDS.values(), *GIVEN.values()]
        assert [text.en for text in said if text.en == text.de] == []

    def test_none_stands_elsewhere(self) -> None:
        """What a command says of itself in its own file is never shown."""
        given = [each for command in EVERY.values() for each in command.params]
        assert [each.name for each in given if each.help] == []

    def test_all_is_put_into_a_language(self) -> None:
        command = typer.main.get_command(app)
        speak(command, "de")
        for name, each in commands(command):
            assert each.help == COMMANDS[name].de


class TestHelp:
    @pytest.mark.parametrize(
        ("arguments", "lang", "said"),
        [
            (("--help",), "en", "Usage: staffel"),
            (("--help",), "de_DE.UTF-8", "Aufruf: staffel"),
            (("--help", "--lang", "de"), "en", "bis zur Zeile nachvollziehbar"),
            (("--lang", "de", "--help"), "en", "bis zur Zeile nachvollziehbar"),
            (("close", "--help", "--language=de"), "en", "Lehnt ab, wenn Zeilen warten"),
            (("close", "--help", "--lang", "en"), "de", "Refuse if lines wait"),
            (("ledger", "--help", "--lang", "de"), "en", "Was eingetragen wurde"),
            (("ledger", "log", "--help"), "de", "Nur die letzten Eintragungen"),
        ],
    )
    def test_follows_the_language(self, desk: Desk, arguments: tuple[str, ...], lang: str, said: str) -> None:
        ran = desk.run(*arguments, lang=lang)
        assert (ran.code, said in " ".join(ran.out.replace("│", " ").split())) == (0, True)

    def test_is_said_anew_each_time(self, desk: Desk) -> None:
        said = [
            "[Vorgabe: 25]" in desk.run("standing", "--help", "--lang", each).out for each in ("de", "en")
        ]
        assert said == [True, False]

    def test_a_language_before_the_command_is_the_command_s(self, desk: Desk) -> None:
        assert "in Ordnung" in desk.run("--lang", "de", "check", "aster.yaml").out

    def test_the_variable_goes_before_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
        monkeypatch.setenv("STAFFEL_LANGUAGE", "de")
        assert language_in(["standing"]) == "de"
        assert language_in(["standing", "--lang", "en"]) == "en"


class TestWrongCalls:
    @pytest.mark.parametrize(
        ("arguments", "en", "de"),
        [
            (
                ("exlain",),
                "no command 'exlain'. Did you mean explain?",
                "keinen Befehl 'exlain'. Meinten Sie",
            ),
            (("ledger", "lgo"), "There is no command 'lgo'", "Es gibt keinen Befehl 'lgo'"),
            (("standing",), "PROGRAMME is missing.", "PROGRAMME fehlt."),
            (("standing", "a", "b"), "This is too much: b", "Das ist zu viel: b"),
            (("standing", "a", "--dya", "x"), "There is no option --dya.", "Es gibt keine Option --dya."),
            (("standing", "a", "--day"), "The option --day needs a value.", "--day braucht einen Wert."),
            (("close", "a", "--trial=1"), "--trial takes no value.", "--trial nimmt keinen Wert."),
            (("standing", "a", "--limit", "-1"), "--limit is 0 or more.", "--limit ist 0 oder mehr."),
            (
                ("standing", "a", "--limit", "x"),
                "--limit cannot have this value.",
                "--limit kann diesen Wert",
            ),
            (("check", "a", "--format", "xml"), "--format is one of: text, json.", "--format ist eines von:"),
            (
                ("standing", "a", "--day", "31.03.2026"),
                "'31.03.2026' is no day.",
                "'31.03.2026' ist kein Tag.",
            ),
            (("standing", "a", "--day", "2026-13-01"), "--day 2026-03-31", "Schreiben Sie Jahr, Monat, Tag"),
        ],
    )
    def test_are_told_in_both_languages(
        self, desk: Desk, arguments: tuple[str, ...], en: str, de: str
    ) -> None:
        for lang, said in (("en", en), ("de", de)):
            ran = desk.run(*arguments, lang=lang)
            assert (ran.code, ran.out) == (2, "")
            assert said in " ".join(ran.err.split())

    def test_a_machine_reads_them_too(self, desk: Desk) -> None:
        ran = desk.run("standing", "--format", "json", "--lang", "de")
        assert ran.code == 2
        assert [each["reason"] for each in ran.data["findings"]] == ["PROGRAMME fehlt."]

    def test_nothing_at_all_shows_the_help(self, desk: Desk) -> None:
        ran = desk.run(lang="de")
        assert (ran.code, "Befehle" in ran.out + ran.err) == (2, True)
