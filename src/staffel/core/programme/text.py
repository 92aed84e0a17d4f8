"""Pass 1: the text of a programme file becomes a tree of words, lists and keys, each with its place.

Nothing here knows what a programme says. No scalar relies on YAML's own typing: each stays the text that
stands in the file (`NO` is a word, `02-01` too), and is typed later by the field that it fills. What a
programme never needs, and what could hurt, is refused: anchors, aliases and tags, tabs, several documents,
keys that are lists, keys that stand twice, more than `MOST_CHARACTERS`, `MOST_NODES` or `MOST_DEEP`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.decimals import with_commas

MOST_CHARACTERS = 400_000
MOST_IN_A_SCALAR = 2_000
MOST_NODES = 20_000
MOST_DEEP = 24
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines, and Python does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A word as it stands. key: under which it stands, if it does."""

    text: str
    place: Place
    key: "Scalar | None" = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    of: "tuple[Node, ...]"
    place: Place
    key: Scalar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Keys with what stands under them, in the order written; none stands twice."""

    of: "tuple[tuple[Scalar, Node], ...]"
    place: Place
    key: Scalar | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, as words of ours."""
        return tuple(word_of(key.text) for key, _ in self.of)


Node: TypeAlias = Scalar | Items | Entries


class Torn(ValueError):
    """The text cannot be read any further."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def word_of(text: str) -> str:
    """A word of ours may be written with blanks: `day of sale` is `day_of_sale`."""
    return re.sub(r"\s+", "_", text.strip())


def tree_of(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The tree, and what was found wrong with it; no tree where the text is torn."""
    builder = _Builder(file=file)
    try:
        _refuse_shape(text, file)
        for event in _events(text, file):
            builder.take(event)
    except Torn as torn:
        return None, [*builder.findings, torn.finding]
    if builder.root is None:
        return None, [*builder.findings, _empty(file)]
    return builder.root, builder.findings


def _events(text: str, file: str) -> Iterator[Event]:
    try:
        yield from with_commas(YAML(typ="safe", pure=True).parse(text), text)
    except MarkedYAMLError as error:
        raise Torn(_broken(error, file)) from error
    except (YAMLError, ValueError, IndexError, RecursionError, AssertionError) as error:
        raise Torn(_unreadable(file, str(error).split("\n", 1)[0])) from error


