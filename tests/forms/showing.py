"""A worked case that can be shown: spelled as a programme file spells it, with the rows and what comes out.

A file in `tests/forms/shown` says a title in both languages, the number of its rule in `docs/semantics.md`,
the part of a programme that the case is about, the lines sold, and what partner `a` earns. Products are `box`
(family boxes) and `ink` (family paper); a line is of partner `a`, product `box` and one piece unless it says
otherwise. Oracle and engine compute each (`test_shown`); `docs/language.md` shows it (`language_page`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from staffel.core.findings import Language, Text
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from staffel.core.programme.text import Entries, Items, Node, tree_of
from staffel.core.programme.words import words
from staffel.core.sources import TABLES, ColumnType
from tests.laws.facts import Ledger, Row, day

FOLDER = Path(__file__).parent / "shown"
HEAD = """\
programme: p
vendor: v
title: {en: Heron, de: Reiher}
version: "1"
valid: {from: 2026-01-01, to: 2026-12-31}
currency: EUR
"""
REVENUE = "measures: {revenue: {sum: net, of: sell_out}}\n"
BONUS = "incentives:\n  - {incentive: bonus, base: revenue, per: quarter, rate: 2 %}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One case. spelled: its part of the file. sold, facts: rows as written. earned: by incentive, window."""

    name: str
    title: Text
    rule: str
    spelled: str
    sold: tuple[dict[str, str], ...]
    facts: dict[str, tuple[dict[str, str], ...]]
    on: date
    earned: dict[str, dict[str, Decimal]]

    @property
    def text(self) -> str:
        """The whole file."""
        measures = "" if "measures:" in self.spelled else REVENUE
        return f"{HEAD}{measures}{self.spelled}"

    @property
    def programme(self) -> Programme:
        """The programme that it spells."""
        reading = read_programme(self.text, file=f"{self.name}.yaml")
        assert reading.programme is not None, [finding.say() for finding in reading.findings]
        return reading.programme

    def says(self, language: Language) -> list[str]:
        """The sentences that a plain bonus of 2 % does not have."""
        plain = set(_sentences(_plain(), language))
        return [sentence for sentence in _sentences(self.programme, language) if sentence not in plain]

    def ledger(self) -> Ledger:
        """The rows."""
        ledger = Ledger()
        ledger.product("box", "boxes")
        ledger.product("ink", "paper")
        for row in self.facts.get("partners", ({"partner_id": "a"},)):
            ledger.enrolled(row["partner_id"], *_days(row), **_traits(row))
        for table, rows in self.facts.items():
            for row in rows if table != "partners" else ():
                ledger.add(table, _typed(table, row))
        sales: list[Row] = []
        for line in self.sold:
            sales.append(_sold(ledger, line, sales))
        return ledger


@cache
def _plain() -> Programme:
    programme = read_programme(f"{HEAD}{REVENUE}{BONUS}", file="plain.yaml").programme
    assert programme is not None
    return programme


def _sentences(programme: Programme, language: Language) -> list[str]:
    return [sentence.text for sentence in words(programme, language).sentences()]


def _days(row: dict[str, str]) -> Iterator[date]:
    if "since" in row:
        yield day(row["since"])


def _traits(row: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if key not in ("partner_id", "since")}


def _typed(table: str, row: dict[str, str]) -> dict[str, Any]:
    types = {column.name: column.type for column in TABLES[table].all_columns}
    return {name: _value(types[name], text) for name, text in row.items()}


def _value(type_: ColumnType, text: str) -> Any:
    match type_:
        case ColumnType.DATE:
            return day(text)
        case ColumnType.TEXT:
            return text
        case _:
            return Decimal(text.replace("_", ""))


def _sold(ledger: Ledger, line: dict[str, str], sales: list[Row]) -> Row:
    """The line; `back: 1` is a return of the first one."""
    rest = {key: value for key, value in line.items() if key not in ("on", "net", "partner", "back")}
    values = _typed("sell_out", rest)
    net = Decimal(line["net"].replace("_", ""))
    quantity = values.pop("quantity", Decimal(1))
    if "back" in line:
        return ledger.back(sales[int(line["back"]) - 1], day(line["on"]), -net, quantity, **values)
    return ledger.sale(line.get("partner", "a"), day(line["on"]), net, quantity, **values)


# ---------------------------------------------------------------- the files


@cache
def cases() -> tuple[Shown, ...]:
    """All of them, by rule and name."""
    every = [_case(path) for path in FOLDER.glob("*.yaml")]
    return tuple(sorted(every, key=lambda case: (int(case.rule), case.name)))


def _case(path: Path) -> Shown:
    text = path.read_text("utf-8")
    above, _, spelled = text.partition("\n---\n")
    said = _data(tree_of(above, path.name)[0])
    earned = {
        name: {start: Decimal(sum_.replace("_", "")) for start, sum_ in windows.items()}
        for name, windows in said["earned"].items()
    }
    return Shown(
        name=path.stem,
        title=Text(**said["title"]),
        rule=said["rule"],
        spelled=spelled,
        sold=tuple(said["sold"]),
        facts={table: tuple(rows) for table, rows in said.get("facts", {}).items()},
        on=day(said["on"]),
        earned=earned,
    )


def _data(node: Node | None) -> Any:
    match node:
        case Items(of=items):
            return [_data(item) for item in items]
        case Entries(of=entries):
            return {key.text: _data(value) for key, value in entries}
        case None:
            raise AssertionError("the case cannot be read")
        case _:
            return node.text
