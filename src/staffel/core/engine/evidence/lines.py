"""The lines behind figures: each row once, with the day, the amount and the reason that the plan gave it.

What evidence asks of a source's lines is collected first, then read with one statement per source. Whether a
row counts is
the plan's own expression (`CellTable.reason`), put to the line instead of the cell; nothing is decided here
a second time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import assert_never

import duckdb
from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.evidence.node import Owners
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cells import CellTable
from staffel.core.engine.plan.cores import Core, code_of, reads_window
from staffel.core.engine.plan.lines import SHOWN, LineTable
from staffel.core.programme.model import Different, Filter, Lines, SumOf, Who
from staffel.core.sources import TABLES

Expr = exp.Expr
ONE, NONE = Decimal(1), Decimal(0)
_OWN = ("subject", *SHOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line. main_day: its main date; returns: the line that it takes back; owners: whose it is."""

    source: str
    subject: str
    line_id: str
    revision: int
    is_reversal: bool
    kind: str
    product_id: str
    commit_no: int
    main_day: date
    returns: str | None
    owners: Owners


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A row as one Take sees it. code: 0, or the place of its reason in the closed list; day: the one that
    picks its window.

    amount: what it brings, where it counts; flags: whether each filter that cuts holds; key: of a cap or a
    count of keys; taken_back: what it brought before it was taken back, none where it stands; outsider: it is
    left out for its partner belongs to no group that is asked.
    """

    row: Row
    code: int
    day: date | None
    amount: Decimal
    flags: tuple[bool, ...] = ()
    key: str | None = None
    taken_back: Decimal | None = None
    outsider: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a Take asks: its core over days, for whom, cut by row filters and by a key."""

    core: Core
    cells: CellTable
    who: Who
    span: Span
    cut_by: tuple[Filter, ...] = ()
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSheet:
    """Lines asked of the sources, for one subject.

    group: whether the subject itself is an alliance; also: a partner whose rows are read in any case;
    line: one that is read whatever its day.
    """

    subject: str
    group: bool
    also: str | None = None
    line: str | None = None
    asked: list[Asked] = field(default_factory=list)
    _rows: dict[str, list[tuple[Row, tuple[object, ...]]]] = field(default_factory=dict)
    _columns: dict[str, dict[str, Expr]] = field(default_factory=dict)

    def ask(self, asked: Asked) -> None:
        """Makes room for it in the reading."""
        self.asked.append(asked)

    def read(self, db: duckdb.DuckDBPyConnection, alliance: str | None) -> None:
        """Reads every source once. alliance: whose rows a group's figure is made of, on the day asked."""
        for source in sorted({one.core.source for one in self.asked}):
            mine = [one for one in self.asked if one.core.source == source]
            self._read(db, source, mine, self.subject if self.group else alliance)

    def rows(self, asked: Asked) -> list[Counted]:
        """The rows whose day lies in the span asked, by day and line; those without a day by their main
        date.
        """
        return [one for one in self._seen(asked) if _day_of(one) in asked.span]

    def beside(self, asked: Asked) -> list[Counted]:
        """The rows that were read, but lie in other days than those asked."""
        return [one for one in self._seen(asked) if _day_of(one) not in asked.span]

    def _seen(self, asked: Asked) -> list[Counted]:
        """All rows that were read, as a Take sees them."""
        places = {name: at for at, name in enumerate(self._columns[asked.core.source])}
        day, code = places[f"day_{_basis(asked)}"], places[_code(asked)]
        grouped = self._of_group(asked)
        flags = [places[_flag(asked, where)] for where in asked.cut_by]
        key = places[f"k_{asked.key}"] if asked.key else None
        amount = _amount(asked, places)
        found = []
        for row, values in self._rows[asked.core.source]:
            if not grouped and row.subject != self.subject:
                continue
            reason, outsider = int(str(values[code])), False
            if grouped and not values[places[f"member_{_basis(asked)}"]]:
                no_member = code_of("not-enrolled")
                outsider = not reason or reason > no_member
                reason = no_member if outsider else reason
            counted = Counted(
                row=row,
                code=reason,
                day=_day(values[day]),
                amount=amount(values),
                flags=tuple(bool(values[at]) for at in flags),
                key=None if key is None or values[key] is None else str(values[key]),
                outsider=outsider,
            )
            found.append(counted)
        return sorted(found, key=_order)

    def undone(self, line_id: str) -> tuple[str, ...]:
        """The returns that name a line."""
        rows = [row for rows in self._rows.values() for row, _ in rows]
        return tuple(sorted({row.line_id for row in rows if row.returns == line_id and not row.is_reversal}))

    def _of_group(self, asked: Asked) -> bool:
        return self.group or asked.who is Who.ALLIANCE

    # ------------------------------------------------------------------ reading

    def _read(
        self, db: duckdb.DuckDBPyConnection, source: str, mine: Sequence[Asked], group: str | None
    ) -> None:
        table = mine[0].cells.lines
        columns: dict[str, Expr] = {}
        joins: dict[str, exp.Join] = {}
        for asked in mine:
            _add_columns(asked, columns, joins)
            if self._of_group(asked):
                columns[f"member_{_basis(asked)}"] = _is_member(group, _basis(asked))
        main = TABLES[source].main_date
        own = {name: sql.column(f"l.{name}") for name in _OWN} | {"main_day": sql.column(f"l.{main}")}
        query = sql.select(
            own | columns,
            sql.table(table.name, "l"),
            joins=list(joins.values()),
            where=sql.both(self._subjects(mine, group), self._in_days(mine, table)),
        )
        self._columns[source] = columns
        rows = db.execute(query.sql("duckdb")).fetchall()
        owners: dict[tuple[object, ...], Owners] = {}
        self._rows[source] = [(_row(source, row, owners), row[len(own) :]) for row in rows]

    def _in_days(self, mine: Sequence[Asked], table: LineTable) -> Expr:
        days = _in_days(mine, table)
        return (
            days
            if self.line is None
            else sql.either(days, sql.eq(sql.column("l.line_id"), sql.text(self.line)))
        )

    def _subjects(self, mine: Sequence[Asked], group: str | None) -> Expr:
        alone = [None if self.group else self.subject, self.also]
        tests = [sql.eq(sql.column("l.subject"), sql.text(one)) for one in alone if one is not None]
        if group is not None and any(self._of_group(asked) for asked in mine):
            members = sql.select(
                {"subject": sql.column("m.subject")},
                sql.table("members", "m"),
                where=sql.eq(sql.column("m.grp"), sql.text(group)),
            )
            tests.append(exp.In(this=sql.column("l.subject"), query=exp.Subquery(this=members)))
        return sql.either(*tests)