def _refuse_shape(text: str, file: str) -> None:
    """What is looked at before the first line is parsed. Raises Torn."""
    if len(text) > MOST_CHARACTERS:
        raise Torn(_too_long(Place(file=file), len(text), MOST_CHARACTERS))
    for number, line in enumerate(_LINE_ENDS.split(text), start=1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip() and not line.lstrip().startswith("#"):
            raise Torn(_no_yaml(Place(file=file, line=number, column=indent.index("\t") + 1), *_TAB))


@dataclass(slots=True, kw_only=True)
class _Frame:
    """A list or mapping that is still open. key: the one that waits for what stands under it."""

    place: Place
    is_mapping: bool
    under: Scalar | None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None

    @property
    def path(self) -> str:
        """The way of what comes next."""
        if self.is_mapping:
            return f"{self.place.path}.{self.key.text}".lstrip(".") if self.key else self.place.path
        return f"{self.place.path}[{len(self.items)}]"

    def closed(self) -> Node:
        """The node that it became."""
        if self.is_mapping:
            return Entries(of=tuple(self.entries.values()), place=self.place, key=self.under)
        return Items(of=tuple(self.items), place=self.place, key=self.under)


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Events become nodes, without recursion: a file that is too deep is refused, not survived by luck."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    root: Node | None = None
    open: list[_Frame] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0

    def take(self, event: Event) -> None:
        """One more event. Raises Torn."""
        self._refuse_event(event)
        match event:
            case ScalarEvent():
                self._scalar(event)
            case MappingStartEvent() | SequenceStartEvent():
                self._start(event)
            case MappingEndEvent() | SequenceEndEvent():
                self._add(self.open.pop().closed())
            case _:  # the beginnings and ends of stream and document
                pass

    def _refuse_event(self, event: Event) -> None:
        place = self._place(event)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Torn(_no_yaml(place, *_ANCHOR))
        if getattr(event, "tag", None):
            raise Torn(_no_yaml(place, *_TAG))
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Torn(_no_yaml(place, *_DOCUMENTS))

    def _scalar(self, event: ScalarEvent) -> None:
        frame = self.open[-1] if self.open else None
        self._count(self._place(event))
        text = unicodedata.normalize("NFC", event.value)
        scalar = Scalar(text=text, place=self._place(event), key=frame.key if frame else None)
        if len(text) > MOST_IN_A_SCALAR:
            self.findings.append(_too_long(scalar.place, len(text), MOST_IN_A_SCALAR))
            scalar = Scalar(text=text[:MOST_IN_A_SCALAR], place=scalar.place, key=scalar.key)
        if frame and frame.is_mapping and frame.key is None:
            way = f"{frame.place.path}.{text}".lstrip(".")
            frame.key = replace(scalar, place=replace(scalar.place, path=way))
        else:
            self._add(scalar)

    def _start(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        frame = self.open[-1] if self.open else None
        place = self._place(event)
        self._count(place)
        if frame and frame.is_mapping and frame.key is None:
            raise Torn(_no_yaml(place, *_KEY_IS_NO_WORD))
        if len(self.open) >= MOST_DEEP:
            raise Torn(_too_deep(place))
        under = frame.key if frame else None
        self.open.append(_Frame(place=place, is_mapping=isinstance(event, MappingStartEvent), under=under))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        frame = self.open[-1]
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.key is not None:
            self._under_key(frame, frame.key, node)
            frame.key = None

    def _under_key(self, frame: _Frame, key: Scalar, node: Node) -> None:
        word = word_of(key.text)
        if word in frame.entries:
            self.findings.append(_twice(key, frame.entries[word][0]))
        else:
            frame.entries[word] = (key, node)

    def _count(self, place: Place) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise Torn(_too_many(place))

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        path = self.open[-1].path if self.open else ""
        return Place(file=self.file, line=mark.line + 1, column=mark.column + 1, path=path)


# ---------------------------------------------------------------- what is said

# What no programme needs, or what could hurt: why, and the way out.
_TAB = (
    Text(en="The line is indented with a tab.", de="Die Zeile ist mit einem Tabulator eingerückt."),
    Text(en="Indent with blanks.", de="Rücken Sie mit Leerzeichen ein."),
)
_ANCHOR = (
    Text(
        en="An anchor (`&`) or a reference to one (`*`) stands here.",
        de="Hier steht ein Anker (`&`) oder ein Verweis auf einen (`*`).",
    ),
    Text(
        en="Write out what is meant, or put a text that begins so into quotes.",
        de="Schreiben Sie aus, was gemeint ist, oder setzen Sie einen Text, der so beginnt, in"
        " Anführungszeichen.",
    ),
)
_TAG = (
    Text(en="A tag (`!`) stands here.", de="Hier steht eine Typangabe (`!`)."),
    Text(
        en="Leave it out, or put a text that begins so into quotes.",
        de="Lassen Sie sie weg, oder setzen Sie einen Text, der so beginnt, in Anführungszeichen.",
    ),
)
_DOCUMENTS = (
    Text(en="A second document begins here.", de="Hier beginnt ein zweites Dokument."),
    Text(en="Write one programme into one file.", de="Schreiben Sie ein Partnerprogramm in eine Datei."),
)
_KEY_IS_NO_WORD = (
    Text(
        en="A list stands where a key should.",
        de="Hier steht eine Liste, wo ein Schlüssel stehen sollte.",
    ),
    Text(en="Write one word before the colon.", de="Schreiben Sie ein Wort vor den Doppelpunkt."),
)


def _no_yaml(place: Place, reason: Text, way_out: Text) -> Finding:
    return Finding(code="yaml-broken", places=(place,), reason=reason, way_out=way_out)


def _broken(error: MarkedYAMLError, file: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    place = Place(file=file, line=mark.line + 1, column=mark.column + 1) if mark else Place(file=file)
    said = " ".join(str(error.problem or error.context or "").split())
    return _no_yaml(
        place,
        reason=Text(
            en=f"The text cannot be read as YAML here: {said}.",
            de=f"Der Text lässt sich hier nicht als YAML lesen: {said}.",
        ),
        way_out=Text(
            en="Look for a missing bracket, quote or blank after a colon, here or just before.",
            de="Suchen Sie hier oder kurz davor nach einer fehlenden Klammer, einem Anführungszeichen"
            " oder einem"
            " fehlenden Leerzeichen nach dem Doppelpunkt.",
        ),
    )


def _unreadable(file: str, said: str) -> Finding:
    shown = " ".join(said.split())[:120]
    return _no_yaml(
        Place(file=file),
        reason=Text(
            en=f"The text cannot be read as YAML: {shown}.",
            de=f"Der Text lässt sich nicht als YAML lesen: {shown}.",
        ),
        way_out=Text(
            en="Save it as plain text in UTF-8, without control characters.",
            de="Speichern Sie ihn als einfachen Text in UTF-8, ohne Steuerzeichen.",
        ),
    )


def _empty(file: str) -> Finding:
    return _no_yaml(
        Place(file=file),
        reason=Text(en="The file says nothing.", de="Die Datei sagt nichts."),
        way_out=Text(
            en="Begin with `programme:`, `vendor:` and `valid:`.",
            de="Beginnen Sie mit `programme:`, `vendor:` und `valid:`.",
        ),
    )


def _twice(key: Scalar, first: Scalar) -> Finding:
    return Finding(
        code="key-twice",
        places=(key.place, first.place),
        reason=Text(
            en=f"`{shown(key.text)}` stands twice here.", de=f"`{shown(key.text)}` steht hier zweimal."
        ),
        way_out=Text(en="Strike one of them.", de="Streichen Sie eines davon."),
    )


def _too_long(place: Place, length: int, most: int) -> Finding:
    return Finding(
        code="too-long",
        places=(place,),
        reason=Text(
            en=f"This text has {length} characters, more than {most}.",
            de=f"Dieser Text hat {length} Zeichen, mehr als {most}.",
        ),
        way_out=Text(en="Shorten it.", de="Kürzen Sie ihn."),
    )


def _too_many(place: Place) -> Finding:
    return Finding(
        code="too-long",
        places=(place,),
        reason=Text(
            en=f"The file has more than {MOST_NODES} words.",
            de=f"Die Datei hat mehr als {MOST_NODES} Wörter.",
        ),
        way_out=Text(en="Part it into two programmes.", de="Teilen Sie sie in zwei Partnerprogramme."),
    )


def _too_deep(place: Place) -> Finding:
    return Finding(
        code="too-deep",
        places=(place,),
        reason=Text(
            en=f"More than {MOST_DEEP} lists and keys stand inside each other here.",
            de=f"Hier stehen mehr als {MOST_DEEP} Listen und Schlüssel ineinander.",
        ),
        way_out=Text(
            en="Give a part of it a name of its own, under `measures:` for instance.",
            de="Geben Sie einem Teil davon einen eigenen Namen, etwa unter `measures:`.",
        ),
    )


def shown(text: str) -> str:
    """A text as a sentence shows it: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"
