"""Heron: the smallest programme around one spelling, so that a table of cases shows the spelling alone."""

from staffel.core.programme import read_programme
from staffel.core.programme.model import Condition, Filter, Incentive, Measure, Programme

TOP = """\
programme: heron
vendor: heron-tools
version: "1"
valid: {from: 2026-01-01, to: 2026-12-31}
currency: EUR
"""
AROUND = """\
products: {boxes: {family: [server, storage]}, paper: {line: consumables}}
measures:
  revenue: {sum: net, of: sell_out, accept: measure-unused}
  pieces: {sum: quantity, of: sell_out, accept: measure-unused}
  people: {count: person, of: certifications, accept: measure-unused}
  customers: {count: end_customer, of: sell_out, accept: measure-unused}
  growth: {growth_of: revenue, against: quarter before, accept: measure-unused}
"""
LEVELS = """\
levels:
  - level: member
  - level: silver
    requires: [{measure: revenue, over: last 4 quarters, at_least: 10_000}]
  - level: gold
    requires: [{measure: revenue, over: last 4 quarters, at_least: 50_000}]
"""
FILE = "heron.yaml"


def found(text: str) -> list[str]:
    """The codes of what is found, errors and warnings, in their order."""
    return [
        finding.code for finding in read_programme(text, file=FILE).findings if finding.severity != "note"
    ]


def places(text: str) -> list[str]:
    """Code, line and column of what is found."""
    findings = read_programme(text, file=FILE).findings
    return [f"{one.code} {one.places[0].line}:{one.places[0].column}" for one in findings]


def whole(text: str) -> Programme:
    """The programme of a text that has no error."""
    reading = read_programme(text, file=FILE)
    assert reading.programme is not None, [finding.say() for finding in reading.findings]
    return reading.programme


def with_incentive(*lines: str) -> str:
    """A text with one incentive of these lines, beside what incentives name."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"{TOP}{AROUND}{LEVELS}incentives:\n  - incentive: bonus\n{body}"


def incentive(*lines: str) -> Incentive:
    """The incentive of these lines."""
    return whole(with_incentive(*lines)).incentive("bonus")


def bonus(*lines: str) -> Incentive:
    """The same, on the revenue of a quarter."""
    return incentive("base: revenue", "per: quarter", *lines)


def with_measure(text: str) -> str:
    """A text with one measure beside the others."""
    return f"{TOP}{AROUND}  this: {text}\n"


def measure(text: str) -> Measure:
    """The measure of this spelling."""
    return whole(with_measure(text)).measure("this")


def with_requirement(text: str) -> str:
    """A text with a level that asks for this."""
    return f"{TOP}{AROUND}levels:\n  - level: member\n  - level: silver\n    requires: {text}\n"


def requirements(text: str) -> tuple[Condition, ...]:
    """What a level asks, in core forms."""
    ladder = whole(with_requirement(text)).ladder
    assert ladder is not None
    return ladder.levels[1].paths[0].requirements


def where(text: str) -> Filter:
    """The filter of this spelling."""
    taken = measure(f"{{sum: net, of: sell_out, {text}}}")
    return getattr(taken, "where")  # noqa: B009 - only a Take has one
