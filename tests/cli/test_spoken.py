"""Help and wrong calls, in the language of whoever calls."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.exceptions import TyperException

from staffel.cli.application import app
from staffel.cli.help_texts import COMMANDS, GIVEN, given_text
from staffel.cli.spoken import finding_of, language_in, speak
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

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--lang", "de", "lgo"), "Es gibt keinen Befehl 'lgo'."),
            (("--lang=de", "lgo"), "Es gibt keinen Befehl 'lgo'."),
            (("--lang", "de", "ledger", "lgo"), "Es gibt keinen Befehl 'lgo'. Meinten Sie log?"),
            (("ledger", "--language", "de", "lgo"), "Es gibt keinen Befehl 'lgo'. Meinten Sie log?"),
            (("--lang", "de", "--format", "xml", "check", "a"), "Es gibt keine Option --format."),
            (("--lang", "de", "--nope", "check", "a"), "Es gibt keine Option --nope."),
            (("--lang", "de", "standing"), "PROGRAMME fehlt."),
            (("lgo", "--lang", "de"), "Es gibt keinen Befehl 'lgo'."),
        ],
    )
    def test_are_told_in_the_language_asked_wherever_it_stands(
        self, desk: Desk, arguments: tuple[str, ...], said: str
    ) -> None:
        ran = desk.run(*arguments, lang="en")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"Fehler: {said}")

    @pytest.mark.parametrize(
        ("arguments", "named"),
        [
            (("close", "a", "--strict=1"), "close"),
            (("receipt", "a", "--window"), "receipt"),
            (("ledger", "log", "--last"), "ledger log"),
            (("ledger", "--help=1", "log"), "ledger"),
            (("standing", "a", "--dya", "x"), "standing"),
            (("standing", "a", "b"), "standing"),
            (("ledger", "lgo"), "ledger"),
        ],
    )
    def test_lead_to_the_help_of_their_command(
        self, desk: Desk, arguments: tuple[str, ...], named: str
    ) -> None:
        (way,) = [one for one in desk.run(*arguments).err.splitlines() if "See:" in one]
        assert f" {named} --help" in way

    def test_a_machine_reads_them_too(self, desk: Desk) -> None:
        ran = desk.run("standing", "--format", "json", "--lang", "de")
        assert ran.code == 2
        assert [each["reason"] for each in ran.data["findings"]] == ["PROGRAMME fehlt."]

    def test_nothing_at_all_shows_the_help(self, desk: Desk) -> None:
        ran = desk.run(lang="de")
        assert (ran.code, "Befehle" in ran.out + ran.err) == (2, True)


def trouble(of: Any = TyperException) -> dict[str, type[Any]]:
    """Every class that Typer raises for a wrong call, by name."""
    below = [trouble(each) for each in of.__subclasses__()]
    return {of.__name__: of} | {name: each for found in below for name, each in found.items()}


PROGRAMME = next(each for each in EVERY["standing"].params if each.name == "programme")
# What is said of each, with what it is made; a class that only Typer's own sentence tells says so in German.
SAID = {
    "TyperException": ({"message": "m"}, "m", "Der Aufruf ist falsch: m"),
    "ClickException": ({"message": "m"}, "m", "Der Aufruf ist falsch: m"),
    "UsageError": ({"message": "m"}, "m", "Der Aufruf ist falsch: m"),
    "BadArgumentUsage": ({"message": "m"}, "m", "Der Aufruf ist falsch: m"),
    "FileError": (
        {"filename": "f", "hint": "h"},
        "Could not open file 'f': h",
        "Der Aufruf ist falsch: Could not open file 'f': h",
    ),
    "BadParameter": (
        {"message": "m", "param": PROGRAMME},
        "PROGRAMME cannot have this value.",
        "PROGRAMME kann diesen Wert nicht haben.",
    ),
    "MissingParameter": ({"param": PROGRAMME}, "PROGRAMME is missing.", "PROGRAMME fehlt."),
    "NoSuchOption": ({"option_name": "-x"}, "There is no option -x.", "Es gibt keine Option -x."),
    "BadOptionUsage": (
        {"option_name": "-x", "message": "Option '-x' requires an argument."},
        "The option -x needs a value.",
        "Die Option -x braucht einen Wert.",
    ),
}


class TestTrouble:
    """Each class of trouble that this Typer has is told; one that a later Typer adds fails here."""

    def test_there_is_no_other(self) -> None:
        assert set(trouble()) - {"NoArgsIsHelpError"} == set(SAID)

    @pytest.mark.parametrize("name", SAID)
    def test_is_told_in_both_languages(self, name: str) -> None:
        made, en, de = SAID[name]
        finding = finding_of(trouble()[name](**made))
        assert (finding.reason.en, finding.reason.de) == (en, de)

    def test_a_value_of_nothing_that_has_a_name(self) -> None:
        finding = finding_of(trouble()["BadParameter"]("m"))
        assert finding.reason.de == "Der Aufruf ist falsch: Invalid value: m"

    @pytest.mark.parametrize(
        ("message", "de"),
        [
            ("No such command 'lgo'.", "Es gibt keinen Befehl 'lgo'."),
            ("Missing command.", "Es fehlt ein Befehl."),
            ("Got unexpected extra argument(s) (b)", "Das ist zu viel: b"),
        ],
    )
    def test_of_one_class_is_told_by_its_sentence(self, message: str, de: str) -> None:
        assert finding_of(trouble()["UsageError"](message)).reason.de == de
