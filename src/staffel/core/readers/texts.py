"""Texts and keys in cells: trimmed, blanks made one, letters composed; what has lost its digits is no key."""

import re
import unicodedata
from datetime import date, time, timedelta
from typing import TypeGuard

from staffel.core.readers.numbers import number_in_cell
from staffel.core.readers.refusals import CellRefused

# What a spreadsheet's cell or a CSV's text can be.
Cell = str | int | float | bool | date | time | timedelta

LONGEST = 1_000
_NOTHING = frozenset({"", "-", "--", "NA", "N/A", "n/a", "#N/A", "#NV", "k.A.", "k. A.", "NULL", "null"})
# Control characters (but blanks of all kinds), bytes that were no letters, and the mark of lost letters.
_DIRT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff�]")
# What needs no care: ASCII without double blanks.
_CLEAN = re.compile(r"(?=.{1,200}$)(?!#|Err:)[!-~]+(?: [!-~]+)*")
# What a spreadsheet shows of a formula that failed, in English and German, and of a column too narrow.
_FAILED = re.compile(
    r"#(?:DIV/0!|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|WERT!|BEZUG!|ZAHL!|ÜBERLAUF!|#+)|Err:[0-9]{3}"
)
_LOST_DIGITS = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")


def is_number(cell: Cell) -> TypeGuard[int | float]:
    """Whether a cell is a number by its type, not a text that looks like one."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def shown(cell: Cell) -> str:
    """A cell as text; a whole number without a point.

    >>> shown(4049992001011.0)
    '4049992001011'
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        figure = number_in_cell(cell)
        whole = figure.to_integral_value()
        return f"{whole:f}" if figure == whole else f"{figure:f}"
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def read_text(cell: Cell) -> str | None:
    """A name or a number that is a key; None: nothing stands there. Raises CellRefused."""
    if isinstance(cell, str) and _CLEAN.fullmatch(cell) and cell not in _NOTHING:
        return cell
    text = shown(cell)
    if len(text) > LONGEST:
        raise CellRefused("cell-too-long", LONGEST)
    if _DIRT.search(text):
        raise CellRefused("not-in-encoding")
    text = " ".join(text.split())
    if text in _NOTHING:
        return None
    if _FAILED.fullmatch(text):
        raise CellRefused("formula-failed", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class NoResult(str):
    """What stands for a formula whose result nobody stored (`formulas.py`). It is no text."""

    __slots__ = ()


NO_RESULT = NoResult("=…")


class LostDigits(str):
    """A number of which a spreadsheet made a short exponent: `4,04999E+12`. It is no key."""

    __slots__ = ()


def read_ean(cell: Cell) -> str | None:
    """An EAN or GTIN without blanks and hyphens, as text.

    >>> type(read_ean("4,04999E+12")).__name__
    'LostDigits'
    """
    text = read_text(cell)
    if text is None:
        return None
    if _LOST_DIGITS.fullmatch(text):
        return LostDigits(text)
    return text.lstrip("'").replace(" ", "").replace("-", "")
