"""Sums per reason: of every line of a window, how many count for an incentive and role, and for which
reason the others do not.

Law 3: counted and not counted together are the ledger's rows of the window, in rows and in sums, for
every Take. Summed from the plan's cells, so that a close can write it for all partners at once. Columns:

| column | is |
|---|---|
| incentive, level, path, role, number | who asks for what; number tells Takes of a role apart |
| source, window, days | whose lines; the asker's window; the days that the Take looks at |
| reason | empty: counted; else of `sources.REASONS` |
| rows, sum | lines, and what they come to in the unit of the measure |
| is_money | whether that unit is the programme's currency |
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.evidence.inquiry import Inquiry, ask_on
from staffel.core.engine.evidence.lines import Asked
from staffel.core.engine.evidence.roles import Role, RoleTake, numbered, takes_in, takes_of_earning
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cores import code_of, level_part
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.settling import settled_in
from staffel.core.money import MONEY
from staffel.core.programme.model import Different, Lines, SumOf, Who
from staffel.core.sources import MONEY_COLUMNS, REASONS

Expr = exp.Expr
COUNTED_ONCE = "counted-once"
TOGETHER = 8


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ReasonSum:
    """Rows of one window with one fate. reason: empty where they count."""

    incentive: str
    level: str
    path: str
    window: Span
    role: str
    number: int
    source: str
    days: Span
    reason: str
    rows: int
    sum: Decimal
    is_money: bool


def reason_sums(running: Running) -> list[ReasonSum]:
    """For every incentive, window and role, and for every level on the day asked, the sums per reason;
    sorted.
    """
    found: list[_Sought] = []
    for name, earning in sorted(running.assembly.earnings.items()):
        for at, _ in enumerate(earning.panel.asks):
            inquiry = Inquiry.of_all(running, earning.conditions, at)
            found += [
                _Sought(inquiry=inquiry, take=one, earning=earning, incentive=name)
                for one in takes_of_earning(inquiry, earning)
            ]
    found += _requirements(running)
    return _sums(running, found)


def base_sums(running: Running, window: Span) -> list[ReasonSum]:
    """What the close of a window says: of the incentives that it settles, the lines of their bases, in those
    of their windows that are asked within it; sorted.
    """
    found: list[_Sought] = []
    for one in settled_in(running.assembly.programme, window):
        earning = running.assembly.earnings[one.name]
        for at, ask in enumerate(earning.panel.asks):
            if ask.day in window:
                inquiry = Inquiry.of_all(running, earning.conditions, at)
                found += [
                    _Sought(inquiry=inquiry, take=take, earning=earning, incentive=one.name)
                    for take in takes_of_earning(inquiry, earning)
                    if take.role is Role.BASE
                ]
    return _sums(running, found)


def _requirements(running: Running) -> Iterator["_Sought"]:
    assembly = running.assembly
    if assembly.ladder is None or assembly.ladder_panel is None or assembly.ladder_conditions is None:
        return
    at = ask_on(assembly.ladder_panel, assembly.asking.day)
    if at is None:
        return
    inquiry = Inquiry.of_all(running, assembly.ladder_conditions, at)
    for level in assembly.ladder.levels:
        for path in level.paths:
            asked = [
                one
                for requirement in path.requirements
                for one in takes_in(inquiry, requirement, inquiry.measures.top, Role.REQUIREMENT)
            ]
            for one in numbered(asked):
                yield _Sought(inquiry=inquiry, take=one, level=level.name, path=path.name)


# ------------------------------------------------------------------------------------------- Takes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """A Take whose sums are sought, and who asks for it."""

    inquiry: Inquiry
    take: RoleTake
    earning: Earning | None = None
    incentive: str = ""
    level: str = ""
    path: str = ""

    def query(self) -> str:
        """code, rows, sum."""
        paying = self.earning if self.take.role is Role.BASE else None
        return _query(self.inquiry, self.take.asked, paying).sql("duckdb")

    def sum_of(self, code: int, rows: int, amount: object) -> ReasonSum:
        """A row of its query."""
        return ReasonSum(
            incentive=self.incentive,
            level=self.level,
            path=self.path,
            window=self.inquiry.window,
            role=self.take.role.value,
            number=self.take.number,
            source=self.take.asked.core.source,
            days=self.take.asked.span,
            reason=REASONS[code - 1] if code else "",
            rows=int(rows),
            sum=Decimal(str(amount)),
            is_money=_is_money(self.take.asked),
        )


def _sums(running: Running, sought: Sequence[_Sought]) -> list[ReasonSum]:
    """The sums of all of them, sorted; some at a time are one statement."""
    found: list[ReasonSum] = []
    for first in range(0, len(sought), TOGETHER):
        some = sought[first : first + TOGETHER]
        parts = [f"select {at} as at, * from ({one.query()})" for at, one in enumerate(some)]
        for at, *row in running.db.execute(" union all ".join(parts)).fetchall():
            found.append(some[at].sum_of(*row))
    return sorted(found)


def _is_money(asked: Asked) -> bool:
    aggregate = asked.core.aggregate
    return isinstance(aggregate, SumOf) and aggregate.column in MONEY_COLUMNS


def _query(inquiry: Inquiry, asked: Asked, paying: Earning | None) -> exp.Query:
    """code, rows, sum of the cells in the days of a Take."""
    parts = sql.subquery(_parts(inquiry, asked, paying), "s")
    columns = {"code": sql.column("s.code")}
    columns |= {
        "rows": sql.cast(exp.Sum(this=sql.column("s.rows")), "BIGINT"),
        "sum": sql.total(sql.column("s.sum"), MONEY),
    }
    where = sql.gt(sql.column("s.rows"), sql.whole(0))
    return sql.select(columns, parts, where=where, group=[sql.column("s.code")])


def _parts(inquiry: Inquiry, asked: Asked, paying: Earning | None) -> exp.Query:
    cells = sql.subquery(_cells(inquiry, asked, paying), "k")
    if not isinstance(asked.core.aggregate, Different):
        return sql.select({one: sql.column(f"k.{one}") for one in ("code", "rows", "sum")}, cells)
    return _by_key(cells)


def _by_key(cells: Expr) -> exp.Query:
    """Of the rows of a key that counts one stands for it; the others are counted once (rule 11)."""
    rest = sql.whole(code_of(COUNTED_ONCE))
    keyed = sql.select(
        {
            "owner": sql.column("k.owner"),
            "key": sql.column("k.key"),
            "paid": sql.column("k.paid"),
            "rows": exp.Sum(this=sql.column("k.rows")),
        },
        cells,
        where=sql.eq(sql.column("k.code"), sql.whole(0)),
        group=[sql.column(f"k.{one}") for one in ("owner", "key", "paid")],
    )
    one, others = sql.whole(1), exp.Sub(this=sql.column("y.rows"), expression=sql.whole(1))
    first = sql.select(
        {"code": sql.column("y.paid"), "rows": one, "sum": sql.cast(sql.whole(1), MONEY)},
        sql.subquery(keyed, "y"),
    )
    again = sql.select(
        {"code": rest, "rows": others, "sum": sql.cast(others.copy(), MONEY)}, sql.subquery(keyed.copy(), "y")
    )
    not_counted = sql.select(
        {
            "code": sql.column("k.code"),
            "rows": sql.column("k.rows"),
            "sum": sql.cast(sql.column("k.rows"), MONEY),
        },
        cells.copy(),
        where=exp.NEQ(this=sql.column("k.code"), expression=sql.whole(0)),
    )
    return sql.union([first, again, not_counted])


def _cells(inquiry: Inquiry, asked: Asked, paying: Earning | None) -> exp.Query:
    """Cells with the reason of a Take; what it pays on learns also why nothing is paid."""
    core, cells = asked.core, asked.cells
    leveled = bool(level_part(core.where))
    grouped = inquiry.panel.group or asked.who is Who.ALLIANCE
    code: Expr = cells.reason(core, asked.span)
    owner, joins = sql.column("c.subject"), list[exp.Join]()
    if grouped:
        joins += _members(inquiry)
        owner = sql.column("m.grp")
        code = sql.case([(sql.is_null(sql.column("m.grp")), _of_no_group(code))], code)
    paid: Expr = sql.whole(0)
    if paying is not None:
        joins.append(_earning(inquiry, paying, owner))
        paid = _paid(paying)
    different = isinstance(core.aggregate, Different)
    if not different:
        code = sql.case([(sql.eq(code.copy(), sql.whole(0)), paid)], code)
    columns = {
        "code": sql.cast(code, "INTEGER"),
        "paid": sql.cast(paid.copy(), "INTEGER"),
        "owner": owner.copy(),
    }
    columns |= {"key": sql.column("c.key") if different else sql.null("VARCHAR")}
    columns |= {"rows": sql.column("c.rows"), "sum": _amount(asked)}
    days = sql.within(sql.column("c.bucket"), sql.day(asked.span.start), sql.day(asked.span.until))
    table = sql.table(cells.relation(groups=False, leveled=leveled), "c")
    return sql.select(columns, table, joins=joins, where=days)


def _of_no_group(code: Expr) -> Expr:
    """Not enrolled, unless an earlier reason of the closed list holds."""
    none = sql.whole(code_of("not-enrolled"))
    earlier = sql.both(sql.gt(code.copy(), sql.whole(0)), sql.lt(code.copy(), none.copy()))
    return sql.case([(earlier, code.copy())], none)


def _amount(asked: Asked) -> Expr:
    if isinstance(asked.core.aggregate, Different):
        return sql.cast(sql.column("c.rows"), MONEY)
    if isinstance(asked.core.aggregate, Lines):
        return sql.cast(sql.column("c.own"), MONEY)
    return sql.coalesce(sql.cast(asked.cells.amount(asked.core), MONEY), sql.figure(Decimal(0), MONEY))


def _members(inquiry: Inquiry) -> list[exp.Join]:
    """The group on the row's day: the earner itself, or else the one that the row's partner belongs to on
    the day asked.
    """
    on = [
        sql.eq(sql.column("m.subject"), sql.column("c.subject")),
        sql.within(sql.column("c.bucket"), sql.column("m.start"), sql.column("m.until")),
    ]
    if inquiry.panel.group:
        return [sql.join(sql.table("members", "m"), sql.both(*on), side="LEFT")]
    mine = sql.both(
        sql.eq(sql.column("g.subject"), sql.column("c.subject")),
        sql.eq(sql.column("g.ask"), sql.whole(inquiry.at)),
    )
    asker = sql.join(sql.table(f"points_{inquiry.panel.name}", "g"), mine, side="LEFT")
    on.append(sql.eq(sql.column("m.grp"), sql.column("g.grp")))
    return [asker, sql.join(sql.table("members", "m"), sql.both(*on), side="LEFT")]


def _earning(inquiry: Inquiry, paying: Earning, owner: Expr) -> exp.Join:
    on = sql.both(
        sql.eq(sql.column("e.subject"), owner.copy()),
        sql.eq(sql.column("e.ask"), sql.whole(inquiry.at)),
    )
    return sql.join(sql.table(f"earning_{paying.name}", "e"), on, side="LEFT")


def _paid(paying: Earning) -> Expr:
    """Why a base pays nothing, in the order of the closed list."""
    rows = [
        (sql.no(sql.coalesce(sql.column("e.gate"), sql.FALSE)), sql.whole(code_of("gate-not-met"))),
        (sql.is_null(sql.column("e.driver_num")), sql.whole(code_of("no-figure"))),
    ]
    if not paying.incentive.scale.below:
        rows.append((sql.eq(sql.column("e.step"), sql.whole(0)), sql.whole(code_of("below-first-step"))))
    return sql.case(rows, sql.whole(0))
