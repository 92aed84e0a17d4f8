"""The reference page of a mapping's words; made of them, never by hand.

`python -m staffel.core.readers.mapping_page docs/mapping.md` writes it anew.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from staffel.core.readers.mapping import (
    AMOUNT_COLUMNS,
    DATE_COLUMNS,
    PIECE_COLUMNS,
    PRICE_COLUMNS,
    SOLD_COLUMNS,
    STOCK_COLUMNS,
    Column,
)
from staffel.core.readers.words import COLUMNS, FACTS, SOURCES, TOP, Word


def page() -> str:
    """`docs/mapping.md`."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield from (_HEAD, "", "## At the top", "", *_table(TOP))
    yield from ("", "## `columns`", "", _COLUMNS_HEAD, "", *_columns_table())
    yield from ("", "## `report`", "", _REPORT_HEAD, "", *_table(FACTS), "", *_table(SOURCES), "")


def _table(words: Mapping[str, Word]) -> Iterator[str]:
    yield "| word | may be | what it says | example |"
    yield "|---|---|---|---|"
    for name, word in words.items():
        forms = ", ".join(map(_code, word.forms))
        yield f"| {_code(name)} | {forms} | {word.meaning} | {_code(word.example)} |"


def _columns_table() -> Iterator[str]:
    yield "| word | holds | reports | what it says | example |"
    yield "|---|---|---|---|---|"
    for column in Column:
        word = COLUMNS[column]
        cells = (_code(column), _holds(column), _reports(column), word.meaning, _code(word.example))
        yield f"| {' | '.join(cells)} |"


def _holds(column: Column) -> str:
    if column in DATE_COLUMNS:
        return "day"
    if column in PIECE_COLUMNS:
        return "pieces"
    if column in PRICE_COLUMNS:
        return "price"
    return "amount" if column in AMOUNT_COLUMNS else "text"


def _reports(column: Column) -> str:
    kinds = [name for name, known in (("sold", SOLD_COLUMNS), ("stock", STOCK_COLUMNS)) if column in known]
    return ", ".join(kinds)


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


_HEAD = """\
# The words of a mapping

<!-- Made of the code; not to be edited: python -m staffel.core.readers.mapping_page docs/mapping.md -->

A mapping says how one distributor's file is read. It is a YAML file; `staffel map FILE > NAME.yaml` proposes
one, `staffel import FILE --mapping NAME.yaml` reads by it. An editor that knows `docs/mapping.schema.json`
completes its words.

```yaml
mapping: rhein
decimal: ","
dates: dmy
columns:
  invoice_no: Rechnungsnr.
  invoiced_on: Rechnungsdatum
  partner_number: Kundennr.
  product_vendor_number: Hersteller-Artikelnr.
  quantity: Menge
  net: Umsatz netto
currency: {fixed: EUR}
```

HEADING is a heading as the file spells it (capitals and blanks make no difference), PATTERN a regular
expression with one group. What holds a `:`, `#`, comma or bracket stands in quotes."""
_COLUMNS_HEAD = """\
*sold*: reports of sell-out and sell-in; *stock*: of stock. A line needs `quantity` or `net`; without a
partner or a product it waits, and without a day it bears the last day of the period."""
_REPORT_HEAD = "Each fact has one source, from the second table."

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
