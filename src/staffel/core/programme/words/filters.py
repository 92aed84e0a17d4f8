"""Which rows: a filter reads behind `Zeilen, `: `deren Produkt zur Produktgruppe … gehört`."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from staffel.core.calendar import Span
from staffel.core.findings import Text
from staffel.core.programme.model import (
    DAY_AFTER_ALL,
    DAY_BEFORE_ALL,
    All,
    Any,
    Apart,
    Comparison,
    During,
    Exists,
    Filter,
    Is,
    Leaf,
    Not,
    Registered,
    RowTest,
    Stated,
    Within,
)
from staffel.core.programme.words import beside, clauses, rows, traits
from staffel.core.programme.words.clauses import Clause
from staffel.core.programme.words.nouns import Gender, the
from staffel.core.programme.words.voice import OR, Voice


def rows_that(voice: Voice, where: Filter, noun: str, columns: "_Columns | None" = None) -> str:
    """`Zeilen, deren …`: the rows that a filter takes, noun in the plural."""
    columns = _OF_LINES if columns is None else columns
    leaves = _leaves(where, holds=True)
    if leaves is None:
        text = Text(en="{noun} for which {that}", de="{noun}, für die {that}")
        return voice.say(text, noun=noun, that=clause_of(voice, where, columns=columns).sub())
    word, parts = leaves
    said = voice.listed([_leaf(voice, leaf, holds, columns, _WHOSE).sub() for leaf, holds in parts], word)
    return voice.say(Text(en="{noun} {that}", de="{noun}, {that}"), noun=noun, that=said)


def products_that(voice: Voice, where: Filter) -> str:
    """`Produkte, deren Familie „server“ ist`: the products of a group."""
    product = voice.say(Text(en="products", de="Produkte"))
    return rows_that(voice, where, product, _OF_PRODUCTS)


def _leaves(where: Filter, *, holds: bool) -> tuple[Text, list[tuple[Leaf, bool]]] | None:
    """Of a flat filter: its leaves, each with whether it must hold, and what joins them; else none."""
    word = Text(en="and", de="und")
    match where:
        case RowTest():
            return word, [(where, holds)]
        case Not(of=inner):
            return _leaves(inner, holds=not holds)
        case All(of=parts) | Any(of=parts) if parts:
            found = [_leaves(part, holds=holds) for part in parts]
            flat = [one[1][0] for one in found if one is not None and len(one[1]) == 1]
            if len(flat) < len(parts):
                return None
            return (word if isinstance(where, All) is holds else OR), flat
        case All() | Any():
            return None
        case _ as other:
            assert_never(other)


def clause_of(
    voice: Voice, where: Filter, *, holds: bool = True, depth: int = 0, columns: "_Columns | None" = None
) -> Clause:
    """A filter as a statement about one row: `ihr Produkt gehört zur Produktgruppe …`."""
    columns = _OF_LINES if columns is None else columns
    match where:
        case RowTest():
            return _leaf(voice, where, holds, columns, _ITS)
        case Not(of=inner):
            return clause_of(voice, inner, holds=not holds, depth=depth, columns=columns)
        case All(of=(only,)) | Any(of=(only,)):
            return clause_of(voice, only, holds=holds, depth=depth, columns=columns)
        case All(of=parts) | Any(of=parts):
            mains = [
                clause_of(voice, part, holds=holds, depth=depth + 1, columns=columns).main() for part in parts
            ]
            if not parts:
                return nothing_asked(voice, isinstance(where, All) is holds)
            several = clauses.every if isinstance(where, All) is holds else clauses.some
            return several(voice, mains, depth)
        case _ as other:
            assert_never(other)


def nothing_asked(voice: Voice, holds: bool) -> Clause:
    """A condition without parts: it always holds, or never."""
    always = Text(en="in every case", de="in jedem Fall")
    never = Text(en="in no case", de="in keinem Fall")
    return Clause(
        language=voice.language,
        subject=voice.say(Text(en="this", de="dies")),
        verb=voice.say(Text(en="holds", de="gilt")),
        rest=voice.say(always if holds else never),
    )


_BARE = Text(en="{values}", de="{values}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """What a filter on a column says. gender: of its head; one, many: values; middle: when it is read."""

    head: Text
    gender: Gender = "f"
    verb: Text = Text(en="is", de="ist")
    middle: Text | None = None
    one: Text = _BARE
    many: Text | None = None


_Columns: TypeAlias = dict[str, _Column]
_WHOSE = Text(en="whose {head}", de="deren {head}")
_ITS = Text(en="{the} {head}", de="{the} {head}")


def _leaf(voice: Voice, leaf: Leaf, holds: bool, columns: _Columns, owner: Text) -> Clause:
    match leaf:
        case Is():
            return _among(voice, leaf, holds, columns, owner)
        case Stated():
            return _stated(voice, leaf, holds, owner)
        case Within():
            return _within(voice, leaf, holds, owner)
        case During():
            return _during(voice, leaf, holds, owner)
        case Apart():
            return _apart(voice, leaf, holds, owner)
        case Registered():
            return beside.registered(voice, leaf, holds, owner)
        case Exists():
            return beside.clause_of(voice, leaf, holds, owner, rows_that)
        case _ as other:
            assert_never(other)


def _stated(voice: Voice, leaf: Stated, holds: bool, owner: Text) -> Clause:
    """`deren Sonderpreis angegeben ist`."""
    column = _OF_LINES.get(leaf.column) or _unknown(leaf.column)
    text = Text(en="stated", de="angegeben") if holds else Text(en="not stated", de="nicht angegeben")
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=voice.say(column.head), the=the(column.gender, voice.language)),
        verb=voice.say(Text(en="is", de="ist")),
        rest=voice.say(text),
    )


def _within(voice: Voice, leaf: Within, holds: bool, owner: Text) -> Clause:
    """`deren Nettowert mindestens 1.500 € beträgt`."""
    noun = rows.AMOUNTS[leaf.column]
    figure = voice.number(leaf.figure) if leaf.column == "quantity" else voice.money(leaf.figure)
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=voice.say(noun.one), the=the(noun.gender, voice.language)),
        verb=voice.say(Text(en="is", de="beträgt")),
        rest=voice.say((COMPARED if holds else NOT_COMPARED)[leaf.comparison], figure=figure),
        tail="" if holds else voice.say(_NOT_KNOWN),
    )


def _apart(voice: Voice, leaf: Apart, holds: bool, owner: Text) -> Clause:
    """`deren Versanddatum höchstens 60 Tage nach dem Bestelldatum liegt`."""
    compared = (COMPARED if holds else NOT_COMPARED)[leaf.comparison]
    days = Text(en="day", de="Tag") if leaf.figure == 1 else Text(en="days", de="Tage")
    text = Text(en="{compared} {days} after the {start}", de="{compared} {days} nach dem {start}")
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=rows.date_noun(voice, leaf.end), the=the("n", voice.language)),
        verb=voice.say(Text(en="lies", de="liegt")),
        rest=voice.say(
            text,
            compared=voice.say(compared, figure=voice.number(leaf.figure)),
            days=voice.say(days),
            start=rows.date_noun(voice, leaf.start),
        ),
        tail="" if holds else voice.say(_NOT_KNOWN),
    )


def _during(voice: Voice, leaf: During, holds: bool, owner: Text) -> Clause:
    """`deren Verkaufsdatum im Zeitraum vom … bis zum … liegt`."""
    text = Text(en="{days}", de="{days}")
    if not holds:
        text = Text(en="not {days}", de="nicht {days}")
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=rows.date_noun(voice, leaf.column), the=the("n", voice.language)),
        verb=voice.say(Text(en="lies", de="liegt")),
        rest=voice.say(text, days=_days(voice, leaf.span)),
    )


def _days(voice: Voice, span: Span) -> str:
    """`im Zeitraum vom 01.11.2026 bis zum 30.11.2026`; one end may be open."""
    first, last = voice.date(span.start), voice.date(span.last_day)
    if span.start == DAY_BEFORE_ALL:
        return voice.say(Text(en="on {last} or before", de="am {last} oder davor"), last=last)
    if span.until == DAY_AFTER_ALL:
        return voice.say(Text(en="on {first} or after", de="am {first} oder danach"), first=first)
    return voice.say(Text(en="in the time {days}", de="im Zeitraum {days}"), days=voice.days(span))


def _among(voice: Voice, leaf: Is, holds: bool, columns: _Columns, owner: Text) -> Clause:
    column = columns.get(leaf.column) or _unknown(leaf.column)
    values = voice.listed([traits.value(voice, leaf.column, value) for value in leaf.values], OR)
    pattern = column.many if column.many and len(leaf.values) != 1 else column.one
    rest = voice.say(pattern, values=values)
    if not holds and pattern is _BARE and len(leaf.values) > 1:
        rest, holds = _neither(voice, leaf), True
    return Clause(
        language=voice.language,
        subject=voice.say(owner, head=voice.say(column.head), the=the(column.gender, voice.language)),
        verb=voice.say(column.verb),
        middle=voice.say(column.middle) if column.middle else "",
        rest=rest if holds else voice.say(Text(en="not {rest}", de="nicht {rest}"), rest=rest),
    )


def _neither(voice: Voice, leaf: Is) -> str:
    """`weder Rückgabe noch Korrektur`."""
    *most, last = [traits.value(voice, leaf.column, value) for value in leaf.values]
    text = Text(en="neither {most} nor {last}", de="weder {most} noch {last}")
    return voice.say(text, most=", ".join(most), last=last)


def _unknown(column: str) -> _Column:
    return _Column(head=Text(en=f"entry “{column}”", de=f"Angabe „{column}“"))


_NOT_KNOWN = Text(en=" or is not stated", de=" oder nicht angegeben ist")
COMPARED: dict[Comparison, Text] = {
    "at_least": Text(en="at least {figure}", de="mindestens {figure}"),
    "above": Text(en="more than {figure}", de="mehr als {figure}"),
    "at_most": Text(en="at most {figure}", de="höchstens {figure}"),
    "below": Text(en="less than {figure}", de="weniger als {figure}"),
}
NOT_COMPARED: dict[Comparison, Text] = {
    "at_least": COMPARED["below"],
    "above": COMPARED["at_most"],
    "at_most": COMPARED["above"],
    "below": COMPARED["at_least"],
}
_PARTNER = Text(en="partner", de="Partner")
_OF_LINES: _Columns = {
    "kind": _Column(head=Text(en="kind", de="Art")),
    "business": _Column(head=Text(en="kind of business", de="Geschäftsart")),
    "distributor_id": _Column(head=Text(en="distributor", de="Distributor"), gender="m"),
    "vendor_id": _Column(head=Text(en="vendor", de="Hersteller"), gender="m"),
    "route": _Column(head=Text(en="ordering route", de="Bestellweg"), gender="m"),
    "deal": _Column(head=Text(en="registered deal", de="registriertes Projekt"), gender="n"),
    "special_price": _Column(head=Text(en="special price", de="Sonderpreis"), gender="m"),
    "currency": _Column(head=Text(en="currency", de="Währung")),
    "product.licence": _Column(head=Text(en="kind of licence", de="Lizenzart")),
    "product.billing": _Column(head=Text(en="billing interval", de="Abrechnungsrhythmus"), gender="m"),
    "end_customer.kind": _Column(head=Text(en="end customer’s kind", de="Art des Endkunden")),
    "end_customer.country": _Column(
        head=Text(en="end customer", de="Endkunde"),
        gender="m",
        one=Text(en="based {values}", de="{values} ansässig"),
    ),
    "end_customer.size": _Column(head=Text(en="end customer’s size class", de="Größenklasse des Endkunden")),
    "certification": _Column(head=Text(en="name", de="Bezeichnung")),
    "product.number": _Column(head=Text(en="product number", de="Produktnummer")),
    "product.group": _Column(
        head=Text(en="product", de="Produkt"),
        gender="n",
        verb=Text(en="is", de="gehört"),
        one=Text(en="in the product group {values}", de="zur Produktgruppe {values}"),
        many=Text(en="in one of the product groups {values}", de="zu einer der Produktgruppen {values}"),
    ),
    "product.family": _Column(
        head=Text(en="product", de="Produkt"),
        gender="n",
        verb=Text(en="is", de="gehört"),
        one=Text(en="of the family {values}", de="zur Familie {values}"),
        many=Text(en="of one of the families {values}", de="zu einer der Familien {values}"),
    ),
    "product.line": _Column(
        head=Text(en="product", de="Produkt"),
        gender="n",
        verb=Text(en="is", de="gehört"),
        one=Text(en="of the product line {values}", de="zur Produktlinie {values}"),
        many=Text(en="of one of the product lines {values}", de="zu einer der Produktlinien {values}"),
    ),
    "product.category": _Column(
        head=Text(en="product", de="Produkt"),
        gender="n",
        verb=Text(en="is", de="gehört"),
        one=Text(en="of the category {values}", de="zur Kategorie {values}"),
        many=Text(en="of one of the categories {values}", de="zu einer der Kategorien {values}"),
    ),
    "partner.level": _Column(
        head=_PARTNER,
        gender="m",
        verb=Text(en="is", de="hat"),
        middle=Text(en="on the day of the line", de="am Tag der Zeile"),
        one=Text(en="on the level {values}", de="die Partnerstufe {values}"),
    ),
    "partner.kind": _Column(
        head=_PARTNER,
        gender="m",
        verb=Text(en="is", de="wird"),
        one=Text(en="listed as {values}", de="als {values} geführt"),
    ),
    "partner.country": _Column(
        head=_PARTNER,
        gender="m",
        one=Text(en="based {values}", de="{values} ansässig"),
    ),
    "partner.segment": _Column(
        head=_PARTNER,
        gender="m",
        verb=Text(en="is", de="gehört"),
        one=Text(en="of the segment {values}", de="zum Segment {values}"),
        many=Text(en="of one of the segments {values}", de="zu einem der Segmente {values}"),
    ),
    "partner.size": _Column(
        head=_PARTNER,
        gender="m",
        verb=Text(en="is", de="gehört"),
        one=Text(en="of the size class {values}", de="zur Größenklasse {values}"),
        many=Text(en="of one of the size classes {values}", de="zu einer der Größenklassen {values}"),
    ),
}
_OF_PRODUCTS: _Columns = {
    "product.family": _Column(head=Text(en="family", de="Familie")),
    "product.line": _Column(head=Text(en="product line", de="Produktlinie")),
    "product.category": _Column(head=Text(en="category", de="Kategorie")),
    "product.number": _Column(head=Text(en="number", de="Nummer")),
    "product.licence": _Column(head=Text(en="kind of licence", de="Lizenzart")),
    "product.billing": _Column(head=Text(en="billing interval", de="Abrechnungsrhythmus"), gender="m"),
}
