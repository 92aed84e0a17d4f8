"""The result *change*: what moved between two states, or two days, and the reports and facts that moved it.

Both sides are computed; what differs is told per partner: its level, each entitlement (incentive ×
window), each figure of a requirement. Causes are the rows of that partner (or of whoever became part of
it) that one side knows and the other does not: between two states by the commit that brought them,
between two days by the day on which they begin to count.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.duckdb import first_row
from staffel.core.engine.facts import Facts
from staffel.core.engine.results import Results
from staffel.core.ledger import State
from staffel.core.money import quotient
from staffel.core.programme.model import Programme
from staffel.core.sources import LINE_TABLES, TABLES

# Tables whose rows are a partner's, and so may be the cause of what moved for it.
_OF_PARTNERS = (
    "certifications",
    "consents",
    "deals",
    "decisions",
    "enrolments",
    "memberships",
    "openings",
    "partners",
    "targets",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two questions: a state and a day."""

    facts: Facts
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSum:
    """An entitlement that moved; none: there was no such window on that side."""

    incentive: str
    window: Span
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more it is."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedFigure:
    """A requirement's figure that moved, a share divided. leaf: the test within requirement `number`."""

    level: str
    path: str
    number: int
    leaf: int
    before: Decimal | None
    after: Decimal | None
    held: bool
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCause:
    """Lines of one report in one commit. net: their sum by currency, as reported."""

    table: str
    report_id: str
    commit_no: int
    lines: int
    net: Mapping[str, Decimal]
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCause:
    """A row of a table of facts. key: what it is about; withdrawn: it ends an earlier one."""

    table: str
    key: tuple[str, ...]
    commit_no: int
    holds_from: date
    holds_until: date | None
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What moved for one partner. levels: none where it had none on a side."""

    partner_id: str
    level_before: str | None
    level_after: str | None
    sums: tuple[MovedSum, ...]
    figures: tuple[MovedFigure, ...]
    reports: tuple[ReportCause, ...]
    facts: tuple[FactCause, ...]

    @property
    def moved(self) -> bool:
        """Whether anything moved at all."""
        return self.level_before != self.level_after or bool(self.sums or self.figures)


def changes(
    programme: Programme, before: Side, after: Side, *, partners: Collection[str] | None = None
) -> tuple[Change, ...]:
    """What moved, by partner; those for whom nothing did are left out."""
    with calculation(programme, before.facts, day=before.day, partners=partners) as running:
        earlier = running.results.kept()
    with calculation(programme, after.facts, day=after.day, partners=partners) as running:
        made = list(_compared(earlier, running.results))
        causes = _Causes(running=running, after=after, test=_new_rows(running, before, after))
        return tuple(causes.added(one) for one in made if one.moved)


# ------------------------------------------------------------------------------ what moved


def _compared(before: Results, after: Results) -> Iterator[Change]:
    was, now = _by_partner(before), _by_partner(after)
    for partner in sorted({*was, *now}):
        old, new = was.get(partner, _NOTHING), now.get(partner, _NOTHING)
        yield Change(
            partner_id=partner,
            level_before=old.level,
            level_after=new.level,
            sums=tuple(_sums(old, new)),
            figures=tuple(_figures(old, new)),
            reports=(),
            facts=(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """One partner's results on one side."""

    level: str | None
    sums: Mapping[tuple[str, Span], Decimal]
    figures: Mapping[tuple[str, str, int, int], tuple[Decimal | None, bool]]


_NOTHING = _Own(level=None, sums={}, figures={})


def _by_partner(results: Results) -> dict[str, _Own]:
    levels: dict[str, str] = {}
    sums: dict[str, dict[tuple[str, Span], Decimal]] = {}
    figures: dict[str, dict[tuple[str, str, int, int], Any]] = {}
    for row in _rows(results, "standing"):
        levels[row["partner_id"]] = row["level"]
    for row in _rows(results, "entitled"):
        mine = sums.setdefault(row["partner_id"], {})
        key = (row["incentive"], Span(row["window_start"], row["window_until"]))
        mine[key] = mine.get(key, Decimal(0)) + row["coins"]
    for row in _rows(results, "requirements"):
        key_ = (row["level"], row["path"], row["number"], row["leaf"])
        figures.setdefault(row["partner_id"], {})[key_] = (_divided(row), row["leaf_holds"])
    return {
        partner: _Own(level=levels.get(partner), sums=sums.get(partner, {}), figures=figures.get(partner, {}))
        for partner in {*levels, *sums, *figures}
    }


def _rows(results: Results, table: str) -> list[dict[str, Any]]:
    return results.rows(table) if table in results.tables else []


def _divided(row: dict[str, Any]) -> Decimal | None:
    actual: Decimal | None = row["actual"]
    whole: Decimal | None = row["whole"]
    if actual is None or whole is None:
        return actual
    return quotient(actual, whole) if whole > 0 else None


def _sums(old: _Own, new: _Own) -> Iterator[MovedSum]:
    for key in sorted({*old.sums, *new.sums}):
        before, after = old.sums.get(key), new.sums.get(key)
        if (before or 0) != (after or 0):
            yield MovedSum(incentive=key[0], window=key[1], before=before, after=after)


def _figures(old: _Own, new: _Own) -> Iterator[MovedFigure]:
    for key in sorted({*old.figures, *new.figures}):
        was, now = (own.figures.get(key, (None, False)) for own in (old, new))
        if was != now:
            level, path, number, leaf = key
            yield MovedFigure(
                level=level,
                path=path,
                number=number,
                leaf=leaf,
                before=was[0],
                after=now[0],
                held=was[1],
                holds=now[1],
            )


# ------------------------------------------------------------------------------ what moved it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """What tells a row that one side knows alone, as SQL: of lines, of facts, of facts that are nobody's."""

    lines: str
    facts: str
    common: str


