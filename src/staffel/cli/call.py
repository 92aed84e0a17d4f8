"""A call of the command: its language and format, its store, its moment.

The clock is read here, and only here.
"""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from staffel.cli.as_json import JsonOutput
from staffel.cli.as_text import TextOutput
from staffel.cli.output import Output
from staffel.cli.voice import Voice
from staffel.core.findings import Finding, Language, Place, Text
from staffel.core.ledger import State, Store, current_state, state_at
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme

STORE_VARIABLE, LANGUAGE_VARIABLE = "STAFFEL_STORE", "STAFFEL_LANGUAGE"
DEFAULT_STORE = Path("store")


class Format(StrEnum):
    """For whom an answer is."""

    TEXT = "text"
    JSON = "json"


class Spoken(StrEnum):
    """The languages of the command."""

    ENGLISH = "en"
    GERMAN = "de"


class WrongCall(Exception):
    """The call cannot be meant: exit 2. finding: why, and the way out."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.say())
        self.finding = finding


class Refused(Exception):
    """What was asked cannot be done: exit 1. findings: all that speaks against it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.say() for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every command is given."""

    language: Language
    output: Output
    closing: ExitStack = field(default_factory=ExitStack)

    @classmethod
    def of(cls, format_: Format, language: Language, **more: object) -> "Call":
        """A call that answers in this format and language."""
        output: Output
        match format_:
            case Format.TEXT:
                output = TextOutput.in_language(language)
            case Format.JSON:
                output = JsonOutput(voice=Voice(language=language))
        return cls(language=language, output=output, **more)  # type: ignore[arg-type]

    def now(self) -> datetime:
        """The moment of this call, UTC."""
        return datetime.now(UTC)

    def read(self, programme: Path) -> Programme:
        """The programme of a file; what is merely doubtful is told. Raises Refused, WrongCall."""
        reading = read_programme(existing(programme), file=programme.name)
        if reading.programme is None:
            raise Refused(tuple(_with_path(each, programme) for each in reading.findings))
        return reading.programme


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCall(Call):
    """A call that works on a store. named: it was said which, and not left to the default."""

    path: Path = DEFAULT_STORE
    named: bool = False
    opened: list[Store] = field(default_factory=list)

    @property
    def store(self) -> Store:
        """The store, opened once. Raises StoreRefused."""
        if not self.opened:
            store = Store.open(self.path)
            self.closing.callback(store.close)
            self.opened.append(store)
        return self.opened[0]

    def state(self, name: str | None = None) -> State:
        """A state by its name, else the newest. Raises StateUnknown."""
        return current_state(self.store) if name is None else state_at(self.store, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCall(StoreCall):
    """A call that asks for a day. given: the day that was said, none: today."""

    given: date | None = None

    def day(self, programme: Programme | None = None) -> date:
        """The day asked; today in the programme's time zone where none was said."""
        if self.given is not None:
            return self.given
        zone = programme.calendar.time_zone if programme else "Europe/Berlin"
        return datetime.now(ZoneInfo(zone)).date()


def existing(path: Path) -> Path:
    """A file that is there. Raises WrongCall."""
    if path.is_file():
        return path
    if path.is_dir():
        raise WrongCall(
            Finding(
                code="file-is-folder",
                places=(Place(file=str(path)),),
                reason=Text(en="This is a folder.", de="Dies ist ein Ordner."),
                way_out=Text(en="Name a file in it.", de="Nennen Sie eine Datei darin."),
            )
        )
    raise WrongCall(
        Finding(
            code="file-missing",
            places=(Place(file=str(path)),),
            reason=Text(en="There is no such file.", de="Diese Datei gibt es nicht."),
            way_out=Text(
                en="Look at its name and at the folder you are in.",
                de="Prüfen Sie ihren Namen und den Ordner, in dem Sie sind.",
            ),
        )
    )


def _with_path(finding: Finding, path: Path) -> Finding:
    """A finding whose places name the file as it was typed."""
    named = (replace(each, file=str(path)) if each.file == path.name else each for each in finding.places)
    return replace(finding, places=tuple(named))


def store_path(said: Path | None) -> Path:
    """Where the store is: as said, else by the variable, else `./store`."""
    if said is not None:
        return said
    named = os.environ.get(STORE_VARIABLE)
    return Path(named) if named else DEFAULT_STORE


def language_of(said: Spoken | None) -> Language:
    """The language: as said, else by the variable, else that of the environment, else English."""
    if said is not None:
        return said.value
    for variable in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "de" if value.lower().startswith("de") else "en"
    return "en"
