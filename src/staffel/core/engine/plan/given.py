"""Given figures: what others' lines add to a group's figures, where only one member's lines are at hand.

`language.md`, section 4: a kit takes what rests on others' lines as a given figure. A figure of an alliance
is then the part of the lines at hand and the given rest, added; so a changed line still moves the group's
figure. An entry is one rest. By kind:

| kind | of | column | what it adds |
|---|---|---|---|
| point | a panel | | nothing: a day on which a line of others moves a figure; with the day of enrolment |
| figure | a panel | a column of it | to that column |
| cut | an incentive | T or F for each row filter | to the base of that cut |
| part | an incentive | base, parts, parts_expected | to what is left after caps by key |
| weight | an incentive | a member, or `OTHERS` for all others | to the weights; none: it has no share |
| coin | an incentive | coins, coins_expected | to the member's share: the odd coin |

A plan numbers its asks and columns by programme, background and day alone; days of the whole state that move
such a number are given too, as days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlglot import exp

from staffel.core.engine.background import Background
from staffel.core.engine.plan import tree as sql
from staffel.core.money import AMOUNT, MONEY, DecimalType

Expr = exp.Expr
OTHERS = "~others"
WEIGHT = DecimalType(20, 4)
KINDS = ("point", "figure", "cut", "part", "weight", "coin")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """What one rest is of. of: the panel or the incentive; ask: the number of the question."""

    kind: str
    of: str
    subject: str
    ask: int
    column: str = ""


Rest = Decimal | date | None
Entries = Mapping[Entry, Rest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The rests, and the days that number a plan's asks."""

    entries: Entries = field(default_factory=dict)
    first_enrolment: date | None = None
    decision_days: tuple[date, ...] = ()
    fall_days: tuple[date, ...] = ()
    merge_days: tuple[date, ...] = ()

    def with_days(self, known: Background) -> Background:
        """What is known of the facts at hand, with the days of the whole."""
        return replace(
            known,
            decision_days=self.decision_days,
            fall_days=self.fall_days,
            merge_days=self.merge_days,
            first_enrolment=self.first_enrolment,
        )

    def also(self, more: Entries) -> "Given":
        """More rests, added to those for the same."""
        found = dict(self.entries)
        for entry, rest in more.items():
            known = found.get(entry)
            found[entry] = known + rest if isinstance(known, Decimal) and isinstance(rest, Decimal) else rest
        return replace(self, entries=found)

    def rows(self, kind: str, of: str) -> dict[tuple[str, int], dict[str, Rest]]:
        """The rests of one kind, by subject and ask, then by column."""
        found: dict[tuple[str, int], dict[str, Rest]] = {}
        for entry in sorted(self.entries):
            if (entry.kind, entry.of) == (kind, of):
                found.setdefault((entry.subject, entry.ask), {})[entry.column] = self.entries[entry]
        return found

    # ------------------------------------------------------------------ in a plan

    def with_points(self, panel: str, points: exp.Query) -> exp.Query:
        """The points of a panel (subject, ask, enrolled_from) and the given ones."""
        rows = [(*key, of[""]) for key, of in self.rows("point", panel).items()]
        if not rows:
            return points
        types = {"subject": "VARCHAR", "ask": "INTEGER", "enrolled_from": "DATE"}
        both = sql.union([points, sql.values("given", types, rows)])
        return sql.select(
            {one: sql.column(f"u.{one}") for one in types}, sql.subquery(both, "u"), distinct=True
        )

    def columns(self, kind: str, of: str, type_: DecimalType) -> tuple[list[str], exp.Query] | None:
        """A table of subject, ask and a column for each that has a rest; none where there is none."""
        rows = self.rows(kind, of)
        names = sorted({name for row in rows.values() for name in row})
        if not names:
            return None
        types = {"subject": "VARCHAR", "ask": "INTEGER"} | dict.fromkeys(names, str(type_))
        return names, sql.values("rests", types, [(*key, *map(row.get, names)) for key, row in rows.items()])

    def with_cuts(self, incentive: str, cuts: exp.Query, filters: int) -> exp.Query:
        """The cuts of a base, the given ones added."""
        rows = [
            (*key, None, *(one == "T" for one in column), base)
            for key, row in self.rows("cut", incentive).items()
            for column, base in row.items()
        ]
        if not rows:
            return cuts
        flags = [f"x{number}" for number in range(filters)]
        types = {"subject": "VARCHAR", "ask": "INTEGER", "key": "VARCHAR"} | dict.fromkeys(flags, "BOOLEAN")
        return _summed(cuts, types, "base", MONEY, rows)

    def with_weights(self, incentive: str, weights: exp.Query) -> exp.Query:
        """The weights of a group's members at hand, and of the others as one; without a member that has no
        share, because others belonged to the group longer.
        """
        known = self.rows("weight", incentive).items()
        rows = [(*key, member, weight) for key, row in known for member, weight in row.items()]
        types = {"subject": "VARCHAR", "ask": "INTEGER", "member": "VARCHAR"}
        shared = [row for row in rows if row[-1] is not None]
        found = _summed(weights, types, "weight", WEIGHT, shared) if shared else weights
        gone = [row[:-1] for row in rows if row[-1] is None]
        return _without(found, types, gone) if gone else found


def _summed(
    known: exp.Query,
    keys: Mapping[str, str],
    figure: str,
    type_: DecimalType,
    rows: Sequence[tuple[object, ...]],
) -> exp.Query:
    """Both tables as one, what has the same keys summed."""
    both = sql.union([known, sql.values("given", {**keys, figure: str(type_)}, rows)])
    columns = {one: sql.column(f"u.{one}") for one in keys}
    group = [one.copy() for one in columns.values()]
    columns[figure] = sql.total(sql.column(f"u.{figure}"), type_)
    return sql.select(columns, sql.subquery(both, "u"), group=group)


def _without(known: exp.Query, types: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> exp.Query:
    """A table without the rows of these keys."""
    same = (sql.eq(sql.column(f"g.{one}"), sql.column(f"u.{one}")) for one in types)
    gone = sql.subquery(sql.values("given", types, rows), "g")
    every: Expr = exp.Column(this=exp.Star(), table=exp.to_identifier("u"))
    query = sql.select(
        {},
        sql.subquery(known, "u"),
        joins=[sql.join(gone, sql.both(*same), side="LEFT")],
        where=sql.is_null(sql.column("g.subject")),
    )
    query.set("expressions", [every])
    return query


def joined(rests: exp.Query, of: str) -> exp.Join:
    """The rests beside a table that has subject and ask. of: its alias."""
    same = (sql.eq(sql.column(f"given.{one}"), sql.column(f"{of}.{one}")) for one in ("subject", "ask"))
    return sql.join(sql.subquery(rests, "given"), sql.both(*same), side="LEFT")


def added(value: Expr, name: str, type_: DecimalType = AMOUNT) -> Expr:
    """A figure, none as 0, and its rest."""
    zero = sql.figure(Decimal(0), type_)
    return sql.plus(
        sql.coalesce(value, zero), sql.coalesce(sql.column(f"given.{name}"), zero.copy()), type_=type_
    )
