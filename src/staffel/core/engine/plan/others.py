"""Others: rows beside a row, of the same keys: what its end customer bought before, what else its order has.

`language.md`, 5.1. The rows of all partners are read once more, only where a filter asks. Of each question
there is a table of keys and days with the last day on which such a row was there before; where the answer
depends on a window, a table of keys with one bit for each day on which a window begins. Nothing of another's
row leaves these tables but days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sqlglot import exp

from staffel.core.calendar import Unit, add_months
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cores import Basis
from staffel.core.engine.plan.marks import leaves
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import DAY_BEFORE_ALL, All, Exists, Filter, Is, Length
from staffel.core.sources import TABLES

if TYPE_CHECKING:
    from staffel.core.engine.plan.lines import LineTable

Expr = exp.Expr
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}


@dataclass(slots=True)
class Others:
    """The questions that are put to the rows of a source beside a row. table: all partners' rows; starts: the
    first days of all windows that are asked.
    """

    table: "LineTable"
    asked: list[Exists] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)

    def number(self, asked: Exists) -> int:
        """The number of a question."""
        if asked not in self.asked:
            self.asked.append(asked)
        return self.asked.index(asked)

    @property
    def keys(self) -> set[str]:
        """Every key column that is asked."""
        return {key for one in self.asked for key in one.same}

    # ------------------------------------------------------------------ making

    def make(self, plan: Plan) -> None:
        """Adds all partners' rows, and a table for each question."""
        basis = Basis(date=TABLES[self.table.source].main_date)
        flags = [self.table.flag(self._of_vendor(one.where), basis) for one in self.asked]
        own = self.table.basis(basis)
        self.table.keys += [one for one in sorted(self.keys) if one not in self.table.keys]
        self.table.kept = len(self.asked) > 1
        self.table.make(plan)
        for number, one in enumerate(self.asked):
            rows = self._rows(one, flags[number], own)
            made = self._seen(one, rows) if one.by_window else _near(one, rows)
            plan.add(f"near_{self.table.source}_{number}", made, "what is known of others with the same keys")

    def _of_vendor(self, where: Filter) -> Filter:
        """Rows of the programme's own vendor, unless others' are asked."""
        if any(leaf.column == "vendor_id" for leaf in leaves(where)):
            return where
        if not any(leaf.column == "vendor_id" for one in self.asked for leaf in leaves(one.where)):
            return where
        own = Is(column="vendor_id", values=(self.table.programme.vendor,))
        return All(of=(where, own))

    def _rows(self, asked: Exists, flag: str, own: int) -> exp.Select:
        """Keys, day and whether such a row was there then: of sales of which something is left."""
        columns = {name: sql.column(f"o.{name}") for name in _keys(asked, "k_")}
        columns = {name.removeprefix("k_"): value for name, value in columns.items()}
        columns["day"] = sql.column(f"o.day_{own}")
        there = sql.both(sql.column(f"o.{flag}"), _stands(own))
        columns["there"] = sql.cast(exp.Max(this=sql.case([(there, sql.whole(1))], sql.whole(0))), "TINYINT")
        group = [value.copy() for name, value in columns.items() if name != "there"]
        present = [sql.present(sql.column(f"o.k_{key}")) for key in asked.same]
        return sql.select(columns, sql.table(self.table.name, "o"), where=sql.both(*present), group=group)

    def _seen(self, asked: Exists, rows: exp.Select) -> exp.Select:
        """Keys and the windows before which such a row was there: a bit for each day on which one begins."""
        values = [
            (at, back(start, asked.length), start, 1 << (at % sql.BITS))
            for at, start in enumerate(self.starts)
        ]
        types = {"at": "INTEGER", "since": "DATE", "start": "DATE", "bit": "BIGINT"}
        spans = sql.subquery(sql.values("given", types, values), "w")
        inside = sql.within(sql.column("o.day"), sql.column("w.since"), sql.column("w.start"))
        on = sql.both(sql.eq(sql.column("o.there"), sql.whole(1)), inside)
        columns = {name: sql.column(f"o.{name}") for name in _keys(asked)}
        group = [value.copy() for value in columns.values()]
        for part in range(self.parts):
            first, last = sql.whole(part * sql.BITS), sql.whole((part + 1) * sql.BITS)
            mine = sql.within(sql.column("w.at"), first, last)
            bits = sql.case([(mine, sql.column("w.bit"))], sql.whole(0))
            columns[f"mask_{part}"] = sql.cast(exp.BitwiseOrAgg(this=sql.cast(bits, "BIGINT")), "BIGINT")
        return sql.select(columns, sql.subquery(rows, "o"), joins=[sql.join(spans, on)], group=group)

    @property
    def parts(self) -> int:
        """Into how many whole numbers the bits of all windows go."""
        return max(1, -(-len(self.starts) // sql.BITS))

    # ------------------------------------------------------------------ asking a row

    def joins(self) -> list[exp.Join]:
        """What is known of others, to a dated row l."""
        found = []
        for number, one in enumerate(self.asked):
            same = [
                sql.eq(sql.column(f"x{number}.{key}"), sql.column(f"l.{_of_row(key)}")) for key in _keys(one)
            ]
            if not one.by_window:
                same.append(sql.eq(sql.column(f"x{number}.day"), sql.column("l.main_day")))
            table = sql.table(f"near_{self.table.source}_{number}", f"x{number}")
            found.append(sql.join(table, sql.both(*same), side="LEFT"))
        return found

    def holds(self, asked: Exists) -> Expr:
        """Whether a question that asks for no window holds for a dated row."""
        alias = f"x{self.number(asked)}"
        if asked.reach == "same_day":
            there = sql.coalesce(sql.eq(sql.column(f"{alias}.there"), sql.whole(1)), sql.FALSE)
        elif asked.length is None:
            there = sql.present(sql.column(f"{alias}.before"))
        else:
            since = sql.before(sql.column("l.main_day"), *in_months(asked.length))
            there = sql.coalesce(sql.ge(sql.column(f"{alias}.before"), since), sql.FALSE)
        return there if asked.some else sql.both(self._known(asked), sql.no(there))

    def masks(self) -> dict[str, Expr]:
        """Of questions that ask for the window: the bits of those for which they hold; a row's columns."""
        found: dict[str, Expr] = {}
        for number, one in enumerate(self.asked):
            for part in range(self.parts if one.by_window else 0):
                mask = sql.coalesce(sql.column(f"x{number}.mask_{part}"), sql.cast(sql.whole(0), "BIGINT"))
                if not one.some:
                    every = sql.cast(sql.whole((1 << sql.BITS) - 1), "BIGINT")
                    none = sql.cast(sql.whole(0), "BIGINT")
                    unlike = exp.BitwiseXor(this=mask, expression=every)
                    mask = sql.case([(self._known(one), unlike)], none)
                found[f"near_{number}_{part}"] = sql.cast(mask, "BIGINT")
        return found

    def in_window(self, asked: Exists, alias: str, start: Expr | date) -> Expr:
        """Whether a question holds for a cell or line in a window that begins on a day."""
        number = self.number(asked)
        if isinstance(start, date):
            at = self.starts.index(start)
            return sql.bit(sql.column(f"{alias}.near_{number}_{at // sql.BITS}"), at % sql.BITS)
        tests = []
        for part in range(self.parts):
            mine = self.starts[part * sql.BITS : (part + 1) * sql.BITS]
            rows = [
                (sql.eq(start.copy(), sql.day(one)), sql.bit(sql.column(f"{alias}.near_{number}_{part}"), at))
                for at, one in enumerate(mine)
            ]
            tests.append(sql.case(rows, sql.FALSE))
        return sql.either(*tests)

    def columns_of(self, asked: Iterable[Exists]) -> list[str]:
        """The columns of a row that questions which ask for the window read."""
        numbers = sorted({self.number(one) for one in asked})
        return [f"near_{number}_{part}" for number in numbers for part in range(self.parts)]

    def _known(self, asked: Exists) -> Expr:
        return sql.both(*(sql.present(sql.column(f"l.{_of_row(key)}")) for key in asked.same))


def back(day: date, length: Length | None) -> date:
    """The first day of a reach that ends before a day; none: as far as days go."""
    if length is None:
        return DAY_BEFORE_ALL
    count, unit = in_months(length)
    if unit == "MONTH":
        return add_months(day, -count)
    return date.fromordinal(day.toordinal() - count)


def in_months(length: Length) -> tuple[int, str]:
    """A length in months or days."""
    return (length.count, "DAY") if length.unit is None else (length.count * MONTHS[length.unit], "MONTH")


def _keys(asked: Exists, prefix: str = "") -> list[str]:
    own = [] if asked.whose == "any" else ["subject"]
    return [*own, *(f"{prefix}{key}" for key in asked.same)]


def _of_row(key: str) -> str:
    """A key of a dated row: of a return that names its sale that one's."""
    return key if key == "subject" else f"near_{key}"


def _stands(own: int) -> Expr:
    """A sale of which something is left, that nothing took back."""
    return sql.both(sql.column(f"o.own_{own}"), sql.no(sql.column("o.taken_back")))


def _near(asked: Exists, rows: exp.Select) -> exp.Select:
    """Keys and day: whether such a row is there, and the last day before on which one was."""
    names = _keys(asked)
    columns = {name: sql.column(f"o.{name}") for name in (*names, "day", "there")}
    if asked.reach == "same_day":
        return sql.select(columns, sql.subquery(rows, "o"))
    there = sql.case([(sql.eq(sql.column("o.there"), sql.whole(1)), sql.column("o.day"))])
    columns["before"] = _last_before(there, [sql.column(f"o.{name}") for name in names])
    return sql.select(columns, sql.subquery(rows, "o"))


def _last_before(value: Expr, partition: Sequence[Expr]) -> Expr:
    """The greatest of the rows before, by day."""
    return sql.window(exp.Max(this=value), partition, [sql.column("o.day")], frame="before")
