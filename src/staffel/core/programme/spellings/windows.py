"""Windows in words: `last 4 closed quarters`, `same quarter last year`, `{from: 2026-09-01, to: 2026-11-30}`.

`language.md`, rule 7. A day after `to` is meant inclusive by people; here it becomes the exclusive `until`,
once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema, model_validator

from staffel.core.calendar import ONE_DAY, Span, Unit
from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import (
    DAY_AFTER_ALL,
    DAY_BEFORE_ALL,
    Baseline,
    Before,
    Current,
    Last,
    LastYear,
    Named,
    Rolling,
    ToDate,
    Window,
)
from staffel.core.programme.spellings.desk import Refused, each_read, not_of_type, not_yet
from staffel.core.programme.spellings.numbers import NUMBER_SCHEMA, read_number
from staffel.core.programme.spellings.spelling import Spelling, items_of
from staffel.core.programme.spellings.words import DayField
from staffel.core.programme.text import Entries, Items, Node, Scalar

_UNITS = "|".join(Unit)
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], Place], Window]], ...] = (
    (r"current", lambda found, place: Current(place=place)),
    (rf"({_UNITS})(?: to date)?", lambda found, place: ToDate(unit=Unit(found[1]), place=place)),
    (
        rf"last (\d{{1,3}})( closed)? ({_UNITS})s?",
        lambda found, place: Last(
            count=int(found[1]), unit=Unit(found[3]), closed=bool(found[2]), place=place
        ),
    ),
    (
        rf"rolling (\d{{1,3}}) ({_UNITS})s?",
        lambda found, place: Rolling(count=int(found[1]), unit=Unit(found[2]), place=place),
    ),
    (rf"({_UNITS}) before", lambda found, place: Before(unit=Unit(found[1]), place=place)),
    (
        rf"same ({_UNITS})( to date)? last year",
        lambda found, place: LastYear(unit=Unit(found[1]), to_date=bool(found[2]), place=place),
    ),
)
_LATER = (
    r"rolling .*",
    r"since enrolment",
    r".* ago",
    rf"({_UNITS}) \d+ of .*",
    r"(last \d+ (closed )?)?(day|week|half month)s?( before| to date)?",
)
_WHOLE = re.compile(r"(.*?)\s*,\s*whole")


class SpanSpelling(Spelling):
    """Days from one to another, both included."""

    from_: DayField | None = Field(default=None, alias="from", description="The first day.")
    to: DayField | None = Field(default=None, description="The last day, included.")

    @model_validator(mode="after")
    def _rising(self) -> "SpanSpelling":
        if self.from_ is None and self.to is None:
            raise Refused(_no_day(self.place))
        if self.from_ and self.to and self.from_ > self.to:
            raise Refused(_empty(self.place, self.from_, self.to))
        return self

    @property
    def span(self) -> Span:
        """The days, `until` exclusive; an open end reaches to the end of the calendar."""
        return Span(self.from_ or DAY_BEFORE_ALL, self.to + ONE_DAY if self.to else DAY_AFTER_ALL)


class ClosedSpan(SpanSpelling):
    """Days from one to another, both said."""

    from_: DayField = Field(alias="from", description="The first day.")
    to: DayField = Field(description="The last day, included.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What growth is measured against. given: a figure, one more baseline."""

    baselines: tuple[Baseline, ...]
    given: Decimal | None = None


def read_window(node: Node, info: ValidationInfo) -> Window:
    """A window. Raises Refused, or ValidationError for a span."""
    if isinstance(node, Entries):
        return Named(span=SpanSpelling.model_validate(node, context=info.context).span, place=node.place)
    text = " ".join(node.text.replace("_", " ").split()) if isinstance(node, Scalar) else ""
    text = text.replace("halves", "half")
    for pattern, made in _PATTERNS:
        if found := re.fullmatch(pattern, text):
            window = made(found, node.place)
            if not (isinstance(window, Last | Rolling) and window.count == 0):
                return window
    if text and any(re.fullmatch(later, text) for later in _LATER):
        raise Refused(not_yet(node.place, text, _SAY_WINDOW))
    raise not_of_type(node, Text(en="a window of time", de="ein Zeitraum"), _SAY_WINDOW)


def read_against(node: Node, info: ValidationInfo) -> Against:
    """Baselines: one, a list, or `{best_of: […]}`; a number among them is a given one. Raises Refused."""
    if isinstance(node, Entries) and node.keys == ("best_of",):
        return read_against(node.of[0][1], info)
    if not isinstance(node, Items):
        return _one_baseline(node, info)
    each = each_read(lambda item: _one_baseline(item, info), items_of(node))
    given = [one.given for one in each if one.given is not None]
    if not each or len(given) > 1:
        raise not_of_type(node, *_A_BASELINE)
    return Against(
        baselines=tuple(baseline for one in each for baseline in one.baselines),
        given=given[0] if given else None,
    )


