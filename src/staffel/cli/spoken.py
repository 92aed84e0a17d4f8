"""The command at its door: help and wrong calls in the language of whoever calls.

Typer makes the commands; what they say of themselves is put in here, from `help_texts`, before anything is
parsed, so that `--help` follows `--lang`, STAFFEL_LANGUAGE and the environment like every answer.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from staffel.cli.call import Call, Format, Spoken, language_of
from staffel.cli.help_texts import COMMANDS, DEFAULT, EPILOG, PANELS, REQUIRED, SHOW_HELP, USAGE, given_text
from staffel.core.findings import Finding, Language, Text

WRONG = 2
_LANGUAGE, _FORMAT = ("--lang", "--language"), ("--format",)
_HELP_CALLED_FOR = "NoArgsIsHelpError"


class SpokenCommand(TyperCommand):
    """A command that says its usage in a language."""

    language: Language = "en"

    def get_usage(self, ctx: Any) -> str:
        """One line of it."""
        return _usage(super().get_usage(ctx), self.language)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows help."""
        return _said(super().get_help_option(ctx), SHOW_HELP, self.language)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is typed behind its name; trouble with it is this command's."""
        with _trouble_of(ctx):
            return super().parse_args(ctx, args)


class SpokenGroup(TyperGroup):
    """A command of commands; the outermost one learns the language and answers wrong calls."""

    language: Language = "en"

    def get_usage(self, ctx: Any) -> str:
        """One line of it."""
        return _usage(super().get_usage(ctx), self.language)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows help."""
        return _said(super().get_help_option(ctx), SHOW_HELP, self.language)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is typed behind its name; trouble with it is this command's."""
        with _trouble_of(ctx):
            return super().parse_args(ctx, args)

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run the call. A wrong one is told in its language and format: exit 2."""
        given = list(sys.argv[1:] if args is None else args)
        language = language_in(given)
        speak(self, language)
        parsed = self._with_language(*_parted(given))
        try:
            code = super().main(parsed, *more, **{**options, "standalone_mode": False})
        except TyperException as wrong:
            if type(wrong).__name__ == _HELP_CALLED_FOR:
                typer.echo(wrong.format_message(), err=True)
            else:
                Call.of(_format_in(given), language).output.refuse([finding_of(wrong)])
            sys.exit(WRONG)
        except typer.Abort:
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def _with_language(self, said: list[str], rest: list[str]) -> list[str]:
        """The call with its language where a command takes it: behind its name, wherever it was typed.

        Where no command is named that takes it, the rest alone: what is wrong with that is told.
        """
        command: Any = self
        for at, each in enumerate(rest):
            command = command.commands.get(each)
            if command is None:
                return rest
            if not hasattr(command, "commands"):
                return [*rest[: at + 1], *said, *rest[at + 1 :]]
        return rest


def speak(command: Any, language: Language, name: str = "") -> None:
    """Put every help text of a command, and of those below it, into a language."""
    if not name:
        rich_utils.DEFAULT_STRING = DEFAULT.say(language)
        rich_utils.REQUIRED_LONG_STRING = REQUIRED.say(language)
    command.language = language
    command.help = COMMANDS[name].say(language) if name in COMMANDS else command.help
    if not name:
        command.epilog = EPILOG.say(language)
    for each in command.params:
        _said(each, given_text(name, each.name), language)
    for below, each in getattr(command, "commands", {}).items():
        each.rich_help_panel = PANELS["command"].say(language)
        speak(each, language, f"{name} {below}".strip())


def _said(given: Any, text: Text | None, language: Language) -> Any:
    given.help = "" if text is None else text.say(language)
    given.rich_help_panel = PANELS[given.param_type_name].say(language)
    return given


def _usage(usage: str, language: Language) -> str:
    return USAGE.say(language) + usage.removeprefix(USAGE.en)


# ------------------------------------------------------------------------------ before it is parsed


def language_in(arguments: Sequence[str]) -> Language:
    """The language that a call asks for, else that of the environment."""
    said = _value(arguments, _LANGUAGE)
    return language_of(Spoken(said) if said in tuple(Spoken) else None)


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """A call's language with its option, and all the rest."""
    said: list[str] = []
    rest: list[str] = []
    waits = False
    for at, each in enumerate(arguments):
        if each == "--":
            return said, [*rest, *arguments[at:]]
        name, given, _ = each.partition("=")
        is_language = waits or name in _LANGUAGE
        (said if is_language else rest).append(each)
        waits = is_language and not waits and not given
    return said, rest


