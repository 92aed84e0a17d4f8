"""The statement and the figures of a kit as JSON that a person can read, and the comparison of two of
them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from staffel.core.engine.kit.figures import Figure, Figures
from staffel.core.engine.kit.sheet import as_text
from staffel.core.engine.settling import window_name
from staffel.core.engine.statements import SUMS, Settlement, Statement
from staffel.core.programme.model import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that the kit says otherwise than it computes. said, computed: none where there is none."""

    figure: Figure
    said: str | None
    computed: str | None

    def __str__(self) -> str:
        return f"{self.figure}: {self.said or 'nothing'} said, {self.computed or 'nothing'} computed"


# ------------------------------------------------------------------------------------------- the statement


def told(statement: Statement, programme: Programme, given: frozenset[str]) -> str:
    """The statement as JSON. given: the incentives that may rest on given figures, marked so."""
    whole = {
        "partner": statement.partner_id,
        "programme": statement.programme,
        "title": {"en": statement.title.en, "de": statement.title.de},
        "version": statement.version,
        "state": statement.state_id,
        "semantics": statement.semantics,
        "currency": statement.currency,
        "window": window_name(programme, statement.window),
        "due": as_text(statement.due),
        "paid": as_text(statement.paid),
        "carried_out": as_text(statement.carried_out),
        "lines": [_line(line, programme) | _mark(line.incentive in given) for line in statement.lines],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _line(line: Settlement, programme: Programme) -> dict[str, object]:
    windows = [
        {
            "window": window_name(programme, one.window),
            "entitled": as_text(one.entitled),
            "settled": as_text(one.settled),
        }
        for one in line.windows
    ]
    parts = [
        {"form": one.form.value, "money": as_text(one.money), "use_by": as_text(one.use_by)}
        | ({} if one.claim_by is None else {"claim_by": as_text(one.claim_by)})
        | ({"payer": one.payer} if one.payer else {})
        for one in line.parts
    ]
    return {
        "incentive": line.incentive,
        "title": {"en": line.title.en, "de": line.title.de},
        **{name: as_text(getattr(line, name)) for name in SUMS},
        "payer": line.payer,
        "due_day": as_text(line.due_day),
        "parts": parts,
        "windows": windows,
    }


def _mark(rests_on_given: bool) -> dict[str, object]:
    return {"rests_on_given_figures": True} if rests_on_given else {}


def statement_differences(said: object, computed: object) -> list[Difference]:
    """Every leaf in which two statements (read from JSON) differ."""
    ours, theirs = dict(_leaves(computed)), dict(_leaves(said))
    return _unlike(theirs, ours)


def _leaves(
    value: object, about: str = "statement", window: str = "", path: str = ""
) -> Iterator[tuple[Figure, str]]:
    """Every leaf of a statement by its name; a list's item is named by its incentive or its window."""
    match value:
        case dict():
            about = str(value.get("incentive", about))
            window = str(value["window"]) if "entitled" in value and "window" in value else window
            for name, one in value.items():
                yield from _leaves(one, about, window, f"{path} {name}".strip())
        case list():
            for number, one in enumerate(value, start=1):
                named = isinstance(one, dict) and ("incentive" in one or "window" in one)
                yield from _leaves(one, about, window, "" if named else f"{path} {number}")
        case _:
            yield Figure(about=about, window=window, name=path), str(value)


# ------------------------------------------------------------------------------------------- the figures


def figures_text(figures: Figures) -> str:
    """The figures as JSON, one a line."""
    rows = [
        json.dumps(
            {"about": one.about, "window": one.window, "figure": one.name, "value": figures[one]},
            ensure_ascii=False,
        )
        for one in sorted(figures)
    ]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def figures_from(text: str) -> Figures:
    """The figures of a JSON text. Raises ValueError, TypeError or LookupError."""
    found: Figures = {}
    for row in json.loads(text):
        key = Figure(about=str(row["about"]), window=str(row["window"]), name=str(row["figure"]))
        found[key] = str(row["value"])
    return found


def figure_differences(said: Figures, computed: Figures) -> list[Difference]:
    """Every figure in which the two differ, sorted."""
    return _unlike(said, computed)


def _unlike(said: Figures, computed: Figures) -> list[Difference]:
    return [
        Difference(figure=one, said=said.get(one), computed=computed.get(one))
        for one in sorted({*said, *computed})
        if said.get(one) != computed.get(one)
    ]
