"""What a report says of itself as a whole: number, period, day of issue, distributor, vendor.

A fact stands in the mapping, in a column of which all lines agree, or in a title, a name or a last line,
where a pattern with one group finds it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from staffel.core.calendar import Span
from staffel.core.findings import Finding, Place
from staffel.core.readers.dates import read_date
from staffel.core.readers.mapping import FACT_COLUMN, Fact, FactFrom, FactSource, Mapping
from staffel.core.readers.periods import read_period
from staffel.core.readers.refusals import CellRefused, find


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The texts in which facts are searched. columns: of each fact by column, the values of all lines."""

    file_name: str
    sheet_name: str = ""
    titles: tuple[str, ...] = ()
    last_lines: tuple[str, ...] = ()
    columns: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts as found; None where the mapping names no source or the source is silent."""

    texts: dict[Fact, str]
    period: Span | None
    issued: date | None
    findings: tuple[Finding, ...]


def find_facts(mapping: Mapping, around: Surroundings, place: Place) -> Facts:
    """All facts that the mapping knows a source of."""
    texts: dict[Fact, str] = {}
    findings = []
    for fact, source in mapping.facts.items():
        values = _values(fact, source, around)
        if len(values) == 1:
            texts[fact] = values.pop()
        else:
            code = "fact-varies" if values else "fact-missing"
            findings.append(find(code, place, value=fact))
    period = read_period(texts.get(Fact.PERIOD, ""), mapping.dates)
    if Fact.PERIOD in texts and period is None:
        findings.append(find("period-unreadable", place, value=texts[Fact.PERIOD]))
    issued = _day(texts.get(Fact.ISSUED), mapping)
    return Facts(texts=texts, period=period, issued=issued, findings=tuple(findings))


def _values(fact: Fact, source: FactSource, around: Surroundings) -> set[str]:
    match source.found_in:
        case FactFrom.FIXED:
            return {source.value}
        case FactFrom.COLUMN:
            return set(around.columns.get(f"{FACT_COLUMN}{fact}", frozenset()))
        case FactFrom.TITLE:
            return _first_match(source.value, around.titles)
        case FactFrom.SHEET_NAME:
            return _first_match(source.value, [around.sheet_name])
        case FactFrom.FILE_NAME:
            return _first_match(source.value, [around.file_name])
        case FactFrom.LAST_LINES:
            return _first_match(source.value, reversed(around.last_lines))


def _first_match(pattern: str, texts: Iterable[str]) -> set[str]:
    for text in texts:
        match = re.search(pattern, text)
        if match is not None:
            return {(match[1] if match.re.groups else match[0]).strip()}
    return set()


def _day(text: str | None, mapping: Mapping) -> date | None:
    try:
        return read_date(text or "", mapping.dates)
    except CellRefused:
        return None
