"""The lines: the one scan of what was sold, each row with its subject, its days, its amounts and its
reasons.

`language.md`, 5.1, and rules 2 to 6, 44 and 47. The reason of a core is decided from the row's marks. What
reads the level of the day is decided later, in `cells`, because levels are made of other rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, assert_never

from sqlglot import exp

from staffel.core.engine.background import Background
from staffel.core.engine.plan import deals, products, remains, subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cores import (
    Basis,
    Core,
    code_of,
    conjuncts,
    decided_on_rows,
    reason_kind,
    reasons_of,
)
from staffel.core.engine.plan.lateness import first_heard, moved_on, too_late
from staffel.core.engine.plan.marks import LEVEL, Marks, leaves
from staffel.core.engine.plan.others import Others
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import (
    Apart,
    Different,
    During,
    Exists,
    Filter,
    Leaf,
    Lines,
    Programme,
    Registered,
    SumOf,
    Within,
)
from staffel.core.sources import MONEY_COLUMNS, REACHED, REASONS, TABLES

Expr = exp.Expr
FIRST = "first_commit"
# What single lines are told by, where they are: who, which, whose, what, since when.
SHOWN = (
    "line_id",
    "revision",
    "reverses",
    "distributor_id",
    "vendor_id",
    "end_customer_id",
    "product_id",
    "kind",
    "returns",
    "commit_no",
)


@dataclass(slots=True)
class LineTable:
    """Collects what the plan asks of one source's rows, then makes `lines_<source>`.

    kept: as a table, which is read again; shown: with what single lines are told by; beside: rows of all
    partners, which others are told by (`others`).
    """

    source: str
    programme: Programme
    background: Background
    day: date
    scope: Sequence[str] | None
    marks: Marks = field(init=False)
    kept: bool = False
    shown: bool = False
    beside: bool = False
    _others: Others | None = None
    bases: list[Basis] = field(default_factory=list)
    cores: list[Core] = field(default_factory=list)
    flags: list[tuple[Filter, Basis]] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    insides: list[tuple[tuple[str, ...], Basis]] = field(default_factory=list)
    decided: dict[str, Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        groups = {group.name: group.where for group in self.programme.products}
        self.marks = Marks(groups=groups, row=self._value, near=self._near)

    # ------------------------------------------------------------------ asking

    def basis(self, basis: Basis) -> int:
        """The number of a basis; its columns are day_n and own_n."""
        return _number(self.bases, basis)

    def core(self, core: Core) -> str:
        """The name of the column that holds the reason of a core."""
        self.basis(core.basis)
        match core.aggregate:
            case SumOf(column=column):
                _number(self.amounts, column)
            case Different(key=key):
                _number(self.keys, key)
            case Lines():
                pass
            case _:
                assert_never(core.aggregate)
        plain = Core(
            source=core.source,
            aggregate=reason_kind(core.aggregate),
            where=decided_on_rows(core.where),
            basis=core.basis,
            inside=core.inside,
        )
        return f"r{_number(self.cores, plain)}"

    def flag(self, where: Filter, basis: Basis) -> str:
        """The name of a column that says whether a filter (that reads no level) holds."""
        self.basis(basis)
        return f"b{_number(self.flags, (where, basis))}"

    def inside(self, core: Core) -> int:
        """The number of the dates that must lie in the window; the first and the last of them are the columns
        first_n and last_n.
        """
        return _number(self.insides, (core.inside, core.basis))

    # ------------------------------------------------------------------ making

    @property
    def asks_others(self) -> bool:
        """Whether anything is asked of rows beside a row."""
        return any(isinstance(leaf, Exists) for leaf in self._leaves()) or self._others is not None

    @property
    def others(self) -> Others:
        """What is asked of rows beside a row."""
        if self._others is None:
            of_all = LineTable(
                source=self.source,
                programme=self.programme,
                background=self.background,
                day=self.day,
                scope=None,
                beside=True,
            )
            self._others = Others(table=of_all)
        return self._others

    @property
    def label(self) -> str:
        """What the names of its tables end with."""
        return f"{self.source}_of_all" if self.beside else self.source

    @property
    def name(self) -> str:
        """The name of its table."""
        return f"lines_{self.label}"

    def make(self, plan: Plan) -> None:
        """Adds `scan`, what returns and reversals need, and the lines themselves."""
        for leaf in self._leaves():
            if isinstance(leaf, Exists):
                self.others.number(leaf)
        if self._others is not None:
            self._others.make(plan)
        if self._asks_deals:
            subjects.registered(plan, self.programme.vendor)
        scan = f"scan_{self.label}"
        # A view for everybody: beside the lines only returns and reversals read it, and of few columns.
        # Keeping two million rows for them cost a sixth of a close. A table for some: finding their rows is
        # what costs.
        some = self.scope is not None and (self.background.has_returns or self.background.has_reversals)
        plan.add(scan, self._scan(), f"the rows of {self.source} that can matter", view=not some)
        if self.background.has_reversals:
            plan.add(
                f"taken_back_{self.label}", remains.taken_back(scan), "rows that a replaced report took back"
            )
        if self.background.has_returns:
            plan.add(
                f"returned_{self.label}",
                self._returned(scan),
                "sales that a return names: dates, what is left",
            )
        self._conversions(plan)
        for attributes in self._attributes():
            single = attributes[0] == "products" and not self.background.has_product_changes
            subjects.segments(plan, *attributes, single=single)
        lines = self._lines(scan)
        if self.marks.of_products:
            meaning = "products, and which filters hold for them"
            plan.add(self._products, products.filtered(self.marks.of_products, self.marks.groups), meaning)
        plan.add(
            self.name,
            lines,
            f"{self.source}: each row with its subject, days, amounts, reasons",
            view=not self.kept,
        )

    def _used(self) -> set[str]:
        """The columns of the source that anything asks for."""
        spec = TABLES[self.source]
        used = {"partner_id", "product_id", "kind", "currency", spec.main_date, *self.amounts, *self.keys}
        used |= {basis.date for basis in self.bases}
        used |= {leaf.column for leaf in self._leaves() if "." not in leaf.column} | self._near_keys
        used |= self._dates
        if any(leaf.column.startswith("end_customer.") for leaf in self._leaves()):
            used.add("end_customer_id")
        if self.background.has_returns:
            used |= {"line_id", "returns", "quantity", "net"}
        if self.background.has_reversals:
            used |= {"line_id", "revision", "reverses"}
        if any(basis.moves_on or basis.refuses for basis in self.bases):
            used.add("commit_no")
        used |= {"line_id"} if self._refuses else set()
        if self.shown:
            used |= set(SHOWN)
        return used

    def _scan(self) -> exp.Select:
        used = self._used()
        where = sql.both(
            sql.TRUE if self._every_vendor else sql.eq(sql.column("f.vendor_id"), self._vendor),
            sql.le(sql.column(f"f.{TABLES[self.source].main_date}"), sql.day(self.day)),
            _scoped(self.scope),
        )
        columns = {
            one.name: sql.column(f"f.{one.name}")
            for one in TABLES[self.source].all_columns
            if one.name in used
        }
        columns["subject"] = sql.column("f.partner_id")
        joins = []
        if self._refuses and self.background.has_reversals:
            joins.append(first_heard(self.source, sql.column("f.line_id")))
            columns[FIRST] = sql.column("h.commit_no")
        elif self._refuses:
            columns[FIRST] = sql.column("f.commit_no")
        if self.background.merges:
            joins.append(subjects.join_merged("f.partner_id"))
            columns["subject"] = subjects.subject_of(sql.column("f.partner_id"))
        return sql.select(columns, sql.table(f"facts_{self.source}", "f"), joins=joins, where=where)

    @property
    def _refuses(self) -> bool:
        """Whether lines that came late count nowhere; before the first close none is late."""
        return any(basis.refuses for basis in self.bases) and bool(self.background.closed)

    @property
    def _vendor(self) -> Expr:
        return sql.text(self.programme.vendor)

    @property
    def _every_vendor(self) -> bool:
        """Whether rows of other vendors are asked: what else an order has."""
        return any(leaf.column == "vendor_id" for leaf in self._leaves())

    @property
    def _near_keys(self) -> set[str]:
        found = set() if self._others is None else self._others.keys
        return found | ({"end_customer_id", "product_id", "ordered_on"} if self._asks_deals else set())

    @property
    def _asks_deals(self) -> bool:
        return any(isinstance(leaf, Registered) for leaf in self._leaves())

    def _near(self, asked: Exists | Registered) -> Expr:
        """Whether a test on other rows, or on deals, holds."""
        return deals.holds(asked) if isinstance(asked, Registered) else self.others.holds(asked)

    def _leaves(self) -> list[Leaf]:
        return [leaf for where, _ in self._filters() for leaf in (*leaves(where), *self.marks.inner(where))]

    def _attributes(self) -> list[tuple[str, list[str]]]:
        """Which attribute tables the filters ask, and all of their columns."""
        asked = {leaf.column.partition(".")[0] for leaf in self._leaves() if leaf.column != LEVEL}
        tables = [TABLES[REACHED[one]] for one in sorted(asked & set(REACHED))]
        return [
            (table.name, [one.name for one in table.columns if one.name != table.key[0]]) for table in tables
        ]

    def _returned(self, scan: str) -> exp.Select:
        """sale → its dates and what is left after all returns that name it."""
        dates = {basis.date for basis in self.bases} | {TABLES[self.source].main_date}
        named = sorted(dates | self._dates | self._near_keys | ({FIRST} if self._refuses else set()))
        return remains.returned(scan, named, self._unless_taken_back, self._standing)

    def _unless_taken_back(self, alias: str) -> list[exp.Join]:
        if not self.background.has_reversals:
            return []
        on = sql.both(
            sql.eq(sql.column("tb.line_id"), sql.column(f"{alias}.line_id")),
            sql.eq(sql.column("tb.revision"), sql.column(f"{alias}.revision")),
        )
        return [sql.join(sql.table(f"taken_back_{self.label}", "tb"), on, side="LEFT")]

    def _standing(self, alias: str) -> Expr:
        """Neither taken back nor the row that takes back."""
        if not self.background.has_reversals:
            return sql.TRUE
        return sql.both(sql.is_null(sql.column("tb.line_id")), sql.is_null(sql.column(f"{alias}.reverses")))

    def _conversions(self, plan: Plan) -> None:
        if self.background.conversions and plan.once("conversions") is None:
            rows = [
                (one.currency, one.span.start, one.span.until, one.above, one.below)
                for one in self.background.conversions
            ]
            types = {
                "currency": "VARCHAR",
                "start": "DATE",
                "until": "DATE",
                "above": "HUGEINT",
                "below": "HUGEINT",
            }
            plan.add("conversions", sql.values("given", types, rows), "exchange rates, as fractions")
            plan.keep("conversions", "conversions")

    def _lines(self, scan: str) -> exp.Select:
        """Rows with their marks, and what is decided from these."""
        self._decide()
        dated = sql.subquery(remains.of_sales(self._dated(scan), self._compared_left), "l")
        columns: dict[str, Expr] = {"subject": sql.column("l.subject")}
        for number, basis in enumerate(self.bases):
            columns[f"day_{number}"] = self._day_or_main(number, basis)
            columns[f"own_{number}"] = sql.column(f"l.own_{number}")
        columns |= {f"a_{one}": sql.column(f"l.a_{one}") for one in self.amounts}
        columns |= {f"k_{one}": sql.column(f"l.{one}") for one in self.keys}
        if self.shown:
            names = (*SHOWN, TABLES[self.source].main_date)
            columns |= {one: sql.column(f"l.{one}") for one in names}
        if self.beside:
            columns["taken_back"] = sql.column("l.taken_back")
        for number, (dates, basis) in enumerate(self.insides):
            days = [self._day_inside(one, basis) for one in dates]
            columns |= {f"first_{number}": sql.least(*days), f"last_{number}": sql.greatest(*days)}
        columns |= self.marks.columns()
        joins = [join for number in range(len(self.bases)) for join in self._holding(number)]
        if self._others is not None:
            columns |= self._others.masks()
            joins += self._others.joins()
        joins += deals.joins() if self._asks_deals else []
        marked = sql.subquery(sql.select(columns, dated, joins=joins), "l")
        return sql.select({one: sql.column(f"l.{one}") for one in columns} | self.decided, marked)

    def _decide(self) -> None:
        """Every flag and reason that was asked, as an expression over the marks."""
        for number, (where, basis) in enumerate(self.flags):
            self.decided[f"b{number}"] = self.marks.holds(where, self.bases.index(basis))
        for number, core in enumerate(self.cores):
            self.decided[f"r{number}"] = self._reason(core)

    def _day_or_main(self, number: int, basis: Basis) -> Expr:
        """The day that picks; a row without it belongs, uncounted, to the window of its main date (rule
        2).
        """
        day = sql.column(f"l.day_{number}")
        if basis.date == TABLES[self.source].main_date:
            return day
        main = TABLES[self.source].main_date if basis.returns == "own" else "main_day"
        return sql.coalesce(day, sql.column(f"l.{main}"))

    def _dated(self, scan: str) -> exp.Select:
        """Rows with the day of each basis, and amounts in the programme's currency."""
        columns = {one: sql.column(f"s.{one}") for one in sorted(self._used())} | {
            "subject": sql.column("s.subject")
        }
        main = self._date_of(TABLES[self.source].main_date)
        columns["main_day"] = main.copy()
        for number, basis in enumerate(self.bases):
            columns[f"day_{number}"] = self._day(basis)
            columns[f"own_{number}"] = self._stands_for_itself(basis)
            if basis.refuses and self._refuses:
                columns[f"late_{number}"] = self._too_late(basis)
        columns |= {f"a_{one}": self._amount(one, main) for one in self.amounts}
        columns |= self._asked(main)
        columns["taken_back"] = sql.no(self._standing("s")) if self.background.has_reversals else sql.FALSE
        columns["nothing_left"] = self._nothing_left()
        joins = self._unless_taken_back("s")
        if self.background.has_returns:
            joins.append(self._join_returned())
        amounts = {*self.amounts, *self._compared}
        if self.background.conversions and any(one in MONEY_COLUMNS for one in amounts):
            on = sql.both(
                sql.eq(sql.column("c.currency"), sql.column("s.currency")),
                sql.within(main.copy(), sql.column("c.start"), sql.column("c.until")),
            )
            joins.append(sql.join(sql.table("conversions", "c"), on, side="LEFT"))
        return sql.select(
            columns, sql.table(scan, "s"), joins=joins, where=sql.present(sql.column("s.subject"))
        )

    def _join_returned(self) -> exp.Join:
        """A sale finds itself, a return the sale that it names: a return is no sale of another."""
        line = sql.coalesce(sql.column("s.returns"), sql.column("s.line_id"))
        return sql.join(
            sql.table(f"returned_{self.label}", "o"), sql.eq(sql.column("o.line_id"), line), side="LEFT"
        )

    def _names_known_sale(self) -> Expr:
        """Whether a row returns a sale that is known, of the same subject."""
        same = sql.eq(sql.column("o.subject"), sql.column("s.subject"))
        return sql.both(sql.present(sql.column("s.returns")), sql.coalesce(same, sql.FALSE))

    def _date_of(self, column: str) -> Expr:
        """A row's date (or key), or its sale's where it names one (rule 5)."""
        if not self.background.has_returns:
            return sql.column(f"s.{column}")
        return sql.case([(self._names_known_sale(), sql.column(f"o.{column}"))], sql.column(f"s.{column}"))

    def _day(self, basis: Basis) -> Expr:
        own = self._date_of(basis.date) if basis.returns == "sale" else sql.column(f"s.{basis.date}")
        return moved_on(own, self.background.closed) if basis.moves_on else own

    def _too_late(self, basis: Basis) -> Expr:
        """Whether a row came after its window was closed: of a return its sale; one that names none never."""
        late = too_late(self._date_of(basis.date), self._date_of(FIRST), self.background.closed)
        known = self._names_known_sale() if self.background.has_returns else sql.FALSE
        return sql.both(sql.either(remains.is_sale("s", self.background.has_returns), known), late)

    def _stands_for_itself(self, basis: Basis) -> Expr:
        """Whether a row counts as one: a sale of which something is left, not a return (rules 5 and 11)."""
        if not self.background.has_returns:
            return remains.is_sale("s", False)
        left = sql.TRUE if basis.returns == "own" else sql.no(self._nothing_left())
        return sql.both(remains.is_sale("s"), left)

    def _nothing_left(self) -> Expr:
        if not self.background.has_returns:
            return sql.FALSE
        same = sql.eq(sql.column("o.subject"), sql.column("s.subject"))
        return sql.coalesce(sql.both(sql.column("o.nothing_left"), same), sql.FALSE)

    def _amount(self, name: str, main: Expr) -> Expr:
        """Money in the programme's currency, row by row, 4 decimals (rule 47); pieces as they are."""
        value = sql.column(f"s.{name}")
        if name not in MONEY_COLUMNS:
            return value
        own = (sql.eq(sql.column("s.currency"), sql.text(self.programme.currency)), value)
        if not self.background.conversions:
            return sql.case([own])
        foreign = sql.converted(value.copy(), sql.column("c.above"), sql.column("c.below"))
        return sql.case([own, (sql.present(sql.column("c.above")), foreign)])

    # ------------------------------------------------------------------ what filters ask of a row

    @property
    def _compared(self) -> list[str]:
        """The amounts that filters compare."""
        return sorted({leaf.column for leaf in self._leaves() if isinstance(leaf, Within)})

    @property
    def _compared_left(self) -> list[str]:
        """Those of which only what is left after returns is compared, or what was sold."""
        return self._compared if self.background.has_returns else []

    @property
    def _dates(self) -> set[str]:
        """The dates that filters ask, and those that must lie in the window."""
        inside = {one for core in self.cores for one in core.inside}
        found = {leaf.column for leaf in self._leaves() if isinstance(leaf, During)} | inside
        apart = [leaf for leaf in self._leaves() if isinstance(leaf, Apart)]
        return found | {date for leaf in apart for date in (leaf.start, leaf.end)}

    def _asked(self, main: Expr) -> dict[str, Expr]:
        """Amounts that filters compare; with returns also their sales' dates, and which rows are one."""
        columns = {f"row_{one}": self._amount(one, main) for one in self._compared}
        if self.background.has_returns:
            columns |= {f"sale_{one}": self._date_of(one) for one in sorted(self._dates)}
        columns |= {f"near_{one}": self._date_of(one) for one in sorted(self._near_keys)}
        if self._compared_left:
            sale = [(self._names_known_sale(), sql.column("o.line_id"))]
            columns[remains.SALE] = sql.case(sale, sql.column("s.line_id"))
        return columns

    def _value(self, leaf: Within | During | Apart, basis: int) -> Expr:
        """What a test asks of a dated row, by a basis: with `returns: sale` of its sale (rule 5)."""
        by = self.bases[basis]
        if isinstance(leaf, During):
            return self._said_date(leaf.column, by)
        if isinstance(leaf, Apart):
            end, start = (self._said_date(one, by) for one in (leaf.end, leaf.start))
            return exp.Sub(this=end, expression=start)
        if not self.background.has_returns:
            return sql.column(f"l.row_{leaf.column}")
        may_part = by.returns == "own" or by.moves_on
        return sql.column(f"l.{'sold' if may_part else 'left'}_{leaf.column}")

    def _said_date(self, column: str, basis: Basis) -> Expr:
        """A date of a dated row, or its sale's (rule 5)."""
        of_sale = self.background.has_returns and basis.returns == "sale"
        return sql.column(f"l.{'sale_' if of_sale else ''}{column}")

    def _day_inside(self, column: str, basis: Basis) -> Expr:
        """A date that must lie in the window; of what is moved on it moves as the one that picks does."""
        said = self._said_date(column, basis)
        return moved_on(said, self.background.closed, "l") if basis.moves_on else said

    # ------------------------------------------------------------------ conditions of a row

    def _holding(self, number: int) -> list[exp.Join]:
        """Who took part, and product and partner as they are, on the day of a basis."""
        day = sql.column(f"l.day_{number}")

        def held(table: str, alias: str, key: str, ours: str, *, changes: bool = True) -> exp.Join:
            on = sql.eq(sql.column(f"{alias}.{key}"), sql.column(f"l.{ours}"))
            inside = sql.within(day.copy(), sql.column(f"{alias}.start"), sql.column(f"{alias}.until"))
            return sql.join(sql.table(table, alias), sql.both(on, inside) if changes else on, side="LEFT")

        again = self.background.takes_part_again
        joins = [held("enrolled", f"e{number}", "subject", "subject", changes=again)]
        if number in self.marks.product_bases:
            changes = self.background.has_product_changes
            joins.append(held(self._products, f"p{number}", "product_id", "product_id", changes=changes))
        if ("partner", number) in self.marks.reached:
            joins.append(held("partners_held", f"t{number}", "partner_id", "subject"))
        if ("end_customer", number) in self.marks.reached:
            joins.append(held("end_customers_held", f"u{number}", *["end_customer_id"] * 2))
        return joins

    def _not_enrolled(self, number: int) -> Expr:
        if self.background.takes_part_again:
            return sql.is_null(sql.column(f"e{number}.subject"))
        day = sql.column(f"l.day_{number}")
        inside = sql.within(day, sql.column(f"e{number}.start"), sql.column(f"e{number}.until"))
        return sql.no(sql.coalesce(inside, sql.FALSE))

    def _filters(self) -> list[tuple[Filter, Basis]]:
        return [(core.where, core.basis) for core in self.cores] + self.flags

    @property
    def _products(self) -> str:
        return f"products_of_{self.label}"

    def _reason(self, core: Core) -> Expr:
        """0 where the row counts for this core, else its first reason in the order of the closed list."""
        number = self.bases.index(core.basis)
        rows: list[tuple[str, Expr]] = []
        if self.background.has_reversals:
            rows.append(("withdrawn", sql.column("l.taken_back")))
        if not isinstance(core.aggregate, SumOf):
            rows.append(("returned", sql.no(sql.column(f"l.own_{number}"))))
        elif self.background.has_returns and core.basis.returns == "sale" and not core.basis.moves_on:
            # Sale and return may lie in two windows where one is moved on: then both amounts count (rule 5).
            rows.append(("returned", sql.column("l.nothing_left")))
        if core.basis.date != TABLES[core.source].main_date:
            rows.append(("date-missing", sql.is_null(sql.column(f"l.day_{number}"))))
        if core.basis.refuses and self._refuses:
            rows.append(("too-late", sql.column(f"l.late_{number}")))
        rows += [("date-missing", sql.is_null(self._said_date(one, core.basis))) for one in core.inside]
        rows.append(("not-enrolled", self._not_enrolled(number)))
        rows = [(reason, self.marks.test(test)) for reason, test in rows]
        rows += [row for part in conjuncts(core.where) for row in self._failing(part, number)]
        if isinstance(core.aggregate, SumOf):
            missing = self.marks.test(sql.is_null(sql.column(f"l.a_{core.aggregate.column}")))
            rows.append(("amount-missing", missing))
        rows = sorted(rows, key=lambda row: REASONS.index(row[0]))
        cases = [(test, sql.whole(code_of(reason))) for reason, test in rows]
        return sql.cast(sql.case(cases, sql.whole(0)), "TINYINT")

    def _failing(self, part: Filter, basis: int) -> list[tuple[str, Expr]]:
        """The reasons of a part that must hold, each with when it fails."""
        fails = sql.no(self.marks.holds(part, basis))
        missing, *other = reasons_of(part)
        if not other:
            return [(missing, fails)]
        first = leaves(part)[0]
        assert isinstance(first, Within | During | Apart)
        empty = self.marks.test(sql.is_null(self._value(first, basis)))
        return [(missing, sql.both(fails, empty)), (other[0], fails.copy())]


T = TypeVar("T")


def _number(known: list[T], one: T) -> int:
    if one not in known:
        known.append(one)
    return known.index(one)


def _scoped(scope: Sequence[str] | None) -> Expr:
    if scope is None:
        return sql.TRUE
    if len(scope) == 1:
        return sql.eq(sql.column("f.partner_id"), sql.text(scope[0]))
    return sql.among(sql.column("f.partner_id"), scope)
