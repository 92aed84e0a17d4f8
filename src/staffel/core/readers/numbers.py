"""Numbers as people write them → Decimal, exactly, by the signs that the mapping says; never by float.

`1.234,50`, `1,225.00`, `1 234,5`, `1'234.50`, `1-`, `(5,00)`, `6.150,00 €` are read; blanks and apostrophes
part thousands everywhere. Where the mapping says no signs, what could be a fraction or thousands (`1,234`) is
refused, and so is an exponent, whose digits are lost.
"""

import re
from decimal import Decimal

from staffel.core.money import EXACT, DecimalType
from staffel.core.readers.currencies import currency_of
from staffel.core.readers.mapping import Signs
from staffel.core.readers.refusals import CellRefused

NOTHING = frozenset({"", "-", "–", "—", "−", "NA", "N/A", "n/a", "k.A.", "k. A.", "--"})
_LONGEST = 60
_BLANKS = " \u00a0\u2009\u202f"
_APOSTROPHES = "'’"
_MARK = r"[^\W\d_]{3}|[€$£¥]"
_SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<before>[-−+])?\s*(?P<mark>{_MARK})?\s*(?P<inside>[-−+])?\s*"
    rf"(?P<figure>[0-9.,][0-9.,'’{_BLANKS}]*?)\s*"
    rf"(?P<behind>[-−])?\s*(?P<mark_inside>{_MARK})?\s*"
    rf"(?P<close>\))?\s*(?P<mark_behind>{_MARK})?\s*(?P<last>[-−])?"
)
_EXPONENT = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]*)?[eE][-+]?[0-9]+")
_GROUPED = {sign: re.compile(rf"[0-9]{{1,3}}(?:[{sign}][0-9]{{3}})+") for sign in ".,"}
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{_BLANKS}{_APOSTROPHES}][0-9]{{3}})+")
_DIGITS = re.compile(r"[0-9]+")
_PLAIN = re.compile(r"-?[0-9]{1,15}")


def read_number(text: str, signs: Signs) -> tuple[Decimal | None, str | None]:
    """The figure of a text (None: nothing stands there) and the currency marked in it. Raises CellRefused."""
    text = text.strip()
    if text in NOTHING:
        return None, None
    if _PLAIN.fullmatch(text):
        return Decimal(text), None
    shape = _SHAPE.fullmatch(text) if len(text) <= _LONGEST else None
    if shape is None:
        raise _unreadable(text)
    minuses = [shape[name] for name in ("before", "inside", "behind", "last") if shape[name]]
    if (shape["open"] is None) != (shape["close"] is None) or len(minuses) + bool(shape["open"]) > 1:
        raise CellRefused("number-unreadable", text)
    figure = Decimal(_in_plain(shape["figure"], signs, text))
    negative = bool(shape["open"]) or bool(minuses and minuses[0] != "+")
    return (figure.copy_negate() if negative else figure), _marked(shape, text)


def simple_figures(signs: Signs) -> re.Pattern[str] | None:
    """Matches most figures that are written by these signs; None where they are not said.

    Up to 12 digits and 4 decimals, so that all types hold them. `read_number` knows the others.
    """
    if signs.decimal is None:
        return None
    thousands = {".": ",", ",": "."}[signs.decimal]
    whole = rf"(?:[0-9]{{1,12}}|[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}}){{1,3}})"
    return re.compile(rf"-?{whole}(?:[{signs.decimal}][0-9]{{1,4}})?")


def in_plain_digits(simple: str, signs: Signs) -> Decimal:
    """The figure of a text that `simple_figures` matches."""
    if signs.decimal == ",":
        return Decimal(simple.replace(".", "").replace(",", "."))
    return Decimal(simple.replace(",", ""))


def fits(figure: Decimal, type_: DecimalType) -> tuple[Decimal, bool]:
    """`figure` in a named type, and whether it had to be rounded. Raises CellRefused when it is too large."""
    if abs(figure) >= type_.limit:
        raise CellRefused("number-too-large", f"{figure:.3E}")
    exponent = figure.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -type_.places:
        return figure, False
    rounded = figure.quantize(type_.unit, context=EXACT)
    return rounded, rounded != figure


def number_in_cell(value: int | float) -> Decimal:
    """A number as a spreadsheet's cell holds it: what it shows, to 15 digits. Raises CellRefused.

    A cell holds a double. What was typed with up to 15 digits comes back exactly; the 16th and 17th are the
    noise of formulas. From 10^11 on that noise reaches the fourth decimal: then nothing is guessed.
    """
    written = Decimal(repr(value))
    if not written.is_finite():
        raise CellRefused("number-unreadable", value)
    whole = written.to_integral_value()
    if whole == written and abs(written) < 2**53:
        return whole
    if len(written.normalize(EXACT).as_tuple().digits) <= 15:
        return written
    if abs(written) < 10**11:
        return Decimal(f"{value:.15g}")
    raise CellRefused("number-imprecise", value)


def _unreadable(text: str) -> CellRefused:
    if _EXPONENT.fullmatch(text.strip()):
        return CellRefused("number-exponent", text)
    too_large = _DIGITS.fullmatch(text.lstrip("-")) is not None
    return CellRefused("number-too-large" if too_large else "number-unreadable", text)


def _marked(shape: re.Match[str], text: str) -> str | None:
    marks = [shape[name] for name in ("mark", "mark_inside", "mark_behind") if shape[name]]
    if not marks:
        return None
    codes = {currency_of(mark) for mark in marks}
    if len(codes) > 1 or None in codes or (shape["mark_inside"] and shape["mark_behind"]):
        raise CellRefused("number-unreadable", text)
    return codes.pop()


def _in_plain(figure: str, signs: Signs, text: str) -> str:
    """Digits with at most one point, as Decimal reads them."""
    refusal = "number-signs" if signs.decimal else "number-unreadable"
    decimal = signs.decimal or _decimal_sign(figure, text)
    whole, point, fraction = figure.partition(decimal) if decimal else (figure, "", "")
    if point and not _DIGITS.fullmatch(fraction):
        raise CellRefused(refusal, text)
    thousands = signs.thousands if signs.thousands in ("", ".", ",") else None
    digits = _ungrouped(whole, thousands, decimal) if whole or not point else "0"
    if digits is None:
        raise CellRefused(refusal, text)
    return f"{digits}.{fraction}" if point else digits


def _ungrouped(whole: str, thousands: str | None, decimal: str | None) -> str | None:
    """The digits of the part before the decimal sign; None when they are not grouped by threes."""
    if _DIGITS.fullmatch(whole):
        return whole
    allowed = [sign for sign in ".," if sign != decimal and thousands in (None, sign)]
    shapes = [_SPACED, *(_GROUPED[sign] for sign in allowed)]
    if any(shape.fullmatch(whole) for shape in shapes):
        return "".join(filter(str.isdigit, whole))
    return None


def _decimal_sign(figure: str, text: str) -> str | None:
    """Which sign parts the fraction, by the figure alone; None: none does."""
    places = [(at, sign) for at, sign in enumerate(figure) if sign in ".,"]
    if not places:
        return None
    at, last = places[-1]
    if any(sign != last for _, sign in places):
        return last
    if len(places) > 1:
        return "," if last == "." else "."
    before, behind = figure[:at], figure[at + 1 :]
    spaced = any(sign in before for sign in _BLANKS + _APOSTROPHES)
    may_be_group = len(behind) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    if may_be_group and not spaced:
        raise CellRefused("number-ambiguous", text)
    return last