def _one_baseline(node: Node, info: ValidationInfo) -> Against:
    if isinstance(node, Scalar) and node.text.strip()[:1].isdigit():
        return Against(baselines=(), given=read_number(node, info))
    if isinstance(node, Entries) and not {"from", "to"} & set(node.keys):
        raise Refused(not_yet(node.place, node.keys[0] if node.keys else "{}", _A_BASELINE[1]))
    return Against(baselines=(_baseline(node, info),))


def _baseline(node: Node, info: ValidationInfo) -> Baseline:
    whole = _WHOLE.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    if whole and isinstance(node, Scalar):
        node = Scalar(text=whole[1], place=node.place, key=node.key)
    window = read_window(node, info)
    if isinstance(window, Before | LastYear | Named):
        return Baseline(window=window, whole=whole is not None, place=node.place)
    raise not_of_type(node, *_A_BASELINE)


_SAY_WINDOW = Text(
    en="Write `quarter`, `last 4 quarters`, `last 4 closed quarters`, `rolling 12 months`, `year to date`,"
    " `quarter before`,"
    " `same quarter last year` or `{from: …, to: …}`; units are month, quarter, half and year.",
    de="Schreiben Sie `quarter`, `last 4 quarters`, `last 4 closed quarters`, `rolling 12 months`,"
    " `year to date`, `quarter"
    " before`,"
    " `same quarter last year` oder `{from: …, to: …}`; Einheiten sind month, quarter, half und year.",
)
_A_BASELINE = (
    Text(en="a window that lies before, or one figure", de="ein Zeitraum davor oder eine Zahl"),
    Text(
        en="Write `quarter before`, `same quarter last year`, `{from: …, to: …}`, a number or a list of"
        " these.",
        de="Schreiben Sie `quarter before`, `same quarter last year`, `{from: …, to: …}`, eine Zahl oder"
        " eine Liste"
        " davon.",
    ),
)


def read_within(node: Node, info: ValidationInfo) -> Window:
    """The same; `window` is the asker's own."""
    if isinstance(node, Scalar) and node.text.strip() == "window":
        return Current(place=node.place)
    return read_window(node, info)


def _no_day(place: Place) -> Finding:
    return Finding(
        code="key-missing",
        places=(place,),
        reason=Text(
            en="These days have neither `from` nor `to`.", de="Diese Tage haben weder `from` noch `to`."
        ),
        way_out=Text(
            en="Write `{from: 2026-09-01, to: 2026-11-30}`.",
            de="Schreiben Sie `{from: 2026-09-01, to: 2026-11-30}`.",
        ),
    )


def _empty(place: Place, start: date, to: date) -> Finding:
    return Finding(
        code="span-empty",
        places=(place,),
        reason=Text(en=f"{to} lies before {start}.", de=f"{to} liegt vor {start}."),
        way_out=Text(en="Swap both days.", de="Vertauschen Sie die beiden Tage."),
    )


_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_SPAN = {"type": "object", "properties": {"from": _DAY, "to": _DAY}, "additionalProperties": False}
_WORDS = {
    "type": "string",
    "pattern": rf"^(current|({_UNITS})([ _]to[ _]date)?|last[ _]\d+([ _]closed)?[ _]({_UNITS}|halves)s?"
    rf"|rolling[ _]\d+[ _]({_UNITS}|halves)s?|({_UNITS})[ _]before"
    rf"|same[ _]({_UNITS})([ _]to[ _]date)?[ _]last[ _]year)(\s*,\s*whole)?$",
}
_ONE_AGAINST = {"anyOf": [_WORDS, _SPAN, NUMBER_SCHEMA]}
_MANY_AGAINST = {"type": "array", "items": _ONE_AGAINST, "minItems": 1}
_BEST_OF = {"type": "object", "properties": {"best_of": _MANY_AGAINST}, "additionalProperties": False}

WindowField: TypeAlias = Annotated[
    Window, PlainValidator(read_window), WithJsonSchema({"anyOf": [_WORDS, _SPAN]})
]
AgainstField: TypeAlias = Annotated[
    Against,
    PlainValidator(read_against),
    WithJsonSchema({"anyOf": [_WORDS, _SPAN, NUMBER_SCHEMA, _MANY_AGAINST, _BEST_OF]}),
]
WithinField: TypeAlias = Annotated[
    Window, PlainValidator(read_within), WithJsonSchema({"anyOf": [{"const": "window"}, _WORDS, _SPAN]})
]
