"""Every leaf of a programme, changed to every other value that a file may say there, one at a time."""

import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Text
from staffel.core.programme import model
from staffel.core.programme.model import (
    AtOnce,
    Baseline,
    Before,
    Benefit,
    Case,
    Cases,
    Current,
    Different,
    Due,
    EachUnit,
    Earner,
    FixedDays,
    Floor,
    Growth,
    Holds,
    Last,
    LastYear,
    Length,
    Lines,
    Lump,
    Minimum,
    Named,
    Never,
    Not,
    PayPart,
    Percent,
    PerUnit,
    Review,
    Rounding,
    SumOf,
    Take,
    Test,
    ToDate,
    Trait,
    Use,
    Who,
)
from staffel.core.sources import AMOUNT_COLUMNS, FILTER_WORDS, MEASURED_SOURCES, SELL_OUT, ColumnType

_DATES = [column.name for column in SELL_OUT.columns if column.type is ColumnType.DATE]
_AMOUNTS = list(AMOUNT_COLUMNS)
_SPAN = Span(model.DAY_BEFORE_ALL, model.DAY_AFTER_ALL)
# What a text field may say, where that is one of a few words.
WORDS: dict[tuple[str, str], list[str]] = {
    ("SumOf", "column"): _AMOUNTS,
    ("Different", "key"): ["end_customer_id", "order_no", "product_id", "distributor_id", "deal", "seller"],
    ("Take", "source"): list(MEASURED_SOURCES),
    ("Take", "date"): _DATES,
    ("Take", "inside"): [(), ("paid_on",), ("ordered_on", "paid_on")],
    ("Within", "column"): _AMOUNTS,
    ("Stated", "column"): ["deal", "special_price"],
    ("During", "column"): _DATES,
    ("Apart", "start"): _DATES,
    ("Apart", "end"): _DATES,
    ("Is", "column"): list(dict.fromkeys(FILTER_WORDS.values())),
    ("Cap", "each"): ["end_customer_id", "order_no", "product_id", "distributor_id", "deal"],
    ("Programme", "currency"): ["EUR", "CHF", "USD", "GBP"],
    ("Calendar", "time_zone"): ["Europe/Berlin", "Europe/Zurich"],
}
WINDOWS: list[Any] = [
    Current(),
    *(ToDate(unit=unit) for unit in Unit),
    *(Before(unit=unit) for unit in Unit),
    *(LastYear(unit=unit, to_date=to_date) for unit in Unit for to_date in (False, True)),
    *(Last(count=count, unit=unit, closed=closed) for count in (2, 12) for unit in Unit for closed in (0, 1)),
    Named(span=_SPAN),
]
# Kinds that may stand in one another's place.
KINDS: list[tuple[tuple[type, ...], list[Any]]] = [
    ((SumOf, Lines, Different), [SumOf(column="quantity"), Lines(), Different(key="order_no")]),
    ((AtOnce, EachUnit, FixedDays, Never), [AtOnce(), Never(), FixedDays(days=((3, 31), (9, 30)))]),
]
_TEST = Test(measure=Use(measure="revenue"), comparison="at_least", figure=Decimal(77))
# What may stand where nothing stands.
ABSENT: dict[object, list[Any]] = {
    Decimal: [Decimal(7)],
    int: [1, 2],
    Text: [Text(en="New title", de="Neuer Titel")],
    Length: [Length(count=3, unit=Unit.MONTH), Length(count=3)],
    date: [date(2026, 2, 2)],
    Due: [Due(days_after_close=9), Due(month_day=(3, 31))],
    Floor: [Floor(money=Decimal(3))],
    Minimum: [Minimum(money=Decimal(12))],
    Rounding: [Rounding(to=Decimal("0.5")), Rounding(to=Decimal("0.05"), way="down")],
}


_OF_FALLS = {"grace", "most_down"}
# Leaves that change nothing where they stand, so that no sentence has to tell them, each with its reason.
EXEMPT: list[tuple[Callable[[Any, str], bool], str]] = [
    (
        lambda form, name: isinstance(form, Earner) and name != "who" and form.who is Who.ASKER,
        "who earns alone has no group whose driver, base or share there could be",
    ),
    (
        lambda form, name: (
            isinstance(form, Holds)
            and form.trait is not {"when": Trait.LEVEL, "least": Trait.AGE}.get(name, form.trait)
        ),
        "only a level is read by level_on, only of an age it is said how long; each other has its own day",
    ),
    (
        lambda form, name: (
            isinstance(form, PayPart) and name in {"if_less_than", "then"} and form.then is None
        ),
        "a fall-back is said with its figure and its form, or not at all",
    ),
    (
        lambda form, name: isinstance(form, Benefit) and name == "text" and form.figure is not None,
        "text and figure are one leaf of the file",
    ),
    (
        lambda form, name: isinstance(form, Benefit) and name == "is_share" and form.figure is None,
        "a text that is no figure is no share",
    ),
    (
        lambda form, name: isinstance(form, Minimum) and name == "at_end" and form.otherwise == "forfeit",
        "what is lost below the minimum is not there at the end",
    ),
    (
        lambda form, name: (
            isinstance(form, Review)
            and (
                (isinstance(form.down, Never) and name in _OF_FALLS)
                or (isinstance(form.up, Never) and name == "most_up")
            )
        ),
        "where no review moves a partner that way there is nothing to bound or to wait for",
    ),
    (
        lambda form, name: (
            isinstance(form, model.Exists) and form.reach == "same_day" and name in {"length", "as_of"}
        ),
        "the same day has no length and lies before nothing",
    ),
    (
        lambda form, name: isinstance(form, Length) and name == "unit" and not form.count,
        "no months are no days",
    ),
    (
        lambda form, name: (
            isinstance(form, Take) and name in {"date", "inside"} and form.source == "certifications"
        ),
        "a certificate is not placed by a date; what is in force counts",
    ),
]


