"""What the door keeps while it reads one file: what was found, and what the core forms no longer show.

A spelling that cannot be read raises `Refused`, which carries its finding; Pydantic collects them, so that
all come at once. What does not stop the reading (an unknown key) is reported at the desk instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeVar

from pydantic import ValidationInfo

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.text import Node, shown

S = TypeVar("S")
T = TypeVar("T")
Numbers = Literal["", "de", "en"]


class Refused(ValueError):
    """A spelling is not taken; its findings say why, the first one leads."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].code)
        self.finding = findings[0]
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """`accept: [code]` at a place: warnings of these codes, there and below, are silenced to notes."""

    place: Place
    codes: tuple[str, ...]

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of this finding."""
        return finding.code in self.codes and any(self._holds(place) for place in finding.places[:1])

    def _holds(self, place: Place) -> bool:
        way = self.place.path
        return place.file == self.place.file and (
            not way or place.path == way or place.path.startswith((f"{way}.", f"{way}["))
        )


class Desk:
    """One file's reading, which grows as it is read.

    shares: places of tests and steps whose figure is written in percent. digits: how each is written,
    without the percent sign. newcomers_said: incentives
    that say what becomes of newcomers. All are lost in the core forms, and `check` asks for them.
    unread: the ways of what could not be read and was left out.
    """

    def __init__(self, *, numbers: Numbers = "", findings: Iterable[Finding] = ()) -> None:
        self.numbers: Numbers = numbers
        self.findings = list(findings)
        self.shares: set[Place] = set()
        self.digits: dict[Place, str] = {}
        self.newcomers_said: set[str] = set()
        self.accepted: list[Accepted] = []
        self.unread: set[str] = set()

    def report(self, finding: Finding) -> None:
        """One more finding."""
        self.findings.append(finding)

    def keep(self, place: Place, digits: str, *, in_percent: bool) -> None:
        """How the figure of a test or step is written."""
        self.digits[place] = digits
        if in_percent:
            self.shares.add(place)

    def leave_out(self, finding: Finding) -> None:
        """One more finding, and what it stands at is not read."""
        self.report(finding)
        self.unread.add(finding.places[0].path)


def desk_of(info: ValidationInfo) -> Desk:
    """The desk of this reading. Raises TypeError where a spelling is read without one."""
    if not isinstance(info.context, Desk):
        raise TypeError("a spelling is read at a desk")
    return info.context


def each_read(read: Callable[[S], T], nodes: Iterable[S]) -> list[T]:
    """Each of them read. Raises Refused, with all that is refused."""
    found: list[T] = []
    findings: list[Finding] = []
    for node in nodes:
        try:
            found.append(read(node))
        except Refused as refused:
            findings += refused.findings
    if findings:
        raise Refused(*findings)
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that resembles it most, or nothing."""
    found = get_close_matches(word[:60], sorted(known), n=1)
    return found[0] if found else ""


def listed(words: Iterable[str]) -> str:
    """Words as a sentence shows them: `a`, `b`, `c`; the first dozen."""
    every = list(words)
    return ", ".join(f"`{shown(word)}`" for word in every[:12]) + (", …" if len(every) > 12 else "")


def filled(pattern: Text, **parts: Text) -> Text:
    """A sentence with its parts put in, each in its language."""
    return Text(
        en=pattern.en.format(**{name: part.en for name, part in parts.items()}),
        de=pattern.de.format(**{name: part.de for name, part in parts.items()}),
    )


# ---------------------------------------------------------------- what many spellings say


def not_of_type(node: Node, expected: Text, way_out: Text) -> Refused:
    """Something else was expected here."""
    return Refused(
        Finding(
            code="value-not-of-type",
            places=(node.place,),
            reason=filled(
                Text(
                    en="{what} stands here; expected is {expected}.",
                    de="Hier steht {what}; erwartet wird {expected}.",
                ),
                what=_what(node),
                expected=expected,
            ),
            way_out=way_out,
        )
    )


def _what(node: Node) -> Text:
    text = getattr(node, "text", None)
    if text:
        return Text(en=f"`{shown(text)}`", de=f"`{shown(text)}`")
    if text is not None:
        return Text(en="Nothing", de="nichts")
    if hasattr(node, "keys"):
        return Text(en="A table of keys", de="eine Tabelle von Schlüsseln")
    return Text(en="A list", de="eine Liste")


def unknown_word(place: Place, code: str, word: str, known: Iterable[str]) -> Finding:
    """A word that is not among those that may stand here; the nearest is offered."""
    every = list(known)
    near = nearest(word, every)
    offer = (
        Text(en=f"Did you mean `{near}`?", de=f"Meinten Sie `{near}`?")
        if near
        else Text(en=f"Known here: {listed(every)}.", de=f"Bekannt sind hier: {listed(every)}.")
    )
    reason = Text(
        en=f"`{shown(word)}` is not known here.",
        de=f"`{shown(word)}` ist hier nicht bekannt.",
    )
    return Finding(code=code, places=(place,), reason=reason, way_out=offer)


def not_yet(place: Place, word: str, way_out: Text) -> Finding:
    """A value of the full language that this release does not compute."""
    return Finding(
        code="not-yet",
        places=(place,),
        reason=Text(
            en=f"`{shown(word)}` belongs to the language, but this release does not compute it yet.",
            de=f"`{shown(word)}` gehört zur Sprache, wird von dieser Version aber noch nicht gerechnet.",
        ),
        way_out=way_out,
    )


def looks_alike(place: Place, text: str, letter: str) -> Finding:
    """A letter of another script in a name."""
    return Finding(
        code="looks-alike",
        places=(place,),
        reason=Text(
            en=f"`{shown(text)}` holds the letter `{letter}` (U+{ord(letter):04X}), which is no Latin one.",
            de=f"`{shown(text)}` enthält den Buchstaben `{letter}` (U+{ord(letter):04X}), der kein"
            f" lateinischer ist.",
        ),
        way_out=Text(
            en="Type the name anew with Latin letters.",
            de="Tippen Sie den Namen neu, mit lateinischen Buchstaben.",
        ),
    )