def _new_rows(running: Running, before: Side, after: Side) -> _Test:
    """By commit where the states differ, by day where the days do."""
    of_lines, of_facts, common = [], [], "false"
    if before.facts.state_id != after.facts.state_id:
        common = f"commit_no > {_last_commit(running, before.facts)}"
        of_lines.append(common)
        of_facts.append(common)
    if before.day != after.day:
        first, last = sorted((before.day, after.day))
        days = f"> date '{first}' and {{0}} <= date '{last}'"
        of_lines.append("sold_on " + days.format("sold_on"))
        of_facts += [f"{one} {days.format(one)}" for one in ("holds_from", "holds_until")]
    return _Test(lines=_any(of_lines), facts=_any(of_facts), common=common)


def _any(tests: list[str]) -> str:
    return " or ".join(f"({test})" for test in tests) or "false"


def _last_commit(running: Running, facts: Facts) -> int:
    """The last commit that a state knows."""
    if isinstance(facts, State):
        return facts.commit_no
    parts = [
        f"select max(commit_no) as n from {facts.relation(name)}"
        for name in TABLES
        if facts.has_any(name, "commit_no")
    ]
    found = (
        first_row(running.db.execute(f"select max(n) from ({' union all '.join(parts)})")) if parts else None
    )
    return int(found[0]) if found else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Causes:
    """Looks for what is new in the later facts. test: what is new."""

    running: Running
    after: Side
    test: _Test

    def added(self, change: Change) -> Change:
        """A change with its causes."""
        ids = self._ids(change.partner_id)
        facts = [one for table in _OF_PARTNERS for one in self._facts(table, ids)]
        facts += [*self._references(ids), *self._rates(), *self._products("products", ids)]
        facts += self._products("product_references", ids)
        reports = [one for table in LINE_TABLES for one in self._reports(table, ids)]
        return replace(change, reports=tuple(reports), facts=tuple(facts))

    def _ids(self, partner: str) -> list[str]:
        """The partner's id, and of those that became part of it."""
        query = "select partner_id from merged where subject = ? order by all"
        found = self.running.db.execute(query, [partner]).fetchall()
        return [partner, *(row[0] for row in found)]

    def _reports(self, table: str, ids: list[str]) -> list[ReportCause]:
        if table not in self.running.assembly.lines:
            return []
        query = f"""
            select report_id, commit_no, currency, count(*), sum(net), min(sold_on), max(sold_on)
            from {self.after.facts.relation(table)}
            where vendor_id = ? and partner_id in (select unnest(?)) and ({self.test.lines})
            group by all order by all"""
        given = [self.running.assembly.programme.vendor, ids]
        rows = self.running.db.execute(query, given).fetchall()
        found: dict[tuple[str, int], ReportCause] = {}
        for report, commit, currency, lines, net, first, last in rows:
            one = ReportCause(
                table=table,
                report_id=report,
                commit_no=commit,
                lines=lines,
                net={currency: net or Decimal(0)},
                first_day=first,
                last_day=last,
            )
            found[report, commit] = _joined(found[report, commit], one) if (report, commit) in found else one
        return list(found.values())

    def _facts(self, table: str, ids: list[str]) -> list[FactCause]:
        return self._rows(table, f"partner_id in (select unnest(?)) and ({self.test.facts})", [ids])

    def _references(self, ids: list[str]) -> list[FactCause]:
        """References that lead to the partner now, or led to it until they were corrected."""
        table = "partner_references"
        relation = self.after.facts.relation(table)
        theirs = f"select distributor_id, number from {relation} where partner_id in (select unnest(?))"
        return self._rows(table, f"(distributor_id, number) in ({theirs}) and {self.test.common}", [ids])

    def _rates(self) -> list[FactCause]:
        return self._rows("rates", self.test.common, [])

    def _products(self, table: str, ids: list[str]) -> list[FactCause]:
        """Rows about products that the partner bought, whether it is these products still or was."""
        mine = "where partner_id in (select unnest(?))"
        bought = [
            f"select product_id from {self.after.facts.relation(lines)} {mine}"
            for lines in sorted(self.running.assembly.lines)
            if lines in LINE_TABLES
        ]
        if not bought or self.test.common == "false":
            return []
        return self._rows(
            table,
            f"product_id in ({' union '.join(bought)}) and {self.test.common}",
            [ids] * len(bought),
        )

    def _rows(self, table: str, where: str, given: list[object]) -> list[FactCause]:
        if not self.after.facts.has_any(table, "commit_no"):
            return []
        spec = TABLES[table]
        until = "holds_until" if spec.shape == "term" else "null::date"
        if "programme" in spec.key:
            where, given = f"programme = ? and {where}", [self.running.assembly.programme.name, *given]
        where = where if spec.shape == "term" else where.replace("holds_until", "holds_from")
        query = f"""
            select {", ".join(spec.key)}, commit_no, holds_from, {until}, coalesce(withdrawn, false)
            from {self.after.facts.relation(table)} where {where} order by all"""
        return [_fact(table, row) for row in self.running.db.execute(query, given).fetchall()]


def _joined(one: ReportCause, other: ReportCause) -> ReportCause:
    return replace(
        one,
        lines=one.lines + other.lines,
        net={**one.net, **other.net},
        first_day=min(one.first_day, other.first_day),
        last_day=max(one.last_day, other.last_day),
    )


def _fact(table: str, row: tuple[Any, ...]) -> FactCause:
    *key, commit, since, until, withdrawn = row
    return FactCause(
        table=table,
        key=tuple("" if one is None else str(one) for one in key),
        commit_no=commit,
        holds_from=since,
        holds_until=until,
        withdrawn=withdrawn,
    )
