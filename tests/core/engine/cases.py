"""Small programmes and worlds for the tests of what a calculation leads to."""

from datetime import date
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculate
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.results import Results
from staffel.core.ledger import Store, load
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from tests.core.ledger.market import AT, header, line, made_store, took
from tests.laws.facts import Ledger

Q1, Q2 = Span(date(2026, 1, 1), date(2026, 4, 1)), Span(date(2026, 4, 1), date(2026, 7, 1))
Q3, Q4 = Span(date(2026, 7, 1), date(2026, 10, 1)), Span(date(2026, 10, 1), date(2027, 1, 1))
YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))

_HEAD = """\
programme: p
vendor: v
title: {en: Case, de: Fall}
version: "1"
valid: {from: 2026-01-01, to: 2026-12-31}
currency: EUR
calendar: {settle: quarter}
close: {reports_within: 10 days, settle_after: 20 days}
measures:
  revenue: {title: {en: Revenue, de: Umsatz}, sum: net, of: sell_out}
  boxes: {title: {en: Boxes, de: Kartons}, sum: quantity, of: sell_out}
  engineers: {title: {en: Engineers, de: Techniker}, count: person, of: certifications, certification: [pro]}
"""
LEVELS = """\
levels:
  - {level: basic, title: {en: Basic, de: Basis}}
  - level: select
    title: {en: Select, de: Select}
    requires: [{measure: revenue, over: year to date, at_least: 1_000}]
  - level: premier
    title: {en: Premier, de: Premier}
    requires: [{measure: revenue, over: year to date, at_least: 5_000}, {measure: engineers, at_least: 1}]
"""
AT_ONCE = LEVELS + "review: {promote: at once, demote: each quarter, grace: 1 quarter}\n"
QUARTERLY = LEVELS + "review: {promote: each quarter, demote: each quarter}\n"


def incentive(name: str, body: str) -> str:
    """An incentive of a programme, in block form."""
    title = f"title: {{en: {name.title()}, de: {name.title()}}}"
    return f"  - incentive: {name}\n    {title}\n" + indent(dedent(body).strip("\n"), "    ") + "\n"


def bonus(rest: str) -> str:
    """A quarterly bonus on the revenue."""
    return incentive("bonus", "base: revenue\nper: quarter\n" + dedent(rest).strip("\n"))


TWO_PERCENT = incentive("bonus", "base: revenue\nper: quarter\nrate: 2 %")


def programme(*incentives: str, levels: str = "", head: dict[str, str] | None = None) -> Programme:
    """A programme of these incentives. head: what stands instead of keys of the head."""
    top = _HEAD
    for key, value in (head or {}).items():
        (line,) = [one for one in _HEAD.splitlines() if one.startswith(f"{key}:")]
        top = top.replace(line, f"{key}: {value}")
    body = "".join(incentives) or TWO_PERCENT
    reading = read_programme(f"{top}{levels}incentives:\n{body}stacking: added\n", file="case.yaml")
    assert reading.programme is not None, [finding.say() for finding in reading.findings]
    return reading.programme


def world(*partners: str) -> Ledger:
    """A ledger with these partners, enrolled long ago, and a product."""
    ledger = Ledger()
    ledger.product("box", "server")
    for partner in partners:
        ledger.enrolled(partner)
    return ledger


def memory(folder: Path, ledger: Ledger, name: str = "s-1") -> MemoryFacts:
    """The facts of a ledger, as files."""
    at = folder / f"{name}-{len(list(folder.iterdir()))}"
    at.mkdir()
    return MemoryFacts.of(at, ledger.tables, name)


def settled(programme_: Programme, folder: Path, ledger: Ledger, window: Span = Q1) -> Results:
    """The settlement of a window."""
    return calculate(programme_, memory(folder, ledger), day=window.last_day, closing=window)


def aurora() -> Programme:
    """The programme of the examples."""
    file = Path(__file__).parents[3] / "examples" / "programmes" / "aurora.yaml"
    found = read_programme(file, file=file.name).programme
    assert found is not None
    return found


def aurora_store(folder: Path) -> Store:
    """A store in which Kern takes part in Aurora, has an engineer, and bought servers for 30,000 in March."""
    store = made_store(folder)
    since = {"holds_from": "2020-01-01"}
    product = {"product_id": "s", "vendor_id": "aurora-networks", "number": "S1", "family": "server"}
    certificate = {"partner_id": "kern", "certification": "server-pro", "person_id": "one"}
    for table, row in (
        ("enrolments", {"programme": "aurora", "partner_id": "kern"}),
        ("certifications", certificate | {"holds_until": "2026-07-01"}),
        ("products", product),
    ):
        assert load(store, table, [since | row], at=AT).written == 1
    took(store, [line(1, "30000.00", product_vendor_number="S1")], header(vendor_id="aurora-networks"))
    return store


def take_in(ledger: Ledger, rows: dict[str, list[dict[str, Any]]]) -> None:
    """What a close or a review gave becomes facts, in one commit."""
    ledger.commit()
    for table, of in rows.items():
        for row in of:
            ledger.add(table, row)