def counts(code: int) -> bool:
    """Whether a row counts."""
    return code == 0


def first_of_keys(rows: Sequence[Counted]) -> list[Counted]:
    """Of the rows of each key the first by day and line: the one that stands for it (rule 11)."""
    seen: set[str | None] = set()
    found = []
    for row in rows:
        if row.code == 0 and row.key not in seen:
            seen.add(row.key)
            found.append(row)
    return found


def _day_of(one: Counted) -> date:
    return one.day or one.row.main_day


def _order(one: Counted) -> tuple[date, str, int]:
    return (_day_of(one), one.row.line_id, one.row.revision)


def _row(source: str, row: tuple[object, ...], known: dict[tuple[object, ...], Owners]) -> Row:
    subject, line_id, revision, reverses, distributor, vendor, customer = row[:7]
    product, kind, returns, commit, main = row[7:12]
    whose = (subject, distributor, vendor, customer)
    if whose not in known:
        known[whose] = Owners(
            partner=_set(subject),
            distributor=_set(distributor),
            vendor=_set(vendor),
            end_customer=_set(customer),
        )
    assert isinstance(main, date)
    return Row(
        source=source,
        subject=str(subject),
        line_id=str(line_id),
        revision=int(str(revision)),
        is_reversal=reverses is not None,
        kind=str(kind),
        product_id=str(product),
        commit_no=int(str(commit)),
        main_day=main,
        returns=None if returns is None else str(returns),
        owners=known[whose],
    )


def _set(value: object) -> frozenset[str]:
    return frozenset() if value is None else frozenset((str(value),))


# ------------------------------------------------------------------------------------------- columns


def _basis(asked: Asked) -> int:
    return asked.cells.lines.basis(asked.core.basis)


