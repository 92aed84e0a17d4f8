"""Rows of a source in words: which reports they come from, which amount is summed, which date places them."""

from dataclasses import dataclass
from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.model import Different, Lines, SumOf, Take, Who
from staffel.core.programme.words.nouns import CERTIFICATE, LINE, Gender, Noun, key_noun
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import TABLES


def is_term(source: str) -> bool:
    """Whether its rows hold from a day until a day, so that no date places them in a window."""
    return source in TABLES and TABLES[source].shape != "event"


def row_noun(source: str) -> Noun:
    """What one row is called."""
    return CERTIFICATE if source == "certifications" else LINE


def head(voice: Voice, take: Take) -> str:
    """`Summe der Nettowerte`, to be followed by the rows in the genitive, or behind a preposition."""
    match take.aggregate:
        case SumOf(column=column):
            amounts = AMOUNTS.get(column)
            named = voice.say(amounts.many) if amounts else _unknown_amount(voice, column)
            return voice.say(Text(en="sum of the {amounts} of", de="Summe der {amounts}"), amounts=named)
        case Lines():
            return voice.say(Text(en="number of", de="Zahl"))
        case Different(key=key):
            within = Text(en="number of different {keys} in", de="Zahl der verschiedenen {keys} in")
            holding = Text(en="number of different {keys} with", de="Zahl der verschiedenen {keys} mit")
            text = holding if is_term(take.source) else within
            return voice.say(text, keys=key_noun(key).many(voice.language, "gen"))
        case _ as other:
            assert_never(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What an amount of a row is called: of one row, with its gender, and of many."""

    one: Text
    gender: Gender = "m"
    many: Text


AMOUNTS = {
    "net": Amount(
        one=Text(en="net value", de="Nettowert"),
        many=Text(en="net values", de="Nettowerte"),
    ),
    "list": Amount(
        one=Text(en="value at list price", de="Wert zum Listenpreis"),
        many=Text(en="values at list price", de="Werte zum Listenpreis"),
    ),
    "dealer": Amount(
        one=Text(en="value at the dealer’s price", de="Wert zum Händlerpreis"),
        many=Text(en="values at the dealer’s price", de="Werte zum Händlerpreis"),
    ),
    "cost": Amount(
        one=Text(en="value at the distributor’s cost", de="Wert zum Einkaufspreis des Distributors"),
        many=Text(en="values at the distributor’s cost", de="Werte zum Einkaufspreis des Distributors"),
    ),
    "quantity": Amount(
        one=Text(en="quantity", de="Stückzahl"),
        gender="f",
        many=Text(en="quantities", de="Stückzahlen"),
    ),
}


def _unknown_amount(voice: Voice, column: str) -> str:
    return voice.say(Text(en="amounts “{column}”", de="Beträge „{column}“"), column=column)


def taken_by(voice: Voice, take: Take) -> str:
    """The rows behind `head`: `der Zeilen aus den Sell-out-Meldungen`."""
    source = _SOURCES.get(take.source)
    named = voice.say(source) if source else _unknown_source(voice, take.source)
    return voice.say(_ROWS[take.who], rows=_rows(voice, take), source=named)


def _rows(voice: Voice, take: Take) -> str:
    noun, kind = row_noun(take.source), isinstance(take.aggregate, Different)
    if kind and is_term(take.source):
        return noun.many(voice.language, "dat")
    german = "den {rows}" if kind else "der {rows}"
    english = "{rows}" if isinstance(take.aggregate, Lines) else "the {rows}"
    return voice.say(Text(en=english, de=german), rows=noun.many(voice.language, "dat" if kind else "gen"))


_ROWS = {
    Who.ASKER: Text(en="{rows} {source}", de="{rows} {source}"),
    Who.ALLIANCE: Text(
        en="{rows} of the partner’s alliance {source}", de="{rows} der Allianz des Partners {source}"
    ),
}
_SOURCES = {
    "sell_out": Text(en="in the sell-out reports", de="aus den Sell-out-Meldungen"),
    "sell_in": Text(en="in the sell-in reports", de="aus den Sell-in-Meldungen"),
    "certifications": Text(en="in the register of certificates", de="aus dem Zertifikatsverzeichnis"),
}


def _unknown_source(voice: Voice, source: str) -> str:
    return voice.say(Text(en="in the source “{source}”", de="aus der Quelle „{source}“"), source=source)


def date_noun(voice: Voice, column: str) -> str:
    """A date of a row: `Verkaufsdatum`."""
    known = _DATES.get(column)
    return voice.say(known) if known else voice.say(_DATE, column=column)


_DATE = Text(en="date “{column}”", de="Datum „{column}“")
_DATES = {
    "sold_on": Text(en="date of sale", de="Verkaufsdatum"),
    "ordered_on": Text(en="date of the order", de="Bestelldatum"),
    "shipped_on": Text(en="date of shipment", de="Versanddatum"),
    "invoiced_on": Text(en="date of the invoice", de="Rechnungsdatum"),
    "paid_on": Text(en="date of payment", de="Zahlungsdatum"),
    "counted_on": Text(en="date of the count", de="Zähldatum"),
}


def by_date(voice: Voice, take: Take) -> str:
    """` nach dem Rechnungsdatum, mit Bestelldatum im selben Zeitraum`."""
    text = Text(en=" by the {date}", de=" nach dem {date}")
    said = voice.say(text, date=date_noun(voice, take.date))
    if not take.inside:
        return said
    inside = Text(en=", with {dates} in the same window", de=", mit {dates} im selben Zeitraum")
    return said + voice.say(inside, dates=others(voice, take))


def others(voice: Voice, take: Take) -> str:
    """The dates that must lie in the window too: `Bestelldatum und Versanddatum`."""
    return voice.listed([date_noun(voice, one) for one in take.inside])
