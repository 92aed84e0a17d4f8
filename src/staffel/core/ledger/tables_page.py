"""The page on the tables that one loads, for people: every table, every column, out of the code's own words.

`python -m staffel.core.ledger.tables_page docs/tables.md` writes it anew.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from staffel.core.ledger.facts import LOADABLE
from staffel.core.ledger.meanings import ColumnNote, TableNote, table_note

_HEAD = """\
# The tables that one loads

Made from the code: `.venv/bin/python -m staffel.core.ledger.tables_page docs/tables.md` writes it anew, and
a test holds it true. `staffel load TABLE --columns` shows one table, with `--lang de` in German.

A file of facts is CSV in UTF-8, parted by comma or semicolon; its first line names the columns, in any
order. `staffel load TABLE FILE` takes it in. A row holds from its `holds_from` on (`--from DAY` fills it for
rows that say none). A later row with the same **key** takes the place of the earlier one from its own
`holds_from`; one with the same key and the same `holds_from` corrects it; `withdrawn` takes it back. What is
known already is not written again.
"""


def page_text() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(line for name in LOADABLE for line in _table(table_note(name)))])


def _table(note: TableNote) -> Iterator[str]:
    yield f"## {note.name}\n"
    yield f"{note.meaning.en}\n"
    yield "| column | | type | what it is |"
    yield "|---|---|---|---|"
    for column in note.columns:
        yield f"| `{column.name}` | {_marks(column)} | {column.type.en} | {column.meaning.en} |"
    yield ""


def _marks(column: ColumnNote) -> str:
    marks = [word for word, holds in (("key", column.key), ("required", column.needed)) if holds]
    return ", ".join(marks)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page_text(), encoding="utf-8")