def _format_in(arguments: Sequence[str]) -> Format:
    said = _value(arguments, _FORMAT)
    return Format(said) if said in tuple(Format) else Format.TEXT


def _value(arguments: Sequence[str], names: Sequence[str]) -> str | None:
    """What an option is given, the last time that it is."""
    found = None
    for at, argument in enumerate(arguments):
        name, parted, value = argument.partition("=")
        if name in names:
            found = value if parted else next(iter(arguments[at + 1 : at + 2]), None)
    return found


# ------------------------------------------------------------------------------ wrong calls


@contextmanager
def _trouble_of(ctx: Any) -> Iterator[None]:
    """Trouble that does not know where it arose (an option's value) is given its command."""
    try:
        yield
    except TyperException as wrong:
        known: Any = wrong
        known.ctx = getattr(wrong, "ctx", None) or ctx
        raise


def finding_of(wrong: TyperException) -> Finding:
    """What is wrong with a call, in both languages."""
    path = getattr(getattr(wrong, "ctx", None), "command_path", "staffel")
    way_out = Text(en=f"See: {path} --help", de=f"Siehe: {path} --help")
    return Finding(code="call-wrong", reason=_reason(wrong), way_out=way_out)


def _reason(wrong: Any) -> Text:
    message, name = wrong.format_message(), _name(getattr(wrong, "param", None))
    match type(wrong).__name__:
        case "MissingParameter" if name:
            return Text(en=f"{name} is missing.", de=f"{name} fehlt.")
        case "NoSuchOption":
            option = wrong.option_name
            none = Text(en=f"There is no option {option}.", de=f"Es gibt keine Option {option}.")
            return _with_alike(none, wrong.possibilities or ())
        case "BadParameter" if name:
            return _bad(name, message)
        case "BadOptionUsage" if "requires" in message:
            option = wrong.option_name
            return Text(
                en=f"The option {option} needs a value.", de=f"Die Option {option} braucht einen Wert."
            )
        case "BadOptionUsage":
            option = wrong.option_name
            return Text(
                en=f"The option {option} takes no value.", de=f"Die Option {option} nimmt keinen Wert."
            )
        case _:
            return _other(message)


def _bad(name: str, message: str) -> Text:
    """A value that an option cannot have."""
    choices = re.search(r"is not one of (.*?)\.?$", message)
    if choices:
        one_of = choices[1].replace("'", "")
        return Text(en=f"{name} is one of: {one_of}.", de=f"{name} ist eines von: {one_of}.")
    least = re.search(r"greater than or equal to (\d+)", message)
    if least:
        return Text(en=f"{name} is {least[1]} or more.", de=f"{name} ist {least[1]} oder mehr.")
    return Text(en=f"{name} cannot have this value.", de=f"{name} kann diesen Wert nicht haben.")


def _other(message: str) -> Text:
    """Trouble that Typer tells in a sentence alone."""
    unknown = re.match(r"No such command '(.*?)'\.?(?: Did you mean (.*)\?)?$", message)
    if unknown:
        name = unknown[1][:60]
        none = Text(en=f"There is no command {name!r}.", de=f"Es gibt keinen Befehl {name!r}.")
        return _with_alike(none, [each.strip(" '") for each in (unknown[2] or "").split(",") if each])
    extra = re.match(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", message)
    if extra:
        return Text(en=f"This is too much: {extra[1]}", de=f"Das ist zu viel: {extra[1]}")
    if message.startswith("Missing command"):
        return Text(en="A command is missing.", de="Es fehlt ein Befehl.")
    return Text(en=message, de=f"Der Aufruf ist falsch: {message}")


def _with_alike(text: Text, names: Sequence[str]) -> Text:
    """With those that are spelled alike."""
    if not names:
        return text
    listed = ", ".join(names)
    meant = Text(en=f"Did you mean {listed}?", de=f"Meinten Sie {listed}?")
    return Text(en=" ".join((text.en, meant.en)), de=" ".join((text.de, meant.de)))


def _name(given: Any) -> str:
    """An option as it is typed, an argument as the usage names it."""
    if given is None:
        return ""
    if given.param_type_name == "option":
        return str(max(given.opts, key=len))
    return str(given.metavar or given.name).upper()