def _code(asked: Asked) -> str:
    """One column for each core; Takes with one core share it."""
    return f"code {asked.core!r}{asked.span if asked.core.by_window else ''}"


def _flag(asked: Asked, where: Filter) -> str:
    return f"flag {where!r} {asked.core.basis!r}{asked.span if reads_window(where) else ''}"


def _add_columns(asked: Asked, columns: dict[str, Expr], joins: dict[str, exp.Join]) -> None:
    number, core = _basis(asked), asked.core
    asked_of_lines = {_code(asked): asked.cells.reason(core, asked.span)}
    asked_of_lines |= {
        _flag(asked, where): asked.cells.holds(where, asking=asked.span) for where in asked.cut_by
    }
    for name, value in asked_of_lines.items():
        if name not in columns:
            columns[name] = _on_line(value, asked.cells.key, number)
            if any(one.name == f"level_{number}" for one in columns[name].find_all(exp.Column)):
                columns[name] = _leveled(columns[name], number)
                joins[f"v{number}"] = _levels(number)
    columns[f"day_{number}"] = sql.column(f"l.day_{number}")
    columns[f"own_{number}"] = sql.column(f"l.own_{number}")
    if isinstance(core.aggregate, SumOf):
        columns[f"a_{core.aggregate.column}"] = sql.column(f"l.a_{core.aggregate.column}")
    if asked.key:
        columns[f"k_{asked.key}"] = sql.column(f"l.k_{asked.key}")


def _on_line(value: Expr, key: str | None, basis: int) -> Expr:
    """An expression over cells c, put to lines l."""

    def moved(node: Expr) -> Expr:
        if isinstance(node, exp.Column):
            names = {"key": f"k_{key}", "level": f"level_{basis}"}
            return sql.column(f"l.{names.get(node.name, node.name)}")
        return node

    return value.copy().transform(moved)


def _leveled(value: Expr, basis: int) -> Expr:
    def moved(node: Expr) -> Expr:
        if isinstance(node, exp.Column) and node.name == f"level_{basis}":
            return sql.column(f"v{basis}.level")
        return node

    return value.transform(moved)


def _levels(basis: int) -> exp.Join:
    alias = f"v{basis}"
    on = sql.both(
        sql.eq(sql.column(f"{alias}.subject"), sql.column("l.subject")),
        sql.within(sql.column(f"l.day_{basis}"), sql.column(f"{alias}.start"), sql.column(f"{alias}.until")),
    )
    return sql.join(sql.table("levels", alias), on, side="LEFT")


def _is_member(group: str | None, basis: int) -> Expr:
    """Whether the row's partner belonged to the group on the row's day."""
    if group is None:
        return sql.FALSE
    day = sql.column(f"l.day_{basis}")
    on = sql.both(
        sql.eq(sql.column("m.grp"), sql.text(group)),
        sql.eq(sql.column("m.subject"), sql.column("l.subject")),
        sql.within(day, sql.column("m.start"), sql.column("m.until")),
    )
    return exp.Exists(this=sql.select({"one": sql.whole(1)}, sql.table("members", "m"), where=on))


def _in_days(mine: Sequence[Asked], table: LineTable) -> Expr:
    """Days that anything asks; rows without a day are looked for by their main date."""
    start, until = min(one.span.start for one in mine), max(one.span.until for one in mine)
    main = sql.column(f"l.{TABLES[table.source].main_date}")
    days = [
        sql.coalesce(sql.column(f"l.day_{n}"), main.copy()) for n in sorted({_basis(one) for one in mine})
    ]
    return sql.either(*(sql.within(day, sql.day(start), sql.day(until)) for day in days))


def _amount(asked: Asked, places: dict[str, int]) -> Callable[[tuple[object, ...]], Decimal]:
    """What a row brings to a core, where it counts."""
    match asked.core.aggregate:
        case SumOf(column=column):
            at = places[f"a_{column}"]
            return lambda values: _figure(values[at])
        case Lines():
            own = places[f"own_{_basis(asked)}"]
            return lambda values: ONE if values[own] else NONE
        case Different():
            return lambda values: ONE
        case _:
            assert_never(asked.core.aggregate)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _figure(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else NONE