def changed(programme: model.Programme) -> Iterator[tuple[str, model.Programme]]:
    """The programme with one leaf changed, and the path of the leaf."""
    yield from _of_form(programme, "")


def _of_form(form: Any, path: str) -> Iterator[tuple[str, Any]]:
    for field in fields(form):
        if not field.compare or any(holds(form, field.name) for holds, _ in EXEMPT):
            continue
        value, where = getattr(form, field.name), f"{path}.{field.name}".lstrip(".")
        for below, other in _of_field(form, field.name, value, field.type, where):
            if not (isinstance(form, Baseline) and isinstance(other, Current | ToDate | Last)):
                yield below, replace(form, **{field.name: other})


def _of_field(form: Any, name: str, value: Any, hint: Any, path: str) -> Iterator[tuple[str, Any]]:
    known = WORDS.get((type(form).__name__, name))
    literals = [word for one in _parts(hint) for word in typing.get_args(one) if _is_literal(one)]
    if known or literals:
        yield from ((path, word) for word in known or literals if word != value)
    elif value is None:
        yield from ((path, other) for one in _parts(hint) for other in _absent(one))
    else:
        yield from _of_value(value, path)
        if type(None) in _parts(hint) and (type(form).__name__, name) not in TOGETHER:
            yield path, None


# Fields that a file says only together with another one.
TOGETHER = {
    ("PayPart", "if_less_than"),
    ("PayPart", "then"),
    ("Incentive", "driver"),
    ("Incentive", "base"),
    ("Earner", "share"),
    ("Due", "days_after_close"),
    ("Due", "month_day"),
    ("Benefit", "figure"),
}


def _parts(hint: Any) -> list[Any]:
    return (
        list(typing.get_args(hint))
        if isinstance(hint, types.UnionType | typing._UnionGenericAlias)
        else [hint]
    )  # type: ignore[attr-defined]


def _is_literal(hint: Any) -> bool:
    return typing.get_origin(hint) is typing.Literal


def _absent(hint: Any) -> list[Any]:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)
    return ABSENT.get(hint, [])


def _of_value(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    match value:
        case bool():
            yield path, not value
        case Enum():
            yield from ((path, other) for other in type(value) if other is not value)
        case Decimal():
            yield from ((path, other) for other in (value + Decimal("0.01"), -value - 1))
            yield path, value + Decimal("0.000001")
        case int():
            yield path, value + 1
        case date():
            yield path, value + timedelta(days=1)
        case str():
            yield path, value + "x"
        case Text():
            yield path, Text(en=value.en + "x", de=value.de + "x")
        case Span(start=start, until=until):
            yield path, Span(start, until - timedelta(days=1))
            yield path, Span(start - timedelta(days=1), until)
        case tuple():
            yield from _of_members(value, path)
        case _ if is_dataclass(value):
            yield from _of_form(value, path)
            yield from ((path, other) for other in _in_its_place(value))


def _of_members(members: tuple[Any, ...], path: str) -> Iterator[tuple[str, Any]]:
    for at, member in enumerate(members):
        for below, other in _of_value(member, f"{path}.{at + 1}"):
            yield below, (*members[:at], other, *members[at + 1 :])
        if len(members) > 1 and not isinstance(member, int):
            yield f"{path}.{at + 1}", (*members[:at], *members[at + 1 :])


def _in_its_place(form: Any) -> Iterator[Any]:
    """Other forms that may stand where this one does."""
    for kinds, others in [*KINDS, ((type(WINDOWS[0]), ToDate, Before, LastYear, Last, Named), WINDOWS)]:
        if isinstance(form, kinds):
            yield from (other for other in others if other != form)
    match form:
        case model.All(of=parts) if len(parts) > 1:
            yield model.Any(of=parts)
        case model.Any(of=parts) if len(parts) > 1:
            yield model.All(of=parts)
        case model.RowTest() | model.Test() | model.Holds() | model.Kept():
            yield Not(of=form)
        case Percent(rate=Decimal() as rate):
            yield Percent(rate=Cases(rows=(Case(when=_TEST, use=rate),)))
            yield Lump(money=rate)
            yield PerUnit(money=rate)
        case Growth(of=of):
            yield of
