"""The columns of a table of facts, as one fills them in."""

from collections.abc import Iterator, Sequence

from staffel.cli.output import Part, Verbatim
from staffel.cli.pages.pieces import gap, heading, remark, sentence
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.ledger import ColumnNote, TableNote


def columns_page(notes: Sequence[TableNote], voice: Voice) -> Iterator[Part]:
    """Each table with its columns, and a first line to begin a file with."""
    for at, note in enumerate(notes):
        if at:
            yield gap()
        yield heading(note.name)
        yield sentence(voice.say(note.meaning))
        yield gap()
        yield _columns(note, voice)
        yield gap()
        told = Text(
            en="The first line of a file, all columns:", de="Die erste Zeile einer Datei, alle Spalten:"
        )
        yield remark(voice.say(told))
        yield Verbatim(",".join(column.name for column in note.columns))


def _columns(note: TableNote, voice: Voice) -> Part:
    headings = [
        Heading(text=voice.say(Text(en="column", de="Spalte"))),
        Heading(text=""),
        Heading(text=voice.say(Text(en="type", de="Art"))),
        Heading(text=voice.say(Text(en="what it is", de="was es ist"))),
    ]
    rows = [
        [column.name, _marks(column, voice), voice.say(column.type), voice.say(column.meaning)]
        for column in note.columns
    ]
    return table(headings, rows, ascii_only=not voice.unicode)


def _marks(column: ColumnNote, voice: Voice) -> str:
    """Whether it belongs to the key, and whether a row can be without."""
    key, needed = Text(en="key", de="Schlüssel"), Text(en="required", de="Pflicht")
    marks = [text for text, holds in ((key, column.key), (needed, column.needed)) if holds]
    return ", ".join(voice.say(text) for text in marks)
