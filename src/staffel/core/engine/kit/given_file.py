"""The given figures of a kit as a text, each with what it is and over which days; and back.

Values stand as text, asks by their number in the plan. What is told beside (`what`, `from`, `until`) is
for whoever reads it; computed is from the rest alone."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby

from staffel.core.engine.kit.sheet import as_text
from staffel.core.engine.plan.assembly import Assembly
from staffel.core.engine.plan.given import KINDS, Entry, Given, Rest
from staffel.core.engine.plan.panel import Panel
from staffel.core.money import AMOUNT
from staffel.core.programme.model import Different, Lines, SumOf

_SAYS = (
    "Figures of alliances rest on other members' lines as well. What these add is given here; it cannot be "
    "computed from this kit, only added to what can."
)
_DAYS = ("decision_days", "fall_days", "merge_days")
_WHAT = {
    "point": "days on which lines of others move a figure",
    "cut": "what others add to the base",
    "part": "what others add to the amount after caps by key",
    "weight": "what weighs when the bonus is shared",
    "coin": "the coins that sharing leaves over",
}


class GivenBroken(ValueError):
    """A text holds no given figures."""


def given_text(given: Given | None, assembly: Assembly) -> str:
    """The given figures as JSON; none: there are none."""
    rests: list[object] = []
    for (kind, of, subject, column), entries in groupby(sorted(given.entries) if given else (), key=_series):
        assert given is not None
        values = [_told(entry, given.entries[entry], assembly) for entry in entries]
        what = _what(kind, of, column, assembly)
        rests.append(
            {"kind": kind, "of": of, "subject": subject, "column": column, "what": what, "values": values}
        )
    days = {name: [as_text(day) for day in getattr(given, name)] for name in _DAYS} if given else {}
    first = as_text(given.first_enrolment) if given else ""
    whole = {"says": _SAYS, "first_enrolment": first, **days, "rests": rests} if given else {"rests": []}
    return json.dumps(whole, ensure_ascii=False, indent=None if len(rests) > 200 else 1) + "\n"


def _series(entry: Entry) -> tuple[str, str, str, str]:
    return entry.kind, entry.of, entry.subject, entry.column


def _told(entry: Entry, rest: Rest, assembly: Assembly) -> list[object]:
    """The number of the ask, the first day and the first day after, the rest."""
    panel = _panel_of(entry.of, assembly)
    span = panel.asks[entry.ask].current
    if entry.column.startswith("f") and entry.kind == "figure":
        span = list(panel.figures.values())[int(entry.column[1:])].spans[entry.ask]
    return [entry.ask, as_text(span.start), as_text(span.until), as_text(rest)]


def _panel_of(of: str, assembly: Assembly) -> Panel:
    panels = {panel.name: panel for panel in assembly.all_panels()}
    panels |= {earning.name: earning.panel for earning in assembly.earnings.values()}
    return panels[of]


def _what(kind: str, of: str, column: str, assembly: Assembly) -> str:
    if kind != "figure":
        return _WHAT[kind]
    if not column.startswith("f"):
        return "certificates of others"
    figure = list(_panel_of(of, assembly).figures.values())[int(column[1:])]
    match figure.core.aggregate:
        case SumOf(column=name):
            told = f"sum of {name}"
        case Different(key=name):
            told = f"different {name}"
        case Lines():
            told = "lines"
    return f"{told}, {figure.core.source}, of others"


# ------------------------------------------------------------------------------------------- reading


def given_from(text: str) -> Given | None:
    """The given figures of a text; none where it has none. Raises GivenBroken."""
    try:
        whole = json.loads(text)
        if not whole["rests"] and "says" not in whole:
            return None
        first = whole["first_enrolment"]
        return Given(
            entries=dict(_entries(whole["rests"])),
            first_enrolment=date.fromisoformat(first) if first else None,
            decision_days=_days(whole["decision_days"]),
            fall_days=_days(whole["fall_days"]),
            merge_days=_days(whole["merge_days"]),
        )
    except (ValueError, TypeError, LookupError, InvalidOperation, RecursionError) as error:
        raise GivenBroken(str(error)) from error


def _days(texts: Iterable[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in texts)


def _entries(rests: Iterable[Mapping[str, object]]) -> Iterable[tuple[Entry, Rest]]:
    for series in rests:
        kind, of, subject, column = (str(series[one]) for one in ("kind", "of", "subject", "column"))
        if kind not in KINDS:
            raise ValueError(f"{kind} is no kind of given figure")
        values = series["values"]
        if not isinstance(values, list):
            raise TypeError("values is no list")
        for ask, _, _, rest in values:
            entry = Entry(kind=kind, of=of, subject=subject, ask=int(ask), column=column)
            yield entry, _rest(kind, rest)


def _rest(kind: str, text: str) -> Rest:
    if not text and kind in ("point", "weight"):
        return None
    if kind == "point":
        return date.fromisoformat(text)
    figure = Decimal(text)
    if not figure.is_finite() or abs(figure) >= AMOUNT.limit:
        raise ValueError(f"{text} is no figure")
    return figure
