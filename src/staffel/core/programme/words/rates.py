"""What a step pays, in words: percent, money per unit, lump sums, and tables of them (`Cases`)."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias, assert_never

from staffel.core.findings import Text
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import (
    Case,
    Cases,
    Lump,
    Pay,
    Percent,
    PerUnit,
)
from staffel.core.programme.words import conditions, filters
from staffel.core.programme.words.clauses import marked
from staffel.core.programme.words.nouns import LINE
from staffel.core.programme.words.voice import Voice

_Said: TypeAlias = Callable[[Decimal], str]


def paid(voice: Voice, pay: Pay, each: str, on: Text) -> str:
    """What a pay gives, in the accusative: `2 % der Bemessungsgrundlage`.

    each: `je Stück`, where it pays so. on: what a percent is taken of.
    """
    match pay:
        case Percent(rate=rate):
            return _varying(voice, rate, lambda share: voice.say(on, rate=voice.percent(share)), _RATE)
        case PerUnit(money=money):
            text = Text(en="{money} {each}", de="{money} {each}")
            return _varying(
                voice, money, lambda one: voice.say(text, money=voice.money(one), each=each), _AMOUNT
            )
        case Lump(money=money):
            text = Text(en="a lump sum of {money}", de="einen festen Betrag von {money}")
            return _varying(voice, money, lambda one: voice.say(text, money=voice.money(one)), _AMOUNT)
        case _ as other:
            assert_never(other)


_RATE = Text(en="the first rate that applies: {rows}", de="den ersten zutreffenden Satz: {rows}")
_AMOUNT = Text(en="the first amount that applies: {rows}", de="den ersten zutreffenden Betrag: {rows}")


def _varying(voice: Voice, value: Decimal | Cases[Decimal], said: _Said, first: Text) -> str:
    if isinstance(value, Decimal):
        return said(value)
    return voice.say(first, rows=rows_of(voice, value, said, _NOTHING))


def rows_of(voice: Voice, value: Cases[Decimal], said: _Said, nothing: Text, depth: int = 0) -> str:
    """The rows of a table in their order. nothing: what is said of all other cases without `else`."""
    rows = [_case(voice, row, said) for row in value.rows]
    rows.append(_otherwise(voice, value.otherwise, said, nothing))
    return "; ".join(marked(rows, depth))


_NOTHING = Text(en="nothing in all other cases", de="in allen anderen Fällen nichts")


def _case(voice: Voice, row: Case[Decimal], said: _Said) -> str:
    if is_filter(row.when):
        text = Text(en="{use} for {rows}", de="{use} für {rows}")
        rows = filters.rows_that(voice, row.when, LINE.many(voice.language))
        return voice.say(text, use=said(row.use), rows=rows)
    text = Text(en="{use}, if {clause}", de="{use}, wenn {clause}")
    return voice.say(text, use=said(row.use), clause=conditions.clause_of(voice, row.when, depth=1).sub())


def _otherwise(voice: Voice, otherwise: Decimal | None, said: _Said, nothing: Text) -> str:
    if otherwise is None:
        return voice.say(nothing)
    text = Text(en="{use} in all other cases", de="in allen anderen Fällen {use}")
    return voice.say(text, use=said(otherwise))


def cuts(when: Pay) -> bool:
    """Whether a pay depends on the row, so that the base is cut (rule 31)."""
    value = when.rate if isinstance(when, Percent) else when.money
    return isinstance(value, Cases) and any(is_filter(row.when) for row in value.rows)
