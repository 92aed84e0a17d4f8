"""What a sentence quotes, in the words and figures of each language: `1,334.40`, in German `1.334,40`."""

from collections.abc import Sequence
from decimal import Decimal

from staffel.core.findings import Text
from staffel.core.money import written
from staffel.core.readers.mapping import Column

_LONGEST_QUOTE, _LONGEST_HEADING = 40, 120
_MONEY_PLACES = 2
_MOST_LISTED = 8
_QUANTITY, _AMOUNT = Text(en="quantity", de="Menge"), Text(en="amount", de="Betrag")
_NAMES = {
    Column.QUANTITY: _QUANTITY,
    Column.NET: Text(en="net amount", de="Nettobetrag"),
    Column.VALUE: Text(en="value", de="Wert"),
}


def in_words(value: object) -> Text:
    """A value as a sentence shows it: a figure as each language writes it, anything else quoted."""
    match value:
        case Text():
            return value
        case Decimal() | int():
            return figure_told(Decimal(value))
        case _:
            return Text(en=quoted(value), de=quoted(value))


def as_it_is(text: str) -> Text:
    """A text of ours that no language changes, and that is never cut."""
    return Text(en=text, de=text)


def heading_told(heading: str) -> Text:
    """A heading, or the name of a sheet, as one finds it in the file: longer than what a cell may show."""
    return as_it_is(quoted(heading, _LONGEST_HEADING))


def quoted(value: object, longest: int = _LONGEST_QUOTE) -> str:
    """A value as a sentence shows it: on one line, at most 40 characters."""
    text = " ".join(str(value).replace("\0", "␀").split())
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= longest else text[: longest - 1] + "…"


def figure_told(figure: Decimal, least_places: int = 0) -> Text:
    """A figure as each language writes it."""
    return Text(en=written(figure, "en", least_places), de=written(figure, "de", least_places))


def sums_told(quantity: Decimal | None, net: Decimal | None) -> Text:
    """`quantity 5, amount 1,334.40`: what of both is there."""
    parts = []
    if quantity is not None:
        parts.append(_joined(" ", (_QUANTITY, figure_told(quantity))))
    if net is not None:
        parts.append(_joined(" ", (_AMOUNT, figure_told(net, _MONEY_PLACES))))
    return _joined(", ", parts)


def _joined(between: str, texts: Sequence[Text]) -> Text:
    return Text(en=between.join(text.en for text in texts), de=between.join(text.de for text in texts))


def listed(columns: Sequence[Column]) -> Text:
    """`quantity and net amount`."""
    names = [_NAMES[column] for column in columns]
    return Text(en=" and ".join(name.en for name in names), de=" und ".join(name.de for name in names))


def headings_listed(headings: Sequence[str]) -> Text:
    """`Artikel · Beschreibung · …`: a dash where there are none."""
    short = [quoted(heading, _LONGEST_HEADING) for heading in headings[:_MOST_LISTED]]
    more = ["…"] if len(headings) > _MOST_LISTED else []
    listed = " · ".join([*short, *more]) or "–"
    return Text(en=listed, de=listed)
